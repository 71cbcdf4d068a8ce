//! The people who may open the operations pages: their accounts, and what they do that is not done to a notice. All of it is journalled.

use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::store::ActionRefused;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Row;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::instant;
use crate::store::journal::Line;
use crate::store::sessions::DELETE_SESSIONS_OF;
use jiff::Timestamp;
use serde_json::json;

/// An account as stored.
#[derive(Clone, Debug)]
pub struct User {
    /// What it logs in with.
    pub name: String,
    /// Hash of its password (argon2id, a PHC string).
    pub password: Masked,
    /// The stable words of its roles.
    pub roles: Vec<String>,
    /// The ids of the boards whose notices it may see.
    pub boards: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its password was set; sessions begun with an earlier one have ended.
    pub password_set_at: Timestamp,
    /// When it was disabled.
    pub disabled_at: Option<Timestamp>,
}

/// Something done to an account or by one.
#[derive(Clone, Debug)]
pub enum AccountAction {
    /// Make an account.
    Add {
        /// Its name.
        name: String,
        /// Hash of its password.
        password: Masked,
        /// Its roles.
        roles: Vec<String>,
        /// Its boards.
        boards: Vec<String>,
    },
    /// Give it another password; its sessions end.
    SetPassword {
        /// Whose.
        name: String,
        /// Hash of the new one.
        password: Masked,
    },
    /// Let it in no more; its sessions end.
    Disable {
        /// Whom.
        name: String,
    },
    /// Let it in again.
    Enable {
        /// Whom.
        name: String,
    },
    /// It logged in.
    LoggedIn {
        /// Who.
        name: String,
    },
    /// A person sees what is masked.
    Look {
        /// Of which notice or message.
        reference: Reference,
        /// What is seen: `fields`, `original`.
        what: &'static str,
        /// Why, a stable code.
        why: String,
        /// Why, in the person's own words; may be empty.
        words: Masked,
    },
    /// A person looked for notices by what is personal.
    Search {
        /// By what: `personIdentity`.
        by: &'static str,
        /// How many notices were found.
        found: usize,
    },
}

pub(super) const INSERT_USER: Statement = same!(
    "INSERT INTO users (name, password, roles, boards, created_at, password_set_at) VALUES ($1, $2, $3, $4, $5, $5) \
     ON CONFLICT DO NOTHING"
);
pub(super) const SET_PASSWORD: Statement =
    same!("UPDATE users SET password = $2, password_set_at = $3 WHERE name = $1");
pub(super) const DISABLE_USER: Statement =
    same!("UPDATE users SET disabled_at = $2 WHERE name = $1 AND disabled_at IS NULL");
pub(super) const ENABLE_USER: Statement =
    same!("UPDATE users SET disabled_at = NULL WHERE name = $1 AND disabled_at IS NOT NULL");
pub(super) const USER: Statement = same!(
    "SELECT name, password, roles, boards, created_at, password_set_at, disabled_at FROM users WHERE name = $1"
);
pub(super) const LIST_USERS: Statement = same!(
    "SELECT name, password, roles, boards, created_at, password_set_at, disabled_at FROM users ORDER BY name"
);
pub(super) const ANY_USER: Statement =
    same!("SELECT name FROM users WHERE disabled_at IS NULL LIMIT 1");
pub(super) const INSERT_LOOKING: Statement = same!(
    "INSERT INTO lookings (reference, at, actor, what, why, words) VALUES ($1, $2, $3, $4, $5, $6)"
);

impl Store {
    /// The account with this name.
    pub async fn user(&self, name: &str) -> Result<Option<User>, StoreError> {
        let row = self.engine.reading().await?.row(&USER, &[name.into()]).await?;
        Ok(row.map(user))
    }

    /// All accounts.
    pub async fn users(&self) -> Result<Vec<User>, StoreError> {
        let rows = self.engine.reading().await?.rows(&LIST_USERS, &[]).await?;
        Ok(rows.into_iter().map(user).collect())
    }

    /// Whether any account may log in.
    pub async fn anyone_may_log_in(&self) -> Result<bool, StoreError> {
        Ok(self.engine.reading().await?.row(&ANY_USER, &[]).await?.is_some())
    }
}

/// Runs an account's action inside the writer's transaction.
pub(super) async fn run(
    session: &mut Session,
    actor: &str,
    action: &AccountAction,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let mut about = "";
    let (event, detail) = match action {
        AccountAction::Add { name, roles, boards, .. } => (
            "user.added",
            json!({ "boards": boards.join(" "), "roles": roles.join(" "), "user": name }),
        ),
        AccountAction::SetPassword { name, .. } => ("user.passwordSet", json!({ "user": name })),
        AccountAction::Disable { name } => ("user.disabled", json!({ "user": name })),
        AccountAction::Enable { name } => ("user.enabled", json!({ "user": name })),
        AccountAction::LoggedIn { name } => ("user.loggedIn", json!({ "user": name })),
        AccountAction::Look { reference, what, why, words } => {
            about = reference.as_str();
            let salt = format!("{reference} {now} ");
            let digest = Digest::of_all([salt.as_bytes(), words.reveal().as_bytes()]);
            ("person.unmasked", json!({ "digest": digest, "what": what, "why": why }))
        }
        AccountAction::Search { by, found } => {
            ("person.searched", json!({ "by": by, "found": found }))
        }
    };
    if let Err(refused) = write(session, actor, action, now).await? {
        return Ok(Err(refused));
    }
    let (reference, actor) = (about.to_owned(), actor.to_owned());
    lines.push(Line { reference, at: now, actor, event, detail });
    Ok(Ok(()))
}

async fn write(
    session: &mut Session,
    actor: &str,
    action: &AccountAction,
    now: Timestamp,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let at = now.as_microsecond();
    let (statement, values, ends) = match action {
        AccountAction::Add { name, password, roles, boards } => {
            let (roles, boards) = (roles.join(" "), boards.join(" "));
            let values = [
                name.as_str().into(),
                password.reveal().into(),
                roles.into(),
                boards.into(),
                at.into(),
            ];
            let added = session.run(&INSERT_USER, &values).await?;
            return Ok(if added == 0 { Err(ActionRefused::Taken) } else { Ok(()) });
        }
        AccountAction::SetPassword { name, password } => {
            let values = vec![name.as_str().into(), password.reveal().into(), at.into()];
            (&SET_PASSWORD, values, Some(name))
        }
        AccountAction::Disable { name } => {
            (&DISABLE_USER, vec![name.as_str().into(), at.into()], Some(name))
        }
        AccountAction::Enable { name } => (&ENABLE_USER, vec![name.as_str().into()], None),
        AccountAction::Look { reference, what, why, words } => {
            let values = vec![
                reference.as_str().into(),
                at.into(),
                actor.into(),
                (*what).into(),
                why.as_str().into(),
                words.reveal().into(),
            ];
            (&INSERT_LOOKING, values, None)
        }
        AccountAction::LoggedIn { .. } | AccountAction::Search { .. } => return Ok(Ok(())),
    };
    if session.run(statement, &values).await? == 0 {
        return Ok(Err(ActionRefused::Unknown));
    }
    if let Some(name) = ends {
        session.run(&DELETE_SESSIONS_OF, &[name.as_str().into()]).await?;
    }
    Ok(Ok(()))
}

fn user(mut row: Row) -> User {
    let words = |text: String| text.split_whitespace().map(str::to_owned).collect();
    User {
        name: row.text(0),
        password: Masked::new(row.text(1)),
        roles: words(row.text(2)),
        boards: words(row.text(3)),
        created_at: instant(row.int(4)),
        password_set_at: instant(row.int(5)),
        disabled_at: row.maybe_int(6).map(instant),
    }
}
