//! What a profile that sends letters offering help means for the rest of the configuration.

use crate::config::Config;
use crate::config::Fault;
use crate::domain::acknowledgement::Recipient;
use crate::domain::notice::NoticeType;
use crate::domain::promise::OwnText;
use crate::domain::promise::Promise;
use crate::routing::profile::Profile;

/// The rules that send one, each with its type of notice.
fn promised(profile: &Profile) -> impl Iterator<Item = (NoticeType, &Promise)> {
    let kinds = NoticeType::ALL.iter().copied().filter(|kind| kind.may_bring_offer());
    kinds.filter_map(|kind| Some((kind, profile.promises.to(Recipient::Person, kind)?)))
}

/// The municipality's own words, by type of notice.
pub(super) fn texts(profile: &Profile) -> Vec<(NoticeType, OwnText)> {
    promised(profile).filter_map(|(kind, it)| Some((kind, it.text.clone()?))).collect()
}

/// What whoever turned it on should know: told by `kvittens check`, and when the gateway starts.
pub(super) fn implied(config: &Config, profile: &Profile) -> Vec<Fault> {
    let kinds: Vec<&str> = promised(profile).map(|(kind, _)| kind.as_str()).collect();
    if kinds.is_empty() {
        return Vec::new();
    }
    let mut told = vec![format!(
        "the profile sends the person a letter that offers help ({}): no statute asks for it, and it tells whoever opens it that the municipality knows. \
         One goes by itself only where the landlord or association is proven to have sent the notice and number and address are sure; a landlord's form bears no \
         number, so most will wait for a person (`kvittens copies --offers`)",
        kinds.join(", ")
    )];
    if config.letter.ways().is_empty() {
        told.push("letters that offer help are promised and [letter] names no way: each waits for a person".to_owned());
    }
    if config.letter.protection.is_empty() {
        told.push("letters that offer help are promised and [letter] protection names nobody to ask: each waits for a person".to_owned());
    }
    told.into_iter().map(|message| Fault::new("municipality.profile", message)).collect()
}
