//! Moving the focus, also to what is only about to appear.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::frame;

/// How many frames an element may take to appear: half a second, more than any answer needs.
const FRAMES: u32 = 30;

/// How many frames a press may last that is waited for: some seconds.
const LONGEST_PRESS: u32 = 200;

/// Moves the focus to the element with this id as soon as there is one.
pub fn soon(id: String) {
    attempt(id, FRAMES);
}

fn attempt(id: String, frames: u32) {
    request_animation_frame(move || {
        let found = document().get_element_by_id(&id);
        match found {
            Some(element) => to(&element),
            None if frames > 0 => attempt(id, frames - 1),
            None => {}
        }
    });
}

/// Opens what is folded around an element, scrolls the control that stands for it into view, and moves the focus to it.
pub fn to(element: &Element) {
    let mut around = element.parent_element();
    while let Some(parent) = around {
        if parent.tag_name().eq_ignore_ascii_case("details") {
            drop(parent.set_attribute("open", ""));
        }
        around = parent.parent_element();
    }
    let control = control(element);
    let options = ScrollIntoViewOptions::new();
    options.set_block(if is_tall(&control) {
        ScrollLogicalPosition::Start
    } else {
        // The label and the hint stand above it, what was found below.
        ScrollLogicalPosition::Center
    });
    control.scroll_into_view_with_scroll_into_view_options(&options);
    if let Some(control) = control.dyn_ref::<HtmlElement>() {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        drop(control.focus_with_options(&options));
    }
}

/// Whether an element takes so much of the window that its middle tells little.
fn is_tall(element: &Element) -> bool {
    let window = window().inner_height().ok().and_then(|height| height.as_f64());
    window.is_some_and(|window| element.get_bounding_client_rect().height() > window / 2.0)
}

/// The element itself where it takes input, else the first control inside it.
fn control(element: &Element) -> Element {
    let inside = |selector| element.query_selector(selector).ok().flatten();
    match element.tag_name().to_ascii_lowercase().as_str() {
        "fieldset" | "div" | "li" => inside("input, select, textarea")
            .or_else(|| inside("button"))
            .unwrap_or_else(|| element.clone()),
        _ => element.clone(),
    }
}

/// Waits while something is being pressed: what moves from under the pointer takes the click with it.
pub async fn released() {
    for _ in 0..LONGEST_PRESS {
        if !matches!(document().query_selector(":active"), Ok(Some(_))) {
            return;
        }
        frame::next().await;
    }
}

/// Whether nothing has the focus, or something inside the element with this id.
pub fn is_free_or_in(id: &str) -> bool {
    let Some(here) = document().active_element() else {
        return true;
    };
    here.tag_name().eq_ignore_ascii_case("body") || matches!(here.closest(&format!("#{id}")), Ok(Some(_)))
}

/// Takes the focus out of where it is.
pub fn leave() {
    let here = document().active_element();
    if let Some(here) = here.and_then(|here| here.dyn_into::<web_sys::HtmlElement>().ok()) {
        drop(here.blur());
    }
}
