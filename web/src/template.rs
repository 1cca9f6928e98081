use leptos::prelude::*;

use crate::{address::Route, app::Shell, catalogue::Failures, fetch::Entry, words};

/// A page of one template, as soon as it is known; else why it is not.
#[component]
pub fn OfTemplate(
    /// What all pages share.
    shell: Shell,
    /// Id of the template.
    id: String,
    /// Draws the page.
    draw: Callback<Entry, AnyView>,
) -> impl IntoView {
    let id = StoredValue::new(id);
    let entry = Memo::new(move |_| id.with_value(|id| shell.entry(id)));
    move || match entry.get() {
        Some(entry) => draw.run(entry),
        None => view! { <NoTemplate shell id=id.get_value()/> }.into_any(),
    }
}

/// Stands where a template is not known, or not yet.
#[component]
fn NoTemplate(shell: Shell, id: String) -> impl IntoView {
    move || {
        let Some(catalogues) = shell.catalogue.get() else {
            return view! { <main class="page" id="main" aria-busy="true"><div class="skeleton skeleton-title"></div></main> }
                .into_any();
        };
        let heading = words::no_template(&id);
        shell.name_page(&heading);
        view! {
            <main class="page" id="main" tabindex="-1">
                <h1 id="page-title" tabindex="-1">{heading}</h1>
                <Failures shell failures=catalogues.failures/>
                <p><a href=Route::Catalogue.href()>{words::all_templates()}</a></p>
            </main>
        }
        .into_any()
    }
}
