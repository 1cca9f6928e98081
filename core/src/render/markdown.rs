//! One value as Markdown that means nothing but its text.

use minijinja::{Value, value::ValueKind};

use super::literal::{MAXIMUM_DEPTH, MAXIMUM_LENGTH, Problem};
use crate::template::mark;

/// The text of a value: lists are joined by commas; everything that Markdown or HTML would act on is escaped.
pub(super) fn text(value: &Value) -> Result<String, Problem> {
    let mut text = String::new();
    write(&mut text, value, 0)?;
    Ok(text)
}

fn write(text: &mut String, value: &Value, depth: usize) -> Result<(), Problem> {
    if depth > MAXIMUM_DEPTH {
        return Err(Problem::Depth);
    }
    if text.len() > MAXIMUM_LENGTH {
        return Err(Problem::Length);
    }
    match value.kind() {
        ValueKind::Undefined => return Err(Problem::Undefined),
        ValueKind::None => {}
        ValueKind::Bool => text.push_str(if value.is_true() { "yes" } else { "no" }),
        ValueKind::Number => text.push_str(&value.to_string()),
        ValueKind::String => {
            let own = value.as_str().unwrap_or_default();
            if value.is_safe() || mark::is_in(own) {
                return Err(Problem::Captured);
            }
            text.push_str(&escape(own));
        }
        ValueKind::Seq | ValueKind::Iterable => {
            for (position, item) in value.try_iter().map_err(|_| Problem::Kind)?.enumerate() {
                if position > 0 {
                    text.push_str(", ");
                }
                write(text, &item, depth + 1)?;
            }
        }
        _ => return Err(Problem::Kind),
    }
    Ok(())
}

fn escape(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut escaped = String::with_capacity(text.len());
    let mut line_start = true;
    for (position, character) in characters.iter().copied().enumerate() {
        let near = |offset: Option<usize>| {
            offset
                .and_then(|offset| characters.get(offset))
                .is_some_and(|neighbour| neighbour.is_alphanumeric() || *neighbour == '_')
        };
        match character {
            '\r' if characters.get(position + 1) == Some(&'\n') => continue,
            '\n' | '\r' => {
                escaped.push('\n');
                line_start = true;
                continue;
            }
            // Airflow 2.5 renders documentation with Jinja, outside of any sandbox.
            '{' => escaped.push_str("&#123;"),
            // Within a word an underscore means nothing.
            '_' if near(position.checked_sub(1)) && near(position.checked_add(1)) => escaped.push('_'),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '#' | '+' | '-' | '=' if line_start && !near(position.checked_add(1)) => {
                escaped.push('\\');
                escaped.push(character);
            }
            // Four spaces would make code of a line.
            ' ' | '\t' if line_start => continue,
            '.' | ')' if !near(position.checked_add(1)) && is_list_number(&characters, position) => {
                escaped.push('\\');
                escaped.push(character);
            }
            other if other.is_control() => escaped.push('\u{FFFD}'),
            other => escaped.push(other),
        }
        line_start = false;
    }
    escaped
}

/// Whether only digits stand between the start of the line and this place.
fn is_list_number(characters: &[char], position: usize) -> bool {
    let before = characters.get(..position).unwrap_or_default();
    let digits = before
        .iter()
        .rev()
        .take_while(|character| character.is_ascii_digit())
        .count();
    digits > 0
        && before
            .iter()
            .rev()
            .nth(digits)
            .is_none_or(|character| *character == '\n')
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn only_what_would_act_is_escaped() {
        for (text, expected) in [
            ("reporting_seeder_refresh_all", "reporting_seeder_refresh_all"),
            (
                "reporting/seeder:1.4.2 at 02:00 (UTC) - daily",
                "reporting/seeder:1.4.2 at 02:00 (UTC) - daily",
            ),
            ("0 2 * * *", "0 2 \\* \\* \\*"),
            ("1.0.0", "1.0.0"),
            ("1. one\n2) two", "1\\. one\n2\\) two"),
            ("# head\n- item\n===\n    code", "\\# head\n\\- item\n\\===\ncode"),
            (
                "<b>&lt;</b> [a](b) `c` _d_ ~e~ $f$ |g| \\h",
                "\\<b\\>\\&lt;\\</b\\> \\[a\\](b) \\`c\\` \\_d\\_ \\~e\\~ \\$f\\$ \\|g\\| \\\\h",
            ),
            ("a\r\nb\u{7}", "a\nb\u{FFFD}"),
            ("{{ x }} {\r% y", "&#123;&#123; x }} &#123;\n% y"),
        ] {
            assert_eq!(escape(text), expected, "{text:?}");
        }
    }
}
