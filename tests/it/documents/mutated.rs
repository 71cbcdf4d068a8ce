//! Thousands of damaged documents, one child each: not one of them may cost more than its child. Run by hand:
//! `cargo test --release --test it documents::mutated -- --ignored --nocapture`.

use super::fixture;
use super::sandbox;
use bytes::Bytes;
use futures::StreamExt as _;
use kvittens::domain::document::Outcome;
use kvittens::domain::received::Format;
use kvittens::sandbox::Config;
use std::collections::BTreeMap;
use std::time::Duration;
use std::time::Instant;

const DOCUMENTS: u64 = 10_000;

const SEEDS: [(&str, Format); 9] = [
    ("letter.pdf", Format::Pdf),
    ("letter-truetype.pdf", Format::Pdf),
    ("form.pdf", Format::Pdf),
    ("landscape.pdf", Format::Pdf),
    ("encrypted-without-password.pdf", Format::Pdf),
    ("scanned.pdf", Format::Pdf),
    ("letter.docx", Format::Docx),
    ("rents.xlsx", Format::Xlsx),
    ("archive.zip", Format::Zip),
];

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from(mixed ^ (mixed >> 31)).unwrap_or_default() % end.max(1)
    }
}

/// Bytes changed, pieces cut out, repeated, moved, numbers made large.
fn mutated(raw: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut raw = raw.to_vec();
    for _ in 0..=dice.below(8) {
        let (at, length) = (dice.below(raw.len()), 1 + dice.below(64));
        let end = (at + length).min(raw.len());
        match dice.below(6) {
            0 => raw[at] = u8::try_from(dice.below(256)).unwrap_or_default(),
            1 => drop(raw.drain(at..end)),
            2 => {
                let piece = raw[at..end].to_vec();
                let to = dice.below(raw.len());
                raw.splice(to..to, piece);
            }
            3 => raw[at] ^= 1 << dice.below(8),
            4 if dice.below(8) == 0 => raw.truncate(at),
            _ => {
                let digit = raw.iter().skip(at).position(u8::is_ascii_digit);
                if let Some(found) = digit {
                    raw[at + found] = b'9';
                }
            }
        }
        if raw.is_empty() {
            raw.push(b'%');
        }
    }
    raw
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "ten thousand processes take minutes; run by hand"]
async fn ten_thousand_damaged_documents_cost_no_more_than_their_children() {
    let config = Config { cpu_seconds: 5, wall_seconds: 30, ..Config::default() };
    let sandbox = sandbox(config);
    let seeds: Vec<(&str, Format, Bytes)> =
        SEEDS.map(|(name, format)| (name, format, fixture(name))).into();
    let began = Instant::now();
    let readings = (0..DOCUMENTS).map(|number| {
        let mut dice = Dice(number);
        let (name, format, raw) = &seeds[dice.below(seeds.len())];
        let (raw, sandbox, format) =
            (Bytes::from(mutated(raw, &mut dice)), sandbox.clone(), *format);
        async move {
            let began = Instant::now();
            let outcome = sandbox.read(format, &raw).await.expect("a child process");
            (*name, number, outcome, began.elapsed())
        }
    });
    let mut counts: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let mut slowest = Duration::ZERO;
    let mut readings = futures::stream::iter(readings).buffer_unordered(2);
    while let Some((name, number, outcome, took)) = readings.next().await {
        let word = outcome.fault().unwrap_or("read");
        *counts.entry((name, word)).or_default() += 1;
        slowest = slowest.max(took);
        if matches!(outcome, Outcome::TimedOut | Outcome::TooMuch) {
            println!("{name} {number}: {word} after {took:?}");
        }
    }
    for ((name, word), count) in &counts {
        println!("{name:32} {word:12} {count}");
    }
    println!("{DOCUMENTS} documents in {:?}, the slowest in {slowest:?}", began.elapsed());
    assert!(slowest < Duration::from_secs(40));
}
