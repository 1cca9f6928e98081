//! References to container images, by the grammar that registries and runtimes share.

use super::Unfit;

/// The parts of a reference such as `registry:5000/reporting/seeder:1.4.2@sha256:…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Image<'a> {
    /// Registry and path.
    pub(crate) name: &'a str,
    pub(crate) tag: Option<&'a str>,
    pub(crate) digest: Option<&'a str>,
}

impl<'a> Image<'a> {
    pub(crate) fn parse(text: &'a str) -> Result<Self, Unfit> {
        if let Some((scheme, rest)) = text.split_once("://") {
            return Err(Unfit::new("image-with-scheme")
                .param("scheme", scheme)
                .param("suggestion", rest));
        }
        if text
            .chars()
            .any(|character| character.is_whitespace() || character.is_control())
        {
            return Err(Unfit::new("image-with-space"));
        }
        let (rest, digest) = match text.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest)),
            None => (text, None),
        };
        let last_slash = rest.rfind('/').map_or(0, |slash| slash + 1);
        let colon = rest
            .get(last_slash..)
            .and_then(|last| last.find(':'))
            .map(|colon| last_slash + colon);
        let (name, tag) = match colon.and_then(|colon| Some((rest.get(..colon)?, rest.get(colon + 1..)?))) {
            Some((name, tag)) => (name, Some(tag)),
            None => (rest, None),
        };
        if let Some(tag) = tag.filter(|tag| !is_tag(tag)) {
            return Err(Unfit::new("image-tag-shape").param("tag", tag));
        }
        if let Some(digest) = digest.filter(|digest| !is_digest(digest)) {
            return Err(Unfit::new("image-digest-shape").param("digest", digest));
        }
        let path = match name.split_once('/') {
            Some((registry, path)) if is_registry(registry) => path,
            _ => name,
        };
        if path.chars().any(char::is_uppercase) && is_path(&path.to_lowercase()) {
            return Err(
                Unfit::new("image-upper-case").param("suggestion", text.replacen(path, &path.to_lowercase(), 1))
            );
        }
        if name.len() > 255 || !is_path(path) {
            return Err(Unfit::new("format-image"));
        }
        Ok(Self { name, tag, digest })
    }
}

/// The first part is a registry, and not a part of the path, where it could be a host.
fn is_registry(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (text, None),
    };
    let is_host = host.split('.').all(|label| {
        let edge = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
        edge(label.bytes().next())
            && edge(label.bytes().next_back())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    let is_port = port.is_none_or(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()));
    is_host && is_port && (host.contains('.') || port.is_some() || host == "localhost")
}

fn is_path(path: &str) -> bool {
    path.split('/').all(|part| {
        // Letters and digits, parted by one dot, one or two underscores, or any number of hyphens.
        let mut separator = String::new();
        let mut is_started = false;
        for character in part.chars() {
            if character.is_ascii_lowercase() || character.is_ascii_digit() {
                let parts = separator.is_empty() || separator == "." || separator == "_" || separator == "__";
                if !(parts || separator.bytes().all(|byte| byte == b'-')) || (!is_started && !separator.is_empty()) {
                    return false;
                }
                separator.clear();
                is_started = true;
            } else if matches!(character, '.' | '_' | '-') {
                separator.push(character);
            } else {
                return false;
            }
        }
        is_started && separator.is_empty()
    })
}

fn is_tag(tag: &str) -> bool {
    let first = tag.bytes().next();
    first.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && tag.len() <= 128
        && tag
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
}

fn is_digest(digest: &str) -> bool {
    let Some((algorithm, hex)) = digest.split_once(':') else {
        return false;
    };
    let length = match algorithm {
        "sha256" => 64,
        "sha512" => 128,
        _ => return false,
    };
    hex.len() == length && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
