//! SQLite: write-ahead log, `synchronous=FULL`, one writer.
//!
//! FULL, because with NORMAL a power cut may roll back commits that a landlord already has a receipt for.

use crate::store::StoreError;
use crate::store::engine::Engine;
use crate::store::engine::Insert;
use crate::store::engine::Row;
use crate::store::engine::Value;
use crate::store::engine::insert::SIZES;
use futures::future::BoxFuture;
use sqlx::AssertSqlSafe;
use sqlx::Column as _;
#[cfg(test)]
use sqlx::Executor as _;
use sqlx::Row as _;
#[cfg(test)]
use sqlx::SqlSafeStr as _;
use sqlx::SqliteConnection;
use sqlx::TypeInfo as _;
use sqlx::ValueRef as _;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::sqlite::SqliteJournalMode;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::sqlite::SqliteRow;
use sqlx::sqlite::SqliteSynchronous;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

/// What one group changes stays in memory until its commit, instead of going to the log in between: in KiB, negative as SQLite wants it.
const WRITE_CACHE: &str = "-16384";

/// Opens `path`, with the claim check's folder `blobs/` beside it.
pub(super) async fn connect(path: &str, create: bool) -> Result<Engine, StoreError> {
    let path = PathBuf::from(path.strip_prefix("//").unwrap_or(path));
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let blobs = folder.unwrap_or(Path::new(".")).join("blobs");
    if create {
        std::fs::create_dir_all(&blobs).map_err(StoreError::Folder)?;
    }
    let options = SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(create)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(20))
        .pragma("wal_autocheckpoint", "4000")
        .pragma("temp_store", "memory")
        .statement_cache_capacity(200)
        .disable_statement_logging_if_possible();
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone().pragma("cache_size", WRITE_CACHE))
        .await
        .map_err(StoreError::Connect)?;
    let read = SqlitePoolOptions::new()
        .max_connections(4)
        .connect_lazy_with(options.pragma("query_only", "on"));
    Ok(Engine::Sqlite { write, read, blobs })
}

/// Statement texts hold no values, but they are noise at any level we show.
trait Quiet {
    fn disable_statement_logging_if_possible(self) -> Self;
}

impl Quiet for SqliteConnectOptions {
    fn disable_statement_logging_if_possible(self) -> Self {
        use sqlx::ConnectOptions as _;
        self.disable_statement_logging()
    }
}

type Query = sqlx::query::Query<'static, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>;

fn bind(sql: &'static str, values: &[Value]) -> Query {
    values.iter().cloned().fold(sqlx::query(sql), bind_one)
}

fn bind_one(query: Query, value: Value) -> Query {
    match value {
        Value::Int(value) => query.bind(value),
        Value::Text(value) => query.bind(value),
        Value::Bytes(value) => query.bind(value),
        Value::Null => query.bind(None::<String>),
    }
}

pub(super) fn run<'a>(
    connection: &'a mut SqliteConnection,
    sql: &'static str,
    values: &[Value],
) -> BoxFuture<'a, Result<u64, sqlx::Error>> {
    let query = bind(sql, values);
    Box::pin(async move { Ok(query.execute(connection).await?.rows_affected()) })
}

pub(super) fn rows<'a>(
    connection: &'a mut SqliteConnection,
    sql: &'static str,
    values: &[Value],
) -> BoxFuture<'a, Result<Vec<Row>, sqlx::Error>> {
    let query = bind(sql, values);
    Box::pin(async move { query.fetch_all(connection).await?.iter().map(decode).collect() })
}

/// Inserts rows in statements of a few fixed sizes.
pub(super) fn insert<'a>(
    connection: &'a mut SqliteConnection,
    insert: &'a Insert,
    rows: Vec<Vec<Value>>,
) -> BoxFuture<'a, Result<Vec<Row>, sqlx::Error>> {
    Box::pin(async move {
        let mut returned = Vec::new();
        let mut rows = rows.into_iter();
        for size in SIZES {
            let text = (rows.len() >= size).then(|| insert.sqlite(size));
            while let Some(text) = text.as_ref().filter(|_| rows.len() >= size) {
                // The text is made of names in our source and of question marks.
                let query = sqlx::query(AssertSqlSafe(text.clone()));
                let query = rows.by_ref().take(size).flatten().fold(query, bind_one);
                for row in query.fetch_all(&mut *connection).await? {
                    returned.push(decode(&row)?);
                }
            }
        }
        Ok(returned)
    })
}

#[cfg(test)]
pub(super) fn prepare<'a>(
    connection: &'a mut SqliteConnection,
    sql: String,
) -> BoxFuture<'a, Result<(), sqlx::Error>> {
    Box::pin(async move { connection.prepare(AssertSqlSafe(sql).into_sql_str()).await.map(drop) })
}

fn decode(row: &SqliteRow) -> Result<Row, sqlx::Error> {
    let mut values = Vec::with_capacity(row.columns().len());
    for column in row.columns() {
        let raw = row.try_get_raw(column.ordinal())?;
        let null = raw.is_null();
        let kind = raw.type_info();
        values.push(match kind.name() {
            // A NULL bears its column's declared type.
            _ if null => Value::Null,
            "INTEGER" | "BOOLEAN" => Value::Int(row.try_get_unchecked(column.ordinal())?),
            "BLOB" => Value::Bytes(row.try_get_unchecked(column.ordinal())?),
            _ => Value::Text(row.try_get_unchecked(column.ordinal())?),
        });
    }
    Ok(Row(values))
}
