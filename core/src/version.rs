//! Versions of Airflow and of its providers, compared.

use ruff_python_ast::PythonVersion;

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

/// The oldest Python that a release of Airflow runs on, from `Requires-Python` of the package. A file that this Python
/// cannot read may not run.
///
/// The parser knows nothing older than 3.7.
pub(crate) fn oldest_python(airflow: &str) -> PythonVersion {
    match airflow {
        _ if at_least(airflow, "3.1") => PythonVersion::PY310,
        _ if at_least(airflow, "3.0") => PythonVersion::PY39,
        // The patch release dropped a version.
        _ if at_least(airflow, "2.11.1") => PythonVersion::PY310,
        _ if at_least(airflow, "2.11") => PythonVersion::PY39,
        _ if at_least(airflow, "2.7") => PythonVersion::PY38,
        _ => PythonVersion::PY37,
    }
}

#[cfg(test)]
mod tests {
    use ruff_python_ast::PythonVersion;

    use super::{at_least, oldest_python};

    #[test]
    fn each_release_has_an_oldest_python() {
        for (airflow, python) in [
            ("2.5.3", PythonVersion::PY37),
            ("2.6", PythonVersion::PY37),
            ("2.7.0", PythonVersion::PY38),
            ("2.10.5", PythonVersion::PY38),
            ("2.11.0", PythonVersion::PY39),
            ("2.11.2", PythonVersion::PY310),
            ("2.11", PythonVersion::PY310),
            ("3.0.6", PythonVersion::PY39),
            ("3.1.0", PythonVersion::PY310),
            ("3.3", PythonVersion::PY310),
        ] {
            assert_eq!(oldest_python(airflow), python, "{airflow}");
        }
    }

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
