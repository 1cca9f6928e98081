//! Catalogues of several templates: parents, versions, and files of several languages.

use dagwright_core::{
    Engine,
    answer::{Answer, ConfigInput, Loaded, Request, SourceFile},
    diagnostic::Diagnostic,
    settings::Settings,
};

const BASE: &str = r"
id: base
version: 1.0.0
title: Base
summary: What all templates have.
status: base
outputs:
  - source: dag.py.j2
parameters:
  type: object
  additionalProperties: false
  required: [owner]
  properties:
    owner: {type: string, title: Owner}
    retries: {type: integer, maximum: 5, default: 2, title: Retries}
    colour: {type: string, default: red, title: Colour}
";

const DAG: &str = "from airflow.sdk import DAG
{% block imports %}{% endblock %}

with DAG(dag_id={{ dag_id }}, schedule=None, default_args={\"owner\": {{ parameters.owner }}, \"retries\": {{ parameters.retries }}}):
{% block tasks %}
    pass
{% endblock %}
";

const CHILD: &str = r#"
id: tables
version: 1.0.0
title: Tables
summary: Makes tables.
extends: base@1
dag_id: "{parameters.store}__{name}"
hide: [colour]
fix: {retries: 3}
outputs:
  - source: dag.py.j2
  - source: table.sql.j2
    for_each: parameters.tables
    path: "sql/{environment}/{dag_id}/{index}_{item.name}.sql"
  - source: settings.json.j2
    path: "{dag_id}.json"
    when: parameters.tables|length > 1
parameters:
  type: object
  required: [store, tables]
  properties:
    store: {type: string, title: Store}
    tables:
      type: array
      title: Tables
      items: {type: object, title: Table, properties: {name: {type: string, title: Name}, comment: {type: string, title: Comment, default: ""}}}
"#;

const CHILD_DAG: &str = "{% extends \"base/dag.py.j2\" %}
{% import \"shared/tasks.py.j2\" as tasks %}
{% block imports %}
from airflow.providers.standard.operators.empty import EmptyOperator
{% endblock %}
{% block tasks %}
{% for table in parameters.tables %}
{{ tasks.empty(table.name) }}
{% endfor %}
{% endblock %}
";

const TASKS: &str = "{% macro empty(name) %}    EmptyOperator(task_id={{ name }}){% endmacro %}\n";

const TABLE: &str =
    "CREATE TABLE {{ item.name|identifier }} ();\nCOMMENT ON TABLE {{ item.name|identifier }} IS {{ item.comment }};\n";

fn files(list: &[(&str, &str)]) -> Vec<SourceFile> {
    let file = |(path, text): &(&str, &str)| SourceFile {
        path: (*path).to_owned(),
        text: (*text).to_owned(),
    };
    list.iter().map(file).collect()
}

fn catalogue() -> Vec<(&'static str, &'static str)> {
    vec![
        ("base/template.yaml", BASE),
        ("base/dag.py.j2", DAG),
        ("shared/tasks.py.j2", TASKS),
        ("tables/template.yaml", CHILD),
        ("tables/dag.py.j2", CHILD_DAG),
        ("tables/table.sql.j2", TABLE),
        (
            "tables/settings.json.j2",
            "{\"tables\": {{ parameters.tables|lines(4) }}}\n",
        ),
    ]
}

fn loaded(list: &[(&str, &str)]) -> (Engine, Loaded) {
    let mut engine = Engine::new(Settings::default());
    let loaded = engine.load(&files(list));
    (engine, loaded)
}

fn answered(engine: &Engine, text: &str, environment: Option<&str>) -> Answer {
    engine.answer(&Request {
        config: ConfigInput::Text { text: text.to_owned() },
        environment: environment.map(str::to_owned),
        now: None,
        revision: 0,
    })
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<(&str, &str)> {
    diagnostics
        .iter()
        .map(|found| (found.code.as_str(), found.primary.file.as_deref().unwrap_or_default()))
        .collect()
}

const CONFIG: &str = "template: tables@1
package: sales
name: orders
parameters:
  owner: sales
  store: Store1
  tables:
    - {name: orders, comment: \"it's\"}
    - {name: items}
environments: {prod: {}}
";

#[test]
fn a_template_writes_files_of_several_languages_on_top_of_its_parent() {
    let (engine, loaded) = loaded(&catalogue());
    assert_eq!(codes(&loaded.diagnostics), []);
    let answer = answered(&engine, CONFIG, None);
    assert_eq!(codes(&answer.diagnostics), []);
    let files: Vec<_> = answer
        .files
        .iter()
        .map(|file| (file.path.as_str(), file.text.as_str()))
        .collect();
    let body = |position: usize| files[position].1.split_once("\n\n").unwrap().1;
    let paths: Vec<_> = files.iter().map(|(path, _)| *path).collect();
    assert_eq!(
        paths,
        [
            "dags/sales/Store1__orders.py",
            "sql/Store1__orders/0_orders.sql",
            "sql/Store1__orders/1_items.sql",
            "Store1__orders.json",
        ]
    );
    assert!(
        files[0].1.contains(r#""owner": "sales", "retries": 3}"#),
        "{}",
        files[0].1
    );
    assert_eq!(
        body(1),
        "CREATE TABLE \"orders\" ();\nCOMMENT ON TABLE \"orders\" IS 'it''s';\n"
    );
    assert!(files[1].1.starts_with("-- Made by Dagwright."));
    assert!(
        files[3].1.starts_with("{\"tables\": [\n    {\"name\""),
        "{}",
        files[3].1
    );
    let dag = &answer.dags[0];
    assert_eq!(dag.dag_id.as_deref(), Some("Store1__orders"));
    assert_eq!(dag.file.as_deref(), Some(paths[0]));
    let tasks: Vec<_> = dag.tasks.iter().map(|task| task.task_id.as_str()).collect();
    assert_eq!(tasks, ["orders", "items"]);
    assert!(
        answer
            .fields
            .iter()
            .all(|field| !field.pointer.as_str().ends_with("colour"))
    );
    let origin = answer.files[1].origins.last().unwrap();
    assert_eq!(origin.pointer.as_str(), "/parameters/tables/0/comment");

    let answer = answered(&engine, CONFIG, Some("prod"));
    assert_eq!(answer.files[1].path, "sql/prod/Store1__orders/0_orders.sql");
}

#[test]
fn a_file_is_written_only_where_it_is_wanted() {
    let (engine, _) = loaded(&catalogue());
    let answer = answered(&engine, &CONFIG.replace("    - {name: items}\n", ""), None);
    assert_eq!(answer.files.len(), 2);
}

#[test]
fn answers_that_make_no_path_or_the_same_path_are_told() {
    let (engine, _) = loaded(&catalogue());
    for (from, to, code) in [
        ("name: items", "name: ../items", "output-path-value"),
        ("store: Store1", "store: a b", "dag-id-value"),
        ("environments", "  retries: 4\nenvironments", "unknown-parameter"),
    ] {
        let answer = answered(&engine, &CONFIG.replace(from, to), None);
        assert_eq!(codes(&answer.diagnostics).first().map(|(code, _)| *code), Some(code));
    }
    let child = CHILD.replace("{index}_{item.name}", "{item.name}");
    let mut list = catalogue();
    list.retain(|(path, _)| *path != "tables/template.yaml");
    list.push(("tables/template.yaml", &child));
    let (engine, _) = loaded(&list);
    let answer = answered(&engine, &CONFIG.replace("name: items", "name: ORDERS"), None);
    assert_eq!(codes(&answer.diagnostics)[0].0, "output-path-shared");
}

#[test]
fn a_base_is_for_templates_only_and_versions_stand_side_by_side() {
    let second = CHILD
        .replace("version: 1.0.0", "version: 2.1.0")
        .replace("Makes tables.", "Newer.");
    let mut list = catalogue();
    list.push(("tables/v2/template.yaml", &second));
    list.push(("tables/v2/dag.py.j2", CHILD_DAG));
    list.push(("tables/v2/table.sql.j2", TABLE));
    list.push(("tables/v2/settings.json.j2", "{}\n"));
    let (engine, loaded) = loaded(&list);
    assert_eq!(codes(&loaded.diagnostics), []);
    let versions: Vec<_> = loaded
        .templates
        .iter()
        .map(|card| (card.id.as_str(), card.version.as_str()))
        .collect();
    assert_eq!(versions, [("base", "1.0.0"), ("tables", "2.1.0"), ("tables", "1.0.0")]);
    for (wanted, code) in [
        ("tables@1", None),
        ("tables@2", None),
        ("tables@2.1.0", None),
        ("tables@3", Some("template-version")),
        ("base@1", Some("template-base")),
    ] {
        let answer = answered(&engine, &CONFIG.replace("tables@1", wanted), None);
        assert_eq!(
            codes(&answer.diagnostics).first().map(|(code, _)| *code),
            code,
            "{wanted}"
        );
    }
}

#[test]
fn what_is_wrong_with_parents_is_told_at_the_child() {
    for (path, from, to, code) in [
        ("tables", "base@1", "base@2", "template-parent-missing"),
        ("tables", "base@1", "tables@1", "template-parent-cycle"),
        ("tables", "fix: {retries: 3}", "fix: {retries: 9}", "too-large"),
        (
            "tables",
            "hide: [colour]",
            "hide: [color]",
            "template-inherited-unknown",
        ),
        ("tables", "hide: [colour]", "hide: [owner]", "template-hidden-required"),
        (
            "tables",
            "  properties:\n    store",
            "  properties:\n    owner: {type: integer}\n    store",
            "template-merge-type",
        ),
        ("tables", "|length > 1", "|length >", "template-condition"),
        ("tables", "|length > 1", "%}{{ 1 }}{% if 1", "template-condition"),
        ("tables", "{index}", "{number}", "template-gap"),
        ("tables", "    path: \"{dag_id}.json\"\n", "", "template-output-path"),
        ("tables", "{dag_id}.json", "../{dag_id}.json", "pattern"),
        ("tables", "settings.json.j2", "other.json.j2", "template-file-unknown"),
    ] {
        let file = format!("{path}/template.yaml");
        let mut list = catalogue();
        let (_, text) = list.iter_mut().find(|(other, _)| *other == file).unwrap();
        let changed = text.replace(from, to);
        assert_ne!(*text, changed, "{from}");
        *text = &changed;
        let (_, loaded) = loaded(&list);
        let found = codes(&loaded.diagnostics);
        assert!(found.contains(&(code, file.as_str())), "{from} → {to}: {found:?}");
        assert!(loaded.templates.iter().any(|card| card.id == "base"), "{from}");
    }
    let mut list = catalogue();
    list.retain(|(path, _)| *path != "base/dag.py.j2");
    list.push(("base/dag.py.j2", "x = \"{{ parameters.owner }}\"\n"));
    let (_, loaded) = loaded(&list);
    let found = codes(&loaded.diagnostics);
    assert!(found.contains(&("template-placeholder", "base/dag.py.j2")), "{found:?}");
    assert!(
        found.contains(&("template-parent-broken", "tables/template.yaml")),
        "{found:?}"
    );
}
