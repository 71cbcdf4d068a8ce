//! The packets of SFTP version 3 (draft-ietf-secsh-filexfer-02), as far as a notice's file needs them. Names and paths are bytes: what a
//! sender called its file is told back unchanged, whatever its encoding.

/// The kinds of packet.
pub(super) mod kind {
    pub(in crate::files::sftp) const INIT: u8 = 1;
    pub(in crate::files::sftp) const VERSION: u8 = 2;
    pub(in crate::files::sftp) const OPEN: u8 = 3;
    pub(in crate::files::sftp) const CLOSE: u8 = 4;
    pub(in crate::files::sftp) const READ: u8 = 5;
    pub(in crate::files::sftp) const WRITE: u8 = 6;
    pub(in crate::files::sftp) const LSTAT: u8 = 7;
    pub(in crate::files::sftp) const FSTAT: u8 = 8;
    pub(in crate::files::sftp) const OPENDIR: u8 = 11;
    pub(in crate::files::sftp) const READDIR: u8 = 12;
    pub(in crate::files::sftp) const REMOVE: u8 = 13;
    pub(in crate::files::sftp) const MKDIR: u8 = 14;
    pub(in crate::files::sftp) const RENAME: u8 = 18;
    pub(in crate::files::sftp) const STATUS: u8 = 101;
    pub(in crate::files::sftp) const HANDLE: u8 = 102;
    pub(in crate::files::sftp) const DATA: u8 = 103;
    pub(in crate::files::sftp) const NAME: u8 = 104;
    pub(in crate::files::sftp) const ATTRS: u8 = 105;
    pub(in crate::files::sftp) const EXTENDED: u8 = 200;
}

/// A server's verdict on a request that failed or has no other answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Ok,
    EndOfFile,
    NoSuchFile,
    PermissionDenied,
    /// Everything else that can go wrong: a full disk, a taken name, a folder that is not empty.
    Failure,
    Unsupported,
    /// A code of the draft that says less than these, or none of the draft's.
    Other(u32),
}

impl Status {
    fn of(code: u32) -> Self {
        match code {
            0 => Self::Ok,
            1 => Self::EndOfFile,
            2 => Self::NoSuchFile,
            3 => Self::PermissionDenied,
            4 => Self::Failure,
            8 => Self::Unsupported,
            other => Self::Other(other),
        }
    }
}

/// What a server says of a file. A server may leave out any of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    pub(super) size_bytes: Option<u64>,
    /// Mode with the file's type, as on a Unix disk.
    pub(super) mode: Option<u32>,
    /// Whole seconds since 1970.
    pub(super) modified_at: Option<u32>,
}

/// An answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reply {
    Status(Status),
    Handle(Vec<u8>),
    Data(Vec<u8>),
    Names(Vec<(Vec<u8>, Attributes)>),
    Attributes(Attributes),
}

/// Composes a request.
pub(super) struct Request(Vec<u8>);

impl Request {
    /// The length is filled in by [`Request::finish`].
    pub(super) fn new(kind: u8, number: u32) -> Self {
        let mut bytes = vec![0, 0, 0, 0, kind];
        bytes.extend(number.to_be_bytes());
        Self(bytes)
    }

    pub(super) fn number(mut self, number: u32) -> Self {
        self.0.extend(number.to_be_bytes());
        self
    }

    pub(super) fn long(mut self, number: u64) -> Self {
        self.0.extend(number.to_be_bytes());
        self
    }

    pub(super) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
        self.0.extend(bytes);
        self
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        let length = u32::try_from(self.0.len() - 4).unwrap_or(u32::MAX);
        self.0[..4].copy_from_slice(&length.to_be_bytes());
        self.0
    }
}

/// Takes an answer apart. `None`: it ends too early, or is no SFTP.
pub(super) struct Answer<'a>(&'a [u8]);

impl<'a> Answer<'a> {
    pub(super) fn of(body: &'a [u8]) -> Self {
        Self(body)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    pub(super) fn number(&mut self) -> Option<u32> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_be_bytes(*first))
    }

    fn long(&mut self) -> Option<u64> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u64::from_be_bytes(*first))
    }

    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (first, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(first)
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    fn attributes(&mut self) -> Option<Attributes> {
        let flags = self.number()?;
        let mut found = Attributes::default();
        if flags & 0x1 != 0 {
            found.size_bytes = Some(self.long()?);
        }
        if flags & 0x2 != 0 {
            self.long()?;
        }
        if flags & 0x4 != 0 {
            found.mode = Some(self.number()?);
        }
        if flags & 0x8 != 0 {
            self.number()?;
            found.modified_at = Some(self.number()?);
        }
        if flags & 0x8000_0000 != 0 {
            for _ in 0..self.number()? {
                self.bytes()?;
                self.bytes()?;
            }
        }
        Some(found)
    }

    fn names(&mut self) -> Option<Vec<(Vec<u8>, Attributes)>> {
        let count = self.number()?;
        let mut names = Vec::new();
        for _ in 0..count {
            let name = self.bytes()?.to_vec();
            self.bytes()?;
            names.push((name, self.attributes()?));
        }
        Some(names)
    }

    /// The number of the request that is answered, and the answer.
    pub(super) fn reply(mut self) -> Option<(u32, Reply)> {
        let (packet, number) = (self.byte()?, self.number()?);
        let reply = match packet {
            kind::STATUS => Reply::Status(Status::of(self.number()?)),
            kind::HANDLE => Reply::Handle(self.bytes()?.to_vec()),
            kind::DATA => Reply::Data(self.bytes()?.to_vec()),
            kind::NAME => Reply::Names(self.names()?),
            kind::ATTRS => Reply::Attributes(self.attributes()?),
            _ => return None,
        };
        Some((number, reply))
    }
}

#[cfg(test)]
mod tests {
    use super::Answer;
    use super::Attributes;
    use super::Reply;
    use super::Request;
    use super::Status;
    use super::kind;

    #[test]
    fn a_request_is_framed_with_its_length() {
        let bytes = Request::new(kind::READ, 7).bytes(b"h").long(1).number(2).finish();
        assert_eq!(bytes[..9], [0, 0, 0, 22, 5, 0, 0, 0, 7]);
        assert_eq!(bytes[9..14], [0, 0, 0, 1, b'h']);
        assert_eq!(bytes.len(), 26);
    }

    #[test]
    fn answers_are_read_with_whatever_attributes_the_server_gives() {
        let status = Request::new(kind::STATUS, 3).number(2).bytes(b"No such file").bytes(b"");
        let framed = status.finish();
        let reply = Answer::of(&framed[4..]).reply().unwrap();
        assert_eq!(reply, (3, Reply::Status(Status::NoSuchFile)));
        let names = Request::new(kind::NAME, 4)
            .number(2)
            .bytes(b"vr\xe4kning.xml")
            .bytes(b"long name")
            .number(0x8000_000f)
            .long(12)
            .long(0)
            .number(0o100_644)
            .number(5)
            .number(6)
            .number(1)
            .bytes(b"a@b")
            .bytes(b"c")
            .bytes(b"bare")
            .bytes(b"")
            .number(0)
            .finish();
        let whole =
            Attributes { size_bytes: Some(12), mode: Some(0o100_644), modified_at: Some(6) };
        let expected =
            vec![(b"vr\xe4kning.xml".to_vec(), whole), (b"bare".to_vec(), Attributes::default())];
        assert_eq!(Answer::of(&names[4..]).reply().unwrap(), (4, Reply::Names(expected)));
    }

    #[test]
    fn an_answer_that_ends_early_or_lies_about_a_length_is_none() {
        let whole = Request::new(kind::NAME, 4).number(1).bytes(b"a").bytes(b"a").number(1).long(1);
        let whole = whole.finish();
        assert!(Answer::of(&whole[4..]).reply().is_some());
        for end in 4..whole.len() {
            assert_eq!(Answer::of(&whole[4..end]).reply(), None, "{end}");
        }
        let lies = Request::new(kind::HANDLE, 1).number(u32::MAX).finish();
        assert_eq!(Answer::of(&lies[4..]).reply(), None);
        let many = Request::new(kind::NAME, 1).number(u32::MAX).finish();
        assert_eq!(Answer::of(&many[4..]).reply(), None);
    }
}
