//! `/ops/`: one sentence, four numbers, the clock of the day, the queues, what came in last.

use crate::operations::Desk;
use crate::operations::PageError;
use crate::operations::chrome::Chrome;
use crate::operations::doors::DoorLine;
use crate::operations::doors::SilentLine;
use crate::operations::promised::Promised;
use crate::operations::rows::NoticeLine;
use crate::operations::rows::Status;
use crate::operations::visit::Visit;
use crate::pulse::Report;
use crate::store::Boards;
use crate::store::Place;
use crate::store::UnitQueue;
use crate::store::Watch;
use crate::store::Watched;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;

/// How many notices the front page lists.
const RECENT: i64 = 20;

#[derive(Template)]
#[template(path = "front.html", config = "src/operations/templates/askama.toml")]
struct Front {
    page: Chrome,
    figures: Figures,
    sentence: String,
    share: String,
    left: String,
    urgency: (&'static str, String),
    oldest: Option<Oldest>,
    promised: Promised,
    queues: Vec<QueueLine>,
    doors: Vec<DoorLine>,
    silent: Vec<SilentLine>,
    refused_files: Vec<String>,
    lines: Vec<NoticeLine>,
}

struct Oldest {
    reference: String,
    link: String,
    age: String,
}

struct QueueLine {
    unit: String,
    status: Status,
    count: i64,
    link: String,
    oldest: String,
}

/// The numbers of the page.
#[derive(Clone, Debug, Default)]
struct Figures {
    received_today: i64,
    acknowledged_today: i64,
    unacknowledged: i64,
    outstanding: i64,
    needs_review: i64,
    parked: i64,
    not_handed_over: i64,
}

/// The front page: numbers for everyone, references and links for those who may see notices.
pub(super) async fn page(visit: Visit) -> Result<Response, PageError> {
    let (desk, boards, now) = (&visit.desk, visit.person.boards(), visit.now());
    let page = visit.page("/ops/");
    let day = desk.local_time.day_of(now);
    let day_start = desk.local_time.start_of(day);
    let figures = figures(desk, boards, day_start).await?;
    let queues = desk.store.unit_queues(boards).await?;
    let promised = Promised::of(&visit, &page).await?;
    let (mut oldest, mut recent) = (None, Vec::new());
    if page.may_watch() {
        let all = Watch::new(Watched::All, boards.clone(), day_start);
        recent = desk.store.list_watched(&all, &Place::start(), RECENT).await?;
        oldest = desk.store.oldest_unacknowledged(boards).await?;
    }
    let oldest = oldest.map(|(reference, at)| Oldest {
        link: page.link(&format!("/ops/notices/{reference}")),
        age: page.age(at),
        reference,
    });
    let seconds = desk.local_time.end_of(day).duration_since(now).as_secs();
    // Doors and partners have names, and belong to no board: they are for those who see notices.
    let alive = match page.may_watch() {
        true => crate::pulse::board().report(now),
        false => Report::default(),
    };
    let front = Front {
        doors: alive.doors.iter().map(|door| DoorLine::of(&page, door)).collect(),
        refused_files: if page.may_watch() { refused_files(desk) } else { Vec::new() },
        silent: alive.silent.iter().map(|silent| SilentLine::of(&page, silent)).collect(),
        sentence: sentence(&page, &figures, promised.confirmations.count),
        share: share(&figures),
        left: page.span(seconds),
        urgency: urgency(&page, seconds, figures.unacknowledged + figures.outstanding),
        oldest,
        promised,
        queues: queues.into_iter().map(|queue| queue_line(desk, &page, queue)).collect(),
        lines: recent.into_iter().map(|notice| NoticeLine::of(desk, &page, notice)).collect(),
        figures,
        page,
    };
    Chrome::send(StatusCode::OK, &front)
}

/// Where partners' files have faults. A fault's text can quote a value; its place cannot.
fn refused_files(desk: &Desk) -> Vec<String> {
    let faults = desk.partners.refused().into_iter();
    faults.map(|fault| format!("{} {}", fault.file, fault.key).trim().to_owned()).collect()
}

async fn figures(desk: &Desk, boards: &Boards, day_start: Timestamp) -> Result<Figures, PageError> {
    let count =
        async |what| desk.store.count_watched(&Watch::new(what, boards.clone(), day_start)).await;
    Ok(Figures {
        received_today: count(Watched::ReceivedToday).await?,
        acknowledged_today: count(Watched::AcknowledgedToday).await?,
        unacknowledged: count(Watched::Unacknowledged).await?,
        outstanding: count(Watched::Outstanding).await?,
        needs_review: count(Watched::State("needsReview".to_owned())).await?,
        parked: count(Watched::State("parked".to_owned())).await?,
        not_handed_over: count(Watched::NotHandedOver).await?,
    })
}

fn queue_line(desk: &Desk, page: &Chrome, queue: UnitQueue) -> QueueLine {
    QueueLine {
        unit: desk.unit_name(&queue.unit),
        status: Status::of(page, &queue.state),
        count: queue.count,
        link: page.link(&format!("/ops/notices?state={}&unit={}", queue.state, queue.unit)),
        oldest: page.age(queue.oldest_at),
    }
}

/// Whole per cent, never rounded up to a hundred; nothing received is no share.
fn share(figures: &Figures) -> String {
    match figures.received_today {
        0 => "–".to_owned(),
        all => format!("{} %", figures.acknowledged_today * 100 / all),
    }
}

/// Everything in one or a few plain sentences.
fn sentence(page: &Chrome, figures: &Figures, unconfirmed: i64) -> String {
    let one = |count: i64, sv: [&str; 2], en: [&str; 2]| {
        let at = usize::from(count != 1);
        format!("{count} {}", page.say(sv[at], en[at]))
    };
    let mut parts = Vec::new();
    if unconfirmed > 0 {
        parts.push(one(
            unconfirmed,
            ["bekräftelse till Kronofogden återstår.", "bekräftelser till Kronofogden återstår."],
            ["confirmation to Kronofogden is owed.", "confirmations to Kronofogden are owed."],
        ));
    }
    parts.push(match figures.unacknowledged {
        0 if unconfirmed > 0 => {
            page.say("Alla avsändare har fått besked.", "Every sender was told.").to_owned()
        }
        0 => page.say("Allt är bekräftat.", "Everything is acknowledged.").to_owned(),
        count => one(
            count,
            ["underrättelse väntar på bekräftelse.", "underrättelser väntar på bekräftelse."],
            ["notice waits for its acknowledgement.", "notices wait for their acknowledgement."],
        ),
    });
    if figures.needs_review > 0 {
        parts.push(one(
            figures.needs_review,
            ["underrättelse behöver granskas.", "underrättelser behöver granskas."],
            ["notice needs review.", "notices need review."],
        ));
    }
    if figures.parked > 0 {
        parts.push(one(
            figures.parked,
            ["väntar på ett beslut.", "väntar på ett beslut."],
            ["waits for a decision.", "wait for a decision."],
        ));
    }
    let moving = figures.not_handed_over - figures.parked;
    if moving > 0 {
        parts.push(one(
            moving,
            ["är på väg till verksamhetssystemet.", "är på väg till verksamhetssystemet."],
            ["is on its way to the case system.", "are on their way to the case system."],
        ));
    }
    if figures.needs_review + figures.not_handed_over + unconfirmed == 0 {
        parts.push(page.say("Inget väntar på någon.", "Nothing waits for anyone.").to_owned());
    }
    parts.join(" ")
}

/// How pressing the day's end is: a class, and the same in words.
fn urgency(page: &Chrome, seconds: i64, open: i64) -> (&'static str, String) {
    let (class, words) = match (open, seconds) {
        (0, _) => (
            "calm",
            page.say("Inget återstår före midnatt.", "Nothing is left to do before midnight."),
        ),
        (_, ..1800) => {
            ("bad", page.say("Mindre än 30 minuter kvar!", "Less than 30 minutes left!"))
        }
        (_, ..7200) => {
            ("wait", page.say("Mindre än två timmar kvar.", "Less than two hours left."))
        }
        (_, _) => ("calm", page.say("Gott om tid kvar.", "There is time.")),
    };
    (class, words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Figures;
    use crate::operations::chrome::tests::chrome;

    #[test]
    fn the_sentence_tells_what_waits_and_nothing_else() {
        let quiet = Figures::default();
        assert_eq!(
            super::sentence(&chrome("sv"), &quiet, 0),
            "Allt är bekräftat. Inget väntar på någon."
        );
        let busy = Figures { unacknowledged: 1, needs_review: 3, not_handed_over: 2, ..quiet };
        assert_eq!(
            super::sentence(&chrome("en"), &busy, 0),
            "1 notice waits for its acknowledgement. 3 notices need review. 2 are on their way to the case system."
        );
    }

    #[test]
    fn what_kronofogden_is_owed_is_said_first_and_all_is_never_acknowledged_then() {
        let page = chrome("sv");
        assert_eq!(
            super::sentence(&page, &Figures::default(), 2),
            "2 bekräftelser till Kronofogden återstår. Alla avsändare har fått besked."
        );
    }

    #[test]
    fn the_share_is_never_rounded_up() {
        let figures =
            Figures { received_today: 1000, acknowledged_today: 999, ..Figures::default() };
        assert_eq!(super::share(&figures), "99 %");
        assert_eq!(super::share(&Figures::default()), "–");
    }

    #[test]
    fn the_end_of_the_day_is_pressing_only_when_something_is_open() {
        let page = chrome("en");
        assert_eq!(super::urgency(&page, 60, 0).0, "calm");
        assert_eq!(super::urgency(&page, 60, 1).0, "bad");
        assert_eq!(super::urgency(&page, 7000, 1).0, "wait");
    }
}
