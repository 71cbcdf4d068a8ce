//! `kvittens copy`: the copy of a confirmation for the person whom an eviction concerns; looked at, approved by a person, or put on record as sent.

use crate::acknowledge::print;
use crate::clock::Clock;
use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::output;
use crate::commands::show;
use crate::config::Loaded;
use crate::domain::notice::Notice;
use crate::domain::reference::Reference;
use crate::pipeline::copying;
use crate::store::Action;
use crate::store::CopyChange;
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
    #[arg(long, value_name = "DIR", required_unless_present_any = ["approve", "sent"])]
    out: Option<PathBuf>,
    /// Send the letters: only when you have made sure that nobody's identity is protected, and that name and address are right
    #[arg(long, conflicts_with_all = ["out", "sent"])]
    approve: bool,
    /// Put on record that you have sent the copy, and how
    #[arg(long, value_name = "HOW", conflicts_with = "out")]
    sent: Option<String>,
}

/// Looks at, approves, or puts on record.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    let reference = show::parse(&arguments.reference)?;
    let (loaded, store) = super::open(&arguments.config).await?;
    let actor = crate::config::actor();
    let done = match (&arguments.out, arguments.sent) {
        (Some(folder), _) => write(&loaded, &store, &reference, folder).await,
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

async fn write(loaded: &Loaded, store: &Store, reference: &Reference, folder: &Path) -> Outcome {
    let (letters, _) = letters(loaded, store, reference, |_| ()).await?;
    for letter in letters {
        let path = folder.join(&letter.file);
        let pdf = STANDARD.decode(&letter.pdf)?;
        std::fs::write(&path, pdf)
            .map_err(|error| anyhow::anyhow!("{} cannot be written: {error}", path.display()))?;
        output::print(&path.display().to_string())?;
    }
    Ok(())
}

async fn approve(loaded: &Loaded, store: &Store, reference: &Reference, actor: String) -> Outcome {
    let Some(folder) = loaded.config.letter.print_folder.clone() else {
        return Err(Failed::Usage(anyhow::anyhow!(
            "no print folder is configured ([letter] print_folder): write the letters with --out, post them, and put it on record with --sent"
        )));
    };
    let (letters, new) = letters(
        loaded,
        store,
        reference,
        |(facts, letters): (&copying::Facts<'_>, &[print::Letter])| {
            copying::acknowledgement(facts, letters, folder)
        },
    )
    .await?;
    let new = new.ok_or(anyhow::anyhow!("the letters cannot be stored"))?;
    let change = CopyChange::Approved { actor, letters: Box::new(new) };
    let decided = store.act(Action::Copy(change)).await?;
    decided.map_err(|why| Failed::Work(anyhow::anyhow!("{reference}: nothing was sent: {why}")))?;
    output::print(&format!("{reference}  {} letter(s) go to the print folder", letters.len()))
}

/// The letters of a notice's copy, and what is made of them.
async fn letters<T>(
    loaded: &Loaded,
    store: &Store,
    reference: &Reference,
    then: impl FnOnce((&copying::Facts<'_>, &[print::Letter])) -> T,
) -> Result<(Vec<print::Letter>, T), Failed> {
    let message = store.message(reference).await?;
    let message = message.ok_or(anyhow::anyhow!("there is no notice {reference}"))?;
    let rows = store.notices_of(&message.reference).await?;
    let row = rows.iter().find(|row| row.reference == reference.as_str());
    let row =
        row.ok_or(anyhow::anyhow!("{reference} is a message of several notices: name one"))?;
    let notice: Notice = serde_json::from_str(&row.notice)?;
    let caseworker = store.caseworker_of(reference).await?.ok_or(anyhow::anyhow!(
        "{reference}: nobody is named yet as responsible caseworker: see `kvittens unconfirmed`"
    ))?;
    let contact = crate::gateway::contact(&loaded.profile, &row.board);
    let facts = copying::Facts {
        reference,
        notice: &notice,
        received_at: row.received_at,
        today: loaded.local_time.day_of(Clock::system().now()),
        caseworker: &caseworker,
        contact: &contact,
        local_time: &loaded.local_time,
    };
    let letters = copying::letters(&facts, &loaded.config.letter)
        .map_err(|refused| anyhow::anyhow!("{reference}: {refused}"))?;
    let made = then((&facts, &letters));
    Ok((letters, made))
}
