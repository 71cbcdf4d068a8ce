//! Gathers what the world outside has seen, for the oracle.

use std::path::Path;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::case_http;
use crate::support::lifecare::Actualisation;
use crate::support::smtp::Mail;

use super::load::Load;
use super::oracle::Acknowledgement;
use super::oracle::Case;
use super::oracle::Receipt;
use super::oracle::Shown;
use super::oracle::World;
use super::scene::Cases;
use super::scene::Scene;

impl Scene {
    /// Everything that can be seen now.
    pub(super) async fn look(&self, load: &Load) -> World {
        let cases = match &self.cases {
            Cases::Platform(platform) => platform.cases().iter().map(from_platform).collect(),
            Cases::Lifecare(lifecare) => {
                lifecare.actualisations().iter().map(|found| from_lifecare(found, load)).collect()
            }
        };
        let mut settled = Vec::new();
        for root in self.roots() {
            let done = root.join("done");
            settled.extend(names(&done).iter().flat_map(|day| names(&done.join(day))));
        }
        settled.extend(names(&self.workspace.path("maildir/cur")));
        let mut posted = self.posted().await.1;
        // A mail that was cut off on its way to the mail server may lie there twice: one mail, and one case.
        posted.sort();
        posted.dedup();
        settled.extend(posted);
        World {
            offers: load.offers(),
            settled: settled.iter().filter_map(|name| load.mark_in(name)).collect(),
            cases,
            acknowledgements: self.smtp.mails().iter().map(acknowledgement).collect(),
            receipts: self.receipts(load),
            shown: self.shown(&[]).await,
            may_ask_a_person: matches!(self.cases, Cases::Lifecare(_)),
        }
    }

    /// What `kvittens notices` shows.
    pub(super) async fn shown(&self, more: &[&str]) -> Vec<Shown> {
        let arguments = [&["notices", "--json", "--limit", "1000000"], more].concat();
        let listed = self.workspace.run(&arguments).await;
        let complaint = String::from_utf8_lossy(&listed.stderr).into_owned();
        assert!(listed.status.success(), "kvittens notices: {complaint}");
        let text = |line: &Value, member: &str| line[member].as_str().unwrap_or("?").to_owned();
        String::from_utf8_lossy(&listed.stdout)
            .lines()
            .map(|line| serde_json::from_str(line).expect("a line of JSON"))
            .map(|line| Shown {
                reference: text(&line, "reference"),
                state: text(&line, "state"),
                kind: text(&line, "type"),
            })
            .collect()
    }

    /// How much the running gateway says it has still to do: jobs and acknowledgements, as counted every five seconds.
    pub(super) async fn to_do(&self) -> Option<f64> {
        let asked = crate::support::http_client().get(self.workspace.url("/metrics")).send().await;
        let text = asked.ok()?.text().await.ok()?;
        let counted = text.lines().filter(|line| {
            line.starts_with("kvittens_jobs{")
                || line.starts_with("kvittens_acknowledgements_pending ")
        });
        let numbers: Vec<f64> =
            counted.filter_map(|line| line.rsplit(' ').next()?.parse().ok()).collect();
        (!numbers.is_empty()).then(|| numbers.iter().sum())
    }

    /// How many files and mails nobody has taken in yet.
    pub(super) async fn waiting(&self) -> usize {
        let folders = self.roots().into_iter().map(|root| root.join("in"));
        let all = folders.chain([self.workspace.path("maildir/new")]);
        let files: usize = all.map(|folder| names(&folder).len()).sum();
        files + self.posted().await.0
    }

    /// How many mails are left in the mailbox, and which were moved out of it. A mail server that is away has something left.
    async fn posted(&self) -> (usize, Vec<String>) {
        match &self.mailbox {
            Some(mailbox) => mailbox.look().await.unwrap_or((1, Vec::new())),
            None => (0, Vec::new()),
        }
    }

    /// The partner's folders, here and on its server.
    fn roots(&self) -> Vec<PathBuf> {
        let far = self.far.as_ref().map(|far| far.path(""));
        [self.workspace.path("drop/landlord")].into_iter().chain(far).collect()
    }

    fn receipts(&self, load: &Load) -> Vec<Receipt> {
        self.roots().iter().flat_map(|root| receipts(&root.join("receipts"), load)).collect()
    }
}

fn receipts(folder: &Path, load: &Load) -> Vec<Receipt> {
    let all = names(folder);
    let json = all.iter().filter(|name| name.ends_with(".json") && !name.starts_with('.'));
    json.map(|name| {
        let bytes = std::fs::read(folder.join(name)).expect("a receipt");
        let receipt: Value = serde_json::from_slice(&bytes).expect("a receipt is JSON");
        let xml = name.trim_end_matches(".json").to_owned() + ".xml";
        Receipt {
            mark: load.mark_in(name).unwrap_or_else(|| name.clone()),
            number: receipt["number"].as_i64().unwrap_or_default(),
            reference: receipt["reference"].as_str().unwrap_or_default().to_owned(),
            has_xml: all.contains(&xml),
        }
    })
    .collect()
}

fn from_platform(case: &case_http::Case) -> Case {
    let mark = case.body["data"]["notice"]["sender"]["reference"].as_str();
    Case {
        mark: Some(mark.unwrap_or_default().to_owned()),
        reference: case.reference.clone(),
        whole: true,
    }
}

/// The reference stands in the id of the request that opened the entry; both documents must bear it in their titles.
fn from_lifecare(found: &Actualisation, load: &Load) -> Case {
    let request = found.request_id.clone().unwrap_or_default();
    let reference = request.rsplit_once("-p").map(|(before, _)| before).unwrap_or_default();
    let titled = |what: &str| {
        found.attachments.iter().any(|a| a.title.starts_with(what) && a.title.contains(reference))
    };
    let contents = found.attachments.iter().map(|a| String::from_utf8_lossy(&a.content));
    Case {
        mark: contents.filter_map(|text| load.mark_in(&text)).next(),
        reference: reference.to_owned(),
        whole: titled("Original") && titled("Sammanfattning"),
    }
}

fn acknowledgement(mail: &Mail) -> Acknowledgement {
    let subject = mail.header("Subject").unwrap_or_default();
    let reference = subject.split_whitespace().find(|word| word.starts_with("AVH-"));
    Acknowledgement {
        message_id: mail.header("Message-ID").unwrap_or_default(),
        in_reply_to: mail.header("In-Reply-To"),
        recipient: mail.envelope_to.join(","),
        reference: reference.unwrap_or_default().to_owned(),
        bytes: mail.data.to_vec(),
        taken: mail.answered,
    }
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names.collect()
}
