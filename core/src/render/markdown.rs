//! One value as Markdown that means nothing but its text.

use std::{fmt::Write as _, ops::Range};

use minijinja::{Value, value::ValueKind};

use super::literal::{MAXIMUM_DEPTH, MAXIMUM_LENGTH, Problem};
use crate::template::mark;

/// The text of a value: lists are joined by commas; everything that Markdown or HTML would act on is escaped.
pub(super) fn text(value: &Value) -> Result<String, Problem> {
    let mut text = String::new();
    append(&mut text, value, 0)?;
    Ok(text)
}

/// A value as the target of a link: an address on the web, or one relative to the page.
pub(super) fn target(value: &Value) -> Result<String, Problem> {
    let address = value.as_str().ok_or(Problem::Kind)?;
    if value.is_safe() || mark::is_in(address) {
        return Err(Problem::Captured);
    }
    let is_web = ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme));
    let mut target = String::with_capacity(address.len());
    for byte in address.bytes() {
        let is_kept = byte.is_ascii_alphanumeric() || b"-._~/?#@!$&*+,;=%".contains(&byte) || (byte == b':' && is_web);
        if is_kept {
            target.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(target, "%{byte:02X}");
        }
    }
    Ok(target)
}

fn append(text: &mut String, value: &Value, depth: usize) -> Result<(), Problem> {
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
                append(text, &item, depth + 1)?;
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
    let mut links = links(&characters).into_iter().peekable();
    let mut behind = 0;
    for (position, character) in characters.iter().copied().enumerate() {
        if position < behind {
            continue;
        }
        if let Some(link) = links.next_if(|link| link.start == position) {
            escaped.push('`');
            escaped.extend(characters.get(link.clone()).unwrap_or_default());
            escaped.push('`');
            behind = link.end;
            line_start = false;
            continue;
        }
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

/// What Airflow would make a link of, though nobody asked for one. As code it is left as it is, in every version.
fn links(characters: &[char]) -> Vec<Range<usize>> {
    let is_part = |character: &char| character.is_ascii_alphanumeric() || "-._~:/?#@!$&*+;=%".contains(*character);
    let mut links = Vec::new();
    let mut start = 0;
    for part in characters.split(|character| !is_part(character)) {
        let trailing = part.iter().rev().take_while(|last| ".;:!?*_~".contains(**last)).count();
        let leading = part.iter().take_while(|first| "*_~".contains(**first)).count();
        let end = part.len() - trailing;
        let core: String = part.get(leading..end).unwrap_or_default().iter().collect();
        if is_linked(&core.to_ascii_lowercase()) {
            links.push(start + leading..start + end);
        }
        start += part.len() + 1;
    }
    links
}

/// Whether a text without blanks is linked as an address, an e-mail address or the name of a host.
fn is_linked(text: &str) -> bool {
    // The endings that Airflow 2 takes for those of hosts.
    const ENDINGS: [&str; 16] = [
        "aero", "asia", "biz", "com", "coop", "edu", "gov", "info", "museum", "name", "net", "org", "pro", "shop",
        "web", "xxx",
    ];
    let is_mail = text
        .split_once('@')
        .is_some_and(|(before, behind)| !before.is_empty() && behind.contains('.'));
    let host = text
        .trim_start_matches('/')
        .split(['/', ':', '?', '#'])
        .next()
        .unwrap_or_default();
    let is_host = host.rsplit_once('.').is_some_and(|(before, ending)| {
        let is_country = ending.len() == 2 && ending.bytes().all(|letter| letter.is_ascii_alphabetic());
        !before.is_empty() && (is_country || ENDINGS.contains(&ending) || ending.starts_with("xn--"))
    });
    is_mail || is_host || text.contains("://") || text.contains("www.") || text.starts_with("mailto:")
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
    use minijinja::Value;

    use super::{escape, target};

    #[test]
    fn a_target_is_an_address_and_nothing_else() {
        for (text, expected) in [
            ("https://a.example/#/new?c=x_Y%20z", "https://a.example/#/new?c=x_Y%20z"),
            ("https://a) [b](javascript:x", "https://a%29%20%5Bb%5D%28javascript:x"),
            ("javascript:alert(1)", "javascript%3Aalert%281%29"),
            (
                "https://a/{{ x }}\n<b>\"é",
                "https://a/%7B%7B%20x%20%7D%7D%0A%3Cb%3E%22%C3%A9",
            ),
        ] {
            assert_eq!(target(&Value::from(text)).unwrap(), expected, "{text:?}");
        }
    }

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
            (
                "see https://a.example/x_y?z=1#w, (http://b) and HTTPS://C.",
                "see `https://a.example/x_y?z=1#w`, (`http://b`) and `HTTPS://C`.",
            ),
            ("ask a.b+c@d.example.", "ask `a.b+c@d.example`."),
            ("*www.a.example* <b.com>", "\\*`www.a.example`\\* \\<`b.com`\\>"),
            ("run a.py, //c.de/x", "run `a.py`, `//c.de/x`"),
            ("https://a/`{b}|", "`https://a/`\\`&#123;b}\\|"),
            (
                "e.g. 1.4.2 a@b configs/a/b.yaml Dr. A",
                "e.g. 1.4.2 a@b configs/a/b.yaml Dr. A",
            ),
            ("registry.example.com/a:1", "`registry.example.com/a:1`"),
        ] {
            assert_eq!(escape(text), expected, "{text:?}");
        }
    }
}
