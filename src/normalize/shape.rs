//! The notice's shape in one table: names, order, and how XML wraps arrays. Contract section 4.
//!
//! The XML writer walks it, and the readers know from it which member names are ours. A test holds it against the JSON Schema
//! and the XSD.

/// The shape of one value.
pub(super) enum Shape {
    /// A single value.
    Leaf,
    /// Named members in the order of the contract.
    Object(&'static [(&'static str, Shape)]),
    /// An array; in XML a wrapper around children of this name.
    List(&'static str, &'static Shape),
    /// Evidence: JSON Pointer to object; in XML `<value path="…">`.
    Evidence,
}

use Shape::Evidence;
use Shape::Leaf;
use Shape::List;
use Shape::Object;

/// The members of a notice.
pub(super) const NOTICE: &[(&str, Shape)] = &[
    ("schemaVersion", Leaf),
    ("type", Leaf),
    ("alsoConcerns", List("type", &Leaf)),
    ("legalBasis", Leaf),
    ("sender", Object(SENDER)),
    ("landlord", Object(&[("name", Leaf), ("organisationNumber", Leaf)])),
    ("persons", List("person", &Object(PERSON))),
    ("dwelling", Object(DWELLING)),
    ("arrears", Object(ARREARS)),
    ("issuedOn", Leaf),
    ("terminatedOn", Leaf),
    ("servedOn", Leaf),
    ("moveOutBy", Leaf),
    ("rectifyBy", Leaf),
    ("disconnectAfter", Leaf),
    ("incidents", List("incident", &Object(&[("occurredOn", Leaf), ("description", Leaf)]))),
    ("enforcement", Object(ENFORCEMENT)),
    ("children", Object(CHILDREN)),
    ("text", Leaf),
    ("attachments", List("attachment", &Object(ATTACHMENT))),
    ("relatesTo", Object(RELATES_TO)),
    ("findings", List("finding", &Object(FINDING))),
    ("evidence", Evidence),
];

const SENDER: &[(&str, Shape)] = &[
    ("kind", Leaf),
    ("name", Leaf),
    ("organisationNumber", Leaf),
    ("contactName", Leaf),
    ("email", Leaf),
    ("phone", Leaf),
    ("reference", Leaf),
];

const PERSON: &[(&str, Shape)] = &[
    ("role", Leaf),
    ("name", Leaf),
    ("identity", Object(&[("kind", Leaf), ("value", Leaf)])),
    ("bornOn", Leaf),
    ("protectedIdentity", Leaf),
    ("phone", Leaf),
    ("email", Leaf),
    ("servedOn", Leaf),
];

const DWELLING: &[(&str, Shape)] = &[
    ("street", Leaf),
    ("careOf", Leaf),
    ("postalCode", Leaf),
    ("city", Leaf),
    ("apartmentNumber", Leaf),
    ("objectNumber", Leaf),
    ("propertyDesignation", Leaf),
    ("rooms", Leaf),
    ("tenure", Leaf),
];

const ARREARS: &[(&str, Shape)] = &[
    ("amountToRecover", Leaf),
    ("currency", Leaf),
    ("asWritten", Leaf),
    ("monthlyRent", Leaf),
    ("periods", List("period", &Object(&[("period", Leaf), ("dueOn", Leaf), ("amount", Leaf)]))),
    ("payment", Object(&[("bankgiro", Leaf), ("plusgiro", Leaf), ("ocr", Leaf)])),
];

const ENFORCEMENT: &[(&str, Shape)] = &[
    ("caseNumber", Leaf),
    ("appliedOn", Leaf),
    ("startsAt", Leaf),
    ("noLongerAt", Leaf),
    ("executedAt", Leaf),
    ("outcome", Leaf),
    ("place", Leaf),
    ("officer", Object(&[("name", Leaf), ("phone", Leaf)])),
];

const CHILDREN: &[(&str, Shape)] =
    &[("known", Leaf), ("count", Leaf), ("birthYears", List("year", &Leaf))];

const ATTACHMENT: &[(&str, Shape)] =
    &[("name", Leaf), ("mediaType", Leaf), ("sizeBytes", Leaf), ("sha256", Leaf)];

const RELATES_TO: &[(&str, Shape)] =
    &[("reference", Leaf), ("caseNumber", Leaf), ("senderReference", Leaf)];

const FINDING: &[(&str, Shape)] =
    &[("code", Leaf), ("severity", Leaf), ("path", Leaf), ("message", Leaf)];

/// Whether a notice has a member of this name directly under its root.
pub(super) fn is_root_member(name: &str) -> bool {
    NOTICE.iter().any(|(member, _)| *member == name)
}

/// Whether a notice has a member of this name anywhere.
pub(super) fn is_member(name: &str) -> bool {
    fn among(members: &[(&str, Shape)], name: &str) -> bool {
        members.iter().any(|(member, shape)| *member == name || under(shape, name))
    }
    fn under(shape: &Shape, name: &str) -> bool {
        match shape {
            Leaf | Evidence => false,
            Object(members) => among(members, name),
            List(_, item) => under(item, name),
        }
    }
    among(NOTICE, name)
}
