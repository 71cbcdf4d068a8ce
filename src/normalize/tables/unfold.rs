//! The text of an HTML mail that a program laid out: its tables in the order in which people read them, labels beside their values, rows of data behind
//! tabs. One walk over the tags, whatever they are worth.

use super::html::plain;
use super::unfold_lines::Open;
use super::unfold_lines::Out;

/// Tables within tables.
const NESTED_MAX: usize = 40;

/// The text of a mail that tells in cards or lists of terms; `None` for every other, which is laid out as it always was.
pub(in crate::normalize) fn text(html: &str) -> Option<String> {
    let mut walk = Walk::default();
    for (at, piece) in html.split('<').enumerate() {
        let (tag, text) = match piece.split_once('>') {
            Some((tag, text)) if at > 0 => (tag, text),
            Some(_) | None if at == 0 => ("", piece),
            Some(_) | None => continue,
        };
        walk.tag(tag);
        if walk.hidden.is_none() && !text.is_empty() {
            walk.out().text(&plain(text));
        }
    }
    while !walk.stack.is_empty() {
        walk.close_table();
    }
    walk.root.end();
    (walk.cards > 0).then(|| walk.root.lines.join("\n"))
}

/// The walk over the tags.
#[derive(Default)]
struct Walk {
    root: Out,
    /// The tables that are open, the innermost last.
    stack: Vec<Open>,
    /// Tables deeper than are kept.
    deeper: usize,
    /// What stands here nobody sees, until this tag ends.
    hidden: Option<String>,
    /// Tables of cards and lists of terms.
    cards: usize,
    /// The numbers of the lists that are open; `None` has dots.
    lists: Vec<Option<usize>>,
}

impl Walk {
    fn out(&mut self) -> &mut Out {
        match self.stack.last_mut().and_then(|open| open.cell.as_mut()) {
            Some(cell) => &mut cell.out,
            None => &mut self.root,
        }
    }

    fn tag(&mut self, tag: &str) {
        let closing = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        if let Some(hiding) = &self.hidden {
            if closing && *hiding == name {
                self.hidden = None;
            }
            return;
        }
        match (name.as_str(), closing) {
            ("style" | "script" | "head" | "title", false) => self.hidden = Some(name),
            ("table", false) => self.open_table(),
            ("table", true) => self.close_table(),
            ("tr" | "td" | "th", _) => self.cell(&name, closing),
            ("p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hr" | "dl", _) => self.out().part(),
            ("br", _) => {
                let out = self.out();
                if out.line.trim().is_empty() {
                    out.part();
                } else {
                    out.end();
                }
            }
            ("dt" | "dd", _) => self.term(&name, closing),
            ("blockquote", _) => self.quote(closing),
            ("ul" | "ol" | "li", _) => self.list(&name, closing),
            ("div" | "center" | "section" | "header" | "footer" | "article" | "body", _) => {
                self.out().end();
            }
            _ => {}
        }
    }

    fn cell(&mut self, name: &str, closing: bool) {
        if self.deeper > 0 {
            self.out().end();
            return;
        }
        let Some(open) = self.stack.last_mut() else { return };
        match name {
            "tr" => open.close_row(),
            _ => {
                open.close_cell();
                open.cell = (!closing).then(Default::default);
            }
        }
    }

    fn term(&mut self, name: &str, closing: bool) {
        let out = self.out();
        match (name, closing) {
            ("dt", true) => out.term = !out.line.trim().is_empty(),
            ("dd", false) if out.term => {
                out.line = format!("{}\t", out.line.trim().trim_end_matches(':'));
                out.term = false;
                self.cards += 1;
            }
            _ => out.end(),
        }
    }

    fn quote(&mut self, closing: bool) {
        let out = self.out();
        out.part();
        out.quoted = if closing { out.quoted.saturating_sub(1) } else { out.quoted + 1 };
    }

    fn list(&mut self, name: &str, closing: bool) {
        self.out().end();
        match (name, closing) {
            ("li", true) => {}
            ("li", false) => {
                let number = self.lists.last_mut().and_then(Option::as_mut).map(|number| {
                    *number += 1;
                    *number
                });
                let sign = number.map_or_else(|| "* ".to_owned(), |number| format!("{number}. "));
                self.out().line.push_str(&sign);
            }
            (_, true) => {
                self.lists.pop();
                self.out().part();
            }
            (_, false) => {
                let list = (name == "ol").then_some(0);
                self.lists.push(list);
            }
        }
    }

    fn open_table(&mut self) {
        if self.stack.len() >= NESTED_MAX {
            self.deeper += 1;
            return;
        }
        if let Some(cell) = self.stack.last_mut().and_then(|open| open.cell.as_mut()) {
            cell.nested = true;
        }
        self.out().end();
        self.stack.push(Open::default());
    }

    fn close_table(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let Some(mut open) = self.stack.pop() else { return };
        open.close_row();
        let (lines, cards) = open.lines();
        self.cards += usize::from(cards);
        let out = self.out();
        out.add(lines);
        out.part();
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn cards_and_terms_become_lines_and_data_stays_in_rows() {
        let card =
            |label: &str, value: &str| format!("<td><span>{label}</span><br><b>{value}</b></td>");
        let html = format!(
            "<style>td{{}}</style><table><tr><td><h2>Meddelande</h2><p>Hyran är&nbsp;inte betald.</p></td></tr><tr><td>Hyresgäst 1 av 1</td></tr><tr><td><table><tr>{}{}</tr><tr>{}</tr></table><table><tr><th>Avser</th><th>Kvar</th></tr><tr><td>Okt</td><td></td></tr><tr><td>Nov</td><td>8 912</td></tr></table></td></tr></table><ol><li>ett<li>två</ol>",
            card("Hyresgäst", "Testa Ek"),
            card("Personnummer", "850101-2390"),
            card("Adress", "Exempelgatan 12")
        );
        let told = text(&html).unwrap();
        assert_eq!(
            told.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>(),
            [
                "Meddelande",
                "Hyran är inte betald.",
                "Hyresgäst 1 av 1",
                "Hyresgäst\tTesta Ek",
                "Personnummer\t850101-2390",
                "Adress\tExempelgatan 12",
                "Avser\tKvar",
                "Okt",
                "Nov\t8 912",
                "1. ett",
                "2. två"
            ]
        );
        let terms =
            text("<dl><dt>Hyresgäst:</dt> <dd>Testa Ek</dd><dt>Skuld<dd>900</dl>hej").unwrap();
        assert_eq!(terms, "Hyresgäst\tTesta Ek\nSkuld\n900\n\nhej");
        assert_eq!(text("<p>hej</p><table><tr><td>Namn<td>Skuld</table>"), None);
        for hostile in [
            "<table>",
            "<td>",
            "<table><tr><td>&#xffffffff;&;<",
            "<blockquote>a<br>",
            "<dt>x<dd>y",
            "<li>",
            "<ol>",
        ] {
            text(&hostile.repeat(20_000));
        }
    }
}
