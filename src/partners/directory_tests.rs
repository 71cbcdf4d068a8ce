//! Partners' files: what is found by what, and what makes the whole set refused.

use super::Directory;
use super::Fault;

const LANDLORD: &str = r#"
name = "Bostadsbolaget Exempel"
kind = "landlord"
organisation_number = "556900-0002"
[mail]
addresses = ["Robot@System.example"]
domains = ["bolaget.example"]
automatic = true
"#;

fn parse(files: &[(&str, &str)]) -> Result<Directory, Vec<Fault>> {
    let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), Ok((*text).to_owned()));
    Directory::parse(files.iter().map(owned).collect::<Vec<_>>())
}

#[test]
fn a_partner_is_found_by_address_domain_subdomain_and_client() {
    let text = LANDLORD.replace("[mail]", "api_clients = [\"fastighetssystem\"]\n[mail]");
    let directory = parse(&[("bolaget.toml", &text)]).unwrap();
    for address in ["robot@system.example", "anna@bolaget.example", "x@post.Bolaget.Example"] {
        let found = directory.by_address(address).map(|partner| partner.id.as_str());
        assert_eq!(found, Some("bolaget"), "{address}");
    }
    for address in ["anna@system.example", "x@ebolaget.example", "bolaget.example", ""] {
        assert!(directory.by_address(address).is_none(), "{address}");
    }
    assert!(directory.by_client("bolaget").is_some());
    assert!(directory.by_client("fastighetssystem").is_some());
    assert!(directory.by_client("another").is_none());
}

#[test]
fn the_nearest_domain_wins() {
    let part = "name = \"Del\"\nkind = \"agent\"\n[mail]\ndomains = [\"del.bolaget.example\"]";
    let directory = parse(&[("bolaget.toml", LANDLORD), ("del.toml", part)]).unwrap();
    assert_eq!(directory.by_address("a@del.bolaget.example").unwrap().id, "del");
    assert_eq!(directory.by_address("a@bolaget.example").unwrap().id, "bolaget");
}

#[test]
fn every_fault_of_every_file_is_told_and_nothing_is_taken() {
    let bad = r#"
        name = " "
        kind = "landlord"
        organisation_number = "5569000003"
        doors = []
        [mail]
        addresses = ["nobody"]
        domains = ["gmail.com", "*.example"]
        [receipts]
        to = "nowhere"
        [limits]
        receipts_per_hour = 0
    "#;
    let faults = parse(&[
        ("bad.toml", bad),
        ("Upper.toml", LANDLORD),
        ("broken.toml", "name = "),
        ("word.toml", "name = \"x\"\nkind = \"hyresvärd\""),
        ("key.toml", "name = \"x\"\nkind = \"landlord\"\ncolour = \"blue\""),
    ])
    .unwrap_err();
    let told: Vec<(&str, &str)> =
        faults.iter().map(|fault| (fault.file.as_str(), fault.key.as_str())).collect();
    for expected in [
        ("bad.toml", "name"),
        ("bad.toml", "organisation_number"),
        ("bad.toml", "doors"),
        ("bad.toml", "mail.addresses"),
        ("bad.toml", "mail.domains"),
        ("bad.toml", "receipts.to"),
        ("bad.toml", "limits.receipts_per_hour"),
        ("Upper.toml", ""),
        ("broken.toml", ""),
        ("word.toml", ""),
        ("key.toml", ""),
    ] {
        assert!(told.contains(&expected), "{expected:?} in {told:?}");
    }
    assert_eq!(told.len(), 12, "{told:?}");
}

#[test]
fn two_partners_cannot_have_one_address() {
    let other = "name = \"Annan\"\nkind = \"agent\"\napi_clients = [\"bolaget\"]\n[mail]\naddresses = [\"robot@system.example\"]";
    let faults = parse(&[("annan.toml", other), ("bolaget.toml", LANDLORD)]).unwrap_err();
    let keys: Vec<&str> = faults.iter().map(|fault| fault.key.as_str()).collect();
    assert_eq!(keys, ["mail.addresses", "api_clients"]);
    assert!(faults[0].to_string().contains("annan.toml"));
}

#[test]
fn the_example_that_we_ship_is_a_partner() {
    let directory = parse(&[(
        "exempelbolaget.toml",
        include_str!("../../config/partners/exempelbolaget.toml"),
    )])
    .unwrap();
    assert_eq!(directory.by_client("fastighetssystem").unwrap().id, "exempelbolaget");
}
