//! What was gathered of one household, weighed: the kind that its words name, the sum that is to be paid, the home, the hour, the number of the matter.

use super::super::kinds;
use super::super::record::Place;
use super::super::record::Record;
use super::super::row;
use super::atoms::pieces;
use super::gather::Gather;
use super::gather::Said;
use crate::domain::finding::Severity;
use crate::domain::notice::NoticeType;

/// The sum to pay.
const SUM: &str = "arrears.amountToRecover";

/// Words of codes that kinds are not told by elsewhere, in full.
const CODES: &[(&str, &str)] = &[
    ("obet", "obetald"),
    ("delinquent", "arrears"),
    ("delinquency", "arrears"),
    ("overdue", "arrears"),
    ("default", "arrears"),
    ("cleared", "withdrawn"),
    ("settled", "withdrawn"),
    ("resolved", "withdrawn"),
    ("revoked", "withdrawn"),
    ("retracted", "withdrawn"),
    ("atertas", "aterkallas"),
    ("atertagen", "aterkallad"),
    ("aterta", "aterkallad"),
    ("atertagande", "aterkallelse"),
    ("amended", "supplement"),
    ("correction", "supplement"),
    ("corrected", "supplement"),
    ("updated", "supplement"),
    ("komplettera", "komplettering"),
    ("komplettering", "komplettering"),
    ("kompletterar", "komplettering"),
    ("avh", "avhysning"),
    ("ans", "ansokan"),
    ("nytid", "ny tid"),
    ("avl", "avlagsnande"),
    ("unauthorised", "sublet"),
    ("subletting", "sublet"),
    ("avhysningsmal", "avhysning"),
    ("stor", "storning"),
    ("storn", "storning"),
];

impl Gather<'_> {
    /// What stands around, where the household's own part is silent.
    pub(super) fn complete(&mut self, outer: Gather<'_>, name: &str) {
        let outer_people = outer.people > 0 && self.people == 0 && !self.record.any("persons.");
        for told in outer.record.values() {
            let person = told.path.starts_with("persons.");
            let home = told.path.starts_with("dwelling.") && self.record.any("dwelling.street");
            let month = told.path.starts_with("arrears.periods.") && self.record.periods > 0;
            if (person && !outer_people) || home || month {
                continue;
            }
            self.record.put(&told.path, &told.text, &told.from, told.sure);
        }
        if self.record.periods == 0 {
            self.record.periods = outer.record.periods;
        }
        if self.sums.is_empty() {
            self.sums = outer.sums;
        }
        self.references.extend(
            outer.references.into_iter().map(|(rank, text, from)| (rank.min(1), text, from)),
        );
        let words = pieces(name).join(" ");
        let from = Place { source: self.source.clone(), quote: name.to_owned() };
        self.kinds.push(Said { rank: 0, text: words, from });
        self.kinds
            .extend(outer.kinds.into_iter().map(|said| Said { rank: said.rank.min(1), ..said }));
        for (own, outer) in self.hours.iter_mut().zip(outer.hours) {
            if own.day.is_none() {
                *own = outer;
            }
        }
    }

    /// The record of it.
    pub(super) fn finished(mut self) -> Record {
        self.weigh_kind();
        self.kind_of_cut();
        self.weigh_sums();
        self.put_hours();
        let home = self.record.any("dwelling.street") || self.record.any("dwelling.city");
        if !home {
            for told in self.mailed.values() {
                self.record.put(&told.path, &told.text, &told.from, told.sure.min(0.97));
            }
        }
        self.references.sort_by_key(|(rank, _, _)| std::cmp::Reverse(*rank));
        let case = self.record.get("enforcement.caseNumber").map(str::to_owned);
        let own = self.references.iter().find(|(_, text, _)| Some(text) != case.as_ref());
        if let Some((rank, text, from)) = own.filter(|(rank, _, _)| *rank > 1 || case.is_none()) {
            let sure = if *rank > 1 { 0.97 } else { 0.9 };
            self.record.put("sender.reference", &text.clone(), &from.clone(), sure);
        }
        let served: Vec<String> = (0..4)
            .filter_map(|at| self.record.get(&format!("persons.{at}.servedOn")).map(str::to_owned))
            .collect();
        if served.windows(2).any(|days| days[0] != days[1]) {
            self.record.take("servedOn");
        }
        row::put_names_together(&mut self.record);
        row::put_street_together(&mut self.record);
        let removal = matches!(
            self.record.kind,
            Some((NoticeType::RemovalApplication | NoticeType::RemovalScheduled, _, _))
        );
        if removal
            && let Some(told) = self
                .record
                .told("persons.0.name")
                .or(self.record.told("persons.0.identity.value"))
                .cloned()
        {
            self.record.put("persons.0.role", "occupant", &told.from, 0.96);
        }
        self.record
    }

    /// The kind: what the event is called, else its code, its reason, its statute, its words.
    fn weigh_kind(&mut self) {
        let mut said = std::mem::take(&mut self.kinds);
        said.sort_by_key(|said| std::cmp::Reverse(said.rank));
        let told: Vec<(u8, NoticeType, f64, Place)> = said
            .iter()
            .filter(|said| said.text.chars().count() < 200)
            .filter_map(|said| {
                let words = in_full(&said.text);
                let (kind, sure) = kinds::of_words(&words)?;
                Some((said.rank, kind, sure, said.from.clone()))
            })
            .collect();
        let over =
            |kind: &NoticeType| matches!(kind, NoticeType::Withdrawal | NoticeType::Supplement);
        // What takes back or adds to a matter names the matter, too.
        let first = told.iter().find(|it| it.0 >= 2 && over(&it.1)).or(told.first());
        let Some((rank, kind, sure, from)) = first.cloned() else { return };
        let differs =
            told.iter().any(|it| it.0 >= 2 && it.1 != kind && !over(&kind) && !near(it.1, kind));
        let sure = match (differs, rank) {
            (true, _) => sure.min(0.9),
            (false, 0) => sure.min(0.94),
            (false, _) => sure,
        };
        if kind == NoticeType::EvictionChanged
            && let Some(outcome) = outcome(&said)
        {
            self.record.put("enforcement.outcome", outcome, &from, sure);
        }
        if kind == NoticeType::EvictionExecuted {
            self.record.put("enforcement.outcome", "executed", &from, sure);
        }
        self.record.kind = Some((kind, sure, from));
    }

    /// What is cut off is electricity or heat.
    fn kind_of_cut(&mut self) {
        let cut = self.record.told("disconnectAfter").cloned();
        let debt =
            |kind: &NoticeType| matches!(kind, NoticeType::RentArrears | NoticeType::Unknown);
        if let Some(told) = cut.filter(|_| self.record.kind.as_ref().is_none_or(|it| debt(&it.0))) {
            self.record.kind = Some((NoticeType::ElectricityDebt, 0.96, told.from));
        }
    }

    /// What is to be paid: the sum that is called so before any other; two that are called alike are for a person.
    fn weigh_sums(&mut self) {
        let best = self.sums.iter().map(|(rank, _, _)| *rank).max();
        let mut sums = self.sums.iter().filter(|(rank, _, _)| Some(*rank) == best);
        if let Some((_, text, from)) = sums.next() {
            let differ = sums.any(|(_, other, _)| other != text);
            self.record.put(SUM, text, from, if differ { 0.8 } else { 0.97 });
            if differ {
                let finding = (
                    Severity::Warning,
                    "arrears",
                    "contradiction",
                    "/arrears/amountToRecover".to_owned(),
                );
                self.record.findings.push(finding);
            }
        }
        let columns = super::super::columns::Columns { monthly: true, ..Default::default() };
        if self.record.periods > 0 {
            row::settle(&mut self.record, &columns);
        }
    }

    fn put_hours(&mut self) {
        let moved = self
            .record
            .kind
            .as_ref()
            .is_some_and(|(kind, _, _)| *kind == NoticeType::EvictionChanged);
        for (at, field) in
            ["enforcement.startsAt", "enforcement.noLongerAt"].into_iter().enumerate()
        {
            let hour = std::mem::take(&mut self.hours[at]);
            let Some((day, from)) = hour.day else { continue };
            let text = match &hour.clock {
                Some(clock) => format!("{day} kl. {clock}"),
                None => day.to_string(),
            };
            let field = if moved { "enforcement.noLongerAt" } else { field };
            self.put(field, "", &text, &from);
        }
    }
}

/// What became of it: who called it off tells more than that it was.
fn outcome(said: &[Said]) -> Option<&'static str> {
    let told: Vec<&str> = said.iter().filter_map(|said| kinds::outcome(&said.text)).collect();
    ["withdrawn", "postponed", "cancelled"].into_iter().find(|one| told.contains(one))
}

/// A new time is a time: both are of one hearing.
fn near(one: NoticeType, other: NoticeType) -> bool {
    let eviction = |kind: NoticeType| {
        matches!(
            kind,
            NoticeType::EvictionScheduled
                | NoticeType::EvictionApplication
                | NoticeType::EvictionChanged
                | NoticeType::EvictionExecuted
        )
    };
    let debt = |kind: NoticeType| {
        matches!(
            kind,
            NoticeType::RentArrears
                | NoticeType::TenantOwnedArrears
                | NoticeType::RentTerminationCopy
        )
    };
    let case = |kind: NoticeType| {
        matches!(
            kind,
            NoticeType::EvictionScheduled
                | NoticeType::EvictionChanged
                | NoticeType::RemovalScheduled
                | NoticeType::EvictionApplication
                | NoticeType::RemovalApplication
                | NoticeType::EvictionExecuted
        )
    };
    // The reason of an eviction is a debt.
    (eviction(one) && eviction(other)) || (debt(one) && case(other))
}

/// The words of a code in full.
fn in_full(text: &str) -> String {
    let words = text.split([' ', '_']).map(|word| {
        let folded = crate::domain::labels::folded(word);
        CODES.iter().find(|(code, _)| *code == folded).map_or(word, |(_, full)| full)
    });
    words.collect::<Vec<_>>().join(" ")
}
