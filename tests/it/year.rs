//! A whole year on a clock of its own: every notice of Kronofogden's is confirmed the same local day and names somebody who is there, each person gets a
//! copy, and nobody is alarmed, over both clock changes, Midsummer, Christmas and a leap day; and with a hole in the roster nothing is hidden.

mod full;
mod holes;

use std::path::Path;

use jiff::Timestamp;
use serde_json::Value;

use crate::support::simulated::LIMIT;
use crate::support::simulated::Simulated;
use crate::support::wait;
use crate::support::webhook::Call;
use crate::support::webhook::Receiver;

/// Nobody whom the notices are about.
const PROTECTED: &str = "197801022398";

/// Two people, one of them away all July; the other is never away, and is on duty for the other units too.
const FULL: &str = r#"
deputy = "bb02"
[[persons]]
id = "aa01"
name = "Anna Exempel"
telephone = "040-00 00 01"
mail = "anna@kommun.example"
[[persons]]
id = "bb02"
name = "Bo Exempel"
telephone = "040-00 00 02"
mail = "bo@kommun.example"
[[units]]
id = "boende-mottagning"
telephone = "040-00 00 10"
[[units]]
id = "barn-och-familj"
telephone = "040-00 00 11"
[[units]]
id = "ekonomiskt-bistand"
telephone = "040-00 00 12"
[[duties]]
unit = "boende-mottagning"
person = "aa01"
from = "08:00"
to = "16:30"
[[duties]]
unit = "boende-mottagning"
person = "bb02"
from = "09:00"
to = "15:00"
[[duties]]
unit = "barn-och-familj"
person = "bb02"
from = "09:00"
to = "15:00"
[[duties]]
unit = "ekonomiskt-bistand"
person = "bb02"
from = "09:00"
to = "15:00"
[[absences]]
person = "aa01"
first = "2028-07-01"
last = "2028-07-31"
"#;

/// A municipality whose print drop takes letters at any hour, whose register of protected persons is exported each night, and whose alarms are told by
/// mail and by calls.
struct Place {
    gateway: Simulated,
    alarms: Receiver,
    key: String,
}

impl Place {
    async fn open(at: Timestamp, roster: &str) -> Self {
        let alarms = Receiver::open().await;
        let configuration = format!(
            "[partners]\ndir = \"{{folder}}/partners\"\n\
             [acknowledge]\nfrom = {{ address = \"a@kommun.example\" }}\ntransport = \"file\"\nnull_return_path = true\n[acknowledge.file]\ndir = \"{{folder}}/mail-out\"\n\
             [acknowledge.enforcement_authority]\nways = [\"folder\"]\nfolder = \"{{folder}}/kronofogden\"\n\
             [letter]\nprotection = [\"register\"]\nregister = \"{{folder}}/skyddade.csv\"\nprint_folder = \"{{folder}}/brev\"\n\
             [roster]\nfile = \"{{folder}}/roster.toml\"\nlook_every = \"50ms\"\n\
             [seal]\nkeys = \"{{folder}}/keys\"\n[alarms]\nmail = [\"larm@kommun.example\"]\nlook_every = \"50ms\"\n\
             [alarms.webhook]\nurl = \"http://127.0.0.1:{}/larm\"\nallow_private = true\n",
            alarms.port
        );
        let gateway = Simulated::open(at, &configuration, |path| {
            for part in ["kronofogden", "brev", "partners", "mail-out"] {
                std::fs::create_dir_all(path(part)).unwrap();
            }
            let partner = "name = \"Kronofogden\"\nkind = \"enforcementAuthority\"\n";
            std::fs::write(path("partners/kronofogden.toml"), partner).unwrap();
            std::fs::write(path("roster.toml"), roster).unwrap();
            export_register(&path("skyddade.csv"), at);
        })
        .await;
        let key = gateway.client("kronofogden").await;
        Self { gateway, alarms, key }
    }

    async fn confirmation(&self, number: usize) -> Value {
        let path = self.gateway.path(&format!("kronofogden/bekraftelse-{number:08}.json"));
        let read = || async { serde_json::from_slice(&std::fs::read(&path).ok()?).ok() };
        wait::until(&format!("confirmation {number}"), LIMIT, read).await
    }

    fn write_roster(&self, roster: &str) {
        std::fs::write(self.gateway.path("roster.toml"), roster).unwrap();
    }

    /// The calls of this cause.
    fn alarmed(&self, cause: &str) -> Vec<Call> {
        let mut calls = self.alarms.calls();
        calls.retain(|call| call.payload()["data"]["cause"] == cause);
        calls
    }
}

/// As the municipality's other system writes it.
pub(crate) fn export_register(file: &Path, at: Timestamp) {
    use std::os::unix::fs::PermissionsExt as _;
    let new = file.with_extension("new");
    std::fs::write(&new, PROTECTED).unwrap();
    std::fs::set_permissions(&new, std::fs::Permissions::from_mode(0o640)).unwrap();
    std::fs::File::options().write(true).open(&new).unwrap().set_modified(at.into()).unwrap();
    std::fs::rename(&new, file).unwrap();
}
