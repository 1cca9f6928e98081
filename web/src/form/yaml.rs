use dagwright_core::field::FieldKind;
use leptos::{prelude::*, task::spawn_local};

use super::{group::Labelled, question::Question};
use crate::{session::Urgency, words};

/// Anything that has no better control, as YAML. It is read by the engine when the person leaves it.
#[component]
pub fn Yaml(
    /// The field.
    question: Question,
    /// Whether the row names it.
    bare: bool,
) -> impl IntoView {
    let known = Memo::new(move |_| {
        question.field(|field| match &field.kind {
            FieldKind::Yaml { text } => text.clone(),
            _ => String::new(),
        })
    });
    let text = RwSignal::new(known.get_untracked());
    let writing = RwSignal::new(false);
    let broken = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        let known = known.get();
        if !writing.get_untracked() {
            text.set(known);
        }
    });
    let read = move || {
        if !writing.get_untracked() {
            return;
        }
        writing.set(false);
        let written = text.get_untracked();
        if written.trim().is_empty() {
            broken.set(None);
            return question.say(None, Urgency::Now);
        }
        spawn_local(async move {
            match question.session.read_yaml(&written).await {
                Ok(value) => {
                    broken.try_set(None);
                    question.say(Some(value), Urgency::Now);
                }
                Err(message) => drop(broken.try_set(Some(message))),
            }
        });
    };
    view! {
        <Labelled question bare>
            {move || {
                broken
                    .get()
                    .map(|message| {
                        view! {
                            <p class="finding finding-error" id=question.part("broken")>
                                {words::not_kept(&message)}
                            </p>
                        }
                    })
            }}
            <textarea
                class="input code"
                id=question.id()
                rows="5"
                spellcheck="false"
                aria-describedby=move || {
                    let broken = broken.with(Option::is_some).then(|| question.part("broken"));
                    let ids: Vec<_> = question.described_by().into_iter().chain(broken).collect();
                    (!ids.is_empty()).then(|| ids.join(" "))
                }
                aria-invalid=move || {
                    if broken.with(Option::is_some) { Some("true") } else { question.invalid() }
                }
                prop:value=move || text.get()
                on:input=move |event| {
                    writing.set(true);
                    text.set(event_target_value(&event));
                }
                on:blur=move |_| {
                    read();
                    question.left();
                }
            ></textarea>
        </Labelled>
    }
}
