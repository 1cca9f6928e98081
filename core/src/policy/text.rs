//! Texts of an organisation, in as many languages as it likes.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::words;

/// A text, or texts by language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Text {
    /// The same for everybody.
    One(String),
    /// By tags such as `de`.
    Many(BTreeMap<String, String>),
}

impl Text {
    /// The text for a language such as `de-AT`: that of the tag, of its language, English, or the first.
    pub(crate) fn in_language(&self, tag: &str) -> &str {
        let texts = match self {
            Self::One(text) => return text,
            Self::Many(texts) => texts,
        };
        let primary = tag.split('-').next().unwrap_or(tag);
        let named = |wanted: &str| {
            let mut texts = texts.iter();
            texts.find_map(|(name, text)| name.eq_ignore_ascii_case(wanted).then_some(text.as_str()))
        };
        named(tag)
            .or_else(|| named(primary))
            .or_else(|| named("en"))
            .or_else(|| texts.values().next().map(String::as_str))
            .unwrap_or_default()
    }

    /// The names between braces in any of its languages.
    pub(super) fn gaps(&self) -> impl Iterator<Item = &str> {
        let texts: Vec<&str> = match self {
            Self::One(text) => vec![text],
            Self::Many(texts) => texts.values().map(String::as_str).collect(),
        };
        texts
            .into_iter()
            .flat_map(|text| pieces(text).filter_map(|(_, gap)| gap))
    }
}

/// A text with what is known put into its gaps, such as `{task_id}`; a gap for which there is nothing reads `…`.
pub(super) fn filled(text: &str, facts: &BTreeMap<&'static str, String>) -> String {
    let mut filled = String::with_capacity(text.len() * 2);
    for (before, gap) in pieces(text) {
        filled.push_str(before);
        if let Some(gap) = gap {
            filled.push_str(
                &facts
                    .get(gap)
                    .map_or_else(|| "…".to_owned(), |fact| words::shortened(fact)),
            );
        }
    }
    filled
}

/// The stretches of a text, each with the gap behind it. Braces around anything but a name are text.
fn pieces(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let mut from = 0;
        while let Some(open) = text.get(from..).and_then(|text| text.find('{')).map(|at| at + from) {
            let gap = text.get(open + 1..).and_then(|inside| inside.split_once('}'));
            if let Some((gap, after)) = gap
                && !gap.is_empty()
                && gap.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
            {
                rest = Some(after);
                return Some((text.get(..open).unwrap_or_default(), Some(gap)));
            }
            from = open + 1;
        }
        Some((text, None))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(value: serde_json::Value) -> Text {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn the_nearest_language_is_spoken() {
        let both = json!({"de": "deutsch", "en": "english", "de-AT": "österreichisch"});
        for (value, tag, expected) in [
            (json!("one"), "de", "one"),
            (both.clone(), "de", "deutsch"),
            (both.clone(), "de-at", "österreichisch"),
            (both.clone(), "de-CH", "deutsch"),
            (both, "fr", "english"),
            (json!({"fr": "français", "it": "italiano"}), "de", "français"),
        ] {
            assert_eq!(text(value).in_language(tag), expected, "{tag}");
        }
    }

    #[test]
    fn gaps_are_filled_and_other_braces_are_text() {
        let facts = BTreeMap::from([("task_id", "load".to_owned()), ("name", "a\nb".to_owned())]);
        for (written, expected) in [
            ("{task_id} of {dag_id}", "load of …"),
            ("{{task_id}}", "{load}"),
            ("{ } {} {Task} {", "{ } {} {Task} {"),
            ("{{ var.value.x }}", "{{ var.value.x }}"),
            ("{name}", "a\\nb"),
            ("", ""),
        ] {
            assert_eq!(filled(written, &facts), expected, "{written}");
        }
        assert_eq!(
            text(json!({"de": "{a} {b", "en": "{c}"})).gaps().collect::<Vec<_>>(),
            ["a", "c"]
        );
    }
}
