//! What the readers remarked on, for the person who looks at the notice: in Swedish on Swedish pages, as it is stored on the others.
//!
//! A finding's sentence belongs to its code; of a reader's code it belongs to the part behind the dot. A code that has no Swedish sentence here, from another version of the
//! program, is shown in English and marked so.

use crate::domain::finding::Finding;
use crate::operations::chrome::Chrome;
use crate::operations::words;
use serde_json::Value;

/// One finding.
#[derive(Clone, Debug)]
pub(super) struct Remark {
    pub(super) severity: String,
    pub(super) code: String,
    pub(super) path: String,
    pub(super) message: String,
    /// The language of the sentence.
    pub(super) language: &'static str,
}

/// Codes whose sentence is their own.
const WHOLE: &[(&str, &str)] = &[
    (
        "message.notReadable",
        "Programmet kunde inte läsa innehållet. En person behöver läsa originalet.",
    ),
    (
        "message.circle",
        "Det svarar maskinellt på en av våra bekräftelser; det fick ingen bekräftelse, och en person tittar.",
    ),
    (
        "message.grew",
        "Filen växte efter att den hämtats; detta är hela filen, lagrad en gång till.",
    ),
    (
        "message.malware",
        "Meddelandet innehåller skadlig kod. Det lästes inte och lämnas inte vidare; en person tittar, med försiktighet.",
    ),
    (
        "message.notScanned",
        "Meddelandet kunde inte genomsökas efter skadlig kod och lästes därför inte; en person tittar, med försiktighet.",
    ),
    (
        "correction.stands",
        "Meddelandet lästes om och säger något annat där, eller inget. Det som en person rättade gäller.",
    ),
    (
        "correction.doesNotFit",
        "Meddelandet lästes om, och det som en person rättade går inte att föra in igen. Jämför med originalet och rätta på nytt.",
    ),
    ("document.beingRead", "Ett dokument håller på att läsas; vad det säger följer."),
    (
        "document.notRead",
        "Ett dokument som kom med kunde inte läsas på den här datorn. En person behöver läsa originalet.",
    ),
    (
        "sender.forged",
        "Den domän som brevet anger som sin egen säger att ett sådant brev inte kommer därifrån.",
    ),
    (
        "sender.doorNotAgreed",
        "Partnerns fil tar inte upp det här sättet att sända; avsändaren tas inte för given.",
    ),
    ("sender.unproven", "Brevet bär en partners adress, och inget visar att det kommer därifrån."),
    ("sender.formatNotAgreed", "Partnerns fil tar inte upp det här formatet; en person tittar."),
];

/// What a reader found wrong with a value, by the part of the code behind the dot.
const FAULTS: &[(&str, &str)] = &[
    ("missing", "Uppgiften krävs men saknades eller var tom."),
    ("wrongType", "Uppgiften är av ett annat slag än schemat anger."),
    ("unexpected", "Dokumentet är ingen underrättelse enligt schemat."),
    ("unknownVersion", "Versionen är okänd; den lästes som 1.0."),
    ("unknownMember", "Schemat har ingen uppgift med det namnet; den utelämnades."),
    ("unknownColumn", "Kolumnen är varken en känd rubrik eller en sökväg; den utelämnades."),
    ("unknownValue", "Ordet är inte ett av dem som schemat tar upp; det togs som okänt."),
    ("repeated", "Uppgiften kom mer än en gång; den sista användes."),
    ("tooMany", "Det är fler än vad som tas emot; resten utelämnades."),
    ("structure", "Värdet är inte uppbyggt som schemat anger; det utelämnades."),
    ("notADate", "Datumet går inte att läsa eller finns inte; det utelämnades."),
    ("notATime", "Tiden går inte att läsa eller finns inte; den utelämnades."),
    ("notAnAmount", "Beloppet går inte att läsa; det utelämnades."),
    ("notANumber", "Talet går inte att läsa; det utelämnades."),
    ("notAMonth", "Månaden går inte att läsa; den utelämnades."),
    ("notACurrency", "Valutan är ingen kod med tre bokstäver; den utelämnades."),
    ("notADigest", "Kontrollsumman är inte 64 hexadecimala siffror; bilagan utelämnades."),
    ("spelling", "Värdet var inte skrivet som schemat anger och räknades om."),
    ("zoneMissing", "Tiden saknar tidszon; den lästes som lokal tid."),
    ("checkDigit", "Kontrollsiffran stämmer inte; numret behölls."),
    ("shape", "Numret har inte den form det ska ha."),
    ("date", "Datumet i numret finns inte; numret behölls."),
    ("kindDiffers", "Numret är av ett annat slag än vad som angavs."),
    ("contradiction", "Uppgifterna motsäger varandra."),
    ("controlCharacters", "Tecken som ingen text får innehålla togs bort."),
    ("encoding", "Texten hade inte den teckenkodning den skulle ha; den lästes som Windows-1252."),
    ("shortened", "Texten var längre än vad som sparas här; originalet är helt."),
    ("namespace", "Namnrymden är inte urn:kvittens:notice:1; dokumentet lästes ändå."),
    ("notReadable", "Innehållet går inte att läsa; en person behöver se originalet."),
    ("tooLarge", "Det är mer än vad som tas på en gång; en person behöver se originalet."),
    ("notProcessable", "Innehållet saknar det som en underrättelse måste ha; en person tittar."),
    ("notRecognised", "Inget strukturerat hittades; en person behöver läsa det."),
    ("automatic", "En maskin sände det; en person ser efter om det är en underrättelse."),
    ("sure", "Det lästes ur fri text; programmet var säkert på allt som något görs utifrån."),
    ("freeText", "Det lästes ur fri text; en person jämför med originalet."),
    ("notRead", "En fil som kom med lästes inte; en person behöver se originalet."),
    ("notWhole", "Bara brevhuvudet finns här; en person behöver se originalet i e-postmappen."),
    ("notFound", "Inget i meddelandet säger det; en person tittar."),
    ("uncertain", "Det lästes, men inte säkert; en person jämför med originalet."),
    (
        "beside",
        "Meddelandet säger mer vid sidan av, eller om någon annan; en person jämför med originalet.",
    ),
    (
        "leftOut",
        "En rad säger själv att den inte gäller; den togs inte med, och en person behöver se originalet.",
    ),
    ("leftOver", "En rad eller en fil blev ingen underrättelse; en person behöver se originalet."),
    ("doubted", "Programmet tvivlar på något som det läste, se de andra anmärkningarna."),
    ("forPerson", "En person kopplar ihop det med det som det hör till."),
    ("typeInferred", "Filen har ingen kolumn för slaget; det bestämdes av beloppen."),
    ("noOne", "Raden nämner varken en person eller en bostad."),
    ("encrypted", "Dokumentet öppnas bara med lösenord; en person behöver be om det."),
    ("scanned", "Sidorna är bilder utan text; en person behöver läsa dem."),
    (
        "crashed",
        "Dokumentet fick programmet som läser att gå sönder; en person tittar, med försiktighet.",
    ),
    ("timedOut", "Dokumentet kunde inte läsas på den tid det får ta; en person tittar."),
    ("tooMuch", "Det är mer i dokumentet än vad som tas emot; en person tittar."),
    ("nested", "Det finns ett arkiv i arkivet; en person behöver se i det."),
    ("otherKind", "Det finns en fil i arkivet som inte har någon text att läsa."),
    ("tooManyEntries", "Det är fler filer i arkivet än vad som läses; en person tittar."),
    ("damaged", "Dokumentet är skadat; det som gick att läsa lästes."),
    ("pageNotWhole", "En sida kunde inte läsas till slutet."),
    ("pageScanned", "Några sidor är bilder utan text."),
    ("hiddenSheet", "Arbetsboken har dolda blad; de lästes som de andra."),
    ("foreign", "En anmärkning som kom med underrättelsen och inte är en av våra."),
];

/// The findings of a notice. They quote nothing; a path that does not lead into the notice may name what a sender wrote, and is left out.
pub(super) fn remarks(page: &Chrome, notice: &Value) -> Vec<Remark> {
    let findings = notice.get("findings").cloned().unwrap_or_default();
    let findings: Vec<Finding> = serde_json::from_value(findings).unwrap_or_default();
    let severity = |finding: &Finding| serde_json::to_value(finding.severity).unwrap_or_default();
    let remark = |finding: Finding| {
        let english = ("en", finding.message.as_str());
        let swedish = sentence(&finding.code).map_or(english, |sentence| ("sv", sentence));
        let (language, message) = if page.tag() == "sv" { swedish } else { english };
        Remark {
            severity: words::other(page, severity(&finding).as_str().unwrap_or_default()),
            path: notice.pointer(&finding.path).map(|_| finding.path.clone()).unwrap_or_default(),
            message: message.to_owned(),
            code: finding.code,
            language,
        }
    };
    findings.into_iter().map(remark).collect()
}

/// The Swedish sentence of a code.
fn sentence(code: &str) -> Option<&'static str> {
    let fault = code.split_once('.').map_or(code, |(_, fault)| fault);
    let of = |table: &'static [(&str, &'static str)], key: &str| {
        table.iter().find(|(known, _)| *known == key).map(|(_, sentence)| *sentence)
    };
    of(WHOLE, code).or_else(|| of(FAULTS, fault))
}

#[cfg(test)]
mod tests {
    use super::remarks;
    use super::sentence;
    use crate::operations::chrome::tests::chrome;
    use serde_json::json;

    #[test]
    fn every_finding_that_the_program_makes_has_its_swedish_sentence() {
        let readers = include_str!("../normalize/remarks.rs");
        let table = readers.split("const FAULTS").nth(1).and_then(|rest| rest.split("];").next());
        let faults: Vec<&str> = table.expect("the table").split("(\"").skip(1).collect();
        let spread = table.expect("the table").split("(\n        \"").skip(1);
        let faults: Vec<&str> = faults.into_iter().chain(spread).collect();
        assert!(faults.len() > 55, "{}", faults.len());
        for fault in faults.iter().filter_map(|rest| rest.split('"').next()) {
            assert!(sentence(&format!("value.{fault}")).is_some(), "{fault}");
        }
        let mut codes = 0;
        for source in [
            include_str!("../pipeline/manners.rs"),
            include_str!("../pipeline/reader.rs"),
            include_str!("../pipeline/reading.rs"),
            include_str!("../pipeline/sender.rs"),
        ] {
            let made = ["Finding::info(", "Finding::warning(", "Finding::error("];
            for rest in made.iter().flat_map(|start| source.split(start).skip(1)) {
                let code =
                    rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
                let code = code.expect("a code in the source");
                assert!(super::WHOLE.iter().any(|(known, _)| *known == code), "{code}");
                codes += 1;
            }
        }
        assert!(codes >= 9, "{codes}");
        for code in ["message.malware", "message.notScanned"] {
            assert!(include_str!("../pipeline/suspicion.rs").contains(code), "{code}");
            assert!(super::WHOLE.iter().any(|(known, _)| *known == code), "{code}");
        }
    }

    #[test]
    fn a_swedish_page_tells_findings_in_swedish_and_marks_what_it_cannot() {
        let finding = |code: &str| json!({ "code": code, "severity": "warning", "path": "/persons/0", "message": "In English." });
        let notice = json!({ "persons": [{}], "findings": [finding("personIdentity.checkDigit"), finding("later.invented")] });
        let told = |tag: &str| -> Vec<(&'static str, String)> {
            let all = remarks(&chrome(tag), &notice).into_iter();
            all.map(|remark| (remark.language, remark.message)).collect()
        };
        let english = || ("en", "In English.".to_owned());
        let swedish = ("sv", "Kontrollsiffran stämmer inte; numret behölls.".to_owned());
        assert_eq!(told("sv"), [swedish, english()]);
        assert_eq!(told("en"), [english(), english()]);
    }
}
