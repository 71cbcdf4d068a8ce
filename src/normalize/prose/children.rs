//! What a text says of children: that there are, how many and when born, that there are none, or that nobody knows.

use super::super::build::shorten;
use super::pattern::Pattern;
use super::pattern::pattern;
use super::seen::Seen;
use super::seen::Sheet;
use super::words::flow;
use super::words::flow::flowing;
use crate::domain::notice::Children;
use crate::domain::notice::Known;
use crate::domain::notice::Person;
use crate::domain::notice::Role;

/// Further in no letter tells of children for the first time.
const MOST_BYTES: usize = 20_000;

/// Counts in words.
macro_rules! count {
    () => {
        r"(\d{1,2}|ett|en|två|tva|tre|fyra|fem|sex|sju|åtta|one|an?|two|three|four|five|et|to)"
    };
}
/// What stands between a count and the word for children.
macro_rules! kind {
    () => {
        r"(?:(?:st\.?|stycken|av|minderårig[at]?|hemmavarande|små|mindre|yngre|äldre|omyndig[at]?|kända|folkbokförda|egna|gemensamma|young|small|little|minor|school-age|små) )*"
    };
}

pattern!(
    LABEL,
    r"(?im)(?:^|[\t;|,.(]|\b)(antal )?(?:(?:hemmavarande|minderåriga|folkbokförda|kända|uppgift(?:er)? om|finns) )?(?:barn\b|minderåriga|children|kids|børn)(?: (?:under 18(?: år)?|i (?:hushållet|bostaden|lägenheten|hemmet)|skrivna på adressen|på adressen|boende|som bor där|finns|j/n|enligt \p{L}+)){0,3}(?: ?\([^)\n]{0,40}\))?(?: är skrivna på adressen)?[ .…_*]*[:=\t?][ \t*]*(?:(ja|yes|j|x)\b(?:[ ,(]*(?:antal:? ?)?(\d{1,2}|ett|två|tre|fyra|fem)\b)?|(nej|no|n|inga|inget|ingen|0|none|saknas|finns (?:inte|ej)|-)(?:$|[^\p{L}\d])|(okän\p{L}*|vet (?:ej|inte)|oklar\p{L}*|uppgift(?:er)? saknas|ej känt|inte känt|framgår (?:ej|inte)|unknown|not known|\?)|(\d{1,2}|ett|två|tre|fyra|fem|sex)(?:$|[^\p{L}\d]))"
);
pattern!(
    UNSURE,
    r"(?i)(?:(?:vet|känner|vet vi|känner vi|vet jag)(?: vi| jag)? (?:inte|ej)(?: till)?[^.\n]{0,40}barn|(?:inga|ingen|saknar|utan|no) (?:uppgift(?:er)?|information|kännedom|uppfattning)\s(?:om|kring|about|on)[^.\n]{0,30}(?:barn|children)\b|uppgift(?:er)? om (?:eventuella )?barn (?:saknas|finns (?:inte|ej)|har inte)|oklart (?:om|huruvida)[^.\n]{0,40}barn|(?:okänt|ovisst|osäkert)[^.\n]{0,25}barn|barn kan (?:finnas|förekomma|bo|vistas)|(?:eventuella|ev\.?|möjligen) barn\b|(?:unknown|don't know|do not know|not known|unclear)[^.\n]{0,40}child)"
);
pattern!(
    NONE,
    r"(?i)(?:\b(?:inga|inget|ingen|no|ikke) (?:(?:kända|hemmavarande|minderåriga|skrivna|folkbokförda|små|egna|kendte|known|minor|andra) ){0,2}(?:barn|minderåriga|children|kids|minors|børn)\b|\bbarn (?:finns|bor|förekommer|är|har|berörs)(?: \p{L}+){0,2} (?:inte|ej)\b|\bbarn (?:finns|bor|berörs) ?(?:inte|ej)|\b(?:har|finns|bor)(?: (?:hon|han|de|det|där|hen|hyresgästen)){0,2} (?:inte|ej)(?: (?:där|heller))? (?:några )?barn\b|\butan (?:hemmavarande |minderåriga )?barn\b|barnlös|\bbarn saknas|saknar barn|\bbarn kan (?:inte|ej) antas|(?:inte|ej) antas att (?:några )?barn|without children|childless|(?:does not|doesn't|do not) have (?:any )?(?:children|kids)|har ikke børn|ingen børn|\b(?:inte|ej) längre (?:några |hemmavarande )?barn\b|\bbarn (?:finns|bor) (?:inte|ej) längre)"
);
pattern!(
    ASKED,
    r"(?i)(?:\bom (?:det )?(?:finns|bor|skulle finnas) (?:\p{L}+ )?barn|finns (?:det )?(?:\p{L}+ ){0,2}barn[^.\n:]{0,40}\?|barnbarn\p{L}*|barnvagn\p{L}*|barnomsorg\p{L}*|barnbidrag\p{L}*|barnkonvention\p{L}*|barnrätt\p{L}*|grann\p{L}+ (?:små)?barn\p{L}*|\b(?:min|mitt|mina|vår|vårt|våra|my|our|grannens|grannarnas) (?:\p{L}+ )?(?:son|dotter|barn|döttrar|söner|kids|children|daughter)\p{L}*|gravid|vuxna? (?:barn|söner|döttrar|son|dotter)|\b(?:barn(?:en|et)?|son(?:en)?|dotter(?:n)?|söner(?:na)?|döttrar(?:na)?) (?:är|var|har) (?:\p{L}+ )?(?:vuxen|vuxna|utflyttad\p{L}*|flyttat|myndig\p{L}*|utflugna)|\b(?:barn(?:en|et)?|son(?:en)?|dotter(?:n)?|söner(?:na)?|döttrar(?:na)?) (?:\p{L}+ )?(?:bor|är|vistas|lever) (?:\p{L}+ )?(?:hos|i (?:familjehem|fosterhem))(?: (?:sin|sina|barnens|barnets|den andra|en))? (?:mamma\p{L}*|pappa\p{L}*|mor|modern|far|fadern|mormor|farmor|morfar|farfar|släkt\p{L}*|förälder\p{L}*)|\b(?:barn(?:en|et)?|son(?:en)?|dotter(?:n)?) (?:\p{L}+ )?i (?:familjehem|fosterhem)|\b(?:barn(?:en)?|son(?:en)?|dotter(?:n)?|söner|döttrar|pojkar|flickor) (?:till|åt|hos|av) (?:\p{L}*värd\p{L}*|\p{L}*ägar\p{L}*|\p{L}*gran+[en]\p{L}*|ordförand\p{L}*|kassör\p{L}*|oss|mig|vaktmästar\p{L}*|\p{L}*förvaltar\p{L}*)|\bbarn(?:en)?(?: \p{L}+){0,3} (?:grannläg\p{L}*|i (?:huset|trapphuset|trappan|området|kvarteret|föreningen)|på (?:gården|lekplatsen|innergården)|intill|bredvid|vägg i vägg|ovanpå|ovanför|under oss)|(?:any|if there are) children)"
);
pattern!(
    COUNTED,
    concat!(
        r"(?i)(?:^|[^\p{L}\d,.:/-])",
        count!(),
        r"\s+",
        kind!(),
        r"(?:små)?(?:barn(?:en)?\b|skolbarn|child(?:ren)?\b|kids?\b|minderåriga\b|pojk(?:e|ar)\b|flick(?:a|or)\b|nyfödda?\b|nyfött\b|småttingar\b|ungar\b|tonårs(?:son|dotter|söner|döttrar|barn)\b|grabbar\b|telningar\b|söner\b|son\b|döttrar\b|dotter\b|dottrar\b|tonåring(?:ar)?\b|bebis(?:ar)?\b|baby\b|spädbarn|børn\b|barn\b|boys?\b|girls?\b|sons?\b|daughters?\b|datter\b|søn\b)"
    )
);
pattern!(
    BRACKETED,
    concat!(
        r"(?i)\bbarn\p{L}*(?: [^.\n:()]{0,40})?[(][ ]*",
        count!(),
        r"(?:[ ]+(?:st|stycken|barn)\b|[ ]*[),])"
    )
);
pattern!(ORDINAL, r"(?i)(andra|tredje|fjärde|femte) barn(?:et)?\b");
// Who are there now and then: `kan vistas varannan vecka: 1`.
pattern!(
    VISITS,
    r"(?i)(?:umgängesbarn|växelvis\p{L}*|varannan vecka|varannan helg|delad vårdnad|deltid)[^.\n:=\d]{0,25}[:=] ?(\d{1,2}|ett|två|tre|fyra)\b"
);
// That children live there.
pattern!(
    LIVE,
    r"(?i)(?:\bfinns (?:\p{L}+ ){0,2}barn\b|\bbarn (?:finns|bor|berörs|vistas|är skrivna|är folkbokförda|i hushållet|i bostaden|i lägenheten|boende|varannan|på heltid|på halvtid)|antas att (?:\p{L}+ )?barn|barnfamilj|\bhar (?:små)?barn\b|ensamstående (?:mamma|mor|pappa|far|trebarns|tvåbarns)\p{L}*|children (?:live|living|are|reside|in the)|mindreårige)"
);
// A child that is mentioned: it may be another's.
pattern!(
    SOME,
    r"(?i)(?:\bsmåbarn\b|\bbarnen\b|\bbarnet\b|\b(?:med|har|hennes|hans|deras|sina|sitt|parets|familjens|hyresgästens) (?:\p{L}+ )?(?:barn|son|dotter|flicka|pojke|grabb|unge|ungar|bebis|tonåring|lilla)\b|\b(?:ungarna|ungen|bebisen|småttingarna)\b|\b(?:sonen|dottern|pojken|flickan|sönerna|döttrarna)\b|(?:her|his|their|the) (?:\p{L}+ )?(?:child|children|kids|son|daughter|baby)\b)"
);
pattern!(
    YEARS,
    r"(?i)(?:\b(?:född|födda|fött|f\.?|födelseår|born(?: in)?|født)\s*:?\s*(?:år )?|\()((?:(?:20[0-3]\d|-\d\d)(?:\s*(?:,|och|&|samt|/|and|respektive|resp\.?|og)\s*)?)+)"
);
pattern!(YEAR, r"20[0-3]\d|-\d\d");

/// What is said of children; `None` when nothing is. That there are some outweighs that none are registered.
pub(super) fn children(sheets: &[Sheet]) -> Option<Seen<Children>> {
    let told: Vec<Seen<Children>> = sheets.iter().flat_map(of_sheet).collect();
    let known = |known: Known| told.iter().find(move |seen| seen.value.known == known);
    let (some, none) = (known(Known::Yes), known(Known::No));
    if let (Some(some), Some(_)) = (some, none) {
        return Some(Seen { confidence: f64::min(some.confidence, 0.85), ..some.clone() });
    }
    let counted =
        told.iter().find(|seen| seen.value.count.is_some() && seen.value.known == Known::Yes);
    counted.or(some).or(none).or(known(Known::Unknown)).cloned()
}

/// The same with the children who are named with their numbers: each tells a year of birth.
pub(super) fn with_numbers(told: Option<Children>, persons: &[Person]) -> Option<Children> {
    let births = persons.iter().filter(|person| person.role == Role::Child).filter_map(|person| {
        let born = person.identity.as_ref().and_then(|it| it.birth_date());
        born.map(|born| born.year())
    });
    let mut years: Vec<i16> = births.collect();
    years.sort_unstable();
    if years.is_empty() {
        return told;
    }
    let several = u32::try_from(years.len()).ok().filter(|count| *count > 1);
    let told = told.unwrap_or_default();
    let birth_years = if told.birth_years.len() < years.len() { years } else { told.birth_years };
    Some(Children { known: Known::Yes, count: told.count.or(several), birth_years })
}

fn of_sheet(sheet: &Sheet) -> Vec<Seen<Children>> {
    let (start, _) = shorten(&sheet.text, MOST_BYTES);
    let mut text = flowing(start);
    let mut told = Vec::new();
    for fit in LABEL.all(start).take(20) {
        told.extend(labelled(sheet, &fit));
    }
    if let Some(fit) = VISITS.first(start) {
        let count = fit.get(1).and_then(|it| number(it.as_str()));
        let value = Children { known: Known::Yes, count, birth_years: Vec::new() };
        told.extend(
            fit.get(0)
                .filter(|_| count.is_some())
                .map(|whole| Seen::on(sheet, whole.start(), whole.as_str(), value, 0.96)),
        );
    }
    blank(&LABEL, &mut text);
    blank(&VISITS, &mut text);
    for (pattern, known, sure) in [(&UNSURE, Known::Unknown, 0.965), (&NONE, Known::No, 0.975)] {
        let first = pattern.first(&text).and_then(|fit| fit.get(0)).map(|fit| fit.range());
        if let Some(range) = first {
            let quote = sheet.text.get(range.clone()).unwrap_or_default();
            told.push(Seen::on(sheet, range.start, quote, plain(known), sure));
        }
        blank(pattern, &mut text);
        blank(&ASKED, &mut text);
    }
    told.extend(some(sheet, &text));
    told
}

fn plain(known: Known) -> Children {
    Children { known, count: None, birth_years: Vec::new() }
}

/// What stands behind a label.
fn labelled(sheet: &Sheet, fit: &regex::Captures<'_>) -> Option<Seen<Children>> {
    let whole = fit.get(0)?;
    let count = fit.get(3).or_else(|| fit.get(6)).and_then(|it| number(it.as_str()));
    let known = match () {
        () if fit.get(2).is_some() || count.is_some() => Known::Yes,
        () if fit.get(4).is_some() => Known::No,
        () => Known::Unknown,
    };
    let birth_years = if known == Known::Yes {
        years(&sheet.text, whole.end().saturating_sub(1))
    } else {
        Vec::new()
    };
    let value = Children { known, count, birth_years };
    Some(Seen::on(sheet, whole.start(), whole.as_str(), value, 0.975))
}

/// Children whom a sentence tells of.
fn some(sheet: &Sheet, text: &str) -> Option<Seen<Children>> {
    let counted = [&COUNTED, &BRACKETED].into_iter().find_map(|pattern| {
        let fit = pattern.first(text)?;
        Some((fit.get(0)?, number(fit.get(1)?.as_str())))
    });
    let ordinal = || {
        let fit = ORDINAL.first(text)?;
        let words = ["", "", "andra", "tredje", "fjärde", "femte"];
        let word = fit.get(1)?.as_str().to_lowercase();
        let at = words.iter().position(|it| *it == word)?;
        Some((fit.get(0)?, u32::try_from(at).ok()))
    };
    let plain = |pattern: &Pattern| Some((pattern.first(text)?.get(0)?, None));
    let told = counted.or_else(ordinal).or_else(|| plain(&LIVE));
    let mentioned = told.is_none();
    let (whole, count) = told.or_else(|| plain(&SOME))?;
    let birth_years = years(text, whole.start());
    let of_years = u32::try_from(birth_years.len()).ok().filter(|count| *count > 0);
    let sure = match (count.is_some(), mentioned) {
        (true, _) => 0.97,
        (false, false) => 0.96,
        (false, true) => 0.93,
    };
    let value = Children { known: Known::Yes, count: count.or(of_years), birth_years };
    let quote = sheet.text.get(whole.range()).unwrap_or_default();
    Some(Seen::on(sheet, whole.start(), quote, value, sure))
}

/// Years of birth a few words behind.
fn years(text: &str, from: usize) -> Vec<i16> {
    let near: String = text.get(from..).unwrap_or_default().chars().take(160).collect();
    let near = near.split('\n').next().unwrap_or_default();
    let near = near.get(..flow::sentence_end(near, 0)).unwrap_or(near);
    let year = |fit: regex::Captures<'_>| -> Option<i16> {
        let text = fit.get(0)?.as_str();
        text.strip_prefix('-')
            .map_or_else(|| text.parse().ok(), |short| Some(2000 + short.parse::<i16>().ok()?))
    };
    let all = YEARS.all(near).filter_map(|fit| fit.get(1));
    let mut years = Vec::new();
    let mut last = 90;
    for part in all.take_while(|part| {
        let close = part.start() <= last;
        last = part.end() + 40;
        close
    }) {
        years.extend(YEAR.all(part.as_str()).filter_map(year));
    }
    years
}

/// Puts full stops where a pattern fits: what was read once is not read again.
fn blank(pattern: &'static Pattern, text: &mut String) {
    let ranges: Vec<_> = pattern.all(text).filter_map(|fit| Some(fit.get(0)?.range())).collect();
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for range in ranges {
        out.push_str(text.get(from..range.start).unwrap_or_default());
        out.extend(std::iter::repeat_n('.', range.len()));
        from = range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    *text = out;
}

fn number(text: &str) -> Option<u32> {
    let words: [&[&str]; 9] = [
        &[],
        &["ett", "en", "one", "a", "an", "et"],
        &["två", "tva", "two", "to"],
        &["tre", "three"],
        &["fyra", "four"],
        &["fem", "five"],
        &["sex"],
        &["sju"],
        &["åtta"],
    ];
    let text = text.to_lowercase();
    let word = words.iter().position(|words| words.contains(&text.as_str()));
    let word = word.and_then(|at| u32::try_from(at).ok());
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
            (
                "Det finns såvitt vi vet inga barn, min son har frågat.",
                Some(Known::No),
                None,
                vec![],
            ),
            ("Antal barn: 0", Some(Known::No), None, vec![]),
            ("Hemmavarande barn: 2 (f. 2014, 2019)", Some(Known::Yes), Some(2), vec![2014, 2019]),
            ("Barn: nej men hon är gravid", Some(Known::No), None, vec![]),
            ("Vi har inga uppgifter om barn.", Some(Known::Unknown), None, vec![]),
            ("Det kan inte antas att barn berörs.", Some(Known::No), None, vec![]),
            ("Det kan antas att barn berörs.", Some(Known::Yes), None, vec![]),
            (
                "Hon har två döttrar, födda -16 och -19.",
                Some(Known::Yes),
                Some(2),
                vec![2016, 2019],
            ),
            ("There are two kids in the flat.", Some(Known::Yes), Some(2), vec![]),
            ("There are no children in the apartment.", Some(Known::No), None, vec![]),
            ("Om det finns barn i hushållet ska socialnämnden underrättas.", None, None, vec![]),
            ("Hon har inte längre barn i hushållet.", Some(Known::No), None, vec![]),
            ("Hennes son är vuxen.", None, None, vec![]),
            ("Barnen är utflyttade sedan länge.", None, None, vec![]),
            ("En son till hyresvärden ringde.", None, None, vec![]),
            ("Två barn bor i grannlägenheten.", None, None, vec![]),
            ("Han bor ensam, barnen bor hos mamman.", None, None, vec![]),
            ("Vi såg barn på gården.", None, None, vec![]),
            ("I hushållet finns en nyfödd.", Some(Known::Yes), Some(1), vec![]),
            ("Hans flicka (f. 2019) var i lägenheten.", Some(Known::Yes), Some(1), vec![2019]),
            (
                "Där bor även barnen Lill, född 2016, och Pelle, född 2019.",
                Some(Known::Yes),
                Some(2),
                vec![2016, 2019],
            ),
            (
                "BARN FOLKBOKFÖRDA: 0. KAN VISTAS VARANNAN VECKA: 1",
                Some(Known::Yes),
                Some(1),
                vec![],
            ),
            ("De två barnen gråter på nätterna.", Some(Known::Yes), Some(2), vec![]),
        ] {
            let sheet = Sheet::body(text);
            let told = children(&[sheet]).map(|seen| seen.value);
            assert_eq!(told.as_ref().map(|told| told.known), known, "{text}");
            assert_eq!(told.as_ref().and_then(|told| told.count), count, "{text}");
            assert_eq!(told.map(|told| told.birth_years).unwrap_or_default(), years, "{text}");
        }
    }
}
