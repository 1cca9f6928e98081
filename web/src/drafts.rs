use std::time::Duration;

use leptos::{ev, prelude::*};
use serde_json::Value;

use crate::{
    moment,
    session::Session,
    storage::{self, Draft, Refusal},
    words,
};

/// How long a change waits to be kept, so that typing is not slowed down.
const DELAY: Duration = Duration::from_millis(500);

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
    if let Some(draft) = template.with_value(|template| storage::draft(template)) {
        restored.set(Some(draft.saved));
        session.restore(draft);
    }

    let due = StoredValue::new(false);
    let keep = move || {
        if due.try_get_value() != Some(true) {
            return;
        }
        due.set_value(false);
        let draft = Draft {
            saved: moment::now(),
            document: session.document.get_untracked(),
            base: session.base.get_untracked(),
        };
        template.with_value(|template| {
            if blank.with_value(|blank| *blank == draft.document) {
                storage::forget_draft(template);
            } else {
                refused.set(storage::keep_draft(template, &draft).err());
            }
        });
    };
    Effect::new(move |first: Option<()>| {
        session.document.track();
        session.base.track();
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
