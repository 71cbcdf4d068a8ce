//! Several letters in one message: one notice for each household that has a document of its own.

use super::super::Context;
use super::super::prose;
use super::super::prose::Letter;
use super::Material;
use super::key::Key;
use super::list::leave;
use super::record::Record;
use crate::domain::finding::Finding;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeSender;
use crate::domain::notice::NoticeType;

/// Documents that are looked at.
const DOCUMENTS_MAX: usize = 200;

/// The letters of a message by household.
#[derive(Default)]
pub(super) struct Letters {
    /// A notice for each household; fewer than two: the message is one.
    pub(super) notices: Vec<Notice>,
    /// The documents that are none of theirs.
    pub(super) shared: Vec<usize>,
}

/// One notice for each household that has a document of its own.
pub(super) fn documents(
    material: &Material<'_>,
    forms: &[(String, Record)],
    left: &mut Vec<Finding>,
    context: &Context<'_>,
) -> Letters {
    let letter = &material.letter;
    let mut letters = Letters::default();
    if letter.documents.len() < 2 {
        return letters;
    }
    let mut groups: Vec<Group> = Vec::new();
    for (at, document) in letter.documents.iter().enumerate().take(DOCUMENTS_MAX) {
        let alone =
            Letter { subject: "", text: "", documents: std::slice::from_ref(document), ..*letter };
        let form = form_of(material, forms, at);
        let notice = super::one(&alone, form, context);
        let key = Key::of(&notice);
        match groups.iter_mut().find(|group| group.key.fits(&key)) {
            _ if key.is_empty() || notice.kind == NoticeType::Unknown => letters.shared.push(at),
            Some(group) => {
                group.documents.push(at);
                group.key.add(key);
            }
            None => groups.push(Group { key, documents: vec![at] }),
        }
    }
    if groups.len() < 2 {
        return letters;
    }
    if letter.documents.len() > DOCUMENTS_MAX || groups.len() > context.limits.notices {
        leave(left, "attachments", "tooMany", "attachments");
    }
    // Who sends them is said once, in the mail.
    let mail = Letter { documents: &[], ..*letter };
    let mut whole: Option<Notice> = None;
    let groups = groups.into_iter().take(context.limits.notices);
    letters.notices = groups
        .map(|group| {
            let base = of_group(&group, material, forms, context);
            let kind = Some(base.kind).filter(|kind| *kind != NoticeType::Unknown);
            let whole = whole.get_or_insert_with(|| prose::read_as(&mail, kind, context));
            sender_of(base, whole)
        })
        .collect();
    letters
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
    let base = prose::read(&Letter { text: "", documents: &own, ..*letter }, context);
    match group.documents.iter().find_map(|at| form_of(material, forms, *at)) {
        Some(form) => {
            let kind = form.kind.as_ref().map_or(base.kind, |kind| kind.0);
            super::with_form(base, &form, kind, context)
        }
        None => base,
    }
}

/// The form that a document is.
pub(super) fn form_of(
    material: &Material<'_>,
    forms: &[(String, Record)],
    at: usize,
) -> Option<Record> {
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
    let own = forms.iter().filter(|(known, _)| known == source).filter(fits);
    own.max_by_key(|(_, record)| record.values().count()).map(|(_, record)| record.clone())
}

/// The notice of the documents with the sender that the mail tells, where it tells more.
fn sender_of(mut base: Notice, whole: &Notice) -> Notice {
    let better =
        |notice: &Notice| notice.evidence.get("/sender/name").map_or(0.0, |it| it.confidence);
    if better(whole) > better(&base) {
        let own = base.sender.take().unwrap_or_default();
        base.sender.clone_from(&whole.sender);
        // What only the document tells stands.
        let kept = base.sender.as_mut().map_or_else(Vec::new, |sender| complete(sender, own));
        base.evidence.retain(|path, _| {
            !path.starts_with("/sender/") || kept.iter().any(|kept| path.ends_with(kept))
        });
        let sender = whole.evidence.iter().filter(|(path, _)| path.starts_with("/sender/"));
        base.evidence.extend(sender.map(|(path, it)| (path.clone(), it.clone())));
    }
    base
}

/// Puts a document's number and reference of the sender where the mail tells none; which were put.
fn complete(sender: &mut NoticeSender, own: NoticeSender) -> Vec<&'static str> {
    let mut kept = Vec::new();
    if sender.organisation_number.is_none() && own.organisation_number.is_some() {
        sender.organisation_number = own.organisation_number;
        kept.push("/organisationNumber");
    }
    if own.reference.is_some() {
        sender.reference = own.reference;
        kept.push("/reference");
    }
    kept
}

struct Group {
    key: Key,
    documents: Vec<usize>,
}
