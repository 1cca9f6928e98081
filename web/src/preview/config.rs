use leptos::prelude::*;
use serde_json::json;

use super::{
    CONFIG_TEXT,
    code::{Copy, Text},
};
use crate::{
    control::Button,
    download,
    part::When,
    session::{Session, Urgency},
    words,
};

/// The config as YAML, which can also be written by hand.
#[component]
pub fn Config(
    /// What is being made.
    session: Session,
) -> impl IntoView {
    let text = Signal::derive(move || {
        session.answer.with(|answer| {
            answer
                .as_ref()
                .map(|answer| answer.config.text.clone())
                .unwrap_or_default()
        })
    });
    let path = move || {
        session.answer.with(|answer| {
            answer
                .as_ref()
                .map(|answer| answer.config.path.clone())
                .unwrap_or_default()
        })
    };
    let state = Signal::derive(move || text.with(|text| Some(json!({"text": text, "language": "yaml", "label": words::config()}))));
    let writing = move || session.text.with(Option::is_some);
    let save = move |()| {
        let saved = download::save(&untrack(path), text.get_untracked().as_bytes(), "application/yaml");
        session.announce(
            if saved.is_ok() {
                words::saved()
            } else {
                words::not_saved()
            }
            .to_owned(),
        );
    };
    view! {
        <div class="panel-bar">
            <p class="path">{move || path()}</p>
            <When
                when=move || writing()
                fallback=move || {
                    view! {
                        <Button icon="edit" label=words::edit_as_text() press=move |()| session.write(text.get_untracked(), Urgency::Now)/>
                    }
                }
            >
                <Button icon="check" label=words::back_to_form() press=move |()| session.stop_writing()/>
            </When>
            <Copy session text/>
            <Button icon="download" label=words::download() press=save/>
        </div>
        <When when=move || writing() fallback=move || view! { <Text session state/> }>
            <label class="visually-hidden" for=CONFIG_TEXT>{words::config()}</label>
            <textarea
                class="input code config-text"
                id=CONFIG_TEXT
                spellcheck="false"
                autocapitalize="off"
                prop:value=move || session.text.get().unwrap_or_default()
                on:input=move |event| session.write(event_target_value(&event), Urgency::Typing)
            ></textarea>
            <Broken session/>
        </When>
    }
}

/// What is wrong with a config that is being written, by line and column.
#[component]
fn Broken(session: Session) -> impl IntoView {
    let errors = move || {
        session
            .findings
            .with(|findings| findings.errors().cloned().collect::<Vec<_>>())
    };
    move || {
        let errors = errors();
        (!errors.is_empty()).then(|| {
            let lines = errors.into_iter().map(|error| {
                let span = error.primary.span;
                let place = span.map(|span| words::line_and_column(span.line, span.column));
                view! {
                    <p class="finding finding-error">
                        {place.map(|place| view! { <strong>{place} ": "</strong> })}
                        {error.message.clone()}
                    </p>
                }
            });
            view! { <div class="broken">{lines.collect_view()}</div> }
        })
    }
}
