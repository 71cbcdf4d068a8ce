//! What tells one household's notices, forms and documents from another's: its people's numbers and names, its home, its case.

use super::nobody;
use super::record::Record;
use crate::domain::notice::Notice;
use crate::domain::notice::Role;

/// What tells households apart. A street is no home: others live there, too.
#[derive(Clone, Default)]
pub(super) struct Key {
    numbers: Vec<String>,
    names: Vec<String>,
    /// Street and apartment, and nothing where one of them is not told.
    homes: Vec<String>,
    streets: Vec<String>,
    cases: Vec<String>,
    amounts: Vec<String>,
}

impl Key {
    /// Whom a notice is about.
    pub(super) fn of(notice: &Notice) -> Self {
        let mut key = Self::default();
        let adult = |role: Role| role != Role::Child && role != Role::Representative;
        for person in notice.persons.iter().filter(|person| adult(person.role)) {
            key.numbers.extend(person.identity.as_ref().map(|it| it.value.reveal().to_owned()));
            key.name(person.name.as_ref().map(|it| it.reveal()));
        }
        if let Some(home) = notice.dwelling.as_ref() {
            let text = |it: &crate::domain::masked::Masked| it.reveal().to_owned();
            key.home(
                home.street.as_ref().map(text).as_deref(),
                home.apartment_number.as_ref().map(text).as_deref(),
            );
        }
        let case = notice.enforcement.as_ref().and_then(|it| it.case_number.as_ref());
        key.cases.extend(case.map(|it| it.reveal().to_lowercase()));
        let amount = notice.arrears.as_ref().and_then(|it| it.amount_to_recover);
        key.amounts.extend(amount.map(|amount| amount.ore().to_string()));
        key
    }

    /// Whom a form is about.
    pub(super) fn of_record(record: &Record) -> Self {
        let mut key = Self::default();
        for at in 0..10 {
            let get = |member: &str| record.get(&format!("persons.{at}.{member}"));
            if get("role").is_some_and(|role| role == "child" || role == "representative") {
                continue;
            }
            key.numbers.extend(get("identity.value").map(str::to_owned));
            key.name(get("name"));
        }
        key.home(record.get("dwelling.street"), record.get("dwelling.apartmentNumber"));
        key.cases.extend(record.get("enforcement.caseNumber").map(str::to_lowercase));
        key.amounts.extend(
            record
                .get("arrears.amountToRecover")
                .and_then(crate::domain::money::Money::parse)
                .map(|amount| amount.ore().to_string()),
        );
        key
    }

    fn name(&mut self, name: Option<&str>) {
        let named = |name: &&str| !nobody::is_masked(name) && !nobody::is_company(name);
        self.names.extend(name.filter(named).map(sorted));
    }

    fn home(&mut self, street: Option<&str>, apartment: Option<&str>) {
        let Some(street) = street.filter(|street| !nobody::is_masked(street)) else { return };
        let street = street.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        self.homes.extend(apartment.map(|number| format!("{street}/{number}")));
        self.streets.push(street);
    }

    /// Nobody is named: the home alone may be the sender's.
    pub(super) fn is_empty(&self) -> bool {
        self.numbers.is_empty() && self.names.is_empty()
    }

    /// Neither a person nor a home nor a case is named.
    pub(super) fn is_blank(&self) -> bool {
        self.is_empty() && self.streets.is_empty() && self.cases.is_empty()
    }

    /// Whether a home is told at all.
    pub(super) fn has_home(&self) -> bool {
        !self.streets.is_empty()
    }

    /// Whether both name the same street.
    pub(super) fn shares_street(&self, other: &Self) -> bool {
        shares(&self.streets, &other.streets)
    }

    /// Whether both name the same home, or its street where the home is told no closer.
    pub(super) fn shares_home(&self, other: &Self) -> bool {
        let closer = !self.homes.is_empty() && !other.homes.is_empty();
        if closer { shares(&self.homes, &other.homes) } else { self.shares_street(other) }
    }

    /// Whether both are about one household.
    pub(super) fn fits(&self, other: &Self) -> bool {
        if shares(&self.numbers, &other.numbers) || shares(&self.cases, &other.cases) {
            return true;
        }
        let differ = |one: &[String], two: &[String]| !one.is_empty() && !two.is_empty();
        let home = shares(&self.homes, &other.homes);
        // Two tenants of one home, each with a letter about the same debt.
        let debt = home && shares(&self.amounts, &other.amounts);
        if differ(&self.numbers, &other.numbers) {
            return debt;
        }
        if shares(&self.names, &other.names) {
            return true;
        }
        if differ(&self.names, &other.names) { debt } else { home }
    }

    /// Whether one names the people of a home and the other the home, as the tables of one form do.
    pub(super) fn completes(&self, other: &Self) -> bool {
        let person = |key: &Self| !key.is_empty() && !key.has_home();
        let home = |key: &Self| key.is_empty() && key.has_home();
        (person(self) && home(other)) || (home(self) && person(other))
    }

    /// Whether the two cannot be about one household: other numbers, other people, another street.
    pub(super) fn contradicts(&self, other: &Self) -> bool {
        if shares(&self.numbers, &other.numbers) || shares(&self.names, &other.names) {
            return false;
        }
        let differ = |one: &[String], two: &[String]| {
            !one.is_empty() && !two.is_empty() && !shares(one, two)
        };
        let words = |names: &[String]| -> Vec<String> {
            names.iter().flat_map(|name| name.split(' ')).map(str::to_owned).collect()
        };
        differ(&self.numbers, &other.numbers)
            || differ(&words(&self.names), &words(&other.names))
            || differ(&self.streets, &other.streets)
            || differ(&self.cases, &other.cases)
    }

    /// Adds what another part says of the same household.
    pub(super) fn add(&mut self, other: Self) {
        for (own, more) in [
            (&mut self.numbers, other.numbers),
            (&mut self.names, other.names),
            (&mut self.homes, other.homes),
            (&mut self.streets, other.streets),
            (&mut self.cases, other.cases),
            (&mut self.amounts, other.amounts),
        ] {
            own.extend(more);
        }
    }
}

fn shares(one: &[String], two: &[String]) -> bool {
    one.iter().any(|it| two.contains(it))
}

/// The words of a name in any order.
fn sorted(name: &str) -> String {
    let lower = name.to_lowercase().replace(',', " ");
    let mut words: Vec<&str> = lower.split_whitespace().collect();
    words.sort_unstable();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::Key;
    use crate::domain::masked::Masked;
    use crate::domain::money::Money;
    use crate::domain::notice::Arrears;
    use crate::domain::notice::Dwelling;
    use crate::domain::notice::Notice;
    use crate::domain::notice::NoticeType;
    use crate::domain::notice::Person;

    fn key(name: &str, street: &str, apartment: &str, amount: &str) -> Key {
        let some = |text: &str| (!text.is_empty()).then(|| Masked::new(text));
        let mut notice = Notice::of(NoticeType::RentArrears);
        notice.persons = vec![Person { name: some(name), ..Person::default() }];
        notice.dwelling = Some(Dwelling {
            street: some(street),
            apartment_number: some(apartment),
            ..Dwelling::default()
        });
        notice.arrears =
            Some(Arrears { amount_to_recover: Money::parse(amount), ..Arrears::default() });
        Key::of(&notice)
    }

    #[test]
    fn a_street_is_no_home_and_two_names_are_two_households() {
        let one = key("Testa Testsson", "Provgatan 1", "1102", "7000.00");
        for (name, street, apartment, amount, same) in [
            ("Testsson Testa", "", "", "", true),
            ("", "Provgatan 1", "1102", "", true),
            ("", "Provgatan 1", "", "", false),
            ("Låtsa Prov", "Provgatan 1", "", "7000.00", false),
            ("Låtsa Prov", "Provgatan 1", "1102", "", false),
            ("Låtsa Prov", "Provgatan 1", "1102", "8000.00", false),
            // Two tenants of one home, each with a letter about the same debt.
            ("Låtsa Prov", "Provgatan 1", "1102", "7000.00", true),
        ] {
            let other = key(name, street, apartment, amount);
            assert_eq!(one.fits(&other), same, "{name} {street} {apartment} {amount}");
        }
        let masked = key("Skyddad identitet", "Skyddad", "", "");
        assert!(masked.is_blank() && !masked.fits(&masked));
    }
}
