//! A list of households in the text itself: numbered items, or blocks between rules, each a notice of its own.

use super::super::Context;
use super::super::prose;
use super::super::prose::Letter;
use super::super::prose::pattern::pattern;
use super::super::remarks;
use super::Material;
use super::key::Key;
use super::list::leave;
use crate::domain::finding::Finding;
use crate::domain::finding::Severity;
use crate::domain::notice::Arrears;
use crate::domain::notice::Evidence;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::notice::Payment;

pattern!(
    ITEM,
    r"(?m)^[ \t]*(?:(\d{1,3})[.):]|(?i:ärende|hyresgäst|objekt|nr|lgh)\s+(\d{1,3})\s*[:.)-])[ \t]+\S"
);
pattern!(RULE, r"(?m)^[ \t]*(?:-{3,}|={3,}|\*{3,}|_{3,}|~{3,})[ \t]*$");
pattern!(
    GREETING,
    r"(?mi)^[ \t]*(?:med (?:vänlig|vänliga|bästa|varm|varma|venlig|venlige|kind|best)|vänliga? hälsning|bästa hälsning|hälsningar|hälsning|mvh|m\.v\.h|vänligen,?$|vh,?$|hilsen|kind regards|best regards|regards|sincerely|yours)"
);

/// Items of a list that are looked at.
const ITEMS_MAX: usize = 300;
/// So much of what is said before and behind the items goes with each.
const COMMON_BYTES: usize = 4000;

/// One notice for each item of a list in the text, or block between rules, that names somebody and a home of its own.
pub(super) fn blocks(
    material: &Material<'_>,
    own: &str,
    left: &mut Vec<Finding>,
    context: &Context<'_>,
) -> Vec<Notice> {
    if material.letter.text.len() > 100_000 {
        return Vec::new();
    }
    let Some(list) = items(own).or_else(|| ruled(own)) else { return Vec::new() };
    let mut told: Vec<Key> = Vec::new();
    for block in &list.blocks {
        let letter = Letter { text: block, ..Letter::default() };
        let key = Key::of(&prose::read_as(&letter, Some(NoticeType::RentArrears), context));
        if key.is_empty() || !key.has_home() || told.iter().any(|known| known.fits(&key)) {
            return Vec::new();
        }
        told.push(key);
    }
    if list.cut {
        leave(left, "message", "tooMany", "text");
    }
    let (_, signature) = prose::own(material.letter.text, material.letter.subject);
    let signed =
        |text: &str| format!("{text}\n\nMed vänliga hälsningar\n{}", near_start(&signature));
    let head = near_start(list.head);
    let mut behind: Option<Notice> = None;
    let blocks = list.blocks.iter().take(context.limits.notices);
    let notices: Vec<Notice> = blocks
        .map(|block| {
            let text = signed(&format!("{head}\n{block}"));
            let letter = Letter { text: &text, documents: &[], ..material.letter };
            let mut notice = prose::read(&letter, context);
            let behind = behind.get_or_insert_with(|| {
                let text = signed(&format!("{head}\n{}", near_start(list.tail)));
                let letter = Letter { text: &text, documents: &[], ..material.letter };
                prose::read_as(&letter, Some(notice.kind), context)
            });
            for_all(&mut notice, behind);
            if notice.kind == NoticeType::Unknown {
                let fault = remarks::finding(Severity::Error, "type", "notFound", "/type");
                notice.findings.push(fault);
            }
            notice
        })
        .collect();
    let known = notices.iter().any(|notice| notice.kind != NoticeType::Unknown);
    if known { notices } else { Vec::new() }
}

/// Who sends it and where to pay, said once behind the items. Whose the rest is that stands there, nothing tells.
fn for_all(notice: &mut Notice, behind: &Notice) {
    let mut copied: Vec<&str> = Vec::new();
    let lacks = notice.arrears.as_ref().is_none_or(|arrears| arrears.payment.is_none());
    let payment = behind.arrears.as_ref().and_then(|arrears| arrears.payment.clone());
    if let Some(payment) = payment.filter(|_| lacks) {
        let arrears = notice.arrears.get_or_insert_with(Arrears::default);
        arrears.payment = Some(Payment { ocr: None, ..payment });
        copied.extend(["/arrears/payment/bankgiro", "/arrears/payment/plusgiro"]);
    }
    let named =
        |notice: &Notice| notice.sender.as_ref().is_some_and(|sender| sender.name.is_some());
    if !named(notice) && named(behind) {
        notice.sender.clone_from(&behind.sender);
        copied.extend([
            "/sender/name",
            "/sender/contactName",
            "/sender/organisationNumber",
            "/sender/phone",
            "/sender/kind",
        ]);
    }
    for path in copied {
        if let Some(evidence) = behind.evidence.get(path) {
            let confidence = evidence.confidence.min(0.93);
            notice.evidence.insert(path.to_owned(), Evidence { confidence, ..evidence.clone() });
        }
    }
}

/// A list in a text: what stands before, its items, and what stands behind them.
struct List<'a> {
    head: &'a str,
    blocks: Vec<&'a str>,
    tail: &'a str,
    /// There are more items than are looked at.
    cut: bool,
}

fn items(text: &str) -> Option<List<'_>> {
    let mut starts: Vec<usize> = Vec::new();
    let mut next = None;
    for fit in ITEM.all(text) {
        let number = fit.get(1).or_else(|| fit.get(2))?.as_str().parse::<usize>().ok()?;
        if number != starts.len() + 1 {
            continue;
        }
        let start = fit.get(0)?.start();
        if starts.len() == ITEMS_MAX {
            next = Some(start);
            break;
        }
        starts.push(start);
    }
    if starts.len() < 2 {
        return None;
    }
    let last = *starts.last()?;
    let parted = starts
        .windows(2)
        .all(|pair| matches!(pair, [from, to] if text[*from..*to].ends_with("\n\n")));
    let greeting =
        GREETING.first(&text[last..]).and_then(|fit| fit.get(0)).map(|fit| last + fit.start());
    let empty = text[last..].find("\n\n").map(|at| last + at);
    // Behind an empty line after the last item the letter goes on; where such lines part the items, it may still be the item.
    let end = match next {
        Some(next) => next,
        None if parted => greeting.unwrap_or(text.len()),
        None => empty.unwrap_or(text.len()),
    };
    let tail = next.or(empty).unwrap_or(end);
    let ends = starts.iter().skip(1).copied().chain([end]);
    let blocks = starts.iter().zip(ends).map(|(from, to)| &text[*from..to]).collect();
    Some(List { head: &text[..starts[0]], blocks, tail: &text[tail..], cut: next.is_some() })
}

fn ruled(text: &str) -> Option<List<'_>> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut cut = false;
    for (at, fit) in RULE.all(text).enumerate() {
        if at == ITEMS_MAX {
            cut = true;
            break;
        }
        let rule = fit.get(0)?;
        parts.push(&text[from..rule.start()]);
        from = rule.end();
    }
    if !cut {
        parts.push(&text[from..]);
    }
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
    Some(List { head, blocks, tail, cut })
}

fn near_start(text: &str) -> &str {
    super::super::build::shorten(text.trim(), COMMON_BYTES).0
}
