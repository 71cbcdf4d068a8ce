//! Any bytes as a document that is read in a child process, and as the notice that it becomes.

#![no_main]

use kvittens_fuzz::document;
use kvittens_fuzz::domain::received::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &[u8]| document(Format::Pdf, raw));
