//! `transport = "none"`: a mail that was planned for another configuration waits until a transport is configured.

use crate::acknowledge::transport::MailTransport;
use crate::acknowledge::transport::OutgoingMail;
use crate::domain::failure::Failure;

/// Sends nothing.
pub struct NoMail;

#[async_trait::async_trait]
impl MailTransport for NoMail {
    async fn send(&self, _mail: &OutgoingMail) -> Result<String, Failure> {
        let reason = "[acknowledge] transport is \"none\": no mail is sent";
        Err(Failure::Transient(reason.to_owned()))
    }

    async fn probe(&self) -> Result<(), Failure> {
        Ok(())
    }
}
