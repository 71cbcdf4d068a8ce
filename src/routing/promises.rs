//! The profile's `[[acknowledge]]`: who is told of which notices, by what way, by when. What the ordinance demands cannot be left out.

use crate::domain::acknowledgement::Recipient;
use crate::domain::acknowledgement::Way;
use crate::domain::notice::NoticeType;
use crate::domain::promise::OwnText;
use crate::domain::promise::Promise;
use crate::domain::promise::Promises;
use crate::routing::check::Faults;
use crate::routing::file::PromiseFile;
use crate::routing::file::TextFile;
use jiff::civil::Time;
use std::collections::BTreeMap;

/// The promises of a profile; what the ordinance demands and a receipt for everybody, where it has no such section.
pub(super) fn checked(
    from: Option<Vec<PromiseFile>>,
    texts: BTreeMap<String, TextFile>,
    faults: &mut Faults,
) -> Promises {
    let named: Vec<String> =
        from.iter().flatten().filter_map(|promise| promise.text.clone()).collect();
    for name in texts.keys().filter(|name| !named.contains(name)) {
        let message = "no [[acknowledge]] names it in its `text`: it would never be used";
        faults.tell(format!("texts.{name}"), message);
    }
    let Some(from) = from else { return Promises::default() };
    let all = from.into_iter().enumerate();
    let promises: Vec<Promise> =
        all.filter_map(|(place, from)| promise(place, from, &texts, faults)).collect();
    let promises = Promises(promises);
    for kind in NoticeType::ALL.iter().copied() {
        let mut demanded = |demanded: bool, to: Recipient, whom: &str| {
            let promise = promises.to(to, kind);
            let word = kind.as_str();
            if demanded && promise.is_none_or(|promise| !promise.statutory) {
                let message = format!(
                    "`{word}` to {whom}: SFS 2025:468 11:3 demands it, so it must stand here with statutory = true, before any other that fits"
                );
                faults.tell("acknowledge", message);
            } else if let Some(promise) = promise.filter(|_| !demanded) {
                let offers = to == Recipient::Person && kind.may_bring_offer();
                if !offers {
                    let message = format!(
                        "`{word}` to {whom}: no statute asks for it, and nothing is built to send it"
                    );
                    faults.tell("acknowledge", message);
                } else if promise.statutory {
                    let message = format!(
                        "`{word}` to {whom}: no statute asks for it, so it must not say statutory = true"
                    );
                    faults.tell("acknowledge", message);
                }
            }
        };
        demanded(
            kind.demands_confirmation(),
            Recipient::EnforcementAuthority,
            "enforcementAuthority",
        );
        demanded(kind.demands_copy_to_person(), Recipient::Person, "person");
    }
    promises
}

fn promise(
    place: usize,
    from: PromiseFile,
    texts: &BTreeMap<String, TextFile>,
    faults: &mut Faults,
) -> Option<Promise> {
    let key = |name: &str| format!("acknowledge[{place}].{name}");
    faults.unless(!from.source.trim().is_empty(), key("source"), "say where it comes from");
    let types = faults.words(&from.types, &key("types"), NoticeType::parse);
    let ways = faults.words(&from.ways, &key("ways"), Way::parse);
    let by = from.by.as_deref().and_then(|by| {
        let hour = Time::strptime("%H:%M", by).ok();
        faults.unless(hour.is_some(), key("by"), "not a local time such as \"16:00\"");
        hour
    });
    let Some(to) = Recipient::parse(&from.to) else {
        faults.tell(key("to"), format!("`{}` is no word for this key", from.to));
        return None;
    };
    let own = ways.iter().all(|way| way_is_for(*way, to));
    faults.unless(own, key("ways"), "holds a way that does not lead to this recipient");
    let by_door = matches!(to, Recipient::Sender) && !from.ways.is_empty();
    faults.unless(!by_door, key("ways"), "a sender is answered by the way it came; leave this out");
    let text = text(&key("text"), (from.text.as_deref(), to), texts, faults);
    let by_kind = to == Recipient::Sender && text.is_some() && !types.is_empty();
    let one = "all senders are answered in one text (a mail in the clear must not tell what it is about): put it on a rule without types";
    faults.unless(!by_kind, key("text"), one);
    let by_letter = matches!(to, Recipient::Person) && !from.ways.is_empty();
    let decides = "[letter] ways decides by which ways letters go; leave this out";
    faults.unless(!by_letter, key("ways"), decides);
    let hour_of_law = from.statutory && by.is_some();
    faults.unless(!hour_of_law, key("by"), "a statute's day ends at midnight; leave this out");
    Some(Promise {
        name: from.name,
        types,
        to,
        ways,
        by,
        statutory: from.statutory,
        text,
        source: from.source,
    })
}

/// The text that a rule names. Kronofogden is written to in Swedish, all others in both languages.
fn text(
    key: &str,
    (name, to): (Option<&str>, Recipient),
    texts: &BTreeMap<String, TextFile>,
    faults: &mut Faults,
) -> Option<OwnText> {
    let name = name?;
    let Some(text) = texts.get(name) else {
        faults.tell(key, format!("there is no [texts.{name}]"));
        return None;
    };
    let both = text.en.is_some() || to == Recipient::EnforcementAuthority;
    faults.unless(both, format!("texts.{name}.en"), "missing");
    Some(OwnText { name: name.to_owned(), sv: text.sv.clone(), en: text.en.clone() })
}

fn way_is_for(way: Way, to: Recipient) -> bool {
    match to {
        Recipient::Sender => matches!(way, Way::Api | Way::Mail | Way::Files),
        Recipient::EnforcementAuthority => {
            matches!(way, Way::Folder | Way::Mail | Way::Sftp | Way::Feed | Way::Webhook)
        }
        Recipient::Person => matches!(way, Way::Print | Way::Service),
    }
}
