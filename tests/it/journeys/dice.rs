//! Chance that can be repeated: the same seed gives the same sequence of kills and faults.

use crate::support::servers::value;

/// SplitMix64 (Steele, Lea, Flood 2014): small, and good enough for choosing moments.
pub(super) struct Dice(u64);

impl Dice {
    /// From `KVITTENS_TEST_SEED`, else from the system; gives the seed to print.
    pub(super) fn thrown() -> (Self, u64) {
        let told = value("KVITTENS_TEST_SEED").and_then(|text| text.parse().ok());
        let seed = told.unwrap_or_else(|| u64::from(uuid::Uuid::new_v4().as_fields().0));
        (Self(seed), seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `0` up to, not including, `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// True so many times out of a hundred.
    pub(super) fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    /// One of several.
    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let place = self.below(from.len() as u64);
        from[usize::try_from(place).unwrap_or_default()]
    }
}
