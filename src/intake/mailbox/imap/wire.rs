//! Lines and literals as they come: the length of a mail is told before its bytes, and decides what is kept of them.

use super::ImapError;
use crate::domain::digest::Digest;
use std::io;
use std::time::Duration;
use tokio::io::AsyncBufReadExt;
use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;
use tokio::io::AsyncWriteExt;
use tokio::io::BufReader;
use tokio::time::Instant;
use tokio::time::timeout;
use tokio::time::timeout_at;

/// Most text of one response, literals apart: the numbers of a million mails.
const TEXT_BYTES: usize = 16 * 1024 * 1024;

/// A mail of unknown length may not come more slowly than this, in bytes a second.
const SLOWEST: u64 = 16 * 1024;

/// Anything that bytes come through: TCP, or TLS over it.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Sync + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Sync + Unpin> Stream for T {}

/// What is kept of the literals in an answer.
#[derive(Clone, Copy, Debug)]
pub(in crate::intake::mailbox) struct Keep {
    /// A longer one is not kept whole: only its beginning and its digest.
    pub(in crate::intake::mailbox) whole_bytes: u64,
    /// How much of the beginning.
    pub(in crate::intake::mailbox) head_bytes: usize,
    /// For how many bytes there is room; what comes when it is used up is not kept at all. The first is always taken.
    pub(in crate::intake::mailbox) room_bytes: u64,
}

impl Keep {
    /// For answers without mails in them.
    pub(super) fn little() -> Self {
        Self { whole_bytes: 65_536, head_bytes: 0, room_bytes: 262_144 }
    }
}

/// A literal (RFC 3501 section 4.3).
#[derive(Debug, PartialEq, Eq)]
pub(in crate::intake::mailbox) enum Literal {
    /// All of it.
    Whole(Vec<u8>),
    /// The beginning of a long one.
    Long {
        /// Its first bytes.
        head: Vec<u8>,
        /// Digest of all its bytes.
        sha256: Digest,
    },
    /// There was no room.
    Skipped {
        /// How long it is.
        length_bytes: u64,
    },
}

/// A piece of a response.
#[derive(Debug)]
pub(super) enum Piece {
    /// Text up to a literal or the end of the line, which is not part of it.
    Text(Vec<u8>),
    /// A literal.
    Literal(Literal),
}

/// One connection.
pub(super) struct Wire {
    stream: BufReader<Box<dyn Stream>>,
    /// The longest silence.
    patience: Duration,
    /// When the answer in progress must have come, however steadily it drips.
    deadline: Instant,
}

impl Wire {
    pub(super) fn new(stream: Box<dyn Stream>, patience: Duration) -> Self {
        let stream = BufReader::with_capacity(64 * 1024, stream);
        let mut wire = Self { stream, patience, deadline: Instant::now() };
        wire.begin();
        wire
    }

    /// Gives the bare stream back; what the server sent ahead is lost, which [`Wire::nothing_ahead`] tells before.
    pub(super) fn into_inner(self) -> Box<dyn Stream> {
        self.stream.into_inner()
    }

    /// Whether nothing has come that was not read yet.
    pub(super) fn nothing_ahead(&self) -> bool {
        self.stream.buffer().is_empty()
    }

    /// A new answer is waited for.
    pub(super) fn begin(&mut self) {
        self.deadline = Instant::now() + self.patience.saturating_mul(8);
    }

    /// Waits without limit until there is something to read. Cancel safe.
    pub(super) async fn readable(&mut self) -> Result<(), ImapError> {
        match self.stream.fill_buf().await {
            Ok([]) => Err(ImapError::Ended(None)),
            Ok(_) => Ok(()),
            Err(broken) => Err(ImapError::Broken(broken)),
        }
    }

    /// Sends bytes.
    pub(super) async fn write(&mut self, bytes: &[u8]) -> Result<(), ImapError> {
        let writing = async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        };
        match timeout(self.patience, writing).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(broken)) => Err(ImapError::Broken(broken)),
            Err(_) => Err(ImapError::Silent),
        }
    }

    /// Reads one response. `keep.room_bytes` shrinks by what was kept.
    pub(super) async fn read(&mut self, keep: &mut Keep) -> Result<Vec<Piece>, ImapError> {
        let mut pieces = Vec::new();
        let mut left = TEXT_BYTES;
        loop {
            let mut text = self.read_text(left).await?;
            left -= text.len().min(left);
            // The free text of a status response may end in anything.
            let announced =
                if pieces.is_empty() && is_status(&text) { None } else { literal_at_end(&text) };
            let Some((start, length)) = announced else {
                pieces.push(Piece::Text(text));
                return Ok(pieces);
            };
            text.truncate(start);
            pieces.push(Piece::Text(text));
            pieces.push(Piece::Literal(self.read_literal(length, keep).await?));
        }
    }

    async fn read_text(&mut self, limit: usize) -> Result<Vec<u8>, ImapError> {
        let mut text = Vec::new();
        loop {
            let ahead = self.fill().await?;
            let end = ahead.iter().position(|byte| *byte == b'\n');
            let length = end.map_or(ahead.len(), |end| end + 1);
            text.extend_from_slice(&ahead[..length]);
            self.stream.consume(length);
            if text.len() > limit {
                return Err(ImapError::Garbled("a line without end"));
            }
            if end.is_some() {
                text.pop();
                if text.last() == Some(&b'\r') {
                    text.pop();
                }
                return Ok(text);
            }
        }
    }

    async fn read_literal(&mut self, length: u64, keep: &mut Keep) -> Result<Literal, ImapError> {
        self.deadline += Duration::from_secs(length / SLOWEST);
        if length > keep.whole_bytes {
            return self.read_long(length, keep.head_bytes).await;
        }
        if length > keep.room_bytes {
            self.pass(length, |_| {}).await?;
            return Ok(Literal::Skipped { length_bytes: length });
        }
        keep.room_bytes -= length;
        // Grows with what really comes: an announcement alone takes no memory.
        let mut bytes = Vec::new();
        self.pass(length, |piece| bytes.extend_from_slice(piece)).await?;
        Ok(Literal::Whole(bytes))
    }

    async fn read_long(&mut self, length: u64, head_bytes: usize) -> Result<Literal, ImapError> {
        let mut context = aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256);
        let mut head = Vec::new();
        self.pass(length, |piece| {
            context.update(piece);
            let wanted = head_bytes.saturating_sub(head.len()).min(piece.len());
            head.extend_from_slice(&piece[..wanted]);
        })
        .await?;
        let digest = Digest::from_bytes(context.finish().as_ref());
        Ok(Literal::Long { sha256: digest.unwrap_or_else(|| Digest::of(&head)), head })
    }

    async fn pass(&mut self, length: u64, mut each: impl FnMut(&[u8])) -> Result<(), ImapError> {
        let mut left = length;
        while left > 0 {
            let ahead = self.fill().await?;
            let piece = usize::try_from(left).map_or(ahead.len(), |left| left.min(ahead.len()));
            each(&ahead[..piece]);
            self.stream.consume(piece);
            left -= piece as u64;
        }
        Ok(())
    }

    async fn fill(&mut self) -> Result<&[u8], ImapError> {
        let until = self.deadline.min(Instant::now() + self.patience);
        match timeout_at(until, self.stream.fill_buf()).await {
            Ok(Ok([])) => Err(ImapError::Ended(None)),
            Ok(Ok(ahead)) => Ok(ahead),
            // TLS servers that go away without a word of parting.
            Ok(Err(gone)) if gone.kind() == io::ErrorKind::UnexpectedEof => {
                Err(ImapError::Ended(None))
            }
            Ok(Err(broken)) => Err(ImapError::Broken(broken)),
            Err(_) => Err(ImapError::Silent),
        }
    }
}

/// Where the announcement of a literal begins, and how long the literal is: `{12}`, `{12+}`, `~{12}`.
fn literal_at_end(text: &[u8]) -> Option<(usize, u64)> {
    let inside = text.strip_suffix(b"}")?;
    let open = inside.iter().rposition(|byte| *byte == b'{')?;
    let digits = &inside[open + 1..];
    let digits = digits.strip_suffix(b"+").unwrap_or(digits);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let length = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let start = if text[..open].ends_with(b"~") { open - 1 } else { open };
    Some((start, length))
}

/// `* OK …`, `+ …`, `k7 NO …`: what ends in text for people.
fn is_status(text: &[u8]) -> bool {
    let mut words = text.splitn(3, |byte| *byte == b' ');
    if words.next() != Some(b"*") {
        return true;
    }
    let word = words.next().unwrap_or_default().to_ascii_uppercase();
    matches!(word.as_slice(), b"OK" | b"NO" | b"BAD" | b"BYE" | b"PREAUTH")
}

#[cfg(test)]
mod tests {
    use super::is_status;
    use super::literal_at_end;

    #[test]
    fn a_literal_is_announced_at_the_end_of_a_line_only() {
        for (text, expected) in [
            ("* 1 FETCH (BODY[] {12}", Some((18, 12))),
            ("* 1 FETCH (BODY[] {12+}", Some((18, 12))),
            ("* 1 FETCH (BINARY[] ~{7}", Some((20, 7))),
            ("{0}", Some((0, 0))),
            ("{}", None),
            ("{1x}", None),
            ("{99999999999999999999999}", None),
            ("a {1} b", None),
            ("12}", None),
            ("", None),
        ] {
            assert_eq!(literal_at_end(text.as_bytes()), expected, "{text}");
        }
        for (text, expected) in [
            ("* OK wait {5}", true),
            ("+ go ahead {5}", true),
            ("k1 NO {5}", true),
            ("* bye {5}", true),
            ("* 2 FETCH {5}", false),
            ("* LIST () \"/\" {5}", false),
        ] {
            assert_eq!(is_status(text.as_bytes()), expected, "{text}");
        }
    }
}
