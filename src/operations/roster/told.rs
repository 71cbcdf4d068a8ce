//! What the roster's page says about a change: that it is saved, or what was in the way and what to do.

use crate::operations::chrome::Chrome;
use crate::operations::roster::forms;
use crate::operations::roster::forms::Unclear;
use crate::operations::roster::forms::Wish;
use crate::operations::roster::keep::Kept;
use crate::roster::Roster;
use crate::roster::fault::RosterFault;
use crate::roster::fault::RosterFaults;
use axum::http::StatusCode;

/// Faults in words: those of the whole text by their lines, those of a form by its fields.
pub(super) fn faults(page: &Chrome, kept: &Kept, typed: &Wish) -> Vec<String> {
    let Kept::Faults(RosterFaults(faults)) = kept else { return Vec::new() };
    let line = |fault: &RosterFault| match typed.act.as_str() {
        "text" => by_line(page, fault),
        _ => format!("{}: {}", forms::label(page, &fault.key), trouble(page, fault)),
    };
    faults.iter().map(line).collect()
}

/// What is wrong with the file as it is on disk, by its lines.
pub(super) fn file_faults(
    page: &Chrome,
    checked: Option<&Result<Roster, RosterFaults>>,
) -> Vec<String> {
    let Some(Err(RosterFaults(faults))) = checked else { return Vec::new() };
    faults.iter().map(|fault| by_line(page, fault)).collect()
}

fn by_line(page: &Chrome, fault: &RosterFault) -> String {
    let (word, key) = (page.say("rad", "line"), fault.key.as_str());
    let key = if key.is_empty() { String::new() } else { format!("{key}: ") };
    format!("{word} {}: {key}{}", fault.line, trouble(page, fault))
}

fn trouble(page: &Chrome, fault: &RosterFault) -> String {
    match page.tag() {
        "sv" => fault.trouble.in_swedish(),
        _ => fault.trouble.in_english(),
    }
}

/// What is said above the page, and how the answer is marked.
pub(super) fn told(
    page: &Chrome,
    kept: Option<&Kept>,
    said: Option<&str>,
) -> (StatusCode, Option<(&'static str, String)>) {
    let (status, class, swedish, english) = match kept {
        None => return (StatusCode::OK, said.and_then(|said| after(page, said))),
        Some(Kept::Saved | Kept::Unchanged) => return (StatusCode::OK, after(page, "saved")),
        Some(Kept::NoFile) => (
            StatusCode::CONFLICT,
            "bad",
            "Ingen fil är inställd för jourlistan; inget sparades.",
            "No file is configured for the roster; nothing was saved.",
        ),
        Some(Kept::Stale) => (
            StatusCode::CONFLICT,
            "bad",
            "Jourlistan har ändrats sedan du öppnade sidan; inget sparades. Se den nya nedan och gör om det som behövs.",
            "The roster has changed since you opened the page; nothing was saved. Look at the new one below and do again what is needed.",
        ),
        Some(Kept::Faults(_)) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "bad",
            "Inget sparades. Rätta detta:",
            "Nothing was saved. Mend this:",
        ),
        Some(Kept::NotYours) => (
            StatusCode::FORBIDDEN,
            "bad",
            "Det rör andra nämnders enheter; inget sparades.",
            "It concerns other boards' units; nothing was saved.",
        ),
        Some(Kept::Unclear(Unclear::InUse)) => (
            StatusCode::CONFLICT,
            "bad",
            "Personen har tjänster, byten eller är ersättare; ta bort dem först. Inget sparades.",
            "The person has duties or swaps, or is a deputy; remove those first. Nothing was saved.",
        ),
        Some(Kept::Unclear(Unclear::Unknown)) => (
            StatusCode::BAD_REQUEST,
            "bad",
            "Den posten finns inte; inget sparades.",
            "There is no such entry; nothing was saved.",
        ),
        Some(Kept::Unwritable(_)) => (
            StatusCode::OK,
            "wait",
            "Programmet får inte skriva filen; inget sparades. Kopiera texten nedan till filen.",
            "The program may not write the file; nothing was saved. Copy the text below into the file.",
        ),
        Some(Kept::Failed) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "bad",
            "Filen kunde inte läsas eller skrivas; inget sparades. Försök igen.",
            "The file could not be read or written; nothing was saved. Try again.",
        ),
    };
    (status, Some((class, page.say(swedish, english).to_owned())))
}

fn after(page: &Chrome, said: &str) -> Option<(&'static str, String)> {
    let (swedish, english) = match said {
        "saved" => ("Jourlistan är sparad och gäller nu.", "The roster is saved and in use."),
        "unchanged" => (
            "Jourlistan såg redan ut så; inget ändrades.",
            "The roster was like that already; nothing changed.",
        ),
        _ => return None,
    };
    Some(("good", page.say(swedish, english).to_owned()))
}
