//! Who is read out of letters of many styles, and who is not.

use super::persons;
use crate::domain::notice::Role;
use crate::normalize::prose::identities::identities;
use crate::normalize::prose::seen::Sheet;

/// Name, number and role of each person.
fn read(text: &str) -> Vec<(String, String, Role)> {
    let on = "2026-11-16".parse().unwrap();
    let sheet = Sheet::body(text);
    let found = persons(std::slice::from_ref(&sheet), identities(&sheet, on), (on, &[]));
    let told = found.into_iter().map(|person| {
        let number = person.identity.and_then(|it| it.value.identity.digits12().map(str::to_owned));
        (
            person.name.map_or(String::new(), |name| name.value),
            number.unwrap_or_default(),
            person.role,
        )
    });
    told.collect()
}

fn one(name: &str, number: &str, role: Role) -> (String, String, Role) {
    (name.to_owned(), number.to_owned(), role)
}

#[test]
fn names_stand_with_their_numbers_in_every_order() {
    for (text, name, number) in [
        (
            "Hyresgäst: Testa Testsson, 850101-2390, Exempelgatan 12",
            "Testa Testsson",
            "198501012390",
        ),
        ("Hyresgästen Testa Provberg har inte betalat", "Testa Provberg", ""),
        (
            "Vem gäller det?\nTesta Testsson\nPersonnummer (om du vet)\n850101-2390",
            "Testa Testsson",
            "198501012390",
        ),
        ("Testa Provberg (Exempelgatan 3) lämnade nycklarna i går", "Testa Provberg", ""),
        (
            "Svarande\nTesta von Påhitt\nPersonnummer: 850101-2390",
            "Testa von Påhitt",
            "198501012390",
        ),
        (
            "Hyresgäst 1.......: 850101-2382  TESTSSON, TESTA MARIA",
            "Testa Maria Testsson",
            "198501012382",
        ),
        ("GALDENAR_1=PROVMAN TESTAN\nGALDENAR_1_PNR=7801022398", "Testan Provman", "197801022398"),
        (
            "SÖKANDE\tSVARANDE\nBrf Provet, 769600-0004\tTesta Bo Ek, 19780102-2398",
            "Testa Bo Ek",
            "197801022398",
        ),
        ("hyresgästen heter testa provsson 850101 2382", "Testa Provsson", "198501012382"),
        ("2. Hyresgästens namn och postadress\nRut af Fiktiv\nProvgatan 2", "Rut af Fiktiv", ""),
        ("Vår lejer Åse al-Prov (19900102-2384) har ikke betalt", "Åse al-Prov", "199001022384"),
        (
            "Det gäller Testa Ek, Provgatan 7. Hennes personnummer är 85 01 01 - 2382.",
            "Testa Ek",
            "198501012382",
        ),
        ("Hyresgast: Nina Skannprov 85O1O1-2382", "Nina Skannprov", "198501012382"),
    ] {
        assert_eq!(read(text), vec![one(name, number, Role::Tenant)], "{text}");
    }
}

#[test]
fn several_persons_are_told_apart() {
    let (first, second) = ("198501012382", "199001022384");
    for text in [
        "Makarna Testa och Provo af Ek (850101-2382 resp. 900102-2384)",
        "Svarande: 1) Testa af Ek, 850101-2382, 2) Provo af Ek, 900102-2384",
        "Hyresgäst: af Ek, Testa (850101-2382)\nMedhyresgäst: af Ek, Provo (900102-2384)",
    ] {
        let meant = vec![
            one("Testa af Ek", first, Role::Tenant),
            one("Provo af Ek", second, Role::CoTenant),
        ];
        assert_eq!(read(text), meant, "{text}");
    }
    let family = read("Hyresgäst: Testa Ek, 850101-2382. Dottern Lill Ek, 20160102-2385.");
    let meant =
        vec![one("Testa Ek", first, Role::Tenant), one("Lill Ek", "201601022385", Role::Child)];
    assert_eq!(family, meant);
}

#[test]
fn those_who_write_help_or_own_are_nobody_of_the_household() {
    for text in [
        "Hyresgäst: Testa Ek\nHandläggare: Kim Kontor, 780102-2398\nMvh\nKim Kontor",
        "Hyresvärd: Anders Egenhus (780102-2398), tel 040-00 00 00\nHyresgäst: Testa Ek",
        "Jag heter Kim Ägarsson (780102-2398) och min hyresgäst Testa Ek betalar inte",
        "Vår hyresgäst Testa Ek stör. Grannen Eva Klagosson, 780102-2398, har ringt polisen.",
        "Hyresgäst: Testa Ek. Lägenheten ägs av Privat Ägarsson, 780102-2398, som är hyresvärd.",
        "Tidigare hyresgäst: Gammal Testsson 780102-2398\nHyresgäst: Testa Ek",
        "Stiftelsen Fiktiva Hem har sagt upp hyresgästen Testa Ek. Org.nr 780102-2398",
    ] {
        assert_eq!(read(text), vec![one("Testa Ek", "", Role::Tenant)], "{text}");
    }
}

#[test]
fn a_number_beside_another_is_not_given_for_sure() {
    let on = "2026-11-16".parse().unwrap();
    for text in [
        "Jag, Provo Provberg 900102-2384, hyr ut till Testa Ek på Exempelgatan 12.",
        "Testa Ek har obetald hyra.\n\nProvo Provberg\n900102-2384\nVärdgatan 5",
        "Testa Ek har inte betalat hyran.\nFullmakt för Provo Provberg 900102-2384 bifogas.",
        "Testa Ek har inte betalat hyran. Borgensman Provo Provberg, 900102-2384.",
        "Obetald hyra för Testa Ek. Betalningsmottagare Provo Provberg 900102-2384.",
        "Testa Ek har inte betalat. Utredaren Provo Provberg, 900102-2384, ringer.",
        "Testa Ek har inte betalat. Hennes pappa Provo Provberg, 900102-2384, betalar.",
        "Testa Ek har hotat Provo Provberg, 900102-2384. Hyresgästen stör varje natt.",
        "Avhysning av Testa Ek. Tidigare mål mot Provo Provberg 900102-2384 är avslutat.",
        "Hyresgäst Testa Ek, obetald hyra. Betala till mig, Swish 0701234567, pnr 900102-2384.",
        "Testa Ek har inte betalat hyran.\nSverre Provberg är 900102-2384 i vårt system.",
        "Hyresvärdens namn: Provo Provberg\nHyresvärdens personnummer: 900102-2384\nHyresgäst: Testa Ek",
        "Hyresgäst: Testa Ek\nObetald hyra\nEnskild firma Provo Provberg 900102-2384",
        "Hyresgästen Testa Eks mamma Provo Provberg, 900102-2384, betalar inte längre.",
    ] {
        let sheet = Sheet::body(text);
        let found = persons(std::slice::from_ref(&sheet), identities(&sheet, on), (on, &[]));
        for person in found {
            let sure = person.identity.is_some_and(|seen| seen.confidence > 0.9);
            assert!(!sure, "{text}");
        }
    }
}

#[test]
fn the_only_one_with_a_number_is_the_tenant_for_sure() {
    let on = "2026-11-16".parse().unwrap();
    for text in [
        "Obetald hyra: Testa Ek, 850101-2382, Exempelgatan 12",
        "Testa Ek, 850101-2382, har inte betalat hyran. Hälsningar från Provbo Ab",
        "Testa och Provo Ek (850101-2382 och 900102-2384) har inte betalat hyran.",
        "Hyresgäst: Testa Ek\nAdress: Provgatan 2\nPersonnummer: 850101-2382",
        "Det gäller Testa Ek. Hennes personnummer är 850101-2382.",
    ] {
        let sheet = Sheet::body(text);
        let found = persons(std::slice::from_ref(&sheet), identities(&sheet, on), (on, &[]));
        assert!(!found.is_empty(), "{text}");
        for person in found {
            assert!(person.identity.is_some_and(|seen| seen.confidence >= 0.95), "{text}");
        }
    }
}

#[test]
fn who_helps_a_tenant_is_told_apart() {
    let deputy = read("Svarande: Testa Ek. God man för svaranden: Provo Provberg, 900102-2384.");
    let meant = one("Provo Provberg", "199001022384", Role::Representative);
    assert!(deputy.contains(&meant), "{deputy:?}");
    let sister = read("Hyresgäst: Testa Ek. Hon flyttade till sin syster Provo Provberg.");
    assert_eq!(sister, vec![one("Testa Ek", "", Role::Tenant)]);
    let mother = read("Eleven Lill Ek, 20160102-2385. Hans mamma Testa Ek, 850101-2382, bor där.");
    assert!(mother.contains(&one("Testa Ek", "198501012382", Role::Tenant)), "{mother:?}");
}

#[test]
fn names_in_forms_letters_and_speech() {
    for (text, name, number) in [
        (
            "3. Hyresgäst\n   Förnamn: Fiktorin\n   Efternamn: Exempelvall\n   Personnummer: 850101-2382",
            "Fiktorin Exempelvall",
            "198501012382",
        ),
        (
            "Surname: EXEMPELVALL\nFirst name: FIKTORIN\nPersonal ID: 850101-2382",
            "Fiktorin Exempelvall",
            "198501012382",
        ),
        (
            "1. Vem är du?\nRoll: Hyresvärd\nNamn: Kim Provberg\n\n2. Hyresgäst\nNamn: Testa Ek\nPersonnr: 850101-2382",
            "Testa Ek",
            "198501012382",
        ),
        ("Testsson , Provald Ingemar\n850101-2382", "Provald Ingemar Testsson", "198501012382"),
        (
            "vi har påmint Exempla Fingerdotter två gånger. Personnummer: 850101-2382",
            "Exempla Fingerdotter",
            "198501012382",
        ),
        (
            "One of our members, Mr Edvin Fingerqvist, personnummer 850101-2382, owner of flat 1303, is noisy.",
            "Edvin Fingerqvist",
            "198501012382",
        ),
        (
            "Hyresgästen Prov-Lova Testqvist, f. 850101 (4 sista 2382), stör",
            "Prov-Lova Testqvist",
            "198501012382",
        ),
        ("Det gäller Testa Testssons skuld. Pnr 850101-2382", "Testa Testsson", "198501012382"),
        (
            "Bostadsrättshavarna betalar inte. Bostadsrättshavare Testa Ek, 850101-2382",
            "Testa Ek",
            "198501012382",
        ),
        ("testa provsson\n850101-2382\nexempelgatan 12", "Testa Provsson", "198501012382"),
        (
            "Det gäller en Testa Ek som hyr hos mig. Pers.nr 850101-2382.",
            "Testa Ek",
            "198501012382",
        ),
        (
            "Testa Ek delgavs den 4 november. Hennes personnummer är 850101-2382.",
            "Testa Ek",
            "198501012382",
        ),
    ] {
        assert_eq!(read(text), vec![one(name, number, Role::Tenant)], "{text}");
    }
    let pupil = read("Eleven Provia Ek, 20160102-2385, har varit borta. Mamman heter Ina Ek.");
    assert_eq!(pupil[0].0, "Provia Ek");
    assert!(pupil.contains(&one("Ina Ek", "", Role::Tenant)), "{pupil:?}");
}

#[test]
fn what_is_said_behind_the_last_of_two_is_said_of_both() {
    let on = "2026-11-16".parse().unwrap();
    let text = "Testa Ek, 850101-2382, och Provo Lund, 850101-2390, hyr bostaden Provgatan 7. Hälsar Nils Exempelman";
    let sheet = Sheet::body(text);
    let found = persons(std::slice::from_ref(&sheet), identities(&sheet, on), (on, &[]));
    let sure = found.iter().filter_map(|person| person.identity.as_ref());
    assert!(sure.clone().all(|seen| seen.confidence > 0.9), "both hire the home");
    assert_eq!(sure.count(), 2);
}

#[test]
fn what_is_said_before_the_first_of_two_is_said_of_both() {
    let on = "2026-11-16".parse().unwrap();
    for (text, both) in [
        (
            "Vi har sagt upp Testa Ek, 850101-2382, och Provo Lund, 850101-2390, från lägenheten.",
            true,
        ),
        (
            "Avhysning av Testa Ek, 850101-2382. Provo Lund, 850101-2390. Se bilaga. Hälsar Nils Exempelman",
            false,
        ),
    ] {
        let sheet = Sheet::body(text);
        let found = persons(std::slice::from_ref(&sheet), identities(&sheet, on), (on, &[]));
        let sure = found.iter().filter_map(|person| person.identity.as_ref());
        assert_eq!(sure.clone().count(), 2, "{text}");
        assert_eq!(sure.clone().all(|seen| seen.confidence > 0.9), both, "{text}");
    }
}

#[test]
fn given_names_that_are_words_stand_before_a_family_name() {
    for (text, name) in [
        ("Hyresgäst: Dag Skengren, 850101-2390", "Dag Skengren"),
        ("Hyresgästen Bror Stolpe-Exempel, 850101-2390, har inte betalat.", "Bror Stolpe-Exempel"),
    ] {
        assert_eq!(read(text)[0].0, name, "{text}");
    }
}
