//! Who writes is no household of a list: a signature with an address below the letter, or a contact's name without a greeting before it.

use super::super::prose::Letter;
use crate::domain::notice::Notice;
use std::collections::BTreeSet;

/// So many lines below a name its firm stands: an office may stand between.
const SIGNATURE: usize = 2;

/// Takes out the notices that are about nobody but the sender, where others are about somebody else.
pub(super) fn take_out(notices: &mut Vec<Notice>, letter: &Letter<'_>) {
    if notices.len() < 2 {
        return;
    }
    let mut senders: Vec<BTreeSet<String>> = letter.from_name.map(words).into_iter().collect();
    for sender in notices.iter().filter_map(|notice| notice.sender.as_ref()) {
        let names = [sender.contact_name.as_ref(), sender.name.as_ref()];
        senders.extend(names.into_iter().flatten().map(|name| words(name.reveal())));
    }
    let is_own = |notice: &Notice| {
        let firm = notice.sender.as_ref().and_then(|sender| sender.name.as_ref());
        let own = |name: &str| {
            let known = words(name);
            let signs = firm.is_some_and(|firm| signs(letter.text, name, firm.reveal()));
            known.len() > 1 && (senders.contains(&known) || signs)
        };
        !notice.persons.is_empty()
            && notice.persons.iter().all(|person| {
                person.identity.is_none()
                    && person.name.as_ref().is_some_and(|name| own(name.reveal()))
            })
    };
    let others = notices.iter().any(|notice| !notice.persons.is_empty() && !is_own(notice));
    if others {
        notices.retain(|notice| !is_own(notice));
    }
}

/// Whether a name stands alone on a line, and the sender's name right below it.
fn signs(text: &str, name: &str, firm: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let begins = |line: &&str| line.to_lowercase().starts_with(&firm.to_lowercase());
    let at = lines.iter().position(|line| line.eq_ignore_ascii_case(name));
    at.is_some_and(|at| lines.iter().skip(at + 1).take(SIGNATURE).any(begins))
}

/// The words of a name, in whatever order it is written.
fn words(name: &str) -> BTreeSet<String> {
    let parts = name.split(|c: char| !c.is_alphanumeric() && c != '-');
    parts.filter(|part| !part.is_empty()).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::signs;

    #[test]
    fn who_stands_above_the_firm_signs() {
        let text = "Listan bifogas.\n\nProva Provsten\n\nHyresadministratör\nProvbo AB, tel\n";
        assert!(signs(text, "Prova Provsten", "Provbo AB"));
        assert!(!signs(text, "Prova Provsten", "Annanbo AB"));
        assert!(!signs(
            "Prova Provsten\nProvgatan 1\nMalmö\nProvbo AB",
            "Prova Provsten",
            "Provbo AB"
        ));
    }
}
