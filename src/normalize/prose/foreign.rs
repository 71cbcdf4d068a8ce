//! Mail that has nothing to do with a notice: advertising, invoices to us, invitations, questions, thanks, other languages.
//!
//! Only what says so itself is told as such, and only where nothing of a notice was read; whatever is in doubt goes to a person.

use super::pattern::pattern;
use super::words::fold::Folded;

pattern!(
    ADVERTISING,
    r"avregistrera|unsubscribe|afmeld|avmeld|nyhetsbrev|newsletter|heldagskurs|halvdagskurs|kursavgift|webbinari|seminari|erbjudande|rabatt|kampanjpris|timpris|\bcv\b|bemanning|rekrytering|boka (?:en )?(?:demo|visning|plats)|prova gratis|special offer|discount|you have won|lottery|\bwinner\b|inheritance|bitcoin|kryptovaluta|sokmotoroptimering|click here|klicka har|offert|konsultprofil|skidka"
);
pattern!(
    MEETING,
    r"inbjudan|invitation|kallelse till (?:mote|sammantrade)|samverkansmote|natverkstraff|\bmote\b[^.\n]{0,60}\b(?:teams|zoom|rutin)|utbildning|konferens|save the date|anmal dig senast|boka in i kalendern"
);
pattern!(
    INVOICE,
    r"\bfaktura(?:n)? (?:nr\.? |nummer )?\d|bifoga[dtr]\w* (?:er )?faktura|\binvoice (?:no\.?|number|#)? ?\d|fakturaunderlag|orderbekraftelse|foljesedel|leveransavisering"
);
pattern!(
    ENQUIRY,
    r"statistik|uppsats|examensarbete|enkat|forskningsprojekt|antal(?:et)? (?:underrattelser|avhysningar)|\bfraga om\b|\bfragor om\b|\bundrar\b|hur (?:ansoker|gor|far|kan|lang|lange) |var (?:kan|hittar) |vem (?:anmaler|kontaktar|vander)|nar (?:oppnar|har ni) |vilken adress|har ni (?:en )?(?:nyare|oppet|blankett|formular|mojlighet)|where can i|how (?:do|can) (?:i|we)|what are your|could you tell me|enquiry|inquiry|oppettider|hvor kan jeg|hvordan "
);
pattern!(
    PUBLIC_NOTICE,
    r"oppettider|haller stangt|stangt for |driftstopp|driftavbrott|planerat (?:arbete|underhall|avbrott)|stromavbrott|serviceavbrott|vattenavstangning|inga atgarder kravs|tonerniva|opening hours"
);
pattern!(
    THANKS,
    r"^\W*(?:(?:hej|hejsan|hello|hi|dear all)\W+)?(?:tack(?:ar)?|tusen tack|thanks|thank you|tak|takk|mottaget|noterat|uppfattat)\b"
);
pattern!(
    OF_A_NOTICE,
    r"(?:min|mina|mitt|var|vart|vara) (?:tidigare )?(?:anmalan|underrattelse|meddelande|arende|hyresgast|medlem|inneboende)|hyresgasten\b|svaranden|galdenar|\b(?:jag|vi) (?:ska|kommer att|har blivit|ar|blir|riskerar att) (?:bli )?(?:vrak|avhys|uppsag|hemlos)|sagt upp|betalar (?:inte|ej)|(?:being|be|get|got|was) evicted (?:on|next|tomorrow|this|in )|sjalvmord|ta mitt liv|tar livet|\boro(?:lig|liga)? for|far illa|misshandl|\bhotad|skyddad identitet|anstand|kronofogden (?:kommer|har|ska)"
);

pattern!(TOPIC, r"hyr|avgift|skuld|avhys|vrak|uppsag|kronofog|socialna|rent\b|tenant|evict");

/// Words that some stand in any letter of those who write notices.
const COMMON: &[&str] = &[
    "och", "att", "som", "det", "har", "inte", "vi", "jag", "ni", "till", "med", "av", "en", "ett",
    "den", "fran", "hej", "bilaga", "enligt", "hyra", "se", "the", "and", "to", "of", "is",
    "please", "you", "og", "jeg", "ikke", "til", "er", "det", "med", "mvh", "avser", "bifogat",
    "bifogad", "adress", "kl", "datum", "lgh", "sum", "summa",
];

/// What is looked at: words beyond it change nothing.
const MOST: usize = 20_000;

/// Whether a mail says itself that it is about something else.
pub(super) fn is_foreign(subject: &str, own: &str) -> bool {
    let (own, subject) = (Folded::of(cut(own)).text, Folded::of(cut(subject)).text);
    let says = |pattern: &super::pattern::Pattern| pattern.is_in(&own) || pattern.is_in(&subject);
    if says(&OF_A_NOTICE) {
        return false;
    }
    let short = own.trim().chars().count() <= 160;
    says(&ADVERTISING)
        || says(&MEETING)
        || says(&INVOICE)
        || says(&ENQUIRY)
        || says(&PUBLIC_NOTICE)
        || (short && THANKS.is_in(&own))
        || (!says(&TOPIC) && is_of_another_language(&own))
}

/// A few sentences without one common word of the languages in which notices are written. Numbers and codes are no words.
fn is_of_another_language(text: &str) -> bool {
    let bare =
        text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let words = bare.filter(|word| word.len() > 1 && word.chars().all(char::is_alphabetic));
    let words: Vec<&str> = words.collect();
    let parts = || text.split(|c: char| !c.is_alphabetic());
    words.len() >= 8 && !parts().any(|word| COMMON.contains(&word))
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(MOST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

pattern!(
    LEAVE,
    r"(?:jag|vi) (?:ar|har) (?:pa semester|pa tjansteresa|ledig\b|foraldraledig|tjanstledig|sjukskriven|semester|inte pa kontoret|ur tjanst|slutat)|ar (?:inte|ej) pa kontoret|ater (?:den|pa kontoret|i tjanst|ons|man|tis|tors|fre)|laser inte (?:min )?(?:mejl|mail|e-post)|automatiskt (?:svar|genererat)|autosvar|franvaromeddelande|out of (?:the )?office|on (?:annual |parental |sick )?leave\b|on vacation|limited access to|automatic reply|auto-?reply|jeg (?:er|har) (?:pa ferie|ferie|fri|ikke pa kontoret|fravaerende|bortreist)|fravarende|fravaer|ikke til ?stede|autosvar|er tilbage|er tilbake"
);

/// Whether it is the answer of somebody away, whatever its header says: told at its beginning.
pub(super) fn is_leave(subject: &str, own: &str) -> bool {
    let subject = Folded::of(cut(subject)).text;
    let own = Folded::of(cut(own)).text;
    let start: String = own.chars().take(400).collect();
    LEAVE.is_in(&start) || LEAVE.is_in(&subject)
}

#[cfg(test)]
mod tests {
    use super::is_foreign;
    use super::is_leave;

    #[test]
    fn what_says_that_it_is_something_else_is_foreign() {
        for (subject, own) in [
            ("Faktura 5512", "Bifogad faktura avser kontorsmaterial för november."),
            ("Inbjudan", "Välkommen till samverkansmöte om rutiner den 3 december kl. 13."),
            ("", "Hej! Hur ansöker man om försörjningsstöd och hur lång tid tar det?"),
            ("SV: Bekräftelse", "Tack för svaret!"),
            ("Angebot", "Sehr geehrte Damen und Herren, wir bieten Ihnen neue Stühle an."),
            ("Hi", "Where can I find your forms?"),
        ] {
            assert!(is_foreign(subject, own), "{own}");
        }
        for (subject, own) in [
            ("Testsson", "Hej, han betalar inte. Hur gör jag nu?"),
            ("Fråga", "Vi ska vräkas på fredag, hur kan ni hjälpa oss?"),
            ("", "Ett krypterat dokument bifogas."),
            ("Hyra", "prov-canary-0a1bc2de3f4ab5cd6ef70a1bc2de3f4ab"),
            (
                "Hyra Testa",
                "Testa Testsson Exempelgatan Malmö lägenhet elva noll två september oktober november",
            ),
            ("Provgatan 3", "Se bilaga."),
            ("", "Har ni fått min anmälan om Testa Testsson?"),
        ] {
            assert!(!is_foreign(subject, own), "{own}");
        }
    }

    #[test]
    fn who_is_away_says_so_at_the_beginning() {
        assert!(is_leave("SV: x", "Hej! Jag är på semester till den 4 augusti."));
        assert!(is_leave("Automatisk svar", "Jeg er på ferie."));
        assert!(is_leave("Re: x", "I am on annual leave until Monday."));
        assert!(!is_leave("Hyra", "Hyresgästen betalar inte."));
    }
}
