use std::sync::Arc;

use dagwright_core::diagnostic::{Diagnostic, Severity};
use leptos::prelude::*;

use super::question::Question;
use crate::{icon::Icon, session::Session, words};

/// What is wrong with a field, once it may be shown.
#[component]
pub fn Shown(
    /// The field.
    question: Question,
) -> impl IntoView {
    view! { <Listed session=question.session findings=question.findings id=question.part("findings")/> }
}

/// Findings of one place.
#[component]
pub fn Listed(
    /// Where they can be fixed.
    session: Session,
    /// What was found.
    findings: Memo<Vec<Arc<Diagnostic>>>,
    /// The id of the list, for the control that it describes.
    id: String,
) -> AnyView {
    (move || {
        let findings = findings.get();
        let id = id.clone();
        (!findings.is_empty()).then(|| {
            let findings: Vec<AnyView> = findings
                .into_iter()
                .map(|finding| view! { <Finding session finding/> }.into_any())
                .collect();
            view! { <div class="findings" id=id>{findings}</div> }
        })
    })
    .into_any()
}

/// One finding: what is wrong, what to do, and a button that does it.
#[component]
pub fn Finding(
    /// Where it can be mended.
    session: Session,
    /// What to show.
    finding: Arc<Diagnostic>,
) -> impl IntoView {
    let severity = finding.severity;
    let fix = finding.fix.clone();
    view! {
        <div class=format!("finding finding-{}", name(severity))>
            <Icon name=icon(severity)/>
            <div>
                <p class="finding-message">
                    <span class="visually-hidden">{words::severity(severity)} ": "</span>
                    {finding.message.clone()}
                </p>
                {finding.help.clone().map(|help| view! { <p class="finding-help">{help}</p> })}
                {finding.link.clone().map(|link| view! {
                    <p class="finding-help"><a href=link.clone() target="_blank" rel="noopener noreferrer">{link.clone()}</a></p>
                })}
                {fix.map(|fix| {
                    view! {
                        <button
                            type="button"
                            class="button button-small"
                            on:click=move |_| {
                                let words = if session.mend(&fix.operations) {
                                    words::done()
                                } else {
                                    words::fix_no_longer_fits()
                                };
                                session.announce(words.to_owned());
                            }
                        >
                            {fix.title.clone()}
                        </button>
                    }
                })}
            </div>
        </div>
    }
}

/// The name of a severity in CSS classes.
pub fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "information",
        Severity::Hint => "hint",
    }
}

fn icon(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "information",
    }
}
