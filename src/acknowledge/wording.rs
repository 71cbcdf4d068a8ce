//! The words of a receipt that goes by mail: plain Swedish, then English.
//!
//! A mail travels in the clear, so it says when something arrived and what we call it, and nothing else: no names, no addresses, no
//! kind of notice, nothing quoted (OSL 26 kap. 1 §). A sender whom the door cannot prove is told even less.

use crate::acknowledge::Contact;
use crate::acknowledge::config::Language;

/// The facts that a receipt by mail may tell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Receipt<'a> {
    /// Our reference.
    pub(super) reference: &'a str,
    /// Day and time of arrival, such as `2026-10-12 kl. 14.07` without the word between.
    pub(super) arrived: (&'a str, &'a str),
    /// The day we first saw it, when that is after the arrival day.
    pub(super) seen_later: Option<&'a str>,
    /// Whether the door has proved who the sender is.
    pub(super) proven: bool,
    /// How many files came with it; told to proven senders.
    pub(super) attachments: usize,
    /// The sender's own reference; told to proven senders.
    pub(super) sender_reference: Option<&'a str>,
    /// Whom to ask.
    pub(super) contact: &'a Contact,
}

/// The subject: neutral, ASCII, our reference only.
pub(super) fn subject(reference: &str) -> String {
    format!("Kvittens {reference}")
}

/// The text in the given languages, one after the other.
pub(super) fn text(receipt: &Receipt<'_>, languages: &[Language]) -> String {
    let mut text = String::with_capacity(2048);
    for (at, language) in languages.iter().enumerate() {
        if at > 0 {
            text.push_str("\n* * *\n\n");
        }
        match language {
            Language::Sv => swedish(receipt, &mut text),
            Language::En => english(receipt, &mut text),
        }
    }
    text
}

/// Lines of `label: value`, and then paragraphs.
fn fill(text: &mut String, opening: &str, rows: &[(&str, &str)], paragraphs: &[String]) {
    text.push_str(opening);
    text.push_str("\n\n");
    for (label, value) in rows {
        text.push_str(label);
        text.push_str(": ");
        text.push_str(value);
        text.push('\n');
    }
    for paragraph in paragraphs {
        text.push('\n');
        text.push_str(paragraph);
        text.push('\n');
    }
}

fn swedish(receipt: &Receipt<'_>, text: &mut String) {
    let (day, clock) = receipt.arrived;
    let contact = receipt.contact;
    let organisation = &contact.organisation.sv;
    let arrived = format!("{day} kl. {clock}");
    let attachments = receipt.attachments.to_string();
    let mut rows = vec![("Vår referens", receipt.reference), ("Kom fram", &arrived)];
    let mut paragraphs = Vec::new();
    if let Some(seen) = receipt.seen_later {
        paragraphs
            .push(format!("Vi såg det först {seen}. Det är dagen då det kom fram som räknas."));
    }
    if receipt.proven {
        rows.push(("Antal bilagor", &attachments));
        rows.extend(receipt.sender_reference.map(|theirs| ("Er referens", theirs)));
        paragraphs.push("Ange vår referens när ni kompletterar eller frågar.".to_owned());
        paragraphs.push(format!("Frågor: telefon {}, e-post {}", contact.telephone, contact.email));
    } else {
        paragraphs.push(format!("Frågor: telefon {}", contact.telephone));
    }
    paragraphs.push("Skicka inte personuppgifter med vanlig e-post.".to_owned());
    paragraphs.push(
        "Det här är ett automatiskt svar. Det säger bara att något kom fram och när; om enskilda\n\
         personer och ärenden lämnar vi inga uppgifter på den här vägen."
            .to_owned(),
    );
    let opening = match receipt.proven {
        true => format!("{organisation}, {}, har tagit emot det ni skickade.", contact.board),
        false => format!("{organisation} har tagit emot det ni skickade."),
    };
    fill(text, &opening, &rows, &paragraphs);
}

fn english(receipt: &Receipt<'_>, text: &mut String) {
    let (day, clock) = receipt.arrived;
    let contact = receipt.contact;
    let organisation = &contact.organisation.en;
    let arrived = format!("{day} at {}", clock.replace('.', ":"));
    let attachments = receipt.attachments.to_string();
    let mut rows = vec![("Our reference", receipt.reference), ("Arrived", &arrived)];
    let mut paragraphs = Vec::new();
    if let Some(seen) = receipt.seen_later {
        paragraphs.push(format!("We first saw it on {seen}. The day it arrived is what counts."));
    }
    if receipt.proven {
        rows.push(("Attachments", &attachments));
        rows.extend(receipt.sender_reference.map(|theirs| ("Your reference", theirs)));
        paragraphs.push("Please quote our reference when you add something or ask.".to_owned());
        paragraphs
            .push(format!("Questions: telephone {}, mail {}", contact.telephone, contact.email));
    } else {
        paragraphs.push(format!("Questions: telephone {}", contact.telephone));
    }
    paragraphs.push("Do not send personal data by ordinary e-mail.".to_owned());
    paragraphs.push(
        "This is an automatic answer. It only says that something arrived, and when; we give no\n\
         information about persons or cases this way."
            .to_owned(),
    );
    let opening = match receipt.proven {
        true => format!("{organisation}, {}, has received what you sent.", contact.board),
        false => format!("{organisation} has received what you sent."),
    };
    fill(text, &opening, &rows, &paragraphs);
}

/// The sender's own reference as far as an open mail may show it: one short word with a digit in it that is no identity number.
/// Anything else is left out; people write names and numbers of tenants there.
pub(super) fn showable_reference(text: &str) -> Option<&str> {
    let text = text.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.' | '_' | ':');
    let fits = text.len() <= 40 && text.chars().all(plain);
    let digit = text.chars().any(|c| c.is_ascii_digit());
    (fits && digit && !holds_identity_number(text)).then_some(text)
}

/// Whether it holds a personnummer or samordningsnummer. Written as one usually is (six or eight digits, then four), its check digit is
/// not asked: a mistyped number names its owner just as well. Broken up in other ways, as object numbers are, it is.
fn holds_identity_number(text: &str) -> bool {
    let groups: Vec<usize> =
        text.split(|c: char| !c.is_ascii_digit()).map(str::len).filter(|len| *len > 0).collect();
    let usual = groups.iter().any(|len| *len >= 10)
        || groups.windows(2).any(|pair| pair[0] >= 6 && pair[1] >= 4);
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
    let dated = |number: &[u8]| {
        let month = number[2] * 10 + number[3];
        let day = number[4] * 10 + number[5];
        (1..=12).contains(&month) && (1..=31).contains(&(if day > 60 { day - 60 } else { day }))
    };
    digits.windows(10).any(|number| dated(number) && (usual || checks(number)))
}

/// The check digit of ten digits (Luhn).
fn checks(number: &[u8]) -> bool {
    let doubled = |(at, digit): (usize, &u8)| match (at % 2 == 0, digit * 2) {
        (true, twice) if twice > 9 => u32::from(twice) - 9,
        (true, twice) => u32::from(twice),
        (false, _) => u32::from(*digit),
    };
    number.iter().enumerate().map(doubled).sum::<u32>().is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::Receipt;
    use super::showable_reference;
    use super::text;
    use crate::acknowledge::Bilingual;
    use crate::acknowledge::Contact;
    use crate::acknowledge::config::Language;

    fn contact() -> Contact {
        Contact {
            organisation: Bilingual {
                sv: "Exempelstads kommun".to_owned(),
                en: "The municipality of Exempelstad".to_owned(),
            },
            board: "Socialnämnden".to_owned(),
            telephone: "040-10 00 00".to_owned(),
            email: "vrak@example.se".to_owned(),
        }
    }

    #[test]
    fn a_proven_sender_is_told_reference_time_attachments_and_its_own_reference() {
        let contact = contact();
        let receipt = Receipt {
            reference: "AVH-7K4M-2QX6",
            arrived: ("2026-10-12", "14.07"),
            seen_later: Some("2026-10-13"),
            proven: true,
            attachments: 2,
            sender_reference: Some("4711-88"),
            contact: &contact,
        };
        let words = text(&receipt, &[Language::Sv, Language::En]);
        for expected in [
            "Exempelstads kommun, Socialnämnden,",
            "Vår referens: AVH-7K4M-2QX6\n",
            "Kom fram: 2026-10-12 kl. 14.07\n",
            "Vi såg det först 2026-10-13.",
            "Antal bilagor: 2\n",
            "Er referens: 4711-88\n",
            "telefon 040-10 00 00, e-post vrak@example.se",
            "Skicka inte personuppgifter med vanlig e-post",
            "Arrived: 2026-10-12 at 14:07\n",
            "Attachments: 2\n",
            "Your reference: 4711-88\n",
        ] {
            assert!(words.contains(expected), "{expected}\n{words}");
        }
        let swedish = text(&receipt, &[Language::Sv]);
        assert!(!swedish.contains("Arrived"));
    }

    #[test]
    fn an_unknown_sender_is_told_reference_time_and_telephone_only() {
        let contact = contact();
        let receipt = Receipt {
            reference: "AVH-7K4M-2QX6",
            arrived: ("2026-10-12", "14.07"),
            seen_later: None,
            proven: false,
            attachments: 2,
            sender_reference: Some("4711-88"),
            contact: &contact,
        };
        let words = text(&receipt, &[Language::Sv, Language::En]);
        for expected in ["AVH-7K4M-2QX6", "2026-10-12 kl. 14.07", "040-10 00 00"] {
            assert!(words.contains(expected), "{expected}\n{words}");
        }
        for hidden in ["4711", "bilagor", "Attachments", "vrak@", "Socialnämnden", "såg"] {
            assert!(!words.contains(hidden), "{hidden}\n{words}");
        }
    }

    #[test]
    fn a_reference_that_could_name_a_person_is_not_shown() {
        for shown in ["4711-88", " AVT2026/1102 ", "4711-03-1102", "2026:17"] {
            assert_eq!(showable_reference(shown), Some(shown.trim()), "{shown}");
        }
        for hidden in [
            "850101-2390",
            "8501012390",
            "19850101-2390",
            "198501012390",
            "1985-01-01-2390",
            "790684+2395",
            "hyra/850101.2390",
            "Testa Testsson",
            "Testsson",
            "Exempelgatan 12",
            "1\r\nBcc:2",
            "",
        ] {
            assert_eq!(showable_reference(hidden), None, "{hidden}");
        }
    }
}
