//! How mail programs mark an older mail below a new one, in Swedish, English, Danish, Norwegian and German: Outlook, Gmail, Apple Mail, telephones.

use super::super::pattern::pattern;

pattern!(
    ORIGINAL,
    r"(?im)^[ \t>*]*(?:(?:-{2,}|_{5,})[ \t]*(?:ursprungligt meddelande|originalmeddelande|original ?message|vidarebefordrat (?:meddelande|brev|mejl|mail)|forwarded (?:message|by)|begin forwarded message|oprindelig (?:meddelelse|besked|mail)|videresendt (?:meddelelse|besked|melding|mail)|opprinnelig melding|bifogat meddelande|urspr[uü]ngliche nachricht|weitergeleitete nachricht)\b.*|(?:vidarebefordrat (?:meddelande|brev|mejl)|begin forwarded message|start på videresendt (?:besked|meddelelse)|videresendt melding|påbegynn videresendt melding)[ \t]*:?[ \t]*)$"
);
pattern!(
    HEADER_BLOCK,
    r"(?im)^[ \t>*]*(?:från|fran|from|fra|avsändare|von)[ \t]*:[ \t]*\*?([^\n]+)\n(?:[ \t>]*\n)?(?:[ \t>*]*(?:skickat|skickades|sent|sendt|datum|dato|date|gesendet|till|til|to|an|kopia|kopi|cc|bcc|ämne|amne|emne|subject|betreff|prioritet|vigtighed|viktighet|importance|svara till|reply-to|bifogade filer|attachments)[ \t]*:[ \t]*\*?[^\n]*\n?){1,}"
);
pattern!(
    WROTE,
    r"(?im)^[ \t>]*(?:(?:den|on|på|am|kl\.?|le)[ \t]|(?:mån|man|tis|tir|ons|tors?|fre|lör|lor|sön|son|søn|lør|mon|tue|wed|thu|fri|sat|sun)\p{L}*\.?,?[ \t]|\d{1,2}[./]?[ \t]?\p{L}{3,9}\.?[ \t,]|\d{1,2}[./-]\d{1,2}[./-]?\d{0,4}[ \t]|\d{4}-\d\d-\d\d)[^\n]{3,140}(?:\n[ \t>]*[^\n]{0,100})?\b(?:skrev|wrote|schrieb|skreiv)\b[^\n]{0,120}:[ \t]*$"
);
pattern!(
    NAME_WROTE,
    r"(?im)^[ \t>]*[^\n<>:]{2,60}(?:<[^\n>]+@[^\n>]+>)?[ \t]+(?:skrev|wrote)(?:[ \t]+(?:den|on|kl|följande|the following|du|ni|vi|jag|så här|såhär|i|förra|tidigare|igår)[^\n]{0,80})?[ \t]*:[ \t]*$"
);
// What people write by hand above an older mail that they pasted in.
pattern!(
    HOMEMADE,
    r"(?m)^[ \t>*=-]*(?:(?i:(?:tidigare|äldre|föregående|förra|gammalt|gamla|ursprungligt|previous|earlier|original) (?:mail|mejl|e-?post|e-?postmeddelande|meddelande|konversation|tråd|mailtråd|mejltråd|korrespondens|e-?mail|message|correspondence)(?:et|en|s)?|(?:mail|mejl)(?:historik|konversation|tråd|växling)(?:en)?)(?:[ \t][^\n:.]{0,40})?[ \t]*(?::[ \t]*|[-=]{2,}[ \t]*)|\d{4}-\d\d-\d\d(?:[ T,]+(?:kl\.? ?)?\d{1,2}[.:]\d\d)?[ ,:-]+\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+){1,2}(?: ?<[^\n>]+>)?[ \t]*:[ \t]*)$"
);
pattern!(RULE, r"(?m)[ \t>]*(?:_{10,}|-{10,}|\*{10,})[ \t]*\n?\z");
pattern!(ADDRESS, r"(?i)<?(?:mailto:)?([\w.+'-]+@[\w.-]+\.\w+)>?");

/// Who is said to have written an older mail.
#[derive(Clone, Default, PartialEq, Eq)]
pub(in crate::normalize::prose) struct Author {
    /// The name.
    pub(in crate::normalize::prose) name: String,
    /// The address, where the header gives it.
    pub(in crate::normalize::prose) address: Option<String>,
}

/// A text above the first older mail, and that mail without its header.
pub(super) struct Cut<'t> {
    pub(super) above: &'t str,
    pub(super) below: &'t str,
    pub(super) author: Option<Author>,
    /// The older mail was attached, not quoted.
    pub(super) attached: bool,
}

/// Cuts a text at the first mark of an older mail.
pub(super) fn cut(text: &str) -> Cut<'_> {
    let marks = [&ORIGINAL, &HEADER_BLOCK, &WROTE, &NAME_WROTE, &HOMEMADE];
    let marks = marks.into_iter().filter_map(|pattern| {
        let found = pattern.first(text)?;
        let whole = found.get(0)?;
        Some((whole.start(), whole.end(), found.get(1).map(|from| author(from.as_str()))))
    });
    let Some((start, end, mut author)) = marks.min_by_key(|(start, end, _)| (*start, *end)) else {
        return Cut { above: text, below: "", author: None, attached: false };
    };
    let attached = text[start..end].contains(crate::normalize::mail_parts::ATTACHED);
    let mut below = text.get(end..).unwrap_or_default();
    // The mark and the header come one after the other.
    if let Some(found) = HEADER_BLOCK.first(below)
        && let Some(header) = found.get(0)
        && below[..header.start()].trim().is_empty()
    {
        author = found.get(1).map(|from| self::author(from.as_str()));
        below = &below[header.end()..];
    }
    let above = &text[..start];
    // Outlook for the web draws a line above the header.
    let rule =
        RULE.first(above).and_then(|found| found.get(0)).map_or(above.len(), |it| it.start());
    Cut { above: &above[..rule], below, author, attached }
}

fn author(from: &str) -> Author {
    let address = ADDRESS.first(from);
    let whole = address.as_ref().and_then(|found| found.get(0));
    let name = whole.map_or(from, |whole| &from[..whole.start()]);
    let name = name.trim().trim_matches(['"', '\'', '*', '[', '<', '(']).trim().to_owned();
    let address = address.as_ref().and_then(|found| found.get(1));
    Author { name, address: address.map(|address| address.as_str().to_lowercase()) }
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn each_program_marks_an_older_mail_in_its_own_way() {
        for mark in [
            "Den tors 5 nov. 2026 kl 14:10 skrev Kim <k@x.example>:",
            "tors 5 nov. 2026 kl. 14:10 skrev Kim <k@x.example>:",
            "On Thu, Nov 5, 2026 at 2:10 PM Kim <k@x.example> wrote:",
            "> 7 nov. 2026 kl. 22:14 skrev Kim <k@x.example>:",
            "Den 5. nov. 2026 kl. 14.10 skrev Kim <k@x.example>:",
            "tor. 5. nov. 2026 kl. 14:10 skrev Kim <k@x.example>:",
            "2026-11-05 14:10 skrev Kim:",
            "Kim <k@x.example> skrev:",
            "-----Ursprungligt meddelande-----",
            "-------- Originalmeddelande --------",
            "---------- Forwarded message ---------",
            "Begin forwarded message:",
            "Vidarebefordrat brev:",
            "-------- Oprindelig meddelelse --------",
            "Start på videresendt besked:",
            "---------- Videresendt melding ---------",
            "________________________________\nFrån: Kim <k@x.example>\nSkickat: den 5 november 2026\nTill: b\nÄmne: x",
            "Fra: Kim <k@x.example>\nSendt: 5. november 2026\nTil: b\nEmne: x",
            "*From:* Kim <k@x.example>\n*Sent:* Thursday\n*To:* b\n*Subject:* x",
            "Från: avhysning@kommun.example\nÄmne: Bekräftelse",
            "Tidigare mail:",
            "--- Tidigare konversation ---",
            "Mailtråden nedan:",
            "2026-03-01 Kim Provberg:",
            "2026-03-01 14:10, Kim Provberg <k@x.example>:",
            "Kim Provberg skrev i mars:",
        ] {
            let text = format!("Nytt.\n\n{mark}\n\nGammalt.\n");
            let cut = cut(&text);
            assert_eq!((cut.above.trim(), cut.below.trim()), ("Nytt.", "Gammalt."), "{mark}");
        }
    }

    #[test]
    fn a_header_tells_who_wrote() {
        let told = cut("x\nFrån: Test AB <info@test.example>\nTill: b\nÄmne: x\n\ny");
        let author = told.author.unwrap_or_default();
        assert_eq!(author.name, "Test AB");
        assert_eq!(author.address.as_deref(), Some("info@test.example"));
    }

    #[test]
    fn a_letter_without_marks_stays_whole() {
        for text in [
            "Hyresgästen skrev på avtalet:\nnej",
            "Från och med den 1 mars gäller:\nTill nämnden",
            "Avhysning från: Provgatan 1",
            "Tidigare meddelande till socialnämnden: 2026-10-01\nnej",
            "2026-10-03 Störning:\nhög musik",
        ] {
            assert_eq!(cut(text).above, text, "{text}");
        }
    }
}
