//! The files that a config makes, on the way into an answer.

use std::ops::Range;

use crate::render::Emission;

/// A generated file, or a Python file that was given.
#[derive(Debug)]
pub(super) struct GeneratedFile {
    /// Where it belongs; none for a file that was given.
    pub(super) path: Option<String>,
    pub(super) text: String,
    pub(super) emissions: Vec<Emission>,
    /// For Python: where it begins among all the Python of the config, as if the files stood in a row.
    pub(super) python: Option<usize>,
}

impl GeneratedFile {
    /// The emission that a range lies in, or the first one that lies in it.
    fn emission_at(&self, range: &Range<usize>) -> Option<&Emission> {
        let from = self
            .emissions
            .partition_point(|emission| emission.range.end <= range.start);
        let emission = self.emissions.get(from)?;
        (emission.range.start < range.end).then_some(emission)
    }
}

/// All files of a config.
#[derive(Debug, Default)]
pub(super) struct Generated(pub(super) Vec<GeneratedFile>);

impl Generated {
    /// The Python file that a range of all the Python lies in, and the range within that file.
    pub(super) fn python_at(&self, range: &Range<usize>) -> Option<(&GeneratedFile, Range<usize>)> {
        let begins_before = |file: &&GeneratedFile| file.python.is_some_and(|start| start <= range.start);
        let file = self.0.iter().rfind(begins_before)?;
        let start = file.python?;
        Some((file, range.start - start..range.end.saturating_sub(start)))
    }

    /// The emission that a range of all the Python lies in, or the first one that lies in it.
    pub(super) fn emission_at(&self, range: &Range<usize>) -> Option<&Emission> {
        let (file, range) = self.python_at(range)?;
        file.emission_at(&range)
    }

    /// Where the next Python file begins.
    pub(super) fn python_end(&self) -> usize {
        let last = self.0.iter().rfind(|file| file.python.is_some());
        // One more, so that the end of a file is not the beginning of the next one.
        last.map_or(0, |file| file.python.unwrap_or_default() + file.text.len() + 1)
    }
}
