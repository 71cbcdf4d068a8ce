//! What a server says, as far as it concerns us (RFC 3501 section 7).

use super::fetched::Fetched;
use super::token::Token;
use super::token::tokens;
use super::wire::Piece;

/// OK, NO or BAD; and what ends a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Ok,
    No,
    Bad,
    Bye,
    PreAuth,
}

/// A response code: what stands in square brackets at the beginning of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Code {
    /// In capitals: `UIDVALIDITY`, `TRYCREATE`.
    pub(super) name: String,
    /// What follows it.
    pub(super) value: String,
}

/// One response.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Response {
    /// `+`: go on.
    Continue,
    /// The end of a command.
    Done { tag: String, status: Status, code: Option<Code> },
    /// `* OK`, `* NO`, `* BAD`, `* BYE`, `* PREAUTH`.
    Status { status: Status, code: Option<Code> },
    /// In capitals.
    Capability(Vec<String>),
    /// UIDs.
    Search(Vec<u32>),
    /// The character between a folder and the folders in it.
    List { separator: Option<char> },
    /// Mails were added or taken away: the number of mails there now, if told.
    Changed,
    /// About one mail.
    Fetch(Fetched),
    /// Anything else.
    Other,
}

impl Response {
    pub(super) fn read(pieces: Vec<Piece>) -> Self {
        if let Some(Piece::Text(text)) = pieces.first()
            && let Some(response) = status_response(text)
        {
            return response;
        }
        let mut words = tokens(pieces).into_iter().skip(1).peekable();
        let Some(first) = words.next() else { return Self::Other };
        let word = first.atom().unwrap_or_default().to_ascii_uppercase();
        match word.as_str() {
            "CAPABILITY" => Self::Capability(capabilities(words)),
            "SEARCH" => Self::Search(words.filter_map(|word| word.atom()?.parse().ok()).collect()),
            "LIST" => list(words),
            "VANISHED" => Self::Changed,
            number if number.parse::<u32>().is_ok() => {
                let what = words.next();
                let what = what.as_ref().and_then(Token::atom).unwrap_or_default();
                match what.to_ascii_uppercase().as_str() {
                    "EXISTS" | "EXPUNGE" => Self::Changed,
                    "FETCH" => Self::Fetch(Fetched::read(words)),
                    _ => Self::Other,
                }
            }
            _ => Self::Other,
        }
    }
}

fn status_response(text: &[u8]) -> Option<Response> {
    let text = String::from_utf8_lossy(text);
    if text == "+" || text.starts_with("+ ") {
        return Some(Response::Continue);
    }
    let (tag, rest) = text.split_once(' ')?;
    let (word, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let status = match word.to_ascii_uppercase().as_str() {
        "OK" => Status::Ok,
        "NO" => Status::No,
        "BAD" => Status::Bad,
        "BYE" => Status::Bye,
        "PREAUTH" => Status::PreAuth,
        _ => return None,
    };
    let code = code(rest);
    Some(match tag {
        "*" => Response::Status { status, code },
        tag => Response::Done { tag: tag.to_owned(), status, code },
    })
}

/// `[NAME value] text for people`.
fn code(text: &str) -> Option<Code> {
    let (inside, _) = text.trim_start().strip_prefix('[')?.split_once(']')?;
    let (name, value) = inside.split_once(' ').unwrap_or((inside, ""));
    Some(Code { name: name.to_ascii_uppercase(), value: value.to_owned() })
}

impl Code {
    /// The name where it is of a kind that can be shown: no server hides an address in it.
    pub(super) fn shown(&self) -> Option<String> {
        let plain = |byte: u8| byte.is_ascii_uppercase() || byte == b'-';
        let short = (1..=32).contains(&self.name.len());
        (short && self.name.bytes().all(plain)).then(|| self.name.clone())
    }

    /// The words of the value, brackets apart.
    pub(super) fn words(&self) -> Vec<String> {
        self.value.trim_matches(['(', ')']).split_whitespace().map(str::to_owned).collect()
    }
}

fn capabilities(words: impl Iterator<Item = Token>) -> Vec<String> {
    words.filter_map(|word| Some(word.atom()?.to_ascii_uppercase())).collect()
}

fn list(words: impl Iterator<Item = Token>) -> Response {
    let mut after = words.skip_while(|word| *word != Token::Close).skip(1);
    let separator = match after.next() {
        Some(Token::Quoted(text)) => std::str::from_utf8(&text).ok().and_then(|t| t.chars().next()),
        Some(_) | None => None,
    };
    Response::List { separator }
}

#[cfg(test)]
mod tests {
    use super::Code;
    use super::Response;
    use super::Status;
    use crate::intake::mailbox::imap::wire::Piece;
    use proptest::prelude::proptest;

    fn read(line: &str) -> Response {
        Response::read(vec![Piece::Text(line.as_bytes().to_vec())])
    }

    fn code(name: &str, value: &str) -> Option<Code> {
        Some(Code { name: name.to_owned(), value: value.to_owned() })
    }

    #[test]
    fn responses_are_told_apart_whatever_their_case() {
        let done = |status, code| Response::Done { tag: "k7".to_owned(), status, code };
        for (line, expected) in [
            ("+ idling", Response::Continue),
            ("+", Response::Continue),
            ("k7 OK done", done(Status::Ok, None)),
            ("k7 no [trycreate] no such folder", done(Status::No, code("TRYCREATE", ""))),
            ("k7 BAD", done(Status::Bad, None)),
            (
                "* OK [UIDVALIDITY 38] valid",
                Response::Status { status: Status::Ok, code: code("UIDVALIDITY", "38") },
            ),
            ("* BYE", Response::Status { status: Status::Bye, code: None }),
            ("* SEARCH 2 84 x 882", Response::Search(vec![2, 84, 882])),
            ("* SEARCH", Response::Search(Vec::new())),
            ("* 23 EXISTS", Response::Changed),
            ("* 3 expunge", Response::Changed),
            ("* VANISHED 41,43:45", Response::Changed),
            ("* 0 RECENT", Response::Other),
            ("* LIST (\\Noselect) \"/\" \"\"", Response::List { separator: Some('/') }),
            ("* LIST () NIL INBOX", Response::List { separator: None }),
            ("* XGARBAGE ((", Response::Other),
            ("*", Response::Other),
            ("", Response::Other),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
        let caps = ["IMAP4REV1", "IDLE", "AUTH=PLAIN"].map(str::to_owned).to_vec();
        assert_eq!(read("* CAPABILITY IMAP4rev1 idle AUTH=PLAIN"), Response::Capability(caps));
    }

    #[test]
    fn a_code_is_shown_only_when_it_is_one() {
        for (name, shown) in [("TRYCREATE", true), ("A@B", false), ("", false), ("A1", false)] {
            let code = Code { name: name.to_owned(), value: String::new() };
            assert_eq!(code.shown().is_some(), shown, "{name}");
        }
        let flags = Code { name: "PERMANENTFLAGS".to_owned(), value: "(\\Seen \\*)".to_owned() };
        assert_eq!(flags.words(), ["\\Seen", "\\*"]);
    }

    proptest! {
        #[test]
        fn any_line_is_some_response(line: Vec<u8>) {
            Response::read(vec![Piece::Text(line)]);
        }
    }
}
