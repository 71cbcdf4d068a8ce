//! A hand-over for the tests of this room.

use crate::case_system::HandOver;
use crate::case_system::Original;
use crate::domain::assignment::Assignment;
use crate::domain::assignment::Priority;
use crate::domain::assignment::Routine;
use crate::domain::received::Channel;
use crate::domain::received::Format;
use crate::domain::reference::Reference;
use bytes::Bytes;
use jiff::Timestamp;
use jiff::civil::date;

/// One tenant with an official test number.
pub(super) const NOTICE: &str = r#"{"schemaVersion":"1.0","type":"rentArrears","sender":{"kind":"landlord","name":"Fastighets AB Exempelhus"},"persons":[{"role":"tenant","name":"Testa Testsson","identity":{"kind":"personalIdentityNumber","value":"198501012390"}}],"dwelling":{"street":"Exempelgatan 12","postalCode":"21400","city":"Malmö"}}"#;

/// The notice above on its way.
pub(super) fn hand_over() -> HandOver {
    hand_over_of(NOTICE)
}

/// Any notice on its way.
pub(super) fn hand_over_of(notice_json: &str) -> HandOver {
    HandOver {
        reference: Reference::parse("AVH-7K4M-2QX6").expect("reference"),
        received_at: "2026-11-22T08:15:00Z".parse::<Timestamp>().expect("instant"),
        arrival_date: date(2026, 11, 22),
        channel: Channel::Api,
        assignment: Assignment {
            board: "arbetsmarknads-och-socialnamnden".to_owned(),
            unit: "vuxen".to_owned(),
            co_units: Vec::new(),
            routine: Routine::Unknown,
            intake_type: "Underrättelse".to_owned(),
            reason_code: "Obetalda hyresskulder".to_owned(),
            priority: Priority::Normal,
        },
        notice_json: notice_json.to_owned(),
        original: Some(Original {
            format: Format::Json,
            bytes: Bytes::copy_from_slice(notice_json.as_bytes()),
        }),
        attempt: 1,
        progress: None,
        belongs_to: None,
    }
}

/// Installs the process's TLS provider, once.
pub(super) fn install_provider() {
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
}
