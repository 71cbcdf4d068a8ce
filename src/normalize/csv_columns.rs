//! Which column holds what: dotted paths into the notice, or the headings that Swedish landlords use.
//!
//! `schemas/notice.v1.csv.md` lists them; a test holds that page against this table.

use super::shape;
pub(super) use crate::domain::labels::folded;
use csv::StringRecord;

/// Headings without a number, folded (see [`folded`]), and the paths they stand for.
const HEADINGS: &[(&str, &str)] = &[
    ("typ", "type"),
    ("arendetyp", "type"),
    ("lagrum", "legalBasis"),
    ("datum", "issuedOn"),
    ("meddelandedatum", "issuedOn"),
    ("avsandare", "sender.name"),
    ("avsandartyp", "sender.kind"),
    ("avsandareorgnr", "sender.organisationNumber"),
    ("kontaktperson", "sender.contactName"),
    ("kontaktepost", "sender.email"),
    ("kontakttelefon", "sender.phone"),
    ("arendenr", "sender.reference"),
    ("varreferens", "sender.reference"),
    ("referens", "sender.reference"),
    ("hyresvard", "landlord.name"),
    ("forening", "landlord.name"),
    ("bostadsrattsforening", "landlord.name"),
    ("orgnr", "landlord.organisationNumber"),
    ("organisationsnummer", "landlord.organisationNumber"),
    ("adress", "dwelling.street"),
    ("gatuadress", "dwelling.street"),
    ("co", "dwelling.careOf"),
    ("postnr", "dwelling.postalCode"),
    ("postnummer", "dwelling.postalCode"),
    ("ort", "dwelling.city"),
    ("postort", "dwelling.city"),
    ("lgh", "dwelling.apartmentNumber"),
    ("lghnr", "dwelling.apartmentNumber"),
    ("lagenhetsnr", "dwelling.apartmentNumber"),
    ("lagenhetsnummer", "dwelling.apartmentNumber"),
    ("objektsnr", "dwelling.objectNumber"),
    ("objektsnummer", "dwelling.objectNumber"),
    ("fastighetsbeteckning", "dwelling.propertyDesignation"),
    ("fastighet", "dwelling.propertyDesignation"),
    ("antalrum", "dwelling.rooms"),
    ("rum", "dwelling.rooms"),
    ("upplatelseform", "dwelling.tenure"),
    ("attatervinna", "arrears.amountToRecover"),
    ("beloppattbetala", "arrears.amountToRecover"),
    ("skuld", "arrears.amountToRecover"),
    ("totalskuld", "arrears.amountToRecover"),
    ("valuta", "arrears.currency"),
    ("manadshyra", "arrears.monthlyRent"),
    ("manadsavgift", "arrears.monthlyRent"),
    ("bankgiro", "arrears.payment.bankgiro"),
    ("plusgiro", "arrears.payment.plusgiro"),
    ("ocr", "arrears.payment.ocr"),
    ("ocrnr", "arrears.payment.ocr"),
    ("uppsagd", "terminatedOn"),
    ("delgiven", "servedOn"),
    ("avflyttassenast", "moveOutBy"),
    ("rattassenast", "rectifyBy"),
    ("stangsav", "disconnectAfter"),
    ("storningsdag", "incidents.0.occurredOn"),
    ("storning", "incidents.0.description"),
    ("malnummer", "enforcement.caseNumber"),
    ("malnr", "enforcement.caseNumber"),
    ("ansokan", "enforcement.appliedOn"),
    ("tidforavhysning", "enforcement.startsAt"),
    ("tidforavlagsnande", "enforcement.startsAt"),
    ("tidigaretid", "enforcement.noLongerAt"),
    ("verkstalld", "enforcement.executedAt"),
    ("utfall", "enforcement.outcome"),
    ("plats", "enforcement.place"),
    ("handlaggare", "enforcement.officer.name"),
    ("handlaggaretelefon", "enforcement.officer.phone"),
    ("antalbarn", "children.count"),
    ("meddelande", "text"),
    ("anteckning", "text"),
    ("hortill", "relatesTo.reference"),
    ("hortillreferens", "relatesTo.senderReference"),
];

/// Headings that may bear a number (`Hyresgäst 2`), their place in `persons`, and whether they need the number.
pub(super) const PERSONS: &[(&str, &str, bool)] = &[
    ("hyresgast", "name", false),
    ("bostadsrattshavare", "name", false),
    ("medlem", "name", false),
    ("namn", "name", false),
    ("pnr", "identity.value", false),
    ("personnr", "identity.value", false),
    ("personnummer", "identity.value", false),
    ("samordningsnummer", "identity.value", false),
    ("fodelsedatum", "bornOn", false),
    ("roll", "role", false),
    ("skyddadepersonuppgifter", "protectedIdentity", false),
    ("telefon", "phone", true),
    ("epost", "email", true),
    ("delgiven", "servedOn", true),
];

/// Headings that may bear a number (`Månad 2`) and their place in `arrears.periods`.
const PERIODS: &[(&str, &str)] =
    &[("manad", "period"), ("belopp", "amount"), ("forfallodag", "dueOn")];

/// What one column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// A value of the notice.
    Path(String),
    /// `Barn`: yes, no, or how many.
    Children,
    /// `Barnens födelseår`: years, parted by anything.
    BirthYears,
    /// Not known: kept as evidence, with a finding.
    Unknown,
    /// No heading at all.
    Nameless,
}

/// The columns of a file.
#[derive(Default)]
pub(super) struct Columns {
    /// In the order of the cells.
    pub(super) all: Vec<Column>,
    /// The file says what each row is about.
    pub(super) typed: bool,
    /// The file holds amounts.
    pub(super) amounts: bool,
    /// The file speaks of tenant-owners.
    pub(super) tenant_owned: bool,
}

impl Columns {
    /// The columns that a header row names.
    pub(super) fn of(header: &StringRecord) -> Self {
        let folded: Vec<String> = header.iter().map(folded).collect();
        let has = |word: &str| folded.iter().any(|heading| numbered(heading).0 == word);
        // Beside a month or a due day the amount is that month's; alone it is the whole debt.
        let monthly = has("manad") || has("forfallodag");
        let tenant_owned = has("bostadsrattshavare") || has("medlem");
        let all: Vec<Column> = header
            .iter()
            .zip(&folded)
            .map(|(heading, folded)| column(heading.trim(), folded, monthly))
            .collect();
        let typed = all.contains(&Column::Path("type".to_owned()));
        let amount = |path: &String| {
            path.ends_with(".amount")
                || path == "arrears.amountToRecover"
                || path == "arrears.monthlyRent"
        };
        let amounts = all.iter().any(|column| matches!(column, Column::Path(path) if amount(path)));
        Self { all, typed, amounts, tenant_owned }
    }

    /// Two known columns make a header; one does where it is the only column.
    pub(super) fn is_header(&self) -> bool {
        let known = |column: &&Column| !matches!(column, Column::Unknown | Column::Nameless);
        let count = self.all.iter().filter(known).count();
        count >= 2 || (count == 1 && self.all.len() == 1)
    }
}

/// What a heading by itself names, where it is one of those described.
pub(super) fn documented(heading: &str) -> Option<Column> {
    match column(heading, &folded(heading), false) {
        Column::Unknown | Column::Nameless => None,
        known @ (Column::Path(_) | Column::Children | Column::BirthYears) => Some(known),
    }
}

fn column(heading: &str, folded: &str, monthly: bool) -> Column {
    if heading.is_empty() {
        return Column::Nameless;
    }
    if let Some(first) = heading.split('.').next()
        && shape::is_root_member(first)
    {
        return Column::Path(heading.to_owned());
    }
    match folded {
        "barn" => return Column::Children,
        "barnensfodelsear" | "barnfodelsear" => return Column::BirthYears,
        "belopp" if !monthly => return Column::Path("arrears.amountToRecover".to_owned()),
        _ => {}
    }
    if let Some((_, path)) = HEADINGS.iter().find(|(name, _)| *name == folded) {
        return Column::Path((*path).to_owned());
    }
    let (name, number) = numbered(folded);
    let at = number.unwrap_or(1) - 1;
    let person =
        PERSONS.iter().find(|(word, _, needs)| *word == name && (number.is_some() || !needs));
    if let Some((_, member, _)) = person {
        return Column::Path(format!("persons.{at}.{member}"));
    }
    match PERIODS.iter().find(|(word, _)| *word == name) {
        Some((_, member)) => Column::Path(format!("arrears.periods.{at}.{member}")),
        None => Column::Unknown,
    }
}

/// A heading and the number behind it, 1 to 9.
fn numbered(folded: &str) -> (&str, Option<u32>) {
    match folded.char_indices().next_back() {
        Some((at, last @ '1'..='9')) => (folded.get(..at).unwrap_or(folded), last.to_digit(10)),
        _ => (folded, None),
    }
}

#[cfg(test)]
mod tests {
    use super::Column;
    use super::Columns;
    use super::HEADINGS;
    use super::PERIODS;
    use super::PERSONS;
    use super::folded;
    use csv::StringRecord;

    #[test]
    fn headings_and_dotted_paths_name_the_same_values() {
        let header = StringRecord::from(vec![
            "Hyresgäst 2",
            "PNR 2",
            "Org.nr",
            "persons.0.name",
            "Belopp",
            "Månad",
            "Telefon",
            "",
        ]);
        let paths: Vec<String> = Columns::of(&header)
            .all
            .into_iter()
            .map(|column| match column {
                Column::Path(path) => path,
                other => format!("{other:?}"),
            })
            .collect();
        let expected = [
            "persons.1.name",
            "persons.1.identity.value",
            "landlord.organisationNumber",
            "persons.0.name",
            "arrears.periods.0.amount",
            "arrears.periods.0.period",
            "Unknown",
            "Nameless",
        ];
        assert_eq!(paths, expected);
    }

    #[test]
    fn the_page_that_describes_the_columns_lists_them_all() {
        let page = include_str!("../../schemas/notice.v1.csv.md");
        let mut listed = Vec::new();
        for row in page.lines().filter(|line| line.starts_with("| ") && line.contains('`')) {
            let mut cells = row.split('|').skip(1).map(str::trim);
            let headings = cells.next().unwrap_or_default();
            let path = cells.next().unwrap_or_default().trim_matches('`').replace(".N.", ".1.");
            for heading in headings.split(", ") {
                let heading = heading.replace(" N!", " N").replace(" N", " 2");
                let header = StringRecord::from(vec![heading.as_str(), "Förfallodag"]);
                let expected = match path.as_str() {
                    "children" => Column::Children,
                    "children.birthYears" => Column::BirthYears,
                    path => Column::Path(path.to_owned()),
                };
                assert_eq!(Columns::of(&header).all.first(), Some(&expected), "{heading}");
                listed.push(folded(heading.trim_end_matches(" 2")));
            }
        }
        let ours = HEADINGS.iter().map(|entry| entry.0);
        let ours = ours.chain(PERSONS.iter().map(|entry| entry.0));
        for heading in ours.chain(PERIODS.iter().map(|entry| entry.0)) {
            assert!(listed.iter().any(|word| word == heading), "{heading} is not described");
        }
    }
}
