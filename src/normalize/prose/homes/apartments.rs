//! The apartment's four digits in the municipality's register, and the sender's own number of the home: they look alike and are kept apart.

use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::super::seen::near_end;

pattern!(
    FLAT,
    r"(?i)(?:^|[^\p{L}])(?:[li]gh(?:t|s)?(?:nr|nummer)?|lägenhets?(?:en|ens)?(?:numret|nummer|nr|beteckning)?|bostadslägenhet(?:en)?|korridorrum(?:met)?|studentrum(?:met)?|rum nr|room|dörr|lagenhets?(?:nr|nummer)?|apt|apartment|flat|lejlighed)\.?(?:[ -]?(?:nr|nummer|no|number)\.?)?(?: (?:enligt|hos|i|från) (?:folkbokföringen|folkbokföring|lantmäteriet|skatteverket|lägenhetsregistret))?(?:\s*\([^)\d\n]{1,60}\))?(?: är| is| har| has)?[ .:…=\t_#]*\n?[ ]*(?:nr\.? ?|nummer )?((?:[A-Z]{1,3}-)?[\dOolI]{1,4})(?:[ ]*[A-Z]\b)?((?:\s*/\s*|\s*\()[^)\n\t]{1,30})?"
);
pattern!(
    NO_FLAT,
    r"(?i)^(?:[\dOolI-]|[:/]\d| ?(?:rum|rok|rk|r ?o ?k|r ?& ?k|room|kvm|m2|kr|sek|jan|feb|mars|april|maj|juni|juli|aug|sept|okt|nov|dec|tr\b|trappor|st\b|%|\+|,\d|år|månader))"
);
// The first line of an address, from its street on.
pattern!(
    BARE,
    r"^[^\n\d]{3,60}\d{1,3} ?(?:[A-Za-z]\b)?(?:,? ?\(|, ?| ?/ ?| - |,?[ ]?\n[ ]*)#?(\d{4})\)?(?:$|[\n\t;.)]|, | \()"
);
// A neighbour's door, in whose sentence the complaint stands.
pattern!(
    NEIGHBOUR_BEFORE,
    r"(?i)(?:^|[^\p{L}])(?:gran+e\p{L}*|grannar\p{L}*|anmälare\p{L}*|vittne\p{L}*|klagande|störda?|neighbou?rs?|complain\p{L}*)[^.\n]{0,60}$"
);
pattern!(
    NEIGHBOUR_BEHIND,
    r"(?i)^[^.\n]{0,12}(?:har |som )*(?:klaga|anmält|ringt|hört|hör |störs|störda|mår dåligt|inte kunnat sova|vittna|complain)"
);
// `två trappor upp, nr 1202`, `flat is no. 1103`.
pattern!(
    NUMBERED,
    r"(?i)(?:trapp(?:a|or|orna)?(?: upp)?|\btr\b|våning(?:en)?|floor),? (?:lgh |dörr )?(?:nr|nummer|no)\.? ?(\d{4})(?:\D|$)|(?:flat|apartment|apt) is (?:no\.?|number) ?(\d{4})(?:\D|$)"
);
pattern!(FOUR, r"(?:^|\D)(\d{4})(?:$|[^\d-])");
pattern!(
    OWN,
    r"(?i)(?:^|[^\d-])(\d{3,6}(?:-\d{1,5}){1,3}|[A-Z]{1,3}-\d{2,5})(?:$|[^\d-])|nr\.? ?(\d{1,4})(?:\D|$)"
);
pattern!(
    OBJECT,
    r"(?i)(?:^|[^\p{L}])(?:(?:hyres)?objekts?(?:nummer|nr|-nr|-id|id|beteckning)?|obj\.? ?(?:nr)?|unit(?: id| no| ref)?|object(?: no| number| id)?)\.?(?:[ ]?\([^()\n]{1,20}\))?[ .…:=#\t_]*([A-Z]{1,4}(?:-[A-Z\d]{1,6}){0,3}-[A-Z]?\d{2,6}|(?:[A-Z]{1,4}-)*\d[\dA-Z]*(?:[-/.]\d[\dA-Z]*)+|[A-Z]{1,3}-?\d{2,6}|\d{3,10})(?:$|[^\d\p{L}-])"
);
pattern!(BRACKETED, r"\(([A-Z]{1,3}-\d{2,5})\)");
// The sender's own code right behind a street: `Provgatan 12, SR-12-B214`.
pattern!(
    CODED,
    r"\d{1,3}(?: ?[A-Za-z])?, ?((?:[A-RT-Z][A-Z]{1,3}-|S[A-DF-Z][A-Z]{0,2}-)(?:[A-Z]{2,4}-)?(?:\d{1,4}-)?[A-Z]{0,2}\d{2,5})(?:$|[^\d\p{L}-])"
);
pattern!(
    OURS,
    r"(?i)(?:vårt|vår|our|internt?|fören\.?|föreningens|brf:s)\s+(?:(?:lgh|lägenhets?|objekts?|own)[ -]?)?(?:nr|nummer|no|number)\.?:? ?(\d{1,4})(?:\D|$)|bostadsrätt(?:en|s)? (?:nr\.?|nummer) ?(\d{1,4})(?:\D|$)"
);

/// What was seen of an apartment.
#[derive(Clone, Debug, Default)]
pub(super) struct Flats {
    pub(super) apartment: Option<Seen<String>>,
    pub(super) object: Option<Seen<String>>,
}

/// The apartment of the home whose street stands at `street`: the one named behind it, else the first.
pub(super) fn apartments(sheets: &[Sheet], street: Option<(usize, usize)>) -> Flats {
    let mut flats: Vec<Seen<String>> = Vec::new();
    let mut numbers: Vec<Seen<String>> = Vec::new();
    for sheet in sheets {
        let objects = [&OBJECT, &OURS, &BRACKETED, &CODED].into_iter().filter_map(|pattern| {
            let fit = pattern.first(&sheet.text)?;
            let number = fit.get(1).or_else(|| fit.get(2))?;
            Some(Seen::on(
                sheet,
                number.start(),
                number.as_str(),
                number.as_str().to_uppercase(),
                0.97,
            ))
        });
        numbers.extend(objects);
        for fit in FLAT.all(&sheet.text).take(100) {
            let (Some(whole), Some(number)) = (fit.get(0), fit.get(1)) else { continue };
            let tail = sheet.text.get(number.end()..).unwrap_or_default();
            if NO_FLAT.is_in(tail) || is_neighbours(&sheet.text, whole.start(), number.end()) {
                continue;
            }
            let more = fit.get(2).map_or("", |it| it.as_str());
            put(sheet, (whole.start(), number.as_str(), more), &mut flats, &mut numbers);
        }
    }
    if flats.is_empty() {
        flats.extend(sheets.iter().find_map(numbered));
    }
    flats.extend(street.and_then(|street| bare(sheets, street)).filter(|_| flats.is_empty()));
    let near = |seen: &&Seen<String>| {
        street.is_some_and(|(sheet, at)| sheet == seen.sheet && seen.at >= at && seen.at < at + 90)
    };
    let chosen = flats.iter().find(near).or(flats.first()).cloned();
    let apartment = chosen.map(|seen| {
        let others = flats.iter().any(|other| other.value != seen.value);
        let confidence = if others { f64::min(seen.confidence, 0.9) } else { seen.confidence };
        Seen { confidence, ..seen }
    });
    Flats { apartment, object: numbers.into_iter().next() }
}

/// Four digits right behind the street, which no word tells: `Exempelgatan 12, 1102`.
fn bare(sheets: &[Sheet], (sheet, at): (usize, usize)) -> Option<Seen<String>> {
    let sheet = sheets.iter().find(|it| it.number == sheet)?;
    let fit = BARE.first(sheet.text.get(at..)?)?.get(1)?;
    is_registers(fit.as_str())
        .then(|| Seen::on(sheet, at + fit.start(), fit.as_str(), fit.as_str().to_owned(), 0.95))
}

/// The register's number behind a floor.
fn numbered(sheet: &Sheet) -> Option<Seen<String>> {
    let fit = NUMBERED.first(&sheet.text)?;
    let number = fit.get(1).or_else(|| fit.get(2))?;
    is_registers(number.as_str())
        .then(|| Seen::on(sheet, number.start(), number.as_str(), number.as_str().to_owned(), 0.95))
}

/// Whether a door is that of somebody who complains.
fn is_neighbours(text: &str, at: usize, end: usize) -> bool {
    let left = near_end(text.get(..at).unwrap_or_default());
    let about = [" till", " över", " på", " om", " mot", " från"];
    let about = about.iter().any(|word| left.trim_end().ends_with(word));
    let tail: &str = text.get(end..).unwrap_or_default().split('\n').next().unwrap_or_default();
    (NEIGHBOUR_BEFORE.is_in(left) && !about) || NEIGHBOUR_BEHIND.is_in(tail)
}

/// Sorts a number in: four digits of a floor and a door are the register's; what stands in brackets behind is the other.
fn put(
    sheet: &Sheet,
    (at, written, more): (usize, &str, &str),
    flats: &mut Vec<Seen<String>>,
    numbers: &mut Vec<Seen<String>>,
) {
    let scanned = written.contains(['O', 'o', 'l', 'I']) && !written.contains('-');
    let value: String = written
        .chars()
        .map(|c| match c {
            'O' | 'o' if scanned => '0',
            'l' | 'I' if scanned => '1',
            c => c,
        })
        .collect();
    if !value.bytes().any(|byte| byte.is_ascii_digit()) || (scanned && value.len() != 4) {
        return;
    }
    if is_registers(&value) {
        flats.push(Seen::on(sheet, at, written, value, if scanned { 0.85 } else { 0.98 }));
        let own = OWN.first(more).and_then(|fit| fit.get(1).or_else(|| fit.get(2)));
        numbers.extend(
            own.map(|own| Seen::on(sheet, at, own.as_str(), own.as_str().to_owned(), 0.96)),
        );
        return;
    }
    numbers.push(Seen::on(sheet, at, written, value, 0.96));
    let four = FOUR.first(more).and_then(|fit| fit.get(1)).filter(|it| is_registers(it.as_str()));
    flats.extend(four.map(|it| Seen::on(sheet, at, it.as_str(), it.as_str().to_owned(), 0.97)));
}

/// Two digits of the floor, 10 at the entrance, and two of the door.
fn is_registers(number: &str) -> bool {
    let digits = number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    let part =
        |range: std::ops::Range<usize>| number.get(range).and_then(|it| it.parse::<u32>().ok());
    digits
        && part(0..2).is_some_and(|floor| (7..=60).contains(&floor))
        && part(2..4).is_some_and(|door| (1..=60).contains(&door))
}
