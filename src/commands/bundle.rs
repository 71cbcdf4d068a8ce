//! `kvittens verify --bundle`: checks a bundle of evidence with nothing but the file and the municipality's public keys.

use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::output;
use crate::seal::bundle;
use crate::seal::bundle::Limits;
use crate::seal::chest::Chest;
use crate::seal::jwk::JwkSet;
use anyhow::Context as _;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// A set of keys is far smaller.
const KEYS_BYTES_MAX: u64 = 1024 * 1024;

/// Tells what holds and what not; fails unless the bundle is proven.
pub(super) fn verify(file: &Path, keys: Option<&Path>, config: &ConfigArgument) -> Outcome {
    let trusted = trusted(keys, config)?;
    let limits = Limits::default();
    // One byte more than allowed, so that the check sees that it is too large.
    let bytes = read(file, limits.bytes_max.saturating_add(1))
        .with_context(|| format!("reading the bundle {}", file.display()))?;
    let report = bundle::verify(&bytes, trusted.as_ref(), &limits);
    report.lines().iter().try_for_each(|line| output::print(line))?;
    if report.is_proven() { Ok(()) } else { Err(Failed::Said) }
}

/// The keys of the file; else our own, where a configuration is named.
fn trusted(keys: Option<&Path>, config: &ConfigArgument) -> Result<Option<JwkSet>, Failed> {
    if let Some(path) = keys {
        let set = read(path, KEYS_BYTES_MAX)
            .map_err(anyhow::Error::from)
            .and_then(|text| Ok(JwkSet::parse(&text)?))
            .with_context(|| format!("reading the keys {}", path.display()))
            .map_err(Failed::Usage)?;
        return Ok(Some(set));
    }
    let Some(path) = &config.config else { return Ok(None) };
    let loaded = crate::config::load(Some(path))?;
    let chest = Chest::open(&loaded.config.seal).context("reading [seal] keys")?;
    Ok(chest.ring().map(|ring| ring.jwk_set()))
}

fn read(path: &Path, bytes_max: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(bytes_max).read_to_end(&mut bytes)?;
    Ok(bytes)
}
