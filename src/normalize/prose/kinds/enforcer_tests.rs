//! Tests of what Kronofogden writes: what is refused, asked for or long past changes no eviction.

use super::wording_tests::wrong_of;

/// The kind, who writes, the subject and the text; `{P}` stands for a person and a home.
const WRITTEN: &str = r"evictionApplication|K|Underrättelse om ansökan om avhysning|Kronofogden har tagit emot en ansökan om avhysning av {P}. Målnummer U-123456-26. Tid för avhysning är inte bestämd.
evictionApplication|K|Underrättelse|Sökanden har begärt verkställighet av utslag om avhysning. Svarande: {P}. Mål U-123456-26. Vi återkommer med tid för förrättningen.
evictionApplication|K|Ansökan|Ansökan om avhysning inkom 2026-10-28 mot {P}, U-123456-26. En tidigare ansökan återkallades 2026-05-01.
evictionApplication|-|Testa Testsson|Vi har idag ansökt om avhysning av {P} hos Kronofogden. Tid för avhysningen är ännu inte bestämd.
evictionApplication|K|Underrättelse om ansökan om avhysning|Ansökan om avhysning av {P} inkom 2026-10-28. U-123456-26. Om svaranden inte flyttar kommer avhysning att ske, tidigast om fyra veckor.
evictionApplication|K|Underrättelse om ansökan om avhysning|Ansökan om avhysning av {P} inkom 2026-10-28. U-123456-26. Underrättelse om tid för avhysning sänds senare.
evictionApplication|K|Underrättelse om ansökan om avhysning|Ansökan om avhysning av {P} inkom 2026-10-28. U-123456-26. Vi meddelar ny tid när den är bestämd, tel 0771-73 73 00.
evictionApplication|K|Underrättelse|Till Kronofogdemyndigheten har inkommit ansökan om avhysning. Svarande {P}. Mål U-123456-26.
evictionApplication|K|U-123456-26|En hyresvärd vill att vi avhyser {P}. Ansökan registrerades 2026-10-29. Barn finns enligt folkbokföringen.
evictionApplication|K|Nytt avhysningsmål|Vi har registrerat ett nytt avhysningsmål. Svarande: {P}. Tid bestäms senare.
evictionApplication|K|Ansökan om verkställighet|Sökanden har ansökt om verkställighet av utslag i mål om avhysning. {P}
evictionApplication|K|16 kap. 2 § utsökningsförordningen|Kronofogdemyndigheten underrättar socialnämnden om att ansökan om avhysning från bostad gjorts. {P}
evictionApplication|K|Underrättelse till socialnämnd|Ny begäran om avhysning mot {P}, U-123456-26. Svaranden har fått tillfälle att yttra sig till den 20 november.
evictionApplication|K|Information|Vi har fått in en begäran om avhysning. {P}. Avhysningen kan ske tidigast om fyra veckor.
evictionApplication|-|Avhysning begärd|Vi har idag skickat in ansökan om avhysning till Kronofogden avseende {P}. Utslag finns.
evictionApplication|-|Kronofogden|Nu har jag lämnat in papper till kronofogden så att {P} ska bli vräkt.
evictionApplication|-|{P}|Tingsrätten har dömt {P} att flytta. Vi har ansökt om avhysning hos KFM.
evictionApplication|-|Handräckning|Ansökan om vanlig handräckning (avhysning) inlämnad mot {P}.
evictionApplication|-|application for eviction|We have applied to the Enforcement Authority for the eviction of {P}.
evictionApplication|K|Ny ansökan|Hej, vi har tagit emot en ansökan om avhysning på {P}. Återkommer med datum.
evictionApplication|K|Avhysningsärende|Sökande: Exempelbo AB. Svarande: {P}. Sökt verkställighet: avhysning. Ansökan inkom: 2026-10-27. Förrättningsdatum: ej bestämt.
evictionApplication|K|Ansökan avhysning|Ansökningsdag 2026-10-27. {P}. Grund: obetald hyra. Vi hör av oss när tid är satt.
evictionApplication|K|Information om inkommen ansökan|En ansökan om verkställighet av ett avgörande om avhysning har kommit in till oss. Svarande {P}.
evictionApplication|K|UF 16:2|Ansökan om avhysning. Sökande: Brf Provet. Svarande: {P}. Inkom 2026-10-30.
evictionApplication|K|Avhysning begärd|Hyresvärden begär avhysning av {P}. Vi kommer att bestämma en tid och återkommer då.
evictionApplication|-|Utslag|Kronofogden meddelade utslag den 12 oktober och vi har nu begärt avhysning av {P}.
evictionApplication|-|Ansökan om avhysning|För hyresvärdens räkning har vi ansökt om att {P} ska avhysas.
evictionChanged|K|Avhysning inställd|Avhysningen den 24 november av {P} är inställd. Sökanden har återkallat sin ansökan. U-123456-26
evictionChanged|K|Anstånd|{P} har beviljats anstånd till den 15 december 2026. Avhysningen den 24 november genomförs därför inte. U-123456-26
evictionChanged|K|U-123456-26|Avhysningen av {P} blev inte av idag eftersom svaranden hade betalat. Ärendet avslutas.
evictionChanged|K|U-123456-26|Avhysningen av {P} som skulle ha verkställts den 3 november verkställdes inte. Ny tid meddelas senare.
evictionChanged|K|U-123456-26|Svaranden {P} har avlidit. Målet om avhysning avskrivs och förrättningen utgår.
evictionChanged|K|U-123456-26|Uppskov. Tiden för avhysning av {P} den 24 november gäller inte längre.
evictionChanged|K|U-123456-26|Avhysningen av {P} 24/11 är inställd.
evictionChanged|K|Avhysning ställs in|Avhysningen av {P} den 24 november kl. 09.00 ställs in då skulden är betald.
evictionChanged|K|Uppskov|Sökanden har beviljat uppskov för {P}. Ny tid meddelas senare.
evictionChanged|K|Anstånd|Kronofogden har medgett {P} anstånd i två veckor med avhysningen.
evictionChanged|K|Återkallelse|Sökanden har återkallat ansökan om avhysning av {P}. Målet är avslutat.
evictionChanged|K|Målet avskrivet|Ansökan om avhysning av {P} har återkallats och ärendet avslutas hos oss.
evictionChanged|K|U-123456-26|Det blir ingen avhysning av {P} på tisdag. Hyresvärden har fått betalt.
evictionChanged|K|SV: avhysning|Hej, avhysningen i morgon är avbokad. {P}
evictionChanged|K|Information|Avhysningen av {P} kommer inte att genomföras.
evictionChanged|K|Inställd förrättning|Förrättningen den 24 november kl 9 hos {P} utgår.
evictionChanged|K|Uppskjuten|Avhysningen av {P} har skjutits upp på obestämd tid.
evictionChanged|K|inhibition|Tingsrätten har beslutat om inhibition. Avhysningen av {P} genomförs därför inte.
evictionChanged|-|Avhysning inställd|Kronofogden har meddelat att avhysningen av {P} den 24 november är inställd.
evictionChanged|K|cancelled|The eviction of {P} on 24 November has been cancelled.
evictionChanged|K|Hindrad|Avhysningen av {P} kunde inte genomföras idag eftersom ingen öppnade. Ny tid meddelas.
evictionChanged|K|Avskrivet mål|Målet om avhysning av {P} har avskrivits.
evictionChanged|K|Avhysning inställd|Underrättelse om inställd avhysning.\nSvarande: {P}\nTid: 2026-11-24 kl 09.00\nSkäl: skulden är betald.
evictionChanged|K|Återkallad ansökan|Ansökan i mål U-123456-26 mot {P} är återkallad. Förrättningen den 24 november utgår.
evictionChanged|K|U-123456-26|Hej! Hyresvärden återkallade i morse. Den planerade avhysningen av {P} på tisdag är alltså inte aktuell.
evictionChanged|K|Anstånd|Kronofogden beslutar om anstånd med avhysningen av {P} till den 8 december 2026.
evictionChanged|K|Uppskjuten avhysning|Avhysningen av {P} skjuts upp. Ny underrättelse kommer.
evictionChanged|K|ställs in|Avhysningen 24/11 ställs in. {P} har flyttat.
evictionExecuted|K|Verkställd|Avhysningen av {P} verkställdes den 3 november 2026 kl. 09.20. Inga barn påträffades. U-123456-26
evictionExecuted|K|U-123456-26|Lägenheten hos {P} tömdes och låsbyte skedde i dag. Avhysningen är därmed avslutad.
evictionExecuted|K|Avhysning verkställd|Avhysning av {P} är genomförd 2026-11-02. U-123456-26. Den första förrättningen ställdes in.
evictionExecuted|K|U-123456-26|Avhysning av {P} verkställd 2026-11-03 kl 09.10.
evictionExecuted|K|Genomförd avhysning|{P} avhystes i dag. Han var inte på plats. Lägenheten är tömd.
evictionExecuted|K|Resultat|Vi har i dag genomfört avhysningen av {P}. Låset är bytt.
evictionExecuted|K|Protokoll|Avhysningsprotokoll. Förrättningen avslutades kl. 10.15 den 3 november. Svarande {P} hade flyttat självmant. Avhysningen är verkställd.
evictionExecuted|-|Vräkt|{P} är nu vräkt, kronofogden var här i morse.
evictionExecuted|K|Avslutad|Bostaden är avhyst och nycklarna överlämnade till hyresvärden. {P}
evictionExecuted|K|Eviction|The eviction of {P} was carried out this morning.
evictionExecuted|K|Bevis|Bevis om verkställd avhysning. {P}. Dag: 2026-11-02.
evictionExecuted|K|Avhysning utförd|{P}. Utförd 2 november kl 9. Inga barn på plats.
evictionExecuted|K|Verkställd avhysning|Avhysningen av {P} är verkställd. Två barn var närvarande.
evictionExecuted|K|U-123456-26|{P} är avhyst i dag kl 9.20. Hyresgästen hade redan flyttat ut.
evictionExecuted|K|Redovisning|Avhysning från Exempelgatan 12 genomfördes 2 november 2026 kl. 10. Svarande: {P}.
evictionExecuted|-|Avhysning gjord|Hej, kronofogden genomförde avhysningen av {P} i går. Ny hyresgäst flyttar in 1/12.
evictionScheduled|K|Underrättelse om tid för avhysning|Avhysning av {P} ska ske tisdagen den 24 november 2026 kl. 09.00. U-123456-26. Om skulden betalas ställs avhysningen in.
evictionScheduled|K|Ny tid|Anstånd har medgetts för {P}; ny tid för avhysningen är den 8 december 2026 kl. 10.00. U-123456-26
evictionScheduled|K|U-123456-26|Vi kommer hem till {P} den 24 november 2026 kl 9 för att verkställa avhysningen. Har ni betalat innan dess blir det inte av.
evictionScheduled|K|Tid|Förrättningen hos {P} är bestämd till 2026-11-24 kl 09:00. Avhysningen som var utsatt till 3 november är inställd. U-123456-26
evictionScheduled|-|Avhysning|Hej, Kronofogden avhyser {P} den 24 november kl 9. Vi är hyresvärd.
evictionScheduled|K|Re: avhysning|Avhysningen är inte inställd utan genomförs den 24 november 2026 kl 9.00 hos {P}. U-123456-26
evictionScheduled|K|Tid för avhysning|Tid för avhysning av {P}: 24 november 2026 kl. 9.00. En tidigare avhysning av samma svarande verkställdes 2019. U-123456-26
evictionScheduled|K|Avhysning 24 november|Avhysning av {P} kommer att genomföras 2026-11-24 kl 09.00. Anstånd medges inte. U-123456-26
evictionScheduled|K|Avhysning 24 november|Avhysning av {P} kommer att genomföras 2026-11-24 kl 09.00. Begäran om anstånd har avslagits. Sökanden har inte återkallat. U-123456-26
evictionScheduled|K|Underrättelse om tid för avhysning|Avhysning av {P} sker 2026-11-24 kl 09.00. U-123456-26. Avhysningen ställs in om sökanden återkallar ansökan.
evictionScheduled|K|Underrättelse om tid för avhysning|Avhysning av {P} sker 2026-11-24 kl 09.00. U-123456-26. Förrättningen kan ställas in. Ett beslut om anstånd meddelas av Kronofogden.
evictionScheduled|K|Underrättelse om tid för avhysning|Avhysning av {P} sker 2026-11-24 kl 09.00. U-123456-26. Svaranden har begärt anstånd men fått avslag på begäran om anstånd.
evictionScheduled|K|Underrättelse om tid för avhysning|Avhysning av {P} sker 2026-11-24 kl 09.00. U-123456-26. Avhysningen kan inte skjutas upp utan särskilda skäl. Uppskov beviljas inte.
evictionScheduled|K|Underrättelse om tid för avhysning|Avhysning av {P} sker 2026-11-24 kl 09.00. U-123456-26. Ansökan kan återkallas av sökanden.
evictionScheduled|K|Tid för avhysning|Avhysning av {P} sker 2026-11-24 kl 09.00, U-123456-26. Föremål avlägsnas från lägenheten.
evictionScheduled|K|Tid för avhysning|Avhysning av {P} sker 2026-11-24 kl 09.00, U-123456-26. Om avhysningen blir inställd meddelar vi. Tidigare inställd avhysning: 2026-09-01.
evictionScheduled|K|Datum för avhysning|{P} avhyses tisdagen den 24 november 2026 kl. 10.00.
evictionScheduled|K|U-123456-26|Avhysning planeras till den 24 november kl 9, {P}.
evictionScheduled|K|Förrättningsdag|Förrättningsdag: 2026-11-24. Tid: 09.00. Svarande: {P}. Mål U-123456-26
evictionScheduled|K|avhysning|Hej! Vi är hos {P} 24/11 kl 9 för avhysning.
evictionScheduled|K|Underrättelse enligt 16 kap. 2 § UF|Kronofogden har bestämt tid för avhysning till 2026-11-24 kl. 13.15. {P}
evictionScheduled|K|Besked om avhysning|Avhysning sker den 24 november klockan 09:00. {P} Har ni frågor kontakta mig.
evictionScheduled|-|Vräkning|Kronofogden kommer hem till {P} den 24 november kl 9 och vräker henne.
evictionScheduled|-|Information från hyresvärd|Vi har fått besked från Kronofogden att {P} ska avhysas 2026-11-24 kl. 09.00.
evictionScheduled|K|Kallelse|Ni kallas till avhysning av {P} 2026-11-24 kl 09.00, Exempelgatan 12.
evictionScheduled|K|Ändrad tid|Tiden för avhysning av {P} har ändrats till den 1 december kl. 10.00. Tidigare tid 24 november kl. 9.00 gäller inte.
evictionScheduled|K|Ombokad|Avhysningen av {P} är ombokad från 24/11 till 1/12 kl 10.
evictionScheduled|K|Ny tid|Eftersom anståndet löpt ut sker avhysningen av {P} i stället den 1 december 2026 kl 9.00.
evictionScheduled|K|eviction|The eviction of {P} will take place on 24 November 2026 at 9 am.
evictionScheduled|K|Avhysning|Målnummer: U-123456-26\nSvarande: {P}\nTidpunkt: 2026-11-24 09:00\nPlats: Exempelgatan 12
evictionScheduled|K|Verkställighet|Verkställigheten kommer att ske 2026-11-24 kl 10.00 hos {P}. U-123456-26.
evictionScheduled|K|Påminnelse|Påminner om avhysningen av {P} i morgon kl 9.00.
evictionScheduled|K|Tid för avhysning|Hej,\n\nTid för avhysning: 2026-11-24 kl. 10.00\nSvarande: {P}\nMålnummer: U-123456-26\n\nObservera att avhysningen kan komma att ställas in med kort varsel.
evictionScheduled|K|Beslut om avhysning|Avhysning av {P} kommer att verkställas den 24 november 2026 kl. 08:30. Svaranden kan begära anstånd.
evictionScheduled|K|Underrättelse om tid|Förrättning hos {P}: tisdag 24 november kl. 9. Om sökanden medger uppskov meddelar vi er.
evictionScheduled|K|U-123456-26|Avhysningen av {P} äger rum 2026-11-24 kl 09.00. Tingsrätten har avslagit yrkandet om inhibition.
evictionScheduled|K|Ny tid avhysning|Den 10 november ställdes in pga sjukdom. Ny tid är 24 november kl 9.00. {P}, U-123456-26
evictionScheduled|K|Avhysningsdag|Vi avhyser {P} 24/11 kl. 9.00. Hyresvärden accepterade inte något uppskov.
removalApplication|K|Underrättelse|Kronofogden har fått en ansökan om avlägsnande mot {P}. Det kan antas att barn berörs. U-123456-26
removalApplication|K|Ansökan|Ansökan om särskild handräckning (avlägsnande) har inkommit mot {P}.
removalApplication|K|9 § förordningen 1991:1339|Kronofogden har tagit emot en ansökan om avlägsnande. Barn kan antas finnas.
removalApplication|-|Ockupation|Vi har ansökt hos Kronofogden om avlägsnande av personer som saknar kontrakt.
removalScheduled|K|Underrättelse om tid för avlägsnande|Avlägsnandet av {P} sker 2026-11-12 kl 09:00. U-123456-26
removalScheduled|K|Underrättelse om tid för avlägsnande|Enligt UF 16:7 a: avlägsnande från Exempelgatan 12 sker 2026-11-12 kl 09.00. Ansökan återkallas inte. Mål U-123456-26.
removalScheduled|K|Avlägsnande|Avlägsnande av obehöriga boende på Exempelgatan 12 sker 2026-11-12 kl 08.00.
removalScheduled|K|Särskild handräckning|Tid för avlägsnande: 2026-11-12 kl. 09.00, {P}.
removalScheduled|K|Bosättning|Personerna kommer att avlägsnas från platsen den 12 november kl 9.
removalScheduled|K|Tid för avlägsnande|Tid: den 12 november 2026 kl 8.00. Plats: Exempelgatan 12.
";

#[test]
fn what_is_told_of_an_eviction_tells_its_kind() {
    let wrong = wrong_of(WRITTEN);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
