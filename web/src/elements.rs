//! The elements of the page that are scripts of their own, each fetched when it is first shown: the page's own program
//! stays small. The only module that loads scripts.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, HtmlScriptElement};

use crate::{fetch::folder, part::When, words};

/// Fetches the scripts of elements, and says so where one could not be had.
#[component]
pub fn Scripts(
    /// The names of the elements.
    of: &'static [&'static str],
) -> AnyView {
    let missing = RwSignal::new(false);
    for name in of {
        load(name, missing);
    }
    view! {
        <When when=move || missing.get()>
            <p class="notice notice-warning" role="alert">{words::part_missing()}</p>
        </When>
    }
    .into_any()
}

/// Fetches the script of an element that the page can do without for now, unless it is there already.
pub fn prepare(name: &str) {
    load(name, RwSignal::new(false));
}

fn load(name: &str, missing: RwSignal<bool>) {
    if let Some(folder) = folder("elements")
        && let Ok(script) = document().create_element("script")
        && let Some(head) = document().head()
    {
        let script: HtmlScriptElement = script.unchecked_into();
        script.set_type("module");
        script.set_src(&format!("{folder}/{name}.js"));
        let fail = Closure::once_into_js(move || {
            missing.try_set(true);
        });
        script.set_onerror(Some(fail.unchecked_ref()));
        // A module that the browser knows already is not run again.
        drop(head.append_child(&script));
        script.remove();
    }
}

/// What an element says in an attribute, in an event of that name.
pub fn said(event: &Event, attribute: &str) -> String {
    let element: Element = event_target(event);
    element.get_attribute(attribute).unwrap_or_default()
}
