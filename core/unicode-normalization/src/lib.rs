//! The crate of this name knows by large tables which letters are other spellings of others, such as `ｄ` of `d`: Python takes
//! names that are spelled so for one. Hardly a DAG does that, so the workspace puts this crate in its place.

use std::str::Chars;

/// Ways to spell a text.
pub trait UnicodeNormalization<'a> {
    /// The text as it is: names that are spelled in two ways read as two names.
    fn nfkc(self) -> Chars<'a>;
}

impl<'a> UnicodeNormalization<'a> for &'a str {
    fn nfkc(self) -> Chars<'a> {
        self.chars()
    }
}

/// Whether a text is spelled plainly; any counts as such.
pub fn is_nfkc(_text: &str) -> bool {
    true
}
