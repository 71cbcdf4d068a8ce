//! The two database engines behind one small face: a statement, values in, rows of values out.
//!
//! Everything else in the store is written once. What differs between SQLite and PostgreSQL stands in a [`Statement`]'s two texts or
//! in the one file per engine: how to connect, bind and decode.

mod postgres;
mod sqlite;

use crate::store::StoreError;
use sqlx::pool::PoolConnection;
use std::path::PathBuf;

/// One statement in the words of both engines. Parameters are `$1…$n` on both.
#[derive(Debug)]
pub(super) struct Statement {
    /// For SQLite.
    pub(super) sqlite: &'static str,
    /// For PostgreSQL.
    pub(super) postgres: &'static str,
}

/// The same text on both engines.
macro_rules! same {
    ($sql:expr) => {
        $crate::store::engine::Statement { sqlite: $sql, postgres: $sql }
    };
}

/// A statement over many rows that come as one JSON array of arrays in `$1`; columns are `r.value ->> 0`, `r.value ->> 1`, …
macro_rules! over_rows {
    ($head:expr, $tail:expr) => {
        $crate::store::engine::Statement {
            sqlite: concat!($head, " FROM json_each($1) AS r ", $tail),
            postgres: concat!($head, " FROM jsonb_array_elements($1::jsonb) AS r(value) ", $tail),
        }
    };
}
pub(super) use over_rows;
pub(super) use same;

/// A value on its way into or out of the database.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// BIGINT, INTEGER.
    Int(i64),
    /// TEXT.
    Text(String),
    /// BYTEA, BLOB.
    Bytes(Vec<u8>),
    /// NULL of any kind; bound as NULL text.
    Null,
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
pub(super) struct Row(Vec<Value>);

impl Row {
    /// An integer column; 0 when NULL.
    pub(super) fn int(&self, column: usize) -> i64 {
        self.maybe_int(column).unwrap_or(0)
    }

    /// An integer column that may be NULL.
    pub(super) fn maybe_int(&self, column: usize) -> Option<i64> {
        match self.0.get(column) {
            Some(Value::Int(value)) => Some(*value),
            Some(Value::Text(_) | Value::Bytes(_) | Value::Null) | None => None,
        }
    }

    /// A text column, taken out of the row; empty when NULL.
    pub(super) fn text(&mut self, column: usize) -> String {
        self.maybe_text(column).unwrap_or_default()
    }

    /// A text column that may be NULL, taken out of the row.
    pub(super) fn maybe_text(&mut self, column: usize) -> Option<String> {
        match self.0.get_mut(column).map(|value| std::mem::replace(value, Value::Null)) {
            Some(Value::Text(value)) => Some(value),
            Some(Value::Int(_) | Value::Bytes(_) | Value::Null) | None => None,
        }
    }

    /// A bytes column that may be NULL, taken out of the row.
    pub(super) fn maybe_bytes(&mut self, column: usize) -> Option<Vec<u8>> {
        match self.0.get_mut(column).map(|value| std::mem::replace(value, Value::Null)) {
            Some(Value::Bytes(value)) => Some(value),
            Some(Value::Int(_) | Value::Text(_) | Value::Null) | None => None,
        }
    }
}

/// The pools of one database.
#[derive(Debug)]
pub(super) enum Engine {
    /// One write connection, some that only read; originals too large for a row lie in `blobs`.
    Sqlite {
        /// The only connection that writes.
        write: sqlx::SqlitePool,
        /// Connections that read.
        read: sqlx::SqlitePool,
        /// Folder of the claim check.
        blobs: PathBuf,
    },
    /// One pool for both.
    Postgres(sqlx::PgPool),
}

impl Engine {
    /// Connects to what the URL names; `create` makes a missing SQLite file.
    pub(super) async fn connect(url: &str, create: bool) -> Result<Self, StoreError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            return sqlite::connect(path, create).await;
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return postgres::connect(url).await;
        }
        Err(StoreError::UnknownUrl)
    }

    /// Brings the tables up to date.
    pub(super) async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite { write, .. } => {
                sqlx::migrate!("schemas/migrations/sqlite").run(write).await
            }
            Self::Postgres(pool) => sqlx::migrate!("schemas/migrations/postgres").run(pool).await,
        }
        .map_err(StoreError::Migrate)
    }

    /// A connection that may write.
    pub(super) async fn writing(&self) -> Result<Session, StoreError> {
        match self {
            Self::Sqlite { write, .. } => write.acquire().await.map(Session::Sqlite),
            Self::Postgres(pool) => pool.acquire().await.map(Session::Postgres),
        }
        .map_err(StoreError::Connect)
    }

    /// A connection that only reads.
    pub(super) async fn reading(&self) -> Result<Session, StoreError> {
        match self {
            Self::Sqlite { read, .. } => read.acquire().await.map(Session::Sqlite),
            Self::Postgres(pool) => pool.acquire().await.map(Session::Postgres),
        }
        .map_err(StoreError::Connect)
    }

    /// Closes all connections, after what runs on them.
    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite { write, read, .. } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }

    /// `sqlite` or `postgres`.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }
}

/// One connection.
pub(super) enum Session {
    /// To SQLite.
    Sqlite(PoolConnection<sqlx::Sqlite>),
    /// To PostgreSQL.
    Postgres(PoolConnection<sqlx::Postgres>),
}

impl Session {
    /// Begins a transaction that will write.
    pub(super) async fn begin(&mut self) -> Result<(), StoreError> {
        self.run(&Statement { sqlite: "BEGIN IMMEDIATE", postgres: "BEGIN" }, &[]).await.map(drop)
    }

    /// Commits; when this returns, the changes are on disk.
    pub(super) async fn commit(&mut self) -> Result<(), StoreError> {
        self.run(&same!("COMMIT"), &[]).await.map(drop)
    }

    /// Takes the transaction back.
    pub(super) async fn rollback(&mut self) -> Result<(), StoreError> {
        self.run(&same!("ROLLBACK"), &[]).await.map(drop)
    }

    /// Runs a statement and tells how many rows it touched.
    pub(super) async fn run(
        &mut self,
        statement: &Statement,
        values: &[Value],
    ) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(connection) => sqlite::run(connection, statement.sqlite, values).await,
            Self::Postgres(connection) => {
                postgres::run(connection, statement.postgres, values).await
            }
        }
        .map_err(StoreError::Statement)
    }

    /// Runs a statement and brings its rows.
    pub(super) async fn rows(
        &mut self,
        statement: &Statement,
        values: &[Value],
    ) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(connection) => sqlite::rows(connection, statement.sqlite, values).await,
            Self::Postgres(connection) => {
                postgres::rows(connection, statement.postgres, values).await
            }
        }
        .map_err(StoreError::Statement)
    }

    /// The first row, if any.
    pub(super) async fn row(
        &mut self,
        statement: &Statement,
        values: &[Value],
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(statement, values).await?.into_iter().next())
    }

    /// Takes a connection that is in an unknown state out of the pool.
    pub(super) async fn discard(self) {
        match self {
            Self::Sqlite(connection) => drop(connection.close().await),
            Self::Postgres(connection) => drop(connection.close().await),
        }
    }

    /// Lets the engine parse a statement without running it.
    #[cfg(test)]
    pub(super) async fn prepare(&mut self, statement: &Statement) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => sqlite::prepare(connection, statement.sqlite).await,
            Self::Postgres(connection) => postgres::prepare(connection, statement.postgres).await,
        }
        .map_err(StoreError::Statement)
    }
}
