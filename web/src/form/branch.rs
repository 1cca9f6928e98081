use dagwright_core::field::Branch;
use leptos::prelude::*;
use serde_json::Value;

use super::{group::Hint, question::Question};
use crate::{
    control::{Button, Select},
    part::When,
    session::Urgency,
    words,
};

/// Which form an answer has, where it may have several; below it stands the control for that form. A form that is left
/// and chosen again has the answers that it had.
#[component]
pub fn Branches(
    /// The field.
    question: Question,
    /// Whether the row names it.
    bare: bool,
    /// Whether the control below has an element for the field itself.
    named: bool,
    /// The control.
    children: ChildrenFn,
) -> AnyView {
    let branches = Memo::new(move |_| question.field(|field| field.branches.clone()));
    let branch = Memo::new(move |_| question.field(|field| field.branch));
    let left = StoredValue::new(Vec::<(String, Value)>::new());
    let enter = move |chosen: Option<Branch>| {
        let now = branch
            .get_untracked()
            .and_then(|index| branches.get_untracked().into_iter().nth(index));
        if let (Some(now), Some(said)) = (now, untrack(|| question.said())) {
            left.update_value(|left| {
                left.retain(|(title, _)| *title != now.title);
                left.push((now.title, said));
            });
        }
        let value = chosen.map(|chosen| {
            let known = left.with_value(|left| {
                let mut known = left.iter();
                known
                    .find(|(title, _)| *title == chosen.title)
                    .map(|(_, value)| value.clone())
            });
            known.unwrap_or(chosen.value)
        });
        question.say(value, Urgency::Now);
    };
    // Where nothing is chosen yet, or an answer may be left out, the first choice is none.
    let has_none = move || branch.get().is_none() || question.optional();
    let options = move || {
        let none = match branch.get() {
            None => words::choose(),
            Some(_) => words::no_choice(),
        };
        let titles = branches.get().into_iter().map(|branch| branch.title);
        has_none()
            .then(|| none.to_owned())
            .into_iter()
            .chain(titles)
            .collect::<Vec<_>>()
    };
    let chosen = move || match branch.get() {
        Some(index) => Some(index + usize::from(has_none())),
        None => Some(0),
    };
    let only = move || branches.with(|branches| branches.len() == 1);
    let toggle = move |()| match branch.get_untracked() {
        None => enter(branches.get_untracked().into_iter().next()),
        Some(_) => enter(None),
    };
    let label = move || match branch.get() {
        None => words::add(&question.title()),
        Some(_) => words::remove(&question.title()),
    };
    let select = move || {
        view! {
            <Select
                id=question.part("branch")
                options=Signal::derive(options)
                chosen=Signal::derive(chosen)
                described_by=Signal::derive(move || if named { None } else { question.described_by() })
                choose=move |index: usize| {
                    let index = index.checked_sub(usize::from(untrack(has_none)));
                    enter(index.and_then(|index| branches.get_untracked().into_iter().nth(index)));
                }
            />
        }
    };
    view! {
        <div class="field branches" id=(!named).then(|| question.id()) tabindex="-1">
            <When when=move || !only()>
                <label class="label" class:visually-hidden=bare for=question.part("branch")>
                    {move || question.title()}
                    {move || question.optional().then(|| view! { <span class="optional">" " {words::optional()}</span> })}
                </label>
            </When>
            {(!named).then(|| view! { <Hint question/> })}
            <When when=only fallback=select>
                <Button
                    icon=if branch.get_untracked().is_none() { "plus" } else { "remove" }
                    label=Signal::derive(label)
                    class="button button-add"
                    press=toggle
                />
            </When>
            {children()}
        </div>
    }
    .into_any()
}
