//! The check of a bundle: needs the file, and better the municipality's public keys got from elsewhere; nothing more.

use super::KEYS;
use super::Limits;
use super::MANIFEST;
use super::SIGNATURE;
use super::archive;
use super::archive::Stored;
use super::archive::Unreadable;
use super::check;
use super::manifest::Manifest;
use super::report::Fault;
use super::report::Remark;
use super::report::Report;
use super::report::Signer;
use super::report::shown;
use crate::domain::digest::Digest;
use crate::seal::canonical;
use crate::seal::jwk::JwkSet;
use crate::seal::jws;
use crate::seal::jws::Purpose;
use crate::seal::jws::Refusal;
use serde_json::Value;
use std::collections::BTreeMap;

/// Checks a bundle. `trusted`: the municipality's public keys, got from the municipality and not from the bundle; without them the
/// check can tell whether anything was altered, but not who made it, and the report says so.
pub fn verify(bytes: &[u8], trusted: Option<&JwkSet>, limits: &Limits) -> Report {
    let mut report = Report::default();
    if bytes.len() as u64 > limits.bytes_max {
        report.faults.push(Fault::TooLarge);
        return report;
    }
    let stored = match archive::read(bytes, limits.entries_max) {
        Ok(stored) => stored,
        Err(Unreadable::TooMany) => return with(report, Fault::TooLarge),
        Err(Unreadable::At(entry)) => return with(report, Fault::Unreadable(entry)),
    };
    let by_name: BTreeMap<&str, &[u8]> =
        stored.iter().rev().map(|entry| (entry.name, entry.data)).collect();
    let list = by_name.get(MANIFEST).and_then(|text| read_manifest(text));
    let Some((manifest, value)) = list else { return with(report, Fault::Manifest) };
    let inside = by_name.get(KEYS).and_then(|text| JwkSet::parse(text).ok());
    if inside.is_none() {
        report.faults.push(Fault::Keys);
    }
    let inside = inside.unwrap_or_default();
    let jws = by_name.get(SIGNATURE).and_then(|text| std::str::from_utf8(text).ok());
    signature(&value, jws, trusted, &inside, &mut report);
    names(&manifest, &stored, &mut report.faults);
    digests(&manifest, &by_name, &mut report.faults);
    check::originals(&manifest, &mut report);
    check::journal(&manifest, &by_name, &mut report);
    check::receipts(&manifest, &by_name, trusted.unwrap_or(&inside), &mut report);
    if report.faults.is_empty() && !archive::is_exactly(bytes, &stored) {
        report.faults.push(Fault::Layout);
    }
    report.manifest = Some(manifest);
    report
}

fn with(mut report: Report, fault: Fault) -> Report {
    report.faults.push(fault);
    report
}

/// The list of files, as read and as signed; `None` unless its bytes are its canonical form.
fn read_manifest(text: &[u8]) -> Option<(Manifest, Value)> {
    let value = canonical::parse(text).ok()?;
    if canonical::bytes(&value).ok()? != text {
        return None;
    }
    let manifest: Manifest = serde_json::from_value(value.clone()).ok()?;
    manifest.is_known().then_some((manifest, value))
}

fn signature(
    manifest: &Value,
    jws: Option<&str>,
    trusted: Option<&JwkSet>,
    inside: &JwkSet,
    report: &mut Report,
) {
    let Some(jws) = jws else { return report.faults.push(Fault::Signature(Refusal::Missing)) };
    let by = |keys: &JwkSet| jws::verify(manifest, jws, Purpose::Bundle, keys);
    report.signer = match (trusted.map(by), by(inside)) {
        (Some(Ok(signature)), _) => Signer::Trusted(signature),
        (Some(Err(Refusal::UnknownKey)), Ok(signature)) => {
            report.faults.push(Fault::NotTrusted(signature.kid.clone()));
            Signer::OnlyInside(signature)
        }
        (None, Ok(signature)) => Signer::OnlyInside(signature),
        (Some(Err(refusal)), _) | (None, Err(refusal)) => {
            report.faults.push(Fault::Signature(refusal));
            Signer::Nobody
        }
    };
    let revoked = match &report.signer {
        Signer::Trusted(signature) | Signer::OnlyInside(signature) => signature.key_revoked_at,
        Signer::Nobody => None,
    };
    if let Some(at) = revoked {
        report.remarks.push(Remark::KeyRevoked { path: MANIFEST.to_owned(), at });
    }
}

/// Every file listed is there, no other, none twice, in the order of the list.
fn names(manifest: &Manifest, stored: &[Stored<'_>], faults: &mut Vec<Fault>) {
    let listed = manifest.entries.iter().map(|entry| entry.path.as_str());
    let expected: Vec<&str> = [MANIFEST, SIGNATURE].into_iter().chain(listed).collect();
    let mut open: BTreeMap<&str, bool> = expected.iter().map(|path| (*path, false)).collect();
    let before = faults.len();
    for entry in stored {
        match open.get_mut(entry.name) {
            Some(seen) if !*seen => *seen = true,
            Some(_) | None => faults.push(Fault::Extra(shown(entry.name))),
        }
    }
    let missing = open.iter().filter(|(_, seen)| !**seen);
    faults.extend(missing.map(|(path, _)| Fault::Missing(shown(path))));
    if faults.len() == before && !stored.iter().map(|entry| entry.name).eq(expected) {
        faults.push(Fault::Order);
    }
}

fn digests(manifest: &Manifest, by_name: &BTreeMap<&str, &[u8]>, faults: &mut Vec<Fault>) {
    for entry in &manifest.entries {
        let Some(data) = by_name.get(entry.path.as_str()) else { continue };
        if data.len() as u64 != entry.size_bytes || Digest::of(data) != entry.sha256 {
            faults.push(Fault::Altered(shown(&entry.path)));
        }
    }
}
