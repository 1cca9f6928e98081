use dagwright_core::diagnostic::Diagnostic;
use leptos::prelude::*;

use crate::{outline::field_of, session::Session, words};

/// The id of the summary, which takes the focus when something is wrong.
pub const SUMMARY: &str = "error-summary";

/// What is wrong, with a link to each place.
#[component]
pub fn Summary(
    /// What was checked.
    session: Session,
    /// Called for a finding that belongs to no field.
    elsewhere: Callback<()>,
) -> impl IntoView {
    let errors = Memo::new(move |_| {
        if !session.checked.get() {
            return Vec::new();
        }
        session
            .findings
            .with(|findings| findings.errors().cloned().collect::<Vec<_>>())
    });
    let some = Memo::new(move |_| errors.with(|errors| !errors.is_empty()));
    let go = move |error: &Diagnostic| {
        let field = session.outline.with_untracked(|outline| field_of(error, outline));
        match field {
            Some(field) => session.bring(&field),
            None => elsewhere.run(()),
        }
    };
    view! {
        <Show when=move || some.get()>
            <div class="summary" id=SUMMARY tabindex="-1">
                <div role="alert">
                    <h2>{move || words::there_is_a_problem(errors.with(Vec::len))}</h2>
                    <ul>
                        <For
                            each=move || errors.get().into_iter().enumerate()
                            key=|(index, error)| (*index, error.message.clone(), error.primary.pointer.clone())
                            children=move |(_, error)| {
                                let message = error.message.clone();
                                let here = window().location().hash().unwrap_or_default();
                                view! {
                                    <li>
                                        <a
                                            href=here.clone()
                                            on:click=move |event| {
                                                event.prevent_default();
                                                go(&error);
                                            }
                                        >
                                            {message}
                                        </a>
                                    </li>
                                }
                            }
                        />
                    </ul>
                </div>
            </div>
        </Show>
    }
}
