//! Schedules by data: a DAG that runs when assets (Airflow 2 calls them datasets) were updated.

use serde_json::Value;

/// The assets that a DAG waits for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Assets {
    pub(crate) uris: Vec<String>,
    /// Whether one of them is enough.
    pub(crate) any: bool,
}

impl Assets {
    /// The answer with which a form begins to ask for assets.
    pub(crate) fn blank() -> Value {
        serde_json::json!({"assets": [""]})
    }

    /// Reads an answer such as `{assets: [s3://reports/daily.csv], wait_for: any}`; none where it names no asset yet.
    pub(crate) fn answered(answer: &Value) -> Option<Self> {
        let named = answer.get("assets")?.as_array()?.iter().filter_map(Value::as_str);
        let uris: Vec<String> = named.filter(|uri| !uri.is_empty()).map(str::to_owned).collect();
        let any = answer.get("wait_for").is_some_and(|wait_for| wait_for == "any");
        (!uris.is_empty()).then_some(Self { uris, any })
    }

    /// Those that have a name: one that was only just added has none.
    pub(crate) fn named(&self) -> impl Iterator<Item = &str> {
        self.uris.iter().map(String::as_str).filter(|uri| !uri.is_empty())
    }

    /// Joins two as Airflow's `|` (any) and `&` do; none where that is neither all of them nor any.
    pub(crate) fn joined(&self, other: &Self, any: bool) -> Option<Self> {
        let fits = |side: &Self| side.uris.len() == 1 || side.any == any;
        (fits(self) && fits(other)).then(|| Self {
            uris: self.uris.iter().chain(&other.uris).cloned().collect(),
            any,
        })
    }

    /// One line, in Airflow's own notation.
    pub(crate) fn notation(&self) -> String {
        self.uris.join(if self.any { " | " } else { " & " })
    }
}

#[cfg(test)]
mod tests {
    use super::Assets;
    use serde_json::json;

    #[test]
    fn answers_are_read() {
        let notation = |answer| Assets::answered(&answer).map(|assets| assets.notation());
        for (answer, expected) in [
            (json!({"assets": ["a", "b"]}), Some("a & b")),
            (json!({"assets": ["a", "b"], "wait_for": "any"}), Some("a | b")),
            (json!({"assets": ["a", 1, ""], "wait_for": 5}), Some("a")),
            (Assets::blank(), None),
            (json!({"assets": "a"}), None),
            (json!("0 2 * * *"), None),
        ] {
            assert_eq!(notation(answer.clone()).as_deref(), expected, "{answer}");
        }
    }

    #[test]
    fn all_and_any_do_not_mix() {
        let one = |uri: &str| Assets {
            uris: vec![uri.to_owned()],
            any: false,
        };
        let any = one("a").joined(&one("b"), true).unwrap();
        assert_eq!(any.joined(&one("c"), true).unwrap().notation(), "a | b | c");
        assert_eq!(any.joined(&one("c"), false), None);
    }
}
