//! What the reader makes of the labelled messages in `tests/fixtures/reading`: precision and recall by field and by style, the worst printed.
//! `KVITTENS_TEST_READING` names another folder to score.

mod score;

use std::path::Path;
use std::path::PathBuf;

use bytes::Bytes;
use kvittens::domain::calendar::LocalTime;
use kvittens::domain::thresholds::Thresholds;
use kvittens::normalize;
use kvittens::normalize::Context;
use kvittens::normalize::Disposition;
use kvittens::normalize::Limits;
use kvittens::normalize::ReadNotice;
use kvittens::pipeline::documents::documents_of;
use kvittens::sandbox::Config;
use kvittens::sandbox::Sandbox;
use serde_json::Value;

use crate::support::servers::value;
use score::Score;

/// What each field has reached, precision and recall: less is a step back. The aims are higher.
const FLOORS: &[(&str, f64, f64)] = &[
    ("type", 0.97, 0.97),
    ("identity", 0.99, 0.98),
    ("name", 0.97, 0.92),
    ("street", 0.98, 0.96),
    ("postalCode", 0.99, 0.97),
    ("amount", 0.97, 0.94),
    ("period", 0.94, 0.95),
    ("issuedOn", 0.96, 0.98),
    ("caseNumber", 0.99, 0.96),
    ("startsAt", 0.97, 0.95),
    ("children", 0.95, 0.93),
    ("senderKind", 0.95, 0.96),
    ("organisation", 0.99, 0.98),
];

/// The styles that came last, and that the reader reads less well than those it has known longer.
const NEWEST: &[&str] = &[
    "blandlada-tolv",
    "bokforingsbyran-flikar",
    "dikterat-par",
    "elhandlare-rader",
    "erp-utdrag",
    "familjebolaget-trio",
    "fastighetsskotare-ocr",
    "godskontor",
    "gransvardar",
    "kfm-boxar",
    "kfm-word",
    "kontaktcenter-tabell",
    "lang-trad",
    "manadskolumner",
    "notarie-mellanrader",
    "riksvida-export",
    "sekreterare-brf",
    "stiftelsen-hostro",
    "surfplatta-marit",
    "trappan-andrahand",
    "tre-hyressystem",
    "tummad-telefon",
    "veckobunt-indrivning",
    "webbformular",
];

/// What all styles together have reached.
const WITH_NEWEST: &[(&str, f64, f64)] = &[
    ("type", 0.97, 0.95),
    ("identity", 0.99, 0.97),
    ("name", 0.97, 0.90),
    ("street", 0.98, 0.93),
    ("postalCode", 0.99, 0.95),
    ("amount", 0.97, 0.92),
    ("period", 0.94, 0.93),
    ("issuedOn", 0.97, 0.94),
    ("caseNumber", 0.99, 0.96),
    ("startsAt", 0.97, 0.92),
    ("children", 0.95, 0.90),
    ("senderKind", 0.94, 0.93),
    ("organisation", 0.99, 0.97),
];

/// The styles that came after those.
const NEXT: &[&str] = &[
    "advokat-fingerhjelm",
    "advokat-kajplats",
    "advokat-tallmo-inlaga",
    "advokat-zippade-akter",
    "avskrift-fran-disken",
    "blandad-funktionslada",
    "bostadsbolag-hyra24",
    "brev-fran-smaholmarna",
    "brf-kurhotellet-protokoll",
    "brf-latsasfyren-blankett",
    "brf-protokollsutdrag",
    "brf-tjadern-dikterat",
    "byforvaltaren-loggbok",
    "dikterat-i-bilen",
    "domstolar-dagbok",
    "ekorren-forvaltning",
    "elnat-kronljuset",
    "fastighetsab-veckolista",
    "fastighetskontoret-genomgang",
    "fiktivfors-elforening",
    "fiskelaget-hamnlag",
    "forvaltare-arendelogg",
    "forvaltning-exempelbo-word",
    "funktionsbrevlada-storstad",
    "godset-fastighetssystem",
    "hyresnamnd-exempelstad",
    "hyresnamnd-tingsratt",
    "hyresnamnden-skogslanet",
    "hyresvard-gosta",
    "hyrplattan-json",
    "inkasso-provinkassering-pdf",
    "inkassokvarnen-omvand",
    "inlada-granskog-blandat",
    "kfm-avisering-xml",
    "kfm-formellt-brev",
    "kfm-forrattningsplan",
    "kfm-handlaggare-outlook",
    "kfm-kontor-formular",
    "kfm-kustturen",
    "kfm-reslista-inland",
    "kommun-internt-vidare",
    "kommunens-kajkontor",
    "kravstugan-export",
    "kronofogden-fragor-svar",
    "kronofogden-sdk-xml",
    "kustinkasso-postfil",
    "kustkontorets-blandpost",
    "latsaker-kollegors-lappar",
    "latsakersbostader-kolumner",
    "pahittebruk-aktiebolag",
    "privat-rumsuthyrare-mobil",
    "robot-fastighetsflode",
    "skarelen-kooperativ",
    "storstadsel-bortkoppling",
    "studentbostader-arende",
];

/// What all styles together have reached, those of `NEXT` with them.
const WITH_NEXT: &[(&str, f64, f64)] = &[];

/// One labelled message.
struct Labelled {
    style: String,
    name: String,
    path: PathBuf,
    label: Value,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_labelled_messages_are_read_as_a_person_reads_them() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reading");
    let folder = value("KVITTENS_TEST_READING").map_or(own, PathBuf::from);
    let messages = labelled(&folder);
    assert!(!messages.is_empty(), "no labelled messages in {}", folder.display());
    let local_time = LocalTime::named("Europe/Stockholm").unwrap();
    let sandbox = Sandbox::of(env!("CARGO_BIN_EXE_kvittens").into(), Config::default());
    // As the profiles show them.
    let thresholds =
        Thresholds { kind: 0.95, identity: 0.95, address: 0.95, amount: 0.95, time: 0.95 };
    // What is held out is scored and never shown: nobody works on the reader by it.
    let shown = !folder.to_string_lossy().contains("held-out");
    let mut score = Score::of(shown);
    let (mut known, mut older) = (Score::of(false), Score::of(false));
    for message in &messages {
        let raw = Bytes::from(std::fs::read(&message.path).unwrap());
        let received_at = message.label["receivedAt"].as_str().and_then(|at| at.parse().ok());
        let name = message.path.file_name().and_then(|name| name.to_str());
        let format = normalize::detect(&raw, name);
        let documents = documents_of(&raw, format, &sandbox, Limits::default()).await;
        let context = Context {
            received_at: received_at.expect("a time of arrival"),
            local_time: &local_time,
            limits: Limits::default(),
            robot: false,
            documents: Some(&documents.expect("the sandbox works")),
            labels: None,
            thresholds: Some(&thresholds),
        };
        let reading = normalize::read_leniently(format, &raw, &context);
        let read: Vec<Value> = reading.notices.iter().filter_map(notice).collect();
        let by_itself = reading.notices.iter().all(|one| one.disposition == Disposition::Register);
        let next = NEXT.contains(&message.style.as_str());
        let newest = next || NEWEST.contains(&message.style.as_str());
        let known = (!next).then_some(&mut known);
        let older = (!newest).then_some(&mut older);
        for score in [Some(&mut score), known, older].into_iter().flatten() {
            score.add(&message.style, &message.name, &message.label, &read, by_itself);
        }
    }
    println!("{score}");
    if value("KVITTENS_TEST_READING").is_none() {
        let missed =
            [older.below(FLOORS), known.below(WITH_NEWEST), score.below(WITH_NEXT)].concat();
        assert!(missed.is_empty(), "{missed:?}");
    }
}

/// A notice as JSON; `None` for what is said to be none.
fn notice(read: &ReadNotice) -> Option<Value> {
    match read.disposition {
        Disposition::NotNotice { .. } => None,
        Disposition::Register | Disposition::NeedsReview => serde_json::to_value(&read.notice).ok(),
    }
}

fn labelled(folder: &Path) -> Vec<Labelled> {
    let entries = |folder: &Path| -> Vec<PathBuf> {
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .collect();
        paths.sort();
        paths
    };
    let mut found = Vec::new();
    for style in entries(folder) {
        for path in entries(&style) {
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            let Some(stem) = name.strip_suffix(".label.json") else { continue };
            let message = entries(&style)
                .into_iter()
                .find(|other| other.file_stem().is_some_and(|other| other == stem));
            let label = serde_json::from_str(&std::fs::read_to_string(&path).unwrap());
            found.push(Labelled {
                style: style.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                name: stem.to_owned(),
                path: message.unwrap_or_else(|| panic!("no message beside {}", path.display())),
                label: label.unwrap_or_else(|why| panic!("{}: {why}", path.display())),
            });
        }
    }
    found
}
