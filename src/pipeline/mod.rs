//! The only place where the stages meet.
//!
//! [`receive`] carries a message from its door into the store and settles it; [`reading`] reads what was
//! committed unread; [`acknowledge`] and [`deliver`] work off what the store's
//! commit left, in the outbox or by the short way of [`direct`]; [`naming`] and [`letters`] see to what a statute demands; [`broker`] puts RabbitMQ
//! between the two; [`sweep`] is the safety net and counts what people watch; [`morning`] reports the day before; [`paper`] keeps
//! a list for when all of it is down; [`alive`] watches whether notices can come in at all; [`ports`] lets stages ask the store.

pub mod acknowledge;
pub mod again;
pub mod alarms;
pub mod alive;
pub mod broker;
mod caps;
mod compose;
pub mod copying;
pub mod correcting;
pub mod deliver;
mod digest;
pub mod direct;
pub mod documents;
pub mod enclosing;
mod gone;
mod kept;
pub mod letters;
pub mod linking;
mod manners;
pub mod morning;
pub mod naming;
pub mod paper;
pub mod ports;
pub mod reader;
pub mod reading;
pub mod receive;
pub mod responsible;
mod sameness;
mod sender;
pub mod suspicion;
pub mod sweep;
pub mod switches;
mod work;

pub use caps::Caps;

use crate::acknowledge::Contact;
use crate::clock::Clock;
use crate::domain::calendar::LocalTime;
use crate::domain::reference::Prefix;
use crate::domain::retry::RetryPolicy;
use crate::http::urls::ApiRoot;
use crate::malware::Scanner;
use crate::normalize::Limits;
use crate::partners::Partners;
use crate::partners::proof::Prover;
use crate::routing::profile::Profile;
use crate::seal::chest::Chest;
use crate::store::Instance;
use crate::store::JobKind;
use crate::store::Store;
use jiff::SignedDuration;
use std::sync::Arc;
use std::time::Duration;

/// What every stage of the pipeline needs to know.
#[derive(Clone)]
pub struct Shared {
    /// The truth.
    pub store: Store,
    /// The municipality: boards, units, codes, rules.
    pub profile: Arc<Profile>,
    /// The municipality's days.
    pub local_time: LocalTime,
    /// The letters of its references.
    pub prefix: Prefix,
    /// Whom senders may ask, per board; by board id.
    pub contacts: Arc<dyn Fn(&str) -> Contact + Send + Sync>,
    /// Where our API is reached.
    pub root: ApiRoot,
    /// How senders are told.
    pub acknowledge: Arc<crate::acknowledge::config::Config>,
    /// What the ways out are set to.
    pub switches: switches::Switches,
    /// With what receipts are signed and coded.
    pub seal: Chest,
    /// The public page where a receipt is checked; `None` where the gateway has no public address.
    pub check_page: Option<String>,
    /// Who sends what by which door.
    pub partners: Partners,
    /// What vouches for mails; `None` where nobody is asked.
    pub prover: Option<Prover>,
    /// Looks for malware; `None` where nothing is configured.
    pub scanner: Option<Scanner>,
    /// How many receipts each address got lately.
    pub caps: Caps,
    /// What a message may hold.
    pub limits: Limits,
    /// The job that moves a new notice: handed over directly, or published to the broker.
    pub queue_job: JobKind,
    /// The short way from the doors to the workers.
    pub lanes: Arc<direct::Lanes>,
    /// Who holds this process's leases.
    pub instance: Instance,
    /// The time.
    pub clock: Clock,
}

/// How work is claimed and repeated.
#[derive(Clone, Debug)]
pub struct Pace {
    /// How many pieces of work run at once.
    pub concurrency: usize,
    /// When failed work is tried again.
    pub retry: RetryPolicy,
    /// Longer than any attempt can last: a lease that ran out is an attempt without an outcome.
    pub lease: SignedDuration,
    /// How often the outbox is looked at when nobody called.
    pub sweep: Duration,
}
