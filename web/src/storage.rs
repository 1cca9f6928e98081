//! The only module that touches the browser's storage. Every failure is an answer, never a panic.

use leptos::prelude::window;
use serde_json::{Value, json};

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
    /// When it was kept, in milliseconds since 1970-01-01T00:00:00Z.
    pub saved: f64,
    /// The config document.
    pub document: Value,
    /// The YAML that was opened.
    pub base: Option<String>,
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
const VERSION: u32 = 1;
/// `start.js` reads this key as well, before the first paint.
const THEME: &str = "dagwright theme";
const LANGUAGE: &str = "dagwright language";

/// The draft of a template's form.
pub fn draft(template: &str) -> Option<Draft> {
    let text = storage()?.get_item(&draft_key(template)).ok()??;
    let mut kept = Object::from(serde_json::from_str::<Value>(&text).ok()?);
    Some(Draft {
        saved: kept.optional_float("saved")?,
        document: kept.value("document").filter(Value::is_object)?,
        base: kept.optional_text("base"),
    })
}

/// Keeps the draft of a template's form.
pub fn keep_draft(template: &str, draft: &Draft) -> Result<(), Refusal> {
    let text = json!({"saved": draft.saved, "document": draft.document, "base": draft.base}).to_string();
    storage()
        .ok_or(Refusal::Forbidden)?
        .set_item(&draft_key(template), &text)
        .map_err(|_| Refusal::Full)
}

/// Forgets the draft of a template's form.
pub fn forget_draft(template: &str) {
    if let Some(storage) = storage() {
        drop(storage.remove_item(&draft_key(template)));
    }
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

/// The language that was chosen; none where it is left to the portal and the browser.
pub fn language() -> Option<String> {
    storage()?.get_item(LANGUAGE).ok()?
}

/// Keeps the choice of a language, and says whether it could.
pub fn keep_language(tag: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(LANGUAGE, tag).is_ok())
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok()?
}

/// Several portals may share one origin, so the folder of the page is part of the key.
fn draft_key(template: &str) -> String {
    let folder = window().location().pathname().unwrap_or_default();
    format!("dagwright draft {VERSION} {folder} {template}")
}
