//! One value of a program's message: what it is by its name, by what it stands in and by its own shape.

use super::atoms::Atom;
use super::atoms::atoms;
use super::branch::Branch;
use super::gather::Around;
use super::gather::Gather;
use super::gather::party;
use super::shapes;

/// A value, with all that tells what it is.
pub(super) struct Leaf<'b> {
    pub(super) branch: &'b Branch,
    pub(super) text: &'b str,
    pub(super) own: Vec<Atom>,
    pub(super) party: Option<Atom>,
}

impl Leaf<'_> {
    pub(super) fn is(&self, any: &[Atom]) -> bool {
        self.own.iter().any(|atom| any.contains(atom))
    }

    /// Whether its name names a party and nothing of it.
    fn bare(&self) -> bool {
        let heads = |atom: &Atom| *atom as usize >= Atom::Name as usize;
        !self.own.iter().any(heads)
    }
}

impl Gather<'_> {
    pub(super) fn leaf(&mut self, branch: &Branch, around: &Around) {
        let text = branch.value.trim();
        let own = atoms(&branch.name);
        let named = party(&own);
        let leaf = Leaf { branch, text, party: named.or(around.party), own };
        if shapes::is_nothing(text) {
            if leaf.party == Some(Atom::Child) && !text.is_empty() {
                let from = self.place(branch, &around.parent);
                self.record.put("children.known", "unknown", &from, 0.96);
            }
            return;
        }
        // Whom it is sent to is the board itself, whatever it is called.
        let lower = text.to_lowercase();
        let ours = lower.contains("socialn") || lower.contains("socialtj");
        let talks = leaf.is(&[Atom::Kind, Atom::Words, Atom::Incident]);
        if leaf.party == Some(Atom::Ours)
            || (ours && !talks && shapes::words(text) <= 6)
            || leaf.is(&[Atom::Meta])
        {
            return;
        }
        let placed = self.numbered(&leaf, around)
            || self.child(&leaf, around)
            || self.dated(&leaf, around)
            || self.summed(&leaf, around)
            || self.homed(&leaf, around)
            || self.named(&leaf, around)
            || self.said(&leaf, around)
            || self.otherwise(&leaf, around);
        if !placed {
            self.lost.push(text.to_owned());
        }
    }

    /// Numbers that belong to somebody: identity, company, telephone, case, account.
    fn numbered(&mut self, leaf: &Leaf<'_>, around: &Around) -> bool {
        let from = self.place(leaf.branch, &around.parent);
        let (text, name) = (leaf.text, leaf.branch.name.as_str());
        if leaf.is(&[Atom::Protect]) {
            let at = around.person.unwrap_or(0);
            let flag = super::super::super::values::yes_or_no(text);
            if flag != Some(false) {
                self.record.put(&format!("persons.{at}.protectedIdentity"), "true", &from, 0.97);
            }
            return true;
        }
        let firm = matches!(
            leaf.party,
            Some(Atom::Sender | Atom::Landlord | Atom::Contact | Atom::Officer)
        );
        let organisation = shapes::organisation(text)
            .filter(|_| leaf.is(&[Atom::Org]) || (firm && !shapes::is_identity(text, self.on)));
        if let Some(number) = organisation {
            let party = if leaf.party == Some(Atom::Landlord) { "landlord" } else { "sender" };
            if matches!(leaf.party, None | Some(Atom::Sender | Atom::Landlord)) {
                self.put(&format!("{party}.organisationNumber"), name, &number, &from);
            }
            return true;
        }
        let identity = shapes::is_identity(text, self.on);
        let called = leaf.is(&[Atom::Id]) && text.chars().filter(char::is_ascii_digit).count() >= 8;
        if (identity || called) && !leaf.is(&[Atom::Ocr, Atom::Bank, Atom::Plus, Atom::Case]) {
            return self.identity(leaf, around, &from);
        }
        if text.contains('@') && !text.contains(' ') {
            return self.reached(leaf, around, "email", &from);
        }
        if leaf.is(&[Atom::Phone]) {
            return self.reached(leaf, around, "phone", &from);
        }
        if shapes::is_case(text) || (leaf.is(&[Atom::Case]) && shapes::is_reference(text)) {
            let relates = leaf.is(&[Atom::Relates]) && !leaf.is(&[Atom::Case]);
            let field = if relates { "relatesTo.caseNumber" } else { "enforcement.caseNumber" };
            return self.put(field, name, text, &from);
        }
        let paying = around.within(&[Atom::Pay]) || around.near.contains(&Atom::Ours);
        let digits = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ');
        if leaf.is(&[Atom::Bank]) {
            return self.put("arrears.payment.bankgiro", name, text, &from);
        }
        if leaf.is(&[Atom::Plus]) {
            return self.put("arrears.payment.plusgiro", name, text, &from);
        }
        if leaf.is(&[Atom::Ocr]) || (paying && digits && leaf.is(&[Atom::Ref, Atom::Number])) {
            return self.put("arrears.payment.ocr", name, text, &from);
        }
        paying && self.put("arrears.payment.bankgiro", name, text, &from)
    }

    fn identity(
        &mut self,
        leaf: &Leaf<'_>,
        around: &Around,
        from: &super::super::record::Place,
    ) -> bool {
        let name = leaf.branch.name.as_str();
        match leaf.party {
            Some(Atom::Sender | Atom::Landlord | Atom::Officer | Atom::Contact) => true,
            Some(Atom::Child) => self.child_number(leaf, around, from),
            _ => {
                let second = leaf.party == Some(Atom::Second) && around.person.is_none();
                let at = around.person.unwrap_or(usize::from(second));
                self.put(&format!("persons.{at}.identity.value"), name, leaf.text, from)
            }
        }
    }

    /// A telephone or an address of somebody's.
    fn reached(
        &mut self,
        leaf: &Leaf<'_>,
        around: &Around,
        member: &str,
        from: &super::super::record::Place,
    ) -> bool {
        let digits = leaf.text.chars().filter(char::is_ascii_digit).count();
        if member == "phone" && !(6..=14).contains(&digits) {
            return false;
        }
        let name = leaf.branch.name.as_str();
        match leaf.party {
            Some(Atom::Tenant | Atom::Second) => {
                let at = around.person.unwrap_or(0);
                self.put(&format!("persons.{at}.{member}"), name, leaf.text, from)
            }
            // Whose the number of a landlord is that does not write itself, no notice tells.
            Some(Atom::Landlord | Atom::Child) => true,
            Some(Atom::Officer | Atom::Contact) => {
                self.record.take(&format!("sender.{member}"));
                self.put(&format!("sender.{member}"), name, leaf.text, from)
            }
            _ => {
                let path = format!("sender.{member}");
                if self.record.get(&path).is_none() {
                    self.put(&path, name, leaf.text, from);
                }
                true
            }
        }
    }

    /// Names of people and of firms.
    fn named(&mut self, leaf: &Leaf<'_>, around: &Around) -> bool {
        let from = self.place(leaf.branch, &around.parent);
        let (text, name) = (leaf.text, leaf.branch.name.as_str());
        if leaf.is(&[Atom::Kind]) && !leaf.is(&[Atom::Name]) || text.chars().count() > 80 {
            return false;
        }
        let parts = leaf.is(&[Atom::Given, Atom::Family]);
        let nameish = leaf.is(&[Atom::Name])
            || (leaf.bare() && leaf.party.is_some() && party(&leaf.own).is_some());
        let by_shape = shapes::is_name(text) && leaf.own.is_empty() && leaf.party.is_some();
        if !(parts || nameish || by_shape || leaf.is(&[Atom::Somebody]))
            || text.bytes().filter(u8::is_ascii_digit).count() > 4
        {
            return false;
        }
        match leaf.party {
            Some(Atom::Sender) => {
                match shapes::is_name(text) && self.record.get("sender.name").is_some() {
                    true => self.put("sender.contactName", name, text, &from),
                    false => self.put("sender.name", name, text, &from),
                }
            }
            Some(Atom::Landlord) if parts => false,
            Some(Atom::Landlord) => self.put("landlord.name", name, text, &from),
            Some(Atom::Officer | Atom::Contact) => {
                shapes::is_name(text) && self.put("sender.contactName", name, text, &from)
            }
            Some(Atom::Child) => {
                let at = 8 + around.person.unwrap_or(0);
                self.record.put(&format!("persons.{at}.name"), text, &from, 0.9);
                true
            }
            Some(Atom::Tenant | Atom::Second) => {
                let second = leaf.party == Some(Atom::Second) && around.person.is_none();
                let at = around.person.unwrap_or(usize::from(second));
                let member = match (leaf.is(&[Atom::Given]), leaf.is(&[Atom::Family])) {
                    (true, false) => "givenName",
                    (false, true) => "familyName",
                    _ => "name",
                };
                self.put(&format!("persons.{at}.{member}"), name, text, &from)
            }
            _ if parts => {
                let member = if leaf.is(&[Atom::Given]) { "givenName" } else { "familyName" };
                self.put(&format!("persons.0.{member}"), name, text, &from)
            }
            _ if leaf.is(&[Atom::Name, Atom::Somebody])
                && shapes::is_name(text)
                && !leaf.is(&[Atom::Kind]) =>
            {
                self.put("persons.0.name", name, text, &from)
            }
            _ => false,
        }
    }
}
