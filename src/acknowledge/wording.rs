//! The words of a receipt that goes by mail: plain Swedish, then English.
//!
//! A mail travels in the clear, so it says when something arrived and what we call it, and nothing else: no names, no addresses, no
//! kind of notice, nothing quoted (OSL 26 kap. 1 §). A sender whom the door cannot prove is told even less.

use crate::acknowledge::Contact;
use crate::acknowledge::config::Language;
use crate::acknowledge::template;
use crate::domain::promise::OwnText;

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
    /// The control code of its sealed receipt, where there are keys: it tells nothing by itself.
    pub(super) control_code: Option<&'a str>,
    /// Where whoever holds both is told whether the receipt is the municipality's.
    pub(super) check_page: Option<&'a str>,
    /// Whom to ask.
    pub(super) contact: &'a Contact,
}

/// The subject: neutral, ASCII, our reference only.
pub(super) fn subject(reference: &str) -> String {
    format!("Kvittens {reference}")
}

/// The text in the given languages, one after the other: the municipality's own, else ours.
pub(super) fn text(receipt: &Receipt<'_>, languages: &[Language], own: Option<&OwnText>) -> String {
    let each = languages.iter().map(|language| match language {
        Language::Sv => {
            let text = own.map_or(include_str!("texts/receipt.sv.txt"), |own| own.sv.as_str());
            filled(receipt, text, *language)
        }
        Language::En => {
            let own = own.and_then(|own| own.en.as_deref());
            filled(receipt, own.unwrap_or(include_str!("texts/receipt.en.txt")), *language)
        }
    });
    each.collect::<Vec<_>>().join("\n* * *\n\n")
}

/// The labels of the table, and how time and contact are put, in one language.
struct Words {
    reference: &'static str,
    arrived: &'static str,
    code: &'static str,
    attachments: &'static str,
    theirs: &'static str,
    telephone: &'static str,
    mail: &'static str,
}

impl Words {
    fn of(language: Language) -> Self {
        match language {
            Language::Sv => Self {
                reference: "Vår referens",
                arrived: "Kom fram",
                code: "Kontrollkod",
                attachments: "Antal bilagor",
                theirs: "Er referens",
                telephone: "telefon",
                mail: "e-post",
            },
            Language::En => Self {
                reference: "Our reference",
                arrived: "Arrived",
                code: "Control code",
                attachments: "Attachments",
                theirs: "Your reference",
                telephone: "telephone",
                mail: "mail",
            },
        }
    }
}

/// A text with what this sender may be told: of one whom the door cannot prove, less.
fn filled(receipt: &Receipt<'_>, text: &str, language: Language) -> String {
    let (words, contact, (day, clock)) = (Words::of(language), receipt.contact, receipt.arrived);
    let (organisation, arrived) = match language {
        Language::Sv => (&contact.organisation.sv, format!("{day} kl. {clock}")),
        Language::En => (&contact.organisation.en, format!("{day} at {}", clock.replace('.', ":"))),
    };
    let attachments = receipt.attachments.to_string();
    let mut rows = vec![(words.reference, receipt.reference), (words.arrived, arrived.as_str())];
    rows.extend(receipt.control_code.map(|code| (words.code, code)));
    let mut ask = format!("{} {}", words.telephone, contact.telephone);
    let mut receiver = organisation.clone();
    if receipt.proven {
        rows.push((words.attachments, &attachments));
        rows.extend(receipt.sender_reference.map(|theirs| (words.theirs, theirs)));
        ask.push_str(&format!(", {} {}", words.mail, contact.email));
        receiver.push_str(&format!(", {},", contact.board));
    }
    let mut values = vec![
        (template::RECEIVER, receiver),
        (template::REFERENCE, receipt.reference.to_owned()),
        (template::ARRIVED, arrived.clone()),
        (template::CONTACT, ask),
    ];
    values.extend(receipt.seen_later.map(|seen| (template::SEEN, seen.to_owned())));
    let checked = receipt.control_code.and(receipt.check_page);
    values.extend(checked.map(|page| (template::CHECK_PAGE, page.to_owned())));
    template::fill(text, &rows, &values)
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
            control_code: Some("7K4M2-QX6AB"),
            check_page: Some("https://kommun.example/kvitto"),
            contact: &contact,
        };
        let words = text(&receipt, &[Language::Sv, Language::En], None);
        for expected in [
            "Kontrollkod: 7K4M2-QX6AB\n",
            "Control code: 7K4M2-QX6AB\n",
            "kontrollera den på\nhttps://kommun.example/kvitto\n",
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
        let swedish = text(&receipt, &[Language::Sv], None);
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
            control_code: None,
            check_page: Some("https://kommun.example/kvitto"),
            contact: &contact,
        };
        let words = text(&receipt, &[Language::Sv, Language::En], None);
        for expected in ["AVH-7K4M-2QX6", "2026-10-12 kl. 14.07", "040-10 00 00"] {
            assert!(words.contains(expected), "{expected}\n{words}");
        }
        for hidden in ["4711", "bilagor", "Attachments", "vrak@", "Socialnämnden", "såg", "kvitto"]
        {
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
