//! Months that are owed as programs print them, a line for each: `avi 2610  7 431,00  ffd 260930`, `FAKTURA OKTOBER 2026 ... 1.388,00 FÖRFALLEN 26-10-31`.

use super::cells;
use super::record::Place;
use super::record::evidence;
use super::tree;
use crate::domain::money::Money;
use crate::domain::notice::ArrearsPeriod;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::normalize::Context;
use crate::normalize::prose::pattern::pattern;
use jiff::civil::Date;

pattern!(
    MONTH,
    r"(?i)(?:^|[\s.(])((?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\p{L}{0,7}\.? ?20\d\d|20\d\d-(?:0[1-9]|1[0-2])|2\d(?:0[1-9]|1[0-2]))(?:$|[\s.,:)])"
);
pattern!(
    SUM,
    r"(?:^|[\s.])(\d{1,3}(?:[ .]\d{3})+,\d\d|\d{1,6},\d\d|\d{1,3}(?:[ .]\d{3})*(?: ?kr\b|:-))"
);
pattern!(
    DUE,
    r"(?i)\b(?:ffd|förf\p{L}*|due)[ :.]{1,5}(\d{2,4}-\d\d-\d\d|20\d{6}|2\d[01]\d[0-3]\d|\d{1,2}/\d{1,2}[- /]\d{2,4})"
);

/// More months than this stand in nobody's print.
const MOST: usize = 24;

/// A month of a print.
struct Owed {
    month: String,
    amount: Money,
    due: Option<Date>,
    line: String,
}

/// Puts the months of a print down where the notice has none and they add up to what is to be paid.
pub(super) fn fill(notice: &mut Notice, text: &str, context: &Context<'_>) {
    let owing = matches!(
        notice.kind,
        NoticeType::RentArrears | NoticeType::TenantOwnedArrears | NoticeType::ElectricityDebt
    );
    let on = context.local_time.day_of(context.received_at);
    let Some(arrears) = notice.arrears.as_mut().filter(|_| owing) else { return };
    let told = arrears.periods.iter().any(|period| period.amount.is_some());
    if told || arrears.periods.len() > 1 {
        return;
    }
    let lines: Vec<Owed> = text.lines().filter_map(|line| owed(line, on)).take(MOST).collect();
    let sum = lines.iter().try_fold(Money::from_ore(0), |sum, owed| sum.checked_add(owed.amount));
    let (Some(sum), Some(whole)) = (sum, arrears.amount_to_recover) else { return };
    // What is printed beside them may be a fee.
    let rest = whole.ore().saturating_sub(sum.ore());
    if lines.is_empty() || !(0..100_000).contains(&rest) {
        return;
    }
    arrears.periods = lines
        .iter()
        .map(|owed| ArrearsPeriod {
            period: Some(owed.month.clone()),
            due_on: owed.due,
            amount: Some(owed.amount),
        })
        .collect();
    for (at, owed) in lines.iter().enumerate() {
        let from = Place { source: "body".to_owned(), quote: owed.line.clone() };
        for member in ["period", "amount", "dueOn"] {
            if member != "dueOn" || owed.due.is_some() {
                let path = format!("/arrears/periods/{at}/{member}");
                notice.evidence.insert(path, evidence(&from, 0.95));
            }
        }
    }
}

/// A line with one month and one sum.
fn owed(line: &str, on: Date) -> Option<Owed> {
    if line.chars().count() > 120 {
        return None;
    }
    let due = DUE.first(line);
    let day = due.as_ref().and_then(|fit| fit.get(1)).map(|day| day.as_str().to_owned());
    let day = day.map(|day| {
        let short = day.len() == 8 && day.contains('-');
        if short { format!("20{day}") } else { day }
    });
    let head = due.and_then(|fit| fit.get(0)).map_or(line, |fit| &line[..fit.start()]);
    let month = MONTH.first(head)?.get(1)?;
    let behind = head.get(month.end()..)?;
    let sum = SUM.first(behind)?.get(1)?.as_str();
    let amount = cells::amount(sum.trim()).filter(|sum| sum.ore() > 0)?;
    Some(Owed {
        month: tree::month_of(month.as_str(), on)?,
        amount,
        due: day.and_then(|day| tree::day_of(&day, on)),
        line: line.trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::owed;

    #[test]
    fn a_printed_line_is_a_month_with_its_sum_and_day() {
        let on = "2026-11-20".parse().unwrap();
        for line in [
            "avi ej rgl 2610  7 431,00  ffd 261030",
            "FAKTURA OKTOBER 2026 ..... 7.431,00   FÖRFALLEN 26-10-30",
        ] {
            let owed = owed(line, on).unwrap();
            assert_eq!((owed.month.as_str(), owed.amount.ore()), ("2026-10", 743_100), "{line}");
            assert_eq!(
                owed.due.map(|day| day.to_string()).as_deref(),
                Some("2026-10-30"),
                "{line}"
            );
        }
        for line in ["att inbet 14 862,00 bg 9912346", "Hej 2026-10", "Provgatan 2610"] {
            assert!(owed(line, on).is_none(), "{line}");
        }
    }
}
