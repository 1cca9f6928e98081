//! The only module that speaks HTTP: it reads text files of this portal and of its catalogues.

use dagwright_core::answer::{SourceFile, TemplateCard};
use js_sys::{Map, Promise, Reflect};
use leptos::prelude::{document, window};
use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit, Response};

use crate::{
    decode::{self, Object},
    words,
};

/// How long a file may take, in milliseconds; `start.js` waits as long. What nobody waits for any more can be tried again.
const PATIENCE: u32 = 30_000;

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer: offline, blocked, or an address that does not exist.
    Unreachable,
    /// The host answered, but not with the file.
    Status(u16),
    /// The file is not what it should be; the reason is for the keeper of the portal.
    Unreadable(String),
}

/// One template of a catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What the catalogue shows of it.
    pub card: TemplateCard,
    /// Its files, those of the templates it extends among them, below the catalogue.
    pub files: Vec<String>,
    /// Address of the catalogue that it stands in.
    pub catalogue: String,
    /// A small picture of what it makes, as the catalogue has it.
    pub preview: Value,
}

/// All templates that could be read, and why others could not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalogues {
    /// The templates, in the order of the catalogues; of two with one id, the first.
    pub entries: Vec<Entry>,
    /// The files that could not be read.
    pub failures: Vec<(String, Failure)>,
}

/// The text at an address, relative to the page.
pub async fn text(address: &str) -> Result<String, Failure> {
    let response = JsFuture::from(ask(address)).await.map_err(|_| Failure::Unreachable)?;
    content(&response.unchecked_into()).await
}

/// Asks for a file, or takes the answer that `start.js` has asked for already; a second try asks anew.
fn ask(address: &str) -> Promise {
    let early = Reflect::get(&window(), &"early".into()).ok();
    let early: Option<Map> = early.and_then(|early| early.dyn_into().ok());
    let key = address.into();
    let answer = early.and_then(|early| {
        let answer = early.get(&key).dyn_into().ok();
        early.delete(&key);
        answer
    });
    answer.unwrap_or_else(|| {
        let request = RequestInit::new();
        request.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
        window().fetch_with_str_and_init(address, &request)
    })
}

async fn content(response: &Response) -> Result<String, Failure> {
    if !response.ok() {
        return Err(Failure::Status(response.status()));
    }
    let text = response.text().map_err(|_| Failure::Unreachable)?;
    let text = JsFuture::from(text).await.map_err(|_| Failure::Unreachable)?;
    Ok(text.as_string().unwrap_or_default())
}

/// Address of a part of the page, such as `engine`: its folder carries a hash of its content and is named in the page.
pub fn folder(name: &str) -> Option<String> {
    let meta = document()
        .query_selector(&format!("meta[name=dagwright-{name}]"))
        .ok()??;
    meta.get_attribute("content")
}

/// Reads all catalogues at once.
pub async fn catalogues(addresses: &[String]) -> Catalogues {
    let asked: Vec<_> = addresses
        .iter()
        .map(|address| {
            let file = join(address, "catalogue.json");
            (ask(&file), file, address)
        })
        .collect();
    let mut catalogues = Catalogues::default();
    for (response, file, address) in asked {
        let text = match JsFuture::from(response).await {
            Ok(response) => content(&response.unchecked_into()).await,
            Err(_) => Err(Failure::Unreachable),
        };
        match text.and_then(|text| read(&text, address).map_err(|error| Failure::Unreadable(error.to_string()))) {
            Ok(entries) => {
                for entry in entries {
                    if catalogues.entries.iter().all(|own| own.card.id != entry.card.id) {
                        catalogues.entries.push(entry);
                    }
                }
            }
            Err(failure) => catalogues.failures.push((file, failure)),
        }
    }
    catalogues
}

fn read(text: &str, catalogue: &str) -> Result<Vec<Entry>, serde_json::Error> {
    let entry = |listed| {
        let mut listed = Object::from(listed);
        let mut card = decode::card(&mut listed);
        translate(&mut card, listed.object("locales"));
        Entry {
            card,
            files: listed.texts("files"),
            preview: listed.value("preview").unwrap_or_default(),
            catalogue: catalogue.to_owned(),
        }
    };
    let mut document = Object::from(serde_json::from_str::<Value>(text)?);
    Ok(document.values("templates").into_iter().map(entry).collect())
}

/// Puts the words of the page's language into a card that has them; those of `de-AT` go before those of `de`.
fn translate(card: &mut TemplateCard, locales: Option<Object>) {
    let Some(mut locales) = locales else { return };
    let code = words::language::code();
    for tag in [words::language::primary(code), code] {
        let Some(mut own) = locales.object(tag) else { continue };
        for (name, target) in [("title", &mut card.title), ("summary", &mut card.summary)] {
            if let Some(words) = own.optional_text(name) {
                *target = words;
            }
        }
    }
}

/// The files that the engine needs for a template: neither its examples nor what is written about it, and its words in
/// the page's language only.
pub async fn template(entry: &Entry) -> Result<Vec<SourceFile>, Failure> {
    let paths: Vec<&String> = entry.files.iter().filter(|path| needed(path)).collect();
    let reading = js_sys::Array::new();
    for path in &paths {
        reading.push(&ask(&join(&entry.catalogue, path)));
    }
    let responses = JsFuture::from(js_sys::Promise::all(&reading))
        .await
        .map_err(|_| Failure::Unreachable)?
        .unchecked_into::<js_sys::Array>();
    let mut files = Vec::with_capacity(paths.len());
    for (path, response) in paths.into_iter().zip(responses.iter()) {
        files.push(SourceFile {
            path: path.clone(),
            text: content(&response.unchecked_into()).await?,
        });
    }
    Ok(files)
}

fn needed(path: &str) -> bool {
    if let Some((_, name)) = path.split_once("/locales/") {
        return name.strip_suffix(".yaml").is_some_and(words::language::is_for_page);
    }
    !path.contains("/examples/")
        && std::path::Path::new(path)
            .extension()
            .is_none_or(|extension| extension != "md")
}

/// The text of a file of a template, such as `examples/refresh_all.yaml`.
pub async fn file(entry: &Entry, name: &str) -> Result<String, Failure> {
    text(&join(&entry.catalogue, &format!("{}/{name}", entry.card.id))).await
}

fn join(folder: &str, path: &str) -> String {
    format!("{}/{path}", folder.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_catalogue_is_read() {
        let text = r#"{"templates": [{"id": "a", "version": "1.0.0", "title": "A", "summary": "S.",
            "examples": ["examples/one.yaml"], "files": ["a/template.yaml"]}]}"#;
        let entries = read(text, "templates").unwrap();
        assert_eq!(entries[0].card.id, "a");
        assert_eq!(entries[0].files, ["a/template.yaml"]);
        assert!(read("<html>", "templates").is_err());
    }

    #[test]
    fn a_card_has_the_words_of_the_language() {
        let text = r#"{"templates": [{"id": "a", "title": "Job", "summary": "Runs.", "locales":
            {"de": {"title": "Auftrag", "summary": "Läuft."}, "de-AT": {"title": "Auftrag, leiwand"}, "fr": 5}}]}"#;
        let card = || read(text, "templates").unwrap().remove(0).card;
        assert_eq!(card().title, "Job");
        words::language::speak("de".to_owned(), BTreeMap::new());
        assert_eq!(card().title, "Auftrag");
        words::language::speak("de-AT".to_owned(), BTreeMap::new());
        assert_eq!((&*card().title, &*card().summary), ("Auftrag, leiwand", "Läuft."));
        assert!(needed("job/locales/de.yaml") && needed("job/locales/de-AT.yaml"));
        assert!(!needed("job/locales/fr.yaml"));
        words::language::speak("fr".to_owned(), BTreeMap::new());
        assert_eq!(card().title, "Job");
    }

    #[test]
    fn only_what_the_engine_reads_is_fetched() {
        assert!(needed("job/template.yaml"));
        assert!(needed("job/runbook.md.j2"));
        assert!(!needed("job/locales/de.yaml"));
        assert!(!needed("job/README.md"));
        assert!(!needed("job/examples/one.yaml"));
    }

    #[test]
    fn catalogues_may_end_with_a_slash_or_not() {
        assert_eq!(join("templates/", "a"), join("templates", "a"));
    }
}
