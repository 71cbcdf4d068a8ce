//! The decision itself, with its reasons.

use crate::domain::assignment::Assignment;
use crate::domain::assignment::Priority;
use crate::domain::assignment::Routine;
use crate::domain::calendar::working_days_after;
use crate::domain::notice::Known;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::notice::SenderKind;
use crate::routing::profile::District;
use crate::routing::profile::Profile;
use crate::routing::profile::Rule;
use crate::routing::profile::Target;
use crate::routing::profile::Unit;
use jiff::civil::Date;

/// An assignment and why.
pub(super) struct Decision {
    pub(super) assignment: Assignment,
    pub(super) reasons: Vec<String>,
}

pub(super) fn decide(profile: &Profile, notice: &Notice, on: Date) -> Decision {
    let mut reasons = Vec::new();
    let facts = Facts::of(profile, notice);
    reasons.push(match facts.district {
        Some(district) => format!("the home lies in district `{}`", district.id),
        None => "the home's district is not known".to_owned(),
    });
    let target = first_fit(profile, &facts, notice.kind, &mut reasons);
    let unit = unit_of(profile, target, &facts, &mut reasons);
    let mut co_units = names_of(profile, target, &facts);
    for kind in &notice.also_concerns {
        reasons.push(format!("it also concerns {}, which is routed by itself", kind.as_str()));
        let other = first_fit(profile, &facts, *kind, &mut reasons);
        co_units.extend(unit_of(profile, other, &facts, &mut reasons).map(|unit| unit.id.clone()));
        co_units.extend(names_of(profile, other, &facts));
    }
    let unit_id = unit.map_or_else(|| profile.default.unit.clone(), |unit| unit.id.clone());
    let mut seen = vec![unit_id.clone()];
    co_units.retain(|id| {
        let is_new = !seen.contains(id);
        seen.push(id.clone());
        is_new
    });
    let names = profile.codes_for(notice.kind, facts.sender);
    let routine = target.routine.unwrap_or_else(|| routine_of(notice.kind, facts.children));
    let priority = priority(profile, notice, target, on, &mut reasons);
    reasons.push(format!(
        "unit `{unit_id}`, taking part [{}], {} / {}, {priority:?}",
        co_units.join(", "),
        names.intake_type,
        names.reason_code,
    ));
    let assignment = Assignment {
        board: unit.map(|unit| unit.board.clone()).unwrap_or_default(),
        unit: unit_id,
        co_units,
        routine,
        intake_type: names.intake_type,
        reason_code: names.reason_code,
        priority,
    };
    Decision { assignment, reasons }
}

/// What rules ask for.
struct Facts<'a> {
    sender: SenderKind,
    children: Known,
    postal_code: String,
    district: Option<&'a District>,
}

impl<'a> Facts<'a> {
    fn of(profile: &'a Profile, notice: &Notice) -> Self {
        let written = notice.dwelling.as_ref().and_then(|dwelling| dwelling.postal_code.as_ref());
        let postal_code: String = written
            .map(|code| code.reveal().chars().filter(char::is_ascii_digit).collect())
            .unwrap_or_default();
        Self {
            sender: notice.sender.as_ref().map_or(SenderKind::Unknown, |sender| sender.kind),
            children: notice.children_known(),
            district: profile.district_of(&postal_code),
            postal_code,
        }
    }
}

fn first_fit<'a>(
    profile: &'a Profile,
    facts: &Facts<'_>,
    kind: NoticeType,
    reasons: &mut Vec<String>,
) -> &'a Target {
    for (place, rule) in profile.rules.iter().enumerate() {
        let number = place + 1;
        match misfit(rule, facts, kind) {
            None => {
                reasons.push(format!("rule {number} ({}) fits {}", rule.name, kind.as_str()));
                return &rule.target;
            }
            Some(why) => reasons.push(format!("rule {number} ({}) does not fit: {why}", rule.name)),
        }
    }
    reasons.push(format!("no rule fits {}: the default holds", kind.as_str()));
    &profile.default
}

/// The first condition that does not hold.
fn misfit(rule: &Rule, facts: &Facts<'_>, kind: NoticeType) -> Option<String> {
    if !rule.types.is_empty() && !rule.types.contains(&kind) {
        return Some(format!("the type is {}", kind.as_str()));
    }
    if !rule.senders.is_empty() && !rule.senders.contains(&facts.sender) {
        return Some(format!("the sender is {}", facts.sender.as_str()));
    }
    if !rule.children.is_empty() && !rule.children.contains(&facts.children) {
        return Some(format!("children: {}", facts.children.as_str()));
    }
    let fits = |prefix: &String| facts.postal_code.starts_with(prefix.as_str());
    if !rule.postal_codes.is_empty() && !rule.postal_codes.iter().any(fits) {
        return Some("the postal code is another or not known".to_owned());
    }
    None
}

/// The rule's unit, or the default's when the rule names a function and the district is not known.
fn unit_of<'a>(
    profile: &'a Profile,
    target: &Target,
    facts: &Facts<'_>,
    reasons: &mut Vec<String>,
) -> Option<&'a Unit> {
    profile.resolve(&target.unit, facts.district).or_else(|| {
        reasons.push(format!("`{}` needs a district: the default's unit holds", target.unit));
        profile.unit(&profile.default.unit)
    })
}

fn names_of(profile: &Profile, target: &Target, facts: &Facts<'_>) -> Vec<String> {
    let units = target.co_units.iter().filter_map(|name| profile.resolve(name, facts.district));
    units.map(|unit| unit.id.clone()).collect()
}

/// The routine where the rule leaves it open (Göteborg's three): Kronofogden's information, else by children.
fn routine_of(kind: NoticeType, children: Known) -> Routine {
    match (is_enforcement(kind), children) {
        (true, _) => Routine::Enforcement,
        (false, Known::Yes) => Routine::FamilyWithChildren,
        (false, Known::No) => Routine::HouseholdWithoutChildren,
        (false, Known::Unknown) => Routine::Unknown,
    }
}

fn is_enforcement(kind: NoticeType) -> bool {
    matches!(
        kind,
        NoticeType::EvictionApplication
            | NoticeType::EvictionScheduled
            | NoticeType::RemovalApplication
            | NoticeType::RemovalScheduled
            | NoticeType::EvictionChanged
            | NoticeType::EvictionExecuted
    )
}

/// Urgent by the rule, for concern for a child, and for an eviction or removal that is near, has children, or has no readable time.
fn priority(
    profile: &Profile,
    notice: &Notice,
    target: &Target,
    on: Date,
    reasons: &mut Vec<String>,
) -> Priority {
    let mut why = |reason: &str| {
        reasons.push(format!("urgent: {reason}"));
        Priority::Urgent
    };
    let concerns = |kind| notice.kind == kind || notice.also_concerns.contains(&kind);
    if concerns(NoticeType::ChildConcern) {
        return why("concern for a child");
    }
    if concerns(NoticeType::EvictionScheduled) || concerns(NoticeType::RemovalScheduled) {
        if notice.children_known() == Known::Yes {
            return why("children live where an eviction or removal is scheduled");
        }
        let starts_at = notice.enforcement.as_ref().and_then(|enforcement| enforcement.starts_at);
        let Some(starts_at) = starts_at else {
            return why("an eviction or removal is scheduled and its time could not be read");
        };
        if starts_at.written_day() <= working_days_after(on, profile.urgent_within_days) {
            let days = profile.urgent_within_days;
            return why(&format!("an eviction or removal begins within {days} working days"));
        }
    }
    match target.priority {
        Some(Priority::Urgent) => why("the rule says so"),
        Some(Priority::Normal) | None => Priority::Normal,
    }
}
