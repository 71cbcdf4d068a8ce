//! What is wrong with a corrected value, in words that quote nothing of it.

/// A place whose value cannot stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub place: String,
    /// Why not.
    pub trouble: Trouble,
}

/// Why a value cannot stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No such place is corrected.
    Place,
    /// None of the words that may stand there.
    Word,
    /// No identity number.
    Number,
    /// Its check digit is wrong.
    CheckDigit,
    /// It is no day that somebody can be born on.
    BirthDay,
    /// No postal code.
    PostalCode,
    /// No number of a home.
    Apartment,
    /// No amount.
    Amount,
    /// No day.
    Day,
    /// No time.
    Time,
    /// No small number.
    Count,
    /// Far too long, or with signs that no text has.
    Text,
    /// It cannot be left out.
    Missing,
}

impl Trouble {
    /// In Swedish and English: what is wrong, and what to write.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Place => ("Den uppgiften rättas inte här.", "That value is not corrected here."),
            Self::Word => ("Välj ett av de ord som finns.", "Choose one of the words there are."),
            Self::Number => (
                "Det är inget personnummer eller samordningsnummer. Skriv ÅÅÅÅMMDD-NNNN.",
                "That is no identity number. Write YYYYMMDD-NNNN.",
            ),
            Self::CheckDigit => (
                "Kontrollsiffran stämmer inte. Jämför med originalet.",
                "The check digit is wrong. Compare with the original.",
            ),
            Self::BirthDay => (
                "Numret börjar inte med en dag som någon kan vara född.",
                "The number does not begin with a day on which somebody can be born.",
            ),
            Self::PostalCode => ("Skriv fem siffror.", "Write five digits."),
            Self::Apartment => ("Skriv fyra siffror.", "Write four digits."),
            Self::Amount => (
                "Skriv ett belopp i kronor, till exempel 8912,50.",
                "Write an amount in kronor, such as 8912.50.",
            ),
            Self::Day => ("Skriv en dag: ÅÅÅÅ-MM-DD.", "Write a day: YYYY-MM-DD."),
            Self::Time => (
                "Skriv en dag, eller dag och klockslag: ÅÅÅÅ-MM-DD TT:MM.",
                "Write a day, or a day and a time: YYYY-MM-DD HH:MM.",
            ),
            Self::Count => ("Skriv ett antal, högst 30.", "Write a number, 30 at most."),
            Self::Text => {
                ("Skriv högst 200 tecken på en rad.", "Write 200 letters at most, on one line.")
            }
            Self::Missing => ("Den får inte utelämnas.", "It cannot be left out."),
        }
    }
}
