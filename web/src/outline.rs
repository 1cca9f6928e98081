//! The fields of an answer, laid flat, so that each control finds its own by pointer and nothing else is redrawn.

use std::{collections::BTreeMap, sync::Arc};

use dagwright_core::{
    diagnostic::{Diagnostic, Severity},
    field::{Field, FieldKind},
    pointer::Pointer,
};

/// One field without those inside it, which are named by their pointers.
#[derive(Debug)]
pub struct Node {
    /// The field; lists, maps and groups are emptied.
    pub field: Field,
    /// The fields directly inside, in order.
    pub children: Vec<Pointer>,
}

impl PartialEq for Node {
    /// A node that did not change is the same one, so nothing is compared by value at every answer.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// All fields of a form.
#[derive(Debug, Default)]
pub struct Outline {
    /// The outermost fields, in order.
    pub roots: Vec<Pointer>,
    nodes: BTreeMap<Pointer, Arc<Node>>,
}

impl Outline {
    /// Puts new fields in the places of those that stood there, and takes away those that are gone; false where nothing
    /// changes.
    pub fn change(&mut self, nodes: Vec<Node>, gone: &[Pointer], roots: Option<Vec<Pointer>>) -> bool {
        let changes = !nodes.is_empty() || !gone.is_empty() || roots.is_some();
        for node in nodes {
            self.nodes.insert(node.field.pointer.clone(), Arc::new(node));
        }
        for pointer in gone {
            self.nodes.remove(pointer);
        }
        if let Some(roots) = roots {
            self.roots = roots;
        }
        changes
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

    /// What a field is called where no other is beside it: behind the items of lists that it stands in. An item of a list of
    /// single answers is called as the list is, for `Step 1` of the steps that another one waits for is not the first step.
    pub fn label(&self, pointer: &Pointer) -> String {
        let mut way: Vec<&Arc<Node>> = Vec::new();
        let mut place = Some(pointer.clone());
        while let Some(here) = place {
            way.extend(self.nodes.get(&here));
            place = here.parent();
        }
        way.reverse();
        let is_list = |node: &Node| matches!(node.field.kind, FieldKind::List { .. });
        let is_group = |node: &Node| matches!(node.field.kind, FieldKind::Group { .. });
        let mut titles = Vec::new();
        for (index, node) in way.iter().enumerate() {
            let is_item = index > 0 && way.get(index - 1).is_some_and(|holder| is_list(holder));
            let has_single_item = is_list(node) && way.get(index + 1).is_some_and(|item| !is_group(item));
            let ends_here = index + 1 == way.len();
            if has_single_item || (is_item && is_group(node)) || (ends_here && !is_item) {
                titles.push(node.field.title());
            }
        }
        titles.join(" › ")
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
    /// The same for the names of entries of maps.
    at_names: Vec<(Pointer, Arc<Diagnostic>)>,
    /// All of them, in the order of the answer.
    pub all: Vec<Arc<Diagnostic>>,
}

impl Findings {
    /// Gives every finding to the innermost field around its place.
    pub fn new(all: &[Arc<Diagnostic>], outline: &Outline) -> Self {
        let placed = all
            .iter()
            .filter_map(|diagnostic| Some((field_of(diagnostic, outline)?, diagnostic.clone())));
        let (at_names, at) = placed.partition(|(_, diagnostic)| is_about_name(diagnostic, outline));
        Self {
            at,
            at_names,
            all: all.to_vec(),
        }
    }

    /// Those about the name of an entry of a map.
    pub fn at_name(&self, pointer: &Pointer) -> Vec<Arc<Diagnostic>> {
        let here = self.at_names.iter().filter(|(place, _)| place == pointer);
        here.map(|(_, finding)| finding.clone()).collect()
    }

    /// Those shown at a field.
    pub fn at(&self, pointer: &Pointer) -> Vec<Arc<Diagnostic>> {
        let here = self.at.iter().filter(|(place, _)| place == pointer);
        here.map(|(_, finding)| finding.clone()).collect()
    }

    /// How many errors are shown at a field or inside it.
    pub fn errors_below(&self, pointer: &Pointer) -> usize {
        let below = self
            .everywhere()
            .filter(|(place, finding)| finding.severity == Severity::Error && place.strip_prefix(pointer).is_some());
        below.count()
    }

    /// All errors, in the order in which the form asks; those that belong to no field come last.
    pub fn errors_by_field(&self, outline: &Outline) -> Vec<Arc<Diagnostic>> {
        let is_error = |finding: &&Arc<Diagnostic>| finding.severity == Severity::Error;
        let mut errors: Vec<Arc<Diagnostic>> = Vec::new();
        for pointer in outline.in_order() {
            let here = self.everywhere().filter(|(place, _)| place == pointer);
            errors.extend(here.map(|(_, finding)| finding).filter(is_error).cloned());
        }
        let elsewhere = self.errors().filter(|error| field_of(error, outline).is_none());
        errors.extend(elsewhere.cloned());
        errors
    }

    fn everywhere(&self) -> impl Iterator<Item = &(Pointer, Arc<Diagnostic>)> {
        self.at_names.iter().chain(&self.at)
    }

    /// All errors, in the order of the answer.
    pub fn errors(&self) -> impl Iterator<Item = &Arc<Diagnostic>> {
        self.all.iter().filter(|finding| finding.severity == Severity::Error)
    }
}

/// Whether a finding is about the name of an entry of a map, and not about its value.
pub fn is_about_name(diagnostic: &Diagnostic, outline: &Outline) -> bool {
    let Some(entry) = diagnostic.primary.pointer.as_ref().filter(|_| diagnostic.primary.key) else {
        return false;
    };
    let map = entry.parent().and_then(|map| outline.get(&map));
    map.is_some_and(|node| matches!(node.field.kind, FieldKind::Map { .. }))
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
    use crate::decode;
    use serde_json::{Value, json};

    fn node(pointer: &str, children: &[&str]) -> Node {
        decode::node(json!({"pointer": pointer, "kind": "group", "children": children}).into())
    }

    fn steps() -> Outline {
        let mut outline = Outline::default();
        let nodes = vec![
            node("/name", &[]),
            node("/parameters/steps", &["/parameters/steps/0"]),
            node("/parameters/steps/0", &["/parameters/steps/0/name"]),
            node("/parameters/steps/0/name", &[]),
        ];
        let roots = ["/name", "/parameters/steps"].map(Pointer::from_encoded);
        assert!(outline.change(nodes, &[], Some(roots.to_vec())));
        outline
    }

    fn finding(pointer: &str, severity: &str) -> Value {
        json!({"code": "c", "severity": severity, "message": "m", "primary": {"pointer": pointer}})
    }

    #[test]
    fn only_what_changes_is_another_node() {
        let mut outline = steps();
        let place = Pointer::from_encoded;
        let (name, step) = (outline.get(&place("/name")).cloned(), place("/parameters/steps/0"));
        let before = outline.get(&step).cloned();
        let gone = [place("/parameters/steps/0/name")];
        assert!(outline.change(vec![node("/parameters/steps/0", &[])], &gone, None));
        assert_eq!(outline.get(&place("/name")).cloned(), name);
        assert_ne!(outline.get(&step).cloned(), before);
        let order: Vec<_> = outline.in_order().into_iter().map(Pointer::as_str).collect();
        assert_eq!(order, ["/name", "/parameters/steps", "/parameters/steps/0"]);
        assert!(!outline.change(Vec::new(), &[], None));
    }

    #[test]
    fn a_field_is_called_so_that_it_is_taken_for_no_other() {
        let mut outline = Outline::default();
        let steps = "/parameters/steps";
        let titled = |pointer: &str, title: &str, kind: &str| {
            let item = json!({"pointer": pointer, "title": title, "kind": kind, "children": [], "item": "step", "options": []});
            decode::node(item.into())
        };
        let nodes = vec![
            titled("/name", "Name", "text"),
            titled(steps, "Steps", "list"),
            titled("/parameters/steps/1", "Step 2: load", "group"),
            titled("/parameters/steps/1/image", "Image", "text"),
            titled("/parameters/steps/1/depends_on", "Waits for", "list"),
            titled("/parameters/steps/1/depends_on/0", "Step 1", "text"),
        ];
        assert!(outline.change(nodes, &[], None));
        for (pointer, label) in [
            ("/name", "Name"),
            (steps, "Steps"),
            ("/parameters/steps/1", "Step 2: load"),
            ("/parameters/steps/1/image", "Step 2: load › Image"),
            ("/parameters/steps/1/depends_on", "Step 2: load › Waits for"),
            ("/parameters/steps/1/depends_on/0", "Step 2: load › Waits for"),
        ] {
            assert_eq!(outline.label(&Pointer::from_encoded(pointer)), label, "{pointer}");
        }
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
        let all = diagnostics.map(|finding| Arc::new(decode::diagnostic(finding.into())));
        let findings = Findings::new(&all, &outline);
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
