//! Sends the samples as senders would: a mail delivered into the mailbox, a file renamed into the drop folder, a request.

use crate::demo::Stage;
use crate::demo::samples::Door;
use crate::demo::samples::SAMPLES;
use crate::demo::samples::Sample;
use crate::domain::digest::Digest;
use crate::files::folder::Folder;
use crate::files::put::IfTaken;
use anyhow::Context as _;
use reqwest::header;
use std::ffi::OsStr;
use std::time::Duration;

/// A sample that was sent; its bytes' digest finds it in the store.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) sample: &'static Sample,
    pub(super) sha256: String,
}

/// Sends all of them, in their order.
pub(super) async fn all(stage: &Stage<'_>) -> anyhow::Result<Vec<Sent>> {
    let http = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(30)).build();
    let http = http.context("making an HTTP client")?;
    let mut sent = Vec::with_capacity(SAMPLES.len());
    for (at, sample) in SAMPLES.iter().enumerate() {
        let bytes = sample.bytes(stage.day);
        let sha256 = Digest::of(&bytes).to_string();
        match sample.door {
            Door::Mail => mail(stage, at, &bytes)?,
            Door::Folder(name, _) => file(stage, at, name, &bytes)?,
            Door::Api(content_type, twice) => {
                for _ in 0..=usize::from(twice) {
                    request(stage, &http, at, content_type, &bytes).await?;
                }
            }
        }
        sent.push(Sent { sample, sha256 });
    }
    Ok(sent)
}

fn mail(stage: &Stage<'_>, at: usize, bytes: &[u8]) -> anyhow::Result<()> {
    let unique = uuid::Uuid::new_v4().simple();
    let waiting = stage.place.path(&format!("maildir/tmp/{unique}.{at}.demo"));
    let delivered = stage.place.path(&format!("maildir/new/{unique}.{at}.demo"));
    std::fs::write(&waiting, bytes).context("writing a mail")?;
    std::fs::rename(waiting, delivered).context("delivering a mail")?;
    say(stage, "mail", at, "");
    Ok(())
}

fn file(stage: &Stage<'_>, at: usize, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = Folder::open(&stage.place.path("drop/demo/in")).context("opening in/")?;
    folder.put(OsStr::new(name), bytes, IfTaken::Replace).context("dropping a file")?;
    say(stage, "folder", at, "");
    Ok(())
}

async fn request(
    stage: &Stage<'_>,
    http: &reqwest::Client,
    at: usize,
    content_type: &str,
    bytes: &[u8],
) -> anyhow::Result<()> {
    let url = format!("http://{}{}/notices", stage.address, crate::http::urls::ROOT);
    let answer = http
        .post(url)
        .bearer_auth(stage.key)
        .header(header::CONTENT_TYPE, content_type)
        .header("Idempotency-Key", format!("demo-{}-{}-{at}", stage.day.run, stage.day.today))
        .body(bytes.to_vec())
        .send()
        .await
        .context("sending a request to the gateway")?;
    let status = answer.status();
    let replayed = answer.headers().contains_key("idempotency-replayed");
    anyhow::ensure!(status.as_u16() == 202, "the gateway answered {status} to sample {at}");
    let again = if replayed { ", known already: the first answer again" } else { "" };
    say(stage, "API", at, &format!(" ({status}{again})"));
    Ok(())
}

fn say(stage: &Stage<'_>, door: &str, at: usize, more: &str) {
    let title = SAMPLES.get(at).map_or("", |sample| sample.title);
    (stage.print)(&format!("  {door:<7} {title}{more}"));
}
