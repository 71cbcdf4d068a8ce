//! `/`: a small page for senders that says what this is, what is not built yet, and whom to ask meanwhile; and the style of public pages.

use crate::acknowledge::Contact;
use crate::http::negotiate::Language;
use crate::public::About;
use crate::public::Desk;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::Html;
use axum::response::IntoResponse as _;
use axum::response::Response;
use axum::routing::get;
use std::sync::Arc;

const POLICY: &str =
    "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'";

const STYLE: &str = ":root { color-scheme: light dark; } body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; \
                     margin: 0 auto; padding: 1rem; } a:focus-visible { outline: 3px solid; outline-offset: 2px; } \
                     dt { font-weight: 600; } dd { margin: 0 0 .5rem; overflow-wrap: anywhere; } \
                     label { display: block; font-weight: 600; margin-top: 1rem; } .hint { margin: 0 0 .25rem; } \
                     input, button { box-sizing: border-box; width: 100%; min-height: 2.75rem; font: inherit; padding: .25rem .5rem; \
                     border: 2px solid; border-radius: .25rem; } button { margin-top: 1.5rem; font-weight: 600; } \
                     input:focus-visible, button:focus-visible { outline: 3px solid; outline-offset: 2px; } \
                     .said { border: 2px solid; border-left-width: .75rem; padding: 0 1rem; } .said h2 { margin-top: .75rem; }";

#[derive(Clone, Debug)]
struct Told {
    about: About,
    openapi: String,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<!DOCTYPE html>
<html lang="{{ tag }}">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>{{ title }}</title>
<link rel="stylesheet" href="/front.css"/>
</head>
<body>
<main>
<h1>{{ title }}</h1>
{% for text in texts %}<p>{{ text }}</p>
{% endfor %}
<p><a href="/kvitto">{{ check }}</a></p>
<dl>
<dt>{{ whom }}</dt><dd>{{ organisation }}</dd>
<dt>{{ telephone }}</dt><dd>{{ told.about.contact.telephone }}</dd>
<dt>{{ email }}</dt><dd>{{ told.about.contact.email }}</dd>
<dt>API</dt><dd><a href="{{ told.openapi }}">{{ told.openapi }}</a></dd>
</dl>
</main>
</body>
</html>
"#
)]
struct Page<'a> {
    tag: &'static str,
    title: &'static str,
    texts: [&'static str; 2],
    check: &'static str,
    whom: &'static str,
    organisation: &'a str,
    telephone: &'static str,
    email: &'static str,
    told: &'a Told,
}

/// The page and the style.
pub fn routes(desk: &Desk) -> Router {
    let openapi = format!("{}/openapi.json", desk.root.as_str());
    let told = Arc::new(Told { about: desk.about.clone(), openapi });
    Router::new()
        .route("/", get(home))
        .route("/front.css", get(async || ([(header::CONTENT_TYPE, "text/css")], STYLE)))
        .with_state(told)
}

async fn home(State(told): State<Arc<Told>>, headers: HeaderMap) -> Response {
    let (title, texts) = match Language::of(&headers) {
        Language::Swedish => (
            "Underrättelser om risk för avhysning",
            [
                "Här tar kommunen emot underrättelser till socialnämnden om hushåll som riskerar att förlora sin bostad. Den som är \
                 ansluten sänder genom API, mapp eller e-post och får en bekräftelse samma dag.",
                "Formuläret för hyresvärdar finns inte i den här versionen ännu.",
            ],
        ),
        Language::English => (
            "Notices of a risk of eviction",
            [
                "Here the municipality receives notices to its social services about households that risk losing their home. \
                 Connected senders use the API, a folder or mail, and get an acknowledgement the same day.",
                "The form for landlords is not built yet in this version.",
            ],
        ),
    };
    page(&told, &headers, title, texts)
}

fn page(
    told: &Told,
    headers: &HeaderMap,
    title: &'static str,
    texts: [&'static str; 2],
) -> Response {
    let language = Language::of(headers);
    let (check, whom, telephone, email) = match language {
        Language::Swedish => ("Kontrollera ett kvitto", "Mottagare", "Telefon", "E-post"),
        Language::English => ("Check a receipt", "Recipient", "Telephone", "Mail"),
    };
    let organisation = organisation(&told.about.contact, language);
    let tag = language.tag();
    let page = Page { tag, title, texts, check, whom, organisation, telephone, email, told };
    let Ok(html) = page.render() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CONTENT_LANGUAGE, tag),
        (header::VARY, "Accept-Language"),
    ];
    (headers, Html(html)).into_response()
}

/// The municipality's name in a language.
pub(super) fn organisation(contact: &Contact, language: Language) -> &str {
    let names = &contact.organisation;
    match language {
        Language::English if !names.en.is_empty() => &names.en,
        Language::English | Language::Swedish => &names.sv,
    }
}
