use dagwright_core::field::FieldKind;
use leptos::prelude::*;
use serde_json::Value;

use super::{
    fields::Field,
    group::Enclosed,
    list::{position, rows},
    question::Question,
    text::Suggestions,
};
use crate::{
    control::{Button, IconButton},
    focus,
    part::{Each, When},
    rows::{self, element_id},
    session::Urgency,
    words,
};

/// Names with an answer each.
#[component]
pub fn Map(
    /// The field.
    question: Question,
    /// Whether something around it names it.
    bare: bool,
) -> impl IntoView {
    let session = question.session;
    let name = Memo::new(move |_| {
        question.field(|field| match &field.kind {
            FieldKind::Map { key_title, .. } => key_title.clone(),
            _ => String::new(),
        })
    });
    let known = move || {
        question.field(|field| match &field.kind {
            FieldKind::Map { names, .. } => names.clone(),
            _ => Vec::new(),
        })
    };
    let numbers = rows(question);
    let some = move || numbers.with(|numbers| !numbers.is_empty());
    let add = move |()| {
        let blank = question.field(|field| match &field.kind {
            FieldKind::Map { blank, .. } => blank.clone(),
            _ => Value::Null,
        });
        let place = session.add_entry(&question.pointer.get_untracked(), blank);
        focus::soon(format!("{}-name", element_id(&session.identity(&place))));
        session.announce(words::added(&name.get_untracked()));
    };
    view! {
        <Enclosed question bare>
            <When when=move || some()>
                <div class="map-head" aria-hidden="true">
                    <span>{move || words::name_of(&name.get())}</span>
                    <span>{words::value()}</span>
                </div>
            </When>
            <Suggestions id=question.part("names") values=Signal::derive(known)/>
            <ul class="rows rows-map">
                <Each
                    keys=move || numbers.with(|numbers| numbers.iter().map(u32::to_string).collect())
                    draw=move |number: String| {
                        let number = number.parse().unwrap_or_default();
                        view! { <Entry map=question number name/> }.into_any()
                    }
                />
            </ul>
            <Button
                icon="plus"
                label=Signal::derive(move || words::add(&name.get()))
                class="button button-add"
                id=question.part("add")
                press=add
            />
        </Enclosed>
    }
}

/// One name and its answer.
#[component]
fn Entry(map: Question, number: u32, name: Memo<String>) -> impl IntoView {
    let session = map.session;
    let identity = rows::row(&map.identity(), number);
    let id = element_id(&identity);
    let index = position(session, map, number);
    let key = Memo::new(move |_| {
        map.pointer
            .with(|map| session.key_at(map, index.get()))
            .unwrap_or_default()
    });
    let pointer = Signal::derive(move || map.pointer.with(|map| key.with(|key| map.key(key))));
    let text = RwSignal::new(key.get_untracked());
    let taken = RwSignal::new(false);
    let unnamed = move || key.with(String::is_empty) && session.checked.get();
    Effect::new(move |_| {
        let key = key.get();
        if !taken.get_untracked() {
            text.set(key);
        }
    });
    let shown = move || {
        let key = key.get();
        if key.is_empty() {
            words::item(&name.get(), index.get().saturating_add(1))
        } else {
            key
        }
    };
    let write = move |written: String| {
        let accepted = session.rename_entry(&map.pointer.get_untracked(), index.get_untracked(), &written);
        taken.set(!accepted);
        text.set(written);
    };
    let remove = move |()| {
        let at = index.get_untracked();
        let name = untrack(shown);
        session.remove_row(&map.pointer.get_untracked(), at);
        let next = session.rows.with_untracked(|rows| {
            let numbers = rows.of(&map.identity());
            numbers.get(at).or(numbers.last()).copied()
        });
        focus::soon(match next {
            Some(number) => format!("{}-remove", element_id(&rows::row(&map.identity(), number))),
            None => map.part("add"),
        });
        session.announce(words::removed(&name));
    };
    let problem = format!("{id}-problem");
    let described = problem.clone();
    view! {
        <li class="row row-map">
            <div class="field">
                <label class="label visually-hidden" for=format!("{id}-name")>
                    {move || words::name_of_item(&name.get(), index.get().saturating_add(1))}
                </label>
                <input
                    class="input code"
                    id=format!("{id}-name")
                    type="text"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    list=map.part("names")
                    aria-invalid=move || (taken.get() || unnamed()).then_some("true")
                    aria-describedby=move || (taken.get() || unnamed()).then(|| described.clone())
                    prop:value=move || text.get()
                    on:input=move |event| write(event_target_value(&event))
                    on:blur=move |_| session.ask(Urgency::Now)
                />
                {move || {
                    let words = if taken.get() {
                        words::name_is_taken(&text.get())
                    } else if unnamed() {
                        words::name_is_missing(&name.get())
                    } else {
                        return None;
                    };
                    Some(view! { <p class="finding finding-error" id=problem.clone()>{words}</p> })
                }}
            </div>
            <Field session identity pointer bare=true/>
            <IconButton
                icon="remove"
                label=Signal::derive(move || words::remove(&shown()))
                id=format!("{id}-remove")
                press=remove
            />
        </li>
    }
}
