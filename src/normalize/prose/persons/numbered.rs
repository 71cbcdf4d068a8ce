//! Which name an identity number belongs to: the one right before or behind it.

use super::super::identities::Identity;
use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::near_end;
use super::Page;
use super::cues;
use super::cues::Standing;
use super::runs::Group;

pattern!(
    GAP,
    r"(?i)^[\s,;:.(\[|/-]*(?:\p{L}+_\d_|\p{L}+ \d[ _])?(?:\(?(?:[\p{L}]+ ){1,3}\d{1,4} ?[a-h]?(?:,? (?:lgh|lägenhet|apt)\.? \d{1,4})?,? )?(?:(?:med|with|har|has|having|och|and)\s+)*(?:(?:person-?\s?(?:nummer|nr)|personnumret|pers\.?\s?-?nr|p\.?-?nr|pnr|persnr|samordningsnummer(?:et)?|samordn(?:ings)?\.?\s?nr|samordningsnr|födelsenummer|person-?/?\s?org(?:anisations)?\.?-?(?:nummer|nr)|(?:personal )?(?:identity )?(?:number|no)|personal number|personal id|coordination number|swedish id|national id|id(?:-?nummer|-?nr| number| no)?|ssn|cpr|född|f|born)\.?(?: [1-9]\b)?(?: ?\([^()\n]{1,30}\))?)?[\s:.=(|*_?-]*$"
);
pattern!(
    BEFORE_IT,
    r"(?:19|20|18)?\d{6}[-+ ]?\d{4}\s*(?:,?\s*(?:resp\.?|respektive|och|samt|and|&)|[,/;])\s*$"
);
pattern!(
    NEXT,
    r"^\)?\s*(?:,?\s*(?:resp\.?|respektive|och|samt|and|&)|[,/;])\s*(?:19|20|18)?\d{6}[-+ ]?\d{4}"
);
pattern!(NUMBER, r"(?:^|\D)\d{6,8}[-+ ]?\d{4}(?:\D|$)");
pattern!(
    MINE,
    r"(?i)\b(?:mitt|min|my|mit)\s+(?:eget |own )?(?:person|p-?nr|id|samordn|social|personal|cpr)[^\n]{0,30}$"
);
// To whom one pays, and who writes.
pattern!(
    PAYEE,
    r"(?i)(?:^|[^\p{L}])(?:(?:betala|betalas|betalning|swisha|sätt in|insättning|ring|kontakta|maila|mejla)[^.\n]{0,20} till (?:mig|oss)|kontakta mig|ring mig|swish\p{L}*|undertecknad|jag (?:är|heter))[^\n]{0,60}$"
);
/// Who stands beside a number.
pub(super) enum Beside {
    /// A name of a group: its number there, and what is said of it.
    Named(Group, usize, Standing),
    /// No name; what is said of the number.
    Nobody(Standing),
    /// Somebody who is not of the household.
    Other(Option<String>),
}

/// The name beside a number.
pub(super) fn beside(page: &Page<'_>, identity: &Seen<Identity>) -> Beside {
    let text = page.text.as_str();
    let (at, end) = (identity.at, identity.at + identity.quote.len());
    let near = near_end(text.get(..at).unwrap_or_default());
    if MINE.is_in(near) {
        return Beside::Other(None);
    }
    let found = match number_first(page, at) {
        true => behind_it(page, end).or_else(|| before_it(page, at, end)),
        false => before_it(page, at, end).or_else(|| behind_it(page, end)),
    };
    let Some((group, which, standing)) = found else {
        return match cues::standing(text, at) {
            Standing::Other => Beside::Other(None),
            Standing::Told | Standing::Said | Standing::Silent if PAYEE.is_in(near) => {
                Beside::Other(None)
            }
            standing => Beside::Nobody(standing),
        };
    };
    let open = !matches!(standing, Standing::Is(_)) && cues::is_others(text, end);
    match standing {
        Standing::Is(_) | Standing::Told | Standing::Said | Standing::Silent if open => {
            Beside::Other(group.names.get(which).map(|name| name.name.clone()))
        }
        Standing::Other => Beside::Other(group.names.get(which).map(|name| name.name.clone())),
        standing => Beside::Named(group.clone(), which, standing),
    }
}

/// Whether the line begins with a number and names follow their numbers.
fn number_first(page: &Page<'_>, at: usize) -> bool {
    let text = page.text.as_str();
    let near = near_end(text.get(..at).unwrap_or_default());
    let line = near.rfind('\n').map_or(near, |start| near.get(start + 1..).unwrap_or_default());
    let line_start = at - line.len();
    // A name goes on in the next line with its number: `… sagt upp Testa Testsson,`.
    let above = page.groups.partition_point(|(group, _)| group.end <= line_start);
    let above = above.checked_sub(1).and_then(|at| page.groups.get(at));
    let gap = above.and_then(|(group, _)| text.get(group.end..line_start));
    if gap.is_some_and(|gap| matches!(gap.trim_end_matches(' '), ",\n" | ", \n")) {
        return false;
    }
    let first = page.groups.partition_point(|(group, _)| group.start < line_start);
    let first_name = page.groups.get(first).map_or(usize::MAX, |(group, _)| group.start);
    let first_number = NUMBER.first(line).and_then(|found| found.get(0));
    first_number.map_or(at, |number| line_start + number.start()) < first_name
}

fn before_it<'p>(
    page: &'p Page<'_>,
    at: usize,
    end: usize,
) -> Option<(&'p Group, usize, Standing)> {
    let text = page.text.as_str();
    let (mut from, mut passed) = (at, 0);
    while let Some(found) = BEFORE_IT.first(near_end(text.get(..from)?))
        && passed < 5
        && let Some(whole) = found.get(0)
    {
        from -= whole.len();
        passed += 1;
        if page.groups.iter().rev().any(|(group, _)| group.end > from && group.end <= at) {
            break;
        }
    }
    let last = page.groups.partition_point(|(group, _)| group.end <= from).checked_sub(1)?;
    let (group, standing) = page.groups.get(last)?;
    let gap = text.get(group.end..from)?;
    let lines = gap.matches('\n').count();
    if gap.len() > 90 || lines > 2 || !GAP.is_in(gap) {
        return None;
    }
    let listed = passed > 0 || NEXT.is_in(text.get(end..).unwrap_or_default());
    let tabbed = gap.contains('\t');
    let which = match (listed, tabbed) {
        (true, _) => passed,
        (false, true) => 0,
        (false, false) => group.names.len() - 1,
    };
    let which = which.min(group.names.len() - 1);
    Some((group, which, *standing))
}

fn behind_it<'p>(page: &'p Page<'_>, end: usize) -> Option<(&'p Group, usize, Standing)> {
    let text = page.text.as_str();
    let next = page.groups.partition_point(|(group, _)| group.start < end);
    let (group, standing) = page.groups.get(next)?;
    let gap = text.get(end..group.start)?;
    let plain =
        gap.chars().all(|c| matches!(c, ' ' | '\t' | ',' | ';' | ':' | '|' | '-' | ')' | '('));
    (gap.len() <= 20 && plain).then_some((group, 0, *standing))
}
