//! A municipality's own words: in the receipt, in the confirmation to Kronofogden, in the letter to the person; a wrong text is told before it is used.

use crate::support::gateway::Gateway;
use crate::support::smtp::Mail;
use crate::support::smtp::SmtpOptions;
use crate::support::smtp::SmtpSink;
use crate::support::wait;

use super::confirmations;
use super::confirmations::ROSTER;
use super::place::LIMIT;
use super::place::Place;
use super::place::end;

const TEXTS: &str = r#"
[texts.kvittens]
sv = """
Tack! {mottagare} har nu er post.

{uppgifter}

Kolla kvittot: {kontrollsida}

Ring oss på {kontakt}.
"""
en = """
Thanks! {receiver} has your post.

{facts}

Ask {contact}.
"""

[texts.bekraftelse]
sv = """
Hej Kronofogden, {mottagare} vet nu om er {ärende}.

{ersätter}

{uppgifter}

{sen}
"""

[texts.brev]
sv = """
# Brev om din bostad

Ring {handläggare} nu.

{uppgifter}
"""
en = """
# A letter about your home

Call {caseworker} now.

{facts}
"""
"#;

/// Malmö's profile with texts of its own.
fn profile() -> String {
    let malmo = std::fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("config/malmo.toml"),
    )
    .unwrap();
    let named = [
        ("to = \"enforcementAuthority\"", "bekraftelse"),
        ("to = \"person\"", "brev"),
        ("to = \"sender\"", "kvittens"),
    ];
    let with = |text: String, (rule, name): (&str, &str)| {
        text.replace(&format!("\n{rule}\n"), &format!("\n{rule}\ntext = \"{name}\"\n"))
    };
    named.into_iter().fold(malmo, with) + TEXTS
}

fn use_profile(place: &Place, text: &str) {
    std::fs::write(place.path("profile.toml"), text).unwrap();
    let config = place.workspace.config();
    let before = std::fs::read_to_string(&config).unwrap();
    if !before.contains("[municipality]") {
        let path = place.path("profile.toml").display().to_string();
        std::fs::write(&config, format!("{before}\n[municipality]\nprofile = {path:?}\n")).unwrap();
    }
}

#[tokio::test]
async fn the_profiles_own_words_are_sent_and_wrong_ones_are_refused() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let place = confirmations::place(Some(&sink), "[\"mail\"]", Some(ROSTER));
    let good = profile();
    use_profile(&place, &good.replace("{kontakt}", "{namn}").replace("{sen}", "{sen"));
    let (well, said) = place.says(&["check"]).await;
    assert!(!well, "{said}");
    for fault in [
        "texts.kvittens.sv: line 7: there is no placeholder {namn}",
        "texts.kvittens.sv: it lacks {kontakt}",
        "texts.bekraftelse.sv: line 7: a brace stands alone",
    ] {
        assert!(said.contains(fault), "{fault}\n{said}");
    }
    use_profile(&place, &good);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let reference = confirmations::sent(&place).await;
    let mail = "From: hyra@hyra.example\r\nTo: kvittens@example.org\r\nMessage-ID: <1@hyra.example>\r\nSubject: hyra\r\n\r\n\
                Hyran är obetald.\r\n";
    place.workspace.deliver_mail("1.mail", mail.as_bytes());
    let body = |to: &str| {
        let is_to = |mail: &&Mail| mail.envelope_to == [to];
        sink.mails().iter().find(is_to).map(|mail| {
            let parsed = mail_parser::MessageParser::default().parse(&mail.data[..]).unwrap();
            parsed.body_text(0).unwrap().into_owned()
        })
    };
    wait::eventually("both mails", LIMIT, || async {
        body("hyra@hyra.example").is_some() && body("avhysning@kronofogden.example").is_some()
    })
    .await;
    let receipt = body("hyra@hyra.example").unwrap();
    for words in ["Tack! Malmö stad", "Vår referens: AVH-", "Ring oss på telefon", "Thanks! "] {
        assert!(receipt.contains(words), "{words}\n{receipt}");
    }
    assert!(!receipt.contains("Kolla kvittot") && !receipt.contains('{'), "{receipt}");
    let confirmation = body("avhysning@kronofogden.example").unwrap();
    for words in [
        "Hej Kronofogden, Malmö stad",
        "er tid för avhysning.",
        "Ansvarig handläggare: Anna Exempel",
    ] {
        assert!(confirmation.contains(words), "{words}\n{confirmation}");
    }
    let look = place.path("look");
    std::fs::create_dir_all(&look).unwrap();
    let (well, said) = place.says(&["copy", &reference, "--out", look.to_str().unwrap()]).await;
    assert!(well, "{said}");
    let pdf = std::fs::read(look.join(format!("kopia-{reference}.1.pdf"))).unwrap();
    let text = lopdf::Document::load_mem(&pdf).unwrap().extract_text(&[1]).unwrap();
    assert!(text.contains("Brev om din bostad") && text.contains("Anna Exempel"), "{text}");
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}
