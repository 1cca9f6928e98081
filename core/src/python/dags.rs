//! DAGs, from the arguments that they are made of.

use std::{ops::Range, rc::Rc};

use crate::{
    assets::{self, Assets},
    dag::{Member, Schedule},
    version::at_least,
};

use super::{
    ScheduleSaid,
    build::{DagDraft, Discovery},
    interpret::Interpreter,
    statement::Iteration,
    text,
    value::{Argument, Arguments, Value},
};

const DAG_ID: &str = "the id of this DAG is not known";
const OPEN: &str = "some arguments of this DAG are not known";
const TAGS: &str = "these tags are not known";

/// What starts a DAG on Airflow 2 whose file does not say, in microseconds: it runs daily.
const DAILY: i64 = 86_400 * 1_000_000;

/// What could not be read of a DAG, with its place and the reason.
type Unknowns = Vec<(Member, Range<usize>, &'static str)>;

impl<'a> Interpreter<'a> {
    pub(super) fn make_dag(
        &mut self,
        arguments: &Arguments<'a>,
        named: Option<(&str, &Range<usize>)>,
        range: &Range<usize>,
    ) -> usize {
        for argument in arguments.iter() {
            if let Value::Text(text) = &argument.value {
                self.budget.pay_text(text.len());
            }
        }
        let mut draft = DagDraft {
            id_range: range.clone(),
            ..DagDraft::default()
        };
        let mut unknown = Unknowns::new();
        match (arguments.at(0, "dag_id"), named) {
            (Some(argument), _) => {
                draft.id_range = argument.range.clone();
                match &argument.value {
                    Value::Text(id) => draft.id = Some(id.to_string()),
                    _ => unknown.push((Member::DagId, argument.range.clone(), DAG_ID)),
                }
            }
            (None, Some((name, place))) if !arguments.open => {
                draft.id = Some(name.to_owned());
                draft.id_range = place.clone();
            }
            (None, _) => unknown.push((Member::DagId, range.clone(), DAG_ID)),
        }
        self.read_schedule(arguments, range, &mut draft, &mut unknown);
        self.read_tags(arguments, range, &mut draft, &mut unknown);
        read_description(arguments, range, &mut draft, &mut unknown);
        read_catchup(arguments, range, &mut draft, &mut unknown);
        if let Some(argument) = arguments.get("auto_register")
            && matches!(argument.value, Value::Bool(false))
        {
            draft.discovery = Discovery::ByName;
        }
        draft.told = self.literals(arguments);
        let dag = self.builder.add_dag(draft);
        for (member, range, reason) in unknown {
            self.unknown_member(dag, member, range, reason);
        }
        let value = if arguments.open { Value::Unknown } else { Value::None };
        let range = range.clone();
        let defaults = arguments.get("default_args").cloned();
        let defaults = self.copied_defaults(&defaults.unwrap_or(Argument { value, range }));
        self.dag_defaults.insert(dag, defaults);
        self.settle();
        dag
    }

    /// Notes that the file sets a member of a DAG to something that is not known. The shape of the graph stays known.
    pub(super) fn unknown_member(&mut self, dag: usize, member: Member, range: Range<usize>, reason: &'static str) {
        if let Some(draft) = self.builder.dags.get_mut(dag) {
            draft.unknown.insert(member);
        }
        self.note(range, reason);
    }

    fn read_schedule(
        &mut self,
        arguments: &Arguments<'a>,
        range: &Range<usize>,
        draft: &mut DagDraft,
        unknown: &mut Unknowns,
    ) {
        let argument = arguments
            .get("schedule")
            .or_else(|| arguments.get("schedule_interval"))
            .or_else(|| arguments.get("timetable"))
            .or_else(|| arguments.positional.get(2));
        let Some(argument) = argument else {
            if arguments.open {
                unknown.push((Member::Schedule, range.clone(), OPEN));
            }
            let is_daily = !at_least(&self.airflow.version, "3.0");
            draft.schedule = Schedule::Default {
                text: is_daily.then(|| text::duration(DAILY)),
            };
            return;
        };
        let said = match &argument.value {
            Value::Text(expression) => Some(ScheduleSaid::Text(expression.to_string())),
            Value::Duration(length) => Some(ScheduleSaid::Duration(*length)),
            Value::Bool(_) => Some(ScheduleSaid::Other("bool")),
            Value::Integer(_) => Some(ScheduleSaid::Other("int")),
            Value::Float(_) => Some(ScheduleSaid::Other("float")),
            _ => None,
        };
        draft.said = said.map(|said| (said, argument.range.clone()));
        draft.schedule = match &argument.value {
            Value::None => Schedule::None,
            Value::Text(expression) => Schedule::Given {
                text: expression.to_string(),
            },
            Value::Duration(length) => Schedule::Given {
                text: text::duration(*length),
            },
            // Airflow takes none of these, which a rule says.
            Value::Bool(flag) => Schedule::Given {
                text: if *flag { "True" } else { "False" }.to_owned(),
            },
            Value::Integer(number) => Schedule::Given {
                text: number.to_string(),
            },
            Value::Float(number) => Schedule::Given {
                text: number.to_string(),
            },
            value => {
                if let Some(assets) = self.assets(value) {
                    let text = assets.notation();
                    draft.assets = Some((assets, argument.range.clone()));
                    Schedule::Given { text }
                } else {
                    unknown.push((Member::Schedule, argument.range.clone(), "this schedule is not known"));
                    Schedule::Unknown
                }
            }
        };
    }

    /// The assets of a schedule: one expression, or a list of which all are waited for.
    fn assets(&mut self, value: &Value<'a>) -> Option<Assets> {
        if let Value::Assets(assets) = value {
            return Some(Assets::clone(assets));
        }
        let Iteration::Known(items) = self.iterate(value) else {
            return None;
        };
        let mut all: Option<Assets> = None;
        for item in &items {
            let Value::Assets(next) = item else {
                return None;
            };
            let many = next.uris.len() + all.as_ref().map_or(0, |all| all.uris.len());
            if !self.budget.pay(many) {
                return None;
            }
            all = Some(match all {
                Some(all) => all.joined(next, false)?,
                None => Assets::clone(next),
            });
        }
        all
    }

    fn read_tags(
        &mut self,
        arguments: &Arguments<'a>,
        range: &Range<usize>,
        draft: &mut DagDraft,
        unknown: &mut Unknowns,
    ) {
        let Some(argument) = arguments.get("tags") else {
            if arguments.open {
                unknown.push((Member::Tags, range.clone(), OPEN));
            }
            return;
        };
        let (items, mut is_known) = match self.iterate(&argument.value) {
            Iteration::Known(items) => (items, true),
            Iteration::Open(items) => (items, false),
            Iteration::Unknown => (Vec::new(), matches!(argument.value, Value::None)),
        };
        for item in items {
            match item {
                Value::Text(tag) => {
                    draft.tags.insert(tag.to_string());
                }
                _ => is_known = false,
            }
        }
        if !is_known {
            unknown.push((Member::Tags, argument.range.clone(), TAGS));
        }
    }
}

fn read_description(arguments: &Arguments<'_>, range: &Range<usize>, draft: &mut DagDraft, unknown: &mut Unknowns) {
    match arguments.at(1, "description") {
        Some(argument) => match &argument.value {
            Value::Text(description) => draft.description = Some(description.to_string()),
            Value::None => {}
            _ => unknown.push((
                Member::Description,
                argument.range.clone(),
                "this description is not known",
            )),
        },
        None if arguments.open => unknown.push((Member::Description, range.clone(), OPEN)),
        None => {}
    }
}

fn read_catchup(arguments: &Arguments<'_>, range: &Range<usize>, draft: &mut DagDraft, unknown: &mut Unknowns) {
    match arguments.get("catchup") {
        Some(argument) => match argument.value {
            Value::Bool(flag) => draft.catchup = Some(flag),
            Value::None => {}
            _ => unknown.push((
                Member::Catchup,
                argument.range.clone(),
                "whether past runs are made up for is not known",
            )),
        },
        None if arguments.open => unknown.push((Member::Catchup, range.clone(), OPEN)),
        None => {}
    }
}

/// `Asset(…)` or `Dataset(…)` on one version of Airflow. The name is the address too, where there is no other.
pub(super) fn asset<'a>(arguments: &Arguments<'a>, version: &str) -> Value<'a> {
    let text = |argument: Option<&Argument<'a>>| match argument.map(|argument| &argument.value) {
        Some(Value::Text(text)) => Some(text.to_string()),
        _ => None,
    };
    let second = arguments.positional.get(1);
    let uri = text(arguments.get("uri"))
        .or_else(|| text(second))
        .or_else(|| text(arguments.at(0, "name")));
    match uri.and_then(|uri| assets::normalized(&uri, version)) {
        Some(uri) if !arguments.open => Value::Assets(Rc::new(Assets {
            uris: vec![uri],
            any: false,
        })),
        _ => Value::Unknown,
    }
}
