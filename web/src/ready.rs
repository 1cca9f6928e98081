use dagwright_core::answer::Answer;
use leptos::{html, prelude::*};

use crate::{
    download::{name, save},
    icon::Icon,
    session::Session,
    words, zip,
};

/// The dialog in which finished files are handed over.
#[component]
pub fn Ready(
    /// What was made.
    session: Session,
    /// Whether the dialog is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if open.get() && !dialog.open() {
            drop(dialog.show_modal());
        }
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let files = Memo::new(move |_| {
        session
            .answer
            .with(|answer| answer.as_ref().map(|answer| files(answer)).unwrap_or_default())
    });
    let summary = move || session.answer.with(|answer| answer.as_ref()?.summary.clone());
    let done = RwSignal::new(None::<&'static str>);
    let hand_over = move |path: &str, bytes: &[u8], media_type: &str| {
        let saved = save(path, bytes, media_type).is_ok();
        done.set(Some(if saved { words::saved() } else { words::not_saved() }));
    };
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="ready-title" on:close=move |_| {
            open.set(false);
            done.set(None);
        }>
            <h2 id="ready-title"><Icon name="check"/> {words::ready()}</h2>
            {move || summary().map(|summary| view! { <p class="lead">{summary}</p> })}
            <ul class="files">
                {move || {
                    files
                        .get()
                        .into_iter()
                        .map(|(path, text)| {
                            let shown = path.clone();
                            view! {
                                <li>
                                    <span>
                                        <strong>{name(&path).to_owned()}</strong>
                                        <span class="path">{shown}</span>
                                    </span>
                                    <button
                                        type="button"
                                        class="button"
                                        aria-label=words::download_named(name(&path))
                                        on:click=move |_| hand_over(&path, text.as_bytes(), media_type(&path))
                                    >
                                        <Icon name="download"/>
                                        {words::download()}
                                    </button>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
            <p class="hint">{words::ready_hint()}</p>
            <p role="status">{move || done.get()}</p>
            <div class="dialog-buttons">
                <button type="button" class="button" on:click=move |_| close()>{words::close()}</button>
                <button
                    type="button"
                    class="button button-main"
                    on:click=move |_| {
                        let files = files.get_untracked();
                        let first = files.first().map(|(path, _)| name(path).to_owned()).unwrap_or_default();
                        let stem = first.split('.').next().unwrap_or_default().to_owned();
                        hand_over(&format!("{stem}.zip"), &zip::archive(&files), "application/zip");
                    }
                >
                    <Icon name="download"/>
                    {words::download_all()}
                </button>
            </div>
        </dialog>
    }
}

/// Every file of an answer and its config, by path.
fn files(answer: &Answer) -> Vec<(String, String)> {
    let outputs = answer.files.iter().map(|file| (file.path.clone(), file.text.clone()));
    let config = (answer.config.path.clone(), answer.config.text.clone());
    outputs.chain([config]).collect()
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("py") => "text/x-python",
        Some("yaml" | "yml") => "application/yaml",
        _ => "text/plain",
    }
}
