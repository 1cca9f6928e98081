use dagwright_core::{
    answer::{ConfigInput, Request},
    diagnostic::Severity,
};
use leptos::{ev, html, prelude::*, task::spawn_local};
use serde_json::Value;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, File, HtmlInputElement};

use crate::{
    address::{Route, linked_config},
    app::Shell,
    elements::{self, Scripts},
    engine::Examined,
    focus,
    icon::Icon,
    part::When,
    portal::Portal,
    words,
};

/// A config that was opened, and the template that it is for.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Id of the template.
    pub template: String,
    /// The document.
    pub document: Value,
    /// The YAML, whose comments and order are kept.
    pub text: String,
    /// Whether it is a file that others have too.
    pub from_file: bool,
}

/// More than this of a file is not read, in bytes: no config is half as long, and a generated file tells its config at its head.
const MOST: f64 = 2_097_152.0;

/// Id of the part that says why a config was not opened.
const PROBLEMS: &str = "open-problems";

/// What the element that lists the files of the project wants to know.
fn browsed(portal: &Portal) -> String {
    let paths = &portal.settings.paths;
    let [config, output] = [&paths.config, &paths.output].map(|path| Value::from(path.as_str()));
    format!(
        r#"{{"portal":{},"config":{config},"output":{output}}}"#,
        portal.document
    )
}

/// The dialog that opens a config: from the project on the forge, from a file, from a drop anywhere on the page, or from a
/// pasted text.
#[component]
pub fn Open(
    /// What all pages share.
    shell: Shell,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let text = RwSignal::new(String::new());
    let problems = RwSignal::new(Vec::<String>::new());
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if shell.opening.get() && !dialog.open() {
            drop(dialog.show_modal());
        } else if !shell.opening.get_untracked() && dialog.open() {
            dialog.close();
        }
    });
    let refuse = move |found: Vec<String>| {
        problems.set(found);
        shell.opening.set(true);
        focus::soon(PROBLEMS.to_owned());
    };
    let open = move || {
        let wanted = shell.turn.begin();
        spawn_local(async move {
            let opened = read(shell, &text.get_untracked()).await;
            if !wanted() {
                return;
            }
            match opened {
                Ok(opened) => {
                    problems.set(Vec::new());
                    text.set(String::new());
                    shell.opening.set(false);
                    take(shell, opened);
                }
                Err(found) => refuse(found),
            }
        });
    };
    let read_file = move |file: File| {
        let wanted = shell.turn.begin();
        spawn_local(async move {
            let content = content(&file).await;
            if !wanted() {
                return;
            }
            if let Some(content) = content {
                text.set(content);
                open();
            } else {
                refuse(vec![words::file_unreadable().to_owned()]);
            }
        });
    };
    let dragging = drops(Callback::new(read_file));
    let browsed = shell.portal.with_value(browsed);
    let open_browsed = move |event: web_sys::Event| {
        text.set(elements::said(&event, "open"));
        open();
    };
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="open-title" on:close=move |_| {
            shell.turn.stop();
            shell.opening.set(false);
            problems.set(Vec::new());
        }>
            <h2 id="open-title">{words::open_config()}</h2>
            <p class="hint">{words::open_hint()}</p>
            <When when=move || problems.with(|problems| !problems.is_empty())>
                <div class="problem" id=PROBLEMS role="alert" tabindex="-1">
                    <h3>{words::cannot_open()}</h3>
                    <ul>{move || problems.get().into_iter().map(|problem| view! { <li>{problem}</li> }).collect_view()}</ul>
                </div>
            </When>
            <dagwright-browse prop:state=browsed on:open=open_browsed></dagwright-browse>
            <When when=move || shell.opening.get()>
                <Scripts of=&["browse"]/>
            </When>
            <FileField choose=Callback::new(read_file)/>
            <div class="field">
                <label class="label" for="open-text">{words::open_text()}</label>
                <textarea
                    class="input code"
                    id="open-text"
                    rows="6"
                    spellcheck="false"
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                ></textarea>
            </div>
            <div class="dialog-buttons">
                <button type="button" class="button" on:click=move |_| shell.opening.set(false)>{words::cancel()}</button>
                <button type="button" class="button button-main" on:click=move |_| open()>{words::open()}</button>
            </div>
        </dialog>
        <When when=move || dragging.get()>
            <div class="drop" aria-hidden="true">
                <p><Icon name="open"/> {words::drop()}</p>
            </div>
        </When>
    }
}

/// Where a file is chosen.
#[component]
fn FileField(choose: Callback<File>) -> impl IntoView {
    view! {
        <div class="field">
            <label class="label" for="open-file">{words::open_file()}</label>
            <input
                class="file"
                id="open-file"
                type="file"
                accept=".yaml,.yml,.py"
                on:change=move |event| {
                    let input: HtmlInputElement = event_target(&event);
                    if let Some(file) = input.files().and_then(|files| files.get(0)) {
                        choose.run(file);
                    }
                    // The same file can then be chosen once more.
                    input.set_value("");
                }
            />
        </div>
    }
}

/// The text of a file, as far as it can matter: the engine says of what is longer that it is too long.
async fn content(file: &File) -> Option<String> {
    let part = file.slice_with_f64_and_f64(0.0, MOST).ok()?;
    JsFuture::from(part.text()).await.ok()?.as_string()
}

/// Takes files that are dropped anywhere on the page. Answers with whether one is being held over it.
fn drops(take: Callback<File>) -> RwSignal<bool> {
    let dragging = RwSignal::new(false);
    let has_files = |event: &DragEvent| {
        event
            .data_transfer()
            .is_some_and(|data| data.types().includes(&"Files".into(), 0))
    };
    let listeners = [
        window_event_listener(ev::dragover, move |event| {
            if has_files(&event) {
                event.prevent_default();
                dragging.set(true);
            }
        }),
        window_event_listener(ev::dragleave, move |event| {
            if event.related_target().is_none() {
                dragging.set(false);
            }
        }),
        window_event_listener(ev::drop, move |event| {
            dragging.set(false);
            if has_files(&event) {
                event.prevent_default();
                let files = event.data_transfer().and_then(|data| data.files());
                if let Some(file) = files.and_then(|files| files.get(0)) {
                    take.run(file);
                }
            }
        }),
    ];
    on_cleanup(move || {
        for listener in listeners {
            listener.remove();
        }
    });
    dragging
}

/// Hands an opened config to the form of its template.
pub fn take(shell: Shell, opened: Opened) {
    form_of(shell, opened).go();
}

/// The same for a config that the address itself holds: the way back must not open it once more, and its answers do not
/// stay in the history of the browser.
pub fn take_instead(shell: Shell, opened: Opened) {
    form_of(shell, opened).go_instead();
}

fn form_of(shell: Shell, opened: Opened) -> Route {
    let route = Route::New(opened.template.clone());
    shell.opened.set(Some(opened));
    route
}

/// Reads a config. The error is a list of sentences, for a text has seldom only one fault.
pub async fn read(shell: Shell, text: &str) -> Result<Opened, Vec<String>> {
    if text.trim().is_empty() {
        return Err(vec![words::nothing_to_open().to_owned()]);
    }
    let from_file = generated(text).await?;
    let request = Request {
        config: ConfigInput::Text {
            text: from_file.as_deref().unwrap_or(text).to_owned(),
        },
        environment: None,
        now: None,
        revision: 0,
    };
    let Examined {
        document, diagnostics, ..
    } = shell
        .engine
        .examine(&request)
        .await
        .map_err(|trouble| vec![words::trouble(&trouble).to_owned()])?;
    if !document.is_object() {
        let errors = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
            .map(|diagnostic| match diagnostic.primary.span {
                Some(span) => format!(
                    "{}: {}",
                    words::line_and_column(span.line, span.column),
                    diagnostic.message
                ),
                None => diagnostic.message.clone(),
            });
        let errors: Vec<String> = errors.collect();
        return Err(if errors.is_empty() {
            vec![words::not_a_config().to_owned()]
        } else {
            errors
        });
    }
    let reference = document.get("template").and_then(Value::as_str);
    let Some(reference) = reference else {
        return Err(vec![words::names_no_template().to_owned()]);
    };
    let id = reference.split('@').next().unwrap_or_default();
    let offered = untrack(|| shell.entry(id)).is_some();
    if !offered {
        return Err(vec![words::not_offered(id)]);
    }
    Ok(Opened {
        template: id.to_owned(),
        document,
        // The link in a generated file holds no YAML whose comments and order could be kept.
        from_file: from_file.is_none(),
        text: if from_file.is_some() {
            String::new()
        } else {
            text.to_owned()
        },
    })
}

/// The config that a generated Python file leads to by the link at its head; none for any other text. The error says
/// what to open in place of a file that has no such link.
async fn generated(text: &str) -> Result<Option<String>, Vec<String>> {
    if !text.starts_with("# Made by Dagwright") {
        return Ok(None);
    }
    let head = || text.lines().take_while(|line| line.starts_with("# "));
    let named = |name: &str| head().find_map(|line| line.strip_prefix(name));
    let link = named("# Portal: ").and_then(|link| link.split_once('#'));
    let config = match link.map(|(_, hash)| Route::read(hash)) {
        Some(Route::Open(config)) => linked_config(&config).await,
        _ => None,
    };
    match config {
        Some(config) => Ok(Some(config)),
        None => Err(vec![words::open_its_config(named("# Config: ").unwrap_or_default())]),
    }
}
