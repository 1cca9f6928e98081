//! Addresses: e-mail, URIs, assets.

use std::net::Ipv6Addr;

use super::Unfit;

pub(super) fn email(text: &str) -> Result<(), Unfit> {
    if is_email(text) {
        Ok(())
    } else {
        Err(Unfit::new("format-email").param("address", text))
    }
}

pub(super) fn email_list(text: &str) -> Result<(), Unfit> {
    let addresses: Vec<&str> = text.split(',').map(str::trim).collect();
    if addresses.iter().any(|address| address.is_empty()) {
        return Err(Unfit::new("email-list-gap"));
    }
    if text.contains(';') {
        return Err(Unfit::new("email-list-semicolon").param("suggestion", text.replace(';', ",")));
    }
    match addresses.iter().find(|address| !is_email(address)) {
        Some(address) => Err(Unfit::new("format-email").param("address", *address)),
        None => Ok(()),
    }
}

/// A usual address: no quotes, no comments, a dotted domain or a bare host.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_local = |byte: u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte) || byte >= 0x80;
    let is_label = |label: &str| {
        let is_inner = |character: char| character.is_alphanumeric() || character == '-';
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(is_inner)
    };
    !local.is_empty()
        && local.len() <= 64
        && text.len() <= 254
        && local.bytes().all(is_local)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && domain.split('.').all(is_label)
}

pub(super) fn uri(text: &str) -> Result<(), Unfit> {
    match split_scheme(text) {
        Some((_, rest)) if !rest.is_empty() && text.chars().all(is_uri_character) && is_hierarchy(rest) => Ok(()),
        _ => Err(Unfit::new("format-uri")),
    }
}

/// What may stand behind the scheme (RFC 3986): one fragment, whole escapes, brackets only around the address of a host,
/// digits for a port.
fn is_hierarchy(rest: &str) -> bool {
    let has_whole_escapes = rest.split('%').skip(1).all(|behind| {
        let digits = behind.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    let (authority, path) = match rest.strip_prefix("//") {
        Some(behind) => behind.split_at(behind.find(['/', '?', '#']).unwrap_or(behind.len())),
        None => ("", rest),
    };
    has_whole_escapes && path.matches('#').count() <= 1 && !path.contains(['[', ']']) && is_authority(authority)
}

fn is_authority(authority: &str) -> bool {
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let (host, port) = match host.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((address, behind)) if address.parse::<Ipv6Addr>().is_ok() || address.starts_with(['v', 'V']) => {
            ("", behind)
        }
        Some(_) => return false,
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let is_port = port.is_empty()
        || port
            .strip_prefix(':')
            .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    is_port && !user.contains(['[', ']', '@']) && !host.contains(['[', ']'])
}

/// An asset's name as Airflow takes it; a scheme decides what must follow.
pub(super) fn asset_uri(text: &str) -> Result<(), Unfit> {
    let length = text.chars().count();
    // Airflow would take blanks around it, and wait for another asset than the one that is updated.
    let is_plain = text.is_ascii() && !text.chars().any(|character| character.is_ascii_control());
    if text.is_empty() || text.trim() != text || !is_plain {
        return Err(Unfit::new("format-asset-uri"));
    }
    if length > 1500 {
        return Err(Unfit::new("too-long").param("limit", 1500).param("length", length));
    }
    let Some((scheme, rest)) = split_scheme(text) else {
        return Ok(());
    };
    let Some(behind) = rest.strip_prefix("//") else {
        return Ok(());
    };
    let (host, path) = behind.split_once('/').unwrap_or((behind, ""));
    let table_path = || path.split('/').filter(|part| !part.is_empty()).count() == 3;
    match scheme.to_ascii_lowercase().as_str() {
        "airflow" => Err(Unfit::new("asset-scheme-airflow")),
        "s3" | "gs" if host.is_empty() => Err(Unfit::new("asset-without-bucket").param("scheme", scheme)),
        "postgres" | "postgresql" if host.is_empty() || !table_path() => {
            Err(Unfit::new("asset-without-table").param("scheme", scheme))
        }
        "file" if path.is_empty() => Err(Unfit::new("asset-without-path").param("scheme", scheme)),
        _ => Ok(()),
    }
}

fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let is_scheme = scheme.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    is_scheme.then_some((scheme, rest))
}

fn is_uri_character(character: char) -> bool {
    character.is_ascii_graphic() && !matches!(character, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
}
