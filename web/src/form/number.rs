use dagwright_core::field::FieldKind;
use leptos::prelude::*;
use serde_json::Value;

use super::{
    group::Labelled,
    question::Question,
    text::{Line, Writing},
};

/// A number, written as text: what is no number is kept as it was written, and the engine says what is wrong with it.
#[component]
pub fn Number(
    /// The field.
    question: Question,
    /// Whether the row names it.
    bare: bool,
) -> impl IntoView {
    let writing = Writing::new(question, meaning);
    let integer = untrack(|| question.field(|field| matches!(field.kind, FieldKind::Number { integer: true, .. })));
    let mode = if integer { "numeric" } else { "decimal" };
    let unit = move || question.field(|field| field.prompt.unit.clone());
    view! {
        <Labelled question bare>
            <div class="input-with-unit">
                <Line question writing class="input input-number" mode=mode/>
                {move || unit().map(|unit| view! { <span class="unit" id=question.part("unit")>{unit}</span> })}
            </div>
        </Labelled>
    }
}

fn meaning(text: &str) -> Option<Value> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let number = text.parse::<serde_json::Number>().ok();
    Some(number.map_or_else(|| Value::String(text.to_owned()), Value::Number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_no_number_stays_a_text() {
        for (text, value) in [
            ("3", json!(3)),
            (" 3 ", json!(3)),
            ("-1.5", json!(-1.5)),
            ("1.", json!("1.")),
            ("three", json!("three")),
            ("inf", json!("inf")),
            ("1,5", json!("1,5")),
        ] {
            assert_eq!(meaning(text), Some(value), "{text}");
        }
        assert_eq!(meaning(" "), None);
    }
}
