//! The words of the confirmation by mail: what the ordinance asks for, in Swedish, since Kronofogden reads it.

use crate::acknowledge::confirmation::Confirmation;
use crate::acknowledge::template;
use crate::domain::calendar::LocalTime;
use crate::domain::moment::Moment;
use crate::domain::notice::NoticeType;

/// The text: the municipality's own, else ours.
pub(super) fn text(
    confirmation: &Confirmation,
    local_time: &LocalTime,
    own: Option<&str>,
) -> String {
    let removal = confirmation.kind == NoticeType::RemovalScheduled;
    let matter = if removal { "tid för avlägsnande" } else { "tid för avhysning" };
    let contact = &confirmation.contact;
    let mut values = vec![
        (template::RECEIVER, format!("{}, {},", contact.organisation.sv, contact.board)),
        (template::MATTER, matter.to_owned()),
    ];
    if confirmation.version > 0 {
        let replaces = "Den här bekräftelsen ersätter den tidigare.";
        values.push((template::REPLACES, replaces.to_owned()));
    }
    if !confirmation.same_day {
        let late = "Bekräftelsen lämnas efter dagen då underrättelsen kom fram.";
        values.push((template::LATE, late.to_owned()));
    }
    let rows = rows(confirmation, local_time);
    let rows: Vec<(&str, &str)> =
        rows.iter().map(|(label, value)| (*label, value.as_str())).collect();
    template::fill(own.unwrap_or(include_str!("../texts/confirmation.sv.txt")), &rows, &values)
}

/// The table of what is confirmed.
fn rows(confirmation: &Confirmation, local_time: &LocalTime) -> Vec<(&'static str, String)> {
    let mut rows = Vec::new();
    if let Some(number) = &confirmation.case_number {
        rows.push(("Ert målnummer", number.clone()));
    }
    if let Some(at) = confirmation.starts_at.as_deref().and_then(Moment::parse) {
        rows.push(("Tid enligt underrättelsen", shown(at, local_time)));
    }
    if let Some(replaced) = &confirmation.replaces {
        let corrected = replaced.reference == confirmation.reference;
        let earlier = replaced.starts_at.as_deref().and_then(Moment::parse);
        let earlier = earlier.map(|at| shown(at, local_time));
        if !corrected || replaced.starts_at != confirmation.starts_at {
            rows.push(("Ersätter tiden", earlier.unwrap_or_else(|| "(inte läst)".to_owned())));
        }
        if let Some(number) = &replaced.case_number {
            rows.push(("Ersätter målnumret", number.clone()));
        }
        if !corrected {
            rows.push(("Vår beteckning på den tidigare", replaced.reference.to_string()));
        }
    }
    let clock = local_time.clock_of(confirmation.received_at);
    let caseworker = &confirmation.caseworker;
    rows.extend([
        ("Kom fram", format!("{} kl. {clock}", confirmation.arrival_date)),
        ("Vår beteckning", confirmation.reference.to_string()),
        ("Löpnummer", confirmation.number.to_string()),
        ("Ansvarig handläggare", caseworker.name.clone()),
        ("Enhet", caseworker.unit.clone()),
        ("Telefon", caseworker.telephone.clone()),
    ]);
    rows
}

fn shown(at: Moment, local_time: &LocalTime) -> String {
    let day = at.day(local_time);
    match at.instant() {
        Some(instant) => format!("{day} kl. {}", local_time.clock_of(instant)),
        None => day.to_string(),
    }
}
