//! Loading: the files of a catalogue become templates, or findings that say why not.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Environment, machinery, syntax::SyntaxConfig};
use serde_json::Value;

use super::{Target, Template, gate, instrument, mark};
use crate::{
    answer::{SourceFile, TemplateCard, TemplateStatus},
    finding::{Finding, Place},
    pointer::Pointer,
    render,
    schema::Schema,
    yaml,
};

/// Largest file of a template, in bytes.
const MAXIMUM_BYTES: usize = 200_000;

/// Loads every template of a catalogue. A folder that holds a `template.yaml` is one.
pub(crate) fn load(files: &[SourceFile], template_schema: &Schema) -> (BTreeMap<String, Template>, Vec<Finding>) {
    let mut templates = BTreeMap::new();
    let mut findings = Vec::new();
    for file in files {
        let Some(folder) = file.path.strip_suffix("template.yaml") else {
            continue;
        };
        if !(folder.is_empty() || folder.ends_with('/')) {
            continue;
        }
        let own: BTreeMap<&str, &str> = files
            .iter()
            .filter_map(|other| Some((other.path.strip_prefix(folder)?, other.text.as_str())))
            .collect();
        let loading = Loading {
            folder,
            files: own,
            findings: Vec::new(),
        };
        let (template, mut found) = loading.run(&file.text, template_schema);
        if let Some(template) = template {
            if templates.contains_key(&template.card.id) {
                found.push(
                    Finding::error("template-duplicate-id", Place::File(file.path.clone(), 0..0))
                        .param("id", template.card.id.clone()),
                );
            } else {
                templates.insert(template.card.id.clone(), template);
            }
        }
        findings.extend(found);
    }
    (templates, findings)
}

struct Loading<'a> {
    folder: &'a str,
    /// Files by their path below the folder.
    files: BTreeMap<&'a str, &'a str>,
    findings: Vec<Finding>,
}

impl Loading<'_> {
    fn run(mut self, text: &str, template_schema: &Schema) -> (Option<Template>, Vec<Finding>) {
        let template = self.template(text, template_schema);
        let refused = self
            .findings
            .iter()
            .any(|finding| finding.severity == crate::diagnostic::Severity::Error);
        (template.filter(|_| !refused), self.findings)
    }

    fn template(&mut self, text: &str, template_schema: &Schema) -> Option<Template> {
        let (node, findings) = yaml::read(text);
        let path = self.path("template.yaml");
        let in_file = |range| Place::File(path.clone(), range);
        self.findings.extend(findings.into_iter().map(|mut finding| {
            if let Place::Config(range) = finding.primary {
                finding.primary = in_file(range);
            }
            finding.related.clear();
            finding
        }));
        let node = node?;
        let value = node.to_value();
        for mut finding in template_schema.validate(&value, &Pointer::root()) {
            finding.primary = match &finding.primary {
                Place::Key(pointer) => in_file(node.key_place(pointer)),
                Place::Value(pointer) => in_file(node.place(pointer)),
                other => other.clone(),
            };
            self.findings.push(finding);
        }
        if !self.findings.is_empty()
            && self
                .findings
                .iter()
                .any(|finding| finding.severity == crate::diagnostic::Severity::Error)
        {
            return None;
        }
        let card = self.card(&value);
        let parameters = value.get("parameters").cloned().unwrap_or_default();
        let schema = match Schema::compile(&parameters) {
            Ok(schema) => {
                for (pointer, detail) in schema.warnings() {
                    let place = node.place(&Pointer::root().key("parameters").join(pointer));
                    self.findings
                        .push(Finding::warning("template-schema-part", in_file(place)).param("detail", detail.clone()));
                }
                schema
            }
            Err(problems) => {
                for (pointer, detail) in problems {
                    let pointer = Pointer::root().key("parameters").join(&pointer);
                    self.findings
                        .push(Finding::error("template-schema", in_file(node.place(&pointer))).param("detail", detail));
                }
                return None;
            }
        };
        let source = value
            .pointer("/outputs/0/source")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        if !self.files.contains_key(source.as_str()) {
            let place = node.place(&Pointer::from_encoded("/outputs/0/source"));
            self.findings
                .push(Finding::error("template-file-unknown", in_file(place)).param("what", source));
            return None;
        }
        let (environment, names) = self.environment();
        Some(Template {
            card,
            airflow: value.get("airflow").and_then(Value::as_str).map(str::to_owned),
            schema,
            source,
            folder: self.folder.to_owned(),
            environment,
            names,
        })
    }

    fn path(&self, file: &str) -> String {
        format!("{}{file}", self.folder)
    }

    fn card(&self, value: &Value) -> TemplateCard {
        let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        TemplateCard {
            id: text("id"),
            version: text("version"),
            title: text("title"),
            summary: text("summary"),
            owner: text("owner"),
            tags: value
                .get("tags")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(|tag| tag.as_str().map(str::to_owned))
                .collect(),
            status: match value.get("status").and_then(Value::as_str) {
                Some("draft") => TemplateStatus::Draft,
                Some("deprecated") => TemplateStatus::Deprecated,
                _ => TemplateStatus::Active,
            },
            replaced_by: value.get("replaced_by").and_then(Value::as_str).map(str::to_owned),
            examples: self
                .files
                .keys()
                .filter(|path| path.starts_with("examples/") && path.ends_with(".yaml"))
                .map(|path| (*path).to_owned())
                .collect(),
        }
    }

    /// The Jinja files, each through the gate.
    fn environment(&mut self) -> (Environment<'static>, BTreeSet<String>) {
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()
            .unwrap_or_default();
        let mut environment = render::environment(syntax.clone());
        let mut names = BTreeSet::new();
        let sources: Vec<(String, String)> = self
            .files
            .iter()
            .filter(|(name, _)| name.ends_with(".j2"))
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        let known: BTreeSet<String> = sources.iter().map(|(name, _)| name.clone()).collect();
        for (name, text) in sources {
            if let Some(instrumented) = self.source(&name, &text, &known, &syntax, &mut names)
                && let Err(error) = environment.add_template_owned(name.clone(), instrumented)
            {
                self.refuse_syntax(&name, &text, &error);
            }
        }
        (environment, names)
    }

    fn source(
        &mut self,
        name: &str,
        text: &str,
        known: &BTreeSet<String>,
        syntax: &SyntaxConfig,
        names: &mut BTreeSet<String>,
    ) -> Option<String> {
        let path = self.path(name);
        let refuse = |code| Finding::error(code, Place::File(path.clone(), 0..0));
        if text.len() > MAXIMUM_BYTES {
            self.findings
                .push(refuse("template-too-large").param("limit", "200 kB"));
            return None;
        }
        if mark::is_in(text) {
            self.findings.push(refuse("template-character"));
            return None;
        }
        if instrument::is_too_deep(text, syntax) {
            self.findings.push(refuse("template-too-deep"));
            return None;
        }
        let root = match machinery::parse(text, name, syntax.clone()) {
            Ok(root) => root,
            Err(error) => {
                self.refuse_syntax(name, text, &error);
                return None;
            }
        };
        let target = Target::of(name);
        let mut walk = gate::Walk::new(&path, target, known);
        walk.template(&root);
        let pieces = instrument::pieces(text, syntax);
        if target == Some(Target::Python) {
            names.extend(gate::check_positions(&path, &pieces, &mut walk.findings));
        }
        let instrumented = instrument::instrument(text, &pieces, &walk.placeholders);
        if instrumented.is_none() && walk.findings.is_empty() {
            walk.findings
                .push(refuse("template-syntax").param("detail", "placeholders could not be told apart"));
        }
        let refused = !walk.findings.is_empty();
        self.findings.extend(walk.findings);
        instrumented.filter(|_| !refused)
    }

    fn refuse_syntax(&mut self, name: &str, text: &str, error: &minijinja::Error) {
        let line = error.line().unwrap_or(1).max(1);
        let start = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
        let length = text
            .get(start..)
            .map_or(0, |rest| rest.lines().next().unwrap_or_default().len());
        let detail = error.detail().unwrap_or("it cannot be read").to_owned();
        self.findings.push(
            Finding::error("template-syntax", Place::File(self.path(name), start..start + length))
                .param("detail", detail),
        );
    }
}
