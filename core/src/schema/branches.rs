//! The forms that an answer may have: the branches of `oneOf` and `anyOf`, or types where several are stated.

use std::sync::Arc;

use dagwright_json_schema::JsonType;
use serde_json::{Map, Value};

use super::{Schema, Shape, fields::solid_type, node::NodeId};
use crate::{
    field::{Branch, Choice},
    words,
};

/// More branches than anybody would read through; a value that has them is asked for as YAML.
const MOST_BRANCHES: usize = 100;

/// One form: a type, or branches that one control can ask for.
pub(super) struct Form {
    /// The branches; none where only a type is stated.
    ids: Vec<NodeId>,
    pub(super) kind: Option<JsonType>,
    /// Values that are listed.
    pub(super) options: Vec<Choice>,
    /// Whether other values than the listed ones fit.
    pub(super) open: bool,
}

/// The forms of an answer, where there is more to say than its one schema says.
pub(super) struct Forms<'s> {
    /// The branches as the schema has them.
    set: &'s [NodeId],
    all: Vec<Form>,
    chosen: Option<usize>,
}

impl Forms<'_> {
    /// The form that the answer is of, or the only one.
    pub(super) fn present(&self) -> Option<&Form> {
        match self.all.as_slice() {
            [only] => Some(only),
            forms => forms.get(self.chosen?),
        }
    }

    pub(super) fn is_choice(&self) -> bool {
        self.all.len() > 1
    }
}

impl Schema {
    /// The forms that a value may have; none where its schema has one form only.
    pub(super) fn forms<'s>(&'s self, shape: &Shape<'s>, value: Option<&Value>) -> Option<Forms<'s>> {
        let value = value.filter(|value| !value.is_null());
        let sets = shape.nodes.iter().flat_map(|node| &node.branches);
        let mut sets = sets.filter(|set| set.len() <= MOST_BRANCHES && self.discriminator(set).is_none());
        let of_branches = sets.find_map(|set| {
            let forms = self.forms_of(shape, set)?;
            Some((set.as_slice(), forms))
        });
        let (set, forms) = of_branches.unwrap_or_else(|| (&[], forms_of_types(shape)));
        if forms.is_empty() {
            return None;
        }
        let mut forms = Forms {
            set,
            all: forms,
            chosen: None,
        };
        forms.chosen = value.and_then(|value| self.form_of(&forms, value));
        Some(forms)
    }

    /// The branches of a set, those together that one control can ask for; none where they say only what must be
    /// there.
    fn forms_of(&self, shape: &Shape<'_>, set: &[NodeId]) -> Option<Vec<Form>> {
        let inside: Vec<Shape<'_>> = set.iter().map(|id| self.fixed_shape(*id)).collect();
        if !inside.iter().any(Shape::says_what_it_is) {
            return None;
        }
        let outside = shape.without(inside.iter());
        let stated = solid_type(&outside);
        let mut forms: Vec<Form> = Vec::new();
        for (id, inner) in set.iter().zip(&inside) {
            if inner.is_null() || inner.nodes.iter().any(|node| node.never) {
                continue;
            }
            let options = inner.options().map(|options| options.to_vec()).unwrap_or_default();
            let kind = solid_type(inner).or_else(|| type_of_all(&options)).or(stated);
            let open = options.is_empty();
            let alike = forms
                .iter_mut()
                .find(|form| kind.is_some_and(is_plain) && form.kind == kind);
            match alike {
                Some(form) => {
                    form.ids.push(*id);
                    form.options.extend(options);
                    form.open |= open;
                }
                None => forms.push(Form {
                    ids: vec![*id],
                    kind,
                    options,
                    open,
                }),
            }
        }
        Some(forms)
    }

    /// The form that a value is of.
    fn form_of(&self, forms: &Forms<'_>, value: &Value) -> Option<usize> {
        let places = || forms.all.iter().enumerate();
        let of_type = || places().filter(|(_, form)| form.kind.is_none_or(|kind| is_of(kind, value)));
        let mut indices = of_type().map(|(index, _)| index);
        if let (Some(only), None) = (indices.next(), indices.next()) {
            return Some(only);
        }
        let branch = forms.set.get(self.branch(forms.set, Some(value))?)?;
        let mut holding = places().filter(|(_, form)| form.ids.contains(branch));
        holding.next().map(|(index, _)| index)
    }

    /// What a person can choose, and which of it is chosen.
    pub(super) fn branches(
        &self,
        shape: &Shape<'_>,
        forms: &Forms<'_>,
        value: Option<&Value>,
    ) -> (Vec<Branch>, Option<usize>) {
        let value = value.filter(|value| !value.is_null());
        let mut branches: Vec<Branch> = Vec::with_capacity(forms.all.len());
        let mut chosen = None;
        for (index, form) in forms.all.iter().enumerate() {
            let is_chosen = forms.chosen == Some(index);
            let entered = match value.filter(|_| is_chosen) {
                Some(value) => Some(value.clone()),
                None => self.entered(shape, forms, index, value),
            };
            // What cannot be told from another form by any value that could be put in cannot be chosen either.
            let Some(value) = entered else { continue };
            if is_chosen {
                chosen = Some(branches.len());
            }
            let mut title = self.form_title(forms, form);
            let same = branches.iter().filter(|other| other.title == title).count();
            if same > 0 {
                title = format!("{title} {}", branches.len() + 1);
            }
            branches.push(Branch { title, value });
        }
        (branches, chosen)
    }

    /// What the answer becomes when another form is chosen: what was said and goes with it, what it fixes, and as much
    /// beyond as tells it from the others.
    fn entered(&self, shape: &Shape<'_>, forms: &Forms<'_>, index: usize, value: Option<&Value>) -> Option<Value> {
        let form = forms.all.get(index)?;
        let told = |value: &Value| self.form_of(forms, value) == Some(index);
        let target = form.ids.first().map(|id| self.fixed_shape(*id)).unwrap_or_default();
        if form.kind != Some(JsonType::Object) {
            let blank = form
                .options
                .first()
                .filter(|_| !form.open)
                .map(|choice| choice.value.clone());
            let blank = blank.unwrap_or_else(|| match form.kind {
                Some(JsonType::Integer | JsonType::Number) => {
                    target.default_value().cloned().unwrap_or_else(|| 0.into())
                }
                Some(JsonType::String) if target.default_value().is_none() => Value::String(String::new()),
                Some(JsonType::Boolean) => Value::Bool(false),
                Some(JsonType::Array) if target.nodes.is_empty() => Value::Array(Vec::new()),
                _ => Self::blank(&target),
            });
            if told(&blank) {
                return Some(blank);
            }
            let first = self.item(&target, 0, None);
            let is_number = matches!(solid_type(&first), Some(JsonType::Integer | JsonType::Number));
            let first = if is_number { 0.into() } else { Self::blank(&first) };
            let item = Value::Array(vec![first]);
            return (form.kind == Some(JsonType::Array) && told(&item)).then_some(item);
        }
        let others: Vec<Shape<'_>> = forms
            .all
            .iter()
            .flat_map(|other| &other.ids)
            .map(|id| self.fixed_shape(*id))
            .collect();
        let outside = shape.without(others.iter());
        let named = |shape: &Shape<'_>, name: &str| shape.property(name).next().is_some();
        let mut members = Map::new();
        for (name, member) in value.and_then(Value::as_object).into_iter().flatten() {
            let goes = if named(&target, name) {
                let inner = self.member(&target, name, Some(member));
                let listed = |options: &Arc<[Choice]>| options.iter().any(|choice| choice.value == *member);
                inner.admits(member) && inner.options().is_none_or(listed)
            } else {
                named(&outside, name) || !others.iter().any(|other| named(other, name))
            };
            if goes {
                members.insert(name.clone(), member.clone());
            }
        }
        let own = target.property_names();
        for name in &own {
            if let Some([only]) = self.member(&target, name, None).options().map(|options| &**options)
                && !members.contains_key(*name)
            {
                members.insert((*name).to_owned(), only.value.clone());
            }
        }
        let (required, optional): (Vec<&str>, Vec<&str>) = own.iter().partition(|name| target.requires(name));
        let mut value = Value::Object(members);
        for name in required.into_iter().chain(optional) {
            if told(&value) {
                break;
            }
            if let Value::Object(members) = &mut value
                && !members.contains_key(name)
            {
                members.insert(name.to_owned(), Self::blank(&self.member(&target, name, None)));
            }
        }
        told(&value).then_some(value)
    }

    /// What a form is called: by its author, by the name of its schema, or by what it holds.
    fn form_title(&self, forms: &Forms<'_>, form: &Form) -> String {
        let of_kind = || words::title(self.language.name(form.kind.map_or("object", |kind| kind.as_str())));
        let [id] = form.ids.as_slice() else { return of_kind() };
        let shape = self.fixed_shape(*id);
        if let Some(title) = shape.title() {
            return title.to_owned();
        }
        let definition = shape.nodes.iter().find_map(|node| {
            let holder = node.pointer.parent()?.last()?;
            ["$defs", "definitions"]
                .contains(&holder.as_str())
                .then(|| node.pointer.last())?
        });
        if let Some(name) = definition {
            return words::title(&name);
        }
        let others = forms.all.iter().filter(|other| other.ids != form.ids);
        let others: Vec<Shape<'_>> = others
            .flat_map(|other| &other.ids)
            .map(|id| self.fixed_shape(*id))
            .collect();
        let names = shape.property_names();
        let own = names
            .iter()
            .find(|name| others.iter().all(|other| other.property(name).next().is_none()));
        match own {
            Some(name) if others.iter().any(|other| !other.property_names().is_empty()) => {
                let title = self.member(&shape, name, None).title().map(str::to_owned);
                title.unwrap_or_else(|| words::title(name))
            }
            _ => of_kind(),
        }
    }
}

impl<'s> Shape<'s> {
    /// The schemas that are in none of the others.
    pub(super) fn without<'a>(&self, others: impl Iterator<Item = &'a Self> + Clone) -> Self
    where
        's: 'a,
    {
        let is_inside = |node: &&'s super::Node| {
            let mut others = others.clone();
            others.any(|other| other.nodes.iter().any(|inner| std::ptr::eq(*inner, *node)))
        };
        let nodes = self.nodes.iter().copied().filter(|node| !is_inside(node)).collect();
        Shape {
            nodes,
            required_too: Vec::new(),
        }
    }

    /// Whether it says more than what must be there or how large it may be.
    fn says_what_it_is(&self) -> bool {
        self.nodes.iter().any(|node| {
            node.types.is_some()
                || node.options.is_some()
                || node.format.is_some()
                || !node.properties.is_empty()
                || !node.patterns.is_empty()
                || node.others.is_some()
                || node.items.is_some()
                || !node.prefix.is_empty()
        })
    }
}

/// One form for each of several types.
fn forms_of_types(shape: &Shape<'_>) -> Vec<Form> {
    if shape.options().is_some() {
        return Vec::new();
    }
    let Some(types) = shape.types() else { return Vec::new() };
    let types = types.remove(JsonType::Null);
    let types = if types.contains(JsonType::Number) {
        types.remove(JsonType::Integer)
    } else {
        types
    };
    if types.len() < 2 {
        return Vec::new();
    }
    let form = |kind| Form {
        ids: Vec::new(),
        kind: Some(kind),
        options: Vec::new(),
        open: true,
    };
    types.into_iter().map(form).collect()
}

/// The type that all listed values have.
fn type_of_all(options: &[Choice]) -> Option<JsonType> {
    let mut types = options.iter().map(|choice| JsonType::from(&choice.value));
    let first = types.next()?;
    types.all(|other| other == first).then_some(first)
}

fn is_plain(kind: JsonType) -> bool {
    !matches!(kind, JsonType::Object | JsonType::Array)
}

fn is_of(kind: JsonType, value: &Value) -> bool {
    super::is_of(kind.into(), value)
}
