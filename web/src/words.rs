//! Everything that a person reads on the page. Findings and sentences about DAGs are the engine's.

use dagwright_core::diagnostic::Severity;

use crate::{
    engine::Trouble,
    fetch::Failure,
    storage::{Refusal, Theme},
};

pub const SKIP: &str = "Skip to the content";
pub const NO_SUCH_PAGE: &str = "There is no such page";
pub const LINK_BROKEN: &str = "This link cannot be opened";
pub const LINK_BROKEN_HELP: &str =
    "It does not hold a config that can be read; perhaps it was cut short. Ask for the config file and open that.";
pub const ALL_TEMPLATES: &str = "All templates";

pub const CATALOGUE: &str = "What should run?";
pub const CATALOGUE_LEAD: &str = "Pick a template, answer its questions, and take a DAG home that is right.";
pub const SEARCH: &str = "Search the templates";
pub const TAGS: &str = "Tags";
pub const HAS_DRAFT: &str = "You have a draft";
pub const NO_CATALOGUE: &str = "The templates could not be read";
pub const EMPTY_CATALOGUE: &str = "There are no templates yet";
pub const EMPTY_CATALOGUE_HELP: &str =
    "The keepers of this portal have not published any. They appear here as soon as they do.";
pub const TRY_AGAIN: &str = "Try again";
pub const TEMPLATE_FILES: &str = "the template's files";

pub const PORTAL_BROKEN: &str = "This portal is not set up right";
pub const PORTAL_BROKEN_HELP: &str =
    "Whoever keeps the portal can mend this in the file portal.json. Nothing that you have written is lost.";
pub const PORTAL_IS_NO_OBJECT: &str = "portal.json must hold one JSON object, such as {\"title\": \"Our DAGs\"}.";
pub const EXPECTED_COLOUR: &str = "it should be a colour such as \"#3d55cc\"";
pub const EXPECTED_TEXT: &str = "it should be a text in quotes";
pub const EXPECTED_LIST: &str = "it should be a list such as [\"one\", \"two\"]";
pub const EXPECTED_OBJECT: &str = "it should be an object in braces";

pub const OPEN_CONFIG: &str = "Open a config";
pub const OPEN_HINT: &str =
    "A config is the YAML file that was downloaded or merged together with a DAG. It never leaves your browser.";
pub const OPEN_FILE: &str = "Choose a file, or drop it anywhere on this page";
pub const OPEN_TEXT: &str = "Or paste its text";
pub const OPEN: &str = "Open";
pub const OPENED: &str = "The config is open.";
pub const CANCEL: &str = "Cancel";
pub const CLOSE: &str = "Close";
pub const DROP: &str = "Drop the config to open it";
pub const CANNOT_OPEN: &str = "This config cannot be opened";
pub const FILE_UNREADABLE: &str = "The file could not be read. Choose it once more.";
pub const NOTHING_TO_OPEN: &str = "There is no text yet. Choose a file or paste the text of a config.";
pub const NOT_A_CONFIG: &str =
    "This text is not a config: it should begin with a line such as template: kubernetes-job@1.";
pub const NAMES_NO_TEMPLATE: &str =
    "This config does not say which template it is for. It needs a line such as template: kubernetes-job@1.";

pub const FORM: &str = "Questions";
pub const FORM_RESTS: &str =
    "The text of the config has a mistake. The questions can be answered again once it is mended.";
pub const OPTIONAL: &str = "(optional)";
pub const MORE_SETTINGS: &str = "More settings";
pub const FIXED: &str = "The template decides this.";
pub const CHOOSE: &str = "Choose…";
pub const NO_CHOICE: &str = "No answer";
pub const VALUE: &str = "Value";
pub const DONE: &str = "Done.";
pub const FIX_NO_LONGER_FITS: &str = "The answers have changed meanwhile, so this no longer fits.";
pub const NOT_YAML: &str = "This is not YAML.";
pub const FROM_EXAMPLE: &str = "Start from an example";
pub const UNDO: &str = "Undo";
pub const REDO: &str = "Redo";
pub const START_OVER: &str = "Start over";
pub const STARTED_OVER: &str = "The form is empty again. Undo brings the answers back.";

pub const HOW_OFTEN: &str = "How often";
pub const BY_HAND: &str = "Only when somebody starts it";
pub const DAILY: &str = "Every day at…";
pub const ON_WEEKDAYS: &str = "Monday to Friday at…";
pub const WEEKLY: &str = "Every week on…";
pub const MONTHLY: &str = "Every month on…";
pub const CRON: &str = "Something else, as a cron expression";
pub const CRON_LABEL: &str = "Cron expression";
pub const CRON_HINT: &str =
    "Minute, hour, day of the month, month, day of the week: 30 6 * * 1-5 is 06:30, Monday to Friday.";
pub const WEEKDAY: &str = "on";
pub const DAY_OF_MONTH: &str = "on day";
pub const AT: &str = "at";
pub const NEXT_RUNS: &str = "Next runs";

pub const PREVIEW: &str = "What comes out";
pub const PICTURE: &str = "Picture";
pub const CODE: &str = "Code";
pub const CONFIG: &str = "Config";
pub const CHECKS: &str = "Checks";
pub const FILE: &str = "File";
pub const STALE: &str = "This is from before your last change, which has something to mend.";
pub const STARTING: &str = "Getting ready…";
pub const NOTHING_FOUND: &str = "Everything is in order.";
pub const NO_PLAN: &str = "Answer the questions to see what will run, and when.";
pub const PARTIAL: &str = "Part of this DAG is only known when it runs, so the picture may lack tasks or lines.";
pub const TASKS_IN_WORDS: &str = "The tasks in words";
pub const GRAPH_KEYS: &str = "Picture of the DAG. Arrow keys move it, plus and minus zoom, 0 shows the whole.";
pub const SMALLER: &str = "Smaller";
pub const LARGER: &str = "Larger";
pub const WHOLE: &str = "Show the whole picture";
pub const FOLD: &str = "Fold the groups";
pub const UNFOLD: &str = "Open the groups";
pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied";
pub const NOT_COPIED: &str = "The browser did not allow copying. Select the text and copy it by hand.";
pub const EDIT_AS_TEXT: &str = "Edit as text";
pub const BACK_TO_FORM: &str = "Back to the questions";
pub const ENVIRONMENT: &str = "Show it for";
pub const ALL_ENVIRONMENTS: &str = "the config as it stands";

pub const SEE_PREVIEW: &str = "Preview";
pub const CHECK_AND_DOWNLOAD: &str = "Check and download";
pub const NOTHING_LEFT: &str = "Everything is in order.";
pub const READY: &str = "Your DAG is ready";
pub const READY_HINT: &str = "Keep the config: it holds your answers, and this page opens it again. The paths say where the files belong in the repository.";
pub const DOWNLOAD: &str = "Download";
pub const DOWNLOAD_ALL: &str = "Download all as .zip";
pub const SAVED: &str = "Downloaded.";
pub const NOT_SAVED: &str = "The browser did not allow the download. Copy the text instead.";

pub const ENGINE_STOPPED: &str =
    "The last change made the checks stop. Your answers are kept: change or undo something, and they start again.";
const ENGINE_NOT_STARTED: &str = "The checks could not be started. Your answers are kept. Look at your connection, then try again or reload the page.";

pub fn portal_is_not_json(line: usize, column: usize) -> String {
    format!("portal.json is not JSON: look at line {line}, column {column}.")
}

pub fn portal_key(key: &str, reason: &str) -> String {
    format!("In portal.json, `{key}` cannot be used: {reason}.")
}

pub fn failure(what: &str, failure: &Failure) -> String {
    match failure {
        Failure::Unreachable => {
            format!("{what}: no answer. Look at your connection, then try again.")
        }
        Failure::Status(404) => {
            format!("{what}: not found. The address may be wrong, or it was not published.")
        }
        Failure::Status(status) => {
            format!("{what}: the host refused it (HTTP {status}). Try again in a moment.")
        }
        Failure::Unreadable(reason) => format!("{what}: not what was expected ({reason})."),
    }
}

pub fn trouble(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::NotStarted => ENGINE_NOT_STARTED,
        Trouble::Stopped => ENGINE_STOPPED,
    }
}

pub fn template_is_broken(reason: &str) -> String {
    format!("This template has a mistake, which its owner can mend: {reason}")
}

pub fn no_template(id: &str) -> String {
    format!("This portal has no template “{id}”")
}

pub fn not_offered(id: &str) -> String {
    format!("This config is for the template “{id}”, which this portal does not offer.")
}

pub fn page_title(template: &str, portal: &str, wrong: bool) -> String {
    let error = if wrong { "Error: " } else { "" };
    format!("{error}{template} · {portal}")
}

pub fn version(version: &str) -> String {
    format!("v{version}")
}

pub fn kept_by(owner: &str) -> String {
    format!("by {owner}")
}

pub fn deprecated(replaced_by: Option<&str>) -> String {
    match replaced_by {
        Some(id) => format!("No longer offered, use {id}"),
        None => "No longer offered".to_owned(),
    }
}

pub fn found(count: usize, total: usize) -> String {
    if count == total {
        format!("{total} templates")
    } else {
        format!("{count} of {total} templates")
    }
}

pub fn example(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    let stem = file.split('.').next().unwrap_or(file);
    stem.replace(['_', '-'], " ")
}

pub fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::Device => "Colours: those of your device",
        Theme::Light => "Colours: light",
        Theme::Dark => "Colours: dark",
    }
}

pub fn restored(clock: &str) -> String {
    format!("Draft from {clock} restored.")
}

pub fn not_kept_in_browser(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Forbidden => {
            "Your browser keeps nothing for this page, so the answers are gone when you close it. Download the config to keep them."
        }
        Refusal::Full => {
            "Your browser has no room left for drafts, so the latest answers are gone when you close the page. Download the config to keep them."
        }
    }
}

pub fn for_example(example: &str) -> String {
    format!("such as {example}")
}

pub fn left_empty(default: &str) -> String {
    format!("Left empty: {default}.")
}

pub fn not_kept(reason: &str) -> String {
    format!("This text is not part of the answers yet: {reason}")
}

pub fn add(item: &str) -> String {
    format!("Add {}", lower(item))
}

pub fn added(item: &str) -> String {
    format!("Added {}.", lower(item))
}

pub fn item(item: &str, number: usize) -> String {
    format!("{} {number}", upper(item))
}

pub fn move_up(title: &str) -> String {
    format!("Move {title} up")
}

pub fn move_down(title: &str) -> String {
    format!("Move {title} down")
}

pub fn remove(title: &str) -> String {
    format!("Remove {title}")
}

pub fn moved(title: &str, to: usize, count: usize) -> String {
    format!("{title} moved to {to} of {count}.")
}

pub fn removed(title: &str) -> String {
    format!("{title} removed. Undo brings it back.")
}

pub fn list_is_full(count: usize) -> String {
    format!("{count} is the most that this list may hold.")
}

pub fn name_of(item: &str) -> String {
    upper(item)
}

pub fn name_of_item(item: &str, number: usize) -> String {
    format!("Name of {} {number}", lower(item))
}

pub fn name_is_taken(name: &str) -> String {
    format!("“{name}” is there already. Choose another name.")
}

pub fn name_is_missing(item: &str) -> String {
    format!("Give this {} a name, or remove it.", lower(item))
}

pub fn problems(count: usize) -> String {
    plural(count, "problem", "problems")
}

pub fn findings(count: usize) -> String {
    plural(count, "finding", "findings")
}

pub fn there_is_a_problem(count: usize) -> String {
    if count == 1 {
        "There is a problem".to_owned()
    } else {
        format!("There are {count} problems")
    }
}

pub fn left_to_fill(count: usize) -> String {
    format!("{} left", plural(count, "thing", "things"))
}

pub fn left_to_mend(count: usize) -> String {
    format!("{} to mend", plural(count, "problem", "problems"))
}

pub fn nothing_yet(errors: usize) -> String {
    match errors {
        0 => "Your DAG appears here with the first answers.".to_owned(),
        count => format!(
            "Your DAG appears here when the form is complete: {}.",
            left_to_fill(count)
        ),
    }
}

pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Information => "Note",
        Severity::Hint => "Hint",
    }
}

pub fn severities(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "To mend",
        Severity::Warning => "Worth a look",
        Severity::Information => "Good to know",
        Severity::Hint => "Matters of taste",
    }
}

pub fn line_and_column(line: u32, column: u32) -> String {
    format!("Line {line}, column {column}")
}

pub fn go_to(title: &str) -> String {
    if title.is_empty() {
        "Go there".to_owned()
    } else {
        format!("Go to {title}")
    }
}

pub fn picture_of(dag: &str, tasks: usize) -> String {
    format!(
        "{dag}: {}. They are listed in words below.",
        plural(tasks, "task", "tasks")
    )
}

pub fn task(id: &str, operator: &str) -> String {
    format!("{id}\n{operator}")
}

pub fn step(operator: &str, upstream: &[String]) -> String {
    if upstream.is_empty() {
        format!("({operator}) waits for nothing")
    } else {
        format!("({operator}) waits for {}", upstream.join(", "))
    }
}

pub fn download(name: &str) -> String {
    format!("Download {name}")
}

pub fn weekdays() -> Vec<String> {
    [
        "Sunday",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
    ]
    .map(str::to_owned)
    .to_vec()
}

pub fn month_days() -> Vec<String> {
    (1..=31).map(|day: u8| day.to_string()).collect()
}

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn upper(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// Lower case at the start, except for abbreviations such as `SQL file`.
fn lower(text: &str) -> String {
    let mut text = text.to_owned();
    if !text
        .get(1..2)
        .is_some_and(|second| second.bytes().all(|byte| byte.is_ascii_uppercase()))
        && let Some(first) = text.get_mut(..1)
    {
        first.make_ascii_lowercase();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fit_their_numbers() {
        assert_eq!(problems(1), "1 problem");
        assert_eq!(
            nothing_yet(1),
            "Your DAG appears here when the form is complete: 1 thing left."
        );
    }

    #[test]
    fn items_are_named_as_in_a_sentence() {
        assert_eq!(add("Step"), "Add step");
        assert_eq!(add("SQL file"), "Add SQL file");
        assert_eq!(item("step", 2), "Step 2");
        assert_eq!(example("examples/refresh_all.yaml"), "refresh all");
    }
}
