//! No letter to a wrong or a protected person: a table of notices, forged, misread and protected ones among them, each through the gates.

use crate::domain::acknowledgement::Purpose;
use crate::domain::notice::Notice;
use crate::domain::received::Format;
use crate::domain::thresholds::Thresholds;
use crate::pipeline::letters::gates;
use crate::pipeline::letters::gates::Case;
use crate::store::Protection;
use jiff::civil::date;
use serde_json::Value;
use serde_json::json;

/// Kronofogden's own, told field by field, proven, nobody protected: its letters leave.
fn good() -> Value {
    json!({
        "schemaVersion": "1.0", "type": "evictionScheduled",
        "sender": { "kind": "enforcementAuthority", "name": "Kronofogden" },
        "persons": [
            { "role": "tenant", "name": "Testa Testsson",
              "identity": { "kind": "personalIdentityNumber", "value": "198501012390" } },
            { "role": "coTenant", "name": "Provo Provberg",
              "identity": { "kind": "personalIdentityNumber", "value": "199001022384" } },
            { "role": "child", "name": "Barn Testsson",
              "identity": { "kind": "personalIdentityNumber", "value": "201601022385" } },
        ],
        "dwelling": { "street": "Exempelgatan 12", "postalCode": "21432", "city": "Malmö", "apartmentNumber": "1102" },
        "enforcement": { "caseNumber": "U-123456-26", "startsAt": "2026-12-24T09:00:00+01:00" },
    })
}

/// The same as the reader of free text tells it: each value with how sure it is.
fn read(confidence: f64) -> Value {
    let mut notice = good();
    let paths = [
        "/persons/0/name",
        "/persons/0/identity/value",
        "/persons/1/name",
        "/persons/1/identity/value",
        "/dwelling/street",
        "/dwelling/postalCode",
        "/dwelling/city",
        "/dwelling/apartmentNumber",
    ];
    for path in paths {
        notice["evidence"][path] =
            json!({ "source": "body", "quote": "", "confidence": confidence });
    }
    notice
}

/// How a notice came and what is known of it.
#[derive(Clone, Copy)]
struct Came {
    format: Format,
    proven: bool,
    in_review: bool,
    protection: Protection,
    thresholds: bool,
}

const WELL: Came = Came {
    format: Format::Json,
    proven: true,
    in_review: false,
    protection: Protection::NotProtected,
    thresholds: true,
};

fn judged(came: Came, notice: &Value) -> String {
    let notice: Notice = serde_json::from_value(notice.clone()).unwrap();
    let least = "kind = 0.9\nidentity = 0.95\naddress = 0.9\namount = 0.9\ntime = 0.9";
    let thresholds: Thresholds = toml::from_str(least).unwrap();
    let case = Case {
        notice: &notice,
        format: came.format,
        purpose: Purpose::Copy,
        sender_proven: came.proven,
        thresholds: came.thresholds.then_some(&thresholds),
        on: date(2026, 11, 3),
        in_review: came.in_review,
        protection: came.protection,
        overtaken: false,
        corrected: false,
    };
    gates::judge(&case).reason().unwrap_or_else(|| "leave".to_owned())
}

/// A notice with values put in, or taken out where they are null.
fn with(mut notice: Value, changes: &[(&str, Value)]) -> Value {
    for (path, value) in changes {
        let (parent, last) = path.rsplit_once('/').unwrap();
        let place = notice.pointer_mut(parent).unwrap_or_else(|| panic!("{path}"));
        match (place, value) {
            (Value::Object(members), Value::Null) => drop(members.remove(last)),
            (Value::Object(members), value) => drop(members.insert(last.to_owned(), value.clone())),
            (Value::Array(items), value) if last == "-" => items.push(value.clone()),
            (place, _) => panic!("{path}: {place}"),
        }
    }
    notice
}

fn finding(severity: &str, path: &str) -> Value {
    json!([{ "code": "personIdentity.checkDigit", "severity": severity, "path": path, "message": "It looks wrong." }])
}

#[test]
fn what_is_told_by_kronofogden_and_in_doubt_for_nobody_leaves() {
    assert_eq!(judged(WELL, &good()), "leave");
    for format in [Format::Xml, Format::Csv] {
        assert_eq!(judged(Came { format, ..WELL }, &good()), "leave");
    }
    // A letter read so surely that the municipality lets it go.
    let read_well = Came { format: Format::Mail, ..WELL };
    assert_eq!(judged(read_well, &read(0.97)), "leave");
    let alone = with(good(), &[("/persons", json!([good()["persons"][0]]))]);
    assert_eq!(judged(WELL, &alone), "leave");
}

#[test]
fn what_is_forged_or_not_proven_waits_for_a_person() {
    for (what, came, notice) in [
        ("a stranger's mail", Came { proven: false, format: Format::Mail, ..WELL }, read(0.99)),
        (
            "a landlord's API client that says it is Kronofogden",
            Came { proven: false, ..WELL },
            good(),
        ),
        (
            "a file in a partner's folder",
            Came { proven: false, format: Format::Csv, ..WELL },
            good(),
        ),
        (
            "a forged mail, which a person has yet to look at",
            Came { proven: false, in_review: true, format: Format::Mail, ..WELL },
            read(0.99),
        ),
    ] {
        let told = judged(came, &notice);
        assert!(told.starts_with("gate:") && told.contains("sender"), "{what}: {told}");
    }
    assert_eq!(judged(Came { in_review: true, ..WELL }, &good()), "gate:review");
    let unknown = Came { protection: Protection::Unknown, ..WELL };
    assert_eq!(judged(unknown, &good()), "gate:protection");
    let nothing = Came {
        proven: false,
        in_review: true,
        thresholds: false,
        format: Format::Pdf,
        protection: Protection::Unknown,
    };
    assert_eq!(judged(nothing, &read(0.5)), "gate:review+sender+identity+address+protection");
}

#[test]
fn what_was_misread_or_contradicts_itself_waits_for_a_person() {
    let identity = |value: &str| json!({ "kind": "personalIdentityNumber", "value": value });
    let rows: Vec<(&str, Vec<(&str, Value)>)> = vec![
        ("a digit was misread", vec![("/persons/0/identity", identity("198501012391"))]),
        ("a date that is none", vec![("/persons/0/identity", identity("198513012390"))]),
        ("ten digits", vec![("/persons/0/identity", identity("8501012390"))]),
        ("no number", vec![("/persons/1/identity", Value::Null)]),
        ("an empty number", vec![("/persons/1/identity", identity(""))]),
        (
            "a number of their own",
            vec![("/persons/0/identity", json!({ "kind": "other", "value": "T-17" }))],
        ),
        (
            "a coordination number without a date tells no age",
            vec![(
                "/persons/0/identity",
                json!({ "kind": "coordinationNumber", "value": "191500722390" }),
            )],
        ),
        ("a tenant who is a child", vec![("/persons/0/identity", identity("201901012391"))]),
        (
            "a co-tenant with a child's number",
            vec![("/persons/1/identity", identity("201601022385"))],
        ),
        (
            "two respondents with one number",
            vec![("/persons/1/identity", identity("198501012390"))],
        ),
        (
            "a child with the tenant's number",
            vec![("/persons/2/identity", identity("198501012390"))],
        ),
        (
            "an occupant with the co-tenant's number",
            vec![(
                "/persons/-",
                json!({ "role": "occupant", "identity": identity("199001022384") }),
            )],
        ),
        (
            "born on another day than the number says",
            vec![("/persons/0/bornOn", json!("1985-01-02"))],
        ),
        ("no name", vec![("/persons/0/name", Value::Null)]),
        ("an empty name", vec![("/persons/1/name", json!(""))]),
        ("nobody is a respondent", vec![("/persons", json!([good()["persons"][2]]))]),
        ("nobody at all", vec![("/persons", json!([]))]),
        (
            "a number that was found wrong",
            vec![("/findings", finding("warning", "/persons/0/identity"))],
        ),
        ("a person that was found wrong", vec![("/findings", finding("error", "/persons/1"))]),
    ];
    for (what, changes) in rows {
        assert_eq!(judged(WELL, &with(good(), &changes)), "gate:identity", "{what}");
    }
}

#[test]
fn what_has_no_whole_address_of_the_persons_own_waits_for_a_person() {
    let rows: Vec<(&str, Vec<(&str, Value)>)> = vec![
        ("no home", vec![("/dwelling", Value::Null)]),
        ("no street", vec![("/dwelling/street", Value::Null)]),
        ("no postal code", vec![("/dwelling/postalCode", Value::Null)]),
        ("no city", vec![("/dwelling/city", Value::Null)]),
        ("at somebody else's", vec![("/dwelling/careOf", json!("Annan Person"))]),
        (
            "a street that was found wrong",
            vec![("/findings", finding("warning", "/dwelling/street"))],
        ),
        ("a home that was found wrong", vec![("/findings", finding("warning", "/dwelling"))]),
    ];
    for (what, changes) in rows {
        assert_eq!(judged(WELL, &with(good(), &changes)), "gate:address", "{what}");
    }
    let elsewhere = with(good(), &[("/findings", finding("warning", "/persons/10"))]);
    assert_eq!(judged(WELL, &elsewhere), "leave");
}

#[test]
fn what_was_read_less_surely_than_the_municipality_demands_waits_for_a_person() {
    let mail = Came { format: Format::Mail, ..WELL };
    let unsure = |path: &str, confidence: f64| {
        let mut notice = read(0.99);
        notice["evidence"][path]["confidence"] = json!(confidence);
        notice
    };
    for (path, confidence, expected) in [
        ("/persons/0/name", 0.949, "gate:identity"),
        ("/persons/0/name", 0.95, "leave"),
        ("/persons/1/name", 0.6, "gate:identity"),
        ("/persons/0/identity/value", 0.9, "gate:identity"),
        ("/persons/1/identity/value", 0.94, "gate:identity"),
        ("/dwelling/street", 0.89, "gate:address"),
        ("/dwelling/street", 0.9, "leave"),
        ("/dwelling/postalCode", 0.5, "gate:address"),
        ("/dwelling/city", 0.8, "gate:address"),
        ("/dwelling/apartmentNumber", 0.7, "gate:address"),
    ] {
        assert_eq!(judged(mail, &unsure(path, confidence)), expected, "{path} {confidence}");
    }
    let without = |path: &str| {
        let mut notice = read(0.99);
        notice["evidence"].as_object_mut().unwrap().remove(path);
        notice
    };
    for (path, expected) in [
        ("/persons/0/name", "gate:identity"),
        ("/persons/1/identity/value", "gate:identity"),
        ("/dwelling/city", "gate:address"),
    ] {
        assert_eq!(judged(mail, &without(path)), expected, "{path} without evidence");
    }
    assert_eq!(judged(mail, &good()), "gate:identity+address", "free text without evidence");
    let no_thresholds = Came { thresholds: false, ..mail };
    assert_eq!(judged(no_thresholds, &read(1.0)), "gate:identity+address", "no thresholds");
}

#[test]
fn no_letter_is_made_where_somebody_is_protected_whatever_else_holds() {
    let text = |words: &str| vec![("/text", json!(words))];
    let rows: Vec<(&str, Vec<(&str, Value)>)> = vec![
        ("the tenant", vec![("/persons/0/protectedIdentity", json!(true))]),
        ("the co-tenant", vec![("/persons/1/protectedIdentity", json!(true))]),
        ("a child", vec![("/persons/2/protectedIdentity", json!(true))]),
        ("in words", text("Svaranden har skyddade personuppgifter.")),
        ("in words over two lines", text("Obs! skyddad\r\n  identitet")),
        ("in capitals", text("SEKRETESSMARKERING")),
        ("protected registration", text("skyddad folkbokföring")),
        ("its older name", text("kvarskrivning gäller")),
        ("a new identity", text("fingerade personuppgifter")),
        ("in English", text("The tenant has a protected identity")),
    ];
    for (what, changes) in rows {
        let notice = with(good(), &changes);
        assert_eq!(judged(WELL, &notice), "protected", "{what}");
        let asked = Came { proven: false, protection: Protection::Unknown, ..WELL };
        assert_eq!(judged(asked, &notice), "protected", "{what}, and the sender is not proven");
    }
    let by_source = Came { protection: Protection::Protected, ..WELL };
    assert_eq!(judged(by_source, &good()), "protected");
    assert_eq!(judged(Came { format: Format::Mail, ..by_source }, &read(0.99)), "protected");
}
