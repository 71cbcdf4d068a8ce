//! Several notices in one message that is no table: a letter for each household, or a list of households in the text.

use super::super::Context;
use super::super::prose;
use super::super::prose::Letter;
use super::super::prose::pattern::pattern;
use super::Material;
use super::merge;
use super::record::Record;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::notice::Role;

pattern!(
    ITEM,
    r"(?m)^[ \t]*(?:(\d{1,2})[.):]|(?i:ärende|hyresgäst|objekt|nr|lgh)\s+(\d{1,2})\s*[:.)-])[ \t]+\S"
);
pattern!(RULE, r"(?m)^[ \t]*(?:-{3,}|={3,}|\*{3,}|_{3,}|~{3,})[ \t]*$");

/// Items of a list that are looked at.
const ITEMS_MAX: usize = 200;
/// So much of what is said before and behind the items goes with each.
const COMMON_BYTES: usize = 4000;

/// One notice for each household that has a document of its own. Fewer than two: the message is one.
pub(super) fn documents(
    material: &Material<'_>,
    forms: &[(String, Record)],
    context: &Context<'_>,
) -> Vec<Notice> {
    let letter = &material.letter;
    if letter.documents.len() < 2 {
        return Vec::new();
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut shared: Vec<usize> = Vec::new();
    for (at, document) in letter.documents.iter().enumerate().take(ITEMS_MAX) {
        let alone =
            Letter { subject: "", text: "", documents: std::slice::from_ref(document), ..*letter };
        let form = form_of(material, forms, at);
        let notice = super::one(&alone, form, context);
        let key = Key::of(&notice);
        match groups.iter_mut().find(|group| group.key.fits(&key)) {
            _ if key.is_empty() || notice.kind == NoticeType::Unknown => shared.push(at),
            Some(group) => {
                group.documents.push(at);
                group.key.add(key);
            }
            None => groups.push(Group { key, documents: vec![at] }),
        }
    }
    if groups.len() < 2 {
        return Vec::new();
    }
    let groups = groups.into_iter().take(context.limits.notices);
    groups.map(|group| of_group(&group, material, forms, context)).collect()
}

/// The notice of the documents of one household.
fn of_group(
    group: &Group,
    material: &Material<'_>,
    forms: &[(String, Record)],
    context: &Context<'_>,
) -> Notice {
    let letter = &material.letter;
    let own: Vec<(String, String)> =
        group.documents.iter().filter_map(|at| letter.documents.get(*at).cloned()).collect();
    let with = Letter { documents: &own, ..*letter };
    let alone = Letter { text: "", ..with };
    let base = prose::read(&alone, context);
    // Who sends them is said once, in the mail.
    let kind = Some(base.kind).filter(|kind| *kind != NoticeType::Unknown);
    let base = sender_of(base, prose::read_as(&with, kind, context));
    match group.documents.iter().find_map(|at| form_of(material, forms, *at)) {
        Some(form) => {
            let kind = form.kind.as_ref().map_or(base.kind, |kind| kind.0);
            merge::over(base, form.notice(kind, context))
        }
        None => base,
    }
}

/// The form that a document is.
fn form_of(material: &Material<'_>, forms: &[(String, Record)], at: usize) -> Option<Record> {
    let (source, text) = material.letter.documents.get(at)?;
    let mut same = forms.iter().filter(|(known, _)| known == source);
    let first = same.next()?;
    if same.next().is_none()
        && material.letter.documents.iter().filter(|(known, _)| known == source).count() == 1
    {
        return Some(first.1.clone());
    }
    // Several files of one archive share a source: the form is the one whose answers stand in this text.
    let fits = |record: &&(String, Record)| {
        let mut names = record
            .1
            .values()
            .filter(|it| it.path.starts_with("persons.") || it.path.starts_with("dwelling.street"));
        names.all(|it| text.contains(it.from.quote.split([',', '\n']).next().unwrap_or_default()))
    };
    forms.iter().filter(|(known, _)| known == source).find(fits).map(|(_, record)| record.clone())
}

/// The notice of the documents with the sender that the mail tells, where it tells more.
fn sender_of(mut base: Notice, whole: Notice) -> Notice {
    let better =
        |notice: &Notice| notice.evidence.get("/sender/name").map_or(0.0, |it| it.confidence);
    if better(&whole) > better(&base) {
        base.sender = whole.sender;
        base.evidence.retain(|path, _| !path.starts_with("/sender/"));
        base.evidence
            .extend(whole.evidence.into_iter().filter(|(path, _)| path.starts_with("/sender/")));
    }
    base
}

struct Group {
    key: Key,
    documents: Vec<usize>,
}

/// What tells households apart.
#[derive(Default)]
struct Key {
    numbers: Vec<String>,
    names: Vec<String>,
    homes: Vec<String>,
}

impl Key {
    fn of(notice: &Notice) -> Self {
        let adults = || notice.persons.iter().filter(|person| person.role != Role::Child);
        let numbers = adults()
            .filter_map(|person| person.identity.as_ref())
            .map(|it| it.value.reveal().to_owned());
        let names =
            adults().filter_map(|person| person.name.as_ref()).map(|it| it.reveal().to_lowercase());
        let home = notice.dwelling.as_ref().and_then(|home| {
            let street = home.street.as_ref()?.reveal().to_lowercase();
            let number =
                home.apartment_number.as_ref().map(|it| it.reveal().to_owned()).unwrap_or_default();
            Some(format!("{street}/{number}"))
        });
        Self {
            numbers: numbers.collect(),
            names: names.collect(),
            homes: home.into_iter().collect(),
        }
    }

    /// Nobody is named: the home alone may be the sender's.
    fn is_empty(&self) -> bool {
        self.numbers.is_empty() && self.names.is_empty()
    }

    fn fits(&self, other: &Self) -> bool {
        let shares = |one: &[String], two: &[String]| one.iter().any(|it| two.contains(it));
        if shares(&self.numbers, &other.numbers) {
            return true;
        }
        if !self.numbers.is_empty() && !other.numbers.is_empty() {
            // Two tenants of one home, each with a letter.
            return shares(&self.homes, &other.homes)
                && self.homes.iter().any(|home| !home.ends_with('/'));
        }
        shares(&self.names, &other.names) || shares(&self.homes, &other.homes)
    }

    fn add(&mut self, other: Self) {
        self.numbers.extend(other.numbers);
        self.names.extend(other.names);
        self.homes.extend(other.homes);
    }
}

/// One notice for each item of a list in the text, or block between rules, that names somebody and a home of its own.
pub(super) fn blocks(material: &Material<'_>, own: &str, context: &Context<'_>) -> Vec<Notice> {
    if material.letter.text.len() > 100_000 {
        return Vec::new();
    }
    let Some(list) = items(own).or_else(|| ruled(own)) else { return Vec::new() };
    let (_, signature) = prose::own(material.letter.text, material.letter.subject);
    let head = near_start(list.head);
    let mut told: Vec<Key> = Vec::new();
    for block in &list.blocks {
        let letter = Letter { text: block, ..Letter::default() };
        let key = Key::of(&prose::read_as(&letter, Some(NoticeType::RentArrears), context));
        if key.is_empty() || key.homes.is_empty() || told.iter().any(|known| known.fits(&key)) {
            return Vec::new();
        }
        told.push(key);
    }
    let blocks = list.blocks.iter().take(context.limits.notices);
    blocks
        .map(|block| {
            let text = format!(
                "{head}\n{block}\n\n{}\n\nMed vänliga hälsningar\n{}",
                near_start(list.tail),
                near_start(&signature)
            );
            let letter = Letter { text: &text, documents: &[], ..material.letter };
            prose::read(&letter, context)
        })
        .filter(|notice| notice.kind != NoticeType::Unknown)
        .collect()
}

/// A list in a text: what stands before, its items, and what stands behind them.
struct List<'a> {
    head: &'a str,
    blocks: Vec<&'a str>,
    tail: &'a str,
}

fn items(text: &str) -> Option<List<'_>> {
    let mut starts: Vec<usize> = Vec::new();
    for fit in ITEM.all(text).take(ITEMS_MAX) {
        let number = fit.get(1).or_else(|| fit.get(2))?.as_str().parse::<usize>().ok()?;
        if number == starts.len() + 1 {
            starts.push(fit.get(0)?.start());
        }
    }
    if starts.len() < 2 {
        return None;
    }
    let last = *starts.last()?;
    // Behind an empty line after the last item the letter goes on.
    let end = text[last..].find("\n\n").map_or(text.len(), |at| last + at);
    let ends = starts.iter().skip(1).copied().chain([end]);
    let blocks = starts.iter().zip(ends).map(|(from, to)| &text[*from..to]).collect();
    Some(List { head: &text[..starts[0]], blocks, tail: &text[end..] })
}

fn ruled(text: &str) -> Option<List<'_>> {
    let mut parts = Vec::new();
    let mut from = 0;
    for fit in RULE.all(text).take(ITEMS_MAX) {
        let rule = fit.get(0)?;
        parts.push(&text[from..rule.start()]);
        from = rule.end();
    }
    parts.push(&text[from..]);
    parts.retain(|part| !part.trim().is_empty());
    let somebody = |part: &&str| part.chars().filter(char::is_ascii_digit).count() >= 10;
    let first = parts.iter().position(somebody)?;
    let count = parts.iter().filter(|part| somebody(part)).count();
    if count < 2 || parts.len() > count + 2 {
        return None;
    }
    let blocks: Vec<&str> =
        parts.iter().skip(first).copied().filter(|part| somebody(part)).collect();
    let head = if first == 0 { "" } else { parts[0] };
    let tail = parts.last().copied().filter(|part| !somebody(part)).unwrap_or_default();
    Some(List { head, blocks, tail })
}

fn near_start(text: &str) -> &str {
    super::super::build::shorten(text.trim(), COMMON_BYTES).0
}
