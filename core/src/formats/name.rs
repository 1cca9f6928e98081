//! Names that Airflow and Python give to things.

use super::Unfit;

/// The words that Python keeps for itself.
const PYTHON_KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// An id as Airflow checks it: letters and digits of any script, `_`, `-` and `.`.
pub(super) fn id(code: &'static str, text: &str, longest: usize) -> Result<(), Unfit> {
    let is_allowed = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | '.');
    shaped(code, text, longest, is_allowed)
}

pub(super) fn variable_key(text: &str) -> Result<(), Unfit> {
    // Airflow checks the length only; blanks and control characters are slips that nobody finds again.
    shaped("format-variable-key", text, 250, |character| {
        !character.is_control() && !character.is_whitespace()
    })
}

/// ASCII only: Python folds look-alikes of other scripts into one name.
pub(super) fn python_identifier(text: &str) -> Result<(), Unfit> {
    if PYTHON_KEYWORDS.contains(&text) {
        return Err(Unfit::new("python-keyword").param("suggestion", format!("{text}_")));
    }
    if text.starts_with(|character: char| character.is_ascii_digit()) {
        return Err(Unfit::new("python-leading-digit").param("suggestion", format!("_{text}")));
    }
    shaped("format-python-identifier", text, 250, |character| {
        character.is_ascii_alphanumeric() || character == '_'
    })
}

fn shaped(code: &'static str, text: &str, longest: usize, is_allowed: impl Fn(char) -> bool) -> Result<(), Unfit> {
    if let Some(character) = text.chars().find(|character| !is_allowed(*character)) {
        let replaced = |character: char| if is_allowed(character) { character } else { '_' };
        let suggestion: String = text.trim().chars().map(replaced).collect();
        let unfit = Unfit::new(code).param("character", character.to_string());
        return Err(if suggestion.is_empty() {
            unfit
        } else {
            unfit.param("suggestion", suggestion)
        });
    }
    let length = text.chars().count();
    match length {
        0 => Err(Unfit::new(code)),
        _ if length > longest => Err(Unfit::new("too-long").param("limit", longest).param("length", length)),
        _ => Ok(()),
    }
}
