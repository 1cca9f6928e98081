//! Images that are not the same tomorrow.

use super::{Context, Example, Rule};
use crate::{field::FieldKind, finding::Finding, formats::Image};

pub(super) const WITHOUT_TAG: Rule = Rule {
    code: "image-without-tag",
    summary: "A container image names no version.",
    why: "Each run takes whatever is newest, so an earlier run cannot be repeated, and a new version arrives unasked.",
    bad: Example::Answers("image: reporting/seeder"),
    good: Example::Answers("image: reporting/seeder:1.4.2"),
    check: |context, findings| check(context, findings, WITHOUT_TAG.code),
};

pub(super) const LATEST: Rule = Rule {
    code: "image-latest-tag",
    summary: "A container image asks for the version “latest”.",
    why: "“latest” is another image whenever somebody pushes one, so a run can change although nobody changed the config.",
    bad: Example::Answers("image: reporting/seeder:latest"),
    good: Example::Answers("image: reporting/seeder:1.4.2"),
    check: |context, findings| check(context, findings, LATEST.code),
};

fn check(context: &Context<'_>, findings: &mut Vec<Finding>, code: &'static str) {
    for text in &context.texts {
        let is_image =
            matches!(&text.leaf.field.kind, FieldKind::Text { format: Some(format), .. } if format == "image");
        if !is_image {
            continue;
        }
        let Ok(image) = Image::parse(&text.words) else {
            continue;
        };
        let found = match (image.tag, image.digest) {
            (None, None) => WITHOUT_TAG.code,
            (Some("latest"), None) => LATEST.code,
            _ => continue,
        };
        if found == code {
            let finding = Finding::warning(code, text.place.clone()).param("image", image.name);
            findings.push(text.leaf.describe(finding));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::codes;
    use serde_json::json;

    #[test]
    fn tells_images_that_move() {
        let schema = json!({"type": "string", "format": "image"});
        let digest = format!("reporting/seeder@sha256:{}", "0a".repeat(32));
        for (image, expected) in [
            ("reporting/seeder:1.4.2", &[][..]),
            ("reporting/seeder", &["image-without-tag"]),
            ("localhost:5000/reporting/seeder", &["image-without-tag"]),
            ("reporting/seeder:latest", &["image-latest-tag"]),
            (digest.as_str(), &[]),
            ("Not An Image", &[]),
        ] {
            assert_eq!(codes(&schema, json!(image)), expected, "{image}");
        }
        let texts = json!({"type": "string"});
        assert_eq!(codes(&texts, json!("reporting/seeder")), [""; 0]);
    }
}
