//! Keeps what has the focus in sight when what stands around it grows, shrinks or appears.

use std::{cell::Cell, rc::Rc};

use js_sys::Array;
use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
    ScrollIntoViewOptions, ScrollLogicalPosition,
};

use crate::focus;

/// How long a person has just been scrolling, in milliseconds: what goes out of sight then is meant to.
const SCROLLING: f64 = 150.0;

/// Shares of an element at which the browser tells how much of it is seen.
const STEPS: u32 = 20;

/// Watches whatever has the focus, as long as the page is open.
pub fn keep() {
    let scrolled = Rc::new(Cell::new(f64::NEG_INFINITY));
    let watched = StoredValue::new_local(None::<Watched>);
    let scrolling = Rc::clone(&scrolled);
    // Boxes inside the page scroll too, and say so only to those who listen on the way down.
    let note = Closure::<dyn Fn()>::new(move || scrolling.set(js_sys::Date::now()));
    drop(document().add_event_listener_with_callback_and_bool("scroll", note.as_ref().unchecked_ref(), true));
    note.forget();
    window_event_listener(ev::focusin, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        watched.set_value(target.and_then(|target| Watched::new(&target, &scrolled)));
    });
}

/// The element that has the focus, and who tells how much of it is seen.
struct Watched {
    observer: IntersectionObserver,
    _tell: Closure<dyn FnMut(Array)>,
}

impl Watched {
    fn new(element: &HtmlElement, scrolled: &Rc<Cell<f64>>) -> Option<Self> {
        let area = scroll_area(element);
        let style = window()
            .get_computed_style(&area.clone().or_else(|| document().document_element())?)
            .ok()??;
        let padding = |side| {
            let value = style.get_property_value(side).unwrap_or_default();
            value
                .strip_suffix("px")
                .and_then(|pixels| pixels.parse::<f64>().ok())
                .unwrap_or(0.0)
        };
        let (top, bottom) = (padding("scroll-padding-top"), padding("scroll-padding-bottom"));
        let options = IntersectionObserverInit::new();
        options.set_root(area.as_ref().map(AsRef::as_ref));
        // Less than is kept free of headers and footers: what is at the edge counts as seen.
        options.set_root_margin(&format!(
            "{}px 0px {}px 0px",
            15.0 - top.max(15.0),
            15.0 - bottom.max(15.0)
        ));
        let steps: Array = (0..=STEPS)
            .map(|step| JsValue::from(f64::from(step) / f64::from(STEPS)))
            .collect();
        options.set_threshold(&steps);
        let scrolled = Rc::clone(scrolled);
        let watched = element.clone();
        let mut seen = 1.0;
        let tell = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let Ok(entry) = entries.pop().dyn_into::<IntersectionObserverEntry>() else {
                return;
            };
            let now = entry.intersection_ratio();
            let is_lost = now < seen && js_sys::Date::now() - scrolled.get() > SCROLLING;
            seen = now;
            let room = entry.root_bounds().map_or(0.0, |root| root.height());
            if is_lost && entry.bounding_client_rect().height() <= room {
                spawn_local(bring_back(watched.clone()));
            }
        });
        let observer = IntersectionObserver::new_with_options(tell.as_ref().unchecked_ref(), &options).ok()?;
        observer.observe(element);
        Some(Self { observer, _tell: tell })
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

async fn bring_back(element: HtmlElement) {
    focus::released().await;
    if document().active_element().as_ref() == Some(element.as_ref()) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// The box that an element scrolls in; none where it is the page itself.
fn scroll_area(element: &Element) -> Option<Element> {
    let mut around = element.parent_element();
    while let Some(parent) = around {
        let style = window().get_computed_style(&parent).ok()??;
        let overflow = style.get_property_value("overflow-y").unwrap_or_default();
        if matches!(overflow.as_str(), "auto" | "scroll")
            && !parent.is_same_node(document().document_element().as_deref())
        {
            return Some(parent);
        }
        around = parent.parent_element();
    }
    None
}
