//! Writing a letter as a file: pages with marked content, the structure tree, and what the document says of itself.
//!
//! krilla writes it with both its validators on, PDF/UA-1 and PDF/A-2a; what they object to comes back as an error.

use crate::letter::Language;
use crate::letter::Letter;
use crate::letter::LetterError;
use crate::letter::Part;
use crate::letter::fonts::Fonts;
use crate::letter::fonts::cleaned;
use crate::letter::paper;
use crate::letter::paper::Type;
use crate::letter::sheet::Child;
use crate::letter::sheet::Element;
use crate::letter::sheet::Mark;
use crate::letter::sheet::Page;
use crate::letter::sheet::Role;
use crate::letter::sheet::Sheets;
use jiff::civil::Date;
use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::luma;
use krilla::configure::Accessibility;
use krilla::configure::Archival;
use krilla::configure::Configuration;
use krilla::configure::ConfigurationBuilder;
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::PathBuilder;
use krilla::geom::Point;
use krilla::geom::Rect;
use krilla::metadata::DateTime;
use krilla::metadata::Metadata;
use krilla::outline::Outline;
use krilla::outline::OutlineNode;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::Artifact;
use krilla::tagging::ArtifactType;
use krilla::tagging::ContentTag;
use krilla::tagging::Identifier;
use krilla::tagging::ListNumbering;
use krilla::tagging::SpanTag;
use krilla::tagging::TableHeaderScope;
use krilla::tagging::Tag;
use krilla::tagging::TagGroup;
use krilla::tagging::TagKind;
use krilla::tagging::TagTree;
use std::num::NonZeroU16;

/// The thickness of a rule, in points.
const THIN: f32 = 0.5;

/// What the document says of itself.
pub(super) struct About {
    title: String,
    author: Option<String>,
    language: Language,
    date: Date,
    id: String,
}

impl About {
    /// Of a letter, whose first part this is.
    pub(super) fn of(letter: &Letter, first: &Part) -> Self {
        Self {
            title: cleaned(&first.heading),
            author: letter.sender.first().map(|line| cleaned(line)),
            language: first.language,
            date: letter.date,
            id: letter.digest().to_string(),
        }
    }
}

/// Writes the file.
pub(super) fn draw(sheets: &Sheets, fonts: &Fonts, about: &About) -> Result<Vec<u8>, LetterError> {
    let settings = SerializeSettings { configuration: standards()?, ..Default::default() };
    let mut document = Document::new_with(settings);
    let size = PageSettings::from_wh(paper::WIDTH, paper::HEIGHT);
    let size = size.ok_or_else(|| LetterError::Refused("page size".to_owned()))?;
    let mut identifiers = Vec::with_capacity(sheets.pages.len());
    for sheet in &sheets.pages {
        let mut page = document.start_page_with(size.clone());
        let mut surface = page.surface();
        identifiers.push(draw_page(sheet, fonts, &mut surface));
        surface.finish();
        page.finish();
    }
    let mut tree = TagTree::new().with_lang(Some(about.language.tag().to_owned()));
    for child in sheets.elements.first().iter().flat_map(|document| &document.children) {
        if let Child::Element(at) = child
            && let Some(group) = group(sheets, *at, &identifiers)
        {
            tree.push(group);
        }
    }
    document.set_tag_tree(tree);
    document.set_metadata(metadata(about));
    document.set_outline(outline(sheets));
    document.finish().map_err(|error| LetterError::Refused(reason(&error)))
}

/// PDF/UA-1 and PDF/A-2a, which fit together (PDF 1.7).
fn standards() -> Result<Configuration, LetterError> {
    ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .with_archival_validator(Archival::A2_A)
        .finish()
        .map_err(|_| LetterError::Refused("standards".to_owned()))
}

/// Draws a page; gives for each mark the name of its content, none for what is no content.
fn draw_page(page: &Page, fonts: &Fonts, surface: &mut Surface<'_>) -> Vec<Option<Identifier>> {
    let mut drawn = Vec::with_capacity(page.marks.len());
    for mark in &page.marks {
        drawn.push(match mark {
            Mark::Text { x, y, face, text } => {
                let name = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                draw_text(surface, fonts, *face, (*x, *y), &text.0);
                surface.end_tagged();
                Some(name)
            }
            Mark::Number { x, y, face, text } => {
                let footer = Artifact::with_kind(ArtifactType::Footer);
                surface.start_tagged(ContentTag::Artifact(footer));
                draw_text(surface, fonts, *face, (*x, *y), &text.0);
                surface.end_tagged();
                None
            }
            Mark::Rule { left, right, y } => {
                let layout = Artifact::with_kind(ArtifactType::Layout);
                surface.start_tagged(ContentTag::Artifact(layout));
                draw_rule(surface, *left, *right, *y);
                surface.end_tagged();
                None
            }
        });
    }
    drawn
}

fn ink(lightness: u8) -> Option<Fill> {
    Some(Fill { paint: luma::Color::new(lightness).into(), ..Fill::default() })
}

fn draw_text(surface: &mut Surface<'_>, fonts: &Fonts, face: Type, at: (f32, f32), text: &str) {
    let typeface = fonts.of(face);
    surface.set_fill(ink(0));
    let start = Point::from_xy(at.0, at.1);
    let glyphs = typeface.glyphs(text);
    surface.draw_glyphs(start, &glyphs, typeface.font(), text, face.size, false);
}

fn draw_rule(surface: &mut Surface<'_>, left: f32, right: f32, y: f32) {
    let mut path = PathBuilder::new();
    if let Some(rect) = Rect::from_ltrb(left, y, right, y + THIN) {
        path.push_rect(rect);
    }
    if let Some(path) = path.finish() {
        surface.set_fill(ink(140));
        surface.draw_path(&path);
    }
}

/// An element with all below it; nothing when it holds nothing.
fn group(sheets: &Sheets, at: usize, names: &[Vec<Option<Identifier>>]) -> Option<TagGroup> {
    let element = sheets.elements.get(at)?;
    let mut tagged = TagGroup::new(kind(element));
    for child in &element.children {
        match child {
            Child::Element(below) => {
                if let Some(below) = group(sheets, *below, names) {
                    tagged.push(below);
                }
            }
            Child::Mark(page, mark) => {
                let name = names.get(*page).and_then(|page| page.get(*mark));
                if let Some(name) = name.copied().flatten() {
                    tagged.push(name);
                }
            }
        }
    }
    (!tagged.children.is_empty()).then_some(tagged)
}

fn kind(element: &Element) -> TagKind {
    let lang = element.language.map(|language| language.tag().to_owned());
    match &element.role {
        Role::Document | Role::Section => Tag::Section.with_lang(lang).into(),
        Role::Group => Tag::Div.with_lang(lang).into(),
        Role::Paragraph => Tag::P.with_lang(lang).into(),
        Role::Heading(level, text) => {
            let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, Some(text.0.clone())).with_lang(lang).into()
        }
        Role::List => Tag::L(ListNumbering::Disc).into(),
        Role::Point => Tag::LI.into(),
        Role::Bullet => Tag::Lbl.into(),
        Role::PointText => Tag::LBody.into(),
        Role::Table => Tag::Table.into(),
        Role::Row => Tag::TR.into(),
        Role::RowHeader => Tag::TH(TableHeaderScope::Row).into(),
        Role::Cell => Tag::TD.into(),
    }
}

fn metadata(about: &About) -> Metadata {
    let date = about.date;
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    let written = DateTime::new(date.year().unsigned_abs()).month(month).day(day);
    let metadata = Metadata::new()
        .title(about.title.clone())
        .language(about.language.tag().to_owned())
        .creator("kvittens".to_owned())
        .creation_date(written)
        .document_id(about.id.clone());
    match &about.author {
        Some(author) => metadata.authors(vec![author.clone()]),
        None => metadata,
    }
}

fn outline(sheets: &Sheets) -> Outline {
    let mut outline = Outline::new();
    for bookmark in &sheets.bookmarks {
        let there = XyzDestination::new(bookmark.page, Point::from_xy(paper::LEFT, bookmark.y));
        outline.push_child(OutlineNode::new(bookmark.text.0.clone(), there));
    }
    outline
}

/// Why the writer refused, without the text that it may hold: the names of the rules only.
fn reason(error: &KrillaError) -> String {
    let name = |debug: String| {
        debug.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned()
    };
    match error {
        KrillaError::Validation(broken) => {
            let rules: Vec<_> = broken.iter().map(|(rule, _)| name(format!("{rule:?}"))).collect();
            rules.join(", ")
        }
        other => name(format!("{other:?}")),
    }
}
