//! The Swedish words that spreadsheets use where the schema has a word of its own.

use super::csv_columns::folded;

const TYPES: &[(&str, &str)] = &[
    ("hyresskuld", "rentArrears"),
    ("obetaldhyra", "rentArrears"),
    ("forsummadhyra", "rentArrears"),
    ("storning", "rentDisturbance"),
    ("storningar", "rentDisturbance"),
    ("kopiaavuppsagning", "rentTerminationCopy"),
    ("obetaldavgift", "tenantOwnedArrears"),
    ("obetaldarsavgift", "tenantOwnedArrears"),
    ("storningbostadsratt", "tenantOwnedDisturbance"),
    ("kopiaavuppsagningbostadsratt", "tenantOwnedTerminationCopy"),
    ("andrahand", "unlawfulSublet"),
    ("olovligandrahand", "unlawfulSublet"),
    ("elskuld", "electricityDebt"),
    ("hyrestvist", "rentTribunalDispute"),
    ("ansokanomavhysning", "evictionApplication"),
    ("tidforavhysning", "evictionScheduled"),
    ("ansokanomavlagsnande", "removalApplication"),
    ("tidforavlagsnande", "removalScheduled"),
    ("andradavhysning", "evictionChanged"),
    ("verkstalldavhysning", "evictionExecuted"),
    ("orosanmalan", "childConcern"),
    ("komplettering", "supplement"),
    ("aterkallelse", "withdrawal"),
];

const SENDERS: &[(&str, &str)] = &[
    ("hyresvard", "landlord"),
    ("bostadsrattsforening", "tenantOwnerAssociation"),
    ("forening", "tenantOwnerAssociation"),
    ("kronofogden", "enforcementAuthority"),
    ("hyresnamnden", "rentTribunal"),
    ("elbolag", "energyCompany"),
    ("elnatsbolag", "energyCompany"),
    ("kommunen", "municipalDepartment"),
    ("ombud", "agent"),
    ("inkasso", "agent"),
    ("privatperson", "private"),
];

const TENURES: &[(&str, &str)] =
    &[("hyresratt", "rental"), ("bostadsratt", "tenantOwned"), ("andrahand", "secondHand")];

const ROLES: &[(&str, &str)] = &[
    ("hyresgast", "tenant"),
    ("bostadsrattshavare", "tenant"),
    ("medhyresgast", "coTenant"),
    ("inneboende", "occupant"),
    ("boende", "occupant"),
    ("barn", "child"),
    ("godman", "representative"),
    ("forvaltare", "representative"),
    ("ombud", "representative"),
];

const OUTCOMES: &[(&str, &str)] = &[
    ("uppskjuten", "postponed"),
    ("anstand", "postponed"),
    ("uppskov", "postponed"),
    ("installd", "cancelled"),
    ("aterkallad", "withdrawn"),
    ("verkstalld", "executed"),
];

/// The schema's word for what stands in a column; `None` where the cell is to be read as it is.
pub(super) fn word(path: &str, cell: &str) -> Option<&'static str> {
    let words = match path {
        "type" => TYPES,
        "sender.kind" => SENDERS,
        "dwelling.tenure" => TENURES,
        "enforcement.outcome" => OUTCOMES,
        path if path.starts_with("persons.") && path.ends_with(".role") => ROLES,
        _ => return None,
    };
    let cell = folded(cell);
    words.iter().find(|(name, _)| *name == cell).map(|(_, word)| *word)
}
