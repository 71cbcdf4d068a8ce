//! Looking into the folder: everything that is there and not settled, whatever flags people have set.

use super::Config;
use super::config::After;
use super::error::MailboxError;
use super::imap::Fetched;
use super::imap::ImapError;
use super::imap::Selected;
use super::imap::Session;
use super::imap::folder_name;
use super::keeper::Keeper;
use super::occurrence::Part;
use super::pile::Facts;
use super::serve::Work;
use super::settle::Aim;
use crate::intake::trouble::pause;
use crate::telemetry;
use std::collections::HashSet;
use std::time::Duration;
use tokio::time::Instant;
use tracing::warn;

/// About how many mails the server and the store are asked at once.
pub(super) const ASKED: usize = 256;

/// The folders of a session by their names on the wire, and how mails in them are marked.
pub(super) struct Folders {
    read: String,
    pub(super) selected: Selected,
    pub(super) done: String,
    pub(super) failed: String,
    /// The server lists what bears our keyword apart from the rest, so that it need not be listed again.
    pub(super) keyword_lasts: bool,
}

impl Folders {
    pub(super) async fn open(
        session: &mut Session,
        config: &Config,
        folder: &str,
    ) -> Result<Self, ImapError> {
        let separator = session.separator().await?;
        let name = |folder: &str| on_the_wire(folder, separator);
        let (done, failed) = (name(&config.done_folder), name(&config.failed_folder));
        let read = name(folder);
        let selected = session.select(&read).await?;
        let lasts = |flag: &str| {
            selected.lasting_flags.as_ref().is_none_or(|flags| {
                flags.iter().any(|lasting| lasting == "\\*" || lasting.eq_ignore_ascii_case(flag))
            })
        };
        let keyword = config.after == After::Flag && !config.flag.starts_with('\\');
        let keyword_lasts = keyword && lasts(&config.flag);
        if keyword && !keyword_lasts {
            let door = config.door();
            warn!(
                door,
                "the mail server keeps no keywords: which mails are stored is known to the store alone"
            );
        }
        Ok(Self { read, selected, done, failed, keyword_lasts })
    }
}

/// A folder's name as the server wants it; `/` stands for the server's own separator.
pub(super) fn on_the_wire(folder: &str, separator: Option<char>) -> String {
    let name = match separator.filter(|separator| *separator != '/') {
        Some(separator) => folder.replace('/', &separator.to_string()),
        None => folder.to_owned(),
    };
    folder_name(&name)
}

impl Keeper {
    /// Finds what is there.
    pub(super) async fn look(&mut self, work: &mut Work) -> Result<(), MailboxError> {
        if !std::mem::take(&mut self.told) && !work.fresh {
            // The folder may have been replaced by another of its name, which a session on the old one is never told.
            work.folders.selected = work.session.select(&work.folders.read).await?;
            self.begin(work)?;
        }
        work.fresh = false;
        let (config, door) = (&self.mailbox.config, self.mailbox.door.clone());
        let pushed = config.idle && self.idle_works && work.session.can("IDLE");
        let criterion = match work.folders.keyword_lasts {
            true => format!("UNKEYWORD {}", config.flag),
            false => "ALL".to_owned(),
        };
        self.next_look = Instant::now() + if pushed { config.idle_for } else { config.poll_every };
        work.session.take_news();
        let found: HashSet<u32> = work.session.search(&criterion).await?.into_iter().collect();
        let mut pile = std::mem::take(&mut self.pile);
        pile.note(&found, |uid| self.in_hand(uid));
        self.pile = pile;
        metrics::gauge!(telemetry::INTAKE_LAST_SUCCESS, "channel" => "mailbox", "door" => door)
            .set(self.mailbox.clock.now().as_second() as f64);
        Ok(())
    }

    /// Learns of the oldest mails that may be fetched now, unless there are known ones to fetch: what breaks at a question must not keep those
    /// back. Mails that the store has are owed a settlement: we were interrupted. Answers whether anything was learnt.
    pub(super) async fn ask_about(&mut self, work: &mut Work) -> Result<bool, MailboxError> {
        let now = Instant::now();
        let ready = self.pile.ready(now, ASKED);
        let unknown = |uid: &u32| !self.pile.facts.contains_key(uid);
        if now < self.not_before || !ready.first().is_some_and(unknown) {
            return Ok(false);
        }
        let news = ready.into_iter().filter(unknown).take(self.asked_at_once).collect::<Vec<_>>();
        self.learn(work, &news).await
    }

    /// Asks the server and then the store about mails. Answers whether anything was learnt.
    async fn learn(&mut self, work: &mut Work, news: &[u32]) -> Result<bool, MailboxError> {
        let mut left: HashSet<u32> = news.iter().copied().collect();
        let mut told = Vec::new();
        let each = |fetched: Fetched| {
            let asked = fetched.uid.filter(|uid| fetched.tells_facts() && left.remove(uid));
            told.extend(asked.map(|uid| (uid, fetched)));
        };
        let asked = work.session.facts(news, each).await;
        match &asked {
            // Somebody moved or removed them meanwhile, which is no error; or the server has them and says nothing about them.
            Ok(()) => self.asked_at_once = self.asked_at_once.saturating_mul(2).min(ASKED),
            // One of them may be to blame: fewer are asked about until it is found, which then goes without facts.
            Err(_) if news.len() > 1 => {
                self.asked_at_once = news.len() / 2;
                left.clear();
            }
            Err(_) => self.pile.alone.extend(&left),
        }
        self.pile.facts.extend(left.into_iter().map(|uid| (uid, Facts::default())));
        let recalled = self.recall(told).await;
        match asked {
            Err(broken) if !broken.leaves_connection() => Err(broken.into()),
            Ok(()) | Err(_) => Ok(recalled),
        }
    }

    /// Asks the store which of these mails it has. Answers whether it could be asked.
    async fn recall(&mut self, told: Vec<(u32, Fetched)>) -> bool {
        let Some(taken) = self.taken(&told).await else { return false };
        for (uid, fetched) in told {
            let has = |part| taken.contains(&self.occurrence(uid, fetched.arrived_at, part));
            let aim = match (has(Part::Header), has(Part::Whole)) {
                (true, _) => Aim::Failed,
                (false, true) => Aim::Done,
                (false, false) => {
                    let size_bytes = fetched.size_bytes.unwrap_or_default();
                    let facts = Facts { size_bytes, arrived_at: fetched.arrived_at };
                    self.pile.facts.insert(uid, facts);
                    continue;
                }
            };
            if is_settled(&self.mailbox.config, &fetched) {
                self.pile.take_off(uid);
                self.pile.settled.insert(uid);
            } else {
                self.owe_again(uid, aim);
            }
        }
        true
    }

    /// Which of these mails the store has, by their names; `None` when it cannot be asked. One that does not tell when it arrived cannot be
    /// told from another of its number: it is fetched, and known as a duplicate by what it says.
    async fn taken(&mut self, told: &[(u32, Fetched)]) -> Option<HashSet<String>> {
        let dated = told.iter().filter(|(_, fetched)| fetched.arrived_at.is_some());
        let named = dated.flat_map(|(uid, fetched)| {
            [Part::Whole, Part::Header].map(|part| self.occurrence(*uid, fetched.arrived_at, part))
        });
        let names: Vec<String> = named.collect();
        if names.is_empty() {
            return Some(HashSet::new());
        }
        match self.mailbox.taken.taken(&self.mailbox.door, &names).await {
            Ok(taken) => {
                self.asking.worked();
                Some(taken)
            }
            Err(why) => {
                let failures = self.asking.failed(&why);
                self.not_before = Instant::now() + pause(Duration::from_secs(1), failures);
                None
            }
        }
    }
}

/// Whether a stored mail bears the mark of one that is settled.
fn is_settled(config: &Config, fetched: &Fetched) -> bool {
    let mark = match config.after {
        After::Move => "\\Deleted",
        After::Flag => config.flag.as_str(),
    };
    let flags = fetched.flags.iter().flatten();
    flags.into_iter().any(|flag| flag.eq_ignore_ascii_case(mark))
}

#[cfg(test)]
mod tests {
    use super::on_the_wire;

    #[test]
    fn folders_in_folders_are_named_as_the_server_does() {
        for (folder, separator, expected) in [
            ("Kvittens/Åtgärdat", Some('/'), "Kvittens/&AMU-tg&AOQ-rdat"),
            ("Kvittens/Done", Some('.'), "Kvittens.Done"),
            ("Kvittens/Done", None, "Kvittens/Done"),
        ] {
            assert_eq!(on_the_wire(folder, separator), expected);
        }
    }
}
