//! Headings that count households, and lines that only look like them.

use super::numbered::numbered;
use super::sections::lines_of;

#[test]
fn headings_count_households_and_nothing_else() {
    for (text, starts) in [
        ("x\nHyresgäst 1 av 2 | K26\ny\nHyresgäst 2 av 2 | K27\nz", Some(vec![1, 3])),
        ("Ärende 1\na\nÄrende 2\nb\nÄrende 3:\nc", Some(vec![0, 2, 4])),
        ("-- 1 (2) --\nx\n-- 2 (2) --", Some(vec![0, 2])),
        ("Sida 1 av 2\nx\nSida 2 av 2", None),
        ("Hyresgäst 1 av 3\nHyresgäst 2 av 3", None),
        ("1\n2\n3", None),
        ("x\n--- 1 ---\ny\n--- 2 ---\nz", Some(vec![1, 3])),
        ("Hyresgäst 1...: Testa\nHyresgäst 2...: Provo", None),
        ("Provgatan 1\nProvgatan 3", None),
    ] {
        let found = numbered(&lines_of(text)).map(|(starts, _)| starts);
        assert_eq!(found, starts, "{text}");
    }
}
