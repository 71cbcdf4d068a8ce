//! `/kvitto`: the page where whoever holds a receipt types its reference and control code and sees whether the municipality wrote it.
//!
//! A plain form, sent by POST: what is typed stands in no address, so in no log and no history. No JavaScript.

use crate::domain::masked::Masked;
use crate::http::negotiate::Language;
use crate::http::server::Peer;
use crate::public::front::organisation;
use crate::public::kvitto_words::ENGLISH;
use crate::public::kvitto_words::SWEDISH;
use crate::public::kvitto_words::Words;
use crate::public::verify::Asked;
use crate::public::verify::Counter;
use crate::public::verify::Found;
use crate::public::verify::Genuine;
use askama::Template;
use axum::Extension;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::extract::Form;
use axum::extract::Query;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::Html;
use axum::response::IntoResponse as _;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use std::sync::Arc;

const POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The most bytes of a form.
const FORM_BYTES: usize = 4 * 1024;

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<!DOCTYPE html>
<html lang="{{ words.tag }}">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>{% if let Some(said) = said %}{{ said.heading }} · {% endif %}{{ words.title }}</title>
<link rel="stylesheet" href="/front.css"/>
</head>
<body>
<main>
<p><a href="?lang={{ words.other_tag }}" lang="{{ words.other_tag }}" hreflang="{{ words.other_tag }}">{{ words.other_name }}</a></p>
<h1>{{ words.title }}</h1>
{% if let Some(said) = said %}<section class="said" role="{{ said.role }}" aria-labelledby="said">
<h2 id="said">{{ said.heading }}</h2>
<p>{{ said.text }}</p>
{% if !said.rows.is_empty() %}<dl>
{% for row in said.rows %}<dt>{{ row.0 }}</dt><dd>{{ row.1 }}</dd>
{% endfor %}</dl>
{% endif %}</section>
{% endif %}<p>{{ words.intro }}</p>
<form method="post" action="?lang={{ words.tag }}">
<label for="reference">{{ words.reference }}</label>
<p class="hint" id="reference-hint">{{ words.reference_hint }}</p>
<input id="reference" name="reference" value="{{ typed.0 }}" required="required" maxlength="60" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="reference-hint"/>
<label for="code">{{ words.code }}</label>
<p class="hint" id="code-hint">{{ words.code_hint }}</p>
<input id="code" name="controlCode" value="{{ typed.1 }}" required="required" maxlength="60" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="code-hint"/>
<button>{{ words.button }}</button>
</form>
<h2>{{ words.meaning }}</h2>
<p>{{ words.meaning_text }}</p>
<h2>{{ words.questions }}</h2>
<dl>
<dt>{{ words.recipient }}</dt><dd>{{ organisation }}</dd>
<dt>{{ words.telephone }}</dt><dd>{{ telephone }}</dd>
<dt>{{ words.email }}</dt><dd>{{ email }}</dd>
</dl>
</main>
</body>
</html>
"#
)]
struct Page<'a> {
    words: &'static Words,
    said: Option<Said>,
    typed: (&'a str, &'a str),
    organisation: &'a str,
    telephone: &'a str,
    email: &'a str,
}

/// What the page answers.
struct Said {
    role: &'static str,
    heading: &'static str,
    text: String,
    rows: Vec<(&'static str, String)>,
}

/// What an address of the page may hold: the language, and a reference to begin with.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Opened {
    lang: String,
    reference: Masked,
}

impl Opened {
    fn words(&self, headers: &HeaderMap) -> &'static Words {
        match (self.lang.as_str(), Language::of(headers)) {
            ("sv", _) => &SWEDISH,
            ("en", _) => &ENGLISH,
            (_, Language::Swedish) => &SWEDISH,
            (_, Language::English) => &ENGLISH,
        }
    }
}

/// The page.
pub(super) fn routes(counter: Arc<Counter>) -> Router {
    let page = get(open).post(check).layer(DefaultBodyLimit::max(FORM_BYTES));
    Router::new().route("/kvitto", page).with_state(counter)
}

async fn open(
    State(counter): State<Arc<Counter>>,
    Query(opened): Query<Opened>,
    headers: HeaderMap,
) -> Response {
    let words = opened.words(&headers);
    let no_keys = counter.desk.chest.ring().is_none().then(|| said(words, Found::NoKeys, &counter));
    let asked = Asked { reference: opened.reference, ..Asked::default() };
    page(&counter, words, (StatusCode::OK, no_keys), &asked)
}

async fn check(
    State(counter): State<Arc<Counter>>,
    Query(opened): Query<Opened>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    Form(asked): Form<Asked>,
) -> Response {
    let words = opened.words(&headers);
    let from = counter.caller(peer, &headers);
    let found = match counter.check(&asked, from).await {
        Ok(found) => found,
        Err(error) => {
            tracing::warn!(%error, "could not look up a receipt to be checked");
            let text = words.unavailable_text.to_owned();
            let told = Said { role: "alert", heading: words.unavailable, text, rows: Vec::new() };
            return page(&counter, words, (StatusCode::SERVICE_UNAVAILABLE, Some(told)), &asked);
        }
    };
    let wait = match &found {
        Found::Later(seconds) => Some(*seconds),
        Found::Genuine(_) | Found::NotConfirmed | Found::NoKeys => None,
    };
    let status = wait.map_or(StatusCode::OK, |_| StatusCode::TOO_MANY_REQUESTS);
    let told = Some(said(words, found, &counter));
    let mut response = page(&counter, words, (status, told), &asked);
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn said(words: &'static Words, found: Found, counter: &Counter) -> Said {
    let bad = |heading: &'static str, text: &str| Said {
        role: "alert",
        heading,
        text: text.to_owned(),
        rows: Vec::new(),
    };
    match found {
        Found::Genuine(genuine) => Said {
            role: "status",
            heading: words.genuine,
            text: words.genuine_text.to_owned(),
            rows: rows(words, &genuine, counter),
        },
        Found::NotConfirmed => bad(words.not_confirmed, words.not_confirmed_text),
        Found::Later(seconds) => {
            bad(words.later, &words.later_text.replace("{seconds}", &seconds.to_string()))
        }
        Found::NoKeys => bad(words.no_keys, words.no_keys_text),
    }
}

fn rows(
    words: &'static Words,
    genuine: &Genuine,
    counter: &Counter,
) -> Vec<(&'static str, String)> {
    let clock = counter.desk.local_time.clock_of(genuine.received_at);
    let arrived = match words.tag {
        "sv" => format!("{} kl. {clock}", genuine.arrival_date),
        _ => format!("{} at {}", genuine.arrival_date, clock.replace('.', ":")),
    };
    vec![
        (words.reference, genuine.reference.to_string()),
        (words.arrived, arrived),
        ("UTC", genuine.received_at.to_string()),
        ("SHA-256", genuine.sha256.to_string()),
    ]
}

fn page(
    counter: &Counter,
    words: &'static Words,
    (status, said): (StatusCode, Option<Said>),
    asked: &Asked,
) -> Response {
    let contact = &counter.desk.about.contact;
    let language = if words.tag == "sv" { Language::Swedish } else { Language::English };
    let page = Page {
        words,
        said,
        typed: (asked.reference.reveal(), asked.control_code.reveal()),
        organisation: organisation(contact, language),
        telephone: &contact.telephone,
        email: &contact.email,
    };
    let Ok(html) = page.render() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CONTENT_LANGUAGE, words.tag),
        (header::VARY, "Accept-Language"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (status, headers, Html(html)).into_response()
}
