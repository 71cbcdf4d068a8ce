//! What is said once for all rows of a list, given to each notice, and what its kind makes of its values.

use super::super::prose;
use super::cells;
use super::record::Record;
use super::tell_home;
use crate::domain::document::Cell;
use crate::domain::finding::Severity;
use crate::domain::notice::ArrearsPeriod;
use crate::domain::notice::Evidence;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeSender;
use crate::domain::notice::NoticeType;
use crate::domain::notice::Payment;
use crate::domain::notice::SenderKind;
use crate::domain::notice::Tenure;
use jiff::civil::Date;

/// `Plats: Provgatan 1, 214 00 Malmö`: the only address that Kronofogden gives is the home's.
pub(super) fn place_is_home(record: &mut Record) {
    let Some(place) = record.told("enforcement.place").cloned() else { return };
    let read = cells::address(&place.text);
    if !record.any("dwelling.street") && read.street.is_some() && read.postal_code.is_some() {
        let cell = Cell::Text(place.text.clone());
        tell_home::home(record, "dwelling.street", &cell, &place.from);
    }
}

/// What the kind makes of values: a supplement's reference is that of the earlier notice, a called-off time holds no longer.
pub(super) fn by_kind(record: &mut Record, kind: NoticeType) {
    match kind {
        NoticeType::Supplement | NoticeType::Withdrawal => {
            if let Some(told) = record.told("sender.reference").cloned() {
                record.put("relatesTo.senderReference", &told.text, &told.from, told.sure);
            }
            record.take("issuedOn");
        }
        NoticeType::EvictionChanged => {
            if let Some(told) = record.take("enforcement.startsAt") {
                record.put("enforcement.noLongerAt", &told.text, &told.from, told.sure.min(0.96));
            }
        }
        NoticeType::EvictionExecuted => {
            if let Some(told) = record.take("enforcement.startsAt") {
                record.put("enforcement.executedAt", &told.text, &told.from, told.sure.min(0.94));
            }
        }
        NoticeType::RentDisturbance | NoticeType::TenantOwnedDisturbance => {
            if record.incidents == 0 {
                for (text, from) in record.remarks.clone() {
                    record.put("incidents.0.description", &text, &from, 0.9);
                }
            }
        }
        NoticeType::RentArrears
        | NoticeType::RentTerminationCopy
        | NoticeType::TenantOwnedArrears
        | NoticeType::TenantOwnedTerminationCopy
        | NoticeType::UnlawfulSublet
        | NoticeType::ElectricityDebt
        | NoticeType::RentTribunalDispute
        | NoticeType::EvictionApplication
        | NoticeType::EvictionScheduled
        | NoticeType::RemovalApplication
        | NoticeType::RemovalScheduled
        | NoticeType::ChildConcern
        | NoticeType::Unknown => {}
    }
    place_is_home(record);
    if let Some(told) = record.told("servedOn").cloned() {
        let others = record.any("persons.1.");
        if !others && record.any("persons.0.") {
            record.put("persons.0.servedOn", &told.text, &told.from, told.sure);
        }
    }
}

/// Gives a row's notice what is said once for all rows.
pub(super) fn complete(notice: &mut Notice, record: &Record, said: &Notice) {
    notice.legal_basis = notice.legal_basis.take().or_else(|| said.legal_basis.clone());
    notice.dwelling = notice.dwelling.take().map(|mut dwelling| {
        dwelling.tenure = dwelling.tenure.or_else(|| prose::tenure(notice.kind));
        dwelling
    });
    sender(notice, record, said);
    if notice.landlord.is_none() && said.landlord.is_some() {
        notice.landlord.clone_from(&said.landlord);
        notice.evidence.extend(
            said.evidence
                .iter()
                .filter(|(path, _)| path.starts_with("/landlord/"))
                .map(|(path, it)| (path.clone(), it.clone())),
        );
    }
    for_all(notice, record, said);
    if notice.issued_on.is_none() && said.issued_on.is_some() {
        notice.issued_on = said.issued_on;
        notice
            .evidence
            .extend(said.evidence.get("/issuedOn").map(|it| ("/issuedOn".to_owned(), it.clone())));
    }
}

/// What sort of sender it is: by its name where that tells, else by what the notice is about.
fn sender_kind(
    own: SenderKind,
    common: &NoticeSender,
    kind: NoticeType,
    record: &Record,
) -> SenderKind {
    let official = record.any("enforcement.caseNumber")
        && matches!(
            kind,
            NoticeType::EvictionScheduled
                | NoticeType::EvictionChanged
                | NoticeType::EvictionExecuted
                | NoticeType::RemovalScheduled
                | NoticeType::RemovalApplication
        );
    match (own, common.kind) {
        (SenderKind::Unknown, SenderKind::Unknown | SenderKind::Landlord)
            if official && common.name.is_none() =>
        {
            SenderKind::EnforcementAuthority
        }
        (SenderKind::Unknown, SenderKind::Unknown | SenderKind::Landlord)
            if kind == NoticeType::ElectricityDebt =>
        {
            SenderKind::EnergyCompany
        }
        (SenderKind::Unknown, SenderKind::Landlord)
            if prose::tenure(kind) == Some(Tenure::TenantOwned) && common.name.is_none() =>
        {
            SenderKind::TenantOwnerAssociation
        }
        (SenderKind::Unknown, SenderKind::Unknown) => match prose::tenure(kind) {
            Some(Tenure::Rental) => SenderKind::Landlord,
            Some(Tenure::TenantOwned) => SenderKind::TenantOwnerAssociation,
            Some(Tenure::SecondHand | Tenure::Unknown) | None => SenderKind::Unknown,
        },
        (SenderKind::Unknown, common) => common,
        (own, _) => own,
    }
}

/// Who sends the list, where the row does not name another.
fn sender(notice: &mut Notice, record: &Record, said: &Notice) {
    let common = said.sender.clone().unwrap_or_default();
    let marked = said
        .evidence
        .get("/sender/reference")
        .is_some_and(|it| it.source == "subject" && it.confidence >= 0.95);
    let own = notice.sender.take().unwrap_or_default();
    let kind = sender_kind(own.kind, &common, notice.kind, record);
    for (path, missing) in [
        ("/sender/name", own.name.is_none()),
        ("/sender/organisationNumber", own.organisation_number.is_none()),
        ("/sender/contactName", own.contact_name.is_none()),
        ("/sender/phone", own.phone.is_none()),
        ("/sender/reference", own.reference.is_none()),
    ] {
        let told = missing && (marked || path != "/sender/reference");
        if let Some(evidence) = said.evidence.get(path).filter(|_| told) {
            notice.evidence.insert(path.to_owned(), evidence.clone());
        }
    }
    let sender = NoticeSender {
        kind,
        name: own.name.or(common.name),
        organisation_number: own.organisation_number.or(common.organisation_number),
        contact_name: own.contact_name.or(common.contact_name),
        email: own.email.or(common.email),
        phone: own.phone.or(common.phone),
        // The number of the mail's own case, as case systems mark it in the subject, is that of all its rows.
        reference: own.reference.or(common.reference.filter(|_| marked)),
    };
    let bare = NoticeSender { kind: sender.kind, ..NoticeSender::default() };
    // That a landlord writes of unpaid rent need not be said; that an authority does, must.
    let implied = matches!(
        sender.kind,
        SenderKind::Landlord | SenderKind::TenantOwnerAssociation | SenderKind::Unknown
    );
    notice.sender = (sender != bare || !implied).then_some(sender);
}

/// Where to pay, when all were given notice and served, and the one month that is owed: said once, and less surely true of each.
fn for_all(notice: &mut Notice, record: &Record, said: &Notice) {
    let mut copied: Vec<&str> = Vec::new();
    if let (Some(arrears), Some(common)) = (notice.arrears.as_mut(), said.arrears.as_ref()) {
        if arrears.payment.is_none() && common.payment.is_some() {
            arrears.payment =
                common.payment.clone().map(|payment| Payment { ocr: None, ..payment });
            copied.extend(["/arrears/payment/bankgiro", "/arrears/payment/plusgiro"]);
        }
        if let ([], [month]) = (arrears.periods.as_slice(), common.periods.as_slice())
            && month.period.is_some()
        {
            arrears.periods = vec![ArrearsPeriod { amount: None, ..month.clone() }];
            copied.extend(["/arrears/periods/0/period", "/arrears/periods/0/dueOn"]);
        }
    }
    let own_days = record.any("terminatedOn") || record.any("servedOn");
    if notice.terminated_on.is_none() && !own_days && said.terminated_on.is_some() {
        notice.terminated_on = said.terminated_on;
        copied.push("/terminatedOn");
    }
    if notice.served_on.is_none() && !own_days && said.served_on.is_some() {
        notice.served_on = said.served_on;
        copied.push("/servedOn");
    }
    for path in copied {
        if let Some(evidence) = said.evidence.get(path) {
            let confidence = evidence.confidence.min(0.93);
            notice.evidence.insert(path.to_owned(), Evidence { confidence, ..evidence.clone() });
        }
    }
}

/// What a person must see because the row does not tell it.
pub(super) fn lacking(notice: &mut Notice) {
    let mut ask = |value: &str, fault: &str, path: &str| {
        notice.findings.push(super::super::remarks::finding(Severity::Error, value, fault, path))
    };
    if notice.persons.iter().all(|person| person.identity.is_none()) {
        ask("personIdentity", "notFound", "/persons");
    }
    if notice.persons.is_empty() && notice.dwelling.is_none() && notice.enforcement.is_none() {
        ask("row", "noOne", "");
    }
    if matches!(
        notice.kind,
        NoticeType::Supplement | NoticeType::Withdrawal | NoticeType::ChildConcern
    ) {
        ask("type", "forPerson", "/type");
    }
}

/// The only day in the titles is the list's own.
pub(super) fn issued(titles: &str, on: Date) -> Option<Date> {
    let mut days =
        titles.split([',', ' ', '\n']).filter_map(super::super::swedish::dates::read_date);
    let day = days.next().filter(|day| *day <= on)?;
    days.next().is_none().then_some(day)
}
