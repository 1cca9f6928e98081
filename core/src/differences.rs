//! What a config says otherwise for its environments.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{answer::Difference, config::Config, pointer::Pointer};

/// Most answers that are told apart.
const MOST: usize = 500;
/// Longest text of an answer, in characters.
const LONGEST: usize = 500;

/// The answers that are not the same in some environments, in the order in which the overrides name them.
pub(crate) fn differences(config: Config<'_>, environments: &[String]) -> Vec<Difference> {
    let plain = config.parameters(None);
    let mut places = Vec::new();
    let mut seen = BTreeSet::new();
    let mut merged = Vec::new();
    for name in environments {
        if let Some(overrides) = config.overrides(Some(name)) {
            walk(&Pointer::root(), overrides, &mut |place| {
                // An empty object adds nothing to another.
                let adds_nothing = place.get(overrides).is_some_and(Value::is_object)
                    && place.get(&plain).is_some_and(Value::is_object);
                if !adds_nothing && places.len() < MOST && seen.insert(place.clone()) {
                    places.push(place);
                }
            });
        }
        merged.push(config.parameters(Some(name)));
    }
    places
        .into_iter()
        .filter_map(|place| {
            let text = place.get(&plain);
            let values: Vec<_> = merged.iter().map(|parameters| place.get(parameters)).collect();
            let differs = values.iter().any(|value| *value != text);
            differs.then(|| Difference {
                text: text.map(written),
                values: values.into_iter().map(|value| value.map(written)).collect(),
                place: place.tokens().collect::<Vec<_>>().join("."),
                pointer: Pointer::root().key("parameters").join(&place),
            })
        })
        .collect()
}

/// Visits the places at which overrides replace: objects merge member by member.
fn walk(place: &Pointer, overrides: &Value, visit: &mut dyn FnMut(Pointer)) {
    match overrides {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                walk(&place.key(name), value, visit);
            }
        }
        _ if place.as_str().is_empty() => {}
        _ => visit(place.clone()),
    }
}

/// A value as a person reads it: a text as it is, anything else as JSON.
fn written(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_differs_is_told_for_each_environment() {
        let document = json!({
            "parameters": {"retries": 1, "schedule": "0 2 * * *", "r": {"cpu": 1, "m": 2}, "list": [1], "same": true},
            "environments": {
                "dev": {"schedule": null, "same": true, "r": {}},
                "prod": {"retries": 5, "r": {"cpu": 1, "m": 3}, "list": ["a"], "new": {"x": "y"}},
                "elsewhere": {"retries": 9},
            },
        });
        let names = ["dev", "prod", "test"].map(str::to_owned);
        let found = differences(Config::new(&document), &names);
        let rows: Vec<_> = found
            .iter()
            .map(|row| {
                let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
                let values: Vec<_> = row.values.iter().map(text).collect();
                format!(
                    "{} {}: {} | {}",
                    row.pointer,
                    row.place,
                    text(&row.text),
                    values.join(" | ")
                )
            })
            .collect();
        assert_eq!(
            rows,
            [
                "/parameters/schedule schedule: 0 2 * * * | null | 0 2 * * * | 0 2 * * *",
                "/parameters/retries retries: 1 | 1 | 5 | 1",
                "/parameters/r/m r.m: 2 | 2 | 3 | 2",
                "/parameters/list list: [1] | [1] | [\"a\"] | [1]",
                "/parameters/new/x new.x: - | - | y | -",
            ]
        );
    }

    #[test]
    fn there_are_bounds() {
        let many: serde_json::Map<_, _> = (0..1000)
            .map(|number| (format!("a{number}"), json!("x".repeat(900))))
            .collect();
        let document = json!({"environments": {"dev": many, "prod": 3, "test": []}});
        let names = ["dev", "prod", "test"].map(str::to_owned);
        let found = differences(Config::new(&document), &names);
        assert_eq!(found.len(), MOST);
        assert_eq!(found[0].values[0].as_ref().unwrap().chars().count(), LONGEST + 1);
        assert_eq!(differences(Config::new(&json!(3)), &names), []);
    }
}
