//! What is known of a name by the module that it was imported from.

use super::value::Kind;

/// A thing of Airflow's that has a meaning for the shape of a DAG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Known {
    Dag,
    Group,
    Decorator(Kind),
    Chain,
    ChainLinear,
    CrossDownstream,
    Label,
    Output,
    TriggerRule,
    Timedelta,
    Partial,
    /// `functools.cache`
    Cache,
    /// `functools.wraps`
    Wraps,
    /// `functools.update_wrapper`
    UpdateWrapper,
    /// Tells people of a failure by e-mail.
    Mail,
    /// Tells a Slack channel of a failure.
    Slack,
    Asset,
}

/// What an import means; none for all that has no part in the shape of a DAG.
pub(super) fn known(path: &str) -> Option<Known> {
    match path {
        "datetime.timedelta" => return Some(Known::Timedelta),
        "functools.partial" => return Some(Known::Partial),
        "functools.cache" | "functools.lru_cache" => return Some(Known::Cache),
        "functools.wraps" => return Some(Known::Wraps),
        "functools.update_wrapper" => return Some(Known::UpdateWrapper),
        _ => {}
    }
    let inside = path.strip_prefix("airflow.")?;
    let name = last(inside);
    match name {
        "DAG" => Some(Known::Dag),
        "TaskGroup" => Some(Known::Group),
        "chain" => Some(Known::Chain),
        "chain_linear" => Some(Known::ChainLinear),
        "cross_downstream" => Some(Known::CrossDownstream),
        "Label" | "EdgeModifier" => Some(Known::Label),
        "XComArg" | "PlainXComArg" => Some(Known::Output),
        "TriggerRule" => Some(Known::TriggerRule),
        "SmtpNotifier" | "send_smtp_notification" => Some(Known::Mail),
        "SlackNotifier" | "SlackWebhookNotifier" | "send_slack_notification" | "send_slack_webhook_notification" => {
            Some(Known::Slack)
        }
        "Asset" | "Dataset" if !inside.starts_with("providers.") => Some(Known::Asset),
        "dag" => Some(Known::Decorator(Kind::Dag)),
        "asset" | "multi" if inside.ends_with("asset") || inside.ends_with("asset.multi") => {
            Some(Known::Decorator(Kind::Asset))
        }
        "task_group" => Some(Known::Decorator(Kind::Group)),
        "setup" | "setup_task" => Some(Known::Decorator(Kind::Setup)),
        "teardown" | "teardown_task" => Some(Known::Decorator(Kind::Teardown)),
        "task" => Some(Known::Decorator(Kind::Task("python".into()))),
        _ => task_decorator(inside).map(|flavour| {
            Known::Decorator(match flavour {
                "run_if" | "skip_if" => Kind::Condition,
                flavour => Kind::Task(flavour.into()),
            })
        }),
    }
}

/// The flavour of a decorator such as `task.bash` or `bash_task`.
fn task_decorator(inside: &str) -> Option<&str> {
    match inside.rsplit_once('.') {
        Some((before, flavour)) if last(before) == "task" => Some(flavour),
        _ => last(inside)
            .strip_suffix("_task")
            .filter(|_| inside.contains("decorators")),
    }
}

/// Whether code of this module is known to make no DAGs and no tasks of its own accord.
pub(super) fn is_quiet(path: &str) -> bool {
    let root = path.split('.').next().unwrap_or_default();
    QUIET.binary_search(&root).is_ok()
}

pub(super) fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// Whether a name looks like that of a class.
pub(super) fn is_class(name: &str) -> bool {
    name.chars()
        .find(|character| *character != '_')
        .is_some_and(char::is_uppercase)
}

/// Whether a class with this name makes tasks when it is called.
pub(super) fn is_operator(name: &str) -> bool {
    is_class(name) && (name.ends_with("Operator") || name.ends_with("Sensor"))
}

/// Whether a class with this name makes whole groups or DAGs when it is called.
pub(super) fn is_maker(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with("dag") || name.ends_with("group")
}

/// Roots of modules whose calls leave DAGs alone: Python's own, Airflow's, and widespread libraries about data, dates
/// and services.
const QUIET: &[&str] = &[
    "__future__",
    "abc",
    "airflow",
    "argparse",
    "ast",
    "asyncio",
    "attr",
    "attrs",
    "base64",
    "bisect",
    "boto3",
    "botocore",
    "builtins",
    "calendar",
    "cloudpickle",
    "cmath",
    "codecs",
    "collections",
    "concurrent",
    "configparser",
    "contextlib",
    "contextvars",
    "copy",
    "croniter",
    "csv",
    "dataclasses",
    "datetime",
    "dateutil",
    "decimal",
    "dill",
    "docker",
    "dotenv",
    "email",
    "enum",
    "errno",
    "fnmatch",
    "fractions",
    "functools",
    "gc",
    "getpass",
    "glob",
    "google",
    "gzip",
    "hashlib",
    "heapq",
    "html",
    "http",
    "httpx",
    "importlib",
    "inspect",
    "io",
    "ipaddress",
    "itertools",
    "jinja2",
    "json",
    "kubernetes",
    "locale",
    "logging",
    "math",
    "multiprocessing",
    "numbers",
    "numpy",
    "operator",
    "os",
    "packaging",
    "pandas",
    "pathlib",
    "pendulum",
    "pickle",
    "platform",
    "pprint",
    "psycopg2",
    "pydantic",
    "pytz",
    "queue",
    "random",
    "re",
    "redis",
    "requests",
    "sched",
    "secrets",
    "select",
    "shlex",
    "shutil",
    "signal",
    "smtplib",
    "socket",
    "sqlalchemy",
    "sqlite3",
    "ssl",
    "statistics",
    "string",
    "struct",
    "subprocess",
    "sys",
    "tarfile",
    "tempfile",
    "textwrap",
    "threading",
    "time",
    "toml",
    "tomllib",
    "traceback",
    "types",
    "typing",
    "typing_extensions",
    "unittest",
    "urllib",
    "uuid",
    "warnings",
    "weakref",
    "yaml",
    "zipfile",
    "zoneinfo",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quiet_roots_can_be_searched() {
        assert!(QUIET.is_sorted());
        assert!(is_quiet("os.path.join"));
        assert!(!is_quiet("osmosis.run"));
    }

    #[test]
    fn decorators_are_told_apart() {
        let flavour = |path| match known(path) {
            Some(Known::Decorator(Kind::Task(flavour))) => flavour.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(flavour("airflow.sdk.task"), "python");
        assert_eq!(flavour("airflow.decorators.task.python"), "python");
        assert_eq!(flavour("airflow.decorators.task.bash"), "bash");
        assert_eq!(
            flavour("airflow.providers.docker.decorators.docker.docker_task"),
            "docker"
        );
        assert_eq!(known("airflow.sdk.Variable"), None);
    }
}
