//! Policies: an organisation's rules, each one expression over a config, a DAG or a task.

mod check;
mod exception;
mod expression;
mod read;
mod subject;
mod text;

pub(crate) use check::{ConfigFacts, Facts, check};
pub(crate) use read::findings;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    answer::SourceFile,
    diagnostic::Severity,
    finding::{Finding, Place},
    pointer::Pointer,
    schema::Schema,
    settings::Settings,
};
use exception::Exception;
use expression::{Expression, Expressions};
use text::Text;

/// What a policy looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Target {
    /// Each config.
    Config,
    /// Each DAG of a file.
    Dag,
    /// Each task of a DAG.
    Task,
}

/// One policy that can be asked.
#[derive(Debug)]
pub(crate) struct Policy {
    pub(crate) code: String,
    pub(crate) target: Target,
    pub(crate) severity: Severity,
    /// The expression as it is written.
    #[expect(dead_code, reason = "the written standards show it")]
    pub(crate) check: String,
    pub(crate) message: Text,
    pub(crate) help: Option<Text>,
    #[expect(dead_code, reason = "the written standards show it")]
    pub(crate) standard: Option<Text>,
    pub(crate) link: Option<String>,
    pub(crate) exceptions: Vec<Exception>,
    expression: Expression,
    /// The place in the config that its findings are shown at.
    at: Option<Pointer>,
    /// Where its expression stands.
    place: Place,
}

/// The policies of the settings.
#[derive(Debug)]
pub(crate) struct Policies {
    /// Those of the portal.
    common: Vec<Policy>,
    /// Those of an environment, by its name.
    own: BTreeMap<String, Vec<Policy>>,
    expressions: Expressions,
    /// The files that they stand in.
    pub(crate) sources: Vec<SourceFile>,
    /// What is wrong with them.
    pub(crate) findings: Vec<Finding>,
}

impl Policies {
    /// Reads the policies of the settings. Those with a fault are left out, and the fault is a finding.
    pub(crate) fn new(settings: &Settings, schema: &Schema) -> Self {
        read::read(settings, schema)
    }

    /// Those that hold in an environment: its own, and those of the portal whose code it does not take.
    pub(crate) fn within(&self, environment: Option<&str>) -> Vec<&Policy> {
        let own = environment
            .and_then(|name| self.own.get(name))
            .map_or(&[][..], Vec::as_slice);
        let common = self.common.iter();
        common
            .filter(|policy| own.iter().all(|other| other.code != policy.code))
            .chain(own)
            .collect()
    }
}
