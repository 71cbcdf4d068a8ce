//! What a row, a heading or a sheet's name says that its notices are.

use super::columns::Columns;
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
    let words = folded(text);
    of_event(&words).or_else(|| of_breach(&words)).or_else(|| of_debt(&words))
}

fn says(words: &str, list: &[&str]) -> bool {
    list.iter().any(|word| words.contains(word))
}

/// Whether folded words speak of a tenant-owned home.
fn is_owned(words: &str) -> bool {
    says(words, &["brf", "bostadsratt", "723", "arsavgift", "avgift", "medlem", "tenantowned"])
        || words == "brl"
}

/// Words for what happens in a case, whatever it is about.
fn of_event(words: &str) -> Option<(NoticeType, f64)> {
    let says = |list: &[&str]| says(words, list);
    let eviction = says(&["avhysning", "vrakning", "eviction", "verkstallighet", "forrattning"]);
    let over = says(&[
        "betald",
        "betalt",
        "reglera",
        "slutbetal",
        "avslut",
        "aterkall",
        "settled",
        "withdrawn",
        "withdrawal",
        "makuler",
        "utgar",
    ]) && !says(&["obetal", "ejbetal", "delbetal", "ejregler"]);
    if says(&["avlagsn", "removal"]) {
        Some(match says(&["tid", "dag", "datum", "time", "scheduled"]) {
            true => (NoticeType::RemovalScheduled, 0.97),
            false => (NoticeType::RemovalApplication, 0.96),
        })
    } else if eviction || says(&["anstand", "uppskov"]) {
        Some(of_eviction(words))
    } else if says(&["oroanmal", "orosanmal", "childconcern"]) {
        Some((NoticeType::ChildConcern, 0.97))
    } else if over {
        Some((NoticeType::Withdrawal, 0.97))
    } else if says(&["komplettering", "supplement", "tillagg"]) {
        Some((NoticeType::Supplement, 0.96))
    } else {
        None
    }
}

/// Words for what a tenant has done that is no debt of rent.
fn of_breach(words: &str) -> Option<(NoticeType, f64)> {
    let says = |list: &[&str]| says(words, list);
    let pick = |rented, owned| if is_owned(words) { owned } else { rented };
    let copy = &[
        "kopiaavuppsagning",
        "uppsagningkopia",
        "terminationcopy",
        "copyoftermination",
        "sarskiltallvarlig",
    ];
    let disturbance =
        &["storning", "disturb", "nuisance", "1225", "79brl", "vanskotsel", "rattelseanm"];
    if says(&["andrahand", "sublet"]) {
        Some((NoticeType::UnlawfulSublet, 0.96))
    } else if says(copy) {
        let kind = pick(NoticeType::RentTerminationCopy, NoticeType::TenantOwnedTerminationCopy);
        Some((kind, 0.96))
    } else if says(disturbance) || words == "stor" {
        Some((pick(NoticeType::RentDisturbance, NoticeType::TenantOwnedDisturbance), 0.97))
    } else if says(&["elskuld", "elavgift", "elnat", "franskoppling", "electric", "elhandel"]) {
        Some((NoticeType::ElectricityDebt, 0.97))
    } else if says(&["hyrestvist", "renttribunal"]) {
        Some((NoticeType::RentTribunalDispute, 0.97))
    } else {
        None
    }
}

/// Words for rent or a fee that is owed.
fn of_debt(words: &str) -> Option<(NoticeType, f64)> {
    let owned = is_owned(words);
    let fee = says(words, &["723", "obetal", "skuld", "arrears"])
        || matches!(words, "brf" | "brl" | "avgift" | "arsavgift" | "avgifter" | "bostadsratt");
    let rent = says(
        words,
        &[
            "hyresskuld",
            "obetald",
            "obetalt",
            "skuld",
            "1244",
            "arrears",
            "unpaid",
            "forsummad",
            "forfallen",
            "hyresford",
        ],
    ) || matches!(
        words,
        "hyra" | "hyror" | "rent" | "debt" | "uppsagning" | "uppsagd" | "hyresratt"
    );
    match owned {
        true if fee || rent => Some((NoticeType::TenantOwnedArrears, 0.97)),
        false if rent => Some((NoticeType::RentArrears, 0.97)),
        true | false => None,
    }
}

fn of_eviction(words: &str) -> (NoticeType, f64) {
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    if says(&[
        "installd",
        "aterkall",
        "anstand",
        "uppskov",
        "uppskjut",
        "andrad",
        "cancel",
        "postpon",
        "withdrawn",
        "avbruten",
    ]) {
        return (NoticeType::EvictionChanged, 0.97);
    }
    if says(&["verkstalld", "genomford", "executed", "avhyst", "carriedout"]) {
        return (NoticeType::EvictionExecuted, 0.97);
    }
    if says(&["ansok", "application", "applied"]) {
        return (NoticeType::EvictionApplication, 0.97);
    }
    if says(&["tid", "dag", "datum", "bestamd", "planerad", "scheduled", "time", "bokad"]) {
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
    if columns.has("disconnectAfter") {
        return Some((NoticeType::ElectricityDebt, 0.96));
    }
    if columns.has("enforcement.startsAt") {
        return Some((NoticeType::EvictionScheduled, 0.93));
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
mod tests {
    use super::of_words;
    use super::outcome;
    use crate::domain::notice::NoticeType;

    #[test]
    fn a_few_words_name_a_kind() {
        for (text, kind) in [
            ("HYRA", NoticeType::RentArrears),
            ("BRF", NoticeType::TenantOwnedArrears),
            ("STORNING", NoticeType::RentDisturbance),
            ("Warning - disturbance", NoticeType::RentDisturbance),
            ("Termination - arrears", NoticeType::RentArrears),
            ("AVHYSNING TID", NoticeType::EvictionScheduled),
            ("AVHYSNING INSTÄLLD", NoticeType::EvictionChanged),
            ("Ansökan om avhysning", NoticeType::EvictionApplication),
            ("BETALD", NoticeType::Withdrawal),
            ("V47 hyresskuld", NoticeType::RentArrears),
            ("Störningslogg v46", NoticeType::RentDisturbance),
            ("MEDDELANDE SOCIALNAMND 12:44", NoticeType::RentArrears),
            ("MEDDELANDE SOCIALNAMND 7:23", NoticeType::TenantOwnedArrears),
            ("AVSLUT", NoticeType::Withdrawal),
            ("Obetalda hyror", NoticeType::RentArrears),
        ] {
            assert_eq!(of_words(text).map(|(kind, _)| kind), Some(kind), "{text}");
        }
        for text in ["Blad1", "", "Export", "Malmö", "Storgatan 5", "Underrättelser"] {
            assert_eq!(of_words(text), None, "{text}");
        }
        assert_eq!(outcome("AVHYSNING INSTÄLLD"), Some("cancelled"));
    }
}
