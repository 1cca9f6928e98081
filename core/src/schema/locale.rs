//! A schema in another language: a locale puts other words in the place of its own, and can put nothing else there.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Schema, node::Node};
use crate::{field::Choice, pointer::Pointer, prose, words};

/// Something in a locale that the schema has no place for.
#[derive(Debug, PartialEq)]
pub(crate) struct Stray {
    /// Where it stands in the locale.
    pub(crate) pointer: Pointer,
    /// The code of its finding.
    pub(crate) code: &'static str,
    /// What the schema does not know.
    pub(crate) name: String,
    /// What may have been meant.
    pub(crate) near: Option<String>,
}

impl Schema {
    /// Takes the words of a locale.
    pub(crate) fn translate(&mut self, locale: &Value) {
        let places = locale.get("parameters");
        let sections = locale.get("sections");
        for node in &mut self.nodes {
            if let Some(section) = &mut node.hints.section
                && let Some(words) = text(sections, section)
            {
                *section = words;
            }
            if let Some(words) = places.and_then(|places| places.get(node.pointer.as_str())) {
                node.translate(words);
            }
        }
    }

    /// What a locale says of places, labels and sections that the schema does not have.
    pub(crate) fn strays(&self, locale: &Value) -> Vec<Stray> {
        let mut strays = Vec::new();
        let mut stray = |pointer: Pointer, code, name: &str, known: &[&str]| {
            strays.push(Stray {
                pointer,
                code,
                name: name.to_owned(),
                near: words::nearest(name, known.iter().copied()).map(str::to_owned),
            });
        };
        let sections = self.nodes.iter().filter_map(|node| node.hints.section.as_deref());
        let sections: Vec<&str> = sections.collect();
        for name in names(locale.get("sections")) {
            if !sections.contains(&name) {
                let pointer = Pointer::root().key("sections").key(name);
                stray(pointer, "locale-unknown-section", name, &sections);
            }
        }
        let places: Vec<&str> = self.nodes.iter().map(|node| node.pointer.as_str()).collect();
        for place in names(locale.get("parameters")) {
            let pointer = Pointer::root().key("parameters").key(place);
            let Some(node) = self.nodes.iter().find(|node| node.pointer.as_str() == place) else {
                stray(pointer, "locale-unknown-place", place, &places);
                continue;
            };
            let values: Vec<String> = node.choices().iter().map(key).collect();
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            let labels = locale
                .get("parameters")
                .and_then(|places| places.get(place)?.get("labels"));
            for name in names(labels) {
                if !values.contains(&name) {
                    stray(pointer.key("labels").key(name), "locale-unknown-label", name, &values);
                }
            }
        }
        strays
    }

    /// What a locale says nothing about, such as `/properties/steps: title`.
    pub(crate) fn untranslated(&self, locale: &Value) -> Vec<String> {
        let mut missing: Vec<String> = Vec::new();
        let lists: Vec<&Pointer> = self
            .nodes
            .iter()
            .filter_map(|node| node.options.as_ref().map(|_| &node.pointer))
            .collect();
        for node in &self.nodes {
            if let Some(section) = &node.hints.section
                && text(locale.get("sections"), section).is_none()
            {
                missing.push(format!("sections: {section}"));
            }
            // The values of a choice are schemas too; they are said among its labels.
            let list = node.pointer.parent().and_then(|branches| branches.parent());
            if list.is_some_and(|list| lists.contains(&&list)) {
                continue;
            }
            let words = locale
                .get("parameters")
                .and_then(|places| places.get(node.pointer.as_str()));
            for (name, own) in node.words() {
                if own.is_some() && text(words, name).is_none() {
                    missing.push(format!("{}: {name}", node.pointer));
                }
            }
            for choice in node.choices() {
                let is_named = choice.label != self.language.label(&choice.value);
                if is_named && text(words.and_then(|words| words.get("labels")), &key(choice)).is_none() {
                    missing.push(format!("{}: {}", node.pointer, key(choice)));
                }
            }
        }
        missing.dedup();
        missing
    }
}

impl Node {
    fn choices(&self) -> &[Choice] {
        self.options.as_deref().unwrap_or_default()
    }

    /// The words that a locale can replace, by the names that it has for them.
    fn words(&self) -> [(&'static str, &Option<String>); 6] {
        [
            ("title", &self.title),
            ("description", &self.description),
            ("unit", &self.hints.unit),
            ("item_title", &self.hints.item_title),
            ("key_title", &self.hints.key_title),
            ("pattern_hint", &self.hints.pattern_hint),
        ]
    }

    fn translate(&mut self, words: &Value) {
        let hints = &mut self.hints;
        for (name, own) in [
            ("title", &mut self.title),
            ("description", &mut self.description),
            ("unit", &mut hints.unit),
            ("item_title", &mut hints.item_title),
            ("key_title", &mut hints.key_title),
            ("pattern_hint", &mut hints.pattern_hint),
        ] {
            if let Some(words) = text(Some(words), name) {
                *own = Some(words);
            }
        }
        self.prose = self.description.as_deref().map(prose::paragraphs).unwrap_or_default();
        if let Some(examples) = words.get("examples").and_then(Value::as_array) {
            self.examples.clone_from(examples);
        }
        for choice in self.options.as_mut().map(Arc::make_mut).into_iter().flatten() {
            if let Some(label) = text(words.get("labels"), &key(choice)) {
                choice.label = label;
            }
        }
    }
}

/// How a locale names a value of a choice.
fn key(choice: &Choice) -> String {
    match &choice.value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn text(members: Option<&Value>, name: &str) -> Option<String> {
    members?.get(name)?.as_str().map(str::to_owned)
}

fn names(members: Option<&Value>) -> impl Iterator<Item = &str> {
    let members = members.and_then(Value::as_object);
    members.into_iter().flat_map(Map::keys).map(String::as_str)
}
