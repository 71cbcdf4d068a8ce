//! Overrides from the environment: `KVITTENS__SECTION__KEY=value`, with numbers for the places of arrays.

use crate::config::Config;
use crate::config::Fault;
use serde::Deserialize as _;
use toml::Table;
use toml::Value;

const PREFIX: &str = "KVITTENS__";

/// The overrides in the environment, as (path, value).
pub(super) fn from_environment() -> Vec<(Vec<String>, String)> {
    let mut found: Vec<_> = std::env::vars_os()
        .filter_map(|(name, value)| {
            let name = name.to_str()?.strip_prefix(PREFIX)?.to_lowercase();
            Some((name.split("__").map(str::to_owned).collect(), value.to_str()?.to_owned()))
        })
        .collect();
    found.sort();
    found
}

/// Parses the file's text and lays the overrides over it.
pub(super) fn parse(text: &str, overrides: Vec<(Vec<String>, String)>) -> Result<Config, Fault> {
    let fault = |error: toml::de::Error| Fault::new("", without_values(&error, text));
    if overrides.is_empty() {
        return toml::from_str(text).map_err(fault);
    }
    let mut table: Table = toml::from_str(text).map_err(fault)?;
    for (path, value) in overrides {
        let name = format!("{PREFIX}{}", path.join("__").to_uppercase());
        lay(&mut table, &path, scalar(&value))
            .ok_or_else(|| Fault::new(name, "there is no such place in the configuration"))?;
    }
    Config::deserialize(table).map_err(|error| Fault::new("", error.message().to_owned()))
}

/// The fault with its line, but without the line's text: it may hold a secret.
fn without_values(error: &toml::de::Error, text: &str) -> String {
    let line = error
        .span()
        .and_then(|span| text.get(..span.start))
        .map(|before| before.lines().count().max(1));
    match line {
        Some(line) => format!("line {line}: {}", error.message()),
        None => error.message().to_owned(),
    }
}

/// `true`, `8080` and `["a"]` are what they look like; everything else is text.
fn scalar(text: &str) -> Value {
    let document = format!("value = {text}");
    match toml::from_str::<Table>(&document).ok().and_then(|mut table| table.remove("value")) {
        Some(value) => value,
        None => Value::String(text.to_owned()),
    }
}

fn lay(table: &mut Table, path: &[String], value: Value) -> Option<()> {
    let (first, rest) = path.split_first()?;
    if rest.is_empty() {
        table.insert(first.clone(), value);
        return Some(());
    }
    let empty = match rest.first().is_some_and(|next| next.parse::<usize>().is_ok()) {
        true => Value::Array(Vec::new()),
        false => Value::Table(Table::new()),
    };
    let next = table.entry(first.clone()).or_insert(empty);
    match next {
        Value::Table(inner) => lay(inner, rest, value),
        Value::Array(items) => {
            let (place, rest) = rest.split_first()?;
            let place: usize = place.parse().ok()?;
            if place > items.len() {
                return None;
            }
            if place == items.len() {
                items.push(Value::Table(Table::new()));
            }
            match items.get_mut(place)? {
                Value::Table(inner) => lay(inner, rest, value),
                _ => None,
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::config::Queue;

    const FILE: &str = r#"
        [acknowledge]
        from = { address = "kvittens@example.org" }
        transport = "none"
        [case_system]
        kind = "memory"
        [[intake.folder]]
        partner = "demo"
        path = "/tmp/demo"
    "#;

    fn path(text: &str) -> Vec<String> {
        text.split("__").map(str::to_owned).collect()
    }

    #[test]
    fn the_environment_overrides_scalars_tables_and_places_of_arrays() {
        let overrides = vec![
            (path("http__listen"), "127.0.0.1:9090".to_owned()),
            (path("intake__folder__0__partner"), "other".to_owned()),
            (path("queue__kind"), "amqp".to_owned()),
            (path("queue__max_length"), "7".to_owned()),
        ];
        let config = parse(FILE, overrides).unwrap();
        assert_eq!(config.http.listen.port(), 9090);
        assert_eq!(config.intake.folder[0].partner, "other");
        assert!(matches!(config.queue, Queue::Amqp(amqp) if amqp.max_length == 7));
    }

    #[test]
    fn a_misspelt_key_is_a_fault_with_its_line_and_without_its_value() {
        let fault = parse(&format!("{FILE}\n[store]\nurll = \"postgres://secret\"\n"), Vec::new());
        let message = fault.unwrap_err().message;
        assert!(message.contains("line 1") && message.contains("urll"), "{message}");
        assert!(!message.contains("secret"), "{message}");
    }
}
