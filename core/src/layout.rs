//! The picture of a DAG as numbers: boxes and routes, no drawing.

#[cfg(feature = "engine")]
mod layered;

#[cfg(feature = "engine")]
pub(crate) use layered::layout;

use serde::{Deserialize, Serialize};

/// A picture, in CSS pixels, with the origin in the upper left corner. Time runs from left to right.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// Width of the whole.
    pub width: f64,
    /// Height of the whole.
    pub height: f64,
    /// Boxes, groups before what they hold.
    pub nodes: Vec<NodeBox>,
    /// Edges between boxes.
    pub edges: Vec<Route>,
}

/// The box of a task or of a task group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodeBox {
    /// Id of the task or group.
    pub id: String,
    /// What it stands for.
    pub kind: NodeKind,
    /// Id of the group around it.
    pub parent: Option<String>,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// What a box stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NodeKind {
    /// A task.
    Task,
    /// A task group, open: its tasks are drawn inside.
    Group,
    /// A task group, folded: its tasks are not drawn.
    Folded,
}

/// The way of one edge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Route {
    /// Id of the box it leaves.
    pub from: String,
    /// Id of the box it enters.
    pub to: String,
    /// Corners of a path of horizontal and vertical lines, at least two.
    pub points: Vec<(f64, f64)>,
}
