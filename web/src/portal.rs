//! The settings of the portal, read from `portal.json`.

use dagwright_core::settings::Settings;
use serde_json::{Map, Value};

use crate::{colour::Colour, words};

/// The settings as the page and as the engine take them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Portal {
    /// What the page knows of them.
    pub settings: Settings,
    /// All that the file says, for the engine.
    pub document: Value,
    /// The accent, where the file names one.
    pub accent: Option<Colour>,
}

impl Portal {
    /// Reads the file. The error is a sentence that names the key.
    pub fn read(text: &str) -> Result<Self, String> {
        let document: Value =
            serde_json::from_str(text).map_err(|error| words::portal_is_not_json(error.line(), error.column()))?;
        let settings = settings(&document)?;
        let accent = match settings.colours.get("accent") {
            Some(text) => {
                Some(Colour::read(text).ok_or_else(|| words::portal_key("colours.accent", words::EXPECTED_COLOUR))?)
            }
            None => None,
        };
        Ok(Self {
            settings,
            document,
            accent,
        })
    }
}

/// Where the whole cannot be read, reads it key by key to name the one that is wrong.
fn settings(document: &Value) -> Result<Settings, String> {
    let Value::Object(members) = document else {
        return Err(words::PORTAL_IS_NO_OBJECT.to_owned());
    };
    serde_json::from_str(&document.to_string()).map_err(|error: serde_json::Error| {
        let wrong = members.iter().find_map(|(key, value)| wrong_key(key, value));
        let (key, reason) = wrong.unwrap_or_else(|| (String::new(), reason(&error)));
        words::portal_key(&key, &reason)
    })
}

/// The key, or the key inside it, whose value cannot be read, and why.
fn wrong_key(key: &str, value: &Value) -> Option<(String, String)> {
    let reason = refusal(object(key, value.clone()))?;
    let inside = value.as_object().and_then(|members| {
        members.iter().find_map(|(inner, value)| {
            let reason = refusal(object(key, object(inner, value.clone())))?;
            Some((format!("{key}.{inner}"), reason))
        })
    });
    Some(inside.unwrap_or_else(|| (key.to_owned(), reason)))
}

fn object(key: &str, value: Value) -> Value {
    Value::Object(Map::from_iter([(key.to_owned(), value)]))
}

fn refusal(document: Value) -> Option<String> {
    serde_json::from_str::<Settings>(&document.to_string())
        .err()
        .map(|error| reason(&error))
}

/// What is wrong, without the place: the key names it better.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_object_gives_the_defaults() {
        assert_eq!(Portal::read("{}").unwrap().settings, Settings::default());
    }

    #[test]
    fn the_shipped_settings_are_right() {
        let portal = Portal::read(include_str!("../../public/portal.json")).unwrap();
        assert!(!portal.settings.catalogues.is_empty());
        assert!(portal.accent.is_some());
    }

    #[test]
    fn errors_name_the_key() {
        for (text, key) in [
            (r#"{"title": 5}"#, "title"),
            (r#"{"airflow": {"version": 3.3}}"#, "airflow.version"),
            (r#"{"title": "x", "environments": "dev"}"#, "environments"),
            (r#"{"colours": {"accent": "blue"}}"#, "colours.accent"),
            (r#"{"paths": {"output": null}}"#, "paths.output"),
        ] {
            let error = Portal::read(text).unwrap_err();
            assert!(error.contains(&format!("`{key}`")), "{text}: {error}");
        }
        assert!(Portal::read("{\n \"title\": \n}").unwrap_err().contains("line 3"));
        assert!(Portal::read("[]").is_err());
    }
}
