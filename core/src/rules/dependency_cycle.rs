//! Tasks that wait for each other.

use std::collections::{BTreeMap, VecDeque};

use petgraph::{algo::kosaraju_scc, graph::DiGraph};

use super::{Context, Example, Rule};
use crate::{
    finding::{Finding, Place},
    python::{ReadDag, ReadEdge},
};

/// In a large knot the shortest way round is looked for from so many tasks only.
const STARTS: usize = 200;

pub(super) const RULE: Rule = Rule {
    code: "dependency-cycle",
    summary: "Steps wait for each other in a circle.",
    why: "None of them can ever start, and Airflow refuses the whole file.",
    bad: Example::Python(
        "with DAG(\"report\"):\n    extract = EmptyOperator(task_id=\"extract\")\n    load = EmptyOperator(task_id=\"load\")\n    extract >> load\n    load >> extract",
    ),
    good: Example::Python(
        "with DAG(\"report\"):\n    extract = EmptyOperator(task_id=\"extract\")\n    load = EmptyOperator(task_id=\"load\")\n    extract >> load",
    ),
    check,
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for read in context.reading.iter().flat_map(|reading| &reading.dags) {
        findings.extend(cycles(read).iter().filter_map(|cycle| describe(read, cycle)));
    }
}

/// For each knot of tasks, the edges of a shortest way round, in the order of the way.
fn cycles(read: &ReadDag) -> Vec<Vec<&ReadEdge>> {
    let mut graph: DiGraph<(), ()> = DiGraph::new();
    let nodes: Vec<_> = read.dag.tasks.iter().map(|_| graph.add_node(())).collect();
    // Where an edge is stated twice, the last place counts: taking that one away is not enough, but it is the newest.
    let mut edges: BTreeMap<(usize, usize), &ReadEdge> = BTreeMap::new();
    for edge in read.edges.iter().filter(|edge| !edge.doubtful) {
        edges.insert((edge.upstream, edge.downstream), edge);
        if let (Some(upstream), Some(downstream)) = (nodes.get(edge.upstream), nodes.get(edge.downstream)) {
            graph.update_edge(*upstream, *downstream, ());
        }
    }
    let mut knots: Vec<Vec<usize>> = kosaraju_scc(&graph)
        .into_iter()
        .map(|knot| {
            let mut knot: Vec<usize> = knot.into_iter().map(petgraph::graph::NodeIndex::index).collect();
            knot.sort_unstable();
            knot
        })
        .collect();
    knots.sort_unstable();
    knots
        .iter()
        .filter_map(|knot| {
            let ways = knot
                .iter()
                .take(STARTS)
                .filter_map(|start| way_round(*start, knot, &edges));
            ways.min_by_key(Vec::len)
        })
        .collect()
}

/// The shortest way from a task back to itself, by breadth-first search.
fn way_round<'a>(
    start: usize,
    knot: &[usize],
    edges: &BTreeMap<(usize, usize), &'a ReadEdge>,
) -> Option<Vec<&'a ReadEdge>> {
    let mut came_by: BTreeMap<usize, &'a ReadEdge> = BTreeMap::new();
    let mut open = VecDeque::from([start]);
    while let Some(task) = open.pop_front() {
        for ((_, next), edge) in edges.range((task, 0)..=(task, usize::MAX)) {
            if knot.binary_search(next).is_err() || came_by.contains_key(next) {
                continue;
            }
            came_by.insert(*next, edge);
            if *next == start {
                let mut way = vec![*edge];
                let mut at = edge.upstream;
                while at != start {
                    let edge = came_by.get(&at)?;
                    way.push(edge);
                    at = edge.upstream;
                }
                way.reverse();
                return Some(way);
            }
            open.push_back(*next);
        }
    }
    None
}

fn describe(read: &ReadDag, cycle: &[&ReadEdge]) -> Option<Finding> {
    // The dependency that stands last in the file is the one that closed the circle.
    let closing = cycle
        .iter()
        .enumerate()
        .max_by_key(|(_, edge)| {
            (
                edge.downstream_range.start.max(edge.upstream_range.start),
                edge.upstream,
            )
        })
        .map(|(index, _)| index)?;
    let (before, rest) = cycle.split_at_checked(closing)?;
    let (closing, behind) = rest.split_first()?;
    let others: Vec<&ReadEdge> = behind.iter().chain(before).copied().collect();
    let tasks: Vec<&str> = others
        .iter()
        .chain([closing])
        .filter_map(|edge| read.dag.tasks.get(edge.upstream))
        .map(|task| &*task.task_id)
        .collect();
    let finding = Finding::error(RULE.code, place(closing)).param("tasks", tasks);
    Some(
        others
            .into_iter()
            .fold(finding, |finding, edge| finding.related(place(edge))),
    )
}

fn place(edge: &ReadEdge) -> Place {
    let (one, two) = (&edge.upstream_range, &edge.downstream_range);
    Place::Python(one.start.min(two.start)..one.end.max(two.end))
}

#[cfg(test)]
mod tests {
    use super::super::tests::found_in_python;

    #[test]
    fn names_the_shortest_circle_and_what_closes_it() {
        for (edges, expected) in [
            ("a >> b >> c", vec![]),
            ("a >> b\nb >> a", vec![(r#"["a","b"]"#, "b >> a", 1)]),
            ("a >> a", vec![(r#"["a"]"#, "a >> a", 0)]),
            ("a >> b >> c >> a", vec![(r#"["a","b","c"]"#, "c >> a", 2)]),
            ("a >> b >> c >> d >> a\nc >> b", vec![(r#"["b","c"]"#, "c >> b", 1)]),
            (
                "a >> b\nc >> d\nb >> a\nd << d",
                vec![(r#"["a","b"]"#, "b >> a", 1), (r#"["d"]"#, "d << d", 0)],
            ),
        ] {
            let text = format!(
                "from airflow import DAG\nfrom airflow.operators.empty import EmptyOperator\nwith DAG('x'):\n    {}\n    {}\n",
                ["a", "b", "c", "d"]
                    .map(|id| format!("{id} = EmptyOperator(task_id='{id}')"))
                    .join("\n    "),
                edges.replace('\n', "\n    "),
            );
            let found = found_in_python("dependency-cycle", &text);
            let found: Vec<_> = found
                .iter()
                .map(|found| (found.params["tasks"].as_str(), found.place.as_str(), found.related))
                .collect();
            assert_eq!(found, expected, "{edges}");
        }
    }
}
