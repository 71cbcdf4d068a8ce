//! What the files of a bundle say must agree: the journal's lines with their hashes, the receipts with their signatures and with
//! what arrived.

use super::CHAIN;
use super::JOURNAL;
use super::ORIGINAL;
use super::RECEIPTS;
use super::journal::ChainState;
use super::journal::JournalLine;
use super::manifest::Manifest;
use super::report::Fault;
use super::report::Remark;
use super::report::Report;
use super::report::shown;
use crate::domain::digest::Digest;
use crate::domain::reference::Reference;
use crate::seal::canonical;
use crate::seal::jwk::JwkSet;
use crate::seal::jws::Refusal;
use crate::seal::receipt;
use serde_json::Value;
use std::collections::BTreeMap;

/// Says so when what arrived is not inside.
pub(super) fn originals(manifest: &Manifest, report: &mut Report) {
    if digests_of_originals(manifest).is_empty() {
        report.remarks.push(Remark::NoOriginal);
    }
}

fn digests_of_originals(manifest: &Manifest) -> Vec<Digest> {
    let originals = manifest.entries.iter().filter(|entry| entry.path.starts_with(ORIGINAL));
    originals.map(|entry| entry.sha256).collect()
}

/// Each line of the journal by itself, its place among the others, and the state of the chain.
pub(super) fn journal(manifest: &Manifest, by_name: &BTreeMap<&str, &[u8]>, report: &mut Report) {
    let (text, state) = match (by_name.get(JOURNAL), by_name.get(CHAIN)) {
        (Some(text), Some(state)) => (*text, *state),
        (None, None) => return report.remarks.push(Remark::NoJournal),
        (Some(_), None) | (None, Some(_)) => return report.faults.push(Fault::Chain),
    };
    let mut last: Option<JournalLine> = None;
    for (at, text) in text.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let Some(line) = read_line(text) else {
            return report.faults.push(Fault::JournalLine(at + 1));
        };
        match fault_of(&line, last.as_ref(), manifest) {
            Some(fault) => report.faults.push(fault(at + 1)),
            None => report.journal_lines += 1,
        }
        last = Some(line);
    }
    chain(state, last.as_ref(), report);
}

fn read_line(text: &[u8]) -> Option<JournalLine> {
    serde_json::from_slice(text.strip_suffix(b"\n")?).ok()
}

fn fault_of(
    line: &JournalLine,
    last: Option<&JournalLine>,
    manifest: &Manifest,
) -> Option<fn(usize) -> Fault> {
    if !line.hash_fits() {
        return Some(Fault::JournalHash);
    }
    let entry = canonical::parse(line.entry.as_bytes()).unwrap_or_default();
    let about = entry.get("reference").and_then(Value::as_str).and_then(Reference::parse);
    let is_ours = about.is_some_and(|reference| manifest.covers(&reference));
    if !is_ours || entry.get("seq").and_then(Value::as_i64) != Some(line.seq) {
        return Some(Fault::JournalForeign);
    }
    let follows = last.is_none_or(|last| {
        line.seq > last.seq && (line.seq != last.seq + 1 || line.previous == last.hash)
    });
    let begins = line.seq != 1 || line.previous.as_bytes() == &[0; 32];
    (!follows || !begins).then_some(Fault::JournalOrder)
}

fn chain(state: &[u8], last: Option<&JournalLine>, report: &mut Report) {
    let Ok(state) = serde_json::from_slice::<ChainState>(state) else {
        return report.faults.push(Fault::Chain);
    };
    let fits = last.is_none_or(|last| {
        last.seq < state.seq || (last.seq == state.seq && last.hash == state.hash)
    });
    if !fits {
        report.faults.push(Fault::Chain);
    }
    if !state.holds {
        report.faults.push(Fault::ChainBroken);
    }
}

/// The JSON receipts: signed by a key of `keys`, of this message, for what arrived.
pub(super) fn receipts(
    manifest: &Manifest,
    by_name: &BTreeMap<&str, &[u8]>,
    keys: &JwkSet,
    report: &mut Report,
) {
    let originals = digests_of_originals(manifest);
    let mut found = false;
    let is_receipt = |path: &str| path.starts_with(RECEIPTS) && path.ends_with(".json");
    for entry in manifest.entries.iter().filter(|entry| is_receipt(&entry.path)) {
        let Some(text) = by_name.get(entry.path.as_str()) else { continue };
        found = true;
        let path = shown(&entry.path);
        let read = canonical::parse(text).map_err(|_| Refusal::NotCanonical);
        let held = read.and_then(|value| Ok((receipt::verify(&value, keys)?, value)));
        let (signature, value) = match held {
            Ok(held) => held,
            Err(refusal) => {
                report.faults.push(Fault::Receipt { path, refusal });
                continue;
            }
        };
        if let Some(at) = signature.key_revoked_at {
            report.remarks.push(Remark::KeyRevoked { path: path.clone(), at });
        }
        let Some((reference, sha256)) = receipt::subject(&value) else {
            report.faults.push(Fault::ReceiptOfAnother(path));
            continue;
        };
        if !manifest.covers(&reference) {
            report.faults.push(Fault::ReceiptOfAnother(path));
        } else if !originals.is_empty() && !originals.contains(&sha256) {
            report.faults.push(Fault::ReceiptContent(path));
        } else {
            report.receipts += 1;
        }
    }
    if !found {
        report.remarks.push(Remark::NoReceipt);
    }
}
