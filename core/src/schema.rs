//! JSON Schema 2020-12, compiled once: findings, defaults and form fields for a value.

mod branches;
mod cost;
mod defaults;
mod dialect;
mod fields;
mod locale;
mod node;
mod stand_ins;
mod validate;

use std::{collections::BTreeSet, fmt, sync::Arc};

use dagwright_json_schema::{Formats, JsonType, JsonTypeSet, Parts, ValidationError, Validator, paths::Location};
use serde_json::{Map, Value};

use crate::{field::Choice, formats, pointer::Pointer, words::Language};
use node::{Hints, Node, NodeId};

pub(crate) use fields::Prompts;
pub(crate) use node::Fault;

/// How many findings one document can have; a person mends a few and looks again.
const MOST_FINDINGS: usize = 100;

/// How many schemas may hold for one value at once, so that references in circles end.
const MOST_PARTS: usize = 64;

/// A schema, ready to be asked about values.
pub(crate) struct Schema {
    nodes: Vec<Node>,
    /// How deep a value may be nested; deeper ones would take too long. None where any depth will do.
    deepest: Option<usize>,
    whole: Validator,
    /// The schemas that are asked on their own: each `if`, each `not`, the branches of `oneOf` and `anyOf`, and those with
    /// a default.
    parts: Option<Parts>,
    /// In which it says what it makes up itself, such as the names of values that have none.
    language: Language,
    /// What an author should know: what of the schema is not used.
    warnings: Vec<Fault>,
}

impl fmt::Debug for Schema {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Schema")
            .field("nodes", &self.nodes)
            .finish_non_exhaustive()
    }
}

impl Schema {
    /// Reads a schema. Each fault has its place in the schema and a sentence for its author.
    ///
    /// What can be left out is left out and is a warning, see [`Schema::warnings`]: the names of older drafts, other
    /// documents, patterns that do not match in linear time, formats and hints that are not known, defaults that do not
    /// fit.
    pub(crate) fn compile(root: &Value, language: Language) -> Result<Self, Vec<Fault>> {
        Self::compile_adapted(root, language, |adapted| {
            // An author wants to see all faults, in our words where we have any.
            let faults = dagwright_json_schema::faults(adapted, MOST_FINDINGS);
            faults.iter().flat_map(|fault| author_fault(fault, language)).collect()
        })
    }

    /// Reads a schema that is known to have no fault.
    pub(crate) fn compile_own(root: &Value, language: Language) -> Result<Self, Vec<Fault>> {
        Self::compile_adapted(root, language, |_| Vec::new())
    }

    fn compile_adapted(
        root: &Value,
        language: Language,
        faults_of: impl FnOnce(&Value) -> Vec<Fault>,
    ) -> Result<Self, Vec<Fault>> {
        let author_fault = |error: &ValidationError<'_>| author_fault(error, language);
        let dialect::Adapted {
            schema: root,
            mut warnings,
            faults,
        } = dialect::adapt(root, language);
        if !faults.is_empty() {
            return Err(faults);
        }
        let faults = faults_of(&root);
        if !faults.is_empty() {
            return Err(faults);
        }
        let (nodes, hints) = node::read(&root, language)?;
        warnings.extend(hints);
        let deepest = cost::deepest_value(&nodes).map_err(|id| {
            let limit = [("limit", cost::MOST_QUESTIONS.into())];
            let place = nodes.get(id).map(|node| node.pointer.clone());
            vec![(place.unwrap_or_default(), language.fault("schema-doubles", &limit))]
        })?;
        let whole = Validator::new(&root, FORMATS).map_err(|error| author_fault(&error))?;
        let parts = parts(&root, &nodes).map_err(|error| author_fault(&error))?;
        let mut schema = Self {
            nodes,
            deepest,
            whole,
            parts,
            language,
            warnings,
        };
        for (id, fault) in schema.unfit_defaults() {
            if let Some(node) = schema.nodes.get_mut(id) {
                node.default = None;
            }
            schema.warnings.push(fault);
        }
        schema.warnings.truncate(MOST_FINDINGS);
        Ok(schema)
    }

    /// What of the schema is not used, for its author.
    pub(crate) fn warnings(&self) -> &[Fault] {
        &self.warnings
    }

    /// The schemas that hold for the whole document.
    fn root(&self, value: Option<&Value>) -> Shape<'_> {
        self.shape(std::iter::once(0), value)
    }

    /// The schemas that hold for a member of an object: those of its name, or else those of members that are not named.
    fn member(&self, object: &Shape<'_>, name: &str, value: Option<&Value>) -> Shape<'_> {
        let named: Vec<NodeId> = object.named(name).collect();
        if named.is_empty() {
            self.other(object, value)
        } else {
            self.shape(named, value)
        }
    }

    /// The schemas that hold for a member that no schema names.
    fn other(&self, object: &Shape<'_>, value: Option<&Value>) -> Shape<'_> {
        self.shape(object.nodes.iter().filter_map(|node| node.others), value)
    }

    /// The schemas that a new entry of a map begins with, which has no name yet.
    fn fresh_entry(&self, object: &Shape<'_>) -> Shape<'_> {
        let other = self.other(object, None);
        if other.nodes.is_empty() {
            let first = object.nodes.iter().flat_map(|node| &node.patterns).next();
            self.shape(first.map(|(_, id)| *id), None)
        } else {
            other
        }
    }

    /// The schemas that hold for the item of a list at an index.
    fn item(&self, list: &Shape<'_>, index: usize, value: Option<&Value>) -> Shape<'_> {
        let own = |node: &&Node| node.prefix.get(index).copied().or(node.items);
        self.shape(list.nodes.iter().filter_map(own), value)
    }

    fn shape(&self, ids: impl IntoIterator<Item = NodeId>, value: Option<&Value>) -> Shape<'_> {
        let mut shape = Shape::default();
        for id in ids {
            self.gather(&mut shape, id, value.map_or(Given::Nothing, Given::Value));
        }
        shape
    }

    /// The schemas that hold whatever the value is.
    fn fixed_shape(&self, id: NodeId) -> Shape<'_> {
        let mut shape = Shape::default();
        self.gather(&mut shape, id, Given::Anything);
        shape
    }

    /// Adds a schema and those that it draws in.
    fn gather<'s>(&'s self, shape: &mut Shape<'s>, id: NodeId, given: Given<'_>) {
        let Some(node) = self.nodes.get(id) else { return };
        if shape.nodes.len() >= MOST_PARTS || shape.nodes.iter().any(|known| std::ptr::eq(*known, node)) {
            return;
        }
        shape.nodes.push(node);
        if let Given::Value(Value::Object(members)) = given {
            let there = node
                .dependent_required
                .iter()
                .filter(|(name, _)| members.contains_key(name));
            shape
                .required_too
                .extend(there.flat_map(|(_, names)| names.iter().map(String::as_str)));
        }
        for part in &node.parts {
            self.gather(shape, *part, given);
        }
        let value = match given {
            Given::Anything => return,
            Given::Nothing => None,
            Given::Value(value) => Some(value),
        };
        for condition in &node.conditions {
            let nothing = Value::Object(Map::new());
            let holds = self.fits(condition.test, value.unwrap_or(&nothing));
            let chosen = if holds { condition.then } else { condition.otherwise };
            if let Some(chosen) = chosen {
                self.gather(shape, chosen, given);
            }
        }
        for (name, dependent) in &node.dependents {
            if value.is_some_and(|object| object.get(name).is_some()) {
                self.gather(shape, *dependent, given);
            }
        }
        for branches in &node.branches {
            if let Some(chosen) = self.branch(branches, value).and_then(|index| branches.get(index)) {
                self.gather(shape, *chosen, given);
            }
        }
    }

    /// Which branch a value means: the only one of its type, the one whose fixed member it names, the one it fits, the
    /// one that has most of its members. None where nothing tells.
    fn branch(&self, branches: &[NodeId], value: Option<&Value>) -> Option<usize> {
        let shapes: Vec<Shape<'_>> = branches.iter().map(|branch| self.fixed_shape(*branch)).collect();
        let Some(value) = value else {
            return only((0..shapes.len()).filter(|index| shapes.get(*index).is_some_and(|shape| !shape.is_null())));
        };
        let candidates: Vec<(usize, &Shape<'_>)> = shapes
            .iter()
            .enumerate()
            .filter(|(_, shape)| shape.admits(value))
            .collect();
        if let [(index, _)] = candidates.as_slice() {
            return Some(*index);
        }
        if let Some(discriminator) = self.discriminator(branches) {
            let said = value.get(discriminator.name)?;
            let fixes = |index: &usize| discriminator.of_branch(*index).any(|choice| choice.value == *said);
            return candidates.iter().map(|(index, _)| *index).find(fixes);
        }
        let members = value.as_object();
        let known = |shape: &Shape<'_>| {
            let names = members.into_iter().flat_map(Map::keys);
            names.filter(|name| shape.property(name).next().is_some()).count()
        };
        let most = candidates.iter().map(|(_, shape)| known(shape)).max()?;
        let nearest = || candidates.iter().filter(|(_, shape)| known(shape) == most);
        let fits = |index: &usize| branches.get(*index).is_some_and(|branch| self.fits(*branch, value));
        if let Some((index, _)) = nearest().find(|(index, _)| fits(index)) {
            return Some(*index);
        }
        let indices = || nearest().map(|(index, _)| *index);
        only(indices()).filter(|_| most > 0)
    }

    /// Whether a value fits one of the schemas on which choices depend.
    fn fits(&self, id: NodeId, value: &Value) -> bool {
        if self.is_too_deep(value) {
            return false;
        }
        let part = self.parts.as_ref().zip(self.nodes.get(id));
        part.is_some_and(|(parts, node)| parts.is_valid(node.pointer.as_str(), value))
    }

    /// Whether a value is nested deeper than can be checked in time.
    fn is_too_deep(&self, value: &Value) -> bool {
        self.deepest.is_some_and(|deepest| cost::depth(value) > deepest)
    }

    /// The member that tells branches apart: each branch fixes it, and no two to the same value.
    fn discriminator(&self, branches: &[NodeId]) -> Option<Discriminator<'_>> {
        let shapes: Vec<Shape<'_>> = branches.iter().map(|branch| self.fixed_shape(*branch)).collect();
        shapes.first()?.property_names().into_iter().find_map(|name| {
            let mut choices: Vec<&Arc<[Choice]>> = Vec::with_capacity(shapes.len());
            for shape in &shapes {
                let own = self.fixed_shape(shape.property(name).next()?).options()?;
                let taken = choices.iter().flat_map(|choices| choices.iter());
                if taken
                    .into_iter()
                    .any(|choice| own.iter().any(|other| other.value == choice.value))
                {
                    return None;
                }
                choices.push(own);
            }
            Some(Discriminator { name, choices })
        })
    }
}

/// What schemas are chosen for.
#[derive(Clone, Copy)]
enum Given<'v> {
    /// Any value: only what holds for all of them.
    Anything,
    /// The absence of a value.
    Nothing,
    Value(&'v Value),
}

/// The only one of them, if there is only one.
fn only(mut indices: impl Iterator<Item = usize>) -> Option<usize> {
    let first = indices.next()?;
    indices.next().is_none().then_some(first)
}

/// A member that tells branches apart.
struct Discriminator<'s> {
    name: &'s str,
    /// The values of the member, branch by branch.
    choices: Vec<&'s Arc<[Choice]>>,
}

impl<'s> Discriminator<'s> {
    fn of_branch(&self, index: usize) -> impl Iterator<Item = &'s Choice> {
        self.choices.get(index).into_iter().flat_map(|choices| choices.iter())
    }
}

/// All the schemas that hold for one value at once, the nearest first.
#[derive(Clone, Default)]
struct Shape<'s> {
    nodes: Vec<&'s Node>,
    /// Members that are required because others are there.
    required_too: Vec<&'s str>,
}

impl<'s> Shape<'s> {
    /// What the nearest schema says that says anything about it.
    fn nearest<T: ?Sized>(&self, pick: impl Fn(&'s Node) -> Option<&'s T>) -> Option<&'s T> {
        self.nodes.iter().find_map(|node| pick(node))
    }

    fn title(&self) -> Option<&'s str> {
        self.nearest(|node| node.title.as_deref())
    }

    fn format(&self) -> Option<&'s str> {
        self.nearest(|node| node.format.as_deref())
    }

    fn default_value(&self) -> Option<&'s Value> {
        self.nearest(|node| node.default.as_ref().filter(|default| self.admits(default)))
    }

    fn options(&self) -> Option<&'s Arc<[Choice]>> {
        // The shortest list is the one that another schema has narrowed.
        let lists = self.nodes.iter().filter_map(|node| node.options.as_ref());
        lists.min_by_key(|list| list.len())
    }

    fn examples(&self) -> &'s [Value] {
        let lists = self.nodes.iter().map(|node| node.examples.as_slice());
        lists.into_iter().find(|list| !list.is_empty()).unwrap_or_default()
    }

    fn hint(&self, pick: impl Fn(&'s Hints) -> Option<&'s String>) -> Option<&'s str> {
        self.nodes.iter().find_map(|node| pick(&node.hints)).map(String::as_str)
    }

    /// The schemas of a named member.
    fn property<'a>(&'a self, name: &'a str) -> impl Iterator<Item = NodeId> + use<'a, 's> {
        let named = move |node: &&Node| {
            let found = node.properties.iter().find(|(known, _)| known == name);
            found.map(|(_, id)| *id)
        };
        self.nodes.iter().filter_map(named)
    }

    /// The schemas of a member by its name, written out or as a pattern.
    fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = NodeId> + use<'a, 's> {
        let patterns = self.nodes.iter().flat_map(|node| &node.patterns);
        let matching = patterns.filter(move |(pattern, _)| pattern.matches(name));
        self.property(name).chain(matching.map(|(_, id)| *id))
    }

    /// The named members, in the order of the schema.
    fn property_names(&self) -> Vec<&'s str> {
        let mut names: Vec<&str> = Vec::new();
        for node in &self.nodes {
            let known = names.len();
            let fresh = node.properties.iter().map(|(name, _)| name.as_str());
            let fresh: Vec<&str> = fresh
                .filter(|name| !names.iter().take(known).any(|old| old == name))
                .collect();
            names.extend(fresh);
        }
        names
    }

    fn requires(&self, name: &str) -> bool {
        let mut always = self.nodes.iter().flat_map(|node| &node.required);
        always.any(|required| required == name) || self.required_too.contains(&name)
    }

    /// Whether the members of a value decide what else holds for it.
    fn depends_on_value(&self) -> bool {
        self.nodes.iter().any(|node| {
            !node.conditions.is_empty()
                || !node.dependents.is_empty()
                || !node.dependent_required.is_empty()
                || !node.branches.is_empty()
        })
    }

    /// Whether a value can stop fitting when members are added to it.
    fn is_bounded(&self) -> bool {
        self.nodes
            .iter()
            .any(|node| node.max_members.is_some() || node.refused.is_some() || !node.branches.is_empty())
    }

    /// Whether members may be added that are not named.
    fn has_others(&self) -> bool {
        let mut nodes = self.nodes.iter();
        nodes.any(|node| node.others.is_some() || !node.patterns.is_empty())
    }

    /// Whether the items of a list have schemas by position.
    fn is_tuple(&self) -> bool {
        self.nodes.iter().any(|node| !node.prefix.is_empty())
    }

    /// Whether the types stated let this value be.
    fn admits(&self, value: &Value) -> bool {
        self.nodes
            .iter()
            .all(|node| !node.never && node.types.is_none_or(|types| is_of(types, value)))
    }

    /// The types that all the schemas let be; none where none states any.
    fn types(&self) -> Option<JsonTypeSet> {
        let stated = self.nodes.iter().filter_map(|node| node.types);
        stated.reduce(JsonTypeSet::intersect)
    }

    fn is_null(&self) -> bool {
        self.types()
            .is_some_and(|types| types.len() == 1 && types.contains(JsonType::Null))
    }
}

/// Whether a value is of one of the types; 3.0 is a whole number too.
fn is_of(types: JsonTypeSet, value: &Value) -> bool {
    let is_whole = value.as_f64().is_some_and(|number| number.fract() == 0.0);
    types.contains(JsonType::from(value)) || (is_whole && types.contains(JsonType::Integer))
}

fn place(location: &Location) -> Pointer {
    Pointer::from_encoded(location.as_str())
}

/// The formats that [`formats`] checks.
const FORMATS: Formats = Formats {
    names: formats::NAMES,
    holds: |name, text| formats::check(name, text).is_ok(),
};

fn author_fault(error: &ValidationError<'_>, language: Language) -> Vec<Fault> {
    vec![(place(error.instance_path()), validate::author_sentence(error, language))]
}

/// Compiles the schemas that are asked on their own: those that choices depend on, and those with a default.
fn parts(root: &Value, nodes: &[Node]) -> Result<Option<Parts>, ValidationError<'static>> {
    let branches = nodes.iter().flat_map(|node| node.branches.iter().flatten().copied());
    let conditions = nodes
        .iter()
        .flat_map(|node| node.conditions.iter().map(|condition| condition.test));
    let refused = nodes.iter().filter_map(|node| node.refused);
    let has_default = |(id, node): (NodeId, &Node)| node.default.is_some().then_some(id);
    let defaults = nodes.iter().enumerate().filter_map(has_default);
    let ids: BTreeSet<NodeId> = branches.chain(conditions).chain(refused).chain(defaults).collect();
    let place = |id: NodeId| {
        let place = nodes.get(id)?.pointer.as_str();
        Some((place.to_owned(), dialect::percent_encoded(place)))
    };
    let mut asked = ids.into_iter().filter_map(place).peekable();
    asked
        .peek()
        .is_some()
        .then(|| Parts::new(root, asked, FORMATS))
        .transpose()
}

#[cfg(test)]
mod tests;
