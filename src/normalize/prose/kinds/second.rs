//! A second opinion on the kind: what the learned weights say of the words. Where no sign was found it tells the kind, surely only where
//! next to nothing else is likely; where it says what the signs say, they are believed; where it says something else, a person looks.

use super::Case;
use super::Kind;
use super::landlords::GENERAL;
use super::said::Said;
use crate::domain::notice::EnforcementOutcome;
use crate::domain::notice::NoticeType;
use crate::normalize::prose::learned::KINDS;
#[cfg(test)]
use crate::normalize::prose::learned::lessons;
use crate::normalize::prose::pattern::Pattern;
use crate::normalize::prose::pattern::pattern;
use std::collections::BTreeSet;

pattern!(
    TAKEN_BACK,
    r"(?:aterkalla|dragit tillbaka|drog tillbaka|tagit tillbaka|withdrawn)[^.\n]{0,60}(?:ansok|sokand|application)|(?:ansok|sokand)[^.\n]{0,60}(?:aterkalla|dragit tillbaka|drog tillbaka|tagit tillbaka)"
);
pattern!(
    LATER,
    r"\banstand|\bskjut(?:s|it|er|en)\b|uppskj|\bflyttas?\b|flyttad|senarelagg|framflytt|senare tid|postpone|ny (?:dag|tid) (?:ar )?(?:inte|annu|kommer|meddelas)"
);
pattern!(
    OFF,
    r"installd|stalls in|staller in|stryk|struken|blir (?:inte|ej) av|aker (?:inte|ej)|cancel"
);

/// So likely a kind must be to be told alone, to agree, and to make a sign doubtful.
const TELLS: f64 = 0.4;
const AGREES: f64 = 0.4;
const STANDS_AGAINST: f64 = 0.6;

/// So likely a kind is sure without any sign: of senders that taught nothing, ninety-nine in a hundred are told right so.
const PLAIN: f64 = 0.9;

/// How sure a kind is that both say; that the words alone say, and say plainly; that was told against.
const BOTH: f64 = 0.97;
const ALONE: f64 = 0.85;
const PLAIN_ALONE: f64 = 0.95;
const DOUBTED: f64 = 0.9;

/// The kind that the signs told, no surer than `most`, with the second opinion.
pub(super) fn weighed(told: (Kind, f64), said: &Said<'_>, case: &Case, fill: bool) -> Kind {
    let (mut kind, most) = told;
    let words = words(said, case);
    #[cfg(test)]
    lessons::asked("kinds", &words, None);
    let Some((class, likely)) = KINDS.one(&words) else { return kind };
    let Some(other) = NoticeType::parse(class) else { return kind };
    let other = super::in_place(super::fitting(other, said, case), said);
    match &mut kind.kind {
        Some(seen) if seen.value == other => {
            if likely >= AGREES {
                seen.confidence = seen.confidence.max(BOTH.min(most));
            }
        }
        // What few or weak signs tell, gives way to what all words tell.
        Some(seen) if likely >= outweighs(seen.confidence) => {
            (seen.value, seen.confidence) = (other, ALONE);
        }
        Some(seen) if likely >= STANDS_AGAINST => seen.confidence = DOUBTED,
        Some(_) => {}
        None => {
            let general = said.any(&GENERAL) && !said.is_anchored();
            if fill && likely >= TELLS && !general {
                let sure = if likely >= PLAIN { PLAIN_ALONE } else { ALONE };
                kind.kind = said.seen_whole(other, sure);
            }
        }
    }
    let told = kind.kind.as_ref().map(|seen| seen.value);
    kind.outcome = match told {
        Some(NoticeType::EvictionExecuted) => Some(EnforcementOutcome::Executed),
        Some(NoticeType::EvictionChanged) => kind.outcome.or_else(|| became(said)),
        Some(_) | None => None,
    };
    kind
}

/// What became of a time, as plain words tell it.
fn became(said: &Said<'_>) -> Option<EnforcementOutcome> {
    let told: [(&Pattern, EnforcementOutcome); 3] = [
        (&TAKEN_BACK, EnforcementOutcome::Withdrawn),
        (&LATER, EnforcementOutcome::Postponed),
        (&OFF, EnforcementOutcome::Cancelled),
    ];
    told.iter().find(|(words, _)| said.any(words)).map(|(_, outcome)| *outcome)
}

/// How likely another kind must be to be told instead of one so sure.
fn outweighs(sure: f64) -> f64 {
    match sure {
        ..0.9 => 0.75,
        ..0.965 => 0.82,
        ..0.98 => 0.95,
        _ => f64::INFINITY,
    }
}

/// The words, who says them, and what its days tell.
fn words(said: &Said<'_>, case: &Case) -> BTreeSet<String> {
    let mut words = said.learned_words();
    words.insert(format!("={}", case.sender.as_str()));
    let told = [(case.starts, "=starts"), (case.clock, "=clock"), (case.gone, "=gone")];
    words.extend(told.iter().filter(|(is, _)| *is).map(|(_, word)| (*word).to_owned()));
    words
}
