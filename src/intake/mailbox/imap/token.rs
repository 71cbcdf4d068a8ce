//! The words of a response: atoms, quoted strings, literals and brackets. Total: any bytes give some words.

use super::wire::Literal;
use super::wire::Piece;

/// A word of a response.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `FETCH`, `\Seen`, `17`, `BODY[HEADER.FIELDS (DATE)]<0>`.
    Atom(Vec<u8>),
    /// `"…"`, without its quotation marks.
    Quoted(Vec<u8>),
    /// `{n}` and its bytes.
    Literal(Literal),
    /// `(`
    Open,
    /// `)`
    Close,
}

impl Token {
    /// An atom's text, if it is one.
    pub(super) fn atom(&self) -> Option<&str> {
        match self {
            Self::Atom(bytes) => std::str::from_utf8(bytes).ok(),
            Self::Quoted(_) | Self::Literal(_) | Self::Open | Self::Close => None,
        }
    }

    /// An atom or a string as text.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Atom(bytes) | Self::Quoted(bytes) | Self::Literal(Literal::Whole(bytes)) => {
                std::str::from_utf8(bytes).ok()
            }
            Self::Literal(Literal::Long { .. } | Literal::Skipped { .. })
            | Self::Open
            | Self::Close => None,
        }
    }
}

/// All words of a response.
pub(super) fn tokens(pieces: Vec<Piece>) -> Vec<Token> {
    let mut found = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => words(&text, &mut found),
            Piece::Literal(literal) => found.push(Token::Literal(literal)),
        }
    }
    found
}

fn words(text: &[u8], found: &mut Vec<Token>) {
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        at += 1;
        match byte {
            b' ' | b'\t' | b'\r' => {}
            b'(' => found.push(Token::Open),
            b')' => found.push(Token::Close),
            b'"' => at = quoted(text, at, found),
            _ => at = atom(text, at - 1, found),
        }
    }
}

fn quoted(text: &[u8], start: usize, found: &mut Vec<Token>) -> usize {
    let mut value = Vec::new();
    let mut at = start;
    while let Some(byte) = text.get(at) {
        at += 1;
        match byte {
            b'"' => break,
            b'\\' => {
                value.extend(text.get(at));
                at += 1;
            }
            other => value.push(*other),
        }
    }
    found.push(Token::Quoted(value));
    at
}

/// An atom; what stands in square brackets belongs to it, spaces included.
fn atom(text: &[u8], start: usize, found: &mut Vec<Token>) -> usize {
    let mut depth = 0_u32;
    let mut at = start;
    while let Some(byte) = text.get(at) {
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b' ' | b'(' | b')' | b'"' if depth == 0 => break,
            _ => {}
        }
        at += 1;
    }
    found.push(Token::Atom(text[start..at].to_vec()));
    at
}

#[cfg(test)]
mod tests {
    use super::Literal;
    use super::Piece;
    use super::Token;
    use super::tokens;
    use proptest::prelude::proptest;

    fn text(line: &str) -> Piece {
        Piece::Text(line.as_bytes().to_vec())
    }

    fn atom(word: &str) -> Token {
        Token::Atom(word.as_bytes().to_vec())
    }

    #[test]
    fn a_response_falls_into_its_words() {
        let line = vec![
            text("* 2 FETCH (FLAGS (\\Seen $x) X \"a \\\"b\\\\\" BODY[HEADER.FIELDS (TO)]<0> "),
            Piece::Literal(Literal::Whole(b"a)b".to_vec())),
            text(")"),
        ];
        let expected = vec![
            atom("*"),
            atom("2"),
            atom("FETCH"),
            Token::Open,
            atom("FLAGS"),
            Token::Open,
            atom("\\Seen"),
            atom("$x"),
            Token::Close,
            atom("X"),
            Token::Quoted(b"a \"b\\".to_vec()),
            atom("BODY[HEADER.FIELDS (TO)]<0>"),
            Token::Literal(Literal::Whole(b"a)b".to_vec())),
            Token::Close,
        ];
        assert_eq!(tokens(line), expected);
    }

    proptest! {
        #[test]
        fn any_bytes_give_some_words(bytes: Vec<u8>) {
            let length = bytes.len();
            assert!(tokens(vec![Piece::Text(bytes)]).len() <= length + 1);
        }
    }
}
