//! What all pages share: their language, their links, when they were made, and how ages and times are said.

use crate::domain::calendar::LocalTime;
use crate::http::negotiate::Language;
use crate::operations::PageError;
use crate::operations::roles::Person;
use crate::operations::roles::Right;
use askama::Template;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::response::Html;
use axum::response::IntoResponse as _;
use axum::response::Response;
use jiff::Timestamp;
use serde::Deserialize;

/// What may stand behind `?` on every page.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// `sv` or `en`; else `Accept-Language` decides.
    pub(super) lang: Option<String>,
    /// Which list.
    pub(super) state: Option<String>,
    /// Which unit's.
    pub(super) unit: Option<String>,
    /// Only those that came by this door.
    pub(super) channel: Option<String>,
    /// A list goes on behind this notice.
    pub(super) after: Option<String>,
    /// What an action said.
    pub(super) said: Option<String>,
    /// Where to go on after logging in.
    pub(super) to: Option<String>,
}

/// The frame of one page.
#[derive(Clone, Debug)]
pub(super) struct Chrome {
    language: Language,
    chosen: bool,
    now: Timestamp,
    local_time: LocalTime,
    /// The path of this page, for the links to its other language.
    here: String,
    /// Who looks at it; nobody at the door.
    person: Option<Person>,
}

impl Chrome {
    /// The frame for a request to `here` (path and query without `lang`).
    pub(super) fn new(
        asked: &Asked,
        headers: &HeaderMap,
        (now, local_time): (Timestamp, &LocalTime),
        here: impl Into<String>,
    ) -> Self {
        let chosen = match asked.lang.as_deref() {
            Some("sv") => Some(Language::Swedish),
            Some("en") => Some(Language::English),
            _ => None,
        };
        Self {
            language: chosen.unwrap_or_else(|| Language::of(headers)),
            chosen: chosen.is_some(),
            now,
            local_time: local_time.clone(),
            here: here.into(),
            person: None,
        }
    }

    /// The same frame for a person.
    pub(super) fn of(mut self, person: Person) -> Self {
        self.person = Some(person);
        self
    }

    /// Whether it is the demo's, where nobody logs in.
    pub(super) fn of_demo(&self) -> bool {
        self.person.as_ref().is_some_and(|person| person.name().is_none())
    }

    /// The account whose session it is.
    pub(super) fn account(&self) -> Option<&str> {
        self.person.as_ref().and_then(Person::name)
    }

    /// Whether the person sees numbers.
    pub(super) fn may_count(&self) -> bool {
        self.may(Right::Figures)
    }

    /// Whether the person sees notices.
    pub(super) fn may_watch(&self) -> bool {
        self.may(Right::Watch)
    }

    /// Whether the person may unmask, retry and dismiss.
    pub(super) fn may_handle(&self) -> bool {
        self.may(Right::Handle)
    }

    /// Whether the person makes and ends accounts.
    pub(super) fn may_administer(&self) -> bool {
        self.may(Right::Administer)
    }

    /// Whether the person sees who is on duty.
    pub(super) fn may_see_roster(&self) -> bool {
        self.may(Right::Roster)
    }

    /// Whether the person changes who is on duty.
    pub(super) fn may_edit_roster(&self) -> bool {
        self.may(Right::EditRoster)
    }

    /// Whether the person sees who is on the restricted list.
    pub(super) fn may_see_protected(&self) -> bool {
        self.may(Right::Protected)
    }

    fn may(&self, right: Right) -> bool {
        self.person.as_ref().is_some_and(|person| person.may(right))
    }

    /// Sends a page.
    pub(super) fn send(status: StatusCode, page: &impl Template) -> Result<Response, PageError> {
        Ok((status, Html(page.render()?)).into_response())
    }

    /// The page's language tag.
    pub(super) fn tag(&self) -> &'static str {
        self.language.tag()
    }

    /// One of two texts.
    pub(super) fn say<'a>(&self, swedish: &'a str, english: &'a str) -> &'a str {
        match self.language {
            Language::Swedish => swedish,
            Language::English => english,
        }
    }

    /// A link that keeps the chosen language.
    pub(super) fn link(&self, path: &str) -> String {
        if self.chosen { with(path, self.tag()) } else { path.to_owned() }
    }

    /// This page in the other language.
    pub(super) fn other(&self) -> String {
        with(&self.here, self.other_tag())
    }

    /// The other language's tag.
    pub(super) fn other_tag(&self) -> &'static str {
        match self.language {
            Language::Swedish => Language::English.tag(),
            Language::English => Language::Swedish.tag(),
        }
    }

    /// When the page was made, to the second.
    pub(super) fn made_at(&self) -> String {
        self.seconds(self.now)
    }

    /// The instant that the page speaks of as now.
    pub(super) fn now(&self) -> Timestamp {
        self.now
    }

    /// Local day and time to the minute: the time alone for today.
    pub(super) fn clock(&self, at: Timestamp) -> String {
        let day = self.local_time.day_of(at);
        let clock = self.local_time.clock_of(at).replace('.', ":");
        if day == self.local_time.day_of(self.now) { clock } else { format!("{day} {clock}") }
    }

    /// Local day and time to the minute.
    pub(super) fn minutes(&self, at: Timestamp) -> String {
        let clock = self.local_time.clock_of(at).replace('.', ":");
        format!("{} {clock}", self.local_time.day_of(at))
    }

    /// The local day of now.
    pub(super) fn today(&self) -> jiff::civil::Date {
        self.local_time.day_of(self.now)
    }

    /// Local day and time to the second.
    pub(super) fn seconds(&self, at: Timestamp) -> String {
        let day = self.local_time.day_of(at);
        let start = self.local_time.clock_of(at).replace('.', ":");
        let second = at.as_second().rem_euclid(60);
        format!("{day} {start}:{second:02}")
    }

    /// How long ago, in words.
    pub(super) fn age(&self, since: Timestamp) -> String {
        self.span(self.now.duration_since(since).as_secs())
    }

    /// So many seconds, in words.
    pub(super) fn span(&self, seconds: i64) -> String {
        let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
        match seconds {
            ..60 => self.say("mindre än en minut", "less than a minute").to_owned(),
            60..3600 => format!("{minutes} min"),
            3600..172_800 => {
                let hour = self.say("tim", "h");
                format!("{hours} {hour} {} min", minutes % 60)
            }
            _ => format!("{days} {}", self.say("dygn", "days")),
        }
    }
}

fn with(path: &str, tag: &str) -> String {
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("{path}{mark}lang={tag}")
}

#[cfg(test)]
pub(super) mod tests {
    use super::Asked;
    use super::Chrome;
    use crate::domain::calendar::LocalTime;
    use axum::http::HeaderMap;
    use axum::http::HeaderValue;

    /// A Swedish or English frame, for tests of what stands in it.
    pub(in crate::operations) fn chrome(tag: &str) -> Chrome {
        let asked = Asked { lang: Some(tag.to_owned()), ..Asked::default() };
        let now = "2026-11-22T04:00:05Z".parse().expect("a time");
        let local_time = LocalTime::named("Europe/Stockholm").expect("the zone");
        Chrome::new(&asked, &HeaderMap::new(), (now, &local_time), "/ops/")
    }

    #[test]
    fn a_chosen_language_follows_through_the_links() {
        let swedish = chrome("sv");
        assert_eq!(swedish.link("/ops/notices?state=open"), "/ops/notices?state=open&lang=sv");
        assert_eq!(swedish.other(), "/ops/?lang=en");
        let mut headers = HeaderMap::new();
        headers.insert("accept-language", HeaderValue::from_static("sv-SE,sv;q=0.9"));
        let local_time = LocalTime::named("Europe/Stockholm").expect("the zone");
        let by_header =
            Chrome::new(&Asked::default(), &headers, (swedish.now(), &local_time), "/ops/");
        assert_eq!((by_header.tag(), by_header.link("/ops/").as_str()), ("sv", "/ops/"));
    }

    #[test]
    fn ages_are_said_in_words() {
        let (sv, en) = (chrome("sv"), chrome("en"));
        assert_eq!(sv.span(59), "mindre än en minut");
        assert_eq!(en.span(840), "14 min");
        assert_eq!(sv.span(3 * 3600 + 300), "3 tim 5 min");
        assert_eq!(en.span(3 * 86_400), "3 days");
        assert_eq!(sv.made_at(), "2026-11-22 05:00:05");
    }
}
