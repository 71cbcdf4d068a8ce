//! The words for what is told in tables and forms, folded, and the fields that they name.

use super::vocabulary::BALANCE;
use super::vocabulary::BIRTH_YEARS;
use super::vocabulary::CHARGED;
use super::vocabulary::CHILDREN;
use super::vocabulary::CLOCK;
use super::vocabulary::IGNORED;
use super::vocabulary::PAID;
use super::vocabulary::REMARK;
use super::vocabulary::STATUS;

/// Folded words, parted by spaces, and what they name.
pub(super) const WORDS: &[(&str, &str)] = &[
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
        "avflyttning avflyttasenast avflyttningsdatum avflyttningsdag avflyttningsenast moveoutby moveout moveoutdate vacateby utflyttning skaflyttasenast flyttasenast avtaletupphor kontraktslut",
        "moveOutBy",
    ),
    (
        "rattelsesenast rattelse rattasenast rattelsesenastden rattelseskaskesenast rattelseskaskesenastden rattelseskaske rattelseinnan rattelsefore skarattassenast skavararattatsenast rattassenast senastrattat sistadagforrattelse senastedagforrattelse rectifyby rectificationdate remedyby rattelsefrist",
        "rectifyBy",
    ),
    (
        "franskoppling frankoppling franskopplas frankopplas avstangning avstangningsdatum avstangningsdag stangsavden bryts disconnection brytdatum brytdag brytning brytsden brytstidigast bortkoppling bortkopplingsdatum bortkopplingsdag bortkopplingtidigast bortkopplas kopplasbort kopplasborttidigast kopplasbortden koppasborttidigast franskopplingtidigast frankopplingtidigast tidigastfrankoppling tidigastfranskoppling tidigastbortkoppling avstangningtidigast stangsavtidigast elenstangsav stromavstangning franskopplingsdag franskopplingsdatum frankopplingsdatum frankopplingsdag tidigastbrytning kopplasfran kopplasfrantidigast earliestdisconnection cutoffdate disconnectafter disconnectionafter disconnectiondate tidigastavstangning",
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
        "persnr persorgnr persnrorgnr pnrorgnr orgpersnr personnummerorgnr personid socialsecuritynumber socialsecurityno ssn nationalid personalid personalno personalnumber personalidentitynumber identitynumber idnr idnummer idnumber civicnumber fodelsenummer persnummer pnummer personorgnr identitet pers persorg pnrorg orgpnr fodelsenr fodnr foddnr personnrorgnr persorgnummer personnummerorgnummer persnrorg kundpnr kundpersonnr",
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
        "bostadsadress objektadress objektsadress anlaggningsadress lagenhetsadress lagenhetensadress bostadensadress hyresgastensadress hyresobjektadress street streetaddress address gata gatuadr adr belagenhet utdelningsadress adressobjekt fastighetsadress propertyaddress tenantaddress hyresgastadress adresslgh adresslagenhet installationsadress forbrukningsadress utdeladress dwelling homeaddress bostad anladr anladress hemadress folkbokforingsadress boadress lghadress lghadr hyresadress leveransadress uttagsadress matadress natadress uttagspunktsadress boendeadress bostadsadr objektadr hyresgastensbostad addressofdwelling rentaladdress premises rentalunit homeaddr",
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
        "objektort objektsort stad city town posttown postadress postnrort postnrochort postnummerort postnummerochort zipcity post postochort postnrochpostort postcodecity zipandcity anlaggningsort postadr",
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
        "attbetala skabetala skaerlaggas attbetalanu summaattatervinna beloppattatervinna attbetalaforattatervinna attbetalaforatervinning beloppforatervinning beloppattbetalaforatervinning attbetalaforattfabokvar beloppattbetalaforattfabokvar skabetalasforatervinning atervinningsbelopp hyresskuld hyresskulden skuldbelopp summaskuld skuldsumma skuldtotalt totalt total totaltbelopp totalbelopp totaltattbetala summaattbetala summa fordran fordringsbelopp kapitalskuld kapital totalfordran arrears arrearsamount debt amount amountdue amounttorecover totaldue totalarrears outstanding outstandingamount obetalt obetaldhyra obetaldaavgifter obetaldavgift forfalletbelopp avgiftsskuld hyresfordran utestaende skuldenuppgartill forfallenskuld kvarstaendeskuld sumowed elskuld skuldinklavgifter",
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
        "barnjn barnjanej barnihushallet barnilagenheten barnibostaden minderarigabarn children haschildren barnfinns finnsbarn hemmaboendebarn barnboripalagenheten barnu18 barnunder18 barnunder18ar minderariga barnifamiljen barnihemmet barnihush barnihushall barnu18ar childrenunder18 minors barnforekommer",
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
        "anmaltav ranta oldestdue dagarforsenad antaldagar dagar dayslate upplagd skapadav handlaggarevard omrade distrikt land country radnr rad lopnr bilaga rantasats drojsmalsranta vaning hiss yta kvm area hyresvardstelefon postort2 interest antal antalmanader fil",
        IGNORED,
    ),
];

/// Words for a person before the word for what is told of them: `Gäldenär 1 pnr`, `Hyresgästens telefon`.
pub(super) const PERSONS: &[(&str, u32)] = &[
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
pub(super) const OF_PERSONS: &[(&str, &str)] = &[
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

#[cfg(test)]
mod tests {
    use super::OF_PERSONS;
    use super::PERSONS;
    use super::WORDS;
    use crate::domain::labels::folded;

    #[test]
    fn every_word_is_its_own_folded_form() {
        let words = WORDS.iter().flat_map(|(list, _)| list.split(' '));
        let words = words.chain(PERSONS.iter().map(|(word, _)| *word));
        for word in words.chain(OF_PERSONS.iter().map(|(word, _)| *word)) {
            assert_eq!(folded(word), word);
            // Two words in one, as a space that is missing makes them.
            assert!(word.len() <= 30, "{word}");
        }
    }
}
