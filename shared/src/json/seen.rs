//! What was there before.

use std::collections::BTreeSet;

/// Tells what was there before. A short list is searched from end to end, which beats any set; a long one, which only a
/// hostile document has, becomes a set.
#[derive(Debug, Default)]
pub(crate) struct Seen<'n> {
    few: Vec<&'n str>,
    many: BTreeSet<&'n str>,
}

impl<'n> Seen<'n> {
    const FEW: usize = 32;

    /// Whether `text` was not there before; from now on it was.
    pub(crate) fn first_time(&mut self, text: &'n str) -> bool {
        if self.few.contains(&text) {
            return false;
        }
        if self.few.len() < Self::FEW {
            self.few.push(text);
            return true;
        }
        self.many.insert(text)
    }
}
