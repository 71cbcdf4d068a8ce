//! A notice as a caseworker reads it: plain Swedish text, attached to the case beside the original.
//!
//! It holds everything the notice holds but evidence. It is personal data from end to end and goes nowhere but into the case system.

use crate::case_system::HandOver;
use crate::case_system::page::Page;
use crate::domain::link::Relation;
use crate::domain::masked::Masked;
use crate::domain::notice::Arrears;
use crate::domain::notice::Dwelling;
use crate::domain::notice::Enforcement;
use crate::domain::notice::EnforcementOutcome;
use crate::domain::notice::Known;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::notice::Person;
use crate::domain::notice::Role;
use crate::domain::notice::Tenure;
use jiff::civil::Date;

/// Writes the summary.
pub(super) fn write(hand_over: &HandOver, notice: &Notice) -> String {
    let mut page = Page::default();
    page.line(&format!("{} [ref {}]", name_of(notice.kind), hand_over.reference));
    page.field("Inkom", Some(hand_over.arrival_date));
    page.field("Rutin", Some(&hand_over.assignment.intake_type));
    page.field("Orsak", Some(&hand_over.assignment.reason_code));
    page.field("Lagrum", notice.legal_basis.as_ref());
    for kind in &notice.also_concerns {
        page.field("Gäller även", Some(name_of(*kind)));
    }
    senders(&mut page, notice);
    for person in &notice.persons {
        person_of(&mut page, person);
    }
    notice.dwelling.iter().for_each(|dwelling| dwelling_of(&mut page, dwelling));
    notice.arrears.iter().for_each(|arrears| arrears_of(&mut page, arrears));
    days(&mut page, notice);
    notice.enforcement.iter().for_each(|enforcement| enforcement_of(&mut page, enforcement));
    children(&mut page, notice);
    incidents(&mut page, notice);
    related(&mut page, notice);
    earlier(&mut page, hand_over);
    remarks(&mut page, notice);
    if let Some(text) = &notice.text {
        page.head("Meddelandets text");
        page.line(text.reveal());
    }
    page.text()
}

pub(super) fn name_of(kind: NoticeType) -> &'static str {
    match kind {
        NoticeType::RentArrears => "Underrättelse om obetald hyra",
        NoticeType::RentDisturbance => "Underrättelse om störningar i boendet",
        NoticeType::RentTerminationCopy => "Kopia av uppsägning, särskilt allvarliga störningar",
        NoticeType::TenantOwnedArrears => "Underrättelse om obetald avgift, bostadsrätt",
        NoticeType::TenantOwnedDisturbance => "Underrättelse om störningar, bostadsrätt",
        NoticeType::TenantOwnedTerminationCopy => "Kopia av uppsägning, bostadsrätt",
        NoticeType::UnlawfulSublet => "Olovlig andrahandsuthyrning",
        NoticeType::ElectricityDebt => "Obetald el",
        NoticeType::RentTribunalDispute => "Tvist i hyresnämnden",
        NoticeType::EvictionApplication => "Ansökan om avhysning",
        NoticeType::EvictionScheduled => "Tid för avhysning",
        NoticeType::RemovalApplication => "Ansökan om avlägsnande",
        NoticeType::RemovalScheduled => "Tid för avlägsnande",
        NoticeType::EvictionChanged => "Ändring av avhysning",
        NoticeType::EvictionExecuted => "Verkställd avhysning",
        NoticeType::ChildConcern => "Oro för barn",
        NoticeType::Supplement => "Komplettering",
        NoticeType::Withdrawal => "Återkallelse",
        NoticeType::Unknown => "Meddelande av okänd typ",
    }
}

fn senders(page: &mut Page, notice: &Notice) {
    if let Some(sender) = &notice.sender {
        page.head("Avsändare");
        page.masked("Namn", sender.name.as_ref());
        page.field(
            "Organisationsnummer",
            sender.organisation_number.as_ref().map(|number| number.reveal()),
        );
        page.masked("Kontaktperson", sender.contact_name.as_ref());
        page.masked("E-post", sender.email.as_ref());
        page.masked("Telefon", sender.phone.as_ref());
        page.masked("Avsändarens referens", sender.reference.as_ref());
    }
    if let Some(landlord) = &notice.landlord {
        page.head("Hyresvärd");
        page.masked("Namn", landlord.name.as_ref());
        page.field(
            "Organisationsnummer",
            landlord.organisation_number.as_ref().map(|number| number.reveal()),
        );
    }
}

fn person_of(page: &mut Page, person: &Person) {
    page.head(match person.role {
        Role::Tenant => "Hyresgäst eller bostadsrättshavare",
        Role::CoTenant => "Medhyresgäst",
        Role::Occupant => "Boende",
        Role::Child => "Barn",
        Role::Representative => "Företrädare",
    });
    page.masked("Namn", person.name.as_ref());
    page.masked("Personnummer eller annat id", person.identity.as_ref().map(|id| &id.value));
    page.field("Född", person.born_on);
    if person.protected_identity == Some(true) {
        page.line("SKYDDADE PERSONUPPGIFTER");
    }
    page.masked("Telefon", person.phone.as_ref());
    page.masked("E-post", person.email.as_ref());
    page.field("Delgiven", person.served_on);
}

fn dwelling_of(page: &mut Page, dwelling: &Dwelling) {
    page.head("Bostad");
    page.masked("Adress", dwelling.street.as_ref());
    page.masked("C/o", dwelling.care_of.as_ref());
    page.masked("Postnummer", dwelling.postal_code.as_ref());
    page.masked("Ort", dwelling.city.as_ref());
    page.masked("Lägenhetsnummer", dwelling.apartment_number.as_ref());
    page.masked("Objektnummer", dwelling.object_number.as_ref());
    page.masked("Fastighetsbeteckning", dwelling.property_designation.as_ref());
    page.field("Antal rum", dwelling.rooms);
    page.field(
        "Upplåtelseform",
        dwelling.tenure.map(|tenure| match tenure {
            Tenure::Rental => "hyresrätt",
            Tenure::TenantOwned => "bostadsrätt",
            Tenure::SecondHand => "andrahand",
            Tenure::Unknown => "okänd",
        }),
    );
}

fn arrears_of(page: &mut Page, arrears: &Arrears) {
    page.head("Skuld");
    page.field("Belopp för återvinning", arrears.amount_to_recover.map(|money| money.to_swedish()));
    page.field("Valuta", arrears.currency.as_ref().filter(|currency| *currency != "SEK"));
    page.field("Beloppet så som det skrevs", arrears.as_written.as_ref());
    page.field("Månadshyra eller avgift", arrears.monthly_rent.map(|money| money.to_swedish()));
    for period in &arrears.periods {
        let amount = period.amount.map(|money| money.to_swedish()).unwrap_or_default();
        let due = period.due_on.map(|day| format!(" (förföll {day})")).unwrap_or_default();
        page.field(period.period.as_deref().unwrap_or("Period"), Some(format!("{amount}{due}")));
    }
    if let Some(payment) = &arrears.payment {
        page.field("Bankgiro", payment.bankgiro.as_ref());
        page.field("Plusgiro", payment.plusgiro.as_ref());
        page.masked("OCR", payment.ocr.as_ref());
    }
}

fn days(page: &mut Page, notice: &Notice) {
    let days: [(&str, Option<Date>); 6] = [
        ("Underrättelsens datum", notice.issued_on),
        ("Uppsagd", notice.terminated_on),
        ("Delgiven", notice.served_on),
        ("Avflyttning senast", notice.move_out_by),
        ("Rättelse senast", notice.rectify_by),
        ("Elen bryts efter", notice.disconnect_after),
    ];
    if days.iter().any(|(_, day)| day.is_some()) {
        page.head("Datum");
        days.into_iter().for_each(|(name, day)| page.field(name, day));
    }
}

fn enforcement_of(page: &mut Page, enforcement: &Enforcement) {
    page.head("Kronofogden");
    page.masked("Målnummer", enforcement.case_number.as_ref());
    page.field("Ansökan", enforcement.applied_on);
    page.moment("Förrättningen börjar", enforcement.starts_at.as_ref());
    page.moment("Tidigare tid som inte längre gäller", enforcement.no_longer_at.as_ref());
    page.moment("Verkställd", enforcement.executed_at.as_ref());
    page.field(
        "Utfall",
        enforcement.outcome.map(|outcome| match outcome {
            EnforcementOutcome::Postponed => "uppskjuten",
            EnforcementOutcome::Cancelled => "inställd",
            EnforcementOutcome::Withdrawn => "återkallad",
            EnforcementOutcome::Executed => "verkställd",
        }),
    );
    page.masked("Plats", enforcement.place.as_ref());
    if let Some(officer) = &enforcement.officer {
        page.masked("Handläggare", officer.name.as_ref());
        page.masked("Telefon", officer.phone.as_ref());
    }
}

fn children(page: &mut Page, notice: &Notice) {
    let Some(children) = &notice.children else { return };
    page.head("Barn i hushållet");
    page.field(
        "Finns barn",
        Some(match children.known {
            Known::Yes => "ja",
            Known::No => "nej",
            Known::Unknown => "okänt",
        }),
    );
    page.field("Antal", children.count);
    if !children.birth_years.is_empty() {
        let years: Vec<_> = children.birth_years.iter().map(ToString::to_string).collect();
        page.field("Födelseår", Some(years.join(", ")));
    }
}

fn incidents(page: &mut Page, notice: &Notice) {
    if !notice.incidents.is_empty() {
        page.head("Händelser");
    }
    for incident in &notice.incidents {
        let day = incident.occurred_on.map_or_else(|| "Datum okänt".to_owned(), |d| d.to_string());
        page.masked(&day, Some(incident.description.as_ref().unwrap_or(&Masked::default())));
    }
}

fn related(page: &mut Page, notice: &Notice) {
    let Some(relates) = &notice.relates_to else { return };
    page.head("Hör till");
    page.field("Referens", relates.reference.as_ref());
    page.masked("Målnummer", relates.case_number.as_ref());
    page.masked("Avsändarens referens", relates.sender_reference.as_ref());
}

/// The earlier notice it belongs to, and what it tells otherwise.
fn earlier(page: &mut Page, hand_over: &HandOver) {
    let Some(earlier) = &hand_over.belongs_to else { return };
    let what = match Relation::parse(&earlier.relation) {
        Some(Relation::Supplement) => "Kompletterar en tidigare underrättelse",
        Some(Relation::Withdrawal) => "Återkallar en tidigare underrättelse",
        Some(Relation::NewTime) => "Ny tid, ersätter en tidigare",
        Some(Relation::NextStep) => "Nästa steg i samma mål",
        Some(Relation::Changed) => "Ändrar en tidigare underrättelse",
        Some(Relation::Executed) => "Avslutar en tidigare underrättelse",
        Some(Relation::Continues) | None => "Fortsätter en tidigare underrättelse",
    };
    page.head(what);
    page.field("Första underrättelsen", Some(&earlier.first));
    page.field("Dess ärende", earlier.case_id.as_ref());
    let changed = earlier.changed.join(", ");
    page.field("Nya eller ändrade uppgifter", Some(changed).filter(|changed| !changed.is_empty()));
}

/// What could not be read or looks wrong, so that nobody trusts it unseen.
fn remarks(page: &mut Page, notice: &Notice) {
    if !notice.findings.is_empty() {
        page.head("Anmärkningar vid läsningen");
    }
    for finding in &notice.findings {
        page.line(&format!("{} {} {}", finding.code, finding.path, finding.message));
    }
    if !notice.attachments.is_empty() {
        page.head("Bilagor i meddelandet");
    }
    for attachment in &notice.attachments {
        let name = attachment.name.as_ref().map_or("utan namn", Masked::reveal);
        page.line(&format!("{name} ({} byte)", attachment.size_bytes));
    }
}
