use dagwright_core::{field::FieldKind, pointer::Pointer};
use leptos::prelude::*;

use super::{
    branch::Branches,
    choice::{Radios, Selection},
    findings::Shown,
    group::{Enclosed, Group, Labelled},
    list::List,
    map::Map,
    number::Number,
    question::{Question, plain},
    schedule::Schedule,
    switch::Switch,
    text::{LongText, ShortText},
    yaml::Yaml,
};
use crate::{
    part::{Each, When},
    session::Session,
    words,
};

/// Begins the key of a heading; those of fields are JSON Pointers, which begin with a slash.
const HEADING: char = '#';

/// The fields of a form or of a group: sections with their headings, and what few people need folded below them.
#[component]
pub fn Fields(
    /// What they are part of.
    session: Session,
    /// Identity of the parent.
    identity: String,
    /// Where the parent stands.
    pointer: Signal<Pointer>,
    /// The fields, in order.
    inside: Signal<Vec<Pointer>>,
    /// Whether they are those of the form itself.
    #[prop(optional)]
    outermost: bool,
) -> AnyView {
    let entries = move |advanced: bool| {
        Memo::new(move |_| {
            let mut entries = Vec::new();
            let mut section = None;
            session.outline.with(|outline| {
                for place in inside.get() {
                    let (Some(node), Some(way)) =
                        (outline.get(&place), pointer.with(|pointer| place.strip_prefix(pointer)))
                    else {
                        continue;
                    };
                    if node.field.prompt.advanced != advanced {
                        continue;
                    }
                    if section != node.field.prompt.section {
                        section.clone_from(&node.field.prompt.section);
                        entries.extend(section.as_ref().map(|section| format!("{HEADING}{section}")));
                    }
                    entries.push(way.to_string());
                }
            });
            entries
        })
    };
    let advanced = entries(true);
    let has_advanced = move || advanced.with(|advanced| !advanced.is_empty());
    let problems = move || {
        if !session.checked.get() {
            return 0;
        }
        session.findings.with(|findings| {
            let ways = advanced.get();
            let places = ways
                .iter()
                .filter(|key| !key.starts_with(HEADING))
                .map(|way| pointer.with(|pointer| pointer.join(&Pointer::from_encoded(way))));
            places.map(|place| findings.errors_below(&place)).sum::<usize>()
        })
    };
    let parent = StoredValue::new(identity);
    let draw = Callback::new(move |key: String| match key.strip_prefix(HEADING) {
        Some(text) if outermost => view! { <h2 class="section">{text.to_owned()}</h2> }.into_any(),
        Some(text) => view! { <h3 class="section">{text.to_owned()}</h3> }.into_any(),
        None => {
            let identity = format!("{}{key}", parent.get_value());
            let way = Pointer::from_encoded(key);
            let place = Signal::derive(move || pointer.with(|pointer| pointer.join(&way)));
            view! { <Field session identity pointer=place/> }.into_any()
        }
    });
    let plain = entries(false);
    view! {
        <Each keys=move || plain.get() draw/>
        <When when=move || has_advanced()>
            <details class="more">
                <summary>
                    {words::more_settings()}
                    {move || {
                        let count = problems();
                        (count > 0).then(|| view! { <span class="badge badge-error">{words::problems(count)}</span> })
                    }}
                </summary>
                <div class="more-body"><Each keys=move || advanced.get() draw/></div>
            </details>
        </When>
    }
    .into_any()
}

/// Which control a field has; a field that changes its kind is drawn anew, any other change is not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Control {
    Fixed,
    ShortText,
    LongText,
    Number,
    Switch,
    Radios,
    Select,
    Boxes,
    Schedule,
    List,
    Map,
    Group,
    Yaml,
}

/// As many choices are shown at once; more of them are a list to open.
const RADIOS: usize = 4;

fn control(question: Question) -> Option<Control> {
    question.node.with(|node| {
        let field = &node.as_ref()?.field;
        let is_container = matches!(
            field.kind,
            FieldKind::Group { .. } | FieldKind::List { .. } | FieldKind::Map { .. }
        );
        if field.prompt.read_only && !is_container {
            return Some(Control::Fixed);
        }
        Some(match &field.kind {
            FieldKind::Text { multiline: false, .. } => Control::ShortText,
            FieldKind::Text { multiline: true, .. } => Control::LongText,
            FieldKind::Number { .. } => Control::Number,
            FieldKind::Switch => Control::Switch,
            FieldKind::Choice { options }
                if options.len() <= RADIOS && (field.required || field.prompt.default.is_some()) =>
            {
                Control::Radios
            }
            FieldKind::Choice { .. } => Control::Select,
            FieldKind::Choices { .. } => Control::Boxes,
            FieldKind::Schedule { .. } => Control::Schedule,
            FieldKind::List { .. } => Control::List,
            FieldKind::Map { .. } => Control::Map,
            FieldKind::Group { .. } => Control::Group,
            FieldKind::Yaml { .. } => Control::Yaml,
        })
    })
}

/// One field with the control that fits it.
#[component]
pub fn Field(
    /// What it is part of.
    session: Session,
    /// Its identity.
    identity: String,
    /// Where its answer stands.
    pointer: Signal<Pointer>,
    /// Whether its label is only for those who cannot see that the row names it.
    #[prop(optional)]
    bare: bool,
) -> AnyView {
    let question = Question::new(session, identity, pointer);
    let control = Memo::new(move |_| control(question));
    let several = Memo::new(move |_| question.field(|field| !field.branches.is_empty() && !field.prompt.read_only));
    (move || {
        let control = control.get()?;
        Some(if several.get() {
            let named = control != Control::Group;
            view! { <Branches question bare named>{draw(question, control, true)}</Branches> }.into_any()
        } else {
            draw(question, control, bare)
        })
    })
    .into_any()
}

fn draw(question: Question, control: Control, bare: bool) -> AnyView {
    match control {
        Control::Fixed => view! { <Fixed question bare/> }.into_any(),
        Control::ShortText => view! { <ShortText question bare/> }.into_any(),
        Control::LongText => view! { <LongText question bare/> }.into_any(),
        Control::Number => view! { <Number question bare/> }.into_any(),
        Control::Switch => view! { <Switch question/> }.into_any(),
        Control::Radios => view! { <Radios question bare several=false/> }.into_any(),
        Control::Select => view! { <Selection question bare/> }.into_any(),
        Control::Boxes => view! { <Radios question bare several=true/> }.into_any(),
        Control::Schedule => view! { <Schedule question/> }.into_any(),
        Control::List => view! { <List question bare/> }.into_any(),
        Control::Map => view! { <Map question bare/> }.into_any(),
        Control::Group if bare => view! { <Shown question/><Group question/> }.into_any(),
        Control::Group => view! { <Enclosed question><Group question/></Enclosed> }.into_any(),
        Control::Yaml => view! { <Yaml question bare/> }.into_any(),
    }
}

/// An answer that the template fixes.
#[component]
fn Fixed(question: Question, bare: bool) -> impl IntoView {
    view! {
        <Labelled question bare>
            <input
                class="input"
                id=question.id()
                type="text"
                readonly
                aria-describedby=move || question.described_by()
                prop:value=move || question.value().as_ref().map(plain).unwrap_or_default()
            />
            <p class="aside">{words::fixed()}</p>
        </Labelled>
    }
}
