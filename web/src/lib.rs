//! The portal: a single page that asks the engine, which runs in a worker, and draws its answers.
//!
//! It decides nothing about DAGs. `session` holds what a person is doing, `form` asks, `preview` shows.
//! One module each reads the portal's own files (`fetch`), keeps things in the browser (`storage`), reads and writes the address
//! bar (`address`) and talks to the worker (`engine`). Everything that a person reads stands in `words`.
#![expect(
    unreachable_pub,
    reason = "the component macro makes functions public, and their modules are private"
)]

mod about;
mod address;
mod answer;
mod app;
mod catalogue;
mod check;
mod colour;
mod control;
mod decode;
mod document;
mod download;
mod drafts;
mod editor;
mod elements;
mod engine;
mod fetch;
mod focus;
mod form;
mod frame;
mod header;
mod icon;
mod moment;
mod open;
mod outline;
mod pack;
mod part;
mod portal;
mod prefill;
mod preview;
mod ready;
mod rows;
mod schedule;
mod secrets;
mod session;
mod sight;
mod storage;
mod template;
mod turn;
mod words;
mod zip;

use leptos::prelude::*;

/// Puts the portal into the page.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        leptos::logging::error!("{panic}");
        // The page is frozen from here on, so the notice is one that already stands in `index.html`.
        if let Some(notice) = document().get_element_by_id("broken") {
            drop(notice.remove_attribute("hidden"));
        }
    }));
    if let Some(placeholder) = document().get_element_by_id("placeholder") {
        placeholder.remove();
    }
    mount_to_body(app::App);
}
