//! Tests of what kind a text is told as.

use super::wording_tests::told;
use crate::domain::notice::NoticeType;
use crate::normalize::prose::seen::Sheet;

#[test]
fn the_wording_tells_the_kind() {
    for (text, expected) in [
        ("Meddelande till socialnämnden enligt 12 kap. 44 § jordabalken", NoticeType::RentArrears),
        ("hyresgästen har inte betalt hyran för september", NoticeType::RentArrears),
        (
            "Medlemmens årsavgift är obetald, 7 kap. 23 § bostadsrättslagen",
            NoticeType::TenantOwnedArrears,
        ),
        (
            "Underrättelse om störningar i boendet (12 kap. 25 a § jordabalken)",
            NoticeType::RentDisturbance,
        ),
        (
            "Kopia av uppsägning på grund av särskilt allvarliga störningar",
            NoticeType::RentTerminationCopy,
        ),
        (
            "Underrättelse om tid för avhysning. Avhysningen äger rum den 24 november",
            NoticeType::EvictionScheduled,
        ),
        ("Ansökan om avhysning har kommit in till Kronofogden", NoticeType::EvictionApplication),
        (
            "Avhysningen den 24 november är inställd. Sökanden har återkallat ansökan.",
            NoticeType::EvictionChanged,
        ),
        ("Avhysningen verkställdes den 24 november 2026 kl. 09.20.", NoticeType::EvictionExecuted),
        (
            "Underrättelse om tid för avlägsnande. Tid för förrättning den 3 december",
            NoticeType::RemovalScheduled,
        ),
        ("Lägenheten hyrs ut i andra hand utan lov", NoticeType::UnlawfulSublet),
        ("Elskuld: elen stängs av den 3 november", NoticeType::ElectricityDebt),
    ] {
        let sheet = Sheet::body(text);
        let told = told(&[sheet]).kind.map(|seen| seen.value);
        assert_eq!(told, Some(expected), "{text}");
    }
    let sheet = Sheet::body("Hej! När öppnar ni?");
    assert!(told(&[sheet]).kind.is_none());
}

#[test]
fn long_texts_are_read_in_time() {
    for piece in [
        "hyran är inte betald och avhysning om ",
        "aaaaaaaaaaaaaaaa",
        "hyra hyra hyra ",
        "om ",
        "uppsagning avhysing ",
        "den den den skrev ",
        "12 kap. ",
        "\n",
        "Från: a\n",
        "Brf Provet ",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        let _told = told(&[Sheet::body(&text)]);
        let pieces = crate::normalize::prose::words::own_words::pieces(&text, "VB: x");
        let from = crate::normalize::prose::senders::From::default();
        let sheets = [Sheet::body(&pieces.own)];
        let _told = crate::normalize::prose::senders::sender(&sheets, &sheets[0], from);
        let _told = crate::normalize::prose::foreign::is_foreign("", &text);
    }
}
