//! The placeholders of a letter's text, each with a Swedish and an English name; either may stand in either language.

use crate::domain::braces;

/// What a text may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placeholder {
    /// The table of everything that was confirmed. Stands alone in its paragraph.
    Facts,
    /// The responsible caseworker's name.
    Caseworker,
    /// The caseworker's unit.
    Unit,
    /// The caseworker's telephone.
    Telephone,
    /// When the eviction is to be.
    Scheduled,
    /// When Kronofogden's notice reached us.
    Received,
    /// The day on which we confirmed it.
    Confirmed,
    /// Kronofogden's case number.
    CaseNumber,
    /// What we call the matter.
    Reference,
    /// The municipality.
    Municipality,
    /// The municipality's telephone and address on the web.
    Contact,
}

/// Every placeholder: Swedish name, English name.
pub(super) const ALL: [(Placeholder, &str, &str); 11] = [
    (Placeholder::Facts, "uppgifter", "facts"),
    (Placeholder::Caseworker, "handläggare", "caseworker"),
    (Placeholder::Unit, "enhet", "unit"),
    (Placeholder::Telephone, "telefon", "telephone"),
    (Placeholder::Scheduled, "tidpunkt", "scheduled"),
    (Placeholder::Received, "inkom", "received"),
    (Placeholder::Confirmed, "bekräftad", "confirmed"),
    (Placeholder::CaseNumber, "målnummer", "case_number"),
    (Placeholder::Reference, "beteckning", "reference"),
    (Placeholder::Municipality, "kommun", "municipality"),
    (Placeholder::Contact, "kontakt", "contact"),
];

/// What each text must tell, by itself or in its table: the confirmation names the caseworker and says that the notice came (SFS
/// 2025:468 11 kap. 3 §), and the person must know where to call.
pub(super) const REQUIRED: [Placeholder; 3] =
    [Placeholder::Caseworker, Placeholder::Received, Placeholder::Telephone];

impl Placeholder {
    /// By either name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let found = ALL.iter().find(|(_, swedish, english)| [*swedish, *english].contains(&name));
        found.map(|(placeholder, ..)| *placeholder)
    }

    /// Both names, as they are told to the one who writes the text.
    pub(super) fn names(self) -> String {
        let found = ALL.iter().find(|(placeholder, ..)| *placeholder == self);
        found
            .map(|(_, swedish, english)| format!("{{{swedish}}} or {{{english}}}"))
            .unwrap_or_default()
    }
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Words as they stand.
    Words(&'a str),
    /// A known placeholder.
    Known(Placeholder),
    /// A name in braces that means nothing.
    Unknown(&'a str),
    /// A brace without its other half.
    Brace,
}

/// The pieces of a text in order.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let known = |name: &str| Placeholder::named(name.trim());
    let piece = |piece| match piece {
        braces::Piece::Words(words) => Piece::Words(words),
        braces::Piece::Name(name) => known(name).map_or(Piece::Unknown(name), Piece::Known),
        braces::Piece::Brace => Piece::Brace,
    };
    braces::pieces(text).into_iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::ALL;
    use super::Piece;
    use super::Placeholder;
    use super::pieces;

    #[test]
    fn a_name_is_known_or_not() {
        let known = Piece::Known(Placeholder::Caseworker);
        assert_eq!(pieces("Ring {handläggare}"), [Piece::Words("Ring "), known]);
        assert_eq!(pieces("{namn}{"), [Piece::Unknown("namn"), Piece::Brace]);
    }

    #[test]
    fn no_name_means_two_things() {
        for (placeholder, swedish, english) in ALL {
            assert_eq!(Placeholder::named(swedish), Some(placeholder));
            assert_eq!(Placeholder::named(english), Some(placeholder));
        }
    }
}
