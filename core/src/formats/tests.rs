use super::*;
use crate::words::tests::assert_filled;

/// Each format with texts that have it, and texts that do not together with the code of the reason.
type Case<'a> = (&'a str, &'a [&'a str], &'a [(&'a str, &'a str)]);

const CASES: &[Case<'_>] = &[
    (
        "airflow-jinja",
        &[
            "",
            "a",
            "{{ ds }}",
            "{% if a %}b{% endif %}",
            "{{ '}}' }}",
            "{ a }",
            "}}",
            "{# ' #}",
        ],
        &[
            ("{{ ds", "jinja-unclosed"),
            ("{% if %} {{ '}}' ", "jinja-unclosed"),
            ("{# a", "jinja-unclosed"),
        ],
    ),
    (
        "asset-uri",
        &[
            "s3://bucket/key",
            "reports",
            "x-own://a",
            "postgres://h/d/s/t",
            "file:///a",
        ],
        &[
            ("", "format-asset-uri"),
            ("s3://büro/x", "format-asset-uri"),
            (" s3://bucket/key", "format-asset-uri"),
            ("s3://bucket/key ", "format-asset-uri"),
            ("airflow://a", "asset-scheme-airflow"),
            ("s3:///key", "asset-without-bucket"),
            ("postgres://h/d", "asset-without-table"),
            ("file://", "asset-without-path"),
        ],
    ),
    (
        "connection-id",
        &["warehouse", "a.b-c_d"],
        &[("a b", "format-connection-id"), ("", "format-connection-id")],
    ),
    (
        "dag-id",
        &["a", "données_日本", "a.b-c"],
        &[
            ("a b", "format-dag-id"),
            ("a/b", "format-dag-id"),
            ("a\n", "format-dag-id"),
            ("", "format-dag-id"),
        ],
    ),
    ("task-id", &["load"], &[("load!", "format-task-id")]),
    ("pool", &["default_pool"], &[("my pool", "format-pool")]),
    (
        "variable-key",
        &["a/b:c", "a"],
        &[("a b", "format-variable-key"), ("", "format-variable-key")],
    ),
    (
        "python",
        &["x = 1", "def f():\n    return 2\n"],
        &[("", "code-empty"), (" \n", "code-empty"), ("x = = 1", "python-syntax")],
    ),
    (
        "python-identifier",
        &["a", "_a1"],
        &[
            ("1a", "python-leading-digit"),
            ("class", "python-keyword"),
            ("a-b", "format-python-identifier"),
            ("é", "format-python-identifier"),
        ],
    ),
    (
        "date",
        &["2024-02-29"],
        &[
            ("2023-02-29", "date-not-in-calendar"),
            ("2023-13-01", "date-not-in-calendar"),
            ("29.02.2024", "format-date"),
            ("2024-2-9", "format-date"),
        ],
    ),
    (
        "time",
        &["08:30:00Z", "08:30:00.25+02:00"],
        &[("08:30", "format-time"), ("24:00:00Z", "format-time")],
    ),
    (
        "date-time",
        &["2024-02-29T08:30:00Z", "2024-02-29 08:30:00-05:00"],
        &[
            ("2024-02-29", "format-date-time"),
            ("2024-02-30T08:30:00Z", "date-not-in-calendar"),
        ],
    ),
    (
        "timezone",
        &["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5"],
        &[
            ("Berlin", "format-timezone"),
            ("", "format-timezone"),
            ("../etc", "format-timezone"),
            ("UTC ", "format-timezone"),
        ],
    ),
    (
        "email",
        &["a.b+c@example.com", "ops@localhost"],
        &[
            ("a", "format-email"),
            ("a@b@", "format-email"),
            ("a b@example.com", "format-email"),
            ("a@-x.org", "format-email"),
        ],
    ),
    (
        "email-list",
        &["a@x.org", "a@x.org, b@y.org"],
        &[
            ("a@x.org,", "email-list-gap"),
            ("a@x.org;b@x.org", "email-list-semicolon"),
            ("a@x.org, b", "format-email"),
        ],
    ),
    (
        "uri",
        &[
            "https://example.com/a?b#c",
            "urn:a:b",
            "https://user:word@[2001:db8::1]:8080/%C3%A9?q=a:b/c",
            "mailto:a@example.com",
            "file:///a",
        ],
        &[
            ("https://example.com/%zz", "format-uri"),
            ("https://example.com/%4", "format-uri"),
            ("https://example.com/a#b#c", "format-uri"),
            ("https://example.com/[a]", "format-uri"),
            ("https://example.com:port/", "format-uri"),
            ("https://[::g]/", "format-uri"),
            ("https://exa[mple.com/", "format-uri"),
            ("example.com", "format-uri"),
            ("https://a b", "format-uri"),
            ("https:", "format-uri"),
        ],
    ),
    (
        "shell",
        &["echo hello", "x"],
        &[("", "code-empty"), ("\n", "code-empty")],
    ),
    (
        "sql",
        &[
            "select 1",
            "select 'it''s' -- don't\n",
            "select $$ ' $$",
            "select 'it\\'s'",
            "/* ' */ select 1",
        ],
        &[
            ("  ", "sql-empty"),
            ("select 'a", "sql-unclosed"),
            ("select \"a", "sql-unclosed"),
            ("/* a", "sql-unclosed"),
        ],
    ),
    (
        "image",
        &[
            "a",
            "reporting/seeder:1.4.2",
            "localhost:5000/a/b",
            "Example.COM/a:T_1",
            "a__b/c--d.e:1",
        ],
        &[
            ("https://example.com/a", "image-with-scheme"),
            ("a b", "image-with-space"),
            ("Reporting/Seeder:1", "image-upper-case"),
            ("a:", "image-tag-shape"),
            ("a:-1", "image-tag-shape"),
            ("a@sha256:12", "image-digest-shape"),
            ("", "format-image"),
            ("/a", "format-image"),
            ("a//b", "format-image"),
            ("a_", "format-image"),
            ("a..b", "format-image"),
        ],
    ),
    (
        "quantity",
        &["1", "250m", "0.5", "512Mi", "4Gi", "1k"],
        &[
            ("", "format-quantity"),
            ("Mi", "format-quantity"),
            ("512 Mi", "format-quantity"),
            ("512mb", "format-quantity"),
            ("-1", "format-quantity"),
            (".5", "format-quantity"),
        ],
    ),
    (
        "schedule",
        &["0 2 * * *", "@daily", "@once"],
        &[
            ("", "schedule-empty"),
            ("@dayly", "schedule-unknown-preset"),
            ("0 2 * *", "schedule-field-count"),
            ("x 2 * * *", "schedule-field"),
            ("0 24 * * *", "schedule-out-of-range"),
            ("*/0 * * * *", "schedule-zero-step"),
            ("H * * * *", "schedule-hash"),
            ("0 0 15W,20 * *", "schedule-nearest-weekday"),
            ("0 0 * * 1#2,3", "schedule-mixed-weekdays"),
        ],
    ),
    (
        "duration",
        &["90s", "30m", "1h30m", "2d", "1w", "PT1H30M", "P1DT2H", "P2W"],
        &[
            ("", "format-duration"),
            ("90", "format-duration"),
            ("30m1h", "format-duration"),
            ("1.5h", "format-duration"),
            ("-1h", "format-duration"),
            ("P1M", "format-duration"),
            ("P1W2D", "format-duration"),
            ("P1WT1H", "format-duration"),
            ("PT", "format-duration"),
            ("0s", "duration-zero"),
            ("99999999999999999999d", "duration-too-long"),
            ("9999999999999999d", "duration-too-long"),
        ],
    ),
];

#[test]
fn each_format_says_why_not() {
    let mut names: Vec<&str> = CASES.iter().map(|(name, _, _)| *name).collect();
    names.sort_unstable();
    assert_eq!(names, NAMES, "every format is tested, and NAMES is sorted");
    for (format, fitting, unfit) in CASES {
        for text in *fitting {
            assert_eq!(check(format, text), Ok(()), "{format}: {text:?}");
        }
        for (text, code) in *unfit {
            let reason = check(format, text).expect_err(&format!("{format}: {text:?}"));
            assert_eq!(reason.code, *code, "{format}: {text:?}");
            let mut params = reason.params;
            params.extend([("title", "T".into()), ("path", "/t".into()), ("value", (*text).into())]);
            assert_filled(code, &params);
        }
    }
}

#[test]
fn durations_are_seconds() {
    for (text, expected) in [
        ("90s", 90),
        ("1h30m", 5400),
        ("2d", 172_800),
        ("PT1H30M", 5400),
        ("P1DT1S", 86_401),
    ] {
        assert_eq!(seconds(text), Ok(expected), "{text}");
    }
}

#[test]
fn suggestions_fit() {
    for (format, text) in [
        ("dag-id", "my dag/é"),
        ("task-id", " load it "),
        ("python-identifier", "a-b"),
        ("python-identifier", "1a"),
        ("python-identifier", "class"),
        ("image", "Reporting/Seeder:1"),
        ("image", "https://example.com/a:1"),
        ("email-list", "a@x.org;b@x.org"),
    ] {
        let reason = check(format, text).expect_err(text);
        let suggestion = reason.params["suggestion"].as_str().expect("a text");
        assert_eq!(check(format, suggestion), Ok(()), "{format}: {suggestion:?}");
    }
}

#[test]
fn no_text_brings_a_check_down() {
    let alphabet = [
        "{", "}", "%", "#", "'", "\"", "\\", "/", ":", "@", ".", "-", "é", "\u{0}", "P", "T", "1", "a", "W", ",",
    ];
    for format in NAMES.iter().chain(OTHERS) {
        for first in alphabet {
            for second in alphabet {
                for third in alphabet {
                    // The answer does not matter here: that there is one does.
                    let _ = check(format, &format!("{first}{second}{third}"));
                }
            }
        }
    }
}
