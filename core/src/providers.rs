//! Which provider versions come with an Airflow release.

use crate::version::at_least;

/// The version of a provider that stands beside an Airflow release where nothing else is said.
///
/// A release that is not listed counts as the newest one before it.
pub(crate) fn version(airflow: &str, provider: &str) -> Option<&'static str> {
    RELEASES
        .iter()
        .rev()
        .find(|(release, _)| at_least(airflow, release))
        .and_then(|(_, providers)| providers.iter().find(|(name, _)| *name == provider))
        .map(|(_, version)| *version)
}

type Release = (&'static str, &'static [(&'static str, &'static str)]);

/// What `PyPI` resolves for the last patch of each line (2.5.3, 2.6.3, 2.7.3, 2.8.4, 2.9.3, 2.10.5, 2.11.2, 3.0.6, 3.1.8,
/// 3.2.2, 3.3.2) and for 2.6.0, three days after it came out.
#[rustfmt::skip]
const RELEASES: &[Release] = &[
    ("2.5", &[("cncf.kubernetes", "5.2.2"), ("slack", "7.2.0")]),
    ("2.6", &[("cncf.kubernetes", "6.1.0"), ("slack", "7.2.0"), ("smtp", "1.0.1")]),
    ("2.6.3", &[("cncf.kubernetes", "7.2.0"), ("slack", "7.3.1"), ("smtp", "1.2.0")]),
    ("2.7", &[("cncf.kubernetes", "7.8.0"), ("slack", "8.3.0"), ("smtp", "1.4.1")]),
    ("2.8", &[("cncf.kubernetes", "8.0.1"), ("slack", "8.6.1"), ("smtp", "1.6.1")]),
    ("2.9", &[("cncf.kubernetes", "8.3.3"), ("slack", "8.7.1"), ("smtp", "1.7.1")]),
    ("2.10", &[("cncf.kubernetes", "10.1.0"), ("slack", "9.0.0"), ("smtp", "1.9.0"), ("standard", "0.0.3")]),
    ("2.11", &[("cncf.kubernetes", "10.14.0"), ("slack", "9.8.0"), ("smtp", "2.4.3"), ("standard", "1.12.1")]),
    ("3.0", &[("cncf.kubernetes", "10.7.0"), ("slack", "9.1.4"), ("smtp", "2.2.0"), ("standard", "1.6.0")]),
    ("3.1", &[("cncf.kubernetes", "10.14.0"), ("slack", "9.8.0"), ("smtp", "2.4.3"), ("standard", "1.12.1")]),
    ("3.2", &[("cncf.kubernetes", "10.17.1"), ("slack", "9.10.0"), ("smtp", "3.0.1"), ("standard", "1.13.1")]),
    ("3.3", &[("cncf.kubernetes", "10.22.0"), ("slack", "9.10.2"), ("smtp", "3.0.4"), ("standard", "1.19.0")]),
];

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn each_release_has_its_own() {
        for (airflow, provider, expected) in [
            ("2.5.3", "cncf.kubernetes", Some("5.2.2")),
            ("2.5.3", "smtp", None),
            ("2.6.1", "slack", Some("7.2.0")),
            ("2.6", "slack", Some("7.3.1")),
            ("2.10", "slack", Some("9.0.0")),
            ("3.3", "standard", Some("1.19.0")),
            ("3.9", "standard", Some("1.19.0")),
        ] {
            assert_eq!(version(airflow, provider), expected, "{airflow} {provider}");
        }
    }
}
