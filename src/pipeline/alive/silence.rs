//! Partners from which nothing has come for longer than their file says: a landlord's system that stopped sending tells nobody.

use crate::domain::received::Channel;
use crate::partners::partner::Partner;
use crate::pipeline::Shared;
use crate::pulse;
use crate::pulse::Silent;
use crate::store::LastHeard;
use crate::store::StoreError;
use crate::telemetry;
use jiff::SignedDuration;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::time::Duration;

/// Listens in its rhythm.
pub(super) async fn run(shared: &Shared, every: Duration) {
    let mut ticks = tokio::time::interval(every);
    let mut watched = BTreeSet::new();
    loop {
        ticks.tick().await;
        if let Err(error) = listen(shared, &mut watched).await {
            tracing::warn!(%error, "could not ask when partners were last heard");
        }
    }
}

async fn listen(shared: &Shared, watched: &mut BTreeSet<String>) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let directory = shared.partners.now();
    let known: Vec<(&Partner, u32)> = directory
        .all()
        .filter_map(|partner| Some((partner.as_ref(), partner.limits.silent_days?)))
        .collect();
    let longest = known.iter().map(|(_, days)| *days).max();
    let mut last: HashMap<String, Timestamp> = HashMap::new();
    let mut first = None;
    if let Some(longest) = longest {
        first = shared.store.first_stored_at().await?;
        for LastHeard { channel, sender, at } in
            shared.store.last_heard(before(now, longest)).await?
        {
            // At the API a partner is known by any of its clients.
            let client = (channel == Channel::Api.as_str()).then(|| directory.by_client(&sender));
            let id = client.flatten().map_or(sender, |partner| partner.id.clone());
            let latest = last.entry(id).or_insert(at);
            *latest = at.max(*latest);
        }
    }
    let rhythms: Vec<(&str, u32)> =
        known.iter().map(|(partner, days)| (partner.id.as_str(), *days)).collect();
    let now_watched: BTreeSet<String> = rhythms.iter().map(|(id, _)| (*id).to_owned()).collect();
    let silent = silent(&rhythms, &last, first, now);
    for (partner, _) in rhythms {
        let is = silent.iter().any(|one| one.partner == partner);
        metrics::gauge!(telemetry::PARTNER_SILENT, "partner" => partner.to_owned())
            .set(f64::from(u8::from(is)));
    }
    // A partner that is no longer watched alarms nobody.
    for gone in std::mem::take(watched).difference(&now_watched) {
        metrics::gauge!(telemetry::PARTNER_SILENT, "partner" => gone.clone()).set(0.0);
    }
    *watched = now_watched;
    for Silent { partner, after_days, .. } in pulse::board().silent(silent) {
        tracing::warn!(
            partner,
            after_days,
            "nothing has come from a partner for longer than it is usually silent"
        );
    }
    Ok(())
}

/// Those of whom nothing arrived within their days. Nobody is silent in a store that is younger than that.
fn silent(
    rhythms: &[(&str, u32)],
    last: &HashMap<String, Timestamp>,
    first_stored_at: Option<Timestamp>,
    now: Timestamp,
) -> Vec<Silent> {
    let each = rhythms.iter().filter_map(|(partner, after_days)| {
        let limit = before(now, *after_days);
        let last_at = last.get(*partner).copied();
        let heard_since = last_at.or(first_stored_at)?;
        (heard_since < limit).then(|| Silent {
            partner: (*partner).to_owned(),
            after_days: *after_days,
            last_at,
        })
    });
    each.collect()
}

fn before(now: Timestamp, days: u32) -> Timestamp {
    now.checked_sub(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::silent;
    use jiff::Timestamp;
    use std::collections::HashMap;

    #[test]
    fn a_partner_is_silent_after_its_own_days_and_not_before_we_could_have_heard_it() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let last = HashMap::from([
            ("weekly".to_owned(), at("2026-11-16T12:00:00Z")),
            ("daily".to_owned(), at("2026-11-16T12:00:00Z")),
        ]);
        let rhythms = [("weekly", 7), ("daily", 2), ("never", 3)];
        for (now, first, expected) in [
            ("2026-11-18T11:59:59Z", Some("2026-11-01T00:00:00Z"), vec!["never"]),
            ("2026-11-18T12:00:01Z", Some("2026-11-01T00:00:00Z"), vec!["daily", "never"]),
            ("2026-11-18T12:00:01Z", Some("2026-11-16T00:00:00Z"), vec!["daily"]),
            (
                "2026-11-24T00:00:00Z",
                Some("2026-11-16T00:00:00Z"),
                vec!["weekly", "daily", "never"],
            ),
            ("2026-11-17T00:00:00Z", None, vec![]),
        ] {
            let found = silent(&rhythms, &last, first.map(at), at(now));
            let names: Vec<_> = found.iter().map(|one| one.partner.as_str()).collect();
            assert_eq!(names, expected, "{now}");
        }
    }
}
