use leptos::{html, prelude::*};

use crate::{
    address::{self, Route},
    app::Shell,
    elements,
    icon::Icon,
    storage::{self, Theme},
    words,
};

/// The name of the portal, and what can be done everywhere.
#[component]
pub fn Header(
    /// What all pages share.
    shell: Shell,
) -> impl IntoView {
    let (title, logo) = shell
        .portal
        .with_value(|portal| (portal.settings.title.clone(), portal.settings.logo.clone()));
    view! {
        <header class="header">
            <a class="brand" href=Route::Catalogue.href()>
                {match logo {
                    Some(address) => view! { <img class="logo" src=address alt=""/> }.into_any(),
                    None => {
                        view! {
                            <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
                                <path d="M11 16h4q3 0 3-3v-1q0-3 3-3M15 16q3 0 3 3v1q0 3 3 3"></path>
                                <circle cx="7" cy="16" r="4"></circle>
                                <circle cx="25" cy="9" r="4"></circle>
                                <circle cx="25" cy="23" r="4"></circle>
                            </svg>
                        }
                            .into_any()
                    }
                }}
                <span>{title}</span>
            </a>
            <div class="header-buttons">
                <button type="button" class="button button-quiet" title=words::open_config() on:click=move |_| shell.opening.set(true)>
                    <Icon name="open"/>
                    <span>{words::open_config()}</span>
                </button>
                <a class="button button-quiet" href=Route::Check.href() title=words::check_configs()>
                    <Icon name="check"/>
                    <span>{words::check_configs()}</span>
                </a>
                <LanguageButton shell/>
                <ThemeButton/>
                <dagwright-keys on:single=|event| storage::keep_single_keys(&elements::said(&event, "single"))></dagwright-keys>
            </div>
        </header>
    }
}

/// Shows the page in the other language. That is another page: the answers wait in the draft meanwhile, and what does not wait is told
/// before it is lost.
#[component]
fn LanguageButton(shell: Shell) -> impl IntoView {
    let (code, name) = words::language::other();
    let dialog = NodeRef::<html::Dialog>::new();
    let lost = RwSignal::new(Vec::<&'static str>::new());
    let change = move || {
        if storage::keep_language(code) {
            drop(window().location().reload());
        } else {
            address::go_in_language(code);
        }
    };
    let choose = move |_| {
        let results = shell.results.get_untracked().then(words::language_loses_results);
        let answers = (!storage::keeps()).then(words::language_loses_answers);
        lost.set(results.into_iter().chain(answers).collect());
        if lost.with_untracked(Vec::is_empty) {
            change();
        } else if let Some(dialog) = dialog.get_untracked() {
            drop(dialog.show_modal());
        }
    };
    let close = move |_| dialog.with_untracked(|dialog| dialog.iter().for_each(web_sys::HtmlDialogElement::close));
    view! {
        <button type="button" class="icon-button language" lang=code title=name on:click=choose>
            {code.to_ascii_uppercase()}
        </button>
        <dialog class="dialog" node_ref=dialog aria-labelledby="language-title">
            <h2 id="language-title">{words::change_language(name)}</h2>
            {move || lost.get().into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view()}
            <div class="dialog-buttons">
                <button type="button" class="button" autofocus on:click=close>{words::cancel()}</button>
                <button type="button" class="button button-main" on:click=move |_| change()>{words::change_language_to(name)}</button>
            </div>
        </dialog>
    }
}

/// Goes through the themes: the device's, light, dark.
#[component]
fn ThemeButton() -> impl IntoView {
    let theme = RwSignal::new(storage::theme());
    Effect::new(move |_| {
        let Some(root) = document().document_element() else {
            return;
        };
        drop(match theme.get() {
            Theme::Device => root.remove_attribute("data-theme"),
            Theme::Light => root.set_attribute("data-theme", "light"),
            Theme::Dark => root.set_attribute("data-theme", "dark"),
        });
    });
    let next = move |_| {
        theme.update(|theme| {
            *theme = match theme {
                Theme::Device => Theme::Light,
                Theme::Light => Theme::Dark,
                Theme::Dark => Theme::Device,
            };
        });
        storage::keep_theme(theme.get_untracked());
    };
    view! {
        <button
            type="button"
            class="icon-button"
            aria-label=move || words::theme(theme.get())
            title=move || words::theme(theme.get())
            on:click=next
        >
            {move || match theme.get() {
                Theme::Device => view! { <Icon name="device"/> },
                Theme::Light => view! { <Icon name="light"/> },
                Theme::Dark => view! { <Icon name="dark"/> },
            }}
        </button>
    }
}
