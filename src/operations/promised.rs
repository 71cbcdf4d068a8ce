//! What the front page says of what must be done the same day: what Kronofogden and persons are owed, holes in the roster, alarms that are open.

use crate::domain::acknowledgement::Purpose;
use crate::operations::PageError;
use crate::operations::chrome::Chrome;
use crate::operations::roster;
use crate::operations::roster::bounds;
use crate::operations::visit::Visit;
use crate::store::Alarm;
use crate::store::Owed;
use crate::store::Promises;

/// The part of the front page.
pub(super) struct Promised {
    pub(super) confirmations: Line,
    pub(super) copies: Line,
    /// Letters that offer help.
    pub(super) offers: Line,
    /// Holes in the days ahead; nothing without a roster.
    pub(super) holes: Option<usize>,
    pub(super) alarms: Vec<AlarmLine>,
}

/// How much one recipient is owed.
pub(super) struct Line {
    pub(super) count: i64,
    pub(super) oldest: String,
    pub(super) late: bool,
}

/// An alarm that has not ended.
pub(super) struct AlarmLine {
    pub(super) words: String,
    pub(super) since: String,
    pub(super) late: bool,
    pub(super) link: Option<String>,
}

/// The cause that is for those of the restricted list.
const PROTECTED: &str = "copy.protected";

/// The same of offers of help.
const OFFER_PROTECTED: &str = "offer.protected";

/// Cause, Swedish, English, and the page that shows what it is about.
const CAUSES: [(&str, &str, &str, &str); 11] = [
    (
        "confirmation.noCaseworker",
        "Bekräftelser till Kronofogden väntar på en ansvarig handläggare",
        "Confirmations to Kronofogden wait for a responsible caseworker",
        "/ops/unconfirmed",
    ),
    (
        "confirmation.notSent",
        "Bekräftelser till Kronofogden har inte gått ut",
        "Confirmations to Kronofogden have not gone out",
        "/ops/unconfirmed",
    ),
    (
        "copy.notSent",
        "Kopior till den som en avhysning gäller har inte gått ut",
        "Copies to persons whom an eviction concerns have not gone out",
        "/ops/copies",
    ),
    (
        PROTECTED,
        "Kopior till personer med skyddad identitet väntar på någon som skickar dem",
        "Copies to persons with protected identity wait for somebody who sends them",
        "/ops/protected",
    ),
    (
        "copy.cutoff",
        "Dagens post går snart, och kopior väntar på att godkännas",
        "The day's post goes soon, and copies wait to be approved",
        "/ops/copies",
    ),
    (
        "offer.notSent",
        "Brev som erbjuder hjälp har inte gått ut (ingen lag kräver dem)",
        "Letters that offer help have not gone out (no statute demands them)",
        "/ops/offers",
    ),
    (
        OFFER_PROTECTED,
        "Erbjudanden om hjälp till personer med skyddad identitet väntar på beslut",
        "Offers of help to persons with protected identity wait for a decision",
        "/ops/protected",
    ),
    (
        "receipt.notSent",
        "Kvittenser till avsändare har inte gått ut",
        "Receipts to senders have not gone out",
        "/ops/notices?state=unacknowledged",
    ),
    (
        "case.notEnclosed",
        "Det som skickats har inte kunnat läggas i ärendet (kvittens enclose)",
        "What was sent could not be put with its case (kvittens enclose)",
        "/ops/notices",
    ),
    (
        "alarms.receiverGone",
        "Mottagaren av larm har svarat att den är borta och får inga (kvittens way alarms on)",
        "The receiver of alarms has answered that it is gone and gets none (kvittens way alarms on)",
        "/ops/",
    ),
    (
        "roster.holes",
        "Jourlistan har luckor de närmaste 14 dagarna",
        "The duty roster has holes within the next 14 days",
        "/ops/roster",
    ),
];

/// An alarm as grave as this is about a day that has passed.
const BREACH: i64 = 1_000;

impl Promised {
    /// What is open, of the boards that the person sees; alarms are of the whole gateway.
    pub(super) async fn of(visit: &Visit, page: &Chrome) -> Result<Self, PageError> {
        let (desk, boards) = (&visit.desk, visit.person.boards());
        let Promises { confirmations, mut copies, mut offers } =
            desk.store.promises(boards).await?;
        let mut alarms = if page.may_watch() { desk.store.alarms().await? } else { Vec::new() };
        // The restricted list is for few: others are not told that somebody is on it.
        if !page.may_see_protected() {
            alarms.retain(|alarm| {
                ![PROTECTED, OFFER_PROTECTED].iter().any(|it| alarm.cause.starts_with(it))
            });
            copies.count -= desk.store.restricted_owed(boards, Purpose::Copy).await?.count;
            offers.count -= desk.store.restricted_owed(boards, Purpose::Offer).await?.count;
        }
        let units = bounds::units(desk, boards);
        let holes = || desk.roster.now().holes(&units, page.today(), roster::DAYS).len();
        Ok(Self {
            confirmations: line(page, confirmations),
            copies: line(page, copies),
            offers: line(page, offers),
            holes: desk.roster.is_kept().then(holes),
            alarms: alarms.iter().map(|alarm| alarm_line(page, alarm)).collect(),
        })
    }
}

fn line(page: &Chrome, owed: Owed) -> Line {
    Line {
        count: owed.count,
        oldest: owed.oldest_at.map(|at| page.age(at)).unwrap_or_default(),
        late: owed.due_at.is_some_and(|at| page.now() > at),
    }
}

/// An alarm's cause may be followed by the day that it is about.
fn alarm_line(page: &Chrome, alarm: &Alarm) -> AlarmLine {
    let (cause, day) = alarm.cause.split_once(' ').unwrap_or((&alarm.cause, ""));
    let known = CAUSES.iter().find(|(known, _, _, _)| *known == cause);
    let words = known.map_or(cause, |(_, sv, en, _)| page.say(sv, en));
    let passed = page.say(", och dagen har passerat", ", and the day has passed");
    let passed = if alarm.level >= BREACH { passed } else { "" };
    let day = if day.is_empty() { String::new() } else { format!(" ({day})") };
    AlarmLine {
        words: format!("{words}{day}{passed}"),
        since: page.clock(alarm.since),
        late: alarm.level >= BREACH,
        link: known.map(|(_, _, _, path)| page.link(path)),
    }
}

#[cfg(test)]
mod tests {
    use super::alarm_line;
    use crate::operations::chrome::tests::chrome;
    use crate::store::Alarm;

    #[test]
    fn an_alarm_is_said_in_words_with_its_day_and_where_to_look() {
        let alarm = |cause: &str, level| Alarm {
            cause: cause.to_owned(),
            since: "2026-11-22T03:00:00Z".parse().unwrap(),
            level,
        };
        let line = alarm_line(&chrome("sv"), &alarm("copy.notSent 2026-11-21", 1_000));
        let words = "Kopior till den som en avhysning gäller har inte gått ut (2026-11-21), och dagen har passerat";
        assert_eq!((line.words.as_str(), line.late, line.since.as_str()), (words, true, "04:00"));
        assert_eq!(line.link.as_deref(), Some("/ops/copies?lang=sv"));
        let line = alarm_line(&chrome("en"), &alarm("later.invented", 1));
        assert_eq!((line.words.as_str(), line.link), ("later.invented", None));
        for (cause, _, _, path) in super::CAUSES {
            let words = include_str!("../pipeline/alarms.rs").contains(&format!("\"{cause}\""));
            assert!(words && path.starts_with("/ops/"), "{cause}");
        }
    }
}
