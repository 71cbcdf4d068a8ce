//! The rules of the house, checked on every file: who may import whom, how files open and how long they are, what
//! may stand where. Each rule is also shown a bad sample that it must find.

#[cfg(test)]
#[path = "tidy/layout.rs"]
mod layout;
#[cfg(test)]
#[path = "tidy/numbers.rs"]
mod numbers;
#[cfg(test)]
#[path = "tidy/rooms.rs"]
mod rooms;
#[cfg(test)]
#[path = "tidy/samples.rs"]
mod samples;
#[cfg(test)]
#[path = "tidy/source.rs"]
mod source;
#[cfg(test)]
#[path = "tidy/words.rs"]
mod words;

use source::Source;

/// Fails with every fault that `rule` finds in the files.
fn hold(files: &[Source], rule: impl Fn(&Source) -> Vec<String>) {
    report(files.iter().flat_map(rule).collect());
}

fn report(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn rooms_import_only_what_their_level_allows() {
    hold(&source::below(&["src"], "rs"), rooms::faults);
}

#[test]
fn no_room_imports_itself_through_others() {
    report(rooms::circles(&source::below(&["src"], "rs")));
}

#[test]
fn the_domain_stands_on_few_crates() {
    let crates = rooms::dependencies();
    hold(&source::below(&["src/domain"], "rs"), |file| rooms::foreign_crates(file, &crates));
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    hold(&source::below(&["src", "tests"], "rs"), layout::opening);
}

#[test]
fn no_file_is_longer_than_three_hundred_lines() {
    hold(&source::below(&["src", "tests"], "rs"), layout::length);
}

#[test]
fn no_file_is_named_after_nothing() {
    hold(&source::below(&["src", "tests"], "rs"), layout::name);
}

#[test]
fn the_top_level_holds_what_it_should() {
    report(layout::top_level(&source::top_level()));
}

#[test]
fn a_use_names_one_path_or_one_level_of_braces() {
    hold(&source::below(&["src", "tests"], "rs"), words::nested_use);
}

#[test]
fn sql_is_written_in_the_store_only() {
    hold(&source::below(&["src"], "rs"), words::sql);
}

#[test]
fn the_environment_is_read_in_three_places_only() {
    hold(&source::below(&["src"], "rs"), words::environment);
}

#[test]
fn every_personal_number_is_an_official_test_number() {
    let folders = ["src", "tests", "config", "schemas", "deploy", "README.md", "CHANGELOG.md"];
    hold(&source::below(&folders, ""), numbers::faults);
}
