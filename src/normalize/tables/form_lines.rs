//! Lines of label and value in a text, as a form: one record for each household that they tell of.

use super::super::Context;
use super::super::prose::pattern::pattern;
use super::cards;
use super::form_debts;
use super::form_whose::begins_another;
use super::form_whose::of_the_last_named;
use super::inferred;
use super::lines;
use super::names;
use super::nobody;
use super::record::Place;
use super::record::Record;
use super::tell::tell;
use super::vocabulary;
use crate::domain::document::Cell;
use crate::domain::labels::folded;
use jiff::civil::Date;

/// The forms that lines of label and value in a text are, one for each household, and the text without them; `None` where there are too few lines
/// to be a form.
pub(super) fn of_lines(
    text: &str,
    source: &str,
    context: &Context<'_>,
) -> Option<(Vec<Record>, String)> {
    let read = Read::of(text, source, false, context)?;
    // Colons stand in letters, too: those go the way of free text, which knows whose an address is.
    let (strict, told) = (read.strict_labels, read.labels);
    let form = strict >= 4 && told >= 3 || strict >= 3 && told >= 4;
    form.then(|| (households(read.records, context), read.rest))
}

/// The form that lines behind colons are, where there are enough of them and they tell of one household. It adds to what the text is read as, for a
/// letter's lines may tell of its writer as well.
pub(super) fn of_colons(text: &str, source: &str, context: &Context<'_>) -> Option<Record> {
    if text.len() > LETTER_BYTES {
        return None;
    }
    let read = Read::of(text, source, true, context)?;
    let enough = read.labels >= 4 && read.strict_labels < 4;
    let mut forms = if enough { households(read.records, context) } else { Vec::new() };
    let mut form = forms.pop().filter(|_| forms.is_empty())?;
    form.adds = true;
    // What stands behind `Svarande:`, and below it up to another party, is nobody else's.
    let party = form.told("persons.0.name").is_some_and(|it| PARTY.is_in(&it.from.quote));
    let anybodys: &[_] = if party { &[] } else { &["persons.", "dwelling."] };
    for whose in anybodys.iter().chain(&["sender.", "landlord."]) {
        form.doubt(whose, THIN);
    }
    form.doubt("", FAIR);
    // What the letter is about, its sentences tell; so do they what a word beside a colon says of children.
    form.kind = None;
    form.remarks.clear();
    Some(form)
}

pattern!(
    PARTY,
    r"(?i)^(?:svarande|gäldenär|hyresgäst|bostadsrättshavare|motpart)(?:en)?(?: ?\d)?:"
);

/// A longer text is no letter with some lines of a form. Bytes.
const LETTER_BYTES: usize = 50_000;
/// So sure is a value at most that stands behind a colon and may be the writer's.
const THIN: f64 = 0.93;
/// So sure is any other behind a colon.
const FAIR: f64 = 0.96;

/// What was read of the lines of a text.
struct Read {
    records: Vec<Record>,
    /// The lines that are none of a form.
    rest: String,
    /// Values that were told.
    labels: usize,
    /// Labels that no letter has by chance.
    strict_labels: usize,
    /// What comes is told of the landlord, below its heading.
    theirs: bool,
    /// What comes may be the address of the party just named.
    beside_party: bool,
    /// The line before named somebody in a cell of its own.
    named: bool,
}

impl Read {
    fn of(text: &str, source: &str, colons: bool, context: &Context<'_>) -> Option<Self> {
        let mut read = Self {
            records: vec![Record::default()],
            rest: String::with_capacity(text.len()),
            labels: 0,
            strict_labels: 0,
            theirs: false,
            beside_party: false,
            named: false,
        };
        let text = form_debts::joined(text);
        for line in text.lines().flat_map(lines::spread) {
            let people = read.people();
            if !(read.named && read.names_another(&line, source, context)) {
                read.line(line.as_ref(), source, colons, context)?;
                read.named = line.contains('\t') && read.people() > people;
            }
        }
        Some(read)
    }

    fn people(&self) -> usize {
        self.records.last().map_or(0, Record::free_person)
    }

    /// `Hyresgäster | Testa Ek, 850101-2382`, and below it in the same cell `Låtsa Ek, 850101-2390`.
    fn names_another(&mut self, line: &str, source: &str, context: &Context<'_>) -> bool {
        let people = names::people(line, false);
        let [names::Named { name: Some(name), number: Some(_) }] = people.as_slice() else {
            return false;
        };
        if line.contains(['\t', ':']) || line.len() > 90 || !name.contains(' ') {
            return false;
        }
        let Some(record) = self.records.last_mut() else { return false };
        let field = format!("persons.{}.name", record.free_person());
        let from = Place { source: source.to_owned(), quote: line.trim().to_owned() };
        tell(record, &field, "", &Cell::text(line.trim()), &from, context)
    }

    /// Whether what comes is the landlord's or the writer's own, as a line without a value says.
    fn heading(&mut self, line: &str, context: &Context<'_>) {
        let heading = cards::without_number(line);
        if cards::is_writers(heading) {
            self.theirs = true;
        } else if cards::is_label(heading) {
            let field = vocabulary::named(heading, context.labels);
            self.theirs = field.is_some_and(|field| cards::is_senders(&field));
        }
    }

    fn line(
        &mut self,
        line: &str,
        source: &str,
        colons: bool,
        context: &Context<'_>,
    ) -> Option<()> {
        let on = context.local_time.day_of(context.received_at);
        let record = self.records.last_mut()?;
        let label_first = |value: &str| value.split('\t').next().is_some_and(cards::is_label);
        let pair = lines::pair(line).filter(|it| !label_first(&it.1));
        // No person writes `TenantName: …`.
        let pair = pair.map(|(label, value, strict)| {
            let strict = strict || inferred::is_key(&label);
            (label, value, strict)
        });
        let Some((label, value, strict)) = pair else {
            self.heading(line, context);
            self.rest.extend([line, "\n"]);
            return Some(());
        };
        if strict && form_debts::debt(record, &label, &value, source, on) {
            self.strict_labels += 1;
            return Some(());
        }
        if form_debts::months(record, &label, &value, source, on) {
            self.strict_labels += usize::from(strict);
            self.labels += 1;
            return Some(());
        }
        // `Dag` below a case of Kronofogden's is the eviction's.
        let set = folded(&label) == "dag" && record.any("enforcement.caseNumber");
        let set = set.then(|| "enforcement.startsAt".to_owned());
        let foreseen = set
            .or_else(|| vocabulary::named(&label, context.labels))
            .or_else(|| super::columns::month_named(&label, on));
        // What nobody foresaw makes no form of a letter, unless a program wrote it.
        let counts = foreseen.is_some() || inferred::is_key(&label);
        let named = foreseen.or_else(|| inferred::field(&label, &value, on));
        let Some(field) = named.filter(|field| field != vocabulary::IGNORED) else {
            // Sentences in a box are read as such, whatever its label.
            if !strict || value.split_whitespace().count() >= 5 || cards::tells_in_words(&label) {
                self.rest.extend([line, "\n"]);
            }
            return Some(());
        };
        self.strict_labels += usize::from(strict && counts);
        if value.is_empty() {
            self.theirs = cards::is_senders(&field);
            return Some(());
        }
        // What stands below the heading `Hyresvärd` is the landlord's, up to what no landlord has.
        self.theirs &= cards::is_anybodys(&field) || field.starts_with("sender.");
        self.beside_party &= cards::is_anybodys(&field) && field != "persons.0.name";
        let senders = field.starts_with("sender.");
        if (self.theirs && field != "persons.0.name" && !senders) || (colons && self.beside_party) {
            return Some(());
        }
        // A firm below `Namn` is who writes, not who lives there.
        let firm =
            field == "persons.0.name" && folded(&label) == "namn" && nobody::is_company(&value);
        let field =
            if (self.theirs && !senders) || firm { "landlord.name".to_owned() } else { field };
        self.beside_party |= cards::is_senders(&field);
        // What a form asks first may be answered in a sentence.
        let said = field == "type" && value.split_whitespace().count() >= 4;
        if said || told_twice(&field, &value, on) || cards::is_of_words(&field, &value) {
            self.rest.extend([label.as_str(), ": ", value.as_str(), "\n"]);
        }
        let labels = self.labels;
        self.put((&label, &value), field, source, context);
        self.labels = if counts { self.labels } else { labels };
        Some(())
    }

    fn put(
        &mut self,
        (label, value): (&str, &str),
        field: String,
        source: &str,
        context: &Context<'_>,
    ) {
        let many = self.records.len() >= FORMS_MAX;
        let Some(record) = self.records.last_mut() else { return };
        let field = of_the_next(record, of_the_last_named(record, field));
        // `Medlem: Testa Ek` and again `Medlem: Låtsa Ek` before anything else is told: two of one household.
        let field = match field.as_str() {
            "persons.0.name" if record.only_people() && begins_another(record, &field, value) => {
                format!("persons.{}.name", record.free_person())
            }
            _ => field,
        };
        let from = Place { source: source.to_owned(), quote: format!("{label}: {value}") };
        let put = |record: &mut Record| {
            usize::from(tell(record, &field, label, &Cell::text(value), &from, context))
        };
        if !many && begins_another(record, &field, value) {
            let mut another = Record::default();
            self.labels += put(&mut another);
            self.records.push(another);
            return;
        }
        form_debts::prefer_whole(record, &field, label, value);
        self.labels += put(record);
    }
}

/// The forms that tell of a household.
fn households(records: Vec<Record>, context: &Context<'_>) -> Vec<Record> {
    let mut all = records.into_iter();
    let mut forms: Vec<Record> = all.next().into_iter().collect();
    // A name by itself is a contact's; a household has a number, a home or a debt as well.
    forms.extend(all.filter(|it| {
        it.any("dwelling.street") || it.any("persons.0.identity") || it.any("arrears.")
    }));
    for form in &mut forms {
        super::row::put_names_together(form);
        super::row::put_street_together(form);
        // A letter's own day is not that of the hour.
        if form.any("enforcement.startsAt") {
            super::row::put_hour(form, context);
        }
        if form.periods == 0 && form.any("arrears.periods.0.") {
            form.periods = 1;
        }
    }
    forms
}

/// Whether a value says more than its label has place for: two days in one line.
fn told_twice(field: &str, value: &str, on: Date) -> bool {
    matches!(field, "terminatedOn" | "servedOn") && super::owed::days(value, on).len() > 1
}

/// A second day on which something was due is that of the next month.
pub(super) fn of_the_next(record: &Record, field: String) -> String {
    if field != "arrears.periods.0.dueOn" {
        return field;
    }
    let path = |at: usize| format!("arrears.periods.{at}.dueOn");
    let free = (0..record.periods.max(1)).map(path).find(|path| record.get(path).is_none());
    free.unwrap_or(field)
}

/// So many households' forms in one text are kept apart.
const FORMS_MAX: usize = 100;
