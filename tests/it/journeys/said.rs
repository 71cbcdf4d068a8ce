//! Everything a gateway said in a journey, each with where, and what of it must hold nothing about people.

use super::echoes::EchoSmtp;
use super::needles;
use super::needles::found_in;
use super::place::Place;
use super::place::names;

/// Everything the gateway said, each with where.
#[derive(Default)]
pub(super) struct Said {
    pub(super) texts: Vec<(String, String)>,
}

impl Said {
    pub(super) fn hear(&mut self, from: impl Into<String>, text: impl Into<String>) {
        self.texts.push((from.into(), text.into()));
    }

    /// What of the planted stands in which line.
    pub(super) fn leaks(&self) -> Vec<String> {
        let lines = self.texts.iter().flat_map(|(from, text)| {
            text.lines().filter_map(move |line| {
                let found = found_in(line);
                (!found.is_empty()).then(|| format!("{from}: {found:?}: {line:.600}"))
            })
        });
        lines.collect()
    }
}

/// Subjects, bodies and all headers but those that name the recipient and the mail that is answered.
pub(super) fn mails(smtp: &EchoSmtp, said: &mut Said) {
    for mail in smtp.mails() {
        assert!(!mail.contains("base64") && !mail.contains("?B?"), "the search reads no base64");
        let (head, body) = mail.split_once("\r\n\r\n").expect("a head and a body");
        let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let threads = ["To:", "In-Reply-To:", "References:"];
        let rest = head.lines().filter(|line| !threads.iter().any(|name| line.starts_with(name)));
        said.hear("a mail's head", rest.collect::<Vec<_>>().join("\n"));
        // The sender's own reference is theirs to see again.
        said.hear("a mail's body", body.replace(needles::OWN_REFERENCE.number, ""));
    }
}

/// Receipt files and reasons, without the sender's own file name and reference.
pub(super) fn receipts(place: &Place, said: &mut Said) {
    for folder in ["drop/landlord/receipts", "drop/landlord/failed"] {
        let files = names(&place.path(folder));
        assert!(!files.is_empty(), "{folder}");
        for name in files.iter().filter(|name| !name.ends_with(".pdf")) {
            let text = std::fs::read_to_string(place.path(folder).join(name)).expect("a text");
            let own = |line: &&str| {
                let line = line.trim_start();
                ["\"fileName\"", "<fileName>", "\"senderReference\"", "<senderReference>"]
                    .iter()
                    .any(|own| line.starts_with(own))
            };
            let rest: Vec<&str> = text.lines().filter(|line| !own(line)).collect();
            said.hear(folder, rest.join("\n"));
        }
    }
}
