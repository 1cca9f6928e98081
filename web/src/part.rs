//! The moving parts of a view, each compiled once instead of once for every place that uses it: the page would be
//! half as large again without them.

use std::{sync::Arc, time::Duration};

use leptos::{children::ViewFn, prelude::*};

/// Something that holds or not, and may change.
pub struct Condition(Arc<dyn Fn() -> bool + Send + Sync>);

impl<F: Fn() -> bool + Send + Sync + 'static> From<F> for Condition {
    fn from(holds: F) -> Self {
        Self(Arc::new(holds))
    }
}

/// Shows its children while a condition holds, and something else, or nothing, while it does not.
#[component]
pub fn When(
    /// The condition.
    #[prop(into)]
    when: Condition,
    /// What is shown instead.
    #[prop(optional, into)]
    fallback: ViewFn,
    /// What is shown while it holds.
    children: ChildrenFn,
) -> AnyView {
    let holds = Memo::new(move |_| (when.0)());
    (move || if holds.get() { children() } else { fallback.run() }).into_any()
}

/// The keys of a list that may change.
pub struct Keys(Arc<dyn Fn() -> Vec<String> + Send + Sync>);

impl<F: Fn() -> Vec<String> + Send + Sync + 'static> From<F> for Keys {
    fn from(keys: F) -> Self {
        Self(Arc::new(keys))
    }
}

/// So many views are drawn at once.
const AT_ONCE: usize = 4;

/// Draws one view for each key, and keeps it as long as its key is there. Of many, those that follow are drawn a few at a time, so
/// that a key that is pressed meanwhile need not wait for all of them.
#[component]
pub fn Each(
    /// The keys, in order, each once.
    #[prop(into)]
    keys: Keys,
    /// Draws the view of a key.
    #[prop(into)]
    draw: Callback<String, AnyView>,
) -> AnyView {
    let keys = Memo::new(move |_| (keys.0)());
    // The first of them fill a screen, so that nothing in sight moves when the others come.
    let most = RwSignal::new(2 * AT_ONCE);
    Effect::new(move |_| {
        if keys.with(Vec::len) > most.get() {
            set_timeout(
                move || {
                    most.try_update(|most| *most += AT_ONCE);
                },
                Duration::ZERO,
            );
        }
    });
    let drawn = move || keys.with(|keys| keys.iter().take(most.get()).cloned().collect::<Vec<_>>());
    view! { <For each=drawn key=Clone::clone children=move |key| draw.run(key)/> }.into_any()
}
