//! An SMTP server that keeps what it is given and fails when told to: the recipients' side of acknowledgements.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;
use std::time::Instant;

use bytes::Bytes;
use tokio::net::TcpListener;

use super::certificates::Certificates;
use super::smtp_session;
use super::stage::Stage;
use super::wait;

/// How the server presents itself; the default takes everything in plain text.
#[derive(Clone, Default)]
pub(crate) struct SmtpOptions {
    /// Offers STARTTLS with this certificate.
    pub(crate) starttls: Option<Certificates>,
    /// Speaks TLS from the first byte with this certificate.
    pub(crate) implicit_tls: Option<Certificates>,
    /// Answers 530 to mail on a connection without TLS.
    pub(crate) require_tls: bool,
    /// User and password; when set, mail without log-in is answered with 530.
    pub(crate) login: Option<(String, String)>,
    /// Takes one mail in so long, over all connections.
    pub(crate) pace: Option<Duration>,
}

/// One mail as it was taken.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    /// Address of MAIL FROM, empty for the null sender.
    pub(crate) envelope_from: String,
    /// Addresses of RCPT TO.
    pub(crate) envelope_to: Vec<String>,
    /// The mail's bytes, dot-stuffing undone, line ends as sent.
    pub(crate) data: Bytes,
    /// When its last byte had been read.
    pub(crate) at: Instant,
    /// Whether the client was told 250; a mail dropped or refused after DATA is kept with `false`.
    pub(crate) answered: bool,
}

impl Mail {
    /// The first header of this name, unfolded, without its name.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let text = String::from_utf8_lossy(&self.data);
        let head = text
            .split("\r\n\r\n")
            .next()
            .unwrap_or_default()
            .replace("\r\n ", " ")
            .replace("\r\n\t", " ");
        head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    }

    /// Everything after the empty line, as text.
    pub(crate) fn body(&self) -> String {
        let text = String::from_utf8_lossy(&self.data);
        text.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default()
    }
}

/// What goes wrong with one mail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    /// 451 at RCPT.
    RefuseRecipientForNow,
    /// 550 at RCPT.
    RefuseRecipient,
    /// 452 after the data; the mail is kept as not answered.
    RefuseAfterData,
    /// Takes the data and its final dot, keeps the mail, and cuts the connection without an answer.
    DropAfterData,
    /// Takes the data, keeps the mail, and never answers.
    SilentAfterData,
    /// Accepts the next connection and never says a word.
    SilentOnConnect,
    /// Answers the data after this long.
    Delay(Duration),
}

/// What the sessions share.
pub(super) struct State {
    pub(super) options: SmtpOptions,
    /// Whose mail is being taken, where it takes one at a time.
    pub(super) turn: tokio::sync::Mutex<()>,
    mails: Mutex<Vec<Mail>>,
    faults: Mutex<VecDeque<Fault>>,
}

impl State {
    pub(super) fn keep(&self, mail: Mail) {
        self.mails.lock().unwrap().push(mail);
    }

    /// The fault for the mail that begins now.
    pub(super) fn next_mail_fault(&self) -> Option<Fault> {
        self.take(|fault| fault != Fault::SilentOnConnect)
    }

    pub(super) fn next_connection_is_silent(&self) -> bool {
        self.take(|fault| fault == Fault::SilentOnConnect).is_some()
    }

    fn take(&self, wanted: impl Fn(Fault) -> bool) -> Option<Fault> {
        let mut faults = self.faults.lock().unwrap();
        if faults.front().is_some_and(|fault| wanted(*fault)) { faults.pop_front() } else { None }
    }
}

/// The running server; stopped when dropped.
pub(crate) struct SmtpSink {
    state: Arc<State>,
    stage: Stage,
}

impl SmtpSink {
    /// Starts a server on a free port of 127.0.0.1.
    pub(crate) async fn start(options: SmtpOptions) -> Self {
        let state = Arc::new(State {
            options,
            turn: tokio::sync::Mutex::default(),
            mails: Mutex::default(),
            faults: Mutex::default(),
        });
        let shared = Arc::clone(&state);
        let stage = Stage::open(move |listener| accept(listener, Arc::clone(&shared)));
        Self { state, stage }
    }

    /// The port, the same after a restart.
    pub(crate) fn port(&self) -> u16 {
        self.stage.port()
    }

    /// Every mail so far, in the order of arrival.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.state.mails.lock().unwrap().clone()
    }

    /// How many mails so far.
    pub(crate) fn count(&self) -> usize {
        self.state.mails.lock().unwrap().len()
    }

    /// Waits until at least `count` mails are here, and gives them.
    pub(crate) async fn wait_for(&self, count: usize, limit: Duration) -> Vec<Mail> {
        let what = format!("{count} mails at the SMTP sink");
        wait::eventually(&what, limit, || async { self.count() >= count }).await;
        self.mails()
    }

    /// Lets the next `n` mails (or connections, for `SilentOnConnect`) fail so. Faults are used up in the order given.
    pub(crate) fn fail_next(&self, n: usize, fault: Fault) {
        self.state.faults.lock().unwrap().extend(std::iter::repeat_n(fault, n));
    }

    /// Forgets the faults that have not happened yet.
    pub(crate) fn heal(&self) {
        self.state.faults.lock().unwrap().clear();
    }

    /// Stops listening and cuts all connections; mails are kept.
    pub(crate) fn stop(&mut self) {
        self.stage.stop();
    }

    /// Listens again on the same port.
    pub(crate) fn restart(&mut self) {
        self.stage.stop();
        self.stage.start();
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    while let Ok((stream, _)) = listener.accept().await {
        let state = Arc::clone(&state);
        tokio::spawn(async move {
            stream.set_nodelay(true).ok();
            // A client that goes away is not our concern.
            smtp_session::converse(stream, &state).await.ok();
        });
    }
}
