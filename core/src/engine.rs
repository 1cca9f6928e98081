//! The engine: one object that answers one kind of question.

mod generated;
mod provenance;
mod report;

use std::{borrow::Cow, collections::BTreeMap};

use serde_json::Value;

use crate::{
    answer::{
        self, Answer, Checked, ConfigInput, Loaded, OutputFile, PythonAnswer, PythonRequest, Request, SourceFile,
        TemplateStatus,
    },
    config::{self, Config},
    cron,
    dag::{Dag, Summary},
    diagnostic::{Diagnostic, Severity},
    differences::differences,
    field::Field,
    file::{self, Decoded, FileProblem, NotText},
    finding::{Finding, Place, renaming, replacement},
    layout::{self, Layout},
    pattern::{Pattern, Unfilled},
    pointer::Pointer,
    policy::{self, Policies},
    python::{self, Reading, Unreadable},
    render::{self, Facts, Fault, Gated, Item, Rejection},
    rules,
    schema::{Prompts, Schema},
    schemas,
    settings::Settings,
    source::LineIndex,
    template::{self, Catalogue, Missing, Output, Target, Template},
    version::{at_least, oldest_python},
    words::{self, Language},
    yaml,
};
use generated::{Generated, GeneratedFile};
use report::Report;

/// How many of the next runs an answer names.
const UPCOMING: usize = 5;

/// The most files that a config makes for one environment.
const MOST_FILES: usize = 200;

/// How many environments a config may name; its schema says the same.
const MOST_ENVIRONMENTS: usize = 50;

/// The engine. It holds settings and templates, and no state of any question.
#[derive(Debug)]
pub struct Engine {
    settings: Settings,
    /// The settings within each environment that has some of its own.
    environments: BTreeMap<String, Settings>,
    policies: Policies,
    config_schema: Schema,
    template_schemas: template::Schemas,
    templates: Catalogue,
}

impl Engine {
    /// An engine without templates.
    pub fn new(settings: Settings) -> Self {
        let language = Language::of(&settings.language);
        Self {
            config_schema: schemas::compile(&schemas::CONFIG, language),
            template_schemas: template::Schemas {
                template: schemas::compile(&schemas::TEMPLATE, language),
                locale: schemas::compile(&schemas::LOCALE, language),
            },
            environments: settings
                .environment_names()
                .filter_map(|name| match settings.within(Some(name)) {
                    Cow::Owned(own) => Some((name.to_owned(), own)),
                    Cow::Borrowed(_) => None,
                })
                .collect(),
            policies: Policies::new(&settings, &schemas::compile(&schemas::POLICIES, language)),
            settings,
            templates: Catalogue::default(),
        }
    }

    /// Reads `portal.json`. What is wrong with it is a finding; what is right holds all the same.
    pub fn settings(text: &str) -> (Settings, Vec<Diagnostic>) {
        let (node, mut findings) = yaml::read(text);
        let mut settings = Settings::default();
        let value = node.as_ref().map(yaml::Node::to_value);
        // Where nothing is said nothing is wrong. The command line asks so whenever it finds no `portal.json`.
        if let Some(mut value) = value.filter(|value| value.as_object().is_none_or(|members| !members.is_empty())) {
            let tag = value.get("language").and_then(Value::as_str).unwrap_or_default();
            let language = Language::of(tag);
            let schema = schemas::compile(&schemas::PORTAL, language);
            let mut found = schema.validate(&value, &Pointer::root());
            for finding in &found {
                if let Place::Value(pointer) | Place::Key(pointer) = &finding.primary {
                    pointer.remove(&mut value);
                }
            }
            found.extend(policy::findings(&value, || {
                schemas::compile(&schemas::POLICIES, language)
            }));
            settings = serde_json::from_value(value).unwrap_or_default();
            settings.source = Some(SourceFile {
                path: "portal.json".to_owned(),
                text: text.to_owned(),
            });
            findings.extend(found);
        }
        let report = Report {
            text,
            node: node.as_ref(),
            ..Report::new(&settings)
        };
        let diagnostics = report.diagnostics(findings);
        (settings, diagnostics)
    }

    /// Takes the files of the catalogues in place of those it had.
    pub fn load(&mut self, files: &[SourceFile]) -> Loaded {
        let (templates, findings) = template::load(
            files,
            &self.template_schemas,
            &self.settings.language,
            render::environment,
        );
        self.templates = templates;
        let report = Report {
            sources: files,
            ..Report::new(&self.settings)
        };
        let mut diagnostics = Report {
            sources: &self.policies.sources,
            ..Report::new(&self.settings)
        }
        .diagnostics(self.policies.findings.clone());
        diagnostics.extend(report.diagnostics(findings));
        Loaded {
            templates: self
                .templates
                .templates()
                .map(|template| template.card.clone())
                .collect(),
            diagnostics,
        }
    }

    /// Answers one question.
    pub fn answer(&self, request: &Request) -> Answer {
        let considered = self.consider(request);
        let mut fields = Vec::new();
        if considered.is_readable {
            fields = self.identity_fields(&considered.document, &considered.prompts);
            // The form asks for the config as it stands, whichever environment is shown.
            fields.extend(match request.environment {
                None => considered.fields,
                Some(_) => self.parameter_fields(&considered.document, request.now, &considered.prompts),
            });
        }
        let config = Config::new(&considered.document);
        let environments = self.environments(config);
        let mut answer = Answer {
            revision: request.revision,
            differences: differences(config, &environments),
            environments,
            fields,
            prompts: considered.prompts.into_list(),
            diagnostics: considered.diagnostics,
            config: answer::Config {
                path: considered.path,
                text: considered.text.into_owned(),
                document: considered.document,
            },
            ..Answer::default()
        };
        self.fill(&mut answer, considered.outcome, request.now);
        answer
    }

    /// Answers one question in short: the same findings, and a hundredth of the words.
    pub fn check(&self, request: &Request) -> Checked {
        let considered = self.consider(request);
        let dags = considered
            .outcome
            .reading
            .map(|reading| reading.dags)
            .unwrap_or_default();
        Checked {
            diagnostics: considered.diagnostics,
            dag_ids: dags.into_iter().filter_map(|read| read.dag.dag_id).collect(),
            environments: self.environments(Config::new(&considered.document)),
        }
    }

    fn language(&self) -> Language {
        Language::of(&self.settings.language)
    }

    /// The settings as they hold in an environment.
    fn settings_within(&self, environment: Option<&str>) -> &Settings {
        let own = environment.and_then(|name| self.environments.get(name));
        own.unwrap_or(&self.settings)
    }

    /// The environments that a config is checked and rendered for: those of the settings, or else those that it names
    /// itself. Of more than a config may name, the first ones; that there are more is a finding.
    fn environments(&self, config: Config<'_>) -> Vec<String> {
        if self.settings.environments.is_empty() {
            config
                .environments()
                .take(MOST_ENVIRONMENTS)
                .map(str::to_owned)
                .collect()
        } else {
            self.settings.environment_names().map(str::to_owned).collect()
        }
    }

    /// Overrides for environments that the settings do not name, which would never be used, and a question about one that
    /// nothing names.
    fn unknown_environments(&self, document: &Value, asked: Option<&str>) -> Vec<Finding> {
        let config = Config::new(document);
        let known = self.environments(config);
        if known.is_empty() {
            return Vec::new();
        }
        let place = Pointer::root().key("environments");
        let named = config.environments().take(MOST_ENVIRONMENTS);
        let named = named.map(|name| (name, Place::Key(place.key(name))));
        asked
            .map(|name| (name, Place::Value(place.clone())))
            .into_iter()
            .chain(named)
            .filter(|(name, _)| !known.iter().any(|other| other == name))
            .map(|(name, place)| self.unknown_environment(document, &known, name, place))
            .collect()
    }

    fn unknown_environment(&self, document: &Value, known: &[String], name: &str, place: Place) -> Finding {
        let near = words::nearest(name, known.iter().map(String::as_str));
        let mut finding = Finding::error("unknown-environment", place)
            .param("name", name)
            .param("known", known);
        if let Some(near) = near {
            finding = finding.param("near", near);
            if let Place::Key(path) = &finding.primary {
                finding.fix = renaming(document, &Pointer::root(), path, near, self.language());
            }
        }
        finding
    }

    /// A question about an environment whose name none can have.
    fn misspelt_environment(&self) -> Finding {
        let language = self.language();
        Finding::error("pattern", Place::Value(Pointer::root().key("environments")))
            .param("title", language.name("environment"))
            .param("path", "/environments")
            .param("hint", language.name("environment-form"))
    }

    /// Finds all that is to be found about one question.
    fn consider<'r>(&self, request: &'r Request) -> Considered<'r> {
        let Said {
            text,
            document,
            is_readable,
            mut node,
            mut findings,
        } = Said::read(&request.config, &self.settings);
        let config = Config::new(&document);
        let environment = request
            .environment
            .as_deref()
            .filter(|name| config::is_environment(name));
        if environment.is_none() && request.environment.is_some() {
            findings.push(self.misspelt_environment());
        }
        let config_path = config.path(&self.settings.paths.config);
        let prompts = Prompts::default();
        let mut fields = Vec::new();
        let mut outcome = Outcome::default();
        let mut probe: Option<Probe> = None;
        if is_readable {
            findings.extend(self.config_schema.validate(&document, &Pointer::root()));
            findings.extend(self.unknown_environments(&document, environment));
            match self.template(config) {
                Ok(template) => {
                    let settings = self.settings_within(environment);
                    findings.extend(airflow_range(template, &settings.airflow.version));
                    let parameters = config.parameters(environment);
                    let at = Pointer::root().key("parameters");
                    let filled = template.schema.with_defaults(&parameters);
                    findings.extend(template.schema.validate_filled(&parameters, &filled, &at));
                    fields = template
                        .schema
                        .fields_filled(&parameters, &filled, &at, request.now, &prompts);
                    let blocked = report::has_error(&findings);
                    let jinja = rules::jinja_answers(&fields);
                    let facts = Parameters {
                        config,
                        values: filled,
                        environment,
                        path: &config_path,
                        document: &document,
                        jinja: &jinja,
                        settings,
                    };
                    outcome = self.generate(template, &facts, blocked, &mut findings);
                    if blocked && outcome.generated.0.is_empty() {
                        probe = self.probe(template, &facts, &parameters, &mut findings);
                    }
                    let reading = outcome
                        .reading
                        .as_ref()
                        .or_else(|| probe.as_ref()?.outcome.reading.as_ref());
                    let mut found = Vec::new();
                    rules::check(&rules::Context::new(&fields, reading, settings), &mut found);
                    let values = probe.as_ref().map_or(&facts.values, |probe| &probe.stood_in);
                    self.ask_policies(template, &facts, values, (!blocked, request.now), reading, &mut found);
                    found.retain(|finding| probe.as_ref().is_none_or(|probe| probe.is_about_answers(finding)));
                    findings.extend(found);
                    if !report::has_error(&findings) {
                        findings.extend(outcome.duplicate.take());
                    }
                }
                Err(finding) => {
                    // A template that is missing, and a document that is no config, have been said.
                    let whole = Place::Value(Pointer::root());
                    if findings
                        .iter()
                        .all(|other| other.primary != finding.primary && other.primary != whole)
                    {
                        findings.push(*finding);
                    }
                }
            }
        }
        if is_readable && node.is_none() && !findings.is_empty() {
            (node, _) = yaml::read(&text);
        }
        let report = Report {
            text: &text,
            node: node.as_ref(),
            config: Some((config, environment)),
            generated: Some(&probe.as_ref().map_or(&outcome, |probe| &probe.outcome).generated),
            sources: &self.policies.sources,
            settings: &self.settings,
        };
        let diagnostics = report.diagnostics(findings);
        Considered {
            is_readable,
            path: config_path,
            text,
            document,
            fields,
            prompts,
            diagnostics,
            outcome,
        }
    }

    /// Asks the policies about a config, whose answers are `values`, and about the DAGs of its file.
    fn ask_policies(
        &self,
        template: &Template,
        parameters: &Parameters<'_>,
        values: &Value,
        (is_right, now): (bool, Option<i64>),
        reading: Option<&Reading>,
        findings: &mut Vec<Finding>,
    ) {
        let facts = policy::Facts {
            settings: parameters.settings,
            environment: parameters.environment,
            is_environment_known: true,
            config: Some(policy::ConfigFacts {
                document: parameters.document,
                parameters: values,
                package: parameters.config.package(),
                name: parameters.config.name(),
                path: parameters.path,
                template: (&template.card.id, &template.card.version),
                is_right,
            }),
            now,
        };
        policy::check(&self.policies, &facts, reading, findings);
    }

    /// The picture of a DAG; the groups whose ids are in `folded` are drawn as one box.
    pub fn layout(&self, dag: &Dag, folded: &[String]) -> Layout {
        layout::layout(dag, folded)
    }

    /// What only many files together show: two that make the same DAG.
    pub fn relate(&self, summaries: &[Summary]) -> Vec<Diagnostic> {
        let mut first: BTreeMap<&str, &str> = BTreeMap::new();
        let mut findings = Vec::new();
        for summary in summaries {
            for dag_id in &summary.dag_ids {
                let other = first.entry(dag_id).or_insert(&summary.file);
                if *other != summary.file {
                    findings.push(
                        Finding::error("duplicate-dag-id", Place::FileLine(summary.file.clone(), 1))
                            .param("dag_id", dag_id.clone())
                            .param("file", summary.file.clone())
                            .param("other", (*other).to_owned())
                            .related(Place::FileLine((*other).to_owned(), 1)),
                    );
                }
            }
        }
        Report::new(&self.settings).diagnostics(findings)
    }

    /// The text of a file, or what is wrong with it.
    pub fn decode(&self, bytes: &[u8]) -> Decoded {
        let finding = match file::text(bytes) {
            Ok(text) => {
                return Decoded {
                    text: Some(text.to_owned()),
                    diagnostics: Vec::new(),
                };
            }
            Err(NotText::TooLarge) => {
                return Decoded {
                    text: None,
                    diagnostics: self.refuse(&FileProblem::TooLarge),
                };
            }
            Err(NotText::Utf16) => Finding::error("file-utf-16", Place::Config(0..0)),
            Err(NotText::Utf8 { line }) => Finding::error("file-not-utf-8", Place::Config(0..0)).param("line", line),
        };
        Decoded {
            text: None,
            diagnostics: Report::new(&self.settings).diagnostics(vec![finding]),
        }
    }

    /// What is to be said of a file that gave nothing.
    pub fn refuse(&self, problem: &FileProblem) -> Vec<Diagnostic> {
        let place = Place::Config(0..0);
        let finding = match problem {
            FileProblem::NotRegular => Finding::error("file-not-regular", place),
            FileProblem::TooLarge => Finding::error("file-too-large", place).param("limit", "1 MB"),
            FileProblem::Unreadable { reason } => {
                Finding::error("file-unreadable", place).param("reason", reason.as_str())
            }
            FileProblem::EngineCrashed => Finding::error("engine-crashed", place),
            FileProblem::EngineOutOfMemory => Finding::error("engine-out-of-memory", place),
            FileProblem::EngineTooSlow { seconds } => {
                Finding::error("engine-too-slow", place).param("seconds", *seconds)
            }
        };
        Report::new(&self.settings).diagnostics(vec![finding])
    }

    /// Reads a Python file on its own.
    pub fn read(&self, request: &PythonRequest) -> PythonAnswer {
        let PythonRequest {
            text,
            path,
            environment,
            now,
        } = request;
        let environment = environment
            .as_deref()
            .or_else(|| self.settings.environment_of(path.as_deref()?));
        let settings = self.settings_within(environment);
        let mut findings = Vec::new();
        let reading = match python::read(text, &settings.airflow) {
            Ok(reading) => Some(reading),
            Err(unreadable) => {
                findings.push(unreadable_finding("python-syntax", unreadable));
                None
            }
        };
        let context = rules::Context::new(&[], reading.as_ref(), settings);
        rules::check(&context, &mut findings);
        let about = policy::Facts {
            settings,
            environment,
            is_environment_known: environment.is_some() || self.settings.environments.is_empty(),
            config: None,
            now: *now,
        };
        policy::check(&self.policies, &about, reading.as_ref(), &mut findings);
        let generated = Generated(vec![GeneratedFile {
            path: None,
            text: text.clone(),
            emissions: Vec::new(),
            python: Some(0),
        }]);
        let report = Report {
            generated: Some(&generated),
            sources: &self.policies.sources,
            ..Report::new(&self.settings)
        };
        let diagnostics = report.diagnostics(findings);
        let partial = reading.as_ref().is_none_or(is_partial);
        let reading = reading.unwrap_or_default();
        PythonAnswer {
            partial,
            unresolved: report::unresolved(&reading, &generated),
            dags: reading.dags.into_iter().map(|read| read.dag).collect(),
            diagnostics,
        }
    }

    fn template(&self, config: Config<'_>) -> Result<&Template, Box<Finding>> {
        let (id, version) = config.template();
        let place = Place::Value(Pointer::root().key("template"));
        match self.templates.select(id, version) {
            Ok(template) if template.card.status == TemplateStatus::Base => {
                Err(Box::new(Finding::error("template-base", place).param("id", id)))
            }
            Ok(template) => Ok(template),
            Err(Missing::Id) => {
                let known: Vec<_> = self.templates.ids().collect();
                let mut finding = Finding::error("unknown-template", place.clone())
                    .param("id", id)
                    .param("known", known.join(", "));
                if let (Some(near), Place::Value(path)) = (words::nearest(id, known.iter().copied()), place) {
                    let wanted = match version {
                        Some(version) => format!("{near}@{version}"),
                        None => near.to_owned(),
                    };
                    finding = finding
                        .param("near", near)
                        .fix(replacement(path, wanted.into(), self.language()));
                }
                Err(Box::new(finding))
            }
            Err(Missing::Version(versions)) => Err(Box::new(
                Finding::error("template-version", place)
                    .param("id", id)
                    .param("wanted", version.unwrap_or_default())
                    .param("version", versions.join(", ")),
            )),
        }
    }

    /// The questions that every template asks: whose DAG, and its name.
    fn identity_fields(&self, document: &Value, prompts: &Prompts) -> Vec<Field> {
        let named = ["package", "name"].into_iter().filter_map(|name| {
            let value = document.get(name)?;
            Some((name.to_owned(), value.clone()))
        });
        let named = Value::Object(named.collect());
        let mut fields = self.config_schema.fields(&named, &Pointer::root(), None, prompts);
        fields.retain(|field| matches!(field.pointer.as_str(), "/package" | "/name"));
        fields
    }

    /// What the template asks of a config as it stands.
    fn parameter_fields(&self, document: &Value, now: Option<i64>, prompts: &Prompts) -> Vec<Field> {
        let config = Config::new(document);
        let Ok(template) = self.template(config) else {
            return Vec::new();
        };
        let at = Pointer::root().key("parameters");
        template.schema.fields(&config.parameters(None), &at, now, prompts)
    }

    /// Renders the file, proves it and reads it back, and says what is in the way.
    fn generate(
        &self,
        template: &Template,
        parameters: &Parameters<'_>,
        blocked: bool,
        findings: &mut Vec<Finding>,
    ) -> Outcome {
        match self.write(template, parameters) {
            Ok(outcome) => return outcome,
            Err(Unwritten::Refused(finding)) => {
                // Answers that are missing or wrong have been said; what follows from them is noise.
                let said = findings.iter().any(|other| other.primary == finding.primary);
                if !said && (!blocked || !finding.code.starts_with("template-")) {
                    findings.push(*finding);
                }
            }
            Err(Unwritten::Rejected(finding)) => {
                if !blocked {
                    findings.push(*finding);
                }
            }
        }
        Outcome::default()
    }

    /// The file with stand-ins for answers that are missing or wrong, so that nobody must give those to hear what is wrong
    /// with the others.
    fn probe(
        &self,
        template: &Template,
        parameters: &Parameters<'_>,
        said: &Value,
        findings: &mut Vec<Finding>,
    ) -> Option<Probe> {
        let at = Pointer::root().key("parameters");
        let stood_in = Parameters {
            values: template.schema.with_stand_ins(said, findings, &at)?,
            ..*parameters
        };
        let written = self.write(template, &stood_in);
        let probe = Probe {
            said: parameters.values.clone(),
            stood_in: stood_in.values,
            outcome: Outcome::default(),
        };
        match written {
            Ok(outcome) => Some(Probe { outcome, ..probe }),
            Err(Unwritten::Refused(finding)) => {
                let is_known = findings.iter().any(|other| other.primary == finding.primary);
                if !is_known && matches!(finding.primary, Place::Value(_)) && probe.is_about_answers(&finding) {
                    findings.push(*finding);
                }
                None
            }
            Err(Unwritten::Rejected(_)) => None,
        }
    }

    /// Renders the files, proves them and reads them back.
    fn write(&self, template: &Template, parameters: &Parameters<'_>) -> Result<Outcome, Unwritten> {
        let (package, name) = (parameters.config.package(), parameters.config.name());
        let values = template.with_fixed(&parameters.values);
        let dag_id = dag_id(template, &values, package, name)?;
        let link = provenance::portal_link(&self.settings, parameters.document);
        let facts = Facts {
            parameters: &values,
            package,
            name,
            dag_id: &dag_id,
            environment: parameters.environment,
            config_path: parameters.path,
            portal_link: link.as_deref(),
            airflow: &parameters.settings.airflow,
            item: None,
        };
        let jinja: Vec<&str> = template
            .jinja
            .iter()
            .chain(parameters.jinja)
            .map(String::as_str)
            .collect();
        let mut outcome = Outcome::default();
        for output in &template.outputs {
            let Some(pointer) = &output.for_each else {
                self.write_file(template, output, &facts, parameters.document, &jinja, &mut outcome)?;
                continue;
            };
            let items = pointer.get(&values).and_then(Value::as_array);
            for (index, value) in items.into_iter().flatten().enumerate() {
                let facts = Facts {
                    item: Some(Item {
                        index,
                        value,
                        pointer: &pointer.index(index),
                    }),
                    ..facts
                };
                self.write_file(template, output, &facts, parameters.document, &jinja, &mut outcome)?;
            }
        }
        Ok(outcome)
    }

    /// Renders one file, proves it and reads it back.
    fn write_file(
        &self,
        template: &Template,
        output: &Output,
        facts: &Facts<'_>,
        document: &Value,
        jinja: &[&str],
        outcome: &mut Outcome,
    ) -> Result<(), Unwritten> {
        if !render::is_wanted(template, output, facts).map_err(Unwritten::Refused)? {
            return Ok(());
        }
        if outcome.generated.0.len() >= MOST_FILES {
            let place = Place::File(template.path.clone(), output.place.clone());
            let finding = Finding::error("output-count", place).param("limit", MOST_FILES);
            return Err(Unwritten::Refused(Box::new(finding)));
        }
        let path = self.output_path(template, output, facts)?;
        if let Some(taken) = outcome.path_taken(&path) {
            let place = facts
                .item
                .map(|item| Place::Value(Pointer::root().key("parameters").join(item.pointer)));
            let place = place.unwrap_or_else(|| Place::File(template.path.clone(), output.place.clone()));
            let finding = Finding::error("output-path-shared", place)
                .param("file", path)
                .param("other", taken);
            return Err(Unwritten::Refused(Box::new(finding)));
        }
        let mut rendered = render::render(template, output, facts).map_err(Unwritten::Refused)?;
        if let Some(head) = provenance::header(template, output.target, facts, document) {
            rendered.prepend(&head);
        }
        let reject = |text: &str, rejection| {
            Unwritten::Rejected(Box::new(rejected(template, output, facts.parameters, text, rejection)))
        };
        if output.target != Target::Python {
            render::check_language(&rendered, output.target, jinja)
                .map_err(|fault| Unwritten::Rejected(Box::new(faulty(template, output, &rendered.text, fault))))?;
            outcome.generated.0.push(GeneratedFile {
                path: Some(path),
                text: rendered.text,
                emissions: rendered.emissions,
                python: None,
            });
            return Ok(());
        }
        let Gated {
            text,
            emissions,
            module,
            duplicate,
        } = render::check(rendered, oldest_python(&facts.airflow.version), jinja, facts.parameters)
            .map_err(|(text, rejection)| reject(&text, rejection))?;
        if let Some(duplicate) = duplicate {
            outcome.duplicate = Some(rejected(template, output, facts.parameters, &text, duplicate));
        }
        let mut reading = python::read_module(&text, module.syntax(), facts.airflow);
        for read in &mut reading.dags {
            read.dag.file = Some(path.clone());
        }
        let start = outcome.generated.python_end();
        outcome.reading.get_or_insert_default().append(reading, start);
        outcome.generated.0.push(GeneratedFile {
            path: Some(path),
            text,
            emissions,
            python: Some(start),
        });
        Ok(())
    }

    /// Where a file belongs.
    fn output_path(&self, template: &Template, output: &Output, facts: &Facts<'_>) -> Result<String, Unwritten> {
        let Some(pattern) = &output.path else {
            let pattern = &self.settings.paths.output;
            return Ok(config::fill_path(
                pattern,
                facts.package,
                facts.name,
                facts.dag_id,
                facts.environment,
            ));
        };
        let pattern = match facts.environment {
            Some(_) => Pattern::new(pattern),
            None => Pattern::new(&pattern.replace("{environment}/", "").replace("{environment}", "")),
        };
        let filled = pattern.fill(|path| {
            let names: Vec<&str> = path.iter().map(String::as_str).collect();
            match names.as_slice() {
                ["package"] => Some(facts.package.to_owned()),
                ["name"] => Some(facts.name.to_owned()),
                ["dag_id"] => Some(facts.dag_id.to_owned()),
                ["environment"] => facts.environment.map(str::to_owned),
                ["index"] => facts.item.map(|item| item.index.to_string()),
                ["parameters", rest @ ..] => text_of(facts.parameters, rest),
                ["item", rest @ ..] => text_of(facts.item?.value, rest),
                _ => None,
            }
        });
        filled.map_err(|unfilled| {
            let place = |names: &[String], at: Pointer| names.iter().fold(at, |pointer, name| pointer.key(name));
            let parameters = Pointer::root().key("parameters");
            let pointer = match (unfilled.path.as_slice(), facts.item) {
                ([first, rest @ ..], _) if first == "parameters" => Some(place(rest, parameters)),
                ([first, rest @ ..], Some(item)) if first == "item" => Some(place(rest, parameters.join(item.pointer))),
                _ => None,
            };
            let place = pointer.map_or_else(
                || Place::File(template.path.clone(), output.place.clone()),
                Place::Value,
            );
            Unwritten::Refused(Box::new(unfit("output-path-value", place, unfilled)))
        })
    }

    fn fill(&self, answer: &mut Answer, outcome: Outcome, now: Option<i64>) {
        answer.partial = match &outcome.reading {
            Some(reading) => is_partial(reading),
            None => outcome.generated.0.is_empty(),
        };
        let generated = outcome.generated;
        if let Some(reading) = outcome.reading {
            // With an error nothing runs as it says here, so nothing is promised.
            let is_right = answer.diagnostics.iter().all(|found| found.severity != Severity::Error);
            if let Some(first) = reading.dags.first()
                && is_right
            {
                answer.summary = Some(self.language().plan(first));
                answer.upcoming = match (first.dag.schedule.text(), now) {
                    (Some(schedule), Some(now)) => cron::Schedule::parse(schedule)
                        .map(|schedule| schedule.upcoming(now, UPCOMING))
                        .unwrap_or_default(),
                    _ => Vec::new(),
                };
            }
            answer.unresolved = report::unresolved(&reading, &generated);
            answer.dags = reading
                .dags
                .into_iter()
                .map(|read| {
                    let mut dag = read.dag;
                    for (task, places) in dag.tasks.iter_mut().zip(&read.tasks) {
                        task.pointer = generated
                            .emission_at(&places.task_id)
                            .and_then(said_at)
                            .and_then(|pointer| pointer.parent());
                    }
                    dag
                })
                .collect();
        }
        answer.files = generated
            .0
            .into_iter()
            .map(|file| {
                let lines = LineIndex::new(&file.text);
                let origins = file.emissions.iter().filter_map(|emission| {
                    let span = lines.span(emission.range.clone());
                    Some(answer::Origin {
                        start: span.start,
                        end: span.end,
                        pointer: said_at(emission)?,
                    })
                });
                OutputFile {
                    path: file.path.unwrap_or_default(),
                    origins: origins.collect(),
                    text: file.text,
                }
            })
            .collect();
    }
}

/// The place in the config of the answer that a value came from.
fn said_at(emission: &render::Emission) -> Option<Pointer> {
    let parameter = emission.pointer.as_ref()?;
    Some(Pointer::root().key("parameters").join(parameter))
}

/// The answers on their way to a template.
struct Parameters<'a> {
    config: Config<'a>,
    /// Merged, with every default filled in.
    values: Value,
    environment: Option<&'a str>,
    path: &'a str,
    document: &'a Value,
    /// The answers that hold Jinja.
    jinja: &'a [String],
    /// The settings as they hold in the environment.
    settings: &'a Settings,
}

/// All that is found about one question.
struct Considered<'r> {
    /// Whether the text of the config could be read.
    is_readable: bool,
    /// Where the config belongs.
    path: String,
    text: Cow<'r, str>,
    document: Value,
    /// What the template asks.
    fields: Vec<Field>,
    prompts: Prompts,
    diagnostics: Vec<Diagnostic>,
    outcome: Outcome,
}

/// What came of rendering.
#[derive(Default)]
struct Outcome {
    generated: Generated,
    /// What all its Python says; none where there is none.
    reading: Option<Reading>,
    /// Two equal answers that bind one name, which is said where nothing else is wrong.
    duplicate: Option<Finding>,
}

impl Outcome {
    /// The path of a file that has this one, as file systems see it that do not tell capital letters.
    fn path_taken(&self, path: &str) -> Option<String> {
        let paths = self.generated.0.iter().filter_map(|file| file.path.as_deref());
        let mut paths = paths.filter(|other| other.eq_ignore_ascii_case(path));
        paths.next().map(str::to_owned)
    }
}

/// Why there is no file.
enum Unwritten {
    /// It could not be rendered.
    Refused(Box<Finding>),
    /// It was rendered, and the gate did not let it through.
    Rejected(Box<Finding>),
}

/// A file with stand-ins.
struct Probe {
    /// The answers, with every default filled in.
    said: Value,
    /// The same with stand-ins.
    stood_in: Value,
    outcome: Outcome,
}

impl Probe {
    /// Whether all the places of a finding are answers that were given.
    fn is_about_answers(&self, finding: &Finding) -> bool {
        let is_answer = |parameter: &Pointer| {
            let said = parameter.get(&self.said);
            said.is_some() && said == parameter.get(&self.stood_in)
        };
        let parameters = Pointer::root().key("parameters");
        [&finding.primary]
            .into_iter()
            .chain(&finding.related)
            .all(|place| match place {
                Place::Python(range) => {
                    let emission = self.outcome.generated.emission_at(range);
                    emission
                        .and_then(|emission| emission.pointer.as_ref())
                        .is_some_and(is_answer)
                }
                Place::Value(pointer) => pointer
                    .strip_prefix(&parameters)
                    .is_none_or(|parameter| is_answer(&parameter)),
                _ => true,
            })
    }
}

/// A config as a text and as a document.
struct Said<'r> {
    text: Cow<'r, str>,
    document: Value,
    is_readable: bool,
    /// The places of the document in the text; none where nothing has asked for them yet.
    node: Option<yaml::Node>,
    /// What is wrong with it as YAML.
    findings: Vec<Finding>,
}

impl<'r> Said<'r> {
    fn read(input: &'r ConfigInput, settings: &Settings) -> Self {
        match input {
            ConfigInput::Text { text } => Self::of_text(Cow::Borrowed(text), &Value::Null),
            ConfigInput::Values { values, base: None } => {
                let text = provenance::config_head(settings) + &yaml::write(values);
                if yaml::is_within_limits(values, &text) {
                    Self {
                        text: Cow::Owned(text),
                        document: values.clone(),
                        is_readable: true,
                        node: None,
                        findings: Vec::new(),
                    }
                } else {
                    Self::of_text(Cow::Owned(text), values)
                }
            }
            ConfigInput::Values {
                values,
                base: Some(base),
            } => {
                let (text, kept) = yaml::edit(base, values);
                let mut said = Self::of_text(Cow::Owned(text), values);
                if !kept {
                    said.findings
                        .push(Finding::information("yaml-rewritten", Place::Config(0..0)));
                }
                said
            }
        }
    }

    /// What was written is the source of truth: values of a form answer as the text that they became.
    fn of_text(text: Cow<'r, str>, otherwise: &Value) -> Self {
        let (node, findings) = yaml::read(&text);
        Self {
            document: node.as_ref().map_or_else(|| otherwise.clone(), yaml::Node::to_value),
            text,
            is_readable: node.is_some(),
            node,
            findings,
        }
    }
}

/// The id of the DAG.
fn dag_id(template: &Template, values: &Value, package: &str, name: &str) -> Result<String, Unwritten> {
    let filled = template.dag_id.fill(|path| {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        match names.as_slice() {
            ["package"] => Some(package.to_owned()),
            ["name"] => Some(name.to_owned()),
            ["parameters", rest @ ..] => text_of(values, rest),
            _ => None,
        }
    });
    filled.map_err(|unfilled| {
        let pointer = unfilled
            .path
            .iter()
            .fold(Pointer::root(), |pointer, name| pointer.key(name));
        Unwritten::Refused(Box::new(unfit("dag-id-value", Place::Value(pointer), unfilled)))
    })
}

/// A value below another as a part of a path or an id.
fn text_of(value: &Value, names: &[&str]) -> Option<String> {
    match names.iter().try_fold(value, |value, name| value.get(name))? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// An answer that cannot be a part of a path or an id.
fn unfit(code: &'static str, place: Place, unfilled: Unfilled) -> Finding {
    let name = unfilled.path.last().cloned().unwrap_or_default();
    let finding = Finding::error(code, place).param("title", words::title(&name));
    match unfilled.value {
        Some(value) => finding.param("value", value),
        None => finding,
    }
}

/// A file that is not in its language, or that holds a value that is not confined, is the fault of its template.
fn faulty(template: &Template, output: &Output, text: &str, fault: Fault) -> Finding {
    let place = source_place(template, output);
    let (finding, at) = match fault {
        Fault::Unreadable(at, detail) => {
            let finding = Finding::error("template-output-format", place);
            let finding = match detail {
                Some(detail) => finding.param("detail", detail),
                None => finding,
            };
            (finding, at)
        }
        Fault::Emission(emission) => {
            let place = answer_place(&emission).unwrap_or(place);
            (Finding::error("template-output-place", place), emission.range.start)
        }
        Fault::Jinja(emission, found) => {
            let place = answer_place(&emission).unwrap_or(place);
            let finding = Finding::error("template-output-jinja", place).param("found", found);
            (finding, emission.range.start)
        }
    };
    let line = LineIndex::new(text).span(at..at).line;
    let code = text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
    finding
        .param("code", code.trim())
        .param("format", output.target.title())
}

fn source_place(template: &Template, output: &Output) -> Place {
    let path = template.paths.get(&output.source).unwrap_or(&template.path);
    Place::FileLine(path.clone(), 1)
}

/// A file that failed its gate is the fault of its template, for no answer may make it fail.
fn rejected(template: &Template, output: &Output, values: &Value, text: &str, rejection: Rejection) -> Finding {
    let place = source_place(template, output);
    let (finding, range) = match rejection {
        Rejection::Unreadable(Unreadable::Syntax(range, detail)) => {
            (Finding::error("template-output", place).param("detail", detail), range)
        }
        Rejection::Unreadable(Unreadable::TooDeep(range)) => (Finding::error("template-output-depth", place), range),
        Rejection::Emission(emission) => {
            let place = answer_place(&emission).unwrap_or(place);
            (Finding::error("template-output-value", place), emission.range)
        }
        Rejection::Jinja(emission, found) => {
            let place = answer_place(&emission).unwrap_or(place);
            let finding = Finding::error("template-output-jinja", place).param("found", found);
            (finding, emission.range)
        }
        Rejection::SharedName(both) => {
            let [first, second] = *both;
            let said = |emission: &render::Emission| {
                let answer = emission
                    .pointer
                    .as_ref()
                    .and_then(|pointer| values.pointer(pointer.as_str()));
                let name = text.get(emission.range.clone()).unwrap_or_default();
                answer.and_then(Value::as_str).unwrap_or(name).to_owned()
            };
            let mut finding = Finding::error("name-shared", answer_place(&second).unwrap_or(place))
                .param("name", text.get(second.range.clone()).unwrap_or_default())
                .param("text", said(&first))
                .param("other", said(&second));
            finding.related.extend(answer_place(&first));
            (finding, second.range)
        }
    };
    let line = LineIndex::new(text).span(range).line;
    let code = text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
    finding.param("code", code.trim())
}

/// Whether something in a file could not be understood, even where no DAG is left that could say so.
fn is_partial(reading: &Reading) -> bool {
    !reading.unresolved.is_empty() || reading.dags.iter().any(|read| read.dag.partial)
}

/// Where in the config the answer stands that a value came from.
fn answer_place(emission: &render::Emission) -> Option<Place> {
    let pointer = emission.pointer.as_ref()?;
    Some(Place::Value(Pointer::root().key("parameters").join(pointer)))
}

fn unreadable_finding(code: &'static str, unreadable: Unreadable) -> Finding {
    match unreadable {
        Unreadable::Syntax(range, detail) => Finding::error(code, Place::Python(range)).param("detail", detail),
        Unreadable::TooDeep(range) => Finding::error("python-too-deep", Place::Python(range)),
    }
}

/// A template may be made for some versions of Airflow only.
fn airflow_range(template: &Template, version: &str) -> Option<Finding> {
    let bounds = template.airflow.as_deref()?;
    let holds =
        bounds
            .split(',')
            .map(str::trim)
            .all(|bound| match (bound.strip_prefix(">="), bound.strip_prefix('<')) {
                (Some(least), _) => at_least(version, least),
                (None, Some(most)) => !at_least(version, most),
                (None, None) => true,
            });
    (!holds).then(|| {
        Finding::error("template-airflow", Place::Value(Pointer::root().key("template")))
            .param("id", template.card.id.clone())
            .param("range", bounds)
            .param("version", version)
    })
}
