use std::sync::Arc;

use dagwright_core::{
    diagnostic::{Diagnostic, Severity},
    pointer::Pointer,
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::{Value, json};

use super::{Nothing, Stale, lead};
use crate::{
    control::Select,
    elements::{self, Scripts},
    part::When,
    session::Session,
    words,
};

/// The DAG as a graph, and the same in words: an element of its own draws both.
#[component]
pub fn Picture(
    /// What is being made.
    session: Session,
) -> impl IntoView {
    let chosen = RwSignal::new(0_usize);
    let ids = Memo::new(move |_| {
        session.whole.with(|whole| {
            let dags = whole.iter().flat_map(|whole| &whole.dags);
            dags.map(|dag| dag.name.clone()).collect::<Vec<_>>()
        })
    });
    let dag = Memo::new(move |_| {
        session.whole.with(|whole| {
            let dags = &whole.as_ref()?.dags;
            dags.get(chosen.get()).or(dags.first()).cloned()
        })
    });
    let folded = RwSignal::new(Vec::<String>::new());
    let layout = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        let (dag, folded) = (dag.get(), folded.get());
        let Some(dag) = dag else {
            return layout.set(None);
        };
        spawn_local(async move {
            let drawn = session.draw(&dag.text, &folded).await;
            // Another change may have come while this one was drawn; its own picture follows.
            if let Some(drawn) = drawn {
                layout.try_set(Some(drawn));
            }
        });
    });
    let there = move || dag.with(Option::is_some);
    let state = move || {
        dag.with(|dag| {
            let layout = layout.get();
            let layout = layout.as_deref().unwrap_or("null");
            let findings = session.findings.with(|findings| places(&findings.all));
            let (focused, edited) = (session.focused.get(), session.edited.get());
            dag.as_ref()
                .map(|dag| state(&dag.text, layout, &findings, focused.as_ref(), edited.as_ref()))
        })
    };
    let fold = move |event: web_sys::Event| {
        folded.set(serde_json::from_str(&elements::said(&event, "folded")).unwrap_or_default());
    };
    view! {
        <When when=move || there() fallback=move || view! { <Nothing session/> }>
            <Stale session/>
            <When when=move || ids.with(|ids| ids.len() > 1)>
                <div class="panel-bar">
                    <label for="dag-choice">"DAG"</label>
                    <Select
                        id="dag-choice"
                        options=ids
                        chosen=Signal::derive(move || Some(chosen.get()))
                        choose=move |index| chosen.set(index)
                    />
                </div>
            </When>
            <dagwright-picture prop:state=state on:folded=fold on:click=move |event| lead(session, &event)></dagwright-picture>
            <Scripts of=&["picture"]/>
            <When when=move || dag.with(|dag| dag.as_ref().is_some_and(|dag| dag.partial))>
                <p class="aside">{words::partial()}</p>
            </When>
        </When>
    }
}

/// Where errors and warnings stand, as the element takes them.
fn places(findings: &[Arc<Diagnostic>]) -> Value {
    let places = findings.iter().filter_map(|finding| {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            _ => return None,
        };
        Some(json!([finding.primary.pointer.as_ref()?.as_str(), severity]))
    });
    places.collect()
}

/// All that the element draws. The DAG and its layout are texts already, and are not read on the way.
fn state(dag: &str, layout: &str, findings: &Value, focused: Option<&Pointer>, edited: Option<&Pointer>) -> String {
    let rest = json!([findings, focused.map(Pointer::as_str), edited.map(Pointer::as_str)]);
    format!(
        r#"{{"dag":{dag},"layout":{layout},"findings":{},"focused":{},"edited":{}}}"#,
        rest[0], rest[1], rest[2]
    )
}
