//! Layers from left to right: what a task waits for stands to its left.
//!
//! Every open group is laid out by itself, innermost first, and then stands as one box in the group around it. An edge
//! between groups is a chain of pieces: from the task to a port in the border of its group, from there to a port of
//! the other group, and on to the other task. Long pieces keep a lane between the boxes of each layer that they pass.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::{
    Direction::{self, Incoming, Outgoing},
    algo::greedy_feedback_arc_set,
    graph::NodeIndex,
    stable_graph::StableDiGraph,
    visit::EdgeRef,
};

use super::{Layout, NodeBox, NodeKind, Route};
use crate::dag::Dag;

const WIDTH: f64 = 200.0;
const HEIGHT: f64 = 56.0;
/// Between boxes that stand above each other.
const ROW_GAP: f64 = 24.0;
/// Between layers.
const LAYER_GAP: f64 = 64.0;
/// Between the ports of a group and its first or last layer.
const PORT_GAP: f64 = 24.0;
const PADDING: f64 = 16.0;
const TITLE: f64 = 32.0;
/// Height of a lane of edges that passes a layer.
const LANE: f64 = 8.0;
/// How often the layers are ordered anew.
const SWEEPS: usize = 12;
/// How often places are made level with their neighbours.
const ROUNDS: usize = 6;

/// Lays out a DAG. `folded` are ids of groups whose tasks are not drawn.
pub(crate) fn layout(dag: &Dag, folded: &[String]) -> Layout {
    let scene = Scene::new(dag, folded);
    let mut levels: Vec<Level> = Vec::with_capacity(scene.levels.len());
    let mut sizes: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    // Groups stand behind the groups around them, so that the last level is an innermost one.
    for plan in scene.levels.iter().rev() {
        let level = Level::new(plan, &sizes);
        if let Some(node) = plan.node {
            let width = (level.width + 2.0 * PADDING).max(WIDTH);
            let height = (level.height + TITLE + PADDING).max(HEIGHT);
            sizes.insert(node, (width, height));
        }
        levels.push(level);
    }
    levels.reverse();
    scene.draw(&levels, &sizes)
}

/// What is drawn, before it has places.
struct Scene {
    nodes: Vec<Node>,
    /// The root and each open group, outer ones first.
    levels: Vec<Plan>,
    edges: Vec<Wire>,
}

struct Node {
    id: String,
    kind: NodeKind,
    /// The level that it stands in.
    level: usize,
    /// The level that it holds, of an open group.
    inside: Option<usize>,
}

/// What stands in one group.
#[derive(Default)]
struct Plan {
    /// The box of the group; none for the root.
    node: Option<usize>,
    children: Vec<usize>,
    /// Pieces of edges between what stands here.
    pieces: BTreeSet<(End, End)>,
}

/// An end of a piece of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    /// The port in the left border of the group, for the edges that enter towards a child.
    Entry(usize),
    Child(usize),
    /// The port in the right border of the group, for the edges that leave a child.
    Exit(usize),
}

/// An edge between two boxes, as a chain of pieces.
struct Wire {
    from: usize,
    to: usize,
    /// Whether it runs against the layers, so that its pieces lead from `to` to `from`.
    is_reversed: bool,
    pieces: Vec<(usize, (End, End))>,
}

impl Scene {
    fn new(dag: &Dag, folded: &[String]) -> Self {
        let folded: BTreeSet<&str> = folded.iter().map(String::as_str).collect();
        let mut scene = Self {
            nodes: Vec::new(),
            levels: vec![Plan::default()],
            edges: Vec::new(),
        };
        // For each group: the level that its children stand in, or the folded box that stands for them.
        let mut groups: BTreeMap<&str, Result<usize, usize>> = BTreeMap::new();
        for group in &dag.groups {
            let around = group
                .parent
                .as_deref()
                .and_then(|parent| groups.get(parent).copied())
                .unwrap_or(Ok(0));
            if groups.contains_key(group.group_id.as_str()) {
                continue;
            }
            let place = match around {
                Err(hidden_in) => Err(hidden_in),
                Ok(level) if folded.contains(group.group_id.as_str()) => {
                    Err(scene.add(&group.group_id, NodeKind::Folded, level))
                }
                Ok(level) => {
                    let node = scene.add(&group.group_id, NodeKind::Group, level);
                    let inside = scene.levels.len();
                    scene.levels.push(Plan {
                        node: Some(node),
                        ..Plan::default()
                    });
                    if let Some(node) = scene.nodes.get_mut(node) {
                        node.inside = Some(inside);
                    }
                    Ok(inside)
                }
            };
            groups.insert(&group.group_id, place);
        }
        // For each task: the box that stands for it.
        let mut boxes: BTreeMap<&str, usize> = BTreeMap::new();
        for task in &dag.tasks {
            if boxes.contains_key(task.task_id.as_str()) {
                continue;
            }
            let place = task
                .group
                .as_deref()
                .and_then(|group| groups.get(group).copied())
                .unwrap_or(Ok(0));
            let node = match place {
                Ok(level) => scene.add(&task.task_id, NodeKind::Task, level),
                Err(folded) => folded,
            };
            boxes.insert(&task.task_id, node);
        }
        let mut pairs = BTreeSet::new();
        for task in &dag.tasks {
            for downstream in &task.downstream {
                if let (Some(from), Some(to)) = (boxes.get(task.task_id.as_str()), boxes.get(downstream.as_str()))
                    && from != to
                {
                    pairs.insert((*from, *to));
                }
            }
        }
        scene.connect(pairs);
        scene
    }

    fn add(&mut self, id: &str, kind: NodeKind, level: usize) -> usize {
        let node = self.nodes.len();
        self.nodes.push(Node {
            id: id.to_owned(),
            kind,
            level,
            inside: None,
        });
        if let Some(level) = self.levels.get_mut(level) {
            level.children.push(node);
        }
        node
    }

    /// The boxes around a box, outermost first, and the box itself, each with the level that it stands in.
    fn path(&self, node: usize) -> Vec<(usize, usize)> {
        let mut path = Vec::new();
        let mut next = Some(node);
        while let Some(index) = next {
            let Some(node) = self.nodes.get(index) else {
                break;
            };
            path.push((node.level, index));
            next = self.levels.get(node.level).and_then(|level| level.node);
        }
        path.reverse();
        path
    }

    /// Cuts the edges into pieces, each inside one level, and turns those round that would close a cycle of boxes.
    fn connect(&mut self, pairs: BTreeSet<(usize, usize)>) {
        // Where two paths part: the level, the boxes on either side there, and how deep that is.
        let mut crossings = Vec::with_capacity(pairs.len());
        for (from, to) in pairs {
            let (one, two) = (self.path(from), self.path(to));
            let depth = one.iter().zip(&two).take_while(|(a, b)| a == b).count();
            if let (Some(a), Some(b)) = (one.get(depth), two.get(depth)) {
                crossings.push((a.0, (a.1, b.1), depth, (from, one.clone()), (to, two.clone())));
            }
        }
        let mut between: BTreeMap<usize, BTreeSet<(usize, usize)>> = BTreeMap::new();
        for (level, pair, ..) in &crossings {
            between.entry(*level).or_default().insert(*pair);
        }
        let against: BTreeMap<usize, BTreeSet<(usize, usize)>> = between
            .iter()
            .map(|(level, pairs)| (*level, against_the_flow(pairs)))
            .collect();
        for (level, pair, depth, mut upstream, mut downstream) in crossings {
            let (from, to) = (upstream.0, downstream.0);
            let is_reversed = against.get(&level).is_some_and(|pairs| pairs.contains(&pair));
            let mut pair = pair;
            if is_reversed {
                std::mem::swap(&mut upstream, &mut downstream);
                pair = (pair.1, pair.0);
            }
            let mut pieces = Vec::new();
            for (level, child) in upstream.1.iter().skip(depth + 1).rev() {
                pieces.push((*level, (End::Child(*child), End::Exit(*child))));
            }
            pieces.push((level, (End::Child(pair.0), End::Child(pair.1))));
            for (level, child) in downstream.1.iter().skip(depth + 1) {
                pieces.push((*level, (End::Entry(*child), End::Child(*child))));
            }
            for (level, piece) in &pieces {
                if let Some(level) = self.levels.get_mut(*level) {
                    level.pieces.insert(*piece);
                }
            }
            self.edges.push(Wire {
                from,
                to,
                is_reversed,
                pieces,
            });
        }
    }

    /// Puts the levels into each other and draws the edges.
    fn draw(&self, levels: &[Level], sizes: &BTreeMap<usize, (f64, f64)>) -> Layout {
        let mut corners: Vec<(f64, f64)> = vec![(0.0, 0.0); levels.len()];
        let mut nodes = Vec::with_capacity(self.nodes.len());
        let mut frames: Vec<Frame> = vec![Frame::default(); self.nodes.len()];
        // Outer levels first: a group has its place before what it holds.
        for (index, (plan, level)) in self.levels.iter().zip(levels).enumerate() {
            let (left, top) = corners.get(index).copied().unwrap_or_default();
            for child in &plan.children {
                let (Some(node), Some(place)) = (self.nodes.get(*child), level.places.get(&End::Child(*child))) else {
                    continue;
                };
                let (width, height) = sizes.get(child).copied().unwrap_or((WIDTH, HEIGHT));
                let frame = Frame {
                    x: left + place.x,
                    y: top + place.y,
                    width,
                    height,
                };
                if let Some(slot) = frames.get_mut(*child) {
                    *slot = frame;
                }
                if let Some(corner) = node.inside.and_then(|inside| corners.get_mut(inside)) {
                    *corner = (frame.x + PADDING, frame.y + TITLE);
                }
            }
        }
        for level in &self.levels {
            for child in &level.children {
                let (Some(node), Some(frame)) = (self.nodes.get(*child), frames.get(*child)) else {
                    continue;
                };
                let around = self
                    .levels
                    .get(node.level)
                    .and_then(|level| level.node)
                    .and_then(|group| self.nodes.get(group));
                nodes.push(NodeBox {
                    id: node.id.clone(),
                    kind: node.kind,
                    parent: around.map(|group| group.id.clone()),
                    x: frame.x,
                    y: frame.y,
                    width: frame.width,
                    height: frame.height,
                });
            }
        }
        let canvas = Canvas {
            scene: self,
            levels,
            corners: &corners,
            frames: &frames,
        };
        let routes = canvas.routes();
        let root = levels.first();
        Layout {
            width: root.map_or(0.0, |root| root.width),
            height: root.map_or(0.0, |root| root.height),
            nodes,
            edges: routes,
        }
    }
}

/// Edges that must be turned round so that the rest has no cycle.
fn against_the_flow(pairs: &BTreeSet<(usize, usize)>) -> BTreeSet<(usize, usize)> {
    let mut graph: StableDiGraph<usize, ()> = StableDiGraph::new();
    let mut indices = BTreeMap::new();
    for (from, to) in pairs {
        for node in [from, to] {
            indices.entry(*node).or_insert_with(|| graph.add_node(*node));
        }
    }
    for (from, to) in pairs {
        if let (Some(from), Some(to)) = (indices.get(from), indices.get(to)) {
            graph.add_edge(*from, *to, ());
        }
    }
    greedy_feedback_arc_set(&graph)
        .filter_map(|edge| {
            let from = graph.node_weight(edge.source())?;
            let to = graph.node_weight(edge.target())?;
            Some((*from, *to))
        })
        .collect()
}

#[derive(Clone, Copy, Debug, Default)]
struct Frame {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// One group with places in it, measured from the corner of its contents.
struct Level {
    width: f64,
    height: f64,
    /// The upper left corners of children, and the middles of ports.
    places: BTreeMap<End, Corner>,
    /// For each piece: the heights at which it passes the layers between its ends.
    lanes: BTreeMap<(End, End), Vec<f64>>,
    /// For each layer: where it begins and ends.
    columns: Vec<(f64, f64)>,
    ranks: BTreeMap<End, usize>,
}

#[derive(Clone, Copy, Debug)]
struct Corner {
    x: f64,
    y: f64,
}

/// A vertex of the graph that is layered: an end of pieces, or a place where a long piece passes a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Vertex {
    End(End),
    Lane { piece: usize, rank: usize },
}

impl Level {
    fn new(plan: &Plan, sizes: &BTreeMap<usize, (f64, f64)>) -> Self {
        let pieces: Vec<(End, End)> = plan.pieces.iter().copied().collect();
        let connected: BTreeSet<End> = pieces.iter().flat_map(|(from, to)| [*from, *to]).collect();
        let ranks = ranks(&pieces);
        let layers = ranks.values().max().map_or(0, |rank| rank + 1);
        let mut graph = Layered::new(layers);
        for end in &connected {
            let rank = ranks.get(end).copied().unwrap_or(0);
            graph.add(Vertex::End(*end), rank, height(*end, sizes));
        }
        let mut crossed: Vec<Vec<usize>> = Vec::with_capacity(pieces.len());
        for (piece, (from, to)) in pieces.iter().enumerate() {
            let ends = (
                ranks.get(from).copied().unwrap_or(0),
                ranks.get(to).copied().unwrap_or(0),
            );
            let mut before = Vertex::End(*from);
            let mut passed = Vec::new();
            for rank in ends.0 + 1..ends.1 {
                let lane = Vertex::Lane { piece, rank };
                passed.push(graph.add(lane, rank, LANE));
                graph.connect(before, lane);
                before = lane;
            }
            graph.connect(before, Vertex::End(*to));
            crossed.push(passed);
        }
        let tops = graph.tops();
        let columns = columns(&ranks, layers, sizes);
        let mut places = BTreeMap::new();
        for end in &connected {
            let rank = ranks.get(end).copied().unwrap_or(0);
            let (left, right) = columns.get(rank).copied().unwrap_or_default();
            let top = graph
                .index(Vertex::End(*end))
                .and_then(|index| tops.get(index).copied());
            let top = top.unwrap_or_default();
            let corner = match end {
                End::Child(child) => {
                    let width = sizes.get(child).map_or(WIDTH, |size| size.0);
                    Corner {
                        x: (left + (right - left - width) / 2.0).round(),
                        y: top,
                    }
                }
                End::Entry(_) | End::Exit(_) => Corner {
                    x: left,
                    y: top + LANE / 2.0,
                },
            };
            places.insert(*end, corner);
        }
        let lanes = pieces
            .iter()
            .zip(&crossed)
            .map(|(piece, passed)| {
                let heights = passed
                    .iter()
                    .map(|index| tops.get(*index).copied().unwrap_or_default() + LANE / 2.0)
                    .collect();
                (*piece, heights)
            })
            .collect();
        let mut level = Self {
            width: columns.last().map_or(0.0, |column| column.1),
            height: graph.bottom(&tops),
            places,
            lanes,
            columns,
            ranks,
        };
        let alone: Vec<usize> = plan
            .children
            .iter()
            .copied()
            .filter(|child| !connected.contains(&End::Child(*child)))
            .collect();
        level.place_alone(&alone, sizes);
        level
    }

    /// Puts children without edges in rows below the rest.
    fn place_alone(&mut self, alone: &[usize], sizes: &BTreeMap<usize, (f64, f64)>) {
        if alone.is_empty() {
            return;
        }
        // About as many columns as make the whole twice as wide as high.
        let mut across = self.columns.len().max(1);
        while across * across * 2 < alone.len() {
            across += 1;
        }
        let mut widths = vec![0.0_f64; across.min(alone.len())];
        for row in alone.chunks(across) {
            for (child, width) in row.iter().zip(&mut widths) {
                *width = width.max(sizes.get(child).map_or(WIDTH, |size| size.0));
            }
        }
        let mut top = if self.height > 0.0 { self.height + ROW_GAP } else { 0.0 };
        for row in alone.chunks(across) {
            let mut left = 0.0;
            let mut below = top;
            for (child, width) in row.iter().zip(&widths) {
                self.places.insert(End::Child(*child), Corner { x: left, y: top });
                left += width + LAYER_GAP;
                below = f64::max(below, top + sizes.get(child).map_or(HEIGHT, |size| size.1));
            }
            self.height = below;
            top = below + ROW_GAP;
        }
        let width: f64 = widths.iter().sum::<f64>() + LAYER_GAP * count(widths.len().saturating_sub(1));
        self.width = self.width.max(width);
    }
}

fn height(end: End, sizes: &BTreeMap<usize, (f64, f64)>) -> f64 {
    match end {
        End::Child(child) => sizes.get(&child).map_or(HEIGHT, |size| size.1),
        End::Entry(_) | End::Exit(_) => LANE,
    }
}

/// The layer of each end: one behind the last of those before it. Entries come first, exits last.
fn ranks(pieces: &[(End, End)]) -> BTreeMap<End, usize> {
    let mut ranks: BTreeMap<End, usize> = BTreeMap::new();
    let mut waits: BTreeMap<End, usize> = BTreeMap::new();
    let mut next: BTreeMap<End, Vec<End>> = BTreeMap::new();
    let mut before: BTreeMap<End, Vec<End>> = BTreeMap::new();
    let has_entries = pieces.iter().any(|(from, _)| matches!(from, End::Entry(_)));
    for (from, to) in pieces {
        waits.entry(*from).or_default();
        *waits.entry(*to).or_default() += 1;
        next.entry(*from).or_default().push(*to);
        before.entry(*to).or_default().push(*from);
    }
    let mut open: Vec<End> = waits
        .iter()
        .filter(|(_, waits)| **waits == 0)
        .map(|(end, _)| *end)
        .collect();
    let mut order = Vec::with_capacity(waits.len());
    for end in &open {
        let first = usize::from(has_entries && !matches!(end, End::Entry(_)));
        ranks.insert(*end, first);
    }
    while let Some(end) = open.pop() {
        order.push(end);
        let rank = ranks.get(&end).copied().unwrap_or(0);
        for to in next.get(&end).into_iter().flatten() {
            let later = ranks.entry(*to).or_default();
            *later = (*later).max(rank + 1);
            if let Some(waits) = waits.get_mut(to) {
                *waits -= 1;
                if *waits == 0 {
                    open.push(*to);
                }
            }
        }
    }
    // What starts late is drawn near to what waits for it, not at the far left.
    for end in order.iter().rev() {
        let has_before = before.contains_key(end);
        let nearest = next
            .get(end)
            .into_iter()
            .flatten()
            .filter_map(|to| ranks.get(to))
            .min()
            .copied();
        if let (false, Some(nearest), false) = (has_before, nearest, matches!(end, End::Entry(_))) {
            ranks.insert(*end, nearest.saturating_sub(1).max(usize::from(has_entries)));
        }
    }
    let last = ranks
        .iter()
        .filter(|(end, _)| matches!(end, End::Child(_)))
        .map(|(_, rank)| *rank)
        .max()
        .unwrap_or(0);
    for (end, rank) in &mut ranks {
        match end {
            End::Exit(_) => *rank = last + 1,
            End::Entry(_) => *rank = 0,
            End::Child(_) => {}
        }
    }
    ranks
}

/// Where the layers begin and end. The ports of a group take no room beside the gap before them.
fn columns(ranks: &BTreeMap<End, usize>, layers: usize, sizes: &BTreeMap<usize, (f64, f64)>) -> Vec<(f64, f64)> {
    let mut widths: Vec<Option<f64>> = vec![None; layers];
    for (end, rank) in ranks {
        if let (End::Child(child), Some(slot)) = (end, widths.get_mut(*rank)) {
            let width = sizes.get(child).map_or(WIDTH, |size| size.0);
            *slot = Some(slot.map_or(width, |widest| widest.max(width)));
        }
    }
    let mut columns: Vec<(f64, f64)> = Vec::with_capacity(layers);
    let mut before: Option<(f64, bool)> = None;
    for width in widths {
        let left = match before {
            None => 0.0,
            Some((right, has_boxes)) if has_boxes && width.is_some() => right + LAYER_GAP,
            Some((right, _)) => right + PORT_GAP,
        };
        let right = left + width.unwrap_or(0.0);
        columns.push((left, right));
        before = Some((right, width.is_some()));
    }
    columns
}

/// A graph whose edges all lead from one layer to the next.
struct Layered {
    graph: StableDiGraph<Vertex, ()>,
    heights: Vec<f64>,
    ranks: Vec<usize>,
    indices: BTreeMap<Vertex, usize>,
    edges: BTreeSet<(usize, usize)>,
    layers: usize,
}

impl Layered {
    fn new(layers: usize) -> Self {
        Self {
            graph: StableDiGraph::new(),
            heights: Vec::new(),
            ranks: Vec::new(),
            indices: BTreeMap::new(),
            edges: BTreeSet::new(),
            layers,
        }
    }

    fn add(&mut self, vertex: Vertex, rank: usize, height: f64) -> usize {
        let index = self.graph.add_node(vertex).index();
        self.heights.push(height);
        self.ranks.push(rank);
        self.indices.insert(vertex, index);
        index
    }

    fn index(&self, vertex: Vertex) -> Option<usize> {
        self.indices.get(&vertex).copied()
    }

    fn connect(&mut self, from: Vertex, to: Vertex) {
        if let (Some(from), Some(to)) = (self.index(from), self.index(to))
            && self.edges.insert((from, to))
        {
            let (from, to) = (NodeIndex::new(from), NodeIndex::new(to));
            self.graph.add_edge(from, to, ());
        }
    }

    fn height(&self, vertex: usize) -> f64 {
        self.heights.get(vertex).copied().unwrap_or(LANE)
    }

    /// The upper edge of each vertex. Parts that do not hang together stand below each other.
    fn tops(&self) -> Vec<f64> {
        let mut tops = vec![0.0; self.heights.len()];
        let mut below = 0.0_f64;
        for component in self.components() {
            let placed = self.settle(&component);
            let highest = placed.iter().map(|(_, top)| *top).fold(f64::INFINITY, f64::min);
            let mut bottom = below;
            for (vertex, top) in placed {
                let top = (top - highest + below).round();
                if let Some(slot) = tops.get_mut(vertex) {
                    *slot = top;
                }
                bottom = bottom.max(top + self.height(vertex));
            }
            below = (bottom + ROW_GAP).ceil();
        }
        tops
    }

    /// Places for the vertices of ordered layers: close together, and as level with their neighbours as may be.
    ///
    fn settle(&self, layers: &[Vec<usize>]) -> Vec<(usize, f64)> {
        let mut middles = vec![0.0; self.heights.len()];
        let mut placed: Vec<Vec<(usize, f64)>> = vec![Vec::new(); layers.len()];
        for (layer, slot) in layers.iter().zip(&mut placed) {
            // All want the same place, so that they form one block around it.
            let wanted: Vec<(f64, usize)> = layer.iter().map(|vertex| (0.0, *vertex)).collect();
            *slot = self.spread(&wanted);
            self.note(slot, &mut middles);
        }
        let forwards: Vec<usize> = (0..layers.len()).collect();
        let backwards: Vec<usize> = (0..layers.len()).rev().collect();
        for round in 0..ROUNDS {
            for (direction, order) in [(Incoming, &forwards), (Outgoing, &backwards)] {
                for index in order {
                    let (Some(layer), Some(slot)) = (layers.get(*index), placed.get_mut(*index)) else {
                        continue;
                    };
                    let wanted: Vec<(f64, usize)> = layer
                        .iter()
                        .map(|vertex| {
                            let middle = |next: usize| middles.get(next).copied().unwrap_or_default();
                            let mean = match round + 1 {
                                ROUNDS => self.mean(*vertex, &[Incoming, Outgoing], middle),
                                _ => self.mean(*vertex, &[direction], middle),
                            };
                            let now = middles.get(*vertex).copied().unwrap_or_default();
                            (mean.unwrap_or(now), *vertex)
                        })
                        .collect();
                    *slot = self.spread(&wanted);
                    self.note(slot, &mut middles);
                }
            }
        }
        placed.into_iter().flatten().collect()
    }

    fn note(&self, placed: &[(usize, f64)], middles: &mut [f64]) {
        for (vertex, top) in placed {
            if let Some(middle) = middles.get_mut(*vertex) {
                *middle = top + self.height(*vertex) / 2.0;
            }
        }
    }

    /// The mean place of a vertex's neighbours.
    fn mean(&self, vertex: usize, directions: &[Direction], place: impl Fn(usize) -> f64) -> Option<f64> {
        let mut sum = 0.0;
        let mut number = 0;
        for direction in directions {
            for neighbour in self.graph.neighbors_directed(NodeIndex::new(vertex), *direction) {
                sum += place(neighbour.index());
                number += 1;
            }
        }
        (number > 0).then(|| sum / count(number))
    }

    /// Gives the vertices of a layer places as near as may be to those wanted, in this order and without touching.
    ///
    /// Those that would overlap form a block around the mean of what its members want.
    fn spread(&self, layer: &[(f64, usize)]) -> Vec<(usize, f64)> {
        struct Block {
            /// Where the block wants its upper edge: a sum over its members.
            wanted: f64,
            members: Vec<(usize, f64)>,
            height: f64,
        }
        impl Block {
            fn top(&self) -> f64 {
                self.wanted / count(self.members.len())
            }
        }
        let mut blocks: Vec<Block> = Vec::new();
        for (middle, vertex) in layer {
            let height = self.height(*vertex);
            let mut block = Block {
                wanted: middle - height / 2.0,
                members: vec![(*vertex, 0.0)],
                height,
            };
            while let Some(above) = blocks.pop() {
                let gap = match (above.members.last(), block.members.first()) {
                    (Some(one), Some(two)) => self.gap(one.0, two.0),
                    _ => 0.0,
                };
                if above.top() + above.height + gap <= block.top() {
                    blocks.push(above);
                    break;
                }
                let shift = above.height + gap;
                let size = count(block.members.len());
                let mut members = above.members;
                members.extend(block.members.iter().map(|(vertex, offset)| (*vertex, offset + shift)));
                block = Block {
                    wanted: above.wanted + block.wanted - shift * size,
                    members,
                    height: shift + block.height,
                };
            }
            blocks.push(block);
        }
        let mut places = Vec::with_capacity(layer.len());
        for block in &blocks {
            // Rounding the block and not its members keeps the gaps.
            let top = block.top().round();
            places.extend(block.members.iter().map(|(vertex, offset)| (*vertex, top + offset)));
        }
        // Two blocks that were rounded towards each other may touch by less than a pixel.
        let mut free = f64::NEG_INFINITY;
        let mut before: Option<usize> = None;
        for (vertex, top) in &mut places {
            if let Some(before) = before {
                *top = top.max(free + self.gap(before, *vertex));
            }
            free = *top + self.height(*vertex);
            before = Some(*vertex);
        }
        places
    }

    fn gap(&self, one: usize, two: usize) -> f64 {
        let is_box = |vertex: usize| {
            let weight = self.graph.node_weight(NodeIndex::new(vertex));
            matches!(weight, Some(Vertex::End(End::Child(_))))
        };
        match (is_box(one), is_box(two)) {
            (true, true) => ROW_GAP,
            (false, false) => LANE,
            _ => ROW_GAP / 2.0,
        }
    }

    /// For each part that hangs together: its layers, each in an order that crosses few edges.
    fn components(&self) -> Vec<Vec<Vec<usize>>> {
        let mut seen = vec![false; self.heights.len()];
        let mut components = Vec::new();
        for start in 0..self.heights.len() {
            let mut layers = vec![Vec::new(); self.layers];
            let mut open = vec![start];
            // Depth first, so that what belongs together stands together from the beginning.
            while let Some(vertex) = open.pop() {
                let Some(seen) = seen.get_mut(vertex).filter(|seen| !**seen) else {
                    continue;
                };
                *seen = true;
                let rank = self.ranks.get(vertex).copied().unwrap_or(0);
                if let Some(layer) = layers.get_mut(rank) {
                    layer.push(vertex);
                }
                let neighbours = self.graph.neighbors_undirected(NodeIndex::new(vertex));
                open.extend(neighbours.map(NodeIndex::index));
            }
            if layers.iter().any(|layer| !layer.is_empty()) {
                components.push(self.uncrossed(layers));
            }
        }
        components
    }

    /// Orders the layers by the means of their neighbours' places, forwards and backwards in turn, and keeps the best.
    fn uncrossed(&self, mut layers: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
        let mut places = vec![0; self.heights.len()];
        for layer in &layers {
            number(layer, &mut places);
        }
        let mut best = (self.crossings(&layers, &places), layers.clone());
        for sweep in 0..SWEEPS {
            if best.0 == 0 {
                break;
            }
            let is_forwards = sweep % 2 == 0;
            let direction = if is_forwards { Incoming } else { Outgoing };
            for step in 0..layers.len() {
                let index = if is_forwards { step } else { layers.len() - 1 - step };
                let Some(layer) = layers.get_mut(index) else {
                    continue;
                };
                let mut means: Vec<(f64, usize)> = layer
                    .iter()
                    .map(|vertex| {
                        let now = places.get(*vertex).copied().unwrap_or_default();
                        let mean = self.mean(*vertex, &[direction], |next| {
                            count(places.get(next).copied().unwrap_or(0))
                        });
                        (mean.unwrap_or(count(now)), *vertex)
                    })
                    .collect();
                // Equal means keep their order in every other pair of sweeps, and change it in the rest.
                if sweep % 4 >= 2 {
                    means.reverse();
                }
                means.sort_by(|one, two| one.0.total_cmp(&two.0));
                *layer = means.into_iter().map(|(_, vertex)| vertex).collect();
                number(layer, &mut places);
            }
            let crossings = self.crossings(&layers, &places);
            if crossings < best.0 {
                best = (crossings, layers.clone());
            }
        }
        best.1
    }

    /// How many pairs of edges cross.
    fn crossings(&self, layers: &[Vec<usize>], places: &[usize]) -> usize {
        let mut crossings = 0;
        let behind = layers.iter().skip(1).map(Vec::len).chain([0]);
        for (layer, size) in layers.iter().zip(behind) {
            let mut seen = Tally::new(size);
            let mut total = 0;
            for vertex in layer {
                let targets: Vec<usize> = self
                    .graph
                    .neighbors_directed(NodeIndex::new(*vertex), Outgoing)
                    .map(|next| places.get(next.index()).copied().unwrap_or_default())
                    .collect();
                // Every edge from further up that leads further down is crossed.
                for target in &targets {
                    crossings += total - seen.up_to(*target);
                }
                for target in &targets {
                    seen.add(*target);
                }
                total += targets.len();
            }
        }
        crossings
    }

    fn bottom(&self, tops: &[f64]) -> f64 {
        tops.iter()
            .zip(&self.heights)
            .map(|(top, height)| top + height)
            .fold(0.0, f64::max)
    }
}

/// Numbers the vertices of a layer in their order.
fn number(layer: &[usize], places: &mut [usize]) {
    for (place, vertex) in layer.iter().enumerate() {
        if let Some(slot) = places.get_mut(*vertex) {
            *slot = place;
        }
    }
}

/// Counts how many of the places seen are at or before a place (a Fenwick tree).
struct Tally(Vec<usize>);

impl Tally {
    fn new(size: usize) -> Self {
        Self(vec![0; size + 1])
    }

    fn add(&mut self, place: usize) {
        let mut index = place + 1;
        while let Some(slot) = self.0.get_mut(index) {
            *slot += 1;
            index += lowest_bit(index);
        }
    }

    fn up_to(&self, place: usize) -> usize {
        let mut index = (place + 1).min(self.0.len().saturating_sub(1));
        let mut sum = 0;
        while index > 0 {
            sum += self.0.get(index).copied().unwrap_or(0);
            index -= lowest_bit(index);
        }
        sum
    }
}

fn lowest_bit(number: usize) -> usize {
    number.isolate_lowest_one()
}

/// Everything in its place, to draw the edges on.
struct Canvas<'a> {
    scene: &'a Scene,
    levels: &'a [Level],
    corners: &'a [(f64, f64)],
    frames: &'a [Frame],
}

/// A move from one height to another in the gap behind a layer.
struct Turn {
    wire: usize,
    /// Index of the first of its two corners among the points of the wire.
    corner: usize,
    from: f64,
    to: f64,
}

impl Canvas<'_> {
    fn routes(&self) -> Vec<Route> {
        let mut points: Vec<Vec<(f64, f64)>> = Vec::with_capacity(self.scene.edges.len());
        let mut turns: BTreeMap<(usize, usize), Vec<Turn>> = BTreeMap::new();
        for (index, wire) in self.scene.edges.iter().enumerate() {
            points.push(self.trace(index, wire, &mut turns));
        }
        for ((level, layer), turns) in &turns {
            self.assign_lanes(*level, *layer, turns, &mut points);
        }
        self.scene
            .edges
            .iter()
            .zip(points)
            .filter_map(|(wire, mut points)| {
                straighten(&mut points);
                if wire.is_reversed {
                    points.reverse();
                }
                Some(Route {
                    from: self.scene.nodes.get(wire.from)?.id.clone(),
                    to: self.scene.nodes.get(wire.to)?.id.clone(),
                    points,
                })
            })
            .collect()
    }

    /// The corners of an edge. Those of its turns get their lanes later.
    fn trace(&self, index: usize, wire: &Wire, turns: &mut BTreeMap<(usize, usize), Vec<Turn>>) -> Vec<(f64, f64)> {
        let (first, last) = if wire.is_reversed {
            (wire.to, wire.from)
        } else {
            (wire.from, wire.to)
        };
        let start = self.frames.get(first).copied().unwrap_or_default();
        let end = self.frames.get(last).copied().unwrap_or_default();
        let mut height = start.y + start.height / 2.0;
        let mut points = vec![(start.x + start.width, height)];
        let goal = (end.x, end.y + end.height / 2.0);
        for (position, (level_index, piece)) in wire.pieces.iter().enumerate() {
            let Some(level) = self.levels.get(*level_index) else {
                continue;
            };
            let (_, top) = self.corners.get(*level_index).copied().unwrap_or_default();
            let first_layer = level.ranks.get(&piece.0).copied().unwrap_or(0);
            let lanes = level.lanes.get(piece).into_iter().flatten().map(|lane| lane + top);
            let arrival = self.arrival(wire, position, goal.1);
            for (layer, next) in (first_layer..).zip(lanes.chain([arrival])) {
                let corner = points.len();
                points.push((0.0, height));
                points.push((0.0, next));
                turns.entry((*level_index, layer)).or_default().push(Turn {
                    wire: index,
                    corner,
                    from: height,
                    to: next,
                });
                height = next;
            }
        }
        points.push(goal);
        points
    }

    /// The height at which a piece of an edge ends: that of its port, or of the box that the edge leads to.
    fn arrival(&self, wire: &Wire, position: usize, goal: f64) -> f64 {
        let port = |level: usize, end: End| {
            let (_, top) = self.corners.get(level)?;
            let place = self.levels.get(level)?.places.get(&end)?;
            Some(top + place.y)
        };
        let Some((level, piece)) = wire.pieces.get(position) else {
            return goal;
        };
        match piece.1 {
            End::Exit(_) => port(*level, piece.1),
            // Where the next piece begins at a port, this one leads to it.
            End::Child(_) | End::Entry(_) => wire
                .pieces
                .get(position + 1)
                .filter(|(_, next)| matches!(next.0, End::Entry(_)))
                .and_then(|(level, next)| port(*level, next.0)),
        }
        .unwrap_or(goal)
    }

    /// Gives the turns in a gap lanes of their own, one for each height that they come from.
    fn assign_lanes(&self, level: usize, layer: usize, turns: &[Turn], points: &mut [Vec<(f64, f64)>]) {
        let Some(columns) = self.levels.get(level).map(|level| &level.columns) else {
            return;
        };
        let offset = self.corners.get(level).map_or(0.0, |corner| corner.0);
        let (Some(before), Some(behind)) = (columns.get(layer), columns.get(layer + 1)) else {
            return;
        };
        // From above down: who comes from above turns last, so that it crosses nobody; from below up: the reverse.
        let mut sources: Vec<(bool, i64)> = turns
            .iter()
            .filter(|turn| differs(turn.from, turn.to))
            .map(lane_of)
            .collect();
        sources.sort_unstable();
        sources.dedup();
        let step = (behind.0 - before.1) / count(sources.len() + 1);
        for turn in turns {
            let place = sources.binary_search(&lane_of(turn)).unwrap_or(sources.len() / 2);
            let x = offset + (before.1 + step * count(place + 1)).round();
            for corner in [turn.corner, turn.corner + 1] {
                if let Some(point) = points.get_mut(turn.wire).and_then(|points| points.get_mut(corner)) {
                    point.0 = x;
                }
            }
        }
    }
}

fn lane_of(turn: &Turn) -> (bool, i64) {
    let tenths = to_tenths(turn.from);
    let is_down = turn.to > turn.from;
    (is_down, if is_down { -tenths } else { tenths })
}

fn differs(one: f64, two: f64) -> bool {
    (one - two).abs() > 0.01
}

/// Takes out corners that turn nowhere.
fn straighten(points: &mut Vec<(f64, f64)>) {
    let mut kept: Vec<(f64, f64)> = Vec::with_capacity(points.len());
    for point in points.drain(..) {
        if kept
            .last()
            .is_some_and(|last| !differs(last.0, point.0) && !differs(last.1, point.1))
        {
            continue;
        }
        while let [.., one, two] = kept.as_slice() {
            let is_level = !differs(one.1, two.1) && !differs(two.1, point.1);
            let is_upright = !differs(one.0, two.0) && !differs(two.0, point.0);
            if !is_level && !is_upright {
                break;
            }
            kept.pop();
        }
        kept.push(point);
    }
    *points = kept;
}

/// A number of things as a length; no picture has so many that this is not exact.
fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

#[expect(clippy::cast_possible_truncation, reason = "a picture is never so large")]
fn to_tenths(length: f64) -> i64 {
    (length * 10.0).round() as i64
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use proptest::prelude::*;

    use super::*;
    use crate::dag::{Group, Task};

    fn dag(tasks: &[(&str, Option<&str>)], groups: &[(&str, Option<&str>)], edges: &[(&str, &str)]) -> Dag {
        Dag {
            tasks: tasks
                .iter()
                .map(|(id, group)| Task {
                    task_id: (*id).to_owned(),
                    group: group.map(str::to_owned),
                    downstream: edges
                        .iter()
                        .filter(|(from, _)| from == id)
                        .map(|(_, to)| (*to).to_owned())
                        .collect(),
                    ..Task::default()
                })
                .collect(),
            groups: groups
                .iter()
                .map(|(id, parent)| Group {
                    group_id: (*id).to_owned(),
                    parent: parent.map(str::to_owned),
                })
                .collect(),
            ..Dag::default()
        }
    }

    fn drawn(layout: &Layout) -> String {
        let mut text = format!("{} x {}\n", layout.width, layout.height);
        for node in &layout.nodes {
            let _ = writeln!(
                text,
                "{:?} {} in {} at {},{} size {}x{}",
                node.kind,
                node.id,
                node.parent.as_deref().unwrap_or("-"),
                node.x,
                node.y,
                node.width,
                node.height
            );
        }
        for edge in &layout.edges {
            let _ = writeln!(text, "{} -> {} {:?}", edge.from, edge.to, edge.points);
        }
        text
    }

    /// What must hold of every picture.
    fn check(layout: &Layout) {
        let place = |id: &str| layout.nodes.iter().find(|node| node.id == id).unwrap();
        for (index, one) in layout.nodes.iter().enumerate() {
            for number in [one.x, one.y, one.width, one.height] {
                assert!(number.is_finite() && number >= 0.0, "{one:?}");
            }
            assert!(
                one.x + one.width <= layout.width && one.y + one.height <= layout.height,
                "{one:?}"
            );
            if let Some(parent) = &one.parent {
                let parent = place(parent);
                assert!(
                    one.x >= parent.x + PADDING
                        && one.y >= parent.y + TITLE
                        && one.x + one.width <= parent.x + parent.width - PADDING
                        && one.y + one.height <= parent.y + parent.height - PADDING,
                    "{one:?} leaves {parent:?}"
                );
            }
            for two in layout
                .nodes
                .iter()
                .skip(index + 1)
                .filter(|two| two.parent == one.parent)
            {
                let apart = one.x + one.width <= two.x
                    || two.x + two.width <= one.x
                    || one.y + one.height <= two.y
                    || two.y + two.height <= one.y;
                assert!(apart, "{one:?} is over {two:?}");
            }
        }
        for edge in &layout.edges {
            assert!(edge.points.len() >= 2, "{edge:?}");
            for (id, point) in [(&edge.from, edge.points.first()), (&edge.to, edge.points.last())] {
                let (node, point) = (place(id), point.unwrap());
                let at_side = !differs(point.0, node.x) || !differs(point.0, node.x + node.width);
                assert!(
                    at_side && point.1 > node.y && point.1 < node.y + node.height,
                    "{edge:?} {node:?}"
                );
            }
            for pair in edge.points.windows(2) {
                let [one, two] = pair else { unreachable!() };
                assert!(!differs(one.0, two.0) || !differs(one.1, two.1), "{edge:?}");
            }
        }
    }

    #[test]
    fn nothing_makes_an_empty_picture() {
        assert_eq!(layout(&Dag::default(), &[]), Layout::default());
    }

    #[test]
    fn a_diamond_and_a_group() {
        let dag = dag(
            &[
                ("a", None),
                ("g.b", Some("g")),
                ("g.c", Some("g")),
                ("d", None),
                ("alone", None),
            ],
            &[("g", None)],
            &[("a", "g.b"), ("g.b", "g.c"), ("g.c", "d"), ("a", "d")],
        );
        let open = layout(&dag, &[]);
        check(&open);
        let folded = layout(&dag, &["g".to_owned()]);
        check(&folded);
        insta::assert_snapshot!(format!("{}\nfolded: {}", drawn(&open), drawn(&folded)));
    }

    #[test]
    fn cycles_and_self_loops_are_drawn_without_hanging() {
        let dag = dag(
            &[("a", None), ("b", None), ("g.c", Some("g"))],
            &[("g", None)],
            &[("a", "a"), ("a", "b"), ("b", "a"), ("b", "g.c"), ("g.c", "a")],
        );
        let picture = layout(&dag, &[]);
        check(&picture);
        assert_eq!(picture.edges.len(), 4);
    }

    #[test]
    fn groups_that_name_themselves_or_nobody_stand_at_the_top() {
        let dag = dag(
            &[("a", Some("g")), ("b", Some("missing"))],
            &[("g", Some("h")), ("h", Some("g"))],
            &[("a", "b"), ("b", "nowhere")],
        );
        check(&layout(&dag, &[]));
    }

    #[test]
    fn a_folded_group_hides_the_groups_inside_it() {
        let dag = dag(
            &[("a", None), ("x", Some("g.h")), ("y", Some("g"))],
            &[("g", None), ("g.h", Some("g"))],
            &[("a", "x"), ("a", "y"), ("x", "y")],
        );
        let picture = layout(&dag, &["g".to_owned(), "g.h".to_owned()]);
        check(&picture);
        assert_eq!(picture.nodes.len(), 2);
        assert_eq!(picture.edges.len(), 1);
    }

    #[test]
    fn a_long_chain_and_a_wide_fan_are_laid_out() {
        let names: Vec<String> = (0..2000).map(|number| format!("t{number}")).collect();
        let tasks: Vec<_> = names.iter().map(|name| (name.as_str(), None)).collect();
        let chain: Vec<_> = names
            .windows(2)
            .map(|pair| (pair[0].as_str(), pair[1].as_str()))
            .collect();
        check(&layout(&dag(&tasks[..600], &[], &chain[..599]), &[]));
        let fan: Vec<_> = names[1..300].iter().map(|name| ("t0", name.as_str())).collect();
        check(&layout(&dag(&tasks[..300], &[], &fan), &[]));
        check(&layout(&dag(&tasks, &[], &[]), &[]));
    }

    fn any_dag() -> impl Strategy<Value = (Dag, Vec<String>)> {
        (1_usize..14, 0_usize..5).prop_flat_map(|(tasks, groups)| {
            (
                proptest::collection::vec(proptest::option::of(0..groups.max(1)), tasks),
                proptest::collection::vec(proptest::option::of(0..groups.max(1)), groups),
                proptest::collection::vec((0..tasks, 0..tasks), 0..30),
                proptest::collection::vec(0..groups.max(1), 0..2),
            )
                .prop_map(|(tasks, groups, edges, folded)| {
                    let dag = Dag {
                        tasks: tasks
                            .iter()
                            .enumerate()
                            .map(|(index, group)| Task {
                                task_id: format!("t{index}"),
                                group: group.map(|group| format!("g{group}")),
                                downstream: edges
                                    .iter()
                                    .filter(|(from, _)| *from == index)
                                    .map(|(_, to)| format!("t{to}"))
                                    .collect(),
                                ..Task::default()
                            })
                            .collect(),
                        groups: groups
                            .iter()
                            .enumerate()
                            .map(|(index, parent)| Group {
                                group_id: format!("g{index}"),
                                parent: parent.map(|parent| format!("g{parent}")),
                            })
                            .collect(),
                        ..Dag::default()
                    };
                    (dag, folded.into_iter().map(|group| format!("g{group}")).collect())
                })
        })
    }

    proptest! {
        #[test]
        fn boxes_stay_apart_and_edges_reach_them((dag, folded) in any_dag()) {
            let picture = layout(&dag, &folded);
            check(&picture);
            prop_assert_eq!(&picture, &layout(&dag, &folded));
        }
    }
}
