//! The JSON Schemas of Dagwright's own documents; the portal publishes them for editors.

use serde_json::Value;

use crate::schema::Schema;

/// Of a config.
pub(crate) const CONFIG: &str = include_str!("../schemas/config.schema.json");
/// Of `template.yaml`.
pub(crate) const TEMPLATE: &str = include_str!("../schemas/template.schema.json");
/// Of `portal.json`.
pub(crate) const PORTAL: &str = include_str!("../schemas/portal.schema.json");

/// Compiles one of the schemas above.
#[expect(
    clippy::expect_used,
    reason = "the three schemas are part of this crate, no input reaches this, and the test below compiles each"
)]
pub(crate) fn compile(text: &str) -> Schema {
    let root: Value = serde_json::from_str(text).expect("a schema of this crate is JSON");
    Schema::compile(&root).expect("a schema of this crate compiles")
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_compiles() {
        for text in [super::CONFIG, super::TEMPLATE, super::PORTAL] {
            super::compile(text);
        }
    }
}
