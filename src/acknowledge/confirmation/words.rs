//! The words of the confirmation by mail: what the ordinance asks for, in Swedish, since Kronofogden reads it.

use crate::acknowledge::confirmation::Confirmation;
use crate::domain::calendar::LocalTime;
use crate::domain::moment::Moment;
use crate::domain::notice::NoticeType;

/// The text.
pub(super) fn text(confirmation: &Confirmation, local_time: &LocalTime) -> String {
    let removal = confirmation.kind == NoticeType::RemovalScheduled;
    let what = if removal { "tid för avlägsnande" } else { "tid för avhysning" };
    let clock = local_time.clock_of(confirmation.received_at);
    let mut text = format!(
        "Bekräftelse enligt 11 kap. 3 § socialtjänstförordningen (2025:468)\n\n{}, {}, har tagit emot er underrättelse om {what}.\n\n",
        confirmation.contact.organisation.sv, confirmation.contact.board
    );
    if confirmation.version > 0 {
        text.push_str("Den här bekräftelsen ersätter den tidigare.\n\n");
    }
    let mut row = |label: &str, value: &str| {
        let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        text.push_str(&format!("{label}: {value}\n"));
    };
    if let Some(number) = &confirmation.case_number {
        row("Ert målnummer", number);
    }
    if let Some(at) = confirmation.starts_at.as_deref().and_then(Moment::parse) {
        let day = at.day(local_time);
        let told = match at.instant() {
            Some(instant) => format!("{day} kl. {}", local_time.clock_of(instant)),
            None => day.to_string(),
        };
        row("Tid enligt underrättelsen", &told);
    }
    row("Kom fram", &format!("{} kl. {clock}", confirmation.arrival_date));
    row("Vår beteckning", confirmation.reference.as_str());
    row("Ansvarig handläggare", &confirmation.caseworker.name);
    row("Enhet", &confirmation.caseworker.unit);
    row("Telefon", &confirmation.caseworker.telephone);
    if !confirmation.same_day {
        text.push_str("\nBekräftelsen lämnas efter dagen då underrättelsen kom fram.\n");
    }
    text
}
