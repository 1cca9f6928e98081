use leptos::prelude::*;
use serde_json::Value;

use super::{findings::Shown, group::Hint, question::Question};
use crate::session::Urgency;

/// Yes or no.
#[component]
pub fn Switch(
    /// The field.
    question: Question,
) -> impl IntoView {
    let on = move || question.value() == Some(Value::Bool(true));
    view! {
        <div class="field field-switch" class:field-wrong=move || question.wrong() on:focusin=move |event| question.entered(&event)>
            <input
                class="switch"
                id=question.id()
                type="checkbox"
                role="switch"
                aria-describedby=move || question.described_by()
                aria-invalid=move || question.invalid()
                prop:checked=on
                on:change=move |event| {
                    question.say(Some(Value::Bool(event_target_checked(&event))), Urgency::Now);
                }
            />
            <div>
                <label class="label" for=question.id()>{move || question.title()}</label>
                <Hint question/>
                <Shown question/>
            </div>
        </div>
    }
}
