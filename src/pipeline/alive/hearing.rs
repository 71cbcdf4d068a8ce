//! Doors that look in vain: told once when it begins and once when it ends.

use crate::pipeline::Shared;
use crate::pipeline::alive::Watching;
use crate::pulse;
use crate::pulse::Hearing;
use crate::telemetry;
use std::time::Duration;
use std::time::Instant;

/// The API's door, as it is named everywhere.
const API: &str = crate::intake::api::DOOR;

/// Judges each second.
pub(super) async fn run(shared: &Shared, watching: &Watching) {
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    loop {
        ticks.tick().await;
        for turn in pulse::board().judge(watching.deaf_after, Instant::now()) {
            let (door, failure) = (turn.door, turn.failure.unwrap_or("hear anything"));
            match turn.deaf {
                true => tracing::error!(
                    door,
                    failure,
                    "a door is deaf: nothing has come through for too long, because it cannot do this"
                ),
                false => tracing::info!(door, "a door that was deaf hears again"),
            }
        }
        for door in pulse::board().report(shared.clock.now()).doors {
            let deaf = f64::from(u8::from(door.hearing == Hearing::Deaf));
            metrics::gauge!(telemetry::DOOR_DEAF, "door" => door.name.clone()).set(deaf);
            if let Some(at) = door.last_look_at {
                metrics::gauge!(telemetry::DOOR_LAST_SUCCESS, "door" => door.name)
                    .set(at.as_second() as f64);
            }
        }
    }
}

/// The API has nothing to look at: it hears when our own address answers.
pub(super) async fn listen(watching: &Watching) {
    let Some(address) = &watching.own_address else { return };
    let pause = Duration::from_secs(30).min(watching.deaf_after / 4);
    let mut ticks = tokio::time::interval(pause.max(Duration::from_millis(100)));
    loop {
        ticks.tick().await;
        let answered = watching.http.get(format!("{address}/healthz")).send().await;
        match answered.is_ok_and(|answer| answer.status().is_success()) {
            true => pulse::board().heard(API),
            false => pulse::board().failed(API, "reach our own address"),
        }
    }
}
