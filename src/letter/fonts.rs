//! The two built-in fonts of a letter, and how its text becomes glyphs: shaped, measured, and nothing missing.

use crate::letter::LetterError;
use crate::letter::paper::Type;
use krilla::text::Font;
use krilla::text::GlyphId;
use krilla::text::KrillaGlyph;
use rustybuzz::Direction;
use rustybuzz::Face;
use rustybuzz::UnicodeBuffer;
use unicode_normalization::UnicodeNormalization;

/// Noto Sans, Latin script (`fonts/README.md`).
static REGULAR: &[u8] = include_bytes!("fonts/NotoSans-Regular.ttf");
/// The same in bold.
static BOLD: &[u8] = include_bytes!("fonts/NotoSans-Bold.ttf");

/// Both fonts, read.
pub(super) struct Fonts {
    regular: Typeface,
    bold: Typeface,
}

/// One font: to measure by, and to write into the file.
pub(super) struct Typeface {
    face: Face<'static>,
    font: Font,
    units_per_em: f32,
}

impl Fonts {
    /// Reads the built-in fonts.
    pub(super) fn built_in() -> Result<Self, LetterError> {
        Ok(Self { regular: Typeface::read(REGULAR)?, bold: Typeface::read(BOLD)? })
    }

    /// The font of a type.
    pub(super) fn of(&self, face: Type) -> &Typeface {
        if face.bold { &self.bold } else { &self.regular }
    }

    /// How many characters of these texts the fonts lack; each occurrence counts.
    pub(super) fn unprintable<'a>(&self, texts: impl Iterator<Item = &'a str>) -> usize {
        texts.map(|text| self.regular.missing(&cleaned(text))).sum()
    }

    /// How wide a text is, in points.
    pub(super) fn width(&self, text: &str, face: Type) -> f32 {
        let glyphs = self.of(face).glyphs(text);
        glyphs.iter().map(|glyph| glyph.x_advance).sum::<f32>() * face.size
    }
}

impl Typeface {
    fn read(bytes: &'static [u8]) -> Result<Self, LetterError> {
        let face = Face::from_slice(bytes, 0).ok_or(LetterError::Fonts)?;
        let font = Font::new(bytes.into(), 0).ok_or(LetterError::Fonts)?;
        let units_per_em = font.units_per_em();
        Ok(Self { face, font, units_per_em })
    }

    /// As the writer wants it.
    pub(super) fn font(&self) -> Font {
        self.font.clone()
    }

    /// The glyphs of a line, left to right, with accents where the font puts them.
    pub(super) fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let shaped = rustybuzz::shape(&self.face, &[], buffer);
        let infos = shaped.glyph_infos();
        let em = |units: i32| units as f32 / self.units_per_em;
        let mut glyphs = Vec::with_capacity(infos.len());
        for (at, (info, place)) in infos.iter().zip(shaped.glyph_positions()).enumerate() {
            // A cluster ends where the next one begins: a letter and its accents are one.
            let next = infos[at..].iter().find(|next| next.cluster != info.cluster);
            let end = next.map_or(text.len(), |next| next.cluster as usize);
            glyphs.push(KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                em(place.x_advance),
                em(place.x_offset),
                em(place.y_offset),
                em(place.y_advance),
                info.cluster as usize..end,
                None,
            ));
        }
        glyphs
    }

    /// How many characters of a cleaned text the font lacks. Both fonts have the same ones.
    fn missing(&self, text: &str) -> usize {
        text.chars().filter(|c| self.face.glyph_index(*c).is_none()).count()
    }
}

/// A text as it is set: accents joined with their letters (NFC), line breaks and runs of spaces as one space, and no characters that
/// are not seen but turn or join others.
pub(super) fn cleaned(text: &str) -> String {
    let seen = text.chars().filter(|c| !is_unseen(*c));
    let spaced = seen.map(|c| if c.is_control() || is_plain_space(c) { ' ' } else { c });
    let joined: String = spaced.nfc().collect();
    joined.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Spaces at which a line may break; a no-break space is kept as it is.
fn is_plain_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// Soft hyphens, joiners, marks of direction and variation: left out.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{feff}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::Fonts;
    use super::cleaned;
    use crate::letter::paper::STRONG;
    use crate::letter::paper::TEXT;

    fn fonts() -> Fonts {
        Fonts::built_in().expect("the fonts")
    }

    #[test]
    fn names_in_latin_script_can_be_printed() {
        for name in [
            "Åsa Öberg-Ängström",
            "Łukasz Żółć",
            "Đorđe Čvorović",
            "Nguyễn Thị Ánh",
            "İbrahim Şükrü Ğ",
            "Guðrún Þórsdóttir",
            "Õie Ülle Šmit",
            "Ọ\u{301}lá Ẹ\u{300}kọ\u{301}",
            "Juhán Ŋ Đuottar",
            "Ștefan Țărănuș",
            "Ə. Məmmədov",
            "ʻAbd al-Ḥamīd",
            "O’Neill – 4 711,50 €",
        ] {
            assert_eq!(fonts().unprintable([name].into_iter()), 0, "{name}");
        }
    }

    #[test]
    fn what_the_fonts_lack_is_counted_each_time() {
        let table =
            [("محمد", 4), ("Иван", 4), ("Testa 李", 1), ("🙂🙂", 2), ("\u{e000}", 1), ("", 0)];
        for (text, count) in table {
            assert_eq!(fonts().unprintable([text, "Testa"].into_iter()), count, "{text}");
        }
    }

    #[test]
    fn both_fonts_have_the_same_characters() {
        let fonts = fonts();
        for c in (' '..='\u{2fff}').filter(|c| !c.is_control()) {
            let has =
                |bold| fonts.of(if bold { STRONG } else { TEXT }).face.glyph_index(c).is_some();
            assert_eq!(has(true), has(false), "{c:?}");
        }
    }

    #[test]
    fn a_text_is_cleaned_of_what_is_not_seen() {
        let table = [
            (" Testa \t\r\n  Testsson ", "Testa Testsson"),
            ("A\u{30a}sa", "Åsa"),
            ("Te\u{ad}st\u{200b}a\u{feff}", "Testa"),
            ("\u{202e}Testa\u{202c}", "Testa"),
            ("040\u{a0}10", "040\u{a0}10"),
            ("\u{0}", ""),
        ];
        for (text, clean) in table {
            assert_eq!(cleaned(text), clean);
        }
    }

    #[test]
    fn bold_is_wider_and_twice_the_text_is_twice_as_wide() {
        let fonts = fonts();
        let one = fonts.width("Testa", TEXT);
        assert!(fonts.width("Testa", STRONG) > one);
        assert!(
            (fonts.width("Testa Testa ", TEXT) - 2.0 * fonts.width("Testa ", TEXT)).abs() < 0.5
        );
    }
}
