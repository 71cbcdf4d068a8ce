//! Who looks at the pages and what they may do: roles give rights, boards bound what the rights are about.

use crate::store::Boards;
use crate::store::User;

/// A role of an account, by its stable word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Sees notices, masked, and who is on duty.
    View,
    /// Sees notices, unmasks with a reason, retries, dismisses, names caseworkers, approves letters, edits the roster.
    Handle,
    /// Makes and ends accounts and API clients, edits the roster.
    Administer,
    /// Sees numbers only.
    Statistics,
    /// Beside another role: may look at what concerns protected persons.
    Protected,
}

/// What a page or an action needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// See numbers.
    Figures,
    /// See notices, masked.
    Watch,
    /// Unmask, retry, dismiss.
    Handle,
    /// Make and end accounts and API clients.
    Administer,
    /// See the restricted list, and unmask what concerns protected persons.
    Protected,
    /// See who is on duty.
    Roster,
    /// Change who is on duty.
    EditRoster,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::View, Self::Handle, Self::Administer, Self::Statistics, Self::Protected];

    /// Its stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Handle => "handle",
            Self::Administer => "administer",
            Self::Statistics => "statistics",
            Self::Protected => "protected",
        }
    }

    /// The role with this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// What it gives.
    fn rights(self) -> &'static [Right] {
        match self {
            Self::View => &[Right::Figures, Right::Watch, Right::Roster],
            Self::Handle => {
                &[Right::Figures, Right::Watch, Right::Handle, Right::Roster, Right::EditRoster]
            }
            Self::Administer => {
                &[Right::Figures, Right::Administer, Right::Roster, Right::EditRoster]
            }
            Self::Statistics => &[Right::Figures],
            Self::Protected => &[Right::Protected],
        }
    }
}

/// Who makes a request.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// Its account; `None` in the demo.
    name: Option<String>,
    roles: Vec<Role>,
    boards: Boards,
}

impl Person {
    /// The one person of the demo: everything is theirs.
    pub(super) fn of_the_demo() -> Self {
        Self {
            name: None,
            roles: vec![Role::Handle, Role::Administer, Role::Protected],
            boards: Boards::All,
        }
    }

    /// The person of an account. Words that are no roles give nothing.
    pub(super) fn of(user: &User) -> Self {
        Self {
            name: Some(user.name.clone()),
            roles: user.roles.iter().filter_map(|word| Role::parse(word)).collect(),
            boards: Boards::These(user.boards.clone()),
        }
    }

    /// The account's name; `None` in the demo.
    pub(super) fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Who acts, as the journal says it.
    pub(super) fn actor(&self) -> String {
        match &self.name {
            Some(name) => format!("user:{name}"),
            None => "demo".to_owned(),
        }
    }

    /// Whether any of its roles gives a right.
    pub(super) fn may(&self, right: Right) -> bool {
        self.roles.iter().any(|role| role.rights().contains(&right))
    }

    /// Whose notices it sees.
    pub(super) fn boards(&self) -> &Boards {
        &self.boards
    }
}

#[cfg(test)]
mod tests {
    use super::Person;
    use super::Right;
    use super::Role;
    use crate::store::Boards;

    #[test]
    fn each_role_gives_its_rights_and_no_other() {
        // figures, watch, handle, administer, see the roster, edit it, protected
        let table = [
            (Role::View, [true, true, false, false, true, false, false]),
            (Role::Handle, [true, true, true, false, true, true, false]),
            (Role::Administer, [true, false, false, true, true, true, false]),
            (Role::Statistics, [true, false, false, false, false, false, false]),
            (Role::Protected, [false, false, false, false, false, false, true]),
        ];
        let rights = [
            Right::Figures,
            Right::Watch,
            Right::Handle,
            Right::Administer,
            Right::Roster,
            Right::EditRoster,
            Right::Protected,
        ];
        for (role, expected) in table {
            assert_eq!(Role::parse(role.as_str()), Some(role));
            let name = Some("anna".to_owned());
            let person = Person { name, roles: vec![role], boards: Boards::These(Vec::new()) };
            assert_eq!(rights.map(|right| person.may(right)), expected, "{role:?}");
        }
        let nobody = Person { name: None, roles: Vec::new(), boards: Boards::All };
        assert!(!rights.into_iter().any(|right| nobody.may(right)));
    }
}
