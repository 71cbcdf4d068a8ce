//! The calls to Lifecare FamilyCare (API V1) that a notice needs, one function each.
//!
//! `domain` and `key` stand in every address, and so do personnummer: addresses are neither logged nor kept in an error.

use crate::case_system::connection;
use crate::case_system::connection::Effect;
use crate::case_system::connection::Peer;
use crate::case_system::lifecare::codes::Proposals;
use crate::case_system::lifecare::records::Document;
use crate::case_system::lifecare::records::Entry;
use crate::case_system::lifecare::records::KnownPerson;
use crate::case_system::lifecare::records::Listing;
use crate::case_system::lifecare::records::LoggedCall;
use crate::case_system::lifecare::records::NewEntry;
use crate::case_system::lifecare::records::Ongoing;
use crate::domain::failure::Failure;
use jiff::civil::Date;
use reqwest::Client;
use reqwest::RequestBuilder;
use reqwest::Response;
use reqwest::StatusCode;
use reqwest::multipart::Form;
use serde::de::DeserializeOwned;
use std::fmt;
use url::Url;

pub(super) const PEER: Peer =
    Peer { name: "Lifecare", secret: "case_system.key, case_system.api_key" };

/// By this header Lifecare's log of calls knows a call.
const REQUEST_ID: &str = "x-api-requestId";

/// Lifecare over HTTP.
pub(super) struct Calls {
    pub(super) http: Client,
    /// The base, without query.
    pub(super) base: Url,
    pub(super) domain: String,
    pub(super) key: String,
}

impl fmt::Debug for Calls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Calls(Lifecare)")
    }
}

/// The first second of a day as Lifecare reads it.
pub(super) fn day_begins(day: Date) -> String {
    format!("{day}T00:00:00")
}

/// The last second of a day: windows include their end.
fn day_ends(day: Date) -> String {
    format!("{day}T23:59:59")
}

impl Calls {
    fn address(&self, path: &[&str], query: &[(&str, &str)]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(["apifc", "v1"]).extend(path);
        }
        url.query_pairs_mut()
            .append_pair("domain", &self.domain)
            .append_pair("key", &self.key)
            .extend_pairs(query);
        url
    }

    /// A person; `None` when Lifecare does not know the number.
    pub(super) async fn person(&self, person_id: &str) -> Result<Option<KnownPerson>, Failure> {
        let doing = "reading the person";
        let answer =
            self.read(doing, self.address(&["Persons"], &[("personId", person_id)])).await?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        self.parse(doing, answer).await.map(Some)
    }

    /// The code lists.
    pub(super) async fn proposals(&self, person_id: &str) -> Result<Proposals, Failure> {
        let doing = "reading the code lists";
        let url = self.address(&["Actualisations", "Proposals"], &[("personId", person_id)]);
        let answer = self.read(doing, url).await?;
        self.parse(doing, answer).await
    }

    /// All entries of a person on one day.
    pub(super) async fn entries(&self, person_id: &str, day: Date) -> Result<Vec<Entry>, Failure> {
        let doing = "listing the person's entries";
        let query = window(person_id, day_begins(day), day_ends(day));
        let answer = self.read(doing, self.address(&["Actualisations"], &pairs(&query))).await?;
        self.whole(doing, answer).await
    }

    /// The documents of a person from a day on; `None` when this key may not list documents.
    pub(super) async fn documents(
        &self,
        person_id: &str,
        from: Date,
    ) -> Result<Option<Vec<Document>>, Failure> {
        let doing = "listing the person's documents";
        let until = from.saturating_add(jiff::Span::new().years(1));
        let query = window(person_id, day_begins(from), day_ends(until));
        let answer = self.read(doing, self.address(&["Documents"], &pairs(&query))).await?;
        if is_closed(answer.status()) {
            return Ok(None);
        }
        self.whole(doing, answer).await.map(Some)
    }

    /// A person's investigations or services that began since `from`; `None` when this key may not list them.
    pub(super) async fn ongoing(
        &self,
        list: &str,
        person_id: &str,
        (from, until): (Date, Date),
    ) -> Result<Option<Vec<Ongoing>>, Failure> {
        let doing = "listing the person's open cases";
        let query = window(person_id, day_begins(from), day_ends(until));
        let answer = self.read(doing, self.address(&[list], &pairs(&query))).await?;
        if is_closed(answer.status()) {
            return Ok(None);
        }
        self.whole(doing, answer).await.map(Some)
    }

    /// Whether a change under this request id was carried out; `None` when this key may not read the log.
    pub(super) async fn carried_out(&self, request_id: &str) -> Result<Option<bool>, Failure> {
        let doing = "reading the log of calls";
        let url = self.address(&["ApiLogs"], &[("requestId", request_id), ("pageSize", "100")]);
        let answer = self.read(doing, url).await?;
        if is_closed(answer.status()) {
            return Ok(None);
        }
        let log: Listing<LoggedCall> = self.parse(doing, answer).await?;
        Ok(Some(log.result.iter().any(|call| {
            call.request_id.as_deref() == Some(request_id)
                && call.method.as_deref().is_none_or(|m| m.eq_ignore_ascii_case("POST"))
                && call.status.as_deref().is_some_and(|s| s.eq_ignore_ascii_case("Ok"))
        })))
    }

    /// Opens an entry; gives its id.
    pub(super) async fn create(
        &self,
        entry: &NewEntry<'_>,
        request_id: &str,
    ) -> Result<i64, Failure> {
        let doing = "opening the entry";
        let request = self.http.post(self.address(&["Actualisations"], &[])).json(entry);
        let answer = self.write(doing, request, request_id).await?;
        let id = connection::body(answer).await.and_then(|body| serde_json::from_slice(&body).ok());
        id.ok_or_else(|| PEER.unsure(doing, Effect::Writes, "answered without an entry's id"))
    }

    /// Attaches a document to an entry.
    pub(super) async fn attach(
        &self,
        entry: &str,
        form: Form,
        request_id: &str,
    ) -> Result<(), Failure> {
        let url = self.address(&["Actualisations", entry, "Attachments"], &[]);
        self.write("attaching a document", self.http.post(url).multipart(form), request_id).await?;
        Ok(())
    }

    async fn read(&self, doing: &str, url: Url) -> Result<Response, Failure> {
        let sent = self.http.get(url).header("accept", "application/json").send().await;
        sent.map_err(|error| PEER.unanswered(doing, Effect::Reads, &error.without_url()))
    }

    async fn write(
        &self,
        doing: &str,
        request: RequestBuilder,
        request_id: &str,
    ) -> Result<Response, Failure> {
        let sent = request
            .header(REQUEST_ID, request_id)
            .header("accept", "application/json")
            .send()
            .await
            .map_err(|error| PEER.unanswered(doing, Effect::Writes, &error.without_url()))?;
        if sent.status().is_success() {
            return Ok(sent);
        }
        Err(PEER.refused(doing, Effect::Writes, sent.status()))
    }

    async fn parse<T: DeserializeOwned>(
        &self,
        doing: &str,
        answer: Response,
    ) -> Result<T, Failure> {
        if !answer.status().is_success() {
            return Err(PEER.refused(doing, Effect::Reads, answer.status()));
        }
        let parsed =
            connection::body(answer).await.and_then(|body| serde_json::from_slice(&body).ok());
        parsed.ok_or_else(|| PEER.unsure(doing, Effect::Reads, "the answer cannot be read"))
    }

    async fn whole<T: DeserializeOwned>(
        &self,
        doing: &str,
        answer: Response,
    ) -> Result<Vec<T>, Failure> {
        let listing: Listing<T> = self.parse(doing, answer).await?;
        if listing.is_partial() {
            return Err(PEER.unsure(doing, Effect::Reads, "only a part of the list was given"));
        }
        Ok(listing.result)
    }
}

/// Parts of the API are licensed one by one; a key gets these answers for the others.
fn is_closed(status: StatusCode) -> bool {
    matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)
}

fn window(person_id: &str, start: String, end: String) -> [(&'static str, String); 4] {
    [
        ("personId", person_id.to_owned()),
        ("startDate", start),
        ("endDate", end),
        ("pageSize", "0".to_owned()),
    ]
}

fn pairs<'a>(query: &'a [(&'static str, String); 4]) -> [(&'static str, &'a str); 4] {
    query.each_ref().map(|(name, value)| (*name, value.as_str()))
}
