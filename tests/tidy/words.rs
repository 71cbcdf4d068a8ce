//! Words that may stand in some places only.

use crate::source::Source;

const SQL: [&str; 6] =
    ["SELECT ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE ", "ALTER TABLE ", "DROP TABLE "];

/// A `use` with braces inside braces.
pub(crate) fn nested_use(file: &Source) -> Vec<String> {
    let code = file.code();
    let mut faults = Vec::new();
    for (at, _) in code.match_indices("use ") {
        let starts = code[..at].lines().last().is_none_or(|line| {
            let before = line.trim();
            before.is_empty()
                || before == "pub"
                || (before.starts_with("pub(") && before.ends_with(')'))
        });
        let statement = code[at..].split(';').next().unwrap_or_default();
        if starts && statement.matches('{').count() > 1 {
            faults.push(format!(
                "{}:{}: braces in braces",
                file.path,
                code[..at].matches('\n').count() + 1
            ));
        }
    }
    faults
}

/// String literals with SQL, outside the store.
pub(crate) fn sql(file: &Source) -> Vec<String> {
    if file.path.starts_with("src/store/") {
        return Vec::new();
    }
    let written =
        file.strings().into_iter().filter(|(_, text)| SQL.iter().any(|word| text.contains(word)));
    written.map(|(line, _)| format!("{}:{line}: SQL outside the store", file.path)).collect()
}

/// Reading the environment anywhere but in the configuration, `main` and the set-up of tracing.
pub(crate) fn environment(file: &Source) -> Vec<String> {
    // The test command tells tests where its servers are.
    if file.path.ends_with("_tests.rs") {
        return Vec::new();
    }
    let allowed =
        ["src/config.rs", "src/config/", "src/main.rs", "src/telemetry.rs", "src/telemetry/"];
    if allowed.iter().any(|place| file.path.starts_with(place)) {
        return Vec::new();
    }
    let code = file.code();
    let lines = code.lines().enumerate().filter(|(_, line)| line.contains("env::var"));
    lines.map(|(at, _)| format!("{}:{}: reads the environment", file.path, at + 1)).collect()
}
