//! `/ops/accounts`: who may open the pages and who may send by HTTP. What is drawn is shown once,
//! on the answer to the form.

use crate::domain::masked::Masked;
use crate::intake::api::client;
use crate::operations::PageError;
use crate::operations::chrome::Chrome;
use crate::operations::password;
use crate::operations::password::PasswordError;
use crate::operations::roles::Role;
use crate::operations::visit::Visit;
use crate::operations::words;
use crate::store::AccountAction;
use crate::store::Action;
use crate::store::ActionRefused;
use crate::store::User;
use askama::Template;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::response::Redirect;
use axum::response::Response;

/// The most characters of an account's name.
const NAME_CHARS: usize = 40;

/// What the form of the accounts' page asks for. Repeated fields come as one text with spaces.
#[derive(Debug, Default)]
struct Wish {
    act: String,
    name: String,
    roles: Vec<String>,
    boards: Vec<String>,
}

#[derive(Template)]
#[template(path = "accounts.html", config = "src/operations/templates/askama.toml")]
struct Page {
    page: Chrome,
    said: Option<(&'static str, String)>,
    secret: Option<Masked>,
    people: Vec<Line>,
    clients: Vec<Line>,
    roles: Vec<(&'static str, String)>,
    boards: Vec<(String, String)>,
}

/// An account or a client.
struct Line {
    name: String,
    what: String,
    since: String,
    ended: Option<String>,
    mine: bool,
}

/// Whether this may be an account's name.
pub fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c);
    let begins = name.chars().next().is_some_and(|c| c.is_ascii_lowercase());
    begins && name.len() <= NAME_CHARS && name.chars().all(plain)
}

/// The accounts and clients.
pub(super) async fn page(visit: Visit) -> Result<Response, PageError> {
    show(&visit, None, None).await
}

/// Makes or ends one.
pub(super) async fn act(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let wish = wish(fields);
    let outcome = match wish.act.as_str() {
        "addUser" => add(&visit, &wish).await?,
        "newPassword" => renew(&visit, &wish).await?,
        "disableUser" => {
            let action = AccountAction::Disable { name: wish.name.clone() };
            of_user(&visit, &wish, action).await?
        }
        "enableUser" => {
            let action = AccountAction::Enable { name: wish.name.clone() };
            of_user(&visit, &wish, action).await?
        }
        "addClient" => add_client(&visit, &wish).await?,
        "revokeClient" => {
            let (name, actor) = (wish.name.clone(), visit.person.actor());
            said(&visit, visit.desk.store.act(Action::RevokeClient { name, actor }).await?)
        }
        _ => return Ok(Redirect::to(&visit.page("/ops/").link("/ops/accounts")).into_response()),
    };
    show(&visit, Some(outcome.0), outcome.1).await
}

type Outcome = ((&'static str, String), Option<Masked>);

async fn add(visit: &Visit, wish: &Wish) -> Result<Outcome, PageError> {
    let page = visit.page("/ops/accounts");
    let boards_fit = !wish.boards.is_empty()
        && wish
            .boards
            .iter()
            .all(|id| visit.person.boards().hold(id) && visit.desk.profile.board(id).is_some());
    let roles_fit =
        !wish.roles.is_empty() && wish.roles.iter().all(|word| Role::parse(word).is_some());
    if !is_name(&wish.name) || !roles_fit || !boards_fit {
        let text = page.say(
            "Inget konto skapades. Namnet börjar med en liten bokstav a–z och består av små bokstäver, siffror, punkt, streck och understreck; välj minst en roll och en nämnd.",
            "No account was made. The name begins with a lower-case letter a–z and consists of lower-case letters, digits, dot, hyphen and underscore; choose at least one role and one board.",
        );
        return Ok((("bad", text.to_owned()), None));
    }
    let drawn = password::draw()?;
    let action = AccountAction::Add {
        name: wish.name.clone(),
        password: password::hash(drawn.clone()).await?,
        roles: wish.roles.clone(),
        boards: wish.boards.clone(),
    };
    let actor = visit.person.actor();
    let done = visit.desk.store.act(Action::Account { actor, action }).await?;
    let secret = done.is_ok().then_some(drawn);
    Ok((said(visit, done).0, secret))
}

async fn add_client(visit: &Visit, wish: &Wish) -> Result<Outcome, PageError> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if wish.name.is_empty() || !wish.name.chars().all(plain) {
        let page = visit.page("/ops/accounts");
        let text = page.say(
            "Ingen klient skapades. Namnet består av små bokstäver a–z, siffror och streck.",
            "No client was made. The name consists of lower-case letters a–z, digits and hyphens.",
        );
        return Ok((("bad", text.to_owned()), None));
    }
    let key = client::new_key().map_err(|_none| PasswordError::Hash)?;
    let action = Action::AddClient {
        name: wish.name.clone(),
        key_hash: client::key_hash(key.reveal()),
        mail_to: None,
        actor: visit.person.actor(),
    };
    let done = visit.desk.store.act(action).await?;
    let secret = done.is_ok().then_some(key);
    Ok((said(visit, done).0, secret))
}

async fn renew(visit: &Visit, wish: &Wish) -> Result<Outcome, PageError> {
    let drawn = password::draw()?;
    let hash = password::hash(drawn.clone()).await?;
    let action = AccountAction::SetPassword { name: wish.name.clone(), password: hash };
    let ((class, text), _) = of_user(visit, wish, action).await?;
    Ok(((class, text), (class == "good").then_some(drawn)))
}

/// Does something to an account, if all its boards are the person's own: nobody rules over another board's people.
async fn of_user(visit: &Visit, wish: &Wish, action: AccountAction) -> Result<Outcome, PageError> {
    let user = visit.desk.store.user(&wish.name).await?;
    if !user.is_some_and(|user| ours(visit, &user)) {
        return Ok(said(visit, Err(ActionRefused::Unknown)));
    }
    let actor = visit.person.actor();
    Ok(said(visit, visit.desk.store.act(Action::Account { actor, action }).await?))
}

fn ours(visit: &Visit, user: &User) -> bool {
    user.boards.iter().all(|id| visit.person.boards().hold(id))
}

fn said(visit: &Visit, done: Result<(), ActionRefused>) -> Outcome {
    let page = visit.page("/ops/accounts");
    let said = match done {
        Ok(()) => ("good", page.say("Det är gjort.", "It is done.")),
        Err(ActionRefused::Taken) => ("bad", page.say("Namnet är upptaget.", "The name is taken.")),
        Err(
            ActionRefused::Unknown
            | ActionRefused::State(_)
            | ActionRefused::NotCompared
            | ActionRefused::NothingFailed
            | ActionRefused::PastTheDay
            | ActionRefused::Stale
            | ActionRefused::InHand,
        ) => (
            "bad",
            page.say(
                "Inget gjordes: något sådant konto finns inte.",
                "Nothing was done: there is no such account.",
            ),
        ),
    };
    ((said.0, said.1.to_owned()), None)
}

fn wish(fields: Vec<(String, String)>) -> Wish {
    let mut wish = Wish::default();
    for (field, value) in fields {
        match field.as_str() {
            "act" => wish.act = value,
            "name" => wish.name = value.trim().to_owned(),
            "role" => wish.roles.push(value),
            "board" => wish.boards.push(value),
            _ => {}
        }
    }
    wish
}

async fn show(
    visit: &Visit,
    said: Option<(&'static str, String)>,
    secret: Option<Masked>,
) -> Result<Response, PageError> {
    let page = visit.page("/ops/accounts");
    let desk = &visit.desk;
    let list = |names: Vec<String>| names.join(", ");
    let users = desk.store.users().await?.into_iter().filter(|user| ours(visit, user));
    let people = users.map(|user| Line {
        what: format!(
            "{}; {}",
            list(user.roles.iter().map(|word| words::other(&page, word)).collect()),
            list(user.boards.iter().map(|id| desk.board_name(id)).collect()),
        ),
        since: page.clock(user.created_at),
        ended: user.disabled_at.map(|at| page.clock(at)),
        mine: visit.person.name() == Some(user.name.as_str()),
        name: user.name,
    });
    let clients = desk.store.clients().await?.into_iter().map(|client| Line {
        what: String::new(),
        since: page.clock(client.created_at),
        ended: client.revoked_at.map(|at| page.clock(at)),
        mine: false,
        name: client.name,
    });
    let boards = desk.profile.boards.iter().filter(|board| visit.person.boards().hold(&board.id));
    let view = Page {
        people: people.collect(),
        clients: clients.collect(),
        roles: Role::ALL.map(|role| (role.as_str(), words::other(&page, role.as_str()))).to_vec(),
        boards: boards.map(|board| (board.id.clone(), board.name.clone())).collect(),
        said,
        secret,
        page,
    };
    Chrome::send(StatusCode::OK, &view)
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn names_are_plain_and_begin_with_a_letter() {
        for good in ["anna", "a", "anna.b-2_x"] {
            assert!(is_name(good), "{good}");
        }
        let long = "a".repeat(41);
        for bad in ["", "Anna", "1anna", "anna b", "å", "anna\n", "a/b", "198501012390", &long] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
