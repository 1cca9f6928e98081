//! Patterns of paths and ids, such as `sql/{package}/{item.name}.sql`.

/// A text with gaps for answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    /// The names on the way to a value, such as `parameters`, `store`.
    Gap(Vec<String>),
}

/// A gap that could not be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unfilled {
    /// The names on the way to the value.
    pub(crate) path: Vec<String>,
    /// What is there; none where there is nothing.
    pub(crate) value: Option<String>,
}

/// Longest text that fills a gap.
const MAXIMUM_LENGTH: usize = 200;

impl Pattern {
    /// Reads a pattern whose braces match, which the schema of its document ensures.
    pub(crate) fn new(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, (gap, behind))) = rest
            .split_once('{')
            .and_then(|(before, behind)| Some((before, behind.split_once('}')?)))
        {
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(Part::Gap(gap.split('.').map(str::to_owned).collect()));
            rest = behind;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Self { parts }
    }

    /// The gaps, as the names on the way to their values.
    pub(crate) fn gaps(&self) -> impl Iterator<Item = &[String]> {
        self.parts.iter().filter_map(|part| match part {
            Part::Gap(path) => Some(path.as_slice()),
            Part::Text(_) => None,
        })
    }

    /// The text with its gaps filled. Whatever fills one is a part of a path or an id, and cannot lead elsewhere.
    pub(crate) fn fill(&self, mut look_up: impl FnMut(&[String]) -> Option<String>) -> Result<String, Unfilled> {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(own) => text.push_str(own),
                Part::Gap(path) => {
                    let value = look_up(path);
                    match value.as_deref().filter(|value| is_part(value)) {
                        Some(value) => text.push_str(value),
                        None => {
                            return Err(Unfilled {
                                path: path.clone(),
                                value,
                            });
                        }
                    }
                }
            }
        }
        Ok(text)
    }
}

/// Whether a text can be a part of a path and of the id of a DAG.
fn is_part(text: &str) -> bool {
    text.len() <= MAXIMUM_LENGTH
        && text.bytes().any(|letter| letter != b'.')
        && text
            .bytes()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, b'_' | b'.' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::{Pattern, Unfilled};

    fn filled(pattern: &str, value: &str) -> Result<String, Unfilled> {
        Pattern::new(pattern).fill(|path| (path == ["parameters", "store"]).then(|| value.to_owned()))
    }

    #[test]
    fn gaps_are_filled() {
        assert_eq!(filled("plain.py", "a").unwrap(), "plain.py");
        assert_eq!(
            filled("a/{parameters.store}__x.sql", "Store1").unwrap(),
            "a/Store1__x.sql"
        );
        assert_eq!(
            filled("{parameters.store}{parameters.store}", "v1.2").unwrap(),
            "v1.2v1.2"
        );
    }

    #[test]
    fn nothing_that_fills_a_gap_leads_elsewhere() {
        for value in [
            "",
            ".",
            "..",
            "...",
            "a/b",
            "a\\b",
            "a b",
            "ä",
            "a\n",
            "{name}",
            &"a".repeat(201),
        ] {
            let unfilled = filled("x/{parameters.store}.sql", value).unwrap_err();
            assert_eq!(unfilled.value.as_deref(), Some(value));
        }
        assert_eq!(filled("{name}", "a").unwrap_err().value, None);
    }
}
