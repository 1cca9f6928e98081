//! How much work one reading may take.

use std::{cell::Cell, rc::Rc};

/// How many steps one reading may take. Each statement, expression and value that is visited is a step.
const STEPS: usize = 1_000_000;

/// How many bytes of text count as one step.
const TEXT_STEP: usize = 64;

/// The smallest share of its own that a statement gets; a smaller one would be used up by a single call.
const SMALLEST_SHARE: usize = 2000;

/// Counts the steps of one reading. Clones share the count.
#[derive(Clone, Debug)]
pub(super) struct Budget(Rc<Count>);

#[derive(Debug)]
struct Count {
    spent: Cell<usize>,
    limit: Cell<usize>,
    /// Whether a step was refused, so that the statement that asked for it is not finished.
    exceeded: Cell<bool>,
}

impl Default for Budget {
    fn default() -> Self {
        Self(Rc::new(Count {
            spent: Cell::new(0),
            limit: Cell::new(STEPS),
            exceeded: Cell::new(false),
        }))
    }
}

impl Budget {
    /// Pays for steps. False where they exceed what is left: then the work must not be done.
    pub(super) fn pay(&self, steps: usize) -> bool {
        let count = &*self.0;
        match count.spent.get().checked_add(steps) {
            Some(spent) if !count.exceeded.get() && spent <= count.limit.get() => {
                count.spent.set(spent);
                true
            }
            _ => {
                count.spent.set(count.limit.get());
                count.exceeded.set(true);
                false
            }
        }
    }

    /// Pays for reading or writing a text.
    pub(super) fn pay_text(&self, bytes: usize) -> bool {
        self.pay(bytes / TEXT_STEP)
    }

    pub(super) fn spent(&self) -> usize {
        self.0.spent.get()
    }

    pub(super) fn is_exceeded(&self) -> bool {
        self.0.exceeded.get()
    }

    /// Leaves three quarters of what is left to what follows, until [`Budget::end_share`] is called with the result.
    pub(super) fn begin_share(&self) -> usize {
        let outer = self.0.limit.get();
        let left = outer.saturating_sub(self.spent());
        if left > SMALLEST_SHARE {
            self.0.limit.set(self.spent() + left / 4 * 3);
        }
        outer
    }

    /// Ends a share. True where it was used up, though more is left to what is around it.
    pub(super) fn end_share(&self, outer: usize) -> bool {
        let own = self.0.limit.replace(outer);
        own < outer && self.0.exceeded.replace(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_leaves_something_to_what_follows() {
        let budget = Budget::default();
        let outer = budget.begin_share();
        while budget.pay(1) {}
        assert!(budget.is_exceeded() && !budget.pay(0));
        assert!(budget.end_share(outer));
        assert_eq!(budget.spent(), STEPS / 4 * 3);
        assert!(budget.pay(STEPS / 4));
        assert!(!budget.pay(1));
    }

    #[test]
    fn what_is_refused_uses_up_the_share() {
        let budget = Budget::default();
        let outer = budget.begin_share();
        assert!(!budget.pay(usize::MAX));
        assert!(budget.end_share(outer));
        assert_eq!(budget.spent(), STEPS / 4 * 3);
    }

    #[test]
    fn the_last_steps_are_not_shared() {
        let budget = Budget::default();
        assert!(budget.pay(STEPS - 10));
        let outer = budget.begin_share();
        assert!(!budget.pay(11));
        assert!(!budget.end_share(outer));
        assert!(budget.is_exceeded());
    }
}
