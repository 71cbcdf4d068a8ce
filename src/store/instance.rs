//! The name under which a process holds its leases; no two processes may bear it at once on one store.

use crate::store::Instance;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::day_reports::RELEASE_DAY_MAILS;
use crate::store::engine::Engine;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::statements::RELEASE_LEASES;
use std::fs::File;
use std::fs::TryLockError;
use std::time::Duration;

pub(super) const HOLD: Statement = Statement {
    sqlite: "SELECT 1 WHERE $1 IS NOT NULL",
    postgres: "SELECT CASE WHEN pg_try_advisory_lock(hashtextextended($1, 0)) THEN 1 ELSE 0 END",
};

/// Gives back what an earlier process of this name held.
pub(super) async fn recover(session: &mut Session, instance: &Instance) -> Result<(), StoreError> {
    for release in [&RELEASE_LEASES, &RELEASE_DAY_MAILS] {
        session.run(release, &[instance.0.as_str().into()]).await?;
    }
    Ok(())
}

/// How often and how long we wait for an earlier process of the same name to be gone.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(100);

/// Held as long as the process runs; the system gives it back when the process dies.
pub struct InstanceLock {
    _file: Option<File>,
    _session: Option<Session>,
}

impl Store {
    /// Takes an instance's name; waits ten seconds for an earlier process to be gone, then fails.
    pub async fn hold(&self, instance: &Instance) -> Result<InstanceLock, StoreError> {
        for _ in 0..TRIES {
            if let Some(lock) = self.try_hold(instance).await? {
                return Ok(lock);
            }
            tokio::time::sleep(PAUSE).await;
        }
        Err(StoreError::NameTaken)
    }

    async fn try_hold(&self, instance: &Instance) -> Result<Option<InstanceLock>, StoreError> {
        match self.engine.as_ref() {
            Engine::Sqlite { blobs, .. } => {
                let name = format!("instance-{}.lock", hex::encode(instance.0.as_bytes()));
                let path = blobs.with_file_name(name);
                let file = File::options().create(true).append(true).open(path);
                let file = file.map_err(StoreError::Folder)?;
                match file.try_lock() {
                    Ok(()) => Ok(Some(InstanceLock { _file: Some(file), _session: None })),
                    Err(TryLockError::WouldBlock) => Ok(None),
                    Err(TryLockError::Error(error)) => Err(StoreError::Folder(error)),
                }
            }
            Engine::Postgres(_) => {
                let mut session = self.engine.reading().await?;
                let name = format!("kvittens:{}", instance.0);
                let row = session.row(&HOLD, &[name.into()]).await?;
                Ok((row.is_some_and(|row| row.int(0) == 1))
                    .then_some(InstanceLock { _file: None, _session: Some(session) }))
            }
        }
    }
}
