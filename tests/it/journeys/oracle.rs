//! The oracle: knows what was offered and what the world outside has seen, and says what is wrong. It never asks the gateway
//! about itself but for the states it shows to people.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::collections::HashSet;

use super::load::Door;
use super::load::Offer;
use super::load::message_id;
use super::oracle_told;

/// A case as the case system has it.
#[derive(Clone, Debug)]
pub(super) struct Case {
    /// The notice's mark, when the case holds anything that shows it.
    pub(super) mark: Option<String>,
    /// The reference under which it was opened.
    pub(super) reference: String,
    /// Whether everything that belongs to it is there.
    pub(super) whole: bool,
}

/// A mail as the recipients' server has it.
#[derive(Clone, Debug)]
pub(super) struct Acknowledgement {
    pub(super) message_id: String,
    pub(super) in_reply_to: Option<String>,
    pub(super) recipient: String,
    /// Found in the subject.
    pub(super) reference: String,
    /// Head and body.
    pub(super) bytes: Vec<u8>,
    /// Whether the server said 250.
    pub(super) taken: bool,
}

/// A receipt file.
#[derive(Clone, Debug)]
pub(super) struct Receipt {
    /// The dropped file's mark.
    pub(super) mark: String,
    pub(super) number: i64,
    pub(super) reference: String,
    /// Whether the same receipt lies there as XML, too.
    pub(super) has_xml: bool,
}

/// A line of `kvittens notices --json`.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) reference: String,
    pub(super) state: String,
    pub(super) kind: String,
}

/// Everything that can be seen from outside when all is quiet.
#[derive(Clone, Debug, Default)]
pub(super) struct World {
    pub(super) offers: Vec<Offer>,
    /// Marks of files in `done/` and of mails in `cur/` or moved out of the mailbox.
    pub(super) settled: Vec<String>,
    pub(super) cases: Vec<Case>,
    pub(super) acknowledgements: Vec<Acknowledgement>,
    pub(super) receipts: Vec<Receipt>,
    pub(super) shown: Vec<Shown>,
    /// A case system that cannot always tell: then a person may have to look.
    pub(super) may_ask_a_person: bool,
}

/// What was counted on the way.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    /// What is wrong; nothing when all is well.
    pub(super) wrong: Vec<String>,
    /// Offered and confirmed, by door.
    pub(super) doors: BTreeMap<&'static str, (usize, usize)>,
    /// Notices that wait for a person.
    pub(super) with_a_person: usize,
    /// Unconfirmed ones that have a case all the same.
    pub(super) unconfirmed_with_case: usize,
    /// Acknowledgements that came more than once.
    pub(super) repeats: usize,
}

/// Judges.
pub(super) fn judge(world: &World) -> Verdict {
    let mut verdict = Verdict::default();
    let known = Known::of(world);
    for offer in &world.offers {
        judge_offer(world, &known, offer, &mut verdict);
    }
    judge_cases(world, &known, &mut verdict);
    judge_acknowledgements(world, &mut verdict);
    oracle_told::judge_receipts(world, &mut verdict);
    oracle_told::judge_confirmations(world, &mut verdict);
    if verdict.with_a_person * 2 > world.shown.len() {
        let people = format!("{} of {} notices", verdict.with_a_person, world.shown.len());
        verdict.wrong.push(format!("{people} are left to a person: that is no machine's work"));
    }
    verdict
}

/// The world by its keys.
struct Known<'w> {
    cases_by_mark: HashMap<&'w str, Vec<&'w Case>>,
    cases_by_reference: HashMap<&'w str, Vec<&'w Case>>,
    taken_by_reference: HashSet<&'w str>,
    replies: HashMap<&'w str, Vec<&'w Acknowledgement>>,
    receipts: HashMap<&'w str, Vec<&'w Receipt>>,
    states: HashMap<&'w str, &'w str>,
    settled: HashMap<&'w str, usize>,
}

impl<'w> Known<'w> {
    fn of(world: &'w World) -> Self {
        let marked = world.cases.iter().filter_map(|case| Some((case.mark.as_deref()?, case)));
        let to_senders = |mail: &&Acknowledgement| mail.taken && !oracle_told::is_statutory(mail);
        let taken = || world.acknowledgements.iter().filter(to_senders);
        let replies = taken().filter_map(|mail| Some((mail.in_reply_to.as_deref()?, mail)));
        let mut settled = HashMap::new();
        for mark in &world.settled {
            *settled.entry(mark.as_str()).or_default() += 1;
        }
        Self {
            cases_by_mark: grouped(marked),
            cases_by_reference: grouped(world.cases.iter().map(|case| (&*case.reference, case))),
            taken_by_reference: taken().map(|mail| mail.reference.as_str()).collect(),
            replies: grouped(replies),
            receipts: grouped(world.receipts.iter().map(|found| (found.mark.as_str(), found))),
            states: world.shown.iter().map(|shown| (&*shown.reference, &*shown.state)).collect(),
            settled,
        }
    }

    /// The reference its sender was told, by whatever way.
    fn told(&self, offer: &'w Offer) -> Option<&'w str> {
        match offer.door {
            Door::ApiOnce | Door::ApiUntilAnswered => offer.answered.as_deref(),
            Door::Folder | Door::Sftp => {
                self.receipts.get(offer.mark.as_str())?.first().map(|r| &*r.reference)
            }
            Door::Maildir | Door::Mailbox => {
                let id = message_id(&offer.mark);
                self.replies.get(id.as_str())?.first().map(|mail| mail.reference.as_str())
            }
        }
    }
}

fn grouped<'w, T>(pairs: impl Iterator<Item = (&'w str, &'w T)>) -> HashMap<&'w str, Vec<&'w T>> {
    let mut groups: HashMap<&str, Vec<&T>> = HashMap::new();
    for (key, value) in pairs {
        groups.entry(key).or_default().push(value);
    }
    groups
}

fn judge_offer<'w>(world: &World, known: &Known<'w>, offer: &'w Offer, verdict: &mut Verdict) {
    let mark = &offer.mark;
    let settled = known.settled.get(mark.as_str()).copied().unwrap_or_default();
    let (door, confirmed) = match offer.door {
        Door::ApiOnce => ("api once", offer.answered.is_some()),
        Door::ApiUntilAnswered => ("api repeating", offer.answered.is_some()),
        Door::Folder => ("folder", settled > 0),
        Door::Sftp => ("sftp", settled > 0),
        Door::Maildir => ("mail", settled > 0),
        Door::Mailbox => ("mailbox", settled > 0),
    };
    let counts = verdict.doors.entry(door).or_default();
    counts.0 += 1;
    counts.1 += usize::from(confirmed);
    let mut wrong = Vec::new();
    if let Some(refused) = &offer.refused {
        wrong.push(format!("refused: {refused}"));
    }
    if settled > 1 {
        wrong.push(format!("settled {settled} times"));
    }
    if confirmed {
        match known.told(offer) {
            Some(told) => judge_confirmed(world, known, (offer, told), &mut wrong),
            None => wrong.push("confirmed, but its sender was told no reference".to_owned()),
        }
    } else {
        let cases = known.cases_by_mark.get(mark.as_str()).map_or(0, Vec::len);
        verdict.unconfirmed_with_case += usize::from(cases > 0);
        if offer.door != Door::ApiOnce {
            wrong.push("never confirmed, however often it was offered".to_owned());
        }
        if cases > 1 {
            wrong.push(format!("unconfirmed, and {cases} cases"));
        }
    }
    verdict.wrong.extend(wrong.into_iter().map(|what| format!("{mark} ({door}): {what}")));
}

/// Exactly one case under the reference its sender was told, an end, and an acknowledgement.
fn judge_confirmed(
    world: &World,
    known: &Known<'_>,
    (offer, told): (&Offer, &str),
    wrong: &mut Vec<String>,
) {
    let mark = offer.mark.as_str();
    let marked = known.cases_by_mark.get(mark).map(Vec::as_slice).unwrap_or_default();
    let cases = match marked.len() {
        // A case that shows no mark counts by its reference.
        0 => known.cases_by_reference.get(told).map_or(0, Vec::len),
        marked => marked,
    };
    let state = known.states.get(told).copied();
    let person = world.may_ask_a_person && state.is_some_and(waits_for_a_person);
    if !(cases == 1 || (cases == 0 && person)) {
        wrong.push(format!("confirmed as {told}, and {cases} cases"));
    }
    if state != Some("delivered") && !person {
        wrong.push(format!("confirmed as {told}, shown as {state:?}"));
    }
    for case in marked.iter().filter(|case| case.reference != told) {
        wrong.push(format!("its sender was told {told}, its case bears {}", case.reference));
    }
    if !known.taken_by_reference.contains(told) {
        wrong.push(format!("confirmed as {told}, but no acknowledgement was taken"));
    }
    if offer.door.is_file() && known.receipts.get(mark).map_or(0, Vec::len) != 1 {
        wrong.push("a confirmed file has not exactly one receipt".to_owned());
    }
}

fn waits_for_a_person(state: &str) -> bool {
    matches!(state, "uncertain" | "needsReview")
}

/// Nothing that nobody offered, no reference twice, nothing half.
fn judge_cases(world: &World, known: &Known<'_>, verdict: &mut Verdict) {
    let offered: HashSet<&str> = world.offers.iter().map(|offer| offer.mark.as_str()).collect();
    for case in &world.cases {
        let reference = &case.reference;
        if case.mark.as_deref().is_some_and(|mark| !offered.contains(mark)) {
            verdict.wrong.push(format!("case {reference} was never offered"));
        }
        match known.states.get(reference.as_str()).copied() {
            None => verdict.wrong.push(format!("case {reference} is unknown to the gateway")),
            Some("delivered") if !case.whole => {
                verdict.wrong.push(format!("case {reference} lacks a part"));
            }
            Some(_) => {}
        }
    }
    for (reference, cases) in &known.cases_by_reference {
        if cases.len() > 1 {
            verdict.wrong.push(format!("{} cases bear {reference}", cases.len()));
        }
    }
    for Shown { reference, state, .. } in &world.shown {
        let cases = known.cases_by_reference.get(reference.as_str()).map_or(0, Vec::len);
        let waits = waits_for_a_person(state);
        verdict.with_a_person += usize::from(waits);
        if state == "delivered" && cases != 1 {
            verdict.wrong.push(format!("{reference} is shown as delivered, and {cases} cases"));
        } else if state != "delivered" && !(waits && world.may_ask_a_person) {
            verdict.wrong.push(format!("{reference} is shown as {state}"));
        }
    }
}

/// A repeat is the same mail: one Message-ID for a recipient and reference, one content for a Message-ID.
fn judge_acknowledgements(world: &World, verdict: &mut Verdict) {
    let mut contents: HashMap<&str, &[u8]> = HashMap::new();
    let mut ids: HashMap<(&str, &str), &str> = HashMap::new();
    for mail in &world.acknowledgements {
        let id = mail.message_id.as_str();
        match contents.insert(id, &mail.bytes) {
            Some(first) if first == mail.bytes => verdict.repeats += 1,
            Some(_) => verdict.wrong.push(format!("{id} was repeated with other bytes")),
            None => {}
        }
        let about = (mail.recipient.as_str(), mail.reference.as_str());
        if ids.insert(about, id).is_some_and(|first| first != id) {
            verdict.wrong.push(format!("{} was told twice under two Message-IDs", mail.reference));
        }
    }
}
