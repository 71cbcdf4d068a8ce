//! The print drop on a server that is reached by SFTP, and everything that can happen on the way to it.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::support::gateway::Gateway;
use crate::support::letter_platform::LetterPlatform;
use crate::support::relay::Relay;
use crate::support::relay::Way;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::sftp;
use crate::support::sftp::FarFolder;
use crate::support::wait;

use super::copies;
use super::copies::HIM;
use super::copies::nothing_owed;
use super::copies::notice;
use super::copies::sent;
use super::copies::waits;
use super::copies::whole;
use super::place::LIMIT;
use super::place::Place;
use super::place::end;
use super::place::rows;

/// Why letters are tried again.
const NOT_WRITTEN: &str = "cannot write to the print folder";

/// A place whose letters are fetched from the partner's folder on the server.
fn place(far: &FarFolder, port: u16, letter: &str, more: &str) -> Place {
    let keys: String =
        far.keys("x", port).lines().skip(1).map(|line| format!("{line}\n")).collect();
    let quick = "timeout = \"1s\"\nconnect_timeout = \"2s\"\nkeepalive = \"1s\"\n";
    let place = copies::place(letter, &format!("[letter.print_sftp]\n{keys}{quick}\n{more}"), None);
    let config = std::fs::read_to_string(place.workspace.config()).unwrap();
    let kept = config.lines().filter(|line| !line.starts_with("print_folder"));
    let config: String = kept.map(|line| format!("{line}\n")).collect();
    std::fs::write(place.workspace.config(), config).unwrap();
    place
}

/// The letter and its list, as they lie there.
async fn letters(far: &FarFolder, reference: &str) -> Vec<(String, Vec<u8>)> {
    let names = [format!("kopia-{reference}.1.pdf"), format!("kopia-{reference}.csv")];
    wait::eventually("the letters lie there", LIMIT, || async {
        let there = far.names("");
        names.iter().all(|name| there.contains(name))
    })
    .await;
    let read = |name: &String| (name.clone(), std::fs::read(far.path(name)).unwrap());
    names.iter().map(read).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn letters_lie_on_the_server_once_whenever_the_gateway_is_killed() {
    let Some(_server) = Servers::shared(&[Server::Sftp]).await else { return };
    let far = FarFolder::new();
    let place = place(&far, sftp::port(), "", "");
    let (_, said) = place.says(&["check"]).await;
    assert!(said.contains("ok     letter.print_sftp.path"), "{said}");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    end(gateway).await;
    let kill = [("KVITTENS_TEST_KILL", "between_letters:1")];
    let mut gateway = Gateway::start(&place.workspace, &kill).await;
    let reference = sent(&place, &key, &notice(HIM)).await;
    assert!(!gateway.wait_exit().await.success());
    let list = format!("kopia-{reference}.csv");
    assert!(!far.names("").contains(&list), "no list of letters that are not all there");
    let kill = [("KVITTENS_TEST_KILL", "after_print_before_outcome:1")];
    let mut gateway = Gateway::start_unready(&place.workspace, &kill).await;
    assert!(!gateway.wait_exit().await.success());
    let before = letters(&far, &reference).await;
    assert!(before[0].1.starts_with(b"%PDF-1."));
    assert!(String::from_utf8_lossy(&before[1].1).contains("Testa Testsson"));
    let gateway = Gateway::start(&place.workspace, &[]).await;
    nothing_owed(&place).await;
    end(gateway).await;
    assert_eq!(letters(&far, &reference).await, before, "the same bytes");
    let there = far.names("");
    assert_eq!(there.iter().filter(|name| name.starts_with("kopia-")).count(), 2, "{there:?}");
    let told = format!("acknowledgements WHERE purpose = 'copy' AND evidence = '{list}'");
    assert_eq!(rows(&place, &told).await, 1, "what was written is on record");
    whole(&place).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_cut_or_closed_way_holds_up_is_written_when_it_opens() {
    let Some(_server) = Servers::shared(&[Server::Sftp]).await else { return };
    let far = FarFolder::new();
    let way = Relay::open(&format!("sftp://127.0.0.1:{}", sftp::port())).await;
    let place = place(&far, way.port(), "", "");
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    for (closed, person) in [(Way::Silent, HIM), (Way::Cut, copies::HER)] {
        way.set(closed);
        let reference = sent(&place, &key, &notice(person)).await;
        waits(&place, &reference, NOT_WRITTEN).await;
        way.set(Way::Open);
        letters(&far, &reference).await;
        nothing_owed(&place).await;
    }
    // Nobody may write there.
    std::fs::set_permissions(far.path(""), PermissionsExt::from_mode(0o555)).unwrap();
    let another = serde_json::json!("2027-01-14T09:00:00+01:00");
    let mut anew = notice(HIM);
    anew["enforcement"]["startsAt"] = another;
    let refused = sent(&place, &key, &anew).await;
    waits(&place, &refused, NOT_WRITTEN).await;
    let (well, said) = place.says(&["check"]).await;
    assert!(!well && said.contains("FAULT  letter.print_sftp.path"), "{said}");
    assert!(!said.contains("Testsson"), "{said}");
    std::fs::set_permissions(far.path(""), PermissionsExt::from_mode(0o777)).unwrap();
    letters(&far, &refused).await;
    nothing_owed(&place).await;
    end(gateway).await;
    whole(&place).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_is_gone_or_full_is_left_for_the_letter_service() {
    let Some(_server) = Servers::shared(&[Server::Sftp]).await else { return };
    for full in [false, true] {
        let far = FarFolder::new();
        let _small = match full {
            false => {
                std::fs::remove_dir_all(far.path("")).unwrap();
                None
            }
            true => match Small::mount(&far.path("")) {
                Some(small) => Some(small),
                None => {
                    println!("skipped: no file system of a few pages can be mounted here");
                    return;
                }
            },
        };
        let platform = LetterPlatform::start(&[HIM]).await;
        let url = platform.url();
        let service = format!(
            "[letter.service]\nurl = \"{url}/messaging\"\nparty_url = \"{url}/party\"\ndepartment = \"d\"\n\
             token = {:?}\nlook_every = \"300ms\"\n",
            platform.token()
        );
        let place = place(&far, sftp::port(), "ways = [\"print\", \"service\"]", &service);
        let gateway = Gateway::start(&place.workspace, &[]).await;
        let key = place.client("kronofogden").await;
        let reference = sent(&place, &key, &notice(HIM)).await;
        platform.wait_for(1, LIMIT).await;
        nothing_owed(&place).await;
        let (_, shown) = place.says(&["show", &reference, "--json"]).await;
        assert!(shown.contains("copy.anotherWay"), "full: {full}: {shown}");
        assert!(far.names("").iter().all(|name| !name.ends_with(".csv")));
        end(gateway).await;
        whole(&place).await;
    }
}

/// A file system too small for a letter over a folder; unmounted when dropped.
struct Small(std::path::PathBuf);

impl Small {
    fn mount(folder: &Path) -> Option<Self> {
        let options = ["-t", "tmpfs", "-o", "size=8k,mode=0777", "tmpfs"];
        let mounted = Command::new("mount").args(options).arg(folder).output();
        let mounted = mounted.is_ok_and(|output| output.status.success());
        mounted.then(|| Self(folder.to_owned()))
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        Command::new("umount").arg(&self.0).output().ok();
    }
}
