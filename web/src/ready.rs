use dagwright_core::{answer::TemplateCard, pointer::Pointer};
use leptos::{html, prelude::*, task::spawn_local};
use serde_json::json;

use crate::{
    app::Shell,
    download::{name, save},
    elements,
    icon::Icon,
    part::When,
    session::{Review, Session},
    words, zip,
};

/// The dialog in which everything is read once more and handed over.
#[component]
pub fn Ready(
    /// What all pages share.
    shell: Shell,
    /// What was made.
    session: Session,
    /// The template that it was made with.
    card: TemplateCard,
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
    let review = RwSignal::new(None::<Review>);
    Effect::new(move |_| {
        if !open.get() {
            return;
        }
        spawn_local(async move {
            let environments = shell.portal.with_value(|portal| portal.settings.environments.clone());
            let made = session.review(&environments).await;
            review.try_set(made);
        });
    });
    let missing = elements::load("review");
    elements::load("submit");
    let forge = shell.portal.with_value(|portal| portal.document.get("forge").cloned());
    let rest = json!({"forge": forge, "template": {"id": card.id, "version": card.version, "title": card.title}});
    let submission = move || {
        let rest = rest.to_string();
        review.with(|review| {
            let made = &review.as_ref()?.state;
            Some(format!(r#"{{"made":{made},{}"#, rest.get(1..)?))
        })
    };
    let state = move || review.with(|review| review.as_ref().map(|review| review.state.clone()));
    let done = RwSignal::new(None::<&'static str>);
    let hand_over = move |path: &str, bytes: &[u8], media_type: &str| {
        let saved = save(path, bytes, media_type).is_ok();
        done.set(Some(if saved { words::saved() } else { words::not_saved() }));
    };
    let files = move || review.with_untracked(|review| review.as_ref().map(|review| review.files.clone()).unwrap_or_default());
    let take = move |event: web_sys::Event| {
        let wanted = elements::said(&event, "take");
        if let Some((path, text)) = files().into_iter().find(|(path, _)| *path == wanted) {
            hand_over(&path, text.as_bytes(), media_type(&path));
        }
    };
    let go = move |event: web_sys::Event| {
        close();
        session.bring(&Pointer::from_encoded(elements::said(&event, "go")));
    };
    view! {
        <dialog class="dialog review" node_ref=dialog aria-labelledby="ready-title" on:close=move |_| {
            open.set(false);
            done.set(None);
        }>
            <h2 id="ready-title"><Icon name="check"/> {words::ready()}</h2>
            <dagwright-review prop:state=state on:go=go on:take=take></dagwright-review>
            <When when=move || missing.get()>
                <p class="notice notice-warning" role="alert">{words::part_missing()}</p>
            </When>
            <p class="hint">{words::ready_hint()}</p>
            <dagwright-submit prop:state=submission></dagwright-submit>
            <p role="status">{move || done.get()}</p>
            <div class="dialog-buttons">
                <button type="button" class="button" on:click=move |_| close()>{words::close()}</button>
                <button
                    type="button"
                    class="button button-main"
                    on:click=move |_| {
                        let files = files();
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

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("py") => "text/x-python",
        Some("yaml" | "yml") => "application/yaml",
        _ => "text/plain",
    }
}
