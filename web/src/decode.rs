//! Reads what the engine says, member by member.
//!
//! The readers that serde derives for these types would do the same, and would be a quarter of the whole page: each is
//! compiled anew for each type and each depth. A test holds both together, and a new member of a type does not compile
//! until it is read here.

use std::{collections::BTreeMap, sync::Arc};

use dagwright_core::{
    answer::{TemplateCard, TemplateStatus},
    diagnostic::{Diagnostic, Fix, Label, Operation, Severity},
    field::{Branch, Choice, Field, FieldKind, Paragraph, Piece, Prompt, Style},
    pointer::Pointer,
    source::Span,
};
use serde_json::{Map, Value};

use crate::outline::Node;

/// A JSON object whose members are taken out one by one. What is missing or of another kind reads as nothing.
pub struct Object(Map<String, Value>);

impl From<Value> for Object {
    fn from(value: Value) -> Self {
        match value {
            Value::Object(members) => Self(members),
            _ => Self(Map::new()),
        }
    }
}

impl Object {
    /// Any value.
    pub fn value(&mut self, key: &str) -> Option<Value> {
        self.0.get_mut(key).map(Value::take)
    }

    /// A text, or none.
    pub fn optional_text(&mut self, key: &str) -> Option<String> {
        match self.value(key) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// A text.
    pub fn text(&mut self, key: &str) -> String {
        self.optional_text(key).unwrap_or_default()
    }

    /// An object, or none.
    pub fn object(&mut self, key: &str) -> Option<Self> {
        match self.value(key) {
            Some(Value::Object(members)) => Some(Self(members)),
            _ => None,
        }
    }

    /// A list of any values.
    pub fn values(&mut self, key: &str) -> Vec<Value> {
        match self.value(key) {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        }
    }

    /// A list of objects.
    pub fn list<T>(&mut self, key: &str, read: fn(Self) -> T) -> Vec<T> {
        self.values(key).into_iter().map(|item| read(item.into())).collect()
    }

    /// A list of texts.
    pub fn texts(&mut self, key: &str) -> Vec<String> {
        let items = self.values(key).into_iter();
        items
            .filter_map(|item| match item {
                Value::String(text) => Some(text),
                _ => None,
            })
            .collect()
    }

    /// A number with a broken part.
    pub fn optional_float(&mut self, key: &str) -> Option<f64> {
        self.0.get(key)?.as_f64()
    }

    fn optional_whole(&self, key: &str) -> Option<u64> {
        self.0.get(key)?.as_u64()
    }

    /// A whole number.
    pub fn whole(&self, key: &str) -> u64 {
        self.optional_whole(key).unwrap_or_default()
    }

    /// Pointers.
    pub fn pointers(&mut self, key: &str) -> Vec<Pointer> {
        self.texts(key).into_iter().map(Pointer::from_encoded).collect()
    }

    fn short(&self, key: &str) -> u32 {
        u32::try_from(self.whole(key)).unwrap_or_default()
    }

    fn optional_flag(&self, key: &str) -> Option<bool> {
        self.0.get(key)?.as_bool()
    }

    /// Yes or no.
    pub fn flag(&self, key: &str) -> bool {
        self.optional_flag(key).unwrap_or_default()
    }

    fn optional_pointer(&mut self, key: &str) -> Option<Pointer> {
        self.optional_text(key).map(Pointer::from_encoded)
    }

    fn pointer(&mut self, key: &str) -> Pointer {
        self.optional_pointer(key).unwrap_or_default()
    }

    fn moments(&mut self, key: &str) -> Vec<i64> {
        self.values(key).iter().filter_map(Value::as_i64).collect()
    }
}

/// A card of the catalogue.
pub fn card(object: &mut Object) -> TemplateCard {
    TemplateCard {
        id: object.text("id"),
        version: object.text("version"),
        title: object.text("title"),
        summary: object.text("summary"),
        owner: object.text("owner"),
        tags: object.texts("tags"),
        status: match object.text("status").as_str() {
            "draft" => TemplateStatus::Draft,
            "deprecated" => TemplateStatus::Deprecated,
            "base" => TemplateStatus::Base,
            _ => TemplateStatus::Active,
        },
        replaced_by: object.optional_text("replaced_by"),
        examples: object.texts("examples"),
        // The entry of the catalogue has them.
        files: Vec::new(),
        // Whoever shows a card takes the words of one language (see `fetch`).
        locales: BTreeMap::new(),
    }
}

/// A finding.
pub fn diagnostic(mut object: Object) -> Diagnostic {
    let params = object.object("params").map(|params| params.0.into_iter().collect());
    Diagnostic {
        code: object.text("code"),
        severity: match object.text("severity").as_str() {
            "error" => Severity::Error,
            "warning" => Severity::Warning,
            "information" => Severity::Information,
            _ => Severity::Hint,
        },
        message: object.text("message"),
        help: object.optional_text("help"),
        link: object.optional_text("link"),
        params: params.unwrap_or_default(),
        primary: object.object("primary").map(label).unwrap_or_default(),
        related: object.list("related", label),
        fix: object.object("fix").map(|mut fix| Fix {
            title: fix.text("title"),
            safe: fix.flag("safe"),
            operations: fix.list("operations", operation),
        }),
    }
}

fn label(mut object: Object) -> Label {
    Label {
        file: object.optional_text("file"),
        pointer: object.optional_pointer("pointer"),
        key: object.flag("key"),
        span: object.object("span").map(span),
    }
}

fn span(object: Object) -> Span {
    Span {
        start: object.short("start"),
        end: object.short("end"),
        line: object.short("line"),
        column: object.short("column"),
        end_line: object.short("end_line"),
        end_column: object.short("end_column"),
    }
}

fn operation(mut object: Object) -> Operation {
    let path = object.pointer("path");
    match object.text("op").as_str() {
        "remove" => Operation::Remove { path },
        "replace" => Operation::Replace {
            path,
            value: object.value("value").unwrap_or_default(),
        },
        _ => Operation::Add {
            path,
            value: object.value("value").unwrap_or_default(),
        },
    }
}

/// A field and the pointers of those inside it, which are nodes of their own.
pub fn node(mut object: Object) -> Node {
    Node {
        children: object.pointers("children"),
        field: field(object),
    }
}

/// A field, together with what it asks.
fn field(mut object: Object) -> Field {
    Field {
        pointer: object.pointer("pointer"),
        prompt: Arc::new(prompt(&mut object)),
        title: None,
        required: object.flag("required"),
        value: object.value("value"),
        branches: object.list("branches", |mut branch| Branch {
            title: branch.text("title"),
            value: branch.value("value").unwrap_or_default(),
        }),
        branch: object.optional_whole("branch").map(size),
        kind: kind(&mut object),
    }
}

fn prompt(object: &mut Object) -> Prompt {
    Prompt {
        number: 0,
        title: object.text("title"),
        description: object.optional_text("description"),
        default: object.value("default"),
        examples: object.values("examples"),
        unit: object.optional_text("unit"),
        section: object.optional_text("section"),
        advanced: object.flag("advanced"),
        read_only: object.flag("read_only"),
        prose: object.list("prose", paragraph),
    }
}

fn kind(object: &mut Object) -> FieldKind {
    match object.text("kind").as_str() {
        "text" => FieldKind::Text {
            format: object.optional_text("format"),
            multiline: object.flag("multiline"),
            language: object.optional_text("language"),
            inventory: object.optional_text("inventory"),
            suggestions: object.texts("suggestions"),
        },
        "number" => FieldKind::Number {
            integer: object.flag("integer"),
            minimum: object.optional_float("minimum"),
            maximum: object.optional_float("maximum"),
        },
        "switch" => FieldKind::Switch,
        "choice" => FieldKind::Choice {
            options: object.list("options", choice).into(),
        },
        "choices" => FieldKind::Choices {
            options: object.list("options", choice).into(),
        },
        "schedule" => FieldKind::Schedule {
            presets: object.list("presets", choice),
            sentence: object.optional_text("sentence"),
            upcoming: object.moments("upcoming"),
            fields: Vec::new(),
        },
        "list" => FieldKind::List {
            items: Vec::new(),
            item_title: object.text("item_title"),
            blank: object.value("blank").unwrap_or_default(),
            minimum: size(object.whole("minimum")),
            maximum: object.optional_whole("maximum").map(size),
            by_position: object.flag("by_position"),
        },
        "map" => FieldKind::Map {
            entries: Vec::new(),
            key_title: object.text("key_title"),
            blank: object.value("blank").unwrap_or_default(),
            names: object.texts("names"),
        },
        "group" => FieldKind::Group { fields: Vec::new() },
        _ => FieldKind::Yaml {
            text: object.text("text"),
        },
    }
}

fn choice(mut object: Object) -> Choice {
    Choice {
        value: object.value("value").unwrap_or_default(),
        label: object.text("label"),
        drops: object.pointers("drops"),
    }
}

fn paragraph(mut object: Object) -> Paragraph {
    Paragraph {
        item: object.flag("item"),
        pieces: object.list("pieces", |mut piece| Piece {
            text: piece.text("text"),
            style: match piece.text("style").as_str() {
                "emphasis" => Style::Emphasis,
                "strong" => Style::Strong,
                "code" => Style::Code,
                _ => Style::Plain,
            },
            link: piece.optional_text("link"),
        }),
    }
}

fn size(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn asked() -> Value {
        json!({"title": "X", "description": "D.", "default": "d", "examples": [1, "e"], "unit": "minutes",
            "section": "S", "advanced": true, "read_only": true, "prose": [{"item": true, "pieces": [
                {"text": "a", "style": "code"}, {"text": "b", "style": "plain", "link": "https://example.com"},
                {"text": "c", "style": "emphasis"}, {"text": "d", "style": "strong"}]}]})
    }

    fn said() -> Value {
        json!({"pointer": "/parameters/x", "prompt": 0, "required": true, "value": [1, null],
            "branches": [{"title": "One", "value": {"a": null}}], "branch": 0})
    }

    fn merged(one: &Value, other: &Value) -> Value {
        let members = [one, other].into_iter().flat_map(|value| value.as_object().unwrap());
        Value::Object(members.map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    fn kinds() -> Vec<Value> {
        let choice = json!([{"value": null, "label": "None"}, {"value": 3, "label": "Three", "drops": ["/a"]}]);
        vec![
            json!({"kind": "text", "format": "image", "multiline": true,
                "language": "sql", "inventory": "images", "suggestions": ["a"]}),
            json!({"kind": "number", "integer": true, "minimum": -1.5, "maximum": 9.0}),
            json!({"kind": "switch"}),
            json!({"kind": "choice", "options": choice}),
            json!({"kind": "choices", "options": choice}),
            json!({"kind": "schedule", "presets": choice, "sentence": "Daily.", "upcoming": [-1, 2]}),
            json!({"kind": "list", "items": [], "item_title": "step", "blank": {"a": 1}, "minimum": 1,
                "maximum": 3, "by_position": true}),
            json!({"kind": "map", "entries": [], "key_title": "variable", "blank": "", "names": ["A"]}),
            json!({"kind": "group", "fields": []}),
            json!({"kind": "yaml", "text": "a: 1"}),
        ]
    }

    /// What is read is written by serde as it came, so nothing is lost, added or taken for something else.
    #[test]
    fn a_field_is_read_as_serde_writes_it() {
        for kind in kinds() {
            let sample = merged(&said(), &kind);
            let read = field(merged(&asked(), &sample).into());
            assert_eq!(serde_json::to_value(&*read.prompt).unwrap(), asked());
            assert_eq!(serde_json::to_value(read).unwrap(), sample);
        }
        let bare = json!({"pointer": "/y", "prompt": 0, "kind": "number"});
        assert_eq!(serde_json::to_value(field(bare.clone().into())).unwrap(), bare);
    }

    #[test]
    fn a_field_names_those_inside_it() {
        let node = node(json!({"pointer": "/a", "kind": "group", "children": ["/a/b"]}).into());
        assert_eq!(node.children, [Pointer::from_encoded("/a/b")]);
    }

    #[test]
    fn a_finding_is_read_as_serde_reads_it() {
        let span = json!({"start": 1, "end": 2, "line": 3, "column": 4, "end_line": 5, "end_column": 6});
        let worst = json!({"code": "c", "severity": "error", "message": "m", "help": "h", "params": {"k": 1},
            "primary": {"file": "f", "pointer": "/p", "span": span}, "related": [{"pointer": "", "key": true}],
            "fix": {"title": "Mend", "safe": true, "operations": [
                {"op": "add", "path": "/a", "value": null}, {"op": "replace", "path": "/b", "value": 2},
                {"op": "remove", "path": "/c"}]}});
        let others = ["warning", "information", "hint"]
            .map(|severity| json!({"code": "c", "severity": severity, "message": "m", "primary": {}}));
        for sample in others.into_iter().chain([worst]) {
            let derived: Diagnostic = serde_json::from_value(sample.clone()).unwrap();
            assert_eq!(diagnostic(sample.clone().into()), derived);
            assert_eq!(serde_json::to_value(derived).unwrap(), sample);
        }
    }

    #[test]
    fn a_card_is_read_as_serde_reads_it() {
        for status in ["draft", "active", "deprecated"] {
            let sample = json!({"id": "i", "version": "1.0.0", "title": "T", "summary": "S", "owner": "o", "tags": ["t"],
                "status": status, "replaced_by": "r", "examples": ["e"]});
            let derived: TemplateCard = serde_json::from_value(sample.clone()).unwrap();
            assert_eq!(card(&mut sample.into()), derived);
        }
    }

    #[test]
    fn nonsense_reads_as_nothing() {
        assert_eq!(diagnostic(json!([1, 2]).into()).message, "");
        assert_eq!(node(json!([1, 2]).into()).children, []);
    }
}
