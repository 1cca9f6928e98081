use dagwright_core::pointer::Pointer;
use leptos::{prelude::*, task::spawn_local};
use serde_json::{Value, json};

use super::{Nothing, Stale, lead};
use crate::{
    control::{Button, Select},
    decode::Object,
    download,
    elements::Scripts,
    part::When,
    session::Session,
    words,
};

/// The Python that would be written. What came from the field that the person is at is marked; pressing a mark leads
/// to its field.
#[component]
pub fn Code(
    /// What is being made.
    session: Session,
) -> impl IntoView {
    let chosen = RwSignal::new(0_usize);
    let paths = Memo::new(move |_| {
        session.whole.with(|whole| {
            let files = whole.iter().flat_map(|whole| &whole.files);
            files.map(|file| file.name.clone()).collect::<Vec<_>>()
        })
    });
    let file = Memo::new(move |_| {
        session.whole.with(|whole| {
            let files = &whole.as_ref()?.files;
            files.get(chosen.get()).or(files.first()).cloned()
        })
    });
    let there = move || file.with(Option::is_some);
    let state = move |focused: Option<&Pointer>| {
        file.with(|file| {
            let file = file.as_ref()?;
            let language = if file.name.ends_with(".py") { "python" } else { "yaml" };
            let rest = json!([language, words::code(), focused.map(Pointer::as_str)]);
            Some(format!(
                r#"{{"file":{},"language":{},"label":{},"focused":{}}}"#,
                file.text, rest[0], rest[1], rest[2]
            ))
        })
    };
    let text =
        Signal::derive(move || file.with(|file| file.as_ref().and_then(|file| plain(&file.text)).unwrap_or_default()));
    view! {
        <When when=move || there() fallback=move || view! { <Nothing session/> }>
            <Stale session/>
            <div class="panel-bar">
                {move || {
                    let paths = paths.get();
                    if paths.len() > 1 {
                        view! {
                            <label class="visually-hidden" for="file-choice">{words::file()}</label>
                            <Select
                                id="file-choice"
                                options=paths
                                chosen=Signal::derive(move || Some(chosen.get()))
                                choose=move |index| chosen.set(index)
                            />
                        }
                            .into_any()
                    } else {
                        view! { <p class="path">{paths.into_iter().next()}</p> }.into_any()
                    }
                }}
                <Copy session text/>
            </div>
            <Text session state=Signal::derive(move || session.focused.with(|focused| state(focused.as_ref())))/>
        </When>
    }
}

/// The text of a file, as it would be written.
fn plain(file: &str) -> Option<String> {
    serde_json::from_str::<Value>(file)
        .ok()
        .and_then(|file| Object::from(file).optional_text("text"))
}

/// Puts a text into the clipboard.
#[component]
pub fn Copy(
    /// Where it is said that it was done.
    session: Session,
    /// The text.
    text: Signal<String>,
    /// What the button says.
    #[prop(default = words::copy())]
    label: &'static str,
) -> impl IntoView {
    let done = RwSignal::new(false);
    let copy = move |()| {
        let copied = download::copy(&text.get_untracked());
        spawn_local(async move {
            let copied = copied.await;
            session.announce(if copied { words::copied() } else { words::not_copied() }.to_owned());
            done.try_set(copied);
            set_timeout(
                move || {
                    done.try_set(false);
                },
                std::time::Duration::from_secs(2),
            );
        });
    };
    view! {
        {move || {
            let (icon, words) = if done.get() { ("check", words::copied()) } else { ("copy", label) };
            view! { <Button icon label=words press=copy/> }
        }}
    }
}

/// A text with colours and line numbers: an element of its own draws it.
#[component]
pub fn Text(
    /// Where marks lead to.
    session: Session,
    /// What it takes; none while there is no text.
    state: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <dagwright-code prop:state=move || state.get() on:click=move |event| lead(session, &event)></dagwright-code>
        <Scripts of=&["code"]/>
    }
}
