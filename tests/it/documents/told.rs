//! What `kvittens read` tells of documents, alone and in mails.

use super::folder;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::path::Path;
use tempfile::TempDir;

fn told(files: &[&Path]) -> Vec<Value> {
    let program = std::process::Command::new(env!("CARGO_BIN_EXE_kvittens"))
        .arg("read")
        .args(files)
        .output()
        .expect("the program");
    assert!(program.status.success(), "{}", String::from_utf8_lossy(&program.stderr));
    let out = String::from_utf8(program.stdout).expect("UTF-8");
    out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn reasons(line: &Value) -> Vec<&str> {
    line["reasons"].as_array().expect("reasons").iter().filter_map(Value::as_str).collect()
}

#[test]
fn each_document_is_one_notice_for_a_person_with_its_text() {
    let cases: &[(&str, &str, &[&str], &str)] = &[
        ("letter.pdf", "application/pdf", &["message.notRecognised"], "Hyresgäst: Testa Testsson"),
        ("form.pdf", "application/pdf", &["message.notRecognised"], "Namn:\tÅke Testsson"),
        (
            "letter.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            &["message.notRecognised"],
            "Lägenhet: 1102",
        ),
        (
            "rents.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            &["document.hiddenSheet", "message.notRecognised"],
            "Testa Testsson\t198501012390\t2026-08-31\t8912\tSANT",
        ),
        (
            "archive.zip",
            "application/zip",
            &[
                "document.hiddenSheet",
                "document.nested",
                "document.otherKind",
                "document.encrypted",
                "document.scanned",
            ],
            "Hyresgästen på Exempelgatan 12 är uppsagd.",
        ),
        ("encrypted.pdf", "application/pdf", &["document.encrypted"], ""),
        ("encrypted.zip", "application/zip", &["document.encrypted"], ""),
        ("scanned.pdf", "application/pdf", &["document.scanned"], ""),
    ];
    let paths: Vec<_> = cases.iter().map(|(name, ..)| folder().join(name)).collect();
    let lines = told(&paths.iter().map(|path| path.as_path()).collect::<Vec<_>>());
    assert_eq!(lines.len(), cases.len());
    for (line, (name, media_type, codes, text)) in lines.iter().zip(cases) {
        assert_eq!(line["disposition"], "needsReview", "{name}");
        assert_eq!(line["notice"]["attachments"][0]["mediaType"], *media_type, "{name}");
        // What was read of the words has findings of its own.
        let known = line["notice"]["type"] != "unknown";
        let of_file =
            |code: &&str| code.starts_with("document.") || *code == "message.notRecognised";
        let of_file: Vec<&str> = reasons(line).into_iter().filter(of_file).collect();
        let expected: Vec<&str> = codes
            .iter()
            .copied()
            .filter(|code| !(known && *code == "message.notRecognised"))
            .collect();
        assert_eq!(of_file, expected, "{name}");
        assert_eq!(known, reasons(line).contains(&"message.freeText"), "{name}");
        let is = line["notice"]["text"].as_str().unwrap_or_default();
        assert!(is.contains(text) && text.is_empty() == is.is_empty(), "{name}: {is}");
    }
}

/// A mail with these files.
fn mail(files: &[(&str, Vec<u8>)]) -> String {
    let mut mail = "From: Testa <testa@exempel.example>\r\nTo: avhysning@kommun.example\r\n\
        Subject: =?utf-8?q?Hyresskuld_l=C3=A4genhet?=\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
        Content-Type: text/plain; charset=utf-8\r\n\r\nHej, se bifogad fil.\r\n"
        .to_owned();
    for (name, raw) in files {
        mail.push_str(&format!(
            "--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\
             Content-Disposition: attachment; filename=\"{name}\"\r\n\r\n{}\r\n",
            STANDARD.encode(raw)
        ));
    }
    mail + "--b--\r\n"
}

#[test]
fn body_and_attached_documents_of_a_mail_are_read_together() {
    let file =
        |name: &str| (format!("x-{name}"), std::fs::read(folder().join(name)).expect("a fixture"));
    let files = ["letter.pdf", "encrypted.pdf", "rents.xlsx"].map(file);
    let files: Vec<(&str, Vec<u8>)> =
        files.iter().map(|(n, raw)| (n.as_str(), raw.clone())).collect();
    let place = TempDir::new().expect("a folder");
    let path = place.path().join("mejl.eml");
    std::fs::write(&path, mail(&files)).expect("a file");
    let lines = told(&[&path]);
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!(line["disposition"], "needsReview");
    assert_eq!(reasons(line), ["message.freeText", "document.encrypted", "document.hiddenSheet"]);
    assert_eq!(line["notice"]["findings"][1]["path"], "/attachments/1");
    let text = line["notice"]["text"].as_str().expect("text");
    let order =
        ["Hej, se bifogad fil.", "Hyresgäst: Testa Testsson", "Testa Testsson\t198501012390"];
    let places: Vec<_> = order.iter().map(|piece| text.find(piece).expect(piece)).collect();
    assert!(places.is_sorted(), "{text}");
    assert_eq!(line["notice"]["attachments"].as_array().expect("files").len(), 3);
}
