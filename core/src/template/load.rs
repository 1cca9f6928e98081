//! Loading: the files of a catalogue become templates, or findings that say why not.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use minijinja::{
    Environment,
    machinery::{self, ast::Stmt},
    syntax::SyntaxConfig,
};
use serde_json::Value;

use super::{Target, Template, gate, instrument, lexical, mark};
use crate::{
    answer::{CardWords, SourceFile, TemplateCard, TemplateStatus},
    diagnostic::Severity,
    finding::{Finding, Place},
    pointer::Pointer,
    schema::Schema,
    words::Language,
    yaml,
};

/// Largest file of a template, in bytes.
const MAXIMUM_BYTES: usize = 200_000;

/// What the documents of a template must fit.
#[derive(Debug)]
pub(crate) struct Schemas {
    /// Its `template.yaml`.
    pub(crate) template: Schema,
    /// The files in its folder `locales`.
    pub(crate) locale: Schema,
}

/// Loads every template of a catalogue, in a language such as `de-AT` where it has words for that. A folder that holds
/// a `template.yaml` is one. `jinja` makes the environment that will render it.
pub(crate) fn load(
    files: &[SourceFile],
    schemas: &Schemas,
    language: &str,
    jinja: fn(SyntaxConfig) -> Environment<'static>,
) -> (BTreeMap<String, Template>, Vec<Finding>) {
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
            schemas,
            language,
            jinja,
            findings: Vec::new(),
        };
        let (template, mut found) = loading.run(&file.text);
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
    schemas: &'a Schemas,
    language: &'a str,
    jinja: fn(SyntaxConfig) -> Environment<'static>,
    findings: Vec<Finding>,
}

/// The Jinja files of a template, ready to be rendered.
struct Prepared {
    environment: Environment<'static>,
    names: BTreeSet<String>,
    jinja: Vec<String>,
}

impl Loading<'_> {
    fn run(mut self, text: &str) -> (Option<Template>, Vec<Finding>) {
        let template = self.template(text);
        let refused = self.findings.iter().any(|finding| finding.severity == Severity::Error);
        (template.filter(|_| !refused), self.findings)
    }

    fn template(&mut self, text: &str) -> Option<Template> {
        let (node, findings) = yaml::read(text);
        let path = self.path("template.yaml");
        let in_file = |range| Place::File(path.clone(), range);
        self.findings
            .extend(findings.into_iter().map(|finding| in_text(finding, &path)));
        let node = node?;
        let value = node.to_value();
        let wrong = self.schemas.template.validate(&value, &Pointer::root());
        self.findings
            .extend(wrong.into_iter().map(|finding| in_document(finding, &node, &path)));
        if !self.findings.is_empty() && self.findings.iter().any(|finding| finding.severity == Severity::Error) {
            return None;
        }
        let mut card = self.card(&value);
        let parameters = value.get("parameters").cloned().unwrap_or_default();
        let mut schema = match Schema::compile(&parameters, Language::of(self.language)) {
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
        self.locales(&mut schema, &mut card);
        let Prepared {
            environment,
            names,
            jinja,
        } = self.prepare();
        Some(Template {
            card,
            airflow: value.get("airflow").and_then(Value::as_str).map(str::to_owned),
            schema,
            source,
            folder: self.folder.to_owned(),
            environment,
            names: Arc::new(names),
            jinja,
        })
    }

    /// Reads the words that the template brings in other languages, and takes those of the language that is asked for.
    /// What is wrong with them never takes the template away.
    fn locales(&mut self, schema: &mut Schema, card: &mut TemplateCard) {
        let mut found = Vec::new();
        let mut chosen = Vec::new();
        // `de` comes before `de-AT`, which has the last word.
        for (name, text) in &self.files {
            let Some(name) = name.strip_prefix("locales/") else {
                continue;
            };
            let path = self.path(&format!("locales/{name}"));
            let Some(tag) = name.strip_suffix(".yaml").filter(|tag| is_tag(tag)) else {
                found.push(Finding::warning("locale-name", Place::File(path, 0..0)).param("name", name));
                continue;
            };
            let (node, findings) = yaml::read(text);
            found.extend(findings.into_iter().map(|finding| in_text(finding, &path)));
            let Some(node) = node else { continue };
            let locale = node.to_value();
            let wrong = self.schemas.locale.validate(&locale, &Pointer::root());
            found.extend(wrong.into_iter().map(|finding| in_document(finding, &node, &path)));
            found.extend(schema.strays(&locale).into_iter().map(|stray| {
                let place = Place::File(path.clone(), node.key_place(&stray.pointer));
                let finding = Finding::warning(stray.code, place).param("name", stray.name);
                match stray.near {
                    Some(near) => finding.param("near", near),
                    None => finding,
                }
            }));
            let missing = schema.untranslated(&locale);
            if !tag.contains('-') && !missing.is_empty() {
                let place = Place::File(path, 0..0);
                found.push(
                    Finding::information("locale-incomplete", place)
                        .param("count", missing.len())
                        .param("missing", missing),
                );
            }
            let said = |name: &str| locale.get(name).and_then(Value::as_str).map(str::to_owned);
            let words = CardWords {
                title: said("title"),
                summary: said("summary"),
            };
            card.locales.insert(tag.to_owned(), words);
            let primary = self.language.split('-').next().unwrap_or_default();
            if tag.eq_ignore_ascii_case(self.language) || tag.eq_ignore_ascii_case(primary) {
                chosen.push(locale);
            }
        }
        for locale in &chosen {
            schema.translate(locale);
        }
        self.findings.extend(found.into_iter().map(|finding| Finding {
            severity: finding.severity.max(Severity::Warning),
            ..finding
        }));
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
            locales: BTreeMap::new(),
        }
    }

    /// The Jinja files, each through the gate.
    fn prepare(&mut self) -> Prepared {
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()
            .unwrap_or_default();
        let mut environment = (self.jinja)(syntax.clone());
        let mut names = BTreeSet::new();
        let mut jinja = Vec::new();
        let sources: Vec<(&str, &str)> = self
            .files
            .iter()
            .filter(|(name, _)| name.ends_with(".j2"))
            .map(|(name, text)| (*name, *text))
            .collect();
        let sizes: BTreeMap<&str, usize> = sources.iter().map(|(name, text)| (*name, text.len())).collect();
        let known: BTreeSet<String> = sources.iter().map(|(name, _)| (*name).to_owned()).collect();
        let parsed: Vec<_> = sources
            .into_iter()
            .filter_map(|(name, text)| Some((name, text, self.parse(name, text, &syntax)?)))
            .collect();
        let mut python = BTreeMap::new();
        for (name, text, root) in &parsed {
            let path = self.path(name);
            let target = Target::of(name);
            let mut walk = gate::Walk::new(&path, target, &known);
            walk.template(root);
            let pieces = instrument::pieces(text, &syntax);
            if target == Some(Target::Python) {
                names.extend(gate::own_names(&mut walk, &pieces));
            }
            let instrumented = instrument::instrument(text, target, root, &walk.placeholders, &sizes, &syntax);
            if instrumented.is_none() && walk.findings.is_empty() {
                walk.findings.push(
                    Finding::error("template-syntax", Place::File(path.clone(), 0..0))
                        .param("detail", "placeholders could not be told apart"),
                );
            }
            self.findings.extend(walk.findings);
            jinja.extend(walk.jinja);
            if let Some(instrumented) = instrumented
                && let Err(error) = environment.add_template_owned((*name).to_owned(), instrumented)
            {
                self.refuse_syntax(name, text, &error);
            }
            if target == Some(Target::Python) {
                let macros = walk.macros;
                let file = lexical::File {
                    path,
                    source: text,
                    root,
                    macros,
                };
                python.insert(*name, file);
            }
        }
        self.findings.extend(lexical::check(&python));
        Prepared {
            environment,
            names,
            jinja,
        }
    }

    /// The syntax tree of a Jinja file.
    fn parse<'t>(&mut self, name: &'t str, text: &'t str, syntax: &SyntaxConfig) -> Option<Stmt<'t>> {
        let refuse = |code| Finding::error(code, Place::File(self.path(name), 0..0));
        let refusal = if text.len() > MAXIMUM_BYTES {
            refuse("template-too-large").param("limit", "200 kB")
        } else if mark::is_in(text) {
            refuse("template-character")
        } else if instrument::is_too_deep(text, syntax) {
            refuse("template-too-deep")
        } else {
            return match machinery::parse(text, name, syntax.clone()) {
                Ok(root) => Some(root),
                Err(error) => {
                    self.refuse_syntax(name, text, &error);
                    None
                }
            };
        };
        self.findings.push(refusal);
        None
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

/// Whether a text has the form of a tag for a language, such as `de` or `de-AT`.
fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_language = |part: &str| matches!(part.len(), 2 | 3) && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_variety = |part: &str| matches!(part.len(), 2..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.next().is_some_and(is_language) && parts.all(is_variety)
}

/// A finding about the text of a file, at its place there.
fn in_text(mut finding: Finding, path: &str) -> Finding {
    if let Place::Config(range) = finding.primary {
        finding.primary = Place::File(path.to_owned(), range);
    }
    finding.related.clear();
    finding
}

/// A finding about a value of a file, at its place there.
fn in_document(mut finding: Finding, node: &yaml::Node, path: &str) -> Finding {
    finding.primary = match &finding.primary {
        Place::Key(pointer) => Place::File(path.to_owned(), node.key_place(pointer)),
        Place::Value(pointer) => Place::File(path.to_owned(), node.place(pointer)),
        other => other.clone(),
    };
    finding
}
