//! What a door has handed over and not yet settled: it is not offered again, and there is a bound to it, in messages and bytes, so
//! that ten thousand dropped notices cost no more memory than a few hundred.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::ffi::OsString;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use tokio::sync::Notify;

/// Most messages of one door in hand.
const MESSAGES: usize = 512;
/// Most bytes of one door in hand; a single larger message is taken alone.
const BYTES: u64 = 64 * 1024 * 1024;

/// The names in hand of one door.
#[derive(Clone, Default)]
pub(super) struct InHand(Arc<Shared>);

#[derive(Default)]
struct Shared {
    held: Mutex<Held>,
    freed: Notify,
}

#[derive(Default)]
struct Held {
    /// Name, and the bytes it counts for; a parked one counts for nothing.
    names: HashMap<OsString, Option<u64>>,
    messages: usize,
    bytes: u64,
}

impl InHand {
    pub(super) fn holds(&self, name: &OsStr) -> bool {
        self.lock().names.contains_key(name)
    }

    /// Takes a name in hand until the [`Hold`] is dropped; `None` when it is in hand already or there is no room for it now.
    pub(super) fn take(&self, name: &OsStr, bytes: u64) -> Option<Hold> {
        let mut held = self.lock();
        let room = held.messages == 0 || (held.messages < MESSAGES && held.bytes + bytes <= BYTES);
        if !room || held.names.contains_key(name) {
            return None;
        }
        held.names.insert(name.to_owned(), Some(bytes));
        held.messages += 1;
        held.bytes += bytes;
        Some(Hold { in_hand: self.clone(), name: name.to_owned() })
    }

    /// Waits until something was settled or let go since the last time.
    pub(super) async fn freed(&self) {
        self.0.freed.notified().await;
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.0.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn uncount(held: &mut Held, counted: Option<u64>) {
        if let Some(bytes) = counted {
            held.messages = held.messages.saturating_sub(1);
            held.bytes = held.bytes.saturating_sub(bytes);
        }
    }
}

/// Keeps a name in hand; dropping it lets go, so a message that gets lost on the way comes again.
pub(super) struct Hold {
    in_hand: InHand,
    name: OsString,
}

impl Hold {
    /// The message turned out to be of this size.
    pub(super) fn weighs(&self, bytes: u64) {
        let mut held = self.in_hand.lock();
        let Some(counted) = held.names.get_mut(&self.name).and_then(Option::as_mut) else { return };
        let before = std::mem::replace(counted, bytes);
        held.bytes = held.bytes.saturating_sub(before).saturating_add(bytes);
    }

    /// The message is stored but cannot be settled with the channel yet: it stays unoffered and no longer takes up room.
    pub(super) fn park(&self) {
        let mut held = self.in_hand.lock();
        let counted = held.names.insert(self.name.clone(), None).flatten();
        InHand::uncount(&mut held, counted);
        drop(held);
        self.in_hand.0.freed.notify_one();
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let mut held = self.in_hand.lock();
        let counted = held.names.remove(&self.name).flatten();
        InHand::uncount(&mut held, counted);
        drop(held);
        self.in_hand.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::BYTES;
    use super::InHand;
    use super::MESSAGES;
    use std::ffi::OsStr;

    #[test]
    fn there_is_room_for_so_many_and_dropping_or_parking_makes_room() {
        let in_hand = InHand::default();
        let mut holds: Vec<_> = (0..MESSAGES)
            .map(|number| in_hand.take(OsStr::new(&number.to_string()), 1).unwrap())
            .collect();
        assert!(in_hand.take(OsStr::new("more"), 1).is_none());
        holds[0].park();
        assert!(in_hand.holds(OsStr::new("0")));
        let more = in_hand.take(OsStr::new("more"), 1).unwrap();
        assert!(in_hand.take(OsStr::new("yet more"), 1).is_none());
        drop(more);
        holds.clear();
        assert!(!in_hand.holds(OsStr::new("0")));
        assert!(in_hand.take(OsStr::new("0"), 1).is_some());
    }

    #[test]
    fn a_message_counts_for_what_it_turned_out_to_be() {
        let in_hand = InHand::default();
        let guessed = in_hand.take(OsStr::new("guessed"), 10).unwrap();
        guessed.weighs(BYTES);
        assert!(in_hand.take(OsStr::new("small"), 1).is_none());
        guessed.weighs(10);
        assert!(in_hand.take(OsStr::new("small"), 1).is_some());
        guessed.park();
        guessed.weighs(BYTES);
        assert!(in_hand.take(OsStr::new("other"), BYTES).is_some());
    }

    #[test]
    fn a_message_larger_than_all_room_is_taken_alone() {
        let in_hand = InHand::default();
        let large = in_hand.take(OsStr::new("large"), BYTES + 1).unwrap();
        assert!(in_hand.take(OsStr::new("small"), 1).is_none());
        drop(large);
        assert!(in_hand.take(OsStr::new("small"), 1).is_some());
    }
}
