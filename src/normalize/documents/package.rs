//! The zip file that a Word letter is: its parts by name, each within a bound on how large it may become.

use super::super::encoding;
use super::super::encoding::Allowed;
use crate::domain::document::Refusal;
use std::io::Cursor;
use std::io::Read as _;
use zip::ZipArchive;
use zip::result::ZipError;

/// So large all parts of a package together may become.
const PARTS_BYTES: u64 = 128 * 1024 * 1024;
/// Parts of a package that are looked at.
const PARTS_MAX: usize = 5_000;
/// Old binary Office files, and new ones that are encrypted, are one of these (MS-CFB).
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// An open package.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left_bytes: u64,
}

impl<'a> Package<'a> {
    /// Opens it, or says why not.
    pub(super) fn open(raw: &'a [u8]) -> Result<Self, Refusal> {
        if raw.starts_with(COMPOUND_FILE) {
            return Err(refusal_of_compound(raw));
        }
        let zip = ZipArchive::new(Cursor::new(raw)).map_err(|_| Refusal::NotReadable)?;
        if zip.len() > PARTS_MAX {
            return Err(Refusal::TooMuch);
        }
        Ok(Self { zip, left_bytes: PARTS_BYTES })
    }

    /// The names of its parts, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let names = self.zip.file_names().filter_map(|name| name.ok());
        let mut names: Vec<String> = names.map(|name| name.into_owned()).collect();
        names.sort();
        names
    }

    /// A part's text; `None` where there is none of this name or it is damaged.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::InvalidPassword) => return Err(Refusal::Encrypted),
            Err(_) => return Ok(None),
        };
        let mut bytes = Vec::new();
        let read = file.take(self.left_bytes + 1).read_to_end(&mut bytes);
        let size = bytes.len() as u64;
        if size > self.left_bytes {
            return Err(Refusal::TooMuch);
        }
        self.left_bytes -= size;
        // What was unpacked before the damage is still worth reading.
        if read.is_err() && bytes.is_empty() {
            return Ok(None);
        }
        let decoded = encoding::decode(&bytes, Allowed::Any);
        Ok(decoded.map(|decoded| decoded.text.into_owned()))
    }
}

/// An Office file in an old container: a new one that is encrypted bears that name in it.
pub(super) fn refusal_of_compound(raw: &[u8]) -> Refusal {
    match is_encrypted_office(raw) {
        true => Refusal::Encrypted,
        false => Refusal::NotReadable,
    }
}

/// Whether these are the bytes of an Office file behind a password.
pub(in crate::normalize) fn is_encrypted_office(raw: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    raw.starts_with(COMPOUND_FILE) && raw.windows(name.len()).any(|window| window == name)
}
