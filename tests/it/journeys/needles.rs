//! What is planted about people, in which spellings, and the search that must find none of it.

/// An identity number and through which door or field it is planted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Planted {
    pub(super) by: &'static str,
    pub(super) number: &'static str,
}

pub(super) const BODY: Planted = Planted { by: "a body", number: "198501012390" };
pub(super) const FILE_NAME: Planted = Planted { by: "a file name", number: "199001022384" };
pub(super) const SUBJECT: Planted = Planted { by: "a subject", number: "197801022398" };
pub(super) const MESSAGE_ID: Planted = Planted { by: "a Message-ID", number: "198501012382" };
pub(super) const ADDRESS: Planted = Planted { by: "path, query, header", number: "201601022385" };
pub(super) const OWN_REFERENCE: Planted =
    Planted { by: "the sender's own reference", number: "201901012391" };
pub(super) const BROKEN: Planted = Planted { by: "broken documents", number: "197904842395" };
pub(super) const KEY: Planted = Planted { by: "an Idempotency-Key", number: "197906812388" };
pub(super) const SENDER: Planted = Planted { by: "a sender's address", number: "197910792386" };
pub(super) const NAMES: Planted =
    Planted { by: "names of members and columns", number: "191500722390" };
pub(super) const COMMAND: Planted = Planted { by: "a command's arguments", number: "191600802399" };

const ALL: [Planted; 11] = [
    BODY,
    FILE_NAME,
    SUBJECT,
    MESSAGE_ID,
    ADDRESS,
    OWN_REFERENCE,
    BROKEN,
    KEY,
    SENDER,
    NAMES,
    COMMAND,
];

/// Words about a person, as they stand when everything but letters and digits is taken away.
const WORDS: [(&str, &str); 5] = [
    ("a person's name", "testsson"),
    ("a street", "exempelgatan"),
    ("an apartment", "lgh1102x"),
    ("a telephone number", "0701740605"),
    ("a private address", "privatexample"),
];

impl Planted {
    /// The number in every spelling that people use, apart from each other.
    pub(super) fn spellings(self) -> Vec<String> {
        let (long, short) = (self.number, &self.number[2..]);
        let mut all = vec![long.to_owned(), short.to_owned()];
        for number in [long, short] {
            let (day, last) = number.split_at(number.len() - 4);
            for sign in ["-", "+", " ", "\u{a0}", "\u{202f}", "\u{2011}", "\u{2013}", " - "] {
                all.push(format!("{day}{sign}{last}"));
            }
        }
        let spaced: Vec<String> = short.chars().map(String::from).collect();
        all.push(spaced.join(" "));
        all
    }

    /// All spellings in one text.
    pub(super) fn everywhere(self) -> String {
        self.spellings().join(" ; ")
    }
}

/// What of all that was planted stands in a text, whatever its spelling or encoding: by what it was planted.
pub(super) fn found_in(text: &str) -> Vec<&'static str> {
    let plain = squashed(&decoded(text));
    let numbers = ALL.iter().filter(|planted| plain.contains(&planted.number[2..]));
    let words = WORDS.iter().filter(|(_, word)| plain.contains(word));
    numbers.map(|planted| planted.by).chain(words.map(|(by, _)| *by)).collect()
}

/// Letters and digits only, in lower case.
fn squashed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The text, and after it the text without the escapes of JSON, URLs, XML and quoted-printable.
fn decoded(text: &str) -> String {
    let mut all = text.to_owned();
    for (escape, digits, end) in [
        ("\\u", 4, ""),
        ("\\u{", 0, "}"),
        ("%", 2, ""),
        ("=", 2, ""),
        ("&#x", 0, ";"),
        ("\\x", 2, ""),
    ] {
        all.push('\n');
        all.push_str(&without(text, escape, digits, end));
    }
    all.push_str(&text.replace("=\r\n", ""));
    all
}

/// Puts characters for escapes: `digits` hexadecimal ones, or as many as there are before `end`.
fn without(text: &str, escape: &str, digits: usize, end: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(escape) {
        plain.push_str(before);
        let length = if digits > 0 { Some(digits) } else { after.find(end) };
        let code = length.and_then(|length| after.get(..length));
        let sign =
            code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match (sign, length) {
            (Some(sign), Some(length)) => {
                plain.push(sign);
                rest = &after[length + end.len()..];
            }
            _ => {
                plain.push_str(escape);
                rest = after;
            }
        }
    }
    plain + rest
}

#[test]
fn the_search_finds_every_spelling_in_every_encoding() {
    for planted in ALL {
        for spelling in planted.spellings() {
            let around = format!("level=info door=api took {spelling} \"ms\"");
            assert_eq!(found_in(&around), [planted.by], "{spelling:?}");
            let escaped: String =
                spelling.chars().map(|c| format!("\\u{:04x}", c as u32)).collect();
            assert_eq!(found_in(&escaped), [planted.by], "{escaped}");
            let debug = spelling.escape_unicode().to_string();
            assert_eq!(found_in(&debug), [planted.by], "{debug}");
            let percent: String = spelling.bytes().map(|byte| format!("%{byte:02X}")).collect();
            assert_eq!(found_in(&percent), [planted.by], "{percent}");
        }
    }
    assert_eq!(found_in("TESTA TESTSSON, Exempelgatan 12"), ["a person's name", "a street"]);
    assert_eq!(found_in("Exempel=67atan"), ["a street"]);
    assert!(found_in("AVH-7K4M-2QX6 2026-11-22T04:57:59Z 198501012991").is_empty());
}
