//! From the validator's errors to findings that a person can act on: one value, one finding.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use dagwright_json_schema::{
    JsonType, ValidationError,
    error::{TypeKind, ValidationErrorKind as Kind},
};
use serde_json::Value;

use super::{
    Fault, MOST_FINDINGS, Schema, Shape,
    node::{Node, NodeId},
    place,
};
use crate::{
    field::Choice,
    finding::{Finding, Place, renaming, replacement},
    formats,
    pointer::Pointer,
    secret::is_secret_name,
    words::{self, Language},
};

/// How many of the validator's errors are looked at; several can come to one finding.
const MOST_ERRORS: usize = 1_000;

impl Schema {
    /// What is wrong with a value that stands at `at` in its document. Every finding has the params `title` (the label
    /// of the field), `path` (its JSON Pointer) and, inside a list, `item` (which item).
    ///
    /// Defaults count as said: they satisfy `required` and decide conditions.
    pub(crate) fn validate(&self, instance: &Value, at: &Pointer) -> Vec<Finding> {
        if self.nodes.iter().all(|node| node.default.is_none()) {
            return self.validate_filled(instance, instance, at);
        }
        self.validate_filled(instance, &self.with_defaults(instance), at)
    }

    /// The same where the value with its defaults filled in, `instance`, is at hand beside what was said.
    pub(crate) fn validate_filled(&self, said: &Value, instance: &Value, at: &Pointer) -> Vec<Finding> {
        if let Some(deepest) = self.deepest.filter(|_| self.is_too_deep(instance)) {
            let title = at.last().map(|name| words::title(&name)).unwrap_or_default();
            let finding = Finding::error("value-too-nested", Place::Value(at.clone()));
            return vec![
                finding
                    .param("title", title)
                    .param("path", at.as_str())
                    .param("limit", deepest),
            ];
        }
        let root = self.root(Some(instance));
        let mut report = Report {
            schema: self,
            said,
            instance,
            at,
            shapes: RefCell::new(BTreeMap::from([(Pointer::root(), root.clone())])),
            found: Vec::new(),
        };
        if has_empty_text(instance) {
            report.empty_texts(&root, instance, &Pointer::root());
        }
        for error in self.whole.errors(instance, MOST_ERRORS) {
            report.error(&error);
            if report.found.len() > MOST_FINDINGS {
                break;
            }
        }
        let mut found = report.found;
        found.truncate(MOST_FINDINGS);
        found
    }

    /// Defaults that their own schema would refuse. What an object lacks, the defaults of its members can still add.
    pub(super) fn unfit_defaults(&self) -> Vec<(NodeId, Fault)> {
        let default = |node: &Node| {
            let default = node.default.clone().filter(|default| !self.is_too_deep(default))?;
            Some((node.pointer.to_string(), default))
        };
        let defaults = Value::Object(self.nodes.iter().filter_map(default).collect());
        let errors = self
            .parts
            .as_ref()
            .map_or_else(Vec::new, |parts| parts.errors(&defaults));
        let errors = errors
            .iter()
            .filter(|error| !matches!(error.kind(), Kind::Required { .. }));
        let refused: BTreeSet<Pointer> = errors
            .filter_map(|error| {
                place(error.instance_path())
                    .tokens()
                    .next()
                    .map(|first| Pointer::from_encoded(&*first))
            })
            .collect();
        let fault = |(id, node): (NodeId, &Node)| {
            let default = node.default.as_ref()?;
            let shape = self.fixed_shape(id);
            let listed = |choices: &Arc<[Choice]>| choices.iter().any(|choice| choice.value == *default);
            let formed = shape
                .format()
                .zip(default.as_str())
                .is_none_or(|(format, text)| formats::check(format, text).is_ok());
            let fits = !self.is_too_deep(default)
                && shape.admits(default)
                && shape.options().is_none_or(listed)
                && formed
                && !refused.contains(&node.pointer);
            let sentence = || self.language.fault("schema-default", &[]);
            (!fits).then(|| (id, (node.pointer.key("default"), sentence())))
        };
        self.nodes.iter().enumerate().filter_map(fault).collect()
    }
}

struct Report<'a> {
    schema: &'a Schema,
    said: &'a Value,
    /// With the defaults filled in.
    instance: &'a Value,
    at: &'a Pointer,
    /// What holds at places that were looked at; to decide conditions again for each finding would take long.
    shapes: RefCell<BTreeMap<Pointer, Shape<'a>>>,
    found: Vec<Finding>,
}

impl<'a> Report<'a> {
    fn error(&mut self, error: &ValidationError<'_>) {
        let path = place(error.instance_path());
        let value = error.instance().as_ref();
        match error.kind() {
            Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
                self.unknown_members(&path, unexpected);
            }
            Kind::AnyOf { context } | Kind::OneOfNotValid { context } => self.no_branch(error, context),
            Kind::PropertyNames { error } => self.member_name(&path, error),
            Kind::Required { property } => {
                let path = path.key(property.as_str().unwrap_or_default());
                self.required(&path);
            }
            Kind::Type { kind } => self.wrong_type(&path, value, kind),
            Kind::UniqueItems => self.duplicate_items(&path, value),
            Kind::FalseSchema => {
                let finding = Finding::error("not-asked", Place::Key(self.at.join(&path)));
                self.add(&path, finding);
            }
            _ => {
                let finding = self.plain(error, Place::Value(self.at.join(&path)));
                self.add(&path, finding);
            }
        }
    }

    /// The findings that follow from one error and its value alone.
    fn plain(&self, error: &ValidationError<'_>, primary: Place) -> Finding {
        let value = error.instance().as_ref();
        match error.kind() {
            Kind::Constant { .. } | Kind::Enum { .. } | Kind::OneOfNotValid { .. } | Kind::AnyOf { .. } => {
                let shape = self.shape_at(&place(error.instance_path()));
                not_one_of(value, shape.options().map_or(&[], |options| &**options), primary)
            }
            Kind::ExclusiveMaximum { limit } => Finding::error("not-less", primary).param("limit", limit.clone()),
            Kind::ExclusiveMinimum { limit } => Finding::error("not-more", primary).param("limit", limit.clone()),
            Kind::Maximum { limit } => Finding::error("too-large", primary).param("limit", limit.clone()),
            Kind::Minimum { limit } => Finding::error("too-small", primary).param("limit", limit.clone()),
            Kind::MultipleOf { multiple_of } => Finding::error("not-multiple", primary).param("step", *multiple_of),
            Kind::MaxLength { limit } => Finding::error("too-long", primary)
                .param("limit", *limit)
                .param("length", length(value)),
            Kind::MinLength { .. } if value == "" => Finding::error("empty-text", primary),
            Kind::MinLength { limit } => Finding::error("too-short", primary)
                .param("limit", *limit)
                .param("length", length(value)),
            Kind::MaxItems { limit } => too_many(primary, *limit, value),
            Kind::AdditionalItems { limit } => too_many(primary, u64::try_from(*limit).unwrap_or(u64::MAX), value),
            Kind::MinItems { limit } => Finding::error("too-few-items", primary).param("limit", *limit),
            Kind::MaxProperties { limit } => Finding::error("too-many-entries", primary).param("limit", *limit),
            Kind::MinProperties { limit } => Finding::error("too-few-entries", primary).param("limit", *limit),
            Kind::Pattern { pattern } => {
                let finding = Finding::error("pattern", primary).param("pattern", pattern.clone());
                match self.pattern_hint(error) {
                    Some(hint) => finding.param("hint", hint),
                    None => finding,
                }
            }
            Kind::Format { format } => {
                let text = value.as_str().unwrap_or_default();
                let Err(unfit) = formats::check(format, text) else {
                    return Finding::error("format", primary).param("format", format.clone());
                };
                let own_sentence = ["code-empty", "schedule-empty", "sql-empty"].contains(&unfit.code);
                if text.trim().is_empty() && !own_sentence {
                    return Finding::error("empty-text", primary);
                }
                let mut finding = Finding::error(unfit.code, primary).param("value", text);
                finding.params.extend(unfit.params);
                finding
            }
            Kind::Contains => Finding::error("missing-item", primary),
            Kind::OneOfMultipleValid { .. } => Finding::error("several-fit", primary),
            _ => Finding::error("not-allowed", primary),
        }
    }

    /// Members that the schema does not name. Of very many the first ones are told.
    fn unknown_members(&mut self, path: &Pointer, unexpected: &[String]) {
        let names = self.shape_at(path).property_names();
        for name in unexpected {
            if self.found.len() > MOST_FINDINGS {
                return;
            }
            let path = path.key(name);
            let mut finding =
                Finding::error("unknown-parameter", Place::Key(self.at.join(&path))).param("name", &**name);
            if let Some(near) = words::nearest(name, names.iter().copied()) {
                finding = finding.param("near", near);
                // A default that holds in the place of the name that was meant is nothing that anybody said.
                finding.fix = renaming(self.said, self.at, &path, near, self.schema.language);
            }
            self.add(&path, finding);
        }
    }

    /// No branch of a `oneOf` or `anyOf` fits: what is wrong with the one that was meant.
    fn no_branch(&mut self, error: &ValidationError<'_>, context: &[Vec<ValidationError<'static>>]) {
        let path = place(error.instance_path());
        let value = error.instance().as_ref();
        let primary = Place::Value(self.at.join(&path));
        let schema = self.schema;
        let place = place(error.schema_path()).parent().unwrap_or_default();
        let Some(node) = schema.nodes.iter().find(|node| node.pointer == place) else {
            return self.add(&path, Finding::error("no-branch-fits", primary));
        };
        if node.options.is_some() {
            let finding = self.plain(error, primary);
            return self.add(&path, finding);
        }
        let branches = node.branches.iter().find(|branches| branches.len() == context.len());
        let branches = branches.map_or(&[][..], Vec::as_slice);
        if let Some(errors) = schema
            .branch(branches, Some(value))
            .and_then(|index| context.get(index))
        {
            for error in errors {
                self.error(error);
            }
            return;
        }
        if let Some(discriminator) = schema.discriminator(branches).filter(|_| value.is_object()) {
            let choices: Vec<Choice> = discriminator
                .choices
                .iter()
                .flat_map(|choices| choices.iter())
                .cloned()
                .collect();
            let path = path.key(discriminator.name);
            let primary = Place::Value(self.at.join(&path));
            let finding = match value.get(discriminator.name) {
                Some(named) => not_one_of(named, &choices, primary),
                None => Finding::error("required-choice", primary),
            };
            return self.add(&path, finding);
        }
        let shapes: Vec<Shape<'_>> = branches.iter().map(|branch| schema.fixed_shape(*branch)).collect();
        let types = shapes.iter().filter_map(Shape::types).flatten();
        let mut names: Vec<&str> = types.map(JsonType::as_str).collect();
        if names.is_empty() || shapes.iter().any(|shape| shape.admits(value)) {
            let titles: Vec<Value> = shapes.iter().filter_map(Shape::title).map(Value::from).collect();
            let finding = Finding::error("no-branch-fits", primary);
            let finding = if titles.is_empty() {
                finding
            } else {
                finding.param("options", titles)
            };
            return self.add(&path, finding);
        }
        names.sort_unstable();
        names.dedup();
        self.wrong_type_of(&path, value, &names);
    }

    fn member_name(&mut self, path: &Pointer, error: &ValidationError<'_>) {
        let name = error.instance().as_str().unwrap_or_default().to_owned();
        let title = self
            .shape_at(path)
            .hint(|hints| hints.key_title.as_ref())
            .map(str::to_owned);
        let path = path.key(&name);
        let mut finding = self.plain(error, Place::Key(self.at.join(&path))).param("value", name);
        if let Some(title) = title {
            finding = finding.param("title", words::title(&title));
        }
        self.add(&path, finding);
    }

    fn required(&mut self, path: &Pointer) {
        let shape = self.shape_at(path);
        let mut finding = Finding::error("required", Place::Value(self.at.join(path)));
        if let Some(example) = shape
            .examples()
            .iter()
            .find(|example| example.is_string() || example.is_number())
        {
            finding = finding.param("example", example.clone());
        }
        if shape.options().is_some()
            || shape
                .types()
                .is_some_and(|types| types.len() == 1 && types.contains(JsonType::Boolean))
        {
            finding.code = "required-choice";
        }
        self.add(path, finding);
    }

    fn wrong_type(&mut self, path: &Pointer, value: &Value, expected: &TypeKind) {
        let names: Vec<&str> = match expected {
            TypeKind::Single(only) => vec![only.as_str()],
            TypeKind::Multiple(several) => several.into_iter().map(JsonType::as_str).collect(),
        };
        self.wrong_type_of(path, value, &names);
    }

    fn wrong_type_of(&mut self, path: &Pointer, value: &Value, expected: &[&str]) {
        let holder = path.parent().zip(path.last());
        let must = holder.is_some_and(|(parent, name)| self.shape_at(&parent).requires(&name));
        if value.is_null() && must {
            return self.required(path);
        }
        let expected: Vec<Value> = expected
            .iter()
            .filter(|name| **name != "null" || expected.len() == 1)
            .map(|name| Value::from(*name))
            .collect();
        let finding = Finding::error("wrong-type", Place::Value(self.at.join(path)))
            .param("expected", expected)
            .param("actual", type_name(value));
        self.add(path, finding);
    }

    fn duplicate_items(&mut self, path: &Pointer, value: &Value) {
        let items = value.as_array().map_or(&[][..], Vec::as_slice);
        let mut known = BTreeMap::new();
        let twins = items.iter().enumerate().find_map(|(index, item)| {
            let first = known.insert(canonical(item), index)?;
            Some((first, index, item))
        });
        let Some((first, second, item)) = twins else {
            let finding = Finding::error("not-allowed", Place::Value(self.at.join(path)));
            return self.add(path, finding);
        };
        let place_of = |index: usize| Place::Value(self.at.join(&path.index(index)));
        let mut finding = Finding::error("duplicate-items", place_of(second))
            .param("first", first + 1)
            .param("second", second + 1)
            .related(place_of(first));
        if !item.is_object() && !item.is_array() {
            finding = finding.param("value", item.clone());
        }
        // The sentence is about the list; the place is that of the item to take out.
        self.add(path, finding);
    }

    /// Texts that are there and empty where one must be given.
    fn empty_texts(&mut self, shape: &Shape<'_>, value: &Value, path: &Pointer) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let inner = self.schema.member(shape, name, Some(member));
                    let path = path.key(name);
                    if is_blank(member) && shape.requires(name) && !allows_blank(&inner, member) {
                        self.required(&path);
                    }
                    self.empty_texts(&inner, member, &path);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.empty_texts(&self.schema.item(shape, index, Some(item)), item, &path.index(index));
                }
            }
            _ => {}
        }
    }

    /// Adds a finding with the label of its field, unless the value has one that matters more.
    fn add(&mut self, path: &Pointer, mut finding: Finding) {
        let known = self
            .found
            .iter()
            .position(|other| same_place(&other.primary, &finding.primary));
        if known.is_some_and(|known| {
            self.found
                .get(known)
                .is_some_and(|other| rank(other.code) <= rank(finding.code))
        }) {
            return;
        }
        if path.last().is_some_and(|name| is_secret_name(&name)) {
            // The sentence, and the log it ends up in, must not repeat it.
            for param in ["value", "address", "text", "suggestion"] {
                finding.params.remove(param);
            }
        }
        let better = finding.params.get("suggestion").or_else(|| finding.params.get("near"));
        if let (Some(better), Place::Value(place), None) = (better, &finding.primary, &finding.fix) {
            finding.fix = Some(replacement(place.clone(), better.clone(), self.schema.language));
        }
        let (title, item) = self.label(path);
        finding.params.entry("title").or_insert_with(|| title.into());
        if let Some(item) = item {
            finding.params.insert("item", item.into());
        }
        finding.params.insert("path", self.at.join(path).as_str().into());
        match known.and_then(|known| self.found.get_mut(known)) {
            Some(other) => *other = finding,
            None => self.found.push(finding),
        }
    }

    /// The title of the field at `path`, and the name of the list item that it stands in.
    fn label(&self, path: &Pointer) -> (String, Option<String>) {
        let mut place = Pointer::root();
        let mut title = self.shape_at(&place).title().map_or_else(String::new, str::to_owned);
        let mut item = None;
        for token in path.tokens() {
            let inner_place = place.key(&token);
            let shape = self.shape_at(&inner_place);
            if let Some(index) = self.index(&place, &token) {
                let value = inner_place.get(self.instance);
                title = self.schema.item_label(&self.shape_at(&place), &shape, index, value);
                if inner_place != *path {
                    item = Some(title.clone());
                }
            } else {
                title = shape.title().map_or_else(|| words::title(&token), str::to_owned);
            }
            place = inner_place;
        }
        (title, item)
    }

    /// The schemas that hold at `path`.
    fn shape_at(&self, path: &Pointer) -> Shape<'a> {
        if let Some(known) = self.shapes.borrow().get(path) {
            return known.clone();
        }
        let Some((holder, token)) = path.parent().zip(path.last()) else {
            return Shape::default();
        };
        let around = self.shape_at(&holder);
        let value = path.get(self.instance);
        let shape = match self.index(&holder, &token) {
            Some(index) => self.schema.item(&around, index, value),
            None => self.schema.member(&around, &token, value),
        };
        self.shapes.borrow_mut().insert(path.clone(), shape.clone());
        shape
    }

    /// The index that a token is in the list at `holder`; none where there is no list.
    fn index(&self, holder: &Pointer, token: &str) -> Option<usize> {
        let list = holder.get(self.instance).filter(|value| value.is_array());
        list.and_then(|_| token.parse().ok())
    }

    /// The author's words for a pattern, which stand beside it.
    fn pattern_hint(&self, error: &ValidationError<'_>) -> Option<String> {
        let place = place(error.schema_path()).parent()?;
        let node = self.schema.nodes.iter().find(|node| node.pointer == place);
        let beside = node.and_then(|node| node.hints.pattern_hint.clone());
        let near = || {
            let shape = self.shape_at(&super::place(error.instance_path()));
            shape.hint(|hints| hints.pattern_hint.as_ref()).map(str::to_owned)
        };
        beside.or_else(near)
    }
}

/// Which finding tells most about a value that has several.
fn rank(code: &str) -> u8 {
    match code {
        "required" | "required-choice" | "wrong-type" | "unknown-parameter" => 0,
        "not-one-of" => 1,
        "pattern" => 4,
        "too-long" | "too-short" => 3,
        "no-branch-fits" | "several-fit" | "not-allowed" | "not-asked" => 5,
        _ => 2,
    }
}

fn same_place(one: &Place, other: &Place) -> bool {
    match (one, other) {
        (Place::Value(one) | Place::Key(one), Place::Value(other) | Place::Key(other)) => one == other,
        _ => false,
    }
}

fn not_one_of(value: &Value, choices: &[Choice], primary: Place) -> Finding {
    let labels: Vec<Value> = choices.iter().map(|choice| choice.label.clone().into()).collect();
    let values: Vec<Value> = choices.iter().map(|choice| choice.value.clone()).collect();
    let texts = choices.iter().filter_map(|choice| choice.value.as_str());
    let near = value
        .as_str()
        .and_then(|text| words::nearest(text, texts))
        .map(str::to_owned);
    let mut finding = Finding::error("not-one-of", primary)
        .param("options", labels)
        .param("values", values);
    if let Some(near) = near {
        finding = finding.param("near", near);
    }
    if value.is_object() || value.is_array() {
        finding
    } else {
        finding.param("value", value.clone())
    }
}

fn too_many(primary: Place, limit: u64, value: &Value) -> Finding {
    Finding::error("too-many-items", primary)
        .param("limit", limit)
        .param("count", value.as_array().map_or(0, Vec::len))
}

fn length(value: &Value) -> usize {
    value.as_str().map_or(0, |text| text.chars().count())
}

/// The JSON Schema name of a value's type.
fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

pub(super) fn is_blank(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// The same text for values that JSON Schema calls equal: 1 and 1.0, and members in any order.
fn canonical(value: &Value) -> String {
    match value {
        Value::Number(number) => match number.as_f64().filter(|number| number.fract() == 0.0) {
            Some(whole) if number.is_f64() => format!("{whole:.0}"),
            _ => number.to_string(),
        },
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(members) => {
            let members: BTreeMap<&String, String> =
                members.iter().map(|(name, value)| (name, canonical(value))).collect();
            format!("{members:?}")
        }
        other => other.to_string(),
    }
}

/// Whether the schema names the empty text as a value.
pub(super) fn allows_blank(shape: &Shape<'_>, value: &Value) -> bool {
    shape
        .options()
        .is_some_and(|options| options.iter().any(|choice| choice.value == *value))
}

fn has_empty_text(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.values().any(has_empty_text),
        Value::Array(items) => items.iter().any(has_empty_text),
        other => is_blank(other),
    }
}

/// What an author must know about a fault of a schema, in one sentence.
pub(super) fn author_sentence(error: &ValidationError<'_>, language: Language) -> String {
    let types = |names: Vec<&str>| language.fault("schema-type", &[("expected", names.into())]);
    match error.kind() {
        Kind::Type {
            kind: TypeKind::Single(only),
        } => types(vec![only.as_str()]),
        Kind::Type {
            kind: TypeKind::Multiple(several),
        } => types(several.into_iter().map(JsonType::as_str).collect()),
        Kind::Enum { options } => language.fault("schema-values", &[("options", Value::clone(options))]),
        Kind::Minimum { limit } | Kind::ExclusiveMinimum { limit } => {
            language.fault("schema-minimum", &[("limit", limit.clone())])
        }
        Kind::MinItems { .. } => language.fault("schema-empty-list", &[]),
        Kind::UniqueItems => language.fault("schema-same-items", &[]),
        Kind::Pattern { .. } | Kind::Format { .. } => language.fault("schema-expression", &[]),
        Kind::Referencing(_) => language.fault("schema-nowhere", &[]),
        _ => language.fault("schema-unknown", &[]),
    }
}
