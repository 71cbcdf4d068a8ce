//! Where names stand: words with capital letters side by side, set right in their order, and several persons told apart.

use super::super::given_names::is_given;
use super::super::names::family_first;
use super::super::names::is_firm;
use super::super::names::is_no_name;
use super::super::names::is_particle;
use super::super::names::may_lead;
use super::super::names::ordinary;
use super::super::names::proper_words;
use super::super::pattern::pattern;
use super::super::seen::near_end;
use super::families::group;
use super::families::share_family;

pattern!(
    WORD,
    r"\b(?:(?:al|el|Al|El)-\p{Lu}[\p{L}'’]+|\p{Lu}\.(?:-?\p{Lu}\.)*|\p{Lu}[\p{L}'’]*(?:-\p{L}[\p{L}'’]*)*|(?:von|van|der|den|ten|ter|af|av|de|la|le|du|da|dos|del|di|zu|al|el|bin|ibn|bint)\b)"
);
pattern!(
    STREET_NUMBER,
    r"^\.? \d{1,4}(?:[ ]?[A-Za-z])?(?:[^\d\p{L}:-]|:(?:\s|$)|-\d{1,3}\b[^-]|$)"
);
pattern!(
    BETWEEN,
    r"(?i)^(?:\s*(?:,?\s(?:och|samt|and|og|o|med|jämte)\s(?:(?:mrs?|ms|herr|fru)\.?\s)?|[&/+;]|,\s(?:och|samt|and)\s)\s*)$"
);
pattern!(
    STREET_WORD,
    r"^ (?:gata|gatan|väg|vägen|torg|torget|gränd|gränden|stig|stigen|backe|backen|plan|plats|allé|allén|park|parken|kaj|kajen|brygga|bryggan|led|leden|esplanad|esplanaden|strand|hamn|hamnen) \d{1,4}\b"
);
pattern!(STREET_ENDS, r"\p{L}{3,} \d{1,4}(?: ?[A-Za-z])? $");
pattern!(POSTAL_ENDS, r"(?:^|[^\d-])\d{3} ?\d{2}[ ,]{1,2}$");
pattern!(AND, r"^,? (?:och|samt|and|&|og) (?:\p{Lu}|(?:von|af) )");
pattern!(
    GIVEN_ENDS,
    r"(?i)^(?:[ ]*(?:$|[\t\n;|)(\]\d]|-[ ]|,? ?(?:och|samt|and|og|&)\s|,? ?(?:p(?:ers|\.|-)?[\p{L}.-]*n(?:umme)?r|född|f\.|samordn|born)|,[ ]*\d))"
);

pattern!(
    OWNED,
    r"(?i)^ (?:obetalda |förfallna |gamla |nya |egen |egna |totala )?(?:skuld|hyresskuld|elskuld|hyra|hyran|avgift|årsavgift|lägenhet|bostad|bostadsrätt|kontrakt|avtal|hyresavtal|hyreskontrakt|konto|mamma|pappa|mor|far|bror|syster|sambo|make|maka|man|hustru|fru|son|dotter|barn|granne|grannar|ombud|god man|räkning|fakturor|räkningar|uppsägning|avhysning|adress|personnummer|ärende|dörr|hem|balkong|gäster|vänner|kompisar)\b"
);

/// No letter names more than this.
const MOST: usize = 400;

/// Names side by side: one person, or several whom a word joins.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// The names, given name first.
    pub(super) names: Vec<Name>,
    /// Where the first begins and the last ends.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// One of them.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) name: String,
    pub(super) start: usize,
    pub(super) end: usize,
    /// How many of its words are a person's own.
    pub(super) words: usize,
    /// Whether the order had to be inferred.
    pub(super) unsure: bool,
}

/// A row of words, still in the order in which they stand.
#[derive(Clone)]
struct Run<'t> {
    words: Vec<&'t str>,
    start: usize,
    end: usize,
}

/// Every group of a text, from left to right.
pub(super) fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut names: Vec<Name> = Vec::new();
    let runs = runs(text);
    let mut at = 0;
    while let Some(run) = runs.get(at)
        && groups.len() < MOST
    {
        let (name, taken) = name_of(text, run, runs.get(at + 1));
        at += taken;
        let joined = names.last().is_some_and(|last| {
            let gap = text.get(last.end..name.start).unwrap_or_default();
            let listed = gap == ", " && last.words > 1 && name.words > 1;
            let goes_on = || AND.is_in(text.get(name.end..).unwrap_or_default());
            gap.len() <= 16 && (BETWEEN.is_in(gap) || (listed && goes_on()))
        });
        if !joined {
            groups.extend(group(std::mem::take(&mut names)));
        }
        names.push(name);
    }
    groups.extend(group(names));
    share_family(text, &mut groups);
    groups
}

/// The name of a run, or of two with the family name first, and how many runs it took.
fn name_of(text: &str, run: &Run<'_>, next: Option<&Run<'_>>) -> (Name, usize) {
    if let Some(given) = next
        && text
            .get(run.end..given.start)
            .is_some_and(|gap| matches!(gap, ", " | "," | " , " | " ,"))
        && proper_words(&run.words) <= 3
        && !is_place(text, run)
        && !given.words.iter().skip(1).any(|word| is_particle(word))
        && (1..=3).contains(&proper_words(&given.words))
        && !(proper_words(&run.words) > 1
            && proper_words(&given.words) > 1
            && AND.is_in(text.get(given.end..).unwrap_or_default()))
        && GIVEN_ENDS.is_in(text.get(given.end..).unwrap_or_default())
    {
        let words = [given.words.as_slice(), run.words.as_slice()].concat();
        let unsure = proper_words(&run.words) > 1 && proper_words(&given.words) > 1;
        let own = proper_words(&words);
        let name = ordinary(&words.join(" "));
        return (Name { name, start: run.start, end: given.end, words: own, unsure }, 2);
    }
    let shouted = !run.words.iter().any(|word| word.chars().any(char::is_lowercase));
    let mut words = run.words.clone();
    // Registers print the family's name first: `EK-PROV MAJA`, `Testsson Testa`.
    let system = shouted && text.get(..run.start).is_some_and(|head| head.ends_with('='));
    let head = text.get(..run.start).unwrap_or_default();
    let titled =
        ["Ms ", "Mr ", "Mrs ", "Ms. ", "Mr. ", "Mrs. "].iter().any(|it| head.ends_with(it));
    let turned = words.len() > 1 && !titled && (system || family_first(&words));
    if turned {
        words.rotate_left(1);
    }
    let own = proper_words(&words);
    let mut name = ordinary(&words.join(" "));
    // `Testa Testssons skuld`.
    let owns = own > 1
        && !turned
        && name.ends_with('s')
        && OWNED.is_in(text.get(run.end..).unwrap_or_default());
    if owns {
        name.pop();
    }
    let unsure = turned || owns || (shouted && own > 1);
    (Name { name, start: run.start, end: run.end, words: own, unsure }, 1)
}

/// Whether a single word stands where a town does: behind a street's number, or behind `i`.
fn is_place(text: &str, run: &Run<'_>) -> bool {
    let head = text.get(..run.start).unwrap_or_default();
    let numbered = head.strip_suffix(' ').is_some_and(|head| {
        let letter = head.len().checked_sub(2).and_then(|at| head.get(at..));
        let lettered = letter.is_some_and(|end| {
            end.starts_with(' ') && end.ends_with(|c: char| c.is_ascii_alphabetic())
        });
        head.ends_with(|c: char| c.is_ascii_digit()) || lettered
    });
    let numbered = numbered && !head.trim_end().ends_with("lgh") && in_street(head);
    run.words.len() == 1 && (numbered || head.ends_with(" i ") || head.ends_with(" in "))
}

/// Whether a street with its number ends here.
fn in_street(head: &str) -> bool {
    STREET_ENDS.is_in(near_end(head))
}

/// Rows of words that one space parts, without labels, and without the street that a number follows.
/// `Dag Skengren`, `Bror Stolpe`: given names that are words, right before a family name.
fn leads(word: &str, tail: &str) -> bool {
    let next =
        tail.strip_prefix(' ').and_then(|rest| rest.split([' ', ',', '\n', '(', ')']).next());
    let family = |next: &str| {
        next.starts_with(char::is_uppercase)
            && next.chars().count() > 3
            && next.chars().any(char::is_lowercase)
            && !is_no_name(next)
            && !is_given(next)
    };
    matches!(word, "Dag" | "Bror") && next.is_some_and(family)
}

fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut run: Option<Run<'_>> = None;
    let mut firm_end = None;
    for word in WORD.all(text).filter_map(|fit| fit.get(0)) {
        let (start, end) = (word.start(), word.end());
        let adjacent = run.as_ref().is_some_and(|run| text.get(run.end..start) == Some(" "));
        if !adjacent {
            runs.extend(finished(text, run.take()));
        }
        let word = word.as_str();
        // `GALDENAR_1=` is a label.
        let label = text.get(end..).is_some_and(|rest| rest.starts_with(['_', '=']));
        // `Prova de la Prueba`: within a name `de` is a part of it, else a word.
        let within = run.is_some() && adjacent_to(text, run.as_ref(), start) && is_particle(word);
        let leads = run.is_none() && leads(word, text.get(end..).unwrap_or_default());
        if label || (is_no_name(word) && !within && !leads) {
            let before = run.take().filter(|_| !is_firm(word));
            runs.extend(finished(text, before));
            let goes_on = firm_end.is_some_and(|at| text.get(at..start) == Some(" "));
            firm_end = (is_firm(word) || goes_on).then_some(end);
            continue;
        }
        // What a firm's word stands before is the firm's name.
        if firm_end.is_some_and(|firm_end| text.get(firm_end..start) == Some(" ")) {
            firm_end = Some(end);
            continue;
        }
        match run.as_mut() {
            Some(run) if run.words.len() < 7 => {
                run.words.push(word);
                run.end = end;
            }
            Some(_) => {}
            None if is_particle(word) && !may_lead(word) => {}
            None => run = Some(Run { words: vec![word], start, end }),
        }
    }
    runs.extend(finished(text, run));
    runs
}

fn adjacent_to(text: &str, run: Option<&Run<'_>>, start: usize) -> bool {
    run.is_some_and(|run| text.get(run.end..start) == Some(" "))
}

/// A row that may be a name.
fn finished<'t>(text: &'t str, run: Option<Run<'t>>) -> Option<Run<'t>> {
    let mut run = run?;
    // `412 54 Provby` is a town, alone on its own.
    let coded = POSTAL_ENDS.is_in(near_end(text.get(..run.start).unwrap_or_default()));
    if coded && run.words.len() == 1 {
        return None;
    }
    let tail = text.get(run.end..).unwrap_or_default();
    // `Fiktiva torget 2` is a street.
    if STREET_NUMBER.is_in(tail) || STREET_WORD.is_in(tail) {
        drop_last(&mut run);
    }
    while run.words.last().is_some_and(|word| is_particle(word)) {
        drop_last(&mut run);
    }
    let proper = run.words.iter().any(|word| !is_particle(word) && word.chars().count() > 1);
    proper.then_some(run)
}

fn drop_last(run: &mut Run<'_>) {
    if let Some(word) = run.words.pop() {
        run.end = run.end.saturating_sub(word.len() + 1).max(run.start);
    }
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn names_are_found_in_both_orders_and_apart_from_streets() {
        for (text, expected) in [
            ("Hyresgäst: Testa Testsson, 850101-2390", vec!["Testa Testsson"]),
            ("Testsson, Testa (850101-2390)", vec!["Testa Testsson"]),
            ("TESTSSON, TESTA ÅSA\t850101-2390", vec!["Testa Åsa Testsson"]),
            ("TESTSSON TESTA ÅSA", vec!["Testa Åsa Testsson"]),
            ("Testa Åsa von Provsson på Exempelgatan 12", vec!["Testa Åsa von Provsson"]),
            ("Testa och Provo Testsson", vec!["Testa Testsson|Provo Testsson"]),
            ("Ylva (850101-2382) och Hampus Ek", vec!["Ylva Ek", "Hampus Ek"]),
            ("Testa Ek & Provo af Lund", vec!["Testa Ek|Provo af Lund"]),
            ("Ömer al-Prov, Provgatan 2", vec!["Ömer al-Prov"]),
            ("avhysning av Testa T. Provsson", vec!["Testa T. Provsson"]),
            ("Fiktiva Änghöjdsprovet 11", vec!["Fiktiva"]),
            ("Stiftelsen Fiktiva Hem, Prova Bostäder AB, Brf Nya Fiktiven", vec![]),
            ("Svaranden Ali El Test bor i Malmö", vec!["Ali El Test"]),
        ] {
            let found: Vec<String> = groups(text)
                .iter()
                .map(|group| {
                    let names: Vec<&str> =
                        group.names.iter().map(|name| name.name.as_str()).collect();
                    names.join("|")
                })
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
