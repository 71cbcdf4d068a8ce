//! Documents in their own process: what people send is read, what is made to hurt becomes a finding, and the limits hold.

mod bombs;
mod mutated;
mod outcomes;
mod told;

use bytes::Bytes;
use kvittens::domain::document::Outcome;
use kvittens::domain::received::Format;
use kvittens::sandbox::Config;
use kvittens::sandbox::Sandbox;
use std::path::Path;
use std::path::PathBuf;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/documents")
}

fn fixture(name: &str) -> Bytes {
    std::fs::read(folder().join(name)).expect("a fixture").into()
}

/// The program itself, with limits.
fn sandbox(config: Config) -> Sandbox {
    Sandbox::of(env!("CARGO_BIN_EXE_kvittens").into(), config)
}

async fn read(sandbox: &Sandbox, format: Format, raw: &Bytes) -> Outcome {
    sandbox.read(format, raw).await.expect("a child process")
}
