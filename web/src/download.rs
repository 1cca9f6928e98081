//! Files that leave the page: as downloads and through the clipboard.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::{Blob, BlobPropertyBag, Clipboard, HtmlAnchorElement, Url};

/// Hands a file to the person, byte for byte.
pub fn save(path: &str, bytes: &[u8], media_type: &str) -> Result<(), JsValue> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name(path));
    link.click();
    // The browser reads the address after the click has returned, so it is given back later.
    leptos::prelude::set_timeout(
        move || drop(Url::revoke_object_url(&address)),
        std::time::Duration::from_secs(60),
    );
    Ok(())
}

/// Puts a text into the clipboard, and answers with whether the browser let it. It is asked before this returns: some browsers let
/// a page write only while something is being pressed.
pub fn copy(text: &str) -> impl Future<Output = bool> + use<> {
    let written = clipboard().map(|clipboard| clipboard.write_text(text));
    async move { is_done(written).await }
}

/// The same of a text that is still to be made; none is put there where it could not be.
pub fn copy_promised(text: impl Future<Output = Option<String>> + 'static) -> impl Future<Output = bool> {
    let written = clipboard().map(|clipboard| {
        let text = future_to_promise(async { text.await.map(JsValue::from).ok_or(JsValue::UNDEFINED) });
        write_promised(clipboard, text)
    });
    async move { is_done(written).await }
}

fn write_promised(clipboard: Clipboard, text: Promise) -> Promise {
    let blob = {
        let text = text.clone();
        future_to_promise(async move {
            let options = BlobPropertyBag::new();
            options.set_type("text/plain");
            let parts = Array::of1(&JsFuture::from(text).await?);
            Blob::new_with_str_sequence_and_options(&parts, &options).map(JsValue::from)
        })
    };
    // A text that cannot be made is told by what is written, and not a second time.
    let told = JsFuture::from(blob.clone());
    spawn_local(async { drop(told.await) });
    match item(&blob) {
        Ok(item) => clipboard.write(&Array::of1(&item)),
        // Browsers without such items let a page write for some seconds after a press.
        Err(_) => future_to_promise(async move {
            let text = JsFuture::from(text).await?.as_string().unwrap_or_default();
            JsFuture::from(clipboard.write_text(&text)).await
        }),
    }
}

fn item(blob: &Promise) -> Result<JsValue, JsValue> {
    let class: Function = Reflect::get(&window(), &"ClipboardItem".into())?.dyn_into()?;
    let content = Object::new();
    Reflect::set(&content, &"text/plain".into(), blob)?;
    Reflect::construct(&class, &Array::of1(&content))
}

/// None where the page is not served by HTTPS.
fn clipboard() -> Option<Clipboard> {
    let clipboard = window().navigator().clipboard();
    (!clipboard.is_undefined()).then_some(clipboard)
}

async fn is_done(written: Option<Promise>) -> bool {
    match written {
        Some(written) => JsFuture::from(written).await.is_ok(),
        None => false,
    }
}

/// The last part of a path.
pub fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
