//! What a heading or a label names: the documented headings of our CSV first (`csv_columns`), and here the other words that landlords,
//! collectors, Kronofogden and their systems use for the same, in Swedish and English.
//!
//! Words are folded (see [`folded`]). What begins with `~` is no field of its own: the row makes something of it.

use super::super::csv_columns;
use crate::domain::labels::Labels;
use crate::domain::labels::folded;

/// What was billed in a month.
pub(super) const CHARGED: &str = "~charged";
/// What was paid of it.
pub(super) const PAID: &str = "~paid";
/// What is left to pay.
pub(super) const BALANCE: &str = "~balance";
/// What is owed for the month behind it.
pub(super) const MONTH: &str = "~month:";
/// Words about the row.
pub(super) const REMARK: &str = "~remark";
/// What has become of the matter.
pub(super) const STATUS: &str = "~status";
/// The hour beside a day.
pub(super) const CLOCK: &str = "~clock";
/// Whether there are children, or how many.
pub(super) const CHILDREN: &str = "~children";
/// When they were born.
pub(super) const BIRTH_YEARS: &str = "~birthYears";
/// Known, and no part of a notice.
pub(super) const IGNORED: &str = "ignored";

/// Folded words, parted by spaces, and what they name.
const WORDS: &[(&str, &str)] = &[
    (
        "slag notistyp meddelandetyp noticetype type matter kod orsak grund reason arendeslag avser galler",
        "type",
    ),
    (
        "issued dateofnotice noticedate brevdatum skrivelsedatum datumforbrev skapad utskriftsdatum date",
        "issuedOn",
    ),
    (
        "uppsagningsdatum uppsagningsdag uppsagdatum uppsagtdatum uppsagning uppsagden sagtupp sagdupp terminated terminationdate terminatedon dateoftermination uppsagt uppsagtden avtaletuppsagt",
        "terminatedOn",
    ),
    (
        "delgivning delgivningsdatum delgivningsdag delgivet delgavs delgivenden delgivningden served servedon noticeserved dateserved serveddate hyresgastendelgiven delgivenhg",
        "servedOn",
    ),
    (
        "avflyttning avflyttasenast avflyttningsdatum avflyttningsdag avflyttningsenast avflyttning senast moveoutby moveout moveoutdate vacateby utflyttning skaflyttasenast flyttasenast avtaletupphor kontraktslut",
        "moveOutBy",
    ),
    (
        "rattelsesenast rattelse rattasenast rattelsesenastden rectifyby rectificationdate remedyby rattelsefrist",
        "rectifyBy",
    ),
    (
        "franskoppling frankoppling franskopplas frankopplas avstangning avstangningsdatum avstangningsdag stangsavden bryts disconnection disconnectafter disconnectionafter disconnectiondate tidigastavstangning",
        "disconnectAfter",
    ),
    ("avsandarensnamn fran sender from", "sender.name"),
    (
        "kontakt varkontakt kontaktpersonhososs contact contactperson uthyrare ansvarig",
        "sender.contactName",
    ),
    ("varttelefonnr vartelefon kontakttel contactphone", "sender.phone"),
    (
        "kontraktsnr kontraktsnummer kontraktnr kontrakt avtal avtalsnr avtalsnummer avtalnr hyreskontrakt hyreskontraktsnr arende arendenummer arendeid ref refnr referensnr referensnummer varref varrefnr vartarendenr kundnr kundnummer kundid caseno caseref reference ourreference contract contractno contractnumber aktnr akt dossier inkassoarende inkassonr customerno customernumber",
        "sender.reference",
    ),
    (
        "uppdragsgivare uppdragsgivarensnamn fastighetsagare fastighetsagarensnamn sokande sokandensnamn borgenar fordringsagare landlord landlordname principal kreditor foreningensnamn bostadsrattsforeningensnamn hyresvardensnamn bolag foretag agare hyresvardnamn upplatare foreningsnamn",
        "landlord.name",
    ),
    (
        "uppdragsgivareorgnr uppdragsgivarensorgnr sokandeorgnr sokandensorgnr orgnummer organisationsnr organisationnumber orgno companyno companynumber hyresvardorgnr hyresvardensorgnr foreningensorgnr bolagetsorgnr",
        "landlord.organisationNumber",
    ),
    (
        "galdenar galdenarensnamn svarande svarandensnamn kontraktsinnehavare kontraktshavare kund kundnamn personnamn hyresgastnamn hyresgastensnamn hyresgastsnamn tenant tenantname name debtor debtorname respondent customer customername medlemsnamn medlemmensnamn boende innehavare avtalsinnehavare bostadsrattsinnehavare bostadsrattshavarensnamn abonnent abonnentensnamn hyresgaster hyresgasten bostadsrattshavaren medlemmen fornamnefternamn namnhyresgast fulltnamn fullname forstahandshyresgast gallerperson",
        "persons.0.name",
    ),
    ("efternamnfornamn namnefternamnfornamn", "persons.0.name"),
    ("fornamn tilltalsnamn firstname givenname forename", "persons.0.givenName"),
    ("efternamn lastname surname familyname", "persons.0.familyName"),
    (
        "persnr persorgnr persnrorgnr pnrorgnr orgpersnr personnummerorgnr personid socialsecuritynumber socialsecurityno ssn nationalid personalid personalno personalnumber personalidentitynumber identitynumber idnr idnummer idnumber civicnumber fodelsenummer persnummer pnummer personorgnr identitet pers",
        "persons.0.identity.value",
    ),
    ("fodd fodelsedag dateofbirth born dob birthdate", "persons.0.bornOn"),
    (
        "skyddadidentitet skyddadeuppgifter sekretess sekretessmarkering skyddad skyddadfolkbokforing protectedidentity",
        "persons.0.protectedIdentity",
    ),
    (
        "hyresgasttelefon hyresgastenstelefon hyresgastensmobil tenantphone mobil mobilnr mobiltelefon telhyresgast hyresgasttel",
        "persons.0.phone",
    ),
    ("hyresgastepost hyresgastensepost tenantemail", "persons.0.email"),
    (
        "medhyresgast medhyresgastnamn medhyresgastensnamn medhyresgaster sambo medkontraktsinnehavare medkontraktshavare cotenant secondtenant jointtenant medgaldenar medbostadsrattshavare ovrigahyresgaster",
        "persons.1.name",
    ),
    (
        "medhyresgastpnr medhyresgastpersonnr medhyresgastpersonnummer medhyresgastenspersonnummer pnrmedhyresgast personnummermedhyresgast cotenantid cotenantnationalid cotenantpersonalnumber",
        "persons.1.identity.value",
    ),
    (
        "bostadsadress objektadress objektsadress anlaggningsadress lagenhetsadress lagenhetensadress bostadensadress hyresgastensadress hyresobjektadress street streetaddress address gata gatuadr adr belagenhet utdelningsadress adressobjekt fastighetsadress propertyaddress tenantaddress hyresgastadress adresslgh adresslagenhet installationsadress forbrukningsadress utdeladress dwelling homeaddress",
        "dwelling.street",
    ),
    (
        "nr gatunr gatunummer husnr husnummer no housenumber houseno streetno streetnumber",
        "dwelling.streetNumber",
    ),
    ("careof coadress", "dwelling.careOf"),
    (
        "objektpostnr objektspostnr zip zipcode postcode postalcode postnrobjekt anlaggningspostnr",
        "dwelling.postalCode",
    ),
    (
        "objektort objektsort stad city town posttown postadress postnrort postnrochort postnummerort postnummerochort zipcity anlaggningsort postadr",
        "dwelling.city",
    ),
    (
        "lagenhet lgnr lantmaterinummer lantmaterietnr lantmaterilgh lmnr lmnummer skvlgh skvlghnr lghnrskv lghskv skatteverketsnr apt aptno aptnumber apartment apartmentno apartmentnumber flat flatno lghnummer hyreslagenhet lagenhetsnrskv lghlm lagenhetnr lagenhetnummer",
        "dwelling.apartmentNumber",
    ),
    (
        "objekt objektnr objektnummer objektid objektsid unitid unit unitno hyresobjekt hyresobjektnr objectno objectnumber object objectid lagenhetsid lghid hyresid ehid vartlghnr internnr fastighetsnr",
        "dwelling.objectNumber",
    ),
    ("fastbet fastbeteckning property propertydesignation", "dwelling.propertyDesignation"),
    (
        "storlek lagenhetsstorlek lghstorlek rooms numberofrooms antalrumochkok rumok rok lagenhetensstorlek",
        "dwelling.rooms",
    ),
    ("tenure", "dwelling.tenure"),
    (
        "attbetala skabetala skaerlaggas attbetalanu summaattatervinna beloppattatervinna attbetalaforattatervinna atervinningsbelopp hyresskuld hyresskulden skuldbelopp summaskuld skuldsumma skuldtotalt totalt total totaltbelopp totalbelopp totaltattbetala summaattbetala summa fordran fordringsbelopp kapitalskuld kapital totalfordran arrears arrearsamount debt amount amountdue amounttorecover totaldue totalarrears outstanding outstandingamount obetalt obetaldhyra obetaldaavgifter obetaldavgift forfalletbelopp avgiftsskuld hyresfordran utestaende skuldenuppgartill forfallenskuld kvarstaendeskuld sumowed elskuld skuldinklavgifter",
        "arrears.amountToRecover",
    ),
    (
        "hyra hyraman hyrapermanad hyraperman hyrakrman manhyra avgift avgiftman avgiftpermanad manadshyran rent monthlyrent rentmonth rentpermonth monthlyfee bashyra kallhyra aktuellhyra arsavgiftmanad",
        "arrears.monthlyRent",
    ),
    (
        "period aviperiod hyresmanad avsermanad month hyresperiod manader perioder obetaldamanader obetaldmanad avserperiod skuldperiod hyraavser avserhyra periods months",
        "arrears.periods.0.period",
    ),
    (
        "forfallodatum forfaller forfallen forfall forfalldag forfdag forfdatum forfdat forfoll duedate dueon due",
        "arrears.periods.0.dueOn",
    ),
    ("avibelopp manadsbelopp hyresbelopp", "arrears.periods.0.amount"),
    ("fakturerat debiterat aviserat invoiced billed charged debit debet", CHARGED),
    ("betalt inbetalt inbetalat betalat paid paidamount credit kredit inbetalning", PAID),
    (
        "restbelopp restskuld rest saldo kvar kvarattbetala balance remaining aterstar obetaltbelopp utestaendebelopp restattbetala",
        BALANCE,
    ),
    ("bg bgnr bankgironr bankgironummer bankgirokonto", "arrears.payment.bankgiro"),
    ("pg pgnr plusgironr plusgironummer postgiro plusgirokonto", "arrears.payment.plusgiro"),
    ("ocrnummer ocrreferens betalningsreferens betalref paymentreference", "arrears.payment.ocr"),
    (
        "vadharhant storningar beskrivning handelseforlopp incident incidents description complaint disturbance klagomal storningensart vadsomhant vadhande handelsebeskrivning",
        "incidents.0.description",
    ),
    (
        "handelsedatum datumforstorning storningsdatum incidentdate occurredon datumtidpunkt storningden",
        "incidents.0.occurredOn",
    ),
    (
        "kfmmalnr kfmmal kfmmalnummer kfmnr casenumber enforcementcase enforcementcaseno mal malnrkfm uprotokoll umal umalnr kronofogdensmalnummer kfmarende",
        "enforcement.caseNumber",
    ),
    (
        "ansokningsdag ansokningsdatum ansoktdatum appliedon applicationdate ansokt ansokaninkom",
        "enforcement.appliedOn",
    ),
    (
        "tid tidpunkt avhysningstid avhysningsdag avhysningsdatum forrattningstid forrattning forrattningsdag forrattningsdatum verkstallighetsdag verkstallighet datumochtid datumtid evictiondate evictiontime evictionat scheduled scheduledat scheduledfor avhysningen tidforverkstallighet",
        "enforcement.startsAt",
    ),
    ("klockslag kl klockan hour time", CLOCK),
    ("verkstalldden executed executedat executedon avhystden", "enforcement.executedAt"),
    ("resultat outcome", "enforcement.outcome"),
    ("kronoinspektor forrattningsman officer handlaggarekfm", "enforcement.officer.name"),
    (
        "barnjn barnjanej barnihushallet barnilagenheten barnibostaden minderarigabarn children haschildren barnfinns finnsbarn hemmaboendebarn barnboripalagenheten barnforekommer",
        CHILDREN,
    ),
    ("barnantal numberofchildren childrencount", "children.count"),
    ("barnfodda barnensalder fodelsear", BIRTH_YEARS),
    (
        "kommentar kommentarer anm anmarkning anmarkningar anteckningar notering noteringar ovrigt ovrigaupplysningar ovrigainformation ovriginformation comment comments remark remarks note notes info information handelse event",
        REMARK,
    ),
    ("status lage state arendestatus", STATUS),
    (
        "anmaltav ranta oldestdue dagarforsenad antaldagar dagar dayslate upplagd skapadav handlaggarevard omrade distrikt land country radnr rad lopnr bilaga rantasats dröjsmålsrantadrojsmalsranta vaning hiss yta kvm area hyresvardstelefon postort2 interest antal antalmanader fil",
        IGNORED,
    ),
];

/// Words for a person before the word for what is told of them: `Gäldenär 1 pnr`, `Hyresgästens telefon`.
const PERSONS: &[(&str, u32)] = &[
    ("medhyresgast", 1),
    ("medgaldenar", 1),
    ("cotenant", 1),
    ("andrahyresgast", 1),
    ("hyresgast", 0),
    ("galdenar", 0),
    ("svarande", 0),
    ("bostadsrattshavare", 0),
    ("kontraktsinnehavare", 0),
    ("medlem", 0),
    ("kund", 0),
    ("abonnent", 0),
    ("tenant", 0),
    ("debtor", 0),
    ("respondent", 0),
    ("customer", 0),
    ("person", 0),
    ("hg", 0),
];

/// What is told of a person.
const OF_PERSONS: &[(&str, &str)] = &[
    ("", "name"),
    ("namn", "name"),
    ("name", "name"),
    ("fornamn", "givenName"),
    ("efternamn", "familyName"),
    ("pnr", "identity.value"),
    ("personnr", "identity.value"),
    ("personnummer", "identity.value"),
    ("persnr", "identity.value"),
    ("persorgnr", "identity.value"),
    ("identitynumber", "identity.value"),
    ("id", "identity.value"),
    ("personnummersamordningsnummer", "identity.value"),
    ("fodelsedatum", "bornOn"),
    ("telefon", "phone"),
    ("telefonnummer", "phone"),
    ("tel", "phone"),
    ("mobil", "phone"),
    ("phone", "phone"),
    ("epost", "email"),
    ("email", "email"),
    ("delgiven", "servedOn"),
    ("delgivning", "servedOn"),
    ("roll", "role"),
];

/// What a heading or a label names; `None` where it is none of ours. The partner's own words go first.
pub(super) fn named(heading: &str, labels: Option<&Labels>) -> Option<String> {
    if let Some(field) = labels.and_then(|labels| labels.field(heading)) {
        return Some(field.to_owned());
    }
    let heading = heading.trim().trim_end_matches([':', '*', '=', '?']).trim();
    if heading.chars().count() > 60 {
        return None;
    }
    let whole = folded(heading);
    // Digits alone are nobody's heading, nor is a sentence.
    if whole.is_empty() || whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some(field) = by_word(heading, &whole) {
        return Some(field);
    }
    // `Arrears (SEK)`, `Hyresgäst (namn, pnr)`, `Skuld kr`, `Hyresgäst/medlem`.
    let bare = heading.split(['(', '[']).next().unwrap_or(heading).trim();
    let bare = ["kr", "sek", "kronor"].iter().fold(bare, |text, unit| {
        let short = text.len().saturating_sub(unit.len());
        match text.get(short..) {
            Some(end) if end.eq_ignore_ascii_case(unit) && text[..short].ends_with([' ', ',']) => {
                text[..short].trim_end_matches([' ', ','])
            }
            _ => text,
        }
    });
    let folded_bare = folded(bare);
    if folded_bare != whole && !folded_bare.is_empty() {
        if let Some(field) = by_word(bare, &folded_bare) {
            return Some(field);
        }
    }
    let (first, rest) = bare.split_once('/')?;
    let field = by_word(first.trim(), &folded(first))?;
    (by_word(rest.trim(), &folded(rest)).as_ref() == Some(&field)).then_some(field)
}

/// Whether a heading is one of those that our CSV is described by.
pub(super) fn is_documented(heading: &str) -> bool {
    csv_columns::documented(heading.trim()).is_some()
}

fn by_word(heading: &str, folded: &str) -> Option<String> {
    match csv_columns::documented(heading) {
        Some(csv_columns::Column::Path(path)) => return Some(path),
        Some(csv_columns::Column::Children) => return Some(CHILDREN.to_owned()),
        Some(csv_columns::Column::BirthYears) => return Some(BIRTH_YEARS.to_owned()),
        Some(csv_columns::Column::Unknown | csv_columns::Column::Nameless) | None => {}
    }
    if let Some(field) = word(folded) {
        return Some(field.to_owned());
    }
    of_person(folded)
}

fn word(folded: &str) -> Option<&'static str> {
    let of = |list: &str| list.split(' ').any(|word| word == folded);
    WORDS.iter().find(|(list, _)| of(list)).map(|(_, field)| *field)
}

/// `galdenar1pnr`, `hyresgastenstelefon`, `pnr2`, `fornamn2`, `namn3`.
fn of_person(folded: &str) -> Option<String> {
    for (person, index) in PERSONS {
        let Some(rest) = folded.strip_prefix(person) else { continue };
        let rest = ["ens", "arens", "arnas", "s", "en", "n"]
            .iter()
            .filter_map(|end| rest.strip_prefix(end))
            .find(|rest| is_told(rest))
            .unwrap_or(rest);
        let (number, rest) = match rest.chars().next().and_then(|c| c.to_digit(10)) {
            Some(number) => (number.checked_sub(1), &rest[1..]),
            None => (Some(*index), rest),
        };
        let told = OF_PERSONS.iter().find(|(word, _)| *word == rest);
        if let (Some(number), Some((_, field))) = (number, told) {
            return Some(format!("persons.{number}.{field}"));
        }
    }
    let last = folded.chars().next_back()?.to_digit(10)?.checked_sub(1)?;
    let stem = &folded[..folded.len() - 1];
    let (_, field) = OF_PERSONS.iter().find(|(word, _)| !word.is_empty() && *word == stem)?;
    Some(format!("persons.{last}.{field}"))
}

fn is_told(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    OF_PERSONS.iter().any(|(word, _)| *word == rest)
}

#[cfg(test)]
mod tests {
    use super::named;
    use crate::domain::labels::Labels;

    #[test]
    fn headings_name_what_people_mean_by_them() {
        for (heading, field) in [
            ("Personnr", "persons.0.identity.value"),
            ("GALDENAR_2_PNR", "persons.1.identity.value"),
            ("Hyresgästens telefon", "persons.0.phone"),
            ("Hyresgäst (namn, pnr)", "persons.0.name"),
            ("PNR2", "persons.1.identity.value"),
            ("NAMN2", "persons.1.name"),
            ("Förnamn 2", "persons.1.givenName"),
            ("Medhyresgäst", "persons.1.name"),
            ("Arrears (SEK)", "arrears.amountToRecover"),
            ("Skuld kr", "arrears.amountToRecover"),
            ("Hyra/mån", "arrears.monthlyRent"),
            ("Restbelopp", "~balance"),
            ("Unit ID", "dwelling.objectNumber"),
            ("Postadress", "dwelling.city"),
            ("Tenant's name:", "persons.0.name"),
            ("Förfaller", "arrears.periods.0.dueOn"),
            ("MALNR", "enforcement.caseNumber"),
            ("Barn J/N", "~children"),
        ] {
            assert_eq!(named(heading, None).as_deref(), Some(field), "{heading}");
        }
        for heading in ["", "12", "2026-10-12", "Testa Testsson", "Hund", "Malmö", "Hej!"] {
            assert_eq!(named(heading, None), None, "{heading}");
        }
    }

    #[test]
    fn a_partners_own_words_go_first() {
        let labels = Labels::new([("Skuld".to_owned(), "arrears.monthlyRent".to_owned())]).unwrap();
        assert_eq!(named("SKULD:", Some(&labels)).as_deref(), Some("arrears.monthlyRent"));
        assert_eq!(named("Hyra", Some(&labels)).as_deref(), Some("arrears.monthlyRent"));
    }
}
