//! The words for what is told in tables and forms, folded, and the fields that they name.

use super::counted::COUNT;
use super::vocabulary::BALANCE;
use super::vocabulary::BIRTH_YEARS;
use super::vocabulary::CHARGED;
use super::vocabulary::CHILDREN;
use super::vocabulary::CLOCK;
use super::vocabulary::FOR_US;
use super::vocabulary::IGNORED;
use super::vocabulary::LETTER;
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
        "handlingensdatum dokumentdatum dokumentetsdatum datumforhandlingen upprattad upprattat upprattadden skapadden skapat genererad genererat utfardad utfardat utfardatden meddelandetsdatum arendedatum dagensdatum dato datumforunderrattelse datumformeddelande issued dateofnotice noticedate brevdatum skrivelsedatum datumforbrev skapad utskriftsdatum date",
        "issuedOn",
    ),
    (
        "sagtsupp sagtsuppden sadesupp sadesuppden dagforuppsagning dagforuppsagningen datumforuppsagning datumforuppsagningen uppsagningensdatum uppsagdagensdatum hyresgastenuppsagd medlemmenuppsagd uppsagningskickad uppsagningsand uppsagningenskickad uppsagningensand uppsagningdaterad uppsagningendaterad uppsagningskedde uppsagningskett noticegiven noticedateoftermination dateofnoticetoquit opsagt opsigelse oppsagt oppsigelse uppsagningsdatum uppsagningsdag uppsagdatum uppsagtdatum uppsagning uppsagden sagtupp sagdupp terminated terminationdate terminatedon dateoftermination uppsagt uppsagtden avtaletuppsagt uppsagn uppsagndag uppsagndat uppsagndatum uppsdatum uppsdag uppsdat uppsagda uppsagdden uppsagddatum",
        "terminatedOn",
    ),
    (
        "dagfordelgivning dagfordelgivningen datumfordelgivning datumfordelgivningen delgivningensdatum delgivningskedde delgavsden hyresgastdelgiven medlemmendelgiven delgivenhyresgast delgivningavuppsagning dateofservice servicedate tenantserved servedontenant forkyndt delgivning delgivningsdatum delgivningsdag delgivet delgavs delgivenden delgivningden served servedon noticeserved dateserved serveddate hyresgastendelgiven delgivenhg",
        "servedOn",
    ),
    (
        "utflyttningsenast utflyttasenast utflyttningsdag utflyttningsdatum flyttdatum avflyttningskaske avflyttningskaskesenast sistaboendedag avtaletsslutdag avtaletupphorden kontraktetupphor kontraktupphor hyresavtaletupphor upphorden avtalslut leaseends tenancyends vacatedate avflyttning avflyttasenast avflyttningsdatum avflyttningsdag avflyttningsenast moveoutby moveout moveoutdate vacateby utflyttning skaflyttasenast flyttasenast avtaletupphor kontraktslut",
        "moveOutBy",
    ),
    (
        "rattelseskallskesenast rattelseskavaragjord rattelsetid tidsfristforrattelse fristforrattelse sistadagrattelse rattelsesenastdag skavararattat skavaraatgardat deadline rattelsesenast rattelse rattasenast rattelsesenastden rattelseskaskesenast rattelseskaskesenastden rattelseskaske rattelseinnan rattelsefore skarattassenast skavararattatsenast rattassenast senastrattat sistadagforrattelse senastedagforrattelse rectifyby rectificationdate remedyby rattelsefrist",
        "rectifyBy",
    ),
    (
        "franskoppling frankoppling franskopplas frankopplas avstangning avstangningsdatum avstangningsdag stangsavden bryts disconnection brytdatum brytdag brytning brytsden brytstidigast bortkoppling bortkopplingsdatum bortkopplingsdag bortkopplingtidigast bortkopplas kopplasbort kopplasborttidigast kopplasbortden koppasborttidigast franskopplingtidigast frankopplingtidigast tidigastfrankoppling tidigastfranskoppling tidigastbortkoppling avstangningtidigast stangsavtidigast elenstangsav stromavstangning franskopplingsdag franskopplingsdatum frankopplingsdatum frankopplingsdag tidigastbrytning kopplasfran kopplasfrantidigast earliestdisconnection cutoffdate disconnectafter disconnectionafter disconnectiondate tidigastavstangning",
        "disconnectAfter",
    ),
    ("avsandarensnamn fran sender from avsnamn", "sender.name"),
    ("avsorgnr avsandarensorgnr avsandareorgnummer", "sender.organisationNumber"),
    (
        "kontakt varkontakt kontaktpersonhososs contact contactperson uthyrare ansvarig",
        "sender.contactName",
    ),
    (
        "varttelefonnr vartelefon kontakttel contactphone avstel avstelefon avsandarestelefon",
        "sender.phone",
    ),
    (
        "kontraktsnr kontraktsnummer kontraktnr kontrakt avtal avtalsnr avtalsnummer avtalnr hyreskontrakt hyreskontraktsnr arende arendenummer arendeid ref refnr referensnr referensnummer varref varrefnr vartarendenr kundnr kundnummer kundid caseno caseref reference ourreference contract contractno contractnumber aktnr akt dossier inkassoarende inkassonr customerno customernumber varbeteckning beteckning varbet vardnr vartdnr vardiarienr vartdiarienummer vartarende vartarendenummer ourref kravarende storningsarende arendebeteckning arenderef",
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
    ("fn fornamn tilltalsnamn firstname givenname forename", "persons.0.givenName"),
    ("en efternamn lastname surname familyname", "persons.0.familyName"),
    (
        "fodelsepersonnr fodelsepersonnummer fodelsenrpersonnr personnummerfodelsedatum personnrfodelsedatum fodelsedatumpersonnr fodelsedatumpersonnummer personnrsamordnnr personnrsamordn persnrsamordnnr personnrsamordningsnr persnr persorgnr persnrorgnr pnrorgnr orgpersnr personnummerorgnr personid socialsecuritynumber socialsecurityno ssn nationalid personalid personalno personalnumber personalidentitynumber identitynumber idnr idnummer idnumber civicnumber fodelsenummer persnummer pnummer personorgnr identitet pers persorg pnrorg orgpnr fodelsenr fodnr foddnr personnrorgnr persorgnummer personnummerorgnummer persnrorg kundpnr kundpersonnr personsamordnnr personnrsamordnnr pnrsamnr personnummersamordningsnummer personsamordningsnummer personsamordningsnr pnrsamordnnr pnrsamordningsnr",
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
        "medhyresgast medhyresgastnamn medhyresgastensnamn medhyresgaster sambo medkontraktsinnehavare medkontraktshavare cotenant secondtenant jointtenant medgaldenar medbostadsrattshavare ovrigahyresgaster medsokande samboende make maka partner samkontraktshavare samhyresgast medinnehavare medavtalshavare medkontrahent andrehyresgast secondtenantname jointtenantname spouse",
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
        "nr gnr gatunr gatunummer husnr husnummer no housenumber houseno streetno streetnumber",
        "dwelling.streetNumber",
    ),
    ("uppg littera husbokstav", LETTER),
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
        "lagenhetsnrfolkbokforing folkbokforingsnummer lghnrfolkbokforing skatteverketslagenhetsnummer skatteverketslghnr lantmaterietsnummer lantmaterietslagenhetsnummer officielltlagenhetsnummer lagenhet lgnr lantmaterinummer lantmaterietnr lantmaterilgh lmnr lmnummer skvlgh skvlghnr lghnrskv lghskv skatteverketsnr apt aptno aptnumber apartment apartmentno apartmentnumber flat flatno lghnummer hyreslagenhet lagenhetsnrskv lghlm lagenhetnr lagenhetnummer",
        "dwelling.apartmentNumber",
    ),
    (
        "hobj unitref unitreference foreningenslagenhetsnummer foreningenslghnr foreningenslagenhetsnr internlagenhetsnr interntlagenhetsnr interntlagenhetsnummer interntlghnr hyresvardenslagenhetsnummer hyresvardenslghnr vartlagenhetsnummer vartlagenhetsnr vartlaghnr objektsbeteckning objektbeteckning hyresobjektsnr hyresobjektsnummer hyresobjektnummer objektskod objekt objektnr objektnummer objektid objektsid unitid unit unitno hyresobjekt hyresobjektnr objectno objectnumber object objectid lagenhetsid lghid hyresid ehid vartlghnr internnr fastighetsnr",
        "dwelling.objectNumber",
    ),
    ("fastbet fastbeteckning property propertydesignation", "dwelling.propertyDesignation"),
    (
        "storlek lagenhetsstorlek lghstorlek rooms numberofrooms antalrumochkok rumok rok lagenhetensstorlek",
        "dwelling.rooms",
    ),
    ("tenure", "dwelling.tenure"),
    (
        "attbetalaforattaterfahyresratten attbetalaforattatervinnahyresratten beloppattatervinnahyresratten skuldinklranta kapitalbelopp hyresskuldtotalt obetaldahyrortotalt sammanlagdskuld sammanlagtbelopp skuldbeloppet aktuellskuld skulduppgartill attbetalatotalt attbetalanutotalt amounttopay amountrequired amountowed balancedue amountoutstanding totalamount restance skyldigtbelopp attbetala skabetala skaerlaggas attbetalanu summaattatervinna beloppattatervinna attbetalaforattatervinna attbetalaforatervinning beloppforatervinning beloppattbetalaforatervinning attbetalaforattfabokvar beloppattbetalaforattfabokvar skabetalasforatervinning atervinningsbelopp hyresskuld hyresskulden skuldbelopp summaskuld skuldsumma skuldtotalt skuldtot skuldikr skuldikronor beloppikr beloppikronor attbetalakr beloppsek totskuld totalskuld totaltskuld totbelopp obetbelopp totalt total totaltbelopp totalbelopp totaltattbetala summaattbetala summa fordran fordringsbelopp kapitalskuld kapital totalfordran arrears arrearsamount debt amount amountdue amounttorecover totaldue totalarrears outstanding outstandingamount obetalt obetaldhyra obetaldaavgifter obetaldavgift forfalletbelopp avgiftsskuld hyresfordran utestaende skuldenuppgartill forfallenskuld kvarstaendeskuld sumowed elskuld skuldinklavgifter",
        "arrears.amountToRecover",
    ),
    (
        "manadshyrakr hyraiman hyraimanaden aktuellmanadshyra gallandehyra manadsavgiften avgiftperman manadsavgiftkr husleje husleie huslejeprmaned grundhyra totalhyra varmhyra hyra hyraman hyrapermanad hyraperman hyrakrman manhyra avgift avgiftman avgiftpermanad manadshyran rent monthlyrent rentmonth rentpermonth monthlyfee bashyra kallhyra aktuellhyra arsavgiftmanad",
        "arrears.monthlyRent",
    ),
    (
        "franmanad frommanad fommanad forstamanad forstaobetaldamanad obetaldhyraavser obetaldavgiftavser obetaltavser skuldenavser skuldavser avserhyran hyrorsomavses avserperioden avserhyraforperiod period aviperiod hyresmanad avsermanad month hyresperiod manader perioder obetaldamanader obetaldmanad obetman obetmanader obetmanad skuldmanader skuldmanad avserperiod skuldperiod hyraavser avserhyra periods months",
        "arrears.periods.0.period",
    ),
    (
        "forfallodagar forfallodat forfallerden forfollden ffdag ffdatum ffdat skullebetalas skullevaritbetald dueby forfallodatum forfaller forfallen forfall forfalldag forfdag forfdatum forfdat forfoll duedate dueon due",
        "arrears.periods.0.dueOn",
    ),
    ("avibelopp manadsbelopp hyresbelopp", "arrears.periods.0.amount"),
    ("fakturerat debiterat aviserat invoiced billed charged debit debet", CHARGED),
    ("betalt inbetalt inbetalat betalat paid paidamount credit kredit inbetalning", PAID),
    (
        "restbelopp restskuld rest saldo kvar kvarattbetala balance remaining aterstar obetaltbelopp utestaendebelopp restattbetala",
        BALANCE,
    ),
    (
        "betalning betalas betalastill betalningtill betalningssatt betalningsinformation betalinfo betalningsuppgifter betalningsuppgift betalningssattattbetala betalningskonto inbetalningtill inbetalningskonto inbetalastill kontoforbetalning paymentto payto payableto paymentdetails paymentinfo konto kontonr giro gironr gironummer",
        "arrears.payment.bankgiro",
    ),
    ("bg bgnr bankgironr bankgironummer bankgirokonto", "arrears.payment.bankgiro"),
    ("pg pgnr plusgironr plusgironummer postgiro plusgirokonto", "arrears.payment.plusgiro"),
    (
        "ocrnummer ocrreferens betalningsreferens betalref paymentreference paymentref ocrnr ocrref betalningsref referensvidbetalning ocrnrvidbetalning fakturanrocr",
        "arrears.payment.ocr",
    ),
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
        "kfmingivet kfmingiven kfmansokt kfmansokan kfmansokningsdatum ingiven ingivet ingivenkfm ingiventillkfm ingivettillkfm ingivendatum ansokaningiven ansokaningivet ansokankfm ansokantillkfm ansokandatum ansokanom ansokansdatum ansokningskickad ansokaninkommen ansokaninkomst inkomtillkfm inkomkfm kfminkom inkommentillkfm ingiventillkronofogden datefiled filedon applicationfiled ansokningsdag ansokningsdatum ansoktdatum appliedon applicationdate ansokt ansokaninkom",
        "enforcement.appliedOn",
    ),
    (
        "tid tidpunkt avhysningstid avhysningsdag avhysningsdatum forrattningstid forrattning forrattningsdag forrattningsdatum verkstallighetsdag verkstallighet datumochtid datumtid evictiondate evictiontime evictionat scheduled scheduledat scheduledfor avhysningen tidforverkstallighet",
        "enforcement.startsAt",
    ),
    ("klockslag kl klockan klocka hour time", CLOCK),
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
    (
        "tillsoc tillsocial tillsocialen tillsocialtjansten tillsocialnamnd tillsocialnamnden skickastillsoc skatillsoc anmalstillsoc anmalstillsocialtjansten meddelassoc meddelassocialnamnden underrattassoc underrattasocialnamnden gallersoc forsoc tosocialservices",
        FOR_US,
    ),
    (
        "antalman antalmanader antalobetaldaman antalobetaldamanader antalhyror antalobetaldahyror antalavier antalobetaldaavier antalavgifter numberofmonths",
        COUNT,
    ),
    ("status lage state arendestatus atgard vidtagenatgard action utford laget", STATUS),
    (
        "anmaltav ranta oldestdue dagarforsenad antaldagar dagar dayslate upplagd skapadav handlaggarevard omrade distrikt land country radnr rad lopnr bilaga rantasats drojsmalsranta vaning hiss yta kvm area hyresvardstelefon postort2 interest antal fil",
        IGNORED,
    ),
];

#[cfg(test)]
mod tests {
    use super::super::person_words::OF_PERSONS;
    use super::super::person_words::PERSONS;
    use super::WORDS;
    use crate::domain::labels::folded;

    #[test]
    fn every_word_is_its_own_folded_form() {
        let words = WORDS.iter().flat_map(|(list, _)| list.split(' '));
        let words = words.chain(PERSONS.iter().map(|(word, _)| *word));
        for word in words.chain(OF_PERSONS.iter().map(|(word, _)| *word)) {
            assert_eq!(folded(word), word);
            // Two words in one, as a space that is missing makes them.
            assert!(word.len() <= 44, "{word}");
        }
    }
}
