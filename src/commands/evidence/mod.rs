//! `kvittens evidence`: everything that proves one notice, in one signed file that `kvittens verify --bundle` checks without us.
//!
//! It is full of personal data, so it is written for its owner alone, and the history says first who took it out.

mod entries;

use crate::clock::Clock;
use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::output;
use crate::config::Loaded;
use crate::domain::reference::Reference;
use crate::public::Register as _;
use crate::register::StoredRegister;
use crate::seal::bundle;
use crate::seal::bundle::Contents;
use crate::seal::bundle::Limits;
use crate::seal::bundle::Municipality;
use crate::seal::chest::Chest;
use crate::seal::keys::KeyRing;
use crate::store::Action;
use crate::store::MessageRow;
use crate::store::ProofChange;
use crate::store::Store;
use anyhow::Context as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

/// Arguments of `evidence`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// The notice's or the message's reference; case, spaces and hyphens are forgiven
    reference: String,
    /// Where to write the bundle, a zip file; nothing is overwritten
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Writes the bundle and checks it as its reader will; fails when it does not prove what it should.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    let reference = Reference::parse(&arguments.reference)
        .ok_or_else(|| Failed::Usage(anyhow::anyhow!("that is no reference")))?;
    let (loaded, store) = super::open(&arguments.config).await?;
    let made = make(&loaded, &store, &reference).await;
    store.close().await;
    let (bytes, ring) = made?;
    write(&arguments.out, &bytes)
        .with_context(|| format!("writing the bundle {}", arguments.out.display()))?;
    let report = bundle::verify(&bytes, Some(&ring.jwk_set()), &Limits::default());
    report.lines().iter().try_for_each(|line| output::print(line))?;
    output::print(&format!(
        "Written to {}. It holds personal data: hand it over by a safe way.",
        arguments.out.display()
    ))?;
    if report.is_proven() { Ok(()) } else { Err(Failed::Said) }
}

async fn make(
    loaded: &Loaded,
    store: &Store,
    reference: &Reference,
) -> Result<(Vec<u8>, Arc<KeyRing>), Failed> {
    let chest = Chest::open(&loaded.config.seal).context("reading [seal] keys")?;
    let ring =
        chest.ring().context("no keys are configured ([seal] keys): nothing can be signed")?;
    let now = Clock::system().now();
    ring.current(now)?;
    let unknown = || anyhow::anyhow!("there is no notice {reference}");
    let message = store.message(reference).await?.ok_or_else(unknown)?;
    let subject = Reference::parse(&message.reference).ok_or_else(unknown)?;
    // On record before anything is taken out, so that the bundle's own journal holds it.
    let actor = crate::config::actor();
    let change = ProofChange::Evidence { message: subject.clone(), actor };
    store.act(Action::Proof(change)).await?.map_err(anyhow::Error::from)?;
    receipt(loaded, store, &message, &subject, &ring).await?;
    let notices = store.notices_of(&message.reference).await?;
    let entries = entries::gather(store, &message, &subject, &notices).await?;
    let municipality = &loaded.config.municipality;
    let contents = Contents {
        reference: subject,
        notices: notices.iter().filter_map(|row| Reference::parse(&row.reference)).collect(),
        municipality: Municipality {
            name: municipality.name.clone(),
            code: municipality.code.clone(),
        },
        entries,
    };
    let bytes = bundle::write(&contents, &ring, Clock::system().now())?;
    Ok((bytes, ring))
}

/// Sees to it that a signed receipt is kept: the one its sender fetched, else one made now.
async fn receipt(
    loaded: &Loaded,
    store: &Store,
    message: &MessageRow,
    subject: &Reference,
    ring: &KeyRing,
) -> Result<(), Failed> {
    if !store.kept_receipts(subject).await?.is_empty() {
        return Ok(());
    }
    let profile = Arc::new(loaded.profile.clone());
    let register = StoredRegister { store: store.clone(), profile };
    let view = register.message(subject).await?.context("the message is gone")?;
    let contact = crate::gateway::contact(&loaded.profile, &message.board);
    let seal = Some((ring, Clock::system().now()));
    crate::public::receipt::of_message(&register, &view, &contact, seal).await?;
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
