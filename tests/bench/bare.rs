//! What the engine alone can do: the same bytes and rows, in groups of 256 messages, with the same settings.

use anyhow::Context as _;
use sqlx::AssertSqlSafe;
use sqlx::Connection as _;
use sqlx::Row as _;
use sqlx::SqliteConnection;
use sqlx::TypeInfo as _;
use sqlx::ValueRef as _;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::sqlite::SqliteJournalMode;
use sqlx::sqlite::SqliteRow;
use sqlx::sqlite::SqliteSynchronous;
use std::path::Path;
use std::time::Instant;

/// Messages in one transaction.
pub(crate) const GROUP: usize = 256;

/// The tables a notice leaves rows in.
pub(crate) const TABLES: [&str; 5] =
    ["messages", "notices", "person_keys", "acknowledgements", "journal"];

enum Value {
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
    Null,
}

/// Writes the rows of a store's file into an empty one of the same make. Messages a second.
pub(crate) async fn sqlite(store: &Path) -> anyhow::Result<f64> {
    let mut from = open(store).await?;
    let folder = tempfile::Builder::new().prefix("kvittens-bare-").tempdir()?;
    let mut to = open(&folder.path().join("bare.db")).await?;
    sqlx::migrate!("schemas/migrations/sqlite").run(&mut to).await?;
    let mut tables = Vec::new();
    let mut inserts = Vec::new();
    for table in TABLES {
        let all = sqlx::query(AssertSqlSafe(format!("SELECT * FROM {table}")));
        let rows = all.fetch_all(&mut from).await?;
        let columns = rows.first().map_or(0, |row| row.columns().len());
        let places: Vec<_> = (1..=columns).map(|at| format!("?{at}")).collect();
        inserts.push(format!("INSERT INTO {table} VALUES ({})", places.join(", ")));
        tables.push(rows.iter().map(decode).collect::<Result<Vec<_>, _>>()?);
    }
    let stored = tables.first().map_or(0, Vec::len);
    let groups = stored.div_ceil(GROUP);
    let began = Instant::now();
    for group in 0..groups {
        let mut transaction = to.begin_with("BEGIN IMMEDIATE").await?;
        for (rows, insert) in tables.iter().zip(&inserts) {
            for row in share(rows, group, groups) {
                bind(insert, row).execute(&mut *transaction).await?;
            }
        }
        transaction.commit().await?;
    }
    Ok(stored as f64 / began.elapsed().as_secs_f64())
}

/// The rows of a table that belong to one of the groups.
pub(crate) fn share<T>(rows: &[T], group: usize, groups: usize) -> &[T] {
    &rows[rows.len() * group / groups..rows.len() * (group + 1) / groups]
}

async fn open(path: &Path) -> anyhow::Result<SqliteConnection> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("wal_autocheckpoint", "4000")
        .pragma("cache_size", "-16384");
    SqliteConnection::connect_with(&options).await.context("opening the bare store")
}

fn decode(row: &SqliteRow) -> Result<Vec<Value>, sqlx::Error> {
    let columns = row.columns().iter().map(sqlx::Column::ordinal);
    let value = |at: usize| {
        let raw = row.try_get_raw(at)?;
        Ok(match raw.type_info().name() {
            _ if raw.is_null() => Value::Null,
            "INTEGER" => Value::Int(row.try_get_unchecked(at)?),
            "BLOB" => Value::Bytes(row.try_get_unchecked(at)?),
            _ => Value::Text(row.try_get_unchecked(at)?),
        })
    };
    columns.map(value).collect()
}

fn bind<'q>(
    insert: &str,
    row: &'q [Value],
) -> sqlx::query::Query<'q, sqlx::Sqlite, sqlx::sqlite::SqliteArguments> {
    let query = sqlx::query(AssertSqlSafe(insert.to_owned()));
    row.iter().fold(query, |query, value| match value {
        Value::Int(value) => query.bind(*value),
        Value::Text(value) => query.bind(value.as_str()),
        Value::Bytes(value) => query.bind(value.as_slice()),
        Value::Null => query.bind(None::<&str>),
    })
}
