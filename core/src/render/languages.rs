//! The languages of files that are not Python: one literal a value, and an output gate.
//!
//! The gate reads the whole file as the language's tokenizer would. Each value must begin in code, stand where a value
//! may stand, and end where a token ends. Since a literal is complete in itself, what stands around it then means the same
//! whatever the value is.

mod cfg;
mod json;
pub(super) mod python;
mod shell;
mod sql;
mod terraform;
mod toml;
mod yaml;

use super::{
    Emission, Emitted, Rendered,
    literal::{Notation, Problem, literal},
};
use crate::{formats::jinja_tags, template::Target};

use minijinja::Value;

/// A language that is read token by token.
struct Syntax {
    notation: &'static Notation,
    scanner: for<'t> fn(&'t str) -> Box<dyn Scanner + 't>,
    /// What may stand directly before a value, beside blanks and the beginning of the file.
    before: &'static str,
    /// What may stand directly behind a value, beside blanks and the end of the file.
    behind: &'static str,
    /// Whether the whole is what it should be, where a parser is at hand; else the parser's words.
    is_well_formed: fn(&str) -> Result<(), String>,
}

/// Reads a file from its beginning.
trait Scanner {
    /// Where the token ends that begins at a place in code: a text or a comment as a whole, else a character. None where
    /// it does not end.
    fn step(&mut self, at: usize) -> Option<usize>;

    /// Whether a value may stand at the place that has been reached, up to `end`.
    fn admits(&self, _start: usize, _end: usize) -> bool {
        true
    }
}

/// Why a file is not written.
#[derive(Debug)]
pub(crate) enum Fault {
    /// From this place on it is not in its language; what the parser says, if there is one.
    Unreadable(usize, Option<String>),
    /// An emission is not what it must be.
    Emission(Emission),
    /// An emission holds a tag that Airflow would render with Jinja.
    Jinja(Emission, String),
}

/// The literal of a value in a language; none where the language has no literals.
pub(super) fn write(target: Target, value: &Value, indentation: Option<usize>) -> Result<String, Problem> {
    let notation = match target {
        Target::Python => &python::NOTATION,
        Target::Yaml => &yaml::NOTATION,
        Target::Markdown => return Err(Problem::Kind),
        other => syntax(other).ok_or(Problem::Kind)?.notation,
    };
    literal(value, indentation, notation)
}

/// A text as a name of the language.
pub(super) fn identifier(target: Target, name: &str) -> Option<String> {
    (target == Target::Sql).then(|| sql::identifier(name)).flatten()
}

/// Checks a rendered file that is not Python. `jinja` are the texts whose tags may reach Airflow.
pub(crate) fn check(rendered: &Rendered, target: Target, jinja: &[&str]) -> Result<(), Fault> {
    let Rendered { text, emissions } = rendered;
    match target {
        Target::Markdown | Target::Python => return Ok(()),
        Target::Yaml => yaml::check(text, emissions).map_err(|fault| match fault {
            yaml::Fault::Unreadable(at) => Fault::Unreadable(at, None),
            yaml::Fault::Emission(emission) => Fault::Emission(emission.clone()),
        })?,
        other => {
            if let Some(syntax) = syntax(other) {
                scan(rendered, syntax)?;
            }
        }
    }
    for emission in emissions {
        if let Emitted::Literal(value) = &emission.value
            && let Some(tag) = strange_tag(value, jinja, 0)
        {
            return Err(Fault::Jinja(emission.clone(), tag));
        }
    }
    Ok(())
}

fn syntax(target: Target) -> Option<&'static Syntax> {
    Some(match target {
        Target::Cfg => &cfg::SYNTAX,
        Target::Json => &json::SYNTAX,
        Target::Shell => &shell::SYNTAX,
        Target::Sql => &sql::SYNTAX,
        Target::Terraform => &terraform::SYNTAX,
        Target::Toml => &toml::SYNTAX,
        Target::Markdown | Target::Python | Target::Yaml => return None,
    })
}

/// One walk over the tokens and the emissions, both in the order of the text.
fn scan(rendered: &Rendered, syntax: &Syntax) -> Result<(), Fault> {
    let Rendered { text, emissions } = rendered;
    let mut scanner = (syntax.scanner)(text);
    let mut at = 0;
    for emission in emissions {
        let refuse = || Err(Fault::Emission(emission.clone()));
        let (start, end) = (emission.range.start, emission.range.end);
        while at < start {
            at = scanner.step(at).ok_or(Fault::Unreadable(at, None))?;
        }
        if at != start || !is_apart(text, emission, syntax) || !scanner.admits(start, end) {
            return refuse();
        }
        while at < end {
            let Some(next) = scanner.step(at) else { return refuse() };
            at = next;
        }
        if at != end {
            return refuse();
        }
    }
    while at < text.len() {
        at = scanner.step(at).ok_or(Fault::Unreadable(at, None))?;
    }
    (syntax.is_well_formed)(text).map_err(|words| Fault::Unreadable(0, Some(words)))
}

/// Whether an emission touches nothing that could become a part of its literal.
fn is_apart(text: &str, emission: &Emission, syntax: &Syntax) -> bool {
    let before = text
        .get(..emission.range.start)
        .and_then(|before| before.chars().next_back());
    let behind = text.get(emission.range.end..).and_then(|behind| behind.chars().next());
    before.is_none_or(|letter| letter.is_ascii_whitespace() || syntax.before.contains(letter))
        && behind.is_none_or(|letter| letter.is_ascii_whitespace() || syntax.behind.contains(letter))
}

/// A tag in a value that is not one of those that may reach Airflow.
fn strange_tag(value: &Value, jinja: &[&str], depth: usize) -> Option<String> {
    if depth > super::literal::MAXIMUM_DEPTH {
        return None;
    }
    if let Some(text) = value.as_str() {
        let strange = jinja_tags(text).find(|(tag, _)| !jinja.iter().any(|permitted| permitted.contains(tag)));
        return strange.map(|(tag, _)| tag.to_owned());
    }
    let parts = value.try_iter().ok()?;
    parts
        .flat_map(|part| {
            [
                value.get_item(&part).ok().filter(|_| part.as_str().is_some()),
                Some(part),
            ]
        })
        .flatten()
        .find_map(|part| strange_tag(&part, jinja, depth + 1))
}

/// Behind the character at a place.
fn character(text: &str, at: usize) -> Option<usize> {
    Some(at + text.get(at..)?.chars().next()?.len_utf8())
}

/// The end of the line that a place is in.
fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.find('\n').unwrap_or(rest.len())
}

/// Behind the text that begins at a place with these quotes; the inner option is none where it does not end. `\0`
/// stands for no escape character.
#[expect(
    clippy::option_option,
    reason = "a text that does not begin is not one that does not end"
)]
fn quoted(text: &str, at: usize, quotes: &str, escape: char) -> Option<Option<usize>> {
    let rest = text.get(at..)?.strip_prefix(quotes)?;
    let is_line = quotes.len() == 1 && quotes != "`";
    let mut characters = rest.char_indices();
    while let Some((offset, letter)) = characters.next() {
        if letter == escape && escape != '\0' {
            characters.next();
        } else if rest.get(offset..).is_some_and(|rest| rest.starts_with(quotes)) {
            return Some(Some(at + quotes.len() + offset + quotes.len()));
        } else if letter == '\n' && is_line {
            return Some(None);
        }
    }
    Some(None)
}

#[cfg(test)]
mod tests {
    use minijinja::Value;

    use super::{Emission, Emitted, Fault, Rendered, check, identifier, write};
    use crate::{render::literal::Problem, template::Target};

    /// What becomes of a file in which each `¤` is one value: its text, or what is refused.
    fn checked(target: Target, template: &str, value: &Value) -> Result<String, &'static str> {
        let literal = write(target, value, None).map_err(Problem::code)?;
        let mut rendered = Rendered {
            text: String::new(),
            emissions: Vec::new(),
        };
        for (position, own) in template.split('¤').enumerate() {
            if position > 0 {
                let start = rendered.text.len();
                rendered.text.push_str(&literal);
                rendered.emissions.push(Emission {
                    range: start..rendered.text.len(),
                    value: Emitted::Literal(value.clone()),
                    pointer: None,
                });
            }
            rendered.text.push_str(own);
        }
        match check(&rendered, target, &[]) {
            Ok(()) => Ok(rendered.text),
            Err(Fault::Unreadable(..)) => Err("unreadable"),
            Err(Fault::Emission(_)) => Err("emission"),
            Err(Fault::Jinja(..)) => Err("jinja"),
        }
    }

    /// Texts that would be more than a value where they are not written as one.
    const HOSTILE: &[&str] = &[
        "",
        "plain",
        "it's",
        "a \"quoted\" text",
        "'; DROP TABLE users; --",
        "\\",
        "\\'; SELECT 1; --",
        "$(id) `id` ${HOME} %{if true}",
        "a\nb: c\n- d",
        "*/ /* # // --",
        "$$ $tag$",
        "\u{e9}\u{1d11e}",
        "yes",
        "~",
        "<<EOF",
    ];

    #[test]
    fn a_value_is_written_where_a_value_may_stand() {
        let cases: [(Target, &[&str]); 6] = [
            (Target::Json, &["{\"a\": ¤, \"b\": [¤,¤]}", "¤"]),
            (
                Target::Yaml,
                &[
                    "a: ¤\nb:\n  - ¤\n",
                    "a: {b: ¤}\n---\nc: ¤ # comment\n",
                    "# only a comment\n---\na: ¤\n",
                ],
            ),
            (
                Target::Toml,
                &[
                    "a = ¤\n[b]\nc = [¤, ¤] # \"x\n",
                    "a = '''x''y'''\nb = ¤\n",
                    "a = \"\"\"x\\\"\"\"\"\"\nb = ¤\n",
                ],
            ),
            (
                Target::Terraform,
                &[
                    "a = ¤\nb = [¤, f(¤)] # \"\n",
                    "a = \"x${f(\"y\")}z\"\nb = ¤\n",
                    "a = <<EOF\n\"\nEOF\nb = ¤ // '\n/* \" */\n",
                ],
            ),
            (
                Target::Sql,
                &[
                    "SELECT ¤, f(¤) -- it's\n",
                    "SELECT $$it's$$ /* ' /* */ */, \"it's\", E'\\'', ¤::text;",
                    "INSERT INTO a VALUES (¤);",
                ],
            ),
            (
                Target::Shell,
                &[
                    "echo ¤ ¤\n",
                    "A=¤ cmd --flag=¤ \"it's $(echo \"x\")\" ¤ # it's\n",
                    "cat <<EOF\nit's\nEOF\nfor x in ¤; do\n  echo \"$x\" ¤\ndone\n",
                    "cat <<-'EOF' >&2\n\tit's\n\tEOF\ncmd ${a#\"x\"} <<<\"$b\" \\\n  ¤ >¤\n",
                ],
            ),
        ];
        for (target, templates) in cases {
            for template in templates {
                for text in HOSTILE {
                    // A file's name does not touch what redirects to it.
                    let template = template.replace(">¤", "> ¤");
                    let found = checked(target, &template, &Value::from(*text));
                    assert!(found.is_ok(), "{target:?} {template:?} {text:?}: {found:?}");
                }
            }
        }
    }

    #[test]
    fn a_value_is_refused_where_it_would_be_more_or_less() {
        let cases: [(Target, &[&str]); 7] = [
            (Target::Json, &["{\"a\": \"¤\"}", "{\"a\": 1¤}", "{\"a\": ¤"]),
            (
                Target::Yaml,
                &["a: 'b ¤'\n", "a: |\n  ¤\n", "a: b ¤\n", "# ¤\na: b\n", "a: ¤ b\n"],
            ),
            (Target::Toml, &["a = \"¤\"\n", "a = '''\n¤\n'''\n", "# ¤\n", "a = x¤\n"]),
            (
                Target::Terraform,
                &[
                    "a = \"¤\"\n",
                    "a = \"${f(\"¤\")}\"\n",
                    "a = <<EOF\n¤\nEOF\n",
                    "# ¤\n",
                    "/* ¤ */\n",
                ],
            ),
            (
                Target::Sql,
                &[
                    "SELECT '¤'",
                    "SELECT \"¤\"",
                    "-- ¤\n",
                    "/* /* */ ¤ */",
                    "SELECT $f$ ¤ $f$",
                    "SELECT 'a'\n¤",
                    "SELECT ¤ 'a'",
                    "SELECT E¤",
                ],
            ),
            (
                Target::Shell,
                &[
                    "¤ a\n",
                    "echo \"¤\"\n",
                    "echo '¤'\n",
                    "echo $'\\n¤'\n",
                    "# ¤\n",
                    "cat <<EOF\n¤\nEOF\n",
                    "echo a;¤\n",
                    "a && ¤\n",
                    "A=1 ¤\n",
                    "if ¤; then b; fi\n",
                    "echo \"$(echo \"¤\")\"\n",
                    "echo ${a:-¤}\n",
                    "echo `¤`\n",
                    "echo a¤\n",
                ],
            ),
            (Target::Cfg, &["¤ = a\n", "a = b ¤\n", "# ¤\n", "a = ¤ b\n"]),
        ];
        let value = Value::from("x");
        for (target, templates) in cases {
            for template in templates {
                let found = checked(target, template, &value);
                assert!(found.is_err(), "{target:?} {template:?}: {found:?}");
            }
        }
        assert_eq!(
            checked(Target::Json, "{\"a\": ¤}", &Value::from("{{ x }}")),
            Err("jinja")
        );
    }

    #[test]
    fn each_language_has_its_literals() {
        let list = Value::from(vec!["a b", "c"]);
        let map = Value::from_pairs([("a", 1)]);
        for (target, value, expected) in [
            (Target::Json, Value::from(()), Ok("null")),
            (Target::Json, map.clone(), Ok("{\"a\": 1}")),
            (Target::Yaml, Value::from(1e20), Ok("1.0e+20")),
            (Target::Yaml, Value::from(-0.5), Ok("-0.5")),
            (Target::Yaml, Value::from("\u{7}\u{2028}"), Ok("\"\\u0007\\u2028\"")),
            (Target::Toml, Value::from(()), Err("template-value-kind")),
            (Target::Toml, map.clone(), Ok("{\"a\" = 1}")),
            (Target::Terraform, Value::from("${x} %{y}"), Ok("\"$${x} %%{y}\"")),
            (Target::Sql, Value::from(-1), Ok("(-1)")),
            (Target::Sql, list.clone(), Ok("ARRAY['a b', 'c']")),
            (Target::Sql, map.clone(), Err("template-value-kind")),
            (Target::Sql, Value::from("a\0"), Err("value-character")),
            (Target::Sql, Value::from("a\\'"), Ok("E'a\\\\'''")),
            (Target::Shell, list.clone(), Ok("'a b' 'c'")),
            (
                Target::Shell,
                Value::from(vec![list.clone()]),
                Err("template-value-kind"),
            ),
            (Target::Shell, Value::from("it's"), Ok("'it'\\''s'")),
            (Target::Shell, Value::from("\u{1b}"), Err("value-character")),
            (Target::Cfg, Value::from("100 %"), Ok("100 %%")),
            (Target::Cfg, Value::from(" a"), Err("value-character")),
            (Target::Cfg, Value::from("a\nb"), Err("value-character")),
            (Target::Cfg, Value::from(true), Ok("True")),
            (Target::Markdown, Value::from("a"), Err("template-value-kind")),
        ] {
            let found = write(target, &value, None).map_err(Problem::code);
            assert_eq!(found, expected.map(str::to_owned), "{target:?} {value:?}");
        }
        let lines = write(Target::Json, &list, Some(4)).unwrap();
        assert_eq!(lines, "[\n    \"a b\",\n    \"c\"\n  ]");
        let file = checked(Target::Cfg, "a = ¤\nb: ¤\n", &Value::from("x # y")).unwrap();
        assert_eq!(file, "a = x # y\nb: x # y\n");
        let file = checked(Target::Shell, "cmd ¤\n", &list).unwrap();
        assert_eq!(file, "cmd 'a b' 'c'\n");
        assert_eq!(checked(Target::Shell, "A=¤\n", &list), Err("emission"));
        assert_eq!(identifier(Target::Sql, "a\"b").unwrap(), "\"a\"\"b\"");
        assert_eq!(identifier(Target::Sql, ""), None);
        assert_eq!(identifier(Target::Yaml, "a"), None);
    }
}
