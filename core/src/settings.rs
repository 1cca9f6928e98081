//! `portal.json`: one file of settings for the page and the command line.

use std::{borrow::Cow, collections::BTreeMap};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{answer::SourceFile, pointer::Pointer};

/// What an organisation says about its portal. Every member has a default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Name of the portal.
    pub title: String,
    /// Address of a picture, relative to the page.
    pub logo: Option<String>,
    /// CSS colours by name; only `accent` is used now.
    pub colours: BTreeMap<String, String>,
    /// Address of the portal itself, for links in generated files.
    pub url: Option<String>,
    /// Folders (command line) or addresses (page) of catalogues.
    pub catalogues: Vec<String>,
    /// The environments, in the order of promotion.
    pub environments: Vec<Environment>,
    /// What the DAGs will run on.
    pub airflow: Airflow,
    /// Where files belong.
    pub paths: Paths,
    /// What there is to choose from.
    pub inventory: InventorySource,
    /// Where configs and files are kept, for merge requests from the page; none where they are only downloaded. What it says
    /// stands in the schema, and only the elements of the page read it.
    pub forge: Option<Value>,
    /// The team that owns a package, by the package's name.
    pub owners: BTreeMap<String, String>,
    /// The team that approves changes of a template, by the template's id; `*` stands for all others.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub approvers: BTreeMap<String, String>,
    /// Rules of the organisation: policies, or the addresses of files that hold some. Whoever reads the settings puts a
    /// [`SourceFile`] in the place of an address. What is wrong with them the engine says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<Value>,
    /// The file that they were read from, for places in it. Whoever reads the settings sets it, not the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceFile>,
    /// Language of the page and of the messages, such as `de-AT`: German is spoken, and English to everybody else.
    pub language: String,
    /// For whom the messages are worded. The page and the command line set it, not the file.
    pub audience: Audience,
}

/// One environment: its name, or also what is its own there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "EnvironmentForm", into = "EnvironmentForm")]
pub struct Environment {
    /// Name, such as `prod`.
    pub name: String,
    /// The Airflow that it runs, in place of that of the portal.
    pub airflow: Option<Airflow>,
    /// What exists in it, in place of what exists elsewhere.
    pub inventory: Option<InventorySource>,
    /// Policies for it beside those of the portal; one of the same code takes the place of that of the portal.
    pub policies: Vec<Value>,
}

/// An environment as `portal.json` writes it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum EnvironmentForm {
    Name(String),
    Own(Box<OwnForm>),
}

#[derive(Clone, Serialize, Deserialize)]
struct OwnForm {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    airflow: Option<Airflow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    inventory: Option<InventorySource>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    policies: Vec<Value>,
}

impl From<&str> for Environment {
    fn from(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }
}

impl From<EnvironmentForm> for Environment {
    fn from(form: EnvironmentForm) -> Self {
        match form {
            EnvironmentForm::Name(name) => Self::from(name.as_str()),
            EnvironmentForm::Own(own) => {
                let OwnForm {
                    name,
                    airflow,
                    inventory,
                    policies,
                } = *own;
                Self {
                    name,
                    airflow,
                    inventory,
                    policies,
                }
            }
        }
    }
}

impl From<Environment> for EnvironmentForm {
    fn from(environment: Environment) -> Self {
        let Environment {
            name,
            airflow,
            inventory,
            policies,
        } = environment;
        if airflow.is_none() && inventory.is_none() && policies.is_empty() {
            return Self::Name(name);
        }
        Self::Own(Box::new(OwnForm {
            name,
            airflow,
            inventory,
            policies,
        }))
    }
}

impl Settings {
    /// The names of the environments, in the order of promotion.
    pub fn environment_names(&self) -> impl Iterator<Item = &str> {
        self.environments.iter().map(|environment| environment.name.as_str())
    }

    /// The environment in whose folder a generated file lies, by the pattern of [`Paths::output`].
    pub fn environment_of(&self, path: &str) -> Option<&str> {
        const GAP: &str = "{environment}";
        let pattern = &self.paths.output;
        let end = pattern.find(GAP)? + GAP.len();
        let (folder, rest) = pattern.split_at_checked(end)?;
        // A part that is named after other things, too, tells nothing.
        if folder.matches('{').count() > 1 || !rest.starts_with('/') {
            return None;
        }
        let path = format!("/{path}");
        self.environment_names()
            .find(|name| path.contains(&format!("/{}/", folder.replace(GAP, name))))
    }

    /// The settings as they hold in an environment.
    pub fn within(&self, environment: Option<&str>) -> Cow<'_, Self> {
        let own = self
            .environments
            .iter()
            .find(|own| Some(own.name.as_str()) == environment);
        let Some(own) = own.filter(|own| own.airflow.is_some() || own.inventory.is_some()) else {
            return Cow::Borrowed(self);
        };
        let mut settings = self.clone();
        if let Some(airflow) = &own.airflow {
            settings.airflow.clone_from(airflow);
        }
        if let Some(inventory) = &own.inventory {
            settings.inventory.clone_from(inventory);
        }
        Cow::Owned(settings)
    }
}

/// A place in the settings at which the address of a file stands in place of what the file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// The place.
    pub pointer: Pointer,
    /// The address, relative to the settings.
    pub address: String,
    /// What the file holds.
    pub holds: FileKind,
}

/// What a file beside the settings holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FileKind {
    /// Lists of names: the JSON value takes the place of the address.
    Inventory,
    /// Policies: a [`SourceFile`] takes the place of the address.
    Policies,
}

/// The files that settings name, in the order of the settings.
pub fn references(settings: &Value) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut look = |value: &Value, base: &Pointer| {
        let mut take = |pointer: Pointer, address: Option<&str>, holds| {
            found.extend(address.map(|address| Reference {
                pointer,
                address: address.to_owned(),
                holds,
            }));
        };
        let inventory = value.get("inventory").and_then(Value::as_str);
        take(base.key("inventory"), inventory, FileKind::Inventory);
        let policies = value.get("policies").and_then(Value::as_array);
        for (index, item) in policies.into_iter().flatten().enumerate() {
            take(base.key("policies").index(index), item.as_str(), FileKind::Policies);
        }
    };
    look(settings, &Pointer::root());
    let environments = settings.get("environments").and_then(Value::as_array);
    for (index, environment) in environments.into_iter().flatten().enumerate() {
        look(environment, &Pointer::root().key("environments").index(index));
    }
    found
}

/// The Airflow that the DAGs will run on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Airflow {
    /// Version, such as `3.3` or `2.11.2`.
    pub version: String,
    /// Versions of providers by name (`cncf.kubernetes`), where they differ from those of the Airflow release.
    pub providers: BTreeMap<String, String>,
    /// Version of croniter, which reads cron expressions, where it is not the one that was current at the release.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub croniter: Option<String>,
}

/// Patterns of paths; `{package}`, `{name}`, `{dag_id}` and `{environment}` are filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Paths {
    /// Where a config belongs.
    pub config: String,
    /// Where a generated file belongs. Without environments, `{environment}/` falls away.
    pub output: String,
}

/// The inventory itself, or where it stands: whoever reads the settings then reads it and puts it in place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum InventorySource {
    /// A file beside the settings (command line) or an address (page).
    Address(String),
    /// What there is.
    Inline(Inventory),
}

impl Default for InventorySource {
    fn default() -> Self {
        Self::Inline(Inventory::default())
    }
}

/// What exists where the DAGs will run, by its names. A list that is empty says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Inventory {
    /// Airflow connections.
    pub connections: Vec<String>,
    /// Airflow pools.
    pub pools: Vec<String>,
    /// Airflow variables.
    pub variables: Vec<String>,
    /// Container images.
    pub images: Vec<String>,
    /// Teams.
    pub teams: Vec<String>,
    /// Assets, which Airflow 2 calls datasets.
    pub assets: Vec<String>,
}

impl Inventory {
    /// The names of its lists.
    pub const NAMES: &[&str] = &["assets", "connections", "images", "pools", "teams", "variables"];

    /// One of its lists by name.
    pub fn list(&self, name: &str) -> &[String] {
        match name {
            "assets" => &self.assets,
            "connections" => &self.connections,
            "images" => &self.images,
            "pools" => &self.pools,
            "teams" => &self.teams,
            "variables" => &self.variables,
            _ => &[],
        }
    }
}

/// For whom messages are worded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Somebody who fills a form.
    #[default]
    Requester,
    /// Somebody who reads logs.
    Engineer,
}

/// Whether an address leads to the web and to nothing else: a page follows it, and a file that is generated shows it.
pub fn is_web_address(address: &str) -> bool {
    let rest = address
        .strip_prefix("http")
        .map(|rest| rest.strip_prefix('s').unwrap_or(rest));
    rest.is_some_and(|rest| is_behind_scheme(rest, "://"))
}

/// Whether an address may be given a token: only encrypted connections may.
pub fn is_secure_address(address: &str) -> bool {
    is_behind_scheme(address, "https://")
}

/// Whether an address can be that of a picture: relative to the page, on the web, or the picture itself.
pub fn is_picture_address(address: &str) -> bool {
    let is_relative = || {
        let own = address.strip_prefix('/').unwrap_or(address);
        // Without a colon it has no scheme. A second slash would name another host, and browsers take a backslash for one.
        !own.is_empty()
            && !own.starts_with('/')
            && own
                .chars()
                .all(|letter| !letter.is_control() && letter != ':' && letter != '\\')
    };
    is_secure_address(address) || is_behind_scheme(address, "data:image/") || is_relative()
}

/// Whether a pattern of [`Paths`] stays below the folder that it is relative to.
pub fn is_path_pattern(pattern: &str) -> bool {
    let is_part = |part: &str| {
        part.chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '{' | '}' | '-'))
            && part.chars().any(|letter| letter != '.')
    };
    pattern.starts_with(|first: char| first.is_ascii_alphanumeric() || matches!(first, '_' | '{'))
        && pattern.split('/').all(is_part)
}

/// Whether an address begins so and goes on without spaces and with visible ASCII only.
fn is_behind_scheme(address: &str, scheme: &str) -> bool {
    address
        .strip_prefix(scheme)
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic()))
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            title: "Dagwright".to_owned(),
            logo: None,
            colours: BTreeMap::new(),
            url: None,
            catalogues: Vec::new(),
            environments: Vec::new(),
            airflow: Airflow::default(),
            paths: Paths::default(),
            inventory: InventorySource::default(),
            forge: None,
            owners: BTreeMap::new(),
            approvers: BTreeMap::new(),
            policies: Vec::new(),
            source: None,
            language: "en".to_owned(),
            audience: Audience::default(),
        }
    }
}

impl Default for Airflow {
    fn default() -> Self {
        Self {
            version: "3.3".to_owned(),
            providers: BTreeMap::new(),
            croniter: None,
        }
    }
}

impl Default for Paths {
    fn default() -> Self {
        Self {
            config: "configs/{package}/{name}.yaml".to_owned(),
            output: "dags/{environment}/{package}/{dag_id}.py".to_owned(),
        }
    }
}

#[cfg(all(test, feature = "engine"))]
mod tests {
    use serde_json::{Value, json};

    use super::{is_path_pattern, is_picture_address, is_secure_address, is_web_address};
    use crate::Engine;

    /// Whether the schema of `portal.json`, which the command line and editors use, takes a value.
    fn schema_takes(document: &Value) -> bool {
        Engine::settings(&document.to_string()).1.is_empty()
    }

    #[test]
    fn only_addresses_of_the_web_are_taken_and_the_schema_agrees() {
        let forge = |key: &str, address: &str| {
            let mut forge = json!({"kind": "gitlab", "url": "https://gitlab.example.com", "project": "data/dags"});
            forge[key] = json!(address);
            json!({"forge": forge})
        };
        // The address, and whether it is one of the web, a secure one, and one of a picture.
        for (address, web, secure, picture) in [
            ("https://example.com/a?b#c", true, true, true),
            ("http://example.com", true, false, false),
            ("https://", false, false, false),
            ("HTTPS://example.com", false, false, false),
            ("javascript:alert(1)", false, false, false),
            ("JavaScript:alert(1)", false, false, false),
            ("java\tscript:alert(1)", false, false, false),
            ("\u{1}javascript:alert(1)", false, false, false),
            (" javascript:alert(1)", false, false, false),
            ("https://example.com\njavascript:alert(1)", false, false, false),
            ("data:text/html,<script>alert(1)</script>", false, false, false),
            ("data:image/png;base64,AAAA", false, false, true),
            ("blob:https://example.com/1", false, false, false),
            ("file:///etc/passwd", false, false, false),
            ("vbscript:x", false, false, false),
            ("//elsewhere.example.com/logo.png", false, false, false),
            ("/\\elsewhere.example.com/logo.png", false, false, false),
            ("logo.svg", false, false, true),
            ("./pictures/our logo.svg?v=2", false, false, true),
            ("../logo.svg", false, false, true),
            ("/logo.svg", false, false, true),
            ("/", false, false, false),
            ("", false, false, false),
        ] {
            assert_eq!(is_web_address(address), web, "{address:?}");
            assert_eq!(is_secure_address(address), secure, "{address:?}");
            assert_eq!(is_picture_address(address), picture, "{address:?}");
            assert_eq!(schema_takes(&json!({"url": address})), web, "url {address:?}");
            assert_eq!(schema_takes(&forge("url", address)), secure, "forge.url {address:?}");
            assert_eq!(schema_takes(&forge("api", address)), secure, "forge.api {address:?}");
            assert_eq!(schema_takes(&json!({"logo": address})), picture, "logo {address:?}");
        }
    }

    #[test]
    fn no_pattern_of_paths_leaves_its_folder_and_the_schema_agrees() {
        for (pattern, taken) in [
            ("configs/{package}/{name}.yaml", true),
            ("{environment}/{dag_id}.py", true),
            ("dags/.hidden/{dag_id}.py", true),
            ("dags/a..b/{dag_id}.py", true),
            ("../{dag_id}.py", false),
            ("dags/../../{dag_id}.py", false),
            ("dags/./{dag_id}.py", false),
            ("dags/.../{dag_id}.py", false),
            ("dags//{dag_id}.py", false),
            ("dags/{dag_id}.py/", false),
            ("dags/{dag_id}.py/..", false),
            ("/dags/{dag_id}.py", false),
            ("dags\\..\\{dag_id}.py", false),
            ("C:/{dag_id}.py", false),
            ("", false),
        ] {
            assert_eq!(is_path_pattern(pattern), taken, "{pattern}");
            for key in ["config", "output"] {
                assert_eq!(
                    schema_takes(&json!({"paths": {key: pattern}})),
                    taken,
                    "{key} {pattern}"
                );
            }
        }
    }
}
