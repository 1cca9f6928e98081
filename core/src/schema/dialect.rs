//! Schemas as they are found, spelled as JSON Schema 2020-12 spells them: what older drafts call by other names is
//! renamed, what no form can use is left out and said, so that the rest can be used.

use std::collections::{BTreeMap, BTreeSet};

use dagwright_json_schema::{JsonType, Pattern};
use serde_json::{Map, Value, map::Entry};

use super::Fault;
use crate::{formats, pointer::Pointer, words::Language};

/// Keywords that hold one schema.
const SINGLE: [&str; 12] = [
    "additionalItems",
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Keywords that hold schemas by name.
const NAMED: [&str; 6] = [
    "$defs",
    "definitions",
    "dependencies",
    "dependentSchemas",
    "patternProperties",
    "properties",
];

/// Keywords that hold schemas in a list.
const LISTED: [&str; 5] = ["allOf", "anyOf", "items", "oneOf", "prefixItems"];

/// Keywords that say nothing about values, and what they hold.
const ANNOTATIONS: [(&str, JsonType); 6] = [
    ("deprecated", JsonType::Boolean),
    ("description", JsonType::String),
    ("examples", JsonType::Array),
    ("readOnly", JsonType::Boolean),
    ("title", JsonType::String),
    ("writeOnly", JsonType::Boolean),
];

/// A schema in today's spelling.
pub(super) struct Adapted {
    pub(super) schema: Value,
    /// What was left out.
    pub(super) warnings: Vec<Fault>,
    /// What cannot be left out.
    pub(super) faults: Vec<Fault>,
}

/// Spells a schema as JSON Schema 2020-12 does.
pub(super) fn adapt(root: &Value, language: Language) -> Adapted {
    let mut names = Names::default();
    let base = Base::default();
    names.read(&Pointer::root(), root, &base);
    let mut adapting = Adapting {
        root,
        language,
        names,
        renamed: Vec::new(),
        wanted: Vec::new(),
        done: BTreeSet::new(),
        open: BTreeSet::new(),
        patterns: BTreeMap::new(),
        said: BTreeSet::new(),
        warnings: Vec::new(),
        faults: Vec::new(),
    };
    let mut schema = root.clone();
    adapting.schema(&Pointer::root(), &mut schema, &base);
    // A reference may lead to a place that no keyword makes a schema.
    while let Some((place, base)) = adapting.wanted.pop() {
        if !adapting.done.contains(&place)
            && let Some(target) = schema.pointer_mut(adapting.now_at(&place).as_str())
        {
            let mut taken = target.take();
            adapting.schema(&place, &mut taken, &base);
            if let Some(target) = schema.pointer_mut(adapting.now_at(&place).as_str()) {
                *target = taken;
            }
        }
    }
    adapting.follow_renames(&mut schema);
    adapting.open_what_is_open(&mut schema);
    Adapted {
        schema,
        warnings: adapting.warnings,
        faults: adapting.faults,
    }
}

/// The part of a document that an `$id` makes a document of its own.
#[derive(Clone, Default)]
struct Base {
    address: String,
    place: Pointer,
}

impl Base {
    /// The part that begins here.
    fn inside(&self, place: &Pointer, keywords: &Map<String, Value>) -> Self {
        match id(keywords) {
            Some(id) => Self {
                address: resolved(&self.address, id),
                place: place.clone(),
            },
            None => self.clone(),
        }
    }
}

/// What places are called beside their pointers.
#[derive(Default)]
struct Names {
    documents: BTreeMap<String, Pointer>,
    /// By the document's address and the anchor.
    anchors: BTreeMap<(String, String), Pointer>,
    dynamic: BTreeMap<String, Vec<Pointer>>,
}

impl Names {
    fn read(&mut self, at: &Pointer, schema: &Value, around: &Base) {
        let Some(keywords) = schema.as_object() else { return };
        let base = around.inside(at, keywords);
        if id(keywords).is_some() {
            self.documents.entry(base.address.clone()).or_insert_with(|| at.clone());
        }
        let text = |keyword: &str| keywords.get(keyword).and_then(Value::as_str);
        // Before 2019-09, an anchor was an $id that begins with a number sign.
        let old = ["$id", "id"]
            .into_iter()
            .find_map(|keyword| text(keyword)?.strip_prefix('#'));
        for anchor in text("$anchor").or(old).into_iter().chain(text("$dynamicAnchor")) {
            self.anchors
                .insert((base.address.clone(), anchor.to_owned()), at.clone());
        }
        if let Some(anchor) = text("$dynamicAnchor") {
            self.dynamic.entry(anchor.to_owned()).or_default().push(at.clone());
        }
        for (place, inner) in inside(at, keywords) {
            self.read(&place, inner, &base);
        }
    }
}

impl Names {
    /// The documents that a place is in, the innermost first.
    fn around(&self, at: &Pointer) -> Vec<Base> {
        let holding = self
            .documents
            .iter()
            .filter(|(_, place)| at.strip_prefix(place).is_some());
        let base = |(address, place): (&String, &Pointer)| Base {
            address: address.clone(),
            place: place.clone(),
        };
        let mut bases: Vec<Base> = holding.map(base).collect();
        bases.sort_by_key(|base| std::cmp::Reverse(base.place.as_str().len()));
        bases
    }
}

/// What the addresses of JSON Schema's own vocabularies begin with.
const VOCABULARIES: &str = "https://json-schema.org/draft/";

struct Adapting<'a> {
    root: &'a Value,
    language: Language,
    names: Names,
    /// Places of keywords that have another name now, with that name.
    renamed: Vec<(Pointer, &'static str)>,
    /// Places that references lead to, and the parts of the document that they are in.
    wanted: Vec<(Pointer, Base)>,
    done: BTreeSet<Pointer>,
    /// Schemas that let more values be than their author wrote, for something was left out.
    open: BTreeSet<Pointer>,
    /// Which patterns can be matched; the same few stand in many places.
    patterns: BTreeMap<String, bool>,
    /// What has been said once.
    said: BTreeSet<String>,
    warnings: Vec<Fault>,
    faults: Vec<Fault>,
}

impl Adapting<'_> {
    fn warn(&mut self, place: Pointer, code: &str, params: &[(&'static str, Value)]) {
        let sentence = self.language.fault(code, params);
        if self.said.insert(sentence.clone()) {
            self.warnings.push((place, sentence));
        }
    }

    fn schema(&mut self, at: &Pointer, schema: &mut Value, around: &Base) {
        let Some(keywords) = schema.as_object_mut() else { return };
        if !self.done.insert(at.clone()) {
            return;
        }
        let base = around.inside(at, keywords);
        self.reference(at, keywords, &base);
        each_inside(at, keywords, &mut |place, inner| self.schema(place, inner, &base));
        self.older_words(at, keywords);
        self.patterns(at, keywords);
        self.annotations(at, keywords);
        if let Some(format) = keywords.get("format").and_then(Value::as_str)
            && !formats::is_known(format)
        {
            let known = formats::NAMES.join(", ");
            let params = [("format", format.into()), ("known", known.into())];
            self.warn(at.key("format"), "schema-format", &params);
            self.open.insert(at.clone());
        }
        let required = keywords
            .get("$vocabulary")
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        let unknown = required.filter(|(name, must)| **must == Value::Bool(true) && !name.starts_with(VOCABULARIES));
        for (name, _) in unknown {
            let params = [("name", name.as_str().into())];
            let fault = self.language.fault("schema-vocabulary", &params);
            self.faults.push((at.key("$vocabulary").key(name), fault));
        }
        for keyword in [
            "$schema",
            "$id",
            "$anchor",
            "$dynamicAnchor",
            "$recursiveAnchor",
            "$vocabulary",
        ] {
            keywords.remove(keyword);
        }
    }

    /// References become places in the document as it will be.
    fn reference(&mut self, at: &Pointer, keywords: &mut Map<String, Value>, base: &Base) {
        if let Some(name) = text(keywords, "$ref") {
            self.refer(at, keywords, "$ref", &name, base);
        }
        if let Some(name) = text(keywords, "$dynamicRef") {
            let anchor = name.rsplit('#').next().unwrap_or_default();
            match self.names.dynamic.get(anchor).map(Vec::as_slice) {
                Some([outermost, others @ ..]) => {
                    let target = outermost.clone();
                    if !others.is_empty() {
                        let params = [("name", name.as_str().into()), ("anchor", anchor.into())];
                        self.warn(at.key("$dynamicRef"), "schema-outermost", &params);
                    }
                    self.lead(at, keywords, "$dynamicRef", target, base.clone());
                }
                _ => self.refer(at, keywords, "$dynamicRef", &name, base),
            }
        }
        if keywords.remove("$recursiveRef").is_some() {
            self.lead(at, keywords, "$recursiveRef", base.place.clone(), base.clone());
        }
    }

    fn refer(&mut self, at: &Pointer, keywords: &mut Map<String, Value>, keyword: &str, name: &str, base: &Base) {
        let (address, fragment) = name.split_once('#').unwrap_or((name, ""));
        let (document, address) = if address.is_empty() {
            (Some(base.place.clone()), base.address.clone())
        } else {
            let whole = resolved(&base.address, address);
            (self.names.documents.get(&whole).cloned(), whole)
        };
        let Some(document) = document else {
            // Which members and items the other document knows is not known either.
            for keyword in [keyword, "unevaluatedProperties", "unevaluatedItems"] {
                keywords.remove(keyword);
            }
            self.open.insert(at.clone());
            return self.warn(at.key(keyword), "schema-foreign-reference", &[("name", name.into())]);
        };
        let own = Base {
            address,
            place: document,
        };
        // Many authors give schemas inside a document an `$id`, and go on counting from the beginning of the document.
        let around = if name.starts_with('#') {
            self.names.around(at)
        } else {
            Vec::new()
        };
        let mut bases = std::iter::once(own).chain(around);
        match bases.find_map(|base| Some((self.target(&base, fragment)?, base))) {
            Some((target, base)) => self.lead(at, keywords, keyword, target, base),
            None => self.faults.push((
                at.key(keyword),
                self.language.fault("schema-reference", &[("reference", name.into())]),
            )),
        }
    }

    /// The place that a fragment names in a part of the document.
    fn target(&self, base: &Base, fragment: &str) -> Option<Pointer> {
        let target = if fragment.is_empty() || fragment.starts_with('/') {
            base.place.join(&Pointer::from_encoded(percent_decoded(fragment)?))
        } else {
            let name = (base.address.clone(), fragment.to_owned());
            self.names.anchors.get(&name)?.clone()
        };
        target.get(self.root).is_some().then_some(target)
    }

    fn lead(&mut self, at: &Pointer, keywords: &mut Map<String, Value>, keyword: &str, target: Pointer, base: Base) {
        let reference = Value::String(format!("#{}", percent_encoded(target.as_str())));
        self.wanted.push((target, base));
        if keyword == "$ref" || !keywords.contains_key("$ref") {
            if keyword != "$ref" {
                keywords.remove(keyword);
            }
            keywords.insert("$ref".to_owned(), reference);
        } else {
            keywords.remove(keyword);
            let own = Value::Object(Map::from_iter([("$ref".to_owned(), reference)]));
            if let Value::Array(parts) = keywords.entry("allOf").or_insert_with(|| Value::Array(Vec::new())) {
                self.done.insert(at.key("allOf").index(parts.len()));
                parts.push(own);
            }
        }
    }

    /// What drafts before 2020-12 call by other names.
    fn older_words(&mut self, at: &Pointer, keywords: &mut Map<String, Value>) {
        if keywords.get("items").is_some_and(Value::is_array) {
            self.rename(at, keywords, "items", "prefixItems");
            self.rename(at, keywords, "additionalItems", "items");
        } else {
            keywords.remove("additionalItems");
        }
        if let Some(Value::Object(dependencies)) = keywords.remove("dependencies") {
            self.renamed.push((at.key("dependencies"), "dependentSchemas"));
            let (lists, schemas): (Vec<_>, Vec<_>) = dependencies.into_iter().partition(|(_, value)| value.is_array());
            for (keyword, members) in [("dependentRequired", lists), ("dependentSchemas", schemas)] {
                if members.is_empty() {
                    continue;
                }
                let own = keywords.entry(keyword).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(own) = own {
                    own.extend(members);
                }
            }
        }
        for (exclusive, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            if let Entry::Occupied(entry) = keywords.entry(exclusive)
                && let Value::Bool(is_exclusive) = *entry.get()
            {
                entry.remove();
                if is_exclusive && let Some(limit) = keywords.remove(limit) {
                    keywords.insert(exclusive.to_owned(), limit);
                }
            }
        }
        if keywords.get("id").is_some_and(Value::is_string) {
            keywords.remove("id");
        }
        if keywords.get("required").is_some_and(Value::is_boolean) {
            keywords.remove("required");
            self.warn(at.key("required"), "schema-required", &[]);
        }
        if keywords.get("type").is_some_and(|kind| kind == "any") {
            keywords.remove("type");
        }
    }

    fn rename(&mut self, at: &Pointer, keywords: &mut Map<String, Value>, from: &'static str, to: &'static str) {
        if let Some(value) = keywords.remove(from) {
            keywords.insert(to.to_owned(), value);
            self.renamed.push((at.key(from), to));
        }
    }

    fn is_pattern(&mut self, pattern: &str) -> bool {
        if let Some(known) = self.patterns.get(pattern) {
            return *known;
        }
        let is_pattern = Pattern::new(pattern).is_some();
        self.patterns.insert(pattern.to_owned(), is_pattern);
        is_pattern
    }

    /// Patterns that cannot be matched in linear time are left out.
    fn patterns(&mut self, at: &Pointer, keywords: &mut Map<String, Value>) {
        if let Some(pattern) = text(keywords, "pattern")
            && !self.is_pattern(&pattern)
        {
            keywords.remove("pattern");
            self.warn(at.key("pattern"), "schema-pattern", &[("pattern", pattern.into())]);
            self.open.insert(at.clone());
        }
        let Some(Value::Object(patterns)) = keywords.get_mut("patternProperties") else {
            return;
        };
        let unread: Vec<String> = patterns
            .keys()
            .filter(|pattern| !self.is_pattern(pattern))
            .cloned()
            .collect();
        for pattern in &unread {
            patterns.remove(pattern);
        }
        if let Some(first) = unread.first() {
            // Which names are left for these is not known any more.
            for keyword in ["additionalProperties", "unevaluatedProperties"] {
                keywords.remove(keyword);
            }
            let params = [("pattern", first.as_str().into())];
            self.warn(at.key("patternProperties"), "schema-pattern-names", &params);
            self.open.insert(at.clone());
        }
    }

    /// What says nothing about values is no reason to refuse a schema.
    fn annotations(&mut self, at: &Pointer, keywords: &mut Map<String, Value>) {
        for (keyword, kind) in ANNOTATIONS {
            if keywords.get(keyword).is_some_and(|value| JsonType::from(value) != kind) {
                keywords.remove(keyword);
                let params = [("expected", vec![kind.as_str()].into())];
                self.warn(at.key(keyword), "schema-type", &params);
            }
        }
        for keyword in ["$defs", "definitions"] {
            let Some(Value::Object(members)) = keywords.get_mut(keyword) else {
                continue;
            };
            let is_schema = |value: &Value| value.is_object() || value.is_boolean();
            let others: Vec<String> = members
                .iter()
                .filter(|(_, value)| !is_schema(value))
                .map(|(name, _)| name.clone())
                .collect();
            members.retain(|_, value| is_schema(value));
            for name in others {
                self.warn(at.key(keyword).key(&name), "schema-unknown", &[]);
            }
        }
    }

    /// Where less must hold than was written, `not` and `if` would say the opposite of what was meant, and several
    /// branches of a `oneOf` can seem to fit: they are left out too, and `oneOf` becomes `anyOf`.
    fn open_what_is_open(&mut self, schema: &mut Value) {
        if self.open.is_empty() {
            return;
        }
        self.open = self.open.iter().map(|place| self.now_at(place)).collect();
        let mut references = Vec::new();
        references_in(&Pointer::root(), schema, &mut references);
        let mut known = 0;
        while known < self.open.len() {
            known = self.open.len();
            for (place, target) in &references {
                if is_open(&self.open, target) {
                    self.open.insert(place.clone());
                }
            }
        }
        self.renamed.clear();
        self.opened(&Pointer::root(), schema);
        self.follow_renames(schema);
    }

    fn opened(&mut self, at: &Pointer, schema: &mut Value) {
        let Some(keywords) = schema.as_object_mut() else { return };
        each_inside(at, keywords, &mut |place, inner| self.opened(place, inner));
        if is_open(&self.open, &at.key("not")) {
            keywords.remove("not");
        }
        if is_open(&self.open, &at.key("if")) {
            keywords.remove("if");
        }
        if is_open(&self.open, &at.key("oneOf"))
            && let Some(branches) = keywords.remove("oneOf")
            && !keywords.contains_key("anyOf")
        {
            keywords.insert("anyOf".to_owned(), branches);
            self.renamed.push((at.key("oneOf"), "anyOf"));
        }
    }

    /// Where a place of the schema as it was is in the schema as it is.
    fn now_at(&self, place: &Pointer) -> Pointer {
        let mut now = Pointer::root();
        let mut before = Pointer::root();
        for token in place.tokens() {
            before = before.key(&token);
            let name = self
                .renamed
                .iter()
                .find(|(old, _)| *old == before)
                .map(|(_, name)| *name);
            now = now.key(name.unwrap_or(&token));
        }
        now
    }

    fn follow_renames(&self, value: &mut Value) {
        if self.renamed.is_empty() {
            return;
        }
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    match member {
                        Value::String(reference) if name == "$ref" => {
                            let place = reference.strip_prefix('#').and_then(percent_decoded);
                            if let Some(place) = place {
                                let now = self.now_at(&Pointer::from_encoded(place));
                                *reference = format!("#{}", percent_encoded(now.as_str()));
                            }
                        }
                        inner => self.follow_renames(inner),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.follow_renames(item)),
            _ => {}
        }
    }
}

/// The schemas directly inside a schema.
fn inside<'v>(at: &Pointer, keywords: &'v Map<String, Value>) -> Vec<(Pointer, &'v Value)> {
    let mut found = Vec::new();
    for (keyword, value) in keywords {
        let keyword = keyword.as_str();
        let place = at.key(keyword);
        match value {
            Value::Object(members) if NAMED.contains(&keyword) => {
                found.extend(members.iter().map(|(name, inner)| (place.key(name), inner)));
            }
            Value::Array(items) if LISTED.contains(&keyword) => {
                let items = items.iter().enumerate();
                found.extend(items.map(|(index, inner)| (place.index(index), inner)));
            }
            inner if SINGLE.contains(&keyword) => found.push((place, inner)),
            _ => {}
        }
    }
    found
}

/// Changes the schemas directly inside a schema.
fn each_inside(at: &Pointer, keywords: &mut Map<String, Value>, change: &mut dyn FnMut(&Pointer, &mut Value)) {
    for (keyword, value) in keywords {
        let keyword = keyword.as_str();
        let place = at.key(keyword);
        match value {
            Value::Object(members) if NAMED.contains(&keyword) => {
                for (name, inner) in members {
                    change(&place.key(name), inner);
                }
            }
            Value::Array(items) if LISTED.contains(&keyword) => {
                for (index, inner) in items.iter_mut().enumerate() {
                    change(&place.index(index), inner);
                }
            }
            inner if SINGLE.contains(&keyword) => change(&place, inner),
            _ => {}
        }
    }
}

/// Whether one of the open schemas is here or below.
fn is_open(open: &BTreeSet<Pointer>, place: &Pointer) -> bool {
    let first_below = Pointer::from_encoded(format!("{}/", place.as_str()));
    let mut below = open.range(&first_below..);
    open.contains(place) || below.next().is_some_and(|next| next.strip_prefix(place).is_some())
}

/// The schemas that refer to others, and where they lead.
fn references_in(at: &Pointer, value: &Value, found: &mut Vec<(Pointer, Pointer)>) {
    match value {
        Value::Object(members) => {
            let reference = members.get("$ref").and_then(Value::as_str);
            if let Some(target) = reference.and_then(|text| percent_decoded(text.strip_prefix('#')?)) {
                found.push((at.clone(), Pointer::from_encoded(target)));
            }
            for (name, member) in members {
                references_in(&at.key(name), member, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                references_in(&at.index(index), item, found);
            }
        }
        _ => {}
    }
}

/// The address that a schema gives itself.
fn id(keywords: &Map<String, Value>) -> Option<&str> {
    let id = ["$id", "id"]
        .into_iter()
        .find_map(|keyword| keywords.get(keyword)?.as_str())?;
    let id = id.split('#').next().unwrap_or_default();
    (!id.is_empty()).then_some(id)
}

/// An address that stands in a document of another one.
fn resolved(base: &str, address: &str) -> String {
    if address.contains("://") || address.starts_with("urn:") || base.is_empty() {
        return address.to_owned();
    }
    let origin = base
        .find("://")
        .and_then(|scheme| base.get(scheme + 3..)?.find('/').map(|slash| scheme + 3 + slash));
    let kept = if address.starts_with('/') {
        origin.unwrap_or(base.len())
    } else {
        base.rfind('/').map_or(0, |slash| slash + 1)
    };
    let address = address.strip_prefix("./").unwrap_or(address);
    format!("{}{address}", base.get(..kept).unwrap_or_default())
}

fn text(keywords: &Map<String, Value>, keyword: &str) -> Option<String> {
    keywords.get(keyword)?.as_str().map(str::to_owned)
}

/// The text of a URI fragment; none where it is not UTF-8.
pub(super) fn percent_decoded(fragment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// A text as a URI fragment may hold it.
pub(super) fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/$:@!&'()*+,;=?".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    encoded
}
