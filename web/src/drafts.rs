use std::time::Duration;

use leptos::{ev, prelude::*};
use serde_json::Value;

use crate::{
    address::{self, Route},
    moment,
    session::Session,
    storage::{self, Draft, Refusal},
    words,
};

/// How long a change waits to be kept, so that typing is not slowed down.
const DELAY: Duration = Duration::from_millis(500);
/// What the address calls the draft.
const DRAFT: &str = "draft";

/// Keeps the answers in the browser while they change, and says so where they came from there.
#[component]
pub fn Drafts(
    /// What is kept.
    session: Session,
    /// Id of the template.
    template: String,
    /// The document of an untouched form.
    blank: Value,
) -> impl IntoView {
    let restored = RwSignal::new(None::<f64>);
    let refused = RwSignal::new(None::<Refusal>);
    let template = StoredValue::new(template);
    let blank = StoredValue::new(blank);
    if let Some(draft) = template.with_value(|template| taken_up(session, template)) {
        restored.set(Some(draft.saved));
        session.restore(draft);
    }

    // Another page that keeps the same draft goes on with it, and this one begins a copy with its next change.
    let shared = StoredValue::new(false);
    let watch = window_event_listener(ev::storage, move |event| {
        let id = session.draft.get_untracked();
        if template.with_value(|template| storage::concerns(&event, template, &id)) {
            shared.set_value(true);
        }
    });
    // What was opened, and never changed, is not worth keeping beside what takes its place.
    let opened = StoredValue::new(None::<Value>);
    let kept = StoredValue::new(None::<Value>);
    Effect::new(move |before: Option<String>| {
        let id = session.draft.get();
        let copied = shared.get_value();
        shared.set_value(false);
        let unchanged = opened.with_value(|opened| opened.is_some() && kept.with_value(|kept| kept == opened));
        if let Some(before) = &before
            && unchanged
            && !copied
        {
            template.with_value(|template| storage::forget_draft(template, before));
        }
        opened.set_value((before.is_some() && !copied).then(|| session.document.get_untracked()));
        kept.set_value(None);
        template.with_value(|template| address::note(&Route::New(template.clone()), &format!("{DRAFT}={id}")));
        id
    });

    let due = StoredValue::new(false);
    let keep = move || {
        if due.try_get_value() != Some(true) {
            return;
        }
        due.set_value(false);
        if shared.get_value() {
            session.draft.set(storage::new_id());
        }
        let draft = Draft {
            template: template.get_value(),
            id: session.draft.get_untracked(),
            saved: moment::now(),
            document: session.document.get_untracked(),
            // What is being written as text is kept as far as it goes.
            base: session.text.get_untracked().or_else(|| session.base.get_untracked()),
            opened: session.opened.get_untracked(),
        };
        let written = session.text.with_untracked(Option::is_some);
        if !written && blank.with_value(|blank| *blank == draft.document) {
            storage::forget_draft(&draft.template, &draft.id);
        } else {
            refused.set(storage::keep_draft(&draft).err());
            kept.set_value(Some(draft.document));
        }
    };
    Effect::new(move |first: Option<()>| {
        session.document.track();
        session.base.track();
        session.text.track();
        if first.is_some() && !due.get_value() {
            due.set_value(true);
            set_timeout(keep, DELAY);
        }
    });
    // A page that is being closed or put aside has no time to wait.
    let hidden = window_event_listener_untyped("visibilitychange", move |_| keep());
    let left = window_event_listener(ev::pagehide, move |_| keep());
    on_cleanup(move || {
        keep();
        hidden.remove();
        left.remove();
        watch.remove();
    });

    let start_over = move |_| {
        session.replace(blank.get_value(), None);
        restored.set(None);
        session.announce(words::started_over().to_owned());
        crate::focus::soon("page-title".to_owned());
    };
    view! {
        <div role="status">
            {move || {
                restored
                    .get()
                    .map(|saved| {
                        view! {
                            <p class="aside">
                                {words::restored(&moment::clock(saved))} " "
                                <button type="button" class="link" on:click=start_over>{words::start_over()}</button>
                            </p>
                        }
                    })
            }}
            {move || refused.get().map(|refusal| view! { <p class="notice notice-warning">{words::not_kept_in_browser(refusal)}</p> })}
        </div>
    }
}

/// The draft to go on with. The address names it, so that a reload finds it again; a form that is opened anew takes the latest.
fn taken_up(session: Session, template: &str) -> Option<Draft> {
    match address::query_value(DRAFT) {
        Some(id) => {
            session.draft.set(id.clone());
            storage::draft(template, &id)
        }
        None => storage::latest_draft(template),
    }
}
