use dagwright_core::field::{Choice, FieldKind};
use leptos::prelude::*;
use serde_json::Value;

use super::{
    group::{Enclosed, Labelled},
    question::Question,
};
use crate::{session::Pace, words};

fn options(question: Question) -> Memo<Vec<Choice>> {
    Memo::new(move |_| {
        question.field(|field| match &field.kind {
            FieldKind::Choice { options } => options.clone(),
            _ => Vec::new(),
        })
    })
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
                            view! {
                                <div class="radio">
                                    <input
                                        type="radio"
                                        id=id.clone()
                                        name=question.id()
                                        aria-describedby=move || question.described_by()
                                        prop:checked=move || value.with(|value| value.as_ref() == Some(&own))
                                        on:change=move |_| question.say(Some(option.value.clone()), Pace::Now)
                                    />
                                    <label for=id>{option.label}</label>
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
pub fn Select(
    /// The field.
    question: Question,
    /// Whether the row names it.
    bare: bool,
) -> impl IntoView {
    let options = options(question);
    let value = Memo::new(move |_| question.value());
    let chosen = Memo::new(move |_| {
        value.with(|value| {
            let value = value.as_ref()?;
            options.with(|options| options.iter().position(|option| option.value == *value))
        })
    });
    // A value that the template does not offer is shown all the same: nothing that was said is hidden.
    let foreign = move || {
        value
            .get()
            .filter(|value| !value.is_null() && chosen.get().is_none())
            .map(|value| super::question::plain(&value))
    };
    let clearable = move || question.optional() && question.field(|field| field.default.is_none());
    view! {
        <Labelled question bare>
            <select
                class="input select"
                id=question.id()
                aria-describedby=move || question.described_by()
                aria-invalid=move || question.invalid()
                on:change=move |event| {
                    let index = event_target_value(&event).parse::<usize>().ok();
                    let value: Option<Value> = index
                        .and_then(|index| options.with_untracked(|options| options.get(index).map(|option| option.value.clone())));
                    question.say(value, Pace::Now);
                }
                on:blur=move |_| question.left()
            >
                {move || {
                    let words = if let Some(foreign) = foreign() {
                        foreign
                    } else if clearable() {
                        words::NO_CHOICE.to_owned()
                    } else {
                        words::CHOOSE.to_owned()
                    };
                    let hidden = chosen.get().is_some() && !clearable();
                    (!hidden).then(|| view! { <option value="" prop:selected=move || chosen.get().is_none()>{words}</option> })
                }}
                {move || {
                    options
                        .get()
                        .into_iter()
                        .enumerate()
                        .map(|(index, option)| {
                            view! {
                                <option value=index.to_string() prop:selected=move || chosen.get() == Some(index)>
                                    {option.label}
                                </option>
                            }
                        })
                        .collect_view()
                }}
            </select>
        </Labelled>
    }
}
