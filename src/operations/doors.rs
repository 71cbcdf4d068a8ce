//! How the doors are, and which partners are silent, as the front page says it: a state in words, an age, and why.

use crate::operations::chrome::Chrome;
use crate::operations::rows::Status;
use crate::operations::words;
use crate::pulse::Canary;
use crate::pulse::Comparison;
use crate::pulse::Door;
use crate::pulse::Hearing;
use crate::pulse::Silent;

/// A door.
#[derive(Clone, Debug)]
pub(super) struct DoorLine {
    pub(super) name: String,
    pub(super) state: Status,
    pub(super) looked: String,
    pub(super) canary: Status,
    pub(super) count: Status,
}

/// A silent partner.
#[derive(Clone, Debug)]
pub(super) struct SilentLine {
    pub(super) words: String,
}

impl DoorLine {
    /// The line of a door.
    pub(super) fn of(page: &Chrome, door: &Door) -> Self {
        let (kind, name) = door.name.split_once(':').unwrap_or((&door.name, ""));
        let kind = words::other(page, kind);
        let state = match door.hearing {
            Hearing::Hears => status("good", page.say("hör", "hears")),
            Hearing::Waits => status("wait", page.say("har inte tittat än", "has not looked yet")),
            Hearing::Deaf => status("bad", page.say("döv", "deaf")),
        };
        let never = || page.say("aldrig", "never").to_owned();
        Self {
            name: if name.is_empty() { kind } else { format!("{kind} {name}") },
            state,
            looked: door.last_look_at.map_or_else(never, |at| ago(page, at)),
            canary: door.canary.map_or_else(|| calm("–"), |canary| of_canary(page, canary)),
            count: door.comparison.map_or_else(|| calm("–"), |found| of_count(page, found)),
        }
    }
}

impl SilentLine {
    /// The line of a silent partner.
    pub(super) fn of(page: &Chrome, silent: &Silent) -> Self {
        let (partner, days) = (&silent.partner, silent.after_days);
        let last = match silent.last_at {
            Some(at) => format!("{} {}", page.say("senast", "last"), page.clock(at)),
            None => page.say("inget har kommit", "nothing has come").to_owned(),
        };
        let limit = page.say("dygn är gränsen", "days is the limit");
        Self { words: format!("{partner}: {last} ({days} {limit})") }
    }
}

fn of_canary(page: &Chrome, canary: Canary) -> Status {
    let last = canary.last_success_at.map(|at| ago(page, at));
    match (canary.failing_since, last) {
        (Some(since), last) => {
            let words = page.say("kommer inte fram sedan", "has not come out since");
            let never = || page.say("aldrig", "never").to_owned();
            let (at, before) = (page.clock(since), page.say("senast", "last"));
            status("bad", &format!("{words} {at}; {before} {}", last.unwrap_or_else(never)))
        }
        (None, Some(last)) => {
            let took = canary.took.unwrap_or_default().as_secs_f64();
            status("good", &format!("{last}, {took:.1} s"))
        }
        (None, None) => calm("–"),
    }
}

fn of_count(page: &Chrome, found: Comparison) -> Status {
    let Comparison { day, door, store, whole } = found;
    if found.difference() != 0 {
        let counted = page.say("dörren räknar", "the door counts");
        let stored = page.say("lagret har", "the store has");
        return status("bad", &format!("{day}: {counted} {door}, {stored} {store}"));
    }
    match whole {
        true => status("good", &format!("{day}: {store}")),
        false => {
            let since = page.say("räknade sedan starten", "counted since the start");
            calm(&format!("{day}: {store} ({door} {since})"))
        }
    }
}

fn ago(page: &Chrome, at: jiff::Timestamp) -> String {
    let age = page.age(at);
    match page.tag() {
        "sv" => format!("för {age} sedan"),
        _ => format!("{age} ago"),
    }
}

fn calm(words: &str) -> Status {
    Status { mark: "", class: "calm", words: words.to_owned() }
}

fn status(class: &'static str, words: &str) -> Status {
    let mark = match class {
        "good" => "✓",
        "bad" => "!",
        _ => "…",
    };
    Status { mark, class, words: words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::DoorLine;
    use super::SilentLine;
    use crate::operations::chrome::tests::chrome;
    use crate::pulse::Canary;
    use crate::pulse::Comparison;
    use crate::pulse::Door;
    use crate::pulse::Hearing;
    use crate::pulse::Silent;
    use jiff::SignedDuration;

    fn door(hearing: Hearing) -> Door {
        Door {
            name: "folder:landlord".to_owned(),
            hearing,
            last_look_at: Some("2026-11-22T03:50:00Z".parse().unwrap()),
            last_failure_at: None,
            last_failure: None,
            canary: None,
            comparison: None,
        }
    }

    #[test]
    fn a_deaf_door_is_said_in_words_with_its_last_look() {
        let line = DoorLine::of(&chrome("sv"), &door(Hearing::Deaf));
        assert_eq!(
            (line.name.as_str(), line.state.words.as_str(), line.state.class, line.looked.as_str()),
            ("mapp landlord", "döv", "bad", "för 10 min sedan")
        );
        let line = DoorLine::of(&chrome("en"), &door(Hearing::Hears));
        assert_eq!((line.state.words.as_str(), line.looked.as_str()), ("hears", "10 min ago"));
    }

    #[test]
    fn a_canary_that_fails_and_a_count_that_differs_are_bad() {
        let at = |text: &str| Some(text.parse().unwrap());
        let took = Some(SignedDuration::from_millis(1250));
        let well =
            Canary { last_success_at: at("2026-11-22T03:59:00Z"), took, failing_since: None };
        let ill = Canary { failing_since: at("2026-11-22T04:00:00Z"), ..well };
        let day = "2026-11-21".parse().unwrap();
        let same = Comparison { day, door: 3, store: 3, whole: true };
        let less = Comparison { door: 2, ..same };
        let part = Comparison { whole: false, ..less };
        let mut hears = door(Hearing::Hears);
        for (canary, comparison, canary_words, count_class, count_words) in [
            (well, same, "1 min ago, 1.2 s", "good", "2026-11-21: 3"),
            (
                ill,
                less,
                "has not come out since 05:00; last 1 min ago",
                "bad",
                "2026-11-21: the door counts 2, the store has 3",
            ),
            (well, part, "1 min ago, 1.2 s", "calm", "2026-11-21: 3 (2 counted since the start)"),
        ] {
            (hears.canary, hears.comparison) = (Some(canary), Some(comparison));
            let line = DoorLine::of(&chrome("en"), &hears);
            assert_eq!(line.canary.words, canary_words);
            assert_eq!((line.count.class, line.count.words.as_str()), (count_class, count_words));
        }
    }

    #[test]
    fn a_silent_partner_is_named_with_its_last_message() {
        let mut silent = Silent {
            partner: "hyra".to_owned(),
            after_days: 3,
            last_at: Some("2026-11-18T10:00:00Z".parse().unwrap()),
        };
        let words = |silent: &Silent| SilentLine::of(&chrome("en"), silent).words;
        assert_eq!(words(&silent), "hyra: last 2026-11-18 11:00 (3 days is the limit)");
        silent.last_at = None;
        assert_eq!(words(&silent), "hyra: nothing has come (3 days is the limit)");
    }
}
