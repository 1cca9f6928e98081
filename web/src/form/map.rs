use dagwright_core::field::FieldKind;
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value;

use super::{
    fields::Field,
    findings::Listed,
    group::Enclosed,
    list::{position, rows},
    question::Question,
    text::Suggestions,
};
use crate::{
    control::{Button, IconButton},
    focus,
    part::{Each, When},
    rows::{self, element_id, name_id},
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
    let known = move || known(question);
    let numbers = rows(question);
    let some = move || numbers.with(|numbers| !numbers.is_empty());
    let add = move |()| {
        let blank = question.field(|field| match &field.kind {
            FieldKind::Map { blank, .. } => blank.clone(),
            _ => Value::Null,
        });
        let place = session.add_entry(&question.pointer.get_untracked(), blank);
        focus::soon(name_id(&session.identity(&place)));
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

/// Names that the template knows.
fn known(question: Question) -> Vec<String> {
    question.field(|field| match &field.kind {
        FieldKind::Map { names, .. } => names.clone(),
        _ => Vec::new(),
    })
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
    let control = name_id(&identity);
    // What is wrong with the name is said when the person leaves it, as with any answer.
    let left = StoredValue::new(control.clone());
    let changed = StoredValue::new(false);
    let findings = Memo::new(move |_| {
        let shown = session.checked.get()
            || left.with_value(|own| session.shown.with(|shown| shown.iter().any(|other| other == own)));
        if shown {
            session
                .findings
                .with(|findings| pointer.with(|pointer| findings.at_name(pointer)))
        } else {
            Vec::new()
        }
    });
    let leave = move |_| {
        session.ask(Urgency::Now);
        if changed.get_value() {
            spawn_local(async move {
                focus::released().await;
                left.try_with_value(|own| session.show(own));
            });
        }
    };
    let refused = move || taken.get() || unnamed();
    let found = move || findings.with(|findings| !findings.is_empty());
    let described = {
        let (problem, findings) = (problem.clone(), format!("{control}-findings"));
        move || {
            let ids = [refused().then_some(&problem), found().then_some(&findings)];
            let ids: Vec<&str> = ids.into_iter().flatten().map(String::as_str).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    view! {
        <li class="row row-map">
            <div class="field">
                <label class="label visually-hidden" for=control.clone()>
                    {move || words::name_of_item(&name.get(), index.get().saturating_add(1))}
                </label>
                <input
                    class="input code"
                    id=control.clone()
                    type="text"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    list=move || (!known(map).is_empty()).then(|| map.part("names"))
                    aria-invalid=move || (refused() || found()).then_some("true")
                    aria-describedby=described
                    prop:value=move || text.get()
                    on:input=move |event| {
                        changed.set_value(true);
                        write(event_target_value(&event));
                    }
                    on:blur=leave
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
                <Listed session findings id=format!("{control}-findings")/>
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
