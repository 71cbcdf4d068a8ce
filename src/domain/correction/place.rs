//! One corrected value of a notice, but for its persons.

use crate::domain::correction::NOTHING;
use crate::domain::correction::Trouble;
use crate::domain::correction::When;
use crate::domain::masked::Masked;
use crate::domain::moment::Moment;
use crate::domain::money::Money;
use crate::domain::notice::Known;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::notice::SenderKind;
use jiff::civil::Date;

/// The longest text.
const LONGEST: usize = 200;

/// The most children of a home.
const MOST_CHILDREN: u32 = 30;

/// Writes a value; whether it was another before.
pub(super) fn set(
    notice: &mut Notice,
    (place, text): (&str, &str),
    when: When<'_>,
) -> Result<bool, Trouble> {
    match place {
        "type" => {
            let kind = NoticeType::parse(text).ok_or(Trouble::Word)?;
            Ok(std::mem::replace(&mut notice.kind, kind) != kind)
        }
        "issuedOn" => put(&mut notice.issued_on, text, day),
        "terminatedOn" => put(&mut notice.terminated_on, text, day),
        "arrears/amountToRecover" => {
            let arrears = notice.arrears.get_or_insert_default();
            let changed = put(&mut arrears.amount_to_recover, text, amount)?;
            if changed {
                arrears.currency = arrears.amount_to_recover.map(|_| "SEK".to_owned());
            }
            Ok(changed)
        }
        "children/known" => {
            let known = Known::parse(text).ok_or(Trouble::Word)?;
            let children = notice.children.get_or_insert_default();
            Ok(std::mem::replace(&mut children.known, known) != known)
        }
        "children/count" => put(&mut notice.children.get_or_insert_default().count, text, count),
        "sender/kind" => {
            let kind = SenderKind::parse(text).ok_or(Trouble::Word)?;
            let sender = notice.sender.get_or_insert_default();
            Ok(std::mem::replace(&mut sender.kind, kind) != kind)
        }
        "sender/name" => put(&mut notice.sender.get_or_insert_default().name, text, line),
        _ => set_home(notice, (place, text), when),
    }
}

fn set_home(
    notice: &mut Notice,
    (place, text): (&str, &str),
    when: When<'_>,
) -> Result<bool, Trouble> {
    if let Some(place) = place.strip_prefix("dwelling/") {
        let home = notice.dwelling.get_or_insert_default();
        return match place {
            "street" => put(&mut home.street, text, line),
            "city" => put(&mut home.city, text, line),
            "postalCode" => {
                put(&mut home.postal_code, text, |text| digits(text, 5).ok_or(Trouble::PostalCode))
            }
            "apartmentNumber" => put(&mut home.apartment_number, text, |text| {
                digits(text, 4).ok_or(Trouble::Apartment)
            }),
            _ => Err(Trouble::Place),
        };
    }
    let told = match place {
        "enforcement/caseNumber" | "enforcement/startsAt" => {
            notice.enforcement.get_or_insert_default()
        }
        _ => return Err(Trouble::Place),
    };
    match place {
        "enforcement/caseNumber" => put(&mut told.case_number, text, line),
        _ => put(&mut told.starts_at, text, |text| moment(text, when)),
    }
}

/// Puts a value, or takes it away; whether it was another before.
pub(super) fn put<T: PartialEq>(
    place: &mut Option<T>,
    text: &str,
    read: impl FnOnce(&str) -> Result<T, Trouble>,
) -> Result<bool, Trouble> {
    let new = if text == NOTHING { None } else { Some(read(text)?) };
    let changed = *place != new;
    *place = new;
    Ok(changed)
}

/// A text on one line.
pub(super) fn line(text: &str) -> Result<Masked, Trouble> {
    let fits = text.chars().count() <= LONGEST && !text.chars().any(char::is_control);
    if fits { Ok(Masked::new(text)) } else { Err(Trouble::Text) }
}

fn digits(text: &str, count: usize) -> Option<Masked> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let fits = plain.len() == count && plain.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| Masked::new(plain))
}

fn day(text: &str) -> Result<Date, Trouble> {
    text.parse().map_err(|_| Trouble::Day)
}

fn amount(text: &str) -> Result<Money, Trouble> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.replace(',', ".");
    let (kronor, ore) = plain.split_once('.').unwrap_or((&plain, "00"));
    let ore = format!("{ore:0<2}");
    Money::parse(&format!("{kronor}.{ore}")).filter(|it| it.ore() >= 0).ok_or(Trouble::Amount)
}

fn count(text: &str) -> Result<u32, Trouble> {
    text.parse().ok().filter(|count| *count <= MOST_CHILDREN).ok_or(Trouble::Count)
}

fn moment(text: &str, when: When<'_>) -> Result<Moment, Trouble> {
    Moment::read(text, when.local_time).ok_or(Trouble::Time)
}
