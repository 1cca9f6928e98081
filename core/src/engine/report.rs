//! From findings to diagnostics: places become lines and pointers, codes become sentences.

use std::{cell::RefCell, collections::BTreeMap, ops::Range, rc::Rc};

use crate::{
    answer::SourceFile,
    config::Config,
    dag::Unresolved,
    diagnostic::{Diagnostic, Fix, Label, Operation, Severity},
    finding::{Finding, Place, Said, replacement},
    pointer::Pointer,
    python::Reading,
    settings::Settings,
    source::LineIndex,
    words::Language,
    yaml,
};

use super::generated::Generated;

/// Most diagnostics that one answer holds.
const MAXIMUM: usize = 100;

/// The lines of the texts that findings are in, each text read once.
#[derive(Default)]
struct Lines<'a>(RefCell<BTreeMap<*const str, Rc<LineIndex<'a>>>>);

impl<'a> Lines<'a> {
    fn of(&self, text: &'a str) -> Rc<LineIndex<'a>> {
        let mut known = self.0.borrow_mut();
        let lines = known.entry(text).or_insert_with(|| Rc::new(LineIndex::new(text)));
        Rc::clone(lines)
    }
}

/// What is needed to say where a finding is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Report<'a> {
    pub(super) settings: &'a Settings,
    pub(super) text: &'a str,
    pub(super) node: Option<&'a yaml::Node>,
    pub(super) config: Option<(Config<'a>, Option<&'a str>)>,
    pub(super) generated: Option<&'a Generated>,
    pub(super) sources: &'a [SourceFile],
}

impl<'a> Report<'a> {
    /// A report on nothing in particular.
    pub(super) fn new(settings: &'a Settings) -> Self {
        Self {
            settings,
            text: "",
            node: None,
            config: None,
            generated: None,
            sources: &[],
        }
    }

    /// The diagnostics: errors first, then in the order of the document, each once.
    pub(super) fn diagnostics(&self, findings: Vec<Finding>) -> Vec<Diagnostic> {
        if findings.is_empty() {
            return Vec::new();
        }
        let lines = Lines::default();
        let mut diagnostics: Vec<_> = findings
            .into_iter()
            .map(|finding| self.diagnostic(finding, &lines))
            .collect();
        diagnostics.sort_by_cached_key(|diagnostic| {
            (
                diagnostic.severity,
                diagnostic.primary.file.clone(),
                diagnostic.primary.span.map(|span| span.start),
                diagnostic.primary.pointer.clone(),
                diagnostic.code.clone(),
            )
        });
        diagnostics.dedup();
        diagnostics.truncate(MAXIMUM);
        diagnostics
    }

    fn diagnostic(&self, mut finding: Finding, lines: &Lines<'a>) -> Diagnostic {
        let primary = self.label(&finding.primary, lines);
        // A finding about merged parameters names the place where the answer was given.
        if let (Some(path), Some(pointer)) = (finding.params.get_mut("path"), &primary.pointer) {
            *path = pointer.as_str().into();
        }
        let language = Language::of(&self.settings.language);
        let replacement = self.replacement(&finding, language);
        let Said {
            code,
            message,
            help,
            link,
        } = if let Some(said) = finding.said {
            *said
        } else {
            let phrase = language.phrase(finding.code, &finding.params, self.settings.audience);
            Said {
                code: finding.code.to_owned(),
                message: phrase.message,
                help: phrase.help,
                link: None,
            }
        };
        Diagnostic {
            code,
            severity: finding.severity,
            message,
            help,
            link,
            params: finding
                .params
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            primary,
            related: finding.related.iter().map(|place| self.label(place, lines)).collect(),
            fix: finding.fix.map(|fix| self.said_fix(fix)).or(replacement),
        }
    }

    /// A change of a merged parameter is one of the place where it was said.
    fn said_fix(&self, mut fix: Fix) -> Fix {
        // What gets another name stays in the object that it was said in.
        let mut moved: Option<(Pointer, Pointer)> = None;
        for operation in &mut fix.operations {
            match operation {
                Operation::Remove { path } => {
                    let said = self.said_at(path);
                    moved = path.parent().zip(said.parent());
                    *path = said;
                }
                Operation::Add { path, .. } => {
                    let beside = moved
                        .as_ref()
                        .filter(|(holder, _)| path.parent().as_ref() == Some(holder));
                    *path = match (beside, path.last()) {
                        (Some((_, holder)), Some(name)) => holder.key(&name),
                        _ => self.said_at(path),
                    };
                }
                Operation::Replace { path, .. } => *path = self.said_at(path),
            }
        }
        fix
    }

    /// Where a stretch of generated Python is one answer, what was probably meant can be put in its place.
    fn replacement(&self, finding: &Finding, language: Language) -> Option<Fix> {
        let Place::Python(range) = &finding.primary else {
            return None;
        };
        let near = finding.params.get("near")?;
        let emission = self.generated?.emission_at(range)?;
        let (_, range) = self.generated?.python_at(range)?;
        let parameter = emission.pointer.as_ref().filter(|_| emission.range == range)?;
        let path = Pointer::root().key("parameters").join(parameter);
        Some(replacement(self.said_at(&path), near.clone(), language))
    }

    fn label(&self, place: &Place, lines: &Lines<'a>) -> Label {
        match place {
            Place::Value(pointer) => {
                let pointer = self.said_at(pointer);
                let span = self.node.map(|node| lines.of(self.text).span(node.place(&pointer)));
                Label {
                    pointer: Some(pointer),
                    span,
                    ..Label::default()
                }
            }
            Place::Key(pointer) => {
                let pointer = self.said_at(pointer);
                let span = self.node.map(|node| lines.of(self.text).span(node.key_place(&pointer)));
                Label {
                    pointer: Some(pointer),
                    key: true,
                    span,
                    ..Label::default()
                }
            }
            Place::Config(range) => Label {
                span: Some(lines.of(self.text).span(range.clone())),
                ..Label::default()
            },
            Place::Python(range) => self.python_label(range, lines),
            Place::File(path, range) => Label {
                file: Some(path.clone()),
                span: Some(lines.of(self.source(path)).span(range.clone())),
                ..Label::default()
            },
            Place::FileLine(path, line) => {
                let lines = lines.of(self.source(path));
                Label {
                    file: Some(path.clone()),
                    span: Some(lines.span(lines.line(*line))),
                    ..Label::default()
                }
            }
        }
    }

    /// A finding in generated Python is one of the answer that it was made from.
    fn python_label(&self, range: &Range<usize>, lines: &Lines<'a>) -> Label {
        let Some((generated, (file, own))) = self.generated.and_then(|all| Some((all, all.python_at(range)?))) else {
            return Label::default();
        };
        let answer = generated
            .emission_at(range)
            .and_then(|emission| emission.pointer.as_ref());
        match answer {
            Some(parameter) => {
                let pointer = Pointer::root().key("parameters").join(parameter);
                self.label(&Place::Value(pointer), lines)
            }
            None => Label {
                file: file.path.clone(),
                span: Some(lines.of(&file.text).span(own)),
                ..Label::default()
            },
        }
    }

    /// Where an answer was said: in the parameters, or in an environment's overrides.
    fn said_at(&self, pointer: &Pointer) -> Pointer {
        let parameters = Pointer::root().key("parameters");
        match (self.config, pointer.strip_prefix(&parameters)) {
            (Some((config, environment)), Some(parameter)) => config.origin(&parameter, environment),
            _ => pointer.clone(),
        }
    }

    fn source(&self, path: &str) -> &'a str {
        self.sources
            .iter()
            .find(|file| file.path == path)
            .map_or("", |file| file.text.as_str())
    }
}

/// What could not be understood, by file, line and column.
pub(super) fn unresolved(reading: &Reading, generated: &Generated) -> Vec<Unresolved> {
    let lines = Lines::default();
    let places = reading.unresolved.iter().filter_map(|(range, reason)| {
        let (file, range) = generated.python_at(range)?;
        let span = lines.of(&file.text).span(range);
        Some(Unresolved {
            file: file.path.clone(),
            line: span.line,
            column: span.column,
            reason: reason.clone(),
        })
    });
    places.collect()
}

/// Whether anything found forbids writing.
pub(super) fn has_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
