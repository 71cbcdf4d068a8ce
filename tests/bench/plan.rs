//! What a run of the benchmark is asked to do.

use anyhow::Context as _;

/// The arguments.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// `sqlite`, `postgres`, `imap`, `sftp`, `reader`, `flood`; in the order asked for.
    pub(crate) scenarios: Vec<String>,
    /// How many notices one measured burst has.
    pub(crate) notices: u32,
    /// How many connections a burst keeps busy.
    pub(crate) connections: u32,
    /// Notices a second while latency is measured.
    pub(crate) rate: u32,
    /// How long latency is measured.
    pub(crate) seconds: u32,
    /// How long the gateway is left alone before its memory is read.
    pub(crate) idle_seconds: u64,
    /// How many notices lie in the store before each further burst.
    pub(crate) stored: Vec<u32>,
}

impl Plan {
    /// Reads the arguments; cargo adds `--bench`.
    pub(crate) fn read(arguments: &[String]) -> anyhow::Result<Self> {
        let mut plan = Self {
            scenarios: Vec::new(),
            notices: 6000,
            connections: 256,
            rate: 50,
            seconds: 20,
            idle_seconds: 60,
            stored: vec![1_000, 10_000],
        };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut number = || {
                let value = rest.next().with_context(|| format!("{argument} wants a number"))?;
                value.parse::<u32>().with_context(|| format!("{argument} wants a number"))
            };
            match argument.as_str() {
                "--bench" => {}
                "--full" => plan.stored = vec![1_000, 10_000, 100_000],
                "--no-growth" => plan.stored.clear(),
                "--notices" => plan.notices = number()?,
                "--connections" => plan.connections = number()?,
                "--rate" => plan.rate = number()?,
                "--seconds" => plan.seconds = number()?,
                "--idle" => plan.idle_seconds = number()?.into(),
                "sqlite" | "postgres" | "imap" | "sftp" | "reader" | "flood" => {
                    plan.scenarios.push(argument.clone());
                }
                other => anyhow::bail!(
                    "unknown argument {other}; scenarios: sqlite, postgres, imap, sftp, reader, flood"
                ),
            }
        }
        if plan.scenarios.is_empty() {
            let all = ["sqlite", "postgres", "imap", "sftp", "reader", "flood"];
            plan.scenarios = all.map(str::to_owned).to_vec();
        }
        Ok(plan)
    }
}
