//! The sections that belong to no single stage, and what is wrong with all of them.

use crate::acknowledge::config::ConfirmationWay;
use crate::config::Config;
use crate::config::Fault;
use crate::intake;
use crate::queue::amqp;
use serde::Deserialize;

/// `[municipality]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Municipality {
    /// Its name, as people say it.
    pub name: String,
    /// Four digits (kommunkod).
    pub code: String,
    /// IANA name of the time zone in which days begin and end.
    pub time_zone: String,
    /// `malmo`, `goteborg`, or the path of a profile of your own.
    pub profile: String,
}

impl Default for Municipality {
    fn default() -> Self {
        Self {
            name: "Malmö stad".to_owned(),
            code: "1280".to_owned(),
            time_zone: "Europe/Stockholm".to_owned(),
            profile: "malmo".to_owned(),
        }
    }
}

/// `[queue]`: `kind` says which keys belong to it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Queue {
    /// In the store: nothing else to run.
    #[default]
    Embedded,
    /// RabbitMQ.
    Amqp(Box<amqp::Config>),
}

/// `[intake]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Intake {
    /// The HTTP API.
    pub api: intake::api::Config,
    /// Drop folders, one per partner.
    pub folder: Vec<intake::folder::Config>,
    /// Mail folders on this machine.
    pub maildir: Vec<intake::maildir::Config>,
    /// Mailboxes on a mail server.
    pub mailbox: Vec<intake::mailbox::Config>,
    /// Drop folders on servers, one per partner.
    pub sftp: Vec<intake::sftp::Config>,
}

impl Intake {
    /// The names of all doors, as logs and pages call them.
    fn doors(&self) -> Vec<String> {
        let folders = self.folder.iter().map(|door| door.door());
        let maildirs = self.maildir.iter().map(|door| door.door());
        let mailboxes = self.mailbox.iter().map(|door| door.door());
        let servers = self.sftp.iter().map(|door| door.door());
        let api = self.api.enabled.then(|| "api".to_owned());
        folders.chain(maildirs).chain(mailboxes).chain(servers).chain(api).collect()
    }
}

/// `[case_system]`.
pub type CaseSystemSection = crate::case_system::config::Config;

/// `[operations]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Operations {
    /// This process's name: after a restart it finds its own unfinished attempts by it. Two processes on one store need two names.
    pub instance: String,
    /// How many hand-overs run at once.
    pub deliveries: usize,
    /// How many acknowledgements are sent at once.
    pub acknowledgements: usize,
    /// How long a hand-over that ended without an answer is given to show in the case system before it is looked for, such as `"5s"`.
    pub look_after: jiff::SignedDuration,
    /// When a failed hand-over is tried again.
    pub retry: crate::domain::retry::RetryPolicy,
    /// A door that has looked in vain for so long is shown as deaf.
    pub deaf_after: jiff::SignedDuration,
    /// How often each door's own count of the last day is compared with the store's, and silent partners are looked for.
    pub compare_every: jiff::SignedDuration,
    /// Messages that the gateway sends to itself through its doors.
    pub canary: crate::pipeline::alive::canary::Config,
    /// A session at the operations pages that is unused for so long ends.
    pub session_idle: jiff::SignedDuration,
    /// A session this old ends, however busy.
    pub session_life: jiff::SignedDuration,
    /// Proxies whose `X-Forwarded-For` says from where somebody logs in.
    pub proxies: Vec<std::net::IpAddr>,
}

impl Default for Operations {
    fn default() -> Self {
        Self {
            instance: "gateway".to_owned(),
            deliveries: 128,
            acknowledgements: 128,
            look_after: jiff::SignedDuration::from_secs(5),
            retry: crate::domain::retry::RetryPolicy::default(),
            deaf_after: jiff::SignedDuration::from_mins(5),
            compare_every: jiff::SignedDuration::from_hours(1),
            canary: crate::pipeline::alive::canary::Config::default(),
            session_idle: jiff::SignedDuration::from_mins(30),
            session_life: jiff::SignedDuration::from_hours(10),
            proxies: vec![
                std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
                std::net::IpAddr::V6(std::net::Ipv6Addr::LOCALHOST),
            ],
        }
    }
}

impl Config {
    /// Every fault, and apart from them what is odd but works.
    pub(super) fn faults(&self) -> (Vec<Fault>, Vec<Fault>) {
        let mut faults = Vec::new();
        let mut warnings = Vec::new();
        faults.extend(self.http.faults().into_iter().map(|(key, text)| Fault::new(key, text)));
        faults
            .extend(self.intake.api.faults().into_iter().map(|(key, text)| Fault::new(key, text)));
        for (at, folder) in self.intake.folder.iter().enumerate() {
            let named = |key: &str| format!("intake.folder.{at}.{key}");
            faults.extend(
                folder.faults().into_iter().map(|(key, text)| Fault::new(named(key), text)),
            );
            if self.intake.folder[..at].iter().any(|other| other.partner == folder.partner) {
                faults.push(Fault::new(named("partner"), "is taken by another folder"));
            }
        }
        for (at, maildir) in self.intake.maildir.iter().enumerate() {
            let named = |key: &str| format!("intake.maildir.{at}.{key}");
            faults.extend(
                maildir.faults().into_iter().map(|(key, text)| Fault::new(named(key), text)),
            );
        }
        faults.extend(self.sftp_faults());
        faults.extend(self.mailbox_faults());
        for fault in self.acknowledge.faults() {
            let to = if fault.fatal { &mut faults } else { &mut warnings };
            to.push(Fault::new(fault.key, fault.message));
        }
        faults.extend(self.malware.faults().into_iter().map(|(key, text)| Fault::new(key, text)));
        faults.extend(self.sandbox.faults().into_iter().map(|(key, text)| Fault::new(key, text)));
        faults.extend(self.seal.faults().into_iter().map(|(key, text)| Fault::new(key, text)));
        faults.extend(self.partners.faults().into_iter().map(|(key, text)| Fault::new(key, text)));
        if let Queue::Amqp(config) = &self.queue {
            faults.extend(config.faults().into_iter().map(|(key, text)| Fault::new(key, text)));
        }
        faults.extend(self.webhook_faults());
        faults.extend(self.report.faults().into_iter().map(|(key, text)| Fault::new(key, text)));
        let asks = match &self.case_system {
            CaseSystemSection::Lifecare(_) => true,
            CaseSystemSection::Memory(_)
            | CaseSystemSection::Http(_)
            | CaseSystemSection::Casepacket
            | CaseSystemSection::Errand
            | CaseSystemSection::Robot => false,
        };
        let letter = self.letter.faults(asks).into_iter();
        faults.extend(letter.map(|(key, text)| Fault::new(key, text)));
        faults.extend(self.operations_faults());
        warnings.extend(self.unreachable_feed());
        warnings.extend(self.unbelieving());
        warnings.extend(self.unsealed());
        warnings.extend(self.unmailed());
        faults.extend(self.not_built());
        (faults, warnings)
    }

    fn operations_faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.operations.deliveries == 0 || self.operations.acknowledgements == 0 {
            faults.push(Fault::new(
                "operations",
                "deliveries and acknowledgements must be at least 1",
            ));
        }
        let second = jiff::SignedDuration::from_secs(1);
        let operations = &self.operations;
        for (key, span) in [
            ("operations.session_idle", operations.session_idle),
            ("operations.session_life", operations.session_life),
            ("operations.deaf_after", operations.deaf_after),
            ("operations.compare_every", operations.compare_every),
        ] {
            if span < second || span > second * 366 * 86_400 {
                faults.push(Fault::new(key, "must be between one second and a year"));
            }
        }
        let doors = self.intake.doors();
        for named in operations.canary.doors.iter().filter(|named| !doors.contains(named)) {
            let text = format!("there is no door {named}; the doors are {}", doors.join(", "));
            faults.push(Fault::new("operations.canary.doors", text));
        }
        let canary = operations.canary.faults().into_iter();
        faults.extend(canary.map(|(key, text)| Fault::new(key, text)));
        faults
    }

    /// Calls are signed, and those of confirmations lead to the API.
    fn webhook_faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let alarms = self.alarms.webhook.iter();
        for (key, text) in alarms.flat_map(|webhook| webhook.faults()) {
            faults.push(Fault::new(format!("alarms.webhook.{key}"), text));
        }
        let authority = self.acknowledge.enforcement_authority.webhook.is_some();
        if self.seal.keys.is_none() && (authority || self.alarms.webhook.is_some()) {
            let text =
                "webhooks are signed: name a folder and make a key with `kvittens key rotate`";
            faults.push(Fault::new("seal.keys", text));
        }
        faults
    }

    /// Kronofogden is told of a feed at an address that only this machine knows.
    fn unreachable_feed(&self) -> Option<Fault> {
        let ways = &self.acknowledge.enforcement_authority.ways;
        let led = ways.contains(&ConfirmationWay::Webhook) || ways.contains(&ConfirmationWay::Feed);
        let text = "is not set: Kronofogden is told to fetch confirmations from the address that this gateway listens on";
        (led && self.http.public_url.is_none()).then(|| Fault::new("http.public_url", text))
    }

    /// Mail comes in, and nobody is named whose word about SPF is taken.
    fn unbelieving(&self) -> Option<Fault> {
        let mail = !self.intake.maildir.is_empty() || !self.intake.mailbox.is_empty();
        let unnamed = self.partners.proof && self.partners.trusted_hosts.is_empty();
        let text = "none is named: only mail signed by its author's domain can count as proven, and none as forged; \
                    name your own receiving hosts";
        (mail && unnamed).then(|| Fault::new("partners.trusted_hosts", text))
    }

    /// Receipts prove nothing by themselves.
    fn unsealed(&self) -> Option<Fault> {
        let text = "is not set: receipts bear neither signature nor control code, and there is no evidence to be had; \
                    name a folder and make a key with `kvittens key rotate`";
        self.seal.keys.is_none().then(|| Fault::new("seal.keys", text))
    }

    /// A report is to be mailed, and no mail goes out.
    fn unmailed(&self) -> Option<Fault> {
        use crate::acknowledge::config::TransportKind;
        let none = matches!(self.acknowledge.transport, TransportKind::None);
        let text = "nobody gets the report: [acknowledge] transport names no way for mail";
        (none && !self.report.mail.is_empty()).then(|| Fault::new("report.mail", text))
    }

    fn sftp_faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (at, sftp) in self.intake.sftp.iter().enumerate() {
            let named = |key: &str| format!("intake.sftp.{at}.{key}");
            let own = sftp.faults().into_iter();
            faults.extend(own.map(|(key, text)| Fault::new(named(key), text)));
            if self.intake.sftp[..at].iter().any(|other| other.partner == sftp.partner) {
                faults.push(Fault::new(named("partner"), "is taken by another server's folder"));
            }
        }
        faults
    }

    fn mailbox_faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (at, mailbox) in self.intake.mailbox.iter().enumerate() {
            let named = |key: &str| format!("intake.mailbox.{at}.{key}");
            let own = mailbox.faults().into_iter();
            faults.extend(own.map(|(key, text)| Fault::new(named(key), text)));
            if self.intake.mailbox[..at].iter().any(|other| other.name == mailbox.name) {
                faults.push(Fault::new(named("name"), "is taken by another mailbox"));
            }
            if self.intake.mailbox[..at].iter().any(|other| other.overlaps(mailbox)) {
                faults
                    .push(Fault::new(named("folders"), "are read by another mailbox section too"));
            }
        }
        faults
    }

    fn not_built(&self) -> Vec<Fault> {
        let known = [("retention", self.retention.is_some())];
        known
            .into_iter()
            .filter(|(_, present)| *present)
            .map(|(key, _)| Fault::new(key, "is not built yet in this version; remove the section"))
            .collect()
    }
}
