//! Manifests: the `template.yaml` of each template, and the files that belong to it.

use std::{collections::BTreeMap, ops::Range};

use serde_json::Value;

use super::catalogue::{is_version, parts};
use crate::{
    answer::SourceFile,
    diagnostic::Severity,
    finding::{Finding, Place},
    pointer::Pointer,
    schema::Schema,
    yaml,
};

/// What the documents of a template must fit.
#[derive(Debug)]
pub(crate) struct Schemas {
    /// Its `template.yaml`.
    pub(crate) template: Schema,
    /// The files in its folder `locales`.
    pub(crate) locale: Schema,
}

/// The file that makes a folder a template.
const NAME: &str = "template.yaml";
/// The folder of a catalogue whose files all its templates may use.
pub(super) const SHARED: &str = "shared/";

/// A `template.yaml` as it stands.
pub(super) struct Manifest<'a> {
    /// Its path in the catalogue.
    pub(super) path: &'a str,
    /// Its folder, with a `/` at the end; empty for the catalogue itself.
    pub(super) folder: &'a str,
    /// The files of the folder by their path below it, without those of templates further down.
    pub(super) files: BTreeMap<&'a str, &'a str>,
    /// The document; none where it cannot be used.
    pub(super) document: Option<(yaml::Node, Value)>,
    /// What it says its id is, even where it cannot be used.
    pub(super) id: String,
    pub(super) version: String,
    pub(super) findings: Vec<Finding>,
}

impl Manifest<'_> {
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let (_, document) = self.document.as_ref()?;
        document.get(name)?.as_str()
    }

    /// The place of a value of the document.
    pub(super) fn place(&self, pointer: &Pointer) -> Place {
        Place::File(self.path.to_owned(), self.range(pointer))
    }

    pub(super) fn range(&self, pointer: &Pointer) -> Range<usize> {
        self.document.as_ref().map_or(0..0, |(node, _)| node.place(pointer))
    }
}

/// Reads the manifests of a catalogue, in the order of their paths.
pub(super) fn read<'a>(files: &'a [SourceFile], schemas: &Schemas) -> Vec<Manifest<'a>> {
    let folders = files.iter().filter_map(|file| {
        let folder = file.path.strip_suffix(NAME)?;
        (folder.is_empty() || folder.ends_with('/')).then_some((folder, file))
    });
    let mut manifests: BTreeMap<&str, Manifest<'a>> = folders
        .map(|(folder, file)| (folder, manifest(folder, file, schemas)))
        .collect();
    for file in files {
        let folders = std::iter::successors(Some(file.path.as_str()), |path| {
            path.trim_end_matches('/').rsplit_once('/').map(|(above, _)| above)
        });
        let above = folders.skip(1).find_map(|folder| {
            manifests
                .get_key_value(format!("{folder}/").as_str())
                .map(|(folder, _)| *folder)
        });
        let owner = above.or_else(|| manifests.contains_key("").then_some(""));
        if let Some(folder) = owner
            && let Some(manifest) = manifests.get_mut(folder)
            && let Some(name) = file.path.strip_prefix(folder)
        {
            manifest.files.insert(name, &file.text);
        }
    }
    manifests.into_values().collect()
}

fn manifest<'a>(folder: &'a str, file: &'a SourceFile, schemas: &Schemas) -> Manifest<'a> {
    let (node, findings) = yaml::read(&file.text);
    let mut findings: Vec<_> = findings
        .into_iter()
        .map(|finding| in_text(finding, &file.path))
        .collect();
    let value = node.as_ref().map(yaml::Node::to_value).unwrap_or_default();
    if let Some(node) = &node {
        let wrong = schemas.template.validate(&value, &Pointer::root());
        findings.extend(wrong.into_iter().map(|finding| in_document(finding, node, &file.path)));
    }
    let is_broken = findings.iter().any(|finding| finding.severity == Severity::Error);
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    Manifest {
        path: &file.path,
        folder,
        files: BTreeMap::new(),
        id: text("id"),
        version: text("version"),
        document: node.filter(|_| !is_broken).map(|node| (node, value)),
        findings,
    }
}

/// The newest of the manifests with an id and a version as it is wanted.
pub(super) fn select(manifests: &[Manifest<'_>], id: &str, wanted: Option<&str>) -> Option<usize> {
    let fitting = manifests
        .iter()
        .enumerate()
        .filter(|(_, manifest)| manifest.id == id && is_version(&manifest.version, wanted));
    fitting
        .max_by_key(|(_, manifest)| parts(&manifest.version))
        .map(|(position, _)| position)
}

/// A finding about the text of a file, at its place there.
pub(super) fn in_text(mut finding: Finding, path: &str) -> Finding {
    if let Place::Config(range) = finding.primary {
        finding.primary = Place::File(path.to_owned(), range);
    }
    finding.related.clear();
    finding
}

/// A finding about a value of a file, at its place there.
pub(super) fn in_document(mut finding: Finding, node: &yaml::Node, path: &str) -> Finding {
    finding.primary = match &finding.primary {
        Place::Key(pointer) => Place::File(path.to_owned(), node.key_place(pointer)),
        Place::Value(pointer) => Place::File(path.to_owned(), node.place(pointer)),
        other => other.clone(),
    };
    finding
}
