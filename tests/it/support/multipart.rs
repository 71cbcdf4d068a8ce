//! Takes a `multipart/form-data` body apart (RFC 7578), for stand-ins.

/// One part of a form.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Part {
    /// The field's name.
    pub(crate) name: String,
    /// The file name, if it is a file.
    pub(crate) file_name: Option<String>,
    /// The part's own media type, if it names one.
    pub(crate) media_type: Option<String>,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

impl Part {
    /// The bytes as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// The parts of `body`, or `None` when the type names no boundary or the body is not so divided.
pub(crate) fn parts(content_type: &str, body: &[u8]) -> Option<Vec<Part>> {
    let boundary = parameter(content_type, "boundary")?;
    let delimiter = format!("\r\n--{boundary}");
    // The first delimiter has no line end before it.
    let body = [b"\r\n", body].concat();
    let mut pieces = split(&body, delimiter.as_bytes()).into_iter().skip(1);
    let mut found = Vec::new();
    loop {
        let piece = pieces.next()?;
        if piece.starts_with(b"--") {
            return Some(found);
        }
        found.push(part(piece.strip_prefix(b"\r\n")?)?);
    }
}

fn part(piece: &[u8]) -> Option<Part> {
    let middle = find(piece, b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&piece[..middle]).into_owned();
    let header = |name: &str| {
        head.split("\r\n").find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    };
    let disposition = header("content-disposition")?;
    Some(Part {
        name: parameter(&disposition, "name")?,
        file_name: parameter(&disposition, "filename"),
        media_type: header("content-type"),
        bytes: piece[middle + 4..].to_vec(),
    })
}

/// The value of `name=` in a header with parameters, quotes taken off.
fn parameter(header: &str, name: &str) -> Option<String> {
    header.split(';').skip(1).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim_matches('"').to_owned())
    })
}

fn split<'b>(body: &'b [u8], delimiter: &[u8]) -> Vec<&'b [u8]> {
    let mut pieces = Vec::new();
    let mut rest = body;
    while let Some(at) = find(rest, delimiter) {
        pieces.push(&rest[..at]);
        rest = &rest[at + delimiter.len()..];
    }
    pieces.push(rest);
    pieces
}

fn find(body: &[u8], wanted: &[u8]) -> Option<usize> {
    body.windows(wanted.len()).position(|window| window == wanted)
}
