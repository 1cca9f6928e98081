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
use serde_json::{Map, Value};

use super::{
    Catalogue, Output, Target, Template, gate,
    inherit::{self, Merged},
    instrument, lexical,
    manifest::{self, Manifest, SHARED, Schemas, in_document, in_text},
    mark,
};
use crate::{
    answer::{CardWords, SourceFile, TemplateCard, TemplateStatus},
    diagnostic::Severity,
    finding::{Finding, Place},
    pattern::Pattern,
    pointer::Pointer,
    schema::Schema,
    words::{self, Language},
    yaml,
};

/// Largest file of a template, in bytes.
const MAXIMUM_BYTES: usize = 200_000;
/// Most parents, with theirs, that a template may have.
const MAXIMUM_PARENTS: usize = 10;

/// Loads every template of a catalogue, in a language such as `de-AT` where it has words for that. A folder that holds
/// a `template.yaml` is one. `jinja` makes the environment that will render it.
pub(crate) fn load(
    files: &[SourceFile],
    schemas: &Schemas,
    language: &str,
    jinja: fn(SyntaxConfig) -> Environment<'static>,
) -> (Catalogue, Vec<Finding>) {
    let manifests = manifest::read(files, schemas);
    let mut library = Library {
        states: manifests.iter().map(|_| State::Unread).collect(),
        manifests,
        shared: files
            .iter()
            .filter(|file| file.path.starts_with(SHARED))
            .map(|file| (file.path.as_str(), file.text.as_str()))
            .collect(),
        schemas,
        language,
        jinja,
        catalogue: Catalogue::default(),
        findings: Vec::new(),
    };
    for position in 0..library.manifests.len() {
        library.load(position, &mut Vec::new());
    }
    (library.catalogue, library.findings)
}

/// All templates of a catalogue while they are loaded.
struct Library<'a> {
    manifests: Vec<Manifest<'a>>,
    /// One for each manifest.
    states: Vec<State>,
    /// The files that all templates may use.
    shared: BTreeMap<&'a str, &'a str>,
    schemas: &'a Schemas,
    language: &'a str,
    jinja: fn(SyntaxConfig) -> Environment<'static>,
    catalogue: Catalogue,
    findings: Vec<Finding>,
}

/// How far a template is loaded.
enum State {
    Unread,
    Broken,
    /// Its document with its parents', and their positions, the nearest first.
    Loaded(Merged, Vec<usize>),
}

impl<'a> Library<'a> {
    /// Loads a template behind its parents. `children` are those on the way to it.
    fn load(&mut self, position: usize, children: &mut Vec<usize>) {
        if !matches!(self.states.get(position), Some(State::Unread)) {
            return;
        }
        children.push(position);
        let merged = self.merge(position, children);
        children.pop();
        let Some(manifest) = self.manifests.get_mut(position) else {
            return;
        };
        let mut findings = std::mem::take(&mut manifest.findings);
        let mut state = State::Broken;
        match merged {
            Ok((merged, parents)) => {
                let loading = Loading {
                    manifests: &self.manifests,
                    position,
                    parents: &parents,
                    files: self.visible(position, &parents),
                    schemas: self.schemas,
                    language: self.language,
                    jinja: self.jinja,
                    findings,
                };
                let (template, found) = loading.run(&merged);
                findings = found;
                if let Some(template) = template {
                    state = State::Loaded(merged, parents);
                    let twice = Finding::error("template-duplicate-id", Place::File(template.path.clone(), 0..0))
                        .param("id", template.card.id.clone())
                        .param("version", template.card.version.clone());
                    if !self.catalogue.add(template) {
                        findings.push(twice);
                    }
                }
            }
            Err(finding) => findings.extend(finding.map(|finding| *finding)),
        }
        self.findings.extend(findings);
        if let Some(own) = self.states.get_mut(position) {
            *own = state;
        }
    }

    /// The document of a template with its parents' below it. Without a finding what is wrong was told before.
    fn merge(
        &mut self,
        position: usize,
        children: &mut Vec<usize>,
    ) -> Result<(Merged, Vec<usize>), Option<Box<Finding>>> {
        let manifest = self.manifests.get(position).ok_or(None)?;
        let (_, document) = manifest.document.as_ref().ok_or(None)?;
        let Some(wanted) = manifest.text("extends").map(str::to_owned) else {
            let (merged, conflicts) = inherit::alone(document.clone());
            self.conflicts(position, None, conflicts);
            return Ok((merged, Vec::new()));
        };
        let refuse = |code: &'static str| {
            Finding::error(code, manifest.place(&Pointer::root().key("extends"))).param("wanted", wanted.as_str())
        };
        let (id, version) = match wanted.split_once('@') {
            Some((id, version)) => (id, Some(version)),
            None => (wanted.as_str(), None),
        };
        let Some(parent) = manifest::select(&self.manifests, id, version) else {
            let ids: Vec<&str> = self.manifests.iter().map(|manifest| manifest.id.as_str()).collect();
            let mut finding = refuse("template-parent-missing");
            if let Some(near) = words::nearest(id, ids.iter().copied()).filter(|near| *near != id) {
                finding = finding.param("near", near);
            }
            return Err(Some(Box::new(finding)));
        };
        let place = |position: usize| {
            let manifest = self.manifests.get(position)?;
            Some(manifest.place(&Pointer::root().key("extends")))
        };
        if let Some(first) = children.iter().position(|child| *child == parent) {
            let ring = children.get(first..).unwrap_or_default();
            let mut finding = refuse("template-parent-cycle");
            let ids = ring
                .iter()
                .chain([&parent])
                .filter_map(|position| Some(self.manifests.get(*position)?.id.as_str()));
            finding = finding.param("ring", ids.collect::<Vec<_>>().join(" → "));
            finding.related = ring
                .iter()
                .filter(|child| **child != position)
                .filter_map(|child| place(*child))
                .collect();
            return Err(Some(Box::new(finding)));
        }
        if children.len() > MAXIMUM_PARENTS {
            return Err(Some(Box::new(
                refuse("template-parent-depth").param("limit", MAXIMUM_PARENTS),
            )));
        }
        let broken = refuse("template-parent-broken");
        self.load(parent, children);
        let manifest = self.manifests.get(position).ok_or(None)?;
        let (_, document) = manifest.document.as_ref().ok_or(None)?;
        let Some(State::Loaded(below, grandparents)) = self.states.get(parent) else {
            let file = self
                .manifests
                .get(parent)
                .map(|parent| Place::File(parent.path.to_owned(), 0..0));
            return Err(Some(Box::new(file.into_iter().fold(broken, Finding::related))));
        };
        let (merged, conflicts) = inherit::merge(below, document);
        let parents = [parent].into_iter().chain(grandparents.iter().copied()).collect();
        self.conflicts(position, Some(parent), conflicts);
        Ok((merged, parents))
    }

    /// Says what stands in the way of a merge, at both places.
    fn conflicts(&mut self, position: usize, parent: Option<usize>, conflicts: Vec<inherit::Conflict>) {
        let Some(manifest) = self.manifests.get(position) else {
            return;
        };
        let findings: Vec<Finding> = conflicts
            .into_iter()
            .map(|conflict| {
                let mut finding =
                    Finding::error(conflict.code, manifest.place(&conflict.pointer)).param("name", conflict.name);
                if let Some(parent) = parent.and_then(|parent| self.manifests.get(parent)) {
                    finding = finding
                        .param("id", parent.id.clone())
                        .related(parent.place(&conflict.pointer));
                }
                finding
            })
            .collect();
        if let Some(manifest) = self.manifests.get_mut(position) {
            manifest.findings.extend(findings);
        }
    }

    /// The files that a template sees, by the names that they have there: its own, those of its parents, and the shared ones.
    fn visible(&self, position: usize, parents: &[usize]) -> BTreeMap<String, Visible<'a>> {
        let mut visible = BTreeMap::new();
        for (depth, manifest) in [&position]
            .into_iter()
            .chain(parents)
            .filter_map(|at| self.manifests.get(*at))
            .enumerate()
        {
            for (name, text) in &manifest.files {
                let file = Visible {
                    path: format!("{}{name}", manifest.folder),
                    text,
                    is_own: depth == 0,
                };
                if depth > 0 {
                    visible
                        .entry(format!("{}/{name}", manifest.id))
                        .or_insert_with(|| file.clone());
                }
                visible.entry((*name).to_owned()).or_insert(file);
            }
        }
        for (path, text) in &self.shared {
            visible.entry((*path).to_owned()).or_insert(Visible {
                path: (*path).to_owned(),
                text,
                is_own: false,
            });
        }
        visible
    }
}

/// A file as a template sees it.
#[derive(Clone)]
struct Visible<'a> {
    /// Its path in the catalogue.
    path: String,
    text: &'a str,
    /// Whether it lies in the folder of the template itself.
    is_own: bool,
}

/// One template while it is loaded.
struct Loading<'l, 'a> {
    manifests: &'l [Manifest<'a>],
    position: usize,
    /// The positions of its parents, the nearest first.
    parents: &'l [usize],
    files: BTreeMap<String, Visible<'a>>,
    schemas: &'l Schemas,
    language: &'l str,
    jinja: fn(SyntaxConfig) -> Environment<'static>,
    findings: Vec<Finding>,
}

/// What decides whether an output is written, as a Jinja file.
struct Condition {
    name: String,
    text: String,
}

/// The Jinja files of a template, ready to be rendered.
struct Prepared {
    environment: Environment<'static>,
    names: BTreeSet<String>,
    jinja: Vec<String>,
    /// The paths of the files in the catalogue by their names.
    paths: BTreeMap<String, String>,
}

impl Loading<'_, '_> {
    fn run(mut self, merged: &Merged) -> (Option<Template>, Vec<Finding>) {
        let template = self.template(merged);
        let refused = self.findings.iter().any(|finding| finding.severity == Severity::Error);
        (template.filter(|_| !refused), self.findings)
    }

    fn template(&mut self, merged: &Merged) -> Option<Template> {
        let manifests = self.manifests;
        let manifest = manifests.get(self.position)?;
        let value = &merged.document;
        let mut card = Self::card(manifest, value);
        for name in ["parameters", "outputs"] {
            if value.get(name).is_none() {
                let finding = Finding::error("template-incomplete", manifest.place(&Pointer::root()));
                self.findings.push(finding.param("name", name));
            }
        }
        let parameters = value.get("parameters").cloned()?;
        self.check_fixed(manifest, &parameters, &merged.fixed);
        let at = Pointer::root().key("parameters");
        let mut schema = match Schema::compile(&parameters, Language::of(self.language)) {
            Ok(schema) => {
                for (pointer, detail) in schema.warnings() {
                    let place = manifest.place(&at.join(pointer));
                    self.findings
                        .push(Finding::warning("template-schema-part", place).param("detail", detail.clone()));
                }
                schema
            }
            Err(problems) => {
                for (pointer, detail) in problems {
                    let place = manifest.place(&at.join(&pointer));
                    self.findings
                        .push(Finding::error("template-schema", place).param("detail", detail));
                }
                return None;
            }
        };
        let (outputs, conditions) = self.outputs(manifest, value)?;
        self.locales(&mut schema, &mut card);
        let Prepared {
            environment,
            names,
            jinja,
            paths,
        } = self.prepare(&outputs, conditions);
        card.files = self.sources(manifest, &paths);
        Some(Template {
            card,
            airflow: value.get("airflow").and_then(Value::as_str).map(str::to_owned),
            schema,
            fixed: merged.fixed.clone(),
            dag_id: Pattern::new(
                value
                    .get("dag_id")
                    .and_then(Value::as_str)
                    .unwrap_or("{package}_{name}"),
            ),
            outputs,
            path: manifest.path.to_owned(),
            paths,
            environment,
            names: Arc::new(names),
            jinja,
        })
    }

    /// The files that are needed to load the template again, sorted.
    fn sources(&self, manifest: &Manifest<'_>, paths: &BTreeMap<String, String>) -> Vec<String> {
        let own = manifest.files.keys().map(|name| format!("{}{name}", manifest.folder));
        let parents = self
            .parents
            .iter()
            .filter_map(|parent| self.manifests.get(*parent))
            .flat_map(|parent| {
                let locales = parent.files.keys().filter(|name| name.starts_with("locales/"));
                let locales = locales.map(|name| format!("{}{name}", parent.folder));
                locales.chain([parent.path.to_owned()])
            });
        let files: BTreeSet<String> = own.chain(parents).chain(paths.values().cloned()).collect();
        files.into_iter().collect()
    }

    /// A value that is fixed must be one that could have been given.
    fn check_fixed(&mut self, manifest: &Manifest<'_>, parameters: &Value, fixed: &Map<String, Value>) {
        let own = manifest
            .document
            .as_ref()
            .and_then(|(_, document)| document.get("fix")?.as_object());
        let Some(own) = own else { return };
        // The questions themselves are gone; their schemas stand in the nearest parent that asks them.
        let schemas = self.parents.iter().filter_map(|parent| {
            let (_, document) = self.manifests.get(*parent)?.document.as_ref()?;
            document.pointer("/parameters/properties")?.as_object()
        });
        let mut properties = Map::new();
        for above in schemas {
            for (name, schema) in above.iter().filter(|(name, _)| own.contains_key(*name)) {
                match properties.get_mut(name) {
                    Some(nearer) => {
                        let mut whole = schema.clone();
                        inherit::overlay(&mut whole, nearer);
                        *nearer = whole;
                    }
                    None => {
                        properties.insert(name.clone(), schema.clone());
                    }
                }
            }
        }
        let asked = serde_json::json!({
            "type": "object",
            "properties": properties,
            "$defs": parameters.get("$defs").cloned().unwrap_or_else(|| Value::Object(Map::new())),
        });
        let given: Map<String, Value> = fixed
            .iter()
            .filter(|(name, _)| own.contains_key(*name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let Ok(schema) = Schema::compile(&asked, Language::of(self.language)) else {
            return;
        };
        let at = Pointer::root().key("fix");
        let wrong = schema.validate(&Value::Object(given), &at);
        if let Some((node, _)) = &manifest.document {
            self.findings.extend(
                wrong
                    .into_iter()
                    .map(|finding| in_document(finding, node, manifest.path)),
            );
        }
    }

    /// The files that the template writes, and the conditions for them as Jinja files by their names.
    fn outputs(&mut self, manifest: &Manifest<'_>, value: &Value) -> Option<(Vec<Output>, Vec<Condition>)> {
        let mut outputs = Vec::new();
        let mut conditions = Vec::new();
        let listed = value.get("outputs").and_then(Value::as_array)?;
        for (position, output) in listed.iter().enumerate() {
            let at = Pointer::root().key("outputs").index(position);
            let text = |name: &str| output.get(name).and_then(Value::as_str);
            let source = text("source").unwrap_or_default();
            let mut refuse = |name: &str, code, what: &str| {
                let finding = Finding::error(code, manifest.place(&at.key(name))).param("what", what);
                self.findings.push(finding);
            };
            if !self.files.contains_key(source) {
                refuse("source", "template-file-unknown", source);
                continue;
            }
            let Some(target) = Target::of(source) else {
                refuse("source", "template-ending", source);
                continue;
            };
            let path = text("path").map(str::to_owned);
            let pattern = path.as_deref().map(Pattern::new);
            if path.is_none() && (position > 0 || target != Target::Python) {
                refuse("source", "template-output-path", source);
            }
            let for_each = text("for_each").map(|path| {
                let names = path.split('.').skip(1);
                names.fold(Pointer::root(), |pointer, name| pointer.key(name))
            });
            for gap in pattern.iter().flat_map(Pattern::gaps) {
                let is_known = match gap {
                    [name] => {
                        matches!(name.as_str(), "package" | "name" | "dag_id" | "environment")
                            || (for_each.is_some() && matches!(name.as_str(), "item" | "index"))
                    }
                    [first, ..] => first == "parameters" || (first == "item" && for_each.is_some()),
                    [] => false,
                };
                if !is_known {
                    refuse("path", "template-gap", &gap.join("."));
                }
            }
            let when = text("when").map(|condition| {
                let name = format!("outputs/{position}/when.j2");
                conditions.push(Condition {
                    name: name.clone(),
                    text: format!("{{% if {condition} %}}yes{{% endif %}}"),
                });
                name
            });
            outputs.push(Output {
                source: source.to_owned(),
                target,
                path,
                when,
                for_each,
                place: manifest.range(&at),
            });
        }
        Some((outputs, conditions))
    }

    /// Reads the words that the template brings in other languages, and takes those of the language that is asked for.
    /// What is wrong with them never takes the template away.
    fn locales(&mut self, schema: &mut Schema, card: &mut TemplateCard) {
        let mut found = Vec::new();
        let manifests = self.manifests;
        let Some(manifest) = manifests.get(self.position) else {
            return;
        };
        let mut locales = self.inherited_locales();
        // `de` comes before `de-AT`, which has the last word.
        for (name, text) in &manifest.files {
            let Some(name) = name.strip_prefix("locales/") else {
                continue;
            };
            let path = format!("{}locales/{name}", manifest.folder);
            let Some(tag) = name.strip_suffix(".yaml").filter(|tag| is_tag(tag)) else {
                found.push(Finding::warning("locale-name", Place::File(path, 0..0)).param("name", name));
                continue;
            };
            let (node, findings) = yaml::read(text);
            found.extend(findings.into_iter().map(|finding| in_text(finding, &path)));
            let Some(node) = node else { continue };
            let own = node.to_value();
            let wrong = self.schemas.locale.validate(&own, &Pointer::root());
            found.extend(wrong.into_iter().map(|finding| in_document(finding, &node, &path)));
            found.extend(schema.strays(&own).into_iter().map(|stray| {
                let place = Place::File(path.clone(), node.key_place(&stray.pointer));
                let finding = Finding::warning(stray.code, place).param("name", stray.name);
                match stray.near {
                    Some(near) => finding.param("near", near),
                    None => finding,
                }
            }));
            let locale = locales.entry(tag.to_owned()).or_default();
            inherit::overlay(locale, &own);
            let missing = schema.untranslated(locale);
            if !tag.contains('-') && !missing.is_empty() {
                let place = Place::File(path, 0..0);
                found.push(
                    Finding::information("locale-incomplete", place)
                        .param("count", missing.len())
                        .param("missing", missing),
                );
            }
            let said = |name: &str| own.get(name).and_then(Value::as_str).map(str::to_owned);
            let words = CardWords {
                title: said("title"),
                summary: said("summary"),
            };
            card.locales.insert(tag.to_owned(), words);
        }
        let primary = self.language.split('-').next().unwrap_or_default();
        for (tag, locale) in &locales {
            if tag.eq_ignore_ascii_case(self.language) || tag.eq_ignore_ascii_case(primary) {
                schema.translate(locale);
            }
        }
        self.findings.extend(found.into_iter().map(|finding| Finding {
            severity: finding.severity.max(Severity::Warning),
            ..finding
        }));
    }

    /// The words of the parents by language; what is wrong with them is told where they stand.
    fn inherited_locales(&self) -> BTreeMap<String, Value> {
        let mut locales: BTreeMap<String, Value> = BTreeMap::new();
        for parent in self
            .parents
            .iter()
            .rev()
            .filter_map(|parent| self.manifests.get(*parent))
        {
            for (name, text) in &parent.files {
                let tag = name
                    .strip_prefix("locales/")
                    .and_then(|name| name.strip_suffix(".yaml"));
                if let Some(tag) = tag.filter(|tag| is_tag(tag))
                    && let Some(node) = yaml::read(text).0
                {
                    let locale = locales
                        .entry(tag.to_owned())
                        .or_insert_with(|| Value::Object(Map::new()));
                    inherit::overlay(locale, &node.to_value());
                }
            }
        }
        locales
    }

    fn card(manifest: &Manifest<'_>, value: &Value) -> TemplateCard {
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
                Some("base") => TemplateStatus::Base,
                _ => TemplateStatus::Active,
            },
            replaced_by: value.get("replaced_by").and_then(Value::as_str).map(str::to_owned),
            examples: manifest
                .files
                .keys()
                .filter(|path| path.starts_with("examples/") && path.ends_with(".yaml"))
                .map(|path| (*path).to_owned())
                .collect(),
            locales: BTreeMap::new(),
            files: Vec::new(),
        }
    }

    /// The Jinja files, each through the gate: all of the template's own, and of the others those that they use.
    fn prepare(&mut self, outputs: &[Output], conditions: Vec<Condition>) -> Prepared {
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()
            .unwrap_or_default();
        let mut environment = (self.jinja)(syntax.clone());
        let mut names = BTreeSet::new();
        let mut jinja = Vec::new();
        let files = std::mem::take(&mut self.files);
        let sources: BTreeMap<&str, (&str, &str)> = files
            .iter()
            .filter(|(name, _)| name.ends_with(".j2"))
            .map(|(name, file)| (name.as_str(), (file.path.as_str(), file.text)))
            .collect();
        let sizes: BTreeMap<&str, usize> = sources.iter().map(|(name, (_, text))| (*name, text.len())).collect();
        let known: BTreeSet<String> = sources.keys().map(|name| (*name).to_owned()).collect();
        let mut waiting: Vec<&str> = files
            .iter()
            .filter(|(name, file)| file.is_own && name.ends_with(".j2"))
            .map(|(name, _)| name.as_str())
            .chain(outputs.iter().map(|output| output.source.as_str()))
            .collect();
        let mut parsed = BTreeMap::new();
        while let Some(name) = waiting.pop() {
            let Some((path, text)) = sources.get(name).filter(|_| !parsed.contains_key(name)) else {
                continue;
            };
            if let Some(root) = self.parse(path, name, text, &syntax) {
                let used = gate::files_used(&root);
                waiting.extend(
                    used.iter()
                        .filter_map(|used| sources.get_key_value(used.as_str()).map(|(name, _)| *name)),
                );
                parsed.insert(name, (*path, *text, root));
            }
        }
        let mut python = BTreeMap::new();
        for (name, (path, text, root)) in &parsed {
            let target = Target::of(name);
            let mut walk = gate::Walk::new(path, target, &known);
            walk.template(root);
            let pieces = instrument::pieces(text, &syntax);
            if target == Some(Target::Python) {
                names.extend(gate::own_names(&mut walk, &pieces));
            }
            let instrumented = instrument::instrument(text, target, root, &walk.placeholders, &sizes, &syntax);
            if instrumented.is_none() && walk.findings.is_empty() {
                walk.findings.push(
                    Finding::error("template-syntax", Place::File((*path).to_owned(), 0..0))
                        .param("detail", "placeholders could not be told apart"),
                );
            }
            self.findings.extend(walk.findings);
            jinja.extend(walk.jinja);
            if let Some(instrumented) = instrumented
                && let Err(error) = environment.add_template_owned((*name).to_owned(), instrumented)
            {
                self.refuse_syntax(path, text, &error);
            }
            if target == Some(Target::Python) {
                let file = lexical::File {
                    path: (*path).to_owned(),
                    source: text,
                    root,
                    macros: walk.macros,
                };
                python.insert(*name, file);
            }
        }
        self.findings.extend(lexical::check(&python));
        self.conditions(&mut environment, outputs, conditions, &syntax);
        let paths = parsed
            .iter()
            .map(|(name, (path, ..))| ((*name).to_owned(), (*path).to_owned()))
            .collect();
        Prepared {
            environment,
            names,
            jinja,
            paths,
        }
    }

    /// Adds what decides whether an output is written. It goes the way of all Jinja, so that its work is bounded too.
    fn conditions(
        &mut self,
        environment: &mut Environment<'static>,
        outputs: &[Output],
        conditions: Vec<Condition>,
        syntax: &SyntaxConfig,
    ) {
        let Some(manifest) = self.manifests.get(self.position) else {
            return;
        };
        for Condition { name, text } in conditions {
            let place = outputs
                .iter()
                .find(|output| output.when.as_deref() == Some(&name))
                .map(|output| output.place.clone());
            let place = Place::File(manifest.path.to_owned(), place.unwrap_or_default());
            let mut refuse = |detail: String| {
                self.findings
                    .push(Finding::error("template-condition", place.clone()).param("detail", detail));
            };
            // A condition that ends its tag would be more than an expression.
            if text.matches("%}").count() != 2 || text.contains("{{") || instrument::is_too_deep(&text, syntax) {
                refuse("it must be one expression".to_owned());
                continue;
            }
            let root = match machinery::parse(&text, &name, syntax.clone()) {
                Ok(root) => root,
                Err(error) => {
                    refuse(error.detail().unwrap_or("it cannot be read").to_owned());
                    continue;
                }
            };
            let known = BTreeSet::new();
            let mut walk = gate::Walk::new(manifest.path, None, &known);
            walk.template(&root);
            if let Some(finding) = walk.findings.first() {
                let what = finding
                    .params
                    .get("what")
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned();
                refuse(format!("{what} is not allowed here"));
                continue;
            }
            let instrumented = instrument::instrument(&text, None, &root, &walk.placeholders, &BTreeMap::new(), syntax);
            match instrumented.map(|instrumented| environment.add_template_owned(name, instrumented)) {
                Some(Ok(())) => {}
                Some(Err(error)) => refuse(error.detail().unwrap_or("it cannot be read").to_owned()),
                None => refuse("it cannot be read".to_owned()),
            }
        }
    }

    /// The syntax tree of a Jinja file.
    fn parse<'t>(&mut self, path: &str, name: &'t str, text: &'t str, syntax: &SyntaxConfig) -> Option<Stmt<'t>> {
        let refuse = |code| Finding::error(code, Place::File(path.to_owned(), 0..0));
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
                    self.refuse_syntax(path, text, &error);
                    None
                }
            };
        };
        self.findings.push(refusal);
        None
    }

    fn refuse_syntax(&mut self, path: &str, text: &str, error: &minijinja::Error) {
        let line = error.line().unwrap_or(1).max(1);
        let start = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
        let length = text
            .get(start..)
            .map_or(0, |rest| rest.lines().next().unwrap_or_default().len());
        let detail = error.detail().unwrap_or("it cannot be read").to_owned();
        self.findings.push(
            Finding::error("template-syntax", Place::File(path.to_owned(), start..start + length))
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
