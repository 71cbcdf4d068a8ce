//! The page: who is on duty, holes first; then the forms, for those who may use them; and the log of what was changed.

use crate::operations::PageError;
use crate::operations::chrome::Chrome;
use crate::operations::roster::bounds;
use crate::operations::roster::forms;
use crate::operations::roster::forms::Wish;
use crate::operations::roster::keep;
use crate::operations::roster::keep::Kept;
use crate::operations::roster::lines;
use crate::operations::roster::lines::EntryLine;
use crate::operations::roster::lines::NowLine;
use crate::operations::roster::lines::UnitDays;
use crate::operations::roster::told;
use crate::operations::visit::Visit;
use crate::operations::words;
use crate::roster::Roster;
use crate::roster::keep::OnDisk;
use crate::store::RosterEntry;
use askama::Template;
use axum::response::Response;

/// So many entries of the log are shown.
const ENTRIES: i64 = 20;

#[derive(Template)]
#[template(path = "roster.html", config = "src/operations/templates/askama.toml")]
struct Page {
    page: Chrome,
    said: Option<(&'static str, String)>,
    faults: Vec<String>,
    typed: Wish,
    is_kept: bool,
    readable: bool,
    writable: bool,
    file_faults: Vec<String>,
    now: Vec<NowLine>,
    holes: Vec<String>,
    unnamed: Vec<String>,
    idle: Vec<String>,
    units: Vec<UnitDays>,
    digest: String,
    edit: Option<Edit>,
    whole: Option<String>,
    by_hand: Option<String>,
    unsaved: Option<String>,
    log: Vec<LogLine>,
}

/// What the forms offer.
struct Edit {
    persons: Vec<(String, String)>,
    units: Vec<(String, String)>,
    duties: Vec<EntryLine>,
    absences: Vec<EntryLine>,
    extra: Vec<EntryLine>,
    swaps: Vec<EntryLine>,
    deputy: String,
    all: bool,
}

/// One entry of the log.
struct LogLine {
    at: String,
    at_iso: String,
    event: String,
    actor: String,
    what: String,
}

/// The page as it is.
pub(in crate::operations) async fn page(visit: Visit) -> Result<Response, PageError> {
    show(&visit, None, Wish::default()).await
}

impl Page {
    /// What was typed into a field of a form that could not be done.
    fn typed(&self, act: &str, field: &str) -> &str {
        if self.typed.act == act { self.typed.field(field) } else { "" }
    }

    fn ticked(&self, word: &str) -> bool {
        if self.typed.act == "duty" {
            self.typed.has_weekday(word)
        } else {
            !matches!(word, "sat" | "sun")
        }
    }

    fn label(&self, key: &str) -> String {
        forms::label(&self.page, key)
    }
}

/// The page, with what came of a change and what was typed for it.
pub(super) async fn show(
    visit: &Visit,
    kept: Option<Kept>,
    typed: Wish,
) -> Result<Response, PageError> {
    let page = visit.page("/ops/roster");
    let desk = &visit.desk;
    let book = &desk.roster;
    let disk = keep::on_disk(visit).await;
    let checked = disk.as_ref().ok().and_then(Option::as_ref).map(|disk| book.check(&disk.text));
    let readable = disk.is_ok();
    let disk = disk.ok().flatten();
    let (roster, units) = (book.now(), bounds::units(desk, visit.person.boards()));
    let holes = roster.holes(&units, page.today(), super::DAYS);
    let unnamed = roster.unnamed(&units, page.today(), super::DAYS);
    let idle = roster.idle_swaps().into_iter().filter(|swap| swap.date >= page.today());
    let idle = idle.filter(|swap| units.contains(&swap.unit.as_str()));
    let mine = page.may_edit_roster() && disk.is_some();
    let whole = mine && bounds::all(visit);
    let log = desk.store.roster_log(ENTRIES).await?;
    let (status, said) = told::told(&page, kept.as_ref(), visit.asked.said.as_deref());
    let view = Page {
        faults: kept.as_ref().map(|kept| told::faults(&page, kept, &typed)).unwrap_or_default(),
        is_kept: book.is_kept(),
        readable,
        writable: book.is_writable(),
        file_faults: told::file_faults(&page, checked.as_ref()),
        now: units.iter().map(|unit| lines::now(visit, &page, &roster, unit)).collect(),
        unnamed: unnamed.iter().map(|gap| lines::unnamed(visit, &page, gap)).collect(),
        idle: idle
            .map(|swap| {
                format!(
                    "{}: {}",
                    lines::day(&page, swap.date),
                    lines::person(&roster, &swap.instead_of)
                )
            })
            .collect(),
        units: units
            .iter()
            .map(|unit| lines::unit_days(visit, &page, (&roster, &holes), unit))
            .collect(),
        holes: holes.iter().map(|hole| lines::hole(visit, &page, &roster, hole)).collect(),
        digest: disk.as_ref().map(|disk| disk.digest.to_string()).unwrap_or_default(),
        edit: checked.and_then(Result::ok).filter(|_| mine).map(|it| edit(visit, &page, &it)),
        whole: text_to_edit(disk.filter(|_| whole), kept.as_ref(), &typed),
        unsaved: (matches!(kept, Some(Kept::Stale)) && typed.act == "text")
            .then(|| typed.field("text").to_owned()),
        by_hand: match kept {
            Some(Kept::Unwritable(text)) => Some(text),
            Some(_) | None => None,
        },
        log: log.into_iter().map(|entry| log_line(&page, entry)).collect(),
        said,
        typed,
        page,
    };
    Chrome::send(status, &view)
}

/// The whole text: as it is, or as it was typed where it had faults.
fn text_to_edit(disk: Option<OnDisk>, kept: Option<&Kept>, typed: &Wish) -> Option<String> {
    let again = matches!(kept, Some(Kept::Faults(_))) && typed.act == "text";
    disk.map(|disk| if again { typed.field("text").to_owned() } else { disk.text })
}

fn edit(visit: &Visit, page: &Chrome, roster: &Roster) -> Edit {
    let desk = &visit.desk;
    let units = bounds::units(desk, visit.person.boards());
    let mine = |unit: &str| units.contains(&unit);
    let knows = |id: &str| bounds::knows(visit, roster, id);
    let today = page.today();
    let line = |(at, words): (usize, String)| EntryLine { at, words };
    let of = |id: &str| lines::person(roster, id);
    let days = |first, last| format!("{} – {}", lines::day(page, first), lines::day(page, last));
    let duties = roster.duties.iter().enumerate().filter(|(_, it)| mine(&it.unit));
    let absences = roster.absences.iter().enumerate();
    let absences = absences.filter(|(_, it)| it.last >= today && knows(&it.person));
    let extra = roster.extra.iter().enumerate();
    let extra = extra.filter(|(_, it)| it.date >= today && mine(&it.unit));
    let swaps = roster.swaps.iter().enumerate();
    let swaps = swaps.filter(|(_, it)| it.date >= today && mine(&it.unit));
    let name = |id: &str| desk.unit_name(id);
    let for_whom = page.say("i stället för", "instead of");
    Edit {
        persons: roster
            .persons
            .iter()
            .filter(|it| knows(&it.id))
            .map(|it| (it.id.clone(), of(&it.id)))
            .collect(),
        units: units.iter().map(|id| ((*id).to_owned(), name(id))).collect(),
        duties: duties.map(|(at, it)| line((at, lines::duty(visit, page, roster, it)))).collect(),
        absences: absences
            .map(|(at, it)| line((at, format!("{}: {}", of(&it.person), days(it.first, it.last)))))
            .collect(),
        extra: extra
            .map(|(at, it)| {
                line((
                    at,
                    format!(
                        "{}: {}, {} {}",
                        name(&it.unit),
                        of(&it.person),
                        lines::day(page, it.date),
                        it.hours
                    ),
                ))
            })
            .collect(),
        swaps: swaps
            .map(|(at, it)| {
                line((
                    at,
                    format!(
                        "{}, {}: {} {for_whom} {}",
                        name(&it.unit),
                        lines::day(page, it.date),
                        of(&it.person),
                        of(&it.instead_of)
                    ),
                ))
            })
            .collect(),
        deputy: roster.deputy.clone().unwrap_or_default(),
        all: bounds::all(visit),
    }
}

fn log_line(page: &Chrome, entry: RosterEntry) -> LogLine {
    LogLine {
        at: page.minutes(entry.at),
        at_iso: entry.at.to_string(),
        event: words::other(page, &format!("roster.{}", entry.event)),
        actor: entry.actor,
        what: entry.what,
    }
}
