//! A stand-in for Lifecare FamilyCare: keeps persons, actualisations and their attachments, forgets nothing,
//! recognises no repeat, and fails when told to. Its answers follow the published description of the interface;
//! where that is silent, the behaviour seen by other customers is taken.

mod answers;
mod calls;
mod codes;
mod state;

use std::sync::Arc;
use std::time::Duration;

use super::http1;
use super::http1::HttpFault;
use super::stage::Stage;
use super::wait;

pub(crate) use state::Actualisation;
pub(crate) use state::Call;
pub(crate) use state::Person;

/// The path under which every call lies.
pub(crate) const BASE_PATH: &str = "/WESE.FC.Api.FC";

/// Which kind of call a fault is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    /// `GET Persons`
    Person,
    /// `GET Actualisations/Proposals`
    Proposals,
    /// `GET Actualisations`
    List,
    /// `POST Actualisations`
    Create,
    /// `POST Actualisations/{id}/Attachments`
    Attach,
    /// `GET Documents`
    Documents,
    /// `GET ApiLogs`
    Logs,
    /// `GET Investigations` and `GET Services`
    Ongoing,
}

/// What the stand-in asks of its callers and how it shows what it has.
#[derive(Clone, Debug)]
pub(crate) struct LifecareOptions {
    /// The `domain` each call must name.
    pub(crate) domain: String,
    /// The licence key each call must carry in `key`.
    pub(crate) key: String,
    /// When set, the header `X-API-Key` must be this.
    pub(crate) api_key: Option<String>,
    /// Whether `GET Documents` lists attachments by title. The description does not say whether the real one does.
    pub(crate) lists_attachments: bool,
}

impl Default for LifecareOptions {
    fn default() -> Self {
        Self {
            domain: "test-domain".to_owned(),
            key: "test-licence".to_owned(),
            api_key: Some("test-api-key".to_owned()),
            lists_attachments: true,
        }
    }
}

/// The running stand-in; stopped when dropped. It knows the official test numbers from the start (`persons`).
pub(crate) struct Lifecare {
    state: Arc<state::State>,
    stage: Stage,
}

impl Lifecare {
    /// Starts it on a free port of 127.0.0.1.
    pub(crate) async fn start(options: LifecareOptions) -> Self {
        let state = Arc::new(state::State::new(options));
        let shared = Arc::clone(&state);
        let stage = Stage::open(move |listener| http1::serve(listener, Arc::clone(&shared)));
        Self { state, stage }
    }

    /// The address to configure, base path included, no slash at the end.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}{BASE_PATH}", self.stage.port())
    }

    /// What it was started with.
    pub(crate) fn options(&self) -> &LifecareOptions {
        &self.state.options
    }

    /// Adds or replaces a person.
    pub(crate) fn add_person(&self, person: Person) {
        self.state.records.lock().unwrap().persons.insert(person.person_id.clone(), person);
    }

    /// Lets a person be unknown.
    pub(crate) fn forget_person(&self, person_id: &str) {
        self.state.records.lock().unwrap().persons.remove(person_id);
    }

    /// Every actualisation, with its attachments, in the order of creation.
    pub(crate) fn actualisations(&self) -> Vec<Actualisation> {
        self.state.records.lock().unwrap().actualisations.clone()
    }

    /// Enters an actualisation as a caseworker would; gives its id.
    pub(crate) fn add_actualisation(&self, person_id: &str, date: &str) -> i64 {
        self.state.records.lock().unwrap().enter(person_id, date)
    }

    /// Enters an investigation (`Investigations`) or a service (`Services`) of a person, as the description has them.
    pub(crate) fn add_ongoing(&self, list: &str, person_id: &str, record: serde_json::Value) {
        let entry = (list.to_owned(), person_id.to_owned(), record);
        self.state.records.lock().unwrap().ongoing.push(entry);
    }

    /// Every call so far, except those answered before their body was read.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.state.records.lock().unwrap().calls.clone()
    }

    /// Waits until at least `count` actualisations have at least `attachments` attachments each.
    pub(crate) async fn wait_for(
        &self,
        count: usize,
        attachments: usize,
        limit: Duration,
    ) -> Vec<Actualisation> {
        let whole = |found: &Actualisation| found.attachments.len() >= attachments;
        let what = format!("{count} actualisations with {attachments} attachments");
        wait::until(&what, limit, || async {
            let found = self.actualisations();
            (found.iter().filter(|one| whole(one)).count() >= count).then_some(found)
        })
        .await
    }

    /// Lets the next `n` calls of this kind fail so.
    pub(crate) fn fail_next(&self, operation: Operation, n: usize, fault: HttpFault) {
        self.state.faults(operation).add(n, fault);
    }

    /// Forgets the faults that have not happened yet.
    pub(crate) fn heal(&self) {
        self.state.heal();
    }

    /// Stops listening and cuts all connections; what is stored stays.
    pub(crate) fn stop(&mut self) {
        self.stage.stop();
    }

    /// Listens again on the same port.
    pub(crate) fn restart(&mut self) {
        self.stage.stop();
        self.stage.start();
    }
}
