//! What a person is doing with one template: the answers so far, and what the engine says to them.

use std::{ops::Deref, sync::Arc, time::Duration};

use dagwright_core::{
    answer::{ConfigInput, Request},
    diagnostic::{Diagnostic, Operation, Severity},
    field::FieldKind,
    pointer::Pointer,
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::{Value, json};

use crate::{
    answer::{Answer, News},
    decode::{self, Object},
    document,
    engine::{Engine, Trouble},
    focus, moment,
    outline::{Findings, Outline, field_of, is_about_name},
    rows::{self, Rows},
    storage::{self, Draft},
    words,
};

/// How soon the engine is asked after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// When the person pauses.
    Typing,
    /// At once.
    Now,
}

/// What is known of the text that a person writes in the place of answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// The engine has not answered to it yet.
    #[default]
    Pending,
    /// It is a config: the form shows what it says.
    Readable,
    /// It is none, so the form still shows what was said before.
    Unreadable,
}

/// A pause in typing.
const PAUSE: Duration = Duration::from_millis(120);
/// Changes of one place that follow each other this closely, in milliseconds, are undone together.
const ONE_CHANGE: f64 = 1000.0;
/// How many changes can be undone.
const HISTORY: usize = 100;

/// Everything that is about to be handed over.
#[derive(Clone, Debug)]
pub struct Review {
    /// What the element that shows it takes: the answers of the engine stay text.
    pub state: String,
    /// Every file by its path, the config last; where there are environments, those of each.
    pub files: Vec<(String, String)>,
    /// Where there are errors in it, in words: the config as it stands, and the environments by their names.
    pub wrong: Vec<String>,
}

/// The only state that the form and the preview share. Copies are the same session.
#[derive(Clone, Copy)]
pub struct Session(&'static State);

impl Deref for Session {
    type Target = State;

    fn deref(&self) -> &State {
        self.0
    }
}

/// The parts of a session.
pub struct State {
    engine: Engine,
    /// The config document: template, package, name, parameters, environments.
    pub document: RwSignal<Value>,
    /// The YAML that was opened, whose comments and order are kept.
    pub base: RwSignal<Option<String>>,
    /// The config as a person is writing it; none while the form is the source.
    pub text: RwSignal<Option<String>>,
    /// What is known of that text.
    pub reading: RwSignal<Reading>,
    /// Whether the person is asked what is to become of a text that cannot be read.
    pub leaving: RwSignal<bool>,
    /// The environment to answer for; none for the config as it stands.
    pub environment: RwSignal<Option<String>>,
    /// The answer to the document as it is, or was a moment ago.
    pub answer: RwSignal<Option<Arc<Answer>>>,
    /// The last answer that had files.
    pub whole: RwSignal<Option<Arc<Answer>>>,
    /// The fields of the answer.
    pub outline: RwSignal<Outline>,
    /// The findings of the answer.
    pub findings: RwSignal<Arc<Findings>>,
    /// Why there is no answer to the last change.
    pub trouble: RwSignal<Option<Trouble>>,
    /// The rows of lists and maps.
    pub rows: RwSignal<Rows>,
    /// Identities of the fields whose findings may be shown.
    pub shown: RwSignal<Vec<String>>,
    /// Whether the person asked for everything to be checked, which shows all findings.
    pub checked: RwSignal<bool>,
    /// Identity of the field that is to be brought into view.
    pub wanted: RwSignal<Option<String>>,
    /// The field that the person is at.
    pub focused: RwSignal<Option<Pointer>>,
    /// The place of the last change.
    pub edited: RwSignal<Option<Pointer>>,
    /// What was done lately, in words, for those who cannot see it.
    pub announcement: RwSignal<String>,
    /// The text of the file that was opened, which is what others have; none for what is new.
    pub opened: RwSignal<Option<String>>,
    /// Name of the draft that the answers are kept in.
    pub draft: RwSignal<String>,
    /// What came of the last action on the whole form, in words.
    pub outcome: RwSignal<Option<String>>,
    /// Keeps the draft at once.
    pub keep: StoredValue<Option<Callback<()>>>,
    history: RwSignal<History>,
    pump: StoredValue<Pump>,
}

/// A state to go back to.
struct Moment {
    document: Value,
    base: Option<String>,
    text: Option<String>,
    opened: Option<String>,
    /// Name of its draft, where that is another than the one of the state that is left.
    draft: Option<String>,
}

#[derive(Default)]
struct History {
    past: Vec<Moment>,
    future: Vec<Moment>,
    last: Option<(Pointer, f64)>,
}

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "the flags are independent of each other")]
struct Pump {
    /// Whether the engine knows the template.
    ready: bool,
    revision: u64,
    /// The revision of the answer that the form shows, where it shows all of its fields.
    seen: Option<u64>,
    busy: bool,
    /// Whether the answers of a draft are asked about before the text that was written in their place.
    restores: bool,
    /// Whether the person wants to go back to the form as soon as their text has been read.
    leaves: bool,
    alarm: Option<TimeoutHandle>,
}

impl Session {
    /// A session with its first document.
    pub fn new(engine: Engine, document: Value) -> Self {
        // These are names of signals, which are freed with the page; the names themselves are some hundred bytes for each
        // form that is opened, and free every closure of the form from carrying them.
        Self(Box::leak(Box::new(State {
            engine,
            document: RwSignal::new(document),
            base: RwSignal::default(),
            text: RwSignal::default(),
            reading: RwSignal::default(),
            leaving: RwSignal::default(),
            environment: RwSignal::default(),
            answer: RwSignal::default(),
            whole: RwSignal::default(),
            outline: RwSignal::default(),
            findings: RwSignal::default(),
            trouble: RwSignal::default(),
            rows: RwSignal::default(),
            shown: RwSignal::default(),
            checked: RwSignal::default(),
            wanted: RwSignal::default(),
            focused: RwSignal::default(),
            edited: RwSignal::default(),
            announcement: RwSignal::default(),
            opened: RwSignal::default(),
            draft: RwSignal::new(storage::new_id()),
            outcome: RwSignal::default(),
            keep: StoredValue::default(),
            history: RwSignal::new(History::default()),
            pump: StoredValue::default(),
        })))
    }

    /// The document that a form starts with.
    pub fn blank(template: &str, version: &str) -> Value {
        let major = version.split('.').next().unwrap_or_default();
        json!({"template": format!("{template}@{major}")})
    }

    /// Asks from now on: the engine knows the template.
    pub fn begin(self) {
        self.pump.try_update_value(|pump| pump.ready = true);
        self.ask(Urgency::Now);
    }

    /// Asks the engine about the present state, once it knows the template.
    pub fn ask(self, urgency: Urgency) {
        let due = self.pump.try_update_value(|pump| {
            pump.revision += 1;
            if !pump.ready {
                return false;
            }
            if let Some(alarm) = pump.alarm.take() {
                alarm.clear();
            }
            if urgency == Urgency::Typing {
                pump.alarm = set_timeout_with_handle(move || self.send(), PAUSE).ok();
            }
            urgency == Urgency::Now
        });
        if due == Some(true) {
            self.send();
        }
    }

    /// Sends the present state, unless a question is under way: its answer will be seen to be stale.
    fn send(self) {
        let idle = self
            .pump
            .try_update_value(|pump| !std::mem::replace(&mut pump.busy, true));
        if idle != Some(true) {
            return;
        }
        spawn_local(async move {
            loop {
                let Some(request) = self.request() else {
                    return;
                };
                let seen = self.pump.try_with_value(|pump| pump.seen).flatten();
                let result = self.engine.follow(&request, seen).await;
                let Some(latest) = self.pump.try_with_value(|pump| pump.revision) else {
                    return;
                };
                match result {
                    Ok(news) if news.revision() == Some(latest) => {
                        focus::released().await;
                        if self.pump.try_with_value(|pump| pump.revision) == Some(latest) {
                            self.receive(&news);
                            if !self.goes_on_with_text() {
                                break;
                            }
                        }
                    }
                    Ok(_) => {}
                    // Another change has come meanwhile, and asks for itself.
                    Err(_) if latest != request.revision => {}
                    Err(trouble) => {
                        self.trouble.set(Some(trouble));
                        if self.wants_to_leave() {
                            self.leaving.set(true);
                        }
                        break;
                    }
                }
            }
            self.pump.try_update_value(|pump| pump.busy = false);
        });
    }

    /// Once the answers of a draft are shown: whether a text was written in their place, which is asked about next.
    fn goes_on_with_text(self) -> bool {
        let goes_on = self.pump.try_update_value(|pump| {
            let goes_on = std::mem::take(&mut pump.restores);
            pump.revision += u64::from(goes_on);
            goes_on
        });
        goes_on == Some(true)
    }

    /// The text to ask about; none while the answers are asked about.
    fn asked_text(self) -> Option<String> {
        let restores = self.pump.try_with_value(|pump| pump.restores);
        self.text
            .try_get_untracked()
            .flatten()
            .filter(|_| restores == Some(false))
    }

    fn request(self) -> Option<Request> {
        let config = match self.asked_text() {
            Some(text) => ConfigInput::Text { text },
            None => ConfigInput::Values {
                values: self.document.try_get_untracked()?,
                base: self.base.try_get_untracked()?,
            },
        };
        Some(Request {
            config,
            environment: self.environment.try_get_untracked()?,
            now: Some(moment::this_minute()),
            revision: self.pump.try_with_value(|pump| pump.revision)?,
        })
    }

    fn receive(self, news: &News) {
        self.trouble.set(None);
        let before = self.answer.get_untracked().unwrap_or_default();
        let mut answer = before.after(news);
        let written = self.asked_text().is_some();
        if written {
            if let Some(document) = answer.document() {
                self.reading.set(Reading::Readable);
                if self.document.with_untracked(|before| *before != document) {
                    self.document.set(document);
                }
            } else {
                self.reading.set(Reading::Unreadable);
                // Such a text does not say where it belongs, so it belongs where it did.
                before.path.clone_into(&mut answer.path);
            }
        }
        let answer = Arc::new(answer);
        if !answer.files.is_empty() {
            self.whole.set(Some(answer.clone()));
        }
        // A text that cannot be read has no fields; the form then keeps those it had.
        let keeps = written && news.is_blank();
        if !keeps {
            self.outline.maybe_update(|outline| news.tell(outline));
        }
        self.pump
            .try_update_value(|pump| pump.seen = (!keeps).then_some(answer.revision));
        let findings = self
            .outline
            .with_untracked(|outline| Findings::new(&answer.diagnostics, outline));
        if self.findings.with_untracked(|before| **before != findings) {
            self.findings.set(Arc::new(findings));
        }
        self.answer.set(Some(answer));
        if written && self.wants_to_leave() {
            self.stop_writing();
        }
    }

    /// What the document says at a place.
    pub fn said(self, place: &Pointer) -> Option<Value> {
        self.document.with(|document| place.get(document).cloned())
    }

    /// Answers a question; none takes the answer back.
    pub fn say(self, place: &Pointer, value: Option<Value>, urgency: Urgency) {
        self.change(place, urgency, |document| match value {
            Some(value) => place.set(document, value),
            None => place.remove(document).is_some(),
        });
    }

    /// Puts an item at the end of a list, and the person into it.
    pub fn add_item(self, list: &Pointer, item: Value) {
        let mut index = None;
        self.change(list, Urgency::Now, |document| {
            index = document::push(document, list, item);
            index.is_some()
        });
        if let Some(index) = index {
            self.fit_rows(list);
            self.bring(&list.index(index));
        }
    }

    /// Puts a copy of an item behind it, and the person into it.
    pub fn duplicate_item(self, list: &Pointer, index: usize) {
        let identity = self.identity(list);
        let mut copy = None;
        self.change(list, Urgency::Now, |document| {
            copy = document::duplicate(document, list, index);
            copy.is_some()
        });
        if let Some(copy) = copy {
            self.fit_rows(list);
            self.rows.update(|rows| rows.shift(&identity, usize::MAX, copy));
            self.bring(&list.index(copy));
        }
    }

    /// Moves an item of a list, and its row with it.
    pub fn move_item(self, list: &Pointer, from: usize, to: usize) {
        let identity = self.identity(list);
        self.change(list, Urgency::Now, |document| {
            document::move_item(document, list, from, to)
        });
        self.rows.update(|rows| rows.shift(&identity, from, to));
    }

    /// Takes the item or entry at an index away.
    pub fn remove_row(self, list: &Pointer, index: usize) {
        let identity = self.identity(list);
        self.change(list, Urgency::Now, |document| {
            let place = match document::key_at(document, list, index) {
                Some(key) => list.key(&key),
                None => list.index(index),
            };
            place.remove(document).is_some()
        });
        self.rows.update(|rows| rows.remove(&identity, index));
    }

    /// Adds an entry that has no name yet to a map, unless there is one, and answers with its place.
    pub fn add_entry(self, map: &Pointer, value: Value) -> Pointer {
        let place = map.key("");
        let there = self.document.with_untracked(|document| place.get(document).is_some());
        if !there {
            self.change(&place, Urgency::Now, |document| place.set(document, value));
            self.fit_rows(map);
        }
        place
    }

    /// The name of the entry at an index of a map, of its default where nothing was said.
    pub fn key_at(self, map: &Pointer, index: usize) -> Option<String> {
        let said = self
            .document
            .with(|document| map.get(document).map(|_| document::key_at(document, map, index)));
        said.unwrap_or_else(|| {
            self.outline.with(|outline| {
                let default = outline.get(map)?.field.prompt.default.as_ref()?;
                document::key_at(default, &Pointer::root(), index)
            })
        })
    }

    /// Gives an entry of a map another name; false where another entry has it.
    pub fn rename_entry(self, map: &Pointer, index: usize, name: &str) -> bool {
        self.change(map, Urgency::Typing, |document| {
            document::rename(document, map, index, name)
        })
    }

    /// Changes the document as a finding proposes; false where it no longer fits.
    pub fn mend(self, operations: &[Operation]) -> bool {
        let place = Pointer::root();
        self.change(&place, Urgency::Now, |document| {
            match document::patched(document, operations) {
                Some(mended) => {
                    *document = mended;
                    true
                }
                None => false,
            }
        })
    }

    /// Puts another document in the place of the whole, as a draft of its own; undone like any change.
    pub fn replace(self, document: Value, base: Option<String>) {
        self.keep_now();
        let draft = self.draft.get_untracked();
        self.remember(&Pointer::root(), Urgency::Now);
        self.history.update(|history| {
            if let Some(before) = history.past.last_mut() {
                before.draft = Some(draft);
            }
        });
        self.set_text(None);
        self.edited.set(Some(Pointer::root()));
        self.document.set(document);
        self.base.set(base);
        self.opened.set(None);
        self.draft.set(storage::new_id());
        self.rows.update(Rows::renew);
        self.shown.set(Vec::new());
        self.checked.set(false);
        self.ask(Urgency::Now);
    }

    /// Keeps the draft before another takes its place: what was written until now belongs to it.
    fn keep_now(self) {
        if let Some(keep) = self.keep.try_get_value().flatten() {
            keep.run(());
        }
    }

    /// Takes up a draft; there is nothing to undo.
    pub fn restore(self, draft: Draft) {
        self.draft.set(draft.id);
        self.document.set(draft.document);
        self.base.set(draft.base);
        self.opened.set(draft.opened);
        // The form rests with these answers where the text cannot be read.
        self.pump.update_value(|pump| pump.restores = draft.text.is_some());
        self.set_text(draft.text);
    }

    /// Starts to write the config as text, or goes on.
    pub fn write(self, text: String, urgency: Urgency) {
        self.remember(&Pointer::root(), urgency);
        self.set_text(Some(text));
        self.ask(urgency);
    }

    fn set_text(self, text: Option<String>) {
        self.pump.try_update_value(|pump| pump.leaves = false);
        self.reading.set(Reading::Pending);
        self.leaving.set(false);
        self.text.set(text);
    }

    /// Goes back from the text to the form, as soon as the text has been read. Asks first where it cannot be.
    pub fn stop_writing(self) {
        match self.reading.get_untracked() {
            Reading::Pending => {
                self.pump.try_update_value(|pump| pump.leaves = true);
                self.ask(Urgency::Now);
            }
            Reading::Readable => {
                self.base.set(self.text.get_untracked());
                self.set_text(None);
                self.ask(Urgency::Now);
            }
            Reading::Unreadable => self.leaving.set(true),
        }
    }

    /// Goes back from a text that cannot be read to the answers as they were before; undone like any change.
    pub fn discard_text(self) {
        self.remember(&Pointer::root(), Urgency::Now);
        self.set_text(None);
        self.ask(Urgency::Now);
    }

    fn wants_to_leave(self) -> bool {
        let wants = self.pump.try_update_value(|pump| std::mem::take(&mut pump.leaves));
        wants == Some(true)
    }

    /// One change: keeps what was before, takes the defaults around the place into the document, changes it, asks.
    fn change(self, place: &Pointer, urgency: Urgency, edit: impl FnOnce(&mut Value) -> bool) -> bool {
        let written = self.text.with_untracked(Option::is_some);
        // The document does not say yet, or cannot say, what the text says.
        if written && self.reading.get_untracked() != Reading::Readable {
            return false;
        }
        let mut changed = self.document.get_untracked();
        self.settle_defaults(&mut changed, place);
        if !edit(&mut changed) {
            return false;
        }
        self.remember(place, urgency);
        if written {
            self.base.set(self.text.get_untracked());
            self.set_text(None);
        }
        self.edited.set(Some(place.clone()));
        self.document.set(changed);
        self.ask(urgency);
        true
    }

    /// Where a list or group holds by default, changing a part of it means to say the rest as well.
    fn settle_defaults(self, document: &mut Value, place: &Pointer) {
        self.outline.with_untracked(|outline| {
            let mut around = Pointer::root();
            for token in place.tokens() {
                if around.get(document).is_none()
                    && let Some(default) = outline.get(&around).and_then(|node| node.field.prompt.default.as_ref())
                {
                    around.set(document, default.clone());
                }
                around = around.key(&token);
            }
        });
    }

    fn remember(self, place: &Pointer, urgency: Urgency) {
        let now = moment::now();
        self.history.update(|history| {
            let same = history
                .last
                .as_ref()
                .is_some_and(|(last, when)| last == place && now - when < ONE_CHANGE && urgency == Urgency::Typing);
            if !same {
                history.past.push(self.moment());
                if history.past.len() > HISTORY {
                    history.past.remove(0);
                }
            }
            history.future.clear();
            history.last = (urgency == Urgency::Typing).then(|| (place.clone(), now));
        });
    }

    /// Whether there is something to undo.
    pub fn can_undo(self) -> bool {
        self.history.with(|history| !history.past.is_empty())
    }

    /// Whether there is something to do again.
    pub fn can_redo(self) -> bool {
        self.history.with(|history| !history.future.is_empty())
    }

    /// Takes the last change back.
    pub fn undo(self) {
        self.travel(|history| (&mut history.past, &mut history.future));
    }

    /// Does again what was taken back.
    pub fn redo(self) {
        self.travel(|history| (&mut history.future, &mut history.past));
    }

    fn moment(self) -> Moment {
        Moment {
            document: self.document.get_untracked(),
            base: self.base.get_untracked(),
            text: self.text.get_untracked(),
            opened: self.opened.get_untracked(),
            draft: None,
        }
    }

    /// Goes from the present state to the last one of the first list, and puts the present one into the second.
    fn travel(self, ways: fn(&mut History) -> (&mut Vec<Moment>, &mut Vec<Moment>)) {
        let target = self.history.try_update(|history| {
            history.last = None;
            ways(history).0.pop()
        });
        if let Some(Some(moment)) = target {
            let mut now = self.moment();
            if let Some(draft) = moment.draft {
                self.keep_now();
                now.draft = Some(self.draft.get_untracked());
                self.draft.set(draft);
            }
            self.history.update(|history| ways(history).1.push(now));
            self.set_text(moment.text);
            self.edited.set(None);
            self.base.set(moment.base);
            self.opened.set(moment.opened);
            self.document.set(moment.document);
            self.ask(Urgency::Now);
        }
    }

    /// The identity of a place, see [`rows`].
    pub fn identity(self, place: &Pointer) -> String {
        self.document
            .with_untracked(|document| self.rows.with_untracked(|rows| rows.identity(place, document)))
    }

    /// Makes a list or map have as many rows as it has items.
    pub fn fit_rows(self, list: &Pointer) {
        let identity = self.identity(list);
        let count = self.count_untracked(list);
        if self.rows.with_untracked(|rows| rows.of(&identity).len()) != count {
            self.rows.update(|rows| rows.fit(&identity, count));
        }
    }

    /// How many items or entries stand at a place, those of the default where nothing was said.
    pub fn count(self, list: &Pointer) -> usize {
        let said = self
            .document
            .with(|document| list.get(document).map(|value| document::count(Some(value))));
        said.unwrap_or_else(|| {
            self.outline.with(|outline| {
                let node = outline.get(list);
                document::count(node.and_then(|node| node.field.prompt.default.as_ref()))
            })
        })
    }

    fn count_untracked(self, list: &Pointer) -> usize {
        untrack(|| self.count(list))
    }

    /// Brings the place of a finding into view and puts the person into it; false where it belongs to no field.
    pub fn lead_to(self, finding: &Diagnostic) -> bool {
        let place = self.outline.with_untracked(|outline| {
            let field = field_of(finding, outline)?;
            Some((field, is_about_name(finding, outline)))
        });
        let Some((field, is_name)) = place else {
            return false;
        };
        self.bring(&field);
        if is_name {
            focus::soon(rows::name_id(&self.identity(&field)));
        }
        true
    }

    /// Brings a field into view and puts the person into it, as soon as it is there.
    pub fn bring(self, place: &Pointer) {
        // Rows that were never drawn have no numbers yet.
        let mut around = Pointer::root();
        for token in place.tokens() {
            let has_rows = self
                .document
                .with_untracked(|document| around.get(document).is_some_and(Value::is_array))
                || self.outline.with_untracked(|outline| {
                    outline
                        .get(&around)
                        .is_some_and(|node| matches!(node.field.kind, FieldKind::Map { .. }))
                });
            if has_rows {
                self.fit_rows(&around);
            }
            around = around.key(&token);
        }
        let identity = self.identity(place);
        self.wanted.set(Some(identity.clone()));
        focus::soon(rows::element_id(&identity));
    }

    /// Has a DAG laid out, as JSON text; none where the engine could not, and the next change tries again.
    pub async fn draw(self, dag: &str, folded: &[String]) -> Option<String> {
        self.engine.layout(dag, folded).await.ok()
    }

    /// The document as it is now; none where a text is being written that is no config, or that the engine does not read.
    pub async fn current(self) -> Option<Value> {
        if self.text.try_with_untracked(Option::is_none)? {
            return self.document.try_get_untracked();
        }
        let examined = self.engine.examine(&self.request()?).await.ok()?;
        Some(examined.document).filter(Value::is_object)
    }

    /// Everything that is about to be handed over, whichever environment is shown; none where the engine does not answer.
    pub async fn review(self, environments: &[String]) -> Option<Review> {
        let request = Request {
            environment: None,
            ..self.request()?
        };
        let opened = self.opened.try_get_untracked()?;
        let text = self.engine.answer(&request).await.ok()?;
        let mut answer = object(&text)?;
        let layout = match answer.values("dags").first() {
            Some(dag) => self.draw(&dag.to_string(), &[]).await,
            None => None,
        };
        let config = answer.object("config").map(file)?;
        let mut files = answer.list("files", file);
        let mut texts = Vec::new();
        let mut wrong = Vec::new();
        if has_errors(&mut answer) {
            wrong.push(words::all_environments().to_owned());
        }
        let mut was = match &opened {
            Some(text) => self.files_of(text, None).await?,
            None => Vec::new(),
        };
        for name in environments {
            let request = Request {
                environment: Some(name.clone()),
                ..request.clone()
            };
            let text = self.engine.answer(&request).await.ok()?;
            if texts.is_empty() {
                files.clear();
            }
            let mut own = object(&text)?;
            files.extend(own.list("files", file));
            if has_errors(&mut own) {
                wrong.push(name.clone());
            }
            if let Some(text) = &opened {
                was.extend(self.files_of(text, Some(name)).await?);
            }
            texts.push(format!(r#"{{"name":{},"answer":{text}}}"#, Value::from(name.as_str())));
        }
        let state = format!(
            r#"{{"answer":{text},"base":{},"was":{},"environments":[{}],"layout":{},"whole":{}}}"#,
            json!(opened),
            Value::Object(was.into_iter().map(|(path, text)| (path, text.into())).collect()),
            texts.join(","),
            layout.as_deref().unwrap_or("null"),
            wrong.is_empty()
        );
        files.push(config);
        Some(Review { state, files, wrong })
    }

    /// The config that a text is, and the files that it makes in an environment, by their paths.
    async fn files_of(self, text: &str, environment: Option<&String>) -> Option<Vec<(String, String)>> {
        let request = Request {
            config: ConfigInput::Text { text: text.to_owned() },
            environment: environment.cloned(),
            now: None,
            revision: 0,
        };
        let mut answer = object(&self.engine.answer(&request).await.ok()?)?;
        let mut files = answer.list("files", file);
        files.extend(answer.object("config").map(|config| (file(config).0, text.to_owned())));
        Some(files)
    }

    /// Reads a piece of YAML, which the engine alone can; the error says what is wrong with it.
    pub async fn read_yaml(self, text: &str) -> Result<Value, String> {
        const INDENT: &str = "    ";
        let lines: Vec<String> = text.lines().map(|line| format!("{INDENT}{line}\n")).collect();
        let request = Request {
            config: ConfigInput::Text {
                text: format!("parameters:\n  value:\n{}", lines.concat()),
            },
            environment: None,
            now: None,
            revision: 0,
        };
        let answer = self
            .engine
            .examine(&request)
            .await
            .map_err(|_| words::engine_stopped().to_owned())?;
        let place = Pointer::root().key("parameters").key("value");
        match place.get(&answer.document) {
            Some(value) => Ok(value.clone()),
            None => Err(answer
                .diagnostics
                .into_iter()
                .next()
                .map_or_else(|| words::not_yaml().to_owned(), |diagnostic| diagnostic.message)),
        }
    }

    /// Lets the findings of a field be seen.
    pub fn show(self, identity: &str) {
        if !self.is_shown(identity) {
            self.shown.update(|shown| shown.push(identity.to_owned()));
        }
    }

    /// Holds the findings of a field back until the person leaves it again.
    pub fn hold(self, identity: &str) {
        if self.is_shown(identity) {
            self.shown.update(|shown| shown.retain(|own| own != identity));
        }
    }

    fn is_shown(self, identity: &str) -> bool {
        self.shown
            .with_untracked(|shown| shown.iter().any(|own| own == identity))
    }

    /// Says something to those who cannot see it.
    pub fn announce(self, words: String) {
        self.announcement.set(words);
    }
}

fn object(text: &str) -> Option<Object> {
    serde_json::from_str::<Value>(text).ok().map(Object::from)
}

/// The path and the text of a file, or of the config.
fn file(mut object: Object) -> (String, String) {
    (object.text("path"), object.text("text"))
}

/// Whether an answer tells of errors.
fn has_errors(answer: &mut Object) -> bool {
    let findings = answer.list("diagnostics", decode::diagnostic);
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
