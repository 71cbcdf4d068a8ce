//! A letter read back from its bytes by another crate than the one that wrote it, as a screen reader would read it.

use lopdf::Dictionary;
use lopdf::Document;
use lopdf::Object;
use lopdf::ObjectId;
use lopdf::content::Content;
use std::collections::BTreeMap;

/// What was found.
pub(super) struct ReadBack {
    pub(super) language: String,
    pub(super) title: String,
    pub(super) shows_title: bool,
    pub(super) marked: bool,
    pub(super) pages: usize,
    /// The tree: path of tags, language, text.
    pub(super) heard: Vec<String>,
    /// The text of each page that is no content.
    pub(super) artifacts: Vec<String>,
    /// Name, kind and parts of each font.
    pub(super) fonts: Vec<String>,
    /// The baseline of the first heading, in points from the upper edge.
    pub(super) heading_y: f32,
    /// Every line of text on the first page: left end and baseline from the upper edge, text.
    lines: Vec<(f32, f32, String)>,
}

/// The text of marked content: page, name within it.
type Marks = BTreeMap<(ObjectId, i64), String>;

impl ReadBack {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let pdf = Document::load_mem(bytes).expect("a PDF");
        let root = pdf.catalog().expect("a catalogue");
        let marked = dictionary(&pdf, root, b"MarkInfo");
        let viewer = dictionary(&pdf, root, b"ViewerPreferences");
        let info = dictionary(&pdf, &pdf.trailer, b"Info");
        let mut read = Self {
            language: text(root.get(b"Lang").expect("a language")),
            title: text(info.get(b"Title").expect("a title")),
            shows_title: viewer.get(b"DisplayDocTitle").and_then(Object::as_bool).unwrap_or(false),
            marked: marked.get(b"Marked").and_then(Object::as_bool).unwrap_or(false),
            pages: pdf.get_pages().len(),
            heard: Vec::new(),
            artifacts: Vec::new(),
            fonts: Vec::new(),
            heading_y: 0.0,
            lines: Vec::new(),
        };
        let mut marks = Marks::new();
        for (number, page) in pdf.get_pages() {
            read.page(&pdf, number, page, &mut marks);
        }
        let tree = dictionary(&pdf, root, b"StructTreeRoot");
        let top = kids(&pdf, tree);
        let language = read.language.clone();
        for element in top {
            let Object::Dictionary(element) = element else { continue };
            walk(&pdf, &element, "", &language, None, &marks, &mut read.heard);
        }
        read
    }

    /// Left end, upper and lower edge of the lines that hold either word at the right of the first page.
    pub(super) fn window(&self, one: &str, other: &str) -> (f32, f32, f32) {
        let lines =
            self.lines.iter().filter(|(_, _, text)| text.contains(one) || text.contains(other));
        let lines: Vec<_> = lines.collect();
        let left = lines.iter().map(|line| line.0).fold(f32::MAX, f32::min);
        let top = lines.iter().map(|line| line.1).fold(f32::MAX, f32::min) - 8.0;
        let bottom = lines.iter().map(|line| line.1).fold(0.0, f32::max);
        (left, top, bottom)
    }

    fn page(&mut self, pdf: &Document, number: u32, page: ObjectId, marks: &mut Marks) {
        let fonts = pdf.get_page_fonts(page).expect("fonts");
        let mut cmaps = BTreeMap::new();
        for (name, font) in fonts {
            let told = describe(pdf, font);
            if !self.fonts.contains(&told) {
                self.fonts.push(told);
            }
            cmaps.insert(name, cmap(pdf, font));
        }
        let bytes = pdf.get_page_content(page).expect("content");
        let content = Content::decode(&bytes).expect("operators");
        let (mut open, mut font, mut artifact) = (Vec::new(), None, String::new());
        let mut at = (0.0, 0.0);
        for operation in content.operations {
            let operands = &operation.operands;
            match operation.operator.as_str() {
                "BDC" | "BMC" => {
                    let listed = operands.get(1).and_then(|listed| listed.as_dict().ok());
                    let name = listed.and_then(|listed| listed.get(b"MCID").ok()?.as_i64().ok());
                    let tag = operands[0].as_name().expect("a tag").to_vec();
                    if let Some(name) = name {
                        marks.insert((page, name), String::new());
                    }
                    open.push((tag, name));
                }
                "EMC" => drop(open.pop().expect("an open mark")),
                "Tf" => font = cmaps.get(operands[0].as_name().expect("a font")),
                "Tm" => {
                    let number = |at: usize| operands[at].as_float().expect("a number");
                    at = (number(4), number(5));
                }
                "Tj" | "TJ" => {
                    let shown = decode(&operands[0], font.expect("a font"));
                    if number == 1 {
                        self.lines.push((at.0, at.1, shown.clone()));
                    }
                    match open.iter().find_map(|(_, name)| *name) {
                        Some(name) => marks.entry((page, name)).or_default().push_str(&shown),
                        None => {
                            assert!(
                                open.iter().any(|(tag, _)| tag == b"Artifact"),
                                "unmarked: {shown}"
                            );
                            artifact.push_str(&shown);
                        }
                    }
                    if number == 1 && (shown.starts_with("Rubrik") && self.heading_y == 0.0) {
                        self.heading_y = at.1;
                    }
                }
                _ => {}
            }
        }
        assert!(open.is_empty(), "marks left open");
        self.artifacts.push(artifact);
    }
}

fn resolve<'a>(pdf: &'a Document, object: &'a Object) -> &'a Object {
    pdf.dereference(object).expect("an object").1
}

fn dictionary<'a>(pdf: &'a Document, of: &'a Dictionary, key: &[u8]) -> &'a Dictionary {
    let found = of.get(key).unwrap_or_else(|_| panic!("no {}", String::from_utf8_lossy(key)));
    resolve(pdf, found).as_dict().expect("a dictionary")
}

fn text(object: &Object) -> String {
    lopdf::decode_text_string(object).expect("a text")
}

fn kids(pdf: &Document, of: &Dictionary) -> Vec<Object> {
    match of.get(b"K").map(|kids| resolve(pdf, kids).clone()) {
        Ok(Object::Array(kids)) => kids.iter().map(|kid| resolve(pdf, kid).clone()).collect(),
        Ok(kid) => vec![kid],
        Err(_) => Vec::new(),
    }
}

fn walk(
    pdf: &Document,
    element: &Dictionary,
    above: &str,
    language: &str,
    page: Option<ObjectId>,
    marks: &Marks,
    heard: &mut Vec<String>,
) {
    let tag = String::from_utf8_lossy(element.get(b"S").and_then(Object::as_name).expect("a tag"))
        .into_owned();
    let path = if above.is_empty() { tag } else { format!("{above}/{tag}") };
    let own = element.get(b"Lang").map(text);
    let language = own.as_deref().unwrap_or(language);
    let on = |of: &Dictionary| of.get(b"Pg").and_then(Object::as_reference).ok();
    let page = on(element).or(page);
    let mut words = String::new();
    let mut holds_text = false;
    for kid in kids(pdf, element) {
        let found = match &kid {
            Object::Integer(name) => Some((page, *name)),
            Object::Dictionary(kid) if kid.has(b"MCID") => {
                let name = kid.get(b"MCID").and_then(Object::as_i64).expect("a name");
                Some((on(kid).or(page), name))
            }
            Object::Dictionary(kid) => {
                walk(pdf, kid, &path, language, page, marks, heard);
                None
            }
            other => panic!("{other:?} in the tree"),
        };
        if let Some((page, name)) = found {
            holds_text = true;
            words.push_str(&marks[&(page.expect("a page"), name)]);
        }
    }
    if holds_text {
        heard.push(format!("{path} {language} {}", words.trim_end()));
    }
    if path.ends_with("/TH") {
        let told = format!("{:?}", element.get(b"A"));
        assert!(told.contains("Scope") && told.contains("Row"), "{told}");
    }
}

fn describe(pdf: &Document, font: &Dictionary) -> String {
    let name = |of: &Dictionary, key: &[u8]| {
        String::from_utf8_lossy(of.get(key).and_then(Object::as_name).expect("a name")).into_owned()
    };
    let below =
        resolve(pdf, font.get(b"DescendantFonts").expect("below")).as_array().expect("fonts");
    let below = resolve(pdf, &below[0]).as_dict().expect("a font");
    let descriptor = dictionary(pdf, below, b"FontDescriptor");
    let embedded = descriptor.has(b"FontFile2") || descriptor.has(b"FontFile3");
    let embedded = if embedded { "embedded" } else { "missing" };
    let back = if font.has(b"ToUnicode") { "ToUnicode" } else { "mute" };
    format!("{} {} {embedded} {back}", name(font, b"BaseFont"), name(font, b"Subtype"))
}

/// From glyph to text.
fn cmap(pdf: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let stream =
        resolve(pdf, font.get(b"ToUnicode").expect("ToUnicode")).as_stream().expect("a stream");
    let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    let listing = String::from_utf8_lossy(&bytes).into_owned();
    assert!(!listing.contains("beginbfrange"), "ranges are not read here");
    let mut found = BTreeMap::new();
    for line in listing.lines().filter(|line| line.starts_with('<')) {
        let parts: Vec<&str> =
            line.split(['<', '>']).filter(|part| !part.trim().is_empty()).collect();
        if let [code, value] = parts.as_slice()
            && let Ok(code) = u16::from_str_radix(code, 16)
        {
            let units = value.as_bytes().chunks(4);
            let units = units.map(|unit| {
                u16::from_str_radix(&String::from_utf8_lossy(unit), 16).expect("a unit")
            });
            found.insert(code, String::from_utf16(&units.collect::<Vec<_>>()).expect("text"));
        }
    }
    found
}

fn decode(shown: &Object, cmap: &BTreeMap<u16, String>) -> String {
    let pieces = match shown {
        Object::Array(pieces) => pieces.clone(),
        piece => vec![piece.clone()],
    };
    let mut text = String::new();
    for piece in pieces {
        if let Object::String(bytes, _) = piece {
            for code in bytes.chunks(2) {
                text.push_str(&cmap[&u16::from_be_bytes([code[0], code[1]])]);
            }
        }
    }
    text
}
