//! What is wrong in a roster file: where, and what to do about it, in English and in Swedish.
//!
//! A fault never repeats what stands in the file but its keys: names and telephone numbers are in it.

use std::fmt;

/// One fault of a roster file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterFault {
    /// The key, such as `duties[3].from`; empty when the file as a whole is meant.
    pub key: String,
    /// The line of the file, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub trouble: Trouble,
}

/// All faults of a roster file, in order of its lines.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct RosterFaults(pub Vec<RosterFault>);

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is no TOML; what the reader of TOML says about it, in English.
    Syntax(String),
    /// Nobody knows this key; those that are known here.
    UnknownKey(&'static [&'static str]),
    /// The key is not there.
    Missing,
    /// Text in quotation marks is meant.
    NotText,
    /// A list of texts is meant.
    NotTexts,
    /// `true` or `false` is meant.
    NotYesNo,
    /// A table under this name in double square brackets is meant.
    NotTables,
    /// There is nothing in it.
    Empty,
    /// More than so many characters.
    TooLong(usize),
    /// A line break or another character that cannot be printed.
    Unprintable,
    /// An id is made otherwise.
    NotId,
    /// It stands already on this line.
    Twice(usize),
    /// No person of the file has this id.
    NoSuchPerson,
    /// No unit of the file has this id.
    NoSuchUnit,
    /// The municipality's profile has no such unit.
    NotOfProfile,
    /// It cannot be dialled.
    NotTelephone,
    /// No mail can be sent to it.
    NotMail,
    /// No day of the week.
    NotWeekday,
    /// No time of day.
    NotTime,
    /// The duty ends when it begins, or before.
    NotAfterFrom,
    /// No day of the calendar.
    NotDate,
    /// The last day lies before the first.
    LastBeforeFirst,
    /// Neither `all`, `odd` nor `even`.
    NotWeeks,
    /// Not a whole number from 2 to 52.
    NotEvery,
    /// Every so many-th week, but from which one?
    EveryWithoutFirst,
    /// Both odd or even weeks and every so many-th.
    EveryAndWeeks,
    /// A person is to take over from themselves.
    SwapWithSelf,
}

impl Trouble {
    /// What is wrong and what to do, in English.
    pub fn in_english(&self) -> String {
        let text = match self {
            Self::Syntax(said) => return format!("not TOML: {said}"),
            Self::UnknownKey(known) => {
                return format!("unknown key; known here: {}", known.join(", "));
            }
            Self::TooLong(most) => return format!("longer than {most} characters: shorten it"),
            Self::Twice(line) => {
                return format!("stands already on line {line}: change or remove one of them");
            }
            Self::Missing => "missing: add it",
            Self::NotText => "not a text: put it in quotation marks",
            Self::NotTexts => "not a list of texts: write it as [\"…\", \"…\"]",
            Self::NotYesNo => "neither true nor false: write one of them, without quotation marks",
            Self::NotTables => "not a table: write [[…]] on a line of its own before each entry",
            Self::Empty => "empty: fill it in or remove the key",
            Self::Unprintable => "holds a line break or a sign that cannot be printed: remove it",
            Self::NotId => "not 1 to 64 lower-case letters a–z, digits and hyphens",
            Self::NoSuchPerson => "no such person: use the id of an entry under [[persons]]",
            Self::NoSuchUnit => "no such unit: use the id of an entry under [[units]]",
            Self::NotOfProfile => "the municipality's profile has no such unit: use an id from it",
            Self::NotTelephone => {
                "not a telephone number: five digits at least, with spaces, hyphens, brackets, +"
            }
            Self::NotMail => "not a mail address",
            Self::NotWeekday => "not a day of the week: mon, tue, wed, thu, fri, sat or sun",
            Self::NotTime => "not a time of day such as \"08:00\"; the end of the day is \"24:00\"",
            Self::NotAfterFrom => {
                "not later than `from`: write a duty past midnight as two, one to \"24:00\" and \
                 one from \"00:00\""
            }
            Self::NotDate => "not a day of the calendar such as \"2026-06-19\"",
            Self::LastBeforeFirst => "lies before `first`: change one of them",
            Self::NotWeeks => "neither \"all\", \"odd\" nor \"even\"",
            Self::NotEvery => "not a whole number of weeks from 2 to 52",
            Self::EveryWithoutFirst => "needs `first`: a day in the first of these weeks",
            Self::EveryAndWeeks => "cannot stand beside `weeks`: remove one of them",
            Self::SwapWithSelf => "the same person as `instead_of`: name the one who takes over",
        };
        text.to_owned()
    }

    /// What is wrong and what to do, in Swedish.
    pub fn in_swedish(&self) -> String {
        let text = match self {
            Self::Syntax(said) => return format!("går inte att läsa som TOML: {said}"),
            Self::UnknownKey(known) => {
                return format!("okänd nyckel; här finns: {}", known.join(", "));
            }
            Self::TooLong(most) => return format!("längre än {most} tecken: korta av"),
            Self::Twice(line) => {
                return format!("står redan på rad {line}: ändra eller ta bort en av dem");
            }
            Self::Missing => "saknas: lägg till",
            Self::NotText => "är ingen text: skriv inom citattecken",
            Self::NotTexts => "är ingen lista av texter: skriv [\"…\", \"…\"]",
            Self::NotYesNo => "är varken true eller false: skriv ett av dem utan citattecken",
            Self::NotTables => "är ingen tabell: skriv [[…]] på en egen rad före varje post",
            Self::Empty => "är tom: fyll i eller ta bort nyckeln",
            Self::Unprintable => "har en radbrytning eller ett tecken som inte syns: ta bort det",
            Self::NotId => "är inte 1 till 64 små bokstäver a–z, siffror och bindestreck",
            Self::NoSuchPerson => "personen finns inte: använd ett id från [[persons]]",
            Self::NoSuchUnit => "enheten finns inte: använd ett id från [[units]]",
            Self::NotOfProfile => "enheten finns inte i kommunens profil: använd ett id därifrån",
            Self::NotTelephone => {
                "är inget telefonnummer: minst fem siffror, med mellanslag, bindestreck, \
                 parenteser, +"
            }
            Self::NotMail => "är ingen e-postadress",
            Self::NotWeekday => "är ingen veckodag: mån, tis, ons, tor, fre, lör eller sön",
            Self::NotTime => "är inget klockslag som \"08:00\"; dagens slut är \"24:00\"",
            Self::NotAfterFrom => {
                "är inte senare än `from`: skriv en tjänst över midnatt som två, en till \
                 \"24:00\" och en från \"00:00\""
            }
            Self::NotDate => "är ingen dag i kalendern som \"2026-06-19\"",
            Self::LastBeforeFirst => "ligger före `first`: ändra någon av dem",
            Self::NotWeeks => "är varken \"all\", \"odd\" eller \"even\"",
            Self::NotEvery => "är inget helt antal veckor från 2 till 52",
            Self::EveryWithoutFirst => "behöver `first`: en dag i den första av dessa veckor",
            Self::EveryAndWeeks => "kan inte stå bredvid `weeks`: ta bort en av dem",
            Self::SwapWithSelf => "är samma person som `instead_of`: ange den som tar över",
        };
        text.to_owned()
    }
}

impl fmt::Display for RosterFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = self.trouble.in_english();
        match self.key.as_str() {
            "" => write!(f, "line {}: {said}", self.line),
            key => write!(f, "line {}: {key}: {said}", self.line),
        }
    }
}

impl fmt::Display for RosterFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the roster has {} fault(s)", self.0.len())?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}
