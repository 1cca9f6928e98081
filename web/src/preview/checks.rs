use std::sync::Arc;

use dagwright_core::diagnostic::{Diagnostic, Severity};
use leptos::prelude::*;

use crate::{form::Finding, icon::Icon, outline::field_of, session::Session, words};

const SEVERITIES: [Severity; 4] = [
    Severity::Error,
    Severity::Warning,
    Severity::Information,
    Severity::Hint,
];

/// Every finding, the worst first.
#[component]
pub fn Checks(
    /// What was checked.
    session: Session,
) -> impl IntoView {
    let all = Memo::new(move |_| session.findings.with(|findings| findings.all.clone()));
    let asked = move || session.answer.with(Option::is_some);
    view! {
        <div class="checks">
            {move || {
                let all = all.get();
                if all.is_empty() {
                    let words = if asked() { words::nothing_found() } else { words::starting() };
                    return view! { <p class="all-good"><Icon name="check"/> {words}</p> }.into_any();
                }
                SEVERITIES
                    .into_iter()
                    .filter_map(|severity| {
                        let findings: Vec<_> = all.iter().filter(|finding| finding.severity == severity).cloned().collect();
                        (!findings.is_empty()).then(|| {
                            view! {
                                <section>
                                    <h3>{words::severities(severity)} " " <span class="count">{findings.len()}</span></h3>
                                    <ul>
                                        {findings.into_iter().map(|finding| view! { <Check session finding/> }).collect_view()}
                                    </ul>
                                </section>
                            }
                        })
                    })
                    .collect_view()
                    .into_any()
            }}
        </div>
    }
}

/// One finding with its place.
#[component]
fn Check(session: Session, finding: Arc<Diagnostic>) -> impl IntoView {
    let field = session.outline.with_untracked(|outline| {
        let pointer = field_of(&finding, outline)?;
        let title = outline.get(&pointer)?.field.title.clone();
        Some((pointer, title))
    });
    let label = &finding.primary;
    let line = label.span.map(|span| words::line_and_column(span.line, span.column));
    let place = match (&label.file, line) {
        (Some(file), Some(line)) => Some(format!("{file}, {line}")),
        (Some(file), None) => Some(file.clone()),
        (None, line) => line,
    };
    let code = finding.code.clone();
    view! {
        <li>
            <Finding session finding/>
            <p class="check-place">
                {match field {
                    Some((pointer, title)) => {
                        view! {
                            <button type="button" class="link" on:click=move |_| session.bring(&pointer)>
                                {words::go_to(&title)}
                            </button>
                        }
                            .into_any()
                    }
                    None => place.into_any(),
                }}
                <code class="check-code">{code}</code>
            </p>
        </li>
    }
}
