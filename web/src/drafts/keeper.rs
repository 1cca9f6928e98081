//! When a draft is stored, and that no secret is in it.

use std::time::Duration;

use leptos::prelude::*;
use serde_json::Value;

use crate::{
    moment, secrets,
    session::Session,
    storage::{self, Draft, Refusal},
};

/// How long a change waits to be kept, so that typing is not slowed down.
const DELAY: Duration = Duration::from_millis(500);

/// Keeps the draft of a session. Copies are the same.
#[derive(Clone, Copy)]
pub struct Keeper {
    session: Session,
    template: StoredValue<String>,
    /// The document of an untouched form, which is not worth keeping.
    blank: StoredValue<Value>,
    /// Whether another page keeps the same draft: this one then begins a copy with its next change.
    pub shared: StoredValue<bool>,
    /// The document that was kept last; none where a text was.
    pub kept: StoredValue<Option<Value>>,
    /// Why the browser did not keep the last change.
    pub refused: RwSignal<Option<Refusal>>,
    /// How many changes there were, and how many of them are kept.
    changes: StoredValue<u32>,
    done: StoredValue<u32>,
    /// Whether the next change is about to be kept.
    armed: StoredValue<bool>,
}

impl Keeper {
    /// Keeps what changes from now on.
    pub fn new(session: Session, template: String, blank: Value) -> Self {
        let keeper = Self {
            session,
            template: StoredValue::new(template),
            blank: StoredValue::new(blank),
            shared: StoredValue::new(false),
            kept: StoredValue::new(None),
            refused: RwSignal::new(None),
            changes: StoredValue::new(0),
            done: StoredValue::new(0),
            armed: StoredValue::new(false),
        };
        session.keep.set_value(Some(Callback::new(move |()| keeper.keep_now())));
        Effect::new(move |first: Option<()>| {
            session.document.track();
            session.base.track();
            session.text.track();
            if first.is_some() {
                keeper.changes.update_value(|changes| *changes += 1);
                keeper.keep_soon();
            }
        });
        keeper
    }

    fn keep_soon(self) {
        if self.armed.get_value() {
            return;
        }
        self.armed.set_value(true);
        set_timeout(
            move || {
                if self.armed.try_set_value(false).is_none() {
                    self.keep_now();
                }
            },
            DELAY,
        );
    }

    /// Keeps the draft if it has changed.
    pub fn keep_now(self) {
        if self.is_due() {
            self.store(&self.snapshot());
        }
    }

    fn is_due(self) -> bool {
        self.changes.try_get_value() != self.done.try_get_value()
    }

    fn snapshot(self) -> Draft {
        if self.shared.get_value() {
            self.session.draft.set(storage::new_id());
        }
        let mut draft = Draft {
            template: self.template.get_value(),
            id: self.session.draft.get_untracked(),
            saved: moment::now(),
            document: self.session.document.get_untracked(),
            base: self.session.base.get_untracked(),
            text: self.session.text.get_untracked(),
            opened: self.session.opened.get_untracked(),
            incomplete: false,
        };
        secrets::empty_in_draft(&mut draft);
        draft
    }

    fn store(self, draft: &Draft) {
        self.done.set_value(self.changes.get_value());
        if draft.text.is_none() && self.blank.with_value(|blank| *blank == draft.document) {
            storage::forget_draft(&draft.template, &draft.id);
        } else {
            self.refused.try_set(storage::keep_draft(draft).err());
            let document = draft.text.is_none().then(|| self.session.document.get_untracked());
            self.kept.set_value(document);
        }
    }
}

/// Takes the secrets out of drafts that older versions of this page have kept.
pub fn clean_all() {
    for draft in storage::drafts() {
        let mut clean = draft.clone();
        secrets::empty_in_draft(&mut clean);
        if clean != draft {
            // There is room: it is shorter than it was.
            let _ = storage::keep_draft(&clean);
        }
    }
}
