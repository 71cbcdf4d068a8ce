//! What was filled into a letter: content controls, and form fields of the older kind.

use crate::domain::document::Field;

/// What stands in a content control longer than this is a chapter, not a field.
const FIELD_CHARACTERS: usize = 2_000;

/// A content control (`w:sdt`).
#[derive(Default)]
pub(super) struct Control {
    /// Its title, else its tag.
    pub(super) label: String,
    /// It shows its prompt: nobody filled it in.
    pub(super) prompt: bool,
    /// Whether it is a box, and a ticked one.
    pub(super) ticked: Option<bool>,
    /// Its properties are being read.
    pub(super) in_properties: bool,
    text: String,
}

impl Control {
    /// Its content goes on.
    pub(super) fn put(&mut self, text: &str) {
        if self.text.len() <= FIELD_CHARACTERS * 4 {
            self.text.push_str(text);
        }
    }

    /// What was filled in.
    pub(super) fn field(self) -> Option<Field> {
        let value = match self.ticked {
            Some(ticked) => state(ticked),
            None => self.text.trim().to_owned(),
        };
        let long = value.chars().count() > FIELD_CHARACTERS;
        let said = !self.label.trim().is_empty() && !value.is_empty() && !self.prompt;
        (said && !long).then_some(Field { label: self.label, value })
    }
}

/// A form field of the older kind (`w:fldChar` with `w:ffData`), or any other field, of which only the text that it shows is of interest.
#[derive(Default)]
pub(super) struct FormField {
    /// It shows its result now.
    pub(super) shows: bool,
    /// What it shows.
    pub(super) text: String,
    name: String,
    label: String,
    boxed: bool,
    ticked: bool,
    choices: Vec<String>,
    chosen: usize,
    is_form: bool,
}

impl FormField {
    /// One of its properties.
    pub(super) fn property(&mut self, name: &str, value: String, is_on: bool) {
        match name {
            "ffData" => self.is_form = true,
            "name" => self.name = value,
            "statusText" | "helpText" if self.label.is_empty() => self.label = value,
            "checkBox" => self.boxed = true,
            "default" | "checked" if self.boxed => self.ticked = is_on,
            "listEntry" => self.choices.push(value),
            "result" => self.chosen = value.parse().unwrap_or(0),
            _ => {}
        }
    }

    /// What is seen of it although it stands in no text: a box, a choice.
    pub(super) fn seen(&self) -> Option<&str> {
        if !self.is_form || !self.text.trim().is_empty() {
            return None;
        }
        match (self.boxed, self.ticked) {
            (true, true) => Some("☒"),
            (true, false) => Some("☐"),
            (false, _) => self.choices.get(self.chosen).map(String::as_str),
        }
    }

    /// What was filled in.
    pub(super) fn field(self) -> Option<Field> {
        // An empty field shows five wide spaces.
        let shown = self.text.replace('\u{2002}', " ").trim().to_owned();
        let value = match self.boxed {
            true => state(self.ticked),
            false if shown.is_empty() => self.choices.get(self.chosen).cloned().unwrap_or_default(),
            false => shown,
        };
        let label = if self.label.trim().is_empty() { self.name } else { self.label };
        (self.is_form && !value.is_empty()).then_some(Field { label, value })
    }
}

fn state(ticked: bool) -> String {
    if ticked { "On" } else { "Off" }.to_owned()
}
