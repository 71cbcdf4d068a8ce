//! Writes a notice as XML: the JSON form walked by the shape's table, so that both forms cannot drift apart.

use super::shape::NOTICE;
use super::shape::Shape;
use super::xml::NAMESPACE;
use crate::domain::notice::Notice;
use serde_json::Value;

/// The notice as an XML document in UTF-8, valid by `schemas/notice.v1.xsd`.
pub fn write(notice: &Notice) -> String {
    let mut out = String::with_capacity(4096);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<notice xmlns=\"");
    out.push_str(NAMESPACE);
    out.push_str("\">");
    // A notice is plain data: serializing it cannot fail. Were it to, the document says nothing rather than something wrong.
    let value = serde_json::to_value(notice).unwrap_or(Value::Null);
    members(&mut out, NOTICE, &value);
    out.push_str("</notice>\n");
    out
}

fn members(out: &mut String, shape: &[(&str, Shape)], value: &Value) {
    for (name, shape) in shape {
        if let Some(value) = value.get(name) {
            element(out, name, shape, value);
        }
    }
}

fn element(out: &mut String, name: &str, shape: &Shape, value: &Value) {
    tag(out, "<", name);
    match shape {
        Shape::Leaf => leaf(out, value),
        Shape::Object(shape) => members(out, shape, value),
        Shape::List(item, shape) => {
            for value in value.as_array().into_iter().flatten() {
                element(out, item, shape, value);
            }
        }
        Shape::Evidence => evidence(out, value),
    }
    tag(out, "</", name);
}

fn evidence(out: &mut String, value: &Value) {
    for (path, value) in value.as_object().into_iter().flatten() {
        out.push_str("<value path=\"");
        escape(out, path);
        out.push_str("\">");
        for name in ["source", "quote", "confidence"] {
            if let Some(value) = value.get(name) {
                element(out, name, &Shape::Leaf, value);
            }
        }
        out.push_str("</value>");
    }
}

fn leaf(out: &mut String, value: &Value) {
    match value {
        Value::Null => {}
        Value::String(text) => escape(out, text),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            out.push_str(&value.to_string());
        }
    }
}

fn tag(out: &mut String, open: &str, name: &str) {
    out.push_str(open);
    out.push_str(name);
    out.push('>');
}

/// Markup and the white space that XML readers would change; characters XML cannot hold were taken out when reading.
fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
}
