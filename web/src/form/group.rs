use dagwright_core::field::{Paragraph, Piece, Style};
use leptos::prelude::*;

use super::{fields::Fields, findings::Shown, question::Question};
use crate::{part::When, words};

/// The anatomy of a field with one control: label, hint, findings, control.
#[component]
pub fn Labelled(
    /// The field.
    question: Question,
    /// Whether the label is only for those who cannot see that the row names it.
    bare: bool,
    /// The control.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field" class:field-wrong=move || question.wrong() on:focusin=move |event| question.entered(&event)>
            <label class="label" class:visually-hidden=bare for=question.id()>
                {move || question.title()}
                <Optional question/>
            </label>
            <Hint question/>
            <Shown question/>
            {children()}
        </div>
    }
}

/// The anatomy of a field with several controls.
#[component]
pub fn Enclosed(
    /// The field.
    question: Question,
    /// Whether the legend is only for those who cannot see that the row names it.
    #[prop(optional)]
    bare: bool,
    /// The controls.
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset
            class="field"
            class:field-wrong=move || question.wrong()
            id=question.id()
            tabindex="-1"
            aria-describedby=move || question.described_by()
            on:focusin=move |event| question.entered(&event)
        >
            <legend class="label" class:visually-hidden=bare>
                {move || question.title()}
                <Optional question/>
            </legend>
            <Hint question/>
            <Shown question/>
            {children()}
        </fieldset>
    }
}

/// The questions of a group.
#[component]
pub fn Group(
    /// The group.
    question: Question,
) -> impl IntoView {
    let inside = Signal::derive(move || {
        question
            .node
            .with(|node| node.as_ref().map(|node| node.children.clone()))
            .unwrap_or_default()
    });
    view! {
        <div class="group">
            <Fields session=question.session identity=question.identity() pointer=question.pointer inside/>
        </div>
    }
}

/// What the template says below the label.
#[component]
pub fn Hint(
    /// The field.
    question: Question,
) -> impl IntoView {
    let hint = Memo::new(move |_| (question.prose(), question.hint()));
    move || {
        let (prose, hint) = hint.get();
        if prose.is_empty() {
            let hint = (!hint.is_empty()).then(|| view! { <p class="hint" id=question.part("hint")>{hint}</p> });
            return hint.into_any();
        }
        let paragraphs: Vec<AnyView> = prose.into_iter().map(paragraph).collect();
        view! {
            <div class="hint prose" id=question.part("hint")>
                {paragraphs} {(!hint.is_empty()).then(|| view! { <p>{hint}</p> })}
            </div>
        }
        .into_any()
    }
}

fn paragraph(paragraph: Paragraph) -> AnyView {
    let pieces: Vec<AnyView> = paragraph.pieces.into_iter().map(piece).collect();
    let class = if paragraph.item { "prose-item" } else { "" };
    view! { <p class=class>{pieces}</p> }.into_any()
}

fn piece(piece: Piece) -> AnyView {
    let text = piece.text;
    if let Some(address) = piece.link {
        return view! { <a href=address target="_blank" rel="noopener noreferrer">{text}</a> }.into_any();
    }
    match piece.style {
        Style::Plain => text.into_any(),
        Style::Emphasis => view! { <em>{text}</em> }.into_any(),
        Style::Strong => view! { <strong>{text}</strong> }.into_any(),
        Style::Code => view! { <code>{text}</code> }.into_any(),
    }
}

/// Says that a field may be left empty.
#[component]
fn Optional(question: Question) -> impl IntoView {
    let optional = move || question.optional();
    view! {
        <When when=move || optional()>
            <span class="optional">" " {words::optional()}</span>
        </When>
    }
}
