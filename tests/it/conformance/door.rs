//! The doors as the suite knocks at them.

use super::LIMIT;
use super::house::CLIENTS;
use super::house::House;
use super::house::api_key;
use crate::support::wait;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

/// What the sender was told.
#[derive(Debug)]
pub(super) struct Told {
    /// The sender may consider it received.
    pub(super) accepted: bool,
    /// The reference, where this door tells it at once.
    pub(super) reference: Option<String>,
    /// For messages of failed tests.
    pub(super) text: String,
}

/// A door under test.
#[async_trait::async_trait]
pub(super) trait Door: Send + Sync {
    /// For messages of failed tests.
    fn name(&self) -> &'static str;

    /// What it needs in `[intake]` beside what every house has.
    fn intake(&self) -> String {
        String::new()
    }

    /// Whether it refuses content that cannot be read.
    fn refuses_content(&self) -> bool {
        false
    }

    /// Of so many offered around orderly stops, how many are certainly stored in the end.
    fn certain(&self, offered: usize) -> usize {
        offered
    }

    /// Offers a message and waits until it is settled.
    async fn offer(&self, house: &House, name: &str, bytes: &[u8]) -> Told;

    /// Offers a message and does not wait.
    async fn offer_without_waiting(&self, house: &House, name: &str, bytes: &[u8]);

    /// The same sender offers the same message once more.
    async fn offer_again(&self, house: &House, name: &str, bytes: &[u8]) -> Told;

    /// Another sender, or the same one at another door of the kind, offers the same message.
    async fn offer_as_another(&self, house: &House, name: &str, bytes: &[u8]) -> Told;

    /// Checks what a sender was told of a message that is too large.
    async fn check_oversize(&self, house: &House, told: &Told);
}

/// `POST /notices`, with the message's name as its key.
#[derive(Default)]
pub(super) struct ApiDoor;

impl ApiDoor {
    async fn post(&self, house: &House, client: &str, name: &str, bytes: &[u8]) -> Option<Told> {
        let url = format!("http://127.0.0.1:{}/eviction-notices/v1/notices", house.port);
        let answer = reqwest::Client::new()
            .post(url)
            .bearer_auth(api_key(client))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", name)
            .body(bytes.to_vec())
            .send()
            .await
            .ok()?;
        let status = answer.status().as_u16();
        let body: serde_json::Value = answer.json().await.ok()?;
        let reference = body.get("reference").and_then(|it| it.as_str()).map(str::to_owned);
        Some(Told { accepted: status == 202, reference, text: format!("{status} {body}") })
    }
}

#[async_trait::async_trait]
impl Door for ApiDoor {
    fn name(&self) -> &'static str {
        "api"
    }

    fn refuses_content(&self) -> bool {
        true
    }

    /// A request that was cut off has no answer: its sender asks again, and here nobody does.
    fn certain(&self, _offered: usize) -> usize {
        0
    }

    async fn offer(&self, house: &House, name: &str, bytes: &[u8]) -> Told {
        let told = self.post(house, CLIENTS[0], name, bytes).await;
        told.unwrap_or(Told {
            accepted: false,
            reference: None,
            text: "413 connection closed".to_owned(),
        })
    }

    async fn offer_without_waiting(&self, house: &House, name: &str, bytes: &[u8]) {
        let port = house.port;
        let (name, bytes) = (name.to_owned(), bytes.to_vec());
        tokio::spawn(async move {
            let url = format!("http://127.0.0.1:{port}/eviction-notices/v1/notices");
            let request = reqwest::Client::new().post(url).bearer_auth(api_key(CLIENTS[0]));
            let request = request.header("Content-Type", "application/json");
            drop(request.header("Idempotency-Key", name).body(bytes).send().await);
        });
    }

    async fn offer_again(&self, house: &House, name: &str, bytes: &[u8]) -> Told {
        self.offer(house, name, bytes).await
    }

    async fn offer_as_another(&self, house: &House, name: &str, bytes: &[u8]) -> Told {
        self.post(house, CLIENTS[1], name, bytes).await.unwrap()
    }

    async fn check_oversize(&self, house: &House, told: &Told) {
        assert!(!told.accepted && told.text.contains("413"), "{}", told.text);
        assert_eq!(house.messages().await, 0);
    }
}

/// A drop folder, here or on a server: written under a hidden name, then renamed into place.
#[derive(Default)]
pub(super) struct FolderDoor {
    count: AtomicU64,
    far: bool,
}

impl FolderDoor {
    /// The folder on a server, by SFTP.
    pub(super) fn far() -> Self {
        Self { far: true, ..Self::default() }
    }

    fn root(&self, house: &House, partner: &str) -> PathBuf {
        match self.far {
            true => house.far_path(partner),
            false => house.path(partner),
        }
    }

    fn drop_into(&self, house: &House, partner: &str, name: &str, bytes: &[u8]) -> PathBuf {
        let number = self.count.fetch_add(1, Ordering::SeqCst);
        let folder = self.root(house, partner).join("in");
        let path = folder.join(format!("{name}-{number}.json"));
        let hidden = folder.join(format!(".{name}-{number}.tmp"));
        std::fs::write(&hidden, bytes).unwrap();
        // On the server another user moves it, who must be able to write to it.
        std::fs::set_permissions(&hidden, PermissionsExt::from_mode(0o666)).unwrap();
        std::fs::rename(&hidden, &path).unwrap();
        path
    }

    async fn settled(&self, house: &House, partner: &str, path: PathBuf) -> Told {
        wait::eventually("the file leaves in/", LIMIT, || async { !path.exists() }).await;
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let reason = self.root(house, partner).join("failed").join(format!("{name}.reason.txt"));
        if reason.exists() {
            let text = std::fs::read_to_string(reason).unwrap();
            return Told { accepted: false, reference: None, text };
        }
        let receipt =
            self.root(house, partner).join("receipts").join(format!("{name}.kvittens.json"));
        wait::eventually("the receipt appears", LIMIT, || async { receipt.exists() }).await;
        let receipt: serde_json::Value =
            serde_json::from_slice(&std::fs::read(receipt).unwrap()).unwrap();
        let reference = receipt["reference"].as_str().map(str::to_owned);
        Told { accepted: true, reference, text: receipt.to_string() }
    }
}

#[async_trait::async_trait]
impl Door for FolderDoor {
    fn name(&self) -> &'static str {
        if self.far { "sftp" } else { "folder" }
    }

    async fn offer(&self, house: &House, name: &str, bytes: &[u8]) -> Told {
        let path = self.drop_into(house, CLIENTS[0], name, bytes);
        self.settled(house, CLIENTS[0], path).await
    }

    async fn offer_without_waiting(&self, house: &House, name: &str, bytes: &[u8]) {
        self.drop_into(house, CLIENTS[0], name, bytes);
    }

    async fn offer_again(&self, house: &House, name: &str, bytes: &[u8]) -> Told {
        let told = self.offer(house, name, bytes).await;
        assert!(told.text.contains("\"duplicate\""), "{}", told.text);
        told
    }

    async fn offer_as_another(&self, house: &House, name: &str, bytes: &[u8]) -> Told {
        let path = self.drop_into(house, CLIENTS[1], name, bytes);
        self.settled(house, CLIENTS[1], path).await
    }

    async fn check_oversize(&self, house: &House, told: &Told) {
        assert!(!told.accepted, "{}", told.text);
        assert_eq!(house.messages().await, 0);
        assert!(
            std::fs::read_dir(self.root(house, CLIENTS[0]).join("failed")).unwrap().count() == 2
        );
    }
}

/// A Maildir: the notice is attached to a mail.
#[derive(Default)]
pub(super) struct MaildirDoor {
    count: AtomicU64,
}

impl MaildirDoor {
    fn deliver(&self, house: &House, maildir: &str, name: &str, bytes: &[u8]) -> String {
        let mail = mail_with(name, bytes);
        let number = self.count.fetch_add(1, Ordering::SeqCst);
        let file = format!("{number}.{name}.host");
        let folder = house.path(maildir);
        std::fs::write(folder.join("tmp").join(&file), mail).unwrap();
        std::fs::rename(folder.join("tmp").join(&file), folder.join("new").join(&file)).unwrap();
        file
    }

    async fn settled(&self, house: &House, maildir: &str, file: &str) -> Told {
        let new = house.path(maildir).join("new").join(file);
        wait::eventually("the mail leaves new/", LIMIT, || async { !new.exists() }).await;
        let cur = std::fs::read_dir(house.path(maildir).join("cur")).unwrap();
        let names: Vec<String> =
            cur.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        let here = names.iter().any(|name| name.starts_with(file));
        Told { accepted: here, reference: None, text: names.join(" ") }
    }
}

#[async_trait::async_trait]
impl Door for MaildirDoor {
    fn name(&self) -> &'static str {
        "maildir"
    }

    async fn offer(&self, house: &House, name: &str, bytes: &[u8]) -> Told {
        let file = self.deliver(house, "maildir", name, bytes);
        self.settled(house, "maildir", &file).await
    }

    async fn offer_without_waiting(&self, house: &House, name: &str, bytes: &[u8]) {
        self.deliver(house, "maildir", name, bytes);
    }

    async fn offer_again(&self, house: &House, name: &str, bytes: &[u8]) -> Told {
        self.offer(house, name, bytes).await
    }

    async fn offer_as_another(&self, house: &House, name: &str, bytes: &[u8]) -> Told {
        let file = self.deliver(house, "maildir2", name, bytes);
        self.settled(house, "maildir2", &file).await
    }

    async fn check_oversize(&self, house: &House, told: &Told) {
        assert!(told.accepted, "{}", told.text);
        assert_eq!(house.states().await, ["needsReview"]);
        let out = house.path("mail-out");
        wait::eventually("it is acknowledged", LIMIT, || async {
            std::fs::read_dir(&out).is_ok_and(|entries| entries.count() == 1)
        })
        .await;
    }
}

/// A mail to which a notice is attached.
pub(super) fn mail_with(name: &str, bytes: &[u8]) -> String {
    use base64::Engine as _;
    let body = base64::engine::general_purpose::STANDARD.encode(bytes);
    let lines: Vec<&str> =
        body.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!(
        "From: Hyresvard <landlord@example.org>\r\nTo: kvittens@example.org\r\nSubject: notice\r\n\
         Message-ID: <{name}@example.org>\r\nDate: Sun, 22 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n\
         Content-Type: application/json; name=\"n.json\"\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename=\"n.json\"\r\n\r\n{}\r\n",
        lines.join("\r\n")
    )
}
