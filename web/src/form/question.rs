//! One field as its control sees it.

use std::sync::Arc;

use dagwright_core::{
    diagnostic::{Diagnostic, Severity},
    field::{Field, FieldKind, Paragraph},
    pointer::Pointer,
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value;

use crate::{
    focus,
    outline::Node,
    rows::element_id,
    session::{Session, Urgency},
    words,
};

/// A handle that every control is given. Copies are the same question.
#[derive(Clone, Copy)]
pub struct Question {
    /// What the field is part of.
    pub session: Session,
    /// Where its answer stands now.
    pub pointer: Signal<Pointer>,
    /// What the engine says of it; none while the row has no field yet, or no more.
    pub node: Memo<Option<Arc<Node>>>,
    /// Its findings, as far as they may be shown.
    pub findings: Memo<Vec<Arc<Diagnostic>>>,
    identity: StoredValue<String>,
    changed: StoredValue<bool>,
}

impl Question {
    /// The question with this identity, whose answer stands at the pointer.
    pub fn new(session: Session, identity: String, pointer: Signal<Pointer>) -> Self {
        // A row that has just moved or got another name has no field at its new place until the next answer comes;
        // until then it stays as it was, and the person in it is not thrown out.
        let node = Memo::new(move |before: Option<&Option<Arc<Node>>>| {
            session
                .outline
                .with(|outline| pointer.with(|pointer| outline.get(pointer).cloned()))
                .or_else(|| before.cloned().flatten())
        });
        let identity = StoredValue::new(identity);
        let findings = Memo::new(move |_| {
            let shown = session.checked.get()
                || session
                    .shown
                    .with(|shown| identity.with_value(|identity| shown.iter().any(|own| own == identity)));
            if shown {
                session
                    .findings
                    .with(|findings| pointer.with(|pointer| findings.at(pointer)))
            } else {
                Vec::new()
            }
        });
        Self {
            session,
            pointer,
            node,
            findings,
            identity,
            changed: StoredValue::new(false),
        }
    }

    /// The identity, see [`crate::rows`].
    pub fn identity(self) -> String {
        self.identity.get_value()
    }

    /// The id of the control.
    pub fn id(self) -> String {
        self.identity.with_value(|identity| element_id(identity))
    }

    /// The id of a part of the field, such as its hint.
    pub fn part(self, name: &str) -> String {
        format!("{}-{name}", self.id())
    }

    /// Reads the field, as it changes.
    pub fn field<T: Default>(self, read: impl FnOnce(&Field) -> T) -> T {
        self.node
            .with(|node| node.as_ref().map(|node| read(&node.field)))
            .unwrap_or_default()
    }

    /// The label.
    pub fn title(self) -> String {
        self.field(|field| field.title().to_owned())
    }

    /// Whether it stands in a list or map, where taking the answer back would take the row away.
    fn is_row(self) -> bool {
        self.identity
            .with_value(|identity| identity.rsplit('/').next().is_some_and(|last| last.starts_with('#')))
    }

    /// Whether it may be left without an answer. A choice that is made already does not ask for one.
    pub fn optional(self) -> bool {
        let chosen = |field: &Field| matches!(field.kind, FieldKind::Choice { .. }) && field.prompt.default.is_some();
        !self.is_row() && self.field(|field| !field.required && !field.prompt.read_only && !chosen(field))
    }

    /// What the template says below the label, where it is more than a plain sentence.
    pub fn prose(self) -> Vec<Paragraph> {
        self.field(|field| field.prompt.prose.clone())
    }

    /// The hint below the label: what the template says, and what holds where nothing is said.
    pub fn hint(self) -> String {
        self.field(|field| {
            let written = matches!(field.kind, FieldKind::Text { .. } | FieldKind::Number { .. });
            let default = field
                .prompt
                .default
                .as_ref()
                .filter(|default| written && !field.prompt.read_only && !plain(default).is_empty())
                .map(|default| words::left_empty(&plain(default)));
            let description = field
                .prompt
                .description
                .iter()
                .filter(|_| field.prompt.prose.is_empty())
                .cloned();
            let parts: Vec<String> = description.chain(default).collect();
            parts.join(" ")
        })
    }

    /// Ids of hint, unit and findings, for `aria-describedby`.
    pub fn described_by(self) -> Option<String> {
        let mut ids = Vec::new();
        if !self.hint().is_empty() || self.field(|field| !field.prompt.prose.is_empty()) {
            ids.push(self.part("hint"));
        }
        if self.field(|field| field.prompt.unit.is_some()) {
            ids.push(self.part("unit"));
        }
        if self.findings.with(|findings| !findings.is_empty()) {
            ids.push(self.part("findings"));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Whether an error is shown.
    pub fn wrong(self) -> bool {
        self.findings
            .with(|findings| findings.iter().any(|finding| finding.severity == Severity::Error))
    }

    /// For `aria-invalid`, which is set only while an error is shown.
    pub fn invalid(self) -> Option<&'static str> {
        self.wrong().then_some("true")
    }

    /// What the person said.
    pub fn said(self) -> Option<Value> {
        self.pointer.with(|pointer| self.session.said(pointer))
    }

    /// What holds: what the person said, or the default, or what the engine took over from a default around it.
    pub fn value(self) -> Option<Value> {
        self.said()
            .or_else(|| self.field(|field| field.value.clone().or_else(|| field.prompt.default.clone())))
    }

    /// A good answer, for the empty control.
    pub fn placeholder(self) -> Option<String> {
        self.field(|field| {
            field
                .prompt
                .examples
                .first()
                .map(|example| words::for_example(&plain(example)))
        })
    }

    /// Answers. Findings that are not shown now are held back until the person leaves the field.
    pub fn say(self, value: Option<Value>, urgency: Urgency) {
        let is_text = self
            .node
            .with_untracked(|node| matches!(node.as_ref().map(|node| &node.field.kind), Some(FieldKind::Text { .. })));
        let value = match value {
            None if self.is_row() && is_text => Some(Value::String(String::new())),
            None if self.is_row() => Some(Value::Null),
            value => value,
        };
        let pointer = self.pointer.get_untracked();
        if self.findings.with_untracked(Vec::is_empty) && urgency == Urgency::Typing {
            self.identity.with_value(|identity| self.session.hold(identity));
        }
        self.changed.set_value(true);
        self.session.say(&pointer, value, urgency);
        if urgency == Urgency::Now {
            self.left();
        }
    }

    /// The person has come to the field; those around it are not to say so as well.
    pub fn entered(self, event: &web_sys::FocusEvent) {
        event.stop_propagation();
        self.session.focused.set(Some(self.pointer.get_untracked()));
    }

    /// The person has left the field; what is wrong with a changed one may now be said.
    pub fn left(self) {
        if self.changed.get_value() {
            spawn_local(async move {
                // The press that leads out of the field must reach what it is meant for.
                focus::released().await;
                self.identity.try_with_value(|identity| self.session.show(identity));
            });
        }
    }
}

/// A value as a person would write it.
pub fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
