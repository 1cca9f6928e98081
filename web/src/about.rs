use dagwright_core::answer::TemplateStatus;
use leptos::{prelude::*, task::spawn_local};
use serde_json::{Value, json};

use crate::{
    address::Route,
    app::Shell,
    catalogue::listed,
    elements::Scripts,
    fetch::{self, Entry},
    icon::Icon,
    template::OfTemplate,
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
    view! { <OfTemplate shell id draw=Callback::new(move |entry| view! { <Known shell entry/> }.into_any())/> }
}

#[component]
fn Known(shell: Shell, entry: Entry) -> impl IntoView {
    let card = entry.card.clone();
    shell.name_page(&card.title);
    let texts = RwSignal::new(None::<Value>);
    let template = listed(entry.clone());
    spawn_local(async move {
        // A template may have neither.
        let readme = fetch::file(&entry, "README.md").await.ok();
        let changelog = fetch::file(&entry, "CHANGELOG.md").await.ok();
        texts.try_set(Some(
            json!({"template": template, "readme": readme, "changelog": changelog}),
        ));
    });
    let state = move || texts.with(|texts| texts.as_ref().map(Value::to_string));
    view! {
        <main class="page" id="main" tabindex="-1">
            <a class="back" href=Route::Catalogue.href()><Icon name="back"/>{words::all_templates()}</a>
            <h1 id="page-title" tabindex="-1">{card.title}</h1>
            <p class="lead">{card.summary}</p>
            {(card.status == TemplateStatus::Deprecated)
                .then(|| view! { <p class="notice notice-warning">{words::deprecated(card.replaced_by.as_deref())}</p> })}
            <dagwright-about prop:state=state></dagwright-about>
            <Scripts of=&["about"]/>
        </main>
    }
}
