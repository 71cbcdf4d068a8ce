//! Words that begin with a capital and are no person's name: labels, offices, months, organisations, towns.

/// Words with a capital letter that are no part of a person's name, in small letters.
pub(super) const NO_NAMES: &str = "ab hb kb aktiebolag aktiebolaget vräkningen vräkningens okända genomförd körkort körkortet sagt obetald obetalda inställd handstil handelsbolag handelsbolaget kommanditbolag kommanditbolaget brf hsb hsf riksbyggen stiftelse \
stiftelsen bostadsstiftelsen förening föreningen förvaltning förvaltningen förvaltaren fastighet fastigheten fastigheter fastighets bostäder bostads bostad \
bostaden allmännytta allmännyttan styrelsen styrelse kommun kommunen stad stads staden region socialnämnd socialnämnden \
socialtjänst socialtjänsten socialförvaltningen socialkontoret nämnd nämnden kronofogden kronofogdemyndigheten kronofogde kfm hyresnämnden tingsrätten \
tingsrätt hovrätten svea polisen polismyndigheten skatteverket försäkringskassan länsstyrelsen inkasso juridik advokat advokatbyrå advokatfirma \
advokatfirman jurist ombud handläggare handläggaren kundtjänst kundservice kundkredit månadshyran grundhyra nettohyra avdelning avdelningen enhet enheten team sektion stadsdel \
stadsområde januari februari mars juni juli augusti september oktober november december feb mar apr jun jul aug sept sep okt nov dec \
january february march may july august october måndag tisdag onsdag torsdag fredag lördag söndag måndagen tisdagen onsdagen torsdagen fredagen \
lördagen söndagen monday tuesday wednesday thursday friday saturday sunday personnummer personnr pnr persnr samordningsnummer organisationsnummer orgnr org \
namn adress adresser adr postadress postadr postnr postnummer ort postort postbox box objekt objektnr objektsnr objektsnummer lägenhet lägenheten lägenhetsnr \
lägenhetsnummer lgh lghnr apt apartment våning vån tr trappor uppgång bankgiro plusgiro postgiro bg pg ocr swish iban tel tfn telefon mobil direkt \
direkttelefon fax epost e-post mail mejl mejla hej hejsan hallå tjena goddag godmorgon dear hello hi hey meddelande underrättelse information bilaga bilagor \
kopia kompletterande komplettering uppsägning uppsägningen uppsagd återkallelse avhysning avhysningen vräkning avlägsnande ansökan beslut dom utslag \
formulär blankett ärende ärenden ärendet ärendenr dnr diarienr mål målet målnr målnummer referens ref er ert era vår vårt våra min mitt mina din ditt \
datum dag tid plats kl klockan sida utskrift avtal avtalsnr kontrakt period belopp summa totalt skuld skulden ränta räntan hyra hyran hyror månadshyra \
årsavgift bostadsrätten hyresrätten radhuset villan stugan avgift avgiften förfallodag delgiven delgivning delgivningen delgavs grund orsak saken sak händelse störning störningar barn barnen ingen \
inget övrigt notering anmärkning enligt såsom samt och eller men att den det de denna detta dessa dem han hon hen henne honom hennes vi ni jag du man \
som när där då nu här hur vad vem om på av från till för med utan mot under över efter före innan genom hos vid sedan senast trots inte ej är var har hade \
ska skall kan kommer bor måste vill gäller avser avseende angående beträffande ang betr rörande igår idag imorgon natten kvällen sverige sweden swedish \
ja nej  ny nya äldre yngre förnamn efternamn gata gatan vägen torget avs avsändare mottagare mottagaren sökande sökanden part parter \
parterna bolaget klienten person personen personer tack vänligen vänliga vänlig mvh hälsningar hälsning bifogar bifogas bifogad notice tenant tenants landlord \
social services service board land code case the our your we he she they it this that please find premises personal id identity number customer \
mr mrs ms miss dr herr fru fröken hr hg hv fam familjen makarna makar paret syskonen sambo sambon vårdnadshavare skyddad skyddade sekretess original sign \
signatur underskrift städning besiktning bråk hög musik fest polis polisanmälan rättelse rättelseanmaning anmaning anmodan varning info status typ \
delbetalning betalning betalningen förening medlem medlemmen medlemmar hyresgäst hyresgästen hyresgäster hyresgästerna hyresgästens medhyresgäst \
svarande svaranden svarandens gäldenär gäldenären kund kunden kundnr kundnummer klient brukare brukaren motpart motparten motparter abonnent konsument \
konsumenten bostadsrättshavare bostadsrättshavaren kontraktsinnehavare kontraktsinnehavaren lejer lejeren inneboende boende hyresvärd hyresvärden \
fastighetsägare uthyrare låntagare rum rok rk kvm kök uppdragsgivare adressen nämndens mamma pappa mamman pappan dödsbo dödsboet okey \
national agreement premises dwelling unit rent eviction termination kommunal kommunalt andrahand andrahandskontrakt första hand exempelrad mall id-nr id-nummer vacant vakant outhyrd fjärrvärme fjärrkyla p-nr pers-nr hg-nr \
totalt notis notera obs observera fakturanr faktura fakturor anläggning anläggningsadress samordningsnr salong restaurang butik kiosk pizzeria frisör okänd okänt anonym granne grannen grannar grannarna ordförande ordföranden ordf kassör kassören sekreterare sekreteraren kontaktperson kontaktpersonen kontakt vittne vittnet kronoinspektör \
kronoinspektören ägare ägaren vaktmästare vaktmästaren fastighetsskötare fastighetsskötaren stämningsman stämningsmannen delgivningsman anmälare anmälaren bror brodern syster systern \
mor modern far fadern god man rådman rådmannen domaren caretaker neighbour neighbor owner lessor officer udlejer undertecknad undertecknade målsägande målsäganden elskuld elnät nät kraft barnet dottern sonen pojken flickan xxxx gatuadress besöksadress inneboenden andrahandsgäst medsvarande borgensman borgensmannen betalningsmottagare utredare utredaren fullmakt enskild firma uppgiftslämnare rapportör mobilnummer eleven elev elever studenten student patienten personen familjen andrahandshyresgästen kollega kollegan änkan änklingen \
relations manager director officer coordinator administrator assistant department desk international support collections credit accounts chair \
chef chefen koordinator administratör assistent controller ekonom ekonomiassistent hyresadministratör uthyrare uthyraren bovärd områdeschef rektor \
rektorn läraren lärare mentor kurator kuratorn sjuksköterska läkare tolk inlämning inlämnad roll företag förskolan skolan årskurs klass \
född månadsavgift uppgifter upplysningar kommentar beskrivning rubrik ämne sammanfattning bakgrund västra östra norra södra stora lilla gamla hisings övre nedre solidariskt energi utan nyckel nycklar lås gbg sthlm hbg mmö lkpg nkpg";

/// Towns and parts of towns, as far as letters to a west or south Swedish municipality name them most: folded, and as they are written.
pub(super) const TOWNS: &str = "malmö göteborg stockholm uppsala helsingborg borås mölndal trelleborg landskrona limhamn bunkeflostrand arlöv tygelsjö oxie \
husie kävlinge lomma staffanstorp svedala vellinge höllviken genarp eslöv ystad skurup kristianstad hässleholm ängelholm höganäs halmstad varberg kungsbacka \
partille lerum kungälv alingsås angered askim billdal hisings-backa frölunda gunnared hovås lindome mölnlycke säve torslanda trollhättan uddevalla vänersborg \
skövde jönköping växjö kalmar karlskrona linköping norrköping örebro västerås eskilstuna karlstad gävle sundsvall umeå luleå södertälje solna sundbyberg \
nacka huddinge sollentuna täby järfälla botkyrka haninge tyresö falun borlänge östersund skellefteå piteå visby motala nyköping lidköping falkenberg \
landvetter härryda stenungsund köpenhamn copenhagen gothenburg bjärred löddeköpinge burlöv tomelilla simrishamn sjöbo hörby höör perstorp klippan åstorp \
bromma hägersten enskede farsta spånga vällingby kista skärholmen bandhagen johanneshov årsta älvsjö lidingö danderyd vallentuna";

/// How streets end.
pub(super) const STREET_ENDS: &[&str] =
    &["gatan", "vägen", "gränd", "gränden", "stigen", "torget", "allén", "vagen"];

/// How offices and firms end.
pub(super) const OFFICE_ENDS: &[&str] = &[
    "nämnden",
    "myndigheten",
    "förvaltningen",
    "föreningen",
    "bolaget",
    "tjänsten",
    "byrån",
    "kontoret",
    "bostäder",
    "fastigheter",
    "avdelningen",
    "enheten",
    "teamet",
    "värden",
    "värd",
    "expeditionen",
];

/// How labels end.
pub(super) const LABEL_ENDS: &[&str] = &[
    "handläggare",
    "havaren",
    "havarna",
    "innehavarna",
    "gästerna",
    "tagarna",
    "ägarna",
    "havare",
    "gästen",
    "innehavare",
    "innehavaren",
    "tagaren",
    "handläggaren",
    "förvaltare",
    "sekreterare",
    "ansvarig",
    "mottagare",
    "mottagaren",
    "nummer",
    "numret",
    "datum",
    "adress",
    "avgift",
    "avgiften",
    "skuld",
    "skulden",
    "beloppet",
    "belopp",
    "beteckning",
    "uppgifter",
    "uppgift",
];
