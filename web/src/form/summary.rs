use std::sync::Arc;

use dagwright_core::diagnostic::Diagnostic;
use leptos::prelude::*;

use crate::{part::When, session::Session, words};

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
            .outline
            .with(|outline| session.findings.with(|findings| findings.errors_by_field(outline)))
    });
    let some = move || errors.with(|errors| !errors.is_empty());
    let go = Callback::new(move |error: Arc<Diagnostic>| {
        if !session.lead_to(&error) {
            elsewhere.run(());
        }
    });
    view! {
        <When when=move || some()>
            <div class="summary" id=SUMMARY tabindex="-1">
                <div role="alert">
                    <h2>{move || words::there_is_a_problem(errors.with(Vec::len))}</h2>
                    <ul>
                        {move || {
                            let here = window().location().hash().unwrap_or_default();
                            errors.get().into_iter().map(|error| link(error, here.clone(), go)).collect_view()
                        }}
                    </ul>
                </div>
            </div>
        </When>
    }
}

/// A link that leads to the place of an error.
fn link(error: Arc<Diagnostic>, here: String, go: Callback<Arc<Diagnostic>>) -> impl IntoView {
    let message = error.message.clone();
    view! {
        <li>
            <a
                href=here
                on:click=move |event| {
                    event.prevent_default();
                    go.run(error.clone());
                }
            >
                {message}
            </a>
        </li>
    }
}
