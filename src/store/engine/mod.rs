//! The two database engines behind one small face: a statement, values in, rows of values out.
//!
//! Everything else in the store is written once. What differs between SQLite and PostgreSQL stands in a [`Statement`]'s two texts or
//! in the one file per engine: how to connect, bind and decode.

mod insert;
mod postgres;
mod sqlite;
mod value;

pub(super) use insert::Insert;
pub(super) use insert::Kind;

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
pub(super) use value::Row;
pub(super) use value::Value;

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
            Self::Postgres(pool) => postgres::writing(pool).await.map(Session::Postgres),
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

    /// Inserts rows, each with a value for every column, and brings what the statement returns.
    pub(super) async fn insert(
        &mut self,
        insert: &Insert,
        rows: Vec<Vec<Value>>,
    ) -> Result<Vec<Row>, StoreError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        match self {
            Self::Sqlite(connection) => sqlite::insert(connection, insert, rows).await,
            Self::Postgres(connection) => postgres::insert(connection, insert, rows).await,
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
            Self::Sqlite(connection) => {
                sqlite::prepare(connection, statement.sqlite.to_owned()).await
            }
            Self::Postgres(connection) => {
                postgres::prepare(connection, statement.postgres.to_owned()).await
            }
        }
        .map_err(StoreError::Statement)
    }

    /// Lets the engine parse an insert without running it.
    #[cfg(test)]
    pub(super) async fn prepare_insert(&mut self, insert: &Insert) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => sqlite::prepare(connection, insert.sqlite(2)).await,
            Self::Postgres(connection) => postgres::prepare(connection, insert.postgres()).await,
        }
        .map_err(StoreError::Statement)
    }
}
