//! A small HTTP/1.1 server for stand-ins that must be able to do what no good server does: answer before the
//! body, reset the connection after the work is done, or fall silent.

use std::io::Error;
use std::io::Result;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncBufReadExt;
use tokio::io::AsyncReadExt;
use tokio::io::AsyncWriteExt;
use tokio::io::BufReader;
use tokio::net::TcpListener;
use tokio::net::TcpStream;

/// What goes wrong with one call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum HttpFault {
    /// This status as soon as the head is read, the body unread, the connection closed. Nothing is stored.
    BeforeBody(u16),
    /// This status after the body is read. Nothing is stored.
    Refuse(u16),
    /// The connection is reset after the body is read. Nothing is stored.
    ResetBeforeStoring,
    /// The work is done, then this status.
    ErrorAfterStoring(u16),
    /// The work is done, then the connection is reset.
    ResetAfterStoring,
    /// The work is done, and no answer ever comes.
    HangAfterStoring,
    /// The work is done at once, the right answer comes after this long.
    Delay(Duration),
}

/// The head of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    /// In capitals.
    pub(crate) method: String,
    /// Without the query.
    pub(crate) path: String,
    /// Decoded.
    pub(crate) query: Vec<(String, String)>,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
}

impl Head {
    /// The first header of this name (lower case).
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The first query parameter of this name.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A whole request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    /// Its head.
    pub(crate) head: Head,
    /// Its body, chunks joined.
    pub(crate) body: Vec<u8>,
}

/// What the client gets.
#[derive(Debug)]
pub(crate) enum Reply {
    /// A status with a JSON body; `None`: no body.
    Json(u16, Option<serde_json::Value>),
    /// A status with a text of a media type.
    Text(u16, &'static str, String),
    /// As the first, later.
    Late(Duration, u16, Option<serde_json::Value>),
    /// The connection is reset.
    Reset,
    /// Nothing, for ever.
    Hang,
}

impl Reply {
    /// The status sent, if any is.
    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Self::Json(status, _) | Self::Text(status, ..) | Self::Late(_, status, _) => {
                Some(*status)
            }
            Self::Reset | Self::Hang => None,
        }
    }
}

/// What a stand-in does with requests.
pub(crate) trait Answers: Send + Sync + 'static {
    /// Asked when only the head is read; a status ends the request there.
    fn before_body(&self, head: &Head) -> Option<u16>;

    /// Asked with the whole request. Whatever is to be stored is stored when this returns.
    fn answer(&self, request: Request) -> Reply;
}

/// Serves until dropped.
pub(crate) async fn serve<A: Answers>(listener: TcpListener, answers: Arc<A>) {
    while let Ok((stream, _)) = listener.accept().await {
        let answers = Arc::clone(&answers);
        tokio::spawn(async move {
            stream.set_nodelay(true).ok();
            // A client that goes away is not our concern.
            converse(BufReader::new(stream), answers.as_ref()).await.ok();
        });
    }
}

async fn converse<A: Answers>(mut wire: BufReader<TcpStream>, answers: &A) -> Result<()> {
    while let Some(head) = read_head(&mut wire).await? {
        if let Some(status) = answers.before_body(&head) {
            write(&mut wire, status, None, true).await?;
            // Closing with unread bytes would reset the connection before the answer is read.
            wire.get_mut().shutdown().await?;
            tokio::io::copy(&mut wire, &mut tokio::io::sink()).await?;
            return Ok(());
        }
        if head.header("expect").is_some() {
            wire.get_mut().write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
        }
        let body = read_body(&mut wire, &head).await?;
        let close =
            head.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
        match answers.answer(Request { head, body }) {
            Reply::Json(status, body) => write(&mut wire, status, body, close).await?,
            Reply::Text(status, kind, text) => send(&mut wire, status, (kind, text), close).await?,
            Reply::Late(delay, status, body) => {
                tokio::time::sleep(delay).await;
                write(&mut wire, status, body, close).await?;
            }
            Reply::Reset => {
                wire.get_mut().set_zero_linger()?;
                return Ok(());
            }
            Reply::Hang => return std::future::pending().await,
        }
        if close {
            return Ok(());
        }
    }
    Ok(())
}

async fn read_head(wire: &mut BufReader<TcpStream>) -> Result<Option<Head>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if wire.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        lines.push(line.to_owned());
    }
    let mut words =
        lines.first().map(|line| line.split(' ')).ok_or_else(|| Error::other("no request line"))?;
    let method = words.next().unwrap_or_default().to_owned();
    let (path, query) = {
        let target = words.next().unwrap_or_default();
        target.split_once('?').unwrap_or((target, ""))
    };
    let query = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let headers = lines.iter().skip(1).filter_map(|line| line.split_once(':'));
    let headers =
        headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect();
    Ok(Some(Head { method, path: path.to_owned(), query, headers }))
}

async fn read_body(wire: &mut BufReader<TcpStream>, head: &Head) -> Result<Vec<u8>> {
    if head.header("transfer-encoding").is_some() {
        return read_chunks(wire).await;
    }
    let length = head.header("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    wire.read_exact(&mut body).await?;
    Ok(body)
}

async fn read_chunks(wire: &mut BufReader<TcpStream>) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        wire.read_line(&mut line).await?;
        let size = line.trim_end().split(';').next().unwrap_or_default();
        let size = usize::from_str_radix(size, 16).map_err(Error::other)?;
        let start = body.len();
        body.resize(start + size, 0);
        wire.read_exact(&mut body[start..]).await?;
        wire.read_line(&mut line).await?;
        if size == 0 {
            return Ok(body);
        }
    }
}

async fn write(
    wire: &mut BufReader<TcpStream>,
    status: u16,
    body: Option<serde_json::Value>,
    close: bool,
) -> Result<()> {
    let body = body.map(|value| value.to_string()).unwrap_or_default();
    send(wire, status, ("application/json", body), close).await
}

async fn send(
    wire: &mut BufReader<TcpStream>,
    status: u16,
    (kind, body): (&str, String),
    close: bool,
) -> Result<()> {
    let connection = if close { "close" } else { "keep-alive" };
    let mut answer = format!("HTTP/1.1 {status} Answer\r\nConnection: {connection}\r\n");
    if status != 204 {
        answer.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    if !body.is_empty() {
        answer.push_str(&format!("Content-Type: {kind}\r\n"));
    }
    answer.push_str("\r\n");
    answer.push_str(&body);
    wire.get_mut().write_all(answer.as_bytes()).await
}
