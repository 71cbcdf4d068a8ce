//! Values on their way into the database and out of it.

/// A value on its way into or out of the database.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::store) enum Value {
    /// BIGINT, INTEGER.
    Int(i64),
    /// TEXT.
    Text(String),
    /// BYTEA, BLOB.
    Bytes(Vec<u8>),
    /// NULL of any kind; bound as NULL text.
    Null,
}

impl Value {
    pub(super) fn into_int(self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(value),
            Self::Text(_) | Self::Bytes(_) | Self::Null => None,
        }
    }

    pub(super) fn into_text(self) -> Option<String> {
        match self {
            Self::Text(value) => Some(value),
            Self::Int(_) | Self::Bytes(_) | Self::Null => None,
        }
    }

    pub(super) fn into_bytes(self) -> Option<Vec<u8>> {
        match self {
            Self::Bytes(value) => Some(value),
            Self::Int(_) | Self::Text(_) | Self::Null => None,
        }
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        value.map_or(Self::Null, Self::Int)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        value.map_or(Self::Null, Self::Text)
    }
}

/// One row; columns are read by position, in the order of the statement.
#[derive(Debug)]
pub(in crate::store) struct Row(pub(super) Vec<Value>);

impl Row {
    /// An integer column; 0 when NULL.
    pub(in crate::store) fn int(&self, column: usize) -> i64 {
        self.maybe_int(column).unwrap_or(0)
    }

    /// An integer column that may be NULL.
    pub(in crate::store) fn maybe_int(&self, column: usize) -> Option<i64> {
        match self.0.get(column) {
            Some(Value::Int(value)) => Some(*value),
            Some(Value::Text(_) | Value::Bytes(_) | Value::Null) | None => None,
        }
    }

    /// A text column, taken out of the row; empty when NULL.
    pub(in crate::store) fn text(&mut self, column: usize) -> String {
        self.maybe_text(column).unwrap_or_default()
    }

    /// A text column that may be NULL, taken out of the row.
    pub(in crate::store) fn maybe_text(&mut self, column: usize) -> Option<String> {
        self.take(column)?.into_text()
    }

    /// A bytes column that may be NULL, taken out of the row.
    pub(in crate::store) fn maybe_bytes(&mut self, column: usize) -> Option<Vec<u8>> {
        self.take(column)?.into_bytes()
    }

    fn take(&mut self, column: usize) -> Option<Value> {
        self.0.get_mut(column).map(|value| std::mem::replace(value, Value::Null))
    }
}
