//! Takes passwords and tokens out of what is kept.

use dagwright_core::secret::{take_from_value, take_from_yaml};

use crate::storage::Draft;

/// Empties the secrets of a draft, which then says that it is incomplete.
pub fn empty_in_draft(draft: &mut Draft) {
    let secrets = take_from_value(&mut draft.document);
    draft.incomplete |= !secrets.is_empty();
    for text in [&mut draft.base, &mut draft.text, &mut draft.opened]
        .into_iter()
        .flatten()
    {
        let taken = take_from_yaml(text);
        draft.incomplete |= !taken.is_empty();
        // A place that only a parser can tell, such as that of an alias.
        for secret in secrets.iter().filter(|secret| !taken.contains(secret)) {
            *text = text.replace(secret.as_str(), "");
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_no_secret_stays_in_a_draft() {
        let mut draft = Draft {
            template: "job".to_owned(),
            id: "1".to_owned(),
            saved: 0.0,
            document: json!({"owner": "kR7!vq92", "env": {"DB_PASSWORD": "kR7!vq92", "B": "kept"}}),
            base: Some("owner: kR7!vq92\nenv: {DB_PASSWORD: kR7!vq92, B: kept}\n".to_owned()),
            text: Some("owner: [x\nenv:\n  DB_PASSWORD: kR7!vq92 # soon\n".to_owned()),
            opened: Some("anchor: &one kR7!vq92\nenv: {DB_PASSWORD: *one}\n".to_owned()),
            incomplete: false,
        };
        empty_in_draft(&mut draft);
        assert!(draft.incomplete);
        assert_eq!(
            draft.document,
            json!({"owner": "kR7!vq92", "env": {"DB_PASSWORD": "", "B": "kept"}})
        );
        assert_eq!(
            draft.base.as_deref(),
            Some("owner: kR7!vq92\nenv: {DB_PASSWORD: , B: kept}\n")
        );
        assert_eq!(draft.text.as_deref(), Some("owner: [x\nenv:\n  DB_PASSWORD:  # soon\n"));
        assert_eq!(
            draft.opened.as_deref(),
            Some("anchor: &one \nenv: {DB_PASSWORD: *one}\n")
        );
        let clean = draft.clone();
        draft.incomplete = false;
        empty_in_draft(&mut draft);
        assert_eq!(
            Draft {
                incomplete: true,
                ..draft
            },
            clean
        );
    }
}
