//! Schedules by data: a DAG that runs when assets (Airflow 2 calls them datasets) were updated.

use serde_json::Value;

use crate::version::at_least;

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

/// The address of an asset as an Airflow keeps it; none where that is not known. Since 2.9 Airflow normalizes addresses,
/// and drops what must not stand in them.
pub(crate) fn normalized(uri: &str, version: &str) -> Option<String> {
    let Some((scheme, rest)) = uri.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) else {
        return Some(uri.to_owned());
    };
    let scheme = scheme.to_ascii_lowercase();
    if scheme.starts_with("x-") || !at_least(version, "2.9") {
        return Some(uri.to_owned());
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", rest),
    };
    let host = match host.rsplit_once('@') {
        Some((user, bare)) => {
            let has_password = user.split_once(':').is_some_and(|(_, password)| !password.is_empty());
            // Airflow 2 drops the name of the user too.
            if has_password || !at_least(version, "3.0") {
                bare
            } else {
                host
            }
        }
        None => host,
    };
    let path = match path.trim_end_matches('/') {
        "" => "/",
        path => path,
    };
    let slash = if path.starts_with('/') { "" } else { "/" };
    let mut text = if !host.is_empty() || WITH_HOST.contains(&scheme.as_str()) {
        format!("{scheme}://{host}{slash}{path}")
    } else {
        format!("{scheme}:{path}")
    };
    if !query.is_empty() {
        text.push('?');
        text.push_str(&sorted_query(query)?);
    }
    Some(text)
}

/// The pairs of a query, sorted; none where Python might encode them another way.
fn sorted_query(query: &str) -> Option<String> {
    let is_plain = |text: &str| {
        let mut bytes = text.bytes();
        !text.is_empty() && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"_.-~".contains(&byte))
    };
    let mut pairs = Vec::new();
    for pair in query.split('&') {
        pairs.push(
            pair.split_once('=')
                .filter(|(name, value)| is_plain(name) && is_plain(value))?,
        );
    }
    pairs.sort_unstable();
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    Some(pairs.join("&"))
}

fn is_scheme(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte))
}

/// The schemes before whose paths Python writes two slashes, even without a host, as far as assets have them.
const WITH_HOST: [&str; 7] = ["file", "ftp", "git", "http", "https", "nfs", "sftp"];

#[cfg(test)]
mod tests {
    use super::{Assets, normalized};
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
    fn addresses_are_normalized_as_airflow_does() {
        // As Airflow 3.3.2, 2.11.2 and 2.5.3 say.
        for (uri, newest, second, oldest) in [
            (
                "s3://lake/orders",
                "s3://lake/orders",
                "s3://lake/orders",
                "s3://lake/orders",
            ),
            (
                "S3://lake/orders/",
                "s3://lake/orders",
                "s3://lake/orders",
                "S3://lake/orders/",
            ),
            ("s3://", "s3:/", "s3:/", "s3://"),
            ("orders", "orders", "orders", "orders"),
            ("file:relative", "file:///relative", "file:///relative", "file:relative"),
            (
                "postgres://u:p@h/db/s/t",
                "postgres://h/db/s/t",
                "postgres://h/db/s/t",
                "postgres://u:p@h/db/s/t",
            ),
            (
                "postgres://u@h/db/s/t",
                "postgres://u@h/db/s/t",
                "postgres://h/db/s/t",
                "postgres://u@h/db/s/t",
            ),
            ("x-own://a/b/#c", "x-own://a/b/#c", "x-own://a/b/#c", "x-own://a/b/#c"),
            (
                "s3://a/b?z=1&a=2#c",
                "s3://a/b?a=2&z=1",
                "s3://a/b?a=2&z=1",
                "s3://a/b?z=1&a=2#c",
            ),
            ("my asset: it", "my asset: it", "my asset: it", "my asset: it"),
        ] {
            for (version, expected) in [("3.3.2", newest), ("2.11.2", second), ("2.5.3", oldest)] {
                assert_eq!(
                    normalized(uri, version).as_deref(),
                    Some(expected),
                    "{uri} in {version}"
                );
            }
        }
        assert_eq!(normalized("s3://a/b?c=d%20e", "3.3.2"), None);
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
