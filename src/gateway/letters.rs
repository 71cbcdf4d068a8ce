//! Writes the letters of a notice's copy for the pages: as they would leave now; and puts those that somebody has seen on their way.

use crate::config::Loaded;
use crate::domain::calendar::LocalTime;
use crate::domain::digest::Digest;
use crate::domain::reference::Reference;
use crate::gateway::shared;
use crate::operations::letters::Draft;
use crate::operations::letters::Letters;
use crate::operations::letters::NoLetter;
use crate::operations::letters::NotApproved;
use crate::pipeline::copying::Refused;
use crate::pipeline::letters::Office;
use crate::pipeline::letters::approve;
use crate::pipeline::letters::approve::Writer;
use crate::routing::profile::Profile;
use crate::store::Action;
use crate::store::CopyChange;
use crate::store::NewAcknowledgement;
use crate::store::Store;
use anyhow::Context as _;
use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt;
use std::sync::Arc;

/// What letters are written from.
struct Desk {
    store: Store,
    profile: Profile,
    local_time: LocalTime,
    office: Office,
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("letters")
    }
}

/// The letters of a gateway's notices.
///
/// # Errors
/// When what `[letter]` names cannot be opened.
pub fn letters(loaded: &Loaded, store: Store) -> anyhow::Result<Arc<dyn Letters>> {
    let case_system = crate::case_system::open::open(&loaded.config.case_system);
    let case_system = case_system.context("opening the case system")?;
    let office = shared::letter_office(loaded, &case_system, store.clock())?;
    Ok(Arc::new(Desk {
        store,
        profile: loaded.profile.clone(),
        local_time: loaded.local_time.clone(),
        office,
    }))
}

/// Letters, and what is stored when they are approved; nothing where no way for letters is configured.
type Written = (Vec<Vec<u8>>, Option<NewAcknowledgement>);

impl Desk {
    /// As they would go now; the named sources are asked about protected identity.
    async fn written(&self, reference: &Reference) -> Result<Written, NoLetter> {
        let copy = self.store.copy_to_release(reference).await?.ok_or(NoLetter::NoNotice)?;
        let contact = crate::gateway::contact(&self.profile, &copy.board);
        let now = self.store.clock().now();
        let writer = Writer { contact: &contact, local_time: &self.local_time, now };
        let (letters, planned) = match approve::planned((&self.store, &self.office), &copy, &writer)
            .await
        {
            Ok((letters, _, planned)) => (letters, Some(planned)),
            Err(approve::NotApproved::NoWay) => {
                let written = approve::written(&self.store, &copy, &self.office, &writer).await?;
                let written = written.ok_or(NoLetter::NoCaseworker)?;
                (written.map_err(no_letter)?.1, None)
            }
            Err(approve::NotApproved::Refused(refused)) => return Err(no_letter(refused)),
            Err(approve::NotApproved::Store(error)) => return Err(error.into()),
            Err(approve::NotApproved::Partly) => return Err(NoLetter::Partly),
            Err(approve::NotApproved::Nothing | approve::NotApproved::Late(_)) => {
                return Err(NoLetter::NoCaseworker);
            }
        };
        let bytes = letters.iter().map(|letter| STANDARD.decode(&letter.pdf));
        let bytes: Result<Vec<Vec<u8>>, _> = bytes.collect();
        Ok((bytes.map_err(|_| NoLetter::Unwritable)?, planned))
    }
}

fn no_letter(refused: Refused) -> NoLetter {
    match refused {
        Refused::Protected => NoLetter::Protected,
        Refused::NoRespondent => NoLetter::NoRespondent,
        Refused::NoAddress => NoLetter::NoAddress,
        Refused::Letter(_) => NoLetter::Unwritable,
    }
}

#[async_trait]
impl Letters for Desk {
    async fn draft(&self, reference: &Reference) -> Result<Draft, NoLetter> {
        let (letters, planned) = self.written(reference).await?;
        Ok(Draft { letters, has_way: planned.is_some() })
    }

    async fn approve(
        &self,
        reference: &Reference,
        actor: &str,
        seen: &[Digest],
    ) -> Result<(), NotApproved> {
        let (letters, planned) = self.written(reference).await?;
        // What is compared here is what is stored below: nothing can change between.
        if !letters.iter().all(|pdf| seen.contains(&Digest::of(pdf))) {
            return Err(NotApproved::NotSeen);
        }
        let letters = Box::new(planned.ok_or(NotApproved::NoWay)?);
        let change = CopyChange::Approved { actor: actor.to_owned(), letters };
        let done = self.store.act(Action::Copy(change)).await.map_err(NoLetter::Store)?;
        done.map_err(|_| NotApproved::Refused)
    }
}
