//! Where a generated file comes from, said in the file itself.

use std::{collections::BTreeMap, fmt::Write as _};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Serialize, Serializer};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::{
    render::Facts,
    settings::Settings,
    template::{Target, Template},
};

/// The comment at the head of every generated file.
///
/// Its first two lines hold nothing that a person typed: there Python would look for the encoding of the file. It does not
/// name the version of Dagwright, or every release would change every file.
pub(super) fn header(template: &Template, target: Target, facts: &Facts<'_>, document: &Value) -> Option<String> {
    let (before, behind) = match target {
        Target::Cfg | Target::Python | Target::Shell | Target::Terraform | Target::Toml | Target::Yaml => ("# ", ""),
        Target::Sql => ("-- ", ""),
        Target::Markdown => ("<!-- ", " -->"),
        // It has no comments.
        Target::Json => return None,
    };
    let mut lines = vec![
        "Made by Dagwright. Change the config, not this file.".to_owned(),
        format!("Template: {}@{}", template.card.id, template.card.version),
        format!("Config: {}", comment(facts.config_path)),
        format!("Config SHA-256: {}", digest(document)),
    ];
    lines.extend(facts.portal_link.map(|link| format!("Portal: {}", comment(link))));
    let mut text = String::new();
    for line in lines {
        // Two hyphens would end a comment in Markdown.
        let line = if target == Target::Markdown {
            line.replace("--", "- -")
        } else {
            line
        };
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{before}{line}{behind}");
    }
    text.push('\n');
    Some(text)
}

/// The first line of a config that the portal writes: where editors find its schema.
pub(super) fn config_head(settings: &Settings) -> String {
    settings.url.as_ref().map_or_else(String::new, |url| {
        format!(
            "# yaml-language-server: $schema={}/schemas/config.schema.json\n",
            url.trim_end_matches('/')
        )
    })
}

/// A link that opens the config in the portal: the config itself is in it, behind the `#`, and reaches no server. The order
/// in which its members were written makes no other link.
pub(super) fn portal_link(settings: &Settings, document: &Value) -> Option<String> {
    let url = settings.url.as_ref()?.trim_end_matches('/');
    let config = BASE64_URL_SAFE_NO_PAD.encode(canonical(document));
    Some(format!("{url}/#/open/1.{config}"))
}

/// SHA-256 of what the config says: comments, the order of lines and line ends do not count.
fn digest(document: &Value) -> String {
    let mut hexadecimal = String::with_capacity(64);
    for byte in Sha256::digest(canonical(document)) {
        // Writing into a String cannot fail.
        let _ = write!(hexadecimal, "{byte:02x}");
    }
    hexadecimal
}

/// What the config says, as compact JSON with sorted keys.
fn canonical(document: &Value) -> Vec<u8> {
    serde_json::to_vec(&Sorted(document)).unwrap_or_default()
}

/// A value that is written with sorted keys.
struct Sorted<'a>(&'a Value);

impl Serialize for Sorted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Object(members) => {
                let sorted: BTreeMap<_, _> = members.iter().map(|(key, value)| (key, Sorted(value))).collect();
                serializer.collect_map(sorted)
            }
            Value::Array(items) => serializer.collect_seq(items.iter().map(Sorted)),
            other => other.serialize(serializer),
        }
    }
}

/// Text that cannot leave its comment.
fn comment(text: &str) -> String {
    text.chars()
        .map(|character| if matches!(character, ' '..='~') { character } else { '?' })
        .collect()
}
