//! Asking policies about a config and the DAGs of its file.

use std::collections::BTreeMap;

use minijinja::Value;

use super::{
    Policies, Policy, Target,
    exception::{Term, Whose},
    expression::Verdict,
    subject::{Meter, Subjects},
    text,
};
use crate::{
    diagnostic::Severity,
    finding::{Finding, Place, Said},
    pointer::Pointer,
    python::{ReadDag, Reading},
    settings::{InventorySource, Settings},
};

/// How many findings of one policy are kept: an answer shows no more of all together.
const MOST: usize = 100;

/// What is known beside the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    /// The settings as they hold in the environment.
    pub(crate) settings: &'a Settings,
    /// The environment; none where the config is asked about as it stands.
    pub(crate) environment: Option<&'a str>,
    /// Whether it is known for which environment a file is.
    pub(crate) is_environment_known: bool,
    /// The config; none for a file of Python on its own.
    pub(crate) config: Option<ConfigFacts<'a>>,
    /// The present, in seconds since 1970-01-01T00:00:00Z.
    pub(crate) now: Option<i64>,
}

/// What is known of a config.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConfigFacts<'a> {
    /// The document, whose parameters are those that the template sees.
    pub(crate) document: &'a serde_json::Value,
    pub(crate) parameters: &'a serde_json::Value,
    pub(crate) package: &'a str,
    pub(crate) name: &'a str,
    pub(crate) path: &'a str,
    /// Id and version of its template.
    pub(crate) template: (&'a str, &'a str),
    /// Whether all of its answers are right. Of others nothing is said.
    pub(crate) is_right: bool,
}

/// Asks the policies that hold in an environment.
pub(crate) fn check(policies: &Policies, facts: &Facts<'_>, reading: Option<&Reading>, findings: &mut Vec<Finding>) {
    let active = policies.within(facts.environment);
    if active.is_empty() {
        return;
    }
    let meter = Meter::new();
    let subjects = Subjects::new(&meter);
    let mut asking = Asking {
        policies,
        facts,
        common: common(&subjects, facts, &active),
        subjects,
        meter: &meter,
        findings,
        counts: BTreeMap::new(),
    };
    if facts.config.is_some_and(|config| config.is_right) {
        asking.config(&active);
    }
    for read in reading.into_iter().flat_map(|reading| &reading.dags) {
        asking.dag(&active, read);
    }
}

/// What every expression sees; the config only where one asks for it.
fn common(subjects: &Subjects, facts: &Facts<'_>, active: &[&Policy]) -> Vec<(&'static str, Option<Value>)> {
    let Facts {
        settings,
        environment,
        is_environment_known,
        config,
        ..
    } = facts;
    let is_asked = |name| active.iter().any(|policy| policy.expression.names(name));
    let document = config.filter(|_| is_asked("config")).map(|config| {
        let mut document = config.document.clone();
        if let Some(members) = document.as_object_mut() {
            members.insert("parameters".to_owned(), config.parameters.clone());
        }
        subjects.json("config", &document)
    });
    let inventory = match &settings.inventory {
        InventorySource::Inline(inventory) if is_asked("inventory") => Some(subjects.inventory(inventory)),
        _ => None,
    };
    let owners = || {
        let owners = settings
            .owners
            .iter()
            .map(|(package, team)| (package.clone(), team.as_str().into()));
        subjects.json("owners", &serde_json::Value::Object(owners.collect()))
    };
    let template = config.map(
        |ConfigFacts {
             template: (id, version),
             ..
         }| { subjects.json("template", &serde_json::json!({"id": id, "version": version})) },
    );
    vec![
        ("airflow", Some(Value::from(settings.airflow.version.as_str()))),
        ("config", document),
        ("environment", is_environment_known.then(|| Value::from(*environment))),
        ("inventory", inventory),
        ("name", config.map(|config| Value::from(config.name))),
        (
            "owner",
            config.map(|config| Value::from(owner(settings, config.package))),
        ),
        ("owners", is_asked("owners").then(owners)),
        ("package", config.map(|config| Value::from(config.package))),
        ("template", template),
    ]
}

fn owner<'a>(settings: &'a Settings, package: &str) -> Option<&'a str> {
    settings.owners.get(package).map(String::as_str)
}

struct Asking<'a, 'f> {
    policies: &'a Policies,
    facts: &'a Facts<'a>,
    common: Vec<(&'static str, Option<Value>)>,
    subjects: Subjects,
    meter: &'a Meter,
    findings: &'f mut Vec<Finding>,
    /// How much was found by each policy, by its code.
    counts: BTreeMap<&'a str, usize>,
}

/// What a policy is asked about.
struct Subject<'a> {
    root: &'a Value,
    whose: Whose<'a>,
    place: Place,
    /// Whether it is not known that the file makes it.
    doubtful: bool,
}

impl<'a> Asking<'a, '_> {
    fn config(&mut self, active: &[&'a Policy]) {
        let root = self.subjects.root(&self.common);
        let subject = Subject {
            root: &root,
            whose: self.whose(None, None),
            place: Place::Value(Pointer::root()),
            doubtful: false,
        };
        for policy in active.iter().filter(|policy| policy.target == Target::Config) {
            self.ask(policy, &subject);
        }
    }

    fn dag(&mut self, active: &[&'a Policy], read: &ReadDag) {
        let of = |target| active.iter().filter(move |policy| policy.target == target);
        if of(Target::Dag).chain(of(Target::Task)).next().is_none() {
            return;
        }
        let tasks = self.subjects.tasks(read);
        let dag = self.subjects.dag(read, &tasks, &self.facts.settings.airflow.version);
        let mut named = self.common.clone();
        named.push(("dag", Some(dag)));
        let dag_id = read.dag.dag_id.as_deref();
        let root = self.subjects.root(&named);
        let subject = Subject {
            root: &root,
            whose: self.whose(dag_id, None),
            place: Place::Python(read.dag_id.clone()),
            doubtful: read.doubtful,
        };
        for policy in of(Target::Dag) {
            self.ask(policy, &subject);
        }
        if of(Target::Task).next().is_none() {
            return;
        }
        for ((task, places), value) in read.dag.tasks.iter().zip(&read.tasks).zip(tasks) {
            named.push(("task", Some(value)));
            let root = self.subjects.root(&named);
            named.pop();
            let subject = Subject {
                root: &root,
                whose: self.whose(dag_id, Some(&task.task_id)),
                place: Place::Python(places.task_id.clone()),
                doubtful: read.doubtful || places.doubtful,
            };
            for policy in of(Target::Task) {
                self.ask(policy, &subject);
            }
        }
    }

    fn whose<'s>(&self, dag_id: Option<&'s str>, task_id: Option<&'s str>) -> Whose<'s>
    where
        'a: 's,
    {
        Whose {
            config: self.facts.config.map(|config| config.path),
            dag_id,
            task_id,
        }
    }

    fn ask(&mut self, policy: &'a Policy, subject: &Subject<'_>) {
        if self.meter.is_spent()
            || self
                .counts
                .get(policy.code.as_str())
                .is_some_and(|count| *count >= MOST)
        {
            return;
        }
        let about = |finding: Finding| {
            let finding = finding.param("name", policy.code.clone());
            let finding = named(finding, "dag_id", subject.whose.dag_id);
            named(finding, "task_id", subject.whose.task_id)
        };
        let found = match self
            .policies
            .expressions
            .ask(&policy.expression, subject.root, self.meter)
        {
            Verdict::Holds => return,
            Verdict::Fails => return self.fails(policy, subject),
            Verdict::Unknown(names) => {
                // Of a file on its own nobody said whose it is: what asks for that is not for it.
                let is_for_configs = |name: &String| self.common.iter().any(|(known, _)| known == name);
                if names.iter().any(is_for_configs) {
                    return;
                }
                about(Finding::information("policy-unknown", subject.place.clone()).param("names", names))
                    .related(policy.place.clone())
            }
            Verdict::NotBoolean(kind) => {
                about(Finding::error("policy-not-boolean", policy.place.clone())).param("actual", kind)
            }
            Verdict::Broken(detail) => {
                about(Finding::error("policy-failed", policy.place.clone())).param("detail", detail)
            }
            Verdict::Endless => about(Finding::error("policy-endless", policy.place.clone())),
        };
        self.push(policy, found);
    }

    /// A policy does not hold, and perhaps it need not.
    fn fails(&mut self, policy: &'a Policy, subject: &Subject<'_>) {
        let now = self.facts.now;
        let meant: Vec<_> = policy
            .exceptions
            .iter()
            .filter(|exception| exception.is_for(subject.whose))
            .map(|exception| (exception, exception.term(now)))
            .collect();
        let holding = meant.iter().find(|(_, term)| matches!(term, Term::Holds | Term::Long));
        let told = match holding {
            Some(held) => std::slice::from_ref(held),
            None => &meant,
        };
        for (exception, term) in told {
            let code = match term {
                Term::Holds => continue,
                Term::Long => "policy-exception-long",
                Term::Expired => "policy-exception-expired",
                Term::Undated => "policy-exception-undated",
            };
            let finding = Finding::warning(code, exception.place.clone())
                .param("name", policy.code.clone())
                .param("value", exception.until.clone())
                .param("reason", exception.reason.clone());
            self.push(policy, finding);
        }
        if holding.is_none() {
            let finding = self.violation(policy, subject);
            self.push(policy, finding);
        }
    }

    fn violation(&self, policy: &Policy, subject: &Subject<'_>) -> Finding {
        let settings = self.facts.settings;
        let package = self.facts.config.map(|config| config.package);
        let known = [
            ("dag_id", subject.whose.dag_id),
            ("environment", self.facts.environment),
            ("name", self.facts.config.map(|config| config.name)),
            ("owner", package.and_then(|package| owner(settings, package))),
            ("package", package),
            ("task_id", subject.whose.task_id),
        ];
        let facts: BTreeMap<&'static str, String> = known
            .into_iter()
            .filter_map(|(name, fact)| Some((name, fact?.to_owned())))
            .collect();
        let say = |text: &text::Text| text::filled(text.in_language(&settings.language), &facts);
        let severity = match policy.severity {
            // What perhaps is not there is perhaps not wrong.
            Severity::Error if subject.doubtful => Severity::Warning,
            severity => severity,
        };
        let place = match (&policy.at, self.facts.config) {
            (Some(at), Some(_)) => Place::Value(at.clone()),
            _ => subject.place.clone(),
        };
        let said = Said {
            code: policy.code.clone(),
            message: say(&policy.message),
            help: policy.help.as_ref().map(say),
            link: policy.link.clone(),
        };
        let mut finding = Finding::said(said, severity, place).related(policy.place.clone());
        for (name, fact) in facts {
            finding = finding.param(name, fact);
        }
        finding
    }

    fn push(&mut self, policy: &'a Policy, finding: Finding) {
        *self.counts.entry(&policy.code).or_default() += 1;
        self.findings.push(finding);
    }
}

fn named(finding: Finding, name: &'static str, value: Option<&str>) -> Finding {
    match value {
        Some(value) => finding.param(name, value),
        None => finding,
    }
}
