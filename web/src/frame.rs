//! Waiting for the browser to draw.

use js_sys::Promise;
use leptos::prelude::{document, window};
use wasm_bindgen_futures::JsFuture;

/// Waits until just before the browser draws.
pub async fn next() {
    let frame = Promise::new(&mut |done, _| {
        drop(window().request_animation_frame(&done));
    });
    drop(JsFuture::from(frame).await);
}

/// Waits until what is on the page now was drawn. A page that nobody sees is not drawn, and need not wait.
pub async fn drawn() {
    if document().hidden() {
        return;
    }
    next().await;
    next().await;
}
