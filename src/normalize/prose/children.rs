//! What a text says of children: that there are, how many and when born, that there are none, or that nobody knows.

use super::pattern::pattern;
use super::seen::Seen;
use super::seen::Sheet;
use crate::domain::notice::Children;
use crate::domain::notice::Known;

pattern!(
    NONE,
    r"(?i)(?:inga (?:kända |hemmavarande |minderåriga |skrivna )?barn|barn\s*(?:i hushållet|i bostaden|finns)?\s*[:?]\s*(?:nej|inga|0|saknas)|barn saknas|har (?:inte|ej) (?:några )?barn|utan barn|barnlös|(?:finns|bor) (?:det )?(?:inte|ej) (?:några )?barn|no children)"
);
pattern!(
    UNSURE,
    r"(?i)(?:(?:vet|känner|vi vet) (?:vi )?(?:inte|ej)[^.\n]{0,40}barn|barn\s*(?:i hushållet|i bostaden)?\s*[:?]\s*(?:okänt|vet ej|oklart|uppgift saknas|ej känt)|barn kan (?:finnas|antas|förekomma|bo)|oklart om[^.\n]{0,30}barn|(?:okänt|ovisst)[^.\n]{0,20}barn|unknown (?:if|whether)[^.\n]{0,30}child)"
);
pattern!(
    SOME,
    r"(?i)(?:(ett|en|två|tre|fyra|fem|sex|\d{1,2})\s+(?:st\.?\s+)?(?:minderårig[at]?\s+|hemmavarande\s+|små\s?|mindre\s+|yngre\s+|skolbarn|omyndig[at]?\s+)*(?:barn\b|småbarn|child)|barn\s*(?:i hushållet|i bostaden|skrivna på adressen)?[^.\n]{0,40}[:?]\s*ja\b(?:\s*\(?(\d{1,2})\)?)?|antal barn\s*[:=]?\s*(\d{1,2})|det finns (?:även |också |minderåriga )?barn|barn finns|barn (?:i hushållet|boende|bor|är skrivna)|barnfamilj|(?:med|har|hennes|hans|deras|sina|parets|familjens) (?:\p{L}+ )?barn|children (?:live|in the)|dotter|\bson(?:en)?\b)"
);
pattern!(
    YEARS,
    r"(?i)\b(?:född[a]?|f\.|födelseår)\s*:?\s*((?:20[0-2]\d)(?:\s*(?:,|och|&|samt|/)\s*(?:20[0-2]\d))*)"
);
pattern!(YEAR, r"20[0-2]\d");

/// What is said of children; `None` when nothing is.
pub(super) fn children(sheets: &[Sheet]) -> Option<Seen<Children>> {
    for sheet in sheets {
        if let Some(fit) = NONE.first(&sheet.text).and_then(|fit| fit.get(0)) {
            let value = Children { known: Known::No, count: None, birth_years: Vec::new() };
            return Some(Seen::on(sheet, fit.start(), fit.as_str(), value, 0.98));
        }
        if let Some(fit) = UNSURE.first(&sheet.text).and_then(|fit| fit.get(0)) {
            let value = Children { known: Known::Unknown, count: None, birth_years: Vec::new() };
            return Some(Seen::on(sheet, fit.start(), fit.as_str(), value, 0.97));
        }
        if let Some(fit) = SOME.first(&sheet.text)
            && let Some(whole) = fit.get(0)
        {
            let count = (1..=3).find_map(|group| number(fit.get(group)?.as_str()));
            let behind = sheet.text.get(whole.start()..).unwrap_or_default();
            let near: String = behind.chars().take(90).collect();
            let birth_years = YEARS.first(&near).and_then(|fit| fit.get(1)).map(|years| {
                YEAR.all(years.as_str())
                    .filter_map(|year| year.get(0)?.as_str().parse().ok())
                    .collect()
            });
            let birth_years: Vec<i16> = birth_years.unwrap_or_default();
            let counted = u32::try_from(birth_years.len()).ok().filter(|count| *count > 0);
            let value = Children { known: Known::Yes, count: count.or(counted), birth_years };
            return Some(Seen::on(sheet, whole.start(), whole.as_str(), value, 0.97));
        }
    }
    None
}

fn number(text: &str) -> Option<u32> {
    let words = ["", "ett", "två", "tre", "fyra", "fem", "sex"];
    let text = text.to_lowercase();
    let text = if text == "en" { "ett" } else { text.as_str() };
    let word = words.iter().position(|word| *word == text).and_then(|at| u32::try_from(at).ok());
    text.parse().ok().or(word).filter(|count| (1..=20).contains(count))
}

#[cfg(test)]
mod tests {
    use super::children;
    use crate::domain::notice::Known;
    use crate::normalize::prose::seen::Sheet;

    #[test]
    fn yes_no_and_nobody_knows_are_told_apart() {
        for (text, known, count, years) in [
            ("Det finns barn i hushållet.", Some(Known::Yes), None, vec![]),
            (
                "Två minderåriga barn bor där (födda 2016 och 2019).",
                Some(Known::Yes),
                Some(2),
                vec![2016, 2019],
            ),
            (
                "Enligt folkbokföringen är barn skrivna på adressen: ja (1).",
                Some(Known::Yes),
                Some(1),
                vec![],
            ),
            ("Inga barn bor i lägenheten", Some(Known::No), None, vec![]),
            ("Barn: okänt", Some(Known::Unknown), None, vec![]),
            ("Vi vet inte om det bor barn där", Some(Known::Unknown), None, vec![]),
            ("Hyran är inte betald.", None, None, vec![]),
        ] {
            let sheet = Sheet::body(text);
            let told = children(&[sheet]).map(|seen| seen.value);
            assert_eq!(told.as_ref().map(|told| told.known), known, "{text}");
            assert_eq!(told.as_ref().and_then(|told| told.count), count, "{text}");
            assert_eq!(told.map(|told| told.birth_years).unwrap_or_default(), years, "{text}");
        }
    }
}
