//! The only module that reads and writes the address bar. Routes live in the hash, so that any static host will do.

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

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
    /// A config that the address itself holds, in Base64 for addresses: generated files link to themselves so.
    Open(String),
    /// Nothing: no such page.
    Unknown,
}

/// Where addresses that hold a config begin; the number is the version of what follows.
const OPEN: &str = "open/1.";
const CHECK: &str = "check";

/// The config that an address holds; none where it holds none that can be read.
pub fn linked_config(encoded: &str) -> Option<String> {
    let standard = encoded.replace('-', "+").replace('_', "/");
    let bytes = window().atob(&standard).ok()?;
    // What comes back holds one byte a character.
    let bytes: Option<Vec<u8>> = bytes.chars().map(|byte| u8::try_from(u32::from(byte)).ok()).collect();
    String::from_utf8(bytes?).ok()
}

/// The address that opens a config on this page. The config stands behind the `#`, which no browser sends anywhere.
pub fn link_to(config: &str) -> Option<String> {
    // The browser encodes texts that hold one byte a character.
    let bytes: String = config.bytes().map(char::from).collect();
    let encoded = window().btoa(&bytes).ok()?;
    let encoded = encoded.replace('+', "-").replace('/', "_");
    let page = window().location().href().ok()?;
    let page = page.split('#').next().unwrap_or_default();
    let route = Route::Open(encoded.trim_end_matches('=').to_owned());
    Some(format!("{page}{}", route.href()))
}

/// What stands behind the path of the page, such as `tag=sql`.
pub fn query() -> String {
    let hash = window().location().hash().unwrap_or_default();
    split(&hash).1.to_owned()
}

/// The first value of a name of the query.
pub fn query_value(name: &str) -> Option<String> {
    query_pairs().into_iter().find(|(own, _)| own == name).map(|(_, value)| value)
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
        match (id("new/"), id("about/"), path.strip_prefix(OPEN)) {
            (Some(id), ..) => Self::New(id.to_owned()),
            (_, Some(id), _) => Self::About(id.to_owned()),
            (.., Some(config)) if !config.is_empty() => Self::Open(config.to_owned()),
            _ => Self::Unknown,
        }
    }

    /// The hash of its address.
    pub fn href(&self) -> String {
        match self {
            Self::New(id) => format!("#/new/{id}"),
            Self::About(id) => format!("#/about/{id}"),
            Self::Check => format!("#/{CHECK}"),
            Self::Open(config) => format!("#/{OPEN}{config}"),
            Self::Catalogue | Self::Unknown => "#/".to_owned(),
        }
    }

    /// Goes there.
    pub fn go(&self) {
        drop(window().location().set_hash(&self.href()));
    }
}

/// The route of the address bar, as it changes.
pub fn route() -> Memo<Route> {
    let current = || Route::read(&window().location().hash().unwrap_or_default());
    let route = RwSignal::new(current());
    let handle = window_event_listener(leptos::ev::hashchange, move |_| route.set(current()));
    on_cleanup(move || handle.remove());
    Memo::new(move |_| route.get())
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
            Route::Open("eyJ0ZW1wbGF0ZSI6ICJ4In0".to_owned()),
        ] {
            assert_eq!(Route::read(&route.href()), route);
        }
        for hash in ["", "#", "#/", "#/?tag=sql"] {
            assert_eq!(Route::read(hash), Route::Catalogue);
        }
        for hash in ["#/new", "#/new/", "#/new/a/b", "#/about/",  "#/open/1.", "#/open/2.e30", "#/other"] {
            assert_eq!(Route::read(hash), Route::Unknown, "{hash}");
        }
    }
}
