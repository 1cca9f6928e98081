//! Controls that several parts of the page share.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, HtmlDetailsElement, HtmlElement, KeyboardEvent, Node};

use crate::icon::Icon;

/// A button that is an icon to those who see it and words to those who do not. Where there is nothing to do, it stays
/// where it is and keeps the focus.
#[component]
pub fn IconButton(
    /// The icon.
    icon: &'static str,
    /// The words.
    #[prop(into)]
    label: Signal<String>,
    /// Whether there is nothing to do.
    #[prop(optional, into)]
    off: Signal<bool>,
    /// Its id.
    #[prop(optional, into)]
    id: Option<String>,
    /// What it does.
    #[prop(into)]
    press: Callback<()>,
) -> AnyView {
    view! {
        <button
            type="button"
            class="icon-button"
            id=id
            title=move || label.get()
            aria-label=move || label.get()
            aria-disabled=move || off.get().then_some("true")
            on:click=move |_| {
                if !off.get_untracked() {
                    press.run(());
                }
            }
        >
            <Icon name=icon/>
        </button>
    }
    .into_any()
}

/// A button with an icon and words.
#[component]
pub fn Button(
    /// The icon.
    icon: &'static str,
    /// The words.
    #[prop(into)]
    label: Signal<String>,
    /// Its CSS classes.
    #[prop(default = "button button-small")]
    class: &'static str,
    /// Whether there is nothing to do.
    #[prop(optional, into)]
    off: Signal<bool>,
    /// Its id.
    #[prop(optional, into)]
    id: Option<String>,
    /// What it does.
    #[prop(into)]
    press: Callback<()>,
) -> AnyView {
    view! {
        <button
            type="button"
            class=class
            id=id
            aria-disabled=move || off.get().then_some("true")
            on:click=move |_| {
                if !off.get_untracked() {
                    press.run(());
                }
            }
        >
            <Icon name=icon/>
            <span>{move || label.get()}</span>
        </button>
    }
    .into_any()
}

/// A menu below a button. It closes when something in it is chosen, on Escape, and when the person goes elsewhere.
#[component]
pub fn Menu(
    /// What the button says.
    label: &'static str,
    /// What can be chosen, in words.
    choices: Vec<String>,
    /// Called with the index of what was chosen.
    #[prop(into)]
    choose: Callback<usize>,
) -> AnyView {
    let menu = NodeRef::<html::Details>::new();
    let close = move || menu.with_untracked(|menu| menu.iter().for_each(|menu| menu.set_open(false)));
    let outside = move |target: Option<EventTarget>| {
        let target = target.and_then(|target| target.dyn_into::<Node>().ok());
        menu.with_untracked(|menu| menu.as_ref().is_some_and(|menu| !menu.contains(target.as_ref())))
    };
    let pressed = window_event_listener(ev::pointerdown, move |event| {
        if outside(event.target()) {
            close();
        }
    });
    on_cleanup(move || pressed.remove());
    let escape = move |event: KeyboardEvent| {
        let is_open = menu.with_untracked(|menu| menu.as_ref().is_some_and(HtmlDetailsElement::open));
        if event.key() == "Escape" && is_open {
            event.prevent_default();
            close();
            if let Some(button) = menu.get_untracked().and_then(|menu| menu.first_element_child())
                && let Ok(button) = button.dyn_into::<HtmlElement>()
            {
                drop(button.focus());
            }
        }
    };
    let items = choices.into_iter().enumerate().map(|(index, label)| {
        let press = move |_| {
            close();
            choose.run(index);
        };
        view! { <li><button type="button" on:click=press>{label}</button></li> }
    });
    view! {
        <details
            class="menu"
            node_ref=menu
            on:keydown=escape
            on:focusout=move |event| {
                // A press on nothing takes the focus nowhere, and has been seen above.
                if event.related_target().is_some() && outside(event.related_target()) {
                    close();
                }
            }
        >
            <summary class="button">{label}</summary>
            <ul>{items.collect_view()}</ul>
        </details>
    }
    .into_any()
}

/// A list to open and choose from.
#[component]
pub fn Select(
    /// Its id, for its label.
    #[prop(into)]
    id: String,
    /// What can be chosen.
    #[prop(into)]
    options: Signal<Vec<String>>,
    /// Which is chosen.
    #[prop(into)]
    chosen: Signal<Option<usize>>,
    /// Ids of what describes it.
    #[prop(optional, into)]
    described_by: Signal<Option<String>>,
    /// Whether an error is shown at it.
    #[prop(optional, into)]
    wrong: Signal<bool>,
    /// Called with what was chosen.
    #[prop(into)]
    choose: Callback<usize>,
) -> AnyView {
    view! {
        <select
            class="input select"
            id=id
            aria-describedby=move || described_by.get()
            aria-invalid=move || wrong.get().then_some("true")
            on:change=move |event| {
                if let Ok(index) = event_target_value(&event).parse() {
                    choose.run(index);
                }
            }
        >
            {move || {
                options
                    .get()
                    .into_iter()
                    .enumerate()
                    .map(|(index, label)| {
                        view! {
                            <option value=index.to_string() prop:selected=move || chosen.get() == Some(index)>
                                {label}
                            </option>
                        }
                    })
                    .collect_view()
            }}
        </select>
    }
    .into_any()
}
