//! One mail for many receipts: what a sender beyond its hourly share gets the same day. References and arrival times, nothing else.

use crate::acknowledge::Contact;
use crate::acknowledge::Planned;
use crate::acknowledge::Rendering;
use crate::acknowledge::config::Config;
use crate::acknowledge::config::Language;
use crate::acknowledge::header;
use crate::acknowledge::mail;
use crate::acknowledge::mail::Automatic;
use crate::acknowledge::plan;
use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Recipient;
use crate::domain::acknowledgement::Way;
use crate::domain::calendar::LocalTime;
use crate::domain::reference::Reference;
use jiff::Timestamp;

/// Reason of a receipt that waits for a digest.
pub const WAITS: &str = "digest";

/// One receipt that is told in a digest.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The message's reference.
    pub reference: Reference,
    /// When it arrived.
    pub received_at: Timestamp,
    /// Its control code as people read it, where there are keys.
    pub code: Option<String>,
}

/// Renders a digest to an address; its key bears the last entry's reference. `None` when there is nothing to tell or no such address.
pub fn digest(
    config: &Config,
    contact: &Contact,
    local_time: &LocalTime,
    (to, check_page): (&str, Option<&str>),
    entries: &[Entry],
    now: Timestamp,
) -> Option<Planned> {
    let to = header::mailbox(to)?;
    let last = entries.last()?;
    let key = AcknowledgementKey {
        reference: last.reference.clone(),
        recipient: Recipient::Sender,
        purpose: Purpose::Receipt,
        way: Way::Digest,
        version: 0,
    };
    let lines: Vec<String> = entries
        .iter()
        .map(|entry| {
            let day = local_time.day_of(entry.received_at);
            let clock = local_time.clock_of(entry.received_at);
            let code = entry.code.as_ref().map(|code| format!("   {code}")).unwrap_or_default();
            format!("{}   {day} {clock}{code}\n", entry.reference)
        })
        .collect();
    let coded = check_page.filter(|_| entries.iter().any(|entry| entry.code.is_some()));
    let text = text(contact, (&lines.concat(), entries.len()), coded, &config.languages.0);
    let message_id = format!("{}.sender.digest.0@{}", last.reference, config.message_id_domain());
    let bytes = mail::compose(&mail::Letter {
        from: &config.from,
        to: &to,
        subject: &format!("Kvittenser {}", entries.len()),
        message_id: &message_id,
        in_reply_to: None,
        references: &[],
        automatic: Automatic::Replied,
        date: now,
        text: &text,
        document: None,
    });
    Some(Planned {
        key,
        state: AcknowledgementState::Pending,
        due_at: local_time.end_of(local_time.day_of(last.received_at)),
        promised_at: None,
        reason: None,
        address: Some(plan::mail_address(config, to)?),
        rendering: Rendering::Bytes(bytes),
    })
}

fn text(
    contact: &Contact,
    (lines, count): (&str, usize),
    check_page: Option<&str>,
    languages: &[Language],
) -> String {
    let check =
        |words: &str| check_page.map(|page| format!("\n{words}\n{page}\n")).unwrap_or_default();
    let check_sv = check(
        "Med referensen och kontrollkoden, som står sist på raden, kan en kvittens kontrolleras på",
    );
    let check_en = check(
        "With the reference and the control code, last on its line, a receipt can be checked at",
    );
    let each = languages.iter().map(|language| match language {
        Language::Sv => format!(
            "{} har tagit emot {count} meddelanden från er. Det här är kvittensen för dem:\nvår referens och när meddelandet kom fram.\n\n{lines}{check_sv}\nFrågor: telefon {}\n\nDet här är ett automatiskt svar. Det kommer samlat eftersom ni skickade många meddelanden\npå kort tid.\n",
            contact.organisation.sv, contact.telephone
        ),
        Language::En => format!(
            "{} has received {count} messages from you. This is the receipt for them: our reference\nand when the message arrived.\n\n{lines}{check_en}\nQuestions: telephone {}\n\nThis is an automatic answer. It comes as one mail because you sent many messages within a\nshort time.\n",
            contact.organisation.en, contact.telephone
        ),
    });
    each.collect::<Vec<_>>().join("\n* * *\n\n")
}

#[cfg(test)]
mod tests {
    use super::Entry;
    use super::digest;
    use crate::acknowledge::Bilingual;
    use crate::acknowledge::Contact;
    use crate::acknowledge::Rendering;
    use crate::acknowledge::config::Config;
    use crate::domain::calendar::LocalTime;
    use crate::domain::reference::Prefix;
    use crate::domain::reference::Reference;

    #[test]
    fn a_digest_lists_references_and_arrival_times_and_is_answered_by_no_machine() {
        let config: Config = toml::from_str(
            "from = { address = \"avh@kommun.example\" }\nbounce_address = \"b+{token}@kommun.example\"",
        )
        .unwrap();
        let organisation = Bilingual { sv: "Exempelstad".to_owned(), en: "Exampletown".to_owned() };
        let contact = Contact { organisation, telephone: "040-1".to_owned(), ..Contact::default() };
        let local_time = LocalTime::named("Europe/Stockholm").unwrap();
        let entries: Vec<Entry> = (0..3u8)
            .map(|n| Entry {
                reference: Reference::compose(&Prefix::parse("AVH").unwrap(), [n; 7]),
                received_at: format!("2026-10-12T12:0{n}:00Z").parse().unwrap(),
                code: (n == 1).then(|| "7K4M2-QX6AB".to_owned()),
            })
            .collect();
        let now = "2026-10-12T13:00:00Z".parse().unwrap();
        let page = Some("https://kommun.example/kvitto");
        let to = ("a@hyra.example", page);
        let planned = digest(&config, &contact, &local_time, to, &entries, now).unwrap();
        let Rendering::Bytes(bytes) = &planned.rendering else { panic!() };
        let mail = String::from_utf8(bytes.clone()).unwrap();
        for (n, entry) in entries.iter().enumerate() {
            let line = format!("{}   2026-10-12 14.0{n}", entry.reference);
            assert_eq!(mail.matches(&line).count(), 2, "once a language: {mail}");
        }
        assert!(mail.contains("Auto-Submitted: auto-replied"), "{mail}");
        assert_eq!(mail.matches("2026-10-12 14.01   7K4M2-QX6AB").count(), 2, "{mail}");
        assert_eq!(mail.matches("https://kommun.example/kvitto").count(), 2, "{mail}");
        assert!(planned.address.as_deref().unwrap().contains("token"));
        assert_eq!(planned.due_at, "2026-10-12T21:59:59Z".parse().unwrap());
        let nowhere = ("nowhere", None);
        assert!(digest(&config, &contact, &local_time, nowhere, &entries, now).is_none());
        assert!(digest(&config, &contact, &local_time, to, &[], now).is_none());
    }
}
