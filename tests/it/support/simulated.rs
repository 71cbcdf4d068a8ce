//! A gateway in this process, on a clock that the test sets: for what takes days, nights and years.

use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use kvittens::clock::Clock;
use kvittens::config;
use kvittens::config::Loaded;
use kvittens::gateway;
use kvittens::gateway::Parts;
use kvittens::gateway::Running;
use kvittens::intake::api::client;
use kvittens::store::Action;
use serde_json::Value;

use super::http_client;
use super::wait;

/// How long a test waits for anything.
pub(crate) const LIMIT: Duration = Duration::from_secs(60);

/// A gateway, its folder and its clock.
pub(crate) struct Simulated {
    folder: tempfile::TempDir,
    pub(crate) loaded: Loaded,
    pub(crate) clock: Clock,
    pub(crate) running: Running,
    http: reqwest::Client,
}

impl Simulated {
    /// Starts one at this instant, with a key to sign with where it has a place for keys. In `configuration`, `{folder}` stands for the folder that `prepare` has filled; the store, the server and the case
    /// system are added.
    pub(crate) async fn open(
        at: Timestamp,
        configuration: &str,
        prepare: impl FnOnce(&dyn Fn(&str) -> PathBuf),
    ) -> Self {
        drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
        let folder = tempfile::tempdir().unwrap();
        let path = |part: &str| folder.path().join(part);
        std::fs::create_dir_all(path("cases")).unwrap();
        prepare(&path);
        let text = format!(
            "[store]\nurl = \"sqlite:{{folder}}/kvittens.db\"\n[http]\nlisten = \"127.0.0.1:0\"\n\
             [case_system]\nkind = \"memory\"\nfolder = \"{{folder}}/cases\"\n{configuration}"
        );
        let text = text.replace("{folder}", &folder.path().display().to_string());
        std::fs::write(path("kvittens.toml"), text).unwrap();
        if configuration.contains("[seal]") {
            let (well, said) = says(&path("kvittens.toml"), &["key", "rotate"]).await;
            assert!(well, "{said}");
        }
        let loaded = config::load(Some(&path("kvittens.toml"))).expect("a configuration");
        let clock = Clock::fixed(at);
        let running =
            gateway::start(&loaded, Parts::ALL, clock.clone(), None).await.expect("a gateway");
        Self { folder, loaded, clock, running, http: http_client() }
    }

    pub(crate) fn path(&self, part: &str) -> PathBuf {
        self.folder.path().join(part)
    }

    /// A client of this name: its key.
    pub(crate) async fn client(&self, name: &str) -> String {
        let key = client::new_key().unwrap().reveal().to_owned();
        let add = Action::AddClient {
            name: name.to_owned(),
            key_hash: client::key_hash(&key),
            mail_to: None,
            actor: "test".to_owned(),
        };
        self.running.store.act(add).await.unwrap().unwrap();
        key
    }

    /// Sends a notice at this instant; gives its reference.
    pub(crate) async fn send(&self, at: Timestamp, key: &str, notice: &Value) -> String {
        self.clock.set(at);
        let http = self.running.http.expect("a server");
        let url = format!("http://{http}/eviction-notices/v1/notices");
        let request = self.http.post(url).bearer_auth(key).json(notice);
        let told: Value = request.send().await.unwrap().json().await.unwrap();
        told["reference"].as_str().unwrap_or_else(|| panic!("{told}")).to_owned()
    }

    /// An instant by the municipality's clock.
    pub(crate) fn at(&self, day: Date, hour: i8, minute: i8) -> Timestamp {
        let time = jiff::civil::time(hour, minute, 0, 0);
        self.loaded.local_time.at(day, time).unwrap().timestamp()
    }

    /// Waits until nobody is owed anything: neither sender, Kronofogden nor person.
    pub(crate) async fn nothing_owed(&self) {
        wait::eventually("nobody is owed anything", LIMIT, || async {
            let open = self.running.store.open_by_cause(self.clock.now()).await;
            open.is_ok_and(|open| open.is_empty())
        })
        .await;
    }

    /// Ends it in order; its journal is whole.
    pub(crate) async fn end(self) {
        assert_eq!(self.running.store.verify().await.unwrap().broken, []);
        self.running.stop().await;
    }

    /// What a command says to the same configuration, in a process of its own by the machine's clock.
    pub(crate) async fn says(&self, arguments: &[&str]) -> (bool, String) {
        says(&self.path("kvittens.toml"), arguments).await
    }
}

async fn says(config: &Path, arguments: &[&str]) -> (bool, String) {
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_kvittens"));
    let output = command.args(arguments).arg("--config").arg(config).output().await;
    let output = output.expect("the program");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}
