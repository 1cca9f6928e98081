use dagwright_core::{
    dag::Dag,
    layout::{Layout, NodeBox, NodeKind},
    pointer::Pointer,
};
use leptos::{html, prelude::*};

use super::{
    curve::{self, short},
    family::family,
    order::{cut, short_name},
};
use crate::{
    icon::{Icon, lines},
    part::{Each, When},
    session::Session,
    words,
};

/// How the picture lies in its frame: moved by `x` and `y` pixels after it was scaled.
#[derive(Clone, Copy, Debug, PartialEq)]
struct View {
    x: f64,
    y: f64,
    scale: f64,
}

const SMALLEST: f64 = 0.1;
const LARGEST: f64 = 2.5;
/// One press of a button or key.
const ZOOM: f64 = 1.25;
/// One turn of the wheel.
const WHEEL: f64 = 1.05;
/// One press of an arrow key, in pixels.
const STEP: f64 = 48.0;
/// Room between the picture and its frame, in pixels.
const MARGIN: f64 = 24.0;
/// A pointer that moves less than this, in pixels, is clicking.
const CLICK: f64 = 4.0;

impl View {
    /// The whole picture, in the middle, never larger than life.
    fn fit(layout: &Layout, width: f64, height: f64) -> Self {
        let room = |frame: f64, picture: f64| (frame - 2.0 * MARGIN).max(1.0) / picture.max(1.0);
        let scale = room(width, layout.width)
            .min(room(height, layout.height))
            .clamp(SMALLEST, 1.0);
        Self {
            x: (width - layout.width * scale) / 2.0,
            y: (height - layout.height * scale) / 2.0,
            scale,
        }
    }

    /// Larger or smaller, with the point at (`x`, `y`) of the frame in its place.
    fn zoomed(self, by: f64, x: f64, y: f64) -> Self {
        let scale = (self.scale * by).clamp(SMALLEST, LARGEST);
        let share = scale / self.scale;
        Self {
            x: x - (x - self.x) * share,
            y: y - (y - self.y) * share,
            scale,
        }
    }

    fn moved(self, x: f64, y: f64) -> Self {
        Self {
            x: self.x + x,
            y: self.y + y,
            ..self
        }
    }
}

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
    let frame = NodeRef::<html::Div>::new();
    let view = RwSignal::new(View {
        x: 0.0,
        y: 0.0,
        scale: 1.0,
    });
    let touched = RwSignal::new(false);
    let size = move || {
        frame.try_get_untracked().flatten().map(|frame| {
            let frame = frame.get_bounding_client_rect();
            (frame.width(), frame.height())
        })
    };
    let fit = move || {
        if let Some((width, height)) = size()
            && let Some(Some(fitted)) =
                layout.try_with_untracked(|layout| layout.as_ref().map(|layout| View::fit(layout, width, height)))
        {
            view.set(fitted);
        }
    };
    // A picture that nobody has moved stays whole while it grows.
    Effect::new(move |_| {
        layout.track();
        if !touched.get_untracked() {
            request_animation_frame(fit);
        }
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| {
        if !touched.get_untracked() {
            fit();
        }
    });
    on_cleanup(move || resized.remove());

    let change = move |step: &dyn Fn(View) -> View| {
        touched.set(true);
        view.update(|view| *view = step(*view));
    };
    let zoom = move |by: f64| {
        let (width, height) = size().unwrap_or_default();
        change(&|view| view.zoomed(by, width / 2.0, height / 2.0));
    };
    let whole = move || {
        touched.set(false);
        fit();
    };

    let drag = StoredValue::new(None::<(f64, f64, bool)>);
    let dragging = RwSignal::new(false);
    let wheel = move |event: web_sys::WheelEvent| {
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            let Some(frame) = frame.get_untracked() else {
                return;
            };
            let place = frame.get_bounding_client_rect();
            let (x, y) = (
                f64::from(event.client_x()) - place.left(),
                f64::from(event.client_y()) - place.top(),
            );
            // A wheel has steps and a touch pad has not, so that it is the direction alone that counts.
            let by = if event.delta_y() < 0.0 { WHEEL } else { 1.0 / WHEEL };
            change(&|view| view.zoomed(by, x, y));
        } else if layout.with_untracked(|layout| {
            // The wheel moves the picture only where there is more of it; else the page scrolls.
            let (width, height) = size().unwrap_or_default();
            let scale = view.get_untracked().scale;
            layout
                .as_ref()
                .is_some_and(|layout| layout.width * scale > width || layout.height * scale > height)
        }) {
            event.prevent_default();
            let (x, y) = if event.shift_key() {
                (event.delta_y(), 0.0)
            } else {
                (event.delta_x(), event.delta_y())
            };
            change(&|view| view.moved(-x, -y));
        }
    };
    let key = move |event: web_sys::KeyboardEvent| {
        match event.key().as_str() {
            "ArrowLeft" => change(&|view| view.moved(STEP, 0.0)),
            "ArrowRight" => change(&|view| view.moved(-STEP, 0.0)),
            "ArrowUp" => change(&|view| view.moved(0.0, STEP)),
            "ArrowDown" => change(&|view| view.moved(0.0, -STEP)),
            "+" | "=" => zoom(ZOOM),
            "-" => zoom(1.0 / ZOOM),
            "0" => whole(),
            _ => return,
        }
        event.prevent_default();
    };

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
    let label = move || dag.with(|dag| dag.as_ref().map(|dag| words::picture_of(&dag.dag_id, dag.tasks.len())));

    view! {
        <div class="graph">
            <div
                class="graph-frame"
                class:graph-dragging=move || dragging.get()
                node_ref=frame
                role="group"
                tabindex="0"
                aria-label=words::GRAPH_KEYS
                on:wheel=wheel
                on:keydown=key
                on:pointerdown=move |event| {
                    if event.button() == 0 {
                        drag.set_value(Some((f64::from(event.client_x()), f64::from(event.client_y()), false)));
                    }
                }
                on:pointermove=move |event| {
                    let Some((x, y, moving)) = drag.get_value() else { return };
                    let (to_x, to_y) = (f64::from(event.client_x()), f64::from(event.client_y()));
                    if !moving && (to_x - x).hypot(to_y - y) < CLICK {
                        return;
                    }
                    if !moving && let Some(frame) = frame.get_untracked() {
                        drop(frame.set_pointer_capture(event.pointer_id()));
                        dragging.set(true);
                    }
                    drag.set_value(Some((to_x, to_y, true)));
                    change(&|view| view.moved(to_x - x, to_y - y));
                }
                on:pointerup=move |_| {
                    drag.set_value(None);
                    dragging.set(false);
                }
                on:pointercancel=move |_| {
                    drag.set_value(None);
                    dragging.set(false);
                }
            >
                <svg class="graph-picture" role="img" aria-label=label>
                    <defs>
                        <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
                            <path class="graph-arrow" d="M1 1l6 3-6 3"></path>
                        </marker>
                    </defs>
                    <g
                        class="graph-all"
                        style:transform=move || {
                            let View { x, y, scale } = view.get();
                            format!("translate({}px, {}px) scale({}%)", short(x), short(y), short(scale * 100.0))
                        }
                    >
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
                        {move || if folded.with(Vec::is_empty) { words::FOLD } else { words::UNFOLD }}
                    </button>
                </When>
                <button type="button" class="icon-button" aria-label=words::SMALLER on:click=move |_| zoom(1.0 / ZOOM)>
                    <Icon name="minus"/>
                </button>
                <button type="button" class="icon-button" aria-label=words::LARGER on:click=move |_| zoom(ZOOM)>
                    <Icon name="plus"/>
                </button>
                <button type="button" class="icon-button" aria-label=words::WHOLE on:click=move |_| whole()>
                    <Icon name="fit"/>
                </button>
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
            class:group-folded=move || is_folded()
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
            data-family=move || kind()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_picture_is_not_blown_up_and_a_large_one_is_whole() {
        let small = Layout {
            width: 100.0,
            height: 50.0,
            ..Layout::default()
        };
        let view = View::fit(&small, 500.0, 300.0);
        assert!((view.scale - 1.0).abs() < f64::EPSILON);
        assert!((view.x - 200.0).abs() < 0.001 && (view.y - 125.0).abs() < 0.001);
        let large = Layout {
            width: 1000.0,
            height: 100.0,
            ..Layout::default()
        };
        let view = View::fit(&large, 548.0, 300.0);
        assert!((view.scale - 0.5).abs() < 0.001);
    }

    #[test]
    fn zooming_keeps_the_point_below_the_pointer() {
        let view = View {
            x: 10.0,
            y: 20.0,
            scale: 1.0,
        };
        let zoomed = view.zoomed(2.0, 110.0, 220.0);
        assert!(((110.0 - zoomed.x) / zoomed.scale - 100.0).abs() < 0.001);
        assert!(((220.0 - zoomed.y) / zoomed.scale - 200.0).abs() < 0.001);
        assert!((view.zoomed(1e9, 0.0, 0.0).scale - LARGEST).abs() < f64::EPSILON);
    }
}
