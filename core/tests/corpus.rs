//! The engine through its public door, over files: what is right, what is said, what is written.
#![expect(
    clippy::disallowed_methods,
    reason = "the tests read their fixtures; the engine reads no file"
)]

use std::{fmt::Write as _, fs, path::Path};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use dagwright_core::{
    Engine,
    answer::{Answer, ConfigInput, PythonRequest, Request, SourceFile},
    dag::Schedule,
    diagnostic::{Diagnostic, Label, Operation},
    field::{Field, FieldKind},
    settings::{Audience, Environment, Settings},
};

/// Friday, 20 November 2026, 12:00 UTC.
const NOW: i64 = 1_795_176_000;

#[test]
fn right_configs_have_no_findings() {
    insta::glob!("fixtures/ok/*.yaml", |path| {
        let answer = answer(&engine(Audience::Requester), &read(path), None);
        assert_eq!(answer.diagnostics, []);
        assert_eq!(answer.files.len(), 1);
        assert_eq!(answer.unresolved, []);
        insta::assert_snapshot!(overview(&answer));
    });
}

#[test]
fn examples_have_no_findings() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates");
    let mut seen = 0;
    for template in entries(&folder) {
        for example in entries(&template.join("examples")) {
            let text = read(&example);
            let engine = engine(Audience::Requester);
            for environment in [None, Some("dev"), Some("prod")] {
                let answer = answer(&engine, &text, environment);
                assert_eq!(answer.diagnostics, [], "{}", example.display());
                assert_eq!(answer.files.len(), 1, "{}", example.display());
                assert!(answer.dags.iter().all(|dag| !dag.partial), "{}", example.display());
                seen += 1;
            }
        }
    }
    assert!(seen >= 6, "only {seen} examples were found");
}

#[test]
fn every_wrong_config_is_told_apart() {
    insta::glob!("fixtures/err/*.yaml", |path| {
        let text = read(path);
        let mut said = String::new();
        for audience in [Audience::Requester, Audience::Engineer] {
            let answer = answer(&engine(audience), &text, Some("prod"));
            assert!(!answer.diagnostics.is_empty(), "{} is found right", path.display());
            let _ = writeln!(said, "── to a {audience:?}\n{}", report(&answer.diagnostics));
        }
        insta::assert_snapshot!(said);
    });
}

#[test]
fn configs_render() {
    insta::glob!("fixtures/render/*.yaml", |path| {
        let text = read(path);
        let mut written = String::new();
        for version in ["2.5", "2.11", "3.3"] {
            let mut settings = Settings::default();
            settings.airflow.version = version.to_owned();
            let answer = answer(&loaded(settings, &catalogue()), &text, None);
            assert_eq!(answer.diagnostics, []);
            for file in &answer.files {
                let _ = writeln!(written, "── Airflow {version}: {}\n{}", file.path, file.text);
            }
        }
        insta::assert_snapshot!(written);
    });
}

#[test]
fn the_template_gate_and_the_output_gate() {
    insta::glob!("fixtures/gate/*.j2", |path| {
        let files = [
            source("gate/template.yaml", GATE_TEMPLATE),
            source("gate/dag.py.j2", &read(path)),
            source("gate/other.py.j2", "x = {{ parameters.text }}\n"),
            source("gate/macros.py.j2", GATE_MACROS),
            source("gate/base.py.j2", GATE_BASE),
            source("gate/value.py.j2", "{{ parameters.text }}"),
            source("gate/documented.py.j2", GATE_DOCUMENTED),
            source("gate/text.md.j2", "# {{ parameters.text }}\n"),
            source(
                "gate/link.md.j2",
                "[a]({{ parameters.address }}), {{ parameters.address }}\n",
            ),
            source("gate/brace.md.j2", "{% raw %}{{% endraw %}{{ parameters.percent }}\n"),
        ];
        let settings = Settings {
            audience: Audience::Engineer,
            ..Settings::default()
        };
        let mut engine = Engine::new(settings);
        let loaded = engine.load(&files);
        let mut said = report(&loaded.diagnostics);
        if loaded.diagnostics.is_empty() {
            let answer = answer(&engine, GATE_CONFIG, None);
            said = report(&answer.diagnostics);
            for file in answer.files {
                said.push_str(&file.text);
            }
        }
        insta::assert_snapshot!(said);
    });
}

#[test]
fn a_character_that_is_no_jinja_is_told() {
    for character in "\\!?;$&`@^#§ß\u{a0}\u{1f40d}\u{7}".chars() {
        for tag in [
            format!("x = {{{{ parameters.a{character} }}}}\n"),
            format!("{{% if {character}a %}}\nx = 1\n{{% endif %}}\n"),
            format!("{{% set a = [{character}"),
        ] {
            let files = [
                source("gate/template.yaml", GATE_TEMPLATE),
                source("gate/dag.py.j2", &tag),
            ];
            let loaded = Engine::new(Settings::default()).load(&files);
            let codes: Vec<_> = loaded.diagnostics.iter().map(|found| found.code.as_str()).collect();
            assert_eq!(codes, ["template-syntax"], "{tag}");
        }
    }
}

#[test]
fn a_template_that_grows_is_stopped() {
    let doubled = |step: &str| {
        let steps: Vec<_> = (0..60).map(|_| format!("{{% set x = {step} %}}\n")).collect();
        format!(
            "{{% set x = parameters.text %}}\n{}x = {{{{ x|length }}}}\n",
            steps.concat()
        )
    };
    let macros: Vec<_> = (0..40)
        .map(|number| {
            format!(
                "{{% macro m{number}() %}}\nx = 1\n{{{{ m{0}() }}}}{{{{ m{0}() }}}}\n{{% endmacro %}}\n",
                number + 1
            )
        })
        .collect();
    let calls: Vec<_> = (0..22)
        .map(|number| {
            format!(
                "{{% macro c{number}() %}}\nx = 1\n{{% call c{0}() %}}{{% endcall %}}{{% call c{0}() %}}{{% endcall %}}\n{{% endmacro %}}\n",
                number + 1
            )
        })
        .collect();
    let (macros, calls) = (macros.concat(), calls.concat());
    let line = "y = 1\n".repeat(10_000);
    for text in [
        doubled("x ~ x"),
        doubled("x + x"),
        doubled("[x, x]"),
        doubled("(x, x)"),
        doubled("x, x"),
        doubled("{'a': x, 'b': x}"),
        doubled("[x]|chain([x])|list"),
        doubled("[x, x]|join"),
        doubled("[x, x]|join(x)"),
        doubled("[x, x]|join(d=x)"),
        doubled("[[x], [x]]|sum(start=[])"),
        doubled("x|replace('x', x ~ x)"),
        doubled("x|replace('', x)"),
        doubled("[x, x]|string"),
        doubled("[x]"),
        "{% macro m(x) %}\n{{ m([[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]) }}\n{% endmacro %}\n{{ m(1) }}\n".to_owned(),
        doubled("x * 100"),
        doubled("100 * x"),
        doubled("[x] * 100"),
        doubled("x|batch(1000000000, x)"),
        doubled("x|slice(1000000000, x)"),
        "{% with x = parameters.text * 50000000 %}x = {{ x|length }}{% endwith %}\n".to_owned(),
        "{% set x = range(100000)|list %}\n".repeat(2_000),
        "{% set x = range(100000)|batch(1, 'x') %}\n".repeat(2_000),
        "{% set a = range(9999)|join(range(9999)|join) %}\nx = {{ a }}\n".to_owned(),
        "{% set a = [range(9999)|join] %}\n{% set b = a + a + a %}\nx = {{ ([b, b, b, b, b, b, b, b, b, b, b, b, b, b, b, b, b, b, b, b]) }}\n".to_owned(),
        format!("{macros}{{% macro m40() %}}\n{line}{{% endmacro %}}\n{{{{ m0() }}}}\n"),
        format!("{calls}{{% macro c22() %}}\n{line}{{% endmacro %}}\n{{% call c0() %}}{{% endcall %}}\n"),
        format!("{{% macro m() %}}\n{{% for a in range(100000) %}}\n{line}{{% endfor %}}\n{{% endmacro %}}\n{{{{ m() }}}}\n"),
        format!("{{% macro m() %}}\n{{% for a in [] %}}\n{{% else %}}\n{line}{{% endfor %}}\n{{% endmacro %}}\n{{% for a in range(10000) %}}\n{{% set x = m() %}}\n{{% endfor %}}\n"),
        "{% macro m() %}\n{% for a in range(100000) %}\n{% include \"large.py.j2\" %}\n{% endfor %}\n{% endmacro %}\n{{ m() }}\n".to_owned(),
        format!("{{% block b %}}\n{line}{{% endblock %}}\n{{% for a in range(100000) %}}\n{{% set x = self.b() %}}\n{{% endfor %}}\n"),
    ] {
        let files = [
            source("gate/template.yaml", GATE_TEMPLATE),
            source("gate/dag.py.j2", &text),
            source("gate/large.py.j2", &line),
        ];
        let mut engine = Engine::new(Settings::default());
        let loaded = engine.load(&files);
        let beginning: String = text.chars().take(300).collect();
        assert_eq!(loaded.diagnostics, [], "{beginning}");
        let config = "template: gate@1\npackage: gate\nname: test\nparameters: {text: xxxxx}\n";
        let answer = answer(&engine, config, None);
        let codes: Vec<_> = answer.diagnostics.iter().map(|found| found.code.as_str()).collect();
        assert!(
            matches!(codes[..], ["template-memory" | "template-failed" | "output-too-large"]),
            "{codes:?}: {beginning}"
        );
    }
}

#[test]
fn syntax_that_is_too_new_for_the_python_of_a_target_is_refused() {
    let mut said = String::new();
    for text in [
        "if (x := 1):\n    y = x\n",
        "match 1:\n    case _:\n        x = 1\n",
        "try:\n    x = 1\nexcept* ValueError:\n    x = 2\n",
        "type X = int\n",
        "x = f'{'a'}'\n",
        "x = t'a'\n",
    ] {
        for version in ["2.5.3", "2.11.2", "3.0.6", "3.3.2"] {
            let mut settings = Settings {
                audience: Audience::Engineer,
                ..Settings::default()
            };
            settings.airflow.version = version.to_owned();
            let mut engine = Engine::new(settings);
            let files = [
                source("gate/template.yaml", GATE_TEMPLATE),
                source("gate/dag.py.j2", &format!("first = 1\n{text}")),
            ];
            assert_eq!(engine.load(&files).diagnostics, [], "{text}");
            let answer = answer(&engine, GATE_CONFIG, None);
            let _ = write!(said, "── {text:?} for Airflow {version}: ");
            match answer.files.as_slice() {
                [] => said.push_str(&report(&answer.diagnostics)),
                _ => said.push_str("written\n"),
            }
        }
    }
    insta::assert_snapshot!(said);
}

const GATE_TEMPLATE: &str = r#"
id: gate
version: 1.0.0
title: Gate
summary: Tries the gates.
parameters:
  type: object
  properties:
    text: {type: string, format: airflow-jinja}
    words: {type: array, items: {type: string}}
    map: {type: object, additionalProperties: {type: string}}
    number: {type: integer, default: -7}
    braces: {type: string, default: "{ 7*7 }"}
    percent: {type: string, default: "% set x = 7 %}"}
    address: {type: string, default: "https://a.example/x"}
    spelling: {type: array, items: {type: string}, default: [a-b, a_b]}
    repeated: {type: array, items: {type: string}, default: [a, a]}
outputs: [{source: dag.py.j2}]
"#;

const GATE_MACROS: &str = r"
{% macro assign(name, value) %}
{{ name|identifier }} = {{ value }}
{% endmacro %}
{% macro pair(name, one, two) %}
{{ name|identifier }} = ({{ one }}, {{ two }})
{% endmacro %}
";

const GATE_BASE: &str = r"
head = {{ parameters.text }}
{% block middle %}
base = {{ parameters.number }}
{% endblock %}
";

const GATE_DOCUMENTED: &str = r#"
documented = """
{% block doc %}
It's a text.
{% endblock %}
"""
"#;

const GATE_CONFIG: &str = r#"
template: gate@1
package: gate
name: test
parameters:
  text: "\"\"\"'''\nimport os; os.system('x') # é 𝄞 \\"
  words: [one, "t\"wo", import]
  map: {"k'": "v\n"}
"#;

#[test]
fn wrong_templates_are_told_apart() {
    insta::glob!("fixtures/template/*.yaml", |path| {
        let files = [
            source("wrong/template.yaml", &read(path)),
            source("wrong/dag.py.j2", "x = 1\n"),
        ];
        let settings = Settings {
            audience: Audience::Engineer,
            ..Settings::default()
        };
        let loaded = Engine::new(settings).load(&files);
        assert!(!loaded.diagnostics.is_empty(), "{} is found right", path.display());
        insta::assert_snapshot!(report(&loaded.diagnostics));
    });
}

#[test]
fn every_wrong_config_is_told_apart_in_german() {
    insta::glob!("fixtures/err/*.yaml", |path| {
        let text = read(path);
        let mut said = String::new();
        for audience in [Audience::Requester, Audience::Engineer] {
            let answer = answer(&german(audience), &text, Some("prod"));
            let codes = |answer: &Answer| -> Vec<String> {
                answer.diagnostics.iter().map(|finding| finding.code.clone()).collect()
            };
            let english = self::answer(&engine(audience), &text, Some("prod"));
            let (mut own, mut other) = (codes(&answer), codes(&english));
            own.sort();
            other.sort();
            assert_eq!(own, other, "{}", path.display());
            let _ = writeln!(said, "── to a {audience:?}\n{}", report(&answer.diagnostics));
            if audience == Audience::Requester {
                for finding in &answer.diagnostics {
                    let fix = finding.fix.iter().map(|fix| &fix.title);
                    for sentence in [&finding.message].into_iter().chain(&finding.help).chain(fix) {
                        assert_german(sentence);
                    }
                }
            }
        }
        insta::assert_snapshot!(said);
    });
}

#[test]
fn the_form_asks_in_german() {
    let mut said = String::new();
    insta::glob!("fixtures/ok/*.yaml", |path| {
        let answer = answer(&german(Audience::Requester), &read(path), None);
        assert_german(answer.summary.as_deref().unwrap_or_default());
        let _ = writeln!(said, "{}", answer.summary.as_deref().unwrap_or_default());
        for field in &answer.fields {
            write_words(field, 0, &mut said);
        }
    });
    insta::assert_snapshot!(said);
}

/// The words of a field and of those in it.
fn write_words(field: &Field, depth: usize, said: &mut String) {
    let section = field.prompt.section.as_deref().unwrap_or_default();
    let description = field.prompt.description.as_deref().unwrap_or_default();
    for words in [field.title(), section, description] {
        assert_german(words);
    }
    let _ = writeln!(said, "{:depth$}[{section}] {}: {description}", "", field.title());
    let (inner, choices) = match &field.kind {
        FieldKind::Group { fields } => (fields.as_slice(), [].as_slice()),
        FieldKind::List { items, .. } => (items.as_slice(), [].as_slice()),
        FieldKind::Map { entries, .. } => (entries.as_slice(), [].as_slice()),
        FieldKind::Choice { options } => ([].as_slice(), &**options),
        FieldKind::Schedule { presets, .. } => ([].as_slice(), presets.as_slice()),
        _ => ([].as_slice(), [].as_slice()),
    };
    for choice in choices {
        assert_german(&choice.label);
        let _ = writeln!(said, "{:depth$}  ({})", "", choice.label);
    }
    for field in inner {
        write_words(field, depth + 2, said);
    }
}

/// Fails where a sentence holds words that English cannot do without.
fn assert_german(sentence: &str) {
    let english = [
        "the", "is", "are", "must", "and", "or", "of", "to", "with", "when", "it", "this", "not", "can", "Enter",
        "use", "Yes", "No", "every", "at", "on",
    ];
    let mut words = sentence.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    assert!(words.all(|word| !english.contains(&word)), "{sentence}");
}

#[test]
fn the_templates_of_the_repository_are_translated() {
    for language in ["en", "de", "de-AT", "fr"] {
        let settings = Settings {
            language: language.to_owned(),
            audience: Audience::Engineer,
            ..Settings::default()
        };
        let loaded = Engine::new(settings).load(&catalogue());
        assert_eq!(loaded.diagnostics, []);
        assert!(loaded.templates.iter().all(|card| card.locales.contains_key("de")));
        let card = loaded
            .templates
            .iter()
            .find(|card| card.id == "kubernetes-job")
            .unwrap();
        assert_eq!(card.title, "Kubernetes job");
        assert_eq!(card.locales["de"].title.as_deref(), Some("Kubernetes-Job"));
    }
}

#[test]
fn wrong_words_of_a_template_are_told_apart() {
    insta::glob!("fixtures/locale/*.yaml", |path| {
        let files = [
            source("job/template.yaml", LOCALE_TEMPLATE),
            source("job/dag.py.j2", "x = {{ parameters.text }}\n"),
            source("job/locales/de.yaml", &read(path)),
            source("job/locales/german.yaml", "title: Beispiel\n"),
        ];
        let mut said = String::new();
        for language in ["en", "de"] {
            let mut engine = Engine::new(Settings {
                language: language.to_owned(),
                audience: Audience::Engineer,
                ..Settings::default()
            });
            let loaded = engine.load(&files);
            assert_eq!(loaded.templates.len(), 1, "a translation never takes a template away");
            let _ = writeln!(said, "── in {language}\n{}", report(&loaded.diagnostics));
            let answer = answer(&engine, "template: job@1\npackage: a\nname: b\n", None);
            assert_eq!(answer.diagnostics, []);
            assert!(
                answer.files[0].text.ends_with("x = \"one\"\n"),
                "no word becomes a value"
            );
            for field in &answer.fields[2..] {
                let words = [
                    Some(field.title()),
                    field.prompt.description.as_deref(),
                    field.prompt.section.as_deref(),
                ];
                let _ = writeln!(said, "{} {words:?} {:?}", field.pointer, field.kind);
            }
        }
        insta::assert_snapshot!(said);
    });
}

const LOCALE_TEMPLATE: &str = r"
id: job
version: 1.0.0
title: Job
summary: Tries words.
parameters:
  type: object
  properties:
    size:
      title: Size
      oneOf: [{const: s, title: Small}, {const: l, title: Large}]
      default: s
      x-ui: {section: Run}
    text: {title: Text, description: Any text., type: string, default: one}
outputs: [{source: dag.py.j2}]
";

#[test]
fn wrong_settings_name_the_key() {
    let mut said = String::new();
    for text in [
        "",
        "{",
        "[]",
        r#"{"titel": "X"}"#,
        r#"{"title": 7, "airflow": {"version": "1.10"}}"#,
        r#"{"environments": ["dev", "dev", "Prod"], "url": "ftp://x"}"#,
        r#"{"language": "de", "titel": "X", "airflow": {"version": "1.10"}}"#,
        r#"{"language": "../en"}"#,
        r#"{"colours": {"accent": "red"}, "paths": {"output": "../{dag_id}.py"}}"#,
        r#"{"forge": {"kind": "gitlab", "url": "https://g", "project": "a/b", "api": "http://r", "mail": "x"}, "owners": {"p": 5}}"#,
    ] {
        let (_, diagnostics) = Engine::settings(text);
        let _ = writeln!(said, "── {text}\n{}", report(&diagnostics));
    }
    insta::assert_snapshot!(said);
}

#[test]
fn values_and_text_give_the_same_answer() {
    let text = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ok/several_steps.yaml"));
    let engine = engine(Audience::Requester);
    let from_text = answer(&engine, &text, None);
    let request = Request {
        config: ConfigInput::Values {
            values: from_text.config.document.clone(),
            base: None,
        },
        environment: None,
        now: Some(NOW),
        revision: 0,
    };
    let from_values = engine.answer(&request);
    assert_eq!(from_values.files, from_text.files);
    assert_eq!(from_values.fields, from_text.fields);
    assert_eq!(from_values.config.document, from_text.config.document);
    assert_eq!(answer(&engine, &from_values.config.text, None).files, from_text.files);
}

#[test]
fn a_summary_promises_nothing_that_is_wrong() {
    let engine = engine(Audience::Requester);
    let right = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ok/one_step.yaml"));
    let summary = |line: &str| answer(&engine, &format!("{right}{line}"), None).summary;
    assert_eq!(
        summary("  slack_channel: '#reporting-alerts'\n  email: [ops@example.com]\n").as_deref(),
        Some(
            "Only when started by hand, up to 3 tries, stops after 1 h, on failure e-mails ops@example.com and posts to \
             #reporting-alerts in Slack."
        )
    );
    for wrong in ["schedule: every day", "email: [reporting team]", "retries: many"] {
        assert_eq!(summary(&format!("  {wrong}\n")), None, "{wrong}");
    }
}

#[test]
fn two_files_with_one_dag_are_told() {
    let summary = |file: &str, dag_id: &str| dagwright_core::dag::Summary {
        file: file.to_owned(),
        dag_ids: vec![dag_id.to_owned()],
    };
    let diagnostics =
        engine(Audience::Engineer).relate(&[summary("a.yaml", "x"), summary("b.yaml", "y"), summary("c.yaml", "x")]);
    insta::assert_snapshot!(report(&diagnostics));
}

#[test]
fn a_python_file_is_read_on_its_own() {
    let deep = format!("x = {}1{}", "(".repeat(5000), ")".repeat(5000));
    let mut said = String::new();
    for (name, text) in [
        ("good", PYTHON),
        ("duplicate and unknown names", PYTHON_WRONG),
        ("no Python", "with DAG('x'\n    pass\n"),
        ("too deep", &*deep),
        ("unresolved", PYTHON_UNRESOLVED),
        ("empty", ""),
    ] {
        let answer = engine(Audience::Engineer).read(&PythonRequest {
            text: text.to_owned(),
            ..PythonRequest::default()
        });
        let _ = writeln!(said, "── {name}\n{}", report(&answer.diagnostics));
        for dag in &answer.dags {
            let _ = writeln!(said, "{}", serde_json::to_string_pretty(dag).unwrap());
        }
        for unresolved in &answer.unresolved {
            let _ = writeln!(said, "{unresolved:?}");
        }
    }
    insta::assert_snapshot!(said);
}

const PYTHON: &str = r#"
from datetime import datetime, timedelta
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, TaskGroup

with DAG("nightly", start_date=datetime(2024, 1, 1), schedule="0 2 * * *", catchup=False, tags=["night"]):
    start = EmptyOperator(task_id="start", retries=2, execution_timeout=timedelta(hours=1))
    with TaskGroup("load") as load:
        EmptyOperator(task_id="orders")
    start >> load
"#;

const PYTHON_WRONG: &str = r#"
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

with DAG("wrong id", schedule="61 * * * *"):
    EmptyOperator(task_id="a") >> EmptyOperator(task_id="a")
    EmptyOperator(task_id="b") >> missing
"#;

const PYTHON_UNRESOLVED: &str = r#"
import os
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

with DAG("unresolved", schedule=None):
    if os.environ.get("STAGE"):
        EmptyOperator(task_id="a")
"#;

#[test]
fn the_dag_of_an_answer_has_a_picture() {
    let engine = engine(Audience::Requester);
    let text = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ok/several_steps.yaml"));
    let answer = answer(&engine, &text, None);
    let dag = &answer.dags[0];
    let picture = engine.layout(dag, &[]);
    let drawn: Vec<_> = picture.nodes.iter().map(|node| node.id.as_str()).collect();
    for task in &dag.tasks {
        assert!(
            drawn.contains(&task.task_id.as_str()),
            "{} is not in {drawn:?}",
            task.task_id
        );
    }
    assert!(picture.width > 0.0 && picture.height > 0.0);
    insta::assert_debug_snapshot!(picture);
}

#[test]
fn a_template_for_a_newer_airflow_is_refused() {
    let text = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ok/one_step.yaml"));
    let mut said = String::new();
    for audience in [Audience::Requester, Audience::Engineer] {
        let mut settings = Settings {
            audience,
            ..Settings::default()
        };
        settings.airflow.version = "2.3".to_owned();
        let answer = answer(&loaded(settings, &catalogue()), &text, None);
        let _ = writeln!(said, "── to a {audience:?}\n{}", report(&answer.diagnostics));
    }
    insta::assert_snapshot!(said);
}

#[test]
fn what_is_written_leads_back_to_the_portal() {
    let text = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ok/one_step.yaml"));
    let settings = Settings {
        url: Some("https://dags.example.com/portal/".to_owned()),
        ..Settings::default()
    };
    let engine = loaded(settings, &catalogue());
    let from_text = answer(&engine, &text, None);
    let link = from_text.files[0]
        .text
        .lines()
        .find_map(|line| line.strip_prefix("# Portal: https://dags.example.com/portal/#/open/1."))
        .expect("a link to the portal");
    let config = BASE64_URL_SAFE_NO_PAD.decode(link).expect("base64");
    let config: serde_json::Value = serde_json::from_slice(&config).expect("JSON");
    assert_eq!(config, from_text.config.document);
    let from_values = engine.answer(&values(config, None));
    assert_eq!(
        from_values.config.text.lines().next(),
        Some("# yaml-language-server: $schema=https://dags.example.com/portal/schemas/config.schema.json")
    );
    assert_eq!(from_values.files, from_text.files);
}

#[test]
fn a_change_keeps_the_comments_of_a_config() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ok/one_step.yaml");
    let base = format!("# Asked for by the shop.\n{}", read(&path));
    let engine = engine(Audience::Requester);
    let mut document = answer(&engine, &base, None).config.document;
    document["name"] = "changed".into();
    let changed = engine.answer(&values(document.clone(), Some(base)));
    assert_eq!(changed.diagnostics, []);
    assert!(changed.config.text.starts_with("# Asked for by the shop.\n"));
    assert!(
        changed.config.text.contains("name: changed\n"),
        "{}",
        changed.config.text
    );
    assert_eq!(changed.config.document, document);

    let lost = engine.answer(&values(document.clone(), Some("# Not YAML.\na: [1\n".to_owned())));
    assert_eq!(lost.config.document, document);
    assert_eq!(lost.files, changed.files);
    insta::assert_snapshot!(report(&lost.diagnostics));
}

#[test]
fn neither_a_release_nor_the_order_of_members_changes_a_file() {
    let settings = Settings {
        url: Some("https://dags.example.com".to_owned()),
        ..Settings::default()
    };
    let engine = loaded(settings, &catalogue());
    let steps = "parameters:\n  steps:\n    - {name: a, image: 'x/a:1'}\n";
    let one = format!("template: kubernetes-job@1\npackage: p\nname: n\n{steps}  owner: o\n  description: d\n");
    let other = format!("{steps}  description: d\n  owner: o\nname: n\npackage: p\ntemplate: kubernetes-job@1\n");
    let files = [one, other].map(|text| {
        let answer = answer(&engine, &text, None);
        assert_eq!(answer.diagnostics, []);
        answer.files
    });
    assert_eq!(files[0], files[1]);
    let head: Vec<&str> = files[0][0]
        .text
        .lines()
        .take_while(|line| line.starts_with('#'))
        .collect();
    assert!(
        head.iter().all(|line| !line.contains(env!("CARGO_PKG_VERSION"))),
        "{head:?}"
    );
}

#[test]
fn what_was_meant_is_one_click_away() {
    let settings = Settings {
        environments: ["dev", "prod"].map(Environment::from).into(),
        ..Settings::default()
    };
    let engine = loaded(settings, &catalogue());
    let text = "\
template: kubernets-job@1
packge: p
name: n
parameters:
  description: d
  owner: o
  shedule: '@daily'
  steps:
    - {name: extract, image: 'x/a:1', resorces: {}}
    - {name: load, image: 'x/b:1', depends_on: [extrat], environment_variable: {A: b}}
environments:
  dev: {retrys: 3, catchup: true}
  prd: {}
";
    let mut document = answer(&engine, text, None).config.document;
    // The first change lets the template be read, which finds more.
    for _ in 0..2 {
        for environment in ["dev", "prod"] {
            let mut request = values(document.clone(), None);
            request.environment = Some(environment.to_owned());
            for diagnostic in engine.answer(&request).diagnostics {
                for operation in diagnostic.fix.into_iter().flat_map(|fix| fix.operations) {
                    change(&mut document, operation);
                }
            }
        }
    }
    let meant = text
        .replace("kubernets", "kubernetes")
        .replace("packge", "package")
        .replace("shedule", "schedule")
        .replace("resorces", "resources")
        .replace("extrat", "extract")
        .replace("environment_variable:", "environment_variables:")
        .replace("retrys", "retries")
        .replace("prd", "prod");
    assert_eq!(document, answer(&engine, &meant, None).config.document);
    assert_eq!(engine.answer(&values(document, None)).diagnostics, []);
}

#[test]
fn what_is_wrong_is_said_while_other_answers_are_missing() {
    let engine = engine(Audience::Requester);
    let said = |text: &str| {
        let answer = answer(&engine, &format!("template: kubernetes-job@1\n{text}"), None);
        assert_eq!(answer.files, [], "nothing is shown of a file with stand-ins");
        assert_eq!(answer.dags, []);
        let brief = |finding: &Diagnostic| format!("{} {}", finding.code, finding.primary.pointer.as_ref().unwrap());
        answer.diagnostics.iter().map(brief).collect::<Vec<_>>()
    };
    // A dependency on a step that does not exist; owner and description are missing, and the image of a step.
    let found = said(
        "package: p\nname: n\nparameters:\n  steps:\n    - {name: extract}\n    - {name: load, image: 'x/b:1', depends_on: [extrat]}\n",
    );
    assert_eq!(
        found,
        [
            "required /parameters/description",
            "required /parameters/owner",
            "required /parameters/steps/0/image",
            "unknown-dependency /parameters/steps/1/depends_on/0",
        ]
    );
    // A circle, two steps of one name, a name that Python knows; one answer is wrong.
    let steps = "parameters:\n  retry_delay: soon\n  steps:\n";
    let found = said(&format!(
        "{steps}    - {{name: a, image: 'x/b:1', depends_on: [b]}}\n    - {{name: b, image: 'x/b:1', depends_on: [a]}}\n"
    ));
    assert!(
        found.contains(&"dependency-cycle /parameters/steps/1/depends_on/0".to_owned()),
        "{found:?}"
    );
    let found = said(&format!(
        "{steps}    - {{name: a, image: 'x/b:1'}}\n    - {{name: a, image: 'x/b:1'}}\n"
    ));
    assert!(
        found.contains(&"duplicate-task-id /parameters/steps/1/name".to_owned()),
        "{found:?}"
    );
    let found = said(&format!("{steps}    - {{name: dag, image: 'x/b:1'}}\n"));
    assert!(
        found.contains(&"name-taken /parameters/steps/0/name".to_owned()),
        "{found:?}"
    );
    // What a stand-in does is nobody's mistake.
    let found = said("parameters:\n  steps:\n    - {}\n    - {}\n");
    assert!(
        found.iter().all(|finding| finding.starts_with("required ")),
        "{found:?}"
    );
}

/// Does what an operation of JSON Patch says.
fn change(document: &mut serde_json::Value, operation: Operation) {
    match operation {
        Operation::Add { path, value } | Operation::Replace { path, value } => {
            path.set(document, value);
        }
        Operation::Remove { path } => {
            path.remove(document);
        }
    }
}

#[test]
fn every_environment_is_declared_and_checked() {
    let config = |environments: &str| {
        format!(
            "template: kubernetes-job@1\npackage: p\nname: n\nparameters:\n  description: d\n  owner: o\n  steps: [{{name: a, image: 'x/a:1'}}]\nenvironments:\n{environments}"
        )
    };
    let check = |engine: &Engine, text: &str, environment: Option<&str>| {
        engine.check(&Request {
            environment: environment.map(str::to_owned),
            config: ConfigInput::Text { text: text.to_owned() },
            now: None,
            revision: 0,
        })
    };

    let declaring = loaded(
        Settings {
            environments: ["dev", "prod"].map(Environment::from).into(),
            ..Settings::default()
        },
        &catalogue(),
    );
    let checked = check(&declaring, &config("  dev: {}\n  prd: {retries: many}\n"), Some("dev"));
    assert_eq!(checked.environments, ["dev", "prod"]);
    assert_eq!(
        report(&checked.diagnostics),
        "Error unknown-environment at 10:3-10:6 /environments/prd\n  There is no environment called “prd” here.\n  help: Did you mean “prod”? The environments are dev and prod.\n"
    );

    let open = engine(Audience::Requester);
    for count in [50, 51, 200] {
        let mut wrong = String::new();
        for number in 0..count {
            let _ = writeln!(wrong, "  e{number}: {{retries: many}}");
        }
        let text = config(&wrong);
        let names = check(&open, &text, None).environments;
        assert_eq!(names.len(), 50);
        let found = check(&open, &text, Some(&names[49])).diagnostics;
        let codes: Vec<&str> = found.iter().map(|finding| finding.code.as_str()).collect();
        let expected = if count > 50 {
            &["too-many-entries", "wrong-type"][..]
        } else {
            &["wrong-type"][..]
        };
        assert_eq!(codes, expected, "{count}");
    }
}

#[test]
fn the_form_asks_for_the_config_as_it_stands_whichever_environment_is_shown() {
    let engine = engine(Audience::Requester);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ok/one_step.yaml");
    let mut document = answer(&engine, &read(&path), None).config.document;
    document["parameters"]["schedule"] = "0 6 * * *".into();
    document["environments"] = serde_json::json!({"dev": {"schedule": null, "retries": 0}});
    let plain = engine.answer(&values(document.clone(), None));
    let shown = engine.answer(&Request {
        environment: Some("dev".to_owned()),
        ..values(document, None)
    });
    assert_eq!(shown.fields, plain.fields);
    assert_eq!(shown.prompts, plain.prompts);
    assert_eq!(plain.dags[0].schedule.text(), Some("0 6 * * *"));
    assert_eq!(shown.dags[0].schedule, Schedule::None);
}

#[test]
fn a_path_has_no_words_in_it_that_nobody_said() {
    let engine = engine(Audience::Requester);
    let path = |text: &str| answer(&engine, text, None).config.path;
    let head = "template: kubernetes-job@1\n";
    assert_eq!(path(head), "configs/{package}/{name}.yaml");
    assert_eq!(
        path(&format!("{head}package: finance\n")),
        "configs/finance/{name}.yaml"
    );
    assert_eq!(
        path(&format!("{head}package: finance\nname: A B\n")),
        "configs/finance/{name}.yaml"
    );
    assert_eq!(
        path(&format!("{head}package: finance\nname: close\n")),
        "configs/finance/close.yaml"
    );
    assert_eq!(path("foo: [x"), "configs/{package}/{name}.yaml");
}

fn values(values: serde_json::Value, base: Option<String>) -> Request {
    Request {
        config: ConfigInput::Values { values, base },
        environment: None,
        now: Some(NOW),
        revision: 0,
    }
}

fn engine(audience: Audience) -> Engine {
    let settings = Settings {
        audience,
        ..Settings::default()
    };
    loaded(settings, &catalogue())
}

fn loaded(settings: Settings, files: &[SourceFile]) -> Engine {
    let mut engine = Engine::new(settings);
    let loaded = engine.load(files);
    assert_eq!(loaded.diagnostics, []);
    engine
}

/// An engine that speaks German to an audience.
fn german(audience: Audience) -> Engine {
    let settings = Settings {
        audience,
        language: "de".to_owned(),
        ..Settings::default()
    };
    loaded(settings, &catalogue())
}

/// The catalogue of the repository.
fn catalogue() -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates");
    let mut files = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for path in entries(&next) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/");
                files.push(source(&name, &read(&path)));
            }
        }
    }
    files
}

fn entries(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    entries
}

fn source(path: &str, text: &str) -> SourceFile {
    SourceFile {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn answer(engine: &Engine, text: &str, environment: Option<&str>) -> Answer {
    engine.answer(&Request {
        config: ConfigInput::Text { text: text.to_owned() },
        environment: environment.map(str::to_owned),
        now: Some(NOW),
        revision: 0,
    })
}

/// What a person would see first of an answer.
fn overview(answer: &Answer) -> String {
    let mut text = format!(
        "{}\n{}\nnext runs: {:?}\n",
        answer.config.path,
        answer.summary.as_deref().unwrap_or("no summary"),
        answer.upcoming
    );
    for dag in &answer.dags {
        let _ = writeln!(
            text,
            "{} {:?} {:?} {:?}",
            dag.dag_id.as_deref().unwrap_or("?"),
            dag.schedule,
            dag.catchup,
            dag.tags
        );
        for task in &dag.tasks {
            let _ = writeln!(
                text,
                "  {} {} → {:?}, {} retries, from {}",
                task.operator.as_deref().unwrap_or("?"),
                task.task_id,
                task.downstream,
                task.retries
                    .map_or_else(|| "?".to_owned(), |retries| retries.to_string()),
                task.pointer.as_ref().map_or("nowhere", |pointer| pointer.as_str())
            );
        }
    }
    text
}

fn report(diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let _ = writeln!(
            text,
            "{:?} {} at {}\n  {}",
            diagnostic.severity,
            diagnostic.code,
            place(&diagnostic.primary),
            diagnostic.message
        );
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(text, "  help: {help}");
        }
        for related in &diagnostic.related {
            let _ = writeln!(text, "  see {}", place(related));
        }
    }
    text
}

fn place(label: &Label) -> String {
    let mut text = label.file.as_ref().map_or_else(String::new, |file| format!("{file}:"));
    if let Some(span) = label.span {
        let _ = write!(
            text,
            "{}:{}-{}:{}",
            span.line, span.column, span.end_line, span.end_column
        );
    }
    if let Some(pointer) = &label.pointer {
        let _ = write!(text, " {pointer}");
    }
    text
}
