//! What the sender says now, told apart from what is quoted, signed or only disclaimed: another household's older notice below a reply must
//! never be read as this one. What is passed on is read, unless the words above name other people or another home; where that cannot be told it is
//! read with doubt.

use super::super::pattern::pattern;
pub(in crate::normalize::prose) use super::quoting::Author;
use super::quoting::Cut;
use super::quoting::cut;
use super::subjects::Likeness;
use super::subjects::Subjects;
use crate::normalize::mail_parts::ATTACHED;

pattern!(
    GREETING,
    r"(?im)^[ \t]*(?:-- ?$|(?:med )?(?:vänlig(?:a|t)?|venlig|vennlig|bästa|bäst|varma|många|soliga|trevliga|god(?:a)?|de bedste|beste) ?(?:h[äi]lsning(?:ar)?|hilsen|hilsner)\b[^\n]{0,60}$|h[äi]ls(?:ning(?:ar|er)?|en)[,.!]?[^\n]{0,40}$|m\.?v\.?h\.?[ ,./!]*[^\n]{0,40}$|vänligen[,.]?[ \t]*$|med (?:utmärkt |största |all )?(?:högaktning|aktning)[,.!]?[ \t]*$|(?:högaktningsfullt|allt gott|ha det (?:bra|gott)|vh|bh)[,.!]?[ \t]*$|/{1,2} ?\p{Lu}[\p{L}-]+[^\n]{0,40}$|(?:kind|best|warm|many) (?:regards|wishes)\b.*$|(?:regards|cheers|thanks|best),?[ \t]*$|regards,? .*$|(?:yours )?(?:sincerely|faithfully|truly),?.*$|skickat från (?:min|mitt|outlook|mail|e-post)\b.*$|sent from (?:my|mail|outlook)\b.*$|sendt fra (?:min|outlook|mail)\b.*$|hämta outlook för .*$|get outlook for .*$)"
);
pattern!(
    DISCLAIMER,
    r"(?i)(?:(?:detta|det här) (?:e-?post)?(?:meddelande|mejl|brev).{0,80}(?:konfidentiell|sekretess|avsett (?:endast|enbart)|endast avsett|felaktigt)|this (?:e-?mail|message).{0,80}(?:confidential|intended)|gdpr|så behandlar vi (?:dina )?personuppgifter|tänk på miljön|virus(?:kontroll|fri|free))"
);
pattern!(FORWARD, r"(?i)^\s*(?:vb|fwd?|vidarebefordra\p{L}*|fw|wg|vs|vid|tr)\s*:");
pattern!(
    SEE_BELOW,
    r"(?i)\b(?:se |enligt |läs )?nedan(?:stående)?\b|vidarebefordra|skickar vidare|forwarding|see below|forwarded|(?:i övrigt|annars|allt annat|övrigt) (?:är |gäller )?(?:det )?(?:samma|som (?:nedan|sist|förut|tidigare)|oförändra\p{L}*)|samma (?:uppgifter|person|hyresgäst|adress|ärende|allt) som|(?:övriga )?uppgifter(?:na)? (?:som|finns) (?:nedan|tidigare)|same as below|se (?:herunder|nedenfor|under)|videresend"
);
pattern!(
    OF_ANOTHER,
    r"(?i)bortse från (?:den|det|tråden|nedan)|(?:annan|en annan|andra) (?:svarande|hyresgäst|person|medlem|boende)|gammal tråd|gamla tråden|inte samma (?:ärende|person)|disregard (?:the )?(?:below|thread)"
);

/// So many mails that only pass on another are looked below.
const DEEPEST: usize = 3;

/// A text in its pieces.
#[derive(Clone, Default, PartialEq, Eq)]
pub(in crate::normalize::prose) struct Pieces {
    /// What is said.
    pub(in crate::normalize::prose) own: String,
    /// Who says it: what stands below the greeting.
    pub(in crate::normalize::prose) signature: String,
    /// The same of the mail that is passed on.
    pub(in crate::normalize::prose) signature_below: String,
    /// Where what is passed on begins in what is said, if the words above it name somebody or a home of their own.
    pub(in crate::normalize::prose) passed_on: Option<usize>,
    /// Who wrote that one.
    pub(in crate::normalize::prose) author: Option<Author>,
}

/// Takes a mended text apart. Of a forwarded mail the first one below counts as said now, and so does every mail that was attached.
pub(in crate::normalize::prose) fn pieces(text: &str, subject: &str) -> Pieces {
    let first = cut(text);
    let unquoted: String = first
        .above
        .lines()
        .filter(|line| !line.trim_start().starts_with('>'))
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut pieces = signed(&unquoted);
    let forwards = first.attached
        || FORWARD.is_in(subject)
        || first.above.trim().is_empty()
        || SEE_BELOW.is_in(&pieces.own);
    if forwards && !OF_ANOTHER.is_in(&pieces.own) {
        add(&mut pieces, &first, 0);
    }
    for attached in text.split(ATTACHED).skip(if first.attached { 2 } else { 1 }).take(20) {
        let attached = format!("{ATTACHED}{attached}");
        add(&mut pieces, &cut(&attached), 0);
    }
    pieces
}

/// Whether a subject says that a mail is passed on.
pub(in crate::normalize::prose) fn forwards(subject: &str) -> bool {
    FORWARD.is_in(subject)
}

/// Adds what a mail below says, unless it is about somebody else than the words above.
fn add(pieces: &mut Pieces, older: &Cut<'_>, depth: usize) {
    let below = without_marks(older.below);
    let inner = cut(&below);
    let more = inner.above.to_owned();
    // What was passed on may itself only pass on.
    let further = depth < DEEPEST && (more.trim().is_empty() || SEE_BELOW.is_in(&more));
    let further = further && !inner.below.trim().is_empty() && !OF_ANOTHER.is_in(&more);
    if !more.trim().is_empty() {
        add_one(pieces, older, &more);
    }
    if further {
        add(pieces, &inner, depth + 1);
    }
}

/// Adds the words of one mail below.
fn add_one(pieces: &mut Pieces, older: &Cut<'_>, more: &str) {
    let like = match older.attached {
        true => Likeness::Same,
        false => Subjects::of(&pieces.own).likeness(&Subjects::of(more)),
    };
    let unsure = match like {
        Likeness::Another => return,
        Likeness::Unsure => true,
        Likeness::Silent | Likeness::Same => false,
    };
    if pieces.signature.trim().is_empty() {
        pieces.signature = last_lines(&pieces.own).to_owned();
    }
    let inner = signed(more);
    if !pieces.own.trim().is_empty() {
        pieces.own.push('\n');
    }
    if unsure {
        pieces.passed_on = pieces.passed_on.or(Some(pieces.own.len()));
    }
    pieces.own.push_str(&inner.own);
    pieces.signature.push('\n');
    pieces.signature.push_str(&inner.signature);
    pieces.signature_below.push_str(match inner.signature.trim().is_empty() {
        true => last_lines(&inner.own),
        false => &inner.signature,
    });
    pieces.author = pieces.author.take().or_else(|| older.author.clone());
}

/// Where a writer who sends no greeting puts the name.
fn last_lines(text: &str) -> &str {
    let text = text.trim_end();
    let start = text.rmatch_indices('\n').nth(2).map_or(0, |(at, _)| at + 1);
    text.get(start..).unwrap_or_default()
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
    // The writer's own lines may stand right above the disclaimer.
    let kept = |text: &str| -> String {
        let paragraphs = text.split("\n\n").map(|paragraph| match DISCLAIMER.first(paragraph) {
            Some(found) => {
                let start = found.get(0).map_or(0, |found| found.start());
                let line = paragraph.get(..start).and_then(|head| head.rfind('\n')).unwrap_or(0);
                paragraph.get(..line).unwrap_or_default()
            }
            None => paragraph,
        });
        paragraphs.filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n\n")
    };
    // Some greet first and list the facts below: what is long is no signature.
    let (below, facts) = (kept(signature), own.trim().chars().count() < 60);
    match facts && below.chars().count() > 300 {
        true => Pieces { own: kept(text), ..Pieces::default() },
        false => Pieces { own: kept(own), signature: below, ..Pieces::default() },
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
            "{}",
            told.own
        );
        let reply = pieces(text, "SV: Obetald hyra");
        assert!(!reply.own.contains("Hyran är inte betald"), "{}", reply.own);
    }

    #[test]
    fn an_older_notice_of_another_below_is_not_said_now() {
        let below = "\n\nFrån: Kim <kim@hyra.example>\nSkickat: den 3 mars\nTill: soc\nÄmne: x\n\nHyresgästen Provo Provberg, Provgatan 3, 211 00 Malmö har inte betalat 5 000 kr.";
        for (subject, above, kept) in [
            ("VB: Hyra", "Nytt ärende, gäller Testa Ek, Exempelgatan 12.", false),
            (
                "Hyra",
                "Se nedan hur vi brukar skriva, nu gäller det Testa Ek på Exempelgatan 12.",
                false,
            ),
            (
                "FW: Hyra",
                "Samma visa, fast nu är det grannen Testa Ek, Exempelgatan 12 som inte betalar.",
                true,
            ),
            ("VB: Hyra", "Gäller Provo Provberg.", true),
            ("VB: Hyra", "Lägenheten på Provgatan 3 igen.", true),
            ("VB: Hyra", "Inkom till registraturen i dag.\n\nMvh\nTesta Ek, Torget 1", true),
        ] {
            let told = pieces(&format!("{above}{below}"), subject);
            assert_eq!(told.own.contains("5 000"), kept, "{above}");
            let neighbour = above.contains("grannen");
            assert_eq!(told.passed_on.is_some(), neighbour, "{above}");
        }
        let told = pieces(
            &format!(
                "Gäller Testa Ek.{}",
                below.replace("Provo Provberg, Provgatan 3, 211 00 Malmö ", "")
            ),
            "VB: Hyra",
        );
        assert!(told.passed_on.is_some() && told.own.contains("5 000"));
    }

    #[test]
    fn a_disclaimer_says_nothing() {
        let told = pieces("Hyran saknas.\n\nDetta meddelande är konfidentiellt.\n", "");
        assert_eq!(told.own.trim(), "Hyran saknas.");
    }
}
