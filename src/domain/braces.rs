//! Texts of a municipality's own with names in braces for what is told: `Frågor: {kontakt}`.

/// A piece of such a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words as they stand.
    Words(&'a str),
    /// What stands between two braces.
    Name(&'a str),
    /// A brace without its other half.
    Brace,
}

/// The pieces of a text in order.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        if at > 0 {
            pieces.push(Piece::Words(&rest[..at]));
        }
        let after = &rest[at + 1..];
        let name = rest[at..].starts_with('{').then(|| after.split_once(['{', '}'])).flatten();
        match name {
            Some((name, _)) if after[name.len()..].starts_with('}') => {
                pieces.push(Piece::Name(name));
                rest = &after[name.len() + 1..];
            }
            Some(_) | None => {
                pieces.push(Piece::Brace);
                rest = after;
            }
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::Piece;
    use super::pieces;

    #[test]
    fn a_text_falls_into_words_and_names() {
        let table: [(&str, Vec<Piece<'_>>); 6] = [
            ("", vec![]),
            ("Ring.", vec![Piece::Words("Ring.")]),
            ("Ring {vem}.", vec![Piece::Words("Ring "), Piece::Name("vem"), Piece::Words(".")]),
            ("{namn}", vec![Piece::Name("namn")]),
            (
                "a}b{c",
                vec![
                    Piece::Words("a"),
                    Piece::Brace,
                    Piece::Words("b"),
                    Piece::Brace,
                    Piece::Words("c"),
                ],
            ),
            ("{{unit}", vec![Piece::Brace, Piece::Name("unit")]),
        ];
        for (text, expected) in table {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }
}
