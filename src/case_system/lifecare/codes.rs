//! Lifecare's code lists. The municipality's profile speaks in names; the ids behind them belong to each installation.
//!
//! A name that Lifecare does not have stops the notice with that name in the text: nothing is ever filed under the next best code.

use crate::case_system::lifecare::config::LifecareConfig;
use crate::domain::failure::Failure;
use serde::Deserialize;

/// What may be chosen when an entry is opened.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Proposals {
    actualisation_types: Vec<IntakeType>,
    specify_types: Vec<Code>,
    working_status: Vec<Code>,
    organizations: Vec<Organisation>,
    attachment_types: Vec<AttachmentType>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Code {
    id: i64,
    #[serde(default)]
    name: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct IntakeType {
    id: i64,
    #[serde(default)]
    name: String,
    #[serde(default)]
    specify_type_mandatory: bool,
    #[serde(default)]
    working_status: bool,
    #[serde(default)]
    reasons: Vec<Code>,
    #[serde(default)]
    from_who: Vec<Code>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Organisation {
    id: i64,
    #[serde(default)]
    unit_id: String,
    #[serde(default)]
    name: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AttachmentType {
    id: i64,
    #[serde(default)]
    name: String,
    #[serde(default)]
    sender_types: Vec<Code>,
}

/// The names that one notice needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names<'a> {
    pub(super) intake_type: &'a str,
    pub(super) reason: &'a str,
    pub(super) from_who: &'a str,
    pub(super) organisation: &'a str,
    pub(super) specify: Option<&'a str>,
    pub(super) working_status: Option<&'a str>,
    pub(super) attachment_type: &'a str,
    pub(super) attachment_sender_type: &'a str,
}

/// The ids behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Codes {
    pub(super) intake_type: i64,
    pub(super) reason: i64,
    pub(super) from_who: i64,
    pub(super) organisation: i64,
    pub(super) organisation_unit: String,
    pub(super) specify: Option<i64>,
    pub(super) working_status: Option<i64>,
    pub(super) attachment_type: i64,
    pub(super) attachment_sender_type: i64,
}

/// Exactly one entry of a list must bear the name.
fn one<'a, T>(
    list: &'a [T],
    name_of: impl Fn(&T) -> &str,
    what: &str,
    name: &str,
) -> Result<&'a T, Failure> {
    let mut matching = list.iter().filter(|candidate| name_of(candidate).trim() == name.trim());
    match (matching.next(), matching.next()) {
        (Some(found), None) => Ok(found),
        (Some(_), Some(_)) => {
            Err(Failure::Permanent(format!("Lifecare has several {what} named \"{name}\"")))
        }
        (None, _) => Err(Failure::Permanent(format!("Lifecare has no {what} named \"{name}\""))),
    }
}

fn code(list: &[Code], what: &str, name: &str) -> Result<i64, Failure> {
    one(list, |code| &code.name, what, name).map(|code| code.id)
}

impl Proposals {
    /// Looks every name up.
    pub(super) fn resolve(&self, names: Names<'_>) -> Result<Codes, Failure> {
        let intake_type = self.intake_type(names.intake_type)?;
        let organisation =
            one(&self.organizations, |o| &o.name, "organisation", names.organisation)?;
        let attachment_type =
            one(&self.attachment_types, |t| &t.name, "attachment type", names.attachment_type)?;
        Ok(Codes {
            intake_type: intake_type.id,
            reason: code(&intake_type.reasons, "reason (of this intake type)", names.reason)?,
            from_who: code(
                &intake_type.from_who,
                "from-who (of this intake type)",
                names.from_who,
            )?,
            organisation: organisation.id,
            organisation_unit: organisation.unit_id.clone(),
            specify: demanded(
                intake_type.specify_type_mandatory,
                &self.specify_types,
                "specify",
                names.specify,
            )?,
            working_status: demanded(
                intake_type.working_status,
                &self.working_status,
                "working_status",
                names.working_status,
            )?,
            attachment_type: attachment_type.id,
            attachment_sender_type: code(
                &attachment_type.sender_types,
                "attachment sender type (of this attachment type)",
                names.attachment_sender_type,
            )?,
        })
    }

    fn intake_type(&self, name: &str) -> Result<&IntakeType, Failure> {
        one(&self.actualisation_types, |t| &t.name, "intake type", name)
    }

    /// Every configured name that Lifecare does not have, for `check`.
    pub(super) fn missing(&self, config: &LifecareConfig) -> Vec<String> {
        let mut checks = Vec::new();
        for name in config.organisation_by_unit.values().chain([&config.organisation]) {
            checks.push(one(&self.organizations, |o| &o.name, "organisation", name).map(drop));
        }
        let what = "attachment type";
        match one(&self.attachment_types, |t| &t.name, what, &config.attachment_type) {
            Ok(found) => {
                let name = &config.attachment_sender_type;
                checks.push(code(&found.sender_types, "attachment sender type", name).map(drop));
            }
            Err(failure) => checks.push(Err(failure)),
        }
        for (name, reasons) in &config.expected_codes {
            match self.intake_type(name) {
                Ok(found) => checks.extend(
                    reasons.iter().map(|name| code(&found.reasons, "reason", name).map(drop)),
                ),
                Err(failure) => checks.push(Err(failure)),
            }
        }
        checks
            .into_iter()
            .filter_map(Result::err)
            .map(|failure| failure.reason().to_owned())
            .collect()
    }
}

/// A code that only some intake types ask for.
fn demanded(
    demanded: bool,
    list: &[Code],
    key: &str,
    name: Option<&str>,
) -> Result<Option<i64>, Failure> {
    match (demanded, name) {
        (false, _) => Ok(None),
        (true, Some(name)) => code(list, key, name).map(Some),
        (true, None) => Err(Failure::Permanent(format!(
            "Lifecare's intake type demands a name that is not configured (case_system.{key})"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::Names;
    use super::Proposals;

    const NAMES: Names<'static> = Names {
        intake_type: "Underrättelse",
        reason: "Obetalda hyresskulder",
        from_who: "Hyresvärd",
        organisation: "Vuxenenheten",
        specify: None,
        working_status: None,
        attachment_type: "Bilaga",
        attachment_sender_type: "Annan",
    };

    fn proposals(more: &str) -> Proposals {
        let text = format!(
            r#"{{"ActualisationTypes":[{{"Id":1,"Name":"Anmälan","Reasons":[{{"Id":9,"Name":"Olovlig andrahandsuthyrning"}}]}},
            {{"Id":2,"Name":"Underrättelse","Reasons":[{{"Id":10,"Name":"Obetalda hyresskulder"}}],"FromWho":[{{"Id":20,"Name":"Hyresvärd"}}]{more}}}],
            "SpecifyTypes":[{{"Id":30,"Name":"Hyra"}}],"Organizations":[{{"Id":4,"UnitId":"U1","Name":"Vuxenenheten "}}],
            "AttachmentTypes":[{{"Id":5,"Name":"Bilaga","SenderTypes":[{{"Id":6,"Name":"Annan"}}]}}]}}"#
        );
        serde_json::from_str(&text).expect("proposals")
    }

    #[test]
    fn names_become_the_ids_of_this_installation() {
        let codes = proposals("").resolve(NAMES).expect("codes");
        assert_eq!((codes.intake_type, codes.reason, codes.from_who), (2, 10, 20));
        assert_eq!((codes.organisation, codes.organisation_unit.as_str()), (4, "U1"));
        assert_eq!((codes.attachment_type, codes.attachment_sender_type), (5, 6));
        assert_eq!(codes.specify, None);
    }

    #[test]
    fn an_unknown_name_stops_with_that_name() {
        let cases = [
            Names { intake_type: "Okänd typ", ..NAMES },
            Names { reason: "Olovlig andrahandsuthyrning", ..NAMES },
            Names { from_who: "Granne", ..NAMES },
            Names { organisation: "Ingen enhet", ..NAMES },
            Names { attachment_type: "Brev", ..NAMES },
            Names { attachment_sender_type: "Ingen", ..NAMES },
        ];
        let named =
            ["Okänd typ", "Olovlig andrahandsuthyrning", "Granne", "Ingen enhet", "Brev", "Ingen"];
        for (names, name) in cases.into_iter().zip(named) {
            let failure = proposals("").resolve(names).expect_err(name);
            assert_eq!(failure.class(), "permanent");
            assert!(failure.reason().contains(name), "{failure}");
        }
    }

    #[test]
    fn a_specification_is_given_only_where_it_is_demanded() {
        let demanding = proposals(r#","SpecifyTypeMandatory":true"#);
        let failure = demanding.resolve(NAMES).expect_err("not configured");
        assert!(failure.reason().contains("case_system.specify"), "{failure}");
        let codes = demanding.resolve(Names { specify: Some("Hyra"), ..NAMES }).expect("codes");
        assert_eq!(codes.specify, Some(30));
        let codes = proposals("").resolve(Names { specify: Some("Hyra"), ..NAMES });
        assert_eq!(codes.expect("codes").specify, None);
    }
}
