//! Labels that nobody foresaw, and what they mean by their words and values.

use super::inferred::column;
use super::inferred::field;
use super::inferred::words;

#[test]
fn unforeseen_labels_mean_what_their_words_and_values_say() {
    let on = "2026-11-16".parse().unwrap();
    for (label, value, meant) in [
        ("DEBTOR_SSN_NO", "19850101-2382", Some("persons.0.identity.value")),
        ("tenant.personalId", "850101-2382", Some("persons.0.identity.value")),
        ("coTenant.personId", "850101-2382", Some("persons.1.identity.value")),
        ("landlordSsn", "850101-2382", None),
        ("contract.terminatedAt", "2026-11-12", Some("terminatedOn")),
        ("Delgivning skedde d.", "2026-11-12", Some("servedOn")),
        ("lease.terminationEffective", "2027-02-28", None),
        ("object.street", "Provgatan 3", Some("dwelling.street")),
        ("owner.street", "Provgatan 3", None),
        ("object.apt", "1102", Some("dwelling.apartmentNumber")),
        ("object.postcode", "21432", Some("dwelling.postalCode")),
        ("object.town", "Malmö", Some("dwelling.city")),
        ("arrears.total", "8 912,00", Some("arrears.amountToRecover")),
        ("interest.total", "12,00", None),
        ("tenant.name", "Testa Ek", Some("persons.0.name")),
        ("UNIT_NUM", "44-0017", Some("dwelling.objectNumber")),
        ("kids", "2", Some("~children")),
        ("var", "Provgatan 3", Some("dwelling.street")),
        ("nr", "3", None),
    ] {
        assert_eq!(field(label, value, on).as_deref(), meant, "{label}: {value}");
    }
    let streets = ["Provgatan 3", "Låtsasgatan 5", "Hittepåvägen 7"];
    assert_eq!(column("Var?", &streets, on).as_deref(), Some("dwelling.street"));
    assert_eq!(words("rentPeriod_FROM2"), ["rent", "period", "from", "2"]);
}
