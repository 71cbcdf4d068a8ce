//! Servers that answer oddly, late, in bits, or not at all.

use super::Client;
use crate::domain::digest::Digest;
use crate::files::sftp::error::SftpError;
use crate::files::sftp::list;
use crate::files::sftp::read;
use crate::files::sftp::wire::Answer;
use crate::files::sftp::wire::Request;
use crate::files::sftp::wire::kind;
use crate::files::sftp::write;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::io::DuplexStream;

const TIMEOUT: Duration = Duration::from_secs(5);

fn version(number: u32, extensions: &[&[u8]]) -> Vec<u8> {
    let greeting = Request::new(kind::VERSION, number);
    extensions.iter().fold(greeting, |greeting, name| greeting.bytes(name).bytes(b"1")).finish()
}

/// A server that greets and then answers each request as told: its kind, its number and the rest of it; `None` ends the connection.
fn server(
    greeting: Vec<u8>,
    answer: impl Fn(u8, u32, &mut Answer<'_>) -> Option<Vec<u8>> + Send + 'static,
) -> DuplexStream {
    let (near, mut far) = tokio::io::duplex(64 * 1024);
    tokio::spawn(async move {
        let mut greeted = false;
        while let Ok(length) = far.read_u32().await {
            let mut body = vec![0; length as usize];
            if far.read_exact(&mut body).await.is_err() {
                return;
            }
            let mut request = Answer::of(&body);
            let (packet, number) = (request.byte().unwrap(), request.number().unwrap());
            let said = match greeted {
                false => Some(greeting.clone()),
                true => answer(packet, number, &mut request),
            };
            greeted = true;
            let Some(said) = said else { return };
            far.write_all(&said).await.unwrap();
        }
    });
    near
}

fn status(number: u32, code: u32) -> Vec<u8> {
    Request::new(kind::STATUS, number).number(code).bytes(b"").bytes(b"").finish()
}

fn attributes(number: u32, size: u64) -> Vec<u8> {
    let flags = Request::new(kind::ATTRS, number).number(0x5);
    flags.long(size).number(0o100_644).finish()
}

/// A file of 1,000 bytes of which a server gives at most seven at a time; it claims `size`.
async fn read_in_bits(size: u64, limit: u64) -> Result<Vec<u8>, String> {
    let content: Vec<u8> = (0..1000_u32).map(|n| (n % 251) as u8).collect();
    let answer = move |packet, number, request: &mut Answer<'_>| {
        Some(match packet {
            kind::LSTAT | kind::FSTAT => attributes(number, size),
            kind::OPEN => Request::new(kind::HANDLE, number).bytes(b"h").finish(),
            kind::READ => {
                let _handle = request.bytes();
                let (_, from) = (request.number(), request.number().unwrap() as usize);
                let most = request.number().unwrap().min(7) as usize;
                match content.get(from..) {
                    None | Some([]) => status(number, 1),
                    Some(rest) => {
                        let data = Request::new(kind::DATA, number);
                        data.bytes(&rest[..most.min(rest.len())]).finish()
                    }
                }
            }
            _ => status(number, 0),
        })
    };
    let client = Client::begin(server(version(3, &[]), answer), TIMEOUT).await.unwrap();
    let mut whole = Vec::new();
    let mut take = |piece: &[u8]| whole.extend_from_slice(piece);
    match read::file(&client, b"a", limit, &mut take).await {
        Ok(_) => Ok(whole),
        Err(read::Stop::Read(error)) => Err(error.to_string()),
        Err(read::Stop::Sftp(error)) => Err(error.to_string()),
    }
}

#[tokio::test]
async fn a_file_that_comes_in_bits_is_whole_and_one_that_is_not_as_long_as_said_is_not_taken() {
    let whole = read_in_bits(1000, 1000).await.unwrap();
    let expected: Vec<u8> = (0..1000_u32).map(|n| (n % 251) as u8).collect();
    assert_eq!(Digest::of(&whole), Digest::of(&expected));
    for size in [999, 1001, 100_000] {
        assert!(read_in_bits(size, u64::MAX).await.unwrap_err().contains("changed"), "{size}");
    }
    assert!(read_in_bits(1000, 999).await.unwrap_err().contains("larger"));
}

#[tokio::test]
async fn only_version_three_is_spoken_and_what_a_server_cannot_do_is_not_asked_of_it() {
    let nothing = |_, _, _: &mut Answer<'_>| None;
    for greeting in [version(2, &[]), version(6, &[]), status(3, 0), vec![0, 0, 0, 1, 2]] {
        let refused = Client::begin(server(greeting, nothing), TIMEOUT).await.err().unwrap();
        assert!(matches!(refused, SftpError::Nonsense), "{refused}");
    }
    let only_status = |packet, number, _: &mut Answer<'_>| {
        Some(status(number, if packet == kind::EXTENDED { 8 } else { 0 }))
    };
    let without = Client::begin(server(version(3, &[]), only_status), TIMEOUT).await.unwrap();
    without.sync(b"h").await.unwrap();
    let greeting = version(3, &[b"other@example.org", b"fsync@openssh.com"]);
    let with = Client::begin(server(greeting, only_status), TIMEOUT).await.unwrap();
    assert!(matches!(with.sync(b"h").await, Err(SftpError::Unsupported)));
}

#[tokio::test(start_paused = true)]
async fn silence_has_an_end_and_a_late_or_strange_answer_does_no_harm() {
    // The answer to the first request comes with the second's; then comes one to a question that nobody asked.
    let late = |packet, number, _: &mut Answer<'_>| {
        Some(match packet {
            kind::REMOVE => Vec::new(),
            _ => [status(number - 1, 4), status(77, 4), status(number, 0)].concat(),
        })
    };
    let client = Client::begin(server(version(3, &[]), late), TIMEOUT).await.unwrap();
    assert!(matches!(client.remove(b"a").await, Err(SftpError::Silent)));
    client.make_folder(b"b").await.unwrap();
    assert!(!client.has_ended());
}

#[tokio::test]
async fn the_end_of_the_connection_ends_every_wait_and_every_later_request() {
    for last in [None, Some(vec![0, 0, 1, 0, 101]), Some(vec![0xff; 8]), Some(vec![0, 0, 0, 1, 99])]
    {
        let gone = last.is_none();
        let client =
            Client::begin(server(version(3, &[]), move |_, _, _| last.clone()), TIMEOUT).await;
        let client = client.unwrap();
        if gone {
            assert!(matches!(client.remove(b"a").await, Err(SftpError::Lost)));
            assert!(matches!(client.remove(b"a").await, Err(SftpError::Lost)));
            assert!(client.has_ended());
        } else {
            let mut asked = Box::pin(client.remove(b"a"));
            let ended = tokio::time::timeout(Duration::from_millis(300), &mut asked).await;
            // Half a packet may still be completed; nonsense may not.
            assert!(!matches!(ended, Ok(Ok(()))));
        }
    }
}

#[tokio::test]
async fn a_handle_is_closed_whatever_fails_while_it_is_open() {
    for fails in [kind::WRITE, kind::EXTENDED, kind::READDIR, kind::READ, kind::CLOSE] {
        let open = AtomicU32::new(0);
        // A server that gives a single handle at a time.
        let answer = move |packet, number, _: &mut Answer<'_>| {
            Some(match packet {
                kind::OPEN | kind::OPENDIR if open.fetch_max(1, Ordering::Relaxed) == 0 => {
                    Request::new(kind::HANDLE, number).bytes(b"h").finish()
                }
                kind::OPEN | kind::OPENDIR => status(number, 3),
                kind::CLOSE => {
                    open.store(0, Ordering::Relaxed);
                    status(number, if fails == kind::CLOSE { 4 } else { 0 })
                }
                _ if packet == fails => status(number, 4),
                kind::LSTAT | kind::FSTAT => attributes(number, 1),
                kind::READDIR | kind::READ => status(number, 1),
                _ => status(number, 0),
            })
        };
        let greeting = version(3, &[b"fsync@openssh.com"]);
        let client = Client::begin(server(greeting, answer), TIMEOUT).await.unwrap();
        for _ in 0..3 {
            let denied = |error: &SftpError| matches!(error, SftpError::Denied);
            let written = write::file(&client, b"a", b"x").await.err();
            let listed = list::names(&client, b".", |_| true).await.err();
            let read = match read::file(&client, b"a", 9, &mut |_| {}).await {
                Err(read::Stop::Sftp(error)) => Some(error),
                Ok(_) | Err(read::Stop::Read(_)) => None,
            };
            let all = [written, listed, read];
            assert!(!all.iter().flatten().any(denied), "{fails}: {all:?}");
            assert!(all.iter().any(Option::is_some), "{fails}: something must fail");
        }
    }
}
