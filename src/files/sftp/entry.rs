//! What a server says of a name in a folder, as doors know it from a disk.

use super::wire::Attributes;
use crate::domain::digest::Digest;
use crate::files::identity::Entry;
use crate::files::identity::FileIdentity;
use crate::files::identity::Kind;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

/// Whether a server's word is the name of something in the folder.
pub(super) fn is_name(name: &[u8]) -> bool {
    !matches!(name, b"" | b"." | b"..") && !name.contains(&b'/') && !name.contains(&0)
}

/// What stands under a name.
pub(super) fn entry(name: &[u8], attributes: Attributes) -> Entry {
    Entry {
        name: OsStr::from_bytes(name).to_owned(),
        kind: kind(attributes),
        identity: identity(name, attributes),
    }
}

/// What cannot be told for a regular file is none: a door that cannot know would read through a link.
pub(super) fn kind(attributes: Attributes) -> Kind {
    match attributes.mode.map(|mode| mode & 0o170_000) {
        Some(0o100_000) => Kind::File,
        Some(0o040_000) => Kind::Folder,
        Some(0o120_000) => Kind::Link,
        Some(_) | None => Kind::Special,
    }
}

/// Without inodes the name has to serve: a digest of it stands in the inode's place.
pub(super) fn identity(name: &[u8], attributes: Attributes) -> FileIdentity {
    let digest = Digest::of(name);
    let (first, _) = digest.as_bytes().split_first_chunk().unwrap_or((&[0; 8], &[]));
    FileIdentity {
        device: 0,
        inode: u64::from_be_bytes(*first),
        size_bytes: attributes.size_bytes.unwrap_or(0),
        modified_ns: i128::from(attributes.modified_at.unwrap_or(0)) * 1_000_000_000,
    }
}

#[cfg(test)]
mod tests {
    use super::is_name;
    use super::kind;
    use crate::files::identity::Kind;
    use crate::files::sftp::wire::Attributes;

    #[test]
    fn a_servers_word_that_leads_elsewhere_is_no_name() {
        for (word, good) in [
            (&b"a.xml"[..], true),
            (b"vr\xc3\xa4kning.xml", true),
            (b"vr\xe4kning.xml", true),
            (b"...", true),
            (b"", false),
            (b".", false),
            (b"..", false),
            (b"../other", false),
            (b"/etc/passwd", false),
            (b"a\0b", false),
        ] {
            assert_eq!(is_name(word), good, "{word:?}");
        }
    }

    #[test]
    fn only_what_the_server_calls_a_regular_file_is_one() {
        let of = |mode| kind(Attributes { mode, ..Attributes::default() });
        assert_eq!(of(Some(0o100_644)), Kind::File);
        assert_eq!(of(Some(0o040_755)), Kind::Folder);
        assert_eq!(of(Some(0o120_777)), Kind::Link);
        assert_eq!(of(Some(0o010_600)), Kind::Special);
        assert_eq!(of(Some(0o644)), Kind::Special);
        assert_eq!(of(None), Kind::Special);
    }
}
