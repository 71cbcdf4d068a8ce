//! The one spelling of a JSON document that is signed and hashed: RFC 8785 (JCS), and the strict reading that goes with it.
//!
//! A signature covers what a document says, not its blanks or the order of its members. Two traps would let one signature cover two
//! readings, so both are refused: a member that stands twice (readers differ in which one they take), and an integer that the
//! canonical form, which knows doubles only, would write with other digits.

use serde::Deserialize;
use serde::Deserializer;
use serde::de::Error as _;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;
use serde_json::Map;
use serde_json::Number;
use serde_json::Value;
use std::fmt;

/// Integers up to this one are all exact as doubles (RFC 7493 §2.2).
const INTEGER_MAX: u64 = (1 << 53) - 1;

/// A document that has no canonical form. Says nothing of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "no JSON document that can be signed: a member twice, a number out of range, or no JSON at all"
)]
pub struct NotCanonical;

/// The canonical form (RFC 8785) of a document, as UTF-8.
pub fn bytes(value: &Value) -> Result<Vec<u8>, NotCanonical> {
    if !is_exact(value) {
        return Err(NotCanonical);
    }
    serde_json_canonicalizer::to_vec(value).map_err(|_| NotCanonical)
}

/// Reads a document in which no member stands twice (RFC 7493 §2.3) and which has a canonical form.
pub fn parse(text: &[u8]) -> Result<Value, NotCanonical> {
    let Strict(value) = serde_json::from_slice(text).map_err(|_| NotCanonical)?;
    if is_exact(&value) { Ok(value) } else { Err(NotCanonical) }
}

fn is_exact(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => true,
        Value::Number(number) => keeps_its_digits(number),
        Value::Array(items) => items.iter().all(is_exact),
        Value::Object(members) => members.values().all(is_exact),
    }
}

fn keeps_its_digits(number: &Number) -> bool {
    let small = number.as_i64().is_some_and(|signed| signed.unsigned_abs() <= INTEGER_MAX);
    let form = || serde_json_canonicalizer::to_string(number).ok();
    small || number.is_f64() || form().is_some_and(|form| form == number.to_string())
}

/// A document read without forgiveness for repeated members.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON document")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("no number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut read = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            read.push(item);
        }
        Ok(Value::Array(read))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut read = Map::new();
        while let Some((name, Strict(member))) = members.next_entry::<String, Strict>()? {
            if read.insert(name, member).is_some() {
                return Err(A::Error::custom("a member stands twice"));
            }
        }
        Ok(Value::Object(read))
    }
}

#[cfg(test)]
#[path = "canonical_tests.rs"]
mod tests;
