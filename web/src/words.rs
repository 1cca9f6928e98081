//! Everything that a person reads on the page. Findings and sentences about DAGs are the engine's.
//!
//! English stands here. Every other language is a file `words/<language>.json` beside the page, with the same names;
//! what it lacks is said in English.

pub mod language;

use dagwright_core::diagnostic::Severity;

use crate::{
    engine::Trouble,
    fetch::Failure,
    storage::{Refusal, Theme},
};
use language::{count, fill, say};

/// Makes a function of each sentence. A sentence may have `{places}` that its function fills in; one that counts has
/// two forms, for one and for any other number.
macro_rules! sentences {
    (@make $name:ident () $one:literal) => {
        pub fn $name() -> &'static str {
            say(stringify!($name), $one)
        }
    };
    (@make $name:ident ($($param:ident: $kind:ty),+) $one:literal) => {
        pub fn $name($($param: $kind),+) -> String {
            fill(say(stringify!($name), $one), &[$((stringify!($param), &$param)),+])
        }
    };
    (@make $name:ident ($first:ident: $number:ty $(, $param:ident: $kind:ty)*) $one:literal $other:literal) => {
        pub fn $name($first: $number $(, $param: $kind)*) -> String {
            let form = count(stringify!($name), $first, [$one, $other]);
            fill(form, &[(stringify!($first), &$first) $(, (stringify!($param), &$param))*])
        }
    };
    ($($name:ident $params:tt => $($form:literal)|+;)*) => {
        $(sentences!(@make $name $params $($form)+);)*

        /// Every sentence: its name and its forms in English.
        #[cfg(test)]
        const SENTENCES: &[(&str, &[&str])] = &[$((stringify!($name), &[$($form),+])),*];
    };
}

sentences! {
    skip() => "Skip to the content";
    check_configs() => "Check configs";
    check_configs_lead() => "Drop a folder of them, and see what is wrong with each.";
    no_such_page() => "There is no such page";
    link_broken() => "This link cannot be opened";
    link_broken_help() => "It does not hold a config that can be read; perhaps it was cut short. Ask for the config file and open that.";
    all_templates() => "All templates";

    catalogue() => "What should run?";
    catalogue_lead() => "Pick a template, answer its questions, and take a DAG home that is right.";
    no_catalogue() => "The templates could not be read";
    empty_catalogue() => "There are no templates yet";
    empty_catalogue_help() => "The keepers of this portal have not published any. They appear here as soon as they do.";
    try_again() => "Try again";
    template_files() => "the template's files";

    portal_broken() => "This portal is not set up right";
    portal_broken_help() => "Whoever keeps the portal can mend this in the file portal.json. Nothing that you have written is lost.";
    portal_is_no_object() => "portal.json must hold one JSON object, such as {\"title\": \"Our DAGs\"}.";
    expected_colour() => "it should be a colour such as \"#3d55cc\"";
    expected_text() => "it should be a text in quotes";
    expected_list() => "it should be a list such as [\"one\", \"two\"]";
    expected_address() => "it should be an address that begins with https://";
    expected_picture() => "it should be a file beside the page such as \"logo.svg\", or an address that begins with https://";
    expected_path() => "it should be a relative path without “..”, such as \"dags/{package}/{dag_id}.py\"";
    expected_object() => "it should be an object in braces";

    open_config() => "Open a config";
    open_hint() => "A config is the YAML file that was downloaded or merged together with a DAG. The Python file of the DAG will do as well. Neither leaves your browser.";
    open_file() => "Choose a file, or drop it anywhere on this page";
    open_text() => "Or paste its text";
    open() => "Open";
    opened() => "The config is open.";
    cancel() => "Cancel";
    close() => "Close";
    drop() => "Drop the config to open it";
    cannot_open() => "This config cannot be opened";
    file_unreadable() => "The file could not be read. Choose it once more.";
    nothing_to_open() => "There is no text yet. Choose a file or paste the text of a config.";
    not_a_config() => "This text is not a config: it should begin with a line such as template: kubernetes-job@1.";
    open_its_config(config: &str) => "This Python file holds no link to the portal. Open the config that it was made from: {config}.";
    names_no_template() => "This config does not say which template it is for. It needs a line such as template: kubernetes-job@1.";

    form() => "Questions";
    form_rests() => "The text of the config has a mistake. The questions can be answered again once it is fixed.";
    optional() => "(optional)";
    more_settings() => "More settings";
    fixed() => "The template decides this.";
    choose() => "Choose…";
    no_choice() => "No answer";
    value() => "Value";
    done() => "Done.";
    fix_no_longer_fits() => "The answers have changed meanwhile, so this no longer fits.";
    not_yaml() => "This is not YAML.";
    from_example() => "Start from an example";
    undo() => "Undo";
    redo() => "Redo";
    start_over() => "Start over";
    started_over() => "The form is empty again. Undo brings the answers back.";

    how_often() => "How often";
    by_hand() => "Only when somebody starts it";
    daily() => "Every day at…";
    on_weekdays() => "Monday to Friday at…";
    weekly() => "Every week on…";
    monthly() => "Every month on…";
    cron() => "Something else, as a cron expression";
    cron_label() => "Cron expression";
    cron_hint() => "Minute, hour, day of the month, month, day of the week: 30 6 * * 1-5 is 06:30, Monday to Friday.";
    weekday() => "on";
    day_of_month() => "on day";
    at() => "at";
    next_runs() => "Next runs";

    preview() => "What comes out";
    picture() => "Picture";
    code() => "Code";
    config() => "Config";
    checks() => "Checks";
    file() => "File";
    stale() => "This is from before your last change, which has something to mend.";
    starting() => "Getting ready…";
    nothing_found() => "Everything is in order.";
    no_plan() => "What will run, and when, is shown here once every answer is valid.";
    partial() => "Part of this DAG is only known when it runs, so the picture may lack tasks or lines.";
    part_missing() => "This part of the page could not be fetched. Check your connection, then reload the page: your answers are kept in this browser.";
    copy() => "Copy";
    copied() => "Copied";
    share() => "Copy a link to these answers";
    shared() => "A link that opens these answers is in the clipboard. Nothing of them was sent anywhere.";
    not_shared() => "There is no link: the checks did not answer, or the browser did not allow copying. Download the config instead, and send that.";
    shared_without_secrets() => "A link that opens these answers is in the clipboard. What looks like a password or token was left out.";
    copy_findings() => "Copy as Markdown";
    not_copied() => "The browser did not allow copying. Select the text and copy it by hand.";
    edit_as_text() => "Edit as text";
    back_to_form() => "Back to the questions";
    text_unreadable() => "This text cannot be read as a config";
    text_unreadable_help() => "The questions cannot show it. If you discard the text, they show the answers from before the mistake. Undo brings the text back.";
    keep_writing() => "Keep editing";
    discard_text() => "Discard the text";
    environment() => "Show it for";
    all_environments() => "the config as it stands";
    has_own_answers(environment: &str, titles: &str) => "{environment} has its own answers to {titles}. They are in effect here; the questions show those of the config.";

    see_preview() => "Preview";
    check_and_download() => "Check and download";
    nothing_left() => "Everything is in order.";
    nothing_left_in(shown: &str) => "No errors in {shown}. “Check and download” checks every environment.";
    review() => "Review your DAG";
    not_ready() => "Your DAG is not ready yet";
    ready() => "Your DAG is ready";
    ready_hint() => "Keep the config: it holds your answers, and this page opens it again. The paths say where the files belong in the repository.";
    download() => "Download";
    not_in_order(places: &str) => "Nothing can be downloaded or submitted yet: there are errors in {places}. Close this review, choose that under “Show it for”, and fix what is marked.";
    reviewing() => "Everything is put together once more…";
    download_all() => "Download all as .zip";
    saved() => "Downloaded.";
    not_saved() => "The browser did not allow the download. Copy the text instead.";

    engine_stopped() => "The last change made the checks stop. Your answers are kept: change or undo something, and they start again.";
    engine_not_started() => "The checks could not be started. Your answers are kept. Look at your connection, then try again or reload the page.";

    portal_is_not_json(line: usize, column: usize) => "portal.json is not JSON: look at line {line}, column {column}.";
    portal_key(key: &str, reason: &str) => "In portal.json, `{key}` cannot be used: {reason}.";
    unreachable(what: &str) => "{what}: no answer. Look at your connection, then try again.";
    not_found(what: &str) => "{what}: not found. The address may be wrong, or it was not published.";
    refused(what: &str, status: u16) => "{what}: the host refused it (HTTP {status}). Try again in a moment.";
    unreadable(what: &str, reason: &str) => "{what}: not what was expected ({reason}).";
    policy_is_broken(reason: &str) => "A rule of this portal cannot be checked, which whoever keeps the portal can mend: {reason}";
    template_is_broken(reason: &str) => "This template has a mistake, which its owner can mend: {reason}";
    no_template(id: &str) => "This portal has no template “{id}”";
    not_offered(id: &str) => "This config is for the template “{id}”, which this portal does not offer.";
    title_of_page(template: &str, portal: &str) => "{template} · {portal}";
    title_of_page_with_errors(template: &str, portal: &str) => "Error: {template} · {portal}";
    version(version: &str) => "v{version}";
    deprecated_use(id: &str) => "No longer offered, use {id}";
    carry_over(title: &str) => "Take these answers to “{title}”";
    prefilled() => "The link has filled in answers; undo brings back what was here.";
    no_longer_offered() => "No longer offered";

    change_language(language: &str) => "Change the language to {language}?";
    change_language_to(language: &str) => "Change to {language}";
    language_loses_results() => "The results of “Check configs” are lost: this page keeps no configs. Check them again in the other language, or save the results first.";
    language_loses_answers() => "Your browser keeps nothing for this page, so answers that you have not downloaded are lost.";

    colours_of_device() => "Colours: those of your device";
    colours_light() => "Colours: light";
    colours_dark() => "Colours: dark";
    restored(clock: &str) => "Draft from {clock} restored.";
    restored_without_secrets() => "What looks like a password or token was not kept.";
    storage_forbidden() => "Your browser keeps nothing for this page, so the answers are gone when you close it. Download the config to keep them.";
    storage_full() => "Your browser has no room left for drafts, so the latest answers are gone when you close the page. Download the config to keep them.";

    for_example(example: &str) => "such as {example}";
    left_empty(default: &str) => "Left empty: {default}.";
    not_kept(reason: &str) => "This text is not part of the answers yet: {reason}";
    add_item(item: &str) => "Add {item}";
    added_item(item: &str) => "Added {item}.";
    numbered(item: &str, number: usize) => "{item} {number}";
    move_up(title: &str) => "Move {title} up";
    move_down(title: &str) => "Move {title} down";
    remove(title: &str) => "Remove {title}";
    moved(title: &str, to: usize, count: usize) => "{title} moved to {to} of {count}.";
    duplicate(title: &str) => "Duplicate {title}";
    duplicated(title: &str) => "{title} duplicated.";
    removed(title: &str) => "{title} removed. Undo brings it back.";
    list_is_full(count: usize) => "{count} is the most that this list may hold.";
    name_of_numbered(item: &str, number: usize) => "Name of {item} {number}";
    name_is_taken(name: &str) => "“{name}” is there already. Choose another name.";
    nameless(item: &str) => "Give this {item} a name, or remove it.";

    problems(count: usize) => "{count} problem" | "{count} problems";
    findings(count: usize) => "{count} finding" | "{count} findings";
    there_is_a_problem(count: usize) => "There is a problem" | "There are {count} problems";
    left_to_fill(count: usize) => "{count} thing left" | "{count} things left";
    left_to_mend(count: usize) => "{count} problem to mend" | "{count} problems to mend";
    appears_with_answers() => "Your DAG appears here with the first answers.";
    appears_when_complete(count: usize) => "Your DAG appears here when the form is complete: {count} thing left." | "Your DAG appears here when the form is complete: {count} things left.";

    error() => "Error";
    warning() => "Warning";
    information() => "Note";
    hint() => "Hint";
    errors() => "To mend";
    warnings() => "Worth a look";
    informations() => "Good to know";
    hints() => "Matters of taste";
    line_and_column(line: u32, column: u32) => "Line {line}, column {column}";
    go_there() => "Go there";
    go_to_title(title: &str) => "Go to {title}";
    quoted(title: &str) => "“{title}”";


    sunday() => "Sunday";
    monday() => "Monday";
    tuesday() => "Tuesday";
    wednesday() => "Wednesday";
    thursday() => "Thursday";
    friday() => "Friday";
    saturday() => "Saturday";
}

pub fn failure(what: &str, failure: &Failure) -> String {
    match failure {
        Failure::Unreachable => unreachable(what),
        Failure::Status(404) => not_found(what),
        Failure::Status(status) => refused(what, *status),
        Failure::Unreadable(reason) => unreadable(what, reason),
    }
}

pub fn trouble(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::NotStarted => engine_not_started(),
        Trouble::Stopped => engine_stopped(),
    }
}

pub fn page_title(template: &str, portal: &str, wrong: bool) -> String {
    if wrong {
        title_of_page_with_errors(template, portal)
    } else {
        title_of_page(template, portal)
    }
}

pub fn deprecated(replaced_by: Option<&str>) -> String {
    replaced_by.map_or_else(|| no_longer_offered().to_owned(), deprecated_use)
}

pub fn example(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    let stem = file.split('.').next().unwrap_or(file);
    stem.replace(['_', '-'], " ")
}

pub fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::Device => colours_of_device(),
        Theme::Light => colours_light(),
        Theme::Dark => colours_dark(),
    }
}

pub fn not_kept_in_browser(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Forbidden => storage_forbidden(),
        Refusal::Full => storage_full(),
    }
}

pub fn add(item: &str) -> String {
    add_item(&language::inside(item))
}

pub fn added(item: &str) -> String {
    added_item(&language::inside(item))
}

pub fn item(item: &str, number: usize) -> String {
    numbered(&language::upper(item), number)
}

pub fn name_of(item: &str) -> String {
    language::upper(item)
}

pub fn name_of_item(item: &str, number: usize) -> String {
    name_of_numbered(&language::inside(item), number)
}

pub fn name_is_missing(item: &str) -> String {
    nameless(&language::inside(item))
}

pub fn nothing_yet(errors: usize) -> String {
    match errors {
        0 => appears_with_answers().to_owned(),
        count => appears_when_complete(count),
    }
}

pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => error(),
        Severity::Warning => warning(),
        Severity::Information => information(),
        Severity::Hint => hint(),
    }
}

pub fn severities(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => errors(),
        Severity::Warning => warnings(),
        Severity::Information => informations(),
        Severity::Hint => hints(),
    }
}

pub fn go_to(title: &str) -> String {
    if title.is_empty() {
        go_there().to_owned()
    } else {
        go_to_title(title)
    }
}

pub fn weekdays() -> Vec<String> {
    let names = [sunday, monday, tuesday, wednesday, thursday, friday, saturday];
    names.map(|name| name().to_owned()).to_vec()
}

pub fn month_days() -> Vec<String> {
    (1..=31).map(|day: u8| day.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use serde_json::Value;

    use super::*;

    #[test]
    fn words_fit_their_numbers() {
        assert_eq!(problems(1), "1 problem");
        assert_eq!(
            nothing_yet(1),
            "Your DAG appears here when the form is complete: 1 thing left."
        );
    }

    /// The places of a sentence, in any order.
    fn places(sentence: &str) -> BTreeSet<&str> {
        let places = sentence.split('{').skip(1);
        places.filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
    }

    #[test]
    fn german_has_every_sentence_with_the_same_places() {
        let german: BTreeMap<String, Value> = serde_json::from_str(include_str!("../../public/words/de.json")).unwrap();
        let names: BTreeSet<&str> = SENTENCES.iter().map(|(name, _)| *name).collect();
        let own: BTreeSet<&str> = german.keys().map(String::as_str).collect();
        assert_eq!(
            own, names,
            "public/words/de.json and the sentences here have the same names"
        );
        // Words that both languages share.
        let same = ["code", "title_of_page", "version", "numbered"];
        for (name, forms) in SENTENCES {
            let said: Vec<&str> = match &german[*name] {
                Value::String(one) => vec![one],
                Value::Array(forms) => forms.iter().filter_map(Value::as_str).collect(),
                _ => Vec::new(),
            };
            assert_eq!(said.len(), forms.len(), "{name}: as many forms as in English");
            for (own, english) in said.iter().zip(*forms) {
                // Braces that are JSON and not a place stand in a sentence that takes nothing.
                if !english.contains("{\"") {
                    assert_eq!(places(own), places(english), "{name}");
                }
                assert!(!own.trim().is_empty(), "{name}");
                assert!(own != english || same.contains(name), "{name} is not translated");
            }
        }
    }

    #[test]
    fn items_are_named_as_in_a_sentence() {
        assert_eq!(add("Step"), "Add step");
        assert_eq!(add("SQL file"), "Add SQL file");
        assert_eq!(item("step", 2), "Step 2");
        assert_eq!(example("examples/refresh_all.yaml"), "refresh all");
    }
}
