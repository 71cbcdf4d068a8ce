//! Days, hours, sums, homes and children in a program's message.

use super::super::tell::tell;
use super::super::tell_value::plain;
use super::atoms::Atom;
use super::gather::Around;
use super::gather::Gather;
use super::leaf::Leaf;
use super::shapes;
use crate::domain::document::Cell;
use crate::domain::money::Money;

/// What days are of, the first that fits.
pub(super) const DAYS: &[(Atom, &str)] = &[
    (Atom::Birth, "bornOn"),
    (Atom::Serve, "servedOn"),
    (Atom::Mend, "rectifyBy"),
    (Atom::Leave, "moveOutBy"),
    (Atom::Cut, "disconnectAfter"),
    (Atom::Due, "dueOn"),
    (Atom::Executed, "executedAt"),
    (Atom::Hearing, "startsAt"),
    (Atom::Apply, "enforcement.appliedOn"),
    (Atom::Terminate, "terminatedOn"),
    (Atom::Incident, "incident"),
];

impl Gather<'_> {
    /// Days and hours.
    pub(super) fn dated(&mut self, leaf: &Leaf<'_>, around: &Around) -> bool {
        let from = self.place(leaf.branch, &around.parent);
        let hearing = leaf.is(&[Atom::Hearing, Atom::Executed])
            || around
                .near
                .iter()
                .any(|it| matches!(it, Atom::Hearing | Atom::Executed | Atom::Old));
        let old = leaf.is(&[Atom::Old]) || around.near.contains(&Atom::Old);
        if leaf.is(&[Atom::Clock])
            && hearing
            && let Some(clock) = shapes::clock(leaf.text)
        {
            self.hours[usize::from(old)].clock = Some(clock);
            return true;
        }
        let Some((day, clock)) = shapes::day(leaf.text, self.on) else { return false };
        let sums = leaf.is(&[
            Atom::Amount,
            Atom::Recover,
            Atom::Ocr,
            Atom::Ref,
            Atom::Number,
            Atom::Total,
        ]);
        if sums && leaf.text.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        // A day's own name tells what it is of before what it stands in.
        let of = |list: &[Atom]| DAYS.iter().find(|(atom, _)| list.contains(atom)).map(|it| it.1);
        let said =
            of(&leaf.own).or_else(|| match leaf.is(&[Atom::Issue]) && !leaf.is(&[Atom::Day]) {
                // When a reminder was sent is not when it is to be followed.
                true if around.near.contains(&Atom::Mend) => Some("incident"),
                true => Some("issuedOn"),
                false => of(&around.near),
            });
        let issued = leaf.is(&[Atom::Issue]) && around.person.is_none();
        let field = said.or(issued.then_some("issuedOn"));
        if let Some("startsAt" | "executedAt") = field {
            let hour = &mut self.hours[usize::from(old)];
            hour.day = Some((day, from));
            if let Some(clock) = clock.as_deref().and_then(at_home) {
                hour.clock = Some(clock);
            }
            return true;
        }
        self.put_day(field, (&day.to_string(), clock.is_some()), leaf, around)
    }

    /// A day but an eviction's; `timed`: an hour stands with it.
    fn put_day(
        &mut self,
        field: Option<&str>,
        (text, timed): (&str, bool),
        leaf: &Leaf<'_>,
        around: &Around,
    ) -> bool {
        let from = self.place(leaf.branch, &around.parent);
        let name = leaf.branch.name.as_str();
        match field {
            Some("servedOn") => {
                if let Some(at) = around.person {
                    self.put(&format!("persons.{at}.servedOn"), name, text, &from);
                }
                if self.record.get("servedOn").is_none() {
                    self.put("servedOn", name, text, &from);
                }
                true
            }
            Some("bornOn") => match leaf.party {
                Some(Atom::Child) => self.child_year(text.get(..4).unwrap_or(text), &from),
                _ => self.put(
                    &format!("persons.{}.bornOn", around.person.unwrap_or(0)),
                    name,
                    text,
                    &from,
                ),
            },
            Some("dueOn" | "incident") => true,
            // When a message was sent on its way, to the second, is no day of a letter's own.
            Some("issuedOn") if timed => true,
            Some(field) => self.put(field, name, text, &from),
            None => true,
        }
    }

    /// Sums of money, rent and months.
    pub(super) fn summed(&mut self, leaf: &Leaf<'_>, around: &Around) -> bool {
        if leaf.is(&[Atom::Unit]) && !leaf.text.bytes().any(|b| b.is_ascii_digit()) {
            return true;
        }
        let owing = around.within(&[Atom::Debt, Atom::Fee, Atom::Pay]);
        let money =
            leaf.is(&[Atom::Amount, Atom::Recover, Atom::Total, Atom::Rent, Atom::Debt, Atom::Ore]);
        if !shapes::is_sum(leaf.text)
            || !(money || owing)
            || leaf.is(&[Atom::Rooms, Atom::Count, Atom::Child, Atom::House, Atom::Ocr])
        {
            return self.month(leaf, around);
        }
        let from = self.place(leaf.branch, &around.parent);
        let Some(sum) = self.sum(leaf) else { return false };
        // What was paid, or is asked for besides, is no debt of rent.
        let besides = around.near.contains(&Atom::Fee) && !around.near.contains(&Atom::Debt);
        if besides && !leaf.is(&[Atom::Recover, Atom::Total, Atom::Rent]) {
            return true;
        }
        if leaf.is(&[Atom::Fee]) && !leaf.is(&[Atom::Total, Atom::Recover, Atom::Rent]) {
            return true;
        }
        let rank = match () {
            () if leaf.is(&[Atom::Recover]) => 5,
            () if leaf.is(&[Atom::Rent]) && !leaf.is(&[Atom::Debt, Atom::Total]) => 0,
            () if leaf.is(&[Atom::Total]) => 4,
            () if leaf.is(&[Atom::Debt]) => 3,
            () if owing && leaf.is(&[Atom::Amount, Atom::Ore]) => 2,
            () if leaf.is(&[Atom::Amount]) => 1,
            () => return true,
        };
        if sum.ore() <= 0 {
            return true;
        }
        match rank {
            0 => {
                let text = plain(sum);
                self.put("arrears.monthlyRent", &leaf.branch.name, &text, &from);
            }
            rank => self.sums.push((rank, plain(sum), from)),
        }
        true
    }

    /// The month that a debt is of.
    fn month(&mut self, leaf: &Leaf<'_>, around: &Around) -> bool {
        let month = (leaf.is(&[Atom::Month, Atom::Period]) || around.within(&[Atom::Debt]))
            .then(|| shapes::month(leaf.text, self.on))
            .flatten();
        let several = leaf.is(&[Atom::Month, Atom::Period]) && !leaf.text.is_empty();
        if month.is_some() || several {
            let from = self.place(leaf.branch, &around.parent);
            let text = month.unwrap_or_else(|| leaf.text.to_owned());
            let mut one = self.record.clone();
            let before = one.periods;
            if before == 0
                && tell(
                    &mut one,
                    "arrears.periods.0.period",
                    "period",
                    &Cell::Text(text),
                    &from,
                    self.context,
                )
            {
                self.record = one;
                return true;
            }
        }
        false
    }

    /// A sum, counted in hundredths where the message says so.
    pub(super) fn sum(&self, leaf: &Leaf<'_>) -> Option<Money> {
        let sum = super::super::cells::amount(leaf.text)?;
        let whole = leaf.text.bytes().all(|byte| byte.is_ascii_digit());
        let called = super::atoms::pieces(&leaf.branch.name)
            .iter()
            .any(|word| matches!(word.as_str(), "oren" | "ore" | "cent" | "cents" | "ores"));
        match whole && (self.ore || called) {
            true => Some(Money::from_ore(sum.ore() / 100)),
            false => Some(sum),
        }
    }

    /// Street, town, apartment.
    pub(super) fn homed(&mut self, leaf: &Leaf<'_>, around: &Around) -> bool {
        let heads = [
            (Atom::House, "dwelling.streetNumber"),
            (Atom::Code, "dwelling.postalCode"),
            (Atom::CareOf, "dwelling.careOf"),
            (Atom::Rooms, "dwelling.rooms"),
            (Atom::Object, "dwelling.objectNumber"),
            (Atom::Flat, "dwelling.apartmentNumber"),
            (Atom::Property, "dwelling.propertyDesignation"),
            (Atom::Town, "dwelling.city"),
            (Atom::Street, "dwelling.street"),
        ];
        let home = around.near.contains(&Atom::Home) || around.within(&[Atom::Home]);
        let code =
            home && leaf.text.len() == 5 && leaf.text.bytes().all(|byte| byte.is_ascii_digit());
        let numbered =
            home && leaf.is(&[Atom::Number, Atom::Ref]) && shapes::is_reference(leaf.text);
        let field = match heads.iter().find(|(atom, _)| leaf.is(&[*atom])) {
            _ if code && !leaf.is(&[Atom::Flat, Atom::Object]) => Some("dwelling.postalCode"),
            // `Fastighet: Provgatan 3` is where it lies, `PROVBY SLUSSEN 3` what the register calls it.
            Some((Atom::Property, _))
                if shapes::is_street(leaf.text) && shapes::is_road(leaf.text) =>
            {
                Some("dwelling.street")
            }
            Some((_, field)) => Some(*field),
            None if numbered => Some("dwelling.objectNumber"),
            None if leaf.is(&[Atom::Home]) && shapes::is_street(leaf.text) => {
                Some("dwelling.street")
            }
            None if home && leaf.own.is_empty() && shapes::is_street(leaf.text) => {
                Some("dwelling.street")
            }
            None => None,
        };
        let Some(field) = field else { return false };
        // Where a firm has its office is nobody's home.
        if matches!(
            leaf.party,
            Some(Atom::Sender | Atom::Landlord | Atom::Officer | Atom::Contact | Atom::Child)
        ) {
            return true;
        }
        let from = self.place(leaf.branch, &around.parent);
        let text = match field {
            "dwelling.propertyDesignation" | "dwelling.objectNumber" | "dwelling.streetNumber" => {
                leaf.text.to_owned()
            }
            _ => leaf.text.replace(['\n', '\r'], ", "),
        };
        if around.person.is_some() {
            let mut mailed = std::mem::take(&mut self.mailed);
            let known =
                tell(&mut mailed, field, &leaf.branch.name, &Cell::Text(text), &from, self.context);
            self.mailed = mailed;
            return known;
        }
        self.put(field, &leaf.branch.name, &text, &from)
    }
}

/// `09:30:00+01:00` and `08:30:00Z`: only an hour of the place itself is one to rely on.
fn at_home(clock: &str) -> Option<String> {
    let zoned = clock.contains(['Z', '+']);
    let local = clock.split(['+', 'Z']).next()?;
    let hours: String = local.split(':').take(2).collect::<Vec<_>>().join(":");
    let hour = shapes::clock(&hours)?;
    (!zoned || clock.contains("+01") || clock.contains("+02")).then_some(hour)
}
