//! A list of single notices that cannot grow with the period: the statutory ones first, and how many more there are.

/// So many of each are listed one by one; all are counted.
const LISTED: usize = 2_000;

/// A list with an end: the statutory ones, the others, and how many are left out.
#[derive(Debug)]
pub(super) struct Listed<T> {
    statutory: Vec<T>,
    others: Vec<T>,
    /// How many are left out.
    pub(super) left_out: u64,
}

impl<T> Listed<T> {
    /// An empty one.
    pub(super) fn new() -> Self {
        Self { statutory: Vec::new(), others: Vec::new(), left_out: 0 }
    }

    /// Adds one, or counts it.
    pub(super) fn push(&mut self, statutory: bool, one: T) {
        let list = if statutory { &mut self.statutory } else { &mut self.others };
        match list.len() < LISTED {
            true => list.push(one),
            false => self.left_out += 1,
        }
    }

    /// Those that are listed.
    pub(super) fn all(self) -> Vec<T> {
        self.statutory.into_iter().chain(self.others).collect()
    }
}
