//! Who sent a message, as a page says it: the partner, what vouches for the mail, and whom to ask there.

use crate::domain::proof::Check;
use crate::domain::proof::Proof;
use crate::domain::proof::Verdict;
use crate::domain::received::Envelope;
use crate::operations::chrome::Chrome;
use crate::operations::rows::Status;
use crate::partners::Partners;
use crate::store::MessageRow;

/// The sender of a message. Addresses it wrote from are personal, and not shown.
#[derive(Clone, Debug)]
pub(super) struct SenderLine {
    /// The partner's name, or that it is unknown.
    pub(super) name: String,
    /// What vouches for a mail.
    pub(super) proof: Option<Status>,
    /// Whom to ask there, as the partner's file says.
    pub(super) contact: Option<String>,
}

impl SenderLine {
    /// The sender of a message, for this visitor.
    pub(super) fn of(page: &Chrome, partners: &Partners, message: &MessageRow) -> Self {
        let directory = partners.now();
        let id = message.partner.as_deref();
        let partner = id.and_then(|id| directory.known_as(id));
        let name = match (&partner, id) {
            (Some(partner), _) => partner.name.clone(),
            (None, Some(id)) => id.to_owned(),
            (None, None) => page.say("okänd avsändare", "unknown sender").to_owned(),
        };
        let envelope = serde_json::from_str::<Envelope>(&message.envelope).ok();
        let proof = envelope.and_then(|envelope| envelope.sender.proof);
        let contact = partner.filter(|_| page.may_handle());
        Self {
            name,
            proof: proof.map(|proof| verdict(page, proof)),
            contact: contact.and_then(|partner| partner.contact.line()),
        }
    }
}

fn verdict(page: &Chrome, proof: Proof) -> Status {
    let (mark, class, words) = match proof.verdict {
        Verdict::Proven => ("✓", "good", page.say("avsändaren är styrkt", "the sender is proven")),
        Verdict::Unproven => {
            ("–", "calm", page.say("inget styrker avsändaren", "nothing vouches for the sender"))
        }
        Verdict::Forged => (
            "!",
            "bad",
            page.say(
                "avsändarens domän säger att brevet är förfalskat",
                "the sender's domain says that this mail is forged",
            ),
        ),
        Verdict::Unknown => {
            ("–", "calm", page.say("namntjänsten svarade inte", "the name service did not answer"))
        }
    };
    let check = |check: Check| match check {
        Check::Pass => page.say("godkänt", "passed"),
        Check::Fail => page.say("underkänt", "failed"),
        Check::None => page.say("saknas", "none"),
        Check::Unavailable => page.say("inget svar", "no answer"),
    };
    let (dkim, spf, dmarc) = (check(proof.dkim), check(proof.spf), check(proof.dmarc));
    let words = format!("{words} (DKIM {dkim}, SPF {spf}, DMARC {dmarc})");
    Status { mark, class, words }
}

#[cfg(test)]
mod tests {
    use super::verdict;
    use crate::domain::proof::Check;
    use crate::domain::proof::Proof;
    use crate::domain::proof::Verdict;
    use crate::operations::chrome::tests::chrome;

    #[test]
    fn a_forged_mail_is_said_in_words() {
        let proof = Proof { verdict: Verdict::Forged, spf: Check::Fail, ..Proof::default() };
        let told = verdict(&chrome("en"), proof);
        let words =
            "the sender's domain says that this mail is forged (DKIM none, SPF failed, DMARC none)";
        assert_eq!((told.class, told.words.as_str()), ("bad", words));
    }
}
