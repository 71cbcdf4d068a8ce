//! `kvittens copy`: the copy of a confirmation for the person whom an eviction concerns; looked at, approved by a person, or put on record as sent.

use crate::acknowledge::Contact;
use crate::clock::Clock;
use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::output;
use crate::commands::show;
use crate::config::Loaded;
use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::pipeline::copying::Refused;
use crate::pipeline::letters::LetterWay;
use crate::pipeline::letters::approve;
use crate::pipeline::letters::approve::NotApproved;
use crate::pipeline::letters::approve::Writer;
use crate::store::Action;
use crate::store::CopyChange;
use crate::store::CopyWaiting;
use crate::store::LetterLook;
use crate::store::Protection;
use crate::store::Store;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::path::Path;
use std::path::PathBuf;

/// Arguments of `copy`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// The notice's reference
    reference: String,
    /// Write the letters as PDF into this folder, to look at them or to print them yourself; sends nothing
    #[arg(long, value_name = "DIR", required_unless_present_any = ["approve", "sent", "not_sent"])]
    out: Option<PathBuf>,
    /// Send the letters: only when you have made sure that nobody's identity is protected, and that name and address are right
    #[arg(long, conflicts_with_all = ["out", "sent", "not_sent"])]
    approve: bool,
    /// Put on record that you have sent the copy, and how
    #[arg(long, value_name = "HOW", conflicts_with = "out")]
    sent: Option<String>,
    /// Put on record that a letter which offers help is not to go, and why; a copy that a statute demands cannot be left out
    #[arg(long, value_name = "WHY", conflicts_with_all = ["out", "sent"])]
    not_sent: Option<String>,
}

/// Looks at, approves, or puts on record.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    let reference = show::parse(&arguments.reference)?;
    let (loaded, store) = super::open(&arguments.config).await?;
    let actor = crate::config::actor();
    if let Some(reason) = arguments.not_sent {
        let done = not_sent(&store, reference, actor, reason).await;
        store.close().await;
        return done;
    }
    let done = match (&arguments.out, arguments.sent) {
        (Some(folder), _) => write(&loaded, &store, &reference, (folder, actor)).await,
        (None, Some(how)) => by_hand(&store, reference, actor, how).await,
        (None, None) => approve(&loaded, &store, &reference, actor).await,
    };
    store.close().await;
    done
}

async fn by_hand(store: &Store, reference: Reference, actor: String, how: String) -> Outcome {
    if how.trim().is_empty() {
        return Err(Failed::Usage(anyhow::anyhow!("--sent must say how")));
    }
    let change = CopyChange::ByHand { reference: reference.clone(), actor, how };
    let decided = store.act(Action::Copy(change)).await?;
    decided
        .map_err(|why| Failed::Work(anyhow::anyhow!("{reference}: nothing was recorded: {why}")))?;
    output::print(&format!("{reference}  the copy is on record as sent"))
}

async fn not_sent(store: &Store, reference: Reference, actor: String, reason: String) -> Outcome {
    if reason.trim().is_empty() {
        return Err(Failed::Usage(anyhow::anyhow!("--not-sent must say why")));
    }
    let change = CopyChange::NotSent { reference: reference.clone(), actor: Some(actor), reason };
    let decided = store.act(Action::Copy(change)).await?;
    decided
        .map_err(|why| Failed::Work(anyhow::anyhow!("{reference}: nothing was recorded: {why}")))?;
    output::print(&format!("{reference}  it is on record that the letter is not sent"))
}

/// Writes the letters for somebody to look at; each look is on record before a file is there.
async fn write(
    loaded: &Loaded,
    store: &Store,
    reference: &Reference,
    (folder, actor): (&Path, String),
) -> Outcome {
    let (copy, contact) = waiting(loaded, store, reference).await?;
    let case_system = crate::case_system::open::open(&loaded.config.case_system)?;
    let office = crate::gateway::letter_office(loaded, &case_system, &Clock::system())?;
    let about = (&copy.reference, &copy.notice);
    if approve::ask(store, &office.sources, about).await?.answer == Protection::Protected {
        return Err(Failed::Work(anyhow::anyhow!("{reference}: {}", Refused::Protected)));
    }
    let written = approve::written(store, &copy, &office, &writer(loaded, &contact)).await?;
    let (_, letters) = written
        .ok_or(nobody(reference))?
        .map_err(|refused| anyhow::anyhow!("{reference}: {refused}"))?;
    for letter in letters {
        let path = folder.join(&letter.file);
        let pdf = STANDARD.decode(&letter.pdf)?;
        let look = LetterLook::Seen {
            reference: reference.clone(),
            actor: actor.clone(),
            digest: Digest::of(&pdf),
            why: "confirm".to_owned(),
            words: Masked::from("kvittens copy --out"),
        };
        store.act(Action::Letter(look)).await?.map_err(|why| {
            anyhow::anyhow!("{reference}: the look cannot be put on record: {why}")
        })?;
        std::fs::write(&path, pdf)
            .map_err(|error| anyhow::anyhow!("{} cannot be written: {error}", path.display()))?;
        output::print(&path.display().to_string())?;
    }
    Ok(())
}

async fn approve(loaded: &Loaded, store: &Store, reference: &Reference, actor: String) -> Outcome {
    let case_system = crate::case_system::open::open(&loaded.config.case_system)?;
    let office = crate::gateway::letter_office(loaded, &case_system, &Clock::system())?;
    let (copy, contact) = waiting(loaded, store, reference).await?;
    let writer = writer(loaded, &contact);
    let approved = approve::approve((store, &office), &copy, &writer, actor).await;
    let (count, way) = approved.map_err(|why| match why {
        NotApproved::NoWay => Failed::Usage(anyhow::anyhow!("{why}")),
        NotApproved::Nothing => Failed::Work(nobody(reference)),
        NotApproved::Refused(_)
        | NotApproved::Partly
        | NotApproved::Late(_)
        | NotApproved::Store(_) => Failed::Work(anyhow::anyhow!("{reference}: {why}")),
    })?;
    let to = match way {
        LetterWay::Print => "the print folder",
        LetterWay::Service => "the letter service",
    };
    output::print(&format!("{reference}  {count} letter(s) go to {to}"))
}

/// The copy of a notice that waits, and who writes its letters.
async fn waiting(
    loaded: &Loaded,
    store: &Store,
    reference: &Reference,
) -> Result<(CopyWaiting, Contact), Failed> {
    let copy = store.copy_to_release(reference).await?;
    let copy = copy.ok_or(anyhow::anyhow!("{reference} is without a copy that waits"))?;
    let contact = crate::gateway::contact(&loaded.profile, &copy.board);
    Ok((copy, contact))
}

fn nobody(reference: &Reference) -> anyhow::Error {
    anyhow::anyhow!(
        "{reference}: nobody is named yet as responsible caseworker: see `kvittens unconfirmed`"
    )
}

fn writer<'a>(loaded: &'a Loaded, contact: &'a Contact) -> Writer<'a> {
    Writer { contact, local_time: &loaded.local_time, now: Clock::system().now() }
}
