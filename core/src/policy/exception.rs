//! Exceptions: where a policy need not hold, why, and until when.

use serde::Deserialize;

use crate::{cron, finding::Place};

/// Seconds in a day.
const DAY: i64 = 86_400;
/// How many days an exception may last from now on, before it looks like one without end.
const LONGEST: i64 = 366;

/// An exception as its document writes it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Document {
    config: Option<String>,
    dag_id: Option<String>,
    task_id: Option<String>,
    reason: String,
    until: String,
}

/// An exception of one policy.
#[derive(Clone, Debug)]
pub(crate) struct Exception {
    config: Option<String>,
    dag_id: Option<String>,
    task_id: Option<String>,
    pub(crate) reason: String,
    /// The last day on which it holds.
    pub(crate) until: String,
    /// The second behind that day.
    end: i64,
    pub(super) place: Place,
}

/// What an exception is compared with; none where it is not known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Whose<'a> {
    pub(super) config: Option<&'a str>,
    pub(super) dag_id: Option<&'a str>,
    pub(super) task_id: Option<&'a str>,
}

/// Whether an exception holds now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term {
    Holds,
    /// It holds, for so long that it looks like one without end.
    Long,
    Expired,
    /// Nobody said which day it is.
    Undated,
}

impl Exception {
    /// None where it would hold for everything, or where its date is none.
    pub(super) fn new(document: Document, place: Place) -> Option<Self> {
        let Document {
            config,
            dag_id,
            task_id,
            reason,
            until,
        } = document;
        let patterns = [&config, &dag_id, &task_id];
        // A pattern of nothing but asterisks leaves nothing out.
        let is_bounded = patterns
            .into_iter()
            .flatten()
            .any(|pattern| pattern.chars().any(|letter| letter != '*'));
        let end = cron::start_of_day(&until)?.checked_add(DAY)?;
        is_bounded.then_some(Self {
            config,
            dag_id,
            task_id,
            reason,
            until,
            end,
            place,
        })
    }

    pub(super) fn is_for(&self, whose: Whose<'_>) -> bool {
        let fits = |pattern: &Option<String>, text: Option<&str>| match pattern {
            None => true,
            Some(pattern) => text.is_some_and(|text| is_like(text, pattern)),
        };
        fits(&self.config, whose.config) && fits(&self.dag_id, whose.dag_id) && fits(&self.task_id, whose.task_id)
    }

    pub(super) fn term(&self, now: Option<i64>) -> Term {
        match now {
            None => Term::Undated,
            Some(now) if now >= self.end => Term::Expired,
            Some(now) if self.end.saturating_sub(now) > LONGEST * DAY => Term::Long,
            Some(_) => Term::Holds,
        }
    }
}

/// Whether a text fits a pattern in which `*` stands for any letters.
pub(super) fn is_like(text: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    // Without an asterisk there is but one part.
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::is_like;

    #[test]
    fn an_asterisk_stands_for_any_letters() {
        for (text, pattern, fits) in [
            ("finance_load", "finance_load", true),
            ("finance_load", "finance_", false),
            ("finance_load", "finance_*", true),
            ("finance_load", "*load", true),
            ("finance_load", "*", true),
            ("finance_load", "f*e*d", true),
            ("finance_load", "f*x*d", false),
            ("aba", "ab*ba", false),
            ("abba", "ab*ba", true),
            ("", "*", true),
            ("", "", true),
            ("a", "", false),
            ("configs/a/b.yaml", "configs/*/b.yaml", true),
        ] {
            assert_eq!(is_like(text, pattern), fits, "{text} {pattern}");
        }
        assert!(!is_like(&"a".repeat(100_000), &("*a".repeat(100) + "b")));
    }
}
