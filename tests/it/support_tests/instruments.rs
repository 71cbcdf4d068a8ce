//! Ports, waiting, forms, traces, the private servers and the gateway's process.

use std::path::Path;
use std::time::Duration;

use crate::support::gateway;
use crate::support::gateway::Gateway;
use crate::support::http_client;
use crate::support::multipart;
use crate::support::ports::free_port;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::trace;
use crate::support::trace::Trace;
use crate::support::wait;
use crate::support::workspace::Setup;
use crate::support::workspace::Workspace;

#[test]
fn no_port_is_given_twice() {
    let mut ports: Vec<u16> = (0..50).map(|_| free_port()).collect();
    ports.sort_unstable();
    ports.dedup();
    assert_eq!(ports.len(), 50);
}

#[tokio::test]
#[should_panic(expected = "not within 20ms: the impossible")]
async fn waiting_for_what_never_comes_fails_with_its_name() {
    wait::eventually("the impossible", Duration::from_millis(20), || async { false }).await;
}

#[test]
fn a_form_comes_apart_and_a_broken_one_does_not() {
    let body = b"--b\r\nContent-Disposition: form-data; name=\"Title\"\r\n\r\nEtt\r\n--b\r\n\
        Content-Disposition: form-data; name=\"Content\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n\
        \r\n--x\r\n\r\n--b--\r\n";
    let parts = multipart::parts("multipart/form-data; boundary=b", body).expect("a form");
    assert_eq!((parts[0].name.as_str(), parts[0].text().as_str()), ("Title", "Ett"));
    assert_eq!(
        (parts[1].file_name.as_deref(), parts[1].bytes.as_slice()),
        (Some("a.pdf"), &b"\r\n--x\r\n"[..])
    );
    assert_eq!(multipart::parts("multipart/form-data", body), None);
    assert_eq!(multipart::parts("multipart/form-data; boundary=c", body), None);
}

#[test]
fn a_trace_is_read_across_interrupted_calls() {
    let text = "7 pwrite64(12</a/db-wal>, \"\\0\\1\"..., 4096, 0) = 4096\n\
        7 fdatasync(12</a/db-wal> <unfinished ...>\n\
        8 sendto(9<TCP:[127.0.0.1:8080->127.0.0.1:5]>, \"HTTP/1.1 202 Accepted\\r\\n\"..., 90, MSG_NOSIGNAL, NULL, 0) = 90\n\
        7 <... fdatasync resumed>) = 0\n\
        8 renameat2(AT_FDCWD</a>, \"/a/in/f\", AT_FDCWD</a>, \"/a/done/f\", RENAME_NOREPLACE) = -1 EEXIST (File exists)\n\
        8 fsync(3</a/done> <unfinished ...>\n\
        8 +++ killed by SIGKILL +++\n";
    let events = trace::parse(text);
    let calls: Vec<&str> = events.iter().map(|event| event.call.as_str()).collect();
    assert_eq!(calls, ["pwrite64", "fdatasync", "sendto", "renameat2", "fsync"]);
    assert!(events[0].writes("db-wal") && events[1].syncs("db-wal") && events[2].sends("202"));
    assert!(events[3].moves_to("/done/") && events[3].result == Some(-1));
    assert!(!events[4].syncs("done"), "a sync that never returned is none");
    assert!(events[1].ended > events[2].begun, "this 202 left before its data was synced");
    assert_eq!(trace::first_from(&events, 2, |event| event.pid == 7), None);
}

#[tokio::test]
async fn strace_sees_a_write_its_sync_and_the_rename_in_order() {
    if !Trace::is_possible().await {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let trace = Trace::to(folder.path().join("trace"));
    let script = "printf hej | dd of=a conv=fdatasync status=none && mv a b";
    let mut command = trace.command(Path::new("/bin/sh"));
    let status = command
        .args(["-c", script])
        .current_dir(folder.path())
        .status()
        .await
        .expect("sh under strace");
    assert!(status.success());
    let events = trace.events();
    let write = trace::first_from(&events, 0, |event| event.writes("/a")).expect("a write");
    let sync = trace::first_from(&events, write.ended, |event| event.syncs("/a")).expect("a sync");
    let renamed = trace::first_from(&events, sync.ended, |event| event.moves_to("b"));
    assert_eq!(renamed.expect("a rename").result, Some(0));
}

#[tokio::test]
async fn each_test_has_a_database_of_its_own_that_goes_with_it() {
    let Some(servers) = Servers::shared(&[Server::Postgres]).await else { return };
    let (first, second) = (servers.database().await, servers.database().await);
    assert_ne!(first.name, second.name);
    let url = first.url.clone();
    sqlx::PgPool::connect(&url).await.expect("the database is there").close().await;
    drop(first);
    assert!(sqlx::PgPool::connect(&url).await.is_err(), "the database is gone");
}

#[tokio::test]
async fn the_servers_come_back_after_a_restart_with_what_they_had() {
    let Some(servers) = Servers::alone(&[Server::Postgres, Server::Amqp]).await else { return };
    let database = servers.database().await;
    let broker = servers.broker();
    let queue = format!("{}.kept", broker.prefix);
    declare(&broker.url, &queue, false).await.expect("a quorum queue");
    for verb in ["restart", "kill", "start"] {
        tokio::join!(servers.control_postgres(verb), servers.control_amqp(verb));
    }
    sqlx::PgPool::connect(&database.url).await.expect("the database is there").close().await;
    declare(&broker.url, &queue, true).await.expect("the quorum queue is still there");
    declare(&broker.url, "kv-never-declared", true).await.expect_err("a queue nobody declared");
}

/// Declares a quorum queue, or with `passive` only asks for it.
async fn declare(url: &str, queue: &str, passive: bool) -> lapin::Result<()> {
    let connection =
        lapin::Connection::connect(url, lapin::ConnectionProperties::default()).await?;
    let channel = connection.create_channel().await?;
    let options =
        lapin::options::QueueDeclareOptions { durable: true, passive, ..Default::default() };
    let mut arguments = lapin::types::FieldTable::default();
    arguments.insert("x-queue-type".into(), lapin::types::AMQPValue::LongString("quorum".into()));
    channel.queue_declare(queue.into(), options, arguments).await?;
    connection.close(200, "done".into()).await
}

#[tokio::test]
async fn the_program_runs_in_its_workspace() {
    let workspace = Workspace::new(&Setup::default());
    workspace.drop_file("a.csv", b"type\r\n");
    workspace.deliver_mail("1", b"Subject: x\r\n\r\n");
    assert!(
        workspace.path("drop/landlord/in/a.csv").exists()
            && workspace.path("maildir/new/1").exists()
    );
    let text = std::fs::read_to_string(workspace.config()).expect("the configuration");
    let parsed: toml::Table = text.parse().expect("the configuration is TOML");
    assert!(parsed.contains_key("case_system"));
    let checked = workspace.run(&["check"]).await;
    assert!(checked.status.success(), "check: {}", String::from_utf8_lossy(&checked.stdout));
    workspace.write_config(&Setup { more: "[nonsense]".to_owned(), ..Setup::default() });
    assert_eq!(workspace.run(&["check"]).await.status.code(), Some(2));
}

#[tokio::test]
async fn the_gateway_is_started_stopped_killed_and_started_again() {
    let workspace = Workspace::new(&Setup::default());
    let mut gateway = Gateway::start(&workspace, &[]).await;
    assert_eq!(gateway::status_of(workspace.http_port, "/healthz").await, Some(200));
    assert!(gateway.terminate().await.success(), "{}", gateway.output());
    let mut gateway = Gateway::start(&workspace, &[]).await;
    gateway.kill().await;
    assert_eq!(gateway::status_of(workspace.http_port, "/healthz").await, None);
    let key = workspace.add_client("landlord", "landlord@example.org").await;
    let gateway = Gateway::start(&workspace, &[]).await;
    let notice = serde_json::json!({ "schemaVersion": "1.0", "type": "rentArrears" });
    let post = |key: &str| {
        http_client().post(workspace.url("/eviction-notices/v1/notices")).bearer_auth(key)
    };
    let answer = post(&key).json(&notice).send().await.expect("an answer");
    assert_eq!(answer.status().as_u16(), 202, "{}", gateway.output());
    let refused = post("wrong").json(&notice).send().await.expect("an answer");
    assert_eq!(refused.status().as_u16(), 401);
}
