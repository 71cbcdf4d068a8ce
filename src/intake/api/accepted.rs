//! The answer to a request whose message is committed: reference, arrival and what was noticed in each notice.

use crate::domain::answer::Answer;
use crate::domain::answer::AnsweredNotice;
use crate::domain::finding::Finding;
use crate::domain::notice::NoticeType;
use crate::http::urls::ApiRoot;
use jiff::Timestamp;
use serde::Serialize;

/// The receipt of a request. A repeat gets the same one.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Accepted {
    /// The message's reference, to quote in every contact. Meddelandets referens, att ange vid varje kontakt.
    #[schema(example = "AVH-7K4M-2QX6")]
    pub reference: String,
    /// When it reached the municipality, UTC, whole seconds. När meddelandet kom in till kommunen.
    #[schema(value_type = String, format = DateTime, example = "2026-10-12T08:15:30Z")]
    pub received_at: Timestamp,
    /// The local day of arrival, which counts in law. Den dag då meddelandet kom in.
    #[schema(value_type = String, format = Date, example = "2026-10-12")]
    pub arrival_date: jiff::civil::Date,
    /// SHA-256 of the content as it came. Innehållets SHA-256.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub sha256: String,
    /// Where to ask how far it has come. Här kan ni följa ärendet.
    #[schema(format = "uri")]
    pub status: String,
    /// Where to fetch the receipt. Här hämtar ni kvittensen.
    #[schema(format = "uri")]
    pub receipt: String,
    /// Present and true when the same content came from you before. Satt när samma innehåll redan har kommit från er.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub duplicate: bool,
    /// The notices found. De underrättelser som hittades.
    pub notices: Vec<AcceptedNotice>,
}

/// One notice of a request.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct AcceptedNotice {
    /// The notice's reference. Underrättelsens referens.
    #[schema(example = "AVH-7K4M-2QX6")]
    pub reference: String,
    /// What it was read as. Vad den lästes som.
    #[serde(rename = "type")]
    pub kind: NoticeType,
    /// What was noticed; nothing of it refuses the notice. Iakttagelser; inget av detta hindrar mottagandet.
    pub findings: Vec<Finding>,
}

impl Accepted {
    /// What the caller is told. `duplicate`: the same content came before without a key.
    pub fn of(answer: Answer, root: &ApiRoot, duplicate: bool) -> Self {
        Self {
            status: root.notice(&answer.reference),
            receipt: root.receipt(&answer.reference),
            reference: answer.reference.to_string(),
            received_at: whole_seconds(answer.received_at),
            arrival_date: answer.arrival_date,
            sha256: answer.sha256.to_string(),
            duplicate,
            notices: answer.notices.into_iter().map(AcceptedNotice::of).collect(),
        }
    }
}

impl AcceptedNotice {
    fn of(notice: AnsweredNotice) -> Self {
        let AnsweredNotice { reference, kind, findings, needs_review: _ } = notice;
        Self { reference: reference.to_string(), kind, findings }
    }
}

/// Instants leave us in whole seconds, cut off, so that an arrival never looks later than it was.
pub fn whole_seconds(instant: Timestamp) -> Timestamp {
    Timestamp::from_second(instant.as_second()).unwrap_or(instant)
}
