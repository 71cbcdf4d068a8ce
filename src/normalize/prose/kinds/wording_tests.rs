//! Ordinary sentences of each kind, and some that only sound like one.

use super::Case;
use super::Kind;
use super::kind;
use crate::domain::notice::NoticeType;
use crate::domain::notice::SenderKind;
use crate::normalize::prose::days;
use crate::normalize::prose::seen::Sheet;
use jiff::civil::date;

/// The kind of what somebody says on the third of November.
pub(super) fn told(sheets: &[Sheet]) -> Kind {
    told_by(SenderKind::Unknown, sheets)
}

/// The same of somebody known.
pub(super) fn told_by(sender: SenderKind, sheets: &[Sheet]) -> Kind {
    let on = date(2026, 11, 3);
    let days: Vec<_> = sheets.iter().flat_map(|sheet| days::days(sheet, on)).collect();
    kind(sheets, &Case::of(sender, on, &days), false)
}

/// A person and a home between the words, as most letters have them.
const PERSON: &str = "Testa Testsson, 850101-2390, Exempelgatan 12 lgh 1102, 214 00 Malmö";

/// The lines that are told wrongly, or surely as more than they say.
pub(super) fn wrong_of(written: &str) -> Vec<String> {
    let wrong = written.lines().filter_map(|line| {
        let [meant, who, subject, text]: [&str; 4] =
            line.splitn(4, '|').collect::<Vec<_>>().try_into().ok()?;
        let sender = match who {
            "K" => SenderKind::EnforcementAuthority,
            "T" => SenderKind::RentTribunal,
            "E" => SenderKind::EnergyCompany,
            "B" => SenderKind::TenantOwnerAssociation,
            "M" => SenderKind::MunicipalDepartment,
            _ => SenderKind::Unknown,
        };
        let words = |text: &str| text.replace("{P}", PERSON).replace("\\n", "\n");
        let subject = Sheet::new(1, "subject".to_owned(), words(subject));
        let told = told_by(sender, &[Sheet::body(&words(text)), subject]).kind;
        let value = told.as_ref().map(|seen| seen.value);
        (value != NoticeType::parse(meant)).then(|| format!("{line}: {told:?}"))
    });
    wrong.collect()
}

/// The kind, or `-`, and what is said.
const SAID: &str = "\
rentArrears|Hej, vår hyresgäst Testa Testsson på Provgatan 3 ligger två månader efter med hyran och är nu uppsagd.
rentArrears|Härmed meddelas att hyresavtalet sagts upp på grund av bristande hyresbetalning för oktober och november.
rentArrears|Testa Testsson har en hyresskuld om 12 000 kr. Om skulden inte betalas inom tre veckor kan det leda till avhysning.
rentArrears|Meddelande om uppsägning p.g.a. dröjsmål med hyresbetalning. Bifogas kopia av uppsägning. Hyran för november är obetald.
rentArrears|Min hyresgäst betalar inte hyran. Hon har två barn.
rentArrears|Hyran har inte kommit in för september, oktober och november. Vi har delgett hyresgästen uppsägning.
rentArrears|Underrättelse till socialnämnden jml 12:44 JB. Hg: Testa Testsson. Skuld 8 000
rentArrears|Hyresgästen har betalat september men inte oktober. Total hyresskuld 8 000 kr.
rentArrears|Han har bara betalat 500 kr av hyran. Resten är obetalt.
rentArrears|Vi har avbetalningsplan men hyresgästen har inte följt den. Hyresskulden uppgår till 20 000 kr.
rentArrears|Hyresinbetalning saknas för 2026-10 och 2026-11. Kontrakt uppsagt 2026-11-10.
rentArrears|Uppsägning på grund av obetald hyra. Hyresrätten är förverkad enligt 12 kap 42 § 1 st 1 p JB. Återvinning senast tre veckor efter delgivning.
rentArrears|Our tenant owes three months of rent and the lease has been terminated.
rentArrears|Lejeren har ikke betalt husleje i to måneder.
rentArrears|Leietakeren skylder husleie for oktober og november.
rentArrears|Hyresgasten har inte betalat hyran for november. Uppsagning skickad.
rentArrears|Hyresskud 12 000 kr, Testa Testsson, Provgatan 3.
rentArrears|Betalningsanmärkning: hyra okt, nov ej betald. Hyresgäst Testa Testsson.
tenantOwnedArrears|Bostadsrättshavaren Testa Testsson har inte betalat månadsavgiften för oktober. Nyttjanderätten är förverkad.
tenantOwnedArrears|Brf Provet meddelar att medlemmen på lgh 1203 har obetalda avgifter, 9 000 kr, och är uppsagd.
tenantOwnedArrears|Meddelande enligt 7 kap. 23 § bostadsrättslagen om uppsägning på grund av dröjsmål med årsavgift.
tenantOwnedArrears|Avgiftsskuld 14 000 kr, medlem Testa Testsson, lgh 1102
rentDisturbance|Underrättelse enligt 12 kap. 25 a § JB. Hyresgästen stör grannarna nattetid.
rentDisturbance|Vi har skickat en rättelseanmaning till Testa Testsson på grund av upprepade störningar. Bifogas för kännedom.
rentDisturbance|Hyresgästen spelar hög musik varje natt och har hotat grannarna. Vi har sagt till honom att sluta.
rentDisturbance|Lägenheten är i mycket dåligt skick, vanvård och skadedjur. Vi har uppmanat hyresgästen till rättelse.
rentDisturbance|We have sent a warning to our tenant because of loud music and complaints from neighbours.
tenantOwnedDisturbance|Underrättelse till socialnämnden om störningar. Bostadsrättshavaren Testa Testsson har fest varje helg.
rentTerminationCopy|Kopia av uppsägning. Hyresgästen har misshandlat en granne med kniv. Uppsägningen sker utan föregående rättelseanmaning.
rentTerminationCopy|Översänder kopia av uppsägning p.g.a. särskilt allvarliga störningar i boendet, 12 kap 42 § 4 st JB.
tenantOwnedTerminationCopy|Kopia av uppsägning till bostadsrättshavare på grund av särskilt allvarliga störningar.
unlawfulSublet|Hyresgästen hyr ut lägenheten i andra hand utan vårt tillstånd. Rättelseanmaning skickad.
unlawfulSublet|Otillåten andrahandsuthyrning, Provgatan 3. Anmaning om rättelse har skickats.
electricityDebt|Kunden har inte betalat sin elräkning. Om betalning inte sker kommer elen att stängas av den 3 december.
electricityDebt|Meddelande enligt 11 kap ellagen: avbrytande av elöverföring till konsument.
rentTribunalDispute|Hyresnämnden underrättar om förlängningstvist. Hyresvärden åberopar upprepade sena betalningar.
evictionApplication|Kronofogden har tagit emot en ansökan om avhysning av Testa Testsson.
evictionApplication|Vi har idag lämnat in ansökan om avhysning till Kronofogden. Hyresskulden är 20 000 kr.
evictionApplication|Information om att en ansökan om avhysning har kommit in. Avhysning kan komma att ske tidigast den 3 december.
evictionScheduled|Avhysningen av Testa Testsson äger rum den 3 december kl. 9.00.
evictionScheduled|Vi kommer att avhysa Testa Testsson tisdag 3/12 kl 10.
evictionScheduled|Avhysning 2026-12-03 kl. 09:00, Provgatan 3. Målnr U-12345-26.
evictionScheduled|Den inställda avhysningen har fått ny tid: 3 december kl. 10.00.
evictionScheduled|Avhysningen flyttas fram till den 10 december kl. 9.
evictionScheduled|Förrättningen är utsatt till 2026-12-03 kl 09.00. Hyresskuld 12 000 kr.
evictionChanged|Avhysningen den 3 december blir inte av. Sökanden har återkallat.
evictionChanged|Kronofogden har beslutat om anstånd i två veckor. Avhysningen den 3/12 ställs in.
evictionChanged|Avhysningen är uppskjuten tills vidare.
evictionChanged|Tiden för avhysning den 3 december är inställd.
evictionExecuted|Avhysningen genomfördes idag kl. 9.30. Inga barn fanns i bostaden.
evictionExecuted|Avhysning verkställd 2026-12-03.
evictionExecuted|Vi har idag verkställt avhysning av Testa Testsson.
removalScheduled|Underrättelse om tid för avlägsnande. Avlägsnandet sker den 3 december kl. 9.
removalApplication|Ansökan om särskild handräckning, avlägsnande, har kommit in.
withdrawal|Hyresgästen har nu betalat hela skulden och vi återkallar vår underrättelse.
withdrawal|Skulden är reglerad. Ärendet kan avslutas.
withdrawal|Hyran är betald, bortse från vårt tidigare meddelande.
withdrawal|Vi drar tillbaka vår anmälan om störningar, det har lugnat sig.
withdrawal|The arrears have been paid in full, please disregard our notice.
withdrawal|Testa har betalat sin hyresskuld så uppsägningen är återkallad.
supplement|Komplettering till vårt meddelande den 3 november: personnummer 850101-2382.
supplement|Vi glömde skriva personnumret i vår underrättelse i går, det är 850101-2382.
supplement|I vårt förra brev angavs fel adress. Rätt adress är Provgatan 5.
childConcern|Orosanmälan. Vi är oroliga för barnen på Provgatan 3, de är ensamma hemma.
childConcern|Jag vill anmäla oro för ett barn i huset.
-|Hej, kan ni ringa mig om ett ärende? Mvh
-|Kopia av inkassokrav för kännedom. Hyra oktober 2026 obetald.
-|Vi bjuder in till utbildning om avhysning och hyresskuld den 3 december.
-|Bifogar handling enligt överenskommelse.
rentArrears|Hyresgästen uppger att hon har betalat men vi har inte fått någon hyra för november.
rentArrears|Om hyran betalas före den 3 december återkallas uppsägningen. Hyresskuld: 9 000 kr. 12 kap 44 § JB.
rentArrears|Meddelande till socialnämnden. Hyresgästen är uppsagd för obetald hyra. När skulden är betald återkommer vi.
evictionScheduled|Avhysning sker den 3 december kl 9 om inte hyresskulden är betald dessförinnan. Kronofogden mål U-12345-26.
evictionScheduled|Underrättelse om tid för avhysning. Om svaranden betalar skulden kan avhysningen ställas in.
rentDisturbance|Störningar: om rättelse inte sker kan hyresavtalet sägas upp och avhysning begäras.
rentArrears|Hyresgästen har fått anstånd med hyran tidigare men har inte betalat hyran för oktober.
rentArrears|Vi har sagt upp Testa Testsson med anledning av att hyran för tredje kvartalet inte erlagts.
rentArrears|Betalning av hyra för november har inte skett. Hyresgästen underrättad enligt formulär 1.
rentArrears|Hyresgästen har upprepade betalningsförsummelser.
rentArrears|Ang Testa Testsson, hyresskuld 14 230:-, lägenhet 1203. Formulär 3 bifogas.
rentArrears|Hej! Jag hyr ut ett rum till en kille och han har slutat betala hyra. Vad ska jag göra?
rentArrears|uppsagd hyresgäst, skulden är 18 000 för aug sept okt
rentArrears|Meddelande om obetald hyra, kontrakt 12-345-6
rentArrears|The tenant has failed to pay rent for September and October.
rentArrears|Rent for October remains unpaid, SEK 9,000.
rentArrears|Skuldsaldo hyra 23 000 kr. Uppsagt till avflyttning.
rentArrears|Hyresgästen har inte erlagt hyra för oktober månad.
tenantOwnedArrears|Vår medlem Testa Testsson har inte betalt sina avgifter till föreningen på tre månader.
tenantOwnedArrears|Bostadsrättsföreningen Provet har sagt upp Testa Testsson då årsavgiften inte erlagts.
tenantOwnedArrears|Uppsägning av bostadsrättshavare på grund av obetald månadsavgift
rentDisturbance|Anmälan om störande hyresgäst, Provgatan 3 lgh 1102
rentDisturbance|Grannar klagar på fest och skrik hela nätterna hos vår hyresgäst. Vi skickar härmed en första varning.
rentDisturbance|Underrättelse om misskötsamhet: hyresgästen röker i trapphuset, hotar personal.
rentDisturbance|Copy of warning letter to tenant regarding disturbances
tenantOwnedDisturbance|Medlemmen i lgh 12 stör sina grannar trots tillsägelse. Formulär 4.
rentTerminationCopy|Bifogat kopia av uppsägning. Hyresgästen har hotat grannar med vapen, synnerligen allvarlig störning.
unlawfulSublet|Vi misstänker olovlig andrahandsuthyrning på Provgatan 3.
unlawfulSublet|Hyresgästen bor inte själv i lägenheten utan har överlåtit den till okända utan vårt medgivande.
electricityDebt|Kund: Testa Testsson. Obetald elfaktura 4 300 kr. Frånkoppling planeras 2026-12-03.
electricityDebt|Förestående frånkoppling av el på grund av obetalda fakturor
rentTribunalDispute|Underrättelse enligt 13 b § lagen om arrendenämnder och hyresnämnder
evictionApplication|Ansökan om avhysning inkom 2026-11-03. Svarande Testa Testsson. Grund obetald hyra.
evictionApplication|Hyresvärden begär att Testa Testsson avhyses. Ansökan kom in den 3 november.
evictionApplication|Bolaget har ansökt om verkställighet av tingsrättens dom om avhysning
evictionScheduled|Hej, tid för vräkning av Testa Testsson: 3 dec kl 9
evictionScheduled|Kronofogden har bestämt att avhysning ska ske den 3 december 2026 klockan 09.00.
evictionScheduled|Avhysningsdatum: 2026-12-03 kl 10.00 Svarande: Testa Testsson
evictionScheduled|Avhysning planerad till 3 december.
evictionScheduled|Ny avhysningstid 10/12 kl 9 istället för 3/12
evictionChanged|Avhysning U-12345-26 avbokad. Hyresvärden har dragit tillbaka.
evictionChanged|Förrättningen den 3/12 är inställd pga sjukdom.
evictionChanged|Sökanden har medgivit uppskov med avhysningen.
evictionChanged|Vräkningen som var planerad till imorgon är inställd.
evictionExecuted|Avhysning har skett idag.
evictionExecuted|Hyresgästen avhystes den 3 december.
evictionExecuted|Avhysningen är nu verkställd. Två barn fanns på plats.
evictionExecuted|The eviction was carried out today.
removalScheduled|Avlägsnande kommer att ske den 3 december kl 8. Barn kan antas beröras.
withdrawal|Återkallelse av underrättelse. Hyresgästen har betalat.
withdrawal|Vi vill meddela att hyresgästen nu har reglerat sin skuld i sin helhet.
withdrawal|Hyresskulden är betald och hyresrätten återvunnen.
withdrawal|Ni kan avsluta ärendet, Testa har betalat allt.
withdrawal|Vi tar tillbaka vår anmälan gällande Testa Testsson.
withdrawal|Uppsägningen har återkallats efter betalning.
supplement|Hej, här kommer kompletterande uppgifter om Testa Testsson: tel 070-1740600
supplement|Tillägg till vår underrättelse: hyresgästen har två barn.
supplement|Hyresgästen är nu delgiven, den 3 november. Avser vårt meddelande 28 oktober.
supplement|Beloppet i vår tidigare underrättelse ska vara 18 630 kr.
supplement|Further to our notice of 3 November: the tenant's number is 850101-2382.
childConcern|Anmälan enligt 19 kap 1 § SoL
childConcern|orosanm barn
evictionApplication|Talan om avhysning väckt hos tingsrätten
evictionApplication|avhysning begärd, ingen tid satt än
evictionExecuted|Avhysn. klar, nyckeln hos värden
unlawfulSublet|Hyresgästen hyr ut svart i andra hand
supplement|Bilagan som saknades i går
rentTerminationCopy|Kopia av den uppsägning som skickats till hyresgästen efter knivslagsmål
-|Tack, vi har mottagit er bekräftelse.
-|Kan ni skicka den senaste versionen av er rutin för avhysningsärenden?
-|Se bifogad fil.
-|Årsredovisning för Brf Provet 2025
-|Välkommen till dialogmöte om hyresskulder och vräkningar
";

#[test]
fn sentences_tell_their_kind() {
    let wrong = SAID.lines().filter_map(|line| {
        let (meant, text) = line.split_once('|')?;
        let told = told(&[Sheet::body(text)]).kind;
        let value = told.as_ref().map(|seen| seen.value);
        (value != NoticeType::parse(meant)).then(|| format!("{text}: {told:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
