//! The door: the engine for JavaScript. `engine.d.ts` holds the same shapes for TypeScript.
//!
//! Values cross as plain objects. What a person typed never throws, for it comes back as diagnostics; an `Error` means
//! that the caller passed a value of another shape, and says which shape was expected.

use dagwright_core::{
    answer::{PythonRequest, Request, SourceFile},
    dag::{Dag, Summary},
    diagnostic::Diagnostic,
    file::FileProblem,
    settings::{Reference, Settings, references},
};
use js_sys::JSON;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

/// Knows the templates it was given and answers questions about configs.
#[wasm_bindgen]
pub struct Engine(dagwright_core::Engine);

const REQUEST: &str = "a request {config: {text} or {values, base}, environment, now, revision}";

/// What is known of a file of Python beside its text.
#[derive(Default, Deserialize)]
#[serde(default)]
struct PythonContext {
    path: Option<String>,
    environment: Option<String>,
    now: Option<i64>,
}

/// What a `portal.json` says.
#[derive(Serialize)]
struct SettingsReading {
    settings: Settings,
    /// The files that are to be read and put in place.
    references: Vec<Reference>,
    diagnostics: Vec<Diagnostic>,
}

#[wasm_bindgen]
impl Engine {
    /// Takes settings, or none for the defaults.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: JsValue) -> Result<Self, JsError> {
        let settings = if settings.is_undefined() {
            Settings::default()
        } else {
            take(
                "new Engine",
                "settings {title, catalogues, environments, airflow, …}",
                &settings,
            )?
        };
        Ok(Self(dagwright_core::Engine::new(settings)))
    }

    /// Takes a catalogue in place of the one it had.
    pub fn load(&mut self, files: JsValue) -> Result<JsValue, JsError> {
        let files: Vec<SourceFile> = take("Engine.load", "a list of files {path, text}", &files)?;
        give(&self.0.load(&files))
    }

    /// Answers one question.
    pub fn answer(&self, request: JsValue) -> Result<JsValue, JsError> {
        let request: Request = take("Engine.answer", REQUEST, &request)?;
        give(&self.0.answer(&request))
    }

    /// Answers one question in short.
    pub fn check(&self, request: JsValue) -> Result<JsValue, JsError> {
        let request: Request = take("Engine.check", REQUEST, &request)?;
        give(&self.0.check(&request))
    }

    /// Draws a DAG.
    pub fn layout(&self, dag: JsValue, folded: JsValue) -> Result<JsValue, JsError> {
        let dag: Dag = take("Engine.layout", "a DAG as an answer holds it", &dag)?;
        let folded: Vec<String> = take("Engine.layout", "a list of the ids of folded groups", &folded)?;
        give(&self.0.layout(&dag, &folded))
    }

    /// Finds what only many files together show.
    pub fn relate(&self, summaries: JsValue) -> Result<JsValue, JsError> {
        let summaries: Vec<Summary> = take("Engine.relate", "a list of summaries {file, dag_ids}", &summaries)?;
        give(&self.0.relate(&summaries))
    }

    /// Makes text of the bytes of a file.
    pub fn decode(&self, bytes: &[u8]) -> Result<JsValue, JsError> {
        give(&self.0.decode(bytes))
    }

    /// Says what is wrong with a file that gave nothing.
    pub fn refuse(&self, problem: JsValue) -> Result<JsValue, JsError> {
        let problem: FileProblem = take("Engine.refuse", "what happened {problem, …}", &problem)?;
        give(&self.0.refuse(&problem))
    }

    /// Reads a file of Python without running it.
    pub fn read(&self, python: String, about: &JsValue) -> Result<JsValue, JsError> {
        let about = if about.is_undefined() {
            PythonContext::default()
        } else {
            take(
                "Engine.read",
                "what is known of the file {path, environment, now}",
                about,
            )?
        };
        let PythonContext { path, environment, now } = about;
        let request = PythonRequest {
            text: python,
            path,
            environment,
            now,
        };
        give(&self.0.read(&request))
    }

    /// Reads the text of a `portal.json`.
    pub fn settings(text: &str) -> Result<JsValue, JsError> {
        let (settings, diagnostics) = dagwright_core::Engine::settings(text);
        let document = serde_json::to_value(&settings).unwrap_or_default();
        give(&SettingsReading {
            references: references(&document),
            settings,
            diagnostics,
        })
    }
}

/// Reads what JavaScript passed.
///
/// Values cross as JSON text: that is two to three times as fast as one call into JavaScript a member, and its reader
/// refuses a value that is nested without end instead of running out of stack.
fn take<T: DeserializeOwned>(method: &str, expected: &str, value: &JsValue) -> Result<T, JsError> {
    let text = JSON::stringify(value)
        .ok()
        .and_then(|text| text.as_string())
        .map(well_formed);
    parse(method, expected, text.as_deref()).map_err(|message| JsError::new(&message))
}

/// Puts U+FFFD in place of halves of surrogate pairs, which JavaScript can hold and people can paste.
///
/// `JSON.stringify` escapes nothing else from `\ud000` on.
fn well_formed(text: String) -> String {
    if !text.contains("\\ud") {
        return text;
    }
    let mut result = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, escape)) = rest.find('\\').and_then(|at| rest.split_at_checked(at)) {
        let length = if escape.starts_with("\\u") { 6 } else { 2 };
        let (escape, after) = escape.split_at_checked(length).unwrap_or((escape, ""));
        result.push_str(before);
        result.push_str(if escape.starts_with("\\ud") { "\\ufffd" } else { escape });
        rest = after;
    }
    result.push_str(rest);
    result
}

/// Reads a JSON text; none stands for a value that JSON cannot hold, such as a function.
fn parse<T: DeserializeOwned>(method: &str, expected: &str, text: Option<&str>) -> Result<T, String> {
    let reason = match text.map(serde_json::from_str) {
        Some(Ok(value)) => return Ok(value),
        Some(Err(error)) => error.to_string(),
        None => "the value cannot be written as JSON".to_owned(),
    };
    // The position is one in the text on the way, which the caller never sees.
    let reason = reason.split(" at line ").next().unwrap_or_default();
    Err(format!("{method} takes {expected}, but {reason}"))
}

/// Hands a value to JavaScript.
fn give(value: &impl Serialize) -> Result<JsValue, JsError> {
    let text = serde_json::to_string(value).map_err(|error| JsError::new(&error.to_string()))?;
    JSON::parse(&text).map_err(|_| JsError::new("the answer is not JSON"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_another_shape_is_refused_with_the_shape_that_was_expected() {
        let refused = |text| parse::<Request>("Engine.answer", "a request", text).unwrap_err();
        assert_eq!(
            refused(Some("{}")),
            "Engine.answer takes a request, but missing field `config`"
        );
        assert_eq!(
            refused(Some("3")),
            "Engine.answer takes a request, but invalid type: integer `3`, expected struct Request"
        );
        assert_eq!(
            refused(None),
            "Engine.answer takes a request, but the value cannot be written as JSON"
        );
    }

    #[test]
    fn a_value_nested_without_end_is_refused() {
        let text = format!(r#"{{"config":{{"values":{}"#, "[".repeat(100_000));
        let message = parse::<Request>("Engine.answer", "a request", Some(&text)).unwrap_err();
        assert_eq!(message, "Engine.answer takes a request, but recursion limit exceeded");
    }

    #[test]
    fn halves_of_surrogate_pairs_are_replaced_and_nothing_else_is() {
        let text = |text: &str| well_formed(text.to_owned());
        assert_eq!(text(r#""a\ud800b\udfff""#), r#""a\ufffdb\ufffd""#);
        assert_eq!(
            text(r#""\\ud800 \u001b \n \"\ud83d\"""#),
            r#""\\ud800 \u001b \n \"\ufffd\"""#
        );
        assert_eq!(text("\"é𝄞\\n\""), "\"é𝄞\\n\"");
    }

    #[test]
    fn a_request_may_leave_out_what_has_a_default() {
        let request: Request = parse("", "", Some(r#"{"config":{"text":"a: 1"}}"#)).unwrap();
        assert_eq!((request.environment, request.now, request.revision), (None, None, 0));
    }
}
