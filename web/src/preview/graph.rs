use dagwright_core::{
    dag::Dag,
    layout::{Layout, NodeBox, NodeKind},
    pointer::Pointer,
};
use leptos::prelude::*;

use super::{
    camera::Camera,
    curve::{self, short},
    family::family,
    order::{cut, short_name},
};
use crate::{
    control::IconButton,
    icon::lines,
    part::{Each, When},
    session::Session,
    words,
};

/// The graph of a DAG in a frame in which it can be moved and zoomed.
#[component]
pub fn Graph(
    /// What is being made.
    session: Session,
    /// What is drawn.
    dag: Memo<Option<Dag>>,
    /// Where everything stands.
    layout: RwSignal<Option<Layout>>,
    /// Ids of the groups that are folded.
    folded: RwSignal<Vec<String>>,
) -> impl IntoView {
    let camera = Camera::new(layout);
    let ids = move |tasks: bool| {
        layout.with(|layout| {
            let nodes = layout.iter().flat_map(|layout| &layout.nodes);
            nodes
                .filter(|node| (node.kind == NodeKind::Task) == tasks)
                .map(|node| node.id.clone())
                .collect::<Vec<_>>()
        })
    };
    let groups = move || {
        dag.with(|dag| {
            let groups = dag.iter().flat_map(|dag| &dag.groups);
            groups.map(|group| group.group_id.clone()).collect::<Vec<_>>()
        })
    };
    let label = move || dag.with(|dag| dag.as_ref().map(|dag| words::picture_of(dag.tasks.len(), &dag.dag_id)));

    view! {
        <div class="graph">
            <div
                class="graph-frame"
                class:graph-dragging=move || camera.dragging.get()
                node_ref=camera.frame
                role="group"
                tabindex="0"
                aria-label=words::graph_keys()
                on:wheel=move |event| camera.wheel(&event)
                on:keydown=move |event| camera.key(&event)
                on:pointerdown=move |event| camera.grip(&event)
                on:pointermove=move |event| camera.drag(&event)
                on:pointerup=move |_| camera.release()
                on:pointercancel=move |_| camera.release()
            >
                <svg class="graph-picture" role="img" aria-label=label>
                    <defs>
                        <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
                            <path class="graph-arrow" d="M1 1l6 3-6 3"></path>
                        </marker>
                    </defs>
                    <g class="graph-all" style:transform=move || camera.transform()>
                        <Each
                            keys=move || ids(false)
                            draw=move |id: String| view! { <GroupBox id layout folded/> }.into_any()
                        />
                        <g class="graph-edges">
                            {move || {
                                layout
                                    .with(|layout| {
                                        let edges = layout.iter().flat_map(|layout| &layout.edges);
                                        edges.map(|edge| edge_path(&edge.points)).collect_view()
                                    })
                            }}
                        </g>
                        <Each
                            keys=move || ids(true)
                            draw=move |id: String| view! { <TaskBox session id layout dag/> }.into_any()
                        />
                    </g>
                </svg>
            </div>
            <div class="graph-buttons">
                <When when=move || !groups().is_empty()>
                    <button
                        type="button"
                        class="button button-small"
                        on:click=move |_| {
                            let all = untrack(groups);
                            folded.update(|folded| *folded = if folded.is_empty() { all } else { Vec::new() });
                        }
                    >
                        {move || if folded.with(Vec::is_empty) { words::fold() } else { words::unfold() }}
                    </button>
                </When>
                <IconButton icon="minus" label=words::smaller() press=move |()| camera.zoom(false)/>
                <IconButton icon="plus" label=words::larger() press=move |()| camera.zoom(true)/>
                <IconButton icon="fit" label=words::whole() press=move |()| camera.whole()/>
            </div>
        </div>
    }
}

/// The way from one box to another.
fn edge_path(points: &[(f64, f64)]) -> impl IntoView + use<> {
    view! { <path class="graph-edge" d=curve::path(points) marker-end="url(#arrow)"></path> }
}

/// A task group, open or folded.
#[component]
fn GroupBox(id: String, layout: RwSignal<Option<Layout>>, folded: RwSignal<Vec<String>>) -> impl IntoView {
    let node = place(&id, layout);
    let name = id.rsplit('.').next().unwrap_or(&id).to_owned();
    let is_folded = move || node.with(|node| node.kind == NodeKind::Folded);
    view! {
        <g
            class="group-box"
            class:group-folded=is_folded
            style:transform=move || node.with(|node| format!("translate({}px, {}px)", short(node.x), short(node.y)))
            on:click=move |_| {
                folded
                    .update(|folded| {
                        let before = folded.len();
                        folded.retain(|own| *own != id);
                        if folded.len() == before {
                            folded.push(id.clone());
                        }
                    });
            }
        >
            <rect rx="10" width=move || node.with(|node| short(node.width)) height=move || node.with(|node| short(node.height))></rect>
            <path class="group-chevron" d=move || if is_folded() { "M12 9l5 5-5 5" } else { "M9 12l5 5 5-5" }></path>
            <text x="26" y="19">{cut(&name, 28)}</text>
        </g>
    }
}

/// One task.
#[component]
fn TaskBox(session: Session, id: String, layout: RwSignal<Option<Layout>>, dag: Memo<Option<Dag>>) -> impl IntoView {
    let node = place(&id, layout);
    let task = {
        let id = id.clone();
        Memo::new(move |_| {
            dag.with(|dag| {
                let mut tasks = dag.iter().flat_map(|dag| &dag.tasks);
                tasks.find(|task| task.task_id == id).cloned()
            })
            .unwrap_or_default()
        })
    };
    let kind = move || task.with(|task| family(&task.operator));
    // Two names take turns, since an animation starts anew only under another one.
    let glow = Memo::new(move |before: Option<&u32>| {
        let edited = session.edited.get();
        let own = task.with(|task| task.pointer.clone());
        session.whole.track();
        let before = before.copied().unwrap_or_default();
        match (edited, own) {
            (Some(edited), Some(own)) if concerns(&edited, &own) => before + 1,
            _ => before,
        }
    });
    let letters = move || {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a box is some hundred pixels wide"
        )]
        let letters = node.with(|node| ((node.width - 56.0) / 7.2).max(4.0) as usize);
        letters
    };
    view! {
        <g
            class="task-box"
            data-family=kind
            data-glow=move || match glow.get() {
                0 => None,
                count if count % 2 == 1 => Some("odd"),
                _ => Some("even"),
            }
            class:task-here=move || {
                session.focused.with(|focused| match (focused, task.with(|task| task.pointer.clone())) {
                    (Some(focused), Some(own)) => concerns(focused, &own),
                    _ => false,
                })
            }
            style:transform=move || node.with(|node| format!("translate({}px, {}px)", short(node.x), short(node.y)))
            on:click=move |_| {
                if let Some(place) = task.with_untracked(|task| task.pointer.clone()) {
                    session.bring(&place);
                }
            }
        >
            <title>{move || task.with(|task| words::task(&task.task_id, &task.operator))}</title>
            <rect class="task-frame" rx="8" width=move || node.with(|node| short(node.width)) height=move || node.with(|node| short(node.height))></rect>
            <g class="task-icon" style:transform=move || node.with(|node| format!("translate(10px, {}px)", short(node.height / 2.0 - 13.0)))>
                <rect rx="6" width="26" height="26"></rect>
                <path d=move || lines(kind())></path>
            </g>
            <text class="task-name" x="46" y=move || node.with(|node| short(node.height / 2.0 - 3.0))>
                {move || task.with(|task| cut(short_name(task), letters()))}
            </text>
            <text class="task-operator" x="46" y=move || node.with(|node| short(node.height / 2.0 + 13.0))>
                {move || task.with(|task| cut(task.operator.trim_end_matches("Operator"), letters() + 2))}
            </text>
        </g>
    }
}

fn place(id: &str, layout: RwSignal<Option<Layout>>) -> Memo<NodeBox> {
    let id = id.to_owned();
    Memo::new(move |before: Option<&NodeBox>| {
        let found = layout.with(|layout| {
            let mut nodes = layout.iter().flat_map(|layout| &layout.nodes);
            nodes.find(|node| node.id == id).cloned()
        });
        let node = found.or(before.cloned());
        node.unwrap_or(NodeBox {
            id: String::new(),
            kind: NodeKind::Task,
            parent: None,
            x: 0.0,
            y: 0.0,
            width: 0.0,
            height: 0.0,
        })
    })
}

/// Whether a change at one place touches what stands at the other.
fn concerns(edited: &Pointer, own: &Pointer) -> bool {
    edited.strip_prefix(own).is_some() && !own.as_str().is_empty()
}
