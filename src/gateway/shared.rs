//! What every stage needs to know, gathered once from the configuration.

use crate::acknowledge::Bilingual;
use crate::acknowledge::Contact;
use crate::case_system::CaseSystem;
use crate::clock::Clock;
use crate::config::Loaded;
use crate::config::Queue;
use crate::domain::caseworker::Caseworker;
use crate::gateway::LEASE;
use crate::http::urls::ApiRoot;
use crate::partners::proof::Prover;
use crate::pipeline::Caps;
use crate::pipeline::Shared;
use crate::pipeline::alarms;
use crate::pipeline::alarms::Gaps;
use crate::pipeline::direct::Lanes;
use crate::pipeline::letters::Office;
use crate::pipeline::letters::office::WhomToCall;
use crate::pipeline::responsible::OfOpenCase;
use crate::pipeline::responsible::OnDuty;
use crate::pipeline::responsible::Responsible;
use crate::pipeline::switches::Switches;
use crate::roster::Roster;
use crate::routing::profile::Profile;
use crate::seal::chest::Chest;
use crate::seal::chest::ChestError;
use crate::store::Instance;
use crate::store::JobKind;
use crate::store::Store;
use jiff::civil::Date;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

/// Gathers it.
pub(super) fn shared(
    loaded: &Loaded,
    (store, switches): (Store, Switches),
    instance: Instance,
    (clock, seal): (Clock, Chest),
) -> Shared {
    let profile = Arc::new(loaded.profile.clone());
    let of_board = Arc::clone(&profile);
    let queue_job = match loaded.config.queue {
        Queue::Embedded => JobKind::Deliver,
        Queue::Amqp(_) => JobKind::Publish,
    };
    let operations = &loaded.config.operations;
    let onward = (queue_job, operations.deliveries);
    Shared {
        partners: loaded.partners.clone(),
        prover: prover(&loaded.config.partners),
        scanner: crate::malware::Scanner::open(&loaded.config.malware),
        caps: Caps::default(),
        seal,
        switches,
        check_page: check_page(loaded),
        store,
        local_time: loaded.local_time.clone(),
        prefix: loaded.prefix.clone(),
        contacts: Arc::new(move |board| contact(&of_board, board)),
        profile,
        root: loaded.config.http.api_root(loaded.config.http.listen),
        acknowledge: Arc::new(loaded.config.acknowledge.clone()),
        limits: crate::normalize::Limits::default(),
        queue_job,
        lanes: Arc::new(Lanes::new(LEASE, operations.acknowledgements, onward)),
        instance,
        clock,
    }
}

/// Where a receipt is checked, as those outside reach it.
fn check_page(loaded: &Loaded) -> Option<String> {
    let url = loaded.config.http.public_url.as_ref()?;
    Some(ApiRoot::under(url.as_str()).check_page())
}

/// With what receipts are signed and coded. Where a folder of keys is configured, one of them must be in force.
pub(super) fn seal(loaded: &Loaded, clock: &Clock) -> Result<Chest, ChestError> {
    let chest = Chest::open(&loaded.config.seal)?;
    if let Some(ring) = chest.ring() {
        ring.current(clock.now())?;
    }
    Ok(chest)
}

/// Who is named as responsible: by the case system where it is asked, else by the duty roster of the moment.
pub(super) fn responsible(
    loaded: &Loaded,
    case_system: &Arc<dyn CaseSystem>,
    clock: &Clock,
) -> Responsible {
    let (book, local_time) = (loaded.roster.clone(), loaded.local_time.clone());
    let profile = loaded.profile.clone();
    let on_duty: OnDuty = Arc::new(move |unit, at| {
        let name = profile.unit(unit).map_or(unit, |unit| unit.name.as_str());
        book.caseworker((unit, name), at, &local_time)
    });
    let (book, profile) = (loaded.roster.clone(), loaded.profile.clone());
    let of_open_case: OfOpenCase = Arc::new(move |case, unit, day| {
        let name = profile.unit(unit).map_or(unit, |unit| unit.name.as_str());
        let told = (case.name.as_str(), case.telephone.as_deref(), case.unit.as_deref());
        book.of_open_case(told, (unit, name), day)
    });
    let asks = loaded.config.roster.open_case;
    let asking = asks.then(|| (Arc::clone(case_system), of_open_case));
    Responsible::new(on_duty, asking, clock.clone())
}

/// All that letters to persons need: for the gateway, and for whoever approves one at the shell.
pub fn letter_office(
    loaded: &Loaded,
    case_system: &Arc<dyn CaseSystem>,
    clock: &Clock,
) -> anyhow::Result<Office> {
    let config = (&loaded.config.letter, loaded.config.municipality.code.as_str());
    Office::open(config, case_system, clock, whom_to_call(loaded))
        .map_err(|(key, why)| anyhow::anyhow!("{key}: {why}"))
}

/// Whom a letter that offers help says to call: the unit's desk by the roster of the moment, else who is on duty there, else the municipality's contact.
fn whom_to_call(loaded: &Loaded) -> WhomToCall {
    let (book, local_time) = (loaded.roster.clone(), loaded.local_time.clone());
    let profile = loaded.profile.clone();
    Arc::new(move |unit, contact, at| {
        let name = profile.unit(unit).map_or(contact.board.as_str(), |unit| unit.name.as_str());
        let roster = book.now();
        let desk = roster.desk(unit).map(|desk| desk.telephone.trim().to_owned());
        let of_desk = desk.filter(|telephone| !telephone.is_empty());
        let on_duty = || book.caseworker((unit, name), at, &local_time);
        let by_name = |telephone: String, because: &str| Caseworker {
            id: unit.to_owned(),
            name: name.to_owned(),
            unit: name.to_owned(),
            telephone,
            because: because.to_owned(),
        };
        match of_desk {
            Some(telephone) => by_name(telephone, "desk"),
            None => on_duty()
                .filter(|named| !named.telephone.trim().is_empty())
                .unwrap_or_else(|| by_name(contact.telephone.clone(), "contact")),
        }
    })
}

/// Whom to warn and when: of letters, also before the day's post is gone.
pub(super) fn alarms(loaded: &Loaded) -> alarms::Config {
    let (config, letter) = (&loaded.config.alarms, &loaded.config.letter);
    alarms::Config { post: (letter.cutoffs.clone(), letter.warn_before), ..config.clone() }
}

/// How many days ahead holes in the roster are warned of.
const AHEAD_DAYS: u16 = 14;

/// The gaps of a roster as they were reckoned on a day.
type Reckoned = (Arc<Roster>, Date, (usize, usize));

/// Where nobody will be on duty, and where nobody at all could be named; none without a roster.
pub(super) fn gaps(loaded: &Loaded) -> Gaps {
    let (book, local_time) = (loaded.roster.clone(), loaded.local_time.clone());
    let units: Vec<String> = loaded.profile.units.iter().map(|unit| unit.id.clone()).collect();
    // They change with the day and with the roster only.
    let known: Mutex<Option<Reckoned>> = Mutex::default();
    Arc::new(move |at| {
        if !book.is_kept() {
            return (0, 0);
        }
        let (roster, from) = (book.now(), local_time.day_of(at));
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, on, gaps)) = known.as_ref()
            && Arc::ptr_eq(of, &roster)
            && *on == from
        {
            return *gaps;
        }
        let units: Vec<&str> = units.iter().map(String::as_str).collect();
        let holes = roster.holes(&units, from, AHEAD_DAYS).len();
        let gaps = (holes, roster.unnamed(&units, from, AHEAD_DAYS).len());
        *known = Some((roster, from, gaps));
        gaps
    })
}

/// Without a name service mails are received all the same; none of them counts as proven then, and `check` says so.
fn prover(config: &crate::partners::Config) -> Option<Prover> {
    let opened = config.proof.then(|| Prover::open(config))?;
    opened
        .inspect_err(|error| {
            let error: &(dyn std::error::Error + 'static) = error;
            tracing::error!(error, "no mail will count as proven");
        })
        .ok()
}

/// Whom senders to a board may ask; the first board when none is named.
pub fn contact(profile: &Profile, board: &str) -> Contact {
    let board = profile.board(board).or_else(|| profile.boards.first());
    Contact {
        organisation: Bilingual {
            sv: profile.contact.organisation_sv.clone(),
            en: profile.contact.organisation_en.clone(),
        },
        board: board.map(|board| board.name.clone()).unwrap_or_default(),
        telephone: profile.contact.telephone.clone(),
        email: profile.contact.email.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::gaps;
    use crate::config;
    use std::path::Path;

    /// Anna is on duty in every unit of Malmö's on working days, and away from Monday 6 November 2028 on; nobody stands in.
    fn roster() -> String {
        let person = "[[persons]]\nid = \"aa01\"\nname = \"Anna Exempel\"\ntelephone = \"040-00 00 01\"\nmail = \"anna@kommun.example\"\n";
        let units = ["boende-mottagning", "barn-och-familj", "ekonomiskt-bistand"].map(|unit| {
            format!(
                "[[units]]\nid = \"{unit}\"\ntelephone = \"040-00 00 10\"\n[[duties]]\nunit = \"{unit}\"\nperson = \"aa01\"\nfrom = \"08:00\"\nto = \"16:30\"\n"
            )
        });
        let away =
            "[[absences]]\nperson = \"aa01\"\nfirst = \"2028-11-06\"\nlast = \"2028-11-10\"\n";
        [person.to_owned(), units.concat(), away.to_owned()].concat()
    }

    fn configuration(folder: &Path) -> String {
        let shown = |part: &str| folder.join(part).display().to_string();
        format!(
            "[store]\nurl = \"sqlite:{}\"\n[acknowledge]\nfrom = {{ address = \"a@kommun.example\" }}\n[roster]\nfile = {:?}\n[case_system]\nkind = \"memory\"\nfolder = {:?}\n",
            shown("kvittens.db"),
            shown("roster.toml"),
            shown("cases")
        )
    }

    #[test]
    fn a_hole_is_told_of_fourteen_days_ahead_and_no_earlier() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("roster.toml"), roster()).unwrap();
        let file = folder.path().join("kvittens.toml");
        std::fs::write(&file, configuration(folder.path())).unwrap();
        let gaps = gaps(&config::load(Some(&file)).expect("a configuration"));
        let (holes, _) = gaps("2028-10-22T10:00:00Z".parse().unwrap());
        assert_eq!(holes, 0, "fifteen days ahead");
        // The days from Tuesday 24 October on, fourteen of them, reach Monday 6 November.
        let (holes, _) = gaps("2028-10-24T10:00:00Z".parse().unwrap());
        assert_eq!(holes, 3, "one in each unit");
        let (holes, _) = gaps("2028-11-13T10:00:00Z".parse().unwrap());
        assert_eq!(holes, 0, "over");
    }
}
