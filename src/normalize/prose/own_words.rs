//! What the sender says now, told apart from what is quoted, signed or only disclaimed: another household's older notice below a reply must
//! never be read as this one.

use super::pattern::pattern;

pattern!(
    ORIGINAL,
    r"(?im)^[ \t>]*(?:-{2,}|_{5,})\s*(?:ursprungligt meddelande|original message|vidarebefordrat meddelande|forwarded message|vidarebefordrat brev|begin forwarded message).*$"
);
pattern!(
    HEADER_BLOCK,
    r"(?im)^[ \t*]*(?:från|from|avsändare)\s*:\*?[^\n]+\n(?:[ \t]*\n)?(?:[ \t*]*(?:skickat|sent|datum|date|till|to|kopia|cc|ämne|subject|prioritet|importance|svara till|reply-to)\s*:\*?[^\n]*\n?){2,}"
);
pattern!(
    WROTE,
    r"(?im)^[ \t]*(?:den|on|på|mån|tis|ons|tors?|fre|lör|sön|mon|tue|wed|thu|fri|sat|sun|\d{4}-\d\d-\d\d)[^\n]{6,120}(?:\n[^\n]{0,80})?(?:skrev|wrote|schrieb)[^\n]{0,80}:[ \t]*$"
);
pattern!(
    GREETING,
    r"(?im)^[ \t]*(?:-- ?$|(?:med )?(?:vänlig(?:a|t)?|bästa|varma|många|god(?:a)?) ?(?:hälsning(?:ar)?)\b[^\n]{0,60}$|hälsning(?:ar)?[,.]?[^\n]{0,30}$|m\.?v\.?h\.?[ ,./!]*[^\n]{0,40}$|vänligen,?[ \t]*$|/ ?\p{Lu}[\p{L}-]+[^\n]{0,40}$|(?:kind|best|warm) regards\b.*$|regards,?.*$|(?:yours )?sincerely,?.*$|skickat från min .*$|sent from my .*$|hämta outlook för .*$|get outlook for .*$)"
);
pattern!(
    DISCLAIMER,
    r"(?i)(?:(?:detta|det här) (?:e-?post)?(?:meddelande|mejl|brev).{0,80}(?:konfidentiell|sekretess|avsett (?:endast|enbart)|endast avsett|felaktigt)|this (?:e-?mail|message).{0,80}(?:confidential|intended)|gdpr|så behandlar vi (?:dina )?personuppgifter|tänk på miljön|virus(?:kontroll|fri|free))"
);
pattern!(FORWARD, r"(?i)^\s*(?:vb|fwd?|vidarebefordrat|fw|wg)\s*:");

/// A text in its pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pieces {
    /// What is said.
    pub(super) own: String,
    /// Who says it: what stands below the greeting.
    pub(super) signature: String,
}

/// Takes a mended text apart. Of a forwarded mail the first one below counts as said now, when little is said above it.
pub(super) fn pieces(text: &str, subject: &str) -> Pieces {
    let (above, below) = cut(text);
    let forwards = FORWARD.is_in(subject) || above.trim().is_empty();
    let below = without_marks(below);
    let more = forwards.then(|| cut(&below).0.to_owned()).filter(|more| !more.trim().is_empty());
    let unquoted: String = above
        .lines()
        .filter(|line| !line.trim_start().starts_with('>'))
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut pieces = signed(&unquoted);
    if let Some(more) = more {
        let inner = signed(&more);
        if !pieces.own.trim().is_empty() {
            pieces.own.push('\n');
        }
        pieces.own.push_str(&inner.own);
        pieces.signature.push('\n');
        pieces.signature.push_str(&inner.signature);
    }
    pieces
}

/// Whether a subject says that a mail is passed on.
pub(super) fn forwards(subject: &str) -> bool {
    FORWARD.is_in(subject)
}

/// What stands above the first older mail, and that mail without its header.
fn cut(text: &str) -> (&str, &str) {
    let marks = [&ORIGINAL, &HEADER_BLOCK, &WROTE].into_iter().filter_map(|pattern| {
        let whole = pattern.first(text)?.get(0)?;
        Some((whole.start(), whole.end()))
    });
    match marks.min() {
        None => (text, ""),
        Some((start, end)) => {
            let mut below = text.get(end..).unwrap_or_default();
            // The mark and the header come one after the other.
            if let Some(header) = HEADER_BLOCK.first(below).and_then(|found| found.get(0))
                && below[..header.start()].trim().is_empty()
            {
                below = &below[header.end()..];
            }
            (&text[..start], below)
        }
    }
}

fn without_marks(text: &str) -> String {
    let plain = |line: &str| line.trim_start_matches(['>', ' ']).to_owned() + "\n";
    match text.lines().filter(|line| line.starts_with('>')).count() * 2 > text.lines().count() {
        true => text.lines().map(plain).collect(),
        false => text.to_owned(),
    }
}

/// Sets the signature apart, and leaves disclaimers out.
fn signed(text: &str) -> Pieces {
    let greeting = GREETING.all(text).filter_map(|found| found.get(0)).find(|found| {
        // A greeting at the very top signs nothing.
        !text[..found.start()].trim().is_empty()
    });
    let (own, signature) = match greeting {
        Some(found) => text.split_at(found.start()),
        None => (text, ""),
    };
    let kept = |text: &str| -> String {
        let paragraphs = text.split("\n\n").filter(|paragraph| !DISCLAIMER.is_in(paragraph));
        paragraphs.collect::<Vec<_>>().join("\n\n")
    };
    // Some greet first and list the facts below: what is long is no signature.
    let (below, facts) = (kept(signature), own.trim().chars().count() < 60);
    match facts && below.chars().count() > 300 {
        true => Pieces { own: kept(text), signature: String::new() },
        false => Pieces { own: kept(own), signature: below },
    }
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn what_is_quoted_is_not_said_now() {
        let text = "Hej, hyran är betald.\n\nMed vänlig hälsning\nKim Provberg\n\nFrån: A <a@x.example>\nSkickat: den 3 mars\nTill: b\nÄmne: Skuld\n\nTesta är skyldig 900 kr.\n";
        let told = pieces(text, "SV: Skuld");
        assert_eq!(told.own.trim(), "Hej, hyran är betald.");
        assert!(told.signature.contains("Kim Provberg") && !told.own.contains("900"));
        let marked = pieces("Nu är det klart\n> Testa är skyldig 900 kr\n", "Re: x");
        assert_eq!(marked.own.trim(), "Nu är det klart");
    }

    #[test]
    fn of_a_forwarded_mail_the_first_one_below_counts() {
        let text = "FYI\n\n-----Ursprungligt meddelande-----\nFrån: A\nSkickat: i går\nTill: b\nÄmne: x\n\nHyran är inte betald.\n\nFrån: C\nSkickat: förra året\nTill: A\nÄmne: y\n\nNågot helt annat.\n";
        let told = pieces(text, "VB: Obetald hyra");
        assert!(
            told.own.contains("Hyran är inte betald") && !told.own.contains("annat"),
            "{told:?}"
        );
        let reply = pieces(text, "SV: Obetald hyra");
        assert!(!reply.own.contains("Hyran är inte betald"), "{reply:?}");
    }

    #[test]
    fn a_disclaimer_says_nothing() {
        let told = pieces("Hyran saknas.\n\nDetta meddelande är konfidentiellt.\n", "");
        assert_eq!(told.own.trim(), "Hyran saknas.");
    }
}
