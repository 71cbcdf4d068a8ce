//! Promises: who is told of which notices, by what ways, by when, and what makes us do it. A municipality's profile lists them.
//!
//! What the ordinance demands (SFS 2025:468 11 kap. 3 §) is always promised: a profile that leaves it out is refused.

use crate::domain::acknowledgement::Recipient;
use crate::domain::acknowledgement::Way;
use crate::domain::calendar::LocalTime;
use crate::domain::notice::NoticeType;
use jiff::Timestamp;
use jiff::civil::Time;

/// A text of the municipality's own, in its two languages; its form is that of what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnText {
    /// What the profile calls it.
    pub name: String,
    /// In Swedish.
    pub sv: String,
    /// In English, where it is needed.
    pub en: Option<String>,
}

/// One promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// What it says, for people.
    pub name: String,
    /// Of which notices; of all when empty.
    pub types: Vec<NoticeType>,
    /// Who is told.
    pub to: Recipient,
    /// By what ways, the first one first; as configured when empty.
    pub ways: Vec<Way>,
    /// The local hour of the day of arrival by which it is promised, when it had not passed on arrival. The promise is broken when the day ends.
    pub by: Option<Time>,
    /// Whether a statute demands it: such a one is never switched off and never late by approval.
    pub statutory: bool,
    /// In the municipality's own words; in ours when there are none.
    pub text: Option<OwnText>,
    /// Where it comes from: a statute, a decision, a custom.
    pub source: String,
}

impl Promise {
    /// Whether it is about this type of notice.
    pub fn holds_for(&self, kind: NoticeType) -> bool {
        self.types.is_empty() || self.types.contains(&kind)
    }

    /// The hour by which it is promised for what arrived at `received_at`, where there is one and it had not passed. It is due at the end of the day
    /// all the same.
    pub fn hour(&self, received_at: Timestamp, local_time: &LocalTime) -> Option<Timestamp> {
        let day = local_time.day_of(received_at);
        let hour = self.by.and_then(|by| local_time.at(day, by))?.timestamp();
        (received_at < hour).then(|| hour.min(local_time.end_of(day)))
    }
}

/// All promises of a municipality, in the order of its profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promises(pub Vec<Promise>);

impl Default for Promises {
    /// What the ordinance demands, and a receipt for whoever sends something.
    fn default() -> Self {
        let statutory = |name: &str, to, demands: fn(NoticeType) -> bool| Promise {
            name: name.to_owned(),
            types: NoticeType::ALL.iter().copied().filter(|kind| demands(*kind)).collect(),
            to,
            ways: Vec::new(),
            by: None,
            statutory: true,
            text: None,
            source: "SFS 2025:468 11 kap. 3 §".to_owned(),
        };
        Self(vec![
            statutory(
                "confirmation to Kronofogden",
                Recipient::EnforcementAuthority,
                NoticeType::demands_confirmation,
            ),
            statutory("copy to the person", Recipient::Person, NoticeType::demands_copy_to_person),
            Promise {
                name: "receipt to the sender".to_owned(),
                types: Vec::new(),
                to: Recipient::Sender,
                ways: Vec::new(),
                by: None,
                statutory: false,
                text: None,
                source: "the product's own default".to_owned(),
            },
        ])
    }
}

impl Promises {
    /// The one text in which all senders are answered: a mail in the clear must not tell by its words what it is about.
    pub fn text_to_senders(&self) -> Option<&OwnText> {
        self.0.iter().filter(|it| it.to == Recipient::Sender).find_map(|it| it.text.as_ref())
    }

    /// The first promise to somebody about a type of notice.
    pub fn to(&self, recipient: Recipient, kind: NoticeType) -> Option<&Promise> {
        self.0.iter().find(|promise| promise.to == recipient && promise.holds_for(kind))
    }
}

#[cfg(test)]
mod tests {
    use super::Promise;
    use super::Promises;
    use crate::domain::acknowledgement::Recipient;
    use crate::domain::calendar::LocalTime;
    use crate::domain::notice::NoticeType;
    use jiff::Timestamp;
    use jiff::civil::time;

    #[test]
    fn the_statute_is_promised_by_default_and_nothing_else_to_persons() {
        let promises = Promises::default();
        for kind in NoticeType::ALL.iter().copied() {
            let confirmed = promises.to(Recipient::EnforcementAuthority, kind);
            assert_eq!(confirmed.is_some(), kind.demands_confirmation(), "{kind:?}");
            let copied = promises.to(Recipient::Person, kind);
            assert_eq!(copied.is_some(), kind.demands_copy_to_person(), "{kind:?}");
            assert!(promises.to(Recipient::Sender, kind).is_some(), "{kind:?}");
        }
    }

    #[test]
    fn an_hour_of_the_day_is_promised_unless_it_had_passed() {
        let local_time = LocalTime::named("Europe/Stockholm").unwrap();
        let mut promise = Promises::default().0.pop().unwrap();
        promise.by = Some(time(16, 0, 0, 0));
        let hour = |promise: &Promise, at: &str| {
            let at: Timestamp = at.parse().unwrap();
            promise.hour(at, &local_time).map(|hour| hour.to_string())
        };
        assert_eq!(hour(&promise, "2026-11-22T08:00:00Z"), Some("2026-11-22T15:00:00Z".to_owned()));
        assert_eq!(hour(&promise, "2026-11-22T15:00:00Z"), None);
        // Summer time ends: 16 o'clock on the wall is an hour later than the day before.
        assert_eq!(hour(&promise, "2026-10-25T08:00:00Z"), Some("2026-10-25T15:00:00Z".to_owned()));
        assert_eq!(hour(&promise, "2026-10-24T08:00:00Z"), Some("2026-10-24T14:00:00Z".to_owned()));
        promise.by = None;
        assert_eq!(hour(&promise, "2026-11-22T08:00:00Z"), None);
    }
}
