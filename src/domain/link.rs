//! How a notice belongs to an earlier one: it supplements it, takes it back, sets a new time. Nothing is merged: each stays as it came.

use crate::domain::acknowledgement::words;
use crate::domain::notice::NoticeType;

/// What a later notice is to the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// It adds to it.
    Supplement,
    /// It takes it back.
    Withdrawal,
    /// It sets another time for the same eviction or removal.
    NewTime,
    /// The next step of the same case: an application, then a time.
    NextStep,
    /// Postponed, called off or withdrawn.
    Changed,
    /// Carried out.
    Executed,
    /// It goes on where the first ended, by its sender's own word.
    Continues,
}

impl Relation {
    /// What a notice of this type is to an earlier one of that.
    pub fn of(kind: NoticeType, earlier: NoticeType) -> Self {
        match kind {
            NoticeType::Supplement => Self::Supplement,
            NoticeType::Withdrawal => Self::Withdrawal,
            NoticeType::EvictionChanged => Self::Changed,
            NoticeType::EvictionExecuted => Self::Executed,
            NoticeType::EvictionScheduled | NoticeType::RemovalScheduled if kind == earlier => {
                Self::NewTime
            }
            NoticeType::EvictionScheduled | NoticeType::RemovalScheduled => Self::NextStep,
            _ => Self::Continues,
        }
    }
}

words!(Relation {
    Supplement = "supplement",
    Withdrawal = "withdrawal",
    NewTime = "newTime",
    NextStep = "nextStep",
    Changed = "changed",
    Executed = "executed",
    Continues = "continues",
});

/// What told that it belongs there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// Our reference, which its sender wrote.
    Reference,
    /// Kronofogden's case number.
    CaseNumber,
    /// The sender's own reference.
    SenderReference,
    /// The same sender wrote of the same person once before.
    Person,
    /// Somebody at the municipality.
    ByHand,
    /// Nothing.
    Nothing,
}

words!(FoundBy {
    Reference = "reference",
    CaseNumber = "caseNumber",
    SenderReference = "senderReference",
    Person = "person",
    ByHand = "byHand",
    Nothing = "nothing",
});

#[cfg(test)]
mod tests {
    use super::Relation;
    use crate::domain::notice::NoticeType;

    #[test]
    fn another_time_is_told_from_the_first() {
        let time = NoticeType::EvictionScheduled;
        assert_eq!(Relation::of(time, time), Relation::NewTime);
        assert_eq!(Relation::of(time, NoticeType::EvictionApplication), Relation::NextStep);
        assert_eq!(Relation::of(NoticeType::RentArrears, time), Relation::Continues);
    }
}
