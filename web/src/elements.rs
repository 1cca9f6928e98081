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
    let fail = Closure::<dyn FnMut()>::new(move || {
        missing.try_set(true);
    });
    let scripts: Vec<_> = of.iter().filter_map(|name| load(name, Some(&fail))).collect();
    StoredValue::new_local(Watched { scripts, _fail: fail });
    view! {
        <When when=move || missing.get()>
            <p class="notice notice-warning" role="alert">{words::part_missing()}</p>
        </When>
    }
    .into_any()
}

/// Scripts that are on their way, and what they call where they cannot be had: it goes with the part of the page that waits for them.
struct Watched {
    scripts: Vec<HtmlScriptElement>,
    _fail: Closure<dyn FnMut()>,
}

impl Drop for Watched {
    fn drop(&mut self) {
        for script in &self.scripts {
            script.set_onerror(None);
        }
    }
}

/// Fetches the script of an element that the page can do without for now, unless it is there already.
pub fn prepare(name: &str) {
    load(name, None);
}

fn load(name: &str, fail: Option<&Closure<dyn FnMut()>>) -> Option<HtmlScriptElement> {
    let script: HtmlScriptElement = document().create_element("script").ok()?.unchecked_into();
    script.set_type("module");
    script.set_src(&format!("{}/{name}.js", folder("elements")?));
    script.set_onerror(fail.map(|fail| fail.as_ref().unchecked_ref()));
    // A module that the browser knows already is not run again.
    document().head()?.append_child(&script).ok()?;
    script.remove();
    Some(script)
}

/// What an element says in an attribute, in an event of that name.
pub fn said(event: &Event, attribute: &str) -> String {
    let element: Element = event_target(event);
    element.get_attribute(attribute).unwrap_or_default()
}
