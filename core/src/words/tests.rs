use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use serde_json::json;

use super::{template::Params, *};
use crate::{
    dag::{self, Dag, Task},
    python::ReadTask,
};

const LANGUAGES: [(&str, Language); 2] = [("english", Language::English), ("german", Language::German)];

/// A value for every param that sentences know.
fn samples() -> Params {
    let value = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| json!(text));
    SAMPLES.iter().map(|(name, text)| (*name, value(text))).collect()
}

/// Names of params, each with a value as JSON or plain text.
const SAMPLES: &[(&str, &str)] = &[
    ("actual", "string"),
    ("address", "ops@"),
    ("anchor", "node"),
    ("character", " "),
    ("closing", "}}"),
    ("code", "x = 1 2"),
    ("count", "4"),
    ("croniter", r#""1.4""#),
    ("dag_id", "daily report"),
    ("detail", "Expected an expression"),
    ("digest", "sha256:12"),
    ("example", "reporting/seeder:1.4.2"),
    ("expected", r#"["integer", "array"]"#),
    ("field", "hour"),
    ("file", "configs/b.yaml"),
    ("first", "1"),
    ("format", "ipv4"),
    ("found", "{{"),
    ("group_id", "north.europe"),
    ("hint", "use lower-case letters, digits and hyphens"),
    ("id", "kubernetes-job"),
    ("image", "reporting/seeder"),
    ("inventories", "connections, pools"),
    ("key", "retries"),
    ("known", "kubernetes-job, hello"),
    ("languages", "python, shell, sql"),
    ("largest", "23"),
    ("length", "72"),
    ("limit", "60"),
    ("line", "7"),
    ("missing", r#"["/properties/steps: title", "sections: Run"]"#),
    ("name", "retrys"),
    ("names", r#"["task.retries", "task.pool"]"#),
    ("near", "retries"),
    ("notation", "backward-range"),
    ("opening", "{{"),
    ("options", r#"["Small", "Medium", "Large"]"#),
    ("other", "configs/a.yaml"),
    ("path", "/parameters/steps/0/image"),
    ("pattern", "^[a-z-]+$"),
    ("preset", "@dayly"),
    ("range", ">=2.5, <3"),
    ("reading", "date"),
    ("reason", "EACCES"),
    ("reference", "#/$defs/stap"),
    ("ring", "base → orders → base"),
    ("scheme", "s3"),
    ("second", "3"),
    ("seconds", "60"),
    ("since", r#""6.2""#),
    ("smallest", "0"),
    ("step", "5"),
    ("suggestion", "my_dag"),
    ("tag", "1.4 2"),
    ("task_id", "load"),
    ("tasks", r#"["load", "check"]"#),
    ("text", "24"),
    ("title", "Container image"),
    ("value", "2027-02-30"),
    ("values", r#"["s", "m", "l"]"#),
    ("version", "2.9.3"),
    ("wanted", "2"),
    ("what", "gitlab-token"),
];

/// Fails where a sentence of this code needs a fact that is not there.
pub(crate) fn assert_filled(code: &str, params: &Params) {
    for sentence in entries(code).flat_map(sentences) {
        let mut must = String::new();
        let mut depth = 0;
        for character in sentence.chars() {
            match character {
                '[' => depth += 1,
                ']' => depth -= 1,
                _ if depth == 0 => must.push(character),
                _ => {}
            }
        }
        for gap in gaps(&must) {
            assert!(
                params.contains_key(gap),
                "{code}: nothing for {{{gap}}} among {params:?}"
            );
        }
    }
}

/// The sentences of a code in every language.
fn entries(code: &str) -> impl Iterator<Item = &'static Entry> {
    LANGUAGES.into_iter().map(move |(name, language)| {
        let entry = language.catalogue().entries.iter().find(|entry| entry.code == code);
        entry.unwrap_or_else(|| panic!("{code} has no sentence in {name}"))
    })
}

/// The names of the gaps of a sentence.
fn gaps(template: &str) -> Vec<&str> {
    let gaps = template.split('{').skip(1);
    gaps.filter_map(|gap| gap.split_once('}'))
        .map(|(gap, _)| gap.split(':').next().unwrap_or(gap))
        .collect()
}

fn sentences(entry: &Entry) -> impl Iterator<Item = &'static str> {
    [
        Some(entry.message),
        entry.help,
        entry.engineer_message,
        entry.engineer_help,
    ]
    .into_iter()
    .flatten()
}

#[test]
fn the_tables_are_sorted_and_their_gaps_are_known() {
    let samples = samples();
    for (name, language) in LANGUAGES {
        let Catalogue { entries, names, .. } = language.catalogue();
        assert!(
            entries.is_sorted_by(|one, other| one.code < other.code),
            "{name}: a search by halves needs it"
        );
        assert!(names.is_sorted_by(|one, other| one.0 < other.0), "{name}");
    }
    for entry in LANGUAGES.iter().flat_map(|(_, language)| language.catalogue().entries) {
        for sentence in sentences(entry) {
            for gap in gaps(sentence) {
                assert!(samples.contains_key(gap), "{}: {{{gap}}} has no sample", entry.code);
            }
            assert_eq!(
                sentence.matches('{').count(),
                sentence.matches('}').count(),
                "{}",
                entry.code
            );
            assert_eq!(
                sentence.matches('[').count(),
                sentence.matches(']').count(),
                "{}",
                entry.code
            );
            for blame in ["invalid", "ungültig", "fehlerhaft"] {
                assert!(!sentence.to_lowercase().contains(blame), "{}", entry.code);
            }
        }
    }
}

/// What makes two sentences of a code go together.
fn shape(entry: &Entry) -> (&str, [bool; 3], [bool; 2]) {
    let is_empty = |sentence: Option<&str>| sentence == Some("");
    (
        entry.code,
        [
            entry.help.is_some(),
            entry.engineer_message.is_some(),
            entry.engineer_help.is_some(),
        ],
        [is_empty(entry.help), is_empty(entry.engineer_help)],
    )
}

#[test]
fn german_says_all_that_english_says() {
    let (english, german) = (Language::English.catalogue(), Language::German.catalogue());
    let shapes = |catalogue: &Catalogue| catalogue.entries.iter().map(shape).collect::<Vec<_>>();
    assert_eq!(shapes(german), shapes(english));
    let names = |catalogue: &Catalogue| catalogue.names.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    assert_eq!(names(german), names(english));
    for (own, other) in german.entries.iter().zip(english.entries) {
        let known: BTreeSet<&str> = sentences(other).flat_map(gaps).collect();
        for sentence in sentences(own).filter(|sentence| !sentence.is_empty()) {
            for gap in gaps(sentence) {
                assert!(known.contains(gap), "{}: English has no {{{gap}}}", own.code);
            }
            assert!(
                sentences(other).all(|english| english != sentence),
                "{}: not translated: {sentence}",
                own.code
            );
            for quote in ['”', '"', '\''] {
                // A piece of Jinja is quoted as Jinja is.
                assert!(
                    !sentence.contains(quote) || own.code == "template-placeholder",
                    "{}: {sentence}",
                    own.code
                );
            }
        }
    }
}

#[test]
fn a_tag_names_a_language() {
    for (tag, german) in [
        ("de", true),
        ("de-AT", true),
        ("DE-ch", true),
        ("en", false),
        ("en-DE", false),
        ("del", false),
        ("", false),
    ] {
        assert_eq!(Language::of(tag) == Language::German, german, "{tag}");
    }
}

/// Every source file of this crate but the catalogue of words and the tests.
#[expect(
    clippy::disallowed_methods,
    reason = "the test reads the codes in the sources; the engine reads no file"
)]
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("a readable folder").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() && name != "words" {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !name.contains("tests") {
            let text = fs::read_to_string(&path).expect("readable source");
            found.push(
                text.split("#[cfg(test)]\nmod tests {")
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
            );
        }
    }
}

#[test]
fn every_code_has_its_sentences_and_every_sentence_its_code() {
    let mut texts = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut texts);
    // The calls whose first argument is a code.
    let calls = [
        "Finding::error(",
        "Finding::warning(",
        "Finding::information(",
        "Unfit::new(",
        "stop(",
        "finding(",
        ".fault(",
    ];
    let known: BTreeSet<&str> = Language::English
        .catalogue()
        .entries
        .iter()
        .map(|entry| entry.code)
        .collect();
    let mut used = BTreeSet::new();
    for text in &texts {
        for call in calls {
            for (offset, _) in text.match_indices(call) {
                let argument = text[offset + call.len()..].trim_start();
                if let Some(code) = argument.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                    used.insert(code);
                }
            }
        }
    }
    used.extend(crate::rules::RULES.iter().map(|rule| rule.code));
    let missing: Vec<&&str> = used.iter().filter(|code| !known.contains(*code)).collect();
    assert!(missing.is_empty(), "codes without a sentence: {missing:?}");
    let unused = known
        .iter()
        .filter(|code| !texts.iter().any(|text| text.contains(&format!("\"{code}\""))));
    let unused: Vec<&&str> = unused.collect();
    assert!(unused.is_empty(), "sentences without a code: {unused:?}");
}

#[test]
fn reads_well() {
    let samples = samples();
    for (name, language) in LANGUAGES {
        let mut text = String::new();
        for entry in language.catalogue().entries {
            text.push_str(entry.code);
            text.push('\n');
            let mut before = None;
            for audience in [Audience::Requester, Audience::Engineer] {
                let phrase = language.phrase(entry.code, &samples, audience);
                if before.as_ref() != Some(&phrase) {
                    let who = if before.is_none() { "  " } else { "  engineer: " };
                    writeln!(text, "{who}{}", phrase.message).unwrap();
                    if let Some(help) = &phrase.help {
                        writeln!(text, "      {help}").unwrap();
                    }
                }
                before = Some(phrase);
            }
        }
        insta::assert_snapshot!(format!("reads_well_in_{name}"), text);
    }
}

#[test]
fn optional_parts_fall_away() {
    let fill = |template: &str, params: Value| {
        let Value::Object(params) = params else {
            panic!("an object")
        };
        let params: Params = params.into_iter().map(|(name, value)| (&*name.leak(), value)).collect();
        template::fill(Language::English, template, &params)
    };
    assert_eq!(
        fill("Enter {title}[, for example {example}].", json!({"title": "Image"})),
        "Enter “Image”."
    );
    assert_eq!(
        fill(
            "Enter {title}[, for example {example}].",
            json!({"title": "Image", "item": "Step 2", "example": 5})
        ),
        "Enter “Image” of “Step 2”, for example 5."
    );
    assert_eq!(fill("{n:step|steps}", json!({"n": 1})), "1 step");
    assert_eq!(fill("{n:step|steps}", json!({"n": 2})), "2 steps");
    assert_eq!(
        fill("{a}, {a:and}", json!({"a": ["x", "y", "z"]})),
        "x, y or z, x, y and z"
    );
    assert_eq!(fill("{a:name}", json!({"a": ["string", "array"]})), "text or a list");
    let many: Vec<usize> = (0..20).collect();
    assert_eq!(fill("{a}", json!({"a": many})), "0, 1, 2, 3, 4, 5, 6, 7 or 12 more");
}

#[test]
fn quotes_are_short_and_visible() {
    assert_eq!(shortened(&"x".repeat(99)).chars().count(), LONGEST_QUOTE + 1);
    assert_eq!(shortened("a\nb\u{0}\u{202e}"), "a\\nb\\u{0}\\u{202e}");
}

#[test]
fn labels_are_made_of_names() {
    for (name, expected) in [
        ("start_date", "Start date"),
        ("startDate", "Start date"),
        ("image", "Image"),
        ("max-active-runs", "Max active runs"),
        ("CPU_LIMIT", "CPU LIMIT"),
        ("_", "_"),
        ("", ""),
    ] {
        assert_eq!(title(name), expected);
    }
}

#[test]
fn finds_what_was_meant() {
    let names = ["retries", "retry_delay", "image", "schedule"];
    for (name, expected) in [
        ("retrys", Some("retries")),
        ("retryDelay", Some("retry_delay")),
        ("Image", Some("image")),
        ("shedule", Some("schedule")),
        ("colour", None),
        ("x", None),
    ] {
        assert_eq!(nearest(name, names), expected, "{name}");
    }
    assert_eq!(nearest("a", []), None);
}

#[test]
fn schedules_in_words() {
    for (name, language) in LANGUAGES {
        let mut text = format!("none: {}\n", language.schedule(None));
        for expression in EXPRESSIONS {
            let read = Schedule::parse(expression).unwrap_or_else(|error| panic!("{expression}: {error:?}"));
            writeln!(text, "{expression}: {}", language.schedule(Some(&read))).unwrap();
        }
        insta::assert_snapshot!(format!("schedules_in_{name}"), text);
    }
}

const EXPRESSIONS: &[&str] = &[
    "@once",
    "@continuous",
    "@hourly",
    "@daily",
    "@weekly",
    "@monthly",
    "@quarterly",
    "@yearly",
    "0 2 * * *",
    "30 6 * * 1-5",
    "*/15 * * * *",
    "* * * * *",
    "5 * * * *",
    "0,30 * * * *",
    "3,17 * * * *",
    "0 */6 * * *",
    "20 */6 * * *",
    "0 */7 * * *",
    "0 6,18 * * *",
    "0 0,12 * * *",
    "0,30 8,9 * * *",
    "*/10 8-17 * * 1-5",
    "* 9 * * *",
    "0 8-17 * * *",
    "3,17 8-12 * * *",
    "0 6 * * 1",
    "0 6 * * 0,6",
    "0 6 * * fri-mon",
    "0 6 * * 1,3,5",
    "0 0 1 * *",
    "0 0 1,15 * *",
    "0 0 1-7 * *",
    "0 0 L * *",
    "0 0 15,L * *",
    "0 0 15W * *",
    "0 0 * * 5#2",
    "0 0 * * L5",
    "0 0 * * 1#1,1#3",
    "0 0 25 12 *",
    "0 0 1 1,7 *",
    "0 0 * 6-8 *",
    "0 6 * 6-8 1",
    "0 0 13 * 5",
    "0 0 13 6 5",
    "0 0 15W * 1",
    "0 0 13 * 5#2",
    "*/15 * 1 * *",
    "*/15 * * 1 *",
    "0 2 * * * 30",
    "* * * * * */10",
    "*/5 * * * * 15",
    "0 0 1 1 * 0 2030",
    "R 2 * * *",
    "0 0 30 2 *",
    "*/7 3-4,9 */2 2 */3",
    "0 0 15W * 5#2",
    "0 0 L 6 *",
    "5 * * * * */10",
];

#[test]
fn plans_in_words() {
    let dag = |schedule: Option<&str>, retries: &[u32], timeouts: &[Option<f64>], emails: &[&str]| ReadDag {
        dag: Dag {
            schedule: schedule.map_or(dag::Schedule::None, |text| dag::Schedule::Given {
                text: text.to_owned(),
            }),
            tasks: retries
                .iter()
                .map(|retries| Task {
                    retries: Some(*retries),
                    ..Task::default()
                })
                .collect(),
            ..Dag::default()
        },
        tasks: timeouts
            .iter()
            .map(|timeout| ReadTask {
                execution_timeout: *timeout,
                ..ReadTask::default()
            })
            .collect(),
        emails: emails.iter().map(|email| (*email).to_owned()).collect(),
        ..ReadDag::default()
    };
    for (dag, english, german) in [
        (
            dag(
                Some("0 2 * * *"),
                &[2, 1],
                &[Some(3600.0), Some(60.0)],
                &["ops@example.com"],
            ),
            "Daily at 02:00 UTC, up to 3 tries, each task stops after at most 1 h, on failure e-mails ops@example.com.",
            "Täglich um 02:00 Uhr UTC, bis zu 3 Versuche, je Task höchstens 1 Std., bei einem Fehler E-Mail an ops@example.com.",
        ),
        (
            dag(None, &[0], &[None], &[]),
            "Only when started by hand, one try.",
            "Nur von Hand gestartet, ein Versuch.",
        ),
        (
            dag(
                Some("@daily"),
                &[1, 1],
                &[Some(5430.0), None],
                &["a@x.org", "b@x.org", "c@x.org"],
            ),
            "Daily at 00:00 UTC, up to 2 tries, on failure e-mails a@x.org and 2 others.",
            "Täglich um 00:00 Uhr UTC, bis zu 2 Versuche, bei einem Fehler E-Mail an a@x.org und 2 weitere.",
        ),
        (
            ReadDag {
                dag: Dag {
                    schedule: dag::Schedule::Unknown,
                    tasks: vec![Task::default()],
                    ..Dag::default()
                },
                ..ReadDag::default()
            },
            "On a schedule that only Airflow can tell.",
            "Nach einem Zeitplan, den nur Airflow kennt.",
        ),
        (
            dag(Some("whatever"), &[], &[], &["a@x.org", "b@x.org"]),
            "On the schedule whatever, on failure e-mails a@x.org and b@x.org.",
            "Nach dem Zeitplan whatever, bei einem Fehler E-Mail an a@x.org und b@x.org.",
        ),
        (
            dag(None, &[0], &[Some(90061.0)], &[]),
            "Only when started by hand, one try, stops after 1 d 1 h 1 min 1 s.",
            "Nur von Hand gestartet, ein Versuch, höchstens 1 Tag 1 Std. 1 Min. 1 Sek.",
        ),
        (
            ReadDag {
                slack_channels: vec!["#ops".to_owned()],
                ..dag(None, &[0], &[], &["a@x.org"])
            },
            "Only when started by hand, one try, on failure e-mails a@x.org and posts to #ops in Slack.",
            "Nur von Hand gestartet, ein Versuch, bei einem Fehler E-Mail an a@x.org und Nachricht an #ops in Slack.",
        ),
        (
            ReadDag {
                slack_channels: ["#a", "#b", "C1", "C2"].map(str::to_owned).to_vec(),
                ..dag(None, &[0], &[], &[])
            },
            "Only when started by hand, one try, on failure posts to #a and 3 others in Slack.",
            "Nur von Hand gestartet, ein Versuch, bei einem Fehler Nachricht an #a und 3 weitere in Slack.",
        ),
    ] {
        assert_eq!(Language::English.plan(&dag), english);
        assert_eq!(Language::German.plan(&dag), german);
    }
}
