use dagwright_core::{answer::OutputFile, pointer::Pointer};
use leptos::{html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{Nothing, Stale, lead};
use crate::{
    control::{Button, Select},
    download,
    highlight::{self, Line},
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
            files.map(|file| file.path.clone()).collect::<Vec<_>>()
        })
    });
    let file = Memo::new(move |_| {
        session.whole.with(|whole| {
            let files = &whole.as_ref()?.files;
            files.get(chosen.get()).or(files.first()).cloned()
        })
    });
    let there = move || file.with(Option::is_some);
    let lines = Memo::new(move |_| {
        file.with(|file| match file {
            Some(OutputFile { path, text, origins }) if path.ends_with(".py") => highlight::python(text, origins),
            Some(OutputFile { text, .. }) => highlight::yaml(text),
            None => Vec::new(),
        })
    });
    let text =
        Signal::derive(move || file.with(|file| file.as_ref().map(|file| file.text.clone()).unwrap_or_default()));
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
            <Lines session lines label=words::code()/>
        </When>
    }
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
        spawn_local(async move {
            let copied = download::copy(&text.get_untracked()).await;
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

/// A text with colours and line numbers; a line that did not change is not drawn anew.
#[component]
pub fn Lines(
    /// Where marks lead to.
    session: Session,
    /// The lines.
    lines: Memo<Vec<Line>>,
    /// What the text is.
    label: &'static str,
) -> impl IntoView {
    let whole = NodeRef::<html::Pre>::new();
    Effect::new(move |_| {
        let focused = session.focused.get();
        lines.track();
        request_animation_frame(move || {
            if let Some(Some(whole)) = whole.try_get_untracked() {
                mark(&whole, focused.as_ref());
            }
        });
    });
    view! {
        <pre
            class="lines"
            tabindex="0"
            role="region"
            aria-label=label
            node_ref=whole
            on:click=move |event| lead(session, &event)
        >
            <code>
                <For
                    each=move || lines.get()
                    key=|line| line.key
                    children=|line| {
                        view! {
                            <span class="line">
                                {line
                                    .pieces
                                    .into_iter()
                                    .map(|piece| {
                                        view! {
                                            <span
                                                class=piece.class.css()
                                                data-pointer=piece.origin.map(|origin| origin.to_string())
                                            >
                                                {piece.text}
                                            </span>
                                        }
                                    })
                                    .collect_view()}
                            </span>
                        }
                    }
                />
            </code>
        </pre>
    }
}

/// Scrolls a mark into the sight of the text around it, and nothing but that text.
fn reveal(whole: &Element, mark: &Element) {
    let (frame, place) = (whole.get_bounding_client_rect(), mark.get_bounding_client_rect());
    if place.top() < frame.top() || place.bottom() > frame.bottom() {
        #[expect(clippy::cast_possible_truncation, reason = "no page is that long")]
        let by = (place.top() - frame.top() - frame.height() / 3.0) as i32;
        whole.set_scroll_top(whole.scroll_top() + by);
    }
}

/// Marks what came from a field, or from inside it, and brings the first of it into sight.
fn mark(whole: &Element, focused: Option<&Pointer>) {
    let Ok(marks) = whole.query_selector_all("[data-pointer]") else {
        return;
    };
    let mut brought = false;
    for index in 0..marks.length() {
        let Some(mark) = marks.get(index).and_then(|mark| mark.dyn_into::<Element>().ok()) else {
            continue;
        };
        let pointer = Pointer::from_encoded(mark.get_attribute("data-pointer").unwrap_or_default());
        let here = focused.is_some_and(|focused| pointer.strip_prefix(focused).is_some());
        drop(mark.class_list().toggle_with_force("origin-here", here));
        if here && !std::mem::replace(&mut brought, true) {
            reveal(whole, &mark);
        }
    }
}
