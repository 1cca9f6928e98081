//! Takes passwords and tokens out of what is kept or passed on. Only the engine can tell what is one.

use dagwright_core::{
    answer::{ConfigInput, Request},
    diagnostic::Diagnostic,
};
use serde_json::Value;

use crate::{engine::Engine, storage::Draft};

/// The finding that says that a value looks like a password or token.
const SECRET: &str = "inline-secret";
/// Findings that say that there is no template by which values could be judged.
const NO_TEMPLATE: [&str; 2] = ["unknown-template", "template-version"];

/// The values that findings take for secrets.
pub fn named<'a>(findings: impl IntoIterator<Item = &'a Diagnostic>, document: &Value) -> Vec<String> {
    let places = findings
        .into_iter()
        .filter(|finding| finding.code == SECRET)
        .filter_map(|finding| finding.primary.pointer.as_ref());
    places
        .filter_map(|place| Some(place.get(document)?.as_str()?.to_owned()))
        .collect()
}

/// Empties the values of a document that are secrets, in any environment, and answers with them; none where the engine
/// cannot tell.
pub async fn empty(engine: Engine, document: &mut Value) -> Option<Vec<String>> {
    let own = document.get("environments").and_then(Value::as_object);
    let own = own.into_iter().flat_map(|named| named.keys().cloned().map(Some));
    let environments: Vec<Option<String>> = std::iter::once(None).chain(own).collect();
    let mut secrets = Vec::new();
    for environment in environments {
        let config = ConfigInput::Values {
            values: document.clone(),
            base: None,
        };
        let findings = engine.check(&request(config, environment)).await.ok()?;
        if findings
            .iter()
            .any(|finding| NO_TEMPLATE.contains(&finding.code.as_str()))
        {
            return None;
        }
        secrets.extend(named(&findings, document));
        for finding in findings.iter().filter(|finding| finding.code == SECRET) {
            if let Some(place) = &finding.primary.pointer
                && place.get(document).is_some()
            {
                // Taking it out of a list would give those behind it other places than the findings say.
                place.set(document, Value::from(""));
            }
        }
    }
    Some(secrets)
}

/// Empties the secrets of a config as text; the rest of it stays as it is spelled. A text that is no config stays.
pub async fn empty_in_text(engine: Engine, text: &mut String) -> Option<Vec<String>> {
    let config = ConfigInput::Text { text: text.clone() };
    let mut document = engine.examine(&request(config, None)).await.ok()?.document;
    if !document.is_object() {
        return Some(Vec::new());
    }
    let secrets = empty(engine, &mut document).await?;
    if !secrets.is_empty() {
        let config = ConfigInput::Values {
            values: document,
            base: Some(text.clone()),
        };
        *text = engine.examine(&request(config, None)).await.ok()?.text;
    }
    Some(secrets)
}

/// A draft without secrets; none where the engine cannot tell.
pub async fn empty_in_draft(engine: Engine, mut draft: Draft) -> Option<Draft> {
    let mut secrets = empty(engine, &mut draft.document).await?;
    let texts = [&mut draft.base, &mut draft.text, &mut draft.opened];
    for text in texts.into_iter().flatten().filter(|text| !text.is_empty()) {
        secrets.extend(empty_in_text(engine, text).await?);
    }
    draft.checked = true;
    draft.incomplete |= !secrets.is_empty();
    // A text that cannot be read holds the secrets of the last one that could.
    blot(&mut draft, &secrets);
    Some(draft)
}

/// Takes known secrets out of a draft, wherever they stand letter by letter.
pub fn blot(draft: &mut Draft, secrets: &[String]) {
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        let mut found = blot_values(&mut draft.document, secret);
        let texts = [&mut draft.base, &mut draft.text, &mut draft.opened];
        for text in texts.into_iter().flatten().filter(|text| text.contains(secret)) {
            *text = text.replace(secret, "");
            found = true;
        }
        draft.incomplete |= found;
    }
}

fn blot_values(value: &mut Value, secret: &str) -> bool {
    let mut found = false;
    match value {
        Value::String(text) if text.contains(secret) => {
            *text = text.replace(secret, "");
            found = true;
        }
        Value::Array(items) => {
            for item in items {
                found |= blot_values(item, secret);
            }
        }
        Value::Object(members) => {
            for member in members.values_mut() {
                found |= blot_values(member, secret);
            }
        }
        _ => {}
    }
    found
}

fn request(config: ConfigInput, environment: Option<String>) -> Request {
    Request {
        config,
        environment,
        now: None,
        revision: 0,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn known_secrets_are_taken_out_wherever_they_stand() {
        let mut draft = Draft {
            template: "job".to_owned(),
            id: "1".to_owned(),
            saved: 0.0,
            document: json!({"parameters": {"steps": [{"env": {"A": "kR7!vq92", "B": "kept"}}]}}),
            base: Some("a: kR7!vq92 # was kR7!vq92\n".to_owned()),
            text: Some("a: [kR7!vq92".to_owned()),
            opened: None,
            checked: false,
            incomplete: false,
        };
        blot(&mut draft, &["elsewhere".to_owned()]);
        assert!(!draft.incomplete);
        blot(&mut draft, &["kR7!vq92".to_owned()]);
        assert!(draft.incomplete);
        assert_eq!(
            draft.document,
            json!({"parameters": {"steps": [{"env": {"A": "", "B": "kept"}}]}})
        );
        assert_eq!(draft.base.as_deref(), Some("a:  # was \n"));
        assert_eq!(draft.text.as_deref(), Some("a: ["));
    }
}
