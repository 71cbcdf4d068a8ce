//! What the notice's other values bear out: who names Kronofogden's case and a sure hour to come tells of an eviction that is set, however
//! weakly the words for it were said; and a debt that its months add up to is that debt.

use super::Reading;
use super::sure::FREE_TEXT;
use crate::domain::money::Money;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;

/// Values from here on are sure.
const SURE: f64 = 0.95;

/// Below this a kind is a guess, and nothing bears it out.
const TOLD: f64 = 0.8;

/// How often a kind of an eviction's course is right that case and time bear out: so it was in two hundred labelled notices but one.
const BORNE_OUT: f64 = 0.965;

/// How sure each month's amount must be.
const MONTH: f64 = 0.92;

/// How sure it is that an application which names the hour is none, but the time: a person looks, and nothing bears it out any further.
const TURNED: f64 = 0.75;

/// Settles the kinds of what was read.
pub(super) fn settle(reading: &mut Reading) {
    for read in &mut reading.notices {
        settle_one(&mut read.notice);
    }
}

fn settle_one(notice: &mut Notice) {
    // What was told field by field is as its sender told it.
    let read = notice.findings.iter().any(|finding| finding.code == FREE_TEXT);
    let Some(told) = notice.evidence.get("/type").map(|it| it.confidence).filter(|_| read) else {
        return;
    };
    of_months(notice);
    if !is_sure(notice, "/enforcement/caseNumber") {
        return;
    }
    let comes = notice.enforcement.as_ref().and_then(|it| it.starts_at.as_ref());
    let comes =
        comes.is_some_and(|at| at.instant().is_some()) && is_sure(notice, "/enforcement/startsAt");
    let set = match notice.kind {
        NoticeType::EvictionApplication => Some(NoticeType::EvictionScheduled),
        NoticeType::RemovalApplication => Some(NoticeType::RemovalScheduled),
        _ => None,
    };
    if let Some(kind) = set.filter(|_| comes) {
        notice.kind = kind;
        say(notice, TURNED);
        return;
    }
    let borne_out = match notice.kind {
        NoticeType::EvictionScheduled | NoticeType::RemovalScheduled => comes,
        NoticeType::EvictionChanged => !comes && is_sure(notice, "/enforcement/noLongerAt"),
        NoticeType::EvictionExecuted => is_sure(notice, "/enforcement/executedAt"),
        _ => false,
    };
    if borne_out && (TOLD..SURE).contains(&told) {
        say(notice, BORNE_OUT);
        notice.findings.retain(|finding| finding.code != "type.uncertain");
    }
}

/// A sum that stands in the letter and that its months add up to.
fn of_months(notice: &mut Notice) {
    let Some(arrears) = notice.arrears.as_ref() else { return };
    let Some(total) = arrears.amount_to_recover.map(Money::ore) else { return };
    let months: Option<Vec<i64>> =
        arrears.periods.iter().map(|month| Some(month.amount?.ore())).collect();
    let add_up = months.is_some_and(|it| it.len() > 1 && it.iter().sum::<i64>() == total);
    let each_told = (0..arrears.periods.len()).all(|at| {
        let told = notice.evidence.get(&format!("/arrears/periods/{at}/amount"));
        told.is_some_and(|it| it.confidence > MONTH)
    });
    let contradicted = notice.findings.iter().any(|it| it.code == "arrears.contradiction");
    if !add_up || !each_told || contradicted {
        return;
    }
    let Some(told) = notice.evidence.get_mut("/arrears/amountToRecover") else { return };
    let figures = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let stated = figures(told.quote.reveal()).contains(&(total / 100).to_string());
    if stated && (TOLD..SURE).contains(&told.confidence) {
        told.confidence = BORNE_OUT;
        notice.findings.retain(|finding| finding.code != "amountToRecover.uncertain");
    }
}

fn say(notice: &mut Notice, sure: f64) {
    if let Some(told) = notice.evidence.get_mut("/type") {
        told.confidence = sure;
    }
}

fn is_sure(notice: &Notice, path: &str) -> bool {
    notice.evidence.get(path).is_some_and(|it| it.confidence >= SURE)
}

#[cfg(test)]
mod tests {
    use super::super::remarks;
    use super::settle_one;
    use crate::domain::finding::Severity;
    use crate::domain::masked::Masked;
    use crate::domain::moment::Moment;
    use crate::domain::money::Money;
    use crate::domain::notice::Arrears;
    use crate::domain::notice::ArrearsPeriod;
    use crate::domain::notice::Enforcement;
    use crate::domain::notice::Evidence;
    use crate::domain::notice::Notice;
    use crate::domain::notice::NoticeType;

    fn notice(kind: NoticeType, starts: &str, sure: [f64; 3]) -> Notice {
        let mut notice = Notice::of(kind);
        notice.findings.push(remarks::finding(Severity::Error, "message", "freeText", ""));
        for (path, confidence) in
            ["/type", "/enforcement/caseNumber", "/enforcement/startsAt"].into_iter().zip(sure)
        {
            let quote = Masked::new(String::new());
            let evidence = Evidence { confidence, source: "body".to_owned(), quote };
            notice.evidence.insert(path.to_owned(), evidence);
        }
        notice.enforcement =
            Some(Enforcement { starts_at: Moment::parse(starts), ..Enforcement::default() });
        notice
    }

    #[test]
    fn months_bear_a_stated_debt_out() {
        for (stated, months, sure, expected) in [
            ("31 245 kr", ["10415.00", "20830.00"], 0.95, 0.965),
            ("10 415", ["10415.00", "20830.00"], 0.95, 0.9),
            ("31 245 kr", ["10415.00", "10415.00"], 0.95, 0.9),
            ("31 245 kr", ["10415.00", "20830.00"], 0.8, 0.9),
        ] {
            let mut notice = notice(NoticeType::RentArrears, "", [0.97, 0.0, 0.0]);
            let mut put = |path: String, confidence, quote: &str| {
                let quote = Masked::new(quote.to_owned());
                let evidence = Evidence { confidence, source: "body".to_owned(), quote };
                notice.evidence.insert(path, evidence);
            };
            put("/arrears/amountToRecover".to_owned(), 0.9, stated);
            for at in 0..2 {
                put(format!("/arrears/periods/{at}/amount"), sure, "10 415");
            }
            let periods = months.iter().map(|month| ArrearsPeriod {
                amount: Money::parse(month),
                ..ArrearsPeriod::default()
            });
            notice.arrears = Some(Arrears {
                amount_to_recover: Money::parse("31245.00"),
                periods: periods.collect(),
                ..Arrears::default()
            });
            settle_one(&mut notice);
            let told = &notice.evidence["/arrears/amountToRecover"];
            assert_eq!(told.confidence, expected, "{stated} {months:?} {sure}");
        }
    }

    #[test]
    fn case_and_hour_bear_a_set_time_out() {
        let hour = "2026-11-24T09:00:00+01:00";
        for (kind, starts, sure, expected) in [
            (NoticeType::EvictionScheduled, hour, [0.85, 0.99, 0.97], 0.965),
            (NoticeType::EvictionScheduled, hour, [0.85, 0.9, 0.97], 0.85),
            (NoticeType::EvictionScheduled, hour, [0.85, 0.99, 0.9], 0.85),
            (NoticeType::EvictionScheduled, "2026-11-24", [0.85, 0.99, 0.97], 0.85),
            (NoticeType::EvictionScheduled, hour, [0.6, 0.99, 0.97], 0.6),
            (NoticeType::EvictionChanged, hour, [0.85, 0.99, 0.97], 0.85),
            (NoticeType::RemovalApplication, hour, [0.97, 0.99, 0.97], 0.75),
        ] {
            let mut notice = notice(kind, starts, sure);
            settle_one(&mut notice);
            let told = notice.evidence.get("/type").map(|it| it.confidence);
            assert_eq!(told, Some(expected), "{kind:?} {starts} {sure:?}");
        }
        let mut named = notice(NoticeType::RemovalApplication, hour, [0.97, 0.99, 0.97]);
        settle_one(&mut named);
        assert_eq!(named.kind, NoticeType::RemovalScheduled);
        let once = named.clone();
        settle_one(&mut named);
        assert_eq!(once, named, "nothing is borne out twice");
        let mut told = notice(NoticeType::EvictionScheduled, hour, [0.85, 0.99, 0.97]);
        told.findings.clear();
        let before = told.clone();
        settle_one(&mut told);
        assert_eq!(before, told, "told field by field");
    }
}
