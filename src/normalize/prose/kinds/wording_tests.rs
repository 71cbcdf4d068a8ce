//! Ordinary sentences of each kind, and some that only sound like one.

use super::kind;
use crate::domain::notice::NoticeType;
use crate::normalize::prose::seen::Sheet;

const SAID: &[(&str, Option<NoticeType>)] = &[
    (
        "Hej, vår hyresgäst Testa Testsson på Provgatan 3 ligger två månader efter med hyran och är nu uppsagd.",
        Some(NoticeType::RentArrears),
    ),
    (
        "Härmed meddelas att hyresavtalet sagts upp på grund av bristande hyresbetalning för oktober och november.",
        Some(NoticeType::RentArrears),
    ),
    (
        "Testa Testsson har en hyresskuld om 12 000 kr. Om skulden inte betalas inom tre veckor kan det leda till avhysning.",
        Some(NoticeType::RentArrears),
    ),
    (
        "Meddelande om uppsägning p.g.a. dröjsmål med hyresbetalning. Bifogas kopia av uppsägning. Hyran för november är obetald.",
        Some(NoticeType::RentArrears),
    ),
    ("Min hyresgäst betalar inte hyran. Hon har två barn.", Some(NoticeType::RentArrears)),
    (
        "Hyran har inte kommit in för september, oktober och november. Vi har delgett hyresgästen uppsägning.",
        Some(NoticeType::RentArrears),
    ),
    (
        "Underrättelse till socialnämnden jml 12:44 JB. Hg: Testa Testsson. Skuld 8 000",
        Some(NoticeType::RentArrears),
    ),
    (
        "Hyresgästen har betalat september men inte oktober. Total hyresskuld 8 000 kr.",
        Some(NoticeType::RentArrears),
    ),
    ("Han har bara betalat 500 kr av hyran. Resten är obetalt.", Some(NoticeType::RentArrears)),
    (
        "Vi har avbetalningsplan men hyresgästen har inte följt den. Hyresskulden uppgår till 20 000 kr.",
        Some(NoticeType::RentArrears),
    ),
    (
        "Hyresinbetalning saknas för 2026-10 och 2026-11. Kontrakt uppsagt 2026-11-10.",
        Some(NoticeType::RentArrears),
    ),
    (
        "Uppsägning på grund av obetald hyra. Hyresrätten är förverkad enligt 12 kap 42 § 1 st 1 p JB. Återvinning senast tre veckor efter delgivning.",
        Some(NoticeType::RentArrears),
    ),
    (
        "Our tenant owes three months of rent and the lease has been terminated.",
        Some(NoticeType::RentArrears),
    ),
    ("Lejeren har ikke betalt husleje i to måneder.", Some(NoticeType::RentArrears)),
    ("Leietakeren skylder husleie for oktober og november.", Some(NoticeType::RentArrears)),
    (
        "Hyresgasten har inte betalat hyran for november. Uppsagning skickad.",
        Some(NoticeType::RentArrears),
    ),
    ("Hyresskud 12 000 kr, Testa Testsson, Provgatan 3.", Some(NoticeType::RentArrears)),
    (
        "Betalningsanmärkning: hyra okt, nov ej betald. Hyresgäst Testa Testsson.",
        Some(NoticeType::RentArrears),
    ),
    (
        "Bostadsrättshavaren Testa Testsson har inte betalat månadsavgiften för oktober. Nyttjanderätten är förverkad.",
        Some(NoticeType::TenantOwnedArrears),
    ),
    (
        "Brf Provet meddelar att medlemmen på lgh 1203 har obetalda avgifter, 9 000 kr, och är uppsagd.",
        Some(NoticeType::TenantOwnedArrears),
    ),
    (
        "Meddelande enligt 7 kap. 23 § bostadsrättslagen om uppsägning på grund av dröjsmål med årsavgift.",
        Some(NoticeType::TenantOwnedArrears),
    ),
    (
        "Avgiftsskuld 14 000 kr, medlem Testa Testsson, lgh 1102",
        Some(NoticeType::TenantOwnedArrears),
    ),
    (
        "Underrättelse enligt 12 kap. 25 a § JB. Hyresgästen stör grannarna nattetid.",
        Some(NoticeType::RentDisturbance),
    ),
    (
        "Vi har skickat en rättelseanmaning till Testa Testsson på grund av upprepade störningar. Bifogas för kännedom.",
        Some(NoticeType::RentDisturbance),
    ),
    (
        "Hyresgästen spelar hög musik varje natt och har hotat grannarna. Vi har sagt till honom att sluta.",
        Some(NoticeType::RentDisturbance),
    ),
    (
        "Lägenheten är i mycket dåligt skick, vanvård och skadedjur. Vi har uppmanat hyresgästen till rättelse.",
        Some(NoticeType::RentDisturbance),
    ),
    (
        "We have sent a warning to our tenant because of loud music and complaints from neighbours.",
        Some(NoticeType::RentDisturbance),
    ),
    (
        "Underrättelse till socialnämnden om störningar. Bostadsrättshavaren Testa Testsson har fest varje helg.",
        Some(NoticeType::TenantOwnedDisturbance),
    ),
    (
        "Kopia av uppsägning. Hyresgästen har misshandlat en granne med kniv. Uppsägningen sker utan föregående rättelseanmaning.",
        Some(NoticeType::RentTerminationCopy),
    ),
    (
        "Översänder kopia av uppsägning p.g.a. särskilt allvarliga störningar i boendet, 12 kap 42 § 4 st JB.",
        Some(NoticeType::RentTerminationCopy),
    ),
    (
        "Kopia av uppsägning till bostadsrättshavare på grund av särskilt allvarliga störningar.",
        Some(NoticeType::TenantOwnedTerminationCopy),
    ),
    (
        "Hyresgästen hyr ut lägenheten i andra hand utan vårt tillstånd. Rättelseanmaning skickad.",
        Some(NoticeType::UnlawfulSublet),
    ),
    (
        "Otillåten andrahandsuthyrning, Provgatan 3. Anmaning om rättelse har skickats.",
        Some(NoticeType::UnlawfulSublet),
    ),
    (
        "Kunden har inte betalat sin elräkning. Om betalning inte sker kommer elen att stängas av den 3 december.",
        Some(NoticeType::ElectricityDebt),
    ),
    (
        "Meddelande enligt 11 kap ellagen: avbrytande av elöverföring till konsument.",
        Some(NoticeType::ElectricityDebt),
    ),
    (
        "Hyresnämnden underrättar om förlängningstvist. Hyresvärden åberopar upprepade sena betalningar.",
        Some(NoticeType::RentTribunalDispute),
    ),
    (
        "Kronofogden har tagit emot en ansökan om avhysning av Testa Testsson.",
        Some(NoticeType::EvictionApplication),
    ),
    (
        "Vi har idag lämnat in ansökan om avhysning till Kronofogden. Hyresskulden är 20 000 kr.",
        Some(NoticeType::EvictionApplication),
    ),
    (
        "Information om att en ansökan om avhysning har kommit in. Avhysning kan komma att ske tidigast den 3 december.",
        Some(NoticeType::EvictionApplication),
    ),
    (
        "Avhysningen av Testa Testsson äger rum den 3 december kl. 9.00.",
        Some(NoticeType::EvictionScheduled),
    ),
    ("Vi kommer att avhysa Testa Testsson tisdag 3/12 kl 10.", Some(NoticeType::EvictionScheduled)),
    (
        "Avhysning 2026-12-03 kl. 09:00, Provgatan 3. Målnr U-12345-26.",
        Some(NoticeType::EvictionScheduled),
    ),
    (
        "Den inställda avhysningen har fått ny tid: 3 december kl. 10.00.",
        Some(NoticeType::EvictionScheduled),
    ),
    ("Avhysningen flyttas fram till den 10 december kl. 9.", Some(NoticeType::EvictionScheduled)),
    (
        "Förrättningen är utsatt till 2026-12-03 kl 09.00. Hyresskuld 12 000 kr.",
        Some(NoticeType::EvictionScheduled),
    ),
    (
        "Avhysningen den 3 december blir inte av. Sökanden har återkallat.",
        Some(NoticeType::EvictionChanged),
    ),
    (
        "Kronofogden har beslutat om anstånd i två veckor. Avhysningen den 3/12 ställs in.",
        Some(NoticeType::EvictionChanged),
    ),
    ("Avhysningen är uppskjuten tills vidare.", Some(NoticeType::EvictionChanged)),
    ("Tiden för avhysning den 3 december är inställd.", Some(NoticeType::EvictionChanged)),
    (
        "Avhysningen genomfördes idag kl. 9.30. Inga barn fanns i bostaden.",
        Some(NoticeType::EvictionExecuted),
    ),
    ("Avhysning verkställd 2026-12-03.", Some(NoticeType::EvictionExecuted)),
    ("Vi har idag verkställt avhysning av Testa Testsson.", Some(NoticeType::EvictionExecuted)),
    (
        "Underrättelse om tid för avlägsnande. Avlägsnandet sker den 3 december kl. 9.",
        Some(NoticeType::RemovalScheduled),
    ),
    (
        "Ansökan om särskild handräckning, avlägsnande, har kommit in.",
        Some(NoticeType::RemovalApplication),
    ),
    (
        "Hyresgästen har nu betalat hela skulden och vi återkallar vår underrättelse.",
        Some(NoticeType::Withdrawal),
    ),
    ("Skulden är reglerad. Ärendet kan avslutas.", Some(NoticeType::Withdrawal)),
    ("Hyran är betald, bortse från vårt tidigare meddelande.", Some(NoticeType::Withdrawal)),
    (
        "Vi drar tillbaka vår anmälan om störningar, det har lugnat sig.",
        Some(NoticeType::Withdrawal),
    ),
    (
        "The arrears have been paid in full, please disregard our notice.",
        Some(NoticeType::Withdrawal),
    ),
    (
        "Testa har betalat sin hyresskuld så uppsägningen är återkallad.",
        Some(NoticeType::Withdrawal),
    ),
    (
        "Komplettering till vårt meddelande den 3 november: personnummer 850101-2382.",
        Some(NoticeType::Supplement),
    ),
    (
        "Vi glömde skriva personnumret i vår underrättelse i går, det är 850101-2382.",
        Some(NoticeType::Supplement),
    ),
    (
        "I vårt förra brev angavs fel adress. Rätt adress är Provgatan 5.",
        Some(NoticeType::Supplement),
    ),
    (
        "Orosanmälan. Vi är oroliga för barnen på Provgatan 3, de är ensamma hemma.",
        Some(NoticeType::ChildConcern),
    ),
    ("Jag vill anmäla oro för ett barn i huset.", Some(NoticeType::ChildConcern)),
    ("Hej, kan ni ringa mig om ett ärende? Mvh", None),
    ("Kopia av inkassokrav för kännedom. Hyra oktober 2026 obetald.", None),
    ("Vi bjuder in till utbildning om avhysning och hyresskuld den 3 december.", None),
    ("Bifogar handling enligt överenskommelse.", None),
    (
        "Hyresgästen uppger att hon har betalat men vi har inte fått någon hyra för november.",
        Some(NoticeType::RentArrears),
    ),
    (
        "Om hyran betalas före den 3 december återkallas uppsägningen. Hyresskuld: 9 000 kr. 12 kap 44 § JB.",
        Some(NoticeType::RentArrears),
    ),
    (
        "Meddelande till socialnämnden. Hyresgästen är uppsagd för obetald hyra. När skulden är betald återkommer vi.",
        Some(NoticeType::RentArrears),
    ),
    (
        "Avhysning sker den 3 december kl 9 om inte hyresskulden är betald dessförinnan. Kronofogden mål U-12345-26.",
        Some(NoticeType::EvictionScheduled),
    ),
    (
        "Underrättelse om tid för avhysning. Om svaranden betalar skulden kan avhysningen ställas in.",
        Some(NoticeType::EvictionScheduled),
    ),
    (
        "Störningar: om rättelse inte sker kan hyresavtalet sägas upp och avhysning begäras.",
        Some(NoticeType::RentDisturbance),
    ),
    (
        "Hyresgästen har fått anstånd med hyran tidigare men har inte betalat hyran för oktober.",
        Some(NoticeType::RentArrears),
    ),
    (
        "Vi har sagt upp Testa Testsson med anledning av att hyran för tredje kvartalet inte erlagts.",
        Some(NoticeType::RentArrears),
    ),
    (
        "Betalning av hyra för november har inte skett. Hyresgästen underrättad enligt formulär 1.",
        Some(NoticeType::RentArrears),
    ),
    ("Hyresgästen har upprepade betalningsförsummelser.", Some(NoticeType::RentArrears)),
    (
        "Ang Testa Testsson, hyresskuld 14 230:-, lägenhet 1203. Formulär 3 bifogas.",
        Some(NoticeType::RentArrears),
    ),
    (
        "Hej! Jag hyr ut ett rum till en kille och han har slutat betala hyra. Vad ska jag göra?",
        Some(NoticeType::RentArrears),
    ),
    ("uppsagd hyresgäst, skulden är 18 000 för aug sept okt", Some(NoticeType::RentArrears)),
    ("Meddelande om obetald hyra, kontrakt 12-345-6", Some(NoticeType::RentArrears)),
    ("The tenant has failed to pay rent for September and October.", Some(NoticeType::RentArrears)),
    ("Rent for October remains unpaid, SEK 9,000.", Some(NoticeType::RentArrears)),
    ("Skuldsaldo hyra 23 000 kr. Uppsagt till avflyttning.", Some(NoticeType::RentArrears)),
    ("Hyresgästen har inte erlagt hyra för oktober månad.", Some(NoticeType::RentArrears)),
    (
        "Vår medlem Testa Testsson har inte betalt sina avgifter till föreningen på tre månader.",
        Some(NoticeType::TenantOwnedArrears),
    ),
    (
        "Bostadsrättsföreningen Provet har sagt upp Testa Testsson då årsavgiften inte erlagts.",
        Some(NoticeType::TenantOwnedArrears),
    ),
    (
        "Uppsägning av bostadsrättshavare på grund av obetald månadsavgift",
        Some(NoticeType::TenantOwnedArrears),
    ),
    ("Anmälan om störande hyresgäst, Provgatan 3 lgh 1102", Some(NoticeType::RentDisturbance)),
    (
        "Grannar klagar på fest och skrik hela nätterna hos vår hyresgäst. Vi skickar härmed en första varning.",
        Some(NoticeType::RentDisturbance),
    ),
    (
        "Underrättelse om misskötsamhet: hyresgästen röker i trapphuset, hotar personal.",
        Some(NoticeType::RentDisturbance),
    ),
    ("Copy of warning letter to tenant regarding disturbances", Some(NoticeType::RentDisturbance)),
    (
        "Medlemmen i lgh 12 stör sina grannar trots tillsägelse. Formulär 4.",
        Some(NoticeType::TenantOwnedDisturbance),
    ),
    (
        "Bifogat kopia av uppsägning. Hyresgästen har hotat grannar med vapen, synnerligen allvarlig störning.",
        Some(NoticeType::RentTerminationCopy),
    ),
    ("Vi misstänker olovlig andrahandsuthyrning på Provgatan 3.", Some(NoticeType::UnlawfulSublet)),
    (
        "Hyresgästen bor inte själv i lägenheten utan har överlåtit den till okända utan vårt medgivande.",
        Some(NoticeType::UnlawfulSublet),
    ),
    (
        "Kund: Testa Testsson. Obetald elfaktura 4 300 kr. Frånkoppling planeras 2026-12-03.",
        Some(NoticeType::ElectricityDebt),
    ),
    (
        "Förestående frånkoppling av el på grund av obetalda fakturor",
        Some(NoticeType::ElectricityDebt),
    ),
    (
        "Underrättelse enligt 13 b § lagen om arrendenämnder och hyresnämnder",
        Some(NoticeType::RentTribunalDispute),
    ),
    (
        "Ansökan om avhysning inkom 2026-11-03. Svarande Testa Testsson. Grund obetald hyra.",
        Some(NoticeType::EvictionApplication),
    ),
    (
        "Hyresvärden begär att Testa Testsson avhyses. Ansökan kom in den 3 november.",
        Some(NoticeType::EvictionApplication),
    ),
    (
        "Bolaget har ansökt om verkställighet av tingsrättens dom om avhysning",
        Some(NoticeType::EvictionApplication),
    ),
    ("Hej, tid för vräkning av Testa Testsson: 3 dec kl 9", Some(NoticeType::EvictionScheduled)),
    (
        "Kronofogden har bestämt att avhysning ska ske den 3 december 2026 klockan 09.00.",
        Some(NoticeType::EvictionScheduled),
    ),
    (
        "Avhysningsdatum: 2026-12-03 kl 10.00 Svarande: Testa Testsson",
        Some(NoticeType::EvictionScheduled),
    ),
    ("Avhysning planerad till 3 december.", Some(NoticeType::EvictionScheduled)),
    ("Ny avhysningstid 10/12 kl 9 istället för 3/12", Some(NoticeType::EvictionScheduled)),
    (
        "Avhysning U-12345-26 avbokad. Hyresvärden har dragit tillbaka.",
        Some(NoticeType::EvictionChanged),
    ),
    ("Förrättningen den 3/12 är inställd pga sjukdom.", Some(NoticeType::EvictionChanged)),
    ("Sökanden har medgivit uppskov med avhysningen.", Some(NoticeType::EvictionChanged)),
    ("Vräkningen som var planerad till imorgon är inställd.", Some(NoticeType::EvictionChanged)),
    ("Avhysning har skett idag.", Some(NoticeType::EvictionExecuted)),
    ("Hyresgästen avhystes den 3 december.", Some(NoticeType::EvictionExecuted)),
    ("Avhysningen är nu verkställd. Två barn fanns på plats.", Some(NoticeType::EvictionExecuted)),
    ("The eviction was carried out today.", Some(NoticeType::EvictionExecuted)),
    (
        "Avlägsnande kommer att ske den 3 december kl 8. Barn kan antas beröras.",
        Some(NoticeType::RemovalScheduled),
    ),
    ("Återkallelse av underrättelse. Hyresgästen har betalat.", Some(NoticeType::Withdrawal)),
    (
        "Vi vill meddela att hyresgästen nu har reglerat sin skuld i sin helhet.",
        Some(NoticeType::Withdrawal),
    ),
    ("Hyresskulden är betald och hyresrätten återvunnen.", Some(NoticeType::Withdrawal)),
    ("Ni kan avsluta ärendet, Testa har betalat allt.", Some(NoticeType::Withdrawal)),
    ("Vi tar tillbaka vår anmälan gällande Testa Testsson.", Some(NoticeType::Withdrawal)),
    ("Uppsägningen har återkallats efter betalning.", Some(NoticeType::Withdrawal)),
    (
        "Hej, här kommer kompletterande uppgifter om Testa Testsson: tel 070-1740600",
        Some(NoticeType::Supplement),
    ),
    ("Tillägg till vår underrättelse: hyresgästen har två barn.", Some(NoticeType::Supplement)),
    (
        "Hyresgästen är nu delgiven, den 3 november. Avser vårt meddelande 28 oktober.",
        Some(NoticeType::Supplement),
    ),
    ("Beloppet i vår tidigare underrättelse ska vara 18 630 kr.", Some(NoticeType::Supplement)),
    (
        "Further to our notice of 3 November: the tenant's number is 850101-2382.",
        Some(NoticeType::Supplement),
    ),
    ("Anmälan enligt 19 kap 1 § SoL", Some(NoticeType::ChildConcern)),
    ("Tack, vi har mottagit er bekräftelse.", None),
    ("Kan ni skicka den senaste versionen av er rutin för avhysningsärenden?", None),
    ("Se bifogad fil.", None),
    ("Årsredovisning för Brf Provet 2025", None),
    ("Välkommen till dialogmöte om hyresskulder och vräkningar", None),
];

#[test]
fn sentences_tell_their_kind() {
    let wrong = SAID.iter().filter_map(|(text, expected)| {
        let told = kind(&[Sheet::body(text)], false).kind;
        let value = told.as_ref().map(|seen| seen.value);
        (value != *expected).then(|| format!("{text}: {told:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
