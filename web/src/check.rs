use dagwright_core::answer::SourceFile;
use leptos::{prelude::*, task::spawn_local};
use serde_json::{Value, json};

use crate::{
    app::Shell,
    elements::{self, Scripts},
    engine, fetch, open,
    part::When,
    words,
};

/// The page that checks many configs at once: an element of its own reads them, has them checked and lists what was found.
#[component]
pub fn Check(
    /// What all pages share.
    shell: Shell,
) -> impl IntoView {
    shell.name_page(words::check_configs());
    let needed = RwSignal::new(String::new());
    let files = RwSignal::new(Value::Null);
    let problems = RwSignal::new(Vec::<String>::new());
    let settings = shell.engine.settings();
    let state = move || {
        json!({"worker": engine::address(), "settings": settings, "needed": needed.get(), "files": files.get()})
            .to_string()
    };
    let fetch_needed = move |event: web_sys::Event| {
        let asked = elements::said(&event, "needs");
        problems.set(Vec::new());
        spawn_local(async move {
            let mut all = Vec::new();
            for id in serde_json::from_str::<Vec<String>>(&asked).unwrap_or_default() {
                // A template that is not known here is a finding of the config that names it.
                let Some(entry) = shell.entry(&id) else { continue };
                match fetch::template(&entry).await {
                    Ok(files) => all.extend(files),
                    Err(failure) => {
                        problems.try_update(|problems| problems.push(words::failure(&entry.card.title, &failure)));
                    }
                }
            }
            let listed = |SourceFile { path, text }| json!({"path": path, "text": text});
            // The question goes last: with it the files are those that it asked for.
            files.try_set(all.into_iter().map(listed).collect());
            needed.try_set(asked);
        });
    };
    let open = move |event: web_sys::Event| {
        let text = elements::said(&event, "open");
        let wanted = shell.turn.begin();
        spawn_local(async move {
            let opened = open::read(shell, &text).await;
            if !wanted() {
                return;
            }
            match opened {
                Ok(opened) => open::take(shell, opened),
                Err(found) => drop(problems.try_set(found)),
            }
        });
    };
    view! {
        <main class="page" id="main" tabindex="-1">
            <h1 id="page-title" tabindex="-1">{words::check_configs()}</h1>
            <p class="lead">{words::check_configs_lead()}</p>
            <div role="status">
                {move || problems.get().into_iter().map(|problem| view! { <p class="notice notice-warning">{problem}</p> }).collect_view()}
            </div>
            <When when=move || shell.catalogue.with(Option::is_some) fallback=|| view! { <div class="skeleton skeleton-card"></div> }>
                <dagwright-check
                    prop:state=state.clone()
                    on:needs=fetch_needed
                    on:open=open
                    on:holds=move |event: web_sys::Event| shell.results.set(elements::said(&event, "holds") == "results")
                ></dagwright-check>
            </When>
            <Scripts of=&["check"]/>
        </main>
    }
}
