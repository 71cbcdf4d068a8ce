//! A receiver of webhooks that checks each call's signature with OpenSSL, as a system does that shares no code with the gateway.

use std::collections::VecDeque;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::Mutex;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::http1;
use super::http1::Answers;
use super::http1::Head;
use super::http1::Reply;
use super::http1::Request;

/// What stands before the 32 bytes of an Ed25519 key in its DER form (RFC 8410).
const DER: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// One call.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) id: String,
    pub(crate) timestamp: String,
    pub(crate) signatures: Vec<String>,
    pub(crate) body: String,
}

impl Call {
    /// What it says.
    pub(crate) fn payload(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    /// Whether one of its signatures fits it, by this key (`whpk_…`); `None` where there is no OpenSSL to ask.
    pub(crate) fn fits(&self, folder: &Path, key: &str) -> Option<bool> {
        let key = STANDARD.decode(key.strip_prefix("whpk_").expect("a key")).expect("base64");
        let pem = STANDARD.encode([&DER[..], &key].concat());
        let pem = format!("-----BEGIN PUBLIC KEY-----\n{pem}\n-----END PUBLIC KEY-----\n");
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.join(name);
            std::fs::File::create(&path).and_then(|mut file| file.write_all(bytes)).expect(name);
            path
        };
        let pem = write("webhook.pem", pem.as_bytes());
        let signed = format!("{}.{}.{}", self.id, self.timestamp, self.body);
        let signed = write("webhook.signed", signed.as_bytes());
        for signature in &self.signatures {
            let signature = signature.strip_prefix("v1a,").expect("an asymmetric signature");
            let signature = STANDARD.decode(signature).expect("base64");
            let signature = write("webhook.signature", &signature);
            let mut openssl = Command::new("openssl");
            openssl.args(["pkeyutl", "-verify", "-pubin", "-rawin", "-inkey"]).arg(&pem);
            openssl.arg("-sigfile").arg(signature).arg("-in").arg(&signed);
            if openssl.output().ok()?.status.success() {
                return Some(true);
            }
        }
        Some(false)
    }
}

/// How the next call is answered.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Answer {
    Status(u16),
    Reset,
    Hang,
}

struct Kept {
    calls: Mutex<Vec<Call>>,
    next: Mutex<VecDeque<Answer>>,
    usual: Mutex<Answer>,
}

impl Answers for Kept {
    fn before_body(&self, _: &Head) -> Option<u16> {
        None
    }

    fn answer(&self, request: Request) -> Reply {
        let header = |name| request.head.header(name).unwrap_or_default().to_owned();
        let call = Call {
            id: header("webhook-id"),
            timestamp: header("webhook-timestamp"),
            signatures: header("webhook-signature").split(' ').map(str::to_owned).collect(),
            body: String::from_utf8(request.body).expect("UTF-8"),
        };
        self.calls.lock().expect("calls").push(call);
        let next = self.next.lock().expect("answers").pop_front();
        match next.unwrap_or(*self.usual.lock().expect("answers")) {
            Answer::Status(status) => Reply::Json(status, None),
            Answer::Reset => Reply::Reset,
            Answer::Hang => Reply::Hang,
        }
    }
}

/// A receiver on 127.0.0.1; gone when dropped.
pub(crate) struct Receiver {
    pub(crate) port: u16,
    kept: Arc<Kept>,
    serving: JoinHandle<()>,
}

impl Receiver {
    /// Opens one that answers 204.
    pub(crate) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("a port").port();
        let kept = Arc::new(Kept {
            calls: Mutex::default(),
            next: Mutex::default(),
            usual: Mutex::new(Answer::Status(204)),
        });
        let serving = tokio::spawn(http1::serve(listener, Arc::clone(&kept)));
        Self { port, kept, serving }
    }

    /// The next calls are answered so, one each.
    pub(crate) fn next(&self, answers: &[Answer]) {
        self.kept.next.lock().expect("answers").extend(answers);
    }

    /// All calls are answered so from now on.
    pub(crate) fn always(&self, answer: Answer) {
        *self.kept.usual.lock().expect("answers") = answer;
    }

    /// The calls that came.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.kept.calls.lock().expect("calls").clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
