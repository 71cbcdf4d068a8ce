//! Mail that has nothing to do with a notice: advertising, invoices to us, invitations, thanks.
//!
//! A notice that is set aside as something else is read by nobody, so one sign is not enough: the mail must say what it is, and hold no word that those
//! use who write about a home, a debt, a household or their distress. Whatever is in doubt goes to a person.

use super::pattern::Pattern;
use super::pattern::pattern;
use super::words::fold::Folded;

pattern!(
    ADVERTISING,
    r"avregistrera|unsubscribe|afmeld|avmeld|nyhetsbrev|newsletter|heldagskurs|halvdagskurs|webbinari|kampanjpris|timpris|rekrytering|boka (?:en )?demo|prova gratis|special offer|you have won|lottery|bitcoin|kryptovaluta|sokmotoroptimering|konsultprofil"
);
pattern!(
    MEETING,
    r"inbjudan|invitation|kallelse till (?:mote|sammantrade)|samverkansmote|natverkstraff|save the date|boka in i kalendern"
);
pattern!(
    INVOICE,
    r"bifoga[dtr]\w* (?:er )?faktura|\binvoice (?:no\.?|number|#)? ?\d|fakturaunderlag|orderbekraftelse|foljesedel|leveransavisering|kontorsmaterial"
);
pattern!(
    PUBLIC_NOTICE,
    r"oppettider|haller stangt|driftstopp|driftavbrott|tonerniva|opening hours"
);
pattern!(
    THANKS,
    r"^\W*(?:(?:hej|hejsan|hello|hi|dear all)\W+)?(?:tack(?:ar)?|tusen tack|thanks|thank you|tak|takk|mottaget|noterat|uppfattat)\b"
);
pattern!(
    CONCERN,
    r"hyr|avgift|skuld|betal|avhys|vrak|uppsag|sagt? upp|sades upp|sager upp|fogd|socialn|kast(?:a|as|ad|ade|ar) ut|flytt|\but ur\b|maste ut|ska ut\b|bostad|lagenhet|\blgh\b|medlem|forening|\bbrf\b|barn|\bbebis|dotter|\bson(?:en)?\b|familj|gravid|mamma|pappa|granne|hemlos|stor(?:ning|ande|er|d|de)\b|\bbrak|skrik|grat|vald|\bhot|\boro|misshand|missbruk|sjalvmord|ta mitt liv|sjuk|hjalp|akut|polis|anstand|stromm?en\b|stanger av|elen\b|elbolag|spadbarn|underrattelse|anmal|arende|\brent\b|tenant|evict|landlord|lodger|notice|homeless|child|kids\b|neighbour|neighbor|\bhelp\b|urgent|husleje|udsaet|utkast|leie\b"
);

/// What is looked at: words beyond it change nothing.
const MOST: usize = 20_000;

/// Thanks and no more are short.
const THANKS_CHARS: usize = 60;

/// Whether a mail says itself that it is about something else.
pub(super) fn is_foreign(subject: &str, own: &str) -> bool {
    let (own, subject) = (Folded::of(cut(own)).text, Folded::of(cut(subject)).text);
    let says = |pattern: &Pattern| pattern.is_in(&own) || pattern.is_in(&subject);
    let own = own.trim();
    let thanks = own.chars().count() <= THANKS_CHARS
        && !own.contains(|c: char| c.is_ascii_digit())
        && THANKS.is_in(own);
    let something_else =
        thanks || says(&ADVERTISING) || says(&MEETING) || says(&INVOICE) || says(&PUBLIC_NOTICE);
    something_else && !says(&CONCERN)
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(MOST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::is_foreign;

    #[test]
    fn what_says_that_it_is_something_else_is_foreign() {
        for (subject, own) in [
            ("Faktura 5512", "Bifogad faktura avser kontorsmaterial för november."),
            ("Inbjudan", "Välkommen till samverkansmöte om rutiner den 3 december kl. 13."),
            ("SV: Bekräftelse", "Tack för svaret!"),
            ("Nyhetsbrev", "Läs om höstens kurser. Avregistrera dig här."),
        ] {
            assert!(is_foreign(subject, own), "{own}");
        }
    }

    #[test]
    fn who_writes_in_distress_or_of_a_home_is_never_foreign() {
        for (subject, own) in [
            ("Testsson", "Hej, han betalar inte. Hur gör jag nu?"),
            ("Fråga", "Vi ska vräkas på fredag, hur kan ni hjälpa oss?"),
            ("", "Ett krypterat dokument bifogas."),
            ("Provgatan 3", "Se bilaga."),
            ("", "Har ni fått min anmälan om Testa Testsson?"),
            ("Hyra", "prov-canary-0a1bc2de3f4ab5cd6ef70a1bc2de3f4ab"),
            ("", "De ska kastas ut imorgon. Vem kontaktar man?"),
            ("", "Barnen ovanpå gråter varje natt. Hur gör man en anmälan?"),
            ("", "Hi, I am being evicted Friday. How can I get help?"),
            ("", "We are evicted on 12 November. What are your opening hours?"),
            ("", "Var kan man få hjälp om man blivit uppsagd"),
            ("", "Pappa har fått brev från kronofogden, hur får vi bo kvar?"),
            ("", "Tack för hjälpen. Hon flyttar den 12, då kommer fogden kl 9"),
            ("Tack", "Mottaget besked från Kronofogden: Testa Testsson ska ut 12 november"),
            (
                "",
                "Har fått erbjudande om avbetalningsplan men tackat nej. Uppsägning delgavs igår.",
            ),
            ("Inbjudan", "Inbjudan att närvara vid avhysning 12 november kl 9"),
            (
                "",
                "W piątek mamy eksmisję z mieszkania, mamy troje dzieci, proszę o pomoc dla nas wszystkich.",
            ),
            ("", "Jag är sjukskriven och ska bli vräkt den 12 november."),
        ] {
            assert!(!is_foreign(subject, own), "{own}");
        }
    }
}
