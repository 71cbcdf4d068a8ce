//! When a notice that was read from free text goes on without a person: every value that something is done by reaches the municipality's threshold,
//! nothing is missing and nothing contradicts itself.

use super::Context;
use super::Disposition;
use super::Reading;
use super::prose;
use super::remarks;
use crate::domain::document::DocumentKind;
use crate::domain::document::Outcome;
use crate::domain::finding::Finding;
use crate::domain::finding::Severity;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::thresholds::Thresholds;
use serde_json::Value;

/// The finding that gives every such notice to a person.
pub(super) const FREE_TEXT: &str = "message.freeText";

/// Faults that are no doubt about a value: how something was written, and files that hold no text.
const HARMLESS: &[&str] = &["spelling", "encoding", "unknownMember", "otherKind", "hiddenSheet"];

/// Lets those notices go that the reader is sure of, and tells of the others which values it was not sure of. Without thresholds none goes.
pub(super) fn let_go(reading: &mut Reading, context: &Context<'_>) {
    let Some(thresholds) = context.thresholds else { return };
    for read in &mut reading.notices {
        if read.disposition != Disposition::NeedsReview || !only_as_free_text(&read.notice) {
            continue;
        }
        let mut unsure = unsure(&read.notice, thresholds);
        if stands_beside_another(&read.notice, context) {
            let path = "/dwelling/postalCode";
            unsure.push(remarks::finding(Severity::Info, value_of(path), "uncertain", path));
        }
        let findings = &mut read.notice.findings;
        if unsure.is_empty() {
            findings.retain(|finding| finding.code != FREE_TEXT);
            findings.push(remarks::finding(Severity::Info, "message", "sure", ""));
            read.disposition = super::disposition(&read.notice);
        } else {
            findings.extend(unsure);
        }
    }
}

/// Whether the home's postal code stands in one line of a page with another, in columns: which of the two is the home's a person sees.
fn stands_beside_another(notice: &Notice, context: &Context<'_>) -> bool {
    let dwelling = notice.dwelling.as_ref();
    let Some(code) = dwelling.and_then(|it| it.postal_code.as_ref()) else { return false };
    let pages = context.documents.iter().flat_map(|documents| &documents.read);
    let mut pages = pages.filter_map(|(_, outcome)| match outcome {
        Outcome::Done(document) if document.kind == DocumentKind::Pdf => {
            Some(prose::columns_apart(&document.text))
        }
        Outcome::Done(_)
        | Outcome::Refused(_)
        | Outcome::Crashed
        | Outcome::TimedOut
        | Outcome::TooMuch => None,
    });
    let beside = |line: &str| {
        let codes: Vec<String> = line.split('\t').filter_map(begins_with_code).collect();
        codes.iter().any(|one| one == code.reveal()) && codes.iter().any(|one| one != code.reveal())
    };
    pages.any(|text| text.lines().any(beside))
}

/// The postal code that a column begins with, as five digits.
fn begins_with_code(column: &str) -> Option<String> {
    let mut rest = column.trim_start().chars().filter(|c| *c != ' ' && *c != '\u{a0}');
    let digits: String = rest.by_ref().take(5).collect();
    let whole = digits.len() == 5 && digits.bytes().all(|b| b.is_ascii_digit());
    (whole && rest.next().is_some_and(char::is_alphabetic)).then_some(digits)
}

/// Whether nothing but its being free text gives a notice to a person, or that it belongs to an earlier one, which tells what it does not.
fn only_as_free_text(notice: &Notice) -> bool {
    let mut faults = notice.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let is_free_text = |finding: &&Finding| finding.code == FREE_TEXT;
    let open = |finding: &Finding| finding.code == FREE_TEXT || waits_for_a_link(notice, finding);
    faults.clone().any(|finding| is_free_text(&finding)) && faults.all(open)
}

/// What the notice tells to which it belongs.
const TOLD_EARLIER: [&str; 3] = ["type.forPerson", "personIdentity.notFound", "dwelling.notFound"];

fn waits_for_a_link(notice: &Notice, finding: &Finding) -> bool {
    matches!(notice.kind, NoticeType::Supplement | NoticeType::Withdrawal)
        && TOLD_EARLIER.contains(&finding.code.as_str())
}

/// Whether a supplement or withdrawal waits for nothing but its earlier notice: everything that it says was read surely.
pub fn goes_with_its_first(notice: &Notice) -> bool {
    let mut faults =
        notice.findings.iter().filter(|finding| finding.severity == Severity::Error).peekable();
    faults.peek().is_some() && faults.all(|finding| waits_for_a_link(notice, finding))
}

/// What a person must compare: every value below its threshold or without evidence, what is doubted, and what is not told that must be.
fn unsure(notice: &Notice, thresholds: &Thresholds) -> Vec<Finding> {
    let mut unsure = Vec::new();
    let written = serde_json::to_value(notice).unwrap_or_default();
    for_each_value(&written, &mut String::new(), &mut |path, value| {
        let Some(least) = thresholds.of(path) else { return };
        // The words that tell what became of an eviction are those that tell the kind.
        let read_at = if path == "/enforcement/outcome" { "/type" } else { path };
        let sure = notice.evidence.get(read_at).is_some_and(|it| it.confidence >= least);
        // A street without its number may be the half of one.
        let half = path == "/dwelling/street"
            && value.as_str().is_some_and(|street| !street.bytes().any(|b| b.is_ascii_digit()));
        if (!sure || half) && !goes_by_number(notice, path) && !is_a_share(notice, path) {
            unsure.push(remarks::finding(Severity::Info, value_of(path), "uncertain", path));
        }
    });
    let doubted = notice.findings.iter().any(|finding| {
        let fault = finding.code.rsplit('.').next().unwrap_or_default();
        finding.severity == Severity::Warning && !HARMLESS.contains(&fault)
    });
    if doubted {
        unsure.push(remarks::finding(Severity::Info, "message", "doubted", ""));
    }
    // Kronofogden is told back when it is: a day alone may be all that was read of it.
    let time = notice.enforcement.as_ref().and_then(|it| it.starts_at.as_ref());
    if notice.kind.demands_confirmation() && time.is_none_or(|at| at.instant().is_none()) {
        unsure.push(remarks::finding(Severity::Info, "startsAt", "notFound", "/enforcement"));
    }
    if tells_no_debt(notice) {
        unsure.push(remarks::finding(Severity::Info, "arrears", "notFound", ""));
    }
    unsure
}

/// Whether it is one month's share of a debt whose total is told: that is what is to be paid, and what is asked about.
fn is_a_share(notice: &Notice, path: &str) -> bool {
    let total = notice.arrears.as_ref().is_some_and(|it| it.amount_to_recover.is_some());
    total && path.starts_with("/arrears/periods/")
}

/// A notice of a debt tells how much (SFS 1978:314, SFS 2003:37): without it, or with its months alone, the sender may have meant something else.
fn tells_no_debt(notice: &Notice) -> bool {
    let of_debt = matches!(notice.kind, NoticeType::RentArrears | NoticeType::TenantOwnedArrears);
    let told = notice.arrears.as_ref().is_some_and(|arrears| {
        let months = &arrears.periods;
        arrears.amount_to_recover.is_some()
            || (!months.is_empty() && months.iter().all(|month| month.amount.is_some()))
    });
    of_debt && !told
}

/// Visits every value of a notice but what is said about it.
fn for_each_value(value: &Value, path: &mut String, visit: &mut impl FnMut(&str, &Value)) {
    let length = path.len();
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if path.is_empty() && matches!(name.as_str(), "evidence" | "findings") {
                    continue;
                }
                path.push('/');
                path.push_str(name);
                for_each_value(member, path, visit);
                path.truncate(length);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push('/');
                path.push_str(&at.to_string());
                for_each_value(item, path, visit);
                path.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => visit(path, value),
    }
}

/// What a finding calls the value at a path.
fn value_of(path: &str) -> &str {
    match path.rsplit('/').next().unwrap_or_default() {
        "value" => "personIdentity",
        last => last,
    }
}

/// Whether a path is the name of a person whose number was read: by that the person is known.
fn goes_by_number(notice: &Notice, path: &str) -> bool {
    let Some((person, "name" | "givenName" | "familyName")) = path.rsplit_once('/') else {
        return false;
    };
    notice.evidence.contains_key(&format!("{person}/identity/value"))
}

#[cfg(test)]
mod tests {
    use crate::domain::calendar::LocalTime;
    use crate::domain::received::Format;
    use crate::domain::thresholds::Thresholds;
    use crate::normalize::Context;
    use crate::normalize::Disposition;
    use crate::normalize::Limits;
    use crate::normalize::read_leniently;

    const LETTER: &str = "From: anna@hyra.example\r\nSubject: Meddelande till socialnämnden om obetald hyra\r\n\
        Content-Type: text/plain; charset=utf-8\r\n\r\nMeddelande enligt 12 kap. 44 § jordabalken.\r\nHyresvärd: Fastighets AB Exempelhus\r\n\
        Hyresgäst: Testa Testsson\r\nPersonnummer: 19850101-2390\r\nAdress: Exempelgatan 12, lgh 1102, 214 32 Malmö\r\n\
        Hyran för oktober 2026, 8 912 kr, är obetald. Hyresgästen sades upp den 2 november 2026. Det finns inga barn i hushållet.\r\n";

    fn disposition(letter: &str, least: Option<f64>) -> (Disposition, Vec<String>) {
        let local_time = LocalTime::named("Europe/Stockholm").unwrap();
        let thresholds = least.map(|least| Thresholds {
            kind: least,
            identity: least,
            address: least,
            amount: least,
            time: least,
            linked: false,
        });
        let context = Context {
            received_at: "2026-11-03T08:00:00Z".parse().unwrap(),
            local_time: &local_time,
            limits: Limits::default(),
            robot: false,
            documents: None,
            labels: None,
            thresholds: thresholds.as_ref(),
        };
        let reading = read_leniently(Format::Mail, letter.as_bytes(), &context);
        let read = &reading.notices[0];
        let codes = read.notice.findings.iter().map(|finding| finding.code.clone()).collect();
        (read.disposition.clone(), codes)
    }

    #[test]
    fn only_what_the_reader_is_sure_of_goes_on_and_only_where_the_municipality_says_so() {
        let (told, codes) = disposition(LETTER, None);
        assert_eq!(told, Disposition::NeedsReview, "{codes:?}");
        assert!(codes.contains(&"message.freeText".to_owned()), "{codes:?}");
        let (told, codes) = disposition(LETTER, Some(0.9));
        assert_eq!(told, Disposition::Register, "{codes:?}");
        assert!(codes.contains(&"message.sure".to_owned()), "{codes:?}");
        assert!(!codes.contains(&"message.freeText".to_owned()), "{codes:?}");
        assert_eq!(disposition(LETTER, Some(1.0)).0, Disposition::NeedsReview);
        let undebted =
            LETTER.replace("Hyran för oktober 2026, 8 912 kr, är obetald.", "Hyran är obetald.");
        let (told, codes) = disposition(&undebted, Some(0.9));
        assert_eq!(told, Disposition::NeedsReview, "no debt is told: {codes:?}");
        assert!(codes.contains(&"arrears.notFound".to_owned()), "{codes:?}");
        let (_, codes) = disposition(LETTER, Some(1.0));
        assert!(codes.contains(&"type.uncertain".to_owned()), "{codes:?}");
        let without = LETTER.replace("Personnummer: 19850101-2390\r\n", "");
        assert_eq!(
            disposition(&without, Some(0.9)).0,
            Disposition::NeedsReview,
            "nobody is named by number"
        );
    }
}
