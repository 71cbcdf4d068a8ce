//! Tests of debts for electricity, tribunals, concern, supplements, withdrawals, and of what is no notice.

use super::wording_tests::wrong_of;

/// The kind, who writes, the subject and the text; `{P}` stands for a person and a home.
const WRITTEN: &str = r"-|-|Fråga|Hej, hur gör man om man inte kan betala hyran? Kan man få hjälp?
-|-|Enkät|Vi genomför en enkät om avhysningar. Vill ni delta?
-|-|Möte|Kan vi boka in ett möte om samverkan kring vräkningsförebyggande arbete?
-|-|Hej|Jag undrar om ni har fått vårt brev?
-|-|Faktura|Faktura 4411 för oktober bifogas.
-|-|Ansökan om lägenhet|Jag söker en lägenhet till mig och min dotter.
-|-|Ledig|Jag är ledig till måndag, kontakta kollegan.
-|-|Tack|Tack för hjälpen med ärendet!
-|-|Inkassokrav|För kännedom: kopia av inkassokrav till {P}, hyra oktober obetald.
-|-|Möte|Minnesanteckningar från mötet om avhysningar bifogas.
-|-|Synpunkter|Grannar i området oroar sig över fler vräkningar.
-|-|Information om ny rutin|Från årsskiftet skickar vi underrättelser via SDK i stället för e-post.
-|-|Fråga om blankett|Var hittar jag formulär 3?
-|-|Bostadssökande|Jag är hemlös och behöver hjälp med bostad.
-|-|Mötestid|Passar torsdag kl 10 för möte om samarbete?
childConcern|-|Orosanmälan|Jag vill anmäla oro för barnen hos {P}. Det har varit bråk och de skriker.
childConcern|-|Oro|Skolan anmäler enligt 19 kap. 1 § socialtjänstlagen oro för barn hos {P}. Familjen har hyresskuld.
childConcern|-|Oro|Jag är orolig för barnen hos {P}. De är ensamma på kvällarna.
childConcern|-|Anmälan|Jag vill göra en orosanmälan gällande barnen hos {P}.
childConcern|M|Anmälan enligt 19 kap 1 § SoL|Vi anmäler oro för elev boende hos {P}. Familjen riskerar att bli vräkt.
childConcern|-|Barn far illa|Barn far illa hos {P}, mamman dricker.
childConcern|-|Concern|I am concerned about the children at Exempelgatan 12, they are often alone.
childConcern|-|Oro för barn|Vid vårt besök hos {P} var två små barn ensamma hemma. Vi känner oro för dem.
childConcern|-|Barnen på Exempelgatan|Barnen skriker på nätterna och verkar inte få mat. Någon måste titta till dem. {P}
childConcern|-|Anmälan om oro för barn|Enligt anmälningsskyldigheten anmäler vi att barnen i familjen {P} kan behöva stöd.
childConcern|-|Orosanmälan|Vi anmäler oro för en flicka, 3 år, boende på Exempelgatan 12. Mamman {P}.
childConcern|-|Grannbarn|Hej, jag är jätteorolig för grannens son, han är ute sent på kvällarna och verkar hungrig. Exempelgatan 12.
electricityDebt|-|Obetald el|Vi avser att koppla från elen för {P} 2026-11-25 då elräkningen om 4 300 kr är obetald.
electricityDebt|-|Underrättelse enligt ellagen|Konsumenten {P} har inte betalat elnätsavgiften. Frånkoppling sker tidigast 2026-11-25.
electricityDebt|E|Underrättelse|Kund {P} har obetalda elfakturor, 4 312 kr. Frånkoppling tidigast 2026-11-27.
electricityDebt|-|Avstängning av el|{P}. Elen stängs av 26 november om fakturan inte betalas.
electricityDebt|-|Meddelande till socialnämnd enl. 11 kap ellagen|{P}, skuld 6 100 kr, elleverans kommer att avbrytas.
electricityDebt|-|Elavstängning|Vi kommer att bryta strömmen hos {P} den 24 november på grund av obetald elräkning.
electricityDebt|-|Bortkoppling|Anläggningen hos {P} kommer att kopplas bort pga obetalda nätavgifter.
electricityDebt|-|Fjärrvärme och el|{P} har inte betalat för el och fjärrvärme, leveransen stoppas 2026-11-30.
electricityDebt|-|disconnection|{P} has unpaid electricity bills. The supply will be cut off on 27 November.
electricityDebt|-|Elskuld|Skuld för el 3 400 kr. Kund {P}. Avbrott planeras v 48.
electricityDebt|-|Överföring av el|Avbrytande av överföring av el till konsument {P} på grund av utebliven betalning.
electricityDebt|E|Spärravisering|Kundnr 55123, {P}, förfallet belopp 2 911 kr, brytdatum 2026-11-20
electricityDebt|-|Ström|Om inte {P} betalar sin skuld till oss senast 20/11 stänger vi av strömmen. Barn finns i hushållet. Elbolaget Prov.
electricityDebt|-|Elräkningar|Kunden {P} har inte betalat sina elräkningar trots påminnelse. Vi avser att koppla ifrån anläggningen.
electricityDebt|E|Obetald faktura|Kund {P} har en förfallen skuld på 3 900 kr. Vi planerar att stänga av leveransen 2026-11-25.
electricityDebt|-|Meddelande enligt ellagen|Vi meddelar er att {P} inte betalat. Elöverföringen avbryts tidigast den 25 november.
electricityDebt|-|Bortkoppling av el|{P} har trots påminnelser inte betalat sin elräkning.
rentTribunalDispute|-|Underrättelse|Hyresnämnden i Malmö. Tvist om förlängning av hyresavtal. Hyresgäst: {P}. Grund: störningar. 13 b § lagen om arrendenämnder och hyresnämnder.
rentTribunalDispute|T|Underrättelse|Hyresnämnden i Malmö underrättar socialnämnden om tvist rörande förlängning av hyresavtal. Hyresgäst {P}. Hyresvärden åberopar försenade betalningar.
rentTribunalDispute|T|Underrättelse|Hyresnämnden i Göteborg\nÄrende 1234-26\nHyresvärden har begärt att hyresavtalet ska upphöra på grund av störningar. {P}
rentTribunalDispute|T|Ärende nr 5512-26|Tvist om uppsägning. Hyresgäst: {P}. Sammanträde den 12 december.
rentTribunalDispute|T|13 b §|Hyresgästen {P} är part i ett förlängningsärende grundat på hyresdröjsmål.
rentTribunalDispute|T|Underrättelse till socialnämnden|Hyresvärden har sagt upp hyresavtalet och hänskjutit tvisten hit. Grund: misskötsamhet. {P}
supplement|-|Komplettering|Komplettering till vår underrättelse om {P}: hyran för november, 8 912 kr, är också obetald.
supplement|-|Testa Testsson|Vi glömde bifoga delgivningskvittot i ärendet om {P}, obetald hyra.
supplement|-|Komplettering|{P}: personnumret ska vara 850101-2390.
supplement|-|SV: Bekräftelse AVH-9D3K-H1T6|Hej! Här kommer lägenhetsnumret som saknades: 1102. {P}
supplement|-|Rättelse|I meddelandet vi skickade igår blev beloppet fel för {P}. Det ska vara 9 100 kr.
supplement|-|Komplettering ärende|Delgivningsbevis bifogas. {P} delgavs den 1 november.
supplement|-|Tillägg|Jag vill tillägga att {P} har två barn.
supplement|-|Ang underrättelse 28 okt|Till vår underrättelse den 28 oktober om {P} vill vi lägga till att hyran för november nu också är obetald.
supplement|-|uppdaterad skuld|Uppdatering av tidigare anmält ärende {P}: skulden är nu 24 000 kr.
supplement|-|Korrigering|Vi skrev fel adress i vårt brev. Rätt adress är Exempelgatan 12. {P}
supplement|-|glömde|glömde skriva att {P} har en dotter född 2016
supplement|-|Re: confirmation|As a supplement to our notice regarding {P}: phone number 070-174 06 00.
supplement|-|Mer information|Som ni efterfrågade kommer här personnumret till vår hyresgäst: {P}.
supplement|-|Delgivning|{P} har nu blivit delgiven, 30 oktober. Hör till vårt ärende 4411 som ni redan har.
supplement|-|God man|Som tillägg till tidigare underrättelse: {P} har god man.
supplement|-|Svar på er fråga|Ni frågade om barn i hushållet hos {P}: ja, ett barn.
supplement|-|Komplettering av underrättelse|Komplettering av underrättelse den 27 oktober gällande {P}: hyresgästen har två barn, 7 och 10 år.
supplement|-|SV: Underrättelse|Hej, glömde bifoga uppsägningen. Se bilaga. {P}
supplement|-|Personnummer|Här kommer personnumret ni saknade på {P}.
supplement|-|Ändring|I vår underrättelse av den 27 oktober angavs fel lägenhetsnummer. Rätt är 1102. {P}
withdrawal|-|Återkallelse|Vi återkallar vår underrättelse om {P}. Skulden är betald.
withdrawal|-|Testa Testsson|{P} har nu betalat hela hyresskulden, ni kan bortse från vårt meddelande.
withdrawal|-|Ang Testa Testsson|Hyresgästen {P} har inte längre någon obetald hyra. Allt är reglerat.
withdrawal|-|Uppsägning återtas|Vi återtar uppsägningen av {P}. Hyran för oktober kom in i dag.
withdrawal|-|Betalt|{P} har betalat allt. Ni kan lägga ned ärendet.
withdrawal|-|Återkallelse|Vi återkallar anmälan om {P}.
withdrawal|-|Reglerad skuld|Hyresskulden för {P} är reglerad och avtalet löper vidare.
withdrawal|-|Re: Obetald hyra|Hyran har kommit in nu från {P}, så det är löst.
withdrawal|-|Uppsägningen dras tillbaka|{P} får bo kvar, vi drar tillbaka uppsägningen.
withdrawal|-|Ingen åtgärd|Ni behöver inte göra något mer, {P} har gjort upp med oss om hela skulden.
withdrawal|-|Makulering|Vårt meddelande om {P} ska makuleras.
withdrawal|-|glöm|ni kan glömma {P}, pengarna kom idag
withdrawal|-|Inte aktuellt|Ärendet är inte längre aktuellt, {P} har betalat.
withdrawal|-|Återvunnen|Hyresrätten är återvunnen genom betalning den 2 november. {P}
withdrawal|-|Paid|{P} has paid the full amount; we withdraw our notice.
withdrawal|-|Felaktigt meddelande|Vi skickade av misstag ett meddelande om {P}. Bortse från det.
withdrawal|-|Störningarna upphört|Störningarna hos {P} har upphört och vi avslutar ärendet.
withdrawal|-|Avflyttad|{P} har flyttat och lämnat nycklarna. Ärendet avslutas.
withdrawal|E|Återkallelse|Elskulden för {P} är betald, frånkopplingen är inställd.
withdrawal|-|Skulden betald|Kund {P} har reglerat sin skuld till oss, avstängningen är avbruten.
withdrawal|-|Återkallelse av underrättelse|Hyresgästen {P} har erlagt full betalning. Vi återkallar underrättelsen.
withdrawal|-|Hyra betald|Hej, {P} har betalat hyran och alla avgifter. Uppsägningen är återkallad.
withdrawal|-|Avslut|{P} är skuldfri hos oss. Vänligen avsluta ärendet.
withdrawal|B|Betalt|Medlemmen {P} har betalat sina skulder till föreningen.
withdrawal|-|Lugnt nu|Det har lugnat ner sig hos {P} så vi tar tillbaka anmälan om störningar.
";

#[test]
fn other_matters_tell_their_kind() {
    let wrong = wrong_of(WRITTEN);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
