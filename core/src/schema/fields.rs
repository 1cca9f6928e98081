//! From a schema and a value to the questions of a form, conditions decided.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    sync::Arc,
};

use dagwright_json_schema::JsonType;
use serde_json::{Map, Value};

use super::{Schema, Shape, branches::Form, node::Node};
use crate::{
    assets::Assets,
    cron::Schedule,
    field::{Branch, Choice, Field, FieldKind, Prompt},
    pointer::Pointer,
    words::{self, Language},
    yaml,
};

/// How many of the next runs a schedule shows.
const UPCOMING: usize = 5;

/// How deep groups are drawn that hold no answer yet; deeper ones are offered, and drawn once they are there.
const DEEPEST_ABSENT: usize = 4;

/// How many questions are drawn that stand in groups without an answer.
const MOST_ABSENT: usize = 5_000;

/// How many options are shown as boxes to tick.
const MOST_BOXES: usize = 40;

/// How deep questions stand inside each other before the rest is shown as YAML.
const DEEPEST: usize = 24;

/// What the fields of one answer ask, each prompt once.
#[derive(Debug, Default)]
pub(crate) struct Prompts {
    list: RefCell<Vec<Arc<Prompt>>>,
    /// The prompts by the addresses of the schemas that they come from; null stands before those of members that no
    /// schema names.
    known: RefCell<BTreeMap<Vec<*const Node>, Arc<Prompt>>>,
}

impl Prompts {
    /// All of them, in the order of their numbers.
    pub(crate) fn into_list(self) -> Vec<Arc<Prompt>> {
        self.list.into_inner()
    }

    /// What schemas ask.
    fn of(&self, shape: &Shape<'_>) -> Arc<Prompt> {
        self.known(shape, None, || prompt(shape))
    }

    /// What schemas ask about the members that they do not name.
    fn of_others(&self, shape: &Shape<'_>, title: &str) -> Arc<Prompt> {
        self.known(shape, Some(std::ptr::null()), || Prompt {
            title: words::title(title),
            description: None,
            prose: Vec::new(),
            ..prompt(shape)
        })
    }

    fn known(&self, shape: &Shape<'_>, mark: Option<*const Node>, make: impl FnOnce() -> Prompt) -> Arc<Prompt> {
        let nodes = shape.nodes.iter().map(|node| std::ptr::from_ref::<Node>(node));
        let key: Vec<*const Node> = mark.into_iter().chain(nodes).collect();
        if let Some(prompt) = self.known.borrow().get(&key) {
            return Arc::clone(prompt);
        }
        let mut list = self.list.borrow_mut();
        let prompt = Arc::new(Prompt {
            number: list.len(),
            ..make()
        });
        list.push(Arc::clone(&prompt));
        self.known.borrow_mut().insert(key, Arc::clone(&prompt));
        prompt
    }
}

fn prompt(shape: &Shape<'_>) -> Prompt {
    let described = shape.nodes.iter().find(|node| node.description.is_some());
    Prompt {
        number: 0,
        title: shape.title().unwrap_or_default().to_owned(),
        description: described.and_then(|node| node.description.clone()),
        default: shape.default_value().cloned(),
        examples: shape.examples().to_vec(),
        unit: shape.hint(|hints| hints.unit.as_ref()).map(str::to_owned),
        section: shape.hint(|hints| hints.section.as_ref()).map(str::to_owned),
        advanced: shape.nodes.iter().any(|node| node.hints.advanced),
        read_only: shape.nodes.iter().any(|node| node.read_only),
        prose: described.map(|node| node.prose.clone()).unwrap_or_default(),
    }
}

/// The drawing of one form.
struct Drawing<'p> {
    now: Option<i64>,
    prompts: &'p Prompts,
    /// How many more questions without an answer may be drawn.
    left: Cell<usize>,
    /// The schemas of the objects around the present place, by their addresses.
    around: RefCell<Vec<*const Node>>,
}

impl Drawing<'_> {
    /// Whether all that names members of such an object names members of one around it too.
    fn holds(&self, shape: &Shape<'_>) -> bool {
        let around = self.around.borrow();
        let mut naming = shape.nodes.iter().filter(|node| !node.properties.is_empty()).peekable();
        naming.peek().is_some() && naming.all(|node| around.contains(&std::ptr::from_ref::<Node>(node)))
    }
}

/// A value to ask for.
#[derive(Clone)]
struct Asked<'v> {
    pointer: Pointer,
    /// What the person said.
    value: Option<&'v Value>,
    /// What holds: what the person said, or the default.
    holding: Option<&'v Value>,
    required: bool,
    /// The label where the schema has none.
    name: String,
    depth: usize,
    /// How many of the values around this one are absent.
    absent: usize,
}

impl Schema {
    /// The questions that the schema asks about an object that stands at `at`. Every part of the value is in one of
    /// them: what no control can show is there as YAML. `now` is the present for the next runs of schedules, in
    /// seconds since 1970-01-01T00:00:00Z.
    pub(crate) fn fields(&self, instance: &Value, at: &Pointer, now: Option<i64>, prompts: &Prompts) -> Vec<Field> {
        self.fields_filled(instance, &self.with_defaults(instance), at, now, prompts)
    }

    /// The same where the value with its defaults filled in is at hand.
    pub(crate) fn fields_filled(
        &self,
        instance: &Value,
        filled: &Value,
        at: &Pointer,
        now: Option<i64>,
        prompts: &Prompts,
    ) -> Vec<Field> {
        let asked = Asked {
            pointer: at.clone(),
            value: Some(instance),
            holding: Some(filled),
            required: true,
            name: String::new(),
            depth: 0,
            absent: 0,
        };
        let drawing = Drawing {
            now,
            prompts,
            left: Cell::new(MOST_ABSENT),
            around: RefCell::default(),
        };
        let shape = self.root(Some(filled));
        if self.forms(&shape, Some(filled)).is_some_and(|forms| forms.is_choice()) {
            // The document itself has several forms, so it is a question of its own.
            return vec![self.field(&shape, asked, &drawing)];
        }
        self.members(&shape, &asked, &drawing)
    }

    /// The label of an item of a list, such as `Step 2: load`.
    pub(super) fn item_label(&self, list: &Shape<'_>, item: &Shape<'_>, index: usize, value: Option<&Value>) -> String {
        let called = words::title(self.item_title(list, item));
        let number = index + 1;
        let named = |value: &Value| {
            let text = |name: &str| {
                value
                    .get(name)?
                    .as_str()
                    .filter(|text| !text.trim().is_empty())
                    .map(str::to_owned)
            };
            // A choice and what holds by default read alike in many items.
            let is_own = |name: &&str| {
                let member = self.member(item, name, None);
                member.options().is_none() && member.default_value().is_none()
            };
            let first = || item.property_names().into_iter().filter(is_own).find_map(text);
            ["name", "title", "id", "task_id"]
                .into_iter()
                .find_map(text)
                .or_else(first)
        };
        match value.and_then(named) {
            Some(name) => format!("{called} {number}: {}", words::shortened(&name)),
            None => format!("{called} {number}"),
        }
    }

    /// What an item of a list is called.
    fn item_title<'s>(&'s self, list: &Shape<'s>, item: &Shape<'s>) -> &'s str {
        let hint = list.hint(|hints| hints.item_title.as_ref());
        hint.or_else(|| item.title())
            .unwrap_or_else(|| self.language.name("item"))
    }

    /// The questions about the members of an object.
    fn members(&self, shape: &Shape<'_>, asked: &Asked<'_>, drawing: &Drawing<'_>) -> Vec<Field> {
        let choices = self.discriminating_choices(shape, asked);
        let depth = drawing.around.borrow().len();
        let inside = shape.nodes.iter().map(|node| std::ptr::from_ref::<Node>(node));
        drawing.around.borrow_mut().extend(inside);
        let mut names = shape.property_names();
        for (name, _) in &choices {
            if !names.contains(name) {
                names.push(name);
            }
        }
        let mut fields: Vec<(Option<f64>, Field)> = Vec::with_capacity(names.len());
        for name in &names {
            let inner = asked.member(name, shape.requires(name));
            let inner_shape = self.member(shape, name, inner.holding);
            if inner_shape.nodes.iter().any(|node| node.never) && inner.value.is_none() {
                continue;
            }
            let order = inner_shape.nodes.iter().find_map(|node| node.hints.order);
            if inner.value.is_none() {
                drawing.left.set(drawing.left.get().saturating_sub(1));
            }
            let mut field = self.field(&inner_shape, inner, drawing);
            if let Some((_, options)) = choices.iter().find(|(known, _)| known == name) {
                field.required = true;
                field.kind = FieldKind::Choice {
                    options: options.as_slice().into(),
                };
            }
            fields.push((order, field));
        }
        fields.sort_by(|(one, _), (other, _)| {
            let place = |order: &Option<f64>| order.unwrap_or(f64::INFINITY);
            place(one).total_cmp(&place(other))
        });
        let mut fields: Vec<Field> = fields.into_iter().map(|(_, field)| field).collect();
        fields.extend(self.unnamed_members(shape, asked, &names, drawing));
        drawing.around.borrow_mut().truncate(depth);
        fields
    }

    /// Members that no schema names: a map of those that may be, and as YAML those that may not.
    fn unnamed_members(
        &self,
        shape: &Shape<'_>,
        asked: &Asked<'_>,
        names: &[&str],
        drawing: &Drawing<'_>,
    ) -> Vec<Field> {
        let members = asked.value.and_then(Value::as_object);
        let unnamed: Vec<&str> = members
            .into_iter()
            .flat_map(Map::keys)
            .map(String::as_str)
            .filter(|name| !names.contains(name))
            .collect();
        if shape.has_others() {
            let title = shape.hint(|hints| hints.key_title.as_ref());
            let prompt = drawing
                .prompts
                .of_others(shape, title.unwrap_or_else(|| self.language.name("other")));
            let kind = self.map(shape, asked, &unnamed, drawing);
            return vec![asked.clone().field(prompt, kind)];
        }
        let as_yaml = |name: &&str| {
            let inner = asked.member(name, false);
            let kind = yaml_kind(inner.value);
            inner.field(drawing.prompts.of(&Shape::default()), kind)
        };
        unnamed.iter().map(as_yaml).collect()
    }

    /// For each member that tells branches apart: the values of all the branches, and what does not go with each.
    fn discriminating_choices<'s>(&'s self, shape: &Shape<'s>, asked: &Asked<'_>) -> Vec<(&'s str, Vec<Choice>)> {
        let said: Vec<&String> = asked
            .value
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(Map::keys)
            .collect();
        let branches = shape.nodes.iter().flat_map(|node| &node.branches);
        let discriminators = branches.filter_map(|branches| Some((branches, self.discriminator(branches)?)));
        let choices = discriminators.map(|(branches, discriminator)| {
            let shapes: Vec<Shape<'_>> = branches.iter().map(|branch| self.fixed_shape(*branch)).collect();
            let named = |shape: &Shape<'_>, name: &str| shape.property(name).next().is_some();
            let outside = shape.without(shapes.iter());
            let mut options = Vec::new();
            for (own, choices) in shapes.iter().zip(&discriminator.choices) {
                let title = own.title().filter(|_| choices.len() == 1);
                let stale = said.iter().filter(|name| {
                    let elsewhere = shapes.iter().any(|other| named(other, name));
                    elsewhere && !named(own, name) && !named(&outside, name)
                });
                let drops: Vec<Pointer> = stale.map(|name| asked.pointer.key(name)).collect();
                options.extend(choices.iter().map(|choice| Choice {
                    value: choice.value.clone(),
                    label: title.map_or_else(|| choice.label.clone(), str::to_owned),
                    drops: drops.clone(),
                }));
            }
            (discriminator.name, options)
        });
        choices.collect()
    }

    fn field(&self, shape: &Shape<'_>, asked: Asked<'_>, drawing: &Drawing<'_>) -> Field {
        let said = asked.value.filter(|value| !value.is_null());
        let forms = if may_wait_for_assets(shape) {
            None
        } else {
            self.forms(shape, said.or(asked.holding))
        };
        let (mut branches, mut branch) = (Vec::new(), None);
        let kind = match &forms {
            Some(forms) if asked.depth <= DEEPEST => {
                if forms.is_choice() {
                    (branches, branch) = self.branches(shape, forms, said.or(asked.holding));
                }
                match forms.present() {
                    Some(form) => self.kind(shape, Some(form), &asked, drawing),
                    None if said.is_none_or(is_empty) => FieldKind::Group { fields: Vec::new() },
                    None => yaml_kind(asked.value),
                }
            }
            _ => self.kind(shape, None, &asked, drawing),
        };
        let is_offered = matches!(&kind, FieldKind::Group { fields } if fields.is_empty() && said.is_none());
        let is_taken = matches!(&kind, FieldKind::Group { .. }) && !asked.required && drawing.holds(shape);
        let taken = asked.value.filter(|_| is_taken).cloned();
        let mut field = asked.field(drawing.prompts.of(shape), kind);
        if (is_offered || taken.is_some()) && branches.is_empty() {
            // A part that is not there is offered, and drawn once it is; it can be taken away again.
            branch = taken.as_ref().map(|_| 0);
            branches.push(Branch {
                title: field.title().to_owned(),
                value: taken.unwrap_or_else(|| Value::Object(Map::new())),
            });
        }
        field.branches = branches;
        field.branch = branch;
        field
    }

    fn kind(&self, shape: &Shape<'_>, form: Option<&Form>, asked: &Asked<'_>, drawing: &Drawing<'_>) -> FieldKind {
        let shown = asked.value.filter(|value| !value.is_null());
        if asked.depth > DEEPEST {
            return yaml_kind(asked.value);
        }
        let listed = match form {
            Some(form) if !form.options.is_empty() => (!form.open).then(|| form.options.as_slice().into()),
            _ => shape.options().map(Arc::clone),
        };
        if let Some(options) = listed {
            return if shown.is_some_and(|value| value.is_object() || value.is_array()) {
                yaml_kind(asked.value)
            } else {
                FieldKind::Choice { options }
            };
        }
        let solid = form.and_then(|form| form.kind).or_else(|| solid_type(shape));
        if may_wait_for_assets(shape) && shown.is_none_or(|value| value.is_string() || value.is_object()) {
            return self.schedule(shape, asked, drawing);
        }
        match (solid, shown) {
            (Some(JsonType::Array), None | Some(Value::Array(_))) => self.list(shape, asked, drawing),
            (Some(JsonType::Object), None | Some(Value::Object(_))) => self.object(shape, asked, drawing),
            (Some(JsonType::Boolean), None | Some(Value::Bool(_))) => FieldKind::Switch,
            (Some(JsonType::String), None | Some(Value::String(_) | Value::Number(_) | Value::Bool(_))) => {
                let suggestions = form.map_or(&[][..], |form| form.options.as_slice());
                if shape.format() == Some("schedule") {
                    return self.schedule(shape, asked, drawing);
                }
                text_kind(shape, suggestions)
            }
            (
                Some(number @ (JsonType::Integer | JsonType::Number)),
                None | Some(Value::Number(_) | Value::String(_)),
            ) => FieldKind::Number {
                integer: number == JsonType::Integer,
                minimum: shape.nodes.iter().filter_map(|node| node.minimum).reduce(f64::max),
                maximum: shape.nodes.iter().filter_map(|node| node.maximum).reduce(f64::min),
            },
            _ => yaml_kind(asked.value),
        }
    }

    fn schedule(&self, shape: &Shape<'_>, asked: &Asked<'_>, drawing: &Drawing<'_>) -> FieldKind {
        let mut usual: Vec<Value> = shape.examples().to_vec();
        for common in ["0 * * * *", "0 2 * * *", "0 6 * * 1-5", "0 6 * * 1", "0 0 1 * *"] {
            if !usual.iter().any(|known| known == common) {
                usual.push(common.into());
            }
        }
        let by_hand = shape.types().is_none_or(|types| types.contains(JsonType::Null));
        let values = usual
            .into_iter()
            .filter(Value::is_string)
            .chain(by_hand.then_some(Value::Null))
            .chain(may_wait_for_assets(shape).then(Assets::blank));
        let said = asked.value.or(asked.holding);
        let schedule = said.and_then(Value::as_str).and_then(|text| Schedule::parse(text).ok());
        let sentence = match said {
            None | Some(Value::Null) => Some(self.language.schedule(None)),
            Some(Value::Object(_)) => asked
                .holding
                .and_then(Assets::answered)
                .map(|assets| self.language.assets(&assets)),
            Some(_) => schedule.as_ref().map(|schedule| self.language.schedule(Some(schedule))),
        };
        FieldKind::Schedule {
            presets: values.filter_map(|value| preset(value, self.language)).collect(),
            sentence,
            upcoming: schedule
                .zip(drawing.now)
                .map_or_else(Vec::new, |(schedule, now)| schedule.upcoming(now, UPCOMING)),
            fields: match said {
                Some(Value::Object(_)) => self.members(shape, asked, drawing),
                _ => Vec::new(),
            },
        }
    }

    fn list(&self, shape: &Shape<'_>, asked: &Asked<'_>, drawing: &Drawing<'_>) -> FieldKind {
        let is_tuple = shape.is_tuple();
        if !is_tuple && shape.nodes.iter().all(|node| node.items.is_none()) {
            return yaml_kind(asked.value);
        }
        let said = asked.value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        if !is_tuple
            && shape.nodes.iter().any(|node| node.unique)
            && let Some(options) = self.item(shape, 0, None).options()
            && options.len() <= MOST_BOXES
            && said.iter().enumerate().all(|(index, item)| {
                let is_plain = !item.is_object() && !item.is_array() && !item.is_null();
                is_plain && !said.iter().take(index).any(|other| other == item)
            })
        {
            return FieldKind::Choices {
                options: Arc::clone(options),
            };
        }
        let named = |index: usize| {
            let longest = shape.nodes.iter().map(|node| node.prefix.len()).max();
            let inner = self.item(shape, index, None);
            let title = longest.filter(|longest| index < *longest).and_then(|_| inner.title());
            title.map(str::to_owned)
        };
        let field = |(index, item): (usize, &Value)| {
            let holding = asked.holding.and_then(|holding| holding.get(index)).unwrap_or(item);
            let item_shape = self.item(shape, index, Some(holding));
            let label = named(index).unwrap_or_else(|| self.item_label(shape, &item_shape, index, Some(item)));
            let inner = Asked {
                pointer: asked.pointer.index(index),
                value: Some(item),
                holding: Some(holding),
                required: true,
                name: label.clone(),
                depth: asked.depth + 1,
                absent: 0,
            };
            let mut field = self.field(&item_shape, inner, drawing);
            field.title = Some(label);
            field
        };
        let blank_shape = self.item(shape, said.len(), None);
        FieldKind::List {
            items: said.iter().enumerate().map(field).collect(),
            item_title: named(said.len()).unwrap_or_else(|| self.item_title(shape, &blank_shape).to_owned()),
            blank: Self::blank(&blank_shape),
            minimum: shape.nodes.iter().filter_map(|node| node.min_items).max().unwrap_or(0),
            maximum: shape.nodes.iter().filter_map(|node| node.max_items).min(),
            by_position: is_tuple,
        }
    }

    fn object(&self, shape: &Shape<'_>, asked: &Asked<'_>, drawing: &Drawing<'_>) -> FieldKind {
        let is_absent = asked.value.is_none_or(Value::is_null);
        let has_named = !shape.property_names().is_empty() || !self.discriminating_choices(shape, asked).is_empty();
        if has_named {
            if is_absent && (asked.absent >= DEEPEST_ABSENT || drawing.left.get() == 0 || drawing.holds(shape)) {
                return FieldKind::Group { fields: Vec::new() };
            }
            FieldKind::Group {
                fields: self.members(shape, asked, drawing),
            }
        } else if shape.has_others() {
            let members = asked.value.and_then(Value::as_object);
            let names: Vec<&str> = members.into_iter().flat_map(Map::keys).map(String::as_str).collect();
            self.map(shape, asked, &names, drawing)
        } else {
            yaml_kind(asked.value)
        }
    }

    fn map(&self, shape: &Shape<'_>, asked: &Asked<'_>, names: &[&str], drawing: &Drawing<'_>) -> FieldKind {
        let entry = |name: &&str| {
            let inner = asked.member(name, true);
            let inner_shape = self.member(shape, name, inner.holding);
            let mut field = self.field(&inner_shape, inner, drawing);
            field.title = Some((*name).to_owned());
            field
        };
        let known = shape.nodes.iter().filter_map(|node| node.names);
        let known = known
            .filter_map(|id| self.fixed_shape(id).options())
            .flat_map(|options| options.iter());
        FieldKind::Map {
            entries: names.iter().map(entry).collect(),
            key_title: shape
                .hint(|hints| hints.key_title.as_ref())
                .unwrap_or_else(|| self.language.name("key"))
                .to_owned(),
            blank: Self::blank(&self.fresh_entry(shape)),
            names: known
                .filter_map(|choice| choice.value.as_str().map(str::to_owned))
                .collect(),
        }
    }
}

impl Asked<'_> {
    fn member(&self, name: &str, required: bool) -> Self {
        let value = self.value.and_then(|value| value.get(name));
        Self {
            pointer: self.pointer.key(name),
            value,
            holding: self.holding.and_then(|holding| holding.get(name)),
            required,
            name: name.to_owned(),
            depth: self.depth + 1,
            absent: if value.is_none() { self.absent + 1 } else { 0 },
        }
    }

    fn field(self, prompt: Arc<Prompt>, kind: FieldKind) -> Field {
        // The parts of a list, map or group are fields of their own; only that it is there, and empty, is said here.
        let own = match kind {
            FieldKind::List { .. } | FieldKind::Map { .. } | FieldKind::Group { .. } => {
                self.value.filter(|value| value.is_null() || is_empty(value)).cloned()
            }
            _ => self.value.cloned(),
        };
        Field {
            title: prompt.title.is_empty().then(|| words::title(&self.name)),
            required: self.required && prompt.default.is_none(),
            value: own,
            branches: Vec::new(),
            branch: None,
            pointer: self.pointer,
            prompt,
            kind,
        }
    }
}

fn text_kind(shape: &Shape<'_>, suggestions: &[Choice]) -> FieldKind {
    let format = shape.format();
    let code = format.filter(|format| ["python", "shell", "sql"].contains(format));
    let language = shape.hint(|hints| hints.language.as_ref()).or(code);
    let inventory = shape.hint(|hints| hints.inventory.as_ref()).or(match format {
        Some("asset-uri") => Some("assets"),
        Some("connection-id") => Some("connections"),
        Some("image") => Some("images"),
        Some("pool") => Some("pools"),
        Some("variable-key") => Some("variables"),
        _ => None,
    });
    let texts = suggestions.iter().filter_map(|choice| choice.value.as_str());
    FieldKind::Text {
        format: format.map(str::to_owned),
        multiline: language.is_some() || shape.nodes.iter().any(|node| node.hints.multiline),
        language: language.map(str::to_owned),
        inventory: inventory.map(str::to_owned),
        suggestions: texts.map(str::to_owned).collect(),
    }
}

/// Whether a schedule may name assets to wait for, in place of times.
fn may_wait_for_assets(shape: &Shape<'_>) -> bool {
    shape.format() == Some("schedule") && shape.property("assets").next().is_some()
}

fn preset(value: Value, language: Language) -> Option<Choice> {
    let label = match &value {
        Value::Null => language.schedule(None),
        Value::Object(_) => language.assets(&Assets::default()),
        other => language.schedule(Some(&Schedule::parse(other.as_str()?).ok()?)),
    };
    Some(Choice {
        value,
        label,
        drops: Vec::new(),
    })
}

/// Whether a value is a list or a group with nothing in it.
fn is_empty(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(Map::is_empty)
}

fn yaml_kind(value: Option<&Value>) -> FieldKind {
    FieldKind::Yaml {
        text: value.map_or_else(String::new, yaml::write),
    }
}

/// The one type that a value has where it is not null; none where there are several.
pub(super) fn solid_type(shape: &Shape<'_>) -> Option<JsonType> {
    if let Some(types) = shape.types() {
        let types = types.remove(JsonType::Null);
        let types = if types.contains(JsonType::Number) {
            types.remove(JsonType::Integer)
        } else {
            types
        };
        let mut types = types.into_iter();
        let only = types.next()?;
        return types.next().is_none().then_some(only);
    }
    // Authors leave `type` out where another keyword makes it plain.
    let says = |told: fn(&super::Node) -> bool| shape.nodes.iter().any(|node| told(node));
    if says(|node| !node.properties.is_empty() || node.others.is_some() || !node.patterns.is_empty()) {
        Some(JsonType::Object)
    } else if says(|node| node.items.is_some() || !node.prefix.is_empty()) {
        Some(JsonType::Array)
    } else if says(|node| node.format.is_some()) {
        Some(JsonType::String)
    } else if says(|node| node.minimum.is_some() || node.maximum.is_some()) {
        Some(JsonType::Number)
    } else {
        None
    }
}
