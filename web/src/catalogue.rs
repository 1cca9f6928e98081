use dagwright_core::answer::TemplateStatus;
use leptos::prelude::*;
use serde_json::{Value, json};

use crate::{
    address::{self, Route},
    app::Shell,
    elements::{self, Scripts},
    fetch::{Catalogues, Entry, Failure},
    storage, words,
};

/// All templates on offer: an element of its own draws and searches them.
#[component]
pub fn Catalogue(
    /// What all pages share.
    shell: Shell,
) -> impl IntoView {
    shell
        .portal
        .with_value(|portal| document().set_title(&portal.settings.title));
    view! {
        <main class="page" id="main" tabindex="-1">
            <h1 id="page-title" tabindex="-1">{words::catalogue()}</h1>
            <p class="lead">{words::catalogue_lead()}</p>
            {move || match shell.catalogue.get() {
                None => {
                    view! {
                        <div class="cards" aria-hidden="true">
                            {(0..6).map(|_| view! { <div class="skeleton skeleton-card"></div> }).collect_view()}
                        </div>
                    }
                        .into_any()
                }
                Some(catalogues) => view! { <Templates shell catalogues/> }.into_any(),
            }}
            <Scripts of=&["catalogue"]/>
        </main>
    }
}

#[component]
fn Templates(shell: Shell, catalogues: Catalogues) -> impl IntoView {
    let Catalogues { mut entries, failures } = catalogues;
    entries.retain(|entry| !matches!(entry.card.status, TemplateStatus::Draft | TemplateStatus::Base));
    if entries.is_empty() && failures.is_empty() {
        return view! {
            <div class="problem">
                <h2>{words::empty_catalogue()}</h2>
                <p>{words::empty_catalogue_help()}</p>
            </div>
        }
        .into_any();
    }
    let templates: Vec<Value> = entries.into_iter().map(listed).collect();
    let drafts: Vec<Value> = storage::drafts()
        .iter()
        .map(|draft| {
            let text = |key| draft.document.get(key).and_then(Value::as_str);
            json!({"template": draft.template, "id": draft.id, "saved": draft.saved, "package": text("package"), "name": text("name")})
        })
        .collect();
    let project = shell
        .portal
        .with_value(|portal| portal.document["forge"]["project"].clone());
    let state =
        json!({"templates": templates, "drafts": drafts, "project": project, "filter": address::query()}).to_string();
    // What was thrown away can be brought back as long as the page is shown.
    let thrown = StoredValue::new(Vec::<storage::Draft>::new());
    let forget = move |event: web_sys::Event| {
        if let Some((template, id)) = elements::said(&event, "forget").split_once(' ') {
            thrown.update_value(|thrown| thrown.extend(storage::draft(template, id)));
            storage::forget_draft(template, id);
        }
    };
    let keep = move |event: web_sys::Event| {
        let wanted = elements::said(&event, "keep");
        thrown.with_value(|thrown| {
            for draft in thrown
                .iter()
                .filter(|draft| format!("{} {}", draft.template, draft.id) == wanted)
            {
                let _ = storage::keep_draft(draft);
            }
        });
    };
    let browse = move |_: web_sys::Event| shell.opening.set(true);
    let note = |event: web_sys::Event| address::note(&Route::Catalogue, &elements::said(&event, "filter"));
    view! {
        <Failures shell failures/>
        <dagwright-catalogue prop:state=state on:filter=note on:forget=forget on:keep=keep on:browse=browse></dagwright-catalogue>
    }
    .into_any()
}

/// What elements draw of a template.
pub fn listed(entry: Entry) -> Value {
    let Entry { card, preview, .. } = entry;
    let status = if card.status == TemplateStatus::Deprecated {
        "deprecated"
    } else {
        "active"
    };
    json!({
        "id": card.id, "version": card.version, "title": card.title, "summary": card.summary, "owner": card.owner,
        "tags": card.tags, "status": status, "replaced_by": card.replaced_by, "examples": card.examples,
        "preview": preview,
    })
}

/// Says which catalogues could not be read, and why.
#[component]
pub fn Failures(shell: Shell, failures: Vec<(String, Failure)>) -> impl IntoView {
    (!failures.is_empty()).then(|| {
        let reasons = failures.iter().map(|(file, failure)| words::failure(file, failure));
        view! {
            <div class="problem" role="alert">
                <h2>{words::no_catalogue()}</h2>
                {reasons.map(|reason| view! { <p>{reason}</p> }).collect_view()}
                <button type="button" class="button" on:click=move |_| shell.read_catalogue()>{words::try_again()}</button>
            </div>
        }
    })
}
