//! The form: every field of the answer as a question.

mod branch;
mod choice;
mod fields;
mod findings;
mod group;
mod list;
mod map;
mod number;
mod question;
mod schedule;
mod summary;
mod switch;
mod text;
mod yaml;

use dagwright_core::{
    pointer::Pointer,
    settings::{Inventory, InventorySource},
};
use leptos::prelude::*;

use crate::{part::When, session::Session, words};
use fields::Fields;
pub use findings::Finding;
pub use summary::{SUMMARY, Summary};
use text::Suggestions;

/// All questions of a template; grey bars until the first answer has come.
#[component]
pub fn Form(
    /// What is being asked.
    session: Session,
    /// What there is to choose from.
    inventory: InventorySource,
) -> impl IntoView {
    let lists: Vec<AnyView> = match inventory {
        InventorySource::Inline(inventory) => {
            let lists = Inventory::NAMES.iter();
            lists
                .map(|name| {
                    let values = inventory.list(name).to_vec();
                    view! { <Suggestions id=format!("inventory-{name}") values=Signal::stored(values)/> }.into_any()
                })
                .collect()
        }
        InventorySource::Address(_) => Vec::new(),
    };
    let roots = Signal::derive(move || session.outline.with(|outline| outline.roots.clone()));
    let waiting = move || session.outline.with(|outline| outline.roots.is_empty());
    // A text that cannot be read says nothing about the fields; they rest until it can.
    let resting = move || {
        session.text.with(Option::is_some)
            && session
                .answer
                .with(|answer| answer.as_ref().is_some_and(|answer| !answer.is_readable()))
    };
    view! {
        <form novalidate aria-label=words::form() on:submit=|event| event.prevent_default()>
            {lists}
            <When when=move || waiting()>
                <div class="skeleton-form" aria-hidden="true">
                    {(0..5).map(|_| view! { <div class="skeleton skeleton-label"></div><div class="skeleton skeleton-control"></div> }).collect_view()}
                </div>
            </When>
            <fieldset class="form-body" disabled=resting>
                <legend class="visually-hidden">{words::form()}</legend>
                <When when=move || resting()>
                    <p class="notice">{words::form_rests()}</p>
                </When>
                <Fields
                    session=session
                    identity=String::new()
                    pointer=Signal::derive(Pointer::root)
                    inside=roots
                    outermost=true
                />
            </fieldset>
        </form>
    }
}
