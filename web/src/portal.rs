//! The settings of the portal, read from `portal.json`.

use dagwright_core::settings::{
    Environment, FileKind, Inventory, InventorySource, Reference, Settings, is_path_pattern, is_picture_address,
    is_secure_address, is_web_address,
};
use serde_json::{Map, Value, json};

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
        Self::new(json(text)?)
    }

    /// The same settings with what the files that they name hold. Policies are read by the engine.
    pub fn with_files(mut self, files: Vec<(Reference, String)>) -> Result<Self, String> {
        for (
            Reference {
                pointer,
                address,
                holds,
            },
            text,
        ) in files
        {
            let held = match holds {
                FileKind::Inventory => json(&text)?,
                FileKind::Policies => json!({"path": address, "text": text}),
            };
            pointer.set(&mut self.document, held);
        }
        Self::new(self.document)
    }

    /// The names of the environments.
    pub fn environments(&self) -> Vec<String> {
        self.settings.environment_names().map(str::to_owned).collect()
    }

    fn new(document: Value) -> Result<Self, String> {
        let settings = settings(&document)?;
        let accent = match settings.colours.get("accent") {
            Some(text) => {
                Some(Colour::read(text).ok_or_else(|| words::portal_key("colours.accent", words::expected_colour()))?)
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

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| words::portal_is_not_json(error.line(), error.column()))
}

/// Reads what the page knows of the settings; what it does not know is for the engine or for later versions.
fn settings(document: &Value) -> Result<Settings, String> {
    let Value::Object(members) = document else {
        return Err(words::portal_is_no_object().to_owned());
    };
    let mut settings = Settings::default();
    let nothing = Map::new();
    let inside = |key: &str| match members.get(key) {
        None => Ok(&nothing),
        Some(Value::Object(members)) => Ok(members),
        Some(_) => Err(words::portal_key(key, words::expected_object())),
    };
    let texts = |path: &str, value: Option<&Value>| match value {
        None => Ok(Vec::new()),
        Some(Value::Array(items)) => items.iter().map(|item| text(path, item)).collect(),
        Some(_) => Err(words::portal_key(path, words::expected_list())),
    };
    let named_texts = |path: &str, members: &Map<String, Value>| {
        let named = members.iter();
        named
            .map(|(key, value)| Ok((key.clone(), text(&format!("{path}.{key}"), value)?)))
            .collect::<Result<_, String>>()
    };
    let airflow = inside("airflow")?;
    let paths = inside("paths")?;
    for (path, value, target) in [
        ("title", members.get("title"), &mut settings.title),
        ("language", members.get("language"), &mut settings.language),
        ("airflow.version", airflow.get("version"), &mut settings.airflow.version),
        ("paths.config", paths.get("config"), &mut settings.paths.config),
        ("paths.output", paths.get("output"), &mut settings.paths.output),
    ] {
        if let Some(value) = value {
            *target = text(path, value)?;
        }
    }
    for (path, target) in [("logo", &mut settings.logo), ("url", &mut settings.url)] {
        if let Some(value) = members.get(path).filter(|value| !value.is_null()) {
            *target = Some(text(path, value)?);
        }
    }
    check_addresses(&settings)?;
    settings.catalogues = texts("catalogues", members.get("catalogues"))?;
    settings.environments = match members.get("environments") {
        None => Vec::new(),
        Some(Value::Array(items)) => items.iter().map(environment).collect::<Result<_, _>>()?,
        Some(_) => return Err(words::portal_key("environments", words::expected_list())),
    };
    settings.policies = match members.get("policies") {
        None => Vec::new(),
        Some(Value::Array(items)) => items.clone(),
        Some(_) => return Err(words::portal_key("policies", words::expected_list())),
    };
    settings.approvers = named_texts("approvers", inside("approvers")?)?;
    if members.get("forge").is_some_and(|forge| !forge.is_null()) {
        let own = inside("forge")?;
        for (index, key) in ["kind", "url", "project", "target", "title", "client", "api", "mail"]
            .iter()
            .enumerate()
        {
            let value = own.get(*key).unwrap_or(&Value::Null);
            // The first three must be there.
            if index < 3 || !value.is_null() {
                let path = format!("forge.{key}");
                let value = text(&path, value)?;
                // People sign in there, in a window that this page opens.
                if *key == "url" && !is_secure_address(&value) {
                    return Err(words::portal_key(&path, words::expected_address()));
                }
            }
        }
        for key in ["labels", "reviewers"] {
            texts(&format!("forge.{key}"), own.get(key).filter(|value| !value.is_null()))?;
        }
        settings.forge = members.get("forge").cloned();
    }
    settings.owners = named_texts("owners", inside("owners")?)?;
    settings.colours = named_texts("colours", inside("colours")?)?;
    settings.inventory = if let Some(Value::String(address)) = members.get("inventory") {
        InventorySource::Address(address.clone())
    } else {
        let lists = inside("inventory")?;
        let list = |name: &str| texts(&format!("inventory.{name}"), lists.get(name));
        InventorySource::Inline(Inventory {
            connections: list("connections")?,
            pools: list("pools")?,
            variables: list("variables")?,
            images: list("images")?,
            teams: list("teams")?,
            assets: list("assets")?,
        })
    };
    if let Some(Value::Object(providers)) = airflow.get("providers") {
        settings.airflow.providers = named_texts("airflow.providers", providers)?;
    }
    if let Some(croniter) = airflow.get("croniter") {
        settings.airflow.croniter = Some(text("airflow.croniter", croniter)?);
    }
    Ok(settings)
}

/// A name, or an object that says of one environment what the settings say of all.
fn environment(value: &Value) -> Result<Environment, String> {
    let Some(own) = value.as_object() else {
        return Ok(Environment {
            name: text("environments", value)?,
            ..Environment::default()
        });
    };
    let name = text("environments.name", own.get("name").unwrap_or(&Value::Null))?;
    let said: Map<String, Value> = ["airflow", "inventory", "policies"]
        .into_iter()
        .filter_map(|key| Some((key.to_owned(), own.get(key)?.clone())))
        .collect();
    let has = |key: &str| said.contains_key(key);
    let (airflow, inventory) = (has("airflow"), has("inventory"));
    let settings = settings(&Value::Object(said))?;
    Ok(Environment {
        name,
        airflow: airflow.then_some(settings.airflow),
        inventory: inventory.then_some(settings.inventory),
        policies: settings.policies,
    })
}

/// Addresses are those of the web, and paths stay in their folder.
fn check_addresses(settings: &Settings) -> Result<(), String> {
    let logo = settings.logo.as_deref();
    let url = settings.url.as_deref();
    for (path, is_right, expected) in [
        ("logo", logo.is_none_or(is_picture_address), words::expected_picture()),
        ("url", url.is_none_or(is_web_address), words::expected_address()),
        (
            "paths.config",
            is_path_pattern(&settings.paths.config),
            words::expected_path(),
        ),
        (
            "paths.output",
            is_path_pattern(&settings.paths.output),
            words::expected_path(),
        ),
    ] {
        if !is_right {
            return Err(words::portal_key(path, expected));
        }
    }
    Ok(())
}

fn text(path: &str, value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        _ => Err(words::portal_key(path, words::expected_text())),
    }
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
        assert_eq!(portal.settings.catalogues, ["templates"]);
        assert!(portal.accent.is_some());
    }

    #[test]
    fn settings_are_read_as_serde_reads_them() {
        let sample = serde_json::json!({
            "title": "T", "logo": "l.svg", "colours": {"accent": "#123456"}, "url": "https://example.com",
            "catalogues": ["a", "b"], "language": "en",
            "environments": ["dev", {"name": "prod", "airflow": {"version": "3.3", "providers": {}}, "policies": [{"code": "a"}],
                "inventory": {"connections": [], "pools": ["p"], "variables": [], "images": [], "teams": [], "assets": []}}],
            "policies": ["policies.yaml", {"code": "b"}], "approvers": {"*": "t"},
            "airflow": {"version": "2.11", "providers": {"smtp": "3.0.0"}},
            "paths": {"config": "c/{name}.yaml", "output": "o.py"}, "audience": "requester",
            "forge": {"kind": "gitlab", "url": "https://g", "project": "a/b", "target": "t", "title": "x", "client": "c", "labels": ["l"],
                "api": "https://a", "mail": "m@example.com", "reviewers": ["r"]},
            "owners": {"p": "t"},
            "inventory": {"connections": ["c"], "pools": ["p"], "variables": ["v"], "images": ["i"], "teams": ["t"], "assets": ["a"]},
        });
        let derived: Settings = serde_json::from_value(sample.clone()).unwrap();
        assert_eq!(Portal::read(&sample.to_string()).unwrap().settings, derived);
        assert_eq!(serde_json::to_value(derived).unwrap(), sample);
    }

    #[test]
    fn errors_name_the_key() {
        for (text, key) in [
            (r#"{"title": 5}"#, "title"),
            (r#"{"airflow": {"version": 3.3}}"#, "airflow.version"),
            (r#"{"title": "x", "environments": "dev"}"#, "environments"),
            (r#"{"environments": [{"airflow": {}}]}"#, "environments.name"),
            (
                r#"{"environments": [{"name": "a", "airflow": {"version": 3}}]}"#,
                "airflow.version",
            ),
            (r#"{"policies": {}}"#, "policies"),
            (r#"{"approvers": {"a": 1}}"#, "approvers.a"),
            (r#"{"colours": {"accent": "blue"}}"#, "colours.accent"),
            (r#"{"paths": {"output": null}}"#, "paths.output"),
            (r#"{"airflow": "3.3"}"#, "airflow"),
            (r#"{"airflow": {"providers": {"smtp": 3}}}"#, "airflow.providers.smtp"),
            (r#"{"airflow": {"croniter": 6.2}}"#, "airflow.croniter"),
            (r#"{"catalogues": ["templates", 5]}"#, "catalogues"),
            (r#"{"logo": 1}"#, "logo"),
            (r#"{"inventory": 1}"#, "inventory"),
            (r#"{"forge": {"kind": "gitlab", "url": "https://g"}}"#, "forge.project"),
            (
                r#"{"forge": {"kind": "gitlab", "url": "https://g", "project": "a/b", "labels": "x"}}"#,
                "forge.labels",
            ),
            (
                r#"{"forge": {"kind": "gitlab", "url": "https://g", "project": "a/b", "api": 1}}"#,
                "forge.api",
            ),
            (r#"{"owners": {"finance": 1}}"#, "owners.finance"),
            (r#"{"inventory": {"pools": "x"}}"#, "inventory.pools"),
            (r#"{"logo": "javascript:alert(1)"}"#, "logo"),
            (r#"{"url": "javascript:alert(1)"}"#, "url"),
            (
                r#"{"forge": {"kind": "gitlab", "url": "javascript:alert(1)//", "project": "a/b"}}"#,
                "forge.url",
            ),
            (r#"{"paths": {"config": "configs/../../{name}.yaml"}}"#, "paths.config"),
            (r#"{"paths": {"output": "../{dag_id}.py"}}"#, "paths.output"),
        ] {
            let error = Portal::read(text).unwrap_err();
            assert!(error.contains(&format!("`{key}`")), "{text}: {error}");
        }
        assert!(Portal::read("{\n \"title\": \n}").unwrap_err().contains("line 3"));
        assert!(Portal::read("[]").is_err());
    }
}
