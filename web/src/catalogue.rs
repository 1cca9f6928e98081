use dagwright_core::answer::{TemplateCard, TemplateStatus};
use js_sys::JsString;
use leptos::prelude::*;

use crate::{
    address::Route,
    app::Shell,
    fetch::{Entry, Failure},
    part::When,
    storage, words,
};

/// With fewer templates than this, looking is quicker than searching.
const SEARCHABLE: usize = 5;

/// All templates on offer.
#[component]
pub fn Catalogue(
    /// What all pages share.
    shell: Shell,
) -> impl IntoView {
    let query = RwSignal::new(String::new());
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
                Some(Ok(entries)) => {
                    let offered: Vec<Entry> = entries
                        .into_iter()
                        .filter(|entry| entry.card.status != TemplateStatus::Draft)
                        .collect();
                    view! { <Cards entries=offered query/> }.into_any()
                }
                Some(Err(failure)) => view! { <NoCatalogue shell failure/> }.into_any(),
            }}
        </main>
    }
}

/// Says why there are no templates to choose from.
#[component]
pub fn NoCatalogue(shell: Shell, failure: Failure) -> impl IntoView {
    view! {
        <div class="problem" role="alert">
            <h2>{words::no_catalogue()}</h2>
            <p>{words::failure("catalogue.json", &failure)}</p>
            <button type="button" class="button" on:click=move |_| shell.read_catalogue()>{words::try_again()}</button>
        </div>
    }
}

/// The cards that fit the search.
#[component]
fn Cards(entries: Vec<Entry>, query: RwSignal<String>) -> impl IntoView {
    if entries.is_empty() {
        return view! {
            <div class="problem">
                <h2>{words::empty_catalogue()}</h2>
                <p>{words::empty_catalogue_help()}</p>
            </div>
        }
        .into_any();
    }
    let searchable = entries.len() >= SEARCHABLE;
    let total = entries.len();
    let found = Memo::new(move |_| {
        let query = lower(&query.get());
        let fitting = entries.iter().filter(|entry| fits(&words_of(&entry.card), &query));
        fitting.cloned().collect::<Vec<_>>()
    });
    view! {
        <When when=move || searchable>
            <div class="search">
                <label for="search">{words::search()}</label>
                <input
                    class="input"
                    id="search"
                    type="search"
                    autocomplete="off"
                    prop:value=move || query.get()
                    on:input=move |event| query.set(event_target_value(&event))
                />
                <p class="aside" role="status">{move || words::found(found.with(Vec::len), total)}</p>
            </div>
        </When>
        <ul class="cards">
            {move || found.get().into_iter().map(|entry| view! { <Card card=entry.card/> }).collect_view()}
        </ul>
    }
    .into_any()
}

/// One template.
#[component]
fn Card(card: TemplateCard) -> impl IntoView {
    let draft = storage::draft(&card.id).is_some();
    let deprecated = card.status == TemplateStatus::Deprecated;
    view! {
        <li class="card" class:card-deprecated=deprecated>
            <h2>
                <a href=Route::New(card.id.clone()).href()>{card.title.clone()}</a>
            </h2>
            <p class="card-summary">{card.summary.clone()}</p>
            {deprecated
                .then(|| view! { <p class="badge badge-warning">{words::deprecated(card.replaced_by.as_deref())}</p> })}
            {draft.then(|| view! { <p class="badge">{words::has_draft()}</p> })}
            <p class="card-facts">
                <span>{words::version(&card.version)}</span>
                {(!card.owner.is_empty()).then(|| view! { <span>{words::kept_by(&card.owner)}</span> })}
            </p>
            {(!card.tags.is_empty())
                .then(|| {
                    view! {
                        <ul class="tags" aria-label=words::tags()>
                            {card.tags.iter().map(|tag| view! { <li>{tag.clone()}</li> }).collect_view()}
                        </ul>
                    }
                })}
        </li>
    }
}

/// What a card can be found by, in lower case.
fn words_of(card: &TemplateCard) -> String {
    lower(
        &[
            card.id.as_str(),
            &card.title,
            &card.summary,
            &card.owner,
            &card.tags.join(" "),
        ]
        .join(" "),
    )
}

/// The browser knows the letters of all languages; a second table of them here would be dead weight.
fn lower(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}

/// Whether each word of the query stands somewhere in the text.
fn fits(text: &str, query: &str) -> bool {
    query.split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_search_must_fit() {
        let text = "kubernetes job container";
        assert!(fits(text, ""));
        assert!(fits(text, "job kube"));
        assert!(fits(text, "contain"));
        assert!(!fits(text, "job sql"));
    }
}
