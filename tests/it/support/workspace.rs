//! A folder with everything one gateway needs: configuration, drop folder, Maildir, store, logs.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::Output;
use std::time::Duration;

use tempfile::TempDir;
use tokio::process::Command;

use super::ports::free_port;

/// Where the gateway keeps its notices.
#[derive(Clone, Debug)]
pub(crate) enum StoreKind {
    /// A file in the workspace.
    Sqlite,
    /// This URL.
    Postgres(String),
}

/// How the gateway queues towards the case system.
#[derive(Clone, Debug)]
pub(crate) enum QueueKind {
    /// In the store.
    Embedded,
    /// RabbitMQ at `url`; names begin with `prefix`.
    Amqp {
        /// `amqp://…`
        url: String,
        /// Begins every exchange's and queue's name.
        prefix: String,
    },
}

/// Where cases are opened.
#[derive(Clone, Debug)]
pub(crate) enum CasesKind {
    /// Nowhere but in the gateway's own folder.
    Memory,
    /// An integration platform.
    Http {
        /// Without a slash at the end.
        url: String,
        /// The bearer token.
        token: String,
        /// Whether the gateway may ask which case bears a reference.
        looks_up: bool,
    },
    /// Lifecare FamilyCare.
    Lifecare {
        /// Base path included.
        url: String,
        /// `domain`, sent with every call.
        domain: String,
        /// The licence key, sent with every call.
        key: String,
        /// Sent as `X-API-Key`.
        api_key: String,
    },
}

/// What differs between one test's gateway and another's.
#[derive(Clone, Debug)]
pub(crate) struct Setup {
    /// The store.
    pub(crate) store: StoreKind,
    /// The queue.
    pub(crate) queue: QueueKind,
    /// The case system.
    pub(crate) cases: CasesKind,
    /// Port of the SMTP server, plain text; `None`: mail is written to the folder `mail-out`.
    pub(crate) smtp_port: Option<u16>,
    /// The municipality's profile as TOML; `None`: Malmö's.
    pub(crate) profile: Option<String>,
    /// Keys added to `[case_system]`.
    pub(crate) more_case_system: String,
    /// Keys added to `[acknowledge]`.
    pub(crate) more_acknowledge: String,
    /// Keys added to `[acknowledge.smtp]`.
    pub(crate) more_smtp: String,
    /// Keys added to `[[intake.folder]]`.
    pub(crate) more_folder: String,
    /// TOML added at the end, for what only one test needs.
    pub(crate) more: String,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            store: StoreKind::Sqlite,
            queue: QueueKind::Embedded,
            cases: CasesKind::Memory,
            smtp_port: None,
            profile: None,
            more_case_system: String::new(),
            more_acknowledge: String::new(),
            more_smtp: String::new(),
            more_folder: String::new(),
            more: String::new(),
        }
    }
}

/// The folder, removed when dropped, and the gateway's port.
pub(crate) struct Workspace {
    folder: TempDir,
    /// Port of the gateway's HTTP server, the same after every restart.
    pub(crate) http_port: u16,
}

impl Workspace {
    /// Makes the folder, its Maildir and drop folder, and writes its configuration.
    pub(crate) fn new(setup: &Setup) -> Self {
        let folder = tempfile::Builder::new().prefix("kvittens-it-").tempdir().expect("a folder");
        let workspace = Self { folder, http_port: free_port() };
        for part in
            ["maildir/new", "maildir/cur", "maildir/tmp", "drop/landlord/in", "mail-out", "cases"]
        {
            std::fs::create_dir_all(workspace.path(part)).expect("a folder in the workspace");
        }
        workspace.write_config(setup);
        workspace
    }

    /// A path in the folder.
    pub(crate) fn path(&self, part: &str) -> PathBuf {
        self.folder.path().join(part)
    }

    /// The configuration file.
    pub(crate) fn config(&self) -> PathBuf {
        self.path("kvittens.toml")
    }

    /// Writes the configuration anew; the gateway reads it at its next start.
    pub(crate) fn write_config(&self, setup: &Setup) {
        if let Some(profile) = &setup.profile {
            std::fs::write(self.path("profile.toml"), profile).expect("the profile");
        }
        let text = config_text(self.folder.path(), self.http_port, setup);
        std::fs::write(self.config(), text).expect("the configuration file");
    }

    /// The address of a page or call of the gateway.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.http_port)
    }

    /// Registers an API client and gives its key; the store must be there, so the gateway must have run.
    pub(crate) async fn add_client(&self, name: &str, mail_to: &str) -> String {
        let added = self.run(&["client", "add", name, "--mail-to", mail_to]).await;
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
        String::from_utf8_lossy(&added.stdout).trim().to_owned()
    }

    /// Drops a file as a partner would: written under a name that is left alone, then renamed into `in/`.
    pub(crate) fn drop_file(&self, name: &str, bytes: &[u8]) {
        self.drop_file_of(Duration::ZERO, name, bytes);
    }

    /// The same with a file that was written so long ago.
    pub(crate) fn drop_file_of(&self, age: Duration, name: &str, bytes: &[u8]) {
        put(&self.path("drop/landlord/in"), &format!(".{name}.tmp"), name, bytes, age);
    }

    /// Delivers a mail into the Maildir.
    pub(crate) fn deliver_mail(&self, name: &str, bytes: &[u8]) {
        self.deliver_mail_of(Duration::ZERO, name, bytes);
    }

    /// The same with a mail that reached the mail server so long ago.
    pub(crate) fn deliver_mail_of(&self, age: Duration, name: &str, bytes: &[u8]) {
        put(&self.path("maildir"), &format!("tmp/{name}"), &format!("new/{name}"), bytes, age);
    }

    /// Runs a command of the program with this workspace's configuration and waits for its end.
    pub(crate) async fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_kvittens"))
            .args(arguments)
            .arg("--config")
            .arg(self.config())
            .current_dir(self.folder.path())
            .kill_on_drop(true)
            .output()
            .await
            .expect("the program runs")
    }
}

fn put(folder: &Path, first: &str, then: &str, bytes: &[u8], age: Duration) {
    let mut file = File::create(folder.join(first)).expect("a file");
    file.write_all(bytes).expect("a file's content");
    if !age.is_zero() {
        let written = file.metadata().and_then(|all| all.modified()).expect("a file's time");
        file.set_modified(written - age).expect("an older file");
    }
    std::fs::rename(folder.join(first), folder.join(then)).expect("a file in its place");
}

/// The one place that knows the configuration's keys.
fn config_text(folder: &Path, http_port: u16, setup: &Setup) -> String {
    let folder = folder.display();
    let store = match &setup.store {
        StoreKind::Sqlite => format!("sqlite:{folder}/kvittens.db"),
        StoreKind::Postgres(url) => url.clone(),
    };
    let profile = match &setup.profile {
        Some(_) => format!("{folder}/profile.toml"),
        None => "malmo".to_owned(),
    };
    let transport = match setup.smtp_port {
        Some(port) => format!(
            "transport = \"smtp\"\n{}\n[acknowledge.smtp]\nhost = \"127.0.0.1\"\nport = {port}\nsecurity = \"none\"\n{}",
            setup.more_acknowledge, setup.more_smtp
        ),
        None => format!(
            "transport = \"file\"\n{}\n[acknowledge.file]\ndir = \"{folder}/mail-out\"",
            setup.more_acknowledge
        ),
    };
    format!(
        r#"[municipality]
name = "Exempelstad"
code = "1280"
profile = "{profile}"

[store]
url = "{store}"

[queue]
{queue}

[http]
listen = "127.0.0.1:{http_port}"

[[intake.folder]]
partner = "landlord"
path = "{folder}/drop/landlord"
{more_folder}

[[intake.maildir]]
name = "mail"
path = "{folder}/maildir"

[partners]
proof = false

[acknowledge]
from = {{ address = "mottagning@kommun.example" }}
bounce_address = "bounce+{{token}}@kommun.example"
receipts_per_hour = 1000000
{transport}

[case_system]
{cases}
{more_case_system}

{more}
"#,
        queue = queue_keys(&setup.queue),
        cases = case_system_keys(&setup.cases, &folder.to_string()),
        more_folder = setup.more_folder,
        more_case_system = setup.more_case_system,
        more = setup.more
    )
}

fn queue_keys(queue: &QueueKind) -> String {
    match queue {
        QueueKind::Embedded => "kind = \"embedded\"".to_owned(),
        QueueKind::Amqp { url, prefix } => format!(
            "kind = \"amqp\"\nurl = \"{url}\"\nexchange = \"{prefix}.notices\"\n\
             queue_prefix = \"{prefix}.case.\"\nparked_queue = \"{prefix}.parked\""
        ),
    }
}

fn case_system_keys(cases: &CasesKind, folder: &str) -> String {
    match cases {
        CasesKind::Memory => format!("kind = \"memory\"\nfolder = \"{folder}/cases\""),
        CasesKind::Http { url, token, looks_up } => {
            let look_up = format!("look_up = \"{url}/cases?reference={{reference}}\"");
            let look_up = if *looks_up { look_up } else { String::new() };
            format!("kind = \"http\"\nurl = \"{url}/cases\"\ntoken = \"{token}\"\n{look_up}")
        }
        CasesKind::Lifecare { url, domain, key, api_key } => format!(
            "kind = \"lifecare\"\nurl = \"{url}\"\ndomain = \"{domain}\"\nkey = \"{key}\"\n\
             api_key = \"{api_key}\"\nfrom_who = \"Hyresvärd\"\norganisation = \"Vuxenenheten\"\n\
             attachment_type = \"Inkommen handling\"\nattachment_sender_type = \"Hyresvärd\""
        ),
    }
}
