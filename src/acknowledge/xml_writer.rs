//! Writes the XML of receipts and confirmations: elements with text, indented, every character escaped that XML cannot hold bare.

/// XML that grows line by line.
pub(super) struct Writer(pub(super) String);

impl Writer {
    pub(super) fn open(&mut self, element: &str, depth: usize) {
        self.indent(depth);
        self.0.push('<');
        self.0.push_str(element);
        self.0.push_str(">\n");
    }

    pub(super) fn close(&mut self, element: &str, depth: usize) {
        self.indent(depth);
        self.0.push_str("</");
        self.0.push_str(element);
        self.0.push_str(">\n");
    }

    pub(super) fn leaf(&mut self, element: &str, text: &str, depth: usize) {
        self.indent(depth);
        self.0.push('<');
        self.0.push_str(element);
        self.0.push('>');
        text.chars().for_each(|c| self.escaped(c));
        self.0.push_str("</");
        self.0.push_str(element);
        self.0.push_str(">\n");
    }

    fn indent(&mut self, depth: usize) {
        (0..depth).for_each(|_| self.0.push_str("  "));
    }

    /// What XML 1.0 cannot hold becomes U+FFFD: a file name may be anything.
    fn escaped(&mut self, c: char) {
        match c {
            '&' => self.0.push_str("&amp;"),
            '<' => self.0.push_str("&lt;"),
            '>' => self.0.push_str("&gt;"),
            '\t' => self.0.push_str("&#9;"),
            '\n' => self.0.push_str("&#10;"),
            '\r' => self.0.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => self.0.push('\u{fffd}'),
            _ => self.0.push(c),
        }
    }
}
