//! The sample notices: one file each, with days relative to today, and what must become of each.
//!
//! Names, streets and organisations are made up; identity numbers are the official test numbers.

use crate::domain::calendar::LocalTime;
use crate::domain::calendar::working_days_after;
use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// A sample and how it comes in.
#[derive(Debug)]
pub(super) struct Sample {
    /// What it is, in a few words.
    pub(super) title: &'static str,
    /// By which door.
    pub(super) door: Door,
    /// Its text with `{{…}}` where days and references go.
    pub(super) text: &'static str,
    /// The notices that must come of it: kind and state.
    pub(super) expected: &'static [(&'static str, &'static str)],
}

/// The doors of the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    /// The mailbox.
    Mail,
    /// The drop folder: the file's name, and whether it is written in Windows-1252.
    Folder(&'static str, bool),
    /// The API: the content type, and whether it is sent once more with the same key.
    Api(&'static str, bool),
}

const ARREARS: (&str, &str) = ("rentArrears", "delivered");

/// All samples, in the order in which they are sent.
pub(super) const SAMPLES: &[Sample] = &[
    Sample {
        title: "a landlord writes a plain mail",
        door: Door::Mail,
        text: include_str!("samples/mail-plain.eml"),
        expected: &[("rentArrears", "needsReview")],
    },
    Sample {
        title: "a mail with a JSON attachment",
        door: Door::Mail,
        text: include_str!("samples/mail-attached.eml"),
        expected: &[ARREARS],
    },
    Sample {
        title: "a mail with a list of tenants (CSV)",
        door: Door::Mail,
        text: include_str!("samples/mail-list.eml"),
        expected: &[ARREARS, ARREARS],
    },
    Sample {
        title: "an out-of-office reply",
        door: Door::Mail,
        text: include_str!("samples/mail-out-of-office.eml"),
        expected: &[("unknown", "notNotice")],
    },
    Sample {
        title: "copy of a termination (XML)",
        door: Door::Folder("uppsagning.xml", false),
        text: include_str!("samples/file-termination.xml"),
        expected: &[("rentTerminationCopy", "delivered")],
    },
    Sample {
        title: "a landlord's list (CSV, Windows-1252)",
        door: Door::Folder("hyresskulder.csv", true),
        text: include_str!("samples/file-arrears.csv"),
        expected: &[ARREARS, ARREARS, ARREARS],
    },
    Sample {
        title: "Kronofogden has set a time; a child lives there (JSON)",
        door: Door::Folder("avhysning.json", false),
        text: include_str!("samples/file-eviction.json"),
        expected: &[("evictionScheduled", "delivered")],
    },
    Sample {
        title: "a scanned page that no program reads (PDF)",
        door: Door::Folder("skannat.pdf", false),
        text: include_str!("samples/file-scanned.pdf"),
        expected: &[("unknown", "needsReview")],
    },
    Sample {
        title: "unpaid rent, with a child (JSON), sent twice with one key",
        door: Door::Api("application/json", true),
        text: include_str!("samples/api-arrears.json"),
        expected: &[ARREARS],
    },
    Sample {
        title: "a disturbance (JSON)",
        door: Door::Api("application/json", false),
        text: include_str!("samples/api-disturbance.json"),
        expected: &[("rentDisturbance", "delivered")],
    },
    Sample {
        title: "application for eviction (JSON)",
        door: Door::Api("application/json", false),
        text: include_str!("samples/api-application.json"),
        expected: &[("evictionApplication", "delivered")],
    },
    Sample {
        title: "Kronofogden has set a time (XML)",
        door: Door::Api("application/xml", false),
        text: include_str!("samples/api-eviction.xml"),
        expected: &[("evictionScheduled", "delivered")],
    },
    Sample {
        title: "unpaid fee in a housing cooperative (JSON)",
        door: Door::Api("application/json", false),
        text: include_str!("samples/api-cooperative.json"),
        expected: &[("tenantOwnedArrears", "delivered")],
    },
];

/// What fills the samples in: today, and what tells one demo's samples from another's.
#[derive(Debug)]
pub(super) struct Day {
    /// The local day.
    pub(super) today: Date,
    /// Stands in references and Message-IDs.
    pub(super) run: String,
}

impl Day {
    /// The day of an instant.
    pub(super) fn new(now: Timestamp, local_time: &LocalTime, run: String) -> Self {
        Self { today: local_time.day_of(now), run }
    }

    /// The text with everything filled in. A placeholder that nobody knows is left as it stands.
    pub(super) fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((name, after)) = after.split_once("}}") else { break };
            filled.push_str(before);
            match self.value(name) {
                Some(value) => filled.push_str(&value),
                None => filled.push_str(&format!("{{{{{name}}}}}")),
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    fn value(&self, name: &str) -> Option<String> {
        let number = |prefix: &str| name.strip_prefix(prefix)?.parse::<i64>().ok();
        if let Some(days) = number("DAY") {
            return Some(self.today.saturating_add(days.days()).to_string());
        }
        if let Some(days) = number("WORKDAY+") {
            let days = u32::try_from(days).ok()?;
            return Some(working_days_after(self.today, days).to_string());
        }
        if let Some(months) = number("MONTH") {
            let month = self.today.saturating_add(months.months());
            return Some(month.strftime("%Y-%m").to_string());
        }
        match name {
            "RUN" => Some(self.run.clone()),
            "TODAY" => Some(self.today.to_string()),
            "MAILDAY" => Some(self.today.strftime("%a, %d %b %Y").to_string()),
            _ => None,
        }
    }
}

impl Sample {
    /// The bytes as they come in. Mails have the line ends of mail.
    pub(super) fn bytes(&self, day: &Day) -> Vec<u8> {
        let text = day.fill(self.text);
        match self.door {
            Door::Mail => text.replace('\n', "\r\n").into_bytes(),
            Door::Folder(_, true) => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
            Door::Folder(_, false) | Door::Api(..) => text.into_bytes(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Day;
    use super::SAMPLES;

    #[test]
    fn days_are_relative_to_today_and_nothing_is_left_to_fill_in() {
        let day = Day { today: jiff::civil::date(2026, 11, 20), run: "ABC123".to_owned() };
        let text = "{{DAY-20}} {{DAY+1}} {{WORKDAY+1}} {{MONTH-1}} {{MAILDAY}} {{RUN}} {{X}} {{";
        let filled = "2026-10-31 2026-11-21 2026-11-23 2026-10 Fri, 20 Nov 2026 ABC123 {{X}} {{";
        assert_eq!(day.fill(text), filled);
        for sample in SAMPLES {
            assert!(!day.fill(sample.text).contains("{{"), "{}", sample.title);
        }
        assert!(SAMPLES.iter().map(|sample| sample.expected.len()).sum::<usize>() >= 12);
    }
}
