//! The demo: sample notices come in by mail, folder and API on this machine, are acknowledged, and become cases in a folder.
//!
//! It runs the same gateway as `serve`, on embedded defaults; only the operations pages are open without a login, since it listens
//! on this machine alone. Sent again on the same day, its samples are recognised at every door and open no second case.

mod place;
mod samples;
mod send;
mod watch;

use crate::clock::Clock;
use crate::demo::place::Place;
use crate::demo::samples::Day;
use crate::gateway::Parts;
use crate::operations::Desk;
use crate::store::JobKind;
use crate::store::Store;
use anyhow::Context as _;
use std::net::SocketAddr;
use std::path::PathBuf;

/// What is asked of the demo.
#[derive(Debug)]
pub struct Options {
    /// Where it keeps everything; `None`: a fresh temporary folder, which is kept.
    pub dir: Option<PathBuf>,
    /// The port on 127.0.0.1; 0 draws a free one.
    pub port: u16,
    /// End when every sample is acknowledged and delivered or waits for a person.
    pub once: bool,
}

/// Runs the demo; `false` when a sample did not come out as it should.
pub async fn run(options: Options, print: fn(&str)) -> anyhow::Result<bool> {
    place::port_is_free(options.port)?;
    let place = Place::prepare(options.dir)?;
    place.write_config(options.port)?;
    let loaded = crate::config::load(Some(&place.config()))?;
    crate::telemetry::start_logging(&loaded.config.telemetry);
    crate::telemetry::metrics();
    let clock = Clock::system();
    place.signing_key(clock.now())?;
    let store = Store::open(&loaded.config.store, clock.clone(), true).await;
    let store = store.context("opening the demo's store")?;
    let key = place.api_client(&store).await?;
    let pages = crate::operations::demo_pages(Desk {
        store: store.clone(),
        profile: loaded.profile.clone(),
        partners: loaded.partners.clone(),
        local_time: loaded.local_time.clone(),
        job: JobKind::Deliver,
        roster: loaded.roster.clone(),
        letters: crate::gateway::letters(&loaded, store.clone())?,
        corrections: crate::gateway::corrections(
            &loaded,
            store.clone(),
            crate::store::JobKind::Deliver,
        ),
    });
    let told_to_stop = crate::gateway::told_to_stop()?;
    let running = crate::gateway::start(&loaded, Parts::ALL, clock.clone(), Some(pages)).await;
    let running = running.with_context(|| {
        format!("starting the gateway in {}; is another demo running there?", place.shown())
    })?;
    let address = running.http.context("the gateway serves no HTTP")?;
    place.write_config(address.port())?;
    let day = Day::new(clock.now(), &loaded.local_time, place::run_token(key.reveal()));
    let stage =
        Stage { place: &place, store: &store, day: &day, key: key.reveal(), address, print };
    let ended = tokio::select! {
        done = stage.play(options.once) => done,
        () = told_to_stop => Ok(true),
    };
    running.stop().await;
    store.close().await;
    ended
}

/// What the demo works with once the gateway is up.
struct Stage<'a> {
    place: &'a Place,
    store: &'a Store,
    day: &'a Day,
    key: &'a str,
    address: SocketAddr,
    print: fn(&str),
}

impl Stage<'_> {
    /// Sends the samples, waits for them, tells what became of them; then, unless once, stays up until it is dropped.
    async fn play(&self, once: bool) -> anyhow::Result<bool> {
        let print = self.print;
        print(&format!("The gateway is up at http://{}/, with everything in", self.address));
        print(&format!("  {}\n", self.place.shown()));
        let sent = send::all(self).await?;
        print("Waiting until each is acknowledged and handed over, or waits for a person …\n");
        let seen = watch::until_settled(self, &sent).await?;
        let faults = watch::tell(self, &sent, &seen);
        for fault in &faults {
            print(&format!("NOT AS IT SHOULD BE: {fault}"));
        }
        self.where_things_are();
        if once {
            return Ok(faults.is_empty());
        }
        self.how_to_go_on();
        std::future::pending().await
    }

    fn where_things_are(&self) {
        let folder = self.place.shown();
        let line = |what: &str, part: &str| (self.print)(&format!("  {what:<26} {folder}/{part}"));
        (self.print)("\nWhat it left behind:");
        line("cases", "cases/");
        line("mails that went out", "mail-out/");
        line("receipts beside the files", "drop/demo/receipts/");
        line("configuration", "kvittens.toml");
        line("keys for signed receipts", "keys/");
        let config = self.place.config_quoted();
        (self.print)(&format!("  any other command           kvittens notices --config {config}"));
    }

    fn how_to_go_on(&self) {
        let folder = self.place.quoted();
        let address = self.address;
        let root = crate::http::urls::ROOT;
        (self.print)(&format!(
            r#"
The operations pages: http://{address}/ops/

Drop a file yourself:
  printf 'Hyresgäst;Pnr;Adress;Belopp\nTestsson, Testa;850101-2390;Exempelgatan 12;8 912,00\n' > {folder}/drop/demo/in/lista.csv

Send a request yourself:
  curl -i http://{address}{root}/notices -H "Authorization: Bearer $(cat {folder}/api.key)" -H 'Content-Type: application/json' \
    -d '{{"schemaVersion":"1.0","type":"rentArrears","persons":[{{"role":"tenant","name":"Testa Testsson"}}]}}'

Ctrl-C ends it; `kvittens demo --dir {folder}` starts it again with all that is there."#
        ));
    }
}
