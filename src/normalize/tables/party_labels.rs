//! Labels of those who write: a word for the party and a word for what is told of it, in one (`AVS_ORGNR`, `Uppdragsgivarens namn`), and of the home
//! that is told of a debtor (`GALD1_ADR`).

/// Words for a party, folded, and where the notice has it.
const PARTIES: &[(&str, &str)] = &[
    ("avsandare", "sender"),
    ("avs", "sender"),
    ("ombud", "sender"),
    ("inkasso", "sender"),
    ("inkassobolag", "sender"),
    ("inkassoombud", "sender"),
    ("sender", "sender"),
    ("agent", "sender"),
    ("forvaltare", "sender"),
    ("uppdragsgivare", "landlord"),
    ("uppdrg", "landlord"),
    ("hyresvard", "landlord"),
    ("fastighetsagare", "landlord"),
    ("borgenar", "landlord"),
    ("fordringsagare", "landlord"),
    ("sokande", "landlord"),
    ("kreditor", "landlord"),
    ("klient", "landlord"),
    ("forening", "landlord"),
    ("bostadsrattsforening", "landlord"),
    ("brf", "landlord"),
    ("upplatare", "landlord"),
    ("landlord", "landlord"),
    ("creditor", "landlord"),
    ("client", "landlord"),
];

/// What is told of a party.
const OF_PARTIES: &[(&str, &str)] = &[
    ("namn", "name"),
    ("name", "name"),
    ("orgnr", "organisationNumber"),
    ("orgnummer", "organisationNumber"),
    ("organisationsnr", "organisationNumber"),
    ("organisationsnummer", "organisationNumber"),
    ("orgno", "organisationNumber"),
    ("tel", "phone"),
    ("telnr", "phone"),
    ("telefon", "phone"),
    ("telefonnr", "phone"),
    ("telefonnummer", "phone"),
    ("phone", "phone"),
    ("kontakt", "contactName"),
    ("kontaktperson", "contactName"),
    ("handlaggare", "contactName"),
    ("contact", "contactName"),
    ("epost", "email"),
    ("mejl", "email"),
    ("mail", "email"),
    ("email", "email"),
    ("ref", "reference"),
    ("referens", "reference"),
    ("arende", "reference"),
    ("arendenr", "reference"),
];

/// The field of the notice that a party's label names.
pub(super) fn of_party(folded: &str) -> Option<String> {
    PARTIES.iter().find_map(|(party, member)| {
        let rest = folded.strip_prefix(party)?;
        let rest = ["arens", "ens", "ets", "et", "ns", "s", "en", "n", ""]
            .iter()
            .filter_map(|end| rest.strip_prefix(end))
            .find_map(|rest| OF_PARTIES.iter().find(|(word, _)| *word == rest))?;
        let (_, told) = rest;
        // Of a landlord that does not write itself the notice tells its name and number.
        match (*member, *told) {
            ("landlord", "name" | "organisationNumber") | ("sender", _) => {
                Some(format!("{member}.{told}"))
            }
            (_, _) => Some(super::vocabulary::IGNORED.to_owned()),
        }
    })
}

/// The part of a home that a debtor's label names.
pub(super) fn home_of(folded: &str) -> Option<&'static str> {
    Some(match folded {
        "adr" | "adress" | "gata" | "gatuadr" | "gatuadress" | "bostadsadress" | "bostadsadr"
        | "utdadr" | "address" | "street" => "dwelling.street",
        "padr" | "postadr" | "postadress" | "ort" | "postort" | "stad" | "city" | "town"
        | "postnrort" => "dwelling.city",
        "postnr" | "postnummer" | "pnummer" | "zip" | "postcode" | "postalcode" => {
            "dwelling.postalCode"
        }
        "lgh" | "lghnr" | "lagenhet" | "lagenhetsnr" | "lagenhetsnummer" | "apartment" => {
            "dwelling.apartmentNumber"
        }
        "coadress" | "coadr" | "careof" => "dwelling.careOf",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::named;

    #[test]
    fn a_partys_label_names_its_member() {
        for (label, field) in [
            ("AVS_ORGNR", "sender.organisationNumber"),
            ("AVS_TEL", "sender.phone"),
            ("Ombudets orgnr", "sender.organisationNumber"),
            ("Uppdragsgivarens namn", "landlord.name"),
            ("UppdragsgivareOrgNr", "landlord.organisationNumber"),
            ("Fordringsägarens organisationsnummer", "landlord.organisationNumber"),
            ("GALD1_ADR", "dwelling.street"),
            ("GALD1_PADR", "dwelling.city"),
            ("GALD2_PNR", "persons.1.identity.value"),
            ("Hyresgästens postnr", "dwelling.postalCode"),
        ] {
            assert_eq!(named(label, None).as_deref(), Some(field), "{label}");
        }
        for none in ["Ombud för annan", "Avsikt", "Brfkö"] {
            assert_eq!(named(none, None), None, "{none}");
        }
    }
}
