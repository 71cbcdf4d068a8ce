//! `kvittens link`: where a notice belongs, what came later to it, and a person's word on that.

use crate::commands::ConfigArgument;
use crate::commands::Failed;
use crate::commands::Outcome;
use crate::commands::output;
use crate::commands::show;
use crate::domain::link::FoundBy;
use crate::domain::link::Relation;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::reference::Reference;
use crate::store::Action;
use crate::store::Link;
use crate::store::LinkChange;
use crate::store::Store;

/// Arguments of `link`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    config: ConfigArgument,
    /// The later notice's reference, such as a supplement's
    reference: String,
    /// The first notice of the matter: say that it belongs there
    earlier: Option<String>,
    /// Say that it belongs to no earlier one
    #[arg(long, conflicts_with = "earlier")]
    none: bool,
}

/// Shows where it belongs, or puts on record what a person says.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    let later = show::parse(&arguments.reference)?;
    let earlier = arguments.earlier.as_deref().map(show::parse).transpose()?;
    let (_, store) = super::open(&arguments.config).await?;
    let done = match (earlier, arguments.none) {
        (None, false) => shown(&store, &later).await,
        (earlier, _) => said(&store, &later, earlier.as_ref()).await,
    };
    store.close().await;
    output::print(&done?)
}

async fn shown(store: &Store, reference: &Reference) -> Result<String, Failed> {
    let mut lines = Vec::new();
    let words = |link: &Link| {
        let changed = link.changed.join(" ");
        let changed =
            if changed.is_empty() { String::new() } else { format!("; new or changed: {changed}") };
        format!("{} ({}){changed}", link.relation, link.found_by)
    };
    if let Some(link) = store.link_of(reference).await? {
        let first = link.first.as_ref().map(ToString::to_string).unwrap_or_default();
        lines.push(format!("{reference}  belongs to {first}  {}", words(&link)));
    }
    for link in store.linked_to(reference).await? {
        lines.push(format!("{}  belongs to {reference}  {}", link.notice, words(&link)));
    }
    if lines.is_empty() {
        lines.push(format!("{reference}  belongs to no earlier notice, and nothing came later"));
    }
    Ok(lines.join("\n"))
}

async fn said(
    store: &Store,
    later: &Reference,
    earlier: Option<&Reference>,
) -> Result<String, Failed> {
    let message = store.message(later).await?;
    let rows = match &message {
        Some(message) => store.notices_of(&message.reference).await?,
        None => Vec::new(),
    };
    let row = rows.into_iter().find(|row| row.reference == later.as_str());
    let row = row.ok_or_else(|| anyhow::anyhow!("there is no notice {later}"))?;
    let notice: Notice = serde_json::from_str(&row.notice)
        .unwrap_or_else(|_unreadable| Notice::of(NoticeType::Unknown));
    let actor = crate::config::actor();
    let link = match earlier {
        None => {
            let relation = Relation::of(notice.kind, NoticeType::Unknown);
            Link::new(later.clone(), relation, FoundBy::ByHand, actor)
        }
        Some(earlier) => {
            let found = store.join_by_hand((later, &notice), earlier, &actor).await?;
            found.ok_or_else(|| {
                anyhow::anyhow!(
                    "{earlier}: there is no such notice of the same board before {later}"
                )
            })?
        }
    };
    let kept = store.act(Action::Link(LinkChange::ByHand(Box::new(link)))).await?;
    kept.map_err(|why| anyhow::anyhow!("{later}: {why}"))?;
    Ok(match earlier {
        Some(earlier) => format!("{later}  belongs to {earlier} now"),
        None => format!("{later}  belongs to no earlier notice now"),
    })
}
