//! Puts letters where they are fetched to be printed and posted, a folder of ours or on a server: the PDF files, and then the list of whom they go to.
//!
//! Written under a temporary name and renamed, never over anything that is there; a repeat finds its own files. The list is the last to appear: who
//! sees it sees every letter it names.

use crate::acknowledge::deliver::put_once;
use crate::acknowledge::far_folder::FarFolder;
use crate::domain::acknowledgement::Way;
use crate::domain::failure::Failure;
use crate::files::disk::Disk;
use crate::files::disk::Files;
use crate::files::disk::LocalDisk;
use crate::telemetry;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::Serialize;
use std::ffi::OsStr;
use std::fmt;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// Where letters go: stored as JSON beside them.
#[derive(Clone, Serialize, Deserialize)]
pub struct PrintAddress {
    /// The folder; empty for the one on a server.
    #[serde(default, skip_serializing_if = "path_is_empty")]
    pub folder: PathBuf,
    /// On the server that is configured.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub far: bool,
    /// What the list is called, without its ending.
    pub name: String,
    /// The ways that have failed before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tried: Vec<Way>,
}

impl fmt::Debug for PrintAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrintAddress(***)")
    }
}

/// One letter as it is stored. `Debug` shows nothing.
#[derive(Clone, Serialize, Deserialize)]
pub struct Letter {
    /// The file's name.
    pub file: String,
    /// Name and address, line by line, as they show in the window.
    pub lines: Vec<String>,
    /// The PDF, in base64: what is resent is the same bytes.
    pub pdf: String,
    /// The person's number, twelve digits, where it was read: by it the letter service finds the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
}

impl Letter {
    /// A letter of these bytes.
    pub fn of(file: String, lines: Vec<String>, pdf: &[u8]) -> Self {
        Self { file, lines, pdf: STANDARD.encode(pdf), person: None }
    }
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Letter(***)")
    }
}

fn path_is_empty(path: &Path) -> bool {
    path.as_os_str().is_empty()
}

/// Writes the letters and their list, and returns the list's name. Blocking; safe to repeat. Transient when the folder cannot be written or its server not
/// be reached; permanent when what was stored cannot be read, another file bears a name, or no server is configured any more.
pub fn deliver(
    address_json: &str,
    rendered: &[u8],
    far: Option<&FarFolder>,
) -> Result<String, Failure> {
    let unreadable = |what: &str| Failure::Permanent(format!("the stored {what} cannot be read"));
    let address: PrintAddress =
        serde_json::from_str(address_json).map_err(|_| unreadable("print folder"))?;
    let letters: Vec<Letter> =
        serde_json::from_slice(rendered).map_err(|_| unreadable("letters"))?;
    let mut files = Vec::new();
    for letter in &letters {
        let pdf = STANDARD.decode(&letter.pdf).map_err(|_| unreadable("letter"))?;
        files.push((letter.file.clone(), pdf));
    }
    let list = format!("{}.csv", address.name);
    files.push((list.clone(), address_list(&letters).into_bytes()));
    let placed = match (address.far, far) {
        (false, _) => LocalDisk.open(&address.folder).and_then(|folder| place(&folder, &files)),
        (true, Some(far)) => far.open().and_then(|folder| place(&folder, &files)),
        (true, None) => {
            let gone = "the print folder on a server is not configured any more";
            return Err(Failure::Permanent(gone.to_owned()));
        }
    };
    match placed {
        Ok(true) => Ok(list),
        Ok(false) => {
            Err(Failure::Permanent("another file bears the name of this letter".to_owned()))
        }
        Err(error) => Err(Failure::Transient(format!("cannot write to the print folder: {error}"))),
    }
}

/// Each file whole or not at all, the list last; false when another content bears a name.
fn place(folder: &impl Files, files: &[(String, Vec<u8>)]) -> io::Result<bool> {
    for (name, content) in files {
        if !put_once(folder, OsStr::new(name), content)? {
            return Ok(false);
        }
        telemetry::kill_point("between_letters");
    }
    folder.sync()?;
    Ok(true)
}

/// `file;line 1;line 2;…`, UTF-8, a row a letter.
fn address_list(letters: &[Letter]) -> String {
    let plain = |text: &str| -> String {
        text.chars().map(|c| if c.is_control() || c == ';' || c == '"' { ' ' } else { c }).collect()
    };
    let mut list = "file;to;address 1;address 2;address 3;address 4\r\n".to_owned();
    for letter in letters {
        let cells =
            std::iter::once(letter.file.as_str()).chain(letter.lines.iter().map(String::as_str));
        let cells: Vec<String> = cells.map(plain).collect();
        list.push_str(&cells.join(";"));
        list.push_str("\r\n");
    }
    list
}

#[cfg(test)]
mod tests {
    use super::Letter;
    use super::PrintAddress;
    use super::deliver;

    #[test]
    fn letters_come_before_their_list_and_are_written_once() {
        let folder = tempfile::tempdir().unwrap();
        let address = PrintAddress {
            folder: folder.path().to_owned(),
            far: false,
            name: "kopia-A".to_owned(),
            tried: Vec::new(),
        };
        let address = serde_json::to_string(&address).unwrap();
        let lines = vec!["Testa; Testsson".to_owned(), "Exempelgatan 12".to_owned()];
        let letters = [Letter::of("kopia-A.1.pdf".to_owned(), lines, b"%PDF-1")];
        let stored = serde_json::to_vec(&letters).unwrap();
        for _ in 0..2 {
            assert_eq!(deliver(&address, &stored, None).unwrap(), "kopia-A.csv");
        }
        let list = std::fs::read_to_string(folder.path().join("kopia-A.csv")).unwrap();
        assert!(list.ends_with("kopia-A.1.pdf;Testa  Testsson;Exempelgatan 12\r\n"), "{list}");
        assert_eq!(std::fs::read(folder.path().join("kopia-A.1.pdf")).unwrap(), b"%PDF-1");
        let other = [Letter::of("kopia-A.1.pdf".to_owned(), Vec::new(), b"%PDF-2")];
        let other = serde_json::to_vec(&other).unwrap();
        assert_eq!(deliver(&address, &other, None).unwrap_err().class(), "permanent");
        let far = r#"{"far":true,"name":"kopia-A"}"#;
        assert_eq!(deliver(far, &stored, None).unwrap_err().class(), "permanent");
        assert!(!format!("{:?}", letters[0]).contains("Testa"));
    }
}
