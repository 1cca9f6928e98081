//! Keeps what has the focus in sight when what stands around it grows, shrinks or appears.

use js_sys::Array;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Element, FocusEvent, HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
    ScrollIntoViewOptions, ScrollLogicalPosition,
};

use crate::focus;

/// Shares of an element at which the browser tells how much of it is seen.
const STEPS: u32 = 20;

/// So many pixels of the room that scrolling leaves free around an element may be lost.
const SLACK: i32 = 15;

/// Watches whatever has the focus, as long as the page is open.
pub fn keep() {
    let watched = StoredValue::new_local(None::<Watched>);
    let listen = Closure::<dyn Fn(FocusEvent)>::new(move |event: FocusEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        watched.set_value(target.and_then(|target| Watched::new(&target)));
    });
    // On the way down: a question lets nothing of this through to those around it.
    let listen = listen.into_js_value();
    drop(document().add_event_listener_with_callback_and_bool("focusin", listen.unchecked_ref(), true));
}

/// The element that has the focus, and who tells how much of it is seen.
struct Watched {
    observer: IntersectionObserver,
    _tell: Closure<dyn FnMut(Array)>,
}

impl Watched {
    fn new(element: &HtmlElement) -> Option<Self> {
        let root = scroll_area(element)?;
        let style = window().get_computed_style(&root).ok()??;
        // Less than is kept free of headers and footers: what is at the edge counts as seen.
        let margin = |side| {
            let value = style.get_property_value(side).unwrap_or_default();
            let pixels = value
                .split(['.', 'p'])
                .next()
                .and_then(|pixels| pixels.parse::<i32>().ok());
            (SLACK - pixels.unwrap_or(0)).min(0)
        };
        let options = IntersectionObserverInit::new();
        if !is_page(&root) {
            options.set_root(Some(&root));
        }
        options.set_root_margin(&format!(
            "{}px 0px {}px 0px",
            margin("scroll-padding-top"),
            margin("scroll-padding-bottom")
        ));
        let steps: Array = (0..=STEPS)
            .map(|step| JsValue::from(f64::from(step) / f64::from(STEPS)))
            .collect();
        options.set_threshold(&steps);
        let watched = element.clone();
        let mut before = None::<(f64, [f64; 3])>;
        let tell = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let Ok(entry) = entries.pop().dyn_into::<IntersectionObserverEntry>() else {
                return;
            };
            let (seen, place) = (entry.intersection_ratio(), place(&watched, &root));
            // What a person scrolls away stays away: it is at its old place in what scrolls.
            let is_lost = before.is_none_or(|before| seen < before.0 && is_elsewhere(place, before.1));
            before = Some((seen, place));
            let available = entry.root_bounds().map_or(0.0, |bounds| bounds.height());
            if seen < 1.0 && is_lost && entry.bounding_client_rect().height() <= available {
                spawn_local(bring_back(watched.clone()));
            }
        });
        let observer = IntersectionObserver::new_with_options(tell.as_ref().unchecked_ref(), &options).ok()?;
        observer.observe(element);
        Some(Self { observer, _tell: tell })
    }
}

/// Where an element stands in what scrolls, and where that begins and ends in the window, in pixels.
fn place(element: &Element, root: &Element) -> [f64; 3] {
    let (own, around) = (element.get_bounding_client_rect(), root.get_bounding_client_rect());
    let inside = own.top() - around.top();
    if is_page(root) {
        return [inside, 0.0, 0.0];
    }
    [inside + f64::from(root.scroll_top()), around.top(), around.bottom()]
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

/// Whether two places differ by more than is rounded.
fn is_elsewhere(one: [f64; 3], other: [f64; 3]) -> bool {
    one.iter().zip(other).any(|(one, other)| (one - other).abs() > 0.5)
}

fn is_page(root: &Element) -> bool {
    root.parent_element().is_none()
}

/// The box that an element scrolls up and down in, or the page itself; none where it stays at an edge of the window.
fn scroll_area(element: &Element) -> Option<Element> {
    let mut around = Some(element.clone());
    while let Some(own) = around {
        let style = window().get_computed_style(&own).ok()??;
        let value = |name| style.get_property_value(name).unwrap_or_default();
        let position = value("position");
        // What scrolls sideways alone is said to scroll both ways. A dialog may be about to grow.
        let may_scroll = position == "fixed" || own.scroll_height() > own.client_height();
        around = own.parent_element();
        let is_area = own != *element && may_scroll && matches!(value("overflow-y").as_str(), "auto" | "scroll");
        if is_area || around.is_none() {
            return Some(own);
        }
        if matches!(position.as_str(), "fixed" | "sticky") {
            return None;
        }
    }
    None
}
