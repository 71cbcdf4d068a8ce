//! The home that cells and lines tell of: its street, town, apartment and rooms, however much of it stands in one cell.

use super::cells;
use super::record::Place;
use super::record::Record;
use super::tell_value::MENDED;
use super::tell_value::ODD;
use super::tell_value::SURE;
use super::tell_value::put_if;
use crate::domain::document::Cell;

/// First words of what is owed, which is no town.
const DEBTS: &[&str] = &[
    "hyra",
    "hyran",
    "avgift",
    "årsavgift",
    "månadsavgift",
    "månadshyra",
    "ränta",
    "dröjsmålsränta",
    "påminnelse",
    "påminnelseavgift",
    "inkasso",
    "inkassoavgift",
    "inkassokostnad",
    "kapital",
    "summa",
];

pub(super) fn home(record: &mut Record, field: &str, cell: &Cell, from: &Place) -> bool {
    let text = cell.as_str().trim();
    if super::nobody::is_protected(text) {
        // A home that is kept from view; whose it is, is so as well.
        record.put("persons.0.protectedIdentity", "true", from, MENDED);
        return false;
    }
    // `Post` names an item of a debt as well as a town.
    let lower = text.to_lowercase();
    let first: String = lower.chars().take_while(|c| c.is_alphabetic()).collect();
    if DEBTS.contains(&first.as_str()) {
        return false;
    }
    match field {
        "dwelling.street" => {
            let read = cells::address(text);
            let known = read.street.is_some();
            for (path, value) in [
                ("dwelling.street", read.street),
                ("dwelling.careOf", read.care_of),
                ("dwelling.apartmentNumber", read.apartment),
                ("dwelling.postalCode", read.postal_code),
                ("dwelling.city", read.city),
            ] {
                put_if(record, path, value, from, SURE);
            }
            known
        }
        "dwelling.city" => {
            let (code, town) = cells::code_and_town(text);
            let digits = text.chars().any(|c| c.is_ascii_digit());
            put_if(record, "dwelling.postalCode", code.clone(), from, SURE);
            match code.is_some() || !digits {
                true => put_if(record, "dwelling.city", town, from, SURE),
                // `Postadress` that is a street: the person's, which is the home's where nothing else is.
                false => home(record, "dwelling.street", cell, from),
            }
        }
        "dwelling.postalCode" => {
            let (code, town) = cells::code_and_town(text);
            if code.is_some() {
                put_if(record, "dwelling.city", town, from, SURE);
            }
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let fits = digits.len() == 5 && code.is_none();
            put_if(record, field, code.or(fits.then_some(digits)), from, SURE)
        }
        "dwelling.apartmentNumber" => apartment(record, cell, from),
        "dwelling.rooms" => {
            let words = ["ett", "två", "tre", "fyra", "fem", "sex"];
            let lower = text.to_lowercase();
            let digits: String = lower.chars().take_while(char::is_ascii_digit).collect();
            let word = words
                .iter()
                .position(|word| lower.split(' ').next() == Some(*word))
                .map(|at| (at + 1).to_string());
            // `2` or `2 rok`; `54,5 kvm` is an area.
            let fits = digits.len() == 1 && !lower.contains("kvm") && !lower.contains("m2");
            put_if(record, field, fits.then_some(digits).or(word), from, SURE)
        }
        field => put_if(record, field, Some(text.to_owned()), from, SURE),
    }
}

/// `1102`, the number 902, `1304 (nr 12)`, `Lgh 8 (1102)`; anything longer is the landlord's own number.
pub(super) fn apartment(record: &mut Record, cell: &Cell, from: &Place) -> bool {
    let text = cell.as_str().trim();
    let lower = text.to_lowercase();
    // `Lägenhet: 2 rum och kök`
    if [" rum", " rok", "r o k", "rk"].iter().any(|word| lower.contains(word))
        && !lower.contains("lgh")
    {
        return home(record, "dwelling.rooms", cell, from);
    }
    let numbers: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let bare = text.chars().all(|c| c.is_ascii_digit());
    match numbers.as_slice() {
        [one] if bare && one.len() == 3 && matches!(cell, Cell::Number(_)) => {
            record.put("dwelling.apartmentNumber", &format!("0{one}"), from, MENDED);
        }
        [one] if one.len() == 4 && !text.contains(['-', '/']) => {
            record.put("dwelling.apartmentNumber", one, from, SURE)
        }
        [one, other] if text.contains('(') && (one.len() == 4) != (other.len() == 4) => {
            let (number, object) = if one.len() == 4 { (one, other) } else { (other, one) };
            record.put("dwelling.apartmentNumber", number, from, MENDED);
            record.put("dwelling.objectNumber", object, from, 0.93);
        }
        [_] if text.chars().count() <= 5 => {
            let number = text.trim_start_matches(|c: char| c.is_alphabetic() || c == ' ');
            record.put("dwelling.apartmentNumber", number, from, ODD);
        }
        [_, _, ..] if !text.contains(' ') => record.put("dwelling.objectNumber", text, from, 0.93),
        _ => {
            // `Lägenhet: Exempelgatan 12 lgh 1102`
            let read = cells::address(text);
            let street = read.street.filter(|street| {
                street.contains(' ') && street.chars().any(|c| c.is_ascii_digit())
            });
            let known = put_if(record, "dwelling.apartmentNumber", read.apartment, from, MENDED)
                | put_if(record, "dwelling.street", street, from, 0.96);
            put_if(record, "dwelling.postalCode", read.postal_code, from, MENDED);
            put_if(record, "dwelling.city", read.city, from, MENDED);
            return known;
        }
    }
    true
}
