use leptos::{html, prelude::*};
use serde_json::json;

use super::{
    CONFIG_TEXT, PANEL,
    code::{Copy, Text},
};
use crate::{
    control::Button,
    download, focus,
    part::When,
    session::{Session, Urgency},
    words,
};

/// Id of the button that leads to the text.
const EDIT: &str = "config-edit";

/// The config as YAML, which can also be written by hand.
#[component]
pub fn Config(
    /// What is being made.
    session: Session,
) -> impl IntoView {
    let text = Signal::derive(move || {
        session
            .answer
            .with(|answer| answer.as_ref().map(|answer| answer.text.clone()).unwrap_or_default())
    });
    let path = move || {
        session
            .answer
            .with(|answer| answer.as_ref().map(|answer| answer.path.clone()).unwrap_or_default())
    };
    let state = Signal::derive(move || {
        text.with(|text| Some(json!({"text": text, "language": "yaml", "label": words::config()}).to_string()))
    });
    let writing = move || session.text.with(Option::is_some);
    // The button that was pressed is gone, and the focus with it.
    Effect::new(move |before: Option<bool>| {
        let now = writing();
        if before.is_some_and(|before| before != now) && focus::is_free_or_in(PANEL) {
            focus::soon(if now { CONFIG_TEXT } else { EDIT }.to_owned());
        }
        now
    });
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
                        <Button
                            icon="edit"
                            label=words::edit_as_text()
                            id=EDIT.to_owned()
                            press=move |()| session.write(text.get_untracked(), Urgency::Now)
                        />
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
        <Unreadable session/>
    }
}

/// Asks what is to become of a text that cannot be read, before the form takes its place.
#[component]
fn Unreadable(session: Session) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if session.leaving.get() && !dialog.open() {
            drop(dialog.show_modal());
        } else if !session.leaving.get_untracked() && dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-labelledby="unreadable-title"
            aria-describedby="unreadable-help"
            on:close=move |_| {
                session.leaving.set(false);
                if session.text.with_untracked(Option::is_some) {
                    focus::soon(CONFIG_TEXT.to_owned());
                }
            }
        >
            <h2 id="unreadable-title">{words::text_unreadable()}</h2>
            <p id="unreadable-help">{words::text_unreadable_help()}</p>
            <div class="dialog-buttons">
                <button type="button" class="button" on:click=move |_| session.discard_text()>{words::discard_text()}</button>
                <button type="button" class="button button-main" autofocus on:click=move |_| session.leaving.set(false)>
                    {words::keep_writing()}
                </button>
            </div>
        </dialog>
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
