//! The fields of an answer, laid flat, so that each control finds its own by pointer and nothing else is redrawn.

use std::{collections::BTreeMap, sync::Arc};

use dagwright_core::{
    answer::Answer,
    diagnostic::{Diagnostic, Severity},
    field::{Field, FieldKind},
    pointer::Pointer,
};

/// One field without those inside it, which are named by their pointers.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The field; lists, maps and groups are emptied.
    pub field: Field,
    /// The fields directly inside, in order.
    pub children: Vec<Pointer>,
}

/// All fields of a form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// The outermost fields, in order.
    pub roots: Vec<Pointer>,
    nodes: BTreeMap<Pointer, Arc<Node>>,
}

impl Outline {
    /// Lays the fields of an answer flat.
    pub fn new(fields: Vec<Field>) -> Self {
        let mut outline = Self::default();
        outline.roots = outline.take(fields);
        outline
    }

    fn take(&mut self, fields: Vec<Field>) -> Vec<Pointer> {
        fields
            .into_iter()
            .map(|mut field| {
                let inside = match &mut field.kind {
                    FieldKind::List { items, .. } => std::mem::take(items),
                    FieldKind::Map { entries, .. } => std::mem::take(entries),
                    FieldKind::Group { fields } => std::mem::take(fields),
                    _ => Vec::new(),
                };
                let children = self.take(inside);
                let pointer = field.pointer.clone();
                self.nodes.insert(pointer.clone(), Arc::new(Node { field, children }));
                pointer
            })
            .collect()
    }

    /// All fields, each before those inside it, in the order of the form.
    pub fn in_order(&self) -> Vec<&Pointer> {
        let mut order = Vec::new();
        let mut left: Vec<&Pointer> = self.roots.iter().rev().collect();
        while let Some(pointer) = left.pop() {
            order.push(pointer);
            let inside = self.nodes.get(pointer).map(|node| node.children.iter().rev());
            left.extend(inside.into_iter().flatten());
        }
        order
    }

    /// The field at a pointer.
    pub fn get(&self, pointer: &Pointer) -> Option<&Arc<Node>> {
        self.nodes.get(pointer)
    }

    /// The innermost field that holds the place, or is it.
    pub fn nearest(&self, pointer: &Pointer) -> Option<&Arc<Node>> {
        let mut place = pointer.clone();
        loop {
            if let Some(node) = self.nodes.get(&place) {
                return Some(node);
            }
            place = place.parent()?;
        }
    }
}

/// The findings of an answer, by the field at which each is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// With the field at which each is shown.
    at: Vec<(Pointer, Arc<Diagnostic>)>,
    /// All of them, in the order of the answer.
    pub all: Vec<Arc<Diagnostic>>,
}

impl Findings {
    /// Gives every finding to the innermost field around its place.
    pub fn new(answer: &Answer, outline: &Outline) -> Self {
        let mut findings = Self::default();
        for diagnostic in &answer.diagnostics {
            let diagnostic = Arc::new(diagnostic.clone());
            if let Some(field) = field_of(&diagnostic, outline) {
                findings.at.push((field, diagnostic.clone()));
            }
            findings.all.push(diagnostic);
        }
        findings
    }

    /// Those shown at a field.
    pub fn at(&self, pointer: &Pointer) -> Vec<Arc<Diagnostic>> {
        let here = self.at.iter().filter(|(place, _)| place == pointer);
        here.map(|(_, finding)| finding.clone()).collect()
    }

    /// How many errors are shown at a field or inside it.
    pub fn errors_below(&self, pointer: &Pointer) -> usize {
        let below = self
            .at
            .iter()
            .filter(|(place, finding)| finding.severity == Severity::Error && place.strip_prefix(pointer).is_some());
        below.count()
    }

    /// All errors, in the order in which the form asks; those that belong to no field come last.
    pub fn errors_by_field(&self, outline: &Outline) -> Vec<Arc<Diagnostic>> {
        let is_error = |finding: &&Arc<Diagnostic>| finding.severity == Severity::Error;
        let mut errors: Vec<Arc<Diagnostic>> = Vec::new();
        for pointer in outline.in_order() {
            let here = self.at.iter().filter(|(place, _)| place == pointer);
            errors.extend(here.map(|(_, finding)| finding).filter(is_error).cloned());
        }
        let elsewhere = self.errors().filter(|error| field_of(error, outline).is_none());
        errors.extend(elsewhere.cloned());
        errors
    }

    /// All errors, in the order of the answer.
    pub fn errors(&self) -> impl Iterator<Item = &Arc<Diagnostic>> {
        self.all.iter().filter(|finding| finding.severity == Severity::Error)
    }
}

/// The field at which a finding is shown; none where it belongs to no field.
pub fn field_of(diagnostic: &Diagnostic, outline: &Outline) -> Option<Pointer> {
    if diagnostic.primary.file.is_some() {
        return None;
    }
    let pointer = diagnostic.primary.pointer.as_ref()?;
    outline.nearest(pointer).map(|node| node.field.pointer.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn field(pointer: &str, kind: Value) -> Field {
        let mut field = json!({
            "pointer": pointer, "title": "T", "required": true, "advanced": false, "read_only": false,
        });
        for (key, value) in kind.as_object().unwrap() {
            field[key] = value.clone();
        }
        serde_json::from_value(field).unwrap()
    }

    fn steps() -> Outline {
        let name = json!({"pointer": "/parameters/steps/0/name", "title": "N", "required": true,
            "advanced": false, "read_only": false, "kind": "text", "multiline": false});
        let step = json!({"pointer": "/parameters/steps/0", "title": "S", "required": true,
            "advanced": false, "read_only": false, "kind": "group", "fields": [name]});
        Outline::new(vec![
            field("/name", json!({"kind": "text", "multiline": false})),
            field(
                "/parameters/steps",
                json!({"kind": "list", "items": [step], "item_title": "step", "blank": {}, "minimum": 0, "by_position": false}),
            ),
        ])
    }

    fn finding(pointer: &str, severity: &str) -> Value {
        json!({"code": "c", "severity": severity, "message": "m", "primary": {"pointer": pointer}})
    }

    #[test]
    fn children_are_named_and_found() {
        let outline = steps();
        assert_eq!(outline.roots.len(), 2);
        let list = outline.get(&outline.roots[1]).unwrap();
        assert_eq!(list.children[0].as_str(), "/parameters/steps/0");
        let step = outline.get(&list.children[0]).unwrap();
        assert_eq!(step.children[0].as_str(), "/parameters/steps/0/name");
    }

    #[test]
    fn a_finding_is_shown_at_the_innermost_field_around_it() {
        let outline = steps();
        let diagnostics = [
            finding("/parameters/steps/0/name/deeper", "error"),
            finding("/parameters/steps/0", "warning"),
            finding("/parameters/steps/4", "error"),
            finding("/elsewhere", "error"),
        ];
        let answer = Answer {
            diagnostics: serde_json::from_value(json!(diagnostics)).unwrap(),
            ..Answer::default()
        };
        let findings = Findings::new(&answer, &outline);
        let at = |pointer: &str| findings.at(&Pointer::from_encoded(pointer)).len();
        assert_eq!(at("/parameters/steps/0/name"), 1);
        assert_eq!(at("/parameters/steps/0"), 1);
        assert_eq!(at("/parameters/steps"), 1);
        assert_eq!(findings.all.len(), 4);
        let steps = Pointer::from_encoded("/parameters/steps");
        assert_eq!(findings.errors_below(&steps), 2);
        let errors = findings.errors_by_field(&outline);
        let places: Vec<_> = errors
            .iter()
            .map(|error| error.primary.pointer.clone().unwrap_or_default())
            .collect();
        let places: Vec<_> = places.iter().map(Pointer::as_str).collect();
        assert_eq!(
            places,
            ["/parameters/steps/4", "/parameters/steps/0/name/deeper", "/elsewhere"]
        );
    }
}
