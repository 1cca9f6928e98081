//! `portal.json`: one file of settings for the page and the command line.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

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
    /// Names of the environments, in the order of promotion.
    pub environments: Vec<String>,
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
    /// Language of the page and of the messages, such as `de-AT`: German is spoken, and English to everybody else.
    pub language: String,
    /// For whom the messages are worded. The page and the command line set it, not the file.
    pub audience: Audience,
}

/// The Airflow that the DAGs will run on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Airflow {
    /// Version, such as `3.3` or `2.11.2`.
    pub version: String,
    /// Versions of providers by name (`cncf.kubernetes`), where they differ from those of the Airflow release.
    pub providers: BTreeMap<String, String>,
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
