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
            FieldKind::Choice { options } | FieldKind::Choices { options } => options.to_vec(),
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

/// A few values, all in view: one of them, or several.
#[component]
pub fn Radios(
    /// The field.
    question: Question,
    /// Whether the row names it.
    bare: bool,
    /// Whether several can be chosen.
    several: bool,
) -> impl IntoView {
    let value = Memo::new(move |_| question.value());
    let said = move || match value.get() {
        Some(Value::Array(items)) if several => items,
        one => one.into_iter().collect(),
    };
    let offered = options(question);
    // What was said and is not offered can be taken away.
    let options = Memo::new(move |_| {
        let mut options = offered.get();
        if several {
            for item in said() {
                if !options.iter().any(|option| option.value == item) {
                    let label = plain(&item);
                    options.push(Choice {
                        value: item,
                        label,
                        drops: Vec::new(),
                    });
                }
            }
        }
        options
    });
    let pick = move |option: &Choice| {
        if !several {
            return choose(question, option);
        }
        let said = untrack(said);
        let order = options.get_untracked().into_iter().map(|option| option.value);
        let ticked = order.filter(|value| said.contains(value) != (*value == option.value));
        question.say(Some(Value::Array(ticked.collect())), Urgency::Now);
    };
    view! {
        <Enclosed question bare>
            <div class="radios" class:boxes=several>
                {move || {
                    let draw = |(index, option): (usize, Choice)| {
                        let id = question.part(&format!("option-{index}"));
                        let own = option.value.clone();
                        let label = option.label.clone();
                        view! {
                            <div class="radio">
                                <input
                                    type=if several { "checkbox" } else { "radio" }
                                    id=id.clone()
                                    name=question.id()
                                    aria-describedby=move || question.described_by()
                                    prop:checked=move || said().contains(&own)
                                    on:change=move |_| pick(&option)
                                />
                                <label for=id>{label}</label>
                            </div>
                        }
                    };
                    options.get().into_iter().enumerate().map(draw).collect_view()
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
        let clearable = question.optional() && question.field(|field| field.prompt.default.is_none());
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
