//! The running text of one part of a letter: a state machine over the elements of WordprocessingML (ECMA-376 part 1, chapter 17).

use super::docx_field::Control;
use super::docx_field::FormField;
use crate::domain::document::Cell;
use crate::domain::document::Field;
use crate::domain::document::Table;

/// So much text of one part is gathered.
const STORY_BYTES: usize = 8 * 1024 * 1024;

/// What has been read so far.
#[derive(Default)]
pub(super) struct Story {
    /// The text.
    pub(super) text: String,
    /// Its tables, the inner ones before those around them.
    pub(super) tables: Vec<Table>,
    /// Its filled-in fields.
    pub(super) fields: Vec<Field>,
    depth: usize,
    open_tables: Vec<OpenTable>,
    controls: Vec<Control>,
    form_fields: Vec<FormField>,
    /// Depth of the outermost element that is not seen: a fallback, text that was moved away.
    unseen: Option<usize>,
    in_run: bool,
    in_text: bool,
    hidden: bool,
}

#[derive(Default)]
struct OpenTable {
    rows: Vec<Vec<Cell>>,
    row: Vec<String>,
    cell: Option<String>,
    /// Columns that the open cell spans beyond its own.
    spans: usize,
}

impl Story {
    /// An element begins.
    pub(super) fn start(&mut self, name: &str, attribute: &dyn Fn(&str) -> Option<String>) {
        self.depth += 1;
        if self.unseen.is_some() {
            return;
        }
        let value = || attribute("val").unwrap_or_default();
        match name {
            "Fallback" | "moveFrom" | "del" => self.unseen = Some(self.depth),
            "tbl" => {
                self.break_line();
                self.open_tables.push(OpenTable::default());
            }
            "tc" => {
                if let Some(table) = self.open_tables.last_mut() {
                    table.cell = Some(String::new());
                    table.spans = 0;
                }
            }
            "gridSpan" => {
                let columns: usize = value().parse().unwrap_or(1);
                if let Some(table) = self.open_tables.last_mut() {
                    table.spans = columns.saturating_sub(1).min(60);
                }
            }
            "r" => (self.in_run, self.hidden) = (true, false),
            "vanish" if self.in_run => self.hidden = is_on(attribute),
            "t" => self.in_text = true,
            "tab" | "ptab" if self.in_run => self.put("\t"),
            "br" | "cr" => self.put("\n"),
            "noBreakHyphen" => self.put("-"),
            "sym" => self.symbol(&attribute("char").unwrap_or_default()),
            "txbxContent" => self.break_line(),
            "sdt" => self.controls.push(Control::default()),
            "sdtPr" => self.control(|control| control.in_properties = true),
            "fldChar" => self.field_part(&attribute("fldCharType").unwrap_or_default()),
            _ => self.property(name, attribute),
        }
    }

    /// Properties of content controls and form fields.
    fn property(&mut self, name: &str, attribute: &dyn Fn(&str) -> Option<String>) {
        let value = || attribute("val").unwrap_or_default();
        if self.controls.last().is_some_and(|control| control.in_properties) {
            match name {
                "alias" => self.control(|control| control.label = value()),
                "tag" => self.control(|control| {
                    if control.label.is_empty() {
                        control.label = value();
                    }
                }),
                "showingPlcHdr" => self.control(|control| control.prompt = is_on(attribute)),
                "checked" => self.control(|control| control.ticked = Some(is_on(attribute))),
                "checkbox" => self.control(|control| control.ticked = Some(false)),
                _ => {}
            }
            return;
        }
        if let Some(field) = self.form_fields.last_mut() {
            field.property(name, value(), is_on(attribute));
        }
    }

    /// An element ends.
    pub(super) fn end(&mut self, name: &str) {
        let depth = self.depth;
        self.depth = self.depth.saturating_sub(1);
        if let Some(from) = self.unseen {
            if depth <= from {
                self.unseen = None;
            }
            return;
        }
        match name {
            "p" => self.put("\n"),
            "r" => (self.in_run, self.hidden) = (false, false),
            "t" => self.in_text = false,
            "tc" => self.end_cell(),
            "tr" => self.end_row(),
            "tbl" => self.end_table(),
            "txbxContent" => self.break_line(),
            "sdtPr" => self.control(|control| control.in_properties = false),
            "sdt" => self.end_control(),
            _ => {}
        }
    }

    /// Characters.
    pub(super) fn text(&mut self, text: &str) {
        if self.in_text && self.unseen.is_none() {
            self.put(text);
        }
    }

    /// Whether all elements are closed.
    pub(super) fn is_at_end(&self) -> bool {
        self.depth == 0
    }

    /// Closes what a damaged part left open.
    pub(super) fn finish(&mut self) {
        while !self.open_tables.is_empty() {
            self.end_cell();
            self.end_row();
            self.end_table();
        }
    }

    fn put(&mut self, text: &str) {
        let prompted = self.controls.iter().any(|control| control.prompt || control.in_properties);
        if self.hidden || prompted || self.text.len() > STORY_BYTES {
            return;
        }
        for control in &mut self.controls {
            control.put(text);
        }
        if let Some(field) = self.form_fields.last_mut().filter(|field| field.shows) {
            field.text.push_str(text);
        }
        self.emit(text);
    }

    /// Into the innermost open cell, else into the text.
    fn emit(&mut self, text: &str) {
        let cell = self.open_tables.iter_mut().rev().find_map(|table| table.cell.as_mut());
        cell.unwrap_or(&mut self.text).push_str(text);
    }

    fn break_line(&mut self) {
        let cell = self.open_tables.iter_mut().rev().find_map(|table| table.cell.as_mut());
        let text = cell.unwrap_or(&mut self.text);
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
    }

    fn symbol(&mut self, code: &str) {
        // Wingdings: boxes with a tick or a cross, boxes with nothing.
        match code.to_ascii_uppercase().as_str() {
            "F0FE" | "F0FD" | "F078" | "F052" | "F054" => self.put("☒"),
            "F0A8" | "F06F" | "F071" | "F0A3" => self.put("☐"),
            _ => {}
        }
    }

    fn control(&mut self, change: impl FnOnce(&mut Control)) {
        if let Some(control) = self.controls.last_mut() {
            change(control);
        }
    }

    fn end_control(&mut self) {
        self.fields.extend(self.controls.pop().and_then(Control::field));
    }

    fn field_part(&mut self, part: &str) {
        match part {
            "begin" => self.form_fields.push(FormField::default()),
            "separate" => {
                if let Some(field) = self.form_fields.last_mut() {
                    field.shows = true;
                }
            }
            "end" => self.end_field(),
            _ => {}
        }
    }

    fn end_field(&mut self) {
        let Some(field) = self.form_fields.pop() else { return };
        // What an inner field shows, the outer one shows too.
        if let Some(outer) = self.form_fields.last_mut().filter(|outer| outer.shows) {
            outer.text.push_str(&field.text);
        }
        if let Some(seen) = field.seen() {
            self.put(seen);
        }
        self.fields.extend(field.field());
    }

    fn end_cell(&mut self) {
        let Some(table) = self.open_tables.last_mut() else { return };
        let Some(cell) = table.cell.take() else { return };
        table.row.push(cell.trim().to_owned());
        table.row.extend(std::iter::repeat_n(String::new(), table.spans));
    }

    /// Lines of cells side by side stand on one line of the text, as they do on paper.
    fn end_row(&mut self) {
        let Some(table) = self.open_tables.last_mut() else { return };
        let row = std::mem::take(&mut table.row);
        if row.is_empty() {
            return;
        }
        table.rows.push(row.iter().map(|text| Cell::text(text)).collect());
        let outer = self.open_tables.len().saturating_sub(1);
        let text = side_by_side(&row);
        let cell = self
            .open_tables
            .get_mut(..outer)
            .and_then(|tables| tables.iter_mut().rev().find_map(|table| table.cell.as_mut()));
        cell.unwrap_or(&mut self.text).push_str(&text);
    }

    fn end_table(&mut self) {
        let Some(table) = self.open_tables.pop() else { return };
        if !table.rows.is_empty() {
            self.tables.push(Table { name: String::new(), rows: table.rows });
        }
    }
}

/// A row as lines. A row with one filled cell is there for its layout: it is text like any other.
fn side_by_side(row: &[String]) -> String {
    let mut filled = row.iter().filter(|cell| !cell.is_empty());
    if let (Some(only), None) = (filled.next(), filled.next()) {
        return format!("{only}\n");
    }
    let mut cells: Vec<_> = row.iter().map(|cell| cell.lines()).collect();
    let mut text = String::new();
    for _ in 0..row.iter().map(|cell| cell.lines().count()).max().unwrap_or(0) {
        let line: Vec<String> = cells
            .iter_mut()
            .map(|lines| lines.next().unwrap_or_default().replace('\t', " "))
            .collect();
        text.push_str(line.join("\t").trim_end());
        text.push('\n');
    }
    text
}

/// A property that is on when it merely stands there.
fn is_on(attribute: &dyn Fn(&str) -> Option<String>) -> bool {
    !matches!(attribute("val").as_deref(), Some("0" | "false" | "off" | "none"))
}
