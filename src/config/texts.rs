//! The profile's own texts: each is checked for what it is for before a receipt, a confirmation or a letter is ever written with it.

use crate::acknowledge::template;
use crate::acknowledge::template::Purpose;
use crate::config::Fault;
use crate::domain::acknowledgement::Recipient;
use crate::domain::promise::OwnText;
use crate::domain::promise::Promise;
use crate::letter::offer;
use crate::letter::template as letter;
use crate::routing::profile::Profile;

/// Everything wrong with them, each with its key in the profile.
pub(super) fn faults(profile: &Profile) -> Vec<Fault> {
    let mut faults: Vec<Fault> = profile.promises.0.iter().flat_map(of_promise).collect();
    faults.dedup();
    faults
}

fn of_promise(promise: &Promise) -> Vec<Fault> {
    let Some(text) = &promise.text else { return Vec::new() };
    let check: fn(&str) -> Vec<String> = match promise.to {
        Recipient::Sender => |text| told(&template::check(text, Purpose::Receipt)),
        Recipient::EnforcementAuthority => {
            |text| told(&template::check(text, Purpose::Confirmation))
        }
        Recipient::Person if promise.statutory => |text| told(&letter::check_template(text)),
        Recipient::Person => |text| told(&offer::check_template(text)),
    };
    each(text)
        .flat_map(|(key, words)| check(words).into_iter().map(move |it| (key.clone(), it)))
        .map(|(key, message)| Fault::new("municipality.profile", format!("{key}: {message}")))
        .collect()
}

fn each(text: &OwnText) -> impl Iterator<Item = (String, &str)> {
    let english = text.en.as_deref().map(|en| ("en", en));
    let both = [("sv", text.sv.as_str())].into_iter().chain(english);
    both.map(|(language, words)| (format!("texts.{}.{language}", text.name), words))
}

fn told(faults: &[impl ToString]) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}
