use dagwright_core::{answer::TemplateCard, pointer::Pointer};
use leptos::{html, prelude::*, task::spawn_local};
use serde_json::json;

use crate::{
    app::{BREATH, Shell},
    download::{name, save},
    elements::{self, Scripts},
    icon::Icon,
    part::When,
    portal::Portal,
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
    let close = move || dialog.with_untracked(|dialog| dialog.iter().for_each(web_sys::HtmlDialogElement::close));
    let review = RwSignal::new(None::<Review>);
    let failed = RwSignal::new(false);
    let run = StoredValue::new(0_u32);
    let begin = move || {
        // What was put together for earlier answers must not be handed over for these.
        review.set(None);
        failed.set(false);
        run.update_value(|run| *run += 1);
        let mine = run.get_value();
        spawn_local(async move {
            let environments = shell.portal.with_value(Portal::environments);
            let made = session.review(&environments).await;
            if run.try_get_value() == Some(mine) {
                failed.try_set(made.is_none());
                review.try_set(made);
            }
        });
    };
    Effect::new(move |_| {
        if open.get() {
            begin();
        }
    });
    let there = move || review.with(Option::is_some);
    let whole = move || is_whole(review);
    let portal = shell.portal.with_value(|portal| portal.document.clone());
    let rest = json!({"portal": portal, "template": {"id": card.id, "version": card.version, "title": card.title}});
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
    let files =
        move || review.with_untracked(|review| review.as_ref().map(|review| review.files.clone()).unwrap_or_default());
    let take = move |event: web_sys::Event| {
        let wanted = elements::said(&event, "take");
        if !whole() {
            return;
        }
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
            // It is read from its beginning, whatever comes into it later.
            <h2 id="ready-title" tabindex="-1" autofocus><Verdict review/></h2>
            <p role="status" hidden=there><Waiting failed again=Callback::new(move |()| begin())/></p>
            <div role="status"><Refusal review/></div>
            // They stay, with what was written and unfolded in them, and are only out of sight meanwhile.
            <div hidden=move || !there()>
                <dagwright-review prop:state=state on:go=go on:take=take></dagwright-review>
            </div>
            <Parts session open/>
            <div hidden=move || !whole()>
                <p class="hint">{words::ready_hint()}</p>
                <dagwright-submit prop:state=submission></dagwright-submit>
            </div>
            <div class="dialog-buttons">
                <p class="dialog-outcome" role="status">{move || done.get()}</p>
                <button type="button" class="button" on:click=move |_| close()>{words::close()}</button>
                <button
                    type="button"
                    class="button button-main"
                    prop:disabled=move || !whole()
                    on:click=move |_| {
                        let files = files();
                        hand_over(&archive_name(&files), &zip::archive(&files), "application/zip");
                    }
                >
                    <Icon name="download"/>
                    {words::download_all()}
                </button>
            </div>
        </dialog>
    }
}

/// Whether everything was put together, and nothing of it is wrong in any environment.
fn is_whole(review: RwSignal<Option<Review>>) -> bool {
    review.with(|review| review.as_ref().is_some_and(|review| review.wrong.is_empty()))
}

/// Whether it can be handed over, in a few words.
#[component]
fn Verdict(review: RwSignal<Option<Review>>) -> impl IntoView {
    let verdict = move || match (review.with(Option::is_some), is_whole(review)) {
        (false, _) => words::review(),
        (true, false) => words::not_ready(),
        (true, true) => words::ready(),
    };
    view! {
        <When when=move || is_whole(review)><Icon name="check"/></When>
        " "
        {verdict}
    }
}

/// The environments in which something is wrong.
#[component]
fn Refusal(review: RwSignal<Option<Review>>) -> impl IntoView {
    let refusal = move || {
        review.with(|review| {
            let wrong = &review.as_ref()?.wrong;
            (!wrong.is_empty()).then(|| words::not_in_order(&wrong.join(", ")))
        })
    };
    move || refusal().map(|refusal| view! { <p class="notice notice-warning">{refusal}</p> })
}

/// Fetches what the dialog shows: nothing that is to be seen first waits for it, and it is there before the dialog is.
#[component]
fn Parts(session: Session, open: RwSignal<bool>) -> impl IntoView {
    let wanted = RwSignal::new(false);
    Effect::new(move |_| {
        if open.get() {
            wanted.set(true);
        } else if session.answer.with(Option::is_some) && !wanted.get_untracked() {
            set_timeout(
                move || {
                    wanted.try_set(true);
                },
                BREATH,
            );
        }
    });
    view! {
        <When when=move || wanted.get()>
            <Scripts of=&["review", "submit"]/>
        </When>
    }
}

/// What stands in the place of everything until it is put together, or where that failed.
#[component]
fn Waiting(failed: RwSignal<bool>, again: Callback<()>) -> impl IntoView {
    view! {
        {move || if failed.get() { words::engine_stopped() } else { words::reviewing() }} " "
        {move || {
            let button = || view! { <button type="button" class="link" on:click=move |_| again.run(())>{words::try_again()}</button> };
            failed.get().then(button)
        }}
    }
}

/// The name of the first file, as that of an archive of all.
fn archive_name(files: &[(String, String)]) -> String {
    let first = files.first().map(|(path, _)| name(path)).unwrap_or_default();
    format!("{}.zip", first.split('.').next().unwrap_or_default())
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("py") => "text/x-python",
        Some("yaml" | "yml") => "application/yaml",
        _ => "text/plain",
    }
}
