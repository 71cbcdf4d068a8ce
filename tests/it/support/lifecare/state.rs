//! What the stand-in for Lifecare keeps.

use std::collections::HashMap;
use std::sync::Mutex;

use crate::support::faults::Faults;

use super::LifecareOptions;
use super::Operation;

/// A person in the system.
#[derive(Clone, Debug, Default)]
pub(crate) struct Person {
    /// Twelve digits.
    pub(crate) person_id: String,
    /// Full name.
    pub(crate) name: String,
    /// Protected identity: `AddressProtection` and `ProtectedRegistration` are set.
    pub(crate) protected: bool,
}

/// One document at an actualisation.
#[derive(Clone, Debug)]
pub(crate) struct Attachment {
    /// The field `Title`: the only place for a reference of ours.
    pub(crate) title: String,
    /// The field `SenderName`.
    pub(crate) sender_name: String,
    /// The field `InsertDocumentType`.
    pub(crate) document_type: String,
    /// The field `InsertDocumentSenderType`.
    pub(crate) sender_type: String,
    /// The file name of `Content`.
    pub(crate) file_name: String,
    /// The media type of `Content`.
    pub(crate) media_type: String,
    /// The bytes of `Content`.
    pub(crate) content: Vec<u8>,
}

/// One actualisation (an entry in a person's file).
#[derive(Clone, Debug)]
pub(crate) struct Actualisation {
    /// The bare integer answered.
    pub(crate) id: i64,
    /// Twelve digits.
    pub(crate) person_id: String,
    /// As sent: `yyyy-MM-ddTHH:mm:ss`.
    pub(crate) date: String,
    /// Name of the type.
    pub(crate) kind: String,
    /// Name of the reason.
    pub(crate) reason: String,
    /// Name of who it came from.
    pub(crate) from_who: String,
    /// Name of the organisation.
    pub(crate) organisation: String,
    /// The header `x-api-requestId` of the call that made it.
    pub(crate) request_id: Option<String>,
    /// In the order they came.
    pub(crate) attachments: Vec<Attachment>,
}

/// One call as the test sees it.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// Which one; `None` for a path the stand-in does not know.
    pub(crate) operation: Option<Operation>,
    /// The header `x-api-requestId`.
    pub(crate) request_id: Option<String>,
    /// The status answered; `None` when no answer was given.
    pub(crate) status: Option<u16>,
    /// Whether the work was done, whatever was answered (what `ApiLogs` knows).
    pub(crate) outcome: u16,
}

#[derive(Default)]
pub(super) struct Records {
    pub(super) persons: HashMap<String, Person>,
    pub(super) actualisations: Vec<Actualisation>,
    pub(super) calls: Vec<Call>,
    /// List, person, record.
    pub(super) ongoing: Vec<(String, String, serde_json::Value)>,
}

impl Records {
    /// Stores an actualisation whose names are not of interest; gives its id.
    pub(super) fn enter(&mut self, person_id: &str, date: &str) -> i64 {
        let id = self.next_id();
        self.actualisations.push(Actualisation {
            id,
            person_id: person_id.to_owned(),
            date: date.to_owned(),
            kind: "Anmälan".to_owned(),
            reason: "Elskulder".to_owned(),
            from_who: "Annan".to_owned(),
            organisation: "Vuxenenheten".to_owned(),
            request_id: None,
            attachments: Vec::new(),
        });
        id
    }

    pub(super) fn next_id(&self) -> i64 {
        self.actualisations.last().map_or(98_765, |last| last.id + 1)
    }
}

pub(super) struct State {
    pub(super) options: LifecareOptions,
    pub(super) records: Mutex<Records>,
    faults: HashMap<Operation, Faults>,
}

impl State {
    pub(super) fn new(options: LifecareOptions) -> Self {
        let known = [
            ("198501012382", "Testa Testsson"),
            ("198501012390", "Testa Testsson"),
            ("199001022384", "Prova Provsson"),
            ("197801022398", "Exempla Exempelsson"),
            ("197904842395", "Samordna Samordningsson"),
        ];
        let person = |(id, name): (&str, &str)| {
            let person =
                Person { person_id: id.to_owned(), name: name.to_owned(), protected: false };
            (id.to_owned(), person)
        };
        let persons = known.into_iter().map(person).collect();
        let operations = [
            Operation::Person,
            Operation::Proposals,
            Operation::List,
            Operation::Create,
            Operation::Attach,
            Operation::Documents,
            Operation::Logs,
            Operation::Ongoing,
        ];
        let faults =
            operations.into_iter().map(|operation| (operation, Faults::default())).collect();
        Self { options, records: Mutex::new(Records { persons, ..Records::default() }), faults }
    }

    pub(super) fn faults(&self, operation: Operation) -> &Faults {
        &self.faults[&operation]
    }

    pub(super) fn heal(&self) {
        self.faults.values().for_each(Faults::clear);
    }
}
