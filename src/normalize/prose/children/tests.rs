//! What letters say of children, in the words of many senders.

use super::children;
use crate::domain::notice::Known;
use crate::normalize::prose::seen::Sheet;

#[test]
fn yes_no_and_nobody_knows_are_told_apart() {
    for (text, known, count, years) in [
        ("Det finns barn i hushållet.", Some(Known::Yes), None, vec![]),
        (
            "Två minderåriga barn bor där (födda 2016 och 2019).",
            Some(Known::Yes),
            Some(2),
            vec![2016, 2019],
        ),
        (
            "Enligt folkbokföringen är barn skrivna på adressen: ja (1).",
            Some(Known::Yes),
            Some(1),
            vec![],
        ),
        ("Inga barn bor i lägenheten", Some(Known::No), None, vec![]),
        ("Barn: okänt", Some(Known::Unknown), None, vec![]),
        ("Vi vet inte om det bor barn där", Some(Known::Unknown), None, vec![]),
        ("Hyran är inte betald.", None, None, vec![]),
        ("Det finns såvitt vi vet inga barn, min son har frågat.", Some(Known::No), None, vec![]),
        ("Antal barn: 0", Some(Known::No), None, vec![]),
        ("Antal barn\n2\nHund\n1", Some(Known::Yes), Some(2), vec![]),
        ("Barn i hushållet?\nNej\n", Some(Known::No), None, vec![]),
        ("Finns det barn?\nJa, två.\n", Some(Known::Yes), Some(2), vec![]),
        ("Finns barn i hushållet?\n  Ja      Nej      Uppgift saknas\n", None, None, vec![]),
        ("Hemmavarande barn: 2 (f. 2014, 2019)", Some(Known::Yes), Some(2), vec![2014, 2019]),
        ("Barn: nej men hon är gravid", Some(Known::No), None, vec![]),
        ("Vi har inga uppgifter om barn.", Some(Known::Unknown), None, vec![]),
        ("Det kan inte antas att barn berörs.", Some(Known::No), None, vec![]),
        ("Det kan antas att barn berörs.", Some(Known::Yes), None, vec![]),
        ("Hon har två döttrar, födda -16 och -19.", Some(Known::Yes), Some(2), vec![2016, 2019]),
        ("There are two kids in the flat.", Some(Known::Yes), Some(2), vec![]),
        ("There are no children in the apartment.", Some(Known::No), None, vec![]),
        ("Om det finns barn i hushållet ska socialnämnden underrättas.", None, None, vec![]),
        ("Hon har inte längre barn i hushållet.", Some(Known::No), None, vec![]),
        ("Hennes son är vuxen.", None, None, vec![]),
        ("Barnen är utflyttade sedan länge.", None, None, vec![]),
        ("En son till hyresvärden ringde.", None, None, vec![]),
        ("Två barn bor i grannlägenheten.", None, None, vec![]),
        ("Han bor ensam, barnen bor hos mamman.", None, None, vec![]),
        ("Vi såg barn på gården.", None, None, vec![]),
        ("I hushållet finns en nyfödd.", Some(Known::Yes), Some(1), vec![]),
        ("Hans flicka (f. 2019) var i lägenheten.", Some(Known::Yes), Some(1), vec![2019]),
        (
            "Där bor även barnen Lill, född 2016, och Pelle, född 2019.",
            Some(Known::Yes),
            Some(2),
            vec![2016, 2019],
        ),
        ("BARN FOLKBOKFÖRDA: 0. KAN VISTAS VARANNAN VECKA: 1", Some(Known::Yes), Some(1), vec![]),
        ("De två barnen gråter på nätterna.", Some(Known::Yes), Some(2), vec![]),
    ] {
        let sheet = Sheet::body(text);
        let told = children(&[sheet]).map(|seen| seen.value);
        assert_eq!(told.as_ref().map(|told| told.known), known, "{text}");
        assert_eq!(told.as_ref().and_then(|told| told.count), count, "{text}");
        assert_eq!(told.map(|told| told.birth_years).unwrap_or_default(), years, "{text}");
    }
}
