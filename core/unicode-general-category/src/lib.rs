//! The crate of this name has tables of its own for what regular expressions know too, so the workspace puts this one in
//! its place. It tells apart what the names of hosts need.

use std::sync::LazyLock;

use regex_syntax::hir::{Class, HirKind};

/// What kind of character one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GeneralCategory {
    /// Such as `A`.
    UppercaseLetter,
    /// Such as `a`.
    LowercaseLetter,
    /// Such as `ǅ`.
    TitlecaseLetter,
    /// Such as `ʰ`.
    ModifierLetter,
    /// Such as `ª`.
    OtherLetter,
    /// Such as an accent above a letter.
    NonspacingMark,
    /// Such as a vowel beside a letter.
    SpacingMark,
    /// Such as a circle around a letter.
    EnclosingMark,
    /// Such as `1`.
    DecimalNumber,
    /// Anything else.
    Unassigned,
}

/// The first and the last character of each stretch of one kind.
type Stretches = Vec<(char, char)>;

static KINDS: LazyLock<Vec<(GeneralCategory, Stretches)>> = LazyLock::new(|| {
    use GeneralCategory as Kind;
    let kinds = [
        (Kind::UppercaseLetter, r"\p{Lu}"),
        (Kind::LowercaseLetter, r"\p{Ll}"),
        (Kind::TitlecaseLetter, r"\p{Lt}"),
        (Kind::ModifierLetter, r"\p{Lm}"),
        (Kind::OtherLetter, r"\p{Lo}"),
        (Kind::NonspacingMark, r"\p{Mn}"),
        (Kind::SpacingMark, r"\p{Mc}"),
        (Kind::EnclosingMark, r"\p{Me}"),
        (Kind::DecimalNumber, r"\p{Nd}"),
    ];
    kinds.map(|(kind, class)| (kind, stretches(class))).into()
});

fn stretches(class: &str) -> Stretches {
    match regex_syntax::parse(class).map(regex_syntax::hir::Hir::into_kind) {
        Ok(HirKind::Class(Class::Unicode(class))) => class.iter().map(|range| (range.start(), range.end())).collect(),
        _ => Stretches::new(),
    }
}

/// What kind of character this one is.
pub fn get_general_category(character: char) -> GeneralCategory {
    let holds = |stretches: &Stretches| {
        let after = stretches.partition_point(|(_, last)| *last < character);
        stretches.get(after).is_some_and(|(first, _)| *first <= character)
    };
    let kind = KINDS.iter().find(|(_, stretches)| holds(stretches));
    kind.map_or(GeneralCategory::Unassigned, |(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::{GeneralCategory as Kind, get_general_category};

    #[test]
    fn tells_kinds_apart() {
        for (character, kind) in [
            ('A', Kind::UppercaseLetter),
            ('ß', Kind::LowercaseLetter),
            ('ǅ', Kind::TitlecaseLetter),
            ('ʰ', Kind::ModifierLetter),
            ('日', Kind::OtherLetter),
            ('\u{301}', Kind::NonspacingMark),
            ('\u{903}', Kind::SpacingMark),
            ('\u{20DD}', Kind::EnclosingMark),
            ('٣', Kind::DecimalNumber),
            ('-', Kind::Unassigned),
        ] {
            assert_eq!(get_general_category(character), kind, "{character:?}");
        }
    }
}
