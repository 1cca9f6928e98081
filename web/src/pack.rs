//! Texts made short enough for an address: deflated, and spelled in letters that an address may have.

use js_sys::{Function, Object, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader, Response};

/// A text that unfolds to more than this, in bytes, is no config.
const LARGEST: usize = 1 << 20;

/// A text as letters for an address; none where the browser cannot.
pub async fn pack(text: &str) -> Option<String> {
    let bytes = through("CompressionStream", text.as_bytes()).await?;
    // The browser encodes texts that hold one byte a character.
    let bytes: String = bytes.into_iter().map(char::from).collect();
    let encoded = window().btoa(&bytes).ok()?;
    Some(encoded.replace('+', "-").replace('/', "_").trim_end_matches('=').to_owned())
}

/// The text behind the letters; none where they hold none.
pub async fn unpack(letters: &str) -> Option<String> {
    let bytes = through("DecompressionStream", &bytes(letters)?).await?;
    String::from_utf8(bytes).ok()
}

/// The text behind letters that hold it as it is, as generated files have it.
pub fn decode(letters: &str) -> Option<String> {
    String::from_utf8(bytes(letters)?).ok()
}

fn bytes(letters: &str) -> Option<Vec<u8>> {
    let standard = letters.replace('-', "+").replace('_', "/");
    let bytes = window().atob(&standard).ok()?;
    // What comes back holds one byte a character.
    bytes.chars().map(|byte| u8::try_from(u32::from(byte)).ok()).collect()
}

/// Sends bytes through one of the browser's streams. What is too long is let go of as soon as that shows.
async fn through(stream: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let class: Function = Reflect::get(&window(), &stream.into()).ok()?.dyn_into().ok()?;
    let stream = Reflect::construct(&class, &js_sys::Array::of1(&"deflate-raw".into())).ok()?;
    let body: ReadableStream = Response::new_with_opt_js_u8_array(Some(&Uint8Array::from(bytes))).ok()?.body()?;
    let pipe: Function = Reflect::get(&body, &"pipeThrough".into()).ok()?.dyn_into().ok()?;
    let packed: ReadableStream = pipe.call1(&body, &stream).ok()?.dyn_into().ok()?;
    let reader: ReadableStreamDefaultReader = packed.get_reader().dyn_into().ok()?;
    let mut all = Vec::new();
    loop {
        let part: Object = JsFuture::from(reader.read()).await.ok()?.dyn_into().ok()?;
        if Reflect::get(&part, &"done".into()).ok()?.is_truthy() {
            return Some(all);
        }
        let part: Uint8Array = Reflect::get(&part, &"value".into()).ok()?.dyn_into().ok()?;
        all.extend(part.to_vec());
        if all.len() > LARGEST {
            drop(reader.cancel_with_reason(&JsValue::UNDEFINED));
            return None;
        }
    }
}
