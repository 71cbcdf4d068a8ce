//! The words that programs name their values by, in Swedish and English, folded and parted by spaces: what each means.

use super::atoms::Atom;
use super::atoms::Atom::*;

/// A word may have several meanings: what it stands in and the value itself tell which.
pub(super) const LEXICON: &[(Atom, &str)] = &[
    (
        Sender,
        "avs avsandare avsandaren sender fran from utfardare utstallare kalla source issuer issuedby uppgiftslamnare anmalare anmald inskickare reporter submitter ombud agent inkasso inkassobolag forvaltare forvaltning foretag firma bolag company organisation organization originator createdby handlaggande kontor export",
    ),
    (
        Landlord,
        "sokande uppdragsgivare hyresvard fastighetsagare borgenar fordringsagare landlord lessor creditor kreditor client klient owner agare applicant petitioner claimant principal forening bostadsrattsforening brf huvudman karande plaintiff vard upplatare propertyowner",
    ),
    (
        Tenant,
        "svarande galdenar galdenarer gald hyresgast hyresgaster tenant tenants debtor debtors respondent defendant customer kund signedby signatory innehavare havare lessee medlem abonnent motpart renter kontraktsinnehavare bostadsrattshavare kontraktshavare avtalsinnehavare hg berord berorda concerned subject folk leaseholder boende boendenu resident residents occupant occupants",
    ),
    (
        Second,
        "med medhyresgast medgaldenar cotenant joint medsokande sambo make maka partner second medkontraktsinnehavare",
    ),
    (
        Somebody,
        "person personer people persons part parter party parties individ individer actor individual",
    ),
    (Child, "barn barnen children child minors minor kids minderarig minderariga underage"),
    (
        Officer,
        "kronoinspektor inspektor officer forrattningsman handlaggare handl caseworker kfmhandlaggare bailiff",
    ),
    (Contact, "kontakt contact desk kontaktperson contactperson contactpoint attention uthyrare"),
    (
        Ours,
        "mottagare recipient recipients receiver adressat destination receivingparty addressee kommun namnd",
    ),
    (
        Home,
        "objekt bostad bostaden lagenhet unit dwelling premises adress address torpet hem hemma property fastighet anlaggning home residence location plats lokal hus site hyresobjekt apartment flat accommodation uttagspunkt adr boende bostadsuppgifter objektet lagenheten",
    ),
    (
        Debt,
        "fordran fordringar skuld skulden ledger arrears debt krav claim balance saldo obetalt unpaid utestaende outstanding owed hyresskuld ekonomi belopp restskuld",
    ),
    (
        Fee,
        "ranta interest avgifter inkassoavgift paminnelse paminnelseavgift kostnad kostnader cost costs fee fees forsening drojsmalsranta moms vat betalt paid inbetalt credit deposit deposition rantesats rate",
    ),
    (
        Pay,
        "betalning betalas payment payto payat giro inbetalning betalinfo betalningsuppgifter konto account betalasin",
    ),
    (
        Period,
        "manader period perioder periods months rader rows fakturor faktura invoices invoice avier avi items specifikation spec lines poster post belopprader hyror hyresavier",
    ),
    (
        Incident,
        "handelser storningar storning incidents incident reports report complaints complaint klagomal nuisance disturbance disturbances handelse anmarkningar disturbances rapporter rapport",
    ),
    (
        Hearing,
        "forrattning forrattningen avhysning avhysningen avhysningstid forrattningstid eviction execution verkstallighet hearing scheduled appointment bokad tidpunkt tidforavhysning avlagsnande removal startar start starts startsat begins vrakning planerad utsatt utsattes verkstalls",
    ),
    (
        Old,
        "utgangen utgangna utgatt tidigare foregaende old previous former gammal installd installt cancelled canceled avlyst ursprunglig original ersatt forra withdrawn nolonger",
    ),
    (
        Serve,
        "delgiven delgivning delgivet delgiv delgavs delg served service mottog mottaget fickbrevet kvitterad kvitterat receivedby mottagningsbevis mottagen kvitterades servedon fick",
    ),
    (
        Terminate,
        "upps uppsagd uppsagning uppsagt uppsagningen uppsagningsdag terminated termination notice noticegiven givennotice givetts givet given uppsagdes sagd sagdupp uppsagningsdatum terminatedon",
    ),
    (
        Issue,
        "skapad created creation utfardad utfardat issued issue skickad sand sent upprattad uppr brevdatum dokumentdatum daterad dated generated genererad skickat underrattad underrattelse meddelad datum date issuedon datumforbrev expedierad exporterad timestamp tidsstampel asof perdatum",
    ),
    (
        Apply,
        "ansokan sokt inkom inkommen ingiven ingivet ansokt applied application filed inkommet ansokningsdag ansokningsdatum ankom registrerad inkomdatum inkominkfm ankomst appliedon lodged inkomst begard begardes",
    ),
    (
        Mend,
        "ratt anmaning rattelseanmaning rattelse rattas ratta battring upphora upphor muststop muststopby stop rectify remedy fix cease atgardas correct rattad battra rectifyby rattelsetid sluta skasluta muststopbefore",
    ),
    (
        Leave,
        "avflytt utflyttad utflyttning flytta avflyttning avflyttad moveout vacate leave utflytt lamnas tomd tommas moveoutby flyttas vacateby avtrada avtradd avtradas utrymd utrymt",
    ),
    (
        Cut,
        "bryts brytning bortkoppling bortkopplas franskoppling frankoppling avstangning stangs disconnect disconnection cutoff disconnectafter kopplas avbrott avbryts brytas kopplasbort avstangs shutoff",
    ),
    (
        Due,
        "forfall forfaller forfallodag forfallodatum forf due dueon duedate forfallen forfalldag forfdatum skullebetalas skulledebetalas betalassenast ffdatum ffdag",
    ),
    (
        Rent,
        "feepermonth rentpermonth monthlyfee permonth hyra manadshyra manhyra rent monthlyrent avgift manadsavgift arsavgift hyraperman hyramanad perman permanad hyranu monthly",
    ),
    (
        Protect,
        "skyddad skyddade skyddadidentitet skyddadepersonuppgifter sekretess sekretessmarkering sekretessmarkerad protected protectedidentity confidential skydd skyddadfolkbokforing spaerr",
    ),
    (
        Birth,
        "fodd fodda fodelsedatum born birth dob birthdate dateofbirth fodelsear birthyear fodelsedag fodelsearen birthyears",
    ),
    (
        Executed,
        "verkstalld verkstallt genomford genomfordes executed carriedout utford slutford verkstalldes",
    ),
    (
        Relates,
        "clears amends galler replaces supersedes ersatter refersto relates relatesto avserarende tidigarearende tillhor hortill regarding replyto inreplyto kompletterar aterkallar withdraws cancels corrects rattar previousref",
    ),
    (Household, "hushall hushallet household familj family familjen"),
    (
        Name,
        "namn name benamning title who vem fullname fulltnamn firmanamn namnet heter displayname",
    ),
    (Given, "fornamn given firstname givenname tilltal tilltalsnamn forename fnamn first fn"),
    (Family, "efternamn family familyname lastname surname efter enamn last en"),
    (
        Id,
        "pnr personnr personnummer persnr idnummer idnr nin ssn pn pid personid identitet identity identitetsnummer samordningsnummer samnr personalnumber personalid civicno civic personligtnummer idno personorgnr persorgnr fodelsenummer pnummer nationalid personalidentitynumber",
    ),
    (
        Org,
        "orgnr orgnummer organisationsnummer organisationsnr orgno companyno vat vatno organisationnumber regno companyid orgid companyregistration",
    ),
    (
        Phone,
        "tel telefon telefonnr telefonnummer phone mobil mobile direktnr direkt tfn mobilnr cell phonenumber telnr telephone nummertelefon mob",
    ),
    (Mail, "epost email mail mbox mejl epostadress mailbox emailaddress eadress"),
    (
        Street,
        "gata gatuadress street streetaddress line1 adressrad adressrad1 gatuadr gatunamn utdelningsadress addressline addressline1 vag adress address adr besoksadress streetname bostadsadress road hemadress homeaddress",
    ),
    (House, "gatunr gatunummer husnr husnummer houseno housenumber streetno streetnumber portnr"),
    (Code, "postnr postnummer zip zipcode postcode postalcode pnrort postkod"),
    (Town, "ort postort stad city town posttown locality postadress municipality"),
    (CareOf, "co careof coadress"),
    (
        Flat,
        "lgh lghnr lagenhetsnummer lagenhetsnr lgnr skvlgh lantmateri lantmaterinr lghnummer apt aptno apartmentnumber flatno lagenhet folkbokforingsnr apartment lagenhetsnrskv flat aptnr skvnr lghskv",
    ),
    (
        Object,
        "objektnr objektsnr objektnummer objektid objektkod unitcode unitid unitno objectnumber objectid hyresobjekt anlaggningsid anlid anlaggningsnr objektsid lghid unitnumber rentalobject internnr objid objnr",
    ),
    (
        Property,
        "fastighetsbeteckning fastighet property propertydesignation fastbet beteckning cadastral fastighetsbet realestate",
    ),
    (Rooms, "rum rumantal antalrum rooms rok storlek numberofrooms roomcount"),
    (Tenure, "upplform uppl upplatelseform upplatelse tenure boendeform upplatform"),
    (
        Amount,
        "belopp kr sek kronor amount summa sum kapital principal oren ore open rest value kvar obetald obetalda pengar",
    ),
    (
        Total,
        "total totalt totalbelopp sammanlagt totalsumma tot totbetala hela grandtotal totalskuld",
    ),
    (
        Recover,
        "attbetala tokeephome tokeep atervinna atervinning betalaforattervinna recover regain toregain amounttorecover skabetalas betalaforatbo betalningskrav payable amountdue topay needed required",
    ),
    (Month, "manad month hyresmanad avser for avsermanad period hyresperiod man avseende"),
    (Day, "dag datum date day den on when nar night kvall at"),
    (Clock, "klockslag kl tid time hour klockan timme tidpunkt klocka starttid"),
    (Bank, "bankgiro bg bgnr bankgironr bankgironummer"),
    (Plus, "plusgiro pg pgnr plusgironr postgiro plusgironummer"),
    (Ocr, "ocr ocrnr ocrnummer betalningsreferens paymentref paymentreference ocrreferens"),
    (
        Case,
        "malnummer malnr mal casenumber kfmmal kfmmalnr caseno umal kfmnr malnummerkfm enforcementcase utsokningsmal kfmarende",
    ),
    (
        Ref,
        "arende arendenr arendenummer arendeid ref referens reference referensnr referensnummer kontrakt kontraktsnr avtal avtalsnr lease leaseid contract contractno kundnr kundnummer diarienr dnr diarienummer caseid casereference varref ourref handlingsid kontraktsnummer avtalsnummer hyresavtal agreement arendereferens akt aktnr customerno kontraktnr avtalnr matter matterid",
    ),
    (Number, "nr no nummer id key number nyckel lopnr num"),
    (
        Law,
        "law lagrum legal legalbasis lag paragraf rattsgrund statute stod lagstod grundenligt lagrumsref",
    ),
    (Role, "som roll role typavperson stallning egenskap partsroll roletype relation"),
    (Count, "antal count number howmany quantity st"),
    (Exists, "finns exists har present known forekommer ja any has"),
    (
        Words,
        "vad text beskrivning description what anm anmarkning anteckning notering note notes comment comments kommentar meddelande message details detalj detaljer fritext ovrigt remark remarks info innehall hande handelseforlopp bakgrund",
    ),
    (
        Kind,
        "slag noticetype handelse event evt type typ arendetyp orsak reason why varfor kod code kind category kategori meddelandetyp grund rubrik title amne subject label handelsetyp eventtype notificationtype underrattelsetyp sort status handelsekod brevtyp documentname dokumenttyp doctype blankett form formular galler avser arendemening cause orsakskod documenttype messagetype",
    ),
    (Outcome, "utfall outcome resultat result"),
    (Ore, "ore oren orer cent cents"),
    (Unit, "unit enhet valuta currency valutaenhet"),
    (Meta, "version spec schema messageid uuid guid hash checksum namespace xmlns conversationid"),
];
