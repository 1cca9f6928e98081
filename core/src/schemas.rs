//! The JSON Schemas of Dagwright's own documents; the portal publishes them for editors.

use serde_json::Value;

use crate::{schema::Schema, words::Language};

/// A schema of this crate, and its words in German.
pub(crate) struct Document {
    schema: &'static str,
    german: &'static str,
}

/// Of a config.
pub(crate) const CONFIG: Document = Document {
    schema: include_str!("../schemas/config.schema.json"),
    german: include_str!("words/german/config.json"),
};
/// Of `template.yaml`.
pub(crate) const TEMPLATE: Document = Document {
    schema: include_str!("../schemas/template.schema.json"),
    german: include_str!("words/german/template.json"),
};
/// Of a file in the folder `locales` of a template.
pub(crate) const LOCALE: Document = Document {
    schema: include_str!("../schemas/locale.schema.json"),
    german: include_str!("words/german/locale.json"),
};
/// Of `portal.json`.
pub(crate) const PORTAL: Document = Document {
    schema: include_str!("../schemas/portal.schema.json"),
    german: include_str!("words/german/portal.json"),
};

/// Of a file of policies, and of the policies in `portal.json`.
pub(crate) const POLICIES: Document = Document {
    schema: include_str!("../schemas/policies.schema.json"),
    german: include_str!("words/german/policies.json"),
};

/// Compiles one of the schemas above.
#[expect(
    clippy::expect_used,
    reason = "the schemas are part of this crate, no input reaches this, and the test below compiles each"
)]
pub(crate) fn compile(document: &Document, language: Language) -> Schema {
    let read = |text| serde_json::from_str::<Value>(text).expect("a document of this crate is JSON");
    let mut schema = Schema::compile_own(&read(document.schema), language).expect("a schema of this crate compiles");
    if language == Language::German {
        schema.translate(&read(document.german));
    }
    schema
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{CONFIG, LOCALE, POLICIES, PORTAL, TEMPLATE, compile};
    use crate::{pointer::Pointer, schema::Schema, words::Language};

    #[test]
    fn each_compiles_and_german_has_all_its_words() {
        for document in [CONFIG, TEMPLATE, LOCALE, PORTAL, POLICIES] {
            let schema: Value = serde_json::from_str(document.schema).unwrap();
            assert!(Schema::compile(&schema, Language::English).is_ok());
            let english = compile(&document, Language::English);
            compile(&document, Language::German);
            let german: Value = serde_json::from_str(document.german).unwrap();
            assert_eq!(english.strays(&german), []);
            assert_eq!(english.untranslated(&german), [""; 0]);
            let locale = compile(&LOCALE, Language::English);
            assert_eq!(locale.validate(&german, &Pointer::root()), []);
        }
    }
}
