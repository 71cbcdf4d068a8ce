//! A program's message that carries a letter: the letter is read as one, and what the envelope tells of its sender and its case is added.

use super::super::super::Context;
use super::super::super::prose::Letter;
use super::super::Material;
use super::super::Told;
use super::atoms::Atom;
use super::atoms::atoms;
use super::branch::Branch;
use super::gather::party;
use super::shapes;
use crate::domain::masked::Masked;
use jiff::civil::Date;

/// A text of so many words is a letter.
const WORDS: usize = 8;

/// Reads the letter; `None` where there is none, or the values beside it tell of somebody themselves.
pub(super) fn read(root: &Branch, source: &str, context: &Context<'_>) -> Option<Told> {
    let on = context.local_time.day_of(context.received_at);
    let all = root.all();
    let is_letter =
        |it: &&&Branch| shapes::words(&it.value) >= WORDS && !atoms(&it.name).contains(&Atom::Ours);
    let texts: Vec<&str> = all.iter().filter(is_letter).map(|it| it.value.as_str()).collect();
    if texts.is_empty() || all.iter().any(|it| tells(it, on)) {
        return None;
    }
    let text = texts.iter().map(|text| plain(text)).collect::<Vec<_>>().join("\n\n");
    let names_somebody = text
        .split(|c: char| !c.is_ascii_digit() && c != '-')
        .any(|part| shapes::is_identity(part, on) || shapes::is_case(part));
    if !names_somebody {
        return None;
    }
    let subject = all
        .iter()
        .filter(|it| {
            it.is_leaf()
                && shapes::words(&it.value) < WORDS
                && it.value.contains(char::is_alphabetic)
        })
        .find(|it| atoms(&it.name).contains(&Atom::Kind))
        .map_or("", |it| it.value.as_str());
    let letter = Letter { subject, text: &text, ..Letter::default() };
    let mut told = super::super::read(&Material { letter, ..Material::default() }, context);
    let sender = sender(root);
    for notice in &mut told.notices {
        let name = notice.sender.as_ref().and_then(|it| it.name.as_ref());
        let kind = sender.as_deref().and_then(super::super::super::prose::sender_kind);
        if (name.is_none() || kind.is_some())
            && let Some(name) = &sender
        {
            let sender = notice.sender.get_or_insert_default();
            sender.name = Some(Masked::new(name.as_str()));
            sender.kind = kind.unwrap_or(sender.kind);
            notice.evidence.remove("/sender/name");
        }
        super::super::parties::settle(notice);
        for evidence in notice.evidence.values_mut() {
            source.clone_into(&mut evidence.source);
        }
    }
    Some(told)
}

/// Whether a value outside a letter tells of somebody by itself.
fn tells(branch: &Branch, on: Date) -> bool {
    let own = atoms(&branch.name);
    branch.is_leaf()
        && shapes::words(&branch.value) < WORDS
        && (shapes::is_identity(&branch.value, on)
            || (own.contains(&Atom::Street) && shapes::is_street(&branch.value)))
}

/// Who sent the envelope.
fn sender(root: &Branch) -> Option<String> {
    let all = root.all();
    let holder = all.iter().find(|it| party(&atoms(&it.name)) == Some(Atom::Sender))?;
    let named = |it: &&Branch| {
        atoms(&it.name).iter().any(|atom| matches!(atom, Atom::Name | Atom::Kind))
            && !it.value.contains(':')
    };
    let name = if holder.is_leaf() {
        Some(holder.value.as_str())
    } else {
        holder.leaves().find(named).map(|it| it.value.as_str())
    };
    let name = name?.split(',').next()?.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// A text without the marks of its headings and its bold words: `* **mål** U-1` is a line of label and value.
fn plain(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let bare = line.trim_start().trim_start_matches('#').trim_start();
        let item = bare.strip_prefix("* ").or_else(|| bare.strip_prefix("- ")).unwrap_or(bare);
        match item.strip_prefix("**").and_then(|rest| rest.split_once("**")) {
            Some((label, value))
                if !value.trim().is_empty()
                    && label.split(' ').count() <= 3
                    && !label.contains(':') =>
            {
                let value = value.replace("**", "");
                format!("{}: {}", label.trim(), value.trim_start_matches([':', ' ']))
            }
            Some(_) | None => item.replace("**", ""),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}
