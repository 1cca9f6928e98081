//! How often schemas are asked about one value. Where the number doubles from schema to schema, as in `allOf` with two
//! references to an `allOf` with two references, no validator is ever done; such a schema is refused.

use std::collections::BTreeMap;

use serde_json::Value;

use super::node::{Node, NodeId};
use crate::yaml;

/// How often schemas may be asked about one value. Forms ask a few dozen times.
pub(super) const MOST_QUESTIONS: u64 = 20_000;

/// How many steps the count itself may take.
const MOST_STEPS: usize = 5_000_000;

/// Which schemas are asked about one value, and how often each.
type Asked = BTreeMap<NodeId, u64>;

/// How deep a value may be nested, so that no schema is asked too often about a part of it: where schemas that hold
/// themselves are drawn in twice, the number doubles from level to level. None where any depth will do. The error is a schema
/// that is asked too often on one level already. No schema may lead back to itself for the same value.
pub(super) fn deepest_value(nodes: &[Node]) -> Result<Option<usize>, NodeId> {
    let mut count = Count {
        nodes,
        order: Order::of(nodes),
        steps: 0,
    };
    count.deepest_value()
}

/// How many lists and objects stand inside each other in a value.
pub(super) fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

struct Count<'n> {
    nodes: &'n [Node],
    order: Order,
    steps: usize,
}

impl Count<'_> {
    /// Goes down level by level. What was asked at least as often on a level above leads to nothing new.
    fn deepest_value(&mut self) -> Result<Option<usize>, NodeId> {
        let mut known: BTreeMap<Vec<NodeId>, u64> = BTreeMap::new();
        let mut states = vec![Asked::from([(0, 1)])];
        for level in 0..=yaml::MAXIMUM_DEPTH {
            let mut below = Vec::new();
            for asked in states {
                let often = asked.values().fold(0, |sum: u64, times| sum.saturating_add(*times));
                let before = known.entry(asked.keys().copied().collect()).or_default();
                if often <= *before {
                    continue;
                }
                if *before == 0 {
                    self.in_place(asked.keys().map(|id| (*id, 1)).collect())?;
                }
                *before = often;
                let Ok(all) = self.in_place(asked) else {
                    return Ok(Some(level.saturating_sub(1)));
                };
                below.extend(self.inside(&all)?);
            }
            states = below;
        }
        Ok(None)
    }

    /// Adds the schemas that are drawn in for the same value.
    fn in_place(&mut self, asked: Asked) -> Result<Vec<(NodeId, u64)>, NodeId> {
        let mut all = Vec::new();
        let mut total: u64 = 0;
        let mut open: BTreeMap<usize, u64> = asked
            .into_iter()
            .map(|(id, times)| (self.order.rank(id), times))
            .collect();
        while let Some((rank, times)) = open.pop_first() {
            let Some((id, node)) = self.order.at(rank).and_then(|id| Some((id, self.nodes.get(id)?))) else {
                continue;
            };
            total = total.saturating_add(times);
            self.steps += 1;
            if total > MOST_QUESTIONS || self.steps > MOST_STEPS {
                return Err(id);
            }
            all.push((id, times));
            let times = times.saturating_mul(node.rounds);
            for inner in node.in_place() {
                self.steps += 1;
                let sum = open.entry(self.order.rank(inner)).or_default();
                *sum = sum.saturating_add(times);
            }
        }
        Ok(all)
    }

    /// The schemas that are asked about the values inside: for each name that a schema knows, for any other name, for the
    /// names themselves, and for the items of a list.
    fn inside(&mut self, all: &[(NodeId, u64)]) -> Result<Vec<Asked>, NodeId> {
        let nodes = || {
            all.iter()
                .filter_map(|(id, times)| Some((self.nodes.get(*id)?, *times)))
        };
        let add = |asked: &mut Asked, id: NodeId, times: u64| {
            let sum = asked.entry(id).or_default();
            *sum = sum.saturating_add(times);
        };
        let mut named: BTreeMap<&str, Asked> = BTreeMap::new();
        let [mut unnamed, mut keys, mut items] = [(); 3].map(|()| Asked::new());
        let mut steps = 0;
        for (node, times) in nodes() {
            for (name, id) in &node.properties {
                add(named.entry(name).or_default(), *id, times);
                steps += 1;
            }
            for id in node.patterns.iter().map(|(_, id)| *id).chain(node.others) {
                add(&mut unnamed, id, times);
            }
            if let Some(id) = node.names {
                add(&mut keys, id, times);
            }
            for id in node.items.into_iter().chain(node.contains) {
                add(&mut items, id, times);
            }
        }
        let open = nodes().filter(|(node, _)| !node.patterns.is_empty() || node.others.is_some());
        for (node, times) in open {
            for (name, asked) in &mut named {
                steps += 1 + node.patterns.len();
                let is_named = node.properties.iter().any(|(own, _)| own == name);
                let matching = node.patterns.iter().filter(|(pattern, _)| pattern.matches(name));
                let mut matching = matching.map(|(_, id)| *id).peekable();
                let others = node.others.filter(|_| !is_named && matching.peek().is_none());
                for id in matching.chain(others) {
                    add(asked, id, times);
                }
            }
        }
        let longest = nodes().map(|(node, _)| node.prefix.len()).max().unwrap_or_default();
        let first = (0..longest).map(|index| {
            let mut asked = Asked::new();
            for (node, times) in nodes() {
                let own = node.prefix.get(index).copied().or(node.items);
                for id in own.into_iter().chain(node.contains) {
                    add(&mut asked, id, times);
                }
            }
            asked
        });
        let inside: Vec<Asked> = first
            .chain(named.into_values())
            .chain([unnamed, keys, items])
            .filter(|asked| !asked.is_empty())
            .collect();
        self.steps += steps + longest * all.len();
        match all.first() {
            Some((id, _)) if self.steps > MOST_STEPS => Err(*id),
            _ => Ok(inside),
        }
    }
}

/// An order of the schemas in which each stands before those that it draws in for the same value.
struct Order {
    ids: Vec<NodeId>,
    ranks: Vec<usize>,
}

impl Order {
    fn of(nodes: &[Node]) -> Self {
        let mut ids = Vec::with_capacity(nodes.len());
        let mut is_done = vec![false; nodes.len()];
        for start in 0..nodes.len() {
            // Depth first: a schema is done when all that it draws in are.
            let mut way = vec![(start, false)];
            while let Some((id, is_left)) = way.pop() {
                let Some(done) = is_done.get_mut(id).filter(|done| is_left || !**done) else {
                    continue;
                };
                if is_left {
                    if !*done {
                        *done = true;
                        ids.push(id);
                    }
                } else if let Some(node) = nodes.get(id) {
                    way.push((id, true));
                    way.extend(node.in_place().map(|inner| (inner, false)));
                }
            }
        }
        ids.reverse();
        let mut ranks = vec![0; nodes.len()];
        for (rank, id) in ids.iter().enumerate() {
            if let Some(place) = ranks.get_mut(*id) {
                *place = rank;
            }
        }
        Self { ids, ranks }
    }

    fn rank(&self, id: NodeId) -> usize {
        self.ranks.get(id).copied().unwrap_or_default()
    }

    fn at(&self, rank: usize) -> Option<NodeId> {
        self.ids.get(rank).copied()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{
        pointer::Pointer,
        schema::{Fault, Schema},
        words::Language,
    };

    /// Schemas `s0` to `s39`, each made of the next, and a last one.
    fn chain(link: impl Fn(&Value) -> Value) -> Value {
        let mut schemas: serde_json::Map<String, Value> = (0..40)
            .map(|number| {
                let next = json!({"$ref": format!("#/$defs/s{}", number + 1)});
                (format!("s{number}"), link(&next))
            })
            .collect();
        schemas.insert("s40".to_owned(), json!({"type": ["object", "string"]}));
        json!({"type": "object", "properties": {"a": {"$ref": "#/$defs/s0"}}, "$defs": schemas})
    }

    fn faults(schema: &Value) -> Vec<Fault> {
        Schema::compile(schema, Language::English).err().unwrap_or_default()
    }

    #[test]
    fn what_doubles_from_schema_to_schema_is_refused() {
        for (name, schema) in [
            ("allOf", chain(|next| json!({"allOf": [next, next]}))),
            ("anyOf", chain(|next| json!({"anyOf": [next, next]}))),
            ("oneOf", chain(|next| json!({"oneOf": [next, next]}))),
            ("two keywords", chain(|next| json!({"allOf": [next], "anyOf": [next]}))),
            (
                "a condition",
                chain(|next| json!({"if": next, "then": next, "else": next})),
            ),
            ("not", chain(|next| json!({"not": next, "allOf": [next]}))),
            (
                "dependentSchemas",
                chain(|next| json!({"dependentSchemas": {"a": next, "b": next}})),
            ),
            (
                "unevaluatedProperties",
                chain(|next| json!({"anyOf": [next], "unevaluatedProperties": false})),
            ),
        ] {
            let faults = faults(&schema);
            assert_eq!(faults.len(), 1, "{name}");
            assert!(faults[0].1.contains("20000"), "{name}: {faults:?}");
        }
    }

    #[test]
    fn where_the_number_doubles_from_level_to_level_values_may_not_be_deep() {
        type Link = fn(Value) -> Value;
        let nested = |link: Link, levels: usize| (0..levels).fold(json!("x"), |inner, _| link(inner));
        let member: Link = |inner| json!({"x": inner});
        let item: Link = |inner| json!([inner]);
        let at = Pointer::root().key("p");
        for (name, schema, link) in [
            (
                "a member",
                chain(|next| json!({"allOf": [{"properties": {"x": next}}, {"properties": {"x": next}}]})),
                member,
            ),
            (
                "other members",
                chain(|next| json!({"allOf": [{"additionalProperties": next}, {"additionalProperties": next}]})),
                member,
            ),
            (
                "patterns",
                chain(|next| json!({"patternProperties": {"x": next, "^x": next}})),
                member,
            ),
            (
                "items",
                chain(|next| json!({"anyOf": [{"items": next}, {"items": next}]})),
                item,
            ),
            (
                "items by position",
                chain(|next| json!({"allOf": [{"prefixItems": [next]}, {"items": next}]})),
                item,
            ),
            ("contains", chain(|next| json!({"items": next, "contains": next})), item),
        ] {
            let schema = Schema::compile(&schema, Language::English).expect(name);
            assert_eq!(schema.validate(&json!({"a": nested(link, 4)}), &at), [], "{name}");
            let deep = schema.validate(&json!({"a": nested(link, 30)}), &at);
            let codes: Vec<&str> = deep.iter().map(|finding| finding.code).collect();
            assert_eq!(codes, ["value-too-nested"], "{name}");
        }
    }

    #[test]
    fn what_is_asked_often_in_sum_is_taken() {
        let wide: Vec<Value> = (0..300)
            .map(|number| json!({"properties": {"kind": {"const": number}}}))
            .collect();
        for (name, schema) in [
            ("a chain", chain(|next| json!({"allOf": [next]}))),
            (
                "two members",
                chain(|next| json!({"properties": {"x": next, "y": next}})),
            ),
            (
                "a tree",
                json!({"properties": {"left": {"$ref": "#"}, "right": {"$ref": "#"}, "all": {"items": {"$ref": "#"}}}}),
            ),
            ("many branches", json!({"properties": {"a": {"oneOf": wide}}})),
        ] {
            assert_eq!(faults(&schema), [], "{name}");
        }
    }
}
