//! The letters that notices lead to, read by tools that did not write them: pikepdf walks the structure tree, poppler reads text,
//! fonts and tags (`tests/letters/check.py`), veraPDF checks the standards (`tests/letters/verapdf`). Said to be skipped where those are not installed.

mod samples;

use crate::support::servers::say_skipped;
use crate::support::servers::value;
use kvittens::letter::render;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

/// Where the samples are written: for the tools, and for people who want to look at them.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("letters")
}

/// Under `tests/run` the tools must be there.
fn skipped(reason: &str) {
    let required = value("KVITTENS_TEST_REQUIRE").as_deref() == Some("1");
    assert!(!required, "{reason}; run tests/run");
    say_skipped(reason);
}

#[test]
fn independent_tools_read_the_letters_as_they_are_meant() {
    let folder = folder();
    fs::create_dir_all(&folder).unwrap();
    for (name, letter) in samples::letters() {
        let bytes = render(&letter).unwrap();
        assert!(bytes.len() < 100_000, "{name}: {} bytes", bytes.len());
        fs::write(folder.join(format!("{name}.pdf")), bytes).unwrap();
        fs::write(folder.join(format!("{name}.txt")), samples::expected(&letter)).unwrap();
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/letters/check.py");
    // Debian's own Python has Debian's pikepdf, also where another Python comes first.
    let run = |python: &&str| Command::new(python).arg(script).arg(&folder).output().ok();
    let runs = ["python3", "/usr/bin/python3"].iter().filter_map(run);
    let Some(checked) = runs.into_iter().find(|run| run.status.code() != Some(77)) else {
        return skipped("python3 with pikepdf, or poppler, is not there");
    };
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(checked.status.success(), "{said}\n{}", String::from_utf8_lossy(&checked.stderr));
    println!("{}", said.trim());
    verapdf_finds_nothing(&folder);
}

/// All that a machine can check of PDF/UA-1 and PDF/A-2a; and it does find what is wrong.
fn verapdf_finds_nothing(folder: &Path) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/letters/verapdf");
    let files: Vec<PathBuf> =
        samples::letters().iter().map(|(name, _)| folder.join(format!("{name}.pdf"))).collect();
    let checked = Command::new(script).args(&files).output().unwrap();
    if checked.status.code() == Some(77) {
        return say_skipped("veraPDF is not there");
    }
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(checked.status.success(), "{said}\n{}", String::from_utf8_lossy(&checked.stderr));
    assert_eq!(said.matches(": holds, ").count(), 2 * files.len(), "{said}");
    // The same letter without its language, its title shown, or what marks it as tagged.
    for missing in ["Lang", "ViewerPreferences", "MarkInfo"] {
        let mut letter = lopdf::Document::load(&files[0]).unwrap();
        let root = letter.trailer.get(b"Root").and_then(lopdf::Object::as_reference).unwrap();
        letter.get_object_mut(root).unwrap().as_dict_mut().unwrap().remove(missing.as_bytes());
        let broken = folder.join("broken");
        fs::create_dir_all(&broken).unwrap();
        let broken = broken.join(format!("without-{missing}.pdf"));
        letter.save(&broken).unwrap();
        let checked = Command::new(script).arg(&broken).output().unwrap();
        let said = String::from_utf8_lossy(&checked.stdout);
        assert!(!checked.status.success() && said.contains("BROKEN"), "{missing}: {said}");
    }
}
