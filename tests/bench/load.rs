//! The load generator: posts distinct notices over kept connections, as many as go or at a fixed rate.
//!
//! Arguments: port, API key, first number, count, connections, rate a second (0: as many as go). Prints one line per notice: reference,
//! when its first byte left, when the 202 was read (microseconds); a last line `cpu SECONDS`.

use crate::notice;
use crate::now_microseconds;
use crate::process;
use crate::report;
use anyhow::Context as _;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::Instant;

/// What to post.
struct Order {
    port: u16,
    key: String,
    first: u32,
    count: u32,
    rate: u32,
    next: Cell<u32>,
}

/// Plays the part.
pub(crate) async fn run(arguments: &[String]) -> anyhow::Result<()> {
    let text = |at: usize| arguments.get(at).context("an argument is missing");
    let number = |at: usize| anyhow::Ok(text(at)?.parse::<u32>()?);
    let order = Rc::new(Order {
        port: text(0)?.parse()?,
        key: text(1)?.clone(),
        first: number(2)?,
        count: number(3)?,
        rate: number(5)?,
        next: Cell::new(0),
    });
    let connections = number(4)?;
    let began = Instant::now();
    let lines = tokio::task::LocalSet::new()
        .run_until(async {
            let each = (0..connections)
                .map(|_| tokio::task::spawn_local(client(Rc::clone(&order), began)));
            let mut lines = String::new();
            for client in each.collect::<Vec<_>>() {
                lines.push_str(&client.await??);
            }
            anyhow::Ok(lines)
        })
        .await?;
    report::say(&format!("{lines}cpu {}", process::cpu_seconds(std::process::id())));
    Ok(())
}

/// One connection: the next notice, its answer, and so on.
async fn client(order: Rc<Order>, began: Instant) -> anyhow::Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", order.port)).await?;
    stream.set_nodelay(true)?;
    let mut lines = String::new();
    let mut answer = Vec::with_capacity(4096);
    loop {
        let turn = order.next.get();
        if turn >= order.count {
            return Ok(lines);
        }
        order.next.set(turn + 1);
        if order.rate > 0 {
            let due = Duration::from_secs_f64(f64::from(turn) / f64::from(order.rate));
            tokio::time::sleep_until(began + due).await;
        }
        let request = request(&order, order.first + turn);
        let sent_at = now_microseconds();
        stream.write_all(&request).await?;
        let reference = accepted(&mut stream, &mut answer).await?;
        lines.push_str(&format!("{reference} {sent_at} {}\n", now_microseconds()));
    }
}

fn request(order: &Order, number: u32) -> Vec<u8> {
    let body = notice::numbered(number);
    let mut request = format!(
        "POST /eviction-notices/v1/notices HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        order.port,
        order.key,
        body.len()
    )
    .into_bytes();
    request.extend_from_slice(&body);
    request
}

/// Reads one answer and takes the reference out of its `Location`.
async fn accepted(stream: &mut TcpStream, answer: &mut Vec<u8>) -> anyhow::Result<String> {
    answer.clear();
    loop {
        if stream.read_buf(answer).await? == 0 {
            anyhow::bail!("the gateway hung up");
        }
        let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = std::str::from_utf8(&answer[..end])?;
        let length: usize = header(head, "content-length").context("no length")?.parse()?;
        if answer.len() < end + 4 + length {
            continue;
        }
        if !head.starts_with("HTTP/1.1 202") {
            let body = String::from_utf8_lossy(&answer[end + 4..]).into_owned();
            anyhow::bail!("not accepted: {} {body}", head.lines().next().unwrap_or_default());
        }
        let location = header(head, "location").context("no location")?;
        return Ok(location.rsplit('/').next().unwrap_or_default().to_owned());
    }
}

/// A header's value.
pub(crate) fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}
