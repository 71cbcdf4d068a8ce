//! What repeats within one household in a program's message: months that are owed, and what has happened.

use super::super::record::Place;
use super::super::tell_value::plain;
use super::atoms::Atom;
use super::atoms::atoms;
use super::branch::Branch;
use super::gather::Around;
use super::gather::Gather;
use super::leaf::Leaf;
use super::shapes;
use crate::domain::money::Money;
use jiff::civil::Date;

/// A month that is owed.
#[derive(Default)]
struct Month {
    month: Option<(String, Place)>,
    due: Option<(Date, Place)>,
    amount: Option<(u8, Money, Place)>,
    fee: bool,
}

impl Gather<'_> {
    /// A branch that tells of one month; `false` where it does not.
    pub(super) fn period(&mut self, branch: &Branch, own: &[Atom], around: &Around) -> bool {
        let about = [Atom::Debt, Atom::Pay, Atom::Period, Atom::Rent, Atom::Due, Atom::Month];
        let fits = own.iter().any(|atom| about.contains(atom)) || around.within(&about);
        if !fits || branch.inner.iter().any(|inner| !inner.is_leaf()) {
            return false;
        }
        let mut month = Month::default();
        for leaf in branch.leaves().filter(|leaf| !shapes::is_nothing(&leaf.value)) {
            if !self.of_month(leaf, &branch.name, &mut month) {
                return false;
            }
        }
        let told = month.month.is_some() || month.due.is_some();
        // A sum alone with its day is the whole debt's unless months are listed so.
        let listed = month.month.is_some() || own.contains(&Atom::Period) || own.is_empty();
        if !told || month.amount.is_none() && month.month.is_none() || !listed {
            return false;
        }
        if month.fee && month.month.is_none() {
            return true;
        }
        self.put_month(month);
        true
    }

    /// One value of a month; `false` where it is none of a month's.
    fn of_month(&self, leaf: &Branch, parent: &str, month: &mut Month) -> bool {
        let own = atoms(&leaf.name);
        let text = leaf.value.trim();
        let from = self.place(leaf, parent);
        let is = |any: &[Atom]| own.iter().any(|atom| any.contains(atom));
        if shapes::is_identity(text, self.on)
            || is(&[
                Atom::Id,
                Atom::Given,
                Atom::Family,
                Atom::Street,
                Atom::Code,
                Atom::Case,
                Atom::Org,
                Atom::Bank,
                Atom::Recover,
                Atom::Exists,
                Atom::Law,
            ])
        {
            return false;
        }
        if is(&[Atom::Amount, Atom::Rent, Atom::Debt, Atom::Ore, Atom::Total])
            && shapes::is_sum(text)
        {
            let leaf = Leaf { branch: leaf, text, own: own.clone(), party: None };
            let left = is(&[Atom::Debt])
                || super::atoms::pieces(&leaf.branch.name).iter().any(|it| {
                    ["kvar", "rest", "open", "obetald", "obetalt", "remaining", "unpaid"]
                        .contains(&it.as_str())
                });
            if let Some(sum) = self.sum(&leaf)
                && month.amount.as_ref().is_none_or(|(rank, _, _)| *rank < u8::from(left) + 1)
            {
                month.amount = Some((u8::from(left) + 1, sum, from));
            }
            return true;
        }
        let day = shapes::day(text, self.on);
        if !is(&[Atom::Due])
            && (day.is_none() || text.len() < 8)
            && let Some(found) = shapes::month(text, self.on)
        {
            month.month.get_or_insert((found, from));
            return true;
        }
        if let Some((day, _)) = day {
            if is(&[Atom::Due]) || month.due.is_none() {
                month.due = Some((day, from));
            }
            return true;
        }
        let lower = text.to_lowercase();
        month.fee |= ["avgift för", "påminnelse", "inkasso", "ränta", "kostnad"]
            .iter()
            .any(|it| lower.contains(it));
        shapes::words(text) <= 6
    }

    fn put_month(&mut self, month: Month) {
        let at = self.record.periods;
        let mut put = |member: &str, text: &str, from: &Place| {
            self.record.put(&format!("arrears.periods.{at}.{member}"), text, from, 0.97);
        };
        if let Some((text, from)) = &month.month {
            put("period", text, from);
        }
        if let Some((day, from)) = &month.due {
            put("dueOn", &day.to_string(), from);
        }
        if let Some((_, sum, from)) = month.amount.filter(|(_, sum, _)| sum.ore() > 0) {
            put("amount", &plain(sum), &from);
        }
        self.record.periods = at + 1;
    }

    /// A branch that tells what happened on a day; `false` where it does not.
    pub(super) fn incident(&mut self, branch: &Branch, own: &[Atom], around: &Around) -> bool {
        let about = own.contains(&Atom::Incident) || around.near.contains(&Atom::Incident);
        if !about || branch.inner.iter().any(|inner| !inner.is_leaf()) {
            return false;
        }
        let (mut day, mut words) = (None, None);
        for leaf in branch.leaves().filter(|leaf| !shapes::is_nothing(&leaf.value)) {
            let text = leaf.value.trim();
            let own = atoms(&leaf.name);
            let from = self.place(leaf, &branch.name);
            if shapes::is_identity(text, self.on) || own.contains(&Atom::Case) {
                return false;
            }
            if let Some((found, _)) = shapes::day(text, self.on) {
                day.get_or_insert((found, from));
            } else if shapes::words(text) >= 2 && !own.contains(&Atom::Mail) {
                let longer =
                    words.as_ref().is_none_or(|(old, _): &(String, Place)| old.len() < text.len());
                if longer {
                    words = Some((text.to_owned(), from));
                }
            }
        }
        let Some((words, from)) = words.filter(|_| {
            day.is_some()
                || branch.name.is_empty()
                || around.near.contains(&Atom::Incident)
                || own.contains(&Atom::Incident)
        }) else {
            return false;
        };
        self.put_incident(&words, &from, day);
        true
    }

    pub(super) fn put_incident(&mut self, words: &str, from: &Place, day: Option<(Date, Place)>) {
        let at = self.record.incidents;
        self.record.put(&format!("incidents.{at}.description"), words, from, 0.97);
        if let Some((day, from)) = day {
            self.record.put(&format!("incidents.{at}.occurredOn"), &day.to_string(), &from, 0.97);
        }
        self.record.incidents = at + 1;
    }
}
