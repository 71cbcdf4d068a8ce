//! Who writes is no household of a list: a signature or a letterhead with an address of its own, or a contact's name above the firm.
//!
//! A household must never be lost to this. So nothing is taken out but what stands in such a block alone: a name that a sentence tells of, a home that
//! is named elsewhere, a number or a case keep it; and who writes for himself, as no landlord or office, is kept in any case.

use super::super::prose::Letter;
use crate::domain::notice::Notice;
use crate::domain::notice::SenderKind;

/// So many lines below a name its firm and its address stand: an office may stand between.
const BLOCK: usize = 2;

/// Takes out the notices that are about nobody but the sender, where others are about somebody else.
pub(super) fn take_out(notices: &mut Vec<Notice>, letter: &Letter<'_>) {
    if notices.len() < 2 {
        return;
    }
    let documents = letter.documents.iter().map(|(_, text)| text.as_str());
    let texts: Vec<Vec<String>> =
        std::iter::once(letter.text).chain(documents).map(lines).collect();
    let is_own = |notice: &Notice| is_signature(notice, &texts, letter.from_name);
    let others = notices.iter().any(|notice| !notice.persons.is_empty() && !is_own(notice));
    if others {
        notices.retain(|notice| !is_own(notice));
    }
}

/// Whether all that tells one notice from others stands where the sender signs.
fn is_signature(notice: &Notice, texts: &[Vec<String>], from: Option<&str>) -> bool {
    let Some(sender) = notice.sender.as_ref() else { return false };
    let himself = matches!(sender.kind, SenderKind::Private | SenderKind::Unknown);
    let case = notice.enforcement.as_ref().is_some_and(|it| it.case_number.is_some());
    let [person] = notice.persons.as_slice() else { return false };
    let Some(name) = person.name.as_ref().map(|name| name.reveal().to_lowercase()) else {
        return false;
    };
    if himself || case || person.identity.is_some() || !name.contains(' ') {
        return false;
    }
    let firm = sender.name.as_ref().map(|firm| firm.reveal().to_lowercase());
    let below_is = |wanted: &str| blocks(texts, &name).any(|line| line.starts_with(wanted));
    let signs = firm.is_some_and(|firm| firm != name && below_is(&firm));
    let street = notice.dwelling.as_ref().and_then(|home| home.street.as_ref());
    let street = street.map(|street| street.reveal().to_lowercase());
    let lives = street.as_deref().is_some_and(|street| {
        let all = texts.iter().flatten().filter(|line| line.contains(street)).count();
        all > 0 && all == blocks(texts, &name).filter(|line| line.contains(street)).count()
    });
    let writes = from.is_some_and(|from| from.to_lowercase() == name);
    let alone = texts.iter().flatten().all(|line| !line.contains(&name) || is_name(line, &name));
    alone && (lives && writes || signs && (street.is_none() || lives))
}

/// The lines right below those that are no more than the name.
fn blocks<'a>(texts: &'a [Vec<String>], name: &'a str) -> impl Iterator<Item = &'a String> {
    texts.iter().flat_map(move |lines| {
        let near =
            move |at: usize| (at.saturating_sub(BLOCK)..at).any(|at| is_name(&lines[at], name));
        lines.iter().enumerate().filter(move |(at, _)| near(*at)).map(|(_, line)| line)
    })
}

fn is_name(line: &str, name: &str) -> bool {
    line.trim_end_matches([',', '.', ' ']) == name
}

/// The lines of a text that say something, in small letters.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim().to_lowercase()).filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::Letter;
    use super::take_out;
    use crate::domain::masked::Masked;
    use crate::domain::notice::Dwelling;
    use crate::domain::notice::Notice;
    use crate::domain::notice::NoticeSender;
    use crate::domain::notice::NoticeType;
    use crate::domain::notice::Person;
    use crate::domain::notice::SenderKind;

    const WRITER: &str = "Prova Provsten";

    fn notice(name: &str, street: Option<&str>, kind: SenderKind, firm: &str) -> Notice {
        let street = street.map(Masked::new);
        let name = Some(Masked::new(name.to_owned()));
        let sender =
            NoticeSender { kind, name: Some(Masked::new(firm)), ..NoticeSender::default() };
        Notice {
            persons: vec![Person { name, ..Person::default() }],
            dwelling: Some(Dwelling { street, ..Dwelling::default() }),
            sender: Some(sender),
            ..Notice::of(NoticeType::RentArrears)
        }
    }

    /// How many of two are left: the writer's, and another's.
    fn left(text: &str, street: Option<&str>, kind: SenderKind, firm: &str) -> usize {
        let other = notice("Testa Testsson", Some("Provgatan 9"), kind, firm);
        let mut notices = vec![notice(WRITER, street, kind, firm), other];
        let letter = Letter { text, from_name: Some(WRITER), ..Letter::default() };
        take_out(&mut notices, &letter);
        notices.len()
    }

    #[test]
    fn who_signs_is_no_household() {
        let landlord = SenderKind::Landlord;
        let signed = "Testa Testsson betalar inte.\nProva Provsten\nProvgatan 1, Provstad\n";
        assert_eq!(left(signed, Some("Provgatan 1"), landlord, WRITER), 1);
        let firm = "Listan bifogas.\n\nProva Provsten\n\nHyresadministratör\nProvbo AB, tel\n";
        assert_eq!(left(firm, None, landlord, "Provbo AB"), 1);
    }

    #[test]
    fn who_is_told_of_anywhere_else_stays() {
        let landlord = SenderKind::Landlord;
        for (text, street, kind, firm) in [
            // In a sentence, or by a label.
            (
                "Prova Provsten betalar inte.\nProva Provsten\nProvbo AB",
                None,
                landlord,
                "Provbo AB",
            ),
            ("Hyresgäst: Prova Provsten\nProva Provsten\nProvbo AB", None, landlord, "Provbo AB"),
            // The home is told of elsewhere.
            (
                "Jag vräks från Provgatan 1.\nProva Provsten\nProvgatan 1",
                Some("Provgatan 1"),
                landlord,
                WRITER,
            ),
            // Neither a firm nor an address below.
            ("Testa betalar inte.\nProva Provsten\n", None, landlord, WRITER),
            ("Prova Provsten\nProvgatan 1\nProvstad\nProvbo AB", None, landlord, "Provbo AB"),
            // Who writes for himself.
            (
                "Vi ska ut på fredag.\nProva Provsten\nProvgatan 1",
                Some("Provgatan 1"),
                SenderKind::Private,
                WRITER,
            ),
        ] {
            assert_eq!(left(text, street, kind, firm), 2, "{text}");
        }
    }
}
