use dagwright_core::field::FieldKind;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::{
    Offered,
    group::Labelled,
    question::{Question, plain},
};
use crate::{elements, moment, session::Urgency};

/// Formats whose texts are read by machines: no spelling marks below them, letters of one width.
const CODE: [&str; 11] = [
    "airflow-jinja",
    "asset-uri",
    "connection-id",
    "dag-id",
    "image",
    "pool",
    "python-identifier",
    "sql",
    "quantity",
    "task-id",
    "timezone",
];

/// What a text control holds while it is being written, and its answer.
#[derive(Clone, Copy)]
pub struct Writing {
    question: Question,
    text: RwSignal<String>,
    meaning: fn(&str) -> Option<Value>,
}

impl Writing {
    /// Begins with the answer as it is. A change from elsewhere replaces the text only where it means something else,
    /// so that `1.` or a blank at the end is not taken from under the fingers.
    pub fn new(question: Question, meaning: fn(&str) -> Option<Value>) -> Self {
        let answer = move || question.said().filter(|value| !value.is_null());
        let text = RwSignal::new(untrack(answer).as_ref().map(plain).unwrap_or_default());
        Effect::new(move |_| {
            let answer = answer();
            if text.with_untracked(|text| meaning(text)) != answer {
                text.set(answer.as_ref().map(plain).unwrap_or_default());
            }
        });
        Self {
            question,
            text,
            meaning,
        }
    }

    /// The text.
    pub fn get(self) -> String {
        self.text.get()
    }

    /// The person wrote.
    pub fn set(self, text: String) {
        let value = (self.meaning)(&text);
        self.text.set(text);
        self.question.say(value, Urgency::Typing);
    }
}

fn meaning(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| Value::String(text.to_owned()))
}

/// A text of one line.
#[component]
pub fn ShortText(
    /// The field.
    question: Question,
    /// Whether the row names it.
    bare: bool,
) -> impl IntoView {
    let writing = Writing::new(question, meaning);
    let class = if is_code(question) { "input code" } else { "input" };
    let mode = untrack(|| {
        question.field(|field| match &field.kind {
            FieldKind::Text {
                format: Some(format), ..
            } => match format.as_str() {
                "email" => "email",
                "uri" => "url",
                _ => "text",
            },
            _ => "text",
        })
    });
    view! {
        <Labelled question bare>
            <Suggestions id=question.part("list") values=Signal::derive(move || suggestions(question))/>
            <Line question writing class mode/>
        </Labelled>
    }
}

/// Answers to choose from while writing.
#[component]
pub fn Suggestions(
    /// Its id, for the control that offers them.
    id: String,
    /// The answers.
    values: Signal<Vec<String>>,
) -> AnyView {
    (move || {
        let values = values.get();
        let id = id.clone();
        (!values.is_empty()).then(|| datalist(id, values))
    })
    .into_any()
}

/// The same for answers that never change.
pub fn datalist(id: String, values: Vec<String>) -> AnyView {
    let options: Vec<AnyView> = values
        .into_iter()
        .map(|value| view! { <option value=value></option> }.into_any())
        .collect();
    view! { <datalist id=id>{options}</datalist> }.into_any()
}

/// A control for one line.
#[component]
pub fn Line(
    /// The field.
    question: Question,
    /// What it holds.
    writing: Writing,
    /// Its CSS classes.
    class: &'static str,
    /// Which keys a telephone offers for it.
    mode: &'static str,
) -> AnyView {
    view! {
        <input
            class=class
            id=question.id()
            type="text"
            inputmode=mode
            autocomplete="off"
            autocapitalize="off"
            list=move || list(question)
            spellcheck=if class == "input" { "true" } else { "false" }
            placeholder=move || question.placeholder()
            aria-describedby=move || question.described_by()
            aria-invalid=move || question.invalid()
            prop:value=move || writing.get()
            on:input=move |event| writing.set(event_target_value(&event))
            on:blur=move |_| question.left()
        />
    }
    .into_any()
}

/// A text of several lines, as high as it needs to be.
#[component]
pub fn LongText(
    /// The field.
    question: Question,
    /// Whether the row names it.
    bare: bool,
) -> impl IntoView {
    let writing = Writing::new(question, meaning);
    let code = is_code(question);
    let language = untrack(|| {
        question.field(|field| match &field.kind {
            FieldKind::Text { language, .. } => language.clone(),
            _ => None,
        })
    });
    if language.is_some() {
        elements::prepare("code");
    }
    let state = move |language: &str| json!({"text": writing.get(), "language": language}).to_string();
    let control = view! {
        <textarea
            class="input"
            class:code=code
            id=question.id()
            rows="4"
            autocapitalize="off"
            spellcheck=if code { "false" } else { "true" }
            placeholder=move || question.placeholder()
            aria-describedby=move || question.described_by()
            aria-invalid=move || question.invalid()
            prop:value=move || writing.get()
            on:input=move |event| writing.set(event_target_value(&event))
            on:blur=move |_| question.left()
        ></textarea>
    }
    .into_any();
    // The colours lie below the letters of the control, which are then not drawn themselves.
    let control = match language {
        Some(language) => view! {
            <div class="code-field">
                <dagwright-code aria-hidden="true" prop:state=move || state(&language)></dagwright-code>
                {control}
            </div>
        }
        .into_any(),
        None => control,
    };
    view! { <Labelled question bare>{control}</Labelled> }
}

/// What the template offers, or else the browser knows.
fn suggestions(question: Question) -> Vec<String> {
    question.field(|field| match &field.kind {
        FieldKind::Text {
            format: Some(format), ..
        } if format == "timezone" => moment::zones(),
        FieldKind::Text { suggestions, .. } => suggestions.clone(),
        _ => Vec::new(),
    })
}

/// The id of the list that a text offers its answers from, where there is one.
fn list(question: Question) -> Option<String> {
    let inventory = question.field(|field| match &field.kind {
        FieldKind::Text { inventory, .. } => inventory.clone(),
        _ => None,
    });
    match inventory {
        Some(inventory) => {
            let Offered(offered) = use_context()?;
            offered
                .contains(&inventory.as_str())
                .then(|| format!("inventory-{inventory}"))
        }
        None => (!suggestions(question).is_empty()).then(|| question.part("list")),
    }
}

fn is_code(question: Question) -> bool {
    untrack(|| {
        question.field(|field| match &field.kind {
            FieldKind::Text { format, language, .. } => {
                language.is_some() || format.as_deref().is_some_and(|format| CODE.contains(&format))
            }
            _ => false,
        })
    })
}
