use dagwright_core::{answer::TemplateStatus, diagnostic::Severity, pointer::Pointer, secret::take_from_value};
use leptos::{prelude::*, task::spawn_local};
use serde_json::Value;

use crate::{
    address::{self, Route, link_to},
    app::Shell,
    control::{IconButton, Menu, Select},
    download,
    drafts::Drafts,
    fetch::{self, Entry},
    focus,
    form::{Form, SUMMARY, Summary},
    frame,
    icon::Icon,
    open,
    part::When,
    portal::Portal,
    prefill,
    preview::{CONFIG_TEXT, Preview, Tab},
    ready::Ready,
    session::{Session, Urgency},
    template::OfTemplate,
    words,
};

/// Ids of the heading and of the pane that holds the form.
const TITLE: &str = "page-title";
const FORM: &str = "form-pane";

/// The page of one template: its form, and beside it what would come out.
#[component]
pub fn Editor(
    /// What all pages share.
    shell: Shell,
    /// Id of the template.
    id: String,
) -> impl IntoView {
    view! { <OfTemplate shell id draw=Callback::new(move |entry| view! { <Workbench shell entry/> }.into_any())/> }
}

/// Form and preview, once the template is known.
#[component]
fn Workbench(shell: Shell, entry: Entry) -> impl IntoView {
    let card = entry.card.clone();
    let blank = Session::blank(&card.id, &card.version);
    let session = Session::new(shell.engine, blank.clone());
    let tab = RwSignal::new(Tab::Picture);
    let ready = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let entry = StoredValue::new(entry);

    let load = move || {
        problem.set(None);
        spawn_local(async move {
            // The head of the page is to be seen before anything is fetched for what follows it.
            frame::drawn().await;
            let Some(entry) = entry.try_get_value() else {
                return;
            };
            let files = match fetch::template(&entry).await {
                Ok(files) => files,
                Err(failure) => {
                    problem.try_set(Some(words::failure(words::template_files(), &failure)));
                    return;
                }
            };
            match shell.engine.load(files).await {
                Ok(findings) => {
                    let broken = findings
                        .into_iter()
                        .find(|diagnostic| diagnostic.severity == Severity::Error);
                    if let Some(broken) = broken {
                        let say = if broken.code.starts_with("policy-") {
                            words::policy_is_broken
                        } else {
                            words::template_is_broken
                        };
                        problem.try_set(Some(say(&broken.message)));
                    }
                    session.begin();
                }
                Err(trouble) => drop(session.trouble.try_set(Some(trouble))),
            }
        });
    };

    let asked = address::query_pairs();
    // A config that was opened takes the place of a draft, and can be undone.
    let drafts = view! { <Drafts session template=card.id.clone() blank=blank.clone()/> };
    let own = StoredValue::new(card.id.clone());
    Effect::new(move |_| {
        let opened = shell.opened.get();
        if let Some(opened) = opened
            && own.with_value(|id| *id == opened.template)
        {
            shell.opened.set(None);
            let file = opened.from_file.then(|| opened.text.clone());
            session.replace(opened.document, Some(opened.text));
            session.opened.set(file);
            session.announce(words::opened().to_owned());
            // Another document is read from its beginning.
            if let Some(form) = document().get_element_by_id(FORM) {
                form.set_scroll_top(0);
            }
            focus::soon(TITLE.to_owned());
        }
    });
    load();

    // So does what a link brings along.
    if let Some(example) = asked.iter().find(|(name, _)| name == prefill::EXAMPLE) {
        start_from(shell, session, entry, example.1.clone());
    } else if let Some(document) = prefill::document(&blank, &asked) {
        // Behind the first look of those who keep drafts, so that it is a change to them.
        spawn_local(async move {
            session.replace(document, None);
            session.outcome.try_set(Some(words::prefilled().to_owned()));
        });
    }

    let title = card.title.clone();
    let (portal, inventory) = shell
        .portal
        .with_value(|portal| (portal.settings.title.clone(), portal.settings.inventory.clone()));
    let errors = Memo::new(move |_| session.findings.with(|findings| findings.errors().count()));
    Effect::new(move |_| {
        let wrong = session.checked.get() && errors.get() > 0;
        document().set_title(&words::page_title(&title, &portal, wrong));
    });

    // A text that undo or a draft brings back is to be seen.
    Effect::new(move |before: Option<bool>| {
        let written = session.text.with(Option::is_some);
        // A tab that is open already would be drawn anew.
        if written && before != Some(true) && tab.get_untracked() != Tab::Config {
            tab.set(Tab::Config);
        }
        written
    });

    let elsewhere = Callback::new(move |()| {
        tab.set(Tab::Checks);
        focus::soon(Tab::Checks.id().to_owned());
    });
    // One history serves the whole form. What is written as text or in a dialog has the browser's own.
    let keys = move |event: web_sys::KeyboardEvent| {
        let target: web_sys::Element = event_target(&event);
        let is_elsewhere = target.id() == CONFIG_TEXT || target.closest("dialog").is_ok_and(|dialog| dialog.is_some());
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || is_elsewhere {
            return;
        }
        match (event.key().as_str(), event.shift_key()) {
            ("z", false) => session.undo(),
            ("Z" | "z", true) | ("y", false) => session.redo(),
            _ => return,
        }
        event.prevent_default();
        // The form rests until the text has been read, and cannot hold the focus meanwhile.
        if session.text.with_untracked(Option::is_some) {
            focus::soon(CONFIG_TEXT.to_owned());
        }
    };
    view! {
        <main class="workbench" id="main" tabindex="-1" on:keydown=keys>
            <div class="workbench-head">
                <div>
                    <a class="back" href=Route::Catalogue.href()><Icon name="back"/>{words::all_templates()}</a>
                    <h1 id=TITLE tabindex="-1">
                        {card.title.clone()} " "
                        <span class="version">{words::version(&card.version)}</span>
                    </h1>
                    <p class="lead">{card.summary.clone()}</p>
                </div>
                <div class="workbench-aside">{drafts} <Actions shell session entry/></div>
            </div>
            <div role="status">
                {move || problem.get().map(|problem| view! {
                    <p class="notice notice-warning">
                        {problem} " "
                        <button type="button" class="link" on:click=move |_| load()>{words::try_again()}</button>
                    </p>
                })}
                {move || session.trouble.get().map(|trouble| view! {
                    <p class="notice notice-warning">
                        {words::trouble(&trouble)} " "
                        <button type="button" class="link" on:click=move |_| load()>{words::try_again()}</button>
                    </p>
                })}
            </div>
            {(card.status == TemplateStatus::Deprecated)
                .then(|| view! { <Deprecated shell session replaced_by=card.replaced_by.clone()/> })}
            <Plan session/>
            <div class="panes">
                <section class="pane pane-form" id=FORM aria-label=words::form()>
                    <Summary session elsewhere/>
                    <Form session inventory/>
                    <Finish shell session ready/>
                </section>
                <section class="pane pane-preview" aria-label=words::preview()>
                    <Environment shell session/>
                    <Preview session tab/>
                </section>
            </div>
            <Ready shell session card open=ready/>
            <p class="visually-hidden" role="status">{move || session.announcement.get()}</p>
        </main>
    }
}

/// What can be done with the whole form.
#[component]
fn Actions(shell: Shell, session: Session, entry: StoredValue<Entry>) -> impl IntoView {
    let examples = entry.with_value(|entry| entry.card.examples.clone());
    let said = session.outcome;
    view! {
        <div class="actions">
            <IconButton icon="undo" label=words::undo() off=Signal::derive(move || !session.can_undo()) press=move |()| session.undo()/>
            <IconButton icon="redo" label=words::redo() off=Signal::derive(move || !session.can_redo()) press=move |()| session.redo()/>
            <IconButton icon="link" label=words::share() press=move |()| share(session)/>
            {(!examples.is_empty())
                .then(|| {
                    let choices = examples.iter().map(|name| words::example(name)).collect();
                    let choose = move |index: usize| {
                        if let Some(name) = examples.get(index) {
                            start_from(shell, session, entry, name.clone());
                        }
                    };
                    view! { <Menu label=words::from_example() choices choose/> }
                })}
        </div>
        <p class="aside" role="status">{move || said.get()}</p>
    }
}

/// Puts an example in the place of the answers.
fn start_from(shell: Shell, session: Session, entry: StoredValue<Entry>, name: String) {
    let wanted = shell.turn.begin();
    spawn_local(async move {
        let opened = match fetch::file(&entry.get_value(), &name).await {
            Ok(text) => open::read(shell, &text).await,
            Err(failure) => Err(vec![words::failure(&name, &failure)]),
        };
        if !wanted() {
            return;
        }
        match opened {
            // Nobody else has the example under the name that it will get.
            Ok(opened) => open::take(
                shell,
                open::Opened {
                    from_file: false,
                    ..opened
                },
            ),
            Err(problems) => drop(session.outcome.try_set(Some(problems.join(" ")))),
        }
    });
}

/// Says that a template is no longer offered, and takes the answers to the one that replaces it.
#[component]
fn Deprecated(shell: Shell, session: Session, replaced_by: Option<String>) -> impl IntoView {
    let sentence = words::deprecated(replaced_by.as_deref());
    let replacement = Memo::new(move |_| shell.entry(replaced_by.as_deref()?).map(|entry| entry.card));
    let carry = move |_| {
        let Some(card) = replacement.get_untracked() else {
            return;
        };
        let Value::Object(mut answers) = session.document.get_untracked() else {
            return;
        };
        if let Value::Object(head) = Session::blank(&card.id, &card.version) {
            answers.extend(head);
        }
        let opened = open::Opened {
            template: card.id,
            document: answers.into(),
            text: String::new(),
            from_file: false,
        };
        open::take(shell, opened);
    };
    view! {
        <p class="notice notice-warning">
            {sentence} ". "
            {move || {
                replacement
                    .get()
                    .map(|card| view! { <button type="button" class="link" on:click=carry>{words::carry_over(&card.title)}</button> })
            }}
        </p>
    }
}

/// Puts a link to the answers into the clipboard, without what looks like a secret.
fn share(session: Session) {
    let left_out = StoredValue::new(false);
    // Browsers let a page write to the clipboard only while it is being pressed, so that the link is promised and then made.
    let copied = download::copy_promised(async move {
        let (link, some) = link_to_answers(session).await?;
        left_out.try_update_value(|left_out| *left_out = some);
        Some(link)
    });
    spawn_local(async move {
        let sentence = match (copied.await, left_out.try_get_value()) {
            (false, _) => words::not_shared(),
            (true, Some(true)) => words::shared_without_secrets(),
            (true, _) => words::shared(),
        };
        session.outcome.try_set(Some(sentence.to_owned()));
    });
}

/// A link, and whether secrets were left out of it; none where it cannot be made.
async fn link_to_answers(session: Session) -> Option<(String, bool)> {
    let mut document = session.current().await?;
    let secrets = take_from_value(&mut document);
    Some((link_to(&document.to_string()).await?, !secrets.is_empty()))
}

/// One sentence: what will happen.
#[component]
fn Plan(session: Session) -> impl IntoView {
    let summary = move || session.answer.with(|answer| answer.as_ref()?.summary.clone());
    let environment = move || session.environment.get().filter(|_| summary().is_some());
    view! {
        <p class="plan" class:plan-open=move || summary().is_none()>
            <Icon name="clock"/>
            <span>
                {move || environment().map(|name| view! { <strong>{name} ": "</strong> })}
                {move || summary().unwrap_or_else(|| words::no_plan().to_owned())}
            </span>
        </p>
    }
}

/// The environment that the preview is for, where there are several.
#[component]
fn Environment(shell: Shell, session: Session) -> impl IntoView {
    let environments = shell.portal.with_value(Portal::environments);
    let some = !environments.is_empty();
    let names = StoredValue::new(environments);
    let chosen = RwSignal::new(0_usize);
    let options = move || {
        let all = std::iter::once(words::all_environments().to_owned());
        names.with_value(|names| all.chain(names.iter().cloned()).collect())
    };
    some.then(|| {
        view! {
            <div class="environment">
                <label for="environment">{words::environment()}</label>
                <Select
                    id="environment"
                    options=Signal::derive(options)
                    chosen=Signal::derive(move || Some(chosen.get()))
                    choose=move |index: usize| {
                        chosen.set(index);
                        let name = index.checked_sub(1).and_then(|index| names.with_value(|names| names.get(index).cloned()));
                        session.environment.set(name);
                        session.ask(Urgency::Now);
                    }
                />
            </div>
            <When when=move || !own_answers(session).is_empty()>
                <p class="aside environment-own">
                    {move || words::has_own_answers(&session.environment.get().unwrap_or_default(), &own_answers(session).join(", "))}
                </p>
            </When>
        }
    })
}

/// The titles of what the shown environment says otherwise than the form.
fn own_answers(session: Session) -> Vec<String> {
    let Some(environment) = session.environment.get() else {
        return Vec::new();
    };
    let place = Pointer::root().key("environments").key(&environment);
    let names: Vec<String> = match session.said(&place) {
        Some(Value::Object(members)) => members.into_iter().map(|(name, _)| name).collect(),
        _ => Vec::new(),
    };
    let parameters = Pointer::root().key("parameters");
    session.outline.with(|outline| {
        let titled = names.into_iter().map(|name| match outline.get(&parameters.key(&name)) {
            Some(node) => words::quoted(node.field.title()),
            None => name,
        });
        titled.collect()
    })
}

/// The end of the form: how much is left, and the button that hands the files over.
#[component]
fn Finish(shell: Shell, session: Session, ready: RwSignal<bool>) -> impl IntoView {
    let has_environments = shell
        .portal
        .with_value(|portal| !portal.settings.environments.is_empty());
    // The findings are those of what is shown, and say nothing of the other environments.
    let nothing_left = move || {
        if has_environments {
            let shown = session.environment.get();
            words::nothing_left_in(shown.as_deref().unwrap_or(words::all_environments()))
        } else {
            words::nothing_left().to_owned()
        }
    };
    let errors = Memo::new(move |_| session.findings.with(|findings| findings.errors().count()));
    let asked = move || session.answer.with(Option::is_some);
    let deciding = StoredValue::new(false);
    Effect::new(move |_| {
        if session.trouble.with(Option::is_some) {
            deciding.set_value(false);
        }
    });
    Effect::new(move |_| {
        let answer = session.answer.get();
        if answer.is_none() || !deciding.get_value() {
            return;
        }
        deciding.set_value(false);
        session.checked.set(true);
        if errors.get_untracked() == 0 {
            ready.set(true);
        } else {
            focus::soon(SUMMARY.to_owned());
        }
    });
    view! {
        <div class="finish">
            <p class="finish-state" role="status">
                {move || {
                    match (asked(), session.checked.get(), errors.get()) {
                        (false, ..) => String::new(),
                        (true, _, 0) => nothing_left(),
                        (true, true, count) => words::left_to_mend(count),
                        (true, false, count) => words::left_to_fill(count),
                    }
                }}
            </p>
            <button type="button" class="button to-preview" on:click=move |_| focus::soon(Tab::Picture.id().to_owned())>
                {words::see_preview()}
            </button>
            <button
                type="button"
                class="button button-main"
                on:click=move |_| {
                    deciding.set_value(true);
                    session.ask(Urgency::Now);
                }
            >
                {words::check_and_download()}
            </button>
        </div>
    }
}
