//! Whom letters would reach over the labelled messages, were every sender proven and no register to name anybody: nobody but those whom a person reads
//! out of the message, at the address that stands there, and nobody who is told to be protected.

use jiff::Timestamp;
use kvittens::domain::acknowledgement::Purpose;
use kvittens::domain::calendar::LocalTime;
use kvittens::domain::received::Format;
use kvittens::domain::thresholds::Thresholds;
use kvittens::normalize::Disposition;
use kvittens::normalize::ReadNotice;
use kvittens::pipeline::letters::gates;
use kvittens::pipeline::letters::gates::Case;
use kvittens::pipeline::letters::gates::Verdict;
use kvittens::store::Protection;
use serde_json::Value;

/// What the gates said of all messages.
#[derive(Default)]
pub(super) struct Letters {
    /// Notices whose letters would leave by themselves.
    pub(super) left: usize,
    /// Notices that were kept because somebody is protected.
    pub(super) protected: usize,
    /// Those whose letter would reach somebody else, or somebody protected: where, and what differs, without values.
    pub(super) wrong: Vec<String>,
}

/// How a message came and what the municipality demands.
pub(super) struct Came<'a> {
    pub(super) format: Format,
    pub(super) received_at: Timestamp,
    pub(super) local_time: &'a LocalTime,
    pub(super) thresholds: &'a Thresholds,
}

impl Letters {
    /// Judges what was read of a message against what a person reads in it.
    pub(super) fn add(&mut self, place: &str, came: &Came<'_>, read: &[ReadNotice], label: &Value) {
        let meant: &[Value] = label["notices"].as_array().map_or(&[], Vec::as_slice);
        for one in read {
            let kind = one.notice.kind;
            let may_bring_one = kind.demands_copy_to_person() || kind.may_bring_offer();
            if matches!(one.disposition, Disposition::NotNotice { .. }) || !may_bring_one {
                continue;
            }
            match judged(came, one) {
                Verdict::Leave => self.left += 1,
                Verdict::Protected => {
                    self.protected += 1;
                    continue;
                }
                Verdict::Person(_) => continue,
            }
            let letter = serde_json::to_value(&one.notice).unwrap();
            let differs = meant.iter().map(|meant| differs(&letter, meant));
            let nearest = differs.min_by_key(Vec::len).unwrap_or_else(|| vec!["no notice"]);
            if !nearest.is_empty() {
                self.wrong.push(format!("{place}: {nearest:?}"));
            }
        }
    }
}

fn judged(came: &Came<'_>, one: &ReadNotice) -> Verdict {
    let purpose = Purpose::to_person(one.notice.kind);
    gates::judge(&Case {
        notice: &one.notice,
        format: came.format,
        purpose,
        sender_proven: true,
        thresholds: Some(came.thresholds),
        on: came.local_time.day_of(came.received_at),
        in_review: one.disposition == Disposition::NeedsReview,
        protection: Protection::NotProtected,
        overtaken: false,
        corrected: false,
    })
}

/// In what a letter's addressees and address are not those that were meant.
fn differs(letter: &Value, meant: &Value) -> Vec<&'static str> {
    let mut found = Vec::new();
    for person in respondents(letter) {
        let same = |other: &&Value| {
            other["identity"]["value"] == person["identity"]["value"]
                && plain(&other["name"]) == plain(&person["name"])
        };
        match respondents(meant).find(same) {
            None => found.push("person"),
            Some(other) if other["protectedIdentity"] == true => found.push("protected"),
            Some(_) => {}
        }
    }
    if meant["persons"].as_array().into_iter().flatten().any(|it| it["protectedIdentity"] == true) {
        found.push("protected");
    }
    for part in ["street", "postalCode", "city"] {
        if plain(&letter["dwelling"][part]) != plain(&meant["dwelling"][part]) {
            found.push(part);
        }
    }
    found
}

fn respondents(notice: &Value) -> impl Iterator<Item = &Value> {
    let persons = notice["persons"].as_array().into_iter().flatten();
    persons.filter(|person| person["role"] == "tenant" || person["role"] == "coTenant")
}

/// Without what a letter reaches its home in spite of: capitals and spaces.
fn plain(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}
