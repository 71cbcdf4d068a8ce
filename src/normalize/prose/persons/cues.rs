//! What stands around a name and tells whose it is: the label or the words before it, what is said of it behind.

use super::super::pattern::pattern;
use super::super::seen::near_end;
use super::roles::of_line;
use crate::domain::notice::Role;

pattern!(
    HOME_BEHIND,
    r"(?i)^[ ]*(?:,|\(|\n|på|i|vid|at|som bor på|boende på)[ ]*(?:(?:\p{L}+[ ]){0,2}\p{L}{3,}[ ]\d{1,4}[ ]?[a-h]?\b|(?:lgh|lägenhet|apt)\b)"
);
pattern!(
    DOES,
    r"(?i)^(?:[ ]\([^()\n]{2,60}\)|,[ ](?:kund|medlems?|avtals|kontrakts|ärende)-?(?:nr|nummer)\.?[ ]?[\w/-]+|,[ ][\p{L} ]{3,30}[ ]\d{1,4}[ ]?[a-h]?(?:,[ ]lgh[ ]\d{1,4})?)?[ ]*[,)*]{0,3}[ ]*(?:det (?:gäller|handlar)|har (?:inte|ej|ännu|fortfarande|trots|nu|skuld|obetal|sagts upp|flyttat|betalat|betalt|hyresskuld)|är (?:skyldig|uppsagd|sen|försenad|vår|min)|ska (?:vräkas|avhysas|flytta|ha flyttat)|bor kvar|får bo kvar|delgavs|delgetts|delgivits|sades upp|sagts upp|blev uppsagd|avhyses|avhysts|avhystes|vräks|vräktes|underrättades|stör\b|har stört|störde|misskött|hotade|kvitterade|betalade|obetal|(?:ska|skall) (?:bort|ut\b)|hyr\b[^\n]{0,3}$|är hyresgäst|är medlem|innehar |is the tenant|is our tenant|rents |lives |bor (?:på|i|hos oss)|betalar (?:inte|ej)|hyr (?:lägenhet|bostad|en|ett|av|hos|\d|rum|i|på|via)|som hyr|ligger (?:efter|back)|stör |lämna(?:de|t|r) (?:in |tillbaka |ifrån sig )?(?:nyck|lägenhet|bostad|rummet)|har (?:lämnat|hämtat|fått (?:uppsäg|brev|delg)|löst|reglerat|börjat|mottagit|kvitterat|avlidit|dött)|hämtade|fick (?:uppsäg|brevet|delgivning|hyran|meddeland|underrätt)|var (?:inte |ej |själv |dock |heller inte )?(?:hemma|på plats|närvarande|anträffbar)|flytta(?:de|r)\b|har flyttat|avled\b|kom (?:in med|med pengar|hit med|och betalade)|vägra(?:de|r)\b|släppte (?:inte )?in|öppnade (?:inte|ej|dörr)|som (?:säger|säger sig|påstår|uppger)[^.\n]{0,30}(?:hyr|bor)|(?:obetalda |förfallna |gamla |hela )?(?:hyres|el)?skuld(?:en|er)?\b|obetalda (?:hyr|avgift|räkning)|owes|has (?:not |now |since )?(?:paid|settled|moved|left|vacated|returned)|was (?:not )?(?:served|at home|present)|received the|moved out|(?:appears|seems) to|hasn't paid|is behind)"
);
pattern!(
    OFFICE,
    r"(?i)^[ ]*[,/|·-]?[ ]*\n?[ ]*(?:vice )?\(?(?:ordf|kassör|sekreterare|styrelse|\p{L}*förvaltare|\p{L}*handläggare|\p{L}*sekreterare|\p{L}*rådgivare|\p{L}*vägledare|\p{L}*utvecklare|\p{L}*jurist\b|advokat|jur\.|(?:krono)?inspektör|kronofogd|fastighets|\p{L}*ansvarig|\p{L}*chef|vd\b|ombud|rektor|lärare|kurator|rådman|hyresadm|vaktmästare|kundtjänst|property manager|officer)"
);
pattern!(
    PHONE,
    r"(?i)^[ ]*[,/|·-]?[ ]*\n?[ ]*\(?(?:(?:direkt)?tel|tfn|telefon|direkt|mob|\+4[567]|0\d{1,3}[-/ ]\d)"
);
pattern!(
    OWNER,
    r"(?i)^[ ,)(]*(?:som |vilken )?(?:är |äger|is )?(?:the |vår |min )?(?:hyresvärd|ägare(?:n)?(?:$|[ ,.)](?:till (?:fastighet|huset)|av (?:fastighet|huset))?[^t])|äger (?:huset|fastighet|lägenheten som)|fastighetsägare|landlord|owner(?:$|[.,)]| of the (?:house|building|property))|ordförande|kassör|handläggare|ombud|granne|neighbour)"
);
pattern!(
    PARTNER,
    r"(?i)^[ ]*\(?(?:,[ ]*)?(?:hans |hennes )?(?:sambo|maka|make|hustru|medhyresgäst|partner|spouse|co-?tenant)\b"
);

/// What the words before a name say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// A word says which person of the household it is.
    Is(Role),
    /// A word says that it is another.
    Other,
    /// A word says that the letter is about the person.
    Told,
    /// A word that goes with any name.
    Said,
    /// Nothing.
    Silent,
}

/// What stands before a name: the rest of its line without numbering, titles and a number; where that is empty, the line above.
pub(super) fn standing(text: &str, start: usize) -> Standing {
    let head = near_end(text.get(..start).unwrap_or_default());
    let mut left = head;
    for _ in 0..6 {
        let line_start = left.rfind('\n').map_or(0, |at| at + 1);
        let (above, line) = (left.get(..line_start), left.get(line_start..));
        let whole = line_end(line.unwrap_or_default());
        let line = without_marks(whole);
        if !line.is_empty() {
            let above = above.unwrap_or_default();
            return match of_line(line) {
                Standing::Silent if whole.contains('\t') => of_column(above, whole),
                // In a form's box for the tenant another word may say more of the same person.
                Standing::Other => match of_label(last_line(above)) {
                    Standing::Is(role) if left.len() == head.len() => Standing::Is(role),
                    Standing::Is(_)
                    | Standing::Other
                    | Standing::Told
                    | Standing::Said
                    | Standing::Silent => Standing::Other,
                },
                // `Namn:` below a heading for another is the other's.
                Standing::Is(Role::Tenant) if PLAIN_NAME.is_in(line) => {
                    headed(above).unwrap_or(Standing::Is(Role::Tenant))
                }
                Standing::Silent if titled(left) => Standing::Told,
                standing => standing,
            };
        }
        // A name alone on its line belongs to the label above; in a list to the one above the list.
        let above = above.unwrap_or_default().trim_end();
        let last = above.rsplit('\n').next().unwrap_or_default();
        if last.trim().is_empty() {
            return Standing::Silent;
        }
        let label = of_label(last);
        if label != Standing::Silent || !is_numbered(last) {
            return label;
        }
        left = above.get(..above.len() - last.len()).unwrap_or_default();
    }
    Standing::Silent
}

/// As much of a line as stands near its end.
fn line_end(line: &str) -> &str {
    let mut start = line.len().saturating_sub(160);
    while !line.is_char_boundary(start) {
        start += 1;
    }
    &line[start..]
}

fn last_line(text: &str) -> &str {
    text.trim_end().rsplit('\n').next().unwrap_or_default()
}

/// The heading of the column: the cell of the same number in a line above, where that is a label.
fn of_column(above: &str, line: &str) -> Standing {
    let column = line.matches('\t').count();
    for heading in above.lines().rev().take(4) {
        let cell = heading.split('\t').nth(column).unwrap_or_default();
        match of_label(cell) {
            standing @ (Standing::Is(_) | Standing::Other) => return standing,
            Standing::Told | Standing::Said | Standing::Silent => {}
        }
    }
    Standing::Silent
}

/// What the heading of a form's block says, some lines above in it.
fn headed(above: &str) -> Option<Standing> {
    for line in above.lines().rev().take(6) {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            return None;
        }
        if WRITER.is_in(trimmed) {
            return Some(Standing::Other);
        }
        match of_label(trimmed.trim_end_matches(':')) {
            standing @ (Standing::Is(_) | Standing::Other) => return Some(standing),
            Standing::Told | Standing::Said | Standing::Silent => {}
        }
    }
    None
}

fn titled(line: &str) -> bool {
    TITLE.is_in(line)
}

/// A line that is a label and nothing else.
fn of_label(line: &str) -> Standing {
    let line = line.trim();
    let line = line.split_once(['.', ')']).map_or(line, |(number, rest)| {
        let is_number = number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { rest.trim() } else { line }
    });
    // `1. Provhem AB, 556900-0002, hyresvärd` is a party, and no label of the next.
    let party = line.contains(',') && line.bytes().filter(u8::is_ascii_digit).count() >= 10;
    if line.chars().count() > 90 || line.ends_with(['.', ',']) || party {
        return Standing::Silent;
    }
    match of_line(line) {
        standing @ (Standing::Is(_) | Standing::Other) => standing,
        Standing::Told | Standing::Said | Standing::Silent => Standing::Silent,
    }
}

pattern!(
    PLAIN_NAME,
    r"(?i)^[\s*\d.)]*(?:för- och efter|full(?:ständigt )?)?(?:namn|name|navn|förnamn|efternamn|first name|surname|last name)(?: och efternamn)?[ .…*]*[:=\t]?\s*$"
);
pattern!(
    WRITER,
    r"(?i)^(?:\d{1,2}[.)] )?(?:vem är du|om dig|dina uppgifter|uppgifter om dig|(?:uppgifts|anmälan )?lämna[dt] av|inlämnad av|inlämnare|anmälare|avsändare|uppgiftslämnare|kontaktuppgifter|kontaktperson|roll\s*:\s*(?:hyresvärd|fastighetsägare|förvaltare|ombud|granne|annan)|reported by|about you|your details|submitted by)"
);
pattern!(MARK, r"(?:(?:^|[\s(])(?:\d{1,2}[.)]|[A-Ha-h][.)]|[-*•·]|nr \d[.:]?)\s*)$");
pattern!(NUMBERED, r"^\s*(?:\d{1,2}[.)]|[A-Ha-h]\)|[-*•·])\s*\S");
pattern!(TITLE, r"(?i)(?:^|[^\p{L}])(?:herr|hr|fru|fröken|mr|ms|mrs|miss|dr)\.?\s*$");
pattern!(NUMBER, r"(?:^|\D)(?:\d{6}|\d{8})[-+ ]?\d{4}[\s,;|)-]*$");

/// The words of a line before a name, without a list's mark, a number and a title between.
fn without_marks(line: &str) -> &str {
    let mut line = line;
    for pattern in [&TITLE, &NUMBER, &MARK] {
        if let Some(found) = pattern.first(line).and_then(|found| found.get(0)) {
            let titled = std::ptr::eq(pattern, &raw const TITLE);
            let rest = line.get(..found.start()).unwrap_or_default();
            // A title alone says that a person is meant.
            if !(titled && rest.trim().is_empty()) {
                line = rest;
            }
        }
    }
    if line.trim().is_empty() { "" } else { line.trim_end_matches('(') }
}

fn is_numbered(line: &str) -> bool {
    NUMBERED.is_in(line)
}

/// What stands behind a name: that it lives somewhere, that it owes; or what office it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Behind {
    pub(super) home: bool,
    pub(super) does: bool,
    pub(super) office: bool,
    /// A telephone's number, and no office.
    pub(super) phone: bool,
    /// An office on the same line.
    pub(super) titled: bool,
    /// A word for a spouse or a co-tenant.
    pub(super) partner: bool,
}

/// The words behind a name.
pub(super) fn behind(text: &str, end: usize) -> Behind {
    let tail = text.get(end..).unwrap_or_default();
    let cut = tail.char_indices().nth(130).map_or(tail.len(), |(at, _)| at);
    let tail = tail.get(..cut).unwrap_or_default();
    Behind {
        home: HOME_BEHIND.is_in(tail),
        does: DOES.is_in(tail),
        office: OFFICE.is_in(tail),
        phone: PHONE.is_in(tail),
        titled: OFFICE.is_in(tail.split('\n').next().unwrap_or_default()),
        partner: PARTNER.is_in(tail),
    }
}

pattern!(
    GIVEN,
    r"(?i)(?:^|[^\p{L}])(?:(?:sin|sina|hans|hennes|deras|med|och|en|ett|barnet|his|her) (?:\p{L}+ )?(?:flickvän|pojkvän|tjej|kille|sambo|särbo|fru|hustru|maka|make|man|fästmö|fästman|son|dotter|bebis|wife|husband|partner|girlfriend|boyfriend|son|daughter)|barnen|sonen|dottern|döttrarna|sönerna|pojken|flickan|sambon|frun|hustrun|the (?:children|son|daughter)|(?:son|dotter|flicka|pojke|kvinna|man|tonåring|tjej|kille)[^.,;\n]{0,30} som heter|(?:mamman|pappan|modern|fadern|barnet|flickan|pojken|mamma|pappa) heter) $"
);

/// Whether a word for a child or a partner stands right before a name that may be a given name alone.
pub(super) fn is_given(text: &str, start: usize) -> bool {
    GIVEN.is_in(near_end(text.get(..start).unwrap_or_default()))
}

/// Whether an office is named right behind a name, on its line or the next.
pub(super) fn holds_office(text: &str, end: usize) -> bool {
    let tail = text.get(end..).unwrap_or_default();
    let cut = tail.char_indices().nth(70).map_or(tail.len(), |(at, _)| at);
    OFFICE.is_in(tail.get(..cut).unwrap_or_default())
}

/// Whether the words behind a number say that it is not the household's.
pub(super) fn is_others(text: &str, end: usize) -> bool {
    let tail = text.get(end..).unwrap_or_default();
    let cut = tail.char_indices().nth(40).map_or(tail.len(), |(at, _)| at);
    OWNER.is_in(tail.get(..cut).unwrap_or_default())
}

pattern!(
    CHAIN,
    r"(?i)^[\s,;()+.:\d-]*(?:(?:p(?:ers)?\.?(?:on)?-?n(?:umme)?r|född|f|born)\.?[\s:]*)?[\s,;()+.:\d-]*(?:(?:och|samt|jämte|and|&|/)\s*)?(?:\d[.)]\s*)?$"
);

/// Whether two names stand in one list: nothing but numbers and a joining word is between.
pub(super) fn chained(gap: &str) -> bool {
    gap.len() <= 60 && gap.matches('\n').count() <= 1 && CHAIN.is_in(gap)
}
