//! A stand-in for mail servers with habits that Dovecot does not have: wrong sizes, mails that are listed and not given, parting words,
//! silence. It knows one folder and as much IMAP as the door speaks.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::Mutex;

use tokio::io::AsyncBufReadExt;
use tokio::io::AsyncWriteExt;
use tokio::io::BufReader;
use tokio::net::TcpListener;
use tokio::net::TcpStream;

use super::stage::Stage;

/// What a server does with a mail that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Habit {
    /// Says `BODY[] NIL`.
    Nil,
    /// Says `BODY[] ""`.
    Empty,
    /// Says nothing about it.
    Mute,
    /// Refuses the whole command.
    No,
    /// Hangs up.
    HangUp,
    /// Hangs up once.
    HangUpOnce,
    /// Stops in the middle of it and stays connected.
    Stop,
}

/// What the server has, can and does.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) capabilities: &'static str,
    pub(crate) uid_validity: u32,
    pub(crate) mails: BTreeMap<u32, Vec<u8>>,
    /// Told as their size, by UID, whatever their size is.
    pub(crate) sizes: HashMap<u32, u64>,
    pub(crate) habits: HashMap<u32, Habit>,
    /// What it does (`No` or `HangUp`) with a mail whose time of arrival is asked for.
    pub(crate) undated: HashMap<u32, Habit>,
    /// After this many such refusals it does so no more.
    pub(crate) dated_after: usize,
    /// What it does (`No` or `HangUp`) when asked to move a mail or to mark it as deleted.
    pub(crate) unsettled: HashMap<u32, Habit>,
    /// The time of arrival that it tells of every mail.
    pub(crate) arrived: &'static str,
    /// Whether headers of mails with a habit are given.
    pub(crate) gives_headers: bool,
    /// Says this instead of a greeting.
    pub(crate) greeting: &'static str,
    /// Refuses the log-in with this.
    pub(crate) refuses: Option<&'static str>,
    pub(crate) refuses_idle: bool,
    /// Every command, log-ins without what follows their name.
    pub(crate) heard: Vec<String>,
    pub(crate) flags: HashMap<u32, Vec<String>>,
    pub(crate) moved: Vec<(u32, String)>,
    pub(crate) copied: Vec<u32>,
    pub(crate) connections: usize,
    /// Answers nothing any more.
    pub(crate) silent: bool,
}

impl World {
    fn has_refused_a_date(&mut self) {
        self.dated_after = self.dated_after.saturating_sub(1);
        if self.dated_after == 0 {
            self.undated.clear();
        }
    }
}

/// The stand-in.
pub(crate) struct ImapFake {
    pub(crate) stage: Stage,
    pub(crate) world: Arc<Mutex<World>>,
}

impl ImapFake {
    pub(crate) fn start(mails: &[(u32, &str)]) -> Self {
        let world = World {
            capabilities: "IMAP4rev1 AUTH=PLAIN IDLE MOVE UIDPLUS",
            uid_validity: 7,
            mails: mails.iter().map(|(uid, mail)| (*uid, mail.as_bytes().to_vec())).collect(),
            sizes: HashMap::new(),
            habits: HashMap::new(),
            undated: HashMap::new(),
            dated_after: usize::MAX,
            unsettled: HashMap::new(),
            copied: Vec::new(),
            arrived: "20-Nov-2026 10:00:00 +0100",
            gives_headers: true,
            greeting: "* OK The Microsoft Exchange IMAP4 service is ready. [aGFsbG8=]",
            refuses: None,
            refuses_idle: false,
            heard: Vec::new(),
            flags: HashMap::new(),
            moved: Vec::new(),
            connections: 0,
            silent: false,
        };
        let world = Arc::new(Mutex::new(world));
        let shared = Arc::clone(&world);
        let stage = Stage::open(move |listener: TcpListener| {
            let world = Arc::clone(&shared);
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(attend(stream, Arc::clone(&world)));
                }
            }
        });
        Self { stage, world }
    }

    /// Looks at, or changes, what the server has and does.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut World) -> T) -> T {
        work(&mut self.world.lock().unwrap())
    }
}

/// What is to be sent; `None` ends the connection.
type Said = Option<Vec<u8>>;

async fn attend(stream: TcpStream, world: Arc<Mutex<World>>) {
    let mut stream = BufReader::new(stream);
    let greeting = {
        let mut world = world.lock().unwrap();
        world.connections += 1;
        world.greeting
    };
    stream.write_all(format!("{greeting}\r\n").as_bytes()).await.ok();
    let (mut line, mut idling) = (String::new(), String::new());
    while !greeting.starts_with("* BYE") {
        line.clear();
        if !matches!(stream.read_line(&mut line).await, Ok(1..)) {
            return;
        }
        let command = line.trim_end().to_owned();
        let (said, silent) = {
            let mut world = world.lock().unwrap();
            (answer(&mut world, &command, &mut idling), world.silent)
        };
        if silent {
            std::future::pending::<()>().await;
        }
        match said {
            Some(bytes) => drop(stream.write_all(&bytes).await),
            None => return,
        }
    }
}

fn answer(world: &mut World, command: &str, idling: &mut String) -> Said {
    if command == "DONE" {
        return Some(format!("{idling} OK IDLE completed.\r\n").into_bytes());
    }
    let refused = |tag: &str, world: &World| match world.refuses {
        Some(why) => Some(format!("{tag} NO {why}\r\n").into_bytes()),
        None => Some(format!("{tag} OK done\r\n").into_bytes()),
    };
    let Some((tag, rest)) = command.split_once(' ') else {
        // The second half of a log-in.
        return refused(idling, world);
    };
    let words: Vec<&str> = rest.split(' ').collect();
    let secret = matches!(words[0], "LOGIN" | "AUTHENTICATE");
    world.heard.push(if secret { words[0].to_owned() } else { rest.to_owned() });
    let ok = |before: String| Some(format!("{before}{tag} OK done\r\n").into_bytes());
    let list = |world: &World, set: &str| -> Vec<u32> {
        world.mails.keys().copied().filter(|uid| names(set, *uid)).collect()
    };
    match (words[0], words.get(1).copied().unwrap_or_default()) {
        ("AUTHENTICATE", _) if words.len() == 2 => {
            tag.clone_into(idling);
            Some(b"+ \r\n".to_vec())
        }
        ("AUTHENTICATE" | "LOGIN", _) => refused(tag, world),
        ("CAPABILITY", _) => ok(format!("* CAPABILITY {}\r\n", world.capabilities)),
        ("LIST", _) => ok("* LIST (\\Noselect) \"/\" \"\"\r\n".to_owned()),
        ("SELECT", _) => ok(format!(
            "* {} EXISTS\r\n* OK [UIDVALIDITY {}] x\r\n* OK [PERMANENTFLAGS (\\Seen \\Flagged \\Deleted)] x\r\n\
             * OK [UIDNEXT 4294967295] x\r\n",
            world.mails.len(),
            world.uid_validity
        )),
        ("IDLE", _) if world.refuses_idle => Some(format!("{tag} NO not now\r\n").into_bytes()),
        ("IDLE", _) => {
            tag.clone_into(idling);
            Some(b"+ idling\r\n".to_vec())
        }
        ("UID", "SEARCH") => {
            let set = words.get(3).copied().unwrap_or("1:*");
            let found: Vec<String> = list(world, set).iter().map(u32::to_string).collect();
            ok(format!("* SEARCH {}\r\n", found.join(" ")))
        }
        ("UID", "FETCH") => fetch(world, tag, &list(world, words[2]), rest),
        ("UID", "MOVE" | "STORE" | "COPY") => settle(world, tag, &words, &list(world, words[2])),
        ("LOGOUT", _) => None,
        _ => ok(String::new()),
    }
}

fn settle(world: &mut World, tag: &str, words: &[&str], uids: &[u32]) -> Said {
    let (verb, last) = (words[1], words[words.len() - 1].trim_matches(['(', ')', '"']));
    let settles = verb == "MOVE" || last == "\\Deleted";
    match uids.iter().filter(|_| settles).find_map(|uid| world.unsettled.get(uid)) {
        Some(Habit::No) => return Some(format!("{tag} NO not now\r\n").into_bytes()),
        Some(_) => return None,
        None => {}
    }
    for uid in uids {
        match verb {
            "MOVE" => {
                world.mails.remove(uid);
                world.moved.push((*uid, last.to_owned()));
            }
            "COPY" => world.copied.push(*uid),
            _ => world.flags.entry(*uid).or_default().push(last.to_owned()),
        }
    }
    Some(format!("{tag} OK done\r\n").into_bytes())
}

fn names(set: &str, uid: u32) -> bool {
    set.split(',').any(|part| match part.split_once(':') {
        Some((from, to)) => {
            from.parse().is_ok_and(|from: u32| from <= uid)
                && (to == "*" || to.parse().is_ok_and(|to: u32| uid <= to))
        }
        None => part.parse() == Ok(uid),
    })
}

fn fetch(world: &mut World, tag: &str, uids: &[u32], command: &str) -> Said {
    let mut said = Vec::new();
    let header = command.contains("HEADER");
    for uid in uids {
        let mail = world.mails[uid].clone();
        match world.undated.get(uid).filter(|_| command.contains("INTERNALDATE")) {
            Some(Habit::No) => {
                world.has_refused_a_date();
                said.extend_from_slice(format!("{tag} NO some mails\r\n").as_bytes());
                return Some(said);
            }
            Some(_) => return None,
            None => {}
        }
        let size = world.sizes.get(uid).copied().unwrap_or(mail.len() as u64);
        if !command.contains("BODY.PEEK") {
            let facts = format!(
                "* 1 FETCH (UID {uid} RFC822.SIZE {size} FLAGS (\\Seen) INTERNALDATE \"{}\")\r\n",
                world.arrived
            );
            said.extend_from_slice(facts.as_bytes());
            continue;
        }
        let habit = world.habits.get(uid).copied().filter(|_| !header || !world.gives_headers);
        let date = format!("INTERNALDATE \"{}\" ", world.arrived);
        let date = if command.contains("INTERNALDATE") { date.as_str() } else { "" };
        let start = format!("* 1 FETCH (UID {uid} {date}BODY[] ");
        match habit {
            None => {
                let end = mail.windows(4).position(|four| four == b"\r\n\r\n");
                let mail =
                    if header { &mail[..end.map_or(mail.len(), |end| end + 4)] } else { &mail };
                said.extend_from_slice(format!("{start}{{{}}}\r\n", mail.len()).as_bytes());
                said.extend_from_slice(mail);
                said.extend_from_slice(b")\r\n");
            }
            Some(Habit::Nil) => said.extend_from_slice(format!("{start}NIL)\r\n").as_bytes()),
            Some(Habit::Empty) => said.extend_from_slice(format!("{start}\"\")\r\n").as_bytes()),
            Some(Habit::Mute) => {}
            Some(Habit::No) => {
                world.has_refused_a_date();
                said.extend_from_slice(format!("{tag} NO some mails\r\n").as_bytes());
                return Some(said);
            }
            Some(Habit::HangUp) => return None,
            Some(Habit::HangUpOnce) => {
                world.habits.remove(uid);
                return None;
            }
            Some(Habit::Stop) => {
                world.silent = true;
                return Some(said);
            }
        }
    }
    said.extend_from_slice(format!("{tag} OK done\r\n").as_bytes());
    Some(said)
}
