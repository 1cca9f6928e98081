use std::sync::Arc;

use dagwright_core::diagnostic::{Diagnostic, Severity};
use leptos::prelude::*;

use super::code::Copy;
use crate::{
    form::Finding,
    icon::Icon,
    outline::{Outline, field_of},
    part::When,
    session::Session,
    words,
};

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
    let none = move || all.with(Vec::is_empty);
    let text = Signal::derive(move || session.outline.with(|outline| all.with(|all| markdown(all, outline))));
    view! {
        <When when=move || !none()>
            <div class="panel-bar">
                <Copy session text label=words::copy_findings()/>
            </div>
        </When>
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
    let titles = session.outline.with_untracked(|outline| {
        let pointer = field_of(&finding, outline)?;
        Some(outline.label(&pointer))
    });
    let label = &finding.primary;
    let line = label.span.map(|span| words::line_and_column(span.line, span.column));
    let place = match (&label.file, line) {
        (Some(file), Some(line)) => Some(format!("{file}, {line}")),
        (Some(file), None) => Some(file.clone()),
        (None, line) => line,
    };
    let code = finding.code.clone();
    let place_of = finding.clone();
    view! {
        <li>
            <Finding session finding/>
            <p class="check-place">
                {match titles {
                    Some(titles) => {
                        let lead = move |_| {
                            session.lead_to(&place_of);
                        };
                        view! {
                            <button type="button" class="link" on:click=lead>
                                {words::go_to(&titles)}
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

/// The findings as a list that can be pasted into an issue or a chat. A finding is set as text: what it quotes is not
/// read as markup.
fn markdown(findings: &[Arc<Diagnostic>], outline: &Outline) -> String {
    let lines = findings.iter().map(|finding| {
        let title = field_of(finding, outline)
            .map(|pointer| format!(" ({})", plain(&outline.label(&pointer))))
            .unwrap_or_default();
        let help = finding
            .help
            .as_deref()
            .map(|help| format!(" {}", plain(help)))
            .unwrap_or_default();
        format!(
            "- **{}**{title}: {}{help} `{}`\n",
            words::severity(finding.severity),
            plain(&finding.message),
            finding.code
        )
    });
    lines.collect()
}

/// A text in which Markdown finds no markup.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' => plain.push(' '),
            _ => {
                if "\\`*_[]<>#|~&@".contains(letter) {
                    plain.push('\\');
                }
                plain.push(letter);
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_is_quoted_is_no_markup() {
        assert_eq!(plain("a <b>\n[x](y) @all"), r"a \<b\> \[x\](y) \@all");
    }
}
