//! Months that a row counts and does not name: `Från månad` February beside `Antal mån` 2 is February and March.

use super::columns::Columns;
use super::record::Record;
use jiff::Span;
use jiff::civil::Date;

/// How many months are unpaid.
pub(super) const COUNT: &str = "~count";

const FIRST: &str = "arrears.periods.0.period";

/// Nobody counts more months than this.
const MOST: usize = 24;

/// Puts the months behind the first one in, where its column says that it is the first.
pub(super) fn put_counted(record: &mut Record, columns: &Columns) {
    let count = record.take(COUNT).and_then(|told| told.text.trim().parse::<usize>().ok());
    let Some(count) = count.filter(|count| (2..=MOST).contains(count)) else { return };
    let begins = ["fran", "from", "fom", "forsta", "first", "aldsta"];
    let first = columns.heading_of(FIRST).is_some_and(|heading| {
        begins.iter().any(|word| heading.starts_with(word) || heading.ends_with(word))
    });
    if !first || record.periods > 1 {
        return;
    }
    let Some(told) = record.told(FIRST).cloned() else { return };
    let Ok(day) = format!("{}-01", told.text).parse::<Date>() else { return };
    for at in 1..count {
        let later = i64::try_from(at).ok().map(|months| Span::new().months(months));
        let Some(month) = later.and_then(|later| day.checked_add(later).ok()) else { return };
        let month = format!("{:04}-{:02}", month.year(), month.month());
        let path = format!("arrears.periods.{at}.period");
        record.put(&path, &month, &told.from, told.sure.min(0.95));
    }
    record.periods = count;
}
