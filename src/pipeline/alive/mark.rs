//! What marks a canary: a token that the store knows, once, for one door. Whatever else looks like a canary is an ordinary notice.

use crate::domain::digest::Digest;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::received::Format;
use crate::domain::received::Received;
use crate::domain::received::ReplyTo;
use crate::normalize::Disposition;
use crate::normalize::ReadNotice;
use crate::normalize::Reading;
use crate::pipeline::Shared;
use crate::store::Action;
use crate::store::CanaryChange;
use crate::store::StoreError;

/// Why a canary's notice is none.
const REASON: &str = "canary";
const PREFIX: &str = "kvittens-canary-";
const TOKEN_BYTES: usize = 16;
/// A canary's mail is no larger, whatever headers it gathers on its way.
const MAIL_BYTES: usize = 64 * 1024;

/// A one-time token, as it stands in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token(String);

impl Token {
    /// A new one.
    pub(super) fn draw() -> Self {
        Self(hex::encode(rand::random::<[u8; TOKEN_BYTES]>()))
    }

    /// What the store keeps of it.
    pub(super) fn digest(&self) -> Digest {
        Digest::of(self.0.as_bytes())
    }

    fn mark(&self) -> String {
        format!("{PREFIX}{}", self.0)
    }

    /// The file that bears it.
    pub(super) fn file(&self) -> String {
        format!(
            "{}\n\nDetta är ett prov som programmet kvittens sänder till sig självt. Det gäller ingen person och ingen behöver göra något.\n\
             This is a test that the program kvittens sends to itself. It is about nobody, and nobody needs to do anything.\n",
            self.mark()
        )
    }

    /// The request that bears it.
    pub(super) fn request(&self) -> String {
        format!(r#"{{"schemaVersion":"1.0","type":"unknown","text":"{}"}}"#, self.mark())
    }

    /// The mail that bears it. It says of itself that a program sent it, so that nothing on its way answers it.
    pub(super) fn mail(&self, from: &str, to: &str, date: &str) -> String {
        let (mark, token) = (self.mark(), &self.0);
        let domain = from.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
        let id = Digest::of(token.as_bytes()).to_string();
        let id = id.get(..24).unwrap_or(&id);
        format!(
            "From: <{from}>\r\nTo: <{to}>\r\nSubject: kvittens canary\r\nDate: {date}\r\nMessage-ID: <canary.{id}@{domain}>\r\n\
             Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\nMIME-Version: 1.0\r\n\
             Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{mark}\r\n\r\n\
             Detta =C3=A4r ett prov som programmet kvittens s=C3=A4nder till sig\r\nsj=C3=A4lvt. Det g=C3=A4ller ingen person.\r\n\
             This is a test that the program kvittens sends to itself. It is about\r\nnobody, and nobody needs to do anything.\r\n"
        )
    }

    /// The token that a message bears: a mail anywhere in it, anything else only when it is exactly what we send. A file or request with more in
    /// it than that is somebody's notice.
    fn borne_by(format: Format, raw: &[u8]) -> Option<Self> {
        match format {
            // A report on it, and an answer to it, quote it.
            Format::Mail if raw.len() <= MAIL_BYTES && !quotes_another(raw) => {
                let text = String::from_utf8_lossy(raw);
                text.split(PREFIX).skip(1).find_map(Self::at_start_of)
            }
            Format::Mail | Format::Pdf | Format::Docx | Format::Xlsx | Format::Zip => None,
            Format::Json | Format::Xml | Format::Csv | Format::Other => {
                let text = std::str::from_utf8(raw).ok()?;
                let (before, after) =
                    text.split_once(PREFIX).filter(|(before, _)| before.len() < 60)?;
                let token = Self::at_start_of(after)?;
                let whole = if before.is_empty() { token.file() } else { token.request() };
                (whole == text).then_some(token)
            }
        }
    }

    fn at_start_of(text: &str) -> Option<Self> {
        let token = text.get(..2 * TOKEN_BYTES)?;
        let plain = token.bytes().all(|c| c.is_ascii_digit() || (b'a'..=b'f').contains(&c));
        plain.then(|| Self(token.to_owned()))
    }
}

/// Whether a mail reports on another one or answers one.
fn quotes_another(raw: &[u8]) -> bool {
    crate::mail::bounce(raw).is_some() || crate::mail::mail_headers(raw).in_reply_to.is_some()
}

/// The digest of the token when a message is a canary of ours, claimed for this message. Its envelope is then ours too: it counts as no partner's,
/// and a mail to ourselves is not answered.
pub(in crate::pipeline) async fn claimed(
    shared: &Shared,
    received: &mut Received,
) -> Result<Option<Digest>, StoreError> {
    let envelope = &mut received.envelope;
    let Some(token) = Token::borne_by(envelope.format, &received.raw) else { return Ok(None) };
    let (token, key) = (token.digest(), &envelope.source_key);
    let parts = [&key.door, &key.sender, &key.key].map(|part| Digest::of(part.as_bytes()));
    let claimant = Digest::of_all(parts.iter().map(|part| part.as_bytes().as_slice()));
    let came = CanaryChange::Came { token, door: key.door.clone(), claimant };
    if shared.store.act(Action::Canary(came)).await?.is_err() {
        return Ok(None);
    }
    envelope.sender.partner = None;
    match &mut envelope.reply_to {
        reply_to @ (ReplyTo::Mail { .. } | ReplyTo::Suppressed { .. }) => {
            *reply_to = ReplyTo::Suppressed { reason: "ownAddress".to_owned() };
        }
        // No partner is written to about a notice that never was.
        ReplyTo::Api { mail_to }
        | ReplyTo::Files { mail_to, .. }
        | ReplyTo::Sftp { mail_to, .. } => *mail_to = None,
    }
    Ok(Some(token))
}

/// What a canary reads as: nobody's notice.
pub(in crate::pipeline) fn reading() -> Reading {
    let disposition = Disposition::NotNotice { reason: REASON.to_owned() };
    let notice = Notice::of(NoticeType::Unknown);
    Reading { notices: vec![ReadNotice { notice, disposition }], sender_reference: None }
}

#[cfg(test)]
mod tests {
    use super::Token;
    use crate::domain::received::Format;

    #[test]
    fn a_token_is_found_in_what_we_send_and_nowhere_else() {
        let token = Token::draw();
        let mail = token.mail("a@example.org", "b@example.org", "Sun, 22 Nov 2026 08:00:00 +0000");
        let relayed = format!("Received: from mx.example.org\r\n{mail}-- \r\nA footer\r\n");
        let file = token.file();
        let request = token.request();
        for (format, text, found) in [
            (Format::Other, file.clone(), true),
            (Format::Json, request.clone(), true),
            (Format::Mail, mail, true),
            (Format::Mail, relayed, true),
            (Format::Other, format!("{file}Testa Testsson"), false),
            (Format::Json, request.replace("unknown", "rentArrears"), false),
            (Format::Json, format!("[{request}]"), false),
            (Format::Other, "kvittens-canary-zz".to_owned(), false),
            (Format::Mail, "Subject: kvittens-canary-\r\n\r\n".to_owned(), false),
        ] {
            let borne = Token::borne_by(format, text.as_bytes());
            assert_eq!(borne.as_ref(), found.then_some(&token), "{text}");
        }
    }

    #[test]
    fn a_mail_of_ours_is_known_as_automatic_and_keeps_to_short_lines() {
        let mail =
            Token::draw().mail("a@example.org", "b@example.org", "Sun, 22 Nov 2026 08:00:00 +0000");
        assert!(mail.is_ascii() && mail.split("\r\n").all(|line| line.len() < 78), "{mail}");
        let headers = crate::mail::mail_headers(mail.as_bytes());
        assert_eq!(headers.auto_reply_suppressed, Some("autoSubmitted"));
    }
}
