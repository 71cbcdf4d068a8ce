//! Why the store could not do something for a notice: texts that name the step, never a value.

/// Why the store could not do something. Texts name the step, never a value: values are personal.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// `[store] url` is neither `sqlite:` nor `postgres://`.
    #[error("[store] url must begin with sqlite: or postgres://")]
    UnknownUrl,
    /// `[store] url_file` could not be read.
    #[error("cannot read [store] url_file")]
    UrlFile(#[source] std::io::Error),
    /// The folder of the SQLite file or its blobs cannot be used.
    #[error("cannot use the store's folder")]
    Folder(#[source] std::io::Error),
    /// No connection.
    #[error("cannot connect to the database")]
    Connect(#[source] sqlx::Error),
    /// The tables could not be brought up to date.
    #[error("cannot bring the database's tables up to date")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    /// A statement failed. The engine's own text may quote values, so only its code is shown.
    #[error("the database refused a statement ({})", code_of(.0))]
    Statement(sqlx::Error),
    /// The claim check's file could not be written or read.
    #[error("cannot write or read an original in the claim check")]
    Blob(#[source] std::io::Error),
    /// Something stored cannot be read back.
    #[error("the stored {0} cannot be read back")]
    Corrupt(&'static str),
    /// Another process bears this instance's name.
    #[error(
        "another process runs under this [operations] instance on the same store; give each its own name"
    )]
    NameTaken,
    /// The writer has stopped: the program is shutting down.
    #[error("the store is closed")]
    Closed,
}

/// The engine's error code (SQLSTATE or SQLite's), which never quotes a value.
fn code_of(error: &sqlx::Error) -> String {
    match error.as_database_error().and_then(|error| error.code()) {
        Some(code) => format!("code {code}"),
        None => match error {
            sqlx::Error::Io(error) => format!("{}", error.kind()),
            sqlx::Error::PoolTimedOut => "no free connection".to_owned(),
            sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => "connection closed".to_owned(),
            _ => "protocol".to_owned(),
        },
    }
}

impl StoreError {
    /// Whether the connection may be unusable and a new one should be taken.
    pub(super) fn breaks_connection(&self) -> bool {
        matches!(self, Self::Statement(error) if error.as_database_error().is_none())
    }
}
