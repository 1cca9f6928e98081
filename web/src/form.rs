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

use crate::{
    part::When,
    session::{Reading, Session},
    words,
};
use fields::Fields;
pub use findings::Finding;
pub use summary::{SUMMARY, Summary};
use text::datalist;

/// The names of those lists of the inventory that hold something to choose from.
#[derive(Clone)]
pub struct Offered(Vec<&'static str>);

/// All questions of a template; grey bars until the first answer has come.
#[component]
pub fn Form(
    /// What is being asked.
    session: Session,
    /// What there is to choose from.
    inventory: InventorySource,
) -> impl IntoView {
    let inventory = match inventory {
        InventorySource::Inline(inventory) => inventory,
        InventorySource::Address(_) => Inventory::default(),
    };
    let offered = Inventory::NAMES
        .iter()
        .copied()
        .filter(|name| !inventory.list(name).is_empty());
    let offered: Vec<&'static str> = offered.collect();
    let lists: Vec<AnyView> = offered
        .iter()
        .map(|name| datalist(format!("inventory-{name}"), inventory.list(name).to_vec()))
        .collect();
    provide_context(Offered(offered));
    let roots = Signal::derive(move || session.outline.with(|outline| outline.roots.clone()));
    // A text that cannot be read says nothing about the fields; they rest until it can.
    let resting = move || session.text.with(Option::is_some) && session.reading.get() == Reading::Unreadable;
    // A change of an answer would take the place of what was just written and not read yet.
    let off = move || session.text.with(Option::is_some) && session.reading.get() != Reading::Readable;
    let waiting = move || session.outline.with(|outline| outline.roots.is_empty()) && !resting();
    view! {
        <form novalidate aria-label=words::form() on:submit=|event| event.prevent_default()>
            {lists}
            <When when=move || waiting()>
                <div class="skeleton-form" aria-hidden="true">
                    {(0..5).map(|_| view! { <div class="skeleton skeleton-label"></div><div class="skeleton skeleton-control"></div> }).collect_view()}
                </div>
            </When>
            <fieldset class="form-body" class:form-resting=resting disabled=off>
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
