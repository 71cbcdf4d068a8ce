//! Where notices end: a mail server that takes every mail, and a case system that opens a case for everything.
//!
//! The mail server takes as many mails a second as its argument says, one after the other over all its connections; without one, all that come.
//! Prints its two ports on the first line; then answers each line on standard input: `counts` with how many distinct references were mailed
//! and opened and when the last of each was, `mails` with one line per reference and the time of its 250, ended by an empty line.

use crate::load::header;
use crate::now_microseconds;
use crate::report;
use std::cell::Cell;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::rc::Rc;
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;
use tokio::net::TcpStream;
use tokio::time::Instant;

/// What stands before the reference of a mail to Kronofogden.
pub(crate) const STATUTORY: &str = "K:";

/// References and when each was taken first.
#[derive(Default)]
struct Taken {
    at: HashMap<String, u64>,
    last: u64,
}

impl Taken {
    fn note(&mut self, reference: String) {
        let now = now_microseconds();
        self.at.entry(reference).or_insert_with(|| {
            self.last = now;
            now
        });
    }
}

type Book = Rc<RefCell<Taken>>;

/// When the mail server is free for its next mail.
struct Pace {
    pause: Duration,
    free: Cell<Option<Instant>>,
}

impl Pace {
    /// One mail's turn.
    async fn turn(&self) {
        let now = Instant::now();
        let turn = self.free.get().map_or(now, |free| free.max(now));
        self.free.set(Some(turn + self.pause));
        if !self.pause.is_zero() {
            tokio::time::sleep_until(turn).await;
        }
    }
}

/// Plays the part until standard input ends.
pub(crate) async fn run(arguments: &[String]) -> anyhow::Result<()> {
    let rate: Option<f64> = arguments.first().map(|rate| rate.parse()).transpose()?;
    let pause = rate.map_or(Duration::ZERO, |rate| Duration::from_secs_f64(1.0 / rate));
    let pace = Rc::new(Pace { pause, free: Cell::new(None) });
    let smtp = TcpListener::bind("127.0.0.1:0").await?;
    let http = TcpListener::bind("127.0.0.1:0").await?;
    report::say(&format!("{} {}", smtp.local_addr()?.port(), http.local_addr()?.port()));
    let (mails, cases) = (Book::default(), Book::default());
    tokio::task::LocalSet::new()
        .run_until(async {
            let (book, to) = (Rc::clone(&mails), smtp);
            tokio::task::spawn_local(async move {
                while let Ok((stream, _)) = to.accept().await {
                    let (book, pace) = (Rc::clone(&book), Rc::clone(&pace));
                    tokio::task::spawn_local(take_mails(stream, book, pace));
                }
            });
            let (book, to) = (Rc::clone(&cases), http);
            tokio::task::spawn_local(async move {
                while let Ok((stream, _)) = to.accept().await {
                    tokio::task::spawn_local(open_cases(stream, Rc::clone(&book)));
                }
            });
            answer(&mails, &cases).await
        })
        .await
}

async fn answer(mails: &Book, cases: &Book) -> anyhow::Result<()> {
    let (ask, mut asked) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        let lines = std::io::stdin().lines().map_while(Result::ok);
        lines.take_while(|line| ask.send(line.clone()).is_ok()).for_each(drop);
    });
    while let Some(line) = asked.recv().await {
        let (mails, cases) = (mails.borrow(), cases.borrow());
        match line.as_str() {
            "counts" => {
                let last = mails.last.max(cases.last);
                report::say(&format!("{} {} {last}", mails.at.len(), cases.at.len()));
            }
            _ => {
                let mut all = String::new();
                for (reference, at) in &mails.at {
                    writeln!(all, "{reference} {at}")?;
                }
                report::say(&all);
            }
        }
    }
    Ok(())
}

/// One connection of the mail server.
async fn take_mails(mut stream: TcpStream, book: Book, pace: Rc<Pace>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    stream.write_all(b"220 sink\r\n").await?;
    let mut heard = Vec::with_capacity(16 * 1024);
    let mut in_mail = false;
    let mut statutory = false;
    loop {
        let mut said = Vec::new();
        loop {
            let end: &[u8] = if in_mail { b"\r\n.\r\n" } else { b"\r\n" };
            let Some(at) = heard.windows(end.len()).position(|part| part == end) else { break };
            let part: Vec<u8> = heard.drain(..at + end.len()).collect();
            if in_mail {
                pace.turn().await;
                if let Some(reference) = reference_in(&part) {
                    let whose = if statutory { STATUTORY } else { "" };
                    book.borrow_mut().note(format!("{whose}{reference}"));
                }
                said.extend_from_slice(b"250 taken\r\n");
                in_mail = false;
            } else {
                if part.get(..4).is_some_and(|word| word.eq_ignore_ascii_case(b"RCPT")) {
                    statutory = part.windows(11).any(|it| it == b"kronofogden");
                }
                in_mail = part.len() == 6 && part[..4].eq_ignore_ascii_case(b"DATA");
                said.extend_from_slice(reply(&part, in_mail));
            }
        }
        stream.write_all(&said).await?;
        if stream.read_buf(&mut heard).await? == 0 {
            return Ok(());
        }
    }
}

fn reply(command: &[u8], in_mail: bool) -> &'static [u8] {
    match command.get(..4) {
        Some(b"EHLO") => b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n",
        Some(b"QUIT") => b"221 bye\r\n",
        _ if in_mail => b"354 go on\r\n",
        _ => b"250 ok\r\n",
    }
}

fn reference_in(mail: &[u8]) -> Option<String> {
    let at = mail.windows(4).position(|part| part == b"AVH-")?;
    Some(String::from_utf8_lossy(mail.get(at..at + 13)?).into_owned())
}

/// One connection of the case system.
async fn open_cases(mut stream: TcpStream, book: Book) -> anyhow::Result<()> {
    stream.set_nodelay(true)?;
    let mut heard = Vec::with_capacity(16 * 1024);
    loop {
        while let Some(end) = heard.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = std::str::from_utf8(&heard[..end])?;
            let length: usize = header(head, "content-length").unwrap_or("0").parse()?;
            if heard.len() < end + 4 + length {
                break;
            }
            let reference = header(head, "idempotency-key").unwrap_or_default().to_owned();
            let body = format!("{{\"id\":\"CASE-{reference}\"}}");
            book.borrow_mut().note(reference);
            heard.drain(..end + 4 + length);
            let head = format!(
                "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(head.as_bytes()).await?;
        }
        if stream.read_buf(&mut heard).await? == 0 {
            return Ok(());
        }
    }
}
