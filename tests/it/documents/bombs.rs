//! Documents that can only be survived in a process of their own: memory, time, stack and output run out in the child, never here.

use super::fixture;
use super::read;
use super::sandbox;
use bytes::Bytes;
use kvittens::domain::document::Content;
use kvittens::domain::document::Outcome;
use kvittens::domain::document::Refusal;
use kvittens::domain::received::Format;
use kvittens::sandbox::Config;
use std::io::Cursor;
use std::io::Read as _;
use std::io::Write as _;
use std::time::Duration;
use std::time::Instant;
use zip::ZipArchive;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MEGABYTE: u64 = 1024 * 1024;

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a file");
        zip.write_all(content).expect("its content");
    }
    zip.finish().expect("an archive").into_inner()
}

/// So many zero bytes in zlib's format (RFC 1950), which PDF streams have.
fn zlib_of_zeros(count: usize) -> Vec<u8> {
    let archive = zipped(&[("x", &vec![0; count])]);
    let mut zip = ZipArchive::new(Cursor::new(archive)).expect("an archive");
    let mut deflated = Vec::new();
    zip.by_index_raw(0).expect("a file").read_to_end(&mut deflated).expect("its bytes");
    let adler = (u32::try_from(count % 65_521).expect("small") << 16) | 1;
    [&[0x78, 0x9c], deflated.as_slice(), &adler.to_be_bytes()].concat()
}

/// A PDF of these objects, numbered from 1; the first is the catalog.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut raw = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(raw.len());
        raw.extend(format!("{} 0 obj\n", at + 1).bytes());
        raw.extend(object);
        raw.extend(b"\nendobj\n");
    }
    let start = raw.len();
    raw.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    raw.extend(places.iter().flat_map(|place| format!("{place:010} 00000 n \n").into_bytes()));
    let size = objects.len() + 1;
    raw.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").bytes());
    raw
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<<{dictionary}/Length {}>>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

/// A PDF of one page that begins with object 4, the page's content; `forms` are 5, 6, ….
fn page(resources: &str, content: Vec<u8>, forms: Vec<Vec<u8>>) -> Vec<u8> {
    let page = format!(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<<{resources}>>/Contents 4 0 R>>"
    );
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.into_bytes(),
        content,
    ];
    objects.extend(forms);
    pdf(&objects)
}

/// A page that draws itself for ever: the stack ends.
fn endless() -> Vec<u8> {
    let form = stream("/Type/XObject/Subtype/Form/Resources<</XObject<</A 5 0 R>>>>", b"/A Do");
    page("/XObject<</A 5 0 R>>", stream("", b"/A Do"), vec![form])
}

/// Sixty forms, each drawing the next one twice.
fn doubling() -> Vec<u8> {
    let form = |at: usize| {
        let inside =
            format!("/Type/XObject/Subtype/Form/Resources<</XObject<</A {} 0 R>>>>", at + 1);
        stream(&inside, b"/A Do /A Do")
    };
    let forms = (5..65).map(form).chain([stream("/Type/XObject/Subtype/Form", b"")]).collect();
    page("/XObject<</A 5 0 R>>", stream("", b"/A Do"), forms)
}

#[tokio::test]
async fn memory_ends_in_the_child() {
    let content = stream("/Filter/FlateDecode", &zlib_of_zeros(600 * MEGABYTE as usize));
    let bomb = Bytes::from(page("", content, Vec::new()));
    assert!(bomb.len() < 4_000_000, "{}", bomb.len());
    let sandbox = sandbox(Config { memory_bytes: 384 * MEGABYTE, ..Config::default() });
    let before = resident_bytes();
    assert_eq!(read(&sandbox, Format::Pdf, &bomb).await, Outcome::TooMuch);
    assert!(resident_bytes() < before + 100 * MEGABYTE, "it was this process that unpacked it");
    // The document itself may be more than the child may hold.
    let large = Bytes::from(vec![b'%'; 400 * MEGABYTE as usize]);
    assert_eq!(read(&sandbox, Format::Pdf, &large).await, Outcome::TooMuch);
    // What is modest is read within the same limit.
    let letter = read(&sandbox, Format::Pdf, &fixture("letter.pdf")).await;
    assert!(matches!(letter, Outcome::Done(_)), "{letter:?}");
}

fn resident_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("of Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a line");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") * 1024
}

#[tokio::test]
async fn time_ends_in_the_child() {
    let sandbox = sandbox(Config { cpu_seconds: 1, wall_seconds: 60, ..Config::default() });
    let began = Instant::now();
    assert_eq!(read(&sandbox, Format::Pdf, &doubling().into()).await, Outcome::TimedOut);
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
}

#[tokio::test]
async fn the_stack_ends_in_the_child() {
    let sandbox = sandbox(Config::default());
    assert_eq!(read(&sandbox, Format::Pdf, &endless().into()).await, Outcome::Crashed);
}

#[tokio::test]
async fn an_answer_is_never_longer_than_it_may_be() {
    let sandbox = sandbox(Config { answer_bytes: 300, ..Config::default() });
    let outcome = read(&sandbox, Format::Xlsx, &fixture("rents.xlsx")).await;
    assert_eq!(outcome, Outcome::Refused(Refusal::TooMuch));
}

#[tokio::test]
async fn one_bad_file_in_an_archive_does_not_cost_the_others() {
    let letter = fixture("letter.pdf");
    let files: &[(&str, &[u8])] =
        &[("a.pdf", &letter), ("b.pdf", &endless()), ("c.txt", b"Exempelgatan 12")];
    let sandbox = sandbox(Config::default());
    let outcome = read(&sandbox, Format::Zip, &zipped(files).into()).await;
    let Outcome::Done(archive) = outcome else { panic!("{outcome:?}") };
    let contents: Vec<&Content> = archive.entries.iter().map(|entry| &entry.content).collect();
    let [Content::Document(first), second, Content::Document(third)] = contents.as_slice() else {
        panic!("{contents:?}")
    };
    assert!(first.text.contains("Testa Testsson"));
    assert_eq!(**second, Content::Skipped("crashed".to_owned()));
    assert_eq!(third.text, "Exempelgatan 12");
    let only = zipped(&[("b.pdf", &endless())]).into();
    assert_eq!(read(&sandbox, Format::Zip, &only).await, Outcome::Crashed);
}
