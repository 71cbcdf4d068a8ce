//! The report as a workbook: the rows and columns of the CSV, with days, instants and numbers that a spreadsheet counts with.
//!
//! The header row stays in sight, says in Swedish what each column is, and filters. Texts are texts: none is taken for a formula.

use crate::report::Report;
use crate::report::csv;
use crate::report::csv::HEADER;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rust_xlsxwriter::DocProperties;
use rust_xlsxwriter::ExcelDateTime;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::Note;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

/// The name of the only sheet.
pub const SHEET: &str = "Rapport";

/// What each column is, in Swedish, in the order of [`HEADER`].
const NOTES: [&str; HEADER.len()] = [
    "Vad raden handlar om",
    "Kod: period, slag, väg in, väg ut eller läge",
    "Vem som ska få besked",
    "Underrättelsens slag",
    "Nämnd",
    "Enhet",
    "Underrättelsens beteckning",
    "Dagen då den kom in",
    "Senast då besked ska ha lämnats (UTC)",
    "När besked lämnades (UTC)",
    "Varför besked inte lämnades samma dag",
    "Närmare om orsaken eller läget",
    "Antal",
    "Antal som fick besked samma dag",
    "Antal som fick besked senare",
    "Antal utan besked fast dagen är slut",
    "Antal som väntar och hinner",
    "Antal som inte ska få besked",
    "Andel samma dag, procent",
    "Antal efter den timme som profilen lovar",
    "Vilket besked: kvitto, bekräftelse, kopia eller erbjudande",
];

/// Columns of numbers.
const NUMBERS: [&str; 8] =
    ["notices", "sameDay", "late", "missing", "waiting", "notOwed", "share", "afterHour"];

/// The bytes of the workbook; the same report makes the same bytes.
///
/// # Errors
/// When it holds more rows than a sheet.
pub fn xlsx(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = instant(report.made_at)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = book.add_worksheet();
    sheet.set_name(SHEET)?;
    header(sheet)?;
    let formats = Formats::new();
    let rows = csv::rows(report);
    for (row, cells) in (1_u32..).zip(&rows) {
        for (name, value) in cells {
            let Some(column) = HEADER.iter().position(|known| known == name) else { continue };
            let column = u16::try_from(column).unwrap_or_default();
            cell(sheet, (row, column), (name, value), &formats)?;
        }
    }
    let (last, width) = (u32::try_from(rows.len()).unwrap_or(u32::MAX), HEADER.len() - 1);
    sheet.autofilter(0, 0, last, u16::try_from(width).unwrap_or_default())?;
    book.save_to_buffer()
}

/// How cells look.
struct Formats {
    day: Format,
    instant: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            day: Format::new().set_num_format("yyyy-mm-dd"),
            instant: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
        }
    }
}

fn header(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (column, (name, note)) in (0_u16..).zip(HEADER.iter().zip(NOTES)) {
        sheet.write_string_with_format(0, column, *name, &bold)?;
        sheet.insert_note(0, column, &Note::new(note).add_author_prefix(false))?;
        let instant = matches!(*name, "dueAt" | "sentAt" | "reference" | "section" | "code");
        sheet.set_column_width(column, if instant { 22 } else { 14 })?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    (name, value): (&str, &str),
    formats: &Formats,
) -> Result<(), XlsxError> {
    if value.is_empty() {
        return Ok(());
    }
    let number = NUMBERS.contains(&name).then(|| value.parse::<f64>().ok()).flatten();
    let day = (name == "arrivalDate").then(|| value.parse::<Date>().ok()).flatten();
    let at = matches!(name, "dueAt" | "sentAt").then(|| value.parse::<Timestamp>().ok()).flatten();
    match (number, day, at) {
        (Some(number), _, _) => sheet.write_number(row, column, number)?,
        (_, Some(day), _) => {
            let day = of_civil(day.at(0, 0, 0, 0))?;
            sheet.write_datetime_with_format(row, column, day, &formats.day)?
        }
        (_, _, Some(at)) => {
            sheet.write_datetime_with_format(row, column, instant(at)?, &formats.instant)?
        }
        (None, None, None) => sheet.write_string(row, column, csv::plain(value))?,
    };
    Ok(())
}

/// An instant in UTC, whole seconds.
fn instant(at: Timestamp) -> Result<ExcelDateTime, XlsxError> {
    of_civil(at.to_zoned(TimeZone::UTC).datetime())
}

fn of_civil(at: DateTime) -> Result<ExcelDateTime, XlsxError> {
    let small = |number: i8| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(at.year()).unwrap_or_default();
    let day = ExcelDateTime::from_ymd(year, small(at.month()), small(at.day()))?;
    day.and_hms(u16::from(small(at.hour())), small(at.minute()), f64::from(small(at.second())))
}

#[cfg(test)]
mod tests {
    use super::SHEET;
    use super::xlsx;
    use crate::report::csv;
    use crate::report::tests::statutory;
    use calamine::Data;
    use calamine::Reader as _;
    use calamine::Xlsx;
    use jiff::SignedDuration;
    use std::io::Cursor;

    /// A cell as the CSV writes it.
    fn plain(cell: &Data) -> String {
        match cell {
            Data::DateTime(at) => {
                let start = jiff::civil::date(1899, 12, 30).at(0, 0, 0, 0);
                let seconds = SignedDuration::try_from_secs_f64((at.as_f64() * 86_400.0).round());
                let at = start + seconds.expect("a time");
                match at.time() == jiff::civil::Time::midnight() {
                    true => at.date().to_string(),
                    false => format!("{at}Z"),
                }
            }
            other => other.to_string(),
        }
    }

    #[test]
    fn the_workbook_holds_what_the_csv_holds_with_days_and_numbers() {
        let report = statutory(|message| message.told[1].sent_at = None);
        let bytes = xlsx(&report).expect("a workbook");
        assert_eq!(bytes, xlsx(&report).expect("a workbook"), "the same bytes");
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("read");
        let sheet = book.worksheet_range(SHEET).expect("the sheet");
        let table = csv::csv(&report);
        let expected: Vec<Vec<String>> =
            table.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect();
        let read: Vec<Vec<String>> =
            sheet.rows().map(|row| row.iter().map(plain).collect()).collect();
        assert_eq!(read, expected);
        let cell = |section: &str, column: &str| {
            let at = csv::HEADER.iter().position(|name| *name == column).expect("a column");
            let row = sheet.rows().find(|row| row[0] == section).expect("a row");
            row[at].clone()
        };
        assert!(matches!(cell("notices", "notices"), Data::Float(_)));
        assert!(matches!(cell("miss", "arrivalDate"), Data::DateTime(_)));
        assert!(matches!(cell("miss", "dueAt"), Data::DateTime(_)));
    }
}
