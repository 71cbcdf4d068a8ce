//! Why a confirmation to Kronofogden that has not gone stands where it stands: held by a person, kept by a way that is off or in a dry run, or what its
//! last attempt met.

use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::switch::Switch;
use jiff::Timestamp;

/// A person holds it back until an hour of the same day.
pub const HELD: &str = "held";

/// Its way is switched off.
pub const WAY_OFF: &str = "wayOff";

/// Its way is in a dry run: it was made, and nothing was sent.
pub const DRY_RUN: &str = "dryRun";

/// Where one stands.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// How far it has come.
    pub state: AcknowledgementState,
    /// What was put on record at the last look or attempt, which may have changed since.
    pub reason: Option<&'a str>,
    /// Until when a person holds it.
    pub held_until: Option<Timestamp>,
    /// What its way is set to.
    pub switch: Switch,
}

impl<'a> Standing<'a> {
    /// Why it does not go, as of `now`: a stable code or the other side's words; nothing where it is on its way, or has gone.
    pub fn why(self, now: Timestamp) -> Option<&'a str> {
        let recorded = self.reason.filter(|code| ![HELD, WAY_OFF].contains(code));
        match self.state {
            AcknowledgementState::Sent | AcknowledgementState::Suppressed => self.reason,
            AcknowledgementState::Pending
            | AcknowledgementState::Retrying
            | AcknowledgementState::Failed
            | AcknowledgementState::Bounced
                if self.held_until.is_some_and(|until| now < until) =>
            {
                Some(HELD)
            }
            AcknowledgementState::Failed | AcknowledgementState::Bounced => self.reason,
            AcknowledgementState::Pending | AcknowledgementState::Retrying => match self.switch {
                Switch::On => recorded,
                Switch::Off => Some(WAY_OFF),
                Switch::DryRun => Some(DRY_RUN),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Standing;
    use crate::domain::acknowledgement::AcknowledgementState;
    use crate::domain::switch::Switch;
    use jiff::Timestamp;

    #[test]
    fn what_holds_it_now_is_told_whatever_was_put_on_record() {
        let at = |second| Some(Timestamp::from_second(second).unwrap());
        let (pending, failed) = (AcknowledgementState::Pending, AcknowledgementState::Failed);
        for (state, reason, held_until, switch, expected) in [
            (pending, None, None, Switch::On, None),
            (pending, None, at(200), Switch::On, Some("held")),
            (pending, Some("held"), at(50), Switch::On, None),
            (pending, None, None, Switch::Off, Some("wayOff")),
            (pending, Some("451 later"), None, Switch::Off, Some("wayOff")),
            (pending, Some("wayOff"), None, Switch::On, None),
            (pending, Some("noCaseworker"), None, Switch::On, Some("noCaseworker")),
            (AcknowledgementState::Retrying, Some("451"), None, Switch::On, Some("451")),
            (pending, None, None, Switch::DryRun, Some("dryRun")),
            (failed, Some("dryRun"), None, Switch::On, Some("dryRun")),
            (failed, Some("550"), at(200), Switch::Off, Some("held")),
            (AcknowledgementState::Sent, Some("byHand"), at(200), Switch::Off, Some("byHand")),
        ] {
            let standing = Standing { state, reason, held_until, switch };
            let now = Timestamp::from_second(100).unwrap();
            assert_eq!(standing.why(now), expected, "{standing:?}");
        }
    }
}
