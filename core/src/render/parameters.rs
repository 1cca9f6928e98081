//! Parameters as a template sees them: plain values, and collections that know where they stand.

use std::sync::Arc;

use minijinja::{
    Value,
    value::{Enumerator, Object, ObjectRepr},
};

use crate::pointer::Pointer;

/// A collection and its place below the parameters.
#[derive(Debug)]
pub(super) struct Collection {
    pub(super) pointer: Pointer,
    members: Members,
}

#[derive(Debug)]
enum Members {
    Map(Vec<(Arc<str>, Value)>),
    List(Vec<Value>),
}

/// The value at `pointer`, ready for a template.
pub(super) fn tree(value: &serde_json::Value, pointer: &Pointer) -> Value {
    match value {
        serde_json::Value::Null => Value::from(()),
        serde_json::Value::Bool(flag) => Value::from(*flag),
        serde_json::Value::Number(number) => number
            .as_i64()
            .map(Value::from)
            .or_else(|| number.as_u64().map(Value::from))
            .or_else(|| number.as_f64().map(Value::from))
            .unwrap_or_default(),
        serde_json::Value::String(text) => Value::from(text.as_str()),
        serde_json::Value::Array(items) => Value::from_object(Collection {
            pointer: pointer.clone(),
            members: Members::List(
                items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| tree(item, &pointer.index(index)))
                    .collect(),
            ),
        }),
        serde_json::Value::Object(members) => Value::from_object(Collection {
            pointer: pointer.clone(),
            members: Members::Map(
                members
                    .iter()
                    .map(|(key, value)| (Arc::from(key.as_str()), tree(value, &pointer.key(key))))
                    .collect(),
            ),
        }),
    }
}

impl Object for Collection {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        match self.members {
            Members::Map(_) => ObjectRepr::Map,
            Members::List(_) => ObjectRepr::Seq,
        }
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match &self.members {
            Members::Map(members) => {
                let key = key.as_str()?;
                members
                    .iter()
                    .find(|(name, _)| &**name == key)
                    .map(|(_, value)| value.clone())
            }
            Members::List(items) => items.get(key.as_usize()?).cloned(),
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        match &self.members {
            Members::Map(members) => {
                Enumerator::Values(members.iter().map(|(name, _)| Value::from(Arc::clone(name))).collect())
            }
            Members::List(items) => Enumerator::Seq(items.len()),
        }
    }
}
