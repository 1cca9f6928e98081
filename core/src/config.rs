//! The config document: which template, whose DAG, which answers, which overrides.

use std::borrow::Cow;

use serde_json::Value;

use crate::pointer::Pointer;

/// A config document, read leniently: what is missing or of the wrong type is empty here and a finding elsewhere.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Config<'a> {
    document: &'a Value,
}

impl<'a> Config<'a> {
    pub(crate) fn new(document: &'a Value) -> Self {
        Self { document }
    }

    /// The template's id and the version asked for, as written behind the `@`.
    pub(crate) fn template(self) -> (&'a str, Option<&'a str>) {
        let text = self.text("template");
        match text.split_once('@') {
            Some((id, version)) => (id, Some(version)),
            None => (text, None),
        }
    }

    /// The package; where there is none that could be one, a stand-in, so that there is something to show.
    pub(crate) fn package(self) -> &'a str {
        self.part_of_id("package").unwrap_or("package")
    }

    /// The name, or a stand-in.
    pub(crate) fn name(self) -> &'a str {
        self.part_of_id("name").unwrap_or("name")
    }

    /// Where the config belongs by a pattern of [`crate::settings::Paths`]. What nobody has said yet stays a placeholder.
    pub(crate) fn path(self, pattern: &str) -> String {
        let package = self.part_of_id("package").unwrap_or("{package}");
        let name = self.part_of_id("name").unwrap_or("{name}");
        fill_path(pattern, package, name, &format!("{package}_{name}"), None)
    }

    fn part_of_id(self, key: &str) -> Option<&'a str> {
        Some(self.text(key)).filter(|text| is_name(text))
    }

    fn text(self, key: &str) -> &'a str {
        self.document.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// The parameters, with the environment's overrides merged over them.
    pub(crate) fn parameters(self, environment: Option<&str>) -> Cow<'a, Value> {
        let mut parameters = match self.document.get("parameters") {
            Some(parameters @ Value::Object(_)) => Cow::Borrowed(parameters),
            _ => Cow::Owned(Value::Object(serde_json::Map::new())),
        };
        if let Some(overrides) = self.overrides(environment) {
            merge(parameters.to_mut(), overrides);
        }
        parameters
    }

    /// The names of the environments that it has overrides for.
    pub(crate) fn environments(self) -> impl Iterator<Item = &'a str> {
        let named = self.document.get("environments").and_then(Value::as_object);
        named.into_iter().flat_map(|named| named.keys().map(String::as_str))
    }

    /// What it says otherwise for an environment.
    pub(crate) fn overrides(self, environment: Option<&str>) -> Option<&'a Value> {
        let overrides = self.document.get("environments")?.get(environment?)?;
        overrides.is_object().then_some(overrides)
    }

    /// Where in the document the merged parameter at `parameter` (a pointer into the parameters) was said.
    pub(crate) fn origin(self, parameter: &Pointer, environment: Option<&str>) -> Pointer {
        let base = Pointer::root().key("parameters").join(parameter);
        let Some((overrides, environment)) = self.overrides(environment).zip(environment) else {
            return base;
        };
        let mut place = overrides;
        for token in parameter.tokens() {
            // Only objects merge: whatever else stands in an override replaced all below it.
            let Value::Object(members) = place else { break };
            let Some(member) = members.get(&token) else { return base };
            place = member;
        }
        if place.is_object() && !parameter.as_str().is_empty() {
            // Both sides may contribute to a merged object; the base is where a person looks first.
            return if base.get(self.document).is_some() {
                base
            } else {
                Self::overridden(environment, parameter)
            };
        }
        if parameter.as_str().is_empty() {
            base
        } else {
            Self::overridden(environment, parameter)
        }
    }

    fn overridden(environment: &str, parameter: &Pointer) -> Pointer {
        Pointer::root().key("environments").key(environment).join(parameter)
    }
}

/// Objects merge member by member; anything else replaces.
fn merge(base: &mut Value, overrides: &Value) {
    match (base, overrides) {
        (Value::Object(base), Value::Object(overrides)) => {
            for (key, value) in overrides {
                match base.get_mut(key) {
                    Some(member) => merge(member, value),
                    None => {
                        base.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        (base, overrides) => *base = overrides.clone(),
    }
}

/// Fills a pattern of [`crate::settings::Paths`]. Without an environment, `{environment}/` falls away. Whatever the pattern
/// says, the path stays below its folder: a part that would lead out of it falls away.
pub(crate) fn fill_path(pattern: &str, package: &str, name: &str, dag_id: &str, environment: Option<&str>) -> String {
    let pattern = match environment {
        Some(environment) => pattern.replace("{environment}", environment),
        None => pattern.replace("{environment}/", "").replace("{environment}", ""),
    };
    let filled = pattern
        .replace("{package}", package)
        .replace("{name}", name)
        .replace("{dag_id}", dag_id);
    let parts: Vec<&str> = filled
        .split(['/', '\\'])
        .filter(|part| part.chars().any(|letter| letter != '.'))
        .collect();
    parts.join("/")
}

/// Whether a text can name an environment, and so a folder.
pub(crate) fn is_environment(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.len() <= 50
        && text.chars().all(|character| {
            character.is_ascii_lowercase() || character.is_ascii_digit() || matches!(character, '_' | '-')
        })
}

/// Whether a text can be part of an id and of a path.
fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .chars()
            .all(|character| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn objects_merge_and_anything_else_replaces() {
        let document = json!({
            "parameters": {"a": {"b": 1, "c": 2}, "list": [1, 2], "kept": true},
            "environments": {"prod": {"a": {"b": 9}, "list": [3], "kept": null, "new": "x"}}
        });
        let config = Config::new(&document);
        assert_eq!(
            *config.parameters(Some("prod")),
            json!({"a": {"b": 9, "c": 2}, "list": [3], "kept": null, "new": "x"})
        );
        assert_eq!(*config.parameters(Some("dev")), document["parameters"]);
        assert_eq!(*config.parameters(None), document["parameters"]);
    }

    #[test]
    fn a_merged_value_knows_where_it_was_said() {
        let document = json!({
            "parameters": {"a": {"b": 1, "c": 2}, "list": [1, 2]},
            "environments": {"prod": {"a": {"b": 9}, "list": [3], "new": {"x": 1}}}
        });
        let config = Config::new(&document);
        let cases = [
            ("/a/b", "/environments/prod/a/b"),
            ("/a/c", "/parameters/a/c"),
            ("/a", "/parameters/a"),
            ("/list/0", "/environments/prod/list/0"),
            ("/new/x", "/environments/prod/new/x"),
            ("/new", "/environments/prod/new"),
            ("/missing", "/parameters/missing"),
            ("", "/parameters"),
        ];
        for (parameter, said) in cases {
            let pointer = Pointer::from_encoded(parameter);
            assert_eq!(config.origin(&pointer, Some("prod")).as_str(), said, "{parameter}");
        }
    }

    #[test]
    fn paths_are_filled() {
        let pattern = "dags/{environment}/{package}/{dag_id}.py";
        assert_eq!(fill_path(pattern, "p", "n", "p_n", Some("prod")), "dags/prod/p/p_n.py");
        assert_eq!(fill_path(pattern, "p", "n", "p_n", None), "dags/p/p_n.py");
    }

    #[test]
    fn no_path_leaves_its_folder() {
        for pattern in [
            "../../{name}.py",
            "/{name}.py",
            "./..\\{name}.py",
            ".{environment}./{name}.py",
            "...//{name}.py",
        ] {
            assert_eq!(fill_path(pattern, "p", "n", "p_n", None), "n.py", "{pattern}");
        }
    }
}
