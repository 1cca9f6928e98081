//! What holds where nothing was said.

use dagwright_json_schema::JsonType;
use serde_json::{Map, Value};

use super::{
    Schema, Shape,
    node::{Node, NodeId},
    validate::{allows_blank, is_blank},
};

/// How often conditions are decided again: a default can decide one, which brings further defaults.
const ROUNDS: usize = 4;

/// How many members are added to one document; more than any form has.
const MOST_ADDED: usize = 10_000;

/// How many absent members are looked at; objects inside each other without a default could go on for ever.
const MOST_LOOKED_AT: usize = 50_000;

impl Schema {
    /// The value with the schema's defaults in the place of what is absent, at every depth. Added members follow those
    /// that are there, in the order of the schema. An absent object is made only where its defaults make it whole.
    pub(crate) fn with_defaults(&self, instance: &Value) -> Value {
        let mut value = instance.clone();
        if self.is_too_deep(instance) {
            return value;
        }
        Filling::new(self).value(&mut value, Vec::new(), &|value| self.root(Some(value)));
        value
    }

    /// Whether a value that fitted does not fit any more since defaults were filled in.
    fn excludes(&self, shape: &Shape<'_>, said: &Value, filled: &Value) -> bool {
        let stops = |node: &&Node| self.bounds(node, said) && !self.bounds(node, filled);
        said != filled && shape.nodes.iter().any(stops)
    }

    /// Whether a value has no more members than it may have, is not of a kind that is refused, and is of a branch.
    fn bounds(&self, node: &Node, value: &Value) -> bool {
        let is_of_a_branch = |branches: &Vec<NodeId>| {
            let mut fitting = branches.iter().filter(|branch| self.fits(**branch, value));
            fitting.next().is_some() && (fitting.next().is_none() || !self.is_one_of(branches))
        };
        node.max_members
            .is_none_or(|most| value.as_object().is_none_or(|members| members.len() <= most))
            && node.refused.is_none_or(|refused| !self.fits(refused, value))
            && node.branches.iter().all(is_of_a_branch)
    }

    /// Whether everything that must be in a value is there, at every depth.
    fn is_complete(&self, shape: &Shape<'_>, value: &Value) -> bool {
        let holds = match value {
            Value::Object(members) => {
                let always = shape.nodes.iter().flat_map(|node| &node.required).map(String::as_str);
                let mut required = always.chain(shape.required_too.iter().copied());
                required.all(|name| members.contains_key(name))
                    && members.iter().all(|(name, member)| {
                        let inner = self.member(shape, name, Some(member));
                        let is_answer = !shape.requires(name) || !is_blank(member) || allows_blank(&inner, member);
                        is_answer && self.is_complete(&inner, member)
                    })
            }
            Value::Array(items) => items
                .iter()
                .enumerate()
                .all(|(index, item)| self.is_complete(&self.item(shape, index, Some(item)), item)),
            _ => true,
        };
        holds && shape.nodes.iter().all(|node| self.bounds(node, value))
    }

    /// Whether only one of the branches may fit.
    fn is_one_of(&self, branches: &[NodeId]) -> bool {
        let first = branches.first().and_then(|first| self.nodes.get(*first));
        let keyword = first.and_then(|node| node.pointer.parent()?.last());
        keyword.is_some_and(|keyword| keyword == "oneOf")
    }

    /// The smallest value that a new item or entry starts from.
    pub(super) fn blank(shape: &Shape<'_>) -> Value {
        if let Some(default) = shape.default_value() {
            return default.clone();
        }
        let types = shape.types();
        let is = |kind| types.is_some_and(|types| types.contains(kind));
        if is(JsonType::Object) {
            // Its members' defaults hold without being written down.
            return Value::Object(Map::new());
        }
        if is(JsonType::Array) {
            return Value::Array(Vec::new());
        }
        if is(JsonType::String) && shape.options().is_none() {
            return Value::String(String::new());
        }
        if is(JsonType::Boolean) {
            return Value::Bool(false);
        }
        Value::Null
    }
}

/// The filling of one document.
struct Filling<'s> {
    schema: &'s Schema,
    /// The schemas of the objects around the present place. A schema that holds itself makes no new objects of itself,
    /// or it would never end.
    around: Vec<&'s Node>,
    /// How many members may still be added.
    left: usize,
    /// How many absent members may still be looked at.
    looks: usize,
}

impl<'s> Filling<'s> {
    fn new(schema: &'s Schema) -> Self {
        Self {
            schema,
            around: Vec::new(),
            left: MOST_ADDED,
            looks: MOST_LOOKED_AT,
        }
    }

    /// Fills a value, of which some members are filled in already.
    fn value(&mut self, value: &mut Value, mut filled: Vec<&'s str>, shape_of: &dyn Fn(&Value) -> Shape<'s>) {
        if !value.is_object() && !value.is_array() {
            return;
        }
        let schema = self.schema;
        for _ in 0..ROUNDS {
            let shape = shape_of(value);
            if shape.nodes.is_empty() {
                return;
            }
            if let Value::Object(members) = value {
                // One default can decide that there is to be no other.
                let stays = |name: &str, member: &Value| schema.member(&shape, name, Some(member)).admits(member);
                members.retain(|name, member| !filled.contains(&name.as_str()) || stays(name, member));
            }
            let said = shape.is_bounded().then(|| value.clone());
            let added = match value {
                Value::Object(members) => self.members(members, &shape),
                Value::Array(items) => {
                    for (index, item) in items.iter_mut().enumerate() {
                        self.value(item, Vec::new(), &|item| schema.item(&shape, index, Some(item)));
                    }
                    Vec::new()
                }
                _ => Vec::new(),
            };
            if let Some(said) = said
                && schema.excludes(&shape, &said, value)
            {
                if let Value::Object(members) = value {
                    members.retain(|name, _| !added.contains(&name.as_str()));
                }
                if schema.excludes(&shape, &said, value) {
                    *value = said;
                }
                break;
            }
            if added.is_empty() || !shape.depends_on_value() {
                break;
            }
            filled.extend(added);
        }
    }

    /// Fills the members of an object and names the new ones.
    fn members(&mut self, members: &mut Map<String, Value>, shape: &Shape<'s>) -> Vec<&'s str> {
        let schema = self.schema;
        let outside = self.around.len();
        self.around.extend(&shape.nodes);
        for (name, member) in &mut *members {
            self.value(member, Vec::new(), &|member| schema.member(shape, name, Some(member)));
        }
        let mut added = Vec::new();
        for name in shape.property_names() {
            if members.contains_key(name) || self.left == 0 || self.looks == 0 {
                continue;
            }
            self.looks -= 1;
            let absent = schema.member(shape, name, None);
            let fresh = match absent.default_value() {
                Some(default) if default.is_object() && self.is_within(&schema.member(shape, name, Some(default))) => {
                    None
                }
                Some(default) => Some((default.clone(), Vec::new())),
                None => self.whole_object(&absent),
            };
            if let Some((mut fresh, filled)) = fresh {
                self.left -= 1;
                let shape_of = |fresh: &Value| schema.member(shape, name, Some(fresh));
                self.value(&mut fresh, filled, &shape_of);
                // What need not be there must not be what asks for more.
                if !shape.requires(name) && !schema.is_complete(&shape_of(&fresh), &fresh) {
                    continue;
                }
                members.insert(name.to_owned(), fresh);
                added.push(name);
            }
        }
        self.around.truncate(outside);
        added
    }

    /// An object of defaults and their names, where it has any and they include all that is required.
    fn whole_object(&mut self, shape: &Shape<'s>) -> Option<(Value, Vec<&'s str>)> {
        let types = shape.types()?;
        if types.len() != 1 || !types.contains(JsonType::Object) || self.is_within(shape) {
            return None;
        }
        let mut members = Map::new();
        let filled = self.members(&mut members, shape);
        let value = Value::Object(members);
        let is_whole = !filled.is_empty() && self.schema.is_complete(shape, &value);
        is_whole.then_some((value, filled))
    }

    /// Whether all that names members of such an object names members of one around it too.
    fn is_within(&self, shape: &Shape<'s>) -> bool {
        let mut naming = shape.nodes.iter().filter(|node| !node.properties.is_empty()).peekable();
        naming.peek().is_some() && naming.all(|node| self.around.iter().any(|around| std::ptr::eq(*around, *node)))
    }
}
