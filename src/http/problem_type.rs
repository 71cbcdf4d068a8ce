//! The catalogue of everything the gateway refuses over HTTP: code, status and what to do, in Swedish and English.
//!
//! The codes are stable: they end the `type` of a problem, and each has a page under the API's root that says the same.

use crate::http::negotiate::Language;
use crate::http::urls::ROOT;
use axum::http::StatusCode;

/// One fixed text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Swedish.
    pub sv: &'static str,
}

impl Text {
    /// The text in one language.
    pub fn in_language(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.en,
            Language::Swedish => self.sv,
        }
    }
}

macro_rules! catalogue {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:ident,
        $title_en:literal / $title_sv:literal, $detail_en:literal / $detail_sv:literal;)+) => {
        /// What kind of problem it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ProblemType { $($(#[$doc])* $name),+ }

        impl ProblemType {
            /// All of them, in the order of their status.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Stable word that ends the problem's `type`.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// The HTTP status that goes with it.
            pub fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status),+ }
            }

            /// What is wrong, in a few words.
            pub fn title(self) -> Text {
                match self { $(Self::$name => Text { en: $title_en, sv: $title_sv }),+ }
            }

            /// What it means and what to do.
            pub fn detail(self) -> Text {
                match self { $(Self::$name => Text { en: $detail_en, sv: $detail_sv }),+ }
            }
        }
    };
}

catalogue! {
    /// The bytes are not what they claim to be.
    NotReadable = "not-readable", BAD_REQUEST,
        "The content cannot be read" / "Innehållet går inte att läsa",
        "The content is not what Content-Type says, is wrongly encoded or holds a DOCTYPE. Nothing was stored."
        / "Innehållet är inte det som Content-Type anger, är fel kodat eller innehåller en DOCTYPE. Inget har sparats.";
    /// A header such as Idempotency-Key is malformed.
    InvalidHeader = "invalid-header", BAD_REQUEST,
        "A header is not valid" / "En header är ogiltig",
        "Idempotency-Key takes 1 to 255 visible ASCII characters, once."
        / "Idempotency-Key ska vara 1–255 synliga ASCII-tecken och anges en gång.";
    /// A parameter of the address is not what it should be.
    InvalidParameter = "invalid-parameter", BAD_REQUEST,
        "A parameter is not valid" / "En parameter är ogiltig",
        "violations names the parameter and says what it takes."
        / "violations anger vilken parameter det gäller och vad den kan vara.";
    /// No key, or none that we know.
    Unauthorized = "unauthorized", UNAUTHORIZED,
        "A valid key is needed" / "En giltig nyckel krävs",
        "Send your key as Authorization: Bearer KEY."
        / "Skicka er nyckel som Authorization: Bearer NYCKEL.";
    /// Nothing there, or nothing for this caller.
    NotFound = "not-found", NOT_FOUND,
        "Not found" / "Finns inte",
        "There is nothing here for you. Check the address and the reference."
        / "Här finns inget för er. Kontrollera adressen och referensen.";
    /// The address exists, the method does not.
    MethodNotAllowed = "method-not-allowed", METHOD_NOT_ALLOWED,
        "The method is not allowed here" / "Metoden är inte tillåten här",
        "The header Allow lists the methods that this address takes."
        / "Headern Allow räknar upp de metoder som adressen tar emot.";
    /// None of the formats asked for is offered.
    NotAcceptable = "not-acceptable", NOT_ACCEPTABLE,
        "None of the formats asked for is offered" / "Inget av de begärda formaten finns",
        "Ask in Accept for one of the formats that this address is described with, such as application/json or text/plain."
        / "Begär i Accept något av de format som adressen är beskriven med, till exempel application/json eller text/plain.";
    /// The body came too slowly.
    RequestTimeout = "request-timeout", REQUEST_TIMEOUT,
        "The request took too long to arrive" / "Anropet tog för lång tid att komma fram",
        "The whole content did not arrive in time. Nothing was stored; send it again."
        / "Hela innehållet kom inte fram i tid. Inget har sparats; skicka igen.";
    /// The first request with this key is being handled.
    StillRunning = "still-running", CONFLICT,
        "The first request with this key is still running" / "Det första anropet med nyckeln pågår",
        "Wait as long as Retry-After says, then send the same request again."
        / "Vänta så länge som Retry-After anger och skicka samma anrop igen.";
    /// More than the limit.
    TooLarge = "too-large", PAYLOAD_TOO_LARGE,
        "The content is too large" / "Innehållet är för stort",
        "The content exceeds this door's limit. Send fewer notices in a request. Nothing was stored."
        / "Innehållet är större än gränsen. Skicka färre underrättelser per anrop. Inget har sparats.";
    /// A media type that this door does not take.
    UnsupportedFormat = "unsupported-format", UNSUPPORTED_MEDIA_TYPE,
        "The format is not taken here" / "Formatet tas inte emot här",
        "Send JSON, XML, CSV, PDF, Excel, Word or a form with parts, uncompressed. Accept-Post lists what is taken."
        / "Skicka JSON, XML, CSV, PDF, Excel, Word eller ett formulär med delar, okomprimerat. Accept-Post anger vad som tas emot.";
    /// Readable, but not a notice of ours.
    NotProcessable = "not-processable", UNPROCESSABLE_ENTITY,
        "The content is not a notice" / "Innehållet är inte en underrättelse",
        "schemaVersion or type is missing, or a member has the wrong JSON type. Nothing of the request was stored."
        / "schemaVersion eller type saknas, eller ett fält har fel JSON-typ. Inget i anropet har sparats.";
    /// The key was used before with other content.
    KeyReused = "key-reused", UNPROCESSABLE_ENTITY,
        "The key was used before with other content" / "Nyckeln har använts till annat innehåll",
        "An Idempotency-Key belongs to one content for ever. Use a new key for new content."
        / "En Idempotency-Key hör för alltid till ett innehåll. Använd en ny nyckel till nytt innehåll.";
    /// More requests a minute than the limit.
    TooManyRequests = "too-many-requests", TOO_MANY_REQUESTS,
        "Too many requests" / "För många anrop",
        "Wait as long as Retry-After says, then go on more slowly."
        / "Vänta så länge som Retry-After anger och fortsätt sedan långsammare.";
    /// A fault of ours.
    Internal = "internal", INTERNAL_SERVER_ERROR,
        "Something went wrong on our side" / "Något gick fel hos oss",
        "Send the request again with the same key. If it stays, tell us the instance."
        / "Skicka anropet igen med samma nyckel. Kvarstår felet, uppge värdet i instance.";
    /// Planned, not built.
    NotBuilt = "not-built", NOT_IMPLEMENTED,
        "Not built yet" / "Inte byggt än",
        "This call is part of the contract but not built yet. Nothing was done."
        / "Anropet ingår i kontraktet men är inte byggt än. Inget har gjorts.";
    /// We cannot answer now.
    Unavailable = "unavailable", SERVICE_UNAVAILABLE,
        "Not available right now" / "Inte tillgängligt just nu",
        "Wait as long as Retry-After says, then send the same request again, best with the same Idempotency-Key."
        / "Vänta så länge som Retry-After anger och skicka samma anrop igen, helst med samma Idempotency-Key.";
}

impl ProblemType {
    /// The problem's `type`: an address under the API's root where the problem is explained.
    pub fn uri(self) -> String {
        format!("{ROOT}/problems/{}", self.code())
    }

    /// The problem with this code.
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// The problem that says what a bare status means; `None` for statuses that are no errors.
    pub fn of_status(status: StatusCode) -> Option<Self> {
        let known = Self::ALL.iter().copied().find(|kind| kind.status() == status);
        match known {
            Some(kind) => Some(kind),
            None if status.is_server_error() => Some(Self::Internal),
            None if status.is_client_error() => Some(Self::NotReadable),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ProblemType;
    use std::collections::HashSet;

    #[test]
    fn every_code_is_its_own_and_leads_back() {
        let codes: HashSet<_> = ProblemType::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes.len(), ProblemType::ALL.len());
        for kind in ProblemType::ALL {
            assert_eq!(ProblemType::by_code(kind.code()), Some(*kind));
        }
    }

    #[test]
    fn every_problem_speaks_both_languages() {
        for kind in ProblemType::ALL {
            for text in [kind.title(), kind.detail()] {
                assert!(!text.en.is_empty() && !text.sv.is_empty() && text.en != text.sv);
            }
            assert!(kind.status().is_client_error() || kind.status().is_server_error());
        }
    }
}
