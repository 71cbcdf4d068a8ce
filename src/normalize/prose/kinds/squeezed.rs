//! A folded text without the numbers and addresses between its words, and without the boxes of a form that nobody ticked: `avhysningen av Testa, 850101-2390, Exempelgatan 12, är inställd` says that
//! it is called off as plainly as if the number and the home stood elsewhere.

use super::super::pattern::pattern;

pattern!(
    BETWEEN,
    r"(?:\[ ?\]|\( \)|[☐□◻❏])(?:[^\n☐☒☑\[\]□■◻❏✓✗(]|\([a-z0-9]){0,80}|[ ,(]*\b(?:(?:med )?(?:person(?:nummer|nr)|pnr|p\.nr|pers\.?nr|samordningsnummer|fodd|f\.)\.?:? ?)?(?:19|20)?\d{6} ?[-+]? ?\d{4}\b\)?|[ ,(]*\b(?:lgh|lagenhet(?:snummer|snr)?|apartment|flat|apt)\.? ?(?:nr\.? ?|nummer )?\d{1,4}\b\)?|[ ,(]*\b\d{3} ?\d\d [a-z]{3,}\b\)?|[ ,(]*\b(?:pa |at )?(?:[a-z]+ )?[a-z]{2,}(?:gatan|gata|vagen|vag|torget|torg|grand|stigen|stig|allen|plan|backen|gangen|platsen|leden) \d{1,3}(?: ?[a-z]\b)?\)?"
);

/// Boxes without a cross.
const BOXES: [char; 6] = ['[', '(', '☐', '□', '◻', '❏'];

/// A text without what stands between its words.
pub(super) struct Squeezed {
    /// What is left.
    pub(super) text: String,
    /// From where on how many bytes are left out.
    left_out: Vec<(usize, usize)>,
}

impl Squeezed {
    /// Leaves out numbers of people, flats, streets and towns.
    pub(super) fn of(folded: &str) -> Self {
        let mut text = String::with_capacity(folded.len());
        let (mut left_out, mut from) = (Vec::new(), 0);
        for (start, end) in BETWEEN.places(folded) {
            // What begins a line tells itself what it is; a box without a cross tells nothing.
            let begins =
                folded.get(..start).is_none_or(|head| head.is_empty() || head.ends_with('\n'));
            let is_box = folded.get(start..).is_some_and(|rest| rest.starts_with(BOXES));
            if begins && !is_box {
                continue;
            }
            text.push_str(folded.get(from..start).unwrap_or_default());
            from = end;
            left_out.push((text.len(), end - text.len()));
        }
        text.push_str(folded.get(from..).unwrap_or_default());
        Self { text, left_out }
    }

    /// Where a place of it stands in the folded text.
    pub(super) fn place(&self, at: usize) -> usize {
        let before = self.left_out.partition_point(|(from, _)| *from <= at);
        let shift = before.checked_sub(1).and_then(|last| self.left_out.get(last));
        at + shift.map_or(0, |(_, shift)| *shift)
    }
}

#[cfg(test)]
mod tests {
    use super::Squeezed;

    #[test]
    fn numbers_and_homes_are_left_out_and_places_are_kept() {
        let text = "avhysningen av testa, 850101-2390, exempelgatan 12 lgh 1102, 214 00 malmo ar installd kl 9";
        let squeezed = Squeezed::of(text);
        assert_eq!(squeezed.text, "avhysningen av testa ar installd kl 9");
        let at = squeezed.text.find("installd").unwrap_or_default();
        assert_eq!(text.get(squeezed.place(at)..), Some("installd kl 9"));
        let form = "[ ] obetald hyra\n[x] storningar\n☐ andrahand ☒ vanvard";
        assert_eq!(Squeezed::of(form).text, "\n[x] storningar\n☒ vanvard");
        let form = "☐ obetald hyra (jb 12 kap 44 §): ☐ ja\n☒ storning (jb 12 kap 25 a §)";
        assert_eq!(Squeezed::of(form).text, "\n☒ storning (jb 12 kap 25 a §)");
        assert_eq!(squeezed.place(3), 3);
        assert_eq!(Squeezed::of("hyra 8 912 kr for oktober").text, "hyra 8 912 kr for oktober");
        assert_eq!(Squeezed::of("").text, "");
    }
}
