//! Whether a message holds more of weight than its notice uses: a number of another person, another case, another hour, another home. Then the reader
//! may have chosen among them wrongly, and a person compares.

use super::super::Context;
use super::super::remarks;
use super::Letter;
use super::days;
use super::enforcement::case_numbers;
use super::heard;
use super::homes;
use super::identities;
use super::seen::Sheet;
use crate::domain::finding::Finding;
use crate::domain::finding::Severity;
use crate::domain::moment::Moment;
use crate::domain::notice::Notice;
use jiff::civil::Date;

/// What stands in a message and is no notice's, one finding for each sort of value.
pub(super) fn unaccounted(
    letter: &Letter<'_>,
    notices: &[Notice],
    context: &Context<'_>,
) -> Vec<Finding> {
    let heard = heard(letter);
    let on = context.local_time.day_of(context.received_at);
    let mut found = Vec::new();
    let mut tell = |value: &str, path: &str, is: bool| {
        if is {
            found.push(remarks::finding(Severity::Warning, value, "beside", path));
        }
    };
    tell("personIdentity", "/persons", other_number(&heard.sheets, notices, on));
    tell("caseNumber", "/enforcement/caseNumber", other_case(&heard.sheets, notices));
    tell("startsAt", "/enforcement/startsAt", other_hour(&heard.sheets, notices, (on, context)));
    tell("street", "/dwelling/street", other_home(&heard.sheets, notices));
    found
}

/// An identity number that holds its check and is nobody's in the notices.
fn other_number(sheets: &[Sheet], notices: &[Notice], on: Date) -> bool {
    let known: Vec<String> = notices
        .iter()
        .flat_map(|notice| &notice.persons)
        .filter_map(|person| tail(person.identity.as_ref()?.value.reveal()))
        .collect();
    let all = sheets.iter().flat_map(|sheet| identities::identities(sheet, on));
    all.filter(|seen| seen.value.fault.is_none())
        .filter_map(|seen| tail(seen.value.identity.value.reveal()))
        .any(|number| !known.contains(&number))
}

fn tail(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.get(digits.len().checked_sub(10)?..).map(str::to_owned)
}

/// A case of Kronofogden's beside the one that a notice is about.
fn other_case(sheets: &[Sheet], notices: &[Notice]) -> bool {
    let known: Vec<String> = notices
        .iter()
        .flat_map(|notice| {
            let own = notice.enforcement.as_ref().and_then(|it| it.case_number.as_ref());
            let earlier = notice.relates_to.as_ref().and_then(|it| it.case_number.as_ref());
            [own, earlier]
        })
        .flatten()
        .map(|number| number.reveal().to_owned())
        .collect();
    let same = |other: &str| {
        known.iter().any(|known| known.starts_with(other) || other.starts_with(known.as_str()))
    };
    let all = sheets.iter().flat_map(case_numbers::cases);
    !known.is_empty() && all.filter(|seen| seen.confidence > 0.9).any(|seen| !same(&seen.value))
}

/// An hour to come that is none of the notice's, where somebody will act at one.
fn other_hour(sheets: &[Sheet], notices: &[Notice], (on, context): (Date, &Context<'_>)) -> bool {
    let [notice] = notices else { return false };
    if !notice.kind.demands_confirmation() {
        return false;
    }
    let Some(enforcement) = notice.enforcement.as_ref() else { return false };
    let told = [enforcement.starts_at, enforcement.no_longer_at];
    let known: Vec<Moment> = told.into_iter().flatten().collect();
    let all = sheets.iter().flat_map(|sheet| days::days(sheet, on));
    all.filter(|day| day.value.date > on)
        .filter_map(|day| Moment::local(day.value.date, day.value.time?, context.local_time))
        .any(|at| !known.contains(&at))
}

/// A street by its own name that is neither the home's nor the sender's.
fn other_home(sheets: &[Sheet], notices: &[Notice]) -> bool {
    let known: Vec<String> = notices
        .iter()
        .filter_map(|notice| {
            Some(notice.dwelling.as_ref()?.street.as_ref()?.reveal().to_lowercase())
        })
        .collect();
    let homes = sheets.iter().flat_map(|sheet| homes::streets_of(&sheet.text).0);
    let mut homes = homes;
    !known.is_empty() && homes.any(|street| !known.contains(&street))
}

#[cfg(test)]
mod tests {
    use super::other_case;
    use super::other_home;
    use super::other_number;
    use crate::domain::masked::Masked;
    use crate::domain::notice::Dwelling;
    use crate::domain::notice::Enforcement;
    use crate::domain::notice::Notice;
    use crate::domain::notice::NoticeType;
    use crate::normalize::prose::seen::Sheet;

    #[test]
    fn what_a_notice_does_not_use_is_told() {
        let mut notice = Notice::of(NoticeType::EvictionScheduled);
        let on = "2026-11-16".parse().unwrap();
        let sheets = [Sheet::body("Svarande 850101-2382, mål U-123456-26.")];
        assert!(other_number(&sheets, std::slice::from_ref(&notice), on));
        notice.enforcement = Some(Enforcement {
            case_number: Some(Masked::new("U-123456-26")),
            ..Enforcement::default()
        });
        notice.dwelling =
            Some(Dwelling { street: Some(Masked::new("Provgatan 3")), ..Dwelling::default() });
        let notices = [notice];
        assert!(!other_case(&sheets, &notices) && !other_home(&sheets, &notices));
        let more = [Sheet::body("Mål U-123456-26 och mål U-765432-26.")];
        assert!(other_case(&more, &notices));
        let none = [Sheet::body("Ingen nämns här.")];
        assert!(!other_number(&none, &notices, on));
    }
}
