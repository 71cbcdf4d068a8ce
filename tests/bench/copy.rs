//! What PostgreSQL alone can do: the same rows by COPY, its fastest way in, in groups of 256 messages with `synchronous_commit=on`.

use crate::bare::GROUP;
use crate::bare::TABLES;
use crate::bare::share;
use futures::TryStreamExt as _;
use sqlx::AssertSqlSafe;
use sqlx::Connection as _;
use sqlx::PgConnection;
use sqlx::postgres::PgPoolCopyExt as _;
use std::time::Instant;

/// Writes a store's rows into an empty database of the same make. Messages a second.
pub(crate) async fn postgres(store: &str) -> anyhow::Result<f64> {
    let pool = sqlx::PgPool::connect(store).await?;
    let mut tables = Vec::new();
    for table in TABLES {
        let copy = format!("COPY {table} TO STDOUT");
        let parts: Vec<bytes::Bytes> = pool.copy_out_raw(&copy).await?.try_collect().await?;
        let text = parts.concat();
        let lines = text.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec);
        tables.push(lines.collect::<Vec<_>>());
    }
    let create = AssertSqlSafe("CREATE DATABASE bare".to_owned());
    sqlx::query(create).execute(&pool).await?;
    let mut url = url::Url::parse(store)?;
    url.set_path("bare");
    let mut to = PgConnection::connect(url.as_str()).await?;
    sqlx::migrate!("schemas/migrations/postgres").run(&mut to).await?;
    let stored = tables.first().map_or(0, Vec::len);
    let groups = stored.div_ceil(GROUP);
    let began = Instant::now();
    for group in 0..groups {
        let mut transaction = to.begin().await?;
        for (lines, table) in tables.iter().zip(TABLES) {
            let copy = format!("COPY {table} FROM STDIN");
            let mut copying = transaction.copy_in_raw(&copy).await?;
            copying.send(share(lines, group, groups).concat()).await?;
            copying.finish().await?;
        }
        transaction.commit().await?;
    }
    Ok(stored as f64 / began.elapsed().as_secs_f64())
}
