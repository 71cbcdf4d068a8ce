//! What is said once of all households of a message, in a sentence that says so: `Alla uppsagda 2026-11-17`, `Samtliga adresser 352 47 Provsjö`.

use super::super::Context;
use super::super::prose;
use super::super::prose::Letter;
use super::super::prose::pattern::pattern;
use super::record::Place;
use super::record::evidence;
use crate::domain::masked::Masked;
use crate::domain::notice::Children;
use crate::domain::notice::Known;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::notice::Payment;

pattern!(
    OF_ALL,
    r"(?i)\b(?:(?:något|någon) av (?:dem|hushållen|lägenheterna|hemmen)|alla|samtliga|båda|bägge|all(?: three| of them)?|both|each of them|genomgående)\b"
);
pattern!(TERMINATED, r"(?i)\b(?:uppsag\w*|sagts? upp|sades upp|uppsäg\w*|terminat\w*)");
pattern!(NO_CHILDREN, r"(?i)\b(?:inga|utan) (?:kända |hemmavarande )?barn\b|\bbarnlösa\b");
pattern!(SERVED, r"(?i)\b(?:delgiv\w*|delgav\w*|served)\b");
pattern!(TOWN, r"\b(?:SE-?)?(\d{3} ?\d{2}) +(\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)?)");
pattern!(
    IN_TOWN,
    r"(?i:adress\w*|lägenhet\w*|bostäder\w*|objekt\w*|bor|ligger|flats|addresses)\b[^.\n]{0,40}\b(?:i|in) (\p{Lu}[\p{Ll}-]+(?: \p{Lu}[\p{Ll}-]+)?)"
);

/// So much is looked through.
const BYTES: usize = 50_000;

/// Gives each notice what the text says of all of them.
pub(super) fn fill(notices: &mut [Notice], text: &str, context: &Context<'_>) {
    if notices.len() < 2 {
        return;
    }
    let (text, _) = super::super::build::shorten(text, BYTES);
    for sentence in text.split(['\n', '!']).flat_map(|line| line.split(". ")) {
        if sentence.len() > 300 || !OF_ALL.is_in(sentence) {
            continue;
        }
        days(notices, sentence, context);
        debts(notices, sentence, context);
        towns(notices, sentence);
        children(notices, sentence);
    }
}

fn days(notices: &mut [Notice], sentence: &str, context: &Context<'_>) {
    if !TERMINATED.is_in(sentence) && !SERVED.is_in(sentence) {
        return;
    }
    let letter = Letter { text: sentence, ..Letter::default() };
    let read = prose::read_as(&letter, Some(NoticeType::RentArrears), context);
    let (Some(day), Some(told)) = (read.terminated_on, read.evidence.get("/terminatedOn")) else {
        return;
    };
    for notice in notices.iter_mut().filter(|notice| notice.terminated_on.is_none()) {
        notice.terminated_on = Some(day);
        notice.evidence.insert("/terminatedOn".to_owned(), told.clone());
    }
}

/// `Hyran förföll 30 oktober för alla`, `Bankgiro för alla tre: 501-2349`.
fn debts(notices: &mut [Notice], sentence: &str, context: &Context<'_>) {
    let lower = sentence.to_lowercase();
    let words = ["förföll", "förfall", "bankgiro", "bg ", "plusgiro", "pg ", "due"];
    if !words.iter().any(|word| lower.contains(word)) {
        return;
    }
    let on = context.local_time.day_of(context.received_at);
    let from = Place { source: "body".to_owned(), quote: sentence.trim().to_owned() };
    let due = match super::owed::days(sentence, on).as_slice() {
        [day] if lower.contains("förf") || lower.contains("due") => Some(*day),
        _ => None,
    };
    let account = super::cells::account(sentence, None);
    for notice in notices {
        let Some(arrears) = notice.arrears.as_mut() else { continue };
        if let (Some(day), [month]) = (due, arrears.periods.as_mut_slice())
            && month.due_on.is_none()
        {
            month.due_on = Some(day);
            notice.evidence.insert("/arrears/periods/0/dueOn".to_owned(), evidence(&from, 0.95));
        }
        let Some((giro, number)) = account.as_ref().filter(|_| {
            arrears.payment.as_ref().is_none_or(|it| it.bankgiro.is_none() && it.plusgiro.is_none())
        }) else {
            continue;
        };
        let payment = arrears.payment.get_or_insert_with(Payment::default);
        let (place, path) = match giro {
            super::cells::Giro::Bank => (&mut payment.bankgiro, "/arrears/payment/bankgiro"),
            super::cells::Giro::Plus => (&mut payment.plusgiro, "/arrears/payment/plusgiro"),
        };
        *place = Some(number.clone());
        notice.evidence.insert(path.to_owned(), evidence(&from, 0.95));
    }
}

/// `Alla bor ensamma i sina rum, inga barn`
fn children(notices: &mut [Notice], sentence: &str) {
    if !NO_CHILDREN.is_in(sentence) {
        return;
    }
    let from = Place { source: "body".to_owned(), quote: sentence.trim().to_owned() };
    for notice in notices.iter_mut().filter(|notice| notice.children.is_none()) {
        notice.children = Some(Children { known: Known::No, ..Children::default() });
        notice.evidence.insert("/children/known".to_owned(), evidence(&from, 0.93));
    }
}

fn towns(notices: &mut [Notice], sentence: &str) {
    let whole = TOWN.first(sentence).and_then(|fit| {
        Some((Some(fit.get(1)?.as_str().replace(' ', "")), fit.get(2)?.as_str().to_owned()))
    });
    let bare =
        || IN_TOWN.first(sentence).and_then(|fit| Some((None, fit.get(1)?.as_str().to_owned())));
    let Some((code, town)) = whole.or_else(bare) else { return };
    let from = Place { source: "body".to_owned(), quote: sentence.trim().to_owned() };
    for notice in notices {
        let Some(home) = notice.dwelling.as_mut() else { continue };
        if home.street.is_none() || home.city.is_some() || home.postal_code.is_some() {
            continue;
        }
        home.city = Some(Masked::new(&town));
        notice.evidence.insert("/dwelling/city".to_owned(), evidence(&from, 0.93));
        if let Some(code) = &code {
            home.postal_code = Some(Masked::new(code));
            notice.evidence.insert("/dwelling/postalCode".to_owned(), evidence(&from, 0.93));
        }
    }
}
