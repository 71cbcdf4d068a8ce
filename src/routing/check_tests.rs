//! A profile's faults are told all at once, each with its key.

use crate::domain::notice::NoticeType;
use crate::routing::profile::Profile;

/// A whole profile with one unit; `{}` marks where more can be put.
fn minimal() -> String {
    let mut toml = String::from(
        r#"
name = "Exempelkommun"
municipality_code = "9999"
reference_prefix = "EX"
[[boards]]
id = "namnd"
name = "Socialnämnden"
[[units]]
id = "mottagning"
name = "Mottagningen"
board = "namnd"
[contact]
telephone = "000-00 00 00"
email = "avhysning@exempel.example"
organisation_sv = "Exempelkommun"
organisation_en = "Municipality of Exempel"
[default]
unit = "mottagning"
"#,
    );
    for kind in NoticeType::ALL {
        let section =
            format!("[codes.{}]\nintake_type = \"A\"\nreason_code = \"B\"\n", kind.as_str());
        toml.push_str(&section);
    }
    toml
}

fn keys(toml: &str) -> Vec<String> {
    match Profile::parse(toml) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.0.into_iter().map(|fault| fault.key).collect(),
    }
}

#[test]
fn a_small_profile_has_no_faults_and_its_defaults() {
    let profile = Profile::parse(&minimal()).expect("a profile");
    assert_eq!(profile.urgent_within_days, 5);
    assert!(!profile.policies.entry_per_adult && profile.rules.is_empty());
}

#[test]
fn all_faults_are_told_at_once() {
    let toml = minimal()
        .replace("\"9999\"", "\"99\"")
        .replace("\"EX\"", "\"EXIL\"")
        .replace("avhysning@exempel.example", "avhysning")
        .replace("board = \"namnd\"", "board = \"nämnden\"")
        .replace(
            "[default]\nunit = \"mottagning\"",
            "[default]\nunit = \"nowhere\"\nroutine = \"none\"",
        )
        .replace("[codes.withdrawal]", "[codes.withdrawn]")
        + r#"
[[rules]]
name = "wrong words"
types = ["rentArrears", "arrears"]
senders = ["bank"]
children = ["maybe"]
postal_codes = ["2l4"]
unit = "elsewhere"
co_units = ["mottagning", "nobody"]
priority = "high"
[[rules]]
name = "no condition"
unit = "mottagning"
"#;
    let keys = keys(&toml);
    for key in [
        "municipality_code",
        "reference_prefix",
        "contact.email",
        "units[0].board",
        "default.unit",
        "default.routine",
        "codes.withdrawn",
        "codes.withdrawal",
        "rules[0].types",
        "rules[0].senders",
        "rules[0].children",
        "rules[0].postal_codes",
        "rules[0].unit",
        "rules[0].co_units",
        "rules[0].priority",
        "rules[1]",
    ] {
        assert!(keys.iter().any(|told| told == key), "{key} in {keys:?}");
    }
    assert_eq!(keys.len(), 16, "{keys:?}");
}

#[test]
fn what_is_missing_is_told() {
    let toml = minimal().replace("[default]\nunit = \"mottagning\"", "").replace(
        "[codes.rentArrears]\nintake_type = \"A\"\nreason_code = \"B\"\n",
        "[codes.rentArrears]\nintake_type = \"A\"\nreason_code = \" \"\n",
    );
    assert_eq!(keys(&toml), ["codes.rentArrears", "default"]);
}

#[test]
fn districts_and_functions_must_fit_together() {
    let toml = minimal()
        + r#"
[[districts]]
id = "norr"
name = "Norr"
postal_codes = ["11"]
[[districts]]
id = "Söder"
name = "Söder"
postal_codes = ["11"]
[[units]]
id = "vuxen-norr"
name = "Vuxen Norr"
board = "namnd"
function = "vuxen"
district = "norr"
[[units]]
id = "vuxen-norr"
name = "Vuxen Norr"
board = "namnd"
function = "vuxen"
district = "norr"
[[units]]
id = "barn"
name = "Barn"
board = "namnd"
function = "mottagning"
"#;
    let keys = keys(&toml);
    for key in [
        "districts[1].id",
        "districts[1].postal_codes",
        "units[2].id",
        "units[2].function",
        "units[3].function",
        "units[3].district",
        "units",
    ] {
        assert!(keys.iter().any(|told| told == key), "{key} in {keys:?}");
    }
}

#[test]
fn an_unknown_key_and_broken_toml_are_told_with_their_line() {
    let faults = Profile::parse(&minimal().replace("name = \"Exempelkommun\"", "names = \"X\""));
    let text = faults.expect_err("a fault").to_string();
    assert!(text.contains("line 2") && text.contains("names"), "{text}");
    assert!(Profile::parse("name = ").is_err());
}
