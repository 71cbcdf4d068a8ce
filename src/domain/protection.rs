//! Protected identity (skyddade personuppgifter): where a notice hints at it, no letter leaves by itself and no address is used (OSL 22 kap. 1 §,
//! folkbokföringslagen 1991:481 16–17 §§). A landlord's notice may itself hold the secret address.

use crate::domain::notice::Notice;

/// Words that tell of it, in small letters: a hint is enough.
const HINTS: [&str; 8] = [
    "skyddad identitet",
    "skyddade person",
    "skyddad adress",
    "skyddad folkbokf",
    "sekretessmark",
    "kvarskriv",
    "fingerade",
    "protected identity",
];

/// Whether the notice says, in a field or in words, that somebody in it is protected.
pub fn is_hinted_at(notice: &Notice) -> bool {
    if notice.persons.iter().any(|person| person.protected_identity == Some(true)) {
        return true;
    }
    let text = notice.text.as_ref().map(|text| text.reveal().to_lowercase()).unwrap_or_default();
    // Lines break where they will.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    HINTS.iter().any(|hint| text.contains(hint))
}

#[cfg(test)]
mod tests {
    use super::is_hinted_at;
    use crate::domain::masked::Masked;
    use crate::domain::notice::Notice;
    use crate::domain::notice::NoticeType;
    use crate::domain::notice::Person;

    #[test]
    fn a_field_or_a_word_is_enough() {
        let mut told = Notice::of(NoticeType::EvictionScheduled);
        told.persons.push(Person { protected_identity: Some(true), ..Person::default() });
        assert!(is_hinted_at(&told));
        for (text, expected) in [
            ("Hyresgästen har skyddad\r\n identitet.", true),
            ("Obs! SEKRETESSMARKERING", true),
            ("Kvarskrivning gäller", true),
            ("Hyran är obetald", false),
        ] {
            let mut notice = Notice::of(NoticeType::EvictionScheduled);
            notice.text = Some(Masked::new(text));
            assert_eq!(is_hinted_at(&notice), expected, "{text}");
        }
    }
}
