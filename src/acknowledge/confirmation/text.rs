//! The confirmation as fixed text: records of one line each, fields at fixed places, for systems that read no JSON (`schemas/confirmation.v1.txt.md`).

use crate::acknowledge::confirmation::Confirmation;
use crate::domain::notice::NoticeType;

/// Ends a record.
const END: &str = "\r\n";

/// The text file, UTF-8; widths count characters.
pub(super) fn render(confirmation: &Confirmation) -> String {
    let removal = confirmation.kind == NoticeType::RemovalScheduled;
    let kind = if removal { "L" } else { "A" };
    let absent = String::new();
    let mut records = vec![
        vec![
            field("00", 2),
            field("KVITTENS", 8),
            field(&confirmation.schema_version, 4),
            number(confirmation.number, 8),
        ],
        vec![
            field("10", 2),
            field(confirmation.reference.as_str(), 16),
            number(i64::from(confirmation.version), 3),
            field(kind, 1),
            field(confirmation.case_number.as_ref().unwrap_or(&absent), 20),
            field(confirmation.starts_at.as_ref().unwrap_or(&absent), 25),
            field(&confirmation.received_at.to_string(), 20),
            field(&confirmation.arrival_date.to_string(), 10),
            field(&confirmation.confirmed_at.to_string(), 20),
            field(if confirmation.same_day { "J" } else { "N" }, 1),
        ],
        vec![
            field("20", 2),
            field(&confirmation.caseworker.name, 60),
            field(&confirmation.caseworker.unit, 60),
            field(&confirmation.caseworker.telephone, 20),
        ],
    ];
    records.extend(confirmation.replaces.as_ref().map(|replaced| {
        vec![
            field("30", 2),
            field(replaced.reference.as_str(), 16),
            field(replaced.starts_at.as_ref().unwrap_or(&absent), 25),
            field(replaced.case_number.as_ref().unwrap_or(&absent), 20),
        ]
    }));
    let all = i64::try_from(records.len()).unwrap_or_default() + 1;
    records.push(vec![field("99", 2), number(all, 3)]);
    records.iter().map(|fields| fields.concat() + END).collect()
}

/// Left-justified, filled with spaces, cut at its width; a control character would break the record.
fn field(text: &str, width: usize) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut field: String = plain.take(width).collect();
    let filled = width.saturating_sub(field.chars().count());
    field.extend(std::iter::repeat_n(' ', filled));
    field
}

/// Right-justified, filled with zeros.
fn number(number: i64, width: usize) -> String {
    format!("{number:0width$}")
}
