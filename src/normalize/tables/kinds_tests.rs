//! The words that name a kind, and those that look as if they did.

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

#[test]
fn figures_parts_of_words_and_what_is_denied_name_no_kind() {
    for (text, kind) in [
        ("Hyror 2026-12-25", Some(NoticeType::RentArrears)),
        ("Obetalda hyror 2026-07-23", Some(NoticeType::RentArrears)),
        ("Obetalda hyror, kontrakt 1225", Some(NoticeType::RentArrears)),
        ("Hyra ännu inte betald", Some(NoticeType::RentArrears)),
        ("Hyra, ej ännu helt betald", Some(NoticeType::RentArrears)),
        ("Hyresskulder inkl. påminnelseavgift", Some(NoticeType::RentArrears)),
        ("Obetalda hyror, Rutgårdens fastigheter", Some(NoticeType::RentArrears)),
        ("Obetalda årsavgifter", Some(NoticeType::TenantOwnedArrears)),
        ("Obetalda månadsavgifter", Some(NoticeType::TenantOwnedArrears)),
        ("7 kap. 23 § bostadsrättslagen", Some(NoticeType::TenantOwnedArrears)),
        ("12 kap. 44 § JB", Some(NoticeType::RentArrears)),
        ("12:25 a", Some(NoticeType::RentDisturbance)),
        ("Inte återkallad avhysning", Some(NoticeType::EvictionApplication)),
        ("Betald 2026-11-02", Some(NoticeType::Withdrawal)),
        ("Obetald elräkning", Some(NoticeType::ElectricityDebt)),
        ("Lista 2026-12-25", None),
    ] {
        assert_eq!(of_words(text).map(|(kind, _)| kind), kind, "{text}");
    }
}
