//! Tests of what landlords, associations and owners of one flat write, and what only sounds like another kind.

use super::wording_tests::wrong_of;

/// The kind, who writes, the subject and the text; `{P}` stands for a person and a home.
const WRITTEN: &str = r"rentArrears|-|Meddelande|Hyresgästen {P} har inte betalat hyran för oktober, 8 912 kr. Hon har tidigare fått anstånd av oss men nu säger vi upp avtalet.
rentArrears|-|Uppsägning|Vi har sagt upp {P} på grund av obetald hyra. Om skulden inte regleras ansöker vi om avhysning hos Kronofogden.
rentArrears|-|Hyresskuld|{P}. Hyran för september är nu betald men oktober och november är obetalda, 17 824 kr. Avtalet är uppsagt enligt 12 kap. 44 § jordabalken.
rentArrears|-|Obetald hyra|{P} skulle ha betalat 8912 kr. Vi har sagt upp avtalet. Tidigare störningar har upphört.
rentArrears|-|Uppsägning pga hyra|{P}: hyra obetald för oktober. I förra ärendet avhystes hon nästan, då avhysningen ställdes in.
rentArrears|-|Ny hyresskuld|{P} har nya obetalda hyror. En tidigare ansökan om avhysning återkallades i mars då skulden betalades. Nu är hyran för oktober obetald igen.
rentArrears|-|Testa Testsson|{P} har betalat hela skulden för september men inte hyran för oktober och november.
rentArrears|-|Testa Testsson|{P} påstår att hyran är betald men vi har inte fått in hyran. Uppsägning delgiven.
rentArrears|-|Återkallat autogiro|{P} har återkallat sitt autogiro och hyran för oktober är obetald. Uppsagd.
rentArrears|-|Uppsägning|Hyresgäst {P} har inte betalat elavgiften och hyran för oktober, sammanlagt 9 400 kr. Avtalet sägs upp.
rentArrears|-|Underrättelse|{P}. Hyran obetald. Hyresnämnden har inte kopplats in. Om ni gör orosanmälan så meddela oss.
rentArrears|-|Uppsägning|{P} sades upp 1 oktober. Hyra aug-okt saknas. Hon ska ha flyttat 31 oktober annars begär vi avhysning.
rentArrears|-|Uppsägning|{P} har hyresskuld. Hans son far illa av att flytta så ring honom.
rentArrears|-|Uppsägning|{P}: oktoberhyran 8 912 kr är inte betald. Vi begär att ni gör ett hembesök och hör av er om avhysning kan undvikas.
rentArrears|-|Uppsägning|{P}: hyran är inte betald. Avhysning blir aktuell om hyran inte är betald senast 24 november kl 12.
rentArrears|-|Uppsägning|{P}: hyran är inte betald, 8 912 kr. I stort är hyresgästen skötsam. Förra hyresgästen blev avhyst.
rentArrears|-|Obetald hyra|{P}. Hyran har inte betalats. Vi har inte makulerat uppsägningen.
rentArrears|-|Obetald hyra|{P}. Hyran för oktober är obetald. Deposition är betald. Elräkning betalar hon själv.
rentArrears|-|Obetald hyra|{P}. Hyran för oktober är obetald. Strömmen kan komma att stängas av elbolaget. Elräkningen är också obetald.
rentArrears|-|Obetald hyra|{P}. Hyran ej betald. Kopia av orosanmälan bifogas inte; vi har ingen oro för barnen.
rentArrears|-|Obetald hyra|{P}. Hyran obetald. Vi har tidigare kompletterat. Detta är ingen komplettering till anmälan utan en ny skuld.
rentArrears|-|Underrättelse|Hyresgästen {P} har obetald hyra. Anståndet vi gav gick ut 30 oktober, avhysning begärs om hyran inte kommer.
rentArrears|-|SV: Obetald hyra|Hyran för {P} är fortfarande inte betald.
rentArrears|-|Testsson|{P} har inte fått in hyran till oss på två månader. Vi säger upp nu.
rentArrears|-|Meddelande|Enligt jordabalken ska vi meddela er att {P} är uppsagd då hyran ej inkommit.
rentArrears|-|Hyresförlust|Hyresgästen {P} betalade inte oktober. November också utebliven. Tot 18000.
rentArrears|-|Uppsägning pga bristande betalning|{P}. Hyresavtalet är uppsagt p.g.a. försenade betalningar. Skuld: 14 300 kr.
rentArrears|-|förverkande|Hyresrätten är förverkad pga dröjsmål med hyran. {P}.
rentArrears|-|återvinningsfrist|Vi underrättar härmed socialnämnden om möjligheten att återvinna hyresrätten. {P}. Belopp att betala 12 400 kr.
rentArrears|-|Hyra|hej {P} betalar inte. har skickat inkasso och nu uppsägning. 2 mån skuld
rentArrears|-|Kontrakt uppsagt|{P} är skyldig oss 3 månadshyror. kontraktet e uppsagt
rentArrears|-|Obetalda hyresavier|Hyresavi 9/2026 och 10/2026 är ej reglerade. Hyresgäst: {P}
rentArrears|-|Info|Vår hyresgäst {P} har kommit på efterkälken med hyran, 22 000 kr.
rentArrears|-|Resthyra|Restskuld hyra aug 4 200 kr, sept 8 400 kr, {P}. Uppsägning översänd till hyresgästen.
rentArrears|-|Hyresgäst som inte betalar|{P} har dragit på sig en skuld till oss. Sammanlagt 31 500 kr i hyra. Uppsägning delgiven.
rentArrears|-|Hyresskulder|Hyresgästen {P} har inte kommit in med betalning för okt. Uppsagd 26/10.
rentArrears|-|Formulär 3|Underrättelse till socialnämnden angående hyresgäst {P}. Belopp som ska betalas för att återvinna hyresrätten: 8 912 kr.
rentArrears|-|Underrättelse JB 12 kap 44|{P}, belopp 8912
rentArrears|-|Meddelande om uppsägning|Till socialnämnden. Hyresvärden har sagt upp hyresavtalet till omedelbart upphörande på grund av att hyran inte betalats i rätt tid. {P}
rentArrears|-|Hyresgästs uppsägning|Vi har tyvärr tvingats säga upp {P} eftersom hyrorna för september t.o.m. november inte betalats.
rentArrears|-|Oreglerad hyresfordran|Oreglerad hyresfordran om 9 800 kr mot {P} föranleder uppsägning.
rentArrears|-|Ej erlagd hyra|Hyra har ej erlagts av {P} för november 2026.
rentArrears|-|Andrahandshyresgäst|Min andrahandshyresgäst {P} har inte swishat hyran för oktober och november.
rentArrears|-|rummet|Han som hyr rum hos mig, {P}, har slutat betala. 4500 i månaden, ligger back 9000.
rentArrears|-|Tenant in arrears|Our tenant {P} has not paid the rent for October. Notice has been served.
rentArrears|-|Late rent|{P} is two months behind on rent; termination was sent 20 October.
rentArrears|-|Overdue rent|The rent for {P} is overdue since 30 September, SEK 8,912.
rentArrears|-|Hyresdebitering|Utestående hyror 17 824 kr för {P}. Avhysning kan bli aktuellt.
rentArrears|-|Betalningsproblem|{P} klarar inte av att betala hyran längre, ligger efter med 2 hyror, uppsagd.
rentArrears|-|Obetald hyra|{P} har obetald hyra. Frågor om el: kontakta elbolaget. Hyresgästen har tidigare stört grannar men det har upphört.
rentArrears|-|Uppsägning|{P} har hyresskuld sedan i somras, har fått anstånd två gånger av oss men inte hållit avbetalningsplanen.
rentArrears|-|Risk för avhysning|Vi vill uppmärksamma er på att {P} riskerar avhysning på grund av hyresskuld, 15 000 kr.
rentArrears|-|Vräkningshotad hyresgäst|{P} har inte betalat sin hyra. Går inte det här att lösa blir det vräkning.
rentArrears|-|Meddelande till socialnämnden|Hej,\nvi har denna dag skickat uppsägning till nedanstående hyresgäst.\nHyresgäst: Testa Testsson\nPersonnummer: 850101-2390\nAdress: Exempelgatan 12, lgh 1102, 214 00 Malmö\nMånad: oktober, november\nBelopp: 17 824 kr\nMvh Exempelbo AB
rentArrears|-|Uppsägning hyresavtal|Hej! Översänder uppsägning av hyresavtal avseende {P}. Skälet är att hyran inte betalats i rätt tid.
rentArrears|-|{P}|Hyresgäst enligt ovan har ej betalt sin hyra och kommer att vräkas om inte betalning sker.
rentArrears|-|sociala|min hyresgäst vägrar betala hyra o svarar inte i telefon va gör man {P}
rentArrears|-|Förlorad besittning|{P} riskerar att förlora sin bostad på grund av obetalda hyror.
rentArrears|-|Hyresgäst med barn|{P} har två barn och ligger efter med hyran sedan augusti. Vi är oroliga för att familjen ska bli vräkt.
rentArrears|-|Underrättelse om skuld|Avisering: Hyra 2026-10 8 912,00 förfallen 2026-09-30 OBETALD. {P}
rentArrears|-|Kontrakt 1-22-333|Hyresgäst {P}. Förfallna hyror: sept 8912, okt 8912. Uppsagd 2026-10-26. Delgiven 2026-10-28.
rentArrears|-|Fordran|Vår klient Exempelbo AB har en fordran på obetald hyra mot {P}. Hyresavtalet har sagts upp.
rentArrears|-|Obetalt|{P} bor hos mig i källarlägenheten. Hyra 5000 i mån. inget betalt sen augusti.
rentArrears|-|Ang hyresgäst|Trots betalningsplan har {P} inte betalat. Uppsägning har skett i dag. Hyresnämnden är inte inkopplad.
rentArrears|-|Ny skuld|Den tidigare skulden är betald men nu har {P} en ny hyresskuld för november.
rentArrears|-|Obetald hyra oktober|{P} har inte hört av sig. Om full betalning sker återkallas uppsägningen.
rentDisturbance|-|Störningar|{P} stör grannarna med hög musik nattetid. Hyran är betald.
rentDisturbance|-|Underrättelse om störningar|Underrättelse enligt 12 kap. 25 a § jordabalken. {P}. Trots rättelseanmaning fortsätter festerna. Grannarna har hotats med kniv.
rentDisturbance|-|Störning|{P}. Störningsjouren har varit där 12 ggr. Hon har dessutom en hyresskuld på 900 kr som hon har betalat.
rentDisturbance|-|Störningar|{P}. Hon hyr ut ett rum med vårt tillstånd. Störningar varje natt, grannarna klagar.
rentDisturbance|-|Störningar|{P}. Anmälan om störningar. Grannen har skrivit klagomål. Vi har inte sagt upp. Kopia av uppsägning skickas om rättelse inte sker. Mycket allvarligt.
rentDisturbance|-|Störningar|Hyresgästen {P} stör grannarna med hög musik. Hon kallade oss till hyresnämnden om hyran i fjol.
rentDisturbance|-|Störningar|Hyresgästen {P} stör. Tidigare underrättelse skickades i maj. Rättelse av uppgift: rätt adress är Exempelgatan 12.
rentDisturbance|-|Störningar i boendet|Hyresgästen {P} stör grannarna, hög musik. Ärendet kan avslutas om rättelse sker.
rentDisturbance|-|Störningar i boendet|Hyresgästen {P} har misskött lägenheten, vanvård och skadedjur. Hyresskuld finns inte.
rentDisturbance|-|Störningsärende|Hyresgäst {P} stör. Jour ute 3 ggr i oktober.
rentDisturbance|-|Tillsägelse|{P} har tillsagts att omedelbart sluta störa sina grannar. Enligt 12 kap 25 a § JB underrättas socialnämnden.
rentDisturbance|-|Klagomål grannar|Vi har fått flera klagomål på {P}, hög musik och skrik nattetid. Rättelseanmaning skickad.
rentDisturbance|-|Rättelseanmaning|Kopia på rättelseanmaning till {P} bifogas för er kännedom.
rentDisturbance|-|Varning|{P} har fått varningsbrev p.g.a. festande och bråk. Sker ingen bättring säger vi upp.
rentDisturbance|-|Vanvård|Lägenheten hos {P} är full av sopor, skadedjur sprider sig. Vi har begärt rättelse.
rentDisturbance|-|Lägenheten|{P} bor i misär, samlar på sig skräp, lukt i trapphuset, grannar mår dåligt. Vi har uppmanat henne städa.
rentDisturbance|-|störd hyresgäst|{P} skriker och bankar i väggarna om nätterna. Han har fått tillsägelse.
rentDisturbance|-|Bristande skötsel|Hyresgästen {P} brister i vård av lägenheten, vattenskada, släpper inte in oss. Anmaning om rättelse är skickad.
rentDisturbance|-|Hot|{P} har varit hotfull mot vår personal och mot grannar. Vi har skickat anmaning att upphöra.
rentDisturbance|-|Störningsrapport|Störningsrapport från Störningsjouren: spring, hög musik, slagsmål. Hyresgäst {P}. Varning utdelad.
rentDisturbance|-|Djur|{P} har fem hundar som skäller dygnet runt, grannarna klagar. Anmaning skickad 1/11.
rentDisturbance|-|Misskötsamhet|Underrättelse till socialnämnden om misskötsamhet i boendet. {P}.
rentDisturbance|-|Socialnämnden|Vi har uppmanat {P} att vidta rättelse. Störningarna består i höga ljud nattetid.
rentDisturbance|-|Neighbour complaints|{P} plays loud music at night and shouts; we have issued a formal warning under the Land Code 12:25.
rentDisturbance|-|oväsen|grannarna till {P} står inte ut, oväsen varje natt o droger i trappen. har sagt till honom
rentDisturbance|-|Bråk|Hej. {P} slåss och bråkar hela tiden så polisen får komma. jag har skrivit till honom att det är sista varningen
rentDisturbance|-|Otrygghet|Besökare till {P} uppehåller sig i källaren, missbruk och nedskräpning. Hyresgästen är uppmanad till rättelse.
rentDisturbance|-|Röklukt|Hyresgästen {P} röker inomhus och i trapphuset trots tillsägelser. Underrättelse enl 12:25a JB
rentDisturbance|-|Störning|Störning i boendet, {P}. Hyran är betald t.o.m. november.
rentDisturbance|-|Socialen|Hyresgästen {P} spelar så hög musik att grannarna inte kan sova. Jag har varnat henne skriftligen.
rentDisturbance|-|Anmälan|Till socialnämnden. Vi har den 28 oktober anmodat {P} att vidta rättelse på grund av störningar. Upphör de inte kommer uppsägning att ske.
rentDisturbance|-|Störningar, risk för uppsägning|{P} har vid upprepade tillfällen stört. Om störningarna inte upphör omedelbart kan hyresavtalet sägas upp och avhysning begäras hos Kronofogden.
rentDisturbance|-|Brist i skötsel|{P} har inte städat på flera år. Anmodan om rättelse skickad 1/11. Ohyra.
rentDisturbance|-|Husdjur|Grannar klagar på att {P}s hund skäller hela dagarna. Vi har sänt varningsbrev.
rentTerminationCopy|-|Kopia av uppsägning|Bifogat kopia av uppsägning till {P} på grund av särskilt allvarliga störningar, misshandel av granne.
rentTerminationCopy|-|Uppsägning utan rättelse|Vi har i dag sagt upp {P} då han hotat grannar med kniv. Detta är en kopia av uppsägningen enligt 12 kap. 42 § fjärde stycket.
rentTerminationCopy|-|Uppsägning särskilt allvarliga störningar|Härmed översänds kopia av uppsägning av {P} enligt 12 kap. 42 § fjärde stycket jordabalken.
rentTerminationCopy|-|Kopia uppsägning|{P} har sagts upp med omedelbar verkan efter knivhot mot granne. Kopia av uppsägningen bifogas.
rentTerminationCopy|-|Uppsägning|Bifogar kopia på uppsägningen till {P}. Grund: synnerligen allvarliga störningar (våld mot granne).
rentTerminationCopy|-|Uppsägning utan föregående underrättelse|På grund av mordbrand i lägenheten har {P} sagts upp. Kopia av uppsägning bifogas.
rentTerminationCopy|-|Avskrift|Avskrift av uppsägning av {P}, grov misshandel i trapphuset.
rentTerminationCopy|-|För kännedom|Uppsägningshandling i kopia. {P} är uppsagd p.g.a. narkotikaförsäljning från lägenheten.
rentTerminationCopy|-|Copy of termination|Attached is a copy of the notice of termination to {P} because of especially serious disturbances (violence).
rentTerminationCopy|-|Allvarlig störning|{P} har sköt mot porten. Vi har sagt upp avtalet utan rättelseanmaning, särskilt allvarligt. Uppsägningen bifogas i kopia.
rentTerminationCopy|-|Uppsägning 12:42|Vi sänder er kopia av uppsägning ställd till {P} på grund av prostitution i lägenheten.
rentTerminationCopy|-|Uppsägning bifogas|Bifogat finner ni kopia av den uppsägning som i dag sänts till {P} efter att han knivskurit en granne.
rentTerminationCopy|-|Särskilt allvarlig störning|Enligt JB 12 kap 42 § fjärde stycket översänds en kopia. {P} är uppsagd.
rentTerminationCopy|-|Förtida upphörande|Kopia av uppsägning: {P} har sålt narkotika i trapphuset. Ingen rättelseanmaning har skickats.
tenantOwnedArrears|-|Nyttjanderätten förverkad|Bostadsrättsföreningen Exemplet har sagt upp {P} då årsavgiften för oktober inte har betalats.
tenantOwnedArrears|-|Obetald avgift|Medlemmen {P} har obetalda avgifter till föreningen, 12 400 kr. 7 kap. 23 § bostadsrättslagen.
tenantOwnedArrears|-|Obetald årsavgift|Medlemmen {P} har inte betalat årsavgiften. Hon hyr ut lägenheten med tillstånd, hyresgästen betalar hyran till henne. Brf Exemplet.
tenantOwnedArrears|-|Obetalda avgifter|Styrelsen i Brf Exemplet har sagt upp {P} till avflyttning, tre månadsavgifter är obetalda.
tenantOwnedArrears|-|Medlem|{P} har inte betalt avgiften till föreningen sedan i augusti. Vi i styrelsen har sagt upp nyttjanderätten.
tenantOwnedArrears|-|Meddelande BRL|Enligt 7 kap 23 § BRL. {P}. Skuld 9 412 kr.
tenantOwnedArrears|-|Årsavgift|Årsavgift oktober-december oreglerad, bostadsrättshavare {P}.
tenantOwnedArrears|-|Nyttjanderätten förverkad|Bostadsrättshavaren {P} är i dröjsmål med årsavgiften och har sagts upp.
tenantOwnedArrears|-|Avgift andrahandsupplåtelse|Avgift för andrahandsupplåtelse obetald av bostadsrättshavaren {P}, Brf Exemplet. Uppsagd.
tenantOwnedArrears|-|Skuld lgh 12|Lägenhet 12 i vår förening ligger efter med månadsavgiften. Ägare {P}.
tenantOwnedArrears|-|avgifterna|Hej. Kassören i brf:n här. {P} har inte betalat sina avgifter, tot 11 200.
tenantOwnedArrears|-|Insats och avgift|Medlem {P} är skyldig föreningen avgifter för 3 mån, 12 kkr, uppsagd 1/11
tenantOwnedArrears|-|Uppsägning bostadsrätt|Uppsägning p g a obetalda avgifter. Bostadsrättshavare: {P}. Återvinning inom tre veckor.
tenantOwnedArrears|-|Unpaid fee|The member {P} of our housing co-operative has not paid the monthly fee for October and November.
tenantOwnedArrears|-|Avgiftsskuld|Föreningens medlem {P} har restförda årsavgifter 14 000 kr.
tenantOwnedArrears|-|Månadsavgift|Månadsavgiften för {P} i bostadsrättsföreningen har uteblivit tre månader i rad.
tenantOwnedArrears|-|Förverkad bostadsrätt|På uppdrag av Brf Exemplet: {P} har inte erlagt avgiften. Återvinning sker genom betalning av 8 100 kr.
tenantOwnedArrears|B|Obetalda avgifter|Vi har sagt upp {P} och väntar på betalning, 9 000 kr.
tenantOwnedArrears|-|Meddelande till socialnämnden|HSB Brf Provet har sänt uppsägning till bostadsrättshavaren {P}. Förfallet belopp 12 450:-.
tenantOwnedArrears|-|Ägare som inte betalar|En av våra ägare i föreningen, {P}, betalar inte månadsavgiften.
tenantOwnedDisturbance|-|Störningar i föreningen|Brf Exemplet underrättar om att medlemmen {P} stör sina grannar. 7 kap. 9 § bostadsrättslagen.
tenantOwnedDisturbance|-|Störning|Brf Exemplet. Andrahandshyresgästen hos {P} spelar hög musik. Bostadsrättshavaren har uppmanats till rättelse.
tenantOwnedDisturbance|-|Störningar|Brf Exemplet: medlemmen {P} spelar hög musik nattetid. Vi har tillsagt henne att upphöra.
tenantOwnedDisturbance|-|Formulär 4|Underrättelse till socialnämnden om störningar i boendet. Bostadsrättshavare {P}.
tenantOwnedDisturbance|-|7 kap 9 §|Enligt 7 kap. 9 § bostadsrättslagen underrättas om störningar av {P}.
tenantOwnedDisturbance|-|Vår medlem|Styrelsen har skickat rättelseanmaning till bostadsrättshavaren {P} efter klagomål från grannar.
tenantOwnedDisturbance|-|disturbance|Our member {P} in the housing co-operative keeps disturbing neighbours with loud parties; a warning has been sent.
tenantOwnedDisturbance|-|Bostadsrätt|Ägaren till bostadsrätt 14, {P}, hotar grannar och stör. Brf Exemplet genom styrelsen.
tenantOwnedDisturbance|-|Sanitär olägenhet|Bostadsrättshavaren {P} vanvårdar lägenheten, sanitär olägenhet. Föreningen har uppmanat till rättelse.
tenantOwnedDisturbance|B|Störningar|{P} stör med fester varje helg. Vi har sagt till flera gånger.
tenantOwnedDisturbance|-|Bråk i föreningen|Medlemmen {P} hotar sina grannar och skriker. Styrelsen har skickat en skriftlig varning.
tenantOwnedTerminationCopy|-|Kopia av uppsägning|Brf Exemplet översänder kopia av uppsägning av medlemmen {P} p.g.a. särskilt allvarliga störningar. 7 kap. 20 § fjärde stycket bostadsrättslagen.
tenantOwnedTerminationCopy|-|Kopia av uppsägning|Brf Exemplet översänder kopia av uppsägning av bostadsrättshavaren {P} p.g.a. misshandel av granne.
tenantOwnedTerminationCopy|-|7 kap 20 §|Kopia av uppsägning av {P} enligt 7 kap. 20 § fjärde stycket bostadsrättslagen.
tenantOwnedTerminationCopy|-|Uppsägning medlem|Föreningen har sagt upp medlemmen {P}, särskilt allvarliga störningar i boendet. Kopia på uppsägningen bifogas.
unlawfulSublet|-|Andrahand|{P} hyr ut lägenheten i andra hand utan vårt tillstånd. Uppsägning skickad.
unlawfulSublet|-|Olovlig uthyrning|{P} har olovligen upplåtit lägenheten till andra via Airbnb. Hyran betalas.
unlawfulSublet|-|Olovlig andrahandsuthyrning|{P} bor inte där, det gör några andra. Rättelseanmaning skickad.
unlawfulSublet|-|Andrahand|{P} har hyrt ut sin lägenhet på Blocket utan att fråga oss.
unlawfulSublet|-|Uppsägning|Hyresgästen {P} har upplåtit lägenheten i andra hand utan samtycke. Uppsagd.
unlawfulSublet|-|Olovlig upplåtelse|{P}: olovlig upplåtelse i andra hand konstaterad vid besök.
unlawfulSublet|-|Oriktig hyresgäst|Vi har upptäckt att {P} hyr ut hela lägenheten vidare till en familj. Tillstånd saknas.
unlawfulSublet|-|Airbnb|{P} hyr ut via Airbnb. Vi har inte gett tillstånd.
unlawfulSublet|-|Överlåtelse|{P} har överlåtit hyresrätten till annan utan tillstånd.
unlawfulSublet|-|Subletting|{P} is subletting the flat without our permission.
unlawfulSublet|-|Svarthandel|Lägenheten som {P} hyr har sålts vidare svart och där bor nu okända personer utan kontrakt. Vi har inte lämnat tillstånd till andrahandsuthyrning.
unlawfulSublet|-|andra hand|vår hyresgäst {P} hyr ut lägenheten i andra hand, han har inte fått lov. har skickat rättelse
unlawfulSublet|-|Inneboende|{P} bor hos sin sambo och låter okända bo i lägenheten utan vårt medgivande.
unlawfulSublet|-|Otillåten uthyrning|Det bor någon annan hos {P}. Hyresgästen har flyttat till Spanien och hyr ut utan vårt lov.
unlawfulSublet|-|Andrahandsuthyrning utan tillstånd|{P}: vi har konstaterat andrahandsuthyrning utan tillstånd och har sagt upp avtalet.
unlawfulSublet|-|Lägenhetsbyte|{P} har överlåtit lägenheten utan hyresvärdens samtycke.
";

#[test]
fn what_landlords_and_associations_write_tells_its_kind() {
    let wrong = wrong_of(WRITTEN);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
