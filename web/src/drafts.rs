//! What is kept of a form in the browser, and how it is taken up again.

mod keeper;

use leptos::{ev, prelude::*};
use serde_json::Value;

use crate::{
    address::{self, Route},
    moment,
    session::Session,
    storage::{self, Draft},
    words,
};
use keeper::Keeper;
pub use keeper::clean_all;

/// What the address calls the draft.
const DRAFT: &str = "draft";

/// Keeps the answers in the browser while they change, without secrets, and says so where they came from there.
#[component]
pub fn Drafts(
    /// What is kept.
    session: Session,
    /// Id of the template.
    template: String,
    /// The document of an untouched form.
    blank: Value,
) -> impl IntoView {
    // When it was kept, and whether something is missing in it.
    let restored = RwSignal::new(None::<(f64, bool)>);
    if let Some(draft) = taken_up(session, &template) {
        restored.set(Some((draft.saved, draft.incomplete)));
        session.restore(draft);
    }
    let keeper = Keeper::new(session, template.clone(), blank.clone());
    let template = StoredValue::new(template);

    let watch = window_event_listener(ev::storage, move |event| {
        let id = session.draft.get_untracked();
        if template.with_value(|template| storage::concerns(&event, template, &id)) {
            keeper.shared.set_value(true);
        }
    });
    // What was opened, and never changed, is not worth keeping beside what takes its place.
    let opened = StoredValue::new(None::<Value>);
    Effect::new(move |before: Option<String>| {
        let id = session.draft.get();
        let copied = keeper.shared.get_value();
        keeper.shared.set_value(false);
        let same = |opened: &Option<Value>| opened.is_some() && keeper.kept.with_value(|kept| kept == opened);
        if let Some(before) = &before
            && opened.with_value(same)
            && !copied
        {
            template.with_value(|template| storage::forget_draft(template, before));
        }
        // Undo leads back to drafts that were written.
        let written = template.with_value(|template| storage::draft(template, &id).is_some());
        opened.set_value((before.is_some() && !copied && !written).then(|| session.document.get_untracked()));
        keeper.kept.set_value(None);
        template.with_value(|template| address::note(&Route::New(template.clone()), &format!("{DRAFT}={id}")));
        id
    });
    // A page that is being closed or put aside has no time to wait.
    let hidden = window_event_listener_untyped("visibilitychange", move |_| keeper.keep_now());
    let left = window_event_listener(ev::pagehide, move |_| keeper.keep_now());
    on_cleanup(move || {
        keeper.keep_now();
        hidden.remove();
        left.remove();
        watch.remove();
    });

    let start_over = move |_| {
        session.replace(blank.clone(), None);
        restored.set(None);
        session.announce(words::started_over().to_owned());
        crate::focus::soon("page-title".to_owned());
    };
    view! {
        <div role="status">
            {move || {
                restored
                    .get()
                    .map(|(saved, incomplete)| {
                        view! {
                            <p class="aside">
                                {words::restored(&moment::clock(saved))} " "
                                {incomplete.then(|| view! { <strong>{words::restored_without_secrets()}</strong> " " })}
                                <button type="button" class="link" on:click=start_over.clone()>{words::start_over()}</button>
                            </p>
                        }
                    })
            }}
            {move || {
                keeper.refused.get().map(|refusal| view! { <p class="notice notice-warning">{words::not_kept_in_browser(refusal)}</p> })
            }}
        </div>
    }
}

/// The draft that the address names, so that a reload, the way back and the list of drafts find it. Without one, the form is new.
fn taken_up(session: Session, template: &str) -> Option<Draft> {
    let id = address::query_value(DRAFT)?;
    session.draft.set(id.clone());
    storage::draft(template, &id)
}
