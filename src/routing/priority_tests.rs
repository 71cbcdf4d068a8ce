//! What makes a notice urgent, and what the reasons tell of it.

use crate::domain::assignment::Priority;
use crate::domain::masked::Masked;
use crate::domain::moment::Moment;
use crate::domain::notice::Children;
use crate::domain::notice::Dwelling;
use crate::domain::notice::Enforcement;
use crate::domain::notice::Known;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::routing::explain;
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

fn starting(kind: NoticeType, starts_at: &str) -> Notice {
    let mut notice = notice(kind, Known::No, "41501");
    let starts_at = Moment::parse(starts_at);
    notice.enforcement = Some(Enforcement { starts_at, ..Enforcement::default() });
    notice
}

#[test]
fn what_is_near_or_has_children_or_cannot_be_read_is_urgent() {
    let mut with_children = starting(NoticeType::EvictionScheduled, "2027-01-20");
    with_children.children = Some(Children { known: Known::Yes, ..Children::default() });
    let mut also = starting(NoticeType::EvictionApplication, "2027-01-20");
    also.also_concerns = vec![NoticeType::ChildConcern];
    let urgent = Priority::Urgent;
    let normal = Priority::Normal;
    let table = [
        // 3 November 2026 is a Tuesday: five working days end on the Tuesday after.
        (starting(NoticeType::EvictionScheduled, "2026-11-10T09:00:00+01:00"), urgent),
        (starting(NoticeType::EvictionScheduled, "2026-11-11"), normal),
        (starting(NoticeType::RemovalScheduled, "2026-11-10"), urgent),
        (starting(NoticeType::EvictionScheduled, "2026-11-02"), urgent),
        (starting(NoticeType::EvictionScheduled, "unreadable"), urgent),
        (starting(NoticeType::EvictionChanged, "2026-11-04"), normal),
        (with_children, urgent),
        (also, urgent),
        (notice(NoticeType::ChildConcern, Known::Unknown, "41501"), urgent),
        (notice(NoticeType::RentTerminationCopy, Known::No, "41501"), urgent),
        (notice(NoticeType::RentArrears, Known::Yes, "41501"), normal),
    ];
    for (notice, priority) in table {
        for toml in [MALMO, GOTEBORG] {
            let assignment = route(&profile(toml), &notice, on());
            assert_eq!(assignment.priority, priority, "{:?}", notice.kind);
        }
    }
}

#[test]
fn the_reasons_name_the_rule_and_nothing_of_the_person() {
    let mut notice = starting(NoticeType::EvictionScheduled, "2026-11-10T09:00:00+01:00");
    if let Some(dwelling) = &mut notice.dwelling {
        dwelling.street = Some(Masked::new("Exempelgatan 12"));
    }
    let reasons = explain(&profile(GOTEBORG), &notice, on()).join("\n");
    for part in [
        "district `nordost`",
        "rule 1 (oro för barn) does not fit: the type is evictionScheduled",
        "rule 3 (information från Kronofogden) fits",
        "urgent: an eviction or removal begins within 5 working days",
        "unit `vuxen-nordost`",
    ] {
        assert!(reasons.contains(part), "{part} in {reasons}");
    }
    for secret in ["Exempelgatan", "41501", "2026-11-10"] {
        assert!(!reasons.contains(secret), "{secret}");
    }
}
