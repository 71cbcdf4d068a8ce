//! The faults a stand-in has been told to show, in order, and what each does to a call.

use std::collections::VecDeque;
use std::sync::Mutex;

use super::http1::HttpFault;
use super::http1::Reply;

/// Faults still to come.
#[derive(Default)]
pub(crate) struct Faults {
    waiting: Mutex<VecDeque<HttpFault>>,
}

impl Faults {
    /// Adds a fault for each of the next `n` calls that have none yet.
    pub(crate) fn add(&self, n: usize, fault: HttpFault) {
        self.waiting.lock().unwrap().extend(std::iter::repeat_n(fault, n));
    }

    /// Forgets them all.
    pub(crate) fn clear(&self) {
        self.waiting.lock().unwrap().clear();
    }

    /// The status to answer with before the body is read, if that is what comes next.
    pub(crate) fn before_body(&self) -> Option<u16> {
        let mut waiting = self.waiting.lock().unwrap();
        let Some(HttpFault::BeforeBody(status)) = waiting.front().copied() else {
            return None;
        };
        waiting.pop_front();
        Some(status)
    }

    /// Answers a call with `work`, spoilt by the next fault.
    pub(crate) fn spoil(&self, work: impl FnOnce() -> Reply) -> Reply {
        let fault = self.waiting.lock().unwrap().pop_front();
        match fault {
            None => work(),
            Some(HttpFault::BeforeBody(status) | HttpFault::Refuse(status)) => {
                Reply::Json(status, None)
            }
            Some(HttpFault::ResetBeforeStoring) => Reply::Reset,
            Some(HttpFault::ErrorAfterStoring(status)) => {
                work();
                Reply::Json(status, None)
            }
            Some(HttpFault::ResetAfterStoring) => {
                work();
                Reply::Reset
            }
            Some(HttpFault::HangAfterStoring) => {
                work();
                Reply::Hang
            }
            Some(HttpFault::Delay(delay)) => match work() {
                Reply::Json(status, body) => Reply::Late(delay, status, body),
                other @ (Reply::Text(..) | Reply::Late(..) | Reply::Reset | Reply::Hang) => other,
            },
        }
    }
}
