//! What a FETCH tells about one mail. Unknown items are passed over, lists in them included.

use super::token::Token;
use super::wire::Literal;
use crate::domain::digest::Digest;
use jiff::Timestamp;
use jiff::tz::Offset;

/// About one mail; nothing stands where nothing was told.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::intake::mailbox) struct Fetched {
    pub(in crate::intake::mailbox) uid: Option<u32>,
    /// RFC822.SIZE: by Exchange's default a guess.
    pub(in crate::intake::mailbox) size_bytes: Option<u64>,
    /// INTERNALDATE.
    pub(in crate::intake::mailbox) arrived_at: Option<Timestamp>,
    pub(in crate::intake::mailbox) flags: Option<Vec<String>>,
    /// Of `BODY[]` or `BODY[HEADER]`, whichever was asked for.
    pub(in crate::intake::mailbox) body: Option<Body>,
}

/// A mail's bytes, or what stands for them.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::intake::mailbox) enum Body {
    /// All of them.
    Whole(Vec<u8>),
    /// It is larger than the limit.
    Long {
        /// Its beginning.
        head: Vec<u8>,
        /// Digest of the whole.
        sha256: Digest,
    },
    /// There was no room for it beside the others.
    Skipped {
        /// Its true length.
        length_bytes: u64,
    },
    /// The server has it and cannot give it.
    Nil,
}

impl Fetched {
    /// Whether it answers our question: flags that somebody sets meanwhile are told as well, by themselves.
    pub(in crate::intake::mailbox) fn tells_facts(&self) -> bool {
        self.size_bytes.is_some() || self.arrived_at.is_some()
    }

    /// Reads what stands between the brackets after FETCH.
    pub(super) fn read(words: impl Iterator<Item = Token>) -> Self {
        let mut words = words.skip_while(|word| *word == Token::Open);
        let mut found = Self::default();
        while let Some(name) = words.next() {
            let Token::Atom(name) = name else { continue };
            let name = String::from_utf8_lossy(&name).to_ascii_uppercase();
            let Some(value) = words.next() else { break };
            match name.as_str() {
                "UID" => found.uid = number(&value),
                "RFC822.SIZE" => found.size_bytes = number(&value),
                "INTERNALDATE" => found.arrived_at = value.text().and_then(internal_date),
                "FLAGS" if value == Token::Open => {
                    let flags = words.by_ref().take_while(|word| *word != Token::Close);
                    let flags = flags.filter_map(|word| word.atom().map(str::to_owned));
                    found.flags = Some(flags.collect());
                }
                name if name.starts_with("BODY[") => found.body = Some(body(value)),
                _ if value == Token::Open => pass_list(&mut words),
                _ => {}
            }
        }
        found
    }
}

fn number<T: std::str::FromStr>(value: &Token) -> Option<T> {
    value.atom()?.parse().ok()
}

fn body(value: Token) -> Body {
    match value {
        Token::Literal(Literal::Whole(bytes)) | Token::Quoted(bytes) => Body::Whole(bytes),
        Token::Literal(Literal::Long { head, sha256 }) => Body::Long { head, sha256 },
        Token::Literal(Literal::Skipped { length_bytes }) => Body::Skipped { length_bytes },
        Token::Atom(_) | Token::Open | Token::Close => Body::Nil,
    }
}

fn pass_list(words: &mut impl Iterator<Item = Token>) {
    let mut depth = 1_u32;
    while depth > 0 {
        match words.next() {
            Some(Token::Open) => depth += 1,
            Some(Token::Close) => depth -= 1,
            Some(Token::Atom(_) | Token::Quoted(_) | Token::Literal(_)) => {}
            None => return,
        }
    }
}

/// `17-Jul-1996 02:44:25 -0700`; the day may have a space before it.
fn internal_date(text: &str) -> Option<Timestamp> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut words = text.split_whitespace();
    let (day, clock, zone) = (words.next()?, words.next()?, words.next()?);
    let mut day = day.split('-');
    let (number, month, year) = (day.next()?, day.next()?, day.next()?);
    let month = month.to_ascii_lowercase();
    let month = MONTHS.iter().position(|name| *name == month)?;
    let mut clock = clock.split(':');
    let mut next = || clock.next()?.parse::<i8>().ok();
    let (hour, minute, second) = (next()?, next()?, next()?);
    let (sign, digits) = (zone.get(..1)?, zone.get(1..)?);
    let (hours, minutes) =
        (digits.get(..2)?.parse::<i32>().ok()?, digits.get(2..)?.parse::<i32>().ok()?);
    let east = hours * 3600 + minutes * 60;
    let offset = Offset::from_seconds(if sign == "-" { -east } else { east }).ok()?;
    let year = year.parse().ok().filter(|year| (1..=9999).contains(year))?;
    let month = i8::try_from(month + 1).ok()?;
    let day = jiff::civil::Date::new(year, month, number.parse().ok()?).ok()?;
    // A leap second is the last one.
    let time = jiff::civil::Time::new(hour, minute, second.min(59), 0).ok()?;
    offset.to_timestamp(day.to_datetime(time)).ok()
}

#[cfg(test)]
mod tests {
    use super::Body;
    use super::Fetched;
    use super::internal_date;
    use crate::intake::mailbox::imap::token::tokens;
    use crate::intake::mailbox::imap::wire::Literal;
    use crate::intake::mailbox::imap::wire::Piece;
    use proptest::prelude::proptest;

    fn read(pieces: Vec<Piece>) -> Fetched {
        Fetched::read(tokens(pieces).into_iter())
    }

    fn text(text: &str) -> Piece {
        Piece::Text(text.as_bytes().to_vec())
    }

    #[test]
    fn known_items_are_read_and_unknown_ones_passed_over() {
        let found = read(vec![
            text(
                "(X-LIST (A (B) \"c\") FLAGS (\\Seen kvittens) ENVELOPE (NIL (NIL)) UID 7 BODY[] ",
            ),
            Piece::Literal(Literal::Whole(b"mail".to_vec())),
            text(" RFC822.SIZE 12 MODSEQ (9) INTERNALDATE \" 1-Nov-2026 23:59:60 +0100\")"),
        ]);
        assert_eq!(found.uid, Some(7));
        assert_eq!(found.size_bytes, Some(12));
        assert_eq!(found.flags.unwrap(), ["\\Seen", "kvittens"]);
        assert_eq!(found.body, Some(Body::Whole(b"mail".to_vec())));
        assert_eq!(found.arrived_at.unwrap().to_string(), "2026-11-01T22:59:59Z");
    }

    #[test]
    fn a_body_comes_in_many_shapes() {
        for (item, expected) in [
            ("BODY[] NIL", Body::Nil),
            ("body[] \"\"", Body::Whole(Vec::new())),
            ("BODY[HEADER] \"a\"", Body::Whole(b"a".to_vec())),
            ("BODY[]<0> \"b\"", Body::Whole(b"b".to_vec())),
            ("BODY[] (", Body::Nil),
        ] {
            let found = read(vec![text(&format!("(UID 3 {item})"))]);
            assert_eq!((found.uid, found.body), (Some(3), Some(expected)), "{item}");
        }
        assert_eq!(read(vec![text("(UID 3")]).uid, Some(3));
        assert_eq!(read(vec![text("(UID")]), Fetched::default());
    }

    #[test]
    fn arrival_times_are_read_with_their_zone() {
        for (written, expected) in [
            ("17-Jul-1996 02:44:25 -0700", Some("1996-07-17T09:44:25Z")),
            ("29-Mar-2026 02:30:00 +0100", Some("2026-03-29T01:30:00Z")),
            ("25-Oct-2026 02:30:00 +0200", Some("2026-10-25T00:30:00Z")),
            ("31-dec-2026 23:59:59 +0000", Some("2026-12-31T23:59:59Z")),
            ("30-Feb-2026 00:00:00 +0000", None),
            ("1-Xyz-2026 00:00:00 +0000", None),
            ("1-Jan-2026 00:00 +0000", None),
            ("1-Jan-2026 00:00:00", None),
            ("1-Jan-2026 00:00:00 åäö", None),
            ("", None),
        ] {
            let read = internal_date(written).map(|at| at.to_string());
            assert_eq!(read.as_deref(), expected, "{written}");
        }
    }

    proptest! {
        #[test]
        fn nothing_in_an_answer_stops_the_reading(line: String) {
            internal_date(&line);
            read(vec![text(&line)]);
        }
    }
}
