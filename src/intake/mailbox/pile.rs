//! What we know of the mails in a folder between two looks; nothing that matters, and all of it can be found out again.

use jiff::Timestamp;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::collections::HashSet;
use tokio::time::Instant;

/// The mails of one folder under one UIDVALIDITY.
#[derive(Default)]
pub(super) struct Pile {
    /// Seen there, not handed over, not known to be settled; the oldest has the lowest number.
    pub(super) there: BTreeSet<u32>,
    pub(super) facts: HashMap<u32, Facts>,
    /// Settled, and still listed by the server.
    pub(super) settled: HashSet<u32>,
    /// Asked for alone, so that they cannot spoil the others' answer.
    pub(super) alone: HashSet<u32>,
    troubled: HashMap<u32, Troubled>,
}

/// What the server told of a mail before it was fetched.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    /// By its own account; corrected when the mail turns out to be longer.
    pub(super) size_bytes: u64,
    pub(super) arrived_at: Option<Timestamp>,
}

/// A mail that was asked for and did not come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Troubled {
    pub(super) tries: u32,
    /// How often of these the connection broke instead.
    pub(super) hang_ups: u32,
    pub(super) since: Instant,
    until: Instant,
}

impl Pile {
    /// Takes note of a whole look; `in_hand` tells which mails are on their way.
    pub(super) fn note(&mut self, found: &HashSet<u32>, in_hand: impl Fn(u32) -> bool) {
        self.settled.retain(|uid| found.contains(uid));
        self.facts.retain(|uid, _| found.contains(uid));
        self.alone.retain(|uid| found.contains(uid));
        self.troubled.retain(|uid, _| found.contains(uid));
        let new = found.iter().filter(|uid| !self.settled.contains(uid) && !in_hand(**uid));
        self.there = new.copied().collect();
    }

    /// Those that may be asked for now, at most so many: the oldest first, and behind them what did not come before.
    pub(super) fn ready(&self, now: Instant, most: usize) -> Vec<u32> {
        let fresh = self.there.iter().filter(|uid| !self.troubled.contains_key(uid));
        let rested = |uid: &&u32| self.troubled.get(uid).is_some_and(|it| it.until <= now);
        fresh.chain(self.there.iter().filter(rested)).take(most).copied().collect()
    }

    /// Those of them of which the server told something, or was asked in vain.
    pub(super) fn known(&self, now: Instant, most: usize) -> Vec<(u32, Facts)> {
        let ready = self.ready(now, most).into_iter();
        ready.filter_map(|uid| Some((uid, *self.facts.get(&uid)?))).collect()
    }

    /// What is known of one that did not come.
    pub(super) fn troubled(&self, uid: u32) -> Option<Troubled> {
        self.troubled.get(&uid).copied()
    }

    /// When the next of those that rest may be asked for.
    pub(super) fn next_rested(&self) -> Option<Instant> {
        let there = self.there.iter();
        there.filter_map(|uid| Some(self.troubled.get(uid)?.until)).min()
    }

    /// It is on its way, settled or gone.
    pub(super) fn take_off(&mut self, uid: u32) {
        self.there.remove(&uid);
        self.facts.remove(&uid);
        self.troubled.remove(&uid);
        self.alone.remove(&uid);
    }

    /// It did not come: the how-manieth time it was.
    pub(super) fn trouble(&mut self, uid: u32, now: Instant, hung_up: bool) -> Troubled {
        let fresh = Troubled { tries: 0, hang_ups: 0, since: now, until: now };
        let troubled = self.troubled.entry(uid).or_insert(fresh);
        troubled.tries = troubled.tries.saturating_add(1);
        troubled.hang_ups = troubled.hang_ups.saturating_add(u32::from(hung_up));
        *troubled
    }

    /// It is left alone until then.
    pub(super) fn rest(&mut self, uid: u32, until: Instant) {
        if let Some(troubled) = self.troubled.get_mut(&uid) {
            troubled.until = until;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pile;
    use std::collections::HashSet;
    use std::time::Duration;
    use tokio::time::Instant;

    #[test]
    fn one_that_rests_is_not_in_the_way_of_the_others() {
        let mut pile = Pile::default();
        let now = Instant::now();
        let found = HashSet::from([3, 1, 2, 9]);
        pile.settled.insert(9);
        pile.note(&found, |uid| uid == 2);
        assert_eq!(pile.ready(now, 9), [1, 3]);
        assert_eq!(pile.trouble(1, now, false).tries, 1);
        let later = now + Duration::from_secs(5);
        pile.rest(1, later);
        assert_eq!(pile.ready(now, 9), [3]);
        assert_eq!(pile.next_rested(), Some(later));
        assert_eq!(pile.ready(later, 9), [3, 1], "it comes last");
        let again = pile.trouble(1, later, true);
        assert_eq!((again.tries, again.hang_ups), (2, 1));
        pile.note(&HashSet::from([3]), |_| false);
        assert_eq!(pile.trouble(1, later, false).tries, 1, "what is gone is forgotten");
        assert!(pile.settled.is_empty());
    }
}
