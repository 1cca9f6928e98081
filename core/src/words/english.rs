//! English.
//!
//! Messages say what is wrong or what to do, help says what to do next or why. Nobody is blamed, nothing is "invalid".

mod schedule;

use super::{Catalogue, Entry};

pub(super) const CATALOGUE: Catalogue = Catalogue {
    entries: ENTRIES,
    names: NAMES,
    and: "and",
    or: "or",
    of: "of",
    quotes: ['“', '”'],
    decimal: ".",
    more: |count| format!("{count} more"),
    use_instead: |value| format!("Use “{value}”"),
    rename_to: |name| format!("Rename it to “{name}”"),
    plan: schedule::plan,
    schedule: schedule::schedule,
    assets: schedule::assets,
};

/// What names that are the same in every language are called, sorted by name.
const NAMES: &[(&str, &str)] = &[
    ("EACCES", "permission is denied"),
    ("EIO", "the disk reported an error"),
    ("ELOOP", "its symbolic links lead in a circle"),
    ("ENAMETOOLONG", "the name is too long"),
    ("ENOENT", "there is no such file"),
    ("ENOTDIR", "a part of the path is not a folder"),
    ("EPERM", "it is not permitted"),
    ("a filter block", "a filter block"),
    ("a set block", "a set block"),
    ("array", "a list"),
    ("autoescape", "autoescape"),
    ("aws-key", "an AWS access key"),
    ("backward-range", "a range that runs backwards"),
    ("base-60", "a number in base 60, as in hours and minutes"),
    ("boolean", "yes or no"),
    ("date", "a date"),
    ("day of the month", "day of the month"),
    ("day of the week", "day of the week"),
    ("environment", "Environment"),
    (
        "environment-form",
        "lower-case letters, digits, hyphens and underscores",
    ),
    ("false", "No"),
    ("github-token", "a GitHub token"),
    ("gitlab-token", "a GitLab token"),
    ("google-key", "a Google API key"),
    ("hostname", "the name of a host, such as db.example.com"),
    ("hour", "hour"),
    ("idn-email", "an e-mail address"),
    ("idn-hostname", "the name of a host, such as db.example.com"),
    ("integer", "a whole number"),
    ("ipv4", "an IPv4 address, such as 192.0.2.1"),
    ("ipv6", "an IPv6 address, such as 2001:db8::1"),
    ("iri", "an address, such as https://example.com/report"),
    ("iri-reference", "an address, such as https://example.com/report"),
    ("item", "item"),
    ("json-pointer", "a place in a JSON document, such as /steps/0"),
    ("jwt", "a signed token (JWT)"),
    ("key", "name"),
    ("minute", "minute"),
    ("month", "month"),
    ("nearest-weekday", "W, the nearest weekday"),
    ("none", "Not set"),
    ("null", "empty"),
    ("number", "a number"),
    ("object", "a group of settings"),
    ("octal", "a number in base 8"),
    ("other", "other"),
    ("password", "a password"),
    ("private-key", "a private key"),
    ("question-mark", "the question mark"),
    ("regex", "a regular expression, such as ^[a-z]+$"),
    ("relative-json-pointer", "a place in a JSON document, such as /steps/0"),
    ("second", "second"),
    ("slack-token", "a Slack token"),
    ("special", "a sign with a meaning of its own"),
    ("string", "text"),
    ("switch", "yes or no"),
    ("true", "Yes"),
    ("uri-password", "an address with a password in it"),
    ("uri-reference", "an address, such as https://example.com/report"),
    (
        "uri-template",
        "an address with gaps in braces, such as https://example.com/{day}",
    ),
    ("uuid", "a UUID, such as 2f1c9a5e-8d3b-4e0f-9c1a-7b6d5e4f3a2b"),
    ("year", "year"),
    ("years", "a year behind the seconds"),
];

/// All sentences, sorted by code.
#[rustfmt::skip]
const ENTRIES: &[Entry] = &[
    Entry::new("asset-scheme-airflow", "{title} cannot begin with airflow://, which Airflow keeps for itself.")
        .help("Choose another beginning, for example x-reports://"),
    Entry::new("asset-without-bucket", "{title} names no bucket behind {scheme}://.")
        .help("Enter it like {scheme}://bucket/path"),
    Entry::new("asset-without-path", "{title} names no path behind {scheme}://.")
        .help("Enter it like {scheme}:///data/report.csv"),
    Entry::new("asset-without-table", "{title} must name a host, a database, a schema and a table.")
        .help("Enter it like {scheme}://host/database/schema/table"),
    Entry::new("code-empty", "Enter the code for {title}.")
        .engineer("{path} holds no code."),
    Entry::new("dag-id", "Airflow does not take the name of this DAG[: “{dag_id}”].")
        .help("It can have letters, digits, hyphens, dots and underscores, and 250 characters or fewer.")
        .engineer("[{dag_id}: ]a dag_id can have word characters, dots and hyphens, and 250 characters or fewer."),
    Entry::new("dag-id-value", "{title} cannot be a part of the name of the DAG[: {value}].")
        .help("Use letters, digits, hyphens, dots and underscores."),
    Entry::new("date-not-in-calendar", "There is no such day as {value} in the calendar.")
        .engineer("{path}: {value} is not in the calendar."),
    Entry::new("dependency-cycle", "These steps wait for each other in a circle, so that none of them can start[: {tasks:and}].")
        .help("Remove one of the dependencies between them.")
        .engineer("The dependencies form a cycle[: {tasks:and}]. Airflow raises AirflowDagCycleException."),
    Entry::new("duplicate-dag-id", "{dag_id} is also made by {other}. Airflow would ignore one of the two.")
        .help("Give one of them another name.")
        .engineer("{dag_id} is made by {file} and by {other}. Airflow keeps one of them and ignores the other."),
    Entry::new("duplicate-dag-id-in-file", "This file makes {dag_id} twice. Airflow keeps one of the two, and says nothing about the other.")
        .help("Give one of them another id."),
    Entry::new("duplicate-items", "{title} has the same item twice: items {first} and {second}[ are both “{value}”].")
        .help("Remove or change one of them.")
        .engineer("{path} must have unique items; items {first} and {second} are equal.")
        .engineer_help(""),
    Entry::new("duplicate-task-id", "Two steps have the same name[: “{task_id}”].")
        .help("Give one of them another name.")
        .engineer("The task_id[ {task_id}] is taken. Airflow raises DuplicateTaskIdFound."),
    Entry::new("duration-too-long", "{title} must be 100 years or less."),
    Entry::new("duration-zero", "{title} must be longer than nothing.")
        .help("For example, enter 30m for half an hour."),
    Entry::new("email-list-gap", "{title} has a comma with no address beside it.")
        .help("Remove the comma, or add the address."),
    Entry::new("email-list-semicolon", "Put commas between the addresses of {title}, not semicolons.")
        .help("Enter {suggestion}"),
    Entry::new("empty-text", "{title} is empty.")
        .help("Enter something, or remove it.")
        .engineer("{path} is an empty text; leave the member out where nothing is meant."),
    Entry::new("engine-crashed", "The engine broke down with this file.")
        .help("That is a fault of Dagwright. Report it, with the file if you may share it."),
    Entry::new("engine-out-of-memory", "This file takes more memory than the engine may use.")
        .help("Make it smaller, or split it. If it is small, report it as a fault of Dagwright."),
    Entry::new("engine-too-slow", "The engine was not done with this file after {seconds:second|seconds}.")
        .help("Make it smaller, or allow more time with --deadline. If it is small, report it as a fault of Dagwright."),
    Entry::new("file-not-regular", "This is not a regular file, so it is not read.")
        .help("Name a file or a folder. To hand over the output of another program, name - and use its standard output."),
    Entry::new("file-not-utf-8", "This file is not text in UTF-8: line {line} has bytes that are not a character.")
        .help("Save it as UTF-8, then try again."),
    Entry::new("file-too-large", "This file is larger than {limit}, which no config, template or DAG is.")
        .help("Check that it is the file you meant."),
    Entry::new("file-unreadable", "This file cannot be read: {reason:name}.")
        .help("Check where it leads and who may read it, then try again."),
    Entry::new("file-utf-16", "This file is text in UTF-16, and only UTF-8 is read.")
        .help("Save it as UTF-8, then try again."),
    Entry::new("forbidden-character", "This text holds a character that Dagwright keeps for itself.")
        .help("Delete the character and type it again. It is one that no keyboard writes.")
        .engineer("The value holds one of U+F5A00 to U+F5A02, which mark emitted values.")
        .engineer_help("Remove the character."),
    Entry::new("format", "{title} must be {format:name}.")
        .engineer("{path} does not have the format {format}."),
    Entry::new("format-asset-uri", "{title} must be the address of a data asset in plain letters, for example s3://reports/daily.csv")
        .help("Remove blanks before and behind it, and letters with accents.")
        .engineer("{path} must be 1 to 1,500 printable ASCII characters, with no blank at either end."),
    Entry::new("format-connection-id", "{title} can have only letters, digits, hyphens, dots and underscores.")
        .help("[“{character}” is none of these.] [For example, enter {suggestion}]")
        .engineer("{path} can have only word characters (Unicode letters, digits, underscores), dots and hyphens[; it has “{character}”].")
        .engineer_help("[Suggestion: {suggestion}]"),
    Entry::new("format-dag-id", "{title} can have only letters, digits, hyphens, dots and underscores.")
        .help("[“{character}” is none of these.] [For example, enter {suggestion}]")
        .engineer("{path} can have only word characters (Unicode letters, digits, underscores), dots and hyphens[; it has “{character}”].")
        .engineer_help("[Suggestion: {suggestion}]"),
    Entry::new("format-date", "{title} must be a date, for example 2027-03-31")
        .help("Year, month and day, with hyphens between.")
        .engineer("{path} must be an RFC 3339 full-date.")
        .engineer_help(""),
    Entry::new("format-date-time", "{title} must be a date and time with its zone, for example 2027-03-31T08:30:00Z")
        .help("Z stands for UTC.")
        .engineer("{path} must be an RFC 3339 date-time.")
        .engineer_help(""),
    Entry::new("format-duration", "{title} must be a length of time, for example 90s, 30m, 1h30m or 2d.")
        .engineer("{path} must be a duration: whole numbers with w, d, h, m and s in this order, or ISO 8601 such as PT1H30M (no months or years)."),
    Entry::new("format-email", "“{address}” is not an e-mail address.")
        .help("Enter an address like name@example.com")
        .engineer("{path}: “{address}” is not an e-mail address."),
    Entry::new("format-image", "{title} must be a container image, for example reporting/seeder:1.4.2")
        .help("It has a name in lower-case letters, then a colon and a version.")
        .engineer("{path} is not an image reference: registry/path:tag@digest.")
        .engineer_help(""),
    Entry::new("format-pool", "{title} can have only letters, digits, hyphens, dots and underscores.")
        .help("[“{character}” is none of these.] [For example, enter {suggestion}]")
        .engineer("{path} can have only word characters (Unicode letters, digits, underscores), dots and hyphens[; it has “{character}”].")
        .engineer_help("[Suggestion: {suggestion}]"),
    Entry::new("format-python-identifier", "{title} can have only the letters a to z, digits and underscores.")
        .help("[“{character}” is none of these.] [For example, enter {suggestion}]")
        .engineer("{path} must be an ASCII Python identifier[; it has “{character}”].")
        .engineer_help("[Suggestion: {suggestion}]"),
    Entry::new("format-quantity", "{title} must be an amount, for example 500m, 2 or 512Mi.")
        .help("500m is half of one. 512Mi is about half a gigabyte of memory, 4Gi about four.")
        .engineer("{path} must be a Kubernetes quantity: a decimal number and m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi or Ei.")
        .engineer_help(""),
    Entry::new("format-task-id", "{title} can have only letters, digits, hyphens, dots and underscores.")
        .help("[“{character}” is none of these.] [For example, enter {suggestion}]")
        .engineer("{path} can have only word characters (Unicode letters, digits, underscores), dots and hyphens[; it has “{character}”].")
        .engineer_help("[Suggestion: {suggestion}]"),
    Entry::new("format-time", "{title} must be a time with its zone, for example 08:30:00Z")
        .help("Z stands for UTC.")
        .engineer("{path} must be an RFC 3339 full-time.")
        .engineer_help(""),
    Entry::new("format-timezone", "{title} must be a time zone such as UTC or Europe/Berlin.")
        .engineer("{path} must have the shape of an IANA time zone, such as UTC or Europe/Berlin."),
    Entry::new("format-uri", "{title} must be a full address, for example https://example.com/data")
        .engineer("{path} must be an absolute URI."),
    Entry::new("format-variable-key", "{title} cannot have spaces or line breaks.")
        .help("[For example, enter {suggestion}]")
        .engineer("{path}: an Airflow variable's key with white space or control characters is not found again[; suggestion: {suggestion}].")
        .engineer_help(""),
    Entry::new("group-id", "Airflow does not take the name of this group of steps[: “{group_id}”].")
        .help("It can have letters, digits, hyphens and underscores, no dots, and 200 characters or fewer.")
        .engineer("[{group_id}: ]a group_id can have word characters and hyphens, and 200 characters or fewer."),
    Entry::new("image-digest-shape", "What stands behind the @ in {title} is not a digest.")
        .help("Copy it again from the registry: sha256: and 64 characters.")
        .engineer("{path}: the digest must be sha256: and 64, or sha512: and 128, lower-case hexadecimal digits.")
        .engineer_help(""),
    Entry::new("image-latest-tag", "{title} takes whatever version is newest.")
        .help("Enter a version in place of “latest”, for example {image}:1.4.2. With “latest”, a run can change from one day to the next although nobody changed anything here.")
        .engineer("{path}: {image} has the moving tag latest.")
        .engineer_help("Pin a version tag or a digest."),
    Entry::new("image-tag-shape", "“{tag}” cannot be the version of an image.")
        .help("A version has letters, digits, dots, hyphens and underscores, and 128 characters or fewer, for example 1.4.2")
        .engineer("{path}: the tag “{tag}” does not match the grammar of tags: a word character, then up to 127 word characters, dots or hyphens.")
        .engineer_help(""),
    Entry::new("image-upper-case", "{title} can have only lower-case letters before the version.")
        .help("Enter {suggestion}")
        .engineer("{path}: the path of an image reference is lower case.")
        .engineer_help("Suggestion: {suggestion}"),
    Entry::new("image-with-scheme", "{title} must not begin with {scheme}://.")
        .help("Enter {suggestion}"),
    Entry::new("image-with-space", "{title} cannot have spaces.")
        .help("Enter it like reporting/seeder:1.4.2")
        .engineer("{path} has white space or control characters; an image reference has none."),
    Entry::new("image-without-tag", "{title} does not say which version to run.")
        .help("Add the version behind a colon, for example {image}:1.4.2. Without one each run takes whatever is newest, and nobody can repeat an earlier run.")
        .engineer("{path}: {image} has neither tag nor digest, so it means :latest.")
        .engineer_help("Pin a tag or a digest."),
    Entry::new("inline-secret", "{title} looks like {what:name}. Everybody who can read this config could use it.")
        .help("Remove it, and keep it in an Airflow connection or variable; enter the name of that here. If it is real, have it replaced, because it may have been copied already.")
        .engineer("{path} looks like {what:name}.")
        .engineer_help("Move it to a connection, a variable or a secrets backend and refer to it by name. Revoke it if it is real: history keeps it."),
    Entry::new("jinja-in-text", "{title} contains {found}, which Airflow would run as a formula instead of taking it as text.")
        .help("Remove the curly brackets. If Airflow is meant to fill something in here, ask the owner of the template to allow it.")
        .engineer("{path} contains {found}: Airflow renders template fields with Jinja again.")
        .engineer_help("Remove it, or give the parameter the format airflow-jinja in the template."),
    Entry::new("jinja-unclosed", "{title} has {opening} without {closing} behind it.")
        .help("Close it with {closing}, or remove {opening}.")
        .engineer("{path}: {opening} is not closed by {closing}.")
        .engineer_help(""),
    Entry::new("locale-incomplete", "This translation is not complete.")
        .help("What it lacks is said in the language of the template.")
        .engineer("{count:word is|words are} not translated: {missing:and}.")
        .engineer_help("They are said in the language of the template."),
    Entry::new("locale-name", "“{name}” does not say which language it is for.")
        .help("Name the file by a language, such as de.yaml or de-AT.yaml."),
    Entry::new("locale-unknown-label", "The choice here has no value “{name}”.")
        .help("[Did you mean “{near}”? ]Labels stand beside the values of the choice, not beside what those are called."),
    Entry::new("locale-unknown-place", "{name} is no place in the parameters of the template.")
        .help("[Did you mean {near}? ]Write a JSON Pointer into the schema of the parameters, such as /properties/steps or /$defs/step/properties/image."),
    Entry::new("locale-unknown-section", "The template has no section “{name}”.")
        .help("[Did you mean “{near}”? ]Write the section as x-ui has it."),
    Entry::new("missing-item", "{title} lacks an item that it must have.")
        .help("Look at the hint of this field.")
        .engineer("No item of {path} fits the schema of its contains keyword.")
        .engineer_help(""),
    Entry::new("name-not-identifier", "“{name}” cannot be used as a name in Python.")
        .help("Use lower-case letters, digits and underscores, beginning with a letter.")
        .engineer("“{name}” is not an ASCII Python identifier."),
    Entry::new("name-shared", "“{text}” and “{other}” would have one name in Python: “{name}”.")
        .help("Change one of them, so that they differ in more than their spelling.")
        .engineer("Two answers bind the name {name}: “{text}” and “{other}”[, in the line {code}]")
        .engineer_help("Change one of them, or let the template add something to the name that tells them apart."),
    Entry::new("name-taken", "“{name}” already means something else in Python or in the generated file.")
        .help("Choose another name, for example {name}_step")
        .engineer("“{name}” is a keyword or a built-in name of Python, or a name that the template itself uses."),
    Entry::new("no-branch-fits", "{title} has none of the forms that it can have[: {options}].")
        .help("Look at the hint of this field.")
        .engineer("{path} fits no branch of its oneOf or anyOf[: {options}].")
        .engineer_help(""),
    Entry::new("not-allowed", "This value is not allowed for {title}.")
        .help("Look at the hint of this field.")
        .engineer("{path} is refused by its schema (not, or false).")
        .engineer_help(""),
    Entry::new("not-asked", "{title} does not go with your other answers.")
        .help("Remove it.")
        .engineer("The schema refuses {path} beside the other members (false).")
        .engineer_help(""),
    Entry::new("not-less", "{title} must be less than {limit}.")
        .engineer("{path} must be below its exclusiveMaximum, {limit}."),
    Entry::new("not-more", "{title} must be more than {limit}.")
        .engineer("{path} must be above its exclusiveMinimum, {limit}."),
    Entry::new("not-multiple", "{title} must be a multiple of {step}.")
        .engineer("{path} must be a multipleOf {step}."),
    Entry::new("not-one-of", "Select one of these for {title}: {options}.")
        .help("[Did you mean “{near}”?]")
        .engineer("{path} is not one of {values}.")
        .engineer_help("[Did you mean {near}?]"),
    Entry::new("output-count", "These answers would make more than {limit} files.")
        .help("Make several configs of them.")
        .engineer("The output makes more than {limit} files.")
        .engineer_help(""),
    Entry::new("output-path-shared", "Two of these answers would make the same file, {file}.")
        .help("Give one of them another name.")
        .engineer("Two outputs have one path: {file}[, beside {other}]")
        .engineer_help("Let the path of each output name what tells its files apart."),
    Entry::new("output-path-value", "{title} cannot be a part of the name of a file[: {value}].")
        .help("Use letters, digits, hyphens, dots and underscores."),
    Entry::new("output-too-large", "This would make a file of more than 2 MB, which Airflow could not read in time.")
        .help("Split it into several DAGs.")
        .engineer("The rendered file is larger than 2 MB."),
    Entry::new("pattern", "{title} does not have the form asked for[: {hint:whole}].")
        .engineer("{path} does not match the pattern of its schema[: {hint:whole}].")
        .engineer_help("Pattern: {pattern}"),
    Entry::new("policy-code-taken", "A policy cannot be called {name}: a rule of Dagwright has that code.")
        .help("Give it another code."),
    Entry::new("policy-duplicate-code", "Two policies here have the code {name}. Only the first of them is asked.")
        .help("Give one of them another code."),
    Entry::new("policy-endless", "The policy {name} was not asked to the end: all policies together take too long for this file.")
        .help("Make its check simpler. One that walks all tasks for each task grows with the square of their number."),
    Entry::new("policy-exception-expired", "The exception from the policy {name} ended on {value}. It was made because: {reason:whole}")
        .help("Do what the policy asks, or agree on another date."),
    Entry::new("policy-exception-long", "The exception from the policy {name} holds until {value}, which is more than a year away.")
        .help("Choose an earlier date, so that somebody looks at it again."),
    Entry::new("policy-exception-open", "This exception does not say what it is for, so it would hold for everything.")
        .help("Give it config, dag_id or task_id, with more than asterisks."),
    Entry::new("policy-exception-undated", "The exception from the policy {name} is not used, because it is not known which day it is.")
        .help("Name the present in the question (now), in seconds since 1970."),
    Entry::new("policy-expression", "This check is no expression: {detail:whole}")
        .help("Write a Jinja expression, for example task.retries >= 1"),
    Entry::new("policy-failed", "The policy {name} could not be asked[ about the task {task_id}]: {detail:whole}")
        .help("Correct its check. Ask first for what may be missing: config.parameters.owner is defined and …"),
    Entry::new("policy-name-unknown", "{name} is not known here.")
        .help("[Did you mean {near}?] Known are {known:whole}."),
    Entry::new("policy-not-allowed", "A check cannot use {what}.")
        .help("A check compares. It calls nothing, and multiplies nothing but numbers, so that it always comes to an end."),
    Entry::new("policy-not-boolean", "The check of the policy {name} must say true or false, but it says something else: {actual}.")
        .help("Compare it with something, for example task.retries > 0"),
    Entry::new("policy-not-read", "The policies in {file} were not read, so nobody asks them.")
        .help("Check that the file is there and holds policies."),
    Entry::new("policy-too-deep", "This check is too long, or nested too deeply.")
        .help("Make two policies of it."),
    Entry::new("policy-unknown", "Whether the policy {name} is met[ by the task {task_id}] is not known: {names:and} can only be told when Airflow runs the file.")
        .help("Write the value itself into the file."),
    Entry::new("python-keyword", "“{value}” is a word that Python keeps for itself.")
        .help("For example, enter {suggestion}")
        .engineer("{path} is a Python keyword.")
        .engineer_help("Suggestion: {suggestion}"),
    Entry::new("python-leading-digit", "{title} cannot begin with a digit.")
        .help("For example, enter {suggestion}")
        .engineer("{path} must be a Python identifier, which does not begin with a digit.")
        .engineer_help("Suggestion: {suggestion}"),
    Entry::new("python-syntax", "This is not Python: {detail:whole}")
        .engineer("Syntax error: {detail:whole}"),
    Entry::new("python-too-deep", "This is nested deeper than can be read safely.")
        .help("Split the expression."),
    Entry::new("required", "Enter {title}[, for example {example}].")
        .engineer("{path} is required and missing, or an empty text.")
        .engineer_help("[Example: {example}.]"),
    Entry::new("required-choice", "Select an answer for {title}.")
        .engineer("{path} is required and missing."),
    Entry::new("schedule-any-too-new", "Airflow {version} cannot wait for any of several assets, only for all of them.")
        .help("Wait for all of them, or ask the team that keeps Airflow for 2.9 or newer.")
        .engineer("Airflow {version} takes no | between datasets; the DAG fails to load with a TypeError before 2.9.")
        .engineer_help("Use a list, which waits for all of them, or Airflow 2.9."),
    Entry::new("schedule-continuous-too-new", "Airflow {version} does not know @continuous, and would not load the DAG.")
        .help("Choose times, or ask the team that keeps Airflow for 2.6 or newer.")
        .engineer("{path}: Airflow knows @continuous since 2.6; {version} does not load the DAG."),
    Entry::new("schedule-empty", "{title} is an empty schedule.")
        .help("Enter a cron expression such as 0 2 * * *, or @daily. To run only when somebody starts it, choose that answer.")
        .engineer("{path} is an empty schedule; null means no schedule.")
        .engineer_help(""),
    Entry::new("schedule-field", "“{text}” cannot be read as the {field:name} of a schedule.")
        .help("You can use numbers, * for every one, 1-5 for a range, 1,15 for a list and */10 for steps.")
        .engineer("{path}: croniter cannot read “{text}” as the {field:name}."),
    Entry::new("schedule-field-count", "A schedule has five parts: minute, hour, day of the month, month and day of the week. This has {count:part|parts}.")
        .help("For example, 0 2 * * * is daily at 02:00 UTC.")
        .engineer("{path} has {count:cron field|cron fields}; Airflow takes 5, 6 (seconds last) or 7 (years last)."),
    Entry::new("schedule-hash", "H has no meaning in the {field:name} of a schedule.")
        .help("It is Jenkins that knows it. Enter a number, or * for every one.")
        .engineer("{path}: H in the {field:name} needs a hash id, which Airflow does not give to croniter.")
        .engineer_help(""),
    Entry::new("schedule-invalid", "Airflow cannot read the schedule {value}. {detail}")
        .help("Airflow does not load the DAG until that is right."),
    Entry::new("schedule-mixed-weekdays", "“{text}” mixes plain days of the week with days counted in the month.")
        .help("Use either plain days such as 1,3 or counted ones such as 1#2 for the second Monday.")
        .engineer("{path}: croniter does not take plain weekdays together with # or L in “{text}”.")
        .engineer_help(""),
    Entry::new("schedule-nearest-weekday", "A day with W must stand alone; “{text}” lists more.")
        .help("Enter just one day, for example 15W: the weekday nearest to the 15th.")
        .engineer("{path}: croniter takes W with a single day only, not in “{text}”.")
        .engineer_help(""),
    Entry::new("schedule-never-fires", "This schedule never comes round: there is no such day.")
        .help("Choose a day that every month has, or L for the last day of the month.")
        .engineer("{path}: {value} has no fire time within 50 years; Airflow's scheduler raises CroniterBadDateError."),
    Entry::new("schedule-not-positive", "The time between two runs must be longer than 0."),
    Entry::new("schedule-out-of-range", "The {field:name} of a schedule goes from {smallest} to {largest}; “{text}” does not.")
        .engineer("{path}: “{text}” is outside of {smallest} to {largest}, the range of the {field:name}."),
    Entry::new("schedule-too-new", "Airflow {version} comes with a croniter that does not know {notation:name}, and would not load the DAG.")
        .help("Write it another way, for example 22,23,0,1,2 in place of 22-2.")
        .engineer("{path}: croniter {croniter}, which comes with Airflow {version}, refuses {notation:name} in {value}; croniter {since} and newer take it.")
        .engineer_help("Write it another way, or name the version that is installed as airflow.croniter in portal.json."),
    Entry::new("schedule-type", "A {value} is no schedule: it takes a text, a timedelta, assets or a timetable."),
    Entry::new("schedule-unknown-preset", "There is no schedule called “{preset}”.")
        .help("[Did you mean {near}? ]You can use @once, @hourly, @daily, @weekly, @monthly, @quarterly, @yearly or @continuous."),
    Entry::new("schedule-very-often", "This runs again after {seconds:second|seconds}.")
        .help("Airflow needs some seconds to start a run. If one is not done in time, the next ones queue up behind it.")
        .engineer("{path}: the shortest interval is {seconds} s.")
        .engineer_help("Below 5 minutes, scheduling latency and max_active_runs decide when runs start."),
    Entry::new("schedule-zero-step", "“{text}” counts in steps of 0.")
        .help("Enter a step of 1 or more behind the slash.")
        .engineer("{path}: the step of the {field:name} is 0 in “{text}”.")
        .engineer_help(""),
    Entry::new("schema-circle", "This schema leads back to itself for the same value. Let the reference stand under properties or items."),
    Entry::new("schema-default", "The default does not fit the schema it stands in, and is not used."),
    Entry::new("schema-doubles", "This schema is asked more than {limit} times about one value, because schemas around it draw it in several times. Refer to it once."),
    Entry::new("schema-empty-list", "The list here has at least one item."),
    Entry::new("schema-expression", "This is not a form that JSON Schema or a linear-time regular expression knows; look-around and back-references are not supported."),
    Entry::new("schema-foreign-reference", "{name:whole} is in another document, which is not read: any value is taken here, and asked for as YAML."),
    Entry::new("schema-format", "The format {format} is not known, so it is not checked. Known are {known:whole}."),
    Entry::new("schema-hint", "This hint is not known, or not with this value, and is not used. Known are section, unit, item_title, key_title and pattern_hint (texts), advanced (true or false), order (a number), widget (textarea), labels (words for the values of enum), language ({languages:whole}) and inventory ({inventories:whole})."),
    Entry::new("schema-hints", "x-ui holds named hints, such as section: Run. It is not used."),
    Entry::new("schema-minimum", "The number here is at least {limit}."),
    Entry::new("schema-nowhere", "A $ref here leads nowhere."),
    Entry::new("schema-outermost", "{name:whole} is read as the outermost {anchor:whole} of this schema, always."),
    Entry::new("schema-pattern", "The pattern {pattern:whole} is not checked: look-around and back-references are not supported, for matching them can take for ever."),
    Entry::new("schema-pattern-names", "The pattern {pattern:whole} is not supported, so any member is taken here: look-around and back-references can take for ever."),
    Entry::new("schema-reference", "{reference:whole} leads nowhere. Write a place in this schema, such as #/$defs/step."),
    Entry::new("schema-required", "required is a list of names beside properties; true or false is not read."),
    Entry::new("schema-same-items", "The items of the list here are all different."),
    Entry::new("schema-too-deep", "Schemas may be nested {limit} deep, counting references."),
    Entry::new("schema-too-many", "A schema may have {limit} parts."),
    Entry::new("schema-type", "JSON Schema wants {expected:name} here."),
    Entry::new("schema-unknown", "JSON Schema 2020-12 does not know this here."),
    Entry::new("schema-values", "JSON Schema knows these values here: {options:and}."),
    Entry::new("schema-vocabulary", "The vocabulary {name:whole} is required here and not known, so nothing can be checked by it. Only JSON Schema’s own are."),
    Entry::new("several-fit", "{title} can be read in more than one way, so it is not clear what is meant.")
        .help("Remove what does not belong together.")
        .engineer("{path} fits more than one branch of its oneOf.")
        .engineer_help(""),
    Entry::new("sql-empty", "Enter the SQL for {title}.")
        .engineer("{path} holds no SQL."),
    Entry::new("sql-unclosed", "{title} opens {opening} and does not close it.")
        .help("Look for the place where {opening} stands once too often or once too seldom.")
        .engineer("{path}: {opening} is not closed, whether or not a backslash escapes it.")
        .engineer_help(""),
    Entry::new("task-id", "Airflow does not take the name of this step[: “{task_id}”].")
        .help("It can have letters, digits, hyphens, dots and underscores, and 250 characters or fewer.")
        .engineer("[{task_id}: ]a task_id can have word characters, dots and hyphens, and 250 characters or fewer."),
    Entry::new("template-airflow", "The template {id} is made for Airflow {range}, and this portal is for Airflow {version}.")
        .help("Choose another template, or ask the team that keeps it.")
        .engineer("The template {id} supports Airflow {range}; the settings say {version}.")
        .engineer_help("Set another version with --airflow, or in portal.json."),
    Entry::new("template-base", "{id} is there for other templates, and not for configs.")
        .help("Choose another template.")
        .engineer("{id} is a base for other templates: its status is base.")
        .engineer_help("Use a template that extends it."),
    Entry::new("template-captured", "This template cannot be used now: it puts text where a value belongs.")
        .help("Tell the team that keeps the template.")
        .engineer("The text of a macro is used as a value. Its values are already literals, and would be escaped twice.")
        .engineer_help("Let the call of the macro stand alone between its braces, without filters or operators."),
    Entry::new("template-character", "This template cannot be used now: it holds characters that Dagwright keeps for itself.")
        .help("Tell the team that keeps the template.")
        .engineer("The file holds one of U+F5A00 to U+F5A02, which mark emitted values.")
        .engineer_help("Remove the character."),
    Entry::new("template-condition", "This template cannot be used now: it does not say well when it writes a file.")
        .help("Tell the team that keeps the template.")
        .engineer("The condition of an output cannot be used: {detail:whole}")
        .engineer_help("Write one Jinja expression, such as parameters.size > 1"),
    Entry::new("template-duplicate-id", "Two templates are called {id}.")
        .help("Tell the team that keeps the catalogue.")
        .engineer("Two templates have the id {id} and the version {version}; this one is left out.")
        .engineer_help("Give one of them another id or version."),
    Entry::new("template-ending", "This template cannot be used now: it writes values into a kind of file that is not known.")
        .help("Tell the team that keeps the template.")
        .engineer("Values can be written into files that end in .cfg, .json, .md, .py, .sh, .sql, .tf, .toml, .yaml or .yml before .j2; {what} does not.")
        .engineer_help("Rename the file, or take the placeholder out."),
    Entry::new("template-endless", "This template does not come to an end with these answers.")
        .help("Tell the team that keeps the template.")
        .engineer("Rendering was stopped after too many steps, at line {line}: {detail:whole}")
        .engineer_help("Look for a loop over a long range, or a macro that calls itself."),
    Entry::new("template-failed", "This template could not be filled with these answers.")
        .help("Tell the team that keeps the template.")
        .engineer("Rendering failed at line {line}: {detail:whole}")
        .engineer_help(""),
    Entry::new("template-file-ending", "This template cannot be used now: its files do not fit together.")
        .help("Tell the team that keeps the template.")
        .engineer("A file can include, extend or import files of its own ending only, and render() puts a .md.j2 file into a .py.j2 file only; {what} does neither.")
        .engineer_help(""),
    Entry::new("template-file-unknown", "This template cannot be used now: one of its files is missing.")
        .help("Tell the team that keeps the template.")
        .engineer("There is no file “{what}” in the folder of the template. Names of files must be written out, so that each can be checked.")
        .engineer_help(""),
    Entry::new("template-filter", "This template cannot be used now: it asks for a filter that is not allowed.")
        .help("Tell the team that keeps the template.")
        .engineer("The filter “{what}” is not allowed or does not exist.")
        .engineer_help("docs/authors.md lists the filters. A value becomes a literal by itself; it needs no escaping."),
    Entry::new("template-format-string", "This template cannot be used now: an f-string in it is interrupted.")
        .help("Tell the team that keeps the template.")
        .engineer("A tag stands inside an f-string or a t-string, or the string does not end. Python runs what stands between its braces, and a value could bring braces of its own.")
        .engineer_help("Assign the value to a Python variable first, and use that in the f-string."),
    Entry::new("template-gap", "This template cannot be used now: it puts a file where it cannot be.")
        .help("Tell the team that keeps the template.")
        .engineer("Nothing is known by the name {what} where the path of an output is made.")
        .engineer_help("Use package, name, dag_id, environment or parameters.…, and item or index where the output has for_each."),
    Entry::new("template-hidden-required", "This template cannot be used now: it leaves out a question that must be answered.")
        .help("Tell the team that keeps the template.")
        .engineer("hide takes away {name}, which is required and has no default.")
        .engineer_help("Give it a value with fix."),
    Entry::new("template-incomplete", "This template cannot be used now: a part of it is missing.")
        .help("Tell the team that keeps the template.")
        .engineer("There are no {name}, neither in this file nor in a parent.")
        .engineer_help(""),
    Entry::new("template-inherited-unknown", "This template cannot be used now: it changes a question that does not exist.")
        .help("Tell the team that keeps the template.")
        .engineer("There is no parameter {name} to hide or to fix.")
        .engineer_help(""),
    Entry::new("template-memory", "This template makes too much of these answers.")
        .help("Tell the team that keeps the template.")
        .engineer("Rendering was stopped: the texts and lists that the template makes on the way come to more than 32 MB.")
        .engineer_help("Look for replace, join or ~ with long texts, for lists that hold themselves again and again, and for a macro that calls itself."),
    Entry::new("template-merge-type", "This template cannot be used now: it does not fit the template that it is made from.")
        .help("Tell the team that keeps the template.")
        .engineer("The parameter {name} has a type here that {id} does not allow.")
        .engineer_help("Allow some of the types that the parent allows, or use another name."),
    Entry::new("template-name", "This template cannot be used now: it uses a name that Dagwright keeps for itself.")
        .help("Tell the team that keeps the template.")
        .engineer("Names that begin with two underscores are kept for the engine, and render can only be called: {what}")
        .engineer_help(""),
    Entry::new("template-output", "This template could not be filled with these answers.")
        .help("Tell the team that keeps the template.")
        .engineer("The rendered file is not Python: {detail:whole}[, in the line {code}]")
        .engineer_help(""),
    Entry::new("template-output-depth", "This template could not be filled with these answers.")
        .help("Tell the team that keeps the template.")
        .engineer("The rendered file is nested deeper than can be read safely[, in the line {code}]")
        .engineer_help(""),
    Entry::new("template-output-format", "This template could not be filled with these answers.")
        .help("Tell the team that keeps the template.")
        .engineer("The rendered file is not {format}[: {detail:whole}][, in the line {code}]")
        .engineer_help(""),
    Entry::new("template-output-jinja", "Together with the text around it, this answer would become {found}, which Airflow would run as a formula.")
        .help("Leave the braces out, or tell the team that keeps the template.")
        .engineer("A value makes or completes {found}, which Airflow would render[, in the line {code}]")
        .engineer_help("Jinja for Airflow must stand in one piece in the template, or in an answer whose format is airflow-jinja."),
    Entry::new("template-output-path", "This template cannot be used now: it does not say where it puts a file.")
        .help("Tell the team that keeps the template.")
        .engineer("Only a first output that ends in .py may be without a path: {what}")
        .engineer_help("Add path to the output."),
    Entry::new("template-output-place", "This template could not be filled with this answer.")
        .help("Tell the team that keeps the template.")
        .engineer("A value does not stand where a value may stand in {format}[, in the line {code}]")
        .engineer_help("Put the placeholder where a whole value stands, between blanks or brackets: not in a text, a comment or a name, and not where a command is named."),
    Entry::new("template-output-value", "This template could not be filled with this answer.")
        .help("Tell the team that keeps the template.")
        .engineer("A value is not a literal of its own in the rendered file[, in the line {code}]")
        .engineer_help("Put the placeholder where a whole expression may stand: not in an f-string, an annotation or a case, not beside another text, not on the left of %, and not before a dot or a bracket, also as a part of a text."),
    Entry::new("template-parent-broken", "This template cannot be used now: the template that it is made from cannot be used.")
        .help("Tell the team that keeps the template.")
        .engineer("{wanted} cannot be loaded, so this template cannot extend it.")
        .engineer_help("Correct the parent first; its findings stand in its own files."),
    Entry::new("template-parent-cycle", "This template cannot be used now: it is made from itself.")
        .help("Tell the team that keeps the template.")
        .engineer("Templates extend each other in a ring: {ring:whole}")
        .engineer_help("Take one of the extends away."),
    Entry::new("template-parent-depth", "This template cannot be used now: it is made from too many others.")
        .help("Tell the team that keeps the template.")
        .engineer("A template may have at most {limit} parents, with theirs.")
        .engineer_help(""),
    Entry::new("template-parent-missing", "This template cannot be used now: the template that it is made from is missing.")
        .help("Tell the team that keeps the template.")
        .engineer("There is no template {wanted} to extend.[ Did you mean {near}?]")
        .engineer_help("Correct the id or the version."),
    Entry::new("template-placeholder", "This template cannot be used now: it puts a value inside a text or a comment.")
        .help("Tell the team that keeps the template.")
        .engineer("A placeholder stands inside a string, an f-string or a comment, or touches a name. A value is a whole literal, quotes and all.")
        .engineer_help("Take the quotation marks away. To build a text, join its parts inside the placeholder: \"run of \" ~ name"),
    Entry::new("template-risk", "This template lets answers decide more than they should.")
        .help("Tell the team that keeps the template.")
        .engineer("Values that reach {what} are more than data there: Python, a shell or Airflow runs them, or looks up what they name.")
        .engineer_help("Pass answers as plain arguments or environment variables, or choose with if between what the template itself says."),
    Entry::new("template-schema", "This template cannot be used now: what it asks is not described well.")
        .help("Tell the team that keeps the template.")
        .engineer("The schema of the parameters: {detail:whole}")
        .engineer_help(""),
    Entry::new("template-schema-part", "Some of what this template asks is not checked here.")
        .help("You can use it. Tell the team that keeps the template.")
        .engineer("The schema of the parameters: {detail:whole}")
        .engineer_help(""),
    Entry::new("template-statement", "This template cannot be used now: it holds a statement that is not allowed.")
        .help("Tell the team that keeps the template.")
        .engineer("Templates cannot use {what:name}: it could change values after they became literals.")
        .engineer_help("Use a set statement with an expression, a macro, or a filter inside the placeholder."),
    Entry::new("template-syntax", "This template cannot be used now: it cannot be read.")
        .help("Tell the team that keeps the template.")
        .engineer("The file is not a Jinja template: {detail:whole}")
        .engineer_help(""),
    Entry::new("template-too-deep", "This template cannot be used now: it is nested too deeply.")
        .help("Tell the team that keeps the template.")
        .engineer("The file is nested deeper than can be read safely, or has a tag longer than 2,000 bytes.")
        .engineer_help("Split it with macros or includes."),
    Entry::new("template-too-large", "This template cannot be used now: it is too large.")
        .help("Tell the team that keeps the template.")
        .engineer("The file is larger than {limit}.")
        .engineer_help("Split it with includes."),
    Entry::new("template-unbalanced", "This template cannot be used now: one of its parts opens or closes a text that it shares with others.")
        .help("Tell the team that keeps the template.")
        .engineer("A branch, a loop, a block, a macro or a file begins in code and ends inside a string or a comment, or the other way round. Where values stand would depend on the answers.")
        .engineer_help("Let each of them end where it begins: open and close every string within it, and end a comment with its line."),
    Entry::new("template-undefined", "This template needs an answer that is missing.")
        .help("Answer the questions that are still open.")
        .engineer("A placeholder has no value. The parameter is optional and has no default.")
        .engineer_help("Give it a default in the schema, or put the placeholder inside an if block."),
    Entry::new("template-value-kind", "This template could not be filled with this answer.")
        .help("Tell the team that keeps the template.")
        .engineer("The value is no text, number, flag, list or map, so it has no literal.")
        .engineer_help(""),
    Entry::new("template-version", "The template {id} is at version {version} here, and this config asks for version {wanted}.")
        .help("Write {id}@{version} to use the version that is here. Look at what will be written before you use it.")
        .engineer("The catalogue holds {id} {version}; the config asks for {wanted}.")
        .engineer_help("Change the version in the config, or add that version to the catalogue."),
    Entry::new("too-few-entries", "{title} needs {limit:entry|entries} or more.")
        .help("Add what is missing.")
        .engineer("{path} has too few members; minProperties is {limit}.")
        .engineer_help(""),
    Entry::new("too-few-items", "{title} needs {limit:item|items} or more.")
        .help("Add what is missing.")
        .engineer("{path} has too few items; minItems is {limit}.")
        .engineer_help(""),
    Entry::new("too-large", "{title} must be {limit} or less.")
        .engineer("{path} is above its maximum, {limit}."),
    Entry::new("too-long", "{title} must be {limit:character|characters} or fewer.")
        .help("It has {length} now.")
        .engineer("{path} has {length:character|characters}; the limit is {limit}.")
        .engineer_help(""),
    Entry::new("too-many-entries", "{title} can have {limit:entry|entries} or fewer.")
        .help("Remove some.")
        .engineer("{path} has too many members; maxProperties is {limit}.")
        .engineer_help(""),
    Entry::new("too-many-items", "{title} can have {limit:item|items} or fewer.")
        .help("It has {count} now. Remove some.")
        .engineer("{path} has {count:item|items}; the most is {limit}.")
        .engineer_help(""),
    Entry::new("too-short", "{title} must be {limit:character|characters} or more.")
        .help("It has {length} now.")
        .engineer("{path} has {length:character|characters}; minLength is {limit}.")
        .engineer_help(""),
    Entry::new("too-small", "{title} must be {limit} or more.")
        .engineer("{path} is below its minimum, {limit}."),
    Entry::new("unknown-asset", "{title} names “{name}”, which is not among the assets known here.")
        .help("[Did you mean “{near}”? ]Ask the team that keeps Airflow whether there is such data and what updates it.")
        .engineer("{path}: the inventory holds no asset “{name}”.")
        .engineer_help("[Did you mean {near}?]"),
    Entry::new("unknown-connection", "{title} names “{name}”, which is not among the connections known here.")
        .help("[Did you mean “{near}”? ]Ask the team that keeps Airflow whether it exists.")
        .engineer("{path}: the inventory holds no connection “{name}”.")
        .engineer_help("[Did you mean {near}?]"),
    Entry::new("unknown-dependency", "A step waits for one that does not exist[: “{name}”].")
        .help("[Did you mean “{near}”? ]Correct the name, or add the missing step.")
        .engineer("A dependency names something that is not a task here[: {name}]."),
    Entry::new("unknown-environment", "There is no environment called “{name}” here.")
        .help("[Did you mean “{near}”? ]The environments are {known:and}.")
        .engineer("“{name}” is not an environment of the settings, or else of the config.")
        .engineer_help("[Did you mean {near}? ]Known: {known:and}."),
    Entry::new("unknown-parameter", "There is no setting called “{name}” here.")
        .help("[Did you mean “{near}”? ]Rename it or remove it.")
        .engineer("{path} is not in the schema.")
        .engineer_help("[Did you mean {near}? ]Additional members are refused here."),
    Entry::new("unknown-pool", "{title} names “{name}”, which is not among the pools known here.")
        .help("[Did you mean “{near}”? ]Ask the team that keeps Airflow whether it exists.")
        .engineer("{path}: the inventory holds no pool “{name}”.")
        .engineer_help("[Did you mean {near}?]"),
    Entry::new("unknown-template", "There is no template called “{id}” here.")
        .help("[Did you mean “{near}”? ][Known are: {known}. ]Check the spelling before the @.")
        .engineer("The catalogue holds no template “{id}”.")
        .engineer_help("[Did you mean {near}? ][Known: {known}.]"),
    Entry::new("unknown-variable", "{title} names “{name}”, which is not among the variables known here.")
        .help("[Did you mean “{near}”? ]Ask the team that keeps Airflow whether it exists.")
        .engineer("{path}: the inventory holds no variable “{name}”.")
        .engineer_help("[Did you mean {near}?]"),
    Entry::new("value-character", "This answer holds a character that cannot be written here.")
        .help("Leave out control characters, and blanks at the beginning and the end.")
        .engineer("The answer holds a character that cannot be written in {format} in this place.")
        .engineer_help(""),
    Entry::new("value-too-deep", "{title} is nested too deeply.")
        .help("Use fewer lists within lists.")
        .engineer("The value is nested deeper than 32 levels."),
    Entry::new("value-too-nested", "{title} is nested more than {limit:level|levels} deep, which takes its schema too long to check.")
        .help("Use fewer lists and groups inside each other.")
        .engineer("{path} is nested more than {limit:level|levels} deep; on each level its schema draws in others several times.")
        .engineer_help("Nest less, or let the schema refer to each once."),
    Entry::new("wrong-type", "{title} must be {expected:name}, not {actual:name}.")
        .engineer("{path} must be {expected:name}, not {actual:name}."),
    Entry::new("yaml-alias", "This uses an anchor (&) or an alias (*), which a form cannot show.")
        .help("Write the value out at each place.")
        .engineer("Anchors and aliases are not read.")
        .engineer_help("Write the value out at each place."),
    Entry::new("yaml-ambiguous", "“{text}” is read as {reading:name} by some programs and as text or a number by others.")
        .help("Put it in quotation marks if it is text.")
        .engineer("The plain scalar “{text}” is {reading:name} to YAML 1.1 readers such as PyYAML, and not to YAML 1.2 readers.")
        .engineer_help("Quote it."),
    Entry::new("yaml-duplicate-key", "“{key}” is said twice. Only the first one counts.")
        .help("Remove one of the two.")
        .engineer("Duplicate key “{key}”.")
        .engineer_help("Remove one of the two."),
    Entry::new("yaml-key-not-text", "A name is missing before a colon, or it is a list.")
        .help("Write each setting as name: value")
        .engineer("Keys must be scalars."),
    Entry::new("yaml-number", "{text} is a number that cannot be kept exactly.")
        .help("Use a number between -9,223,372,036,854,775,808 and 18,446,744,073,709,551,615.")
        .engineer("{text} does not fit into 64 bits, or is not finite.")
        .engineer_help("Quote it if it is text."),
    Entry::new("yaml-rewritten", "The comments of the config could not be kept with this change.")
        .help("Put them back by hand after the download.")
        .engineer("The edit could not be made in place; the document is written afresh, without its comments."),
    Entry::new("yaml-several-documents", "This holds more than one document.")
        .help("Keep one config a file. Remove the line --- and what follows it.")
        .engineer("More than one YAML document in one file.")
        .engineer_help("Keep one config a file."),
    Entry::new("yaml-syntax", "This cannot be read from here on: {detail:whole}.")
        .help("Look at this line and the one before it: a missing quotation mark, bracket or space, or a tab.")
        .engineer("YAML syntax: {detail:whole}"),
    Entry::new("yaml-tag", "This uses a tag (!), which a form cannot show.")
        .help("Remove the word that begins with an exclamation mark.")
        .engineer("Tags are not read.")
        .engineer_help("Remove the tag."),
    Entry::new("yaml-too-deep", "This is nested more than {limit} levels deep.")
        .help("Use fewer lists within lists.")
        .engineer("Nested deeper than {limit} levels."),
    Entry::new("yaml-too-large", "This is larger than {limit}, which no config needs.")
        .help("Check that it is the right file.")
        .engineer("The document is larger than {limit}."),
    Entry::new("yaml-too-many-values", "This holds more than {limit} values.")
        .help("Check that it is the right file.")
        .engineer("More than {limit} values in one document."),
    Entry::new("yaml-unclosed", "The bracket {opening} is not closed.")
        .help("Put the closing bracket behind the last item, or quotation marks around the text if the bracket is part of it.")
        .engineer("YAML syntax: {opening} is not closed."),
];
