use std::time::Duration;

use dagwright_core::settings::{FileKind, references};
use leptos::{prelude::*, task::spawn_local};
use serde_json::{Value, json};
use wasm_bindgen::JsCast;

use crate::{
    about::About,
    address::{self, Held, Route, Visit, linked_config, visit},
    catalogue::Catalogue,
    check::Check,
    drafts,
    editor::Editor,
    elements,
    engine::Engine,
    fetch::{self, Catalogues, Entry, Failure},
    header::Header,
    open::{self, Open, Opened},
    portal::Portal,
    storage,
    turn::Turn,
    words,
};

/// What every page of the portal shares. Copies are the same.
#[derive(Clone, Copy)]
pub struct Shell {
    /// The settings.
    pub portal: StoredValue<Portal>,
    /// The engine.
    pub engine: Engine,
    /// The templates on offer; none while they are being read.
    pub catalogue: RwSignal<Option<Catalogues>>,
    /// A config that was opened and waits for its form.
    pub opened: RwSignal<Option<Opened>>,
    /// Whether the dialog that opens configs is shown.
    pub opening: RwSignal<bool>,
    /// The turn of the config that is being opened.
    pub turn: Turn,
    /// Whether there are results of a check, which last no longer than the page.
    pub results: RwSignal<bool>,
}

const SETTINGS: &str = "portal.json";
/// How long what a person waits for is left to itself.
pub const BREATH: Duration = Duration::from_millis(1500);
/// Where templates are looked for when the settings name no place.
const CATALOGUE: &str = "templates";

impl Shell {
    fn new(portal: Portal) -> Self {
        let mut settings = portal.document.clone();
        if let Value::Object(members) = &mut settings {
            members.insert("audience".to_owned(), json!("requester"));
            members.insert("language".to_owned(), json!(words::language::code()));
        }
        Self {
            portal: StoredValue::new(portal),
            engine: Engine::new(settings),
            catalogue: RwSignal::new(None),
            opened: RwSignal::new(None),
            opening: RwSignal::new(false),
            turn: Turn::new(),
            results: RwSignal::new(false),
        }
    }

    /// Reads the catalogues, and starts the engine while the person is choosing.
    pub fn read_catalogue(self) {
        self.catalogue.set(None);
        let mut addresses = self.portal.with_value(|portal| portal.settings.catalogues.clone());
        if addresses.is_empty() {
            addresses.push(CATALOGUE.to_owned());
        }
        spawn_local(async move {
            let catalogues = fetch::catalogues(&addresses).await;
            self.catalogue.set(Some(catalogues));
            // What is needed next must not hold up what is to be seen first.
            set_timeout(
                move || {
                    self.engine.prepare();
                    elements::prepare("picture");
                    elements::prepare("keys");
                    drafts::clean_all();
                },
                BREATH,
            );
        });
    }

    /// Gives the document the title of the page that is shown.
    pub fn name_page(self, title: &str) {
        self.portal
            .with_value(|portal| document().set_title(&words::page_title(title, &portal.settings.title, false)));
    }

    /// The template with this id, as it comes to be known.
    pub fn entry(self, id: &str) -> Option<Entry> {
        self.catalogue.with(|catalogues| {
            let mut entries = catalogues.iter().flat_map(|catalogues| &catalogues.entries);
            entries.find(|entry| entry.card.id == id).cloned()
        })
    }
}

/// The portal.
#[component]
pub fn App() -> impl IntoView {
    crate::sight::keep();
    let start = RwSignal::new(None::<Result<Portal, String>>);
    spawn_local(async move {
        let text = match fetch::text(SETTINGS).await {
            // A portal without settings has the defaults.
            Err(Failure::Status(404)) => Ok("{}".to_owned()),
            other => other,
        };
        // What is wrong with the settings is to be said in the right language as well.
        speak(&language(text.as_deref().unwrap_or_default())).await;
        let portal = match text {
            Ok(text) => Portal::read(&text),
            Err(failure) => Err(words::failure(SETTINGS, &failure)),
        };
        start.set(Some(match portal {
            Ok(portal) => with_files(portal).await,
            broken => broken,
        }));
    });
    move || match start.get() {
        None => ().into_any(),
        Some(Ok(portal)) => view! { <Pages portal/> }.into_any(),
        Some(Err(reason)) => view! { <BrokenSettings reason/> }.into_any(),
    }
}

/// The language to speak: the one that the person chose, else the portal's, else the browser's.
fn language(settings: &str) -> String {
    let portal = || {
        let settings: Value = serde_json::from_str(settings).ok()?;
        Some(settings.get("language")?.as_str()?.to_owned())
    };
    let browser = || {
        let languages = window().navigator().languages();
        let mut languages = languages.iter().filter_map(|tag| tag.as_string());
        languages.find(|tag| words::language::is_known(tag))
    };
    let chosen = storage::language()
        .or_else(address::language)
        .filter(|tag| words::language::is_known(tag));
    chosen.or_else(portal).or_else(browser).unwrap_or_default()
}

/// Reads the files that the settings name. Without an inventory nothing can be offered; policies that cannot be read are
/// said to be missing by the engine.
async fn with_files(portal: Portal) -> Result<Portal, String> {
    let mut files = Vec::new();
    for reference in references(&portal.document) {
        match fetch::text(&reference.address).await {
            Ok(text) => files.push((reference, text)),
            Err(_) if reference.holds == FileKind::Policies => {}
            Err(failure) => return Err(words::failure(&reference.address, &failure)),
        }
    }
    portal.with_files(files)
}

/// Speaks a language from now on, if its words are to be had.
async fn speak(tag: &str) {
    let primary = words::language::primary(tag);
    if primary != words::language::code() && words::language::is_tag(tag) {
        let text = fetch::text(&format!("words/{primary}.json")).await;
        if let Some(sentences) = text.ok().and_then(|text| serde_json::from_str(&text).ok()) {
            words::language::speak(tag.to_owned(), sentences);
        }
    }
    if let Some(root) = document().document_element() {
        drop(root.set_attribute("lang", words::language::code()));
    }
}

/// The pages below the header.
#[component]
fn Pages(portal: Portal) -> impl IntoView {
    if let Some(accent) = portal.accent {
        paint(accent);
    }
    let title = portal.settings.title.clone();
    document().set_title(&title);
    if !storage::single_keys()
        && let Some(root) = document().document_element()
    {
        drop(root.set_attribute("data-single-keys", "off"));
    }
    let shell = Shell::new(portal);
    shell.read_catalogue();
    let visit = visit();
    Effect::new(move |before: Option<Visit>| {
        let now = visit.get();
        // Another page is another document to those who cannot see it: its heading takes the focus.
        if before.is_some_and(|before| before != now) {
            crate::focus::soon("page-title".to_owned());
        }
        now
    });
    view! {
        <a class="skip" href="#main" on:click=move |event| {
            event.prevent_default();
            crate::focus::soon("main".to_owned());
        }>{words::skip()}</a>
        <Header shell/>
        {move || {
            let route = visit.get().route;
            // Whoever went elsewhere does not want to be led to what they had begun to open.
            shell.turn.stop();
            match route {
                Route::Catalogue => view! { <Catalogue shell/> }.into_any(),
                Route::About(id) => view! { <About shell id/> }.into_any(),
                Route::New(id) => view! { <Editor shell id/> }.into_any(),
                Route::Check => view! { <Check shell/> }.into_any(),
                Route::Open(config) => view! { <Linked shell config/> }.into_any(),
                Route::Unknown => view! { <DeadEnd shell heading=words::no_such_page()/> }.into_any(),
            }
        }}
        <Open shell/>
    }
}

/// Opens the config that the address holds.
#[component]
fn Linked(shell: Shell, config: Held) -> impl IntoView {
    let problems = RwSignal::new(Vec::new());
    // Which templates there are must be known first.
    Effect::new(move |begun: Option<bool>| {
        let ready = shell.catalogue.read().is_some();
        if ready && begun != Some(true) {
            let config = config.clone();
            let wanted = shell.turn.begin();
            spawn_local(async move {
                let opened = match linked_config(&config).await {
                    Some(text) => open::read(shell, &text).await,
                    None => Err(vec![words::link_broken_help().to_owned()]),
                };
                if !wanted() {
                    return;
                }
                match opened {
                    // The link holds no YAML whose comments and order could be kept.
                    Ok(opened) => open::take_instead(
                        shell,
                        Opened {
                            text: String::new(),
                            from_file: false,
                            ..opened
                        },
                    ),
                    Err(found) => drop(problems.try_set(found)),
                }
            });
        }
        ready
    });
    move || {
        (!problems.read().is_empty())
            .then(|| view! { <DeadEnd shell heading=words::link_broken() problems=problems.get()/> })
    }
}

/// A page that leads nowhere, and why.
#[component]
fn DeadEnd(shell: Shell, heading: &'static str, #[prop(optional)] problems: Vec<String>) -> impl IntoView {
    shell.name_page(heading);
    view! {
        <main class="page" id="main" tabindex="-1">
            <h1 id="page-title" tabindex="-1">{heading}</h1>
            {problems.into_iter().map(|problem| view! { <p>{problem}</p> }).collect_view()}
            <p><a href=Route::Catalogue.href()>{words::all_templates()}</a></p>
        </main>
    }
}

/// Gives the page the accent of the settings, in the shades that its themes need.
fn paint(accent: crate::colour::Colour) {
    let Some(root) = document().document_element() else {
        return;
    };
    let style = root.unchecked_into::<web_sys::HtmlElement>().style();
    for (theme, shades) in [("light", accent.on_light()), ("dark", accent.on_dark())] {
        drop(style.set_property(&format!("--accent-{theme}"), &shades.fill.write()));
        drop(style.set_property(&format!("--on-accent-{theme}"), &shades.on_fill.write()));
    }
}

/// Says what is wrong with `portal.json`, to the one who can mend it.
#[component]
fn BrokenSettings(reason: String) -> impl IntoView {
    document().set_title(words::portal_broken());
    view! {
        <main class="page" id="main">
            <div class="problem" role="alert">
                <h1>{words::portal_broken()}</h1>
                <p>{reason}</p>
                <p class="hint">{words::portal_broken_help()}</p>
            </div>
        </main>
    }
}
