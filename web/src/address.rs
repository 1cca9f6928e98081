//! The only module that reads and writes the address bar. Routes live in the hash, so that any static host will do.

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

use crate::{focus, pack};

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// All templates.
    Catalogue,
    /// The form of a template, by its id.
    New(String),
    /// What there is to know about a template, by its id.
    About(String),
    /// Many configs at once.
    Check,
    /// A config that the address itself holds.
    Open(Held),
    /// Nothing: no such page.
    Unknown,
}

/// One time that somebody came to a page. A link to the page that is shown already, such as one that brings other answers along, is another
/// visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// What the page shows.
    pub route: Route,
    /// Tells it from other visits.
    number: u32,
}

/// A config in an address, in letters for addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// As it is: generated files link to themselves so.
    Plain(String),
    /// Deflated.
    Packed(String),
}

/// Where addresses that hold a config begin; the number is the version of what follows.
const OPEN: &str = "open/1.";
const OPEN_PACKED: &str = "open/2.";
const CHECK: &str = "check";
const LANGUAGE: &str = "language";

/// The config that an address holds; none where it holds none that can be read.
pub async fn linked_config(held: &Held) -> Option<String> {
    match held {
        Held::Plain(letters) => pack::decode(letters),
        Held::Packed(letters) => pack::unpack(letters).await,
    }
}

/// The address that opens a config on this page. The config stands behind the `#`, which no browser sends anywhere.
pub async fn link_to(config: &str) -> Option<String> {
    let page = window().location().href().ok()?;
    let page = page.split(['?', '#']).next().unwrap_or_default();
    let route = Route::Open(Held::Packed(pack::pack(config).await?));
    Some(format!("{page}{}", route.href()))
}

/// The language that the page is asked for in, ahead of the hash: where the browser keeps no choice, the address does.
pub fn language() -> Option<String> {
    let search = window().location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(LANGUAGE)
}

/// Asks for the page in another language.
pub fn go_in_language(code: &str) {
    drop(window().location().set_search(&format!("{LANGUAGE}={code}")));
}

/// What stands behind the path of the page, such as `tag=sql`.
pub fn query() -> String {
    let hash = window().location().hash().unwrap_or_default();
    split(&hash).1.to_owned()
}

/// The first value of a name of the query.
pub fn query_value(name: &str) -> Option<String> {
    query_pairs()
        .into_iter()
        .find(|(own, _)| own == name)
        .map(|(_, value)| value)
}

/// The names and values of the query, in order.
pub fn query_pairs() -> Vec<(String, String)> {
    let Ok(params) = UrlSearchParams::new_with_str(&query()) else {
        return Vec::new();
    };
    let pairs = js_sys::Array::from(&params);
    let text = |pair: &JsValue, index| js_sys::Array::from(pair).get(index).as_string().unwrap_or_default();
    pairs.iter().map(|pair| (text(&pair, 0), text(&pair, 1))).collect()
}

/// Notes in the address what a page shows, without a step in the history.
pub fn note(route: &Route, query: &str) {
    let separator = if query.is_empty() { "" } else { "?" };
    if let Ok(history) = window().history() {
        let address = format!("{}{separator}{query}", route.href());
        drop(history.replace_state_with_url(&JsValue::NULL, "", Some(&address)));
    }
}

/// The path of a hash, and what stands behind it.
fn split(hash: &str) -> (&str, &str) {
    let hash = hash.strip_prefix('#').unwrap_or(hash);
    hash.split_once('?').unwrap_or((hash, ""))
}

impl Route {
    /// Reads the hash of an address.
    pub fn read(hash: &str) -> Self {
        let path = split(hash).0.trim_matches('/');
        match path {
            "" => return Self::Catalogue,
            CHECK => return Self::Check,
            _ => {}
        }
        let id = |kind: &str| path.strip_prefix(kind).filter(|id| !id.is_empty() && !id.contains('/'));
        let held = |kind: &str| {
            path.strip_prefix(kind)
                .filter(|letters| !letters.is_empty())
                .map(str::to_owned)
        };
        if let Some(id) = id("new/") {
            Self::New(id.to_owned())
        } else if let Some(id) = id("about/") {
            Self::About(id.to_owned())
        } else if let Some(letters) = held(OPEN) {
            Self::Open(Held::Plain(letters))
        } else {
            held(OPEN_PACKED).map_or(Self::Unknown, |letters| Self::Open(Held::Packed(letters)))
        }
    }

    /// The hash of its address.
    pub fn href(&self) -> String {
        match self {
            Self::New(id) => format!("#/new/{id}"),
            Self::About(id) => format!("#/about/{id}"),
            Self::Check => format!("#/{CHECK}"),
            Self::Open(Held::Plain(letters)) => format!("#/{OPEN}{letters}"),
            Self::Open(Held::Packed(letters)) => format!("#/{OPEN_PACKED}{letters}"),
            Self::Catalogue | Self::Unknown => "#/".to_owned(),
        }
    }

    /// Goes there, unless that is where the person is.
    pub fn go(&self) {
        if *self != Self::current() {
            drop(window().location().set_hash(&self.href()));
        }
    }

    fn current() -> Self {
        Self::read(&window().location().hash().unwrap_or_default())
    }

    /// Goes there in the place of the present page, to which no way leads back.
    pub fn go_instead(&self) {
        drop(window().location().replace(&self.href()));
    }
}

/// The visit that the address bar asks for, as it changes.
pub fn visit() -> ReadSignal<Visit> {
    let (visit, set_visit) = signal(Visit {
        route: Route::current(),
        number: 0,
    });
    let handle = window_event_listener(leptos::ev::hashchange, move |_| {
        // A field that is taken away with the focus in it would tell its form so when that is no longer there.
        focus::leave();
        set_visit.update(|visit| {
            visit.route = Route::current();
            visit.number += 1;
        });
    });
    on_cleanup(move || handle.remove());
    visit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_are_read_and_written_alike() {
        for route in [
            Route::Catalogue,
            Route::Check,
            Route::New("kubernetes-job".to_owned()),
            Route::About("kubernetes-job".to_owned()),
            Route::Open(Held::Plain("eyJ0ZW1wbGF0ZSI6ICJ4In0".to_owned())),
            Route::Open(Held::Packed("q1YqSc0tyEksSVWyUqpQqgUA".to_owned())),
        ] {
            assert_eq!(Route::read(&route.href()), route);
        }
        for hash in ["", "#", "#/", "#/?tag=sql"] {
            assert_eq!(Route::read(hash), Route::Catalogue);
        }
        for hash in [
            "#/new",
            "#/new/",
            "#/new/a/b",
            "#/about/",
            "#/open/1.",
            "#/open/2.",
            "#/open/3.e30",
            "#/other",
        ] {
            assert_eq!(Route::read(hash), Route::Unknown, "{hash}");
        }
    }
}
