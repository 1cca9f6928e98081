//! Programs and amounts.

use super::Unfit;
use crate::python;

pub(super) fn python(text: &str) -> Result<(), Unfit> {
    shell(text)?;
    match python::parse(text) {
        Ok(_) => Ok(()),
        Err(python::Unreadable::Syntax(_, detail)) => Err(Unfit::new("python-syntax").param("detail", detail)),
        Err(_) => Err(Unfit::new("python-too-deep")),
    }
}

pub(super) fn shell(text: &str) -> Result<(), Unfit> {
    if text.trim().is_empty() {
        return Err(Unfit::new("code-empty"));
    }
    Ok(())
}

/// An amount as Kubernetes writes it: a number, and thousands or powers of 1,024 behind it.
pub(super) fn quantity(text: &str) -> Result<(), Unfit> {
    let units = [
        "", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei",
    ];
    let number = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = text.get(number.len()..).unwrap_or_default();
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.len() <= 18 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits(whole) && is_digits(part) && units.contains(&unit) {
        Ok(())
    } else {
        Err(Unfit::new("format-quantity"))
    }
}
