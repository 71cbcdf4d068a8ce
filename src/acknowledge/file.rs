//! Mails as `.eml` files in a folder: the demo's mail server. Named after the Message-ID, so that a repeat is the same file.

use crate::acknowledge::config::FileConfig;
use crate::acknowledge::transport::MailTransport;
use crate::acknowledge::transport::OutgoingMail;
use crate::acknowledge::transport::TransportError;
use crate::domain::digest::Digest;
use crate::domain::failure::Failure;
use crate::files::folder::Folder;
use crate::files::put::IfTaken;
use async_trait::async_trait;
use bytes::Bytes;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// Writes mails as files.
pub(super) struct FileTransport {
    dir: PathBuf,
}

impl FileTransport {
    /// Makes the folder.
    pub(super) fn open(config: &FileConfig) -> Result<Self, TransportError> {
        let made = fs::create_dir_all(&config.dir).and_then(|()| config.dir.canonicalize());
        let dir = made.map_err(|source| TransportError::File {
            key: "acknowledge.file.dir",
            path: config.dir.clone(),
            source,
        })?;
        Ok(Self { dir })
    }
}

#[async_trait]
impl MailTransport for FileTransport {
    async fn send(&self, mail: &OutgoingMail) -> Result<String, Failure> {
        let name = name(&mail.bytes);
        let (dir, file, bytes) = (self.dir.clone(), name.clone(), mail.bytes.clone());
        blocking(move || write(&dir, &file, &bytes)).await?;
        Ok(name)
    }

    async fn probe(&self) -> Result<(), Failure> {
        let dir = self.dir.clone();
        blocking(move || {
            write(&dir, ".probe.tmp", &Bytes::new())?;
            fs::remove_file(dir.join(".probe.tmp"))
                .map_err(|error| failed("remove a file from", &error))
        })
        .await
    }
}

async fn blocking(
    work: impl FnOnce() -> Result<(), Failure> + Send + 'static,
) -> Result<(), Failure> {
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome,
        Err(_) => Err(Failure::Uncertain("writing the mail file was interrupted".to_owned())),
    }
}

fn write(dir: &Path, name: &str, bytes: &Bytes) -> Result<(), Failure> {
    let written =
        Folder::open(dir).and_then(|folder| folder.put(OsStr::new(name), bytes, IfTaken::Replace));
    written.map(drop).map_err(|error| failed("write to", &error))
}

fn failed(what: &str, error: &std::io::Error) -> Failure {
    Failure::Transient(format!("cannot {what} the folder acknowledge.file.dir: {}", error.kind()))
}

/// A file name from the mail's own Message-ID; from its digest where it has none that can be a name.
fn name(mail: &[u8]) -> String {
    let head = mail.split(|byte| *byte == b'\n').take_while(|line| line.len() > 1);
    let id = head.filter_map(|line| std::str::from_utf8(line).ok()).find_map(|line| {
        let (name, value) = line.trim_end().split_once(':')?;
        name.eq_ignore_ascii_case("message-id").then(|| value.trim().trim_matches(['<', '>']))
    });
    let safe = |id: &&str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '@');
        !id.is_empty() && id.len() <= 200 && !id.starts_with('.') && id.chars().all(plain)
    };
    match id.filter(safe) {
        Some(id) => format!("{id}.eml"),
        None => format!("{}.eml", Digest::of(mail)),
    }
}

#[cfg(test)]
mod tests {
    use super::FileTransport;
    use super::name;
    use crate::acknowledge::config::FileConfig;
    use crate::acknowledge::transport::MailTransport;
    use crate::acknowledge::transport::OutgoingMail;
    use bytes::Bytes;

    #[test]
    fn a_mail_file_is_named_after_the_message_id_and_never_leaves_the_folder() {
        assert_eq!(name(b"To: x\r\nMessage-ID: <A.1@example.se>\r\n\r\nx"), "A.1@example.se.eml");
        for mail in [
            &b"Message-ID: <../../etc/x@y>\r\n\r\n"[..],
            b"Message-ID: <.hidden@y>\r\n\r\n",
            b"To: x\r\n\r\nMessage-ID: <body@y>\r\n",
            b"",
        ] {
            assert_eq!(name(mail).len(), 64 + 4);
        }
    }

    #[tokio::test]
    async fn a_repeat_is_the_same_file_with_the_same_bytes() {
        let dir = tempfile::tempdir().unwrap();
        let transport = FileTransport::open(&FileConfig { dir: dir.path().join("out") }).unwrap();
        transport.probe().await.unwrap();
        let bytes = Bytes::from_static(b"Message-ID: <A.1@example.se>\r\n\r\nx\r\n");
        let mail = OutgoingMail { from: None, to: "a@example.se".to_owned(), bytes };
        let first = transport.send(&mail).await.unwrap();
        assert_eq!(transport.send(&mail).await.unwrap(), first);
        let files: Vec<_> = std::fs::read_dir(dir.path().join("out")).unwrap().collect();
        assert_eq!(files.len(), 1);
        assert_eq!(std::fs::read(dir.path().join("out").join(first)).unwrap(), mail.bytes);
    }
}
