//! What stands around the gateway in one run: a case system, a mail server, folders, and what the run is called.

use std::sync::Arc;

use crate::support::case_http::CaseHttp;
use crate::support::case_http::CaseOptions;
use crate::support::lifecare::Lifecare;
use crate::support::lifecare::LifecareOptions;
use crate::support::lifecare::Person;
use crate::support::servers::value;
use crate::support::sftp;
use crate::support::sftp::FarFolder;
use crate::support::smtp::SmtpOptions;
use crate::support::smtp::SmtpSink;
use crate::support::workspace::CasesKind;
use crate::support::workspace::QueueKind;
use crate::support::workspace::Setup;
use crate::support::workspace::StoreKind;
use crate::support::workspace::Workspace;

use super::confirmations::ROSTER;
use super::load::ADULTS;
use super::oracle_told::AUTHORITY;
use super::post::Mailbox;

/// The case system of a run.
pub(super) enum Cases {
    /// An integration platform.
    Platform(CaseHttp),
    /// Lifecare.
    Lifecare(Lifecare),
}

impl Cases {
    /// A platform that recognises a key it has seen.
    pub(super) async fn that_recognise_repeats() -> Self {
        Self::Platform(CaseHttp::start(CaseOptions::default()).await)
    }

    /// A platform that opens another case for a key it has seen; it can be asked before.
    pub(super) async fn that_recognise_nothing() -> Self {
        let options = CaseOptions { deduplicates: false, ..CaseOptions::default() };
        Self::Platform(CaseHttp::start(options).await)
    }

    /// Lifecare, which recognises nothing and can be searched.
    pub(super) async fn in_lifecare() -> Self {
        let lifecare = Lifecare::start(LifecareOptions::default()).await;
        for number in ADULTS {
            let name = "Testa Testsson".to_owned();
            let person = Person { person_id: number.to_owned(), name, protected: false };
            lifecare.add_person(person);
        }
        Self::Lifecare(lifecare)
    }

    fn kind(&self) -> CasesKind {
        match self {
            Self::Platform(platform) => CasesKind::Http {
                url: platform.url(),
                token: platform.token().to_owned(),
                looks_up: true,
            },
            Self::Lifecare(lifecare) => CasesKind::Lifecare {
                url: lifecare.url(),
                domain: lifecare.options().domain.clone(),
                key: lifecare.options().key.clone(),
                api_key: lifecare.options().api_key.clone().unwrap_or_default(),
            },
        }
    }
}

/// One run's surroundings.
pub(super) struct Scene {
    pub(super) name: &'static str,
    pub(super) workspace: Arc<Workspace>,
    pub(super) cases: Cases,
    pub(super) smtp: SmtpSink,
    /// The partner's folder on a server, where there is one.
    pub(super) far: Option<Arc<FarFolder>>,
    /// A further door, where there is a mail server.
    pub(super) mailbox: Option<Mailbox>,
    /// Somebody is always on duty.
    _roster: tempfile::NamedTempFile,
}

impl Scene {
    /// Starts the stand-ins and writes the configuration: pauses short enough for a test, nothing else out of the ordinary.
    pub(super) async fn set(
        name: &'static str,
        store: StoreKind,
        queue: QueueKind,
        (cases, mailbox): (Cases, Option<Mailbox>),
    ) -> Self {
        let smtp = SmtpSink::start(SmtpOptions::default()).await;
        let retry = "retry = { first = \"100ms\", longest = \"1s\", attempts = 60 }";
        let far = value("KVITTENS_TEST_SFTP_HOME").map(|_| FarFolder::new());
        let door = far.as_ref().map(|far| {
            // One partner with two doors: the receipts' numbers go through both.
            let keys = far.keys("landlord", sftp::port());
            let quick = "settle_after = \"200ms\"\nscan_every = \"200ms\"\ntimeout = \"5s\"";
            format!("[[intake.sftp]]\n{keys}{quick}\nmail_to = \"partner@hyra.example\"\n")
        });
        let roster = tempfile::NamedTempFile::new().expect("a roster");
        std::fs::write(roster.path(), ROSTER).expect("the roster");
        let setup = Setup {
            store,
            queue,
            cases: cases.kind(),
            smtp_port: Some(smtp.port()),
            profile: Some(profile()),
            more_case_system: "timeout = \"2s\"".to_owned(),
            more_acknowledge: retry.to_owned(),
            more_smtp: "timeout = \"2s\"".to_owned(),
            more_folder:
                "settle_after = \"200ms\"\nscan_every = \"200ms\"\nmail_to = \"partner@hyra.example\""
                    .to_owned(),
            more: format!(
                "[acknowledge.enforcement_authority]\nways = [\"mail\"]\nmail = \"{AUTHORITY}\"\n\
                 [roster]\nfile = {:?}\n{}[operations]\n{retry}\n{}",
                roster.path().display().to_string(),
                door.unwrap_or_default(),
                mailbox.as_ref().map(Mailbox::section).unwrap_or_default()
            ),
        };
        let workspace = Arc::new(Workspace::new(&setup));
        Self { name, workspace, cases, smtp, far: far.map(Arc::new), mailbox, _roster: roster }
    }
}

/// Malmö's profile with the code names of the stand-in for Lifecare.
fn profile() -> String {
    let names = [
        ("\"Hyresskuld\"", "\"Obetalda hyresskulder/obetalda hyror\""),
        ("\"Störning i boendet\"", "\"Anmodan om rättelse vid störningar i boendet\""),
        ("\"Avhysning\"", "\"Information från Kronofogdemyndigheten om avhysning\""),
        ("\"Elskuld\"", "\"Elskulder\""),
        ("\"Avlägsnande\"", "\"Information från Kronofogdemyndigheten om avhysning\""),
    ];
    let malmo = include_str!("../../../config/malmo.toml").to_owned();
    names.into_iter().fold(malmo, |profile, (ours, theirs)| profile.replace(ours, theirs))
}
