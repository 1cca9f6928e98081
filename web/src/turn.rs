//! Work that takes a while, and that nobody may want any more when it is done.

use leptos::prelude::*;

/// Whose turn it is: whatever begins later, or a stop, ends the turn of what began before.
#[derive(Clone, Copy)]
pub struct Turn(StoredValue<u32>);

impl Turn {
    /// Nobody's turn yet. It ends together with the part of the page that it is made in.
    pub fn new() -> Self {
        Self(StoredValue::new(0))
    }

    /// Begins a turn, and answers with what tells whether it lasts.
    pub fn begin(self) -> impl Fn() -> bool + Copy {
        self.stop();
        let mine = self.0.try_get_value();
        move || mine.is_some() && self.0.try_get_value() == mine
    }

    /// Ends the turn of whatever is under way.
    pub fn stop(self) {
        self.0.try_update_value(|turn| *turn = turn.wrapping_add(1));
    }
}
