//! What is masked, shown to a person who says why. The look is committed to the history before anything is shown, and the page is an answer to
//! a form: it has no address, is kept nowhere, and asking again is another look.

use crate::domain::masked::Masked;
use crate::domain::protection;
use crate::domain::reference::Reference;
use crate::operations::PageError;
use crate::operations::act::back;
use crate::operations::chrome::Chrome;
use crate::operations::fields;
use crate::operations::fields::Field;
use crate::operations::list::Nothing;
use crate::operations::roles::Right;
use crate::operations::visit::Found;
use crate::operations::visit::Visit;
use crate::store::AccountAction;
use crate::store::Action;
use crate::store::NoticeRow;
use crate::store::Protection;
use askama::Template;
use axum::extract::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse as _;
use axum::response::Response;
use serde::Deserialize;
use serde_json::Value;

/// Longer words are cut.
const WORDS_CHARS: usize = 500;

/// Why a person looks: code, Swedish, English.
const REASONS: [(&str, &str, &str); 6] = [
    ("handle", "Handlägga underrättelsen", "To handle the notice"),
    (
        "confirm",
        "Bekräfta för Kronofogden eller den som berörs",
        "To confirm to Kronofogden or the person concerned",
    ),
    (
        "contact",
        "Nå avsändaren eller den som berörs",
        "To reach the sender or the person concerned",
    ),
    ("correct", "Rätta ett fel", "To correct a fault"),
    ("disclosure", "Begäran om utlämnande", "A request for disclosure"),
    ("other", "Annat (skriv vad)", "Something else (write what)"),
];

/// Why, and how.
#[derive(Deserialize)]
pub(super) struct Asking {
    #[serde(default)]
    why: String,
    #[serde(default)]
    words: Masked,
    #[serde(default)]
    how: String,
}

#[derive(Template)]
#[template(path = "unmasked.html", config = "src/operations/templates/askama.toml")]
struct Page {
    page: Chrome,
    reference: String,
    link: String,
    notices: Vec<(String, Vec<Field>)>,
    original: Option<String>,
}

/// The reasons as a form offers them.
pub(super) fn reasons(page: &Chrome) -> Vec<(&'static str, String)> {
    REASONS.iter().map(|(code, sv, en)| (*code, page.say(sv, en).to_owned())).collect()
}

/// Everything that was read of a notice.
pub(super) async fn fields(
    visit: Visit,
    Path(reference): Path<String>,
    Form(asking): Form<Asking>,
) -> Result<Response, PageError> {
    let Some((known, found)) = find(&visit, &reference).await? else {
        return visit.no_such_notice();
    };
    let named: Vec<_> =
        found.notices.iter().filter(|row| row.reference == known.as_str()).collect();
    if named.is_empty() {
        return visit.no_such_notice();
    }
    if is_restricted(&visit, &named).await? {
        return restricted(&visit);
    }
    if !note(&visit, &known, "fields", &asking).await? {
        return Ok(back(&visit, known.as_str(), "whyMissing"));
    }
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let page = visit.page(format!("/ops/notices/{known}"));
    let view = Page {
        link: page.link(&format!("/ops/notices/{known}")),
        reference: known.to_string(),
        notices: named
            .iter()
            .map(|row| (row.reference.clone(), fields::unmasked(&read(&row.notice))))
            .collect(),
        original: None,
        page,
    };
    Chrome::send(StatusCode::OK, &view)
}

/// The message as it came: on a page, or as a file. Only where every notice in it is one the person may see.
pub(super) async fn original(
    visit: Visit,
    Path(reference): Path<String>,
    Form(asking): Form<Asking>,
) -> Result<Response, PageError> {
    let Some((known, found)) = find(&visit, &reference).await?.filter(|(_, found)| found.complete)
    else {
        return visit.no_such_notice();
    };
    let message = &found.message;
    let Some(message_reference) = Reference::parse(&message.reference) else {
        return visit.no_such_notice();
    };
    if is_restricted(&visit, &found.notices.iter().collect::<Vec<_>>()).await? {
        return restricted(&visit);
    }
    if !note(&visit, &message_reference, "original", &asking).await? {
        return Ok(back(&visit, known.as_str(), "whyMissing"));
    }
    let Some(bytes) = visit.desk.store.original(&message.reference).await? else {
        return visit.no_such_notice();
    };
    let text = (asking.how != "download").then(|| readable(&bytes)).flatten();
    let Some(text) = text else { return Ok(file(&message.reference, &message.format, bytes)) };
    let page = visit.page(format!("/ops/notices/{known}"));
    let view = Page {
        link: page.link(&format!("/ops/notices/{known}")),
        reference: message.reference.clone(),
        notices: Vec::new(),
        original: Some(text),
        page,
    };
    Chrome::send(StatusCode::OK, &view)
}

async fn find(visit: &Visit, text: &str) -> Result<Option<(Reference, Found)>, PageError> {
    let Some(known) = Reference::parse(text) else { return Ok(None) };
    Ok(visit.message(&known).await?.map(|found| (known, found)))
}

/// Whether somebody in these notices is protected, as they or the named sources say, and the person may not look at such ones.
pub(super) async fn is_restricted(
    visit: &Visit,
    notices: &[&NoticeRow],
) -> Result<bool, PageError> {
    Ok(!visit.person.may(Right::Protected) && concerns_protected(visit, notices).await?)
}

/// Whether somebody in these notices is protected, as they or the named sources say.
pub(super) async fn concerns_protected(
    visit: &Visit,
    notices: &[&NoticeRow],
) -> Result<bool, PageError> {
    for row in notices {
        let notice = serde_json::from_str(&row.notice);
        if notice.is_ok_and(|notice| protection::is_hinted_at(&notice)) {
            return Ok(true);
        }
        let Some(reference) = Reference::parse(&row.reference) else { continue };
        let asked = visit.desk.store.protection_of(&reference).await?;
        if asked.is_some_and(|asked| asked.answer == Protection::Protected) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What whoever may not look is told.
pub(super) fn restricted(visit: &Visit) -> Result<Response, PageError> {
    let page = visit.page("/ops/");
    let text = page.say(
        "Underrättelsen rör någon med skyddade personuppgifter. Bara den som har behörigheten för det får se uppgifterna.",
        "The notice concerns somebody whose identity is protected. Only those with the right to it may see what it says.",
    );
    let text = text.to_owned();
    Nothing::send(StatusCode::FORBIDDEN, page, text)
}

/// Writes the look into the history; false when no reason was given, and then nothing may be shown.
pub(super) async fn note(
    visit: &Visit,
    reference: &Reference,
    what: &'static str,
    asking: &Asking,
) -> Result<bool, PageError> {
    let Some((why, words)) = told_why(asking) else { return Ok(false) };
    let action = AccountAction::Look { reference: reference.clone(), what, why, words };
    let action = Action::Account { actor: visit.person.actor(), action };
    Ok(visit.desk.store.act(action).await?.is_ok())
}

/// Why somebody looks: the code and their own words; `None` when it was not said.
pub(super) fn told_why(asking: &Asking) -> Option<(String, Masked)> {
    let words: String = asking.words.reveal().trim().chars().take(WORDS_CHARS).collect();
    let known = REASONS.iter().find(|(code, _, _)| *code == asking.why);
    let (why, _, _) = known.filter(|(code, _, _)| *code != "other" || !words.is_empty())?;
    Some(((*why).to_owned(), Masked::new(words)))
}

/// The bytes as text that a page can show; `None` for anything else.
fn readable(bytes: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    };
    let plain = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{80}'..='\u{9f}');
    let text = text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned);
    (!text.starts_with("%PDF") && text.chars().all(plain)).then_some(text)
}

/// A file that no browser opens by itself, under a name of ours: the sender's own may be personal.
fn file(reference: &str, format: &str, bytes: Vec<u8>) -> Response {
    let ending = match format {
        "mail" => "eml",
        "other" => "bin",
        known
            if (1..=4).contains(&known.len())
                && known.chars().all(|c| c.is_ascii_alphanumeric()) =>
        {
            known
        }
        _ => "bin",
    };
    let name = format!("attachment; filename=\"{reference}.{ending}\"");
    let kind = "application/octet-stream".to_owned();
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::file;
    use super::readable;

    #[test]
    fn texts_are_shown_and_everything_else_is_a_file() {
        assert_eq!(readable("Störning\r\n".as_bytes()).as_deref(), Some("Störning\r\n"));
        assert_eq!(readable(b"St\xf6rning").as_deref(), Some("Störning"));
        assert_eq!(readable("\u{feff}a;b".as_bytes()).as_deref(), Some("a;b"));
        assert_eq!(readable(b"%PDF-1.7 text"), None);
        assert_eq!(readable(b"PK\x03\x04"), None);
    }

    #[test]
    fn a_file_bears_the_reference_and_an_ending_of_ours() {
        for (format, ending) in [("mail", "eml"), ("pdf", "pdf"), ("a\"b", "bin"), ("", "bin")] {
            let response = file("AVH-7K4M-2QX6", format, Vec::new());
            let expected = format!("attachment; filename=\"AVH-7K4M-2QX6.{ending}\"");
            let name = response.headers()["content-disposition"].to_str().unwrap();
            assert_eq!(name, expected);
        }
    }
}
