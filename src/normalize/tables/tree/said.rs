//! The words of a program's message: the kind, the statute, what is said beside, numbers of matters, and what only headings of tables are called.

use super::super::record::Place;
use super::super::vocabulary;
use super::atoms::Atom;
use super::gather::Around;
use super::gather::Gather;
use super::gather::Said;
use super::leaf::Leaf;
use super::shapes;
use crate::domain::labels::folded;

impl Gather<'_> {
    /// Words: the kind, the statute, what is said beside, numbers of matters.
    pub(super) fn said(&mut self, leaf: &Leaf<'_>, around: &Around) -> bool {
        let from = self.place(leaf.branch, &around.parent);
        let (text, name) = (leaf.text, leaf.branch.name.as_str());
        let firm = matches!(
            leaf.party,
            Some(Atom::Sender | Atom::Contact | Atom::Officer | Atom::Landlord)
        );
        if leaf.is(&[Atom::Relates]) && shapes::is_reference(text) && !text.contains(' ') {
            self.record.put("relatesTo.senderReference", text, &from, 0.96);
            return true;
        }
        let lawful =
            ["JB ", "BRL ", "UF ", "jordabalken", "SFS", "kap."].iter().any(|it| text.contains(it));
        if leaf.is(&[Atom::Law])
            || (lawful && text.contains(|c: char| c.is_ascii_digit()) && text.chars().count() < 40)
        {
            self.kinds.push(Said { rank: 2, text: text.to_owned(), from: from.clone() });
            return self.put("legalBasis", name, text, &from);
        }
        if leaf.is(&[Atom::Tenure]) {
            return self.put("dwelling.tenure", name, text, &from);
        }
        if leaf.is(&[Atom::Role]) {
            return true;
        }
        let lone = text.chars().count() == 1 && text.chars().all(char::is_alphabetic);
        if lone && around.within(&[Atom::Home]) {
            self.record.put(vocabulary::LETTER, text, &from, 0.96);
            return true;
        }
        let numbers = leaf.is(&[Atom::Ref, Atom::Number, Atom::Id])
            || (leaf.own.is_empty() && around.near.contains(&Atom::Ref));
        let named = leaf.is(&[Atom::Ref]) && leaf.party == Some(Atom::Sender);
        if numbers
            && (!firm || named)
            && around.person.is_none()
            && shapes::is_reference(text)
            && !around.within(&[Atom::Home])
        {
            let rank = match (leaf.is(&[Atom::Ref]), around.near.contains(&Atom::Ref), around.top) {
                (true, _, _) => 3,
                (_, true, _) => 3,
                (_, _, true) => 2,
                _ => 1,
            };
            self.references.push((rank, text.to_owned(), from));
            return true;
        }
        self.worded(leaf, firm, from)
    }

    /// What is said of the matter itself.
    fn worded(&mut self, leaf: &Leaf<'_>, firm: bool, from: Place) -> bool {
        let (text, name) = (leaf.text, leaf.branch.name.as_str());
        if leaf.is(&[Atom::Kind, Atom::Incident, Atom::Name]) && !firm && leaf.party.is_none() {
            let worded = text.contains(' ');
            let rank =
                if leaf.is(&[Atom::Kind, Atom::Incident]) { if worded { 4 } else { 3 } } else { 1 };
            self.kinds.push(Said { rank, text: spaced(text), from: from.clone() });
            if shapes::words(text) >= 3 {
                self.record.remarks.push((text.to_owned(), from));
            }
            return true;
        }
        if leaf.is(&[Atom::Words]) && !firm {
            self.kinds.push(Said { rank: 1, text: text.to_owned(), from: from.clone() });
            self.record.remarks.push((text.to_owned(), from));
            return true;
        }
        if leaf.is(&[Atom::Outcome]) {
            self.kinds.push(Said { rank: 2, text: text.to_owned(), from: from.clone() });
            return self.put("enforcement.outcome", name, text, &from);
        }
        false
    }

    /// By the words that headings of tables have, else by its shape alone.
    pub(super) fn otherwise(&mut self, leaf: &Leaf<'_>, around: &Around) -> bool {
        let from = self.place(leaf.branch, &around.parent);
        let (text, name) = (leaf.text, leaf.branch.name.as_str());
        if leaf.party.is_none() {
            let both = format!("{}{name}", around.parent);
            let field = vocabulary::named(&both, None).or_else(|| vocabulary::named(name, None));
            let fits = |field: &String| {
                !field.starts_with('~')
                    && field != vocabulary::IGNORED
                    && field != "type"
                    && !field.starts_with("arrears.periods")
                    && !field.starts_with("sender.reference")
                    && !field.starts_with("arrears.")
            };
            if let Some(field) = field.filter(fits)
                && !folded(text).is_empty()
            {
                return self.put(&field, name, text, &from);
            }
        }
        let small = shapes::words(text) < 3 && text.chars().count() < 24;
        small
            || matches!(
                leaf.party,
                Some(Atom::Sender | Atom::Landlord | Atom::Contact | Atom::Officer)
            )
    }
}

/// `OBET_HYRA`, `lease.sublet.unlawful`: the words of a code.
pub(super) fn spaced(text: &str) -> String {
    match text.contains(' ') {
        true => text.to_owned(),
        false => super::atoms::pieces(text).join(" "),
    }
}
