//! The zip file that a bundle is, byte for byte: every entry uncompressed, one layout and no other.
//!
//! Nothing may hide between, before or after the entries, or in fields that unzip programs show and digests do not cover. So a
//! bundle is read by its own strict layout, and its bytes must be exactly those that its entries give. A zip library would not do:
//! what it writes into such fields changes from version to version, and a bundle must check in twenty years as it does today.
//! (Field names and order: APPNOTE.TXT 6.3, §4.3.)

/// An entry: its name in ASCII, and its content.
#[derive(Clone, Copy)]
pub(super) struct Stored<'a> {
    pub(super) name: &'a str,
    pub(super) data: &'a [u8],
}

/// Where the file could not be read on: at which entry, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// Not as kvittens writes it.
    At(usize),
    /// More entries than allowed.
    TooMany,
}

const LOCAL_HEADER: [u8; 4] = *b"PK\x03\x04";
const DIRECTORY_HEADER: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";
/// What comes between signature and checksum: version 1.0 needed, no flags, no compression, 1980-01-01 00:00.
const FIXED: [u8; 10] = [10, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
/// Made by version 1.0 on Unix, where the file mode below has its meaning.
const MADE_BY: [u8; 2] = [10, 3];
/// A plain file that its owner may read and write: what is unpacked is personal.
const MODE: u32 = 0o100_600 << 16;
/// Local header up to the name.
const LOCAL_BYTES: usize = 30;
/// Where the size stands in it.
const SIZE_AT: usize = 18;
/// Where the length of the name stands in it.
const NAME_LENGTH_AT: usize = 26;

/// The zip file; `None` when it does not fit into the plain format (4 GiB, 65,534 entries).
pub(super) fn write(entries: &[Stored<'_>]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    emit(entries, &mut |piece| bytes.extend_from_slice(piece))?;
    Some(bytes)
}

/// Whether `bytes` are exactly the zip file of these entries.
pub(super) fn is_exactly(bytes: &[u8], entries: &[Stored<'_>]) -> bool {
    let mut rest = Some(bytes);
    let fits = emit(entries, &mut |piece| rest = rest.and_then(|rest| rest.strip_prefix(piece)));
    fits.is_some() && rest.is_some_and(<[u8]>::is_empty)
}

/// Hands out the file piece by piece.
fn emit(entries: &[Stored<'_>], to: &mut impl FnMut(&[u8])) -> Option<()> {
    let mut directory = Vec::new();
    let mut offset = 0_u32;
    for entry in entries {
        let size = u32::try_from(entry.data.len()).ok()?;
        let name_length = u16::try_from(entry.name.len()).ok()?;
        let mut shared = FIXED.to_vec();
        shared.extend(checksum(entry.data).to_le_bytes());
        shared.extend([size.to_le_bytes(), size.to_le_bytes()].concat());
        shared.extend(name_length.to_le_bytes());
        shared.extend([0, 0]);
        for piece in [&LOCAL_HEADER, shared.as_slice(), entry.name.as_bytes(), entry.data] {
            to(piece);
        }
        directory.extend(DIRECTORY_HEADER);
        directory.extend(MADE_BY);
        directory.extend(&shared);
        // No comment, first disk, no internal attributes.
        directory.extend([0; 6]);
        directory.extend(MODE.to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(entry.name.as_bytes());
        let header = u32::try_from(LOCAL_BYTES).ok()? + u32::from(name_length);
        offset = offset.checked_add(header)?.checked_add(size)?;
    }
    let count = u16::try_from(entries.len()).ok().filter(|count| *count < u16::MAX)?;
    let directory_bytes = u32::try_from(directory.len()).ok()?;
    offset.checked_add(directory_bytes)?;
    to(&directory);
    to(&END);
    to(&[0; 4]);
    to(&[count.to_le_bytes(), count.to_le_bytes()].concat());
    to(&directory_bytes.to_le_bytes());
    to(&offset.to_le_bytes());
    to(&[0; 2]);
    Some(())
}

/// The entries from the front of the file up to its directory. Whether all else is as it must be, [`is_exactly`] tells.
pub(super) fn read(bytes: &[u8], entries_max: usize) -> Result<Vec<Stored<'_>>, Unreadable> {
    let mut entries = Vec::new();
    let mut rest = bytes;
    while !rest.starts_with(&DIRECTORY_HEADER) {
        if entries.len() >= entries_max {
            return Err(Unreadable::TooMany);
        }
        let (entry, after) = first(rest).ok_or(Unreadable::At(entries.len() + 1))?;
        entries.push(entry);
        rest = after;
    }
    Ok(entries)
}

/// The entry at the front, and what comes after it.
fn first(bytes: &[u8]) -> Option<(Stored<'_>, &[u8])> {
    let (header, rest) = bytes.split_at_checked(LOCAL_BYTES)?;
    header.strip_prefix(&LOCAL_HEADER)?.strip_prefix(&FIXED)?;
    let size = header.get(SIZE_AT..SIZE_AT + 4)?.try_into().ok().map(u32::from_le_bytes)?;
    let name_length = header.get(NAME_LENGTH_AT..NAME_LENGTH_AT + 2)?.try_into().ok();
    let (name, rest) = rest.split_at_checked(name_length.map(u16::from_le_bytes)?.into())?;
    let (data, rest) = rest.split_at_checked(usize::try_from(size).ok()?)?;
    let name = std::str::from_utf8(name).ok().filter(|name| name.is_ascii())?;
    Some((Stored { name, data }, rest))
}

/// CRC-32 as zip files have it (ISO 3309, reflected polynomial EDB88320).
fn checksum(data: &[u8]) -> u32 {
    !data.iter().fold(!0, |sum, byte| {
        let place = (sum ^ u32::from(*byte)) & 0xff;
        CHECKSUMS[place as usize] ^ (sum >> 8)
    })
}

/// The checksum of each byte.
static CHECKSUMS: [u32; 256] = checksums();

const fn checksums() -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut sum = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 1 == 0 { sum >> 1 } else { (sum >> 1) ^ 0xedb8_8320 };
            bit += 1;
        }
        table[byte] = sum;
        byte += 1;
    }
    table
}

#[cfg(test)]
#[path = "archive_tests.rs"]
mod tests;
