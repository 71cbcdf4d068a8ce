//! Setting a letter: sender, date and address at the head, then each part with its headings, paragraphs, lists and tables.

use crate::domain::masked::Masked;
use crate::letter::Block;
use crate::letter::Language;
use crate::letter::Letter;
use crate::letter::LetterError;
use crate::letter::Part;
use crate::letter::Row;
use crate::letter::flow::Flow;
use crate::letter::flow::Place;
use crate::letter::fonts::Fonts;
use crate::letter::paper;
use crate::letter::paper::Type;
use crate::letter::sheet::Bookmark;
use crate::letter::sheet::Role;
use crate::letter::sheet::Sheets;
use crate::letter::sheet::Words;
use crate::letter::words;

const DOCUMENT: usize = 0;
/// Above a paragraph, in points.
const BETWEEN: f32 = 8.0;
/// Above a heading, and around a table.
const APART: f32 = 12.0;
/// Above and below the text of a row.
const ROW_PADDING: f32 = 2.5;

/// Sets a letter on pages.
pub(super) fn compose(letter: &Letter, fonts: &Fonts) -> Result<Sheets, LetterError> {
    let language = letter.parts.first().map_or(Language::Sv, |part| part.language);
    let mut flow = Flow::new(fonts, language);
    head(&mut flow, letter, language)?;
    for (at, part) in letter.parts.iter().enumerate() {
        if at > 0 {
            flow.new_page(part.language);
        }
        let foreign = Some(part.language).filter(|own| *own != language);
        let section = flow.element(DOCUMENT, Role::Section, foreign);
        set_part(&mut flow, section, part);
    }
    let reference = crate::letter::fonts::cleaned(&letter.our_reference);
    flow.number(|language, page, of| {
        let number = words::page_number(language, page, of);
        if reference.is_empty() { number } else { format!("{reference} · {number}") }
    });
    let sheets = flow.finish();
    if sheets.pages.len() > paper::MOST_PAGES { Err(LetterError::TooLong) } else { Ok(sheets) }
}

/// Sender to the left; date, reference and, in the window, the address to the right.
fn head(flow: &mut Flow<'_>, letter: &Letter, language: Language) -> Result<(), LetterError> {
    let top = Place { page: 0, y: paper::HEAD_TOP };
    flow.go(top);
    let sender = flow.element(DOCUMENT, Role::Group, None);
    for (at, line) in letter.sender.iter().enumerate() {
        let face = if at == 0 { paper::STRONG } else { paper::TEXT };
        let lines = flow.lines(line, face, paper::SENDER_WIDTH);
        paragraph(flow, sender, paper::LEFT, &lines, face);
    }
    let below_sender = flow.place();
    flow.go(top);
    let about = flow.element(DOCUMENT, Role::Group, None);
    let reference = words::our_reference(language);
    let mut facts = vec![words::day(language, letter.date)];
    if !letter.our_reference.is_empty() {
        facts.push(format!("{reference}: {}", letter.our_reference));
    }
    for fact in facts {
        let lines = flow.lines(&fact, paper::TEXT, paper::WINDOW_WIDTH);
        paragraph(flow, about, paper::WINDOW_LEFT, &lines, paper::TEXT);
    }
    let posted = letter.recipient.iter().any(|line| !line.is_empty());
    let mut lowest = if below_sender > flow.place() { below_sender } else { flow.place() };
    if posted {
        address(flow, &letter.recipient)?;
        let text = Place { page: 0, y: paper::TEXT_TOP };
        lowest = if lowest > text { lowest } else { text };
    }
    flow.go(lowest);
    if !posted {
        flow.space(2.0 * APART);
    }
    Ok(())
}

/// The address, as large as the window allows.
fn address(flow: &mut Flow<'_>, recipient: &[Masked]) -> Result<(), LetterError> {
    let wrapped = |face: Type| {
        let wrapped = recipient.iter();
        let wrapped = wrapped.map(|line| flow.lines(line.reveal(), face, paper::WINDOW_WIDTH));
        wrapped.filter(|lines| !lines.is_empty()).collect::<Vec<_>>()
    };
    let fitting = paper::ADDRESS.into_iter().find_map(|face| {
        let lines = wrapped(face);
        let height = face.leading * lines.iter().map(Vec::len).sum::<usize>() as f32;
        (height <= paper::WINDOW_HEIGHT).then_some((face, lines))
    });
    let (face, lines) = fitting.ok_or(LetterError::AddressTooLong)?;
    flow.go(Place { page: 0, y: paper::WINDOW_TOP });
    let group = flow.element(DOCUMENT, Role::Group, None);
    for lines in lines {
        paragraph(flow, group, paper::WINDOW_LEFT, &lines, face);
    }
    Ok(())
}

fn paragraph(flow: &mut Flow<'_>, parent: usize, x: f32, lines: &[String], face: Type) {
    if !lines.is_empty() {
        let owner = flow.element(parent, Role::Paragraph, None);
        flow.set(owner, x, lines, face);
    }
}

fn set_part(flow: &mut Flow<'_>, section: usize, part: &Part) {
    heading(flow, section, 1, &part.heading, paper::TITLE);
    for (at, block) in part.body.iter().enumerate() {
        let last = at + 1 == part.body.len();
        match block {
            Block::Heading(text) => heading(flow, section, 2, text, paper::HEADING),
            Block::Paragraph(text) => {
                flow.space(BETWEEN);
                if last {
                    // No greeting stands alone on a page.
                    let above = flow.lines(text, paper::TEXT, paper::MEASURE).len();
                    let lines = above.min(3) + part.closing.len();
                    flow.need(paper::TEXT.leading * lines as f32 + APART);
                }
                running(flow, section, text, paper::TEXT, None);
            }
            Block::Aside(language, text) => {
                flow.space(BETWEEN);
                let foreign = Some(*language).filter(|own| *own != part.language);
                running(flow, section, text, paper::TEXT, foreign);
            }
            Block::List(points) => list(flow, section, points),
            Block::Rows(rows) => table(flow, section, rows),
        }
    }
    together(flow, section, &part.closing, paper::TEXT, APART);
    if part.footer.iter().any(|line| !line.is_empty()) {
        together(flow, section, &part.footer, paper::SMALL, 2.0 * APART);
    }
}

/// A heading with at least three lines of what follows it.
fn heading(flow: &mut Flow<'_>, section: usize, level: u16, text: &str, face: Type) {
    let text = crate::letter::fonts::cleaned(text);
    let lines = flow.lines(&text, face, paper::MEASURE);
    if lines.is_empty() {
        return;
    }
    flow.space(APART);
    flow.need(face.leading * lines.len() as f32 + 3.0 * paper::TEXT.leading + BETWEEN);
    let Place { page, y } = flow.place();
    if level == 1 {
        flow.sheets().bookmarks.push(Bookmark { text: Words(text.clone()), page, y });
    }
    let owner = flow.element(section, Role::Heading(level, Words(text)), None);
    flow.set(owner, paper::LEFT, &lines, face);
}

fn running(flow: &mut Flow<'_>, parent: usize, text: &str, face: Type, language: Option<Language>) {
    let lines = flow.lines(text, face, paper::MEASURE);
    if !lines.is_empty() {
        let owner = flow.element(parent, Role::Paragraph, language);
        flow.set(owner, paper::LEFT, &lines, face);
    }
}

fn list(flow: &mut Flow<'_>, section: usize, points: &[String]) {
    let wide = paper::MEASURE - paper::POINT_INDENT;
    let set: Vec<_> = points.iter().map(|text| flow.lines(text, paper::TEXT, wide)).collect();
    if set.iter().all(Vec::is_empty) {
        return;
    }
    let list = flow.element(section, Role::List, None);
    flow.space(BETWEEN / 2.0);
    for lines in set.iter().filter(|lines| !lines.is_empty()) {
        flow.space(BETWEEN / 2.0);
        flow.need(paper::TEXT.leading * lines.len().min(3) as f32);
        let point = flow.element(list, Role::Point, None);
        let bullet = flow.element(point, Role::Bullet, None);
        let here = flow.place();
        flow.set(bullet, paper::LEFT + paper::POINT_INDENT / 4.0, &["• ".to_owned()], paper::TEXT);
        flow.go(here);
        let body = flow.element(point, Role::PointText, None);
        flow.set(body, paper::LEFT + paper::POINT_INDENT, lines, paper::TEXT);
    }
}

/// Rows of label and value, a thin line below each. A row stays on one page if it can.
fn table(flow: &mut Flow<'_>, section: usize, rows: &[Row]) {
    let value_left = paper::LABEL_WIDTH + paper::COLUMN_GAP;
    let value_width = paper::MEASURE - value_left;
    let mut table = None;
    flow.space(BETWEEN);
    for row in rows {
        let label = flow.lines(&row.label, paper::STRONG, paper::LABEL_WIDTH);
        let value = flow.lines(&row.value, paper::TEXT, value_width);
        // A header without a value, or the other way round, says nothing to one who hears it.
        if label.is_empty() || value.is_empty() {
            continue;
        }
        let table = *table.get_or_insert_with(|| flow.element(section, Role::Table, None));
        let height = paper::TEXT.leading * label.len().max(value.len()) as f32;
        flow.need(height + 2.0 * ROW_PADDING);
        flow.space(ROW_PADDING);
        let line = flow.element(table, Role::Row, None);
        let start = flow.place();
        let header = flow.element(line, Role::RowHeader, None);
        flow.set(header, paper::LEFT, &label, paper::STRONG);
        let below_label = flow.place();
        flow.go(start);
        let cell = flow.element(line, Role::Cell, None);
        flow.set(cell, paper::LEFT + value_left, &value, paper::TEXT);
        if below_label > flow.place() {
            flow.go(below_label);
        }
        flow.space(ROW_PADDING);
        flow.rule();
    }
    flow.space(BETWEEN / 2.0);
}

/// Lines that end a letter, on one page if they fit.
fn together(flow: &mut Flow<'_>, section: usize, texts: &[String], face: Type, above: f32) {
    let set: Vec<_> = texts.iter().map(|text| flow.lines(text, face, paper::MEASURE)).collect();
    let count: usize = set.iter().map(Vec::len).sum();
    if count == 0 {
        return;
    }
    flow.space(above);
    flow.need(face.leading * count as f32);
    let group = flow.element(section, Role::Group, None);
    for lines in set {
        paragraph(flow, group, paper::LEFT, &lines, face);
    }
}
