//! Corrects notices for the pages, as the command line does.

use crate::config::Loaded;
use crate::domain::calendar::LocalTime;
use crate::domain::reference::Reference;
use crate::operations::correcting::Corrections;
use crate::operations::correcting::NotDone;
use crate::operations::correcting::Wish;
use crate::pipeline::correcting;
use crate::pipeline::correcting::Bench;
use crate::pipeline::correcting::NotCorrected;
use crate::routing::profile::Profile;
use crate::store::ActionRefused;
use crate::store::JobKind;
use crate::store::Store;
use async_trait::async_trait;
use std::fmt;
use std::sync::Arc;

struct Desk {
    store: Store,
    profile: Profile,
    local_time: LocalTime,
    job: JobKind,
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("corrections")
    }
}

/// The corrections of a gateway's notices.
pub fn corrections(loaded: &Loaded, store: Store, job: JobKind) -> Arc<dyn Corrections> {
    let (profile, local_time) = (loaded.profile.clone(), loaded.local_time.clone());
    Arc::new(Desk { store, profile, local_time, job })
}

#[async_trait]
impl Corrections for Desk {
    async fn correct(&self, reference: &Reference, wish: Wish) -> Result<(), NotDone> {
        let (store, profile, local_time) = (&self.store, &self.profile, &self.local_time);
        let bench = Bench { store, profile, local_time, job: self.job };
        let Wish { actor, because, seen, said, hand_over } = wish;
        let wish = correcting::Wish { actor, because, seen: Some(seen), said, hand_over };
        let done = correcting::correct(&bench, reference, wish).await;
        done.map(drop).map_err(|why| match why {
            NotCorrected::Nothing => NotDone::Nothing,
            NotCorrected::Faults(faults) => NotDone::Faults(faults),
            NotCorrected::Refused(ActionRefused::Stale) => NotDone::Stale,
            NotCorrected::Unknown | NotCorrected::Refused(_) => NotDone::Refused,
            NotCorrected::Store(error) => NotDone::Store(error),
        })
    }
}
