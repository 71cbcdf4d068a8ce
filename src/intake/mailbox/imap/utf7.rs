//! Folder names on the wire: modified UTF-7 (RFC 3501 section 5.1.3), so that `Åtgärdat` reaches the server as what it is.

use base64::Engine as _;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::general_purpose::GeneralPurpose;
use base64::engine::general_purpose::NO_PAD;

const BASE64: GeneralPurpose = GeneralPurpose::new(&IMAP_MUTF7, NO_PAD);

/// A folder's name as servers expect it. The result is printable ASCII; control characters are encoded, too.
pub(in crate::intake::mailbox) fn encode(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    let mut foreign: Vec<u8> = Vec::new();
    for letter in name.chars() {
        if matches!(letter, ' '..='~') {
            close(&mut foreign, &mut encoded);
            encoded.push(letter);
            if letter == '&' {
                encoded.push('-');
            }
        } else {
            let mut units = [0; 2];
            foreign
                .extend(letter.encode_utf16(&mut units).iter().flat_map(|unit| unit.to_be_bytes()));
        }
    }
    close(&mut foreign, &mut encoded);
    encoded
}

fn close(foreign: &mut Vec<u8>, encoded: &mut String) {
    if !foreign.is_empty() {
        encoded.push('&');
        encoded.push_str(&BASE64.encode(&*foreign));
        encoded.push('-');
        foreign.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::BASE64;
    use super::encode;
    use base64::Engine as _;
    use proptest::prelude::proptest;

    /// The way back, written on its own: the names that servers list.
    fn decode(encoded: &str) -> Option<String> {
        let mut name = String::new();
        let mut rest = encoded;
        while let Some((plain, after)) = rest.split_once('&') {
            name.push_str(plain);
            let (foreign, after) = after.split_once('-')?;
            if foreign.is_empty() {
                name.push('&');
            } else {
                let bytes = BASE64.decode(foreign).ok()?;
                let units: Vec<u16> =
                    bytes.chunks(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
                name.push_str(&String::from_utf16(&units).ok()?);
            }
            rest = after;
        }
        name.push_str(rest);
        Some(name)
    }

    #[test]
    fn known_names_are_written_as_the_standard_shows_them() {
        for (name, expected) in [
            ("INBOX", "INBOX"),
            ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
            ("Åtgärdat", "&AMU-tg&AOQ-rdat"),
            ("Räkningar & övrigt", "R&AOQ-kningar &- &APY-vrigt"),
            ("😀", "&2D3eAA-"),
            ("a\tb", "a&AAk-b"),
            ("", ""),
        ] {
            assert_eq!(encode(name), expected, "{name}");
            assert_eq!(decode(expected).as_deref(), Some(name));
        }
    }

    proptest! {
        #[test]
        fn every_name_survives_the_way_there_and_back(name: String) {
            let encoded = encode(&name);
            assert!(encoded.bytes().all(|byte| (0x20..=0x7e).contains(&byte)), "{encoded}");
            assert_eq!(decode(&encoded), Some(name));
        }
    }
}
