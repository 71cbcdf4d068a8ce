//! What cannot be taken at all goes to `failed/`, beside a file that tells the partner why and what to do.

use super::Dropped;
use crate::domain::answer::Problem;
use crate::files::disk::Disk;
use crate::files::disk::Files;
use crate::files::identity::Entry;
use crate::files::name::numbered;
use crate::files::name::with_suffix;
use std::ffi::OsStr;
use std::io;
use tokio::time::Instant;
use tracing::error;
use tracing::warn;

/// How many files of one name `failed/` takes.
const NUMBERS: u32 = 10_000;

/// Why a file was not taken.
pub(super) enum Cause {
    TooLarge { limit_bytes: u64 },
    NotAFile,
    NoPermission,
    Refused(Problem),
}

impl Cause {
    fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too-large",
            Self::NotAFile => "not-a-file",
            Self::NoPermission => "no-permission",
            Self::Refused(problem) => problem.kind.as_str(),
        }
    }

    /// The reason file: plain Swedish, then English, without anything from the file.
    fn text(&self) -> String {
        let (orsak, råd, reason, advice) = match self {
            Self::TooLarge { limit_bytes } => (
                format!("Filen är större än gränsen, {limit_bytes} byte."),
                "Dela upp innehållet på flera filer och lägg dem i mappen in.",
                format!("The file is larger than the limit of {limit_bytes} bytes."),
                "Split the content into several files and put them in the folder in.",
            ),
            Self::NotAFile => (
                "Det är en länk eller en specialfil, inte en vanlig fil.".to_owned(),
                "Lägg själva filen i mappen in, inte en länk till den.",
                "It is a link or a special file, not an ordinary file.".to_owned(),
                "Put the file itself in the folder in, not a link to it.",
            ),
            Self::NoPermission => (
                "Filen får inte läsas av mottagaren.".to_owned(),
                "Ge läsrättighet till filen och lägg den i mappen in igen.",
                "The receiver is not allowed to read the file.".to_owned(),
                "Grant permission to read the file and put it in the folder in again.",
            ),
            Self::Refused(problem) => (
                format!("Innehållet kunde inte tas emot: {}", problem.detail),
                "Rätta filen och lägg den i mappen in igen.",
                format!("The content could not be taken: {}", problem.detail),
                "Correct the file and put it in the folder in again.",
            ),
        };
        let code = self.code();
        format!(
            "Filen har INTE tagits emot och räknas inte som inkommen.\nOrsak: {orsak}\n\
             Gör så här: {råd}\n\n\
             The file was NOT received.\nReason: {reason}\nWhat to do: {advice}\n\nkod/code: {code}\n"
        )
    }
}

impl<D: Disk> Dropped<D> {
    /// Puts a file that cannot be taken into `failed/`; where even that is impossible, passes it over.
    pub(super) fn refuse(&self, incoming: &D::Folder, entry: &Entry, cause: &Cause) {
        let (door, code) = (&self.terms.door, cause.code());
        match self.put_in_failed(incoming, &entry.name, cause) {
            Ok(()) => warn!(door, code, "a file could not be taken and was put into failed/"),
            Err(gone) if gone.kind() == io::ErrorKind::NotFound || D::is_away(&gone) => {}
            Err(failed) => self.pass_over(entry, &failed),
        }
    }

    /// Leaves a file where it is, and says so once.
    pub(super) fn pass_over(&self, entry: &Entry, why: &io::Error) {
        if self.memory().passed_over.add(entry, Instant::now()) {
            let door = &self.terms.door;
            error!(
                door,
                error = %why,
                "a file in a drop folder can neither be read nor be put into failed/ and is passed over"
            );
        }
    }

    /// Puts it there with its reason.
    pub(super) fn put_in_failed(
        &self,
        incoming: &D::Folder,
        name: &OsStr,
        cause: &Cause,
    ) -> io::Result<()> {
        let failed = self.disk.open(&self.terms.paths.failed)?;
        put_with_reason::<D>(incoming, name, &failed, cause.text().as_bytes())
    }
}

/// The reason is written first, so that no file lies in `failed/` without one; it goes again where no file followed.
fn put_with_reason<D: Disk>(
    incoming: &D::Folder,
    name: &OsStr,
    failed: &D::Folder,
    text: &[u8],
) -> io::Result<()> {
    for number in 1..NUMBERS {
        let candidate = numbered(name, number);
        let reason = with_suffix(&candidate, ".reason.txt");
        if failed.look(&candidate)?.is_some() || !write_reason(failed, &reason, text)? {
            continue;
        }
        let moved = incoming.move_exactly(name, failed, &candidate);
        if let Err(refused) = &moved
            && !D::is_away(refused)
            && failed.look(&candidate)?.is_none()
        {
            failed.remove(&reason)?;
        }
        if moved? {
            failed.sync()?;
            return incoming.sync();
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Answers `false` when the name belongs to something else; the same text left by an interrupted try counts as written.
fn write_reason(failed: &impl Files, name: &OsStr, text: &[u8]) -> io::Result<bool> {
    let written = failed.put_new(name, text)?;
    Ok(written || failed.read(name, text.len() as u64).is_ok_and(|(there, _)| there == text))
}

#[cfg(test)]
mod tests {
    use super::Cause;
    use super::put_with_reason;
    use crate::files::disk::LocalDisk;
    use crate::files::folder::Folder;
    use std::ffi::OsStr;

    #[test]
    fn a_reason_says_in_two_languages_what_is_wrong_and_what_to_do() {
        for cause in [Cause::TooLarge { limit_bytes: 7 }, Cause::NotAFile, Cause::NoPermission] {
            let text = cause.text();
            for part in ["INTE", "Orsak: ", "Gör så här: ", "NOT", "Reason: ", "What to do: "] {
                assert!(text.contains(part), "{text}");
            }
        }
    }

    #[test]
    fn no_reason_is_left_for_a_file_that_could_not_be_moved() {
        let dir = tempfile::tempdir().unwrap();
        let [incoming, failed] =
            ["in", "failed"].map(|name| Folder::open_or_create(&dir.path().join(name)).unwrap());
        let put = || put_with_reason::<LocalDisk>(&incoming, OsStr::new("a"), &failed, b"why");
        assert_eq!(put().unwrap_err().kind(), std::io::ErrorKind::NotFound);
        assert!(failed.list(|_| true).unwrap().is_empty());
        std::fs::write(dir.path().join("in/a"), "x").unwrap();
        put().unwrap();
        let mut names: Vec<_> =
            failed.list(|_| true).unwrap().into_iter().map(|entry| entry.name).collect();
        names.sort();
        assert_eq!(names, ["a", "a.reason.txt"]);
    }
}
