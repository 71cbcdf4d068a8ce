//! The forms of a page as a browser without JavaScript sees them: what is sent is what stands in the page, and every field can be reached and is named.

use std::collections::BTreeSet;

/// One form of a page.
#[derive(Debug)]
pub(super) struct PageForm {
    /// Where it leads.
    pub(super) action: String,
    /// What its hidden fields send.
    pub(super) hidden: Vec<(String, String)>,
    /// The names of everything that it sends.
    pub(super) names: BTreeSet<String>,
    /// What its buttons send.
    pub(super) buttons: Vec<(String, String)>,
}

impl PageForm {
    /// The fields of the form, filled in; a field that it does not have is a fault of the test.
    pub(super) fn filled<'a>(&'a self, with: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        for (name, value) in with {
            let button = self.buttons.iter().any(|(known, sent)| known == name && sent == value);
            assert!(button || self.names.contains(*name), "{}: no field {name}", self.action);
        }
        let hidden = self.hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        hidden.chain(with.iter().copied()).collect()
    }
}

/// The value of an attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = tag.get(start..)?.split('"').next()?;
    Some(
        value
            .replace("&#38;", "&")
            .replace("&amp;", "&")
            .replace("&#34;", "\"")
            .replace("&#39;", "'"),
    )
}

fn tags<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!("<{name}");
    let ends = |rest: &&str| rest.starts_with([' ', '>', '\n']);
    let found = html.split(open.as_str()).skip(1).filter(ends);
    found.map(|rest| rest.split('>').next().unwrap_or_default()).collect()
}

/// Every form of a page.
pub(super) fn forms(html: &str) -> Vec<PageForm> {
    let pieces = html.split("<form").skip(1);
    let form = |piece: &str| {
        let inside = piece.split("</form>").next().unwrap_or_default();
        let action = attribute(inside.split('>').next().unwrap_or_default(), "action");
        let pair = |tag: &str| Some((attribute(tag, "name")?, attribute(tag, "value")?));
        let inputs = tags(inside, "input");
        let hidden =
            inputs.iter().filter(|tag| attribute(tag, "type").as_deref() == Some("hidden"));
        let fields = inputs.iter().copied().chain(tags(inside, "select"));
        PageForm {
            action: action.unwrap_or_default(),
            hidden: hidden.filter_map(|tag| pair(tag)).collect(),
            names: fields
                .chain(tags(inside, "textarea"))
                .filter_map(|tag| attribute(tag, "name"))
                .collect(),
            buttons: tags(inside, "button").into_iter().filter_map(pair).collect(),
        }
    };
    pieces.map(form).collect()
}

/// The form that leads there, and whose button sends this, where it has several.
pub(super) fn form(html: &str, action: &str, button: Option<&str>) -> PageForm {
    let fits = |form: &PageForm| {
        let sends = |value: &str| form.buttons.iter().any(|(_, sent)| sent == value);
        form.action.split('?').next() == Some(action) && button.is_none_or(sends)
    };
    let found = forms(html).into_iter().find(fits);
    found.unwrap_or_else(|| panic!("no form to {action} {button:?} in {html}"))
}

/// That a page works without JavaScript and with the keyboard alone: no script, nothing that takes the focus out of turn, and every field has its label.
pub(super) fn plain(html: &str) {
    for never in
        ["<script", "onclick", "onchange", "onsubmit", "javascript:", "tabindex=\"1", "autofocus"]
    {
        assert!(!html.contains(never), "{never}");
    }
    let labels: BTreeSet<String> =
        tags(html, "label").into_iter().filter_map(|tag| attribute(tag, "for")).collect();
    let mut ids = BTreeSet::new();
    for kind in ["input", "select", "textarea"] {
        for tag in tags(html, kind) {
            let kind = attribute(tag, "type").unwrap_or_default();
            // A box stands within its label.
            if kind == "hidden" || kind == "checkbox" {
                continue;
            }
            let id = attribute(tag, "id");
            assert!(id.as_ref().is_none_or(|id| ids.insert(id.clone())), "twice: {tag}");
            let named = id.is_some_and(|id| labels.contains(&id));
            assert!(named || attribute(tag, "aria-label").is_some(), "no label: {tag}");
        }
    }
}
