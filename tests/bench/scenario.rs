//! One scenario from start to table: ready, rest, throughput, latency, growth, and the bare engine.

use crate::bare;
use crate::copy;
use crate::doors;
use crate::flood;
use crate::gateway::Gateway;
use crate::plan::Plan;
use crate::process;
use crate::reader;
use crate::report::Table;
use crate::report::percentile_ms;
use crate::report::say;
use crate::servers::Private;
use crate::servers::Servers;
use crate::stand_ins;
use crate::stand_ins::Order;
use crate::stand_ins::Posted;
use crate::stand_ins::Sinks;
use std::time::Duration;
use tokio::time::Instant;

/// How long the last notices of a burst may take to arrive.
const LIMIT: Duration = Duration::from_secs(300);

/// What a scenario runs on.
struct Stage<'a> {
    plan: &'a Plan,
    sinks: Sinks,
    gateway: Gateway,
    servers: Option<&'a Servers>,
    posted: u32,
    table: Table,
}

/// One burst's figures.
struct Burst {
    a_second: f64,
    answered_a_second: f64,
    gateway: f64,
    load: f64,
    sinks: f64,
    postgres: f64,
    amqp: f64,
}

/// Runs what was asked for, one after the other.
pub(crate) async fn run_all(plan: &Plan) -> anyhow::Result<()> {
    for name in &plan.scenarios {
        match name.as_str() {
            "sqlite" => run(plan, "SQLite and the embedded queue", None).await?,
            "reader" => reader::run().await?,
            "flood" => flood::run().await?,
            "imap" => match Private::start(&["dovecot"]) {
                Ok(server) => doors::imap(plan, &server).await?,
                Err(error) => skipped("the mailbox", &error),
            },
            "sftp" => match Private::start(&["openssh"]) {
                Ok(server) => doors::sftp(plan, &server).await?,
                Err(error) => skipped("SFTP", &error),
            },
            _ => match Servers::start() {
                Ok(servers) => run(plan, "PostgreSQL and RabbitMQ", Some(&servers)).await?,
                Err(error) => skipped("PostgreSQL and RabbitMQ", &error),
            },
        }
    }
    Ok(())
}

fn skipped(what: &str, error: &anyhow::Error) {
    say(&format!("\nskipped: {what} ({error:#})"));
}

async fn run(plan: &Plan, title: &str, servers: Option<&Servers>) -> anyhow::Result<()> {
    let sinks = Sinks::start().await?;
    let gateway = Gateway::start(&sinks, servers, "").await?;
    let mut stage = Stage { plan, sinks, gateway, servers, posted: 0, table: Table::default() };
    let ready = format!("{:.0} ms", stage.gateway.ready_ms);
    stage.table.add("exec to ready", ready, "aim: 200 ms");
    tokio::time::sleep(Duration::from_secs(plan.idle_seconds)).await;
    let rest = format!("{:.1} MiB", process::memory_mib(stage.gateway.id(), "VmRSS"));
    stage.table.add("memory at rest", rest, &format!("idle for {} s; aim: 48", plan.idle_seconds));
    stage.latency().await?;
    let whole = stage.throughput().await?;
    for stored in &plan.stored {
        stage.grow(*stored).await?;
    }
    let most = format!("{:.1} MiB", process::memory_mib(stage.gateway.id(), "VmHWM"));
    stage.table.add("memory under load", most, "highest");
    stage.bare_engine(&whole).await?;
    stage.table.print(title);
    Ok(())
}

impl Stage<'_> {
    /// At a fixed rate: from POST to the answer and to the mail server's 250.
    async fn latency(&mut self) -> anyhow::Result<()> {
        let (rate, seconds) = (self.plan.rate, self.plan.seconds);
        self.post(20, 4, rate).await?;
        let (posted, _) = self.post(rate * seconds, 32, rate).await?;
        let mails = self.sinks.mails().await?;
        let mut answers: Vec<u64> = posted.iter().map(|one| one.answered - one.sent).collect();
        let mailed = posted
            .iter()
            .filter_map(|one| Some(mails.get(&one.reference)?.saturating_sub(one.sent)));
        let mut mailed: Vec<u64> = mailed.collect();
        for (what, values) in
            [("answered 202", &mut answers), ("acknowledged by mail", &mut mailed)]
        {
            values.sort_unstable();
            let (p50, p99) = (percentile_ms(values, 0.50), percentile_ms(values, 0.99));
            let beside = format!("p50/p99 at {rate} a second; aim: 5/15");
            self.table.add(what, format!("{p50:.1}/{p99:.1} ms"), &beside);
        }
        Ok(())
    }

    /// As many as go.
    async fn throughput(&mut self) -> anyhow::Result<Burst> {
        self.burst(self.plan.notices / 4).await?;
        let burst = self.burst(self.plan.notices).await?;
        let value = format!("{:.0}/s", burst.a_second);
        let aim = if self.servers.is_some() { "aim: 1500" } else { "aim: 3000" };
        self.table.add("stored, acknowledged, case opened", value, aim);
        self.table.add(
            "answered 202",
            format!("{:.0}/s", burst.answered_a_second),
            "in the same burst",
        );
        self.table.add(
            "CPU of the gateway",
            format!("{:.2} s", burst.gateway),
            "a thousand; aim: 0.5",
        );
        self.table.add("CPU of the load", format!("{:.2} s", burst.load), "a thousand");
        self.table.add("CPU of the sinks", format!("{:.2} s", burst.sinks), "a thousand");
        if self.servers.is_some() {
            self.table.add("CPU of PostgreSQL", format!("{:.2} s", burst.postgres), "a thousand");
            self.table.add("CPU of RabbitMQ", format!("{:.2} s", burst.amqp), "a thousand");
        }
        Ok(burst)
    }

    /// The same with more in the store.
    async fn grow(&mut self, stored: u32) -> anyhow::Result<()> {
        if self.posted < stored {
            self.burst(stored - self.posted).await?;
        }
        let burst = self.burst(self.plan.notices / 2).await?;
        let what = format!("with {stored} stored or more");
        let cpu = format!("{:.2} s of the gateway's CPU a thousand", burst.gateway);
        self.table.add(&what, format!("{:.0}/s", burst.a_second), &cpu);
        Ok(())
    }

    async fn burst(&mut self, count: u32) -> anyhow::Result<Burst> {
        let before = self.cpu();
        let (posted, load) = self.post(count, self.plan.connections, 0).await?;
        let after = self.cpu();
        let began = posted.iter().map(|one| one.sent).min().unwrap_or(0);
        let answered = posted.iter().map(|one| one.answered).max().unwrap_or(0);
        let ended = self.sinks.counts().await?.last;
        let a_second = |end: u64| f64::from(count) * 1e6 / (end - began) as f64;
        let each = |at: usize| (after[at] - before[at]) * 1000.0 / f64::from(count);
        Ok(Burst {
            a_second: a_second(ended),
            answered_a_second: a_second(answered),
            load: load * 1000.0 / f64::from(count),
            gateway: each(0),
            sinks: each(1),
            postgres: each(2),
            amqp: each(3),
        })
    }

    fn cpu(&self) -> [f64; 4] {
        let [postgres, amqp] = self.servers.map_or([0, 0], |all| [all.postgres_pid, all.amqp_pid]);
        let cpu = |pid: u32| if pid == 0 { 0.0 } else { process::cpu_seconds(pid) };
        [cpu(self.gateway.id()), cpu(self.sinks.id()), cpu(postgres), cpu(amqp)]
    }

    /// Posts, and waits until each has its mail and its case.
    async fn post(
        &mut self,
        count: u32,
        connections: u32,
        rate: u32,
    ) -> anyhow::Result<(Vec<Posted>, f64)> {
        let (first, key) = (self.posted, self.gateway.key.clone());
        let order = Order { port: self.gateway.port, key: &key, first, count, connections, rate };
        self.posted += count;
        let done = stand_ins::post(&order).await?;
        let began = Instant::now();
        loop {
            let counts = self.sinks.counts().await?;
            if counts.mails >= self.posted && counts.cases >= self.posted {
                return Ok(done);
            }
            let late = began.elapsed() > LIMIT;
            anyhow::ensure!(!late, "only {counts:?} of {}: {}", self.posted, self.gateway.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn bare_engine(&mut self, whole: &Burst) -> anyhow::Result<()> {
        // What is still being finished is written before its rows are read.
        self.gateway.stop().await?;
        let bare = match self.servers {
            Some(servers) => copy::postgres(&servers.postgres_url).await?,
            None => bare::sqlite(&self.gateway.store_file()).await?,
        };
        let share = format!("the whole path reaches {:.0} % of it", whole.a_second * 100.0 / bare);
        self.table.add("the bare engine, same rows", format!("{bare:.0}/s"), &share);
        Ok(())
    }
}
