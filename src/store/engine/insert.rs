//! Many new rows of one table with their values bound: nothing is written as JSON only to be parsed again by the engine.
//!
//! SQLite gets rows side by side in a few fixed numbers, so that each text is prepared once; PostgreSQL gets one array a column.

/// An `INSERT` of many rows.
#[derive(Debug)]
pub(in crate::store) struct Insert {
    /// The table.
    pub(in crate::store) table: &'static str,
    /// Its columns in the order of a row's values, with the types they have in PostgreSQL.
    pub(in crate::store) columns: &'static [(&'static str, Kind)],
    /// What follows the rows: conflicts, what is returned.
    pub(in crate::store) tail: &'static str,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Kind {
    /// BIGINT, INTEGER.
    Int,
    /// TEXT.
    Text,
    /// BYTEA, BLOB.
    Bytes,
}

/// How many rows one statement takes on SQLite, largest first.
pub(super) const SIZES: [usize; 3] = [32, 6, 1];

impl Insert {
    /// The text for so many rows on SQLite.
    pub(super) fn sqlite(&self, rows: usize) -> String {
        let row = format!("({})", vec!["?"; self.columns.len()].join(", "));
        let rows = vec![row; rows].join(", ");
        // A row that is refused ends the transaction, as the writer would anyway: so SQLite keeps no second journal to undo one statement.
        format!("INSERT OR ROLLBACK {} VALUES {rows} {}", self.target(), self.tail)
    }

    /// The text for PostgreSQL.
    pub(super) fn postgres(&self) -> String {
        let array = |(at, (_, kind)): (usize, &(&str, Kind))| match kind {
            Kind::Int => format!("${}::bigint[]", at + 1),
            Kind::Text => format!("${}::text[]", at + 1),
            Kind::Bytes => format!("${}::bytea[]", at + 1),
        };
        let arrays: Vec<String> = self.columns.iter().enumerate().map(array).collect();
        let arrays = arrays.join(", ");
        format!("INSERT {} SELECT * FROM unnest({arrays}) {}", self.target(), self.tail)
    }

    fn target(&self) -> String {
        let columns: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        format!("INTO {} ({})", self.table, columns.join(", "))
    }
}
