//! What a message says once for all rows of its lists, and the notice that each row becomes with it.

use super::super::Context;
use super::super::prose;
use super::super::prose::Letter;
use super::Material;
use super::align::landlord_as_sender;
use super::completed::by_kind;
use super::completed::complete;
use super::completed::issued;
use super::completed::lacking;
use super::kinds;
use super::parts::Parts;
use super::record::Place;
use super::record::Record;
use super::record::evidence;
use super::sheets::Kind;
use super::sheets::Sheets;
use crate::domain::finding::Severity;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::notice::SenderKind;
use jiff::civil::Date;

/// Words of a tenant-owners' association.
const OWNED: &[&str] = &["brf ", "bostadsrättsf", "7:23", "7 kap. 23"];

/// Words of who is owed rent or a fee.
const OWED: &[&str] = &[
    "hyr", "avgift", "skuld", "obetal", "uppsag", "uppsäg", "förfall", "12:44", "arrears", "rent",
];

/// Words of what is no longer owed, or of something else than a debt.
const PAID: &[&str] = &[
    "betald",
    "betalt",
    "betalat",
    "reglera",
    "utgår",
    "stryk",
    "avskriv",
    "återkall",
    "återta",
    "makul",
    "ta bort",
    "elnät",
    "elförening",
    "strömmen",
    "störning",
    "avhys",
    "paid",
    "withdraw",
];

/// What a message says beside its tables.
pub(super) struct Common<'a> {
    subject: &'a str,
    /// What is said, without the tables.
    text: &'a str,
    /// The whole text, signature included.
    whole: &'a str,
    from: Option<&'a str>,
    from_name: Option<&'a str>,
    colleague: bool,
    /// The message is a file.
    file: bool,
    /// What stands above the rows of files.
    titles: &'a str,
}

impl<'a> Common<'a> {
    pub(super) fn of(material: &Material<'a>, parts: &'a Parts) -> Self {
        let letter = &material.letter;
        Self {
            subject: letter.subject,
            text: &parts.rest,
            whole: letter.text,
            from: letter.from,
            from_name: letter.from_name,
            colleague: letter.colleague,
            file: material.file,
            titles: &parts.titles,
        }
    }
}

/// Said once for all rows.
pub(super) struct Once {
    /// What the letter says.
    said: Notice,
    /// The homes are tenant-owned.
    owned: bool,
    /// It speaks of removals, not of evictions.
    removal: bool,
    /// It speaks of what is owed, and of nothing that was paid.
    owed: bool,
    /// The list's own day.
    issued: Option<Date>,
    /// What stands above, below and on the tables' tabs, and where.
    titles: Place,
}

impl Once {
    /// What the tables' titles and the letter around them say.
    pub(super) fn of(sheets: &Sheets, common: &Common<'_>, context: &Context<'_>) -> Self {
        let mut kinds = sheets
            .records
            .iter()
            .filter_map(|(record, kind)| record.kind.as_ref().or(kind.as_ref()));
        let first = kinds.next().map(|kind| kind.0);
        let above = if common.file { common.text } else { "" };
        let titles = prose::mended(
            &format!("{}{}{above}", sheets.titles, common.titles).replace(['|', '#'], ", "),
        );
        // A line that names whom the list is for names nobody that sends it.
        let ours = titles.lines().filter(|line| !line.to_lowercase().contains("social"));
        let senders = ours.collect::<Vec<_>>().join("\n");
        let letter = Letter {
            subject: common.subject,
            text: common.text,
            from: common.from,
            from_name: common.from_name,
            colleague: common.colleague,
            documents: &[],
        };
        let said = prose::common(&letter, &[common.whole, &senders], first, context);
        let words = format!("{titles} {} {}", common.subject, common.text).to_lowercase();
        let settled = words.replace("obetal", "").replace("ej betal", "").replace("inte betal", "");
        Self {
            said,
            owned: OWNED.iter().any(|word| words.contains(word)),
            owed: OWED.iter().any(|word| words.contains(word))
                && !PAID.iter().any(|word| settled.contains(word)),
            removal: words.contains("avlägsn") && !words.contains("avhys"),
            issued: issued(&titles, context.local_time.day_of(context.received_at)),
            titles: Place { source: sheets.source.clone(), quote: titles.trim().to_owned() },
        }
    }

    /// The notice of a row; of kind unknown when nothing tells it.
    pub(super) fn notice(
        &self,
        mut record: Record,
        table: Option<Kind>,
        context: &Context<'_>,
    ) -> Notice {
        let own = record.kind.is_some();
        let Some((kind, sure, from)) = self.kind(&record, table) else {
            let path = "/type".to_owned();
            record.findings.push((Severity::Error, "type", "notFound", path));
            let mut notice = record.notice(NoticeType::Unknown, context);
            complete(&mut notice, &record, &self.said);
            return notice;
        };
        // A row that names its own kind is of that kind, whatever the letter is about.
        let kind = if self.owned && !own { kinds::as_owned(kind) } else { kind };
        record.kind = Some((kind, sure, from));
        if sure < 0.95 {
            record.findings.push((Severity::Error, "type", "uncertain", "/type".to_owned()));
        }
        by_kind(&mut record, kind);
        let mut notice = record.notice(kind, context);
        complete(&mut notice, &record, &self.said);
        if notice.issued_on.is_none() && self.issued.is_some() {
            notice.issued_on = self.issued;
            notice.evidence.insert("/issuedOn".to_owned(), evidence(&self.titles, 0.93));
        }
        landlord_as_sender(&mut notice);
        lacking(&mut notice);
        notice
    }

    /// What a row of a debt is, by who sends it: that a landlord writes to the board of what is owed, tells enough.
    fn debt(&self) -> (NoticeType, f64) {
        match self.said.sender.as_ref().map(|sender| sender.kind) {
            Some(SenderKind::EnergyCompany) => (NoticeType::ElectricityDebt, 0.9),
            Some(SenderKind::Landlord | SenderKind::Agent | SenderKind::TenantOwnerAssociation)
                if self.owed =>
            {
                (NoticeType::RentArrears, 0.955)
            }
            Some(_) | None => (NoticeType::RentArrears, 0.9),
        }
    }

    /// By the row itself, by a table that is sure, by the letter, by what the row holds.
    fn kind(&self, record: &Record, table: Option<Kind>) -> Option<Kind> {
        let told = || {
            let it = self.said.evidence.get("/type")?;
            let quote = it.quote.reveal().to_owned();
            Some((self.said.kind, it.confidence, Place { source: it.source.clone(), quote }))
        };
        // A case with its time, or with the day it came in, is Kronofogden's.
        let case = || {
            let time = record.told("enforcement.startsAt").map(|time| (time, true));
            let applied = || record.told("enforcement.appliedOn").map(|day| (day, false));
            let (told, set) = time.or_else(applied)?;
            let kind = match (set, self.removal) {
                (true, false) => NoticeType::EvictionScheduled,
                (true, true) => NoticeType::RemovalScheduled,
                (false, false) => NoticeType::EvictionApplication,
                (false, true) => NoticeType::RemovalApplication,
            };
            record.any("enforcement.caseNumber").then(|| (kind, 0.93, told.from.clone()))
        };
        let held = || {
            let debt = record.values().find(|it| it.path.starts_with("arrears."))?;
            let (kind, sure) = self.debt();
            Some((kind, sure, debt.from.clone()))
        };
        let table = table.filter(|table| table.1 >= 0.96);
        let (kind, sure, from) =
            record.kind.clone().or(table).or_else(told).or_else(case).or_else(held)?;
        // A row whose own word for its kind is none that we know may be of another than the rest.
        let sure = if record.kind.is_none() && record.odd_kind { sure.min(0.9) } else { sure };
        Some((kind, sure, from))
    }
}
