//! One gateway on SQLite for a journey: its configuration with short pauses, its clients, and what its commands say.

use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use reqwest::RequestBuilder;
use reqwest::StatusCode;
use serde_json::Value;

use crate::support::gateway::Gateway;
use crate::support::http_client;
use crate::support::wait;
use crate::support::workspace::Setup;
use crate::support::workspace::Workspace;

/// How long a journey waits for anything.
pub(super) const LIMIT: Duration = Duration::from_secs(30);

/// The API's root.
pub(super) const ROOT: &str = "/eviction-notices/v1";

/// What differs between journeys.
#[derive(Default)]
pub(super) struct Wishes {
    /// Port of an SMTP server; else mails are files in `mail-out/`.
    pub(super) smtp_port: Option<u16>,
    /// Address and token of an integration platform; else cases are files in `cases/`.
    pub(super) platform: Option<(String, String)>,
    /// Added to `[[intake.folder]]`.
    pub(super) folder: String,
    /// Added to `[[intake.maildir]]`.
    pub(super) maildir: String,
    /// Keys of `[partners]`; else nobody is asked for proof.
    pub(super) partners: String,
    /// Receipts by mail an hour and address; else more than any test sends.
    pub(super) receipts_per_hour: Option<u32>,
    /// Sections added at the end.
    pub(super) more: String,
}

/// A workspace with a configuration of its own.
pub(super) struct Place {
    pub(super) workspace: Workspace,
    pub(super) http: reqwest::Client,
}

impl Place {
    pub(super) fn new(wishes: &Wishes) -> Self {
        let workspace = Workspace::new(&Setup::default());
        let folder = workspace.path("");
        let text = config(&folder, workspace.http_port, wishes);
        std::fs::write(workspace.config(), text).expect("the configuration");
        Self { workspace, http: http_client() }
    }

    /// Writes the configuration anew; the gateway reads it at its next start.
    pub(super) fn rewrite(&self, wishes: &Wishes) {
        let text = config(&self.path(""), self.workspace.http_port, wishes);
        std::fs::write(self.workspace.config(), text).expect("the configuration");
    }

    pub(super) fn path(&self, part: &str) -> PathBuf {
        self.workspace.path(part)
    }

    /// Registers a client; the gateway must have run once.
    pub(super) async fn client(&self, name: &str) -> String {
        let output = self.workspace.run(&["client", "add", name]).await;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// A request to send notices.
    pub(super) fn post(
        &self,
        key: &str,
        media_type: &str,
        body: impl Into<Vec<u8>>,
    ) -> RequestBuilder {
        let url = self.workspace.url(&format!("{ROOT}/notices"));
        let request = self.http.post(url).bearer_auth(key).header("content-type", media_type);
        request.body(body.into())
    }

    /// Everything a command says, and whether it succeeded.
    pub(super) async fn says(&self, arguments: &[&str]) -> (bool, String) {
        let output = self.workspace.run(arguments).await;
        let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
        said.push_str(&String::from_utf8_lossy(&output.stderr));
        (output.status.success(), said)
    }

    /// All notices, as `kvittens notices --json` tells them.
    pub(super) async fn notices(&self) -> Vec<Value> {
        let output = self.workspace.run(&["notices", "--json", "--limit", "10000"]).await;
        let lines = String::from_utf8_lossy(&output.stdout).into_owned();
        lines.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }

    /// Waits until a folder in the workspace holds at least so many names, and gives them in order.
    pub(super) async fn names(&self, folder: &str, count: usize) -> Vec<String> {
        let what = format!("{count} names in {folder}, there are {:?}", names(&self.path(folder)));
        wait::until(&what, LIMIT, || async {
            let names = names(&self.path(folder));
            (names.len() >= count).then_some(names)
        })
        .await
    }
}

/// Every name of files at any depth of a folder, as a path below it, but for temporary ones.
pub(super) fn names(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => {
                let below = names(&entry.path());
                found.extend(below.into_iter().map(|inner| format!("{name}/{inner}")));
            }
            Ok(_) if !name.starts_with('.') => found.push(name),
            Ok(_) | Err(_) => {}
        }
    }
    found.sort();
    found
}

/// Sends a request and gives its status and its JSON (`null` when the answer is none).
pub(super) async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.expect("an answer");
    let status = response.status();
    let text = response.text().await.expect("a whole answer");
    (status, serde_json::from_str(&text).unwrap_or_default())
}

/// Ends the gateway in order; a journey's end must leave none that hangs.
pub(super) async fn end(mut gateway: Gateway) {
    let ended = gateway.terminate().await;
    assert!(ended.success(), "{ended}\n{}", gateway.output());
}

fn config(folder: &Path, port: u16, wishes: &Wishes) -> String {
    let folder = folder.display().to_string();
    let folder = folder.trim_end_matches('/');
    let mail = match wishes.smtp_port {
        Some(port) => format!(
            "transport = \"smtp\"\n[acknowledge.smtp]\nhost = \"127.0.0.1\"\nport = {port}\n\
             security = \"none\"\ntimeout = \"3s\"\nhello_name = \"kvittens.example.org\""
        ),
        None => format!("transport = \"file\"\n[acknowledge.file]\ndir = \"{folder}/mail-out\""),
    };
    let cases = match &wishes.platform {
        Some((url, token)) => format!(
            "kind = \"http\"\nurl = \"{url}/cases\"\ntoken = \"{token}\"\ntimeout = \"3s\"\n\
             look_up = \"{url}/cases?reference={{reference}}\""
        ),
        None => format!("kind = \"memory\"\nfolder = \"{folder}/cases\""),
    };
    let retry = "retry = { first = \"100ms\", longest = \"1s\", attempts = 20 }";
    format!(
        r#"[store]
url = "sqlite:{folder}/kvittens.db"
[queue]
kind = "embedded"
[http]
listen = "127.0.0.1:{port}"
[[intake.folder]]
partner = "landlord"
path = "{folder}/drop/landlord"
scan_every = "200ms"
{more_folder}
[[intake.maildir]]
name = "mail"
path = "{folder}/maildir"
scan_every = "200ms"
{more_maildir}
[partners]
{partners}
[acknowledge]
from = {{ address = "kvittens@example.org" }}
receipts_per_hour = {per_hour}
digest_after = "2s"
bounce_address = "bounce+{{token}}@example.org"
{retry}
{mail}
[case_system]
{cases}
[operations]
look_after = "50ms"
{retry}
{more}
"#,
        partners = if wishes.partners.is_empty() { "proof = false" } else { &wishes.partners },
        per_hour = wishes.receipts_per_hour.unwrap_or(1_000_000),
        more_folder = wishes.folder,
        more_maildir = wishes.maildir,
        more = wishes.more,
    )
}

/// How many rows a table of the store holds.
pub(super) async fn rows(place: &Place, table: &str) -> i64 {
    let url = format!("sqlite:{}", place.path("kvittens.db").display());
    let pool = sqlx::SqlitePool::connect(&url).await.expect("the store");
    let count = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}")));
    let count = count.fetch_one(&pool).await.expect("a count");
    pool.close().await;
    count
}

/// That the gateway lives, the store is whole, and holds exactly so many messages and notices, all of them with their history.
pub(super) async fn holds_exactly(place: &Place, messages: i64, notices: i64) {
    let alive = place.http.get(place.workspace.url("/readyz")).send().await.expect("an answer");
    assert_eq!(alive.status(), 200, "still ready");
    let (well, said) = place.says(&["verify"]).await;
    assert!(well, "{said}");
    let (of_messages, of_notices) = (rows(place, "messages").await, rows(place, "notices").await);
    assert_eq!((of_messages, of_notices), (messages, notices), "messages and notices stored");
    let told = "(SELECT DISTINCT reference FROM journal WHERE entry LIKE '%\"message.received\"%')";
    assert_eq!(rows(place, told).await, messages, "messages in the journal");
    let orphans = "(SELECT 1 FROM notices WHERE message NOT IN (SELECT reference FROM messages))";
    assert_eq!(rows(place, orphans).await, 0, "notices without their message");
}
