//! A case system inside the program: for the demo and for tests. A notice becomes a file in a folder, or just a known reference.
//!
//! A file `open-cases.json` beside the cases tells who is responsible for whose open case: `{"198501012390": {"name": "…"}}`.
//!
//! It is idempotent by reference: a repeated hand-over gives the first case. A file is written under another name, synced and then
//! renamed, so that a case is there whole or not at all and is found again after a restart.

use crate::case_system::CaseSystem;
use crate::case_system::Found;
use crate::case_system::HandOver;
use crate::case_system::OpenCase;
use crate::case_system::Step;
use crate::case_system::config::MemoryConfig;
use crate::case_system::enclosure::Enclosed;
use crate::case_system::enclosure::Enclosure;
use crate::domain::failure::Failure;
use crate::domain::reference::Reference;
use jiff::civil::Date;
use std::collections::HashMap;
use std::collections::HashSet;
use std::fs;
use std::fs::File;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::PoisonError;

/// Who is responsible for whose open case.
const OPEN_CASES: &str = "open-cases.json";

/// The folder beside the cases in which what was sent about them lies.
const ENCLOSED: &str = "enclosed";

/// The adapter for `kind = "memory"`.
#[derive(Debug)]
pub struct Memory {
    folder: Option<PathBuf>,
    known: Mutex<HashSet<Reference>>,
}

impl Memory {
    /// Opens it; the folder is made with the first case or by [`CaseSystem::probe`].
    pub fn open(config: &MemoryConfig) -> Self {
        Self { folder: config.folder.clone(), known: Mutex::new(HashSet::new()) }
    }

    fn path(&self, reference: &Reference) -> Result<Option<PathBuf>, Failure> {
        let Some(folder) = &self.folder else { return Ok(None) };
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if !reference.as_str().chars().all(plain) {
            return Err(Failure::Permanent("the reference is no file name".to_owned()));
        }
        Ok(Some(folder.join(format!("{reference}.json"))))
    }
}

/// The case's number follows from the reference: `AVH-7K4M-2QX6` becomes `CASE-7K4M-2QX6`.
fn case_id(reference: &Reference) -> String {
    let text = reference.as_str();
    format!("CASE-{}", text.split_once('-').map_or(text, |(_, rest)| rest))
}

#[async_trait::async_trait]
impl CaseSystem for Memory {
    fn target(&self) -> &'static str {
        "memory"
    }

    async fn step(&self, hand_over: &HandOver) -> Result<Step, Failure> {
        let case_id = case_id(&hand_over.reference);
        match self.path(&hand_over.reference)? {
            None => {
                let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
                known.insert(hand_over.reference.clone());
            }
            Some(path) => {
                let content =
                    format!(r#"{{"caseId":"{case_id}","event":{}}}"#, hand_over.event_data());
                blocking(move || write_once(&path, content.as_bytes())).await?;
            }
        }
        Ok(Step::Done { case_id })
    }

    async fn find(&self, hand_over: &HandOver) -> Result<Found, Failure> {
        let there = match self.path(&hand_over.reference)? {
            None => {
                let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
                known.contains(&hand_over.reference)
            }
            Some(path) => blocking(move || path.try_exists()).await?,
        };
        Ok(if there {
            Found::Case { case_id: case_id(&hand_over.reference) }
        } else {
            Found::Nothing
        })
    }

    async fn enclose(&self, enclosure: &Enclosure) -> Result<Enclosed, Failure> {
        let Some(folder) = &self.folder else { return Ok(Enclosed::NotTaken) };
        for document in &enclosure.documents {
            let path = folder.join(ENCLOSED).join(&document.file);
            let bytes = document.bytes.clone();
            blocking(move || write_once(&path, &bytes)).await?;
        }
        Ok(Enclosed::Taken)
    }

    async fn open_case(&self, number: &str, _on: Date) -> Result<Option<OpenCase>, Failure> {
        let Some(path) = self.folder.as_ref().map(|folder| folder.join(OPEN_CASES)) else {
            return Ok(None);
        };
        let text = blocking(move || match fs::read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(b"{}".to_vec()),
            read => read,
        });
        let cases: HashMap<String, OpenCase> = serde_json::from_slice(&text.await?)
            .map_err(|_| Failure::Permanent(format!("{OPEN_CASES} cannot be read")))?;
        Ok(cases.get(number).cloned())
    }

    async fn probe(&self) -> Result<(), Failure> {
        match self.folder.clone() {
            None => Ok(()),
            Some(folder) => blocking(move || fs::create_dir_all(folder)).await,
        }
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Failure> {
    let failed = |text: String| Failure::Transient(format!("the folder of cases: {text}"));
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| failed(error.kind().to_string())),
        Err(_) => Err(failed("the work was interrupted".to_owned())),
    }
}

/// Writes a case unless it is there. The name is taken only by a whole, synced file; two writers of one case write the same.
fn write_once(path: &Path, content: &[u8]) -> io::Result<()> {
    if path.try_exists()? {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let temporary = path.with_extension(format!("{}.tmp", uuid::Uuid::new_v4().simple()));
    let mut file = File::create_new(&temporary)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::Memory;
    use crate::case_system::CaseSystem;
    use crate::case_system::Found;
    use crate::case_system::Step;
    use crate::case_system::config::MemoryConfig;
    use crate::case_system::sample::hand_over;

    #[tokio::test]
    async fn a_case_in_a_folder_is_found_after_a_restart() {
        let folder = tempfile::tempdir().expect("folder");
        let config = MemoryConfig { folder: Some(folder.path().join("cases")) };
        let hand_over = hand_over();
        let first = Memory::open(&config);
        assert_eq!(first.find(&hand_over).await, Ok(Found::Nothing));
        let done = first.step(&hand_over).await;
        assert_eq!(done, Ok(Step::Done { case_id: "CASE-7K4M-2QX6".to_owned() }));
        let second = Memory::open(&config);
        let found = second.find(&hand_over).await;
        assert_eq!(found, Ok(Found::Case { case_id: "CASE-7K4M-2QX6".to_owned() }));
        assert_eq!(second.step(&hand_over).await, done);
        let names: Vec<_> = std::fs::read_dir(folder.path().join("cases"))
            .expect("listing")
            .map(|entry| entry.expect("entry").file_name().into_string().expect("name"))
            .collect();
        assert_eq!(names, ["AVH-7K4M-2QX6.json"]);
        let text = std::fs::read(folder.path().join("cases/AVH-7K4M-2QX6.json")).expect("file");
        let case: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
        assert_eq!(case["caseId"], "CASE-7K4M-2QX6");
        assert_eq!(case["event"]["reference"], "AVH-7K4M-2QX6");
    }

    #[tokio::test]
    async fn without_a_folder_references_are_remembered() {
        let memory = Memory::open(&MemoryConfig::default());
        let hand_over = hand_over();
        assert_eq!(memory.find(&hand_over).await, Ok(Found::Nothing));
        let done = memory.step(&hand_over).await;
        assert_eq!(memory.step(&hand_over).await, done);
        assert!(matches!(memory.find(&hand_over).await, Ok(Found::Case { .. })));
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_made_is_told_without_its_content() {
        let file = tempfile::NamedTempFile::new().expect("file");
        let memory = Memory::open(&MemoryConfig { folder: Some(file.path().join("cases")) });
        let failure = memory.probe().await.expect_err("a file is no folder");
        assert_eq!(failure.class(), "transient");
    }
}
