//! The two cities' profiles, held against a table of notices: the same code, other files.

use crate::domain::assignment::Assignment;
use crate::domain::assignment::Routine;
use crate::domain::masked::Masked;
use crate::domain::notice::Children;
use crate::domain::notice::Dwelling;
use crate::domain::notice::Known;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeSender;
use crate::domain::notice::NoticeType;
use crate::domain::notice::SenderKind;
use crate::routing::profile::Profile;
use crate::routing::route;
use jiff::civil::Date;
use jiff::civil::date;

const MALMO: &str = include_str!("../../config/malmo.toml");
const GOTEBORG: &str = include_str!("../../config/goteborg.toml");

fn on() -> Date {
    date(2026, 11, 3)
}

fn profile(toml: &str) -> Profile {
    Profile::parse(toml).expect("a profile without faults")
}

fn notice(kind: NoticeType, children: Known, postal_code: &str) -> Notice {
    let mut notice = Notice::of(kind);
    notice.children = Some(Children { known: children, ..Children::default() });
    notice.dwelling =
        Some(Dwelling { postal_code: Some(Masked::new(postal_code)), ..Dwelling::default() });
    notice
}

fn from(sender: SenderKind, mut notice: Notice) -> Notice {
    notice.sender = Some(NoticeSender { kind: sender, ..NoticeSender::default() });
    notice
}

#[test]
fn malmo_has_one_board_and_sends_families_to_their_section() {
    let malmo = profile(MALMO);
    assert_eq!((malmo.boards.len(), malmo.reference_prefix.as_str()), (1, "AVH"));
    let table = [
        (
            NoticeType::RentArrears,
            Known::No,
            "boende-mottagning",
            Routine::HouseholdWithoutChildren,
            "Hyresskuld",
        ),
        (
            NoticeType::RentArrears,
            Known::Unknown,
            "boende-mottagning",
            Routine::Unknown,
            "Hyresskuld",
        ),
        (
            NoticeType::RentArrears,
            Known::Yes,
            "barn-och-familj",
            Routine::FamilyWithChildren,
            "Hyresskuld",
        ),
        (
            NoticeType::ChildConcern,
            Known::Yes,
            "barn-och-familj",
            Routine::FamilyWithChildren,
            "Oro för barn",
        ),
        (
            NoticeType::EvictionScheduled,
            Known::No,
            "boende-mottagning",
            Routine::Enforcement,
            "Avhysning",
        ),
        (
            NoticeType::Unknown,
            Known::Unknown,
            "boende-mottagning",
            Routine::Unknown,
            "Övrigt boende",
        ),
    ];
    for (kind, children, unit, routine, reason) in table {
        let assignment = route(&malmo, &notice(kind, children, "214 00"), on());
        assert_eq!(assignment.board, "asn");
        assert_eq!((assignment.unit.as_str(), assignment.routine), (unit, routine), "{kind:?}");
        assert_eq!(assignment.reason_code, reason, "{kind:?}");
    }
}

#[test]
fn goteborg_routes_by_district_and_routine() {
    let goteborg = profile(GOTEBORG);
    assert_eq!((goteborg.boards.len(), goteborg.districts.len()), (4, 4));
    let (yes, no, unknown) = (Known::Yes, Known::No, Known::Unknown);
    let table = [
        (
            NoticeType::RentArrears,
            yes,
            "415 01",
            "nordost: vuxen-nordost +barn-nordost +bistand-nordost",
        ),
        (NoticeType::RentArrears, no, "41101", "centrum: vuxen-centrum +bistand-centrum"),
        (NoticeType::RentDisturbance, unknown, "42101", "sydvast: vuxen-sydvast +bistand-sydvast"),
        (
            NoticeType::EvictionScheduled,
            yes,
            "41701",
            "hisingen: vuxen-hisingen +barn-hisingen +bistand-hisingen",
        ),
        (
            NoticeType::EvictionApplication,
            no,
            "41701",
            "hisingen: vuxen-hisingen +bistand-hisingen",
        ),
        (NoticeType::ChildConcern, yes, "41501", "nordost: barn-nordost +vuxen-nordost"),
        (NoticeType::RentArrears, yes, "99999", "centrum: mottagning"),
        (NoticeType::RentArrears, yes, "", "centrum: mottagning"),
    ];
    for (kind, children, code, expected) in table {
        let assignment = route(&goteborg, &notice(kind, children, code), on());
        let mut told = format!("{}: {}", assignment.board, assignment.unit);
        for co_unit in &assignment.co_units {
            told = format!("{told} +{co_unit}");
        }
        assert_eq!(told, expected, "{kind:?}");
    }
}

#[test]
fn goteborg_has_three_routines_and_one_for_what_is_not_known() {
    let table = [
        (NoticeType::RentArrears, Known::Yes, Routine::FamilyWithChildren),
        (NoticeType::RentArrears, Known::No, Routine::HouseholdWithoutChildren),
        (NoticeType::RentArrears, Known::Unknown, Routine::Unknown),
        (NoticeType::EvictionScheduled, Known::Yes, Routine::Enforcement),
        (NoticeType::EvictionExecuted, Known::No, Routine::Enforcement),
    ];
    for (kind, children, routine) in table {
        let assignment = route(&profile(GOTEBORG), &notice(kind, children, "41501"), on());
        assert_eq!(assignment.routine, routine, "{kind:?} {children:?}");
    }
}

#[test]
fn goteborg_has_five_orsakskoder_and_a_type_by_sender() {
    let goteborg = profile(GOTEBORG);
    let table = [
        (NoticeType::ElectricityDebt, SenderKind::EnergyCompany, "Underrättelse", "Elskulder"),
        (
            NoticeType::RentArrears,
            SenderKind::Landlord,
            "Underrättelse",
            "Obetalda hyresskulder/obetalda hyror",
        ),
        (
            NoticeType::RentArrears,
            SenderKind::Private,
            "Anmälan",
            "Obetalda hyresskulder/obetalda hyror",
        ),
        (NoticeType::UnlawfulSublet, SenderKind::Private, "Anmälan", "Olovlig andrahandsuthyrning"),
        (
            NoticeType::TenantOwnedDisturbance,
            SenderKind::TenantOwnerAssociation,
            "Underrättelse",
            "Anmodan om rättelse vid störningar i boendet",
        ),
        (
            NoticeType::RemovalScheduled,
            SenderKind::EnforcementAuthority,
            "Underrättelse",
            "Information från Kronofogdemyndigheten om avhysning",
        ),
    ];
    for (kind, sender, intake_type, reason_code) in table {
        let assignment = route(&goteborg, &from(sender, notice(kind, Known::No, "41501")), on());
        assert_eq!(assignment.intake_type, intake_type, "{kind:?}");
        assert_eq!(assignment.reason_code, reason_code, "{kind:?}");
    }
}

#[test]
fn a_second_matter_brings_its_own_units() {
    let mut notice = notice(NoticeType::RentArrears, Known::No, "41501");
    notice.also_concerns = vec![NoticeType::ChildConcern];
    let assignment = route(&profile(GOTEBORG), &notice, on());
    assert_eq!(assignment.unit, "vuxen-nordost");
    assert_eq!(assignment.co_units, ["bistand-nordost", "barn-nordost"]);
}

#[test]
fn every_type_from_every_sender_has_a_unit_a_board_and_codes_in_both_cities() {
    for toml in [MALMO, GOTEBORG] {
        let profile = profile(toml);
        for kind in NoticeType::ALL {
            for sender in SenderKind::ALL {
                for children in Known::ALL {
                    for code in ["", "21100", "41501", "abc"] {
                        let notice = from(*sender, notice(*kind, *children, code));
                        let Assignment { board, unit, co_units, intake_type, reason_code, .. } =
                            route(&profile, &notice, on());
                        assert!(profile.board(&board).is_some() && profile.unit(&unit).is_some());
                        assert!(co_units.iter().all(|unit| profile.unit(unit).is_some()));
                        assert!(!co_units.contains(&unit));
                        assert!(!intake_type.is_empty() && !reason_code.is_empty());
                    }
                }
            }
        }
        assert!(
            profile.unit(&route(&profile, &Notice::of(NoticeType::Unknown), on()).unit).is_some()
        );
    }
}
