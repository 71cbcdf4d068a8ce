//! The door of the pages: log in, log out, and who it is that asks. A session ends by leaving, idling, its greatest age, another password,
//! or when its account is disabled: the account is looked at on every request.

use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::http::server::Peer;
use crate::operations::Desk;
use crate::operations::PageError;
use crate::operations::attempts::Attempts;
use crate::operations::chrome::Asked;
use crate::operations::chrome::Chrome;
use crate::operations::guard;
use crate::operations::password;
use crate::operations::roles::Person;
use crate::operations::sessions::ENTERED;
use crate::store::AccountAction;
use crate::store::Action;
use crate::store::User;
use askama::Template;
use axum::extract::Extension;
use axum::extract::Form;
use axum::extract::Query;
use axum::extract::Request;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::Method;
use axum::http::StatusCode;
use axum::http::header;
use axum::middleware::Next;
use axum::response::IntoResponse as _;
use axum::response::Redirect;
use axum::response::Response;
use jiff::SignedDuration;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tower_sessions::Session;

/// How many passwords are compared at once: each takes 19 MiB and a core for a while.
const COMPARED_AT_ONCE: usize = 2;

/// A session in use is noted this often at most.
const NOTED_EVERY: SignedDuration = SignedDuration::from_secs(30);

/// What is said where nobody can log in yet.
const NO_ACCOUNTS: &str = "Nobody can log in here yet. Make an account on the server:\n\n    \
    kvittens user add NAME --role handle --role administer\n\n\
    Ingen kan logga in här ännu. Skapa ett konto på servern:\n\n    \
    kvittens user add NAMN --role handle --role administer\n";

/// The rules of the door.
#[derive(Debug)]
pub(super) struct Gate {
    pub(super) desk: Arc<Desk>,
    /// A session unused for so long ends.
    pub(super) idle: SignedDuration,
    /// A session this old ends.
    pub(super) life: SignedDuration,
    /// Whose word about the address of a caller is taken.
    pub(super) proxies: Vec<IpAddr>,
    attempts: Attempts,
    comparing: Semaphore,
}

/// What a session holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entered {
    user: String,
    began_at: Timestamp,
    used_at: Timestamp,
    password_set_at: Timestamp,
}

/// What is typed at the door.
#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    name: Masked,
    #[serde(default)]
    password: Masked,
    #[serde(default)]
    to: String,
}

impl Typed {
    /// The account's name; a telephone that begins it with a capital letter is forgiven.
    fn name(&self) -> String {
        self.name.reveal().trim().to_lowercase()
    }
}

#[derive(Template)]
#[template(path = "login.html", config = "src/operations/templates/askama.toml")]
struct Page {
    page: Chrome,
    fault: Option<String>,
    to: Option<String>,
}

impl Gate {
    /// A door with these rules.
    pub(super) fn new(
        desk: Arc<Desk>,
        (idle, life): (SignedDuration, SignedDuration),
        proxies: Vec<IpAddr>,
    ) -> Self {
        let comparing = Semaphore::new(COMPARED_AT_ONCE);
        Self { desk, idle, life, proxies, attempts: Attempts::default(), comparing }
    }

    /// Who has this session; one that is over is ended.
    async fn person(&self, session: &Session) -> Result<Option<Person>, PageError> {
        let Some(mut entered) = session.get::<Entered>(ENTERED).await? else { return Ok(None) };
        let now = self.desk.store.clock().now();
        let user = self.desk.store.user(&entered.user).await?;
        let holds = |user: &User| {
            user.disabled_at.is_none()
                && user.password_set_at == entered.password_set_at
                && now.duration_since(entered.began_at) < self.life
                && now.duration_since(entered.used_at) < self.idle
        };
        let Some(user) = user.filter(holds) else {
            session.flush().await?;
            return Ok(None);
        };
        if now.duration_since(entered.used_at) >= NOTED_EVERY.min(self.idle / 4) {
            entered.used_at = now;
            session.insert(ENTERED, &entered).await?;
        }
        Ok(Some(Person::of(&user)))
    }

    /// The account of a name with its password; the same work is done when there is none.
    async fn account(&self, typed: &Typed) -> Result<Option<User>, PageError> {
        let user =
            self.desk.store.user(&typed.name()).await?.filter(|user| user.disabled_at.is_none());
        let hash = user.as_ref().map(|user| user.password.clone());
        let _permit = self.comparing.acquire().await;
        let long = typed.password.reveal().len() > password::LONGEST * 4;
        let typed = if long { Masked::default() } else { typed.password.clone() };
        let fits = password::fits(typed, hash).await;
        Ok(user.filter(|_| fits))
    }

    fn caller(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        if !self.proxies.contains(&peer) {
            return peer;
        }
        let told = headers.get_all("x-forwarded-for").iter().next_back();
        let last =
            told.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        last.unwrap_or(peer)
    }
}

/// Lets those through who are logged in; the others are shown the door, or told that there are no accounts.
pub(super) async fn admit(
    State(gate): State<Arc<Gate>>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    match gate.person(&session).await {
        Ok(Some(person)) => {
            request.extensions_mut().insert(person);
            next.run(request).await
        }
        Ok(None) => match gate.desk.store.anyone_may_log_in().await {
            Ok(true) => Redirect::to(&door(&request)).into_response(),
            Ok(false) => no_accounts(),
            Err(error) => PageError::from(error).into_response(),
        },
        Err(error) => error.into_response(),
    }
}

/// The log-in page's address, with where to go on; nothing that was asked for comes into it but a page of ours.
fn door(request: &Request) -> String {
    let asked = Query::<Asked>::try_from_uri(request.uri()).map(|Query(asked)| asked);
    let language =
        asked.ok().and_then(|asked| asked.lang).filter(|lang| lang == "sv" || lang == "en");
    let to = (request.method() == Method::GET).then(|| ours(request.uri().path())).flatten();
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(to.filter(|to| to != "/ops/").map(|to| ("to", to)));
    query.extend_pairs(language.map(|language| ("lang", language)));
    let query = query.finish();
    if query.is_empty() { "/ops/login".to_owned() } else { format!("/ops/login?{query}") }
}

/// A path, when it is one of our pages that a person may begin with.
fn ours(path: &str) -> Option<String> {
    match path {
        "/ops/" | "/ops/notices" | "/ops/accounts" | "/ops/password" => Some(path.to_owned()),
        _ => {
            let reference = Reference::parse(path.strip_prefix("/ops/notices/")?)?;
            Some(format!("/ops/notices/{reference}"))
        }
    }
}

fn no_accounts() -> Response {
    (StatusCode::FORBIDDEN, NO_ACCOUNTS).into_response()
}

/// The log-in page.
pub(super) async fn page(
    State(gate): State<Arc<Gate>>,
    session: Session,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    if gate.person(&session).await?.is_some() {
        return Ok(Redirect::to("/ops/").into_response());
    }
    if !gate.desk.store.anyone_may_log_in().await? {
        return Ok(no_accounts());
    }
    let to = asked.to.as_deref().and_then(ours);
    let page = gate.desk.page(&asked, &headers, "/ops/login");
    Chrome::send(StatusCode::OK, &Page { page, fault: None, to })
}

/// Logs in.
pub(super) async fn enter(
    State(gate): State<Arc<Gate>>,
    session: Session,
    Query(asked): Query<Asked>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    if !gate.desk.store.anyone_may_log_in().await? {
        return Ok(no_accounts());
    }
    let page = gate.desk.page(&asked, &headers, "/ops/login");
    let to = ours(&typed.to);
    let peer = peer.map_or(guard::LOOPBACK, |Extension(Peer(address))| address);
    let address = gate.caller(peer, &headers);
    let now = gate.desk.store.clock().now();
    let attempt = match gate.attempts.begin(&typed.name(), address, now) {
        Ok(attempt) => attempt,
        Err(seconds) => return later(page, to, seconds),
    };
    let Some(user) = gate.account(&typed).await? else {
        tracing::warn!(%address, "a log-in to the operations pages was refused");
        let fault = page.say(
            "Namnet och lösenordet hör inte ihop. Ingen är inloggad.",
            "The name and the password do not belong together. Nobody is logged in.",
        );
        let fault = Some(fault.to_owned());
        return Chrome::send(StatusCode::FORBIDDEN, &Page { page, fault, to });
    };
    gate.attempts.good(&attempt, now);
    let (name, actor) = (user.name.clone(), Person::of(&user).actor());
    let action = AccountAction::LoggedIn { name };
    drop(gate.desk.store.act(Action::Account { actor, action }).await?);
    session.cycle_id().await?;
    let entered = Entered {
        user: user.name,
        began_at: now,
        used_at: now,
        password_set_at: user.password_set_at,
    };
    session.insert(ENTERED, &entered).await?;
    let to = page.link(to.as_deref().unwrap_or("/ops/"));
    Ok(Redirect::to(&to).into_response())
}

fn later(page: Chrome, to: Option<String>, seconds: i64) -> Result<Response, PageError> {
    let fault = match page.say("sv", "en") {
        "sv" => format!("För många försök. Vänta {seconds} sekunder och försök igen."),
        _ => format!("Too many attempts. Wait {seconds} seconds and try again."),
    };
    let mut response =
        Chrome::send(StatusCode::TOO_MANY_REQUESTS, &Page { page, fault: Some(fault), to })?;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    Ok(response)
}

/// Logs out.
pub(super) async fn leave(
    State(gate): State<Arc<Gate>>,
    session: Session,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    session.flush().await?;
    let page = gate.desk.page(&asked, &headers, "/ops/login");
    Ok(Redirect::to(&page.link("/ops/login")).into_response())
}
