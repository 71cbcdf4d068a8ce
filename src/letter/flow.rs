//! Filling pages from top to bottom: lines go where there is room, and what belongs together is not torn apart.

use crate::letter::Language;
use crate::letter::fonts::Fonts;
use crate::letter::paper;
use crate::letter::paper::Type;
use crate::letter::sheet::Child;
use crate::letter::sheet::Element;
use crate::letter::sheet::Mark;
use crate::letter::sheet::Page;
use crate::letter::sheet::Role;
use crate::letter::sheet::Sheets;
use crate::letter::sheet::Words;
use crate::letter::wrap;

/// A place on a page; a later one is greater.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) struct Place {
    /// The page, from 0.
    pub(super) page: usize,
    /// Points from its upper edge.
    pub(super) y: f32,
}

/// Pages being filled.
pub(super) struct Flow<'a> {
    fonts: &'a Fonts,
    sheets: Sheets,
    place: Place,
    language: Language,
}

impl<'a> Flow<'a> {
    /// An empty first page; the document is element 0.
    pub(super) fn new(fonts: &'a Fonts, language: Language) -> Self {
        let document = Element { role: Role::Document, language: None, children: Vec::new() };
        let sheets = Sheets { elements: vec![document], ..Sheets::default() };
        let place = Place { page: 0, y: paper::PAGE_TOP };
        let mut flow = Self { fonts, sheets, place, language };
        flow.open_pages();
        flow
    }

    /// What has been set.
    pub(super) fn finish(self) -> Sheets {
        self.sheets
    }

    /// What has been set so far, to add to.
    pub(super) fn sheets(&mut self) -> &mut Sheets {
        &mut self.sheets
    }

    /// The next free place.
    pub(super) fn place(&self) -> Place {
        self.place
    }

    /// Goes on at another place, which may be on a page not begun yet.
    pub(super) fn go(&mut self, place: Place) {
        self.place = place;
        self.open_pages();
    }

    /// Begins a page, from here on in this language.
    pub(super) fn new_page(&mut self, language: Language) {
        self.language = language;
        self.go(Place { page: self.place.page + 1, y: paper::PAGE_TOP });
    }

    /// A new element within another.
    pub(super) fn element(
        &mut self,
        parent: usize,
        role: Role,
        language: Option<Language>,
    ) -> usize {
        let at = self.sheets.elements.len();
        self.sheets.elements.push(Element { role, language, children: Vec::new() });
        self.sheets.elements[parent].children.push(Child::Element(at));
        at
    }

    /// Leaves space, unless a page has just begun.
    pub(super) fn space(&mut self, height: f32) {
        if self.place.y > paper::PAGE_TOP {
            self.place.y += height;
        }
    }

    /// Goes to the next page when so much no longer fits on this one; what fits on no page begins where it is.
    pub(super) fn need(&mut self, height: f32) {
        let fits_a_page = height <= paper::PAGE_BOTTOM - paper::PAGE_TOP;
        if fits_a_page && self.place.y + height > paper::PAGE_BOTTOM {
            self.new_page(self.language);
        }
    }

    /// The lines of a text in a column.
    pub(super) fn lines(&self, text: &str, face: Type, column: f32) -> Vec<String> {
        wrap::lines(text, face, column, self.fonts)
    }

    /// Sets lines one below the other, as content of an element. A page break leaves two lines at least on either side.
    pub(super) fn set(&mut self, owner: usize, x: f32, lines: &[String], face: Type) {
        let count = lines.len();
        for (at, line) in lines.iter().enumerate() {
            let together = match at {
                0 if count <= 3 => count,
                0 => 2,
                at if count > 3 && at + 2 == count => 2,
                _ => 1,
            };
            self.need(face.leading * together as f32);
            self.line(owner, x, line, face);
        }
    }

    /// Sets one line here and goes below it.
    fn line(&mut self, owner: usize, x: f32, line: &str, face: Type) {
        let Place { page, y } = self.place;
        let baseline = y + face.leading * 0.76;
        let marks = &mut self.sheets.pages[page].marks;
        marks.push(Mark::Text { x, y: baseline, face, text: Words(line.to_owned()) });
        let mark = Child::Mark(page, marks.len() - 1);
        self.sheets.elements[owner].children.push(mark);
        self.place.y += face.leading;
    }

    /// Draws a thin line here.
    pub(super) fn rule(&mut self) {
        let Place { page, y } = self.place;
        let right = paper::LEFT + paper::MEASURE;
        self.sheets.pages[page].marks.push(Mark::Rule { left: paper::LEFT, right, y });
    }

    /// Numbers every page, with the reference before it.
    pub(super) fn number(&mut self, numbered: impl Fn(Language, usize, usize) -> String) {
        let count = self.sheets.pages.len();
        for (at, page) in self.sheets.pages.iter_mut().enumerate() {
            let text = numbered(page.language, at + 1, count);
            let x = paper::LEFT + paper::MEASURE - self.fonts.width(&text, paper::SMALL);
            let (y, face) = (paper::NUMBER_LINE, paper::SMALL);
            page.marks.push(Mark::Number { x, y, face, text: Words(text) });
        }
    }

    fn open_pages(&mut self) {
        while self.sheets.pages.len() <= self.place.page {
            self.sheets.pages.push(Page { language: self.language, marks: Vec::new() });
        }
    }
}
