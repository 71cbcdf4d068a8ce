//! Children in a program's message: whether there are any, how many, when they were born, and who they are.

use super::super::record::Record;
use super::atoms::Atom;
use super::gather::Around;
use super::gather::Gather;
use super::leaf::Leaf;
use super::shapes;

impl Gather<'_> {
    /// Children: whether there are any, how many, when they were born.
    pub(super) fn child(&mut self, leaf: &Leaf<'_>, around: &Around) -> bool {
        if leaf.party != Some(Atom::Child) {
            return false;
        }
        let from = self.place(leaf.branch, &around.parent);
        let years: Vec<&str> = leaf
            .text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|year| year.len() == 4 && (year.starts_with("20") || year.starts_with("199")))
            .collect();
        if !years.is_empty() && shapes::day(leaf.text, self.on).is_none() {
            years.iter().for_each(|year| {
                self.child_year(year, &from);
            });
            return true;
        }
        if leaf.is(&[Atom::Name, Atom::Given, Atom::Family, Atom::Birth, Atom::Words, Atom::Id]) {
            return false;
        }
        let mut one = Record::default();
        let told = super::super::tell_value::children(&mut one, leaf.text, &from);
        for told in one.values() {
            self.record.put(&told.path, &told.text, &told.from, told.sure);
        }
        told
    }

    pub(super) fn child_year(&mut self, year: &str, from: &super::super::record::Place) -> bool {
        let free =
            (0..12).find(|at| self.record.get(&format!("children.birthYears.{at}")).is_none());
        if let Some(at) = free {
            self.record.put(&format!("children.birthYears.{at}"), year, from, 0.96);
        }
        true
    }

    pub(super) fn child_number(
        &mut self,
        leaf: &Leaf<'_>,
        around: &Around,
        from: &super::super::record::Place,
    ) -> bool {
        let at = 8 + around.person.unwrap_or(0);
        self.record.put(&format!("persons.{at}.role"), "child", from, 0.96);
        let known =
            self.put(&format!("persons.{at}.identity.value"), &leaf.branch.name, leaf.text, from);
        let digits: String = leaf.text.chars().filter(char::is_ascii_digit).collect();
        if known && digits.len() == 12 {
            self.child_year(&digits[..4], from);
        }
        known
    }
}
