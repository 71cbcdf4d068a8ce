//! What people in Sweden write: amounts, days and times of day, in letters, forms and spreadsheets.
//!
//! Pure and total: any text gives a value or `None`, never a panic and never a guess. `None` is not a refusal; the notice goes on
//! with a finding, and what was written stays in its evidence. Where two readings are possible, the Swedish one is taken if
//! custom settles it (`8.912` is thousands, `12/10` is October) and none if it does not (`8,912`, `12-10-26`).

pub mod amounts;
pub mod dates;
pub mod times;
