use dagwright_core::field::FieldKind;
use leptos::prelude::*;

use super::{fields::Field, group::Enclosed, question::Question};
use crate::{
    control::{Button, IconButton},
    focus,
    icon::Icon,
    part::{Each, When},
    rows::{self, element_id},
    session::Session,
    words,
};

/// Longer lists begin folded, so that a person sees what there is.
const OPEN: usize = 3;

/// What a list says of itself.
#[derive(Clone, PartialEq, Default)]
struct About {
    item: String,
    minimum: usize,
    maximum: Option<usize>,
    by_position: bool,
}

/// Several answers in an order.
#[component]
pub fn List(
    /// The field.
    question: Question,
    /// Whether something around it names it.
    bare: bool,
) -> impl IntoView {
    let session = question.session;
    let about = Memo::new(move |_| {
        question.field(|field| match &field.kind {
            FieldKind::List {
                item_title,
                minimum,
                maximum,
                by_position,
                ..
            } => About {
                item: item_title.clone(),
                minimum: *minimum,
                maximum: *maximum,
                by_position: *by_position,
            },
            _ => About::default(),
        })
    });
    let numbers = rows(question);
    let count = Memo::new(move |_| numbers.with(Vec::len));
    let full = move || {
        about
            .with(|about| about.maximum)
            .is_some_and(|maximum| count.get() >= maximum)
    };
    let add = move |()| {
        let blank = question.field(|field| match &field.kind {
            FieldKind::List { blank, .. } => blank.clone(),
            _ => serde_json::Value::Null,
        });
        session.add_item(&question.pointer.get_untracked(), blank);
        session.announce(words::added(&about.with_untracked(|about| about.item.clone())));
    };
    view! {
        <Enclosed question bare>
            <ol class="rows">
                <Each
                    keys=move || numbers.with(|numbers| numbers.iter().map(u32::to_string).collect())
                    draw=move |number: String| {
                        let number = number.parse().unwrap_or_default();
                        let folded = count.get_untracked() > OPEN;
                        view! { <Item list=question number about count full=Signal::derive(full) folded/> }.into_any()
                    }
                />
            </ol>
            <Button
                icon="plus"
                label=Signal::derive(move || words::add(&about.with(|about| about.item.clone())))
                class="button button-add"
                off=Signal::derive(full)
                id=question.part("add")
                press=add
            />
            <When when=move || full()>
                <p class="aside">{move || words::list_is_full(count.get())}</p>
            </When>
        </Enclosed>
    }
}

/// The numbers of the rows of a list or map, which follow its items.
pub fn rows(question: Question) -> Memo<Vec<u32>> {
    let session = question.session;
    let count = Memo::new(move |_| question.pointer.with(|pointer| session.count(pointer)));
    session.fit_rows(&question.pointer.get_untracked());
    Effect::new(move |_| {
        count.get();
        session.rows.track();
        session.fit_rows(&question.pointer.get_untracked());
    });
    Memo::new(move |_| session.rows.with(|rows| rows.of(&question.identity()).to_vec()))
}

/// The place of a row in its list or map; far behind the end once it is gone.
pub fn position(session: Session, list: Question, number: u32) -> Memo<usize> {
    Memo::new(move |_| {
        session.rows.with(|rows| {
            let numbers = rows.of(&list.identity()).iter();
            numbers.copied().position(|own| own == number).unwrap_or(usize::MAX)
        })
    })
}

/// One item, with the buttons that move it and take it away.
#[component]
fn Item(
    list: Question,
    number: u32,
    about: Memo<About>,
    count: Memo<usize>,
    full: Signal<bool>,
    folded: bool,
) -> impl IntoView {
    let session = list.session;
    let identity = rows::row(&list.identity(), number);
    let id = element_id(&identity);
    let index = position(session, list, number);
    let pointer = Signal::derive(move || list.pointer.with(|list| list.index(index.get())));
    let item = Question::new(session, identity.clone(), pointer);
    let last = move || count.get() == index.get().saturating_add(1);
    let title = Memo::new(move |_| {
        let title = item.title();
        if title.is_empty() {
            words::item(&about.with(|about| about.item.clone()), index.get().saturating_add(1))
        } else {
            title
        }
    });
    let is_group = Memo::new(move |_| {
        item.field(|field| {
            matches!(
                field.kind,
                FieldKind::Group { .. } | FieldKind::List { .. } | FieldKind::Map { .. }
            )
        })
    });
    let problems = move || {
        let findings = session.findings.get();
        if session.checked.get() {
            pointer.with(|pointer| findings.errors_below(pointer))
        } else {
            0
        }
    };
    // Where each place has its own question, only the last one can fall away.
    let movable = move || about.with(|about| !about.by_position);
    let removable = move || count.get() > about.with(|about| about.minimum) && (movable() || last());

    let is_wanted = {
        let identity = identity.clone();
        move |wanted: &Option<String>| {
            wanted
                .as_ref()
                .and_then(|wanted| wanted.strip_prefix(identity.as_str()))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }
    };
    let open = RwSignal::new(!folded || session.wanted.with_untracked(&is_wanted));
    Effect::new(move |_| {
        if session.wanted.with(&is_wanted) {
            open.set(true);
        }
    });

    let button = StoredValue::new(id.clone());
    let shift = move |forward: bool| {
        let from = index.get_untracked();
        let to = if forward { from + 1 } else { from.wrapping_sub(1) };
        let count = untrack(|| session.count(&list.pointer.get()));
        if to >= count {
            return;
        }
        // Behind the move, another item has this place and its title.
        let name = title.get_untracked();
        session.move_item(&list.pointer.get_untracked(), from, to);
        session.announce(words::moved(&name, to + 1, count));
        // Moving a row takes the focus from its buttons.
        focus::soon(format!(
            "{}-{}",
            button.get_value(),
            if forward { "down" } else { "up" }
        ));
    };
    let remove = move |()| {
        let at = index.get_untracked();
        let name = title.get_untracked();
        session.remove_row(&list.pointer.get_untracked(), at);
        let next = session.rows.with_untracked(|rows| {
            let numbers = rows.of(&list.identity());
            numbers.get(at).or(numbers.last()).copied()
        });
        focus::soon(match next {
            Some(number) => format!("{}-remove", element_id(&rows::row(&list.identity(), number))),
            None => list.part("add"),
        });
        session.announce(words::removed(&name));
    };

    let buttons = view! {
        <div class="row-buttons">
            <When when=movable>
            <IconButton
                icon="up"
                label=Signal::derive(move || words::move_up(&title.get()))
                off=Signal::derive(move || index.get() == 0)
                id=format!("{}-up", button.get_value())
                press=move |()| shift(false)
            />
            <IconButton
                icon="down"
                label=Signal::derive(move || words::move_down(&title.get()))
                off=Signal::derive(last)
                id=format!("{}-down", button.get_value())
                press=move |()| shift(true)
            />
            <IconButton
                icon="copy"
                label=Signal::derive(move || words::duplicate(&title.get()))
                off=full
                press=move |()| {
                    session.duplicate_item(&list.pointer.get_untracked(), index.get_untracked());
                    session.announce(words::duplicated(&title.get_untracked()));
                }
            />
            </When>
            <IconButton
                icon="remove"
                label=Signal::derive(move || words::remove(&title.get()))
                off=Signal::derive(move || !removable())
                id=format!("{id}-remove")
                press=remove
            />
        </div>
    };
    let body = format!("{id}-body");
    let field = StoredValue::new(identity);
    let head = {
        let body = body.clone();
        let id = id.clone();
        move || {
            let body = body.clone();
            if is_group.get() {
                view! {
                    <button
                        type="button"
                        class="row-title row-toggle"
                        id=format!("{id}-title")
                        aria-expanded=move || if open.get() { "true" } else { "false" }
                        aria-controls=move || open.get().then(|| body.clone())
                        on:click=move |_| open.update(|open| *open = !*open)
                    >
                        <Icon name="chevron"/>
                        <span>{move || title.get()}</span>
                        {move || {
                            let count = problems();
                            (count > 0).then(|| view! { <span class="badge badge-error">{words::problems(count)}</span> })
                        }}
                    </button>
                }
                .into_any()
            } else {
                // Where each place has its own question, only its label tells which.
                let bare = movable();
                view! { <Field session identity=field.get_value() pointer bare/> }.into_any()
            }
        }
    };
    view! {
        <li class="row" class:row-group=move || is_group.get() id=move || is_group.get().then(|| id.clone())>
            <div class="row-head">{head} {buttons}</div>
            <When when=move || is_group.get() && open.get()>
                <div class="row-body" id=body.clone()>
                    <Field session identity=field.get_value() pointer bare=true/>
                </div>
            </When>
        </li>
    }
}
