//! Drafts of JSON Schema before 2019-09 decode what `contentEncoding` names. Since then the keyword only tells what a text is,
//! and every schema is read as one of 2020-12, so this crate decodes nothing.

/// An encoding of binary data as text.
#[derive(Clone, Copy, Debug)]
pub struct Encoding;

/// Nothing is decoded.
#[derive(Clone, Copy, Debug)]
pub struct DecodeError;

impl Encoding {
    /// Decodes nothing.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn decode(&self, _input: &[u8]) -> Result<Vec<u8>, DecodeError> {
        Err(DecodeError)
    }
}

/// Base 32.
pub const BASE32: Encoding = Encoding;
/// Base 32 with the letters of hexadecimal digits first.
pub const BASE32HEX: Encoding = Encoding;
/// Base 64.
pub const BASE64: Encoding = Encoding;
/// Base 64 for addresses.
pub const BASE64URL: Encoding = Encoding;
/// Hexadecimal digits.
pub const HEXUPPER: Encoding = Encoding;
