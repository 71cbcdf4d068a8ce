//! The door of the pages: log in, log out, and the way there for whoever has not. Who may pass is the gate's to say.

use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::http::server::Peer;
use crate::operations::PageError;
use crate::operations::chrome::Asked;
use crate::operations::chrome::Chrome;
use crate::operations::gate::Gate;
use crate::operations::guard;
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
use serde::Deserialize;
use std::sync::Arc;
use tower_sessions::Session;

/// What is said where nobody can log in yet.
const NO_ACCOUNTS: &str = "Nobody can log in here yet. Make an account on the server:\n\n    \
    kvittens user add NAME --role handle --role administer\n\n\
    Ingen kan logga in här ännu. Skapa ett konto på servern:\n\n    \
    kvittens user add NAMN --role handle --role administer\n";

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
            request.extensions_mut().insert(Arc::clone(&gate));
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
    let attempt = match gate.attempt(&typed.name(), address) {
        Ok(attempt) => attempt,
        Err(seconds) => return later(page, to, seconds),
    };
    let Some(user) = gate.account(&typed.name(), typed.password.clone()).await? else {
        tracing::warn!(%address, "a log-in to the operations pages was refused");
        let fault = page.say(
            "Namnet och lösenordet hör inte ihop. Ingen är inloggad.",
            "The name and the password do not belong together. Nobody is logged in.",
        );
        let fault = Some(fault.to_owned());
        return Chrome::send(StatusCode::FORBIDDEN, &Page { page, fault, to });
    };
    gate.let_in(&session, user, &attempt).await?;
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
