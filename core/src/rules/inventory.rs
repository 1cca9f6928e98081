//! Names of things that do not exist where the DAG will run, as far as the portal knows.

use super::{Context, Example, Rule};
use crate::{
    field::FieldKind,
    finding::{Finding, Place, replacement},
    settings::InventorySource,
    words::{self, Language},
};

pub(super) const ASSET: Rule = Rule {
    code: "unknown-asset",
    summary: "An asset (Airflow 2: dataset) is not in the inventory of the portal.",
    why: "A DAG that waits for an asset that nothing updates never runs. Nobody is told.",
    bad: Example::Answers("schedule: {assets: [s3://lake/order]}"),
    good: Example::Answers("schedule: {assets: [s3://lake/orders]}"),
    check: |context, findings| check(context, findings, ASSET.code, "assets"),
};

pub(super) const CONNECTION: Rule = Rule {
    code: "unknown-connection",
    summary: "An Airflow connection is not in the inventory of the portal.",
    why: "A step that asks for a connection that does not exist fails when it starts, and not before.",
    bad: Example::Answers("slack_connection: slak_default"),
    good: Example::Answers("slack_connection: slack_default"),
    check: |context, findings| check(context, findings, CONNECTION.code, "connections"),
};

pub(super) const POOL: Rule = Rule {
    code: "unknown-pool",
    summary: "An Airflow pool is not in the inventory of the portal.",
    why: "A step in a pool that does not exist is never started.",
    bad: Example::Answers("pool: warehose"),
    good: Example::Answers("pool: warehouse"),
    check: |context, findings| check(context, findings, POOL.code, "pools"),
};

pub(super) const VARIABLE: Rule = Rule {
    code: "unknown-variable",
    summary: "An Airflow variable is not in the inventory of the portal.",
    why: "A step that reads a variable that does not exist fails when it starts, and not before.",
    bad: Example::Answers("variable: report_recipient"),
    good: Example::Answers("variable: report_recipients"),
    check: |context, findings| check(context, findings, VARIABLE.code, "variables"),
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>, code: &'static str, list: &str) {
    let InventorySource::Inline(inventory) = &context.settings.inventory else {
        return;
    };
    let known = inventory.list(list);
    if known.is_empty() {
        return;
    }
    let language = Language::of(&context.settings.language);
    for text in &context.texts {
        let is_asked = matches!(&text.leaf.field.kind, FieldKind::Text { inventory: Some(own), .. } if own == list);
        let name = text.words.as_ref();
        // What Airflow fills in when it runs is not known yet.
        if !is_asked || name.trim().is_empty() || name.contains("{{") || known.iter().any(|known| known == name) {
            continue;
        }
        let mut finding = Finding::warning(code, text.place.clone()).param("name", name);
        let near = words::nearest(name, known.iter().map(String::as_str));
        if let (Some(near), Place::Value(place)) = (near, &text.place) {
            let fix = replacement(place.clone(), near.into(), language);
            finding = finding.param("near", near).fix(fix);
        }
        findings.push(text.leaf.describe(finding));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings_for;
    use crate::settings::{Inventory, InventorySource, Settings};
    use serde_json::json;

    #[test]
    fn tells_names_that_the_inventory_lacks() {
        let settings = Settings {
            inventory: InventorySource::Inline(Inventory {
                connections: vec!["slack_default".to_owned()],
                pools: vec!["warehouse".to_owned()],
                assets: vec!["s3://lake/orders".to_owned()],
                ..Inventory::default()
            }),
            ..Settings::default()
        };
        let connection = json!({"type": "string", "format": "connection-id"});
        let pool = json!({"type": "string", "format": "pool"});
        let variable = json!({"type": "string", "format": "variable-key"});
        let asset = json!({"type": "string", "format": "asset-uri"});
        let by_hint = json!({"type": "string", "x-ui": {"inventory": "pools"}});
        for (schema, name, code, near) in [
            (&connection, "slack_default", None, None),
            (
                &connection,
                "slak_default",
                Some("unknown-connection"),
                Some("slack_default"),
            ),
            (&connection, "another", Some("unknown-connection"), None),
            (&connection, "", None, None),
            (&connection, "{{ var.value.connection }}", None, None),
            (&asset, "s3://lake/orders", None, None),
            (
                &asset,
                "s3://lake/order",
                Some("unknown-asset"),
                Some("s3://lake/orders"),
            ),
            (&pool, "warehose", Some("unknown-pool"), Some("warehouse")),
            (&by_hint, "warehose", Some("unknown-pool"), Some("warehouse")),
            // The inventory names no variables, so nothing is known of them.
            (&variable, "anything", None, None),
        ] {
            let found = findings_for(schema, json!(name), &settings);
            let own = found.iter().find(|finding| finding.code.starts_with("unknown-"));
            assert_eq!(own.map(|finding| finding.code), code, "{name}");
            assert_eq!(
                own.and_then(|finding| finding.params.get("near")?.as_str()),
                near,
                "{name}"
            );
            assert_eq!(
                own.is_some_and(|finding| finding.fix.is_some()),
                near.is_some(),
                "{name}"
            );
            assert_eq!(
                findings_for(schema, json!(name), &Settings::default())
                    .iter()
                    .filter(|finding| finding.code.starts_with("unknown-"))
                    .count(),
                0
            );
        }
    }
}
