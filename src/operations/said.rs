//! What a page says about what was done on it: each code of `?said=` in words. A code that is not known says nothing.

use crate::operations::chrome::Chrome;

/// What came of something that was done to a notice.
pub(super) fn of_notice(page: &Chrome, said: &str) -> Option<(&'static str, String)> {
    let (class, text) = match said {
        "retried" => {
            ("good", page.say("Underrättelsen är på väg igen.", "The notice is on its way again."))
        }
        "readAgain" => {
            ("good", page.say("Dokumenten läses igen.", "The documents are being read again."))
        }
        "sentAgain" => (
            "good",
            page.say("Bekräftelsen är på väg igen.", "The acknowledgement is on its way again."),
        ),
        "notCompared" => (
            "bad",
            page.say(
                "Jämför med originalet och kryssa för att det stämmer; inget gjordes.",
                "Compare with the original and tick that it is right; nothing was done.",
            ),
        ),
        "dismissed" => {
            ("good", page.say("Underrättelsen är avskriven.", "The notice is dismissed."))
        }
        "told" => (
            "good",
            page.say(
                "Det är antecknat att avsändaren fått besked.",
                "It is on record that the sender was told.",
            ),
        ),
        "refused" => (
            "bad",
            page.say(
                "Dess tillstånd tillåter inte det; inget gjordes.",
                "Its state does not allow this; nothing was done.",
            ),
        ),
        "linked" => (
            "good",
            page.say("Det är antecknat vart den hör.", "It is on record where it belongs."),
        ),
        "noSuchEarlier" => (
            "bad",
            page.say(
                "Det finns ingen tidigare underrättelse med den referensen här; inget gjordes.",
                "There is no earlier notice with that reference here; nothing was done.",
            ),
        ),
        "reasonMissing" => {
            ("bad", page.say("Skriv varför; inget gjordes.", "Say why; nothing was done."))
        }
        "whyMissing" => (
            "bad",
            page.say(
                "Ange varför du behöver se uppgifterna; inget visades.",
                "Say why you need to see this; nothing was shown.",
            ),
        ),
        code => return of_promise(page, code),
    };
    Some((class, text.to_owned()))
}

/// What came of something that was done about a confirmation or a copy.
pub(super) fn of_promise(page: &Chrome, said: &str) -> Option<(&'static str, String)> {
    let (class, swedish, english) = match said {
        "named" => (
            "good",
            "Handläggaren är angiven. Bekräftelsen går till Kronofogden av sig själv.",
            "The caseworker is named. The confirmation goes to Kronofogden by itself.",
        ),
        "confirmed" => (
            "good",
            "Det är antecknat att Kronofogden har fått bekräftelsen.",
            "It is on record that Kronofogden has the confirmation.",
        ),
        "nobodyNamed" => (
            "bad",
            "Välj någon ur jourlistan, eller skriv namn och telefon; inget gjordes.",
            "Choose somebody of the roster, or write name and telephone; nothing was done.",
        ),
        "twoNamed" => (
            "bad",
            "Välj ur jourlistan eller skriv ett namn, inte båda; inget gjordes.",
            "Choose from the roster or write a name, not both; nothing was done.",
        ),
        "notDialled" => (
            "bad",
            "Telefonnumret går inte att ringa: minst fem siffror; inget gjordes.",
            "The telephone number cannot be dialled: five digits at least; nothing was done.",
        ),
        "approved" => (
            "good",
            "Breven är godkända och på väg till utskrift.",
            "The letters are approved and on their way to be printed.",
        ),
        "notSent" => (
            "good",
            "Det är antecknat att brevet inte skickas.",
            "It is on record that the letter is not sent.",
        ),
        "copySent" => (
            "good",
            "Det är antecknat att kopian är skickad.",
            "It is on record that the copy was sent.",
        ),
        "notChecked" => (
            "bad",
            "Alla tre kontroller ska vara gjorda, och var du frågade om skydd; inget skickades.",
            "All three checks must be done, and where you asked about protection; nothing was sent.",
        ),
        "notSeen" => (
            "bad",
            "Titta på breven som de är nu, innan du godkänner dem; inget skickades.",
            "Look at the letters as they are now before you approve them; nothing was sent.",
        ),
        "noWay" => (
            "bad",
            "Ingen väg för brev är inställd; inget skickades.",
            "No way for letters is configured; nothing was sent.",
        ),
        code => return of_correction(page, code),
    };
    Some((class, page.say(swedish, english).to_owned()))
}

/// What came of a correction.
fn of_correction(page: &Chrome, said: &str) -> Option<(&'static str, String)> {
    let (class, swedish, english) = match said {
        "corrected" => (
            "good",
            "Uppgifterna är rättade. Det som lästes först är sparat.",
            "The values are corrected. What was read first is kept.",
        ),
        "notCorrected" => (
            "bad",
            "Inget rättades: ingen uppgift var en annan än förut, eller inget skäl var valt.",
            "Nothing was corrected: no value was another than before, or no reason was chosen.",
        ),
        "correctedMeanwhile" => (
            "bad",
            "Underrättelsen har ändrats sedan du öppnade sidan; inget rättades. Nedan står den nya, och det du skrev finns kvar i formuläret.",
            "The notice has changed since you opened the page; nothing was corrected. Below is the new one, and what you wrote is still in the form.",
        ),
        "faults" => (
            "bad",
            "Inget rättades. Rätta fälten som är märkta.",
            "Nothing was corrected. Mend the fields that are marked.",
        ),
        _ => return None,
    };
    Some((class, page.say(swedish, english).to_owned()))
}
