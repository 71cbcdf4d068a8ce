//! A bad sample for each rule, which must be found, and a good one, which must not.

use crate::layout;
use crate::numbers;
use crate::rooms;
use crate::source::Source;
use crate::words;

fn found(rule: fn(&Source) -> Vec<String>, path: &str, text: &str) -> bool {
    !rule(&Source::new(path, text)).is_empty()
}

#[test]
fn imports_are_judged_by_the_table() {
    let cases = [
        ("src/domain/a.rs", "use crate::clock::Clock;", true),
        ("src/clock.rs", "use crate::domain::Moment;", false),
        ("src/mail.rs", "use crate::http::Server;", true),
        ("src/intake/api.rs", "use crate::store::Store;", true),
        ("src/intake/api.rs", "fn f() { crate::store::open(); }", true),
        ("src/intake/api.rs", "// crate::store", false),
        ("src/intake/api.rs", "const A: &str = \"crate::store\";", false),
        (
            "src/intake/api.rs",
            "const A: &str = r#\"\"crate::store\"#; const B: char = '\"';",
            false,
        ),
        ("src/intake/api.rs", "const B: char = '\"'; use crate::store::Store;", true),
        ("src/intake/api.rs", "use crate::{\n    domain, store};", true),
        ("src/intake/api.rs", "use super::super::store::Store;", true),
        ("src/intake/mod.rs", "use super::store::Store;", true),
        ("src/intake/mod.rs", "use crate::intake::api::Api; use crate::http::Server;", false),
        ("src/pipeline/mod.rs", "use crate::operations::Page;", true),
        ("src/gateway.rs", "use crate::config::Config;", false),
        ("src/main.rs", "use kvittens::commands;", false),
        ("src/cellar/mod.rs", "", true),
    ];
    for (path, text, bad) in cases {
        assert_eq!(found(rooms::faults, path, text), bad, "{path}: {text}");
    }
}

#[test]
fn a_circle_of_imports_is_found() {
    let gateway = Source::new("src/gateway.rs", "use crate::config::Config;");
    let config = Source::new("src/config.rs", "use crate::gateway::Part;");
    let plain = Source::new("src/config.rs", "use crate::domain::Unit;");
    assert!(rooms::circles(&[Source::new("src/gateway.rs", &gateway.text), plain]).is_empty());
    assert_eq!(rooms::circles(&[gateway, config]).len(), 2);
}

#[test]
fn the_domain_is_kept_from_frameworks() {
    let crates = rooms::dependencies();
    let cases = [
        ("use tokio::sync::Mutex;", true),
        ("fn f() { let r = aws_lc_rs::rand::SystemRandom::new(); }", true),
        ("use aws_lc_rs::digest; use jiff::Timestamp; use serde::Serialize;", false),
        ("#[cfg(test)] mod tests { use serde_json::json; }", false),
        ("use crate::domain::url::A;", false),
    ];
    for (text, bad) in cases {
        let file = Source::new("src/domain/a.rs", text);
        assert_eq!(!rooms::foreign_crates(&file, &crates).is_empty(), bad, "{text}");
    }
}

#[test]
fn openings_lengths_and_names_are_judged() {
    assert!(found(layout::opening, "src/a.rs", "use std::fs;\n"));
    assert!(found(layout::opening, "src/a.rs", "//!\nuse std::fs;\n"));
    assert!(!found(layout::opening, "src/a.rs", "//! Receives notices.\n"));
    assert!(found(layout::length, "src/a.rs", &"\n".repeat(301)));
    assert!(!found(layout::length, "src/a.rs", &"\n".repeat(300)));
    assert!(found(layout::name, "src/store/utils.rs", ""));
    assert!(found(layout::name, "src/common/a.rs", ""));
    assert!(!found(layout::name, "src/store/jobs.rs", ""));
    let names = ["src", "Makefile", "Cargo.toml"].map(str::to_owned);
    assert_eq!(layout::top_level(&names).len(), 1);
}

#[test]
fn words_out_of_place_are_found() {
    assert!(found(words::nested_use, "src/a.rs", "pub(crate) use a::{b, c::{d, e}};"));
    assert!(!found(
        words::nested_use,
        "src/a.rs",
        "use a::{b, c};\nfn because() { reuse {}; { } }"
    ));
    let query = "const A: &str = \"SELECT reference FROM notice\";";
    assert!(found(words::sql, "src/pipeline/ports.rs", query));
    assert!(found(
        words::sql,
        "src/pipeline/ports.rs",
        "const A: &str = r#\"INSERT INTO notice\"#;"
    ));
    assert!(!found(words::sql, "src/store/jobs.rs", query));
    assert!(!found(words::sql, "src/pipeline/ports.rs", "// SELECT reference"));
    assert!(found(words::environment, "src/queue/amqp.rs", "let a = std::env::var(\"A\");"));
    assert!(!found(words::environment, "src/config.rs", "let a = std::env::var(\"A\");"));
}

#[test]
fn personal_numbers_are_found_in_every_spelling_and_others_left_alone() {
    // Put together here, so that no such number stands in this file. Its check digit is right.
    let (year, month_day, last) = ("64", "0823", "3234");
    let cases = [
        (format!("19{year}{month_day}{last}"), true),
        (format!("19{year}{month_day}-{last}"), true),
        (format!("x = \"{year}{month_day}-{last}\","), true),
        (format!("{year}{month_day}+{last}"), true),
        (format!("{year}{month_day} {last}"), true),
        (format!("{year}{month_day}{last}."), true),
        (format!("{year}{month_day}-3235"), false),
        (format!("{year}1323-{last}"), false),
        (format!("7{year}{month_day}{last}"), false),
        (format!("a{year}{month_day}{last}"), false),
        ("850101-2390 and 19850101-2390 and 198501012390".to_owned(), false),
        ("5569000002".to_owned(), false),
    ];
    for (text, bad) in cases {
        assert_eq!(found(numbers::faults, "src/a.rs", &text), bad, "{text}");
    }
    assert!(found(numbers::faults, &format!("tests/fixtures/{year}{month_day}-{last}.eml"), ""));
}
