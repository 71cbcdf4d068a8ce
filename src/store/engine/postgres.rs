//! PostgreSQL 15: the store that several gateways on several hosts share.

use crate::store::StoreError;
use crate::store::engine::Engine;
use crate::store::engine::Insert;
use crate::store::engine::Kind;
use crate::store::engine::Row;
use crate::store::engine::Value;
use futures::future::BoxFuture;
use sqlx::AssertSqlSafe;
use sqlx::Column as _;
use sqlx::ConnectOptions as _;
#[cfg(test)]
use sqlx::Executor as _;
use sqlx::PgConnection;
use sqlx::Row as _;
#[cfg(test)]
use sqlx::SqlSafeStr as _;
use sqlx::TypeInfo as _;
use sqlx::ValueRef as _;
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgConnectOptions;
use sqlx::postgres::PgPoolOptions;
use sqlx::postgres::PgRow;
use std::time::Duration;

/// A commit that is not yet on the disk would be told to a sender: a role or database that prefers speed is overruled in our sessions.
const DURABLE: &str = "SELECT set_config('synchronous_commit', 'on', false) \
    WHERE current_setting('synchronous_commit') = 'off'";

/// Statements are planned anew each time: a plan made while the tables were small would be kept as they grow, and read them whole.
const PLANNED_ANEW: &str = "SELECT set_config('plan_cache_mode', 'force_custom_plan', false)";

/// A group changes some hundred rows by their keys. The planner does not know how few the rows of a JSON array are, and would rather read a
/// table of twenty thousand jobs whole.
const BY_KEYS: &str = "SELECT set_config('enable_seqscan', 'off', false), \
    set_config('enable_hashjoin', 'off', false), set_config('enable_mergejoin', 'off', false)";

/// Connects; the URL's own options (`sslmode`, `sslrootcert`) decide about TLS.
pub(super) async fn connect(url: &str) -> Result<Engine, StoreError> {
    let options: PgConnectOptions = url.parse().map_err(StoreError::Connect)?;
    let pool = PgPoolOptions::new()
        .max_connections(8)
        .acquire_timeout(Duration::from_secs(10))
        .after_connect(|connection, _| {
            Box::pin(async move {
                sqlx::query(DURABLE).execute(&mut *connection).await?;
                sqlx::query(PLANNED_ANEW).execute(connection).await.map(drop)
            })
        })
        .connect_with(options.application_name("kvittens").disable_statement_logging())
        .await
        .map_err(StoreError::Connect)?;
    Ok(Engine::Postgres(pool))
}

/// A connection for the writer.
pub(super) async fn writing(
    pool: &sqlx::PgPool,
) -> Result<PoolConnection<sqlx::Postgres>, sqlx::Error> {
    let mut connection = pool.acquire().await?;
    sqlx::query(BY_KEYS).execute(&mut *connection).await?;
    Ok(connection)
}

type Query = sqlx::query::Query<'static, sqlx::Postgres, sqlx::postgres::PgArguments>;

fn bind(sql: &'static str, values: &[Value]) -> Query {
    values.iter().fold(sqlx::query(sql), |query, value| match value {
        Value::Int(value) => query.bind(*value),
        Value::Text(value) => query.bind(value.clone()),
        Value::Bytes(value) => query.bind(value.clone()),
        Value::Null => query.bind(None::<String>),
    })
}

pub(super) fn run<'a>(
    connection: &'a mut PgConnection,
    sql: &'static str,
    values: &[Value],
) -> BoxFuture<'a, Result<u64, sqlx::Error>> {
    let query = bind(sql, values);
    Box::pin(async move { Ok(query.execute(connection).await?.rows_affected()) })
}

pub(super) fn rows<'a>(
    connection: &'a mut PgConnection,
    sql: &'static str,
    values: &[Value],
) -> BoxFuture<'a, Result<Vec<Row>, sqlx::Error>> {
    let query = bind(sql, values);
    Box::pin(async move { query.fetch_all(connection).await?.iter().map(decode).collect() })
}

/// Inserts rows in one statement, one array a column.
pub(super) fn insert<'a>(
    connection: &'a mut PgConnection,
    insert: &'a Insert,
    rows: Vec<Vec<Value>>,
) -> BoxFuture<'a, Result<Vec<Row>, sqlx::Error>> {
    let mut columns: Vec<Vec<Value>> =
        insert.columns.iter().map(|_| Vec::with_capacity(rows.len())).collect();
    for row in rows {
        for (column, value) in columns.iter_mut().zip(row) {
            column.push(value);
        }
    }
    // The text is made of names in our source and of numbered places.
    let query = sqlx::query(AssertSqlSafe(insert.postgres()));
    let kinds = insert.columns.iter().map(|(_, kind)| *kind);
    let query = columns.into_iter().zip(kinds).fold(query, bind_column);
    Box::pin(async move { query.fetch_all(connection).await?.iter().map(decode).collect() })
}

fn bind_column(query: Query, (values, kind): (Vec<Value>, Kind)) -> Query {
    let values = values.into_iter();
    match kind {
        Kind::Int => query.bind(values.map(Value::into_int).collect::<Vec<_>>()),
        Kind::Text => query.bind(values.map(Value::into_text).collect::<Vec<_>>()),
        Kind::Bytes => query.bind(values.map(Value::into_bytes).collect::<Vec<_>>()),
    }
}

#[cfg(test)]
pub(super) fn prepare<'a>(
    connection: &'a mut PgConnection,
    sql: String,
) -> BoxFuture<'a, Result<(), sqlx::Error>> {
    Box::pin(async move { connection.prepare(AssertSqlSafe(sql).into_sql_str()).await.map(drop) })
}

fn decode(row: &PgRow) -> Result<Row, sqlx::Error> {
    let mut values = Vec::with_capacity(row.columns().len());
    for column in row.columns() {
        let at = column.ordinal();
        values.push(match column.type_info().name() {
            _ if row.try_get_raw(at)?.is_null() => Value::Null,
            "INT8" => Value::Int(row.try_get_unchecked(at)?),
            "INT4" => Value::Int(i64::from(row.try_get_unchecked::<i32, _>(at)?)),
            "BYTEA" => Value::Bytes(row.try_get_unchecked(at)?),
            _ => Value::Text(row.try_get_unchecked(at)?),
        });
    }
    Ok(Row(values))
}
