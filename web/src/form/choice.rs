use dagwright_core::{
    diagnostic::Operation,
    field::{Choice, FieldKind},
};
use leptos::prelude::*;
use serde_json::Value;

use super::{
    group::{Enclosed, Labelled},
    question::{Question, plain},
};
use crate::{control::Select, session::Urgency, words};

fn options(question: Question) -> Memo<Vec<Choice>> {
    Memo::new(move |_| {
        question.field(|field| match &field.kind {
            FieldKind::Choice { options } => options.clone(),
            _ => Vec::new(),
        })
    })
}

/// Chooses, and takes back what does not go with the choice.
fn choose(question: Question, option: &Choice) {
    if option.drops.is_empty() {
        return question.say(Some(option.value.clone()), Urgency::Now);
    }
    let drops = option.drops.iter().map(|path| Operation::Remove { path: path.clone() });
    let choice = Operation::Add {
        path: question.pointer.get_untracked(),
        value: option.value.clone(),
    };
    question.session.mend(&drops.chain([choice]).collect::<Vec<_>>());
}

/// Several of a few values, all in view.
#[component]
pub fn Boxes(
    /// The field.
    question: Question,
    /// Whether something around it names it.
    bare: bool,
) -> impl IntoView {
    let value = Memo::new(move |_| match question.value() {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    });
    // What was said and is not offered can be taken away.
    let boxes = Memo::new(move |_| {
        let mut boxes: Vec<(Value, String)> = question.field(|field| match &field.kind {
            FieldKind::Choices { options } => {
                let options = options.iter();
                options
                    .map(|option| (option.value.clone(), option.label.clone()))
                    .collect()
            }
            _ => Vec::new(),
        });
        for item in value.get() {
            if !boxes.iter().any(|(known, _)| *known == item) {
                let label = plain(&item);
                boxes.push((item, label));
            }
        }
        boxes
    });
    let tick = move |own: &Value| {
        let said = value.get_untracked();
        let order = boxes.get_untracked().into_iter().map(|(value, _)| value);
        let ticked = order.filter(|value| said.contains(value) != (value == own));
        question.say(Some(Value::Array(ticked.collect())), Urgency::Now);
    };
    view! {
        <Enclosed question bare>
            <div class="radios">
                {move || {
                    boxes
                        .get()
                        .into_iter()
                        .enumerate()
                        .map(|(index, (own, label))| {
                            let id = question.part(&format!("option-{index}"));
                            let checked = own.clone();
                            view! {
                                <div class="radio box">
                                    <input
                                        type="checkbox"
                                        id=id.clone()
                                        prop:checked=move || value.with(|value| value.contains(&checked))
                                        on:change=move |_| tick(&own)
                                    />
                                    <label for=id>{label}</label>
                                </div>
                            }
                        })
                        .collect_view()
                }}
            </div>
        </Enclosed>
    }
}

/// A few values, all in view.
#[component]
pub fn Radios(
    /// The field.
    question: Question,
    /// Whether the row names it.
    bare: bool,
) -> impl IntoView {
    let options = options(question);
    let value = Memo::new(move |_| question.value());
    view! {
        <Enclosed question bare>
            <div class="radios">
                {move || {
                    options
                        .get()
                        .into_iter()
                        .enumerate()
                        .map(|(index, option)| {
                            let id = question.part(&format!("option-{index}"));
                            let own = option.value.clone();
                            let label = option.label.clone();
                            view! {
                                <div class="radio">
                                    <input
                                        type="radio"
                                        id=id.clone()
                                        name=question.id()
                                        aria-describedby=move || question.described_by()
                                        prop:checked=move || value.with(|value| value.as_ref() == Some(&own))
                                        on:change=move |_| choose(question, &option)
                                    />
                                    <label for=id>{label}</label>
                                </div>
                            }
                        })
                        .collect_view()
                }}
            </div>
        </Enclosed>
    }
}

/// Many values, or one that may be left out: a list to open.
#[component]
pub fn Selection(
    /// The field.
    question: Question,
    /// Whether the row names it.
    bare: bool,
) -> impl IntoView {
    let options = options(question);
    // The choices, with one in front of them for what the template does not offer: no answer, or a foreign one. Nothing
    // that was said is hidden.
    let choices = move || {
        let value = question.value().filter(|value| !value.is_null());
        let clearable = question.optional() && question.field(|field| field.default.is_none());
        let known = value
            .as_ref()
            .is_some_and(|value| options.with(|options| options.iter().any(|option| option.value == *value)));
        let other = match &value {
            Some(_) if known => clearable.then(|| words::no_choice().to_owned()),
            Some(foreign) => Some(plain(foreign)),
            None if clearable => Some(words::no_choice().to_owned()),
            None => Some(words::choose().to_owned()),
        };
        let other = other.map(|label| (None, label));
        let offered = options
            .get()
            .into_iter()
            .map(|option| (Some(option.value), option.label));
        other.into_iter().chain(offered).collect::<Vec<_>>()
    };
    let chosen = move || {
        let value = question.value().filter(|value| !value.is_null());
        let choices = choices();
        let found = choices.iter().position(|(own, _)| *own == value);
        found.or(Some(0))
    };
    view! {
        <Labelled question bare>
            <Select
                id=question.id()
                options=Signal::derive(move || choices().into_iter().map(|(_, label)| label).collect())
                chosen=Signal::derive(chosen)
                described_by=Signal::derive(move || question.described_by())
                wrong=Signal::derive(move || question.wrong())
                choose=move |index: usize| {
                    let Some((value, _)) = untrack(choices).into_iter().nth(index) else { return };
                    let offered = options.get_untracked().into_iter().find(|option| Some(&option.value) == value.as_ref());
                    match offered {
                        Some(option) => choose(question, &option),
                        None => question.say(value, Urgency::Now),
                    }
                }
            />
        </Labelled>
    }
}
