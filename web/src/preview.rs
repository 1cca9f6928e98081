//! What would come out of the answers: as picture, as code, as config, and what was found in it.

mod checks;
mod code;
mod config;
mod picture;

use dagwright_core::{diagnostic::Severity, pointer::Pointer};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::{part::When, session::Session, words};
use checks::Checks;
use code::Code;
use config::Config;
use picture::Picture;

/// The panels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The DAG as a graph.
    Picture,
    /// The Python.
    Code,
    /// The YAML.
    Config,
    /// The findings.
    Checks,
}

const TABS: [Tab; 4] = [Tab::Picture, Tab::Code, Tab::Config, Tab::Checks];

impl Tab {
    fn name(self) -> &'static str {
        match self {
            Self::Picture => words::picture(),
            Self::Code => words::code(),
            Self::Config => words::config(),
            Self::Checks => words::checks(),
        }
    }

    /// The id of its button.
    pub fn id(self) -> &'static str {
        match self {
            Self::Picture => "tab-picture",
            Self::Code => "tab-code",
            Self::Config => "tab-config",
            Self::Checks => "tab-checks",
        }
    }

    fn neighbour(self, step: usize) -> Self {
        let at = TABS.iter().position(|tab| *tab == self).unwrap_or_default();
        TABS[(at + step) % TABS.len()]
    }
}

const PANEL: &str = "preview-panel";
/// Id of the control in which the config is written as text.
pub const CONFIG_TEXT: &str = "config-text";

/// The panels behind their tabs.
#[component]
pub fn Preview(
    /// What is being made.
    session: Session,
    /// Which panel is open.
    tab: RwSignal<Tab>,
) -> impl IntoView {
    let count = move || session.findings.with(|findings| findings.all.len());
    let worst = move || {
        session
            .findings
            .with(|findings| findings.all.iter().map(|finding| finding.severity).min())
    };
    let go = move |target: Tab| {
        tab.set(target);
        if let Some(button) = document().get_element_by_id(target.id()) {
            crate::focus::to(&button);
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=words::preview()>
            {TABS
                .into_iter()
                .map(|own| {
                    view! {
                        <button
                            type="button"
                            role="tab"
                            class="tab"
                            id=own.id()
                            aria-selected=move || if tab.get() == own { "true" } else { "false" }
                            aria-controls=PANEL
                            tabindex=move || if tab.get() == own { "0" } else { "-1" }
                            on:click=move |_| tab.set(own)
                            on:keydown=move |event| {
                                let target = match event.key().as_str() {
                                    "ArrowRight" => own.neighbour(1),
                                    "ArrowLeft" => own.neighbour(TABS.len() - 1),
                                    "Home" => TABS[0],
                                    "End" => TABS[TABS.len() - 1],
                                    _ => return,
                                };
                                event.prevent_default();
                                go(target);
                            }
                        >
                            {own.name()}
                            {(own == Tab::Checks)
                                .then_some({
                                    move || {
                                        let count = count();
                                        let shout = session.checked.get() && worst() == Some(Severity::Error);
                                        (count > 0)
                                            .then(|| {
                                                view! {
                                                    <span class="badge" class:badge-error=shout>{count}</span>
                                                    <span class="visually-hidden">" " {words::findings(count)}</span>
                                                }
                                            })
                                    }
                                })}
                        </button>
                    }
                })
                .collect_view()}
        </div>
        <div class="panel" id=PANEL role="tabpanel" aria-labelledby=move || tab.get().id()>
            {move || match tab.get() {
                Tab::Picture => view! { <Picture session/> }.into_any(),
                Tab::Code => view! { <Code session/> }.into_any(),
                Tab::Config => view! { <Config session/> }.into_any(),
                Tab::Checks => view! { <Checks session/> }.into_any(),
            }}
        </div>
    }
}

/// Says that a panel shows an older state, because the newest answers make nothing whole.
#[component]
fn Stale(session: Session) -> impl IntoView {
    let stale = move || {
        let whole = session.whole.with(|whole| whole.as_ref().map(|whole| whole.revision));
        let latest = session
            .answer
            .with(|answer| answer.as_ref().map(|answer| answer.revision));
        whole.is_some() && whole != latest
    };
    view! {
        <When when=move || stale()>
            <p class="stale">{words::stale()}</p>
        </When>
    }
}

/// What a panel shows before there is anything to show.
#[component]
fn Nothing(session: Session) -> impl IntoView {
    let errors = move || session.findings.with(|findings| findings.errors().count());
    let asked = move || session.answer.with(Option::is_some);
    view! {
        <div class="nothing">
            <svg class="nothing-picture" viewBox="0 0 160 72" aria-hidden="true">
                <path d="M44 36h16M100 36h4q4 0 4-4V20q0-4 4-4h4M104 36q4 0 4 4v12q0 4 4 4h4"></path>
                <rect x="4" y="24" width="40" height="24" rx="6"></rect>
                <rect x="60" y="24" width="40" height="24" rx="6"></rect>
                <rect x="116" y="4" width="40" height="24" rx="6"></rect>
                <rect x="116" y="44" width="40" height="24" rx="6"></rect>
            </svg>
            <p>{move || if asked() { words::nothing_yet(errors()) } else { words::starting().to_owned() }}</p>
        </div>
    }
}

/// Follows a pressed mark to the field that it stands for.
fn lead(session: Session, event: &web_sys::MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let mark = target.and_then(|target| target.closest("[data-pointer]").ok().flatten());
    if let Some(pointer) = mark.and_then(|mark| mark.get_attribute("data-pointer")) {
        session.bring(&Pointer::from_encoded(pointer));
    }
}
