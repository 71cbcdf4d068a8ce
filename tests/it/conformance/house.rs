//! A whole gateway inside the test process, with all doors open and its store within reach.

use crate::support::servers::value;
use crate::support::sftp;
use crate::support::sftp::FarFolder;
use kvittens::clock::Clock;
use kvittens::config;
use kvittens::domain::masked::Masked;
use kvittens::gateway;
use kvittens::gateway::Parts;
use kvittens::gateway::Running;
use kvittens::intake::api::client::key_hash;
use kvittens::store::Action;
use kvittens::store::NoticeFilter;
use sqlx::ConnectOptions as _;
use sqlx::Connection as _;
use sqlx::SqliteConnection;
use std::path::PathBuf;
use tempfile::TempDir;

/// The size limit of every door here.
pub(super) const MAX_BYTES: usize = 300_000;

/// The two API clients of the house; partners of the same names have a folder each.
pub(super) const CLIENTS: [&str; 2] = ["landlord", "another"];

/// The key of a client: of the shape that the door expects.
pub(super) fn api_key(client: &str) -> String {
    format!("kv_{client:x<43}")
}

/// A running gateway.
pub(super) struct House {
    folder: TempDir,
    far: Vec<FarFolder>,
    running: Running,
    pub(super) port: u16,
}

impl House {
    /// Opens; `more` is added to `[intake]`.
    pub(super) async fn open(more: &str) -> Self {
        drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
        let folder = tempfile::Builder::new().prefix("kvittens-it-").tempdir().unwrap();
        for maildir in ["maildir", "maildir2"] {
            for part in ["tmp", "new", "cur"] {
                std::fs::create_dir_all(folder.path().join(maildir).join(part)).unwrap();
            }
        }
        for client in CLIENTS {
            std::fs::create_dir_all(folder.path().join(client).join("in")).unwrap();
        }
        let root = folder.path().display();
        // Where there is no server, there is no such door.
        let there = value("KVITTENS_TEST_SFTP_HOME").is_some();
        let far: Vec<FarFolder> =
            CLIENTS.iter().filter(|_| there).map(|_| FarFolder::new()).collect();
        let quick =
            format!("max_bytes = {MAX_BYTES}, settle_after = \"100ms\", scan_every = \"100ms\"");
        let doors = CLIENTS.iter().zip(&far).map(|(partner, far)| {
            format!("{{ {} {quick} }}", far.keys(partner, sftp::port()).replace('\n', ", "))
        });
        let doors = doors.collect::<Vec<_>>().join(", ");
        let text = format!(
            r#"
            store = {{ url = "sqlite:{root}/kvittens.db" }}
            http = {{ listen = "127.0.0.1:0" }}
            case_system = {{ kind = "memory" }}
            acknowledge = {{ from = {{ address = "kvittens@example.org" }}, bounce_address = "b+{{token}}@example.org",
                transport = "file", file = {{ dir = "{root}/mail-out" }} }}
            [intake]
            sftp = [{doors}]
            api = {{ max_bytes = {MAX_BYTES} }}
            maildir = [
                {{ name = "one", path = "{root}/maildir", max_bytes = {MAX_BYTES}, scan_every = "100ms" }},
                {{ name = "two", path = "{root}/maildir2", max_bytes = {MAX_BYTES}, scan_every = "100ms" }} ]
            folder = [
                {{ partner = "landlord", path = "{root}/landlord", max_bytes = {MAX_BYTES}, settle_after = "100ms",
                   scan_every = "100ms" }},
                {{ partner = "another", path = "{root}/another", max_bytes = {MAX_BYTES}, settle_after = "100ms",
                   scan_every = "100ms" }} ]
            {more}
            "#
        );
        // One line each: inline tables do not go over lines.
        let text = text
            .replace(",\n                transport", ", transport")
            .replace(",\n                   scan", ", scan");
        std::fs::write(folder.path().join("kvittens.toml"), text).unwrap();
        let house = Self::start(folder, far).await;
        for client in CLIENTS {
            let action = Action::AddClient {
                name: client.to_owned(),
                key_hash: key_hash(&api_key(client)),
                mail_to: Some(Masked::new(format!("{client}@example.org"))),
                actor: "cli:test".to_owned(),
            };
            house.running.store.act(action).await.unwrap().unwrap();
        }
        house
    }

    async fn start(folder: TempDir, far: Vec<FarFolder>) -> Self {
        let loaded = config::load(Some(&folder.path().join("kvittens.toml"))).unwrap();
        let running = gateway::start(&loaded, Parts::ALL, Clock::system(), None).await.unwrap();
        let port = running.http.unwrap().port();
        Self { folder, far, running, port }
    }

    /// Stops in an orderly way and starts again on the same folders.
    pub(super) async fn reopen(self) -> Self {
        let Self { folder, far, running, .. } = self;
        running.stop().await;
        Self::start(folder, far).await
    }

    pub(super) async fn close(self) {
        let found = self.running.store.verify().await.unwrap();
        assert_eq!(found.broken, []);
        self.running.stop().await;
    }

    pub(super) fn path(&self, part: &str) -> PathBuf {
        self.folder.path().join(part)
    }

    /// A partner's folder on the server.
    pub(super) fn far_path(&self, partner: &str) -> PathBuf {
        let at = CLIENTS.iter().position(|client| *client == partner).unwrap();
        self.far[at].path("")
    }

    async fn connection(&self) -> SqliteConnection {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(self.path("kvittens.db"));
        options.connect().await.unwrap()
    }

    /// Holds the store's write lock until dropped.
    pub(super) async fn lock_store(&self) -> SqliteConnection {
        let mut connection = self.connection().await;
        sqlx::query("BEGIN IMMEDIATE").execute(&mut connection).await.unwrap();
        connection
    }

    /// Makes every insertion of a message fail.
    pub(super) async fn break_store(&self) {
        let mut connection = self.connection().await;
        let rename =
            "ALTER TABLE person_keys RENAME TO away; ALTER TABLE notices RENAME TO notices_away";
        sqlx::raw_sql(rename).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }

    /// Takes [`House::break_store`] back.
    pub(super) async fn mend_store(&self) {
        let mut connection = self.connection().await;
        let rename =
            "ALTER TABLE away RENAME TO person_keys; ALTER TABLE notices_away RENAME TO notices";
        sqlx::raw_sql(rename).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }

    /// How many messages are stored.
    pub(super) async fn messages(&self) -> usize {
        let rows = self.rows().await;
        let messages: std::collections::HashSet<_> =
            rows.into_iter().map(|row| row.message).collect();
        messages.len()
    }

    /// The references of all notices.
    pub(super) async fn references(&self) -> Vec<String> {
        self.rows().await.into_iter().map(|row| row.reference).collect()
    }

    /// The states of all notices.
    pub(super) async fn states(&self) -> Vec<String> {
        self.rows().await.into_iter().map(|row| row.state).collect()
    }

    async fn rows(&self) -> Vec<kvittens::store::NoticeRow> {
        self.running.store.notices(&NoticeFilter::Recent, 10_000).await.unwrap()
    }
}

/// A notice that is unlike every other.
pub(super) fn notice(mark: &str) -> Vec<u8> {
    format!(
        r#"{{"schemaVersion":"1.0","type":"rentArrears","sender":{{"kind":"landlord","reference":"{mark}"}},
            "persons":[{{"name":"Testa Testsson","identity":{{"kind":"personalIdentityNumber","value":"198501012390"}}}}]}}"#
    )
    .into_bytes()
}

/// Many notices in one document.
pub(super) fn notices(count: usize) -> Vec<u8> {
    let each: Vec<String> =
        (0..count).map(|n| String::from_utf8(notice(&format!("row-{n}"))).unwrap()).collect();
    format!("[{}]", each.join(",")).into_bytes()
}
