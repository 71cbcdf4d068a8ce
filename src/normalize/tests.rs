//! No bytes stop a reader, and every reading holds a notice.

use super::Context;
use super::Limits;
use super::detect;
use super::read;
use super::read_leniently;
use crate::domain::calendar::LocalTime;
use crate::domain::received::Format;

fn context(local_time: &LocalTime) -> Context<'_> {
    let received_at = "2026-10-14T08:00:00Z".parse().expect("a time");
    Context { received_at, local_time, limits: Limits::default(), partner: None }
}
