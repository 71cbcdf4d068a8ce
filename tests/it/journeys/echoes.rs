//! Servers that answer with what they were sent: a mail server that quotes the recipient, a platform that quotes the notice. What they say
//! must not go further than to us.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use tokio::io::AsyncBufReadExt;
use tokio::io::AsyncWriteExt;
use tokio::io::BufStream;
use tokio::net::TcpListener;
use tokio::net::TcpStream;

use crate::support::http1;
use crate::support::http1::Answers;
use crate::support::http1::Head;
use crate::support::http1::Reply;
use crate::support::http1::Request;
use crate::support::stage::Stage;

/// A platform whose errors hold the whole request. Every third call succeeds.
pub(super) struct EchoPlatform {
    pub(super) stage: Stage,
    calls: Arc<AtomicUsize>,
}

struct Platform(Arc<AtomicUsize>);

impl EchoPlatform {
    pub(super) fn start() -> Self {
        let calls = Arc::new(AtomicUsize::new(0));
        let platform = Arc::new(Platform(Arc::clone(&calls)));
        let stage = Stage::open(move |listener| http1::serve(listener, Arc::clone(&platform)));
        Self { stage, calls }
    }

    /// How many hand-overs were tried.
    pub(super) fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }
}

impl Answers for Platform {
    fn before_body(&self, _head: &Head) -> Option<u16> {
        None
    }

    fn answer(&self, request: Request) -> Reply {
        let said = String::from_utf8_lossy(&request.body).into_owned();
        let echo = serde_json::json!({ "title": said, "detail": said, "errors": [said] });
        if request.head.method != "POST" {
            return Reply::Json(404, Some(echo));
        }
        let call = self.0.fetch_add(1, Ordering::Relaxed);
        let status = [400, 500, 422, 503, 200, 409][call % 6];
        match call % 3 {
            2 => Reply::Json(201, Some(serde_json::json!({ "id": format!("CASE-{call}") }))),
            _ => Reply::Json(status, Some(echo)),
        }
    }
}

/// A mail server that quotes the recipient in each refusal and in each welcome. Refuses for now, refuses for good, takes one, and so on.
pub(super) struct EchoSmtp {
    pub(super) stage: Stage,
    taken: Arc<Mutex<Vec<String>>>,
}

impl EchoSmtp {
    pub(super) fn start() -> Self {
        let taken: Arc<Mutex<Vec<String>>> = Arc::default();
        let (shared, turns) = (Arc::clone(&taken), Arc::new(AtomicUsize::new(0)));
        let stage =
            Stage::open(move |listener| accept(listener, Arc::clone(&shared), Arc::clone(&turns)));
        Self { stage, taken }
    }

    /// Every mail it took.
    pub(super) fn mails(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }
}

async fn accept(listener: TcpListener, taken: Arc<Mutex<Vec<String>>>, turns: Arc<AtomicUsize>) {
    while let Ok((stream, _)) = listener.accept().await {
        let (taken, turns) = (Arc::clone(&taken), Arc::clone(&turns));
        tokio::spawn(async move { converse(stream, &taken, &turns).await.ok() });
    }
}

async fn converse(
    stream: TcpStream,
    taken: &Mutex<Vec<String>>,
    turns: &AtomicUsize,
) -> std::io::Result<()> {
    let mut wire = BufStream::new(stream);
    let mut answer = "220 echo.example".to_owned();
    loop {
        wire.write_all(format!("{answer}\r\n").as_bytes()).await?;
        wire.flush().await?;
        let line = line(&mut wire).await?;
        answer = match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
            "RCPT" => match turns.fetch_add(1, Ordering::Relaxed) % 4 {
                0 => format!("451 4.2.1 try later: {line} Testa Testsson"),
                1 => format!("550 5.1.1 {line}: no Testa Testsson, Exempelgatan 12"),
                _ => format!("250 2.1.5 {line}"),
            },
            "DATA" => {
                wire.write_all(b"354 go on\r\n").await?;
                wire.flush().await?;
                let mail = mail(&mut wire).await?;
                taken.lock().unwrap().push(mail);
                "250 2.0.0 queued for Testa Testsson".to_owned()
            }
            "QUIT" => return Ok(()),
            _ => format!("250 {line}"),
        };
    }
}

async fn line(wire: &mut BufStream<TcpStream>) -> std::io::Result<String> {
    let mut line = String::new();
    match wire.read_line(&mut line).await? {
        0 => Err(std::io::Error::other("gone")),
        _ => Ok(line.trim_end().to_owned()),
    }
}

async fn mail(wire: &mut BufStream<TcpStream>) -> std::io::Result<String> {
    let mut mail = String::new();
    loop {
        let line = line(wire).await?;
        if line == "." {
            return Ok(mail);
        }
        mail.push_str(&line);
        mail.push_str("\r\n");
    }
}
