//! The policies of the settings, read from `portal.json` and from files beside it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Policies, Policy, Target,
    exception::{self, Exception},
    expression::{Expressions, Refusal},
    text::Text,
};
use crate::{
    answer::SourceFile,
    diagnostic::Severity,
    finding::{Finding, Place},
    pointer::Pointer,
    rules::RULES,
    schema::Schema,
    settings::Settings,
    words, yaml,
};

/// What findings call the settings where nobody named their file.
const SETTINGS: &str = "portal.json";

/// A policy as its document writes it.
#[derive(Deserialize)]
struct Document {
    code: String,
    #[serde(rename = "for")]
    target: Target,
    #[serde(default = "severest")]
    severity: Severity,
    check: String,
    message: Text,
    help: Option<Text>,
    standard: Option<Text>,
    link: Option<String>,
    at: Option<Pointer>,
    #[serde(default)]
    exceptions: Vec<exception::Document>,
}

const fn severest() -> Severity {
    Severity::Error
}

/// The text that policies stand in.
struct Holder {
    path: String,
    /// None where the text is not at hand, so that no place in it is known.
    node: Option<yaml::Node>,
}

impl Holder {
    fn place(&self, pointer: &Pointer) -> Place {
        let range = self.node.as_ref().map_or(0..0, |node| node.place(pointer));
        Place::File(self.path.clone(), range)
    }

    /// A finding about the document, at its place in the file.
    fn located(&self, mut finding: Finding) -> Finding {
        finding.primary = match &finding.primary {
            Place::Value(pointer) => self.place(pointer),
            Place::Key(pointer) => {
                let range = self.node.as_ref().map_or(0..0, |node| node.key_place(pointer));
                Place::File(self.path.clone(), range)
            }
            Place::Config(range) => Place::File(self.path.clone(), range.clone()),
            other => other.clone(),
        };
        // A change of a config does not help here.
        finding.fix = None;
        finding
    }
}

pub(super) fn read(settings: &Settings, schema: &Schema) -> Policies {
    let mut reading = Reading {
        schema,
        expressions: Expressions::new(),
        sources: Vec::new(),
        findings: Vec::new(),
    };
    let has_any = !settings.policies.is_empty() || settings.environments.iter().any(|own| !own.policies.is_empty());
    let holder = match settings.source.as_ref().filter(|_| has_any) {
        Some(source) => {
            reading.sources.push(source.clone());
            Holder {
                path: source.path.clone(),
                node: yaml::read(&source.text).0,
            }
        }
        None => Holder {
            path: SETTINGS.to_owned(),
            node: None,
        },
    };
    let common = reading.list(&settings.policies, &holder, &Pointer::root());
    let mut own = BTreeMap::new();
    for (index, environment) in settings.environments.iter().enumerate() {
        let base = Pointer::root().key("environments").index(index);
        let policies = reading.list(&environment.policies, &holder, &base);
        own.insert(environment.name.clone(), policies);
    }
    Policies {
        common,
        own,
        expressions: reading.expressions,
        sources: reading.sources,
        findings: reading.findings,
    }
}

/// What is wrong with the policies that stand in the settings themselves, at their pointers.
pub(crate) fn findings(settings: &Value, schema: impl FnOnce() -> Schema) -> Vec<Finding> {
    let listed = |value: &Value| value.get("policies").and_then(Value::as_array).cloned();
    let environments = settings.get("environments").and_then(Value::as_array);
    let environments = || environments.into_iter().flatten();
    if std::iter::once(settings)
        .chain(environments())
        .all(|value| listed(value).is_none())
    {
        return Vec::new();
    }
    let schema = &schema();
    let mut reading = Reading {
        schema,
        expressions: Expressions::new(),
        sources: Vec::new(),
        findings: Vec::new(),
    };
    let mut found = Vec::new();
    let mut take = |value: &Value, base: &Pointer| {
        let Some(list) = listed(value) else { return };
        // An address is read later, and so is what stands there.
        let own: Vec<Value> = list
            .into_iter()
            .map(|item| if item.is_object() { item } else { Value::Null })
            .collect();
        reading.inline(&own, base);
        found.append(&mut reading.findings);
    };
    take(settings, &Pointer::root());
    for (index, environment) in environments().enumerate() {
        take(environment, &Pointer::root().key("environments").index(index));
    }
    found
}

struct Reading<'a> {
    schema: &'a Schema,
    expressions: Expressions,
    sources: Vec<SourceFile>,
    findings: Vec<Finding>,
}

impl Reading<'_> {
    /// Reads the policies in a list of the settings: each stands there itself, or in a file that does.
    fn list(&mut self, list: &[Value], holder: &Holder, base: &Pointer) -> Vec<Policy> {
        let mut policies = Vec::new();
        let own: Vec<Value> = list
            .iter()
            .map(|item| {
                if as_file(item).is_none() && item.is_object() {
                    item.clone()
                } else {
                    Value::Null
                }
            })
            .collect();
        let before = self.findings.len();
        policies.extend(self.inline(&own, base));
        for finding in self.findings.split_off(before) {
            self.findings.push(holder.located(finding));
        }
        for policy in &mut policies {
            policy.place = located(holder, &policy.place);
            for exception in &mut policy.exceptions {
                exception.place = located(holder, &exception.place);
            }
        }
        for (index, item) in list.iter().enumerate() {
            let place = || holder.place(&base.key("policies").index(index));
            if let Some(file) = as_file(item) {
                policies.extend(self.file(&file));
            } else if let Some(address) = item.as_str() {
                self.findings
                    .push(Finding::error("policy-not-read", place()).param("file", address));
            } else if !item.is_object() {
                self.findings
                    .push(Finding::error("policy-not-read", place()).param("file", item.to_string()));
            }
        }
        self.without_duplicates(policies)
    }

    fn file(&mut self, file: &SourceFile) -> Vec<Policy> {
        let (node, findings) = yaml::read(&file.text);
        let holder = Holder {
            path: file.path.clone(),
            node,
        };
        self.sources.push(file.clone());
        // A date without quotation marks is the text that it looks like: nobody else reads this file.
        let findings = findings.into_iter().filter(|finding| finding.code != "yaml-ambiguous");
        self.findings.extend(findings.map(|finding| holder.located(finding)));
        let Some(node) = &holder.node else {
            return Vec::new();
        };
        let value = node.to_value();
        let found = self.schema.validate(&value, &Pointer::root());
        let list = value.get("policies").and_then(Value::as_array);
        let mut policies = Vec::new();
        for (index, item) in list.into_iter().flatten().enumerate() {
            let at = Pointer::root().key("policies").index(index);
            if found.iter().all(|finding| !is_within(&finding.primary, &at)) {
                policies.extend(self.policy(item, &at));
            }
        }
        self.findings.extend(found);
        for policy in &mut policies {
            policy.place = located(&holder, &policy.place);
            for exception in &mut policy.exceptions {
                exception.place = located(&holder, &exception.place);
            }
        }
        for finding in &mut self.findings {
            if matches!(finding.primary, Place::Value(_) | Place::Key(_)) {
                *finding = holder.located(finding.clone());
            }
        }
        policies
    }

    /// Reads those of a list that are objects, with their places as pointers.
    fn inline(&mut self, list: &[Value], base: &Pointer) -> Vec<Policy> {
        if list.is_empty() {
            return Vec::new();
        }
        let mut found = self.schema.validate(&json!({"policies": list}), base);
        let mut policies = Vec::new();
        for (index, item) in list.iter().enumerate() {
            let at = base.key("policies").index(index);
            if item.is_null() {
                found.retain(|finding| !is_within(&finding.primary, &at));
            } else if found.iter().all(|finding| !is_within(&finding.primary, &at)) {
                policies.extend(self.policy(item, &at));
            }
        }
        self.findings.extend(found);
        policies
    }

    /// One policy that fits the schema; none where it cannot be asked.
    fn policy(&mut self, value: &Value, at: &Pointer) -> Option<Policy> {
        let Ok(document) = Document::deserialize(value) else {
            self.findings
                .push(Finding::error("policy-not-read", Place::Value(at.clone())).param("file", at.as_str()));
            return None;
        };
        let Document {
            code,
            target,
            severity,
            check,
            message,
            help,
            standard,
            link,
            at: shown_at,
            exceptions,
        } = document;
        let before = self.findings.len();
        if RULES.iter().any(|rule| rule.code == code) {
            let finding = Finding::error("policy-code-taken", Place::Value(at.key("code"))).param("name", code.clone());
            self.findings.push(finding);
        }
        for (key, text) in [("message", Some(&message)), ("help", help.as_ref())] {
            for gap in text.into_iter().flat_map(Text::gaps) {
                self.gap(gap, target, Place::Value(at.key(key)));
            }
        }
        let place = Place::Value(at.key("check"));
        let expression = match self.expressions.add(&check, target) {
            Ok(expression) => Some(expression),
            Err(refusal) => {
                self.findings.push(refused(refusal, place.clone()));
                None
            }
        };
        let mut held = Vec::new();
        for (index, exception) in exceptions.into_iter().enumerate() {
            let at = Place::Value(at.key("exceptions").index(index));
            match Exception::new(exception, at.clone()) {
                Some(exception) => held.push(exception),
                None => self.findings.push(Finding::error("policy-exception-open", at)),
            }
        }
        let expression = expression.filter(|_| self.findings.len() == before)?;
        Some(Policy {
            code,
            target,
            severity,
            check,
            message,
            help,
            standard,
            link,
            exceptions: held,
            expression,
            at: shown_at,
            place,
        })
    }

    fn gap(&mut self, gap: &str, target: Target, place: Place) {
        let known: &[&str] = match target {
            Target::Config => &["environment", "name", "owner", "package"],
            Target::Dag => &["dag_id", "environment", "name", "owner", "package"],
            Target::Task => &["dag_id", "environment", "name", "owner", "package", "task_id"],
        };
        if !known.contains(&gap) {
            self.findings.push(unknown(gap, known, place));
        }
    }

    /// Of two policies of one code in one list, the first.
    fn without_duplicates(&mut self, policies: Vec<Policy>) -> Vec<Policy> {
        let mut first: BTreeMap<String, Place> = BTreeMap::new();
        let mut kept = Vec::new();
        for policy in policies {
            if let Some(place) = first.get(&policy.code) {
                self.findings.push(
                    Finding::error("policy-duplicate-code", policy.place)
                        .param("name", policy.code)
                        .related(place.clone()),
                );
            } else {
                first.insert(policy.code.clone(), policy.place.clone());
                kept.push(policy);
            }
        }
        kept
    }
}

fn located(holder: &Holder, place: &Place) -> Place {
    match place {
        Place::Value(pointer) => holder.place(pointer),
        other => other.clone(),
    }
}

fn is_within(place: &Place, at: &Pointer) -> bool {
    match place {
        Place::Value(pointer) | Place::Key(pointer) => pointer.strip_prefix(at).is_some(),
        _ => false,
    }
}

fn as_file(item: &Value) -> Option<SourceFile> {
    item.get("path")?;
    SourceFile::deserialize(item).ok()
}

fn refused(refusal: Refusal, place: Place) -> Finding {
    match refusal {
        Refusal::Unreadable(detail) => Finding::error("policy-expression", place).param("detail", detail),
        Refusal::TooDeep => Finding::error("policy-too-deep", place),
        Refusal::NotAllowed(what) => Finding::error("policy-not-allowed", place).param("what", what),
        Refusal::Unknown(name, known) => unknown(&name, &known, place),
    }
}

fn unknown(name: &str, known: &[&str], place: Place) -> Finding {
    let finding = Finding::error("policy-name-unknown", place)
        .param("name", name)
        .param("known", known.join(", "));
    match words::nearest(name, known.iter().copied()) {
        Some(near) => finding.param("near", near),
        None => finding,
    }
}
