//! What the program tells of itself: log lines, metrics, and the points at which a test may kill it.
//!
//! Every metric's name stands here. Nothing personal is ever a field, a label or a text.

use metrics_exporter_prometheus::Matcher;
use metrics_exporter_prometheus::PrometheusBuilder;
use metrics_exporter_prometheus::PrometheusHandle;
use serde::Deserialize;
use std::io::IsTerminal as _;
use std::sync::OnceLock;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

/// Messages committed, by channel.
pub const NOTICES_RECEIVED: &str = "kvittens_notices_received_total";
/// Unix time of each door's last commit.
pub const INTAKE_LAST_SUCCESS: &str = "kvittens_intake_last_success_timestamp_seconds";
/// Unix time of the last look of one door that worked.
pub const DOOR_LAST_SUCCESS: &str = "kvittens_door_last_success_timestamp_seconds";
/// Gauge: 1 while a door has looked in vain for too long.
pub const DOOR_DEAF: &str = "kvittens_door_deaf";
/// Unix time at which a door's canary last came out with its acknowledgement.
pub const CANARY_LAST_SUCCESS: &str = "kvittens_canary_last_success_timestamp_seconds";
/// How long that one took from sending to acknowledgement.
pub const CANARY_SECONDS: &str = "kvittens_canary_seconds";
/// Gauge: 1 while a door's canary does not come out in time.
pub const CANARY_FAILING: &str = "kvittens_canary_failing";
/// Gauge: 1 while nothing has come from a partner for longer than its file says.
pub const PARTNER_SILENT: &str = "kvittens_partner_silent";
/// How many more messages of the last local day a door counts than the store does; fewer when negative.
pub const DOOR_DIFFERENCE: &str = "kvittens_door_difference";
/// From arrival to the recipient's side having it.
pub const ACKNOWLEDGEMENT_DELAY: &str = "kvittens_acknowledgement_delay_seconds";
/// Acknowledgements not sent.
pub const ACKNOWLEDGEMENTS_PENDING: &str = "kvittens_acknowledgements_pending";
/// Of these, past their time.
pub const ACKNOWLEDGEMENTS_OVERDUE: &str = "kvittens_acknowledgements_overdue";
/// Gauge: how grave a trouble with acknowledgements is, by cause; 0 when there is none, 1000 when a day was missed.
pub const ALARM: &str = "kvittens_alarm";
/// Gauge: 1 for a way out that a person has switched off or set to a dry run, else 0.
pub const WAY_HELD_BACK: &str = "kvittens_way_held_back";
/// Jobs by kind and state.
pub const JOBS: &str = "kvittens_jobs";
/// Age of the oldest job by kind.
pub const OLDEST_JOB_AGE: &str = "kvittens_oldest_job_age_seconds";
/// Attempts to hand over, by outcome.
pub const DELIVERY_ATTEMPTS: &str = "kvittens_delivery_attempts_total";
/// Gauge: 1 while changed partners' files are refused for their faults and the ones before stay in use.
pub const PARTNERS_REFUSED: &str = "kvittens_partners_refused";
/// Notices that wait for a person to read them.
pub const NEEDS_REVIEW: &str = "kvittens_needs_review";
/// Time of one group's transaction.
pub const STORE_COMMIT_SECONDS: &str = "kvittens_store_commit_seconds";
/// Commands in one group.
pub const STORE_BATCH_SIZE: &str = "kvittens_store_batch_size";

/// `[telemetry]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Log lines as JSON instead of text.
    pub json: bool,
    /// What is logged, in the words of `tracing`'s filter, such as `info` or `kvittens=debug`.
    pub filter: String,
}

impl Default for Config {
    fn default() -> Self {
        Self { json: false, filter: "info,sqlx=warn,lapin=error,tower_sessions=error".to_owned() }
    }
}

/// Crates whose detailed lines quote file names, addresses or statements: never shown, whatever is asked for.
const QUIET: [&str; 8] = [
    "notify=warn",
    "hyper=info",
    "hyper_util=info",
    "reqwest=info",
    "h2=info",
    "sqlx=warn",
    "html5ever=warn",
    "lapin=warn",
];

/// Starts logging to standard error. Later calls do nothing.
pub fn start_logging(config: &Config) {
    use tracing_subscriber::EnvFilter;
    let asked = EnvFilter::try_new(&config.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let filter =
        QUIET.iter().filter_map(|quiet| quiet.parse().ok()).fold(asked, EnvFilter::add_directive);
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = if config.json {
        builder.json().try_init()
    } else {
        builder.with_ansi(std::io::stderr().is_terminal()).try_init()
    };
    drop(started);
}

/// A panic is told with its place and never with its text: the text may quote what was being read.
pub fn mask_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|at| format!("{}:{}", at.file(), at.line()));
        tracing::error!(
            place = place.unwrap_or_default(),
            "a part of the program panicked; its text is withheld"
        );
    }));
}

/// The process's metrics, rendered for Prometheus.
pub fn metrics() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            let seconds = [
                0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 60.0, 3600.0, 86400.0,
            ];
            let sizes = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0];
            let builder = PrometheusBuilder::new()
                .set_buckets(&seconds)
                .ok()?
                .set_buckets_for_metric(Matcher::Full(STORE_BATCH_SIZE.to_owned()), &sizes)
                .ok()?;
            builder.install_recorder().ok()
        })
        .as_ref()
}

/// A point at which a test may have the process killed: `KVITTENS_TEST_KILL=point:n` ends it with SIGKILL when the point is passed the n-th
/// time. Compiled into debug builds only; a release build has no such points.
pub fn kill_point(point: &'static str) {
    if cfg!(debug_assertions) {
        kill_if_asked(point);
    }
}

#[expect(clippy::disallowed_methods, reason = "a test-only variable, read once")]
fn kill_if_asked(point: &'static str) {
    static ASKED: OnceLock<Option<(String, u64)>> = OnceLock::new();
    static PASSED: AtomicU64 = AtomicU64::new(0);
    let asked = ASKED.get_or_init(|| {
        let value = std::env::var("KVITTENS_TEST_KILL").ok()?;
        let (name, count) = value.split_once(':')?;
        Some((name.to_owned(), count.parse().ok()?))
    });
    let Some((name, count)) = asked else { return };
    if name == point && PASSED.fetch_add(1, Ordering::SeqCst) + 1 == *count {
        tracing::warn!(point, "killed at a kill point");
        let _killed =
            rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    }
}
