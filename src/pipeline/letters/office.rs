//! What letters to persons need, and by which way a copy goes: first, and after a way has failed for good.

use crate::acknowledge::Contact;
use crate::acknowledge::letter_service::LetterService;
use crate::case_system::CaseSystem;
use crate::domain::acknowledgement::Way;
use crate::domain::calendar::LocalTime;
use crate::domain::caseworker::Caseworker;
use crate::domain::switch::Switch;
use crate::pipeline::letters::config::Config;
use crate::pipeline::letters::config::LetterWay;
use crate::pipeline::letters::cutoffs::Cutoffs;
use crate::pipeline::letters::protection::Sources;
use crate::pipeline::switches::Switches;
use jiff::Timestamp;
use serde::Deserialize;
use std::sync::Arc;

/// Who is to be called at a unit (its id), as a letter that offers help says it: the roster's desk of the moment, else who is on duty, else the contact.
pub type WhomToCall = Arc<dyn Fn(&str, &Contact, Timestamp) -> Caseworker + Send + Sync>;

/// All that letters need.
pub struct Office {
    /// `[letter]`.
    pub config: Config,
    /// Who is asked about protected identity.
    pub sources: Sources,
    /// The letter service, where one is configured.
    pub service: Option<LetterService>,
    /// Whom letters that offer help say to call.
    pub call: WhomToCall,
}

/// What ways' addresses have in common.
#[derive(Deserialize)]
struct Tried {
    #[serde(default)]
    tried: Vec<Way>,
}

impl Office {
    /// From the configuration; `municipality` is its code.
    ///
    /// # Errors
    /// The key at fault and why, when the letter service's secrets or certificates cannot be read.
    pub fn open(
        (config, municipality): (&Config, &str),
        case_system: &Arc<dyn CaseSystem>,
        clock: &crate::clock::Clock,
        call: WhomToCall,
    ) -> Result<Self, (String, String)> {
        let service = config.service.as_ref().map(|keys| LetterService::open(keys, municipality));
        let service =
            service.transpose().map_err(|(key, why)| (format!("letter.service.{key}"), why))?;
        let sources = Sources::of(config, case_system, clock);
        Ok(Self { config: config.clone(), sources, service, call })
    }

    /// When the day's post is gone.
    pub fn cutoffs<'a>(&'a self, local_time: &'a LocalTime) -> Cutoffs<'a> {
        Cutoffs { times: &self.config.cutoffs, local_time }
    }

    /// By which way a copy goes first: as configured, but not into a print folder that misses the day's post while another way is named. A way that is
    /// switched on goes before one in a dry run, and that before one that is off. `taken`: ways that have delivered a part of it.
    pub fn first_way(
        &self,
        (now, local_time): (Timestamp, &LocalTime),
        switches: &Switches,
        taken: &[Way],
    ) -> Option<LetterWay> {
        let late = self.cutoffs(local_time).is_late(now);
        let mut ways = self.config.ways();
        ways.retain(|way| !taken.contains(&way.way()));
        let set_to = |to: Switch| {
            let so = |way: &&LetterWay| switches.of(way.way()) == to;
            let in_time = |way: &&LetterWay| match way {
                LetterWay::Print => !late,
                LetterWay::Service => true,
            };
            let first = ways.iter().filter(so).find(in_time);
            first.or_else(|| ways.iter().find(so)).copied()
        };
        let on_or_dry = || set_to(Switch::On).or_else(|| set_to(Switch::DryRun));
        on_or_dry().or_else(|| set_to(Switch::Off))
    }

    /// The way that follows those that have failed; none that is off.
    pub fn next_way(
        &self,
        failed: Way,
        address: Option<&str>,
        switches: &Switches,
    ) -> Option<LetterWay> {
        let tried = tried(failed, address);
        let left = || self.config.ways().into_iter().filter(|way| !tried.contains(&way.way()));
        let set_to = |to: Switch| left().find(|way| switches.of(way.way()) == to);
        set_to(Switch::On).or_else(|| set_to(Switch::DryRun))
    }
}

/// The ways that have failed for a copy, as its address tells.
pub(super) fn tried(failed: Way, address: Option<&str>) -> Vec<Way> {
    let before = address.and_then(|address| serde_json::from_str::<Tried>(address).ok());
    let mut tried = before.map(|before| before.tried).unwrap_or_default();
    tried.push(failed);
    tried
}

#[cfg(test)]
mod tests {
    use super::Office;
    use crate::acknowledge::Contact;
    use crate::domain::acknowledgement::Way;
    use crate::domain::calendar::LocalTime;
    use crate::domain::switch::Switch;
    use crate::pipeline::letters::config::Config;
    use crate::pipeline::letters::config::LetterWay;
    use crate::pipeline::letters::protection::Sources;
    use crate::pipeline::switches::Switches;
    use std::sync::Arc;

    fn office(late: bool) -> Office {
        let cutoffs = if late { "cutoffs = [\"00:00\"]" } else { "" };
        let config = format!("ways = [\"print\", \"service\"]\nprint_folder = \"p\"\n{cutoffs}");
        let config: Config = toml::from_str(&config).unwrap();
        let call = Arc::new(|_: &str, _: &Contact, _| unreachable!());
        Office { config, sources: Sources::from(Vec::new()), service: None, call }
    }

    #[test]
    fn what_is_on_goes_before_a_dry_run_and_that_before_what_is_off() {
        use LetterWay::Print;
        use LetterWay::Service;
        use Switch::DryRun;
        use Switch::Off;
        use Switch::On;
        let local_time = LocalTime::named("Europe/Stockholm").unwrap();
        let now = "2026-11-24T12:00:00Z".parse().unwrap();
        for (print, service, first, first_late, after_print) in [
            (On, On, Print, Service, Some(Service)),
            (DryRun, On, Service, Service, Some(Service)),
            (On, DryRun, Print, Print, Some(Service)),
            (Off, DryRun, Service, Service, Some(Service)),
            (DryRun, Off, Print, Print, None),
            (On, Off, Print, Print, None),
            (Off, Off, Print, Service, None),
            (DryRun, DryRun, Print, Service, Some(Service)),
        ] {
            let switches = Switches::from_iter([(Way::Print, print), (Way::Service, service)]);
            let what = format!("print {print:?}, service {service:?}");
            let chosen = |late| office(late).first_way((now, &local_time), &switches, &[]);
            assert_eq!(chosen(false), Some(first), "{what}");
            assert_eq!(chosen(true), Some(first_late), "{what}, after the last cut-off");
            assert_eq!(office(false).next_way(Way::Print, None, &switches), after_print, "{what}");
            let rest = office(false).first_way((now, &local_time), &switches, &[Way::Print]);
            assert_eq!(rest, Some(Service), "{what}, after a part went by print");
        }
    }
}
