//! Labels that are questions, as forms on the web ask them: `Vad heter hyresgästen?`, `När sades avtalet upp?`, `How much must be paid?`. What is asked
//! for is told by the word that asks and what it asks about.

use super::vocabulary::BIRTH_YEARS;
use super::vocabulary::CHILDREN;

/// Longer questions are asked in letters.
const LENGTH: usize = 90;

/// What a question, and the words it is about, ask for; the first that fits. Words are in small letters without marks and may be beginnings.
const QUESTIONS: &[(&[&str], &[&str], &str)] = &[
    (
        &["finns", "bor", "har", "ar", "kan", "are", "do", "does", "is"],
        &["barn", "child", "minderarig"],
        CHILDREN,
    ),
    (&["hur", "how"], &["barn", "children", "kids"], CHILDREN),
    (&["vilka", "nar", "what", "when"], &["fodda", "fodelse", "born"], BIRTH_YEARS),
    (&["vad", "vilket", "what"], &["galler", "meddela", "arendet", "about", "regard"], "type"),
    (
        &["vem", "vad", "vilken", "vilka", "who", "which"],
        &["kontakt", "contact"],
        "sender.contactName",
    ),
    (
        &["vem", "vad", "vilken", "vilka", "who", "which"],
        &["hyresvard", "forening", "fastighetsagare", "landlord", "foretag", "bolag"],
        "landlord.name",
    ),
    (
        &["vad", "vem", "vilken", "what", "who"],
        &["personnummer", "identity"],
        "persons.0.identity.value",
    ),
    (
        &["vad", "vem", "vilken", "what", "who"],
        &["hyresgast", "medlem", "boende", "bostadsrattshavare", "tenant", "kund"],
        "persons.0.name",
    ),
    (
        &["var", "vilken", "where", "which"],
        &["bor", "gata", "adress", "ligger", "live", "address", "bostad"],
        "dwelling.street",
    ),
    (&["hur", "how"], &["rum", "rooms"], "dwelling.rooms"),
    (
        &["hur", "vilket", "vad", "how", "what"],
        &["betalas", "skuld", "skyldig", "belopp", "obetal", "paid", "owed", "owes", "amount"],
        "arrears.amountToRecover",
    ),
    (
        &["vilken", "vilka", "which"],
        &["manad", "period", "hyror", "month"],
        "arrears.periods.0.period",
    ),
    (&["till", "vilket", "which"], &["bankgiro"], "arrears.payment.bankgiro"),
    (
        &["nar", "vilken", "vilket", "when"],
        &["delgiv", "delgav", "del av", "mottog", "served"],
        "servedOn",
    ),
    (
        &["nar", "vilken", "vilket", "when"],
        &["sades", "sagts", "sagdes", "uppsag", "terminat", "notice given"],
        "terminatedOn",
    ),
    (
        &["nar", "vilken", "vilket", "when"],
        &["ratta", "rattelse", "slut", "upphora", "stop"],
        "rectifyBy",
    ),
    (
        &["nar", "vilken", "vilket", "when"],
        &["forfoll", "forfaller", "due"],
        "arrears.periods.0.dueOn",
    ),
    (
        &["nar", "vilken", "when", "which"],
        &["storde", "storning", "hande", "disturb", "happen"],
        "incidents.0.occurredOn",
    ),
    (
        &["nar", "vilken", "when", "which"],
        &["galler inte", "inte galler", "no longer"],
        "enforcement.noLongerAt",
    ),
    (
        &["nar", "vilken", "when", "which"],
        &["avhys", "forrattning", "evict", "galler i stallet", "galler nu", "ny tid"],
        "enforcement.startsAt",
    ),
];

/// The field that a question asks for.
pub(super) fn field(label: &str) -> Option<&'static str> {
    let label = label.trim();
    // `Var bor hyresgästen? Gata och nummer`
    let (question, hint) = label.split_once('?')?;
    if label.chars().count() > LENGTH || hint.chars().count() > 40 {
        return None;
    }
    let plain: String = question
        .to_lowercase()
        .chars()
        .map(|c| match c {
            'å' | 'ä' => 'a',
            'ö' => 'o',
            other => other,
        })
        .collect();
    let mut words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next()?;
    let about = |list: &[&str]| {
        list.iter().any(|word| match word.len() <= 3 {
            true => plain.split(' ').any(|said| said == *word),
            false => plain.match_indices(word).any(|(at, _)| at == 0 || plain[..at].ends_with(' ')),
        })
    };
    let fits = |(asks, list, _): &&(&[&str], &[&str], &str)| asks.contains(&first) && about(list);
    QUESTIONS.iter().find(fits).map(|(_, _, field)| *field)
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn questions_ask_for_what_their_words_say() {
        for (label, meant) in [
            ("Vad heter hyresgästen?", Some("persons.0.name")),
            ("Var bor hyresgästen? Gata och nummer", Some("dwelling.street")),
            ("När sades avtalet upp?", Some("terminatedOn")),
            ("När fick hyresgästen del av uppsägningen?", Some("servedOn")),
            (
                "Hur mycket ska betalas för att hyresgästen ska få bo kvar?",
                Some("arrears.amountToRecover"),
            ),
            ("Finns barn i bostaden?", Some("~children")),
            ("Vilka år är barnen födda?", Some("~birthYears")),
            ("Vem är hyresvärd?", Some("landlord.name")),
            ("How much is owed?", Some("arrears.amountToRecover")),
            ("Hur många?", None),
            ("Varför tar du tillbaka det?", None),
            ("Hyresgäst", None),
        ] {
            assert_eq!(field(label), meant, "{label}");
        }
    }
}
