//! A schema, read once into typed nodes, so that a key stroke walks indices and not JSON.

use std::{collections::BTreeMap, sync::Arc};

use dagwright_json_schema::{JsonType, JsonTypeSet, Pattern};
use serde_json::{Map, Value};

use super::dialect::percent_decoded;
use crate::{
    field::{Choice, Paragraph},
    pointer::Pointer,
    prose,
    settings::Inventory,
    words::Language,
};

/// More nodes than any form needs; past it a schema is refused, so that reading one always ends.
const MOST_NODES: usize = 20_000;

/// How deep schemas may stand inside each other, counting references.
const DEEPEST: usize = 200;

/// Keywords about what no keyword beside them has looked at.
const UNEVALUATED: [&str; 2] = ["unevaluatedProperties", "unevaluatedItems"];

/// Languages that a text may be written in.
pub(super) const LANGUAGES: &[&str] = &["json", "python", "shell", "sql", "yaml"];

/// The index of a [`Node`].
pub(super) type NodeId = usize;

/// One JSON Schema, as far as forms, defaults and sentences need it.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Where it stands in the schema document.
    pub(super) pointer: Pointer,
    /// True for the schema `false`, which no value fits.
    pub(super) never: bool,
    /// None where any type fits.
    pub(super) types: Option<JsonTypeSet>,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    /// What the Markdown of the description means.
    pub(super) prose: Vec<Paragraph>,
    pub(super) default: Option<Value>,
    pub(super) examples: Vec<Value>,
    pub(super) read_only: bool,
    pub(super) format: Option<String>,
    /// The values of `enum`, of `const`, or of a `oneOf` whose branches are each one value.
    pub(super) options: Option<Arc<[Choice]>>,
    pub(super) minimum: Option<f64>,
    pub(super) maximum: Option<f64>,
    pub(super) min_items: Option<usize>,
    pub(super) max_items: Option<usize>,
    pub(super) max_members: Option<usize>,
    pub(super) properties: Vec<(String, NodeId)>,
    pub(super) required: Vec<String>,
    /// What more is required as soon as a member is there: `dependentRequired`.
    pub(super) dependent_required: Vec<(String, Vec<String>)>,
    /// What members have whose names match a pattern.
    pub(super) patterns: Vec<(Pattern, NodeId)>,
    /// What members have that are not named: `additionalProperties` or `unevaluatedProperties`.
    pub(super) others: Option<NodeId>,
    /// What the names of members have.
    pub(super) names: Option<NodeId>,
    /// What the first items of a list have, by position.
    pub(super) prefix: Vec<NodeId>,
    /// What the other items of a list have.
    pub(super) items: Option<NodeId>,
    pub(super) unique: bool,
    /// What else holds for the same value: `$ref` and `allOf`.
    pub(super) parts: Vec<NodeId>,
    pub(super) conditions: Vec<Condition>,
    /// What holds as soon as a member is there: `dependentSchemas`.
    pub(super) dependents: Vec<(String, NodeId)>,
    /// For each of `oneOf` and `anyOf`: the schemas between which the value chooses.
    pub(super) branches: Vec<Vec<NodeId>>,
    /// What the value must not fit: `not`.
    pub(super) refused: Option<NodeId>,
    /// What one of the items of a list must fit.
    pub(super) contains: Option<NodeId>,
    /// How often those that hold for the same value are asked: once more where members or items are asked for that none of
    /// them has looked at.
    pub(super) rounds: u64,
    pub(super) hints: Hints,
}

impl Node {
    /// The schemas that are asked about the same value.
    pub(super) fn in_place(&self) -> impl Iterator<Item = NodeId> {
        let conditions = self
            .conditions
            .iter()
            .flat_map(|condition| [Some(condition.test), condition.then, condition.otherwise]);
        conditions
            .flatten()
            .chain(self.parts.iter().copied())
            .chain(self.refused)
            .chain(self.branches.iter().flatten().copied())
            .chain(self.dependents.iter().map(|(_, id)| *id))
    }
}

/// `if`, `then` and `else`.
#[derive(Debug)]
pub(super) struct Condition {
    pub(super) test: NodeId,
    pub(super) then: Option<NodeId>,
    pub(super) otherwise: Option<NodeId>,
}

/// The members of `x-ui`: how a value is asked for.
#[derive(Debug, Default)]
pub(super) struct Hints {
    pub(super) section: Option<String>,
    pub(super) advanced: bool,
    pub(super) unit: Option<String>,
    pub(super) order: Option<f64>,
    pub(super) multiline: bool,
    pub(super) language: Option<String>,
    pub(super) inventory: Option<String>,
    pub(super) item_title: Option<String>,
    pub(super) key_title: Option<String>,
    pub(super) pattern_hint: Option<String>,
}

/// A fault of a schema: where, and what an author must know.
pub(crate) type Fault = (Pointer, String);

/// Reads a schema document whose shape the meta-schema has approved: its nodes, of which the first is the whole
/// document, and what was left out.
pub(super) fn read(root: &Value, language: Language) -> Result<(Vec<Node>, Vec<Fault>), Vec<Fault>> {
    let mut reader = Reader {
        root,
        language,
        nodes: Vec::new(),
        known: BTreeMap::new(),
        patterns: BTreeMap::new(),
        faults: Vec::new(),
        warnings: Vec::new(),
    };
    reader.node(&Pointer::root(), root, 0);
    reader.refuse_circles();
    if reader.faults.is_empty() {
        Ok((reader.nodes, reader.warnings))
    } else {
        Err(reader.faults)
    }
}

struct Reader<'a> {
    root: &'a Value,
    language: Language,
    nodes: Vec<Node>,
    known: BTreeMap<Pointer, NodeId>,
    /// The tests of the patterns of names; the same few stand in many places.
    patterns: BTreeMap<String, Option<Pattern>>,
    faults: Vec<Fault>,
    warnings: Vec<Fault>,
}

impl<'a> Reader<'a> {
    fn node(&mut self, pointer: &Pointer, schema: &'a Value, depth: usize) -> NodeId {
        if let Some(known) = self.known.get(pointer) {
            return *known;
        }
        let id = self.nodes.len();
        self.known.insert(pointer.clone(), id);
        self.nodes.push(Node::default());
        if depth > DEEPEST || id >= MOST_NODES {
            let limit = if depth > DEEPEST {
                self.language.fault("schema-too-deep", &[("limit", DEEPEST.into())])
            } else {
                self.language.fault("schema-too-many", &[("limit", MOST_NODES.into())])
            };
            if !self.faults.iter().any(|(_, text)| *text == limit) {
                self.faults.push((pointer.clone(), limit));
            }
            return id;
        }
        let node = match schema {
            Value::Object(keywords) => self.keywords(pointer, keywords, depth + 1),
            other => Node {
                never: *other == Value::Bool(false),
                ..Node::default()
            },
        };
        if let Some(place) = self.nodes.get_mut(id) {
            *place = node;
            place.pointer = pointer.clone();
        }
        id
    }

    fn keywords(&mut self, pointer: &Pointer, keywords: &'a Map<String, Value>, depth: usize) -> Node {
        let branches = self.branches(pointer, keywords, depth);
        let options = options(keywords, self.language);
        let description = text(keywords, "description");
        Node {
            types: types(keywords),
            title: text(keywords, "title"),
            prose: description.as_deref().map(prose::paragraphs).unwrap_or_default(),
            description,
            default: keywords.get("default").cloned(),
            examples: keywords
                .get("examples")
                .and_then(Value::as_array)
                .cloned()
                .unwrap_or_default(),
            read_only: keywords.get("readOnly") == Some(&Value::Bool(true)),
            format: text(keywords, "format"),
            minimum: number(keywords, "minimum").or_else(|| number(keywords, "exclusiveMinimum")),
            maximum: number(keywords, "maximum").or_else(|| number(keywords, "exclusiveMaximum")),
            min_items: count(keywords, "minItems"),
            max_items: most_items(keywords),
            max_members: count(keywords, "maxProperties"),
            properties: self.named(pointer, keywords, "properties", depth),
            required: keywords
                .get("required")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(|name| name.as_str().map(str::to_owned))
                .collect(),
            dependent_required: dependent_required(keywords),
            patterns: self.patterns(pointer, keywords, depth),
            others: self.others(pointer, keywords, depth),
            names: self.single(pointer, keywords, "propertyNames", depth),
            prefix: self.listed(pointer, keywords, "prefixItems", depth),
            items: self.items(pointer, keywords, depth),
            unique: keywords.get("uniqueItems") == Some(&Value::Bool(true)),
            parts: self.parts(pointer, keywords, depth),
            conditions: self.condition(pointer, keywords, depth).into_iter().collect(),
            dependents: self.named(pointer, keywords, "dependentSchemas", depth),
            refused: self.single(pointer, keywords, "not", depth),
            contains: self.single(pointer, keywords, "contains", depth),
            rounds: 1 + u64::from(UNEVALUATED.iter().any(|keyword| keywords.contains_key(*keyword))),
            branches: if options.is_some() { Vec::new() } else { branches },
            options,
            hints: self.hints(pointer, keywords),
            ..Node::default()
        }
    }

    fn single(
        &mut self,
        pointer: &Pointer,
        keywords: &'a Map<String, Value>,
        keyword: &str,
        depth: usize,
    ) -> Option<NodeId> {
        let schema = keywords.get(keyword)?;
        Some(self.node(&pointer.key(keyword), schema, depth))
    }

    fn named(
        &mut self,
        pointer: &Pointer,
        keywords: &'a Map<String, Value>,
        keyword: &str,
        depth: usize,
    ) -> Vec<(String, NodeId)> {
        let Some(members) = keywords.get(keyword).and_then(Value::as_object) else {
            return Vec::new();
        };
        let pointer = pointer.key(keyword);
        members
            .iter()
            .map(|(name, schema)| (name.clone(), self.node(&pointer.key(name), schema, depth)))
            .collect()
    }

    fn listed(
        &mut self,
        pointer: &Pointer,
        keywords: &'a Map<String, Value>,
        keyword: &str,
        depth: usize,
    ) -> Vec<NodeId> {
        let Some(schemas) = keywords.get(keyword).and_then(Value::as_array) else {
            return Vec::new();
        };
        let pointer = pointer.key(keyword);
        schemas
            .iter()
            .enumerate()
            .map(|(index, schema)| self.node(&pointer.index(index), schema, depth))
            .collect()
    }

    fn branches(&mut self, pointer: &Pointer, keywords: &'a Map<String, Value>, depth: usize) -> Vec<Vec<NodeId>> {
        ["oneOf", "anyOf"]
            .iter()
            .map(|keyword| self.listed(pointer, keywords, keyword, depth))
            .filter(|branches| !branches.is_empty())
            .collect()
    }

    fn others(&mut self, pointer: &Pointer, keywords: &'a Map<String, Value>, depth: usize) -> Option<NodeId> {
        for keyword in ["additionalProperties", "unevaluatedProperties"] {
            if keywords.get(keyword).is_some_and(Value::is_object) {
                return self.single(pointer, keywords, keyword, depth);
            }
        }
        None
    }

    fn patterns(
        &mut self,
        pointer: &Pointer,
        keywords: &'a Map<String, Value>,
        depth: usize,
    ) -> Vec<(Pattern, NodeId)> {
        let named = self.named(pointer, keywords, "patternProperties", depth);
        let read = |(text, id): (String, NodeId)| {
            let known = self.patterns.entry(text);
            let pattern = known.or_insert_with_key(|text| Pattern::new(text)).clone()?;
            Some((pattern, id))
        };
        named.into_iter().filter_map(read).collect()
    }

    fn items(&mut self, pointer: &Pointer, keywords: &'a Map<String, Value>, depth: usize) -> Option<NodeId> {
        let mut stated = ["items", "unevaluatedItems"]
            .into_iter()
            .filter(|keyword| keywords.get(*keyword).is_some_and(Value::is_object));
        let keyword = stated.next()?;
        self.single(pointer, keywords, keyword, depth)
    }

    fn parts(&mut self, pointer: &Pointer, keywords: &'a Map<String, Value>, depth: usize) -> Vec<NodeId> {
        let mut parts = Vec::new();
        if let Some(reference) = keywords.get("$ref").and_then(Value::as_str) {
            match self.target(reference) {
                Some((target, schema)) => parts.push(self.node(&target, schema, depth)),
                None => self.faults.push((
                    pointer.key("$ref"),
                    self.language
                        .fault("schema-reference", &[("reference", reference.into())]),
                )),
            }
        }
        parts.extend(self.listed(pointer, keywords, "allOf", depth));
        parts
    }

    /// The place that a reference such as `#/$defs/step` names, if it is in this document.
    fn target(&self, reference: &str) -> Option<(Pointer, &'a Value)> {
        let fragment = percent_decoded(reference.strip_prefix('#')?)?;
        let pointer = Pointer::from_encoded(fragment);
        let schema = pointer.get(self.root)?;
        Some((pointer, schema))
    }

    fn condition(&mut self, pointer: &Pointer, keywords: &'a Map<String, Value>, depth: usize) -> Option<Condition> {
        Some(Condition {
            test: self.single(pointer, keywords, "if", depth)?,
            then: self.single(pointer, keywords, "then", depth),
            otherwise: self.single(pointer, keywords, "else", depth),
        })
    }

    /// Schemas that lead back to themselves for the same value, which no validator would ever be done with.
    fn refuse_circles(&mut self) {
        let mut settled = vec![false; self.nodes.len()];
        for start in 0..self.nodes.len() {
            // Depth first, with the schemas on the way and how many of their own each has already led to.
            let in_place = |id: NodeId| self.nodes.get(id).into_iter().flat_map(Node::in_place).collect();
            let mut way: Vec<(NodeId, Vec<NodeId>)> = vec![(start, in_place(start))];
            while let Some((id, next)) = way.last_mut() {
                let id = *id;
                match next.pop() {
                    Some(inner) if settled.get(inner).copied().unwrap_or(true) => {}
                    Some(inner) if way.iter().any(|(outer, _)| *outer == inner) => {
                        let place = self
                            .nodes
                            .get(inner)
                            .map(|node| node.pointer.clone())
                            .unwrap_or_default();
                        self.faults.push((place, self.language.fault("schema-circle", &[])));
                        return;
                    }
                    Some(inner) => way.push((inner, in_place(inner))),
                    None => {
                        if let Some(done) = settled.get_mut(id) {
                            *done = true;
                        }
                        way.pop();
                    }
                }
            }
        }
    }

    fn hints(&mut self, pointer: &Pointer, keywords: &Map<String, Value>) -> Hints {
        let mut hints = Hints::default();
        let Some(value) = keywords.get("x-ui") else {
            return hints;
        };
        let pointer = pointer.key("x-ui");
        let Some(members) = value.as_object() else {
            self.warnings.push((pointer, self.language.fault("schema-hints", &[])));
            return hints;
        };
        for (name, value) in members {
            let words = value.as_str().map(str::to_owned);
            let taken = match name.as_str() {
                "section" => words.map(|words| hints.section = Some(words)),
                "unit" => words.map(|words| hints.unit = Some(words)),
                "item_title" => words.map(|words| hints.item_title = Some(words)),
                "key_title" => words.map(|words| hints.key_title = Some(words)),
                "language" => words
                    .filter(|words| LANGUAGES.contains(&words.as_str()))
                    .map(|words| hints.language = Some(words)),
                "inventory" => words
                    .filter(|words| Inventory::NAMES.contains(&words.as_str()))
                    .map(|words| hints.inventory = Some(words)),
                "labels" => (value.is_object() || value.is_array()).then_some(()),
                "pattern_hint" => words.map(|words| hints.pattern_hint = Some(words)),
                "advanced" => value.as_bool().map(|yes| hints.advanced = yes),
                "order" => value.as_f64().map(|order| hints.order = Some(order)),
                "widget" => (words.as_deref() == Some("textarea")).then(|| hints.multiline = true),
                _ => None,
            };
            if taken.is_none() {
                self.warnings.push((
                    pointer.key(name),
                    self.language.fault(
                        "schema-hint",
                        &[
                            ("languages", LANGUAGES.join(", ").into()),
                            ("inventories", Inventory::NAMES.join(", ").into()),
                        ],
                    ),
                ));
            }
        }
        hints
    }
}

fn types(keywords: &Map<String, Value>) -> Option<JsonTypeSet> {
    let read = |name: &Value| name.as_str().and_then(|name| name.parse::<JsonType>().ok());
    match keywords.get("type") {
        Some(Value::Array(names)) => Some(
            names
                .iter()
                .filter_map(read)
                .fold(JsonTypeSet::empty(), JsonTypeSet::insert),
        ),
        Some(name) => read(name).map(JsonTypeSet::from),
        None => None,
    }
}

/// The few values that fit, where the schema lists them.
fn options(keywords: &Map<String, Value>, language: Language) -> Option<Arc<[Choice]>> {
    if let Some(values) = keywords.get("enum").and_then(Value::as_array) {
        return Some(labelled(keywords, values, language));
    }
    if let Some(value) = keywords.get("const") {
        return Some(Arc::new([choice(value, keywords.get("title"), language)]));
    }
    let branches = keywords.get("oneOf").or_else(|| keywords.get("anyOf"))?.as_array()?;
    branches
        .iter()
        .map(|branch| Some(choice(branch.get("const")?, branch.get("title"), language)))
        .collect()
}

/// The values of an `enum`, with the author's words for them: a list in the same order, or by value. Other form
/// libraries call the list `enumNames`.
fn labelled(keywords: &Map<String, Value>, values: &[Value], language: Language) -> Arc<[Choice]> {
    let hints = keywords.get("x-ui").and_then(|hints| hints.get("labels"));
    let labels = hints.or_else(|| keywords.get("enumNames"));
    let label = |(index, value): (usize, &Value)| {
        let said = match labels {
            Some(Value::Array(labels)) => labels.get(index),
            Some(Value::Object(labels)) => labels.get(&language.label(value)),
            _ => None,
        };
        choice(value, said, language)
    };
    values.iter().enumerate().map(label).collect()
}

/// How many items a list may have: no more than have schemas by position, where there may be no others.
fn most_items(keywords: &Map<String, Value>) -> Option<usize> {
    let is_closed = keywords.get("items") == Some(&Value::Bool(false));
    let prefix = || {
        keywords
            .get("prefixItems")
            .and_then(Value::as_array)
            .map_or(0, Vec::len)
    };
    let closed = is_closed.then(prefix);
    count(keywords, "maxItems").into_iter().chain(closed).min()
}

fn dependent_required(keywords: &Map<String, Value>) -> Vec<(String, Vec<String>)> {
    let Some(members) = keywords.get("dependentRequired").and_then(Value::as_object) else {
        return Vec::new();
    };
    let names = |list: &Value| {
        let names = list.as_array().into_iter().flatten();
        names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
    };
    members.iter().map(|(name, list)| (name.clone(), names(list))).collect()
}

fn choice(value: &Value, title: Option<&Value>, language: Language) -> Choice {
    let title = title.and_then(Value::as_str);
    let label = title.map_or_else(|| language.label(value), str::to_owned);
    Choice {
        value: value.clone(),
        label,
        drops: Vec::new(),
    }
}

fn text(keywords: &Map<String, Value>, keyword: &str) -> Option<String> {
    keywords.get(keyword)?.as_str().map(str::to_owned)
}

fn number(keywords: &Map<String, Value>, keyword: &str) -> Option<f64> {
    keywords.get(keyword)?.as_f64()
}

fn count(keywords: &Map<String, Value>, keyword: &str) -> Option<usize> {
    usize::try_from(keywords.get(keyword)?.as_u64()?).ok()
}
