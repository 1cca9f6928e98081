//! Policies through the engine's public door: those that are shipped, and whatever an organisation may write.
#![expect(
    clippy::disallowed_methods,
    reason = "the tests read their fixtures; the engine reads no file"
)]

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use dagwright_core::{
    Engine,
    answer::{Answer, ConfigInput, Loaded, PythonRequest, Request, SourceFile},
    diagnostic::{Diagnostic, Severity},
    settings::{Audience, Settings},
};
use serde_json::{Value, json};

/// Friday, 20 November 2026, 12:00 UTC.
const NOW: i64 = 1_795_176_000;

const CONFIG: &str = "template: kubernetes-job@1\npackage: finance\nname: load\nparameters:\n  description: Loads the bookings of \
                      the day\n  owner: finance\n  steps:\n    - name: load\n      image: registry.example.com/load:1.0\n";

/// A DAG of hand, with these arguments of its task.
fn dag(arguments: &str) -> String {
    format!(
        "from airflow import DAG\nfrom airflow.operators.bash import BashOperator\n\nwith DAG(dag_id=\"finance_load\", \
         schedule=None):\n    BashOperator(task_id=\"load\", bash_command=\"true\"{arguments})\n"
    )
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn source(path: &Path) -> SourceFile {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    SourceFile { path: name, text }
}

/// The template of the repository, as files.
fn catalogue() -> Vec<SourceFile> {
    let folder = root().join("../templates/kubernetes-job");
    let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.is_file())
        .map(|path| {
            let file = source(&path);
            SourceFile {
                path: format!("kubernetes-job/{}", file.path),
                text: file.text,
            }
        })
        .collect()
}

/// An engine with these settings, and what it says of them.
fn open(settings: Value) -> (Engine, Loaded) {
    let settings: Settings = serde_json::from_value(settings).unwrap();
    let mut engine = Engine::new(settings);
    let loaded = engine.load(&catalogue());
    (engine, loaded)
}

/// An engine with these policies, in which nothing is wrong.
fn engine(policies: &Value) -> Engine {
    let (engine, loaded) = open(json!({"policies": policies, "audience": "engineer"}));
    assert_eq!(loaded.diagnostics, []);
    engine
}

fn ask(engine: &Engine, text: &str, environment: Option<&str>, now: Option<i64>) -> Answer {
    engine.answer(&Request {
        config: ConfigInput::Text { text: text.to_owned() },
        environment: environment.map(str::to_owned),
        now,
        revision: 0,
    })
}

fn read(engine: &Engine, text: &str) -> Vec<Diagnostic> {
    let request = PythonRequest {
        text: text.to_owned(),
        now: Some(NOW),
        ..PythonRequest::default()
    };
    engine.read(&request).diagnostics
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<&str> {
    diagnostics.iter().map(|found| found.code.as_str()).collect()
}

/// A policy for tasks.
fn policy(code: &str, check: &str) -> Value {
    json!({"code": code, "for": "task", "check": check, "message": "{task_id} of {dag_id} does not hold"})
}

#[test]
fn each_shipped_policy_passes_what_is_right_and_finds_what_is_wrong() {
    let file = source(&root().join("../npm/policies/recommended.yaml"));
    let listed: BTreeSet<String> = file
        .text
        .lines()
        .filter_map(|line| line.strip_prefix("  - code: "))
        .map(str::to_owned)
        .collect();
    let (engine, loaded) = open(json!({
        "policies": [file],
        "environments": ["dev", "prod"],
        "owners": {"finance": "data/finance"},
        "inventory": {"images": ["registry.example.com/load:1.0", "elsewhere.example.com/other:1.0"]},
        "airflow": {"version": "3.3"},
    }));
    assert_eq!(loaded.diagnostics, []);
    let mut seen = BTreeSet::new();
    for path in fs::read_dir(root().join("tests/fixtures/policies")).unwrap() {
        let path = path.unwrap().path();
        let SourceFile { path: name, text } = source(&path);
        let (code, rest) = name.split_once('.').unwrap();
        let (must_pass, kind) = (rest.starts_with("pass"), rest.rsplit('.').next().unwrap());
        let found = match kind {
            "py" => {
                let request = PythonRequest {
                    text,
                    path: Some(format!("dags/prod/finance/{name}")),
                    now: Some(NOW),
                    environment: None,
                };
                engine.read(&request).diagnostics
            }
            _ => ask(&engine, &text, Some("prod"), Some(NOW)).diagnostics,
        };
        let of_code: Vec<_> = found.iter().filter(|found| found.code == code).collect();
        assert_eq!(of_code.is_empty(), must_pass, "{name}: {found:?}");
        if must_pass && kind == "py" {
            assert_eq!(found, [], "{name}");
        }
        seen.insert((code.to_owned(), must_pass));
    }
    for code in listed {
        for must_pass in [true, false] {
            assert!(seen.contains(&(code.clone(), must_pass)), "{code} lacks a fixture");
        }
    }
}

#[test]
fn a_policy_that_does_not_hold_is_said_in_its_own_words_at_the_answer() {
    let policies = json!([{
        "code": "registry", "for": "task", "severity": "warning",
        "check": "task.image is startingwith('eu.example.com/')",
        "message": {"en": "{task_id} runs an image from elsewhere.", "de": "{task_id} nimmt ein fremdes Image."},
        "help": {"de": "Nehmen Sie ein eigenes."},
        "link": "https://example.com/images",
    }]);
    for (language, message, help) in [
        ("en", "load runs an image from elsewhere.", "Nehmen Sie ein eigenes."),
        ("de-AT", "load nimmt ein fremdes Image.", "Nehmen Sie ein eigenes."),
    ] {
        let (engine, _) = open(json!({"policies": policies, "language": language}));
        let answer = ask(&engine, CONFIG, None, Some(NOW));
        let [found] = answer.diagnostics.as_slice() else {
            panic!("{:?}", answer.diagnostics)
        };
        assert_eq!(
            (found.code.as_str(), found.severity, found.message.as_str()),
            ("registry", Severity::Warning, message)
        );
        assert_eq!(found.help.as_deref(), Some(help));
        assert_eq!(found.link.as_deref(), Some("https://example.com/images"));
        let pointer = found
            .primary
            .pointer
            .as_ref()
            .map(|pointer| pointer.as_str().to_owned());
        assert_eq!(pointer.as_deref(), Some("/parameters/steps/0/name"));
        assert_eq!(found.related[0].file.as_deref(), Some("portal.json"));
        // A warning forbids no file.
        assert_eq!(answer.files.len(), 1);
    }
}

#[test]
fn an_expression_sees_the_config_its_owner_and_what_the_file_says() {
    let holding = [
        "config.parameters.owner == 'finance'",
        "config.parameters.schedule is defined or true",
        "config.package == package and name == 'load'",
        "owner == 'data/finance' and owners.finance == owner",
        "environment == 'prod'",
        "airflow is startingwith('3.')",
        "template.id == 'kubernetes-job'",
        "'warehouse' in inventory.pools and 'other' not in inventory.pools",
        "inventory.pools|length == 1 and inventory.pools|first == 'warehouse'",
        "dag.dag_id == 'finance_load' and dag.tasks|length == 1",
        "dag.tasks|selectattr('task_id', 'eq', 'load')|list|length == 1",
        "dag.schedule is none or dag.schedule is string",
        "not dag.catchup",
        "task.task_id == 'load' and task.operator == 'KubernetesPodOperator'",
        "task.image == 'registry.example.com/load:1.0'",
        "task.pool == 'default_pool'",
        "task.arguments.image == task.image",
        "task.downstream|length == 0",
        "task.trigger_rule == 'all_success'",
        "task.task_id is like('l*d') and task.task_id is not like('l*x')",
        "1 <= 2 * 3 and not (1 > 2)",
    ];
    let policies: Vec<_> = holding
        .iter()
        .enumerate()
        .map(|(n, check)| policy(&format!("p{n}"), check))
        .collect();
    let (engine, loaded) = open(json!({
        "policies": policies, "audience": "engineer", "environments": ["prod"],
        "owners": {"finance": "data/finance"}, "inventory": {"pools": ["warehouse"]},
    }));
    assert_eq!(loaded.diagnostics, []);
    assert_eq!(ask(&engine, CONFIG, Some("prod"), Some(NOW)).diagnostics, []);
}

#[test]
fn what_is_not_known_of_a_file_is_neither_right_nor_wrong() {
    let engine = engine(&json!([
        policy("retries", "task.retries > 0"),
        policy("pool", "task.pool == 'warehouse'"),
        policy("owner", "owner is not none"),
        policy("config", "config.parameters.owner == 'x'"),
        policy("lazy", "task.task_id == 'load' or task.retries > 0"),
    ]));
    let found = read(&engine, &dag(", retries=some(), pool=pool_of()"));
    let unknown: Vec<_> = found
        .iter()
        .map(|found| (found.code.as_str(), found.severity))
        .collect();
    assert_eq!(
        unknown,
        [
            ("policy-unknown", Severity::Information),
            ("policy-unknown", Severity::Information)
        ]
    );
    let spread = read(&engine, &dag(", **settings()"));
    assert_eq!(codes(&spread), ["policy-unknown", "policy-unknown"], "{spread:?}");
    let known = read(&engine, &dag(", retries=1, pool='warehouse'"));
    assert_eq!(codes(&known), [""; 0]);
    let absent = read(&engine, &dag(""));
    assert_eq!(codes(&absent), ["pool", "retries"]);
}

#[test]
fn exceptions_hold_until_their_day_is_over() {
    let with = |until: &str, more: Value| {
        let mut exception = json!({"dag_id": "finance_*", "reason": "it moves next year", "until": until});
        exception
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let mut policy = policy("pool", "task.pool == 'warehouse'");
        policy["exceptions"] = json!([exception]);
        engine(&json!([policy]))
    };
    let none = json!({});
    for (until, more, now, expected) in [
        ("2026-11-20", &none, Some(NOW), vec![]),
        ("2026-11-19", &none, Some(NOW), vec!["pool", "policy-exception-expired"]),
        ("2026-11-20", &json!({"task_id": "other"}), Some(NOW), vec!["pool"]),
        (
            "2026-11-20",
            &json!({"task_id": "l*", "config": "configs/finance/*"}),
            Some(NOW),
            vec![],
        ),
        (
            "2026-11-20",
            &json!({"config": "configs/sales/*"}),
            Some(NOW),
            vec!["pool"],
        ),
        ("9999-12-31", &none, Some(NOW), vec!["policy-exception-long"]),
        ("2026-11-20", &none, None, vec!["pool", "policy-exception-undated"]),
    ] {
        let answer = ask(&with(until, more.clone()), CONFIG, None, now);
        assert_eq!(codes(&answer.diagnostics), expected, "{until} {more} {now:?}");
    }
}

#[test]
fn an_environment_has_policies_of_its_own() {
    let (engine, loaded) = open(json!({
        "policies": [policy("pool", "task.pool == 'warehouse'"), policy("image", "task.image is not none")],
        "environments": ["dev", {"name": "prod", "policies": [policy("pool", "true"), policy("own", "false")]}],
    }));
    assert_eq!(loaded.diagnostics, []);
    let found = |environment| ask(&engine, CONFIG, environment, Some(NOW)).diagnostics;
    assert_eq!(codes(&found(None)), ["pool"]);
    assert_eq!(codes(&found(Some("dev"))), ["pool"]);
    assert_eq!(codes(&found(Some("prod"))), ["own"]);
}

#[test]
fn a_policy_that_cannot_be_asked_is_told_with_its_place_and_the_others_hold() {
    let good = policy("pool", "task.pool == 'warehouse'");
    let taken = policy("unknown-pool", "true");
    let mut gap = policy("gap", "true");
    gap["message"] = json!("{tusk_id}");
    let mut open_exception = policy("open", "true");
    open_exception["exceptions"] = json!([{"dag_id": "**", "reason": "x", "until": "2027-01-01"}]);
    let mut undated = policy("undated", "true");
    undated["exceptions"] = json!([{"dag_id": "a", "reason": "x"}]);
    let mut no_day = policy("no-day", "true");
    no_day["exceptions"] = json!([{"dag_id": "a", "reason": "x", "until": "2027-02-30"}]);
    let mut other = policy("other", "true");
    other["for"] = json!("dags");
    let deep = policy("deep", &format!("{}1{}", "(".repeat(200), ")".repeat(200)));
    for (bad, code) in [
        (policy("bad", "task.pool =="), "policy-expression"),
        (policy("bad", "true }} x {{ true"), "policy-expression"),
        (policy("bad", "task.retrys > 0"), "policy-name-unknown"),
        (policy("bad", "tusk.retries > 0"), "policy-name-unknown"),
        (policy("bad", "task.pool|tojson"), "policy-name-unknown"),
        (policy("bad", "task.pool is fancy"), "policy-name-unknown"),
        (policy("bad", "range(1000000000)|list|length > 0"), "policy-not-allowed"),
        (policy("bad", "'a' * 1000000000 == task.pool"), "policy-not-allowed"),
        (policy("bad", "2 ** 1000 > 0"), "policy-not-allowed"),
        (policy("bad", "task.pool.upper() == 'X'"), "policy-not-allowed"),
        (
            policy("bad", "'{:1000000000}'|format(1) == task.pool"),
            "policy-name-unknown",
        ),
        (deep, "policy-too-deep"),
        (taken, "policy-code-taken"),
        (gap, "policy-name-unknown"),
        (open_exception, "policy-exception-open"),
        (undated, "required"),
        (no_day, "date-not-in-calendar"),
        (other, "not-one-of"),
        (policy("Bad", "true"), "pattern"),
        (policy("pool", "false"), "policy-duplicate-code"),
        (json!({"code": "x"}), "required"),
        (json!("policies/elsewhere.yaml"), "policy-not-read"),
        (json!(7), "policy-not-read"),
    ] {
        for policies in [json!([good, bad]), json!([good, good.clone(), bad])] {
            let (engine, loaded) = open(json!({"policies": policies, "audience": "engineer"}));
            assert!(
                codes(&loaded.diagnostics).contains(&code),
                "{bad}: {:?}",
                loaded.diagnostics
            );
            assert!(loaded.diagnostics.iter().all(|found| found.severity == Severity::Error));
            assert_eq!(
                codes(&ask(&engine, CONFIG, None, Some(NOW)).diagnostics),
                ["pool"],
                "{bad}"
            );
        }
        // The command line reads the text, and says the line.
        let text = serde_json::to_string_pretty(&json!({"policies": [good, bad]})).unwrap();
        let (settings, diagnostics) = Engine::settings(&text);
        if bad.is_object() && code != "policy-duplicate-code" {
            let lines: Vec<_> = diagnostics
                .iter()
                .filter_map(|found| Some(found.primary.span?.line))
                .collect();
            assert!(lines.iter().all(|line| *line > 7), "{bad}: {diagnostics:?}");
            assert!(codes(&diagnostics).contains(&code), "{bad}: {diagnostics:?}");
        }
        let found = Engine::new(settings).load(&[]).diagnostics;
        assert!(
            codes(&found).contains(&code) || code == "policy-not-read",
            "{bad}: {found:?}"
        );
    }
}

#[test]
fn a_file_of_policies_is_read_with_its_places() {
    let file = |text: &str| json!({"path": "policies.yaml", "text": text});
    let good = "policies:\n  - code: pool\n    for: task\n    check: task.pool == 'warehouse'\n    message: Bad\n";
    let bad = format!("{good}  - code: bad\n    for: task\n    check: task.retrys\n    message: Bad\n");
    for (text, code, line) in [
        (bad.as_str(), "policy-name-unknown", 8),
        ("policies: [", "yaml-unclosed", 1),
        ("rules: []\n", "required", 1),
        ("- 1\n", "wrong-type", 1),
        ("policies:\n  - code: a\n    code: b\n", "yaml-duplicate-key", 3),
        ("", "required", 1),
    ] {
        let (_, loaded) = open(json!({"policies": [file(text)]}));
        let found = loaded.diagnostics.iter().find(|found| found.code == code);
        let found = found.unwrap_or_else(|| panic!("{text:?}: {:?}", loaded.diagnostics));
        assert_eq!(found.primary.file.as_deref(), Some("policies.yaml"));
        assert_eq!(
            found.primary.span.map(|span| span.line),
            Some(line),
            "{text:?}: {found:?}"
        );
    }
    let (engine, loaded) = open(json!({"policies": [file(good)]}));
    assert_eq!(loaded.diagnostics, []);
    let answer = ask(&engine, CONFIG, None, Some(NOW));
    assert_eq!(codes(&answer.diagnostics), ["pool"]);
    let related = &answer.diagnostics[0].related[0];
    assert_eq!(
        (related.file.as_deref(), related.span.map(|span| span.line)),
        (Some("policies.yaml"), Some(4))
    );
}

#[test]
fn a_policy_that_fails_to_evaluate_is_an_error_at_its_place() {
    for (check, code) in [
        ("config.parameters.nothing > 3", "policy-failed"),
        ("task.pool", "policy-not-boolean"),
        ("dag.tasks", "policy-not-boolean"),
        ("config.parameters.nothing", "policy-not-boolean"),
        ("task.pool is matching('(')", "policy-failed"),
        ("task.pool|int > 3", "policy-failed"),
        ("1 // 0 == 1", "policy-failed"),
        ("1 % 0 == 1", "policy-failed"),
    ] {
        let text = json!({"policies": [policy("pool", check)]}).to_string();
        let (mut settings, diagnostics) = Engine::settings(&text);
        assert_eq!(diagnostics, []);
        settings.audience = Audience::Engineer;
        let mut engine = Engine::new(settings);
        engine.load(&catalogue());
        let found = ask(&engine, CONFIG, None, Some(NOW)).diagnostics;
        assert_eq!(codes(&found), [code], "{check}: {found:?}");
        assert_eq!(found[0].primary.file.as_deref(), Some("portal.json"));
        assert!(found[0].primary.span.is_some_and(|span| span.start > 0), "{check}");
        assert_eq!(found[0].severity, Severity::Error);
    }
}

/// A DAG of many tasks.
fn crowd(tasks: usize) -> String {
    let head = "from airflow import DAG\nfrom airflow.operators.bash import BashOperator\n\nwith DAG(dag_id=\"crowd\", schedule=None):\n";
    let mut text = head.to_owned();
    for number in 0..tasks {
        let _ = writeln!(text, "    BashOperator(task_id=\"t{number}\", bash_command=\"true\")");
    }
    text
}

#[test]
fn five_hundred_policies_on_five_hundred_tasks_are_asked_within_bounds() {
    let many = |check: &str| {
        let policies: Vec<_> = (0..500).map(|number| policy(&format!("p{number}"), check)).collect();
        engine(&json!(policies))
    };
    let text = crowd(500);
    // All of them are asked to the end.
    let check = "task.retries == 0 and task.pool == 'default_pool' and task.operator == 'BashOperator' and dag.dag_id == 'crowd'";
    assert_eq!(codes(&read(&many(check), &text)), [""; 0]);
    let failing = read(&many("task.retries > 0"), &text);
    assert_eq!(failing.len(), 100);
    assert!(failing.iter().all(|found| found.severity == Severity::Error));
    // Each walks all tasks for each task.
    let endless = read(
        &many("dag.tasks|selectattr('retries', 'gt', 0)|list|length == 0"),
        &text,
    );
    assert_eq!(codes(&endless), ["policy-endless"], "{endless:?}");
}

#[test]
fn large_answers_and_inventories_cost_no_more_than_the_budget() {
    let long = "x".repeat(400_000);
    let config = CONFIG.replace("Loads the bookings of the day", &long);
    let check = vec!["config.parameters.description"; 60].join(" ~ ") + " == ''";
    let engine = engine(&json!([{"code": "long", "for": "config", "check": check, "message": "x"}]));
    let found = ask(&engine, &config, None, Some(NOW)).diagnostics;
    assert!(
        found.iter().all(|found| found.code != "long"),
        "nothing is said of a template that refuses the text"
    );
    let images: Vec<_> = (0..50_000)
        .map(|number| format!("registry.example.com/i:{number}"))
        .collect();
    let policies: Vec<_> = (0..50)
        .map(|n| policy(&format!("p{n}"), "task.pool in inventory.images"))
        .collect();
    let (engine, _) = open(json!({"policies": policies, "inventory": {"images": images}}));
    let request = PythonRequest {
        text: crowd(500),
        now: Some(NOW),
        ..PythonRequest::default()
    };
    assert_eq!(engine.read(&request).diagnostics.len(), 100);
}
