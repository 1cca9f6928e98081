//! When a draft is stored, and that no secret is in it.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use serde_json::Value;

use crate::{
    app::Shell,
    fetch, moment, secrets,
    session::{Reading, Session},
    storage::{self, Draft, Refusal},
};

/// How long a change waits to be kept, so that typing is not slowed down.
const DELAY: Duration = Duration::from_millis(500);

/// Keeps the draft of a session. Copies are the same.
#[derive(Clone, Copy)]
pub struct Keeper {
    shell: Shell,
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
    /// The secrets that were found so far.
    found: StoredValue<Vec<String>>,
    /// The texts of the draft that was checked last: as they were, and without secrets.
    checked: StoredValue<[Option<(String, String)>; 3]>,
}

impl Keeper {
    /// Keeps what changes from now on.
    pub fn new(shell: Shell, session: Session, template: String, blank: Value) -> Self {
        let keeper = Self {
            shell,
            session,
            template: StoredValue::new(template),
            blank: StoredValue::new(blank),
            shared: StoredValue::new(false),
            kept: StoredValue::new(None),
            refused: RwSignal::new(None),
            changes: StoredValue::new(0),
            done: StoredValue::new(0),
            armed: StoredValue::new(false),
            found: StoredValue::new(Vec::new()),
            checked: StoredValue::default(),
        };
        session.keep.set_value(Some(Callback::new(move |()| keeper.keep_now())));
        Effect::new(move |_| {
            session.answer.track();
            keeper.remember_secrets();
        });
        Effect::new(move |first: Option<()>| {
            session.document.track();
            session.base.track();
            session.text.track();
            if first.is_some() {
                keeper.changes.update_value(|changes| *changes += 1);
                keeper.keep_soon();
            }
        });
        Effect::new(move |_| {
            if session.answer.with(Option::is_some) || session.trouble.with(Option::is_some) {
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
                    self.keep();
                }
            },
            DELAY,
        );
    }

    fn keep(self) {
        if !self.is_due() {
            return;
        }
        if self.session.trouble.with_untracked(Option::is_some) {
            return self.keep_now();
        }
        // Until the engine knows the template, it cannot tell what may be kept.
        if self.session.answer.with_untracked(Option::is_none) {
            return;
        }
        let mine = self.changes.get_value();
        let mut draft = self.snapshot();
        if self.is_clean(&draft) {
            let texts = [&draft.base, &draft.text, &draft.opened];
            self.checked.set_value(texts.map(|text| text.clone().zip(text.clone())));
            draft.checked = true;
            return self.store(&draft, mine);
        }
        spawn_local(async move {
            let texts = [draft.base.clone(), draft.text.clone(), draft.opened.clone()];
            let emptied = secrets::empty_in_draft(self.shell.engine, draft).await;
            // Meanwhile the page may have been left, or kept more than this.
            if self.done.try_get_value().is_none_or(|done| done >= mine) {
                return;
            }
            let Some(draft) = emptied else {
                return self.keep_now();
            };
            let [base, text, opened] = texts;
            self.checked.set_value([
                base.zip(draft.base.clone()),
                text.zip(draft.text.clone()),
                opened.zip(draft.opened.clone()),
            ]);
            self.store(&draft, mine);
        });
    }

    /// Keeps the draft where there is no time to ask the engine, which then looks at what was kept.
    pub fn keep_now(self) {
        if !self.is_due() {
            return;
        }
        let mut draft = self.snapshot();
        self.found.with_value(|found| {
            if !found.is_empty() {
                self.take_checked(&mut draft);
            }
            secrets::blot(&mut draft, found);
        });
        self.store(&draft, self.changes.get_value());
        spawn_local(check(self.shell, draft));
    }

    /// Takes the texts that were checked in the place of those that may hold a secret in another spelling than the answers.
    fn take_checked(self, draft: &mut Draft) {
        let Draft { base, text, opened, .. } = draft;
        self.checked.with_value(|checked| {
            for (text, known) in [base, text, opened].into_iter().zip(checked) {
                if text.is_some()
                    && let Some((_, clean)) = known
                {
                    *text = Some(clean.clone());
                }
            }
        });
    }

    fn is_due(self) -> bool {
        self.changes.try_get_value() != self.done.try_get_value()
    }

    fn snapshot(self) -> Draft {
        if self.shared.get_value() {
            self.session.draft.set(storage::new_id());
        }
        Draft {
            template: self.template.get_value(),
            id: self.session.draft.get_untracked(),
            saved: moment::now(),
            document: self.session.document.get_untracked(),
            base: self.session.base.get_untracked(),
            text: self.session.text.get_untracked(),
            opened: self.session.opened.get_untracked(),
            checked: false,
            incomplete: false,
        }
    }

    fn store(self, draft: &Draft, changes: u32) {
        self.done.set_value(changes);
        if draft.text.is_none() && self.blank.with_value(|blank| *blank == draft.document) {
            storage::forget_draft(&draft.template, &draft.id);
        } else {
            self.refused.try_set(storage::keep_draft(draft).err());
            let document = draft.text.is_none().then(|| self.session.document.get_untracked());
            self.kept.set_value(document);
        }
    }

    /// Whether the answer that is there tells that there is no secret in a draft.
    fn is_clean(self, draft: &Draft) -> bool {
        let session = self.session;
        let [base, _, opened] = self.checked.get_value();
        let is_known = |text: &Option<String>, known: Option<(String, String)>| {
            text.as_ref().is_none_or(|text| {
                text.is_empty() || known.is_some_and(|(before, now)| before == *text && now == *text)
            })
        };
        session.is_answered()
            && session.environment.with_untracked(Option::is_none)
            && draft.document.get("environments").is_none()
            && (draft.text.is_none() || session.reading.get_untracked() == Reading::Readable)
            && self.secrets().is_empty()
            && is_known(&draft.base, base)
            && is_known(&draft.opened, opened)
    }

    /// The secrets of the answer that is there.
    fn secrets(self) -> Vec<String> {
        self.session.document.with_untracked(|document| {
            self.session
                .findings
                .with_untracked(|findings| secrets::named(findings.all.iter().map(AsRef::as_ref), document))
        })
    }

    fn remember_secrets(self) {
        let secrets = self.secrets();
        self.found.update_value(|found| {
            found.extend(secrets);
            found.sort_unstable();
            found.dedup();
        });
    }
}

/// Takes the secrets out of drafts that no engine has seen: those of pages that were closed in a hurry, and of older versions.
pub async fn check_all(shell: Shell) {
    for draft in storage::drafts().into_iter().filter(|draft| !draft.checked) {
        let Some(entry) = untrack(|| shell.entry(&draft.template)) else {
            continue;
        };
        if let Ok(files) = fetch::template(&entry).await
            && shell.engine.load(files).await.is_ok()
        {
            check(shell, draft).await;
        }
    }
}

/// Takes the secrets out of a draft, unless it has changed meanwhile.
pub async fn check(shell: Shell, draft: Draft) {
    let (template, id, saved) = (draft.template.clone(), draft.id.clone(), draft.saved);
    let Some(clean) = secrets::empty_in_draft(shell.engine, draft).await else {
        return;
    };
    let same = |now: Draft| now.saved.total_cmp(&saved).is_eq();
    if storage::draft(&template, &id).is_some_and(same) {
        // It was kept a moment ago, so there is room for less.
        let _ = storage::keep_draft(&clean);
    }
}
