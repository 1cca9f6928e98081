//! Versions of Airflow and of its providers, compared.

/// Whether a dotted version is not older than another. Parts that are missing count as the newest: `3.3` stands for
/// the latest of its line.
pub(crate) fn at_least(own: &str, wanted: &str) -> bool {
    let parts = |text: &str| {
        text.split('.')
            .map(|part| part.parse::<u32>().unwrap_or(0))
            .collect::<Vec<_>>()
    };
    let (own, wanted) = (parts(own), parts(wanted));
    for (position, wanted) in wanted.iter().enumerate() {
        match own.get(position) {
            None => return true,
            Some(own) if own != wanted => return own > wanted,
            Some(_) => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::at_least;

    #[test]
    fn versions_are_compared_by_number() {
        for (own, wanted, holds) in [
            ("3.3", "2.7", true),
            ("2.11.2", "2.7", true),
            ("2.5.3", "2.7", false),
            ("2.10", "2.10.4", true),
            ("2.10.3", "2.10.4", false),
            ("3", "2.11", true),
        ] {
            assert_eq!(at_least(own, wanted), holds, "{own} >= {wanted}");
        }
    }
}
