//! The only module that touches the browser's storage. Every failure is an answer, never a panic.

use leptos::prelude::window;
use serde_json::{Value, json};
use web_sys::StorageEvent;

use crate::decode::Object;

/// Why something was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The browser lets pages keep nothing, as in some private windows.
    Forbidden,
    /// There is no room left.
    Full,
}

/// What is kept of an unfinished form.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Id of the template.
    pub template: String,
    /// What it is told apart by from other drafts of the template.
    pub id: String,
    /// When it was kept, in milliseconds since 1970-01-01T00:00:00Z.
    pub saved: f64,
    /// The config document.
    pub document: Value,
    /// The YAML whose comments and order are kept.
    pub base: Option<String>,
    /// The config as it was being written; none where the form was the source.
    pub text: Option<String>,
    /// The text of the file that was opened.
    pub opened: Option<String>,
    /// Whether secrets were taken out of it.
    pub incomplete: bool,
}

/// The colours that a person chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Those of the device.
    #[default]
    Device,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Changes when what is kept changes its shape; older drafts are then left alone.
const VERSION: u32 = 2;
/// `start.js` reads this key as well, before the first paint.
const THEME: &str = "dagwright theme";
const SINGLE_KEYS: &str = "dagwright single keys";
const LANGUAGE: &str = "dagwright language";
const PROBE: &str = "dagwright probe";

/// All drafts of this portal, the latest first.
pub fn drafts() -> Vec<Draft> {
    let Some(storage) = storage() else {
        return Vec::new();
    };
    let prefix = draft_prefix();
    let count = storage.length().unwrap_or_default();
    let keys = (0..count).filter_map(|index| storage.key(index).ok()?);
    let mut drafts: Vec<Draft> = keys
        .filter_map(|key| {
            let (template, id) = key.strip_prefix(&prefix)?.split_once(' ')?;
            draft(template, id)
        })
        .collect();
    drafts.sort_by(|one, other| other.saved.total_cmp(&one.saved));
    drafts
}

/// One draft of a template.
pub fn draft(template: &str, id: &str) -> Option<Draft> {
    let text = storage()?.get_item(&draft_key(template, id)).ok()??;
    let mut kept = Object::from(serde_json::from_str::<Value>(&text).ok()?);
    Some(Draft {
        template: template.to_owned(),
        id: id.to_owned(),
        saved: kept.optional_float("saved")?,
        document: kept.value("document").filter(Value::is_object)?,
        base: kept.optional_text("base"),
        text: kept.optional_text("text"),
        opened: kept.optional_text("opened"),
        incomplete: kept.flag("incomplete"),
    })
}

/// Keeps a draft.
pub fn keep_draft(draft: &Draft) -> Result<(), Refusal> {
    let Draft {
        saved,
        document,
        base,
        text,
        opened,
        incomplete,
        ..
    } = draft;
    let text = json!({
        "saved": saved, "document": document, "base": base, "text": text, "opened": opened, "incomplete": incomplete,
    })
    .to_string();
    storage()
        .ok_or(Refusal::Forbidden)?
        .set_item(&draft_key(&draft.template, &draft.id), &text)
        .map_err(|_| Refusal::Full)
}

/// Forgets a draft.
pub fn forget_draft(template: &str, id: &str) {
    if let Some(storage) = storage() {
        drop(storage.remove_item(&draft_key(template, id)));
    }
}

/// Another page of this browser has changed what is kept under the key of the event: whether that is this draft.
pub fn concerns(event: &StorageEvent, template: &str, id: &str) -> bool {
    event.key().is_some_and(|key| key == draft_key(template, id))
}

/// An id that no draft of this browser has.
pub fn new_id() -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds since 1970 fit"
    )]
    let now = js_sys::Date::now() as u64;
    format!("{now:x}")
}

/// The colours that were chosen.
pub fn theme() -> Theme {
    match storage().and_then(|storage| storage.get_item(THEME).ok()?).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::Device,
    }
}

/// Keeps the choice of colours; where that is forbidden, it holds until the page is closed.
pub fn keep_theme(theme: Theme) {
    let Some(storage) = storage() else { return };
    drop(match theme {
        Theme::Device => storage.remove_item(THEME),
        Theme::Light => storage.set_item(THEME, "light"),
        Theme::Dark => storage.set_item(THEME, "dark"),
    });
}

/// Whether keys that are pressed alone do something.
pub fn single_keys() -> bool {
    let kept = storage().and_then(|storage| storage.get_item(SINGLE_KEYS).ok()?);
    kept.as_deref() != Some("off")
}

/// Keeps that choice; where that is forbidden, it holds until the page is closed.
pub fn keep_single_keys(choice: &str) {
    if let Some(storage) = storage() {
        drop(storage.set_item(SINGLE_KEYS, choice));
    }
}

/// The language that was chosen; none where it is left to the portal and the browser.
pub fn language() -> Option<String> {
    storage()?.get_item(LANGUAGE).ok()?
}

/// Whether the browser keeps what is stored from now on.
pub fn keeps() -> bool {
    let probe = |storage: web_sys::Storage| {
        storage.set_item(PROBE, "probe")?;
        storage.remove_item(PROBE)
    };
    storage().is_some_and(|storage| probe(storage).is_ok())
}

/// Keeps the choice of a language, and says whether it could.
pub fn keep_language(tag: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(LANGUAGE, tag).is_ok())
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok()?
}

/// Several portals may share one origin, so the folder of the page is part of the key.
fn draft_prefix() -> String {
    let folder = window().location().pathname().unwrap_or_default();
    format!("dagwright draft {VERSION} {folder} ")
}

fn draft_key(template: &str, id: &str) -> String {
    format!("{}{template} {id}", draft_prefix())
}
