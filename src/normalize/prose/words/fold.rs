//! Words as they are compared: small letters without marks, lines that were broken for their length joined, key words spelled as they are meant.

/// The words by which a kind is told, without marks. One wrong, missing, doubled or swapped letter is put right.
const KEY_WORDS: &[&str] = &[
    "avhysning",
    "avlagsnande",
    "arsavgift",
    "aterkalla",
    "bostadsratt",
    "forrattning",
    "hyresgast",
    "hyresnamnden",
    "hyresskuld",
    "inkassokrav",
    "komplettering",
    "kronofogde",
    "manadsavgift",
    "obetald",
    "orosanmalan",
    "rattelseanmaning",
    "socialnamnd",
    "storning",
    "underrattelse",
    "uppsagning",
    "vrakning",
];

/// Right words that lie close to another.
const OTHERS: &[&str] =
    &["avlysning", "obetalt", "starkning", "stormning", "startning", "vrakingen"];

/// A line at least this long was broken because it was full.
const FULL_LINE: usize = 55;

/// A folded text, and where each of its bytes stood.
pub(in crate::normalize::prose) struct Folded {
    /// The words.
    pub(in crate::normalize::prose) text: String,
    from: Vec<usize>,
}

impl Folded {
    /// Folds a text.
    pub(in crate::normalize::prose) fn of(text: &str) -> Self {
        let mut folded =
            Self { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len()) };
        let (mut word, mut line) = (None, 0usize);
        for (at, c) in text.char_indices() {
            let c = match c {
                '\n' if line >= FULL_LINE && is_text(text.get(at + 1..)) => ' ',
                '\n' => '\n',
                '*' | '_' | '#' | '|' | '\t' | '\u{2500}'..='\u{257f}' => ' ',
                other => other,
            };
            line = if c == '\n' || text.get(at..).is_some_and(|rest| rest.starts_with('\n')) {
                0
            } else {
                line + 1
            };
            if !c.is_alphanumeric()
                && let Some(start) = word.take()
            {
                folded.put_right(start);
            }
            if c.is_alphabetic() && word.is_none() {
                word = Some(folded.text.len());
            }
            // Blanks in a row are one.
            if c != ' ' || !folded.text.ends_with([' ', '\n']) {
                folded.push(c, at);
            }
        }
        if let Some(start) = word {
            folded.put_right(start);
        }
        folded
    }

    /// Where a place of the folded text stands in the text itself.
    pub(in crate::normalize::prose) fn place(&self, at: usize) -> usize {
        self.from.get(at).or(self.from.last()).copied().unwrap_or_default()
    }

    fn push(&mut self, c: char, at: usize) {
        for small in c.to_lowercase() {
            let plain = plain(small);
            let before = self.text.len();
            match plain {
                Some(letters) => self.text.push_str(letters),
                None => self.text.push(small),
            }
            self.from.extend(std::iter::repeat_n(at, self.text.len() - before));
        }
    }

    /// Spells the word that ends here as the key word it is meant to be.
    fn put_right(&mut self, start: usize) {
        let Some(word) = self.text.get(start..) else { return };
        if word.len() < 6 || word.len() > 40 || OTHERS.iter().any(|other| word.starts_with(other)) {
            return;
        }
        let first = word.as_bytes().first();
        let close =
            KEY_WORDS.iter().filter(|key| key.as_bytes().first() == first).find_map(|key| {
                (!word.starts_with(key)).then(|| meant(word, key)).flatten().map(|end| (*key, end))
            });
        let Some((key, end)) = close else { return };
        let rest = self.text.get(start + end..).unwrap_or_default().to_owned();
        let tail = self.from.split_off((start + end).min(self.from.len()));
        let place = self.place(start);
        self.from.truncate(start);
        self.from.extend(std::iter::repeat_n(place, key.len()));
        self.from.extend(tail);
        self.text.truncate(start);
        self.text.push_str(key);
        self.text.push_str(&rest);
    }
}

fn is_text(rest: Option<&str>) -> bool {
    rest.and_then(|rest| rest.chars().next()).is_some_and(|c| c.is_alphanumeric())
}

/// A letter without its mark.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'å' | 'ä' | 'á' | 'à' | 'â' | 'ã' | 'æ' => "a",
        'ö' | 'ø' | 'ó' | 'ò' | 'ô' => "o",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'ü' | 'ú' | 'ù' => "u",
        'ï' | 'í' => "i",
        '’' | '´' | '`' => "'",
        '”' | '“' | '„' | '»' | '«' => "\"",
        _ => return None,
    })
}

/// Whether a word begins with a key word but for one letter; where that beginning ends.
fn meant(word: &str, key: &str) -> Option<usize> {
    let (word, key) = (word.as_bytes(), key.as_bytes());
    let same = word.iter().zip(key).take_while(|(one, other)| one == other).count();
    // Short of its last letter it may be another word's beginning.
    if same + 1 >= key.len() || !word.iter().take(key.len() + 1).all(u8::is_ascii) {
        return None;
    }
    let rest = key.get(same + 1..)?;
    let starts = |from: usize, with: &[u8]| word.get(from..).is_some_and(|it| it.starts_with(with));
    if starts(same + 1, rest) {
        return Some(key.len());
    }
    if starts(same, rest) {
        return Some(key.len() - 1);
    }
    if starts(same + 1, key.get(same..)?) {
        return Some(key.len() + 1);
    }
    let swapped = word.get(same) == key.get(same + 1) && word.get(same + 1) == key.get(same);
    (swapped && starts(same + 2, key.get(same + 2..)?)).then_some(key.len())
}

#[cfg(test)]
mod tests {
    use super::Folded;

    #[test]
    fn one_wrong_letter_is_put_right() {
        for (text, folded) in [
            ("Hyresskud 900", "hyresskuld 900"),
            ("AVHYSING den", "avhysning den"),
            ("uppsagning och uppsänging", "uppsagning och uppsagning"),
            ("avhyssningen", "avhysningen"),
            ("Störnig i t1ll socialnmänden", "storning i t1ll socialnamnden"),
            ("Konferensen är avlysningen", "konferensen ar avlysningen"),
            ("hyran är obetalt", "hyran ar obetalt"),
        ] {
            assert_eq!(Folded::of(text).text, folded);
        }
    }

    #[test]
    fn a_place_is_found_again() {
        let text = "Å, hyresskud är 900 kr";
        let folded = Folded::of(text);
        let at = folded.text.find("900").map(|at| folded.place(at));
        assert_eq!(at, text.find("900"));
        assert_eq!(Folded::of("").place(3), 0);
    }

    #[test]
    fn full_lines_are_joined() {
        let text = "Sökanden har den nittonde november tjugohundratjugosex återkallat\nansökan.\nKort\nrad";
        assert!(Folded::of(text).text.ends_with("aterkallat ansokan.\nkort\nrad"));
    }
}
