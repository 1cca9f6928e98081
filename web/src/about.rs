use dagwright_core::answer::TemplateStatus;
use leptos::{prelude::*, task::spawn_local};
use serde_json::{Value, json};

use crate::{
    address::Route,
    app::Shell,
    catalogue::{Failures, listed},
    elements,
    fetch::{self, Entry},
    icon::Icon,
    part::When,
    words,
};

/// What there is to know about a template: an element of its own shows it.
#[component]
pub fn About(
    /// What all pages share.
    shell: Shell,
    /// Id of the template.
    id: String,
) -> impl IntoView {
    let id = StoredValue::new(id);
    let entry = Memo::new(move |_| id.with_value(|id| shell.entry(id)));
    move || match entry.get() {
        Some(entry) => view! { <Known shell entry/> }.into_any(),
        None => view! { <NoTemplate shell id=id.get_value()/> }.into_any(),
    }
}

#[component]
fn Known(shell: Shell, entry: Entry) -> impl IntoView {
    let card = entry.card.clone();
    let portal = shell.portal.with_value(|portal| portal.settings.title.clone());
    document().set_title(&words::page_title(&card.title, &portal, false));
    let texts = RwSignal::new(None::<Value>);
    let template = listed(entry.clone());
    spawn_local(async move {
        // A template may have neither.
        let readme = fetch::file(&entry, "README.md").await.ok();
        let changelog = fetch::file(&entry, "CHANGELOG.md").await.ok();
        texts.try_set(Some(json!({"template": template, "readme": readme, "changelog": changelog})));
    });
    let missing = elements::load("about");
    let state = move || texts.with(|texts| texts.as_ref().map(Value::to_string));
    view! {
        <main class="page" id="main" tabindex="-1">
            <a class="back" href=Route::Catalogue.href()><Icon name="back"/>{words::all_templates()}</a>
            <h1 id="page-title" tabindex="-1">{card.title}</h1>
            <p class="lead">{card.summary}</p>
            {(card.status == TemplateStatus::Deprecated)
                .then(|| view! { <p class="notice notice-warning">{words::deprecated(card.replaced_by.as_deref())}</p> })}
            <dagwright-about prop:state=state></dagwright-about>
            <When when=move || missing.get()>
                <p class="notice notice-warning" role="alert">{words::part_missing()}</p>
            </When>
        </main>
    }
}

/// Stands where a template is not known, or not yet.
#[component]
pub fn NoTemplate(
    /// What all pages share.
    shell: Shell,
    /// Id of the template.
    id: String,
) -> impl IntoView {
    move || {
        let Some(catalogues) = shell.catalogue.get() else {
            return view! { <main class="page" id="main" aria-busy="true"><div class="skeleton skeleton-title"></div></main> }
                .into_any();
        };
        view! {
            <main class="page" id="main" tabindex="-1">
                <h1 id="page-title" tabindex="-1">{words::no_template(&id)}</h1>
                <Failures shell failures=catalogues.failures/>
                <p><a href=Route::Catalogue.href()>{words::all_templates()}</a></p>
            </main>
        }
        .into_any()
    }
}
