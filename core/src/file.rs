//! Files before they are text: what a program that reads them hands over, and what is wrong with them.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;

/// The most bytes of a file. No config, template or DAG that a person keeps is as long.
pub const MAXIMUM_BYTES: usize = 1_000_000;

/// Why a file gave nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "kebab-case")]
pub enum FileProblem {
    /// It is a device, a pipe, a socket or a folder.
    NotRegular,
    /// It has more than [`MAXIMUM_BYTES`] bytes.
    TooLarge,
    /// The operating system refused it.
    Unreadable {
        /// The name of the error, such as `EACCES`.
        reason: String,
    },
    /// The engine broke down when it read the file.
    EngineCrashed,
    /// The engine needed more memory than it may have.
    EngineOutOfMemory,
    /// The engine was not done in time.
    EngineTooSlow {
        /// How long it was waited for.
        seconds: u32,
    },
}

/// The text of a file, or what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: Option<String>,
    /// Why there is none.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a file's bytes are instead of text in UTF-8.
#[cfg(feature = "engine")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotText {
    TooLarge,
    /// Text in UTF-16, as Windows writes it.
    Utf16,
    /// The line, from 1, with the first bytes that are no character.
    Utf8 {
        line: usize,
    },
}

/// The text of a file, without a byte order mark.
#[cfg(feature = "engine")]
pub(crate) fn text(bytes: &[u8]) -> Result<&str, NotText> {
    if bytes.len() > MAXIMUM_BYTES {
        return Err(NotText::TooLarge);
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(NotText::Utf16);
    }
    match str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Err(NotText::Utf8 {
                line: before.split(|byte| *byte == b'\n').count(),
            })
        }
    }
}

#[cfg(all(test, feature = "engine"))]
mod tests {
    use super::{MAXIMUM_BYTES, NotText, text};

    #[test]
    fn bytes_are_text_in_utf_8_or_say_what_they_are() {
        for (bytes, expected) in [
            (&b""[..], Ok("")),
            ("a: é𝄞\n".as_bytes(), Ok("a: é𝄞\n")),
            ("\u{feff}a: 1".as_bytes(), Ok("a: 1")),
            (b"a: 1\nb: caf\xe9\n", Err(NotText::Utf8 { line: 2 })),
            // A character that is cut off, a surrogate, a longer spelling than need be.
            (b"a: \xc3", Err(NotText::Utf8 { line: 1 })),
            (b"\xed\xa0\x80", Err(NotText::Utf8 { line: 1 })),
            (b"\xc0\xaf", Err(NotText::Utf8 { line: 1 })),
            (b"\xff\xfea\0:\0", Err(NotText::Utf16)),
            (b"\xfe\xff\0a\0:", Err(NotText::Utf16)),
        ] {
            assert_eq!(text(bytes), expected, "{bytes:?}");
        }
        assert!(text(&vec![b' '; MAXIMUM_BYTES]).is_ok());
        assert_eq!(text(&vec![b' '; MAXIMUM_BYTES + 1]), Err(NotText::TooLarge));
    }
}
