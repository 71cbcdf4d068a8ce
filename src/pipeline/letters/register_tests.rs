//! Tests of the register of protected persons: what it reads, when it answers nothing, and that a change is seen.

use super::RegisterFault;
use super::RegisterFile;
use super::stamp;
use super::steady;
use crate::clock::Clock;
use crate::domain::notice::Notice;
use crate::domain::person_id::PersonIdentity;
use crate::pipeline::letters::protection::ProtectionSource;
use crate::pipeline::letters::protection::Sources;
use crate::store::Protection;
use jiff::SignedDuration;
use jiff::civil::date;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

const HER: &str = "198501012382";
const HIM: &str = "198501012390";

fn file(folder: &Path, text: &str) -> RegisterFile {
    let path = folder.join("protected.csv");
    write(&path, text);
    RegisterFile::new(path, SignedDuration::from_hours(36), &Clock::system())
}

fn write(path: &Path, text: &str) {
    // Under another name first, as whoever exports it should.
    let temporary = path.with_extension("new");
    std::fs::write(&temporary, text).unwrap();
    std::fs::set_permissions(&temporary, std::fs::Permissions::from_mode(0o640)).unwrap();
    std::fs::rename(&temporary, path).unwrap();
}

async fn answer(register: &RegisterFile, number: &str) -> Protection {
    register.ask(&PersonIdentity::read(number, date(2026, 11, 3)).0).await
}

#[tokio::test]
async fn every_usual_form_of_the_list_is_read() {
    let folder = tempfile::tempdir().unwrap();
    for text in [
        "198501012382\n",
        "19850101-2382\n",
        "\u{feff}personnummer;namn\r\n850101-2382;hemligt\r\n",
        "\"198501012382\",x\n\n# a remark\n",
        "[\"198501012382\"]",
        "[{\"id\": \"19850101-2382\", \"since\": \"2026-01-01\"}]",
    ] {
        let register = file(folder.path(), text);
        assert_eq!(answer(&register, HER).await, Protection::Protected, "{text}");
        assert_eq!(answer(&register, HIM).await, Protection::NotProtected, "{text}");
    }
}

#[tokio::test]
async fn what_cannot_be_trusted_whole_answers_nothing_about_anybody() {
    let folder = tempfile::tempdir().unwrap();
    for (text, problem) in [
        ("", "no number"),
        ("personnummer\n", "no number"),
        ("[]", "no number"),
        ("198501012382\n198501012391\n", "entry 2"),
        ("198501012382\nTesta Testsson 12\n", "entry 2"),
        ("[\"198501012382\", 7]", "entry 2"),
        ("[\"198501012382\"", "no list"),
    ] {
        let register = file(folder.path(), text);
        assert_eq!(answer(&register, HER).await, Protection::Unknown, "{text}");
        let told = register.numbers().unwrap_err().to_string();
        assert!(told.contains(problem) && !told.contains("Testa"), "{text}: {told}");
    }
    let register = file(folder.path(), HER);
    let path = folder.path().join("protected.csv");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(register.numbers().unwrap_err().to_string().contains("others"));
    std::fs::remove_file(&path).unwrap();
    assert_eq!(answer(&register, HIM).await, Protection::Unknown, "no file");
    let tomorrow = Clock::fixed(Clock::system().now() + SignedDuration::from_hours(40));
    write(&path, HER);
    let old = RegisterFile::new(path, SignedDuration::from_hours(36), &tomorrow);
    assert_eq!(answer(&old, HER).await, Protection::Unknown, "an old list");
}

#[tokio::test]
async fn a_changed_list_is_in_use_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let register = file(folder.path(), HER);
    assert_eq!(answer(&register, HIM).await, Protection::NotProtected);
    write(&folder.path().join("protected.csv"), &format!("{HER}\n{HIM}\n"));
    assert_eq!(answer(&register, HIM).await, Protection::Protected);
    write(&folder.path().join("protected.csv"), HIM);
    assert_eq!(answer(&register, HER).await, Protection::NotProtected);
}

/// Says the same of everybody, or of one number.
struct Says(Option<&'static str>, Protection);

#[async_trait::async_trait]
impl ProtectionSource for Says {
    fn name(&self) -> &'static str {
        "says"
    }

    async fn ask(&self, identity: &PersonIdentity) -> Protection {
        let named = self.0.is_none_or(|number| identity.digits12() == Some(number));
        if named { self.1 } else { Protection::NotProtected }
    }
}

fn household(text: &str) -> Notice {
    let notice = serde_json::json!({
        "schemaVersion": "1.0", "type": "evictionScheduled", "text": text,
        "persons": [
            { "role": "tenant", "identity": { "kind": "personalIdentityNumber", "value": HIM } },
            { "role": "child", "identity": { "kind": "personalIdentityNumber", "value": "201601022385" } },
            { "role": "occupant" },
        ],
    });
    serde_json::from_value(notice).unwrap()
}

#[tokio::test]
async fn one_word_of_protection_is_enough_and_all_must_say_no() {
    use Protection::NotProtected;
    use Protection::Protected;
    use Protection::Unknown;
    let asked = async |sources: Vec<Says>, text: &str| {
        let sources = sources.into_iter().map(|it| Box::new(it) as Box<dyn ProtectionSource>);
        Sources::from(sources.collect::<Vec<_>>()).ask(&household(text)).await
    };
    let no = || Says(None, NotProtected);
    assert_eq!(asked(vec![], "").await.answer, Unknown);
    assert_eq!(asked(vec![], "").await.sources, "none=unknown");
    assert_eq!(asked(vec![no()], "").await.answer, NotProtected);
    assert_eq!(asked(vec![no(), Says(None, Unknown)], "").await.answer, Unknown);
    assert_eq!(asked(vec![no(), Says(Some(HIM), Protected)], "").await.answer, Protected);
    let child = asked(vec![no(), Says(Some("201601022385"), Protected)], "").await;
    assert_eq!(child.answer, Protected, "a protected child lives at the same address");
    assert_eq!(child.sources, "says=notProtected says=protected");
    let child = asked(vec![Says(Some("201601022385"), Unknown)], "").await;
    assert_eq!(child.answer, NotProtected, "no letter goes to the child");
    let hinted = asked(vec![no()], "Skyddad adress").await;
    assert_eq!((hinted.answer, hinted.sources.as_str()), (Protected, "notice=protected"));
}

#[test]
fn what_was_written_while_it_was_read_answers_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("protected.csv");
    write(&path, "198501012382\n198501012390\n");
    let before = stamp(&std::fs::metadata(&path).unwrap());
    let read = |path: &Path| std::fs::read_to_string(path);
    assert!(steady(&path, &before, read).is_ok());
    let half = steady(&path, &before, |path| {
        let text = std::fs::read_to_string(path)?;
        std::fs::write(path, "198501012382\n")?;
        Ok(text)
    });
    assert!(matches!(half, Err(RegisterFault::Changing)));
}
