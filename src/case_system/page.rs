//! The sheet on which a notice's summary is written, line by line.

use crate::domain::masked::Masked;
use serde::Serialize;

/// Lines of text, one value a line; what is not known leaves no line.
#[derive(Default)]
pub(super) struct Page(String);

impl Page {
    /// What was written.
    pub(super) fn text(self) -> String {
        self.0
    }

    /// One line.
    pub(super) fn line(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push_str("\r\n");
    }

    /// A heading after an empty line.
    pub(super) fn head(&mut self, text: &str) {
        self.line("");
        self.line(text);
        self.line(&"-".repeat(text.chars().count()));
    }

    /// A named value.
    pub(super) fn field(&mut self, name: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.line(&format!("{name}: {}", value.to_string()));
        }
    }

    /// A named value that is personal: the page goes into the case and nowhere else.
    pub(super) fn masked(&mut self, name: &str, value: Option<&Masked>) {
        self.field(name, value.map(Masked::reveal));
    }

    /// A value as its canonical JSON text, an instant without seconds.
    pub(super) fn moment(&mut self, name: &str, value: Option<&impl Serialize>) {
        let text = value.and_then(|value| serde_json::to_value(value).ok());
        let text = text.as_ref().and_then(|text| text.as_str());
        self.field(
            name,
            text.map(|text| match text.split_once('T') {
                Some((day, time)) => format!("{day} {}", time.get(..5).unwrap_or(time)),
                None => text.to_owned(),
            }),
        );
    }
}
