//! The demo as a newcomer runs it, and the operations pages that it opens.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitStatus;
use std::process::Stdio;
use std::time::Duration;

use rustix::process::Pid;
use rustix::process::Signal;
use tokio::io::AsyncBufReadExt as _;
use tokio::io::BufReader;
use tokio::process::Child;
use tokio::process::Command;

use crate::support::http_client;
use crate::support::wait;

/// What stands in the samples and must stand on no page.
const PERSONAL: [&str; 14] = [
    "Testsson",
    "Exempelsson",
    "Provsson",
    "Testa",
    "Kim ",
    "gatan",
    "850101",
    "8501012390",
    "199001022384",
    "197801022398",
    "201601022385",
    "Exempelhus",
    "Provhem",
    "hyra@",
];

fn program(arguments: &[&str], dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kvittens"));
    command.args(arguments).arg(dir).kill_on_drop(true).stdin(Stdio::null());
    command
}

async fn output(arguments: &[&str], dir: &Path) -> (Option<i32>, String) {
    let output = program(arguments, dir).output().await.expect("the program runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    (output.status.code(), text)
}

fn references(text: &str) -> BTreeSet<String> {
    let first = text.lines().filter_map(|line| line.split("  ").next());
    first.filter(|word| word.starts_with("AVH-")).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_takes_notices_through_three_doors_to_their_ends_and_knows_them_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("demo");
    let (code, text) = output(&["demo", "--once", "--port", "0", "--dir"], &dir).await;
    assert_eq!(code, Some(0), "{text}");
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("AVH-")).collect();
    assert!(lines.len() >= 12, "{text}");
    for door in ["mail", "folder", "API"] {
        assert!(lines.iter().any(|line| line.contains(door)), "{door}\n{text}");
    }
    for part in ["kvittens.toml", "kvittens.db", "maildir/cur", "drop/demo/in", "api.key"] {
        assert!(dir.join(part).exists(), "{part}");
    }
    let count = |part: &str| std::fs::read_dir(dir.join(part)).expect(part).count();
    assert!(count("mail-out") >= 3 && count("cases") >= 10, "{}", count("cases"));
    assert!(count("drop/demo/receipts") >= 4);
    let config = dir.join("kvittens.toml");
    let (code, verified) = output(&["verify", "--config"], &config).await;
    assert_eq!(code, Some(0), "{verified}");
    let (code, listed) = output(&["notices", "--config"], &config).await;
    assert_eq!((code, references(&listed)), (Some(0), references(&text)));
    let first = references(&text).into_iter().next().expect("a reference");
    let (code, shown) = output(&["show", &first, "--config"], &config).await;
    assert!(code == Some(0) && shown.contains("history"), "{shown}");

    let (code, again) = output(&["demo", "--once", "--port", "0", "--dir"], &dir).await;
    assert_eq!((code, references(&again)), (Some(0), references(&text)), "{again}");
    let (code, refused) = output(&["demo", "--once", "--port", "0", "--dir"], folder.path()).await;
    assert!(code == Some(1) && refused.contains("--dir"), "{refused}");
}

/// A demo that is up.
struct Up {
    process: Child,
    address: String,
}

impl Up {
    async fn start(dir: &Path) -> Self {
        let mut command = program(&["demo", "--port", "0", "--dir"], dir);
        let mut process = command.stdout(Stdio::piped()).spawn().expect("the demo starts");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let address = loop {
            let line =
                lines.next_line().await.expect("a line").expect("the address before the end");
            if let Some(url) = line.strip_prefix("The operations pages: ") {
                break url.trim_end_matches("/ops/").to_owned();
            }
        };
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { process, address }
    }

    async fn get(&self, path: &str) -> (u16, String) {
        let answer = http_client().get(format!("{}{path}", self.address)).send().await;
        let answer = answer.expect("an answer");
        let policy = answer.headers().get("content-security-policy").cloned();
        assert!(policy.is_some_and(|policy| policy.to_str().expect("text").contains("'none'")));
        assert_eq!(answer.headers()["cache-control"], "no-store", "{path}");
        (answer.status().as_u16(), answer.text().await.expect("a text"))
    }

    async fn post(&self, path: &str, form: &str, site: &str) -> (u16, String) {
        let request = http_client()
            .post(format!("{}{path}", self.address))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", site);
        let answer = request.body(form.to_owned()).send().await.expect("an answer");
        let to = answer.headers().get("location").map(|to| to.to_str().expect("text").to_owned());
        (answer.status().as_u16(), to.unwrap_or_default())
    }

    async fn stop(mut self) -> ExitStatus {
        let id = self.process.id().and_then(|id| Pid::from_raw(id.cast_signed())).expect("an id");
        rustix::process::kill_process(id, Signal::INT).expect("a signal");
        let ended = tokio::time::timeout(Duration::from_secs(10), self.process.wait()).await;
        ended.expect("it ends soon after Ctrl-C").expect("its end")
    }
}

fn links(html: &str) -> Vec<String> {
    let after = html.split("href=\"").skip(1);
    let link = |text: &str| {
        text.split('"').next().unwrap_or_default().replace("&#38;", "&").replace("&amp;", "&")
    };
    after.map(link).filter(|link| link.starts_with("/ops/")).collect()
}

fn assert_page(path: &str, html: &str) {
    let mut reader = quick_xml::Reader::from_str(html);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => break,
            Ok(_) => {}
            Err(error) => panic!("{path} is not well formed: {error}"),
        }
    }
    for part in ["<html lang=\"", "<main", "<h1", "<title>", "name=\"viewport\""] {
        assert_eq!(html.matches(part).count(), 1, "{part} on {path}");
    }
    assert!(!html.contains("<script") && !html.contains("style=\""), "{path}");
    for word in PERSONAL {
        assert!(!html.contains(word), "{word} on {path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_lead_everywhere_count_what_they_list_and_show_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let up = Up::start(&folder.path().join("demo")).await;
    let mut seen = BTreeSet::new();
    let mut ahead = vec!["/ops/?lang=sv".to_owned(), "/ops/".to_owned()];
    while let Some(path) = ahead.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let (status, text) = up.get(&path).await;
        assert_eq!(status, 200, "{path}");
        let download = ["/ops/report.json", "/ops/report.csv", "/ops/report.xlsx"]
            .iter()
            .any(|it| path.starts_with(it));
        if !path.starts_with("/ops/style.css") && !download {
            assert_page(&path, &text);
            ahead.extend(links(&text));
        }
    }
    assert!(seen.len() > 40, "{}", seen.len());
    let (_, front) = up.get("/ops/?lang=en").await;
    for state in ["receivedToday", "acknowledgedToday", "needsReview", "notHandedOver"] {
        let shown = front.split(&format!("state={state}")).nth(1).expect(state);
        let shown = shown.split("</a>").next().expect("the link's text");
        let number =
            |text: &str| text.split(['<', ')']).next().and_then(|text| text.parse::<usize>().ok());
        let shown = shown.split(['>', '(']).filter_map(number).next().expect(state);
        let (_, list) = up.get(&format!("/ops/notices?state={state}&lang=en")).await;
        assert!(
            list.contains(&format!("<strong id=\"count\">{shown}</strong>")),
            "{state}: {shown}"
        );
        assert_eq!(list.matches("<th scope=\"row\">").count(), shown, "{state}");
    }
    for (path, status) in
        [("/ops/notices?state=nonsense", 404), ("/ops/notices/AVH-0000-0001", 404)]
    {
        assert_eq!(up.get(path).await.0, status, "{path}");
    }
    a_person_acts(&up).await;
    assert!(up.stop().await.success());
    closed_in_serve(&folder.path().join("demo/kvittens.toml")).await;
}

async fn a_person_acts(up: &Up) {
    let (_, list) = up.get("/ops/notices?state=needsReview").await;
    let notice = links(&list).into_iter().find(|link| link.contains("AVH-")).expect("a notice");
    let dismiss = format!("{notice}/dismiss");
    assert_eq!(up.post(&dismiss, "reason=x", "cross-site").await.0, 403);
    let (status, to) = up.post(&dismiss, "reason=+", "same-origin").await;
    assert!(status == 303 && to.contains("reasonMissing"), "{status} {to}");
    let (status, to) = up.post(&dismiss, "reason=dubblett", "same-origin").await;
    assert!(status == 303 && to.contains("dismissed"), "{status} {to}");
    let (_, page) = up.get(&format!("{notice}?lang=en")).await;
    assert!(page.contains("Dismissed by a person") && !page.contains("/dismiss\""));
    let reference = notice.trim_start_matches("/ops/notices/").to_lowercase();
    let found = up.post("/ops/search", &format!("terms={reference}"), "same-origin").await;
    assert_eq!(found, (303, notice));
    assert_eq!(up.post("/ops/search", "terms=Testa", "same-origin").await.0, 404);
}

async fn closed_in_serve(config: &Path) {
    let mut serve = program(&["serve", "--config"], config).spawn().expect("serve starts");
    let text = std::fs::read_to_string(config).expect("the configuration");
    let port = text.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('"').next());
    let url = format!("http://127.0.0.1:{}/ops/", port.expect("a port"));
    let status = wait::until("serve answers", Duration::from_secs(30), || async {
        Some(http_client().get(&url).send().await.ok()?.status().as_u16())
    });
    assert_eq!(status.await, 403);
    serve.kill().await.expect("serve ends");
}
