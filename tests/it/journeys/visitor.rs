//! A browser without JavaScript, as far as the operations pages can tell: one cookie, forms of its own, no redirects followed.

use reqwest::Method;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::place::Place;

/// One browser.
pub(super) struct Visitor<'a> {
    place: &'a Place,
    /// `name=value`; empty without one.
    pub(super) cookie: String,
}

/// What it was answered.
pub(super) struct Seen {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
}

impl Seen {
    /// Where it is sent.
    pub(super) fn to(&self) -> &str {
        self.headers.get("location").map_or("", |to| to.to_str().expect("a text"))
    }

    /// The cookie it is given, with its marks.
    pub(super) fn cookie(&self) -> Option<&str> {
        self.headers.get("set-cookie").map(|cookie| cookie.to_str().expect("a text"))
    }
}

impl<'a> Visitor<'a> {
    /// Nobody yet.
    pub(super) fn new(place: &'a Place) -> Self {
        Self { place, cookie: String::new() }
    }

    /// Somebody who has logged in.
    pub(super) async fn logged_in(place: &'a Place, name: &str, password: &str) -> Self {
        let mut visitor = Self::new(place);
        let seen = visitor.log_in(name, password).await;
        assert_eq!((seen.status.as_u16(), seen.to()), (303, "/ops/"), "{name}: {}", seen.text);
        visitor
    }

    /// Makes an account with a drawn password and logs in with it.
    pub(super) async fn with_account(place: &'a Place, name: &str, options: &[&str]) -> Self {
        let password = account(place, name, options).await;
        Self::logged_in(place, name, &password).await
    }

    pub(super) async fn log_in(&mut self, name: &str, password: &str) -> Seen {
        let seen = self.post("/ops/login", &[("name", name), ("password", password)]).await;
        if let Some(cookie) = seen.cookie() {
            self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        }
        seen
    }

    pub(super) async fn get(&self, path: &str) -> Seen {
        self.ask(Method::GET, path, &[], &[]).await
    }

    pub(super) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Seen {
        self.ask(Method::POST, path, form, &[("sec-fetch-site", "same-origin")]).await
    }

    pub(super) async fn ask(
        &self,
        method: Method,
        path: &str,
        form: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Seen {
        let mut request = self.place.http.request(method.clone(), self.place.workspace.url(path));
        if method == Method::POST {
            let body =
                url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
            request =
                request.header("content-type", "application/x-www-form-urlencoded").body(body);
        }
        if !self.cookie.is_empty() {
            request = request.header("cookie", &self.cookie);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.header("accept-language", "en").send().await.expect("an answer");
        let (status, headers) = (answer.status(), answer.headers().clone());
        Seen { status, headers, text: answer.text().await.expect("a text") }
    }
}

/// Makes an account and gives its drawn password.
pub(super) async fn account(place: &Place, name: &str, options: &[&str]) -> String {
    let line = [&["user", "add", name, "--generate"], options].concat();
    let output = place.workspace.run(&line).await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Every page of ours that a page leads to.
pub(super) fn links(html: &str) -> Vec<String> {
    let after = html.split("href=\"").skip(1);
    let link = |text: &str| {
        text.split('"').next().unwrap_or_default().replace("&#38;", "&").replace("&amp;", "&")
    };
    after.map(link).filter(|link| link.starts_with("/ops/")).collect()
}
