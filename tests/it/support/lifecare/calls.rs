//! The calls of Lifecare FamilyCare that the gateway makes, answered from what the stand-in keeps.

use std::cell::Cell;

use serde_json::Value;
use serde_json::json;

use crate::support::http1::Answers;
use crate::support::http1::Head;
use crate::support::http1::Reply;
use crate::support::http1::Request;
use crate::support::multipart;

use super::BASE_PATH;
use super::Operation;
use super::answers::is_moment;
use super::answers::is_person_id;
use super::answers::page;
use super::answers::refusal;
use super::codes;
use super::state::Actualisation;
use super::state::Attachment;
use super::state::Call;
use super::state::State;

impl Answers for State {
    fn before_body(&self, head: &Head) -> Option<u16> {
        self.faults(operation(head)?).before_body()
    }

    fn answer(&self, request: Request) -> Reply {
        let operation = operation(&request.head);
        // What the system itself made of the call, whatever the caller gets to see.
        let outcome = Cell::new(0);
        let reply = match operation {
            None => refusal(404, "no such resource"),
            Some(_) if !self.is_licensed(&request.head) => {
                refusal(401, "wrong domain, key or X-API-Key")
            }
            Some(operation) => self.faults(operation).spoil(|| {
                let reply = self.perform(operation, &request);
                outcome.set(reply.status().unwrap_or_default());
                reply
            }),
        };
        let request_id = request.head.header("x-api-requestid").map(str::to_owned);
        let call = Call { operation, request_id, status: reply.status(), outcome: outcome.get() };
        self.records.lock().unwrap().calls.push(call);
        reply
    }
}

impl State {
    fn is_licensed(&self, head: &Head) -> bool {
        let wanted = self.options.api_key.as_deref();
        // Sent twice, as a client that repeats its interceptors does, is as wrong as not at all.
        let once = |name| head.query.iter().filter(|(key, _)| key == name).count() == 1;
        once("domain")
            && once("key")
            && head.query("domain") == Some(&self.options.domain)
            && head.query("key") == Some(&self.options.key)
            && (wanted.is_none() || head.header("x-api-key") == wanted)
    }

    fn perform(&self, operation: Operation, request: &Request) -> Reply {
        match operation {
            Operation::Person => self.person(&request.head),
            Operation::Proposals => self.known_person(&request.head, codes::proposals),
            Operation::List => self.list(&request.head),
            Operation::Create => self.create(request),
            Operation::Attach => self.attach(request),
            Operation::Documents => self.documents(&request.head),
            Operation::Logs => self.logs(&request.head),
            Operation::Ongoing => self.ongoing(&request.head),
        }
    }

    fn person(&self, head: &Head) -> Reply {
        let person_id = head.query("personId").unwrap_or_default();
        if !is_person_id(person_id) {
            return refusal(400, "personId is not entered in a valid format.");
        }
        let records = self.records.lock().unwrap();
        let Some(person) = records.persons.get(person_id) else {
            return refusal(404, "Person not found");
        };
        let mut answer = json!({
            "PersonId": person.person_id, "CustomerNumber": 100, "Name": person.name, "Source": "FC",
            "AddressProtection": person.protected, "SecretPhone": person.protected,
            "ProtectedRegistration": person.protected
        });
        if !person.protected {
            answer["StreetAddress"] = json!("Exempelgatan 12");
            answer["PostalCode"] = json!("21400");
            answer["PostalAddress"] = json!("Malmö");
        }
        Reply::Json(200, Some(answer))
    }

    fn known_person(&self, head: &Head, answer: impl FnOnce() -> Value) -> Reply {
        let person_id = head.query("personId").unwrap_or_default();
        if self.records.lock().unwrap().persons.contains_key(person_id) {
            Reply::Json(200, Some(answer()))
        } else {
            refusal(404, "Person not found")
        }
    }

    fn list(&self, head: &Head) -> Reply {
        let chosen = |found: &Actualisation| {
            json!({
                "Id": found.id, "Type": found.kind, "PersonId": found.person_id, "Name": found.kind,
                "Date": found.date, "Reason": found.reason, "FromWho": found.from_who,
                "Organization": found.organisation, "Status": "Öppen"
            })
        };
        self.within_days(head, |found| vec![chosen(found)])
    }

    fn documents(&self, head: &Head) -> Reply {
        let documents = |found: &Actualisation| -> Vec<Value> {
            let numbered = found.attachments.iter().enumerate();
            let document = |(index, attachment): (usize, &Attachment)| {
                json!({
                    "Id": format!("{}-{index}", found.id), "Title": attachment.title, "Date": found.date,
                    "DocumentType": "Inkommen handling", "OwnerType": "Actualisation",
                    "OwnerId": found.id.to_string()
                })
            };
            if self.options.lists_attachments {
                numbered.map(document).collect()
            } else {
                Vec::new()
            }
        };
        self.within_days(head, documents)
    }

    /// A page of what `entries` makes of the person's actualisations between `startDate` and `endDate`, both included.
    fn within_days(&self, head: &Head, entries: impl Fn(&Actualisation) -> Vec<Value>) -> Reply {
        let day = |name: &str| head.query(name).unwrap_or_default();
        let (start, end) = (day("startDate"), day("endDate"));
        if !is_moment(start) || !is_moment(end) {
            return refusal(400, "startDate or endDate is not entered in a valid format.");
        }
        let person_id = day("personId");
        let records = self.records.lock().unwrap();
        let wanted = records.actualisations.iter().filter(|found| {
            found.person_id == person_id
                && found.date.as_str() >= start
                && found.date.as_str() <= end
        });
        page(head, wanted.flat_map(entries).collect())
    }

    /// Those of the person that began between the two days.
    fn ongoing(&self, head: &Head) -> Reply {
        let asked = |name: &str| head.query(name).unwrap_or_default();
        let (start, end) = (asked("startDate"), asked("endDate"));
        if !is_moment(start) || !is_moment(end) {
            return refusal(400, "startDate or endDate is not entered in a valid format.");
        }
        let list = head.path.rsplit('/').next().unwrap_or_default();
        let records = self.records.lock().unwrap();
        let began = |record: &Value| {
            let day = record["FromDate"].as_str().or(record["StartDate"].as_str());
            day.is_some_and(|day| day[..10] >= start[..10] && day[..10] <= end[..10])
        };
        let wanted = records.ongoing.iter().filter(|(of, person, record)| {
            of == list && person == asked("personId") && began(record)
        });
        page(head, wanted.map(|(.., record)| record.clone()).collect())
    }

    fn create(&self, request: &Request) -> Reply {
        let Ok(body) = serde_json::from_slice::<Value>(&request.body) else {
            return refusal(400, "the body is no JSON");
        };
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        let demanded = [
            "PersonId",
            "Date",
            "Type",
            "FromWho",
            "Reason",
            "OrganisationId",
            "OrganisationUnitId",
        ];
        if let Some(missing) = demanded.iter().find(|name| body[**name].is_null()) {
            return refusal(400, &format!("{missing} is mandatory."));
        }
        let (person_id, date) = (text("PersonId"), text("Date"));
        if !is_moment(&date) {
            return refusal(400, "Date is not entered in a valid format.");
        }
        let names = match codes::resolve(&body) {
            Ok(names) => names,
            Err(reason) => return refusal(400, reason),
        };
        let mut records = self.records.lock().unwrap();
        if !records.persons.contains_key(&person_id) {
            return refusal(404, "Person not found");
        }
        let id = records.next_id();
        let codes::Names { kind, reason, from_who, organisation } = names;
        let request_id = request.head.header("x-api-requestid").map(str::to_owned);
        let attachments = Vec::new();
        records.actualisations.push(Actualisation {
            id,
            person_id,
            date,
            kind,
            reason,
            from_who,
            organisation,
            request_id,
            attachments,
        });
        Reply::Json(200, Some(json!(id)))
    }

    fn attach(&self, request: &Request) -> Reply {
        let content_type = request.head.header("content-type").unwrap_or_default();
        let Some(parts) = multipart::parts(content_type, &request.body) else {
            return refusal(400, "the body is no form");
        };
        let part = |name: &str| parts.iter().find(|part| part.name == name);
        let text = |name: &str| part(name).map(multipart::Part::text).unwrap_or_default();
        let (document_type, sender_type) =
            (text("InsertDocumentType"), text("InsertDocumentSenderType"));
        if !codes::knows_attachment_type(&document_type, &sender_type) {
            return refusal(
                400,
                "InsertDocumentType and InsertDocumentSenderType do not belong together.",
            );
        }
        let Some(content) = part("Content").filter(|part| part.file_name.is_some()) else {
            return refusal(400, "Content is mandatory.");
        };
        let attachment = Attachment {
            title: text("Title"),
            sender_name: text("SenderName"),
            document_type,
            sender_type,
            file_name: content.file_name.clone().unwrap_or_default(),
            media_type: content.media_type.clone().unwrap_or_default(),
            content: content.bytes.clone(),
        };
        let id = actualisation_id(&request.head.path);
        let mut records = self.records.lock().unwrap();
        match records.actualisations.iter_mut().find(|found| Some(found.id) == id) {
            Some(found) => {
                found.attachments.push(attachment);
                Reply::Json(204, None)
            }
            None => refusal(404, "Actualisation not found"),
        }
    }

    fn logs(&self, head: &Head) -> Reply {
        let wanted = head.query("requestId");
        let records = self.records.lock().unwrap();
        let logged = records.calls.iter().enumerate().filter(|(_, call)| {
            call.outcome != 0
                && call.request_id.is_some()
                && (wanted.is_none() || call.request_id.as_deref() == wanted)
        });
        let entry = |(index, call): (usize, &Call)| {
            let good = call.outcome < 400;
            json!({
                "Id": index, "DomainId": self.options.domain, "Source": "Provider", "Consumer": "kvittens",
                "Provider": "FC", "Api": format!("{:?}", call.operation), "Duration": "00:00:00.0100000",
                "Status": if good { "Ok" } else { "Error" }, "RequestId": call.request_id,
                "HttpStatusCode": if good { "OK" } else { "BadRequest" }
            })
        };
        page(head, logged.map(entry).collect())
    }
}

fn operation(head: &Head) -> Option<Operation> {
    let path = head.path.strip_prefix(BASE_PATH)?.strip_prefix("/apifc/v1/")?;
    match (head.method.as_str(), path) {
        ("GET", "Persons") => Some(Operation::Person),
        ("GET", "Actualisations/Proposals") => Some(Operation::Proposals),
        ("GET", "Actualisations") => Some(Operation::List),
        ("POST", "Actualisations") => Some(Operation::Create),
        ("GET", "Documents") => Some(Operation::Documents),
        ("GET", "ApiLogs") => Some(Operation::Logs),
        ("GET", "Investigations" | "Services") => Some(Operation::Ongoing),
        ("POST", _) if actualisation_id(&head.path).is_some() => Some(Operation::Attach),
        _ => None,
    }
}

fn actualisation_id(path: &str) -> Option<i64> {
    path.strip_suffix("/Attachments")?.rsplit_once("/Actualisations/")?.1.parse().ok()
}
