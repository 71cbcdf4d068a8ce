//! Days, times, amounts, numbers: read in the schema's spelling first and then as people write, with evidence.

use super::fields::Fields;
use super::fields::Style;
use super::node::Members;
use super::node::Node;
use super::node::take;
use super::period;
use super::swedish::amounts::read_amount;
use super::swedish::dates::read_date;
use super::swedish::times::read_moment;
use crate::domain::finding::Severity;
use crate::domain::moment::Moment;
use crate::domain::money::Money;
use jiff::ToSpan;
use jiff::civil::Date;

impl Fields<'_> {
    /// A value in canonical spelling, else as people write it, else a finding `name.fault` and what was written as evidence.
    fn converted<T>(
        &mut self,
        members: &mut Members<'_>,
        name: &str,
        fault: &str,
        canonical: impl FnOnce(&str) -> Option<T>,
        otherwise: impl FnOnce(&mut Self, &str) -> Option<(T, f64)>,
    ) -> Option<T> {
        let text = self.text(members, name)?;
        if let Some(value) = canonical(&text) {
            return Some(value);
        }
        self.within(name, |fields| match otherwise(fields, &text) {
            Some((value, confidence)) => {
                fields.keep(&text, confidence);
                if fields.style != Style::Sheet {
                    fields.remark(Severity::Info, name, "spelling");
                }
                Some(value)
            }
            None => {
                fields.keep(&text, 1.0);
                fields.remark(Severity::Warning, name, fault);
                None
            }
        })
    }

    /// A day: `2026-10-12`, or as people write it.
    pub(super) fn day(&mut self, members: &mut Members<'_>, name: &str) -> Option<Date> {
        self.converted(members, name, "notADate", iso_day, |fields, text| fields.written_day(text))
    }

    fn written_day(&self, text: &str) -> Option<(Date, f64)> {
        if let Some(day) = read_date(text) {
            return Some((day, 1.0));
        }
        (self.style == Style::Sheet).then(|| serial_day(text)).flatten().map(|day| (day, 0.9))
    }

    /// A day or an instant with its offset; a time without one is local time.
    pub(super) fn moment(&mut self, members: &mut Members<'_>, name: &str) -> Option<Moment> {
        self.converted(members, name, "notATime", Moment::parse, |fields, text| {
            let moment = read_moment(text, fields.local_time);
            if let (Some(Moment::Instant { .. }), Style::Typed | Style::Tagged) =
                (moment, fields.style)
            {
                fields.remark(Severity::Info, name, "zoneMissing");
            }
            let serial = || fields.written_day(text).map(|(day, sure)| (Moment::Day(day), sure));
            moment.map(|moment| (moment, 1.0)).or_else(serial)
        })
    }

    /// A month as `2026-09`.
    pub(super) fn month(&mut self, members: &mut Members<'_>, name: &str) -> Option<String> {
        let canonical = |text: &str| period::canonical(text).then(|| text.to_owned());
        self.converted(members, name, "notAMonth", canonical, |_, text| {
            period::read(text).map(|month| (month, 1.0))
        })
    }

    /// An amount as `17824.00`, or as people write it.
    pub(super) fn amount(&mut self, members: &mut Members<'_>, name: &str) -> Option<Money> {
        self.converted(members, name, "notAnAmount", Money::parse, |_, text| {
            read_amount(text).map(|amount| (amount, 1.0))
        })
    }

    /// A whole number that is not negative.
    pub(super) fn number(&mut self, members: &mut Members<'_>, name: &str) -> Option<u64> {
        let node = take(members, name);
        self.within(name, |fields| fields.number_of(node, name))
    }

    /// The whole number in a node.
    pub(super) fn number_of(&mut self, node: Node<'_>, name: &str) -> Option<u64> {
        let (quote, number) = match (&node, self.style) {
            (Node::Null | Node::Taken, _) => return None,
            (Node::Number(number), _) => (number.to_string(), whole(*number)),
            (Node::Text(text), Style::Tagged | Style::Sheet) => {
                let text = text.trim();
                if text.is_empty() {
                    return None;
                }
                (text.to_owned(), text.parse().ok())
            }
            (other, _) => {
                self.misplaced(other, name);
                return None;
            }
        };
        if number.is_none() {
            self.keep(&quote, 1.0);
            self.remark(Severity::Warning, name, "notANumber");
        }
        number
    }

    /// A whole number that fits 32 bits; a larger one is no count of anything in a home.
    pub(super) fn count(&mut self, members: &mut Members<'_>, name: &str) -> Option<u32> {
        let number = self.number(members, name)?;
        let count = u32::try_from(number).ok();
        if count.is_none() {
            self.within(name, |fields| fields.remark(Severity::Warning, name, "notANumber"));
        }
        count
    }

    /// Yes or no.
    pub(super) fn flag(&mut self, members: &mut Members<'_>, name: &str) -> Option<bool> {
        let node = take(members, name);
        self.within(name, |fields| match (&node, fields.style) {
            (Node::Flag(flag), _) => Some(*flag),
            (Node::Text(text), Style::Tagged | Style::Sheet) => {
                let flag = yes_or_no(text.trim());
                if flag.is_none() && !text.trim().is_empty() {
                    fields.keep(text, 1.0);
                    fields.remark(Severity::Warning, name, "unknownValue");
                }
                flag
            }
            (other, _) => {
                fields.misplaced(other, name);
                None
            }
        })
    }
}

/// `true`, `1`, `ja`, `yes`, `x` and their opposites, in any case.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is(&["true", "1", "ja", "j", "yes", "y", "x", "sant"]) {
        return Some(true);
    }
    is(&["false", "0", "nej", "n", "no", "falskt"]).then_some(false)
}

/// `2026-10-12` and nothing else.
fn iso_day(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return None;
    }
    text.parse().ok()
}

/// A spreadsheet's day number (1 = 1900-01-01, with its leap year that never was), for days from 2000 to 2099.
fn serial_day(text: &str) -> Option<Date> {
    let number: i64 = text.parse().ok().filter(|number| (36_526..=73_050).contains(number))?;
    jiff::civil::date(1899, 12, 30).checked_add(number.days()).ok()
}

fn whole(number: f64) -> Option<u64> {
    // 2^53: up to here a JSON number is exact in every reader.
    let fits = number.fract() == 0.0 && (0.0..=9_007_199_254_740_992.0).contains(&number);
    fits.then_some(number as u64)
}
