//! Persons' names: which words be part of one, in which order they stand, and in which letters they are written.

use super::persons;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words with a capital letter that are no part of a person's name, in small letters.
const NO_NAMES: &str = "ab hb kb aktiebolag aktiebolaget handelsbolag handelsbolaget kommanditbolag kommanditbolaget brf hsb hsf riksbyggen stiftelse \
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
årsavgift avgift avgiften förfallodag delgiven delgivning delgivningen delgavs grund orsak saken sak händelse störning störningar barn barnen ingen \
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
national agreement premises dwelling unit rent eviction termination kommunal kommunalt andrahand andrahandskontrakt första hand exempelrad mall \
totalt notis notera obs observera fakturanr faktura fakturor anläggning anläggningsadress samordningsnr salong restaurang butik kiosk pizzeria frisör okänd okänt anonym granne grannen grannar grannarna ordförande ordföranden ordf kassör kassören sekreterare sekreteraren kontaktperson kontaktpersonen kontakt vittne vittnet kronoinspektör \
kronoinspektören ägare ägaren vaktmästare vaktmästaren fastighetsskötare fastighetsskötaren stämningsman stämningsmannen delgivningsman anmälare anmälaren bror brodern syster systern \
mor modern far fadern god man rådman rådmannen domaren caretaker neighbour neighbor owner lessor officer udlejer undertecknad undertecknade målsägande målsäganden elskuld elnät nät kraft barnet dottern sonen pojken flickan xxxx gatuadress besöksadress inneboenden andrahandsgäst medsvarande borgensman borgensmannen betalningsmottagare utredare utredaren fullmakt enskild firma uppgiftslämnare rapportör mobilnummer eleven elev elever studenten student patienten personen familjen andrahandshyresgästen kollega kollegan änkan änklingen \
relations manager director officer coordinator administrator assistant department desk international support collections credit accounts chair \
chef chefen koordinator administratör assistent controller ekonom ekonomiassistent hyresadministratör uthyrare uthyraren bovärd områdeschef rektor \
rektorn läraren lärare mentor kurator kuratorn sjuksköterska läkare tolk inlämning inlämnad roll företag förskolan skolan årskurs klass \
född månadsavgift uppgifter upplysningar kommentar beskrivning rubrik ämne sammanfattning bakgrund västra östra norra södra stora lilla gamla hisings övre nedre solidariskt energi utan nyckel nycklar lås";

/// Towns and parts of towns, as far as letters to a west or south Swedish municipality name them most: folded, and as they are written.
const TOWNS: &str = "malmö göteborg stockholm uppsala helsingborg borås mölndal trelleborg landskrona limhamn bunkeflostrand arlöv tygelsjö oxie \
husie kävlinge lomma staffanstorp svedala vellinge höllviken genarp eslöv ystad skurup kristianstad hässleholm ängelholm höganäs halmstad varberg kungsbacka \
partille lerum kungälv alingsås angered askim billdal hisings-backa frölunda gunnared hovås lindome mölnlycke säve torslanda trollhättan uddevalla vänersborg \
skövde jönköping växjö kalmar karlskrona linköping norrköping örebro västerås eskilstuna karlstad gävle sundsvall umeå luleå södertälje solna sundbyberg \
nacka huddinge sollentuna täby järfälla botkyrka haninge tyresö falun borlänge östersund skellefteå piteå visby motala nyköping lidköping falkenberg \
landvetter härryda stenungsund köpenhamn copenhagen gothenburg bjärred löddeköpinge burlöv tomelilla simrishamn sjöbo hörby höör perstorp klippan åstorp \
bromma hägersten enskede farsta spånga vällingby kista skärholmen bandhagen johanneshov årsta älvsjö lidingö danderyd vallentuna";

const PARTICLES: &[&str] = &[
    "af", "av", "von", "van", "der", "den", "ten", "ter", "de", "la", "le", "du", "da", "dos",
    "del", "di", "zu", "el", "al", "bin", "ibn", "bint",
];
/// Particles that may begin a family name in the middle of a sentence; the others are words there.
const LEADING: &[&str] = &["af", "von", "van", "zu", "al", "el", "ibn"];
/// How Swedish family names end: they tell which of two words in capitals is the family's.
const FAMILY: &[&str] = &[
    "sson", "dotter", "berg", "ström", "strom", "lund", "gren", "qvist", "kvist", "dahl", "stedt",
    "holm", "bäck", "löf",
];

/// A text that is one person's name and nothing else, given name first; `None` for what is no person's name.
pub(super) fn person_name(text: &str) -> Option<String> {
    persons::only_name(text.trim().trim_end_matches([',', '.']))
}

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

static NO_NAME: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(NO_NAMES));
static TOWN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(TOWNS));

/// Whether a word with a capital letter is a label, a month, an organisation's or another's that no person bears.
pub(super) fn is_no_name(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',', ':']).to_lowercase();
    // `Hyresvärdens`; but `Hans` and `Jens` are names.
    let owned = word
        .strip_suffix('s')
        .is_some_and(|stem| stem.chars().count() > 5 && NO_NAME.contains(stem));
    let street = ["gatan", "vägen", "gränd", "gränden", "stigen", "torget", "allén", "vagen"];
    let institution =
        ["nämnden", "myndigheten", "förvaltningen", "föreningen", "bolaget", "tjänsten"];
    let labels = [
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
    let ends = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end) && word != *end);
    NO_NAME.contains(word.as_str())
        || owned
        || ends(&labels)
        || is_town(&word)
        || ends(&street)
        || ends(&institution)
}

/// Whether a word makes its neighbours the name of a firm or an association.
pub(super) fn is_firm(word: &str) -> bool {
    const FIRMS: &[&str] = &[
        "ab",
        "hb",
        "kb",
        "aktiebolag",
        "handelsbolag",
        "kommanditbolag",
        "kommanditbolaget",
        "brf",
        "hsb",
        "hsf",
        "riksbyggen",
        "stiftelse",
        "stiftelsen",
        "bostadsstiftelsen",
        "bostadsrättsförening",
        "bostadsrättsföreningen",
        "förvaltning",
        "fastigheter",
        "fastighets",
        "bostäder",
        "bostads",
        "advokatfirma",
        "advokatfirman",
        "advokatbyrå",
        "inkasso",
        "förening",
        "föreningen",
        "juridik",
        "allmännytta",
        "kommun",
    ];
    FIRMS.contains(&word.to_lowercase().as_str())
}

/// Whether it is a town's name.
pub(super) fn is_town(word: &str) -> bool {
    TOWN.contains(word.to_lowercase().as_str())
}

/// A town as it is usually written: `GOTEBORG` is `Göteborg`. `None` for one that is not known.
pub(super) fn town(word: &str) -> Option<String> {
    let folded = fold(word);
    if folded == "gothenburg" {
        return Some("Göteborg".to_owned());
    }
    TOWN.iter().find(|town| fold(town) == folded).map(|town| proper(town))
}

/// Small letters without marks.
pub(super) fn fold(text: &str) -> String {
    let plain = |c: char| match c {
        'å' | 'ä' | 'æ' => 'a',
        'ö' | 'ø' => 'o',
        'é' | 'è' => 'e',
        'ü' => 'u',
        c => c,
    };
    text.to_lowercase().chars().map(plain).collect()
}

pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

pub(super) fn may_lead(word: &str) -> bool {
    LEADING.contains(&word)
}

/// How many words are a person's own, particles apart.
pub(super) fn proper_words(words: &[&str]) -> usize {
    words.iter().filter(|word| !is_particle(word)).count()
}

/// `ANNA-LISA VON TESTSSON` as `Anna-Lisa von Testsson`; what has small letters stays as it is.
pub(super) fn ordinary(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let word = |word: &str| {
        let small = word.to_lowercase();
        if is_particle(&small) && word.len() > 1 { small } else { proper(word) }
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// `åsa-lill` as `Åsa-Lill`.
pub(super) fn proper(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut first = true;
    for c in word.chars() {
        if first {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
        first = matches!(c, '-' | ' ' | '\'' | '’');
    }
    out
}

/// Whether the first of some words in capitals is the family's name, as registers print it: `TESTSSON TESTA ÅSA`.
pub(super) fn family_first(words: &[&str]) -> bool {
    let family = |word: &str| {
        let word = word.to_lowercase();
        FAMILY.iter().any(|end| word.ends_with(end) && word.len() > end.len())
    };
    match words {
        [first, .., last] => family(first) && !family(last),
        [] | [_] => false,
    }
}

/// Whether two names are one person's: the same words in any order, or all of the shorter in the longer.
pub(super) fn same(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> { text.split(' ').map(fold).collect() };
    let (one, other) = (words(one), words(other));
    let within = |some: &[String], all: &[String]| some.iter().all(|word| all.contains(word));
    within(&one, &other) || within(&other, &one)
}

#[cfg(test)]
mod tests {
    use super::family_first;
    use super::is_no_name;
    use super::ordinary;
    use super::person_name;
    use super::same;
    use super::town;

    #[test]
    fn letters_order_and_what_is_no_name() {
        for (written, meant) in [
            ("ANNA-LISA VON TESTSSON", "Anna-Lisa von Testsson"),
            ("Testa DeProv", "Testa DeProv"),
            ("ÖRJAN ÅNGSTEST", "Örjan Ångstest"),
        ] {
            assert_eq!(ordinary(written), meant);
        }
        assert!(
            family_first(&["TESTSSON", "TESTA", "ÅSA"]) && !family_first(&["TESTA", "PROVBERG"])
        );
        assert!(is_no_name("Hyresgästen") && is_no_name("Exempelgatan") && !is_no_name("Testa"));
        for (text, meant) in [
            ("Testsson, Testa", Some("Testa Testsson")),
            ("Hyresgäst Testa af Låtsas", Some("Testa af Låtsas")),
            ("Testa Testsson Personnummer", Some("Testa Testsson")),
            ("Exempelhus Fastigheter AB", None),
            ("Testa", None),
            ("Norra Provvägen", None),
        ] {
            assert_eq!(person_name(text).as_deref(), meant, "{text}");
        }
        assert!(same("Testsson Testa", "Testa Testsson") && !same("Testa Ek", "Provo Ek"));
        assert_eq!(town("GOTEBORG").as_deref(), Some("Göteborg"));
    }
}
