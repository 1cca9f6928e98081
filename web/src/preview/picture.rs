use dagwright_core::{dag::Dag, layout::Layout};
use leptos::{prelude::*, task::spawn_local};

use super::{Nothing, Stale, graph::Graph, order};
use crate::{control::Select, part::When, session::Session, words};

/// The DAG as a graph, and the same in words.
#[component]
pub fn Picture(
    /// What is being made.
    session: Session,
) -> impl IntoView {
    let chosen = RwSignal::new(0_usize);
    let ids = Memo::new(move |_| {
        session.whole.with(|whole| {
            let dags = whole.iter().flat_map(|whole| &whole.dags);
            dags.map(|dag| dag.dag_id.clone()).collect::<Vec<_>>()
        })
    });
    let dag = Memo::new(move |_| {
        session.whole.with(|whole| {
            let dags = &whole.as_ref()?.dags;
            dags.get(chosen.get()).or(dags.first()).cloned()
        })
    });
    let folded = RwSignal::new(Vec::<String>::new());
    let layout = RwSignal::new(None::<Layout>);
    Effect::new(move |_| {
        let (dag, folded) = (dag.get(), folded.get());
        let Some(dag) = dag else {
            return layout.set(None);
        };
        spawn_local(async move {
            let drawn = session.draw(&dag, &folded).await;
            // Another change may have come while this one was drawn; its own picture follows.
            if let Some(drawn) = drawn {
                layout.try_set(Some(drawn));
            }
        });
    });
    let there = move || dag.with(Option::is_some);
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
            <Graph session dag layout folded/>
            <When when=move || dag.with(|dag| dag.as_ref().is_some_and(|dag| dag.partial))>
                <p class="aside">{words::partial()}</p>
            </When>
            <InWords session dag/>
        </When>
    }
}

/// The tasks in their order, each with those that it waits for.
#[component]
fn InWords(session: Session, dag: Memo<Option<Dag>>) -> impl IntoView {
    let steps = move || dag.with(|dag| dag.as_ref().map(order::steps).unwrap_or_default());
    view! {
        <details class="in-words">
            <summary>{words::tasks_in_words()}</summary>
            <ol>
                {move || {
                    steps()
                        .into_iter()
                        .map(|step| {
                            let place = step.task.pointer.clone();
                            let id = step.task.task_id.clone();
                            view! {
                                <li>
                                    {match place {
                                        Some(place) => {
                                            view! {
                                                <button type="button" class="link" on:click=move |_| session.bring(&place)>{id}</button>
                                            }
                                                .into_any()
                                        }
                                        None => view! { <strong>{id}</strong> }.into_any(),
                                    }}
                                    " " {words::step(&step.task.operator, &step.upstream)}
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ol>
        </details>
    }
}
