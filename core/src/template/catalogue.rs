//! All templates at hand, by id and version.

use std::collections::BTreeMap;

use super::Template;

/// The templates of all catalogues.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    /// The versions of each template, the oldest first.
    templates: BTreeMap<String, Vec<Template>>,
}

/// Why there is no template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// None has this id.
    Id,
    /// There are only these versions, the oldest first.
    Version(Vec<String>),
}

impl Catalogue {
    /// Adds a template, unless one of the same id and version is there; whether it was added.
    pub(super) fn add(&mut self, template: Template) -> bool {
        let versions = self.templates.entry(template.card.id.clone()).or_default();
        let own = parts(&template.card.version);
        let place = versions.binary_search_by_key(&own, |other| parts(&other.card.version));
        if let Err(position) = place {
            versions.insert(position, template);
        }
        place.is_err()
    }

    /// The newest template that fits: of a major version such as `1`, of an exact one such as `1.2.0`, or of any.
    pub(crate) fn select(&self, id: &str, wanted: Option<&str>) -> Result<&Template, Missing> {
        let versions = self.templates.get(id).ok_or(Missing::Id)?;
        let fits = |template: &&Template| is_version(&template.card.version, wanted);
        versions.iter().rfind(fits).ok_or_else(|| {
            let versions = versions.iter().map(|template| template.card.version.clone());
            Missing::Version(versions.collect())
        })
    }

    /// The ids, sorted.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.templates.keys().map(String::as_str)
    }

    /// The templates by id, the newest version of each first.
    pub(crate) fn templates(&self) -> impl Iterator<Item = &Template> {
        self.templates.values().flat_map(|versions| versions.iter().rev())
    }
}

/// Whether a version such as `1.2.0` is the one that is wanted: `1`, `1.2.0`, or any.
pub(super) fn is_version(own: &str, wanted: Option<&str>) -> bool {
    match wanted {
        Some(wanted) if wanted.contains('.') => own == wanted,
        Some(major) => own.split('.').next() == Some(major),
        None => true,
    }
}

/// The numbers of a version, which compare as the version does.
pub(super) fn parts(version: &str) -> Vec<u64> {
    version
        .split('.')
        .map(|part| part.parse().unwrap_or(u64::MAX))
        .collect()
}
