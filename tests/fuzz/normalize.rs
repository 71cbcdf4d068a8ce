//! Any bytes in any format that is read in the gateway's own process.

#![no_main]

use kvittens_fuzz::domain::received::Format;
use kvittens_fuzz::normalize::detect;
use kvittens_fuzz::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &[u8]| {
    for format in [Format::Json, Format::Xml, Format::Csv, Format::Mail, Format::Other] {
        read(format, raw, None);
    }
    detect(raw, None);
});
