//! What a row, a heading or a sheet's name says that its notices are: by whole words and the statutes that are named, never by parts of words.

use super::columns::Columns;
use super::kind_words::Words;
use super::vocabulary;
use crate::domain::labels::folded;
use crate::domain::notice::NoticeType;

/// The kind that a few words name: `HYRA`, `AVHYSNING INSTÄLLD`, `Termination - arrears`, `Hyresskuld v. 47`.
pub(super) fn of_words(text: &str) -> Option<(NoticeType, f64)> {
    if let Some(word) = super::super::csv_words::word("type", text) {
        return NoticeType::parse(word).map(|kind| (kind, 0.98));
    }
    if let Some(kind) = NoticeType::parse(text.trim()) {
        return Some((kind, 0.98));
    }
    let words = Words::of(text);
    of_event(&words).or_else(|| of_breach(&words)).or_else(|| of_debt(&words))
}

/// Words for what happens in a case, whatever it is about.
fn of_event(words: &Words) -> Option<(NoticeType, f64)> {
    let eviction =
        words.begin(&["avhysning", "vrakning", "eviction", "verkstallighet", "forrattning"]);
    let over = words.affirm(&[
        "betald",
        "betalt",
        "betalat",
        "reglera",
        "slutbetal",
        "slutregler",
        "fullbetal",
        "avslut",
        "aterkall",
        "settled",
        "withdrawn",
        "withdrawal",
        "makuler",
        "utgar",
        "utgatt",
        "paid",
    ]) && !words.begin(&["obetal", "delbetal", "oreglera"]);
    if words.begin(&["avlagsn", "removal"]) {
        Some(match words.begin(&["tid", "dag", "datum", "time", "scheduled"]) {
            true => (NoticeType::RemovalScheduled, 0.97),
            false => (NoticeType::RemovalApplication, 0.96),
        })
    } else if eviction || words.begin(&["anstand", "uppskov"]) {
        Some(of_eviction(words))
    } else if words.begin(&["oroanmal", "orosanmal", "childconcern"])
        || words.follow(&["child concern"])
    {
        Some((NoticeType::ChildConcern, 0.97))
    } else if over {
        Some((NoticeType::Withdrawal, 0.97))
    } else if words.begin(&["komplettering", "supplement", "tillagg"]) {
        Some((NoticeType::Supplement, 0.96))
    } else {
        None
    }
}

/// Words for what a tenant has done that is no debt of rent.
fn of_breach(words: &Words) -> Option<(NoticeType, f64)> {
    let pick = |rented, owned| if words.owned() { owned } else { rented };
    let copy = words.follow(&[
        "kopia av uppsagning",
        "uppsagning kopia",
        "uppsagningskopia",
        "termination copy",
        "copy of termination",
        "sarskilt allvarlig",
        "sarskilt allvarliga",
    ]) || words.begin(&["kopiaavuppsagning", "uppsagningkopia", "terminationcopy"]);
    let disturbance = words.disturbance
        || words.owned_disturbance
        || words.begin(&["storning", "disturb", "nuisance", "vanskotsel", "rattelseanm"]);
    if words.begin(&["andrahand", "sublet"]) {
        Some((NoticeType::UnlawfulSublet, 0.96))
    } else if copy {
        let kind = pick(NoticeType::RentTerminationCopy, NoticeType::TenantOwnedTerminationCopy);
        Some((kind, 0.96))
    } else if disturbance || words.whole == "stor" {
        Some((pick(NoticeType::RentDisturbance, NoticeType::TenantOwnedDisturbance), 0.97))
    } else if words.begin(&[
        "elskuld",
        "bortkoppl",
        "elavgift",
        "elnat",
        "franskoppl",
        "frankoppl",
        "electric",
        "elhandel",
        "elrakning",
        "elfaktur",
        "elabonne",
        "elavtal",
        "stromavst",
        "elavst",
        "disconnect",
    ]) {
        Some((NoticeType::ElectricityDebt, 0.97))
    } else if words.begin(&["hyrestvist"]) || words.follow(&["rent tribunal"]) {
        Some((NoticeType::RentTribunalDispute, 0.97))
    } else {
        None
    }
}

/// Words for rent or a fee that is owed.
fn of_debt(words: &Words) -> Option<(NoticeType, f64)> {
    let owned = words.owned();
    let unpaid = words.begin(&["obetal", "skuld", "arrears", "unpaid"]);
    let fee = words.owned_arrears
        || unpaid
        || matches!(
            words.whole.as_str(),
            "brf" | "brl" | "avgift" | "arsavgift" | "arsavgifter" | "avgifter" | "bostadsratt"
        );
    let rent = words.arrears
        || unpaid
        || words.begin(&["hyresskuld", "forsummad", "forfallen", "hyresford", "hyresrest", "restlista"])
        || matches!(
            words.whole.as_str(),
            "hyra" | "hyror" | "rent" | "debt" | "uppsagning" | "uppsagd" | "hyresratt"
        )
        // `Hyror 2026-11`, `Hyra, ej ännu helt betald`.
        || (words.begin(&["hyra", "hyror", "hyrorna"])
            && (words.letters() <= 3 || words.begin(&["betal"])))
        || words.words.iter().any(|word| word.contains("skuld") && word.contains("hyr"));
    match owned {
        true if fee || rent => Some((NoticeType::TenantOwnedArrears, 0.97)),
        false if rent => Some((NoticeType::RentArrears, 0.97)),
        true | false => None,
    }
}

fn of_eviction(words: &Words) -> (NoticeType, f64) {
    if words.affirm(&[
        "installd",
        "installt",
        "aterkall",
        "anstand",
        "uppskov",
        "uppskjut",
        "andrad",
        "cancel",
        "postpon",
        "withdrawn",
        "avbruten",
        "avbruts",
    ]) {
        return (NoticeType::EvictionChanged, 0.97);
    }
    if words.affirm(&["verkstalld", "genomford", "executed", "avhyst"])
        || words.follow(&["carried out"])
    {
        return (NoticeType::EvictionExecuted, 0.97);
    }
    if words.begin(&["ansok", "application", "applied"]) {
        return (NoticeType::EvictionApplication, 0.97);
    }
    if words.begin(&[
        "tid",
        "dag",
        "datum",
        "bestamd",
        "planerad",
        "scheduled",
        "time",
        "bokad",
        "forrattningstid",
        "avhysningsdag",
        "avhysningstid",
    ]) {
        return (NoticeType::EvictionScheduled, 0.97);
    }
    (NoticeType::EvictionApplication, 0.85)
}

/// What the outcome of a changed eviction is called in the schema.
pub(super) fn outcome(text: &str) -> Option<&'static str> {
    let words = folded(text);
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    if says(&["aterkall", "withdrawn"]) {
        Some("withdrawn")
    } else if says(&["installd", "cancel"]) {
        Some("cancelled")
    } else if says(&["anstand", "uppskov", "uppskjut", "postpon"]) {
        Some("postponed")
    } else if says(&["verkstalld", "genomford", "executed"]) {
        Some("executed")
    } else {
        None
    }
}

/// The kind that columns alone tell of, with how sure that is.
pub(super) fn of_columns(columns: &Columns) -> Option<(NoticeType, f64)> {
    let owned = columns.says("medlem")
        || columns.says("bostadsratt")
        || columns.says("arsavgift")
        || columns.says("forening");
    let pick = |rented, owned_kind| if owned { owned_kind } else { rented };
    if columns.has("disconnectAfter") || columns.says("elskuld") || columns.says("elavgift") {
        return Some((NoticeType::ElectricityDebt, 0.96));
    }
    if columns.has("enforcement.startsAt") {
        let plain = columns.has(vocabulary::CLOCK) && columns.has("enforcement.caseNumber");
        return Some((NoticeType::EvictionScheduled, if plain { 0.96 } else { 0.93 }));
    }
    if columns.has("enforcement.executedAt") {
        return Some((NoticeType::EvictionExecuted, 0.93));
    }
    if columns.incidents {
        return Some((pick(NoticeType::RentDisturbance, NoticeType::TenantOwnedDisturbance), 0.95));
    }
    if columns.has("arrears.") || columns.has("~balance") || columns.has("~month:") {
        return Some((pick(NoticeType::RentArrears, NoticeType::TenantOwnedArrears), 0.95));
    }
    None
}

/// The same kind where the home is tenant-owned.
pub(super) fn as_owned(kind: NoticeType) -> NoticeType {
    match kind {
        NoticeType::RentArrears => NoticeType::TenantOwnedArrears,
        NoticeType::RentDisturbance => NoticeType::TenantOwnedDisturbance,
        NoticeType::RentTerminationCopy => NoticeType::TenantOwnedTerminationCopy,
        NoticeType::TenantOwnedArrears
        | NoticeType::TenantOwnedDisturbance
        | NoticeType::TenantOwnedTerminationCopy
        | NoticeType::UnlawfulSublet
        | NoticeType::ElectricityDebt
        | NoticeType::RentTribunalDispute
        | NoticeType::EvictionApplication
        | NoticeType::EvictionScheduled
        | NoticeType::RemovalApplication
        | NoticeType::RemovalScheduled
        | NoticeType::EvictionChanged
        | NoticeType::EvictionExecuted
        | NoticeType::ChildConcern
        | NoticeType::Supplement
        | NoticeType::Withdrawal
        | NoticeType::Unknown => kind,
    }
}

#[cfg(test)]
#[path = "kinds_tests.rs"]
mod tests;
