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
        ("letter.pdf", "application/pdf", &[], "Hyresgäst: Testa Testsson"),
        ("form.pdf", "application/pdf", &[], "Namn:\tÅke Testsson"),
        (
            "letter.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            &[],
            "Lägenhet: 1102",
        ),
        (
            "rents.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            &["document.hiddenSheet"],
            "",
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
            "",
        ),
        ("encrypted.pdf", "application/pdf", &["document.encrypted"], ""),
        ("encrypted.zip", "application/zip", &["document.encrypted"], ""),
        ("scanned.pdf", "application/pdf", &["document.scanned"], ""),
    ];
    for (name, media_type, codes, text) in cases {
        let all = told(&[&folder().join(name)]);
        let left = |line: &&Value| reasons(line).contains(&"document.leftOver");
        let lines: Vec<&Value> = all.iter().filter(|line| !left(line)).collect();
        // The list holds two households, and so does the archive that holds the list.
        let list = matches!(*name, "rents.xlsx" | "archive.zip");
        assert_eq!(lines.len(), if list { 2 } else { 1 }, "{name}");
        // What its hidden sheet says of another person is for somebody to read, with the whole text.
        assert_eq!(all.iter().filter(left).count(), usize::from(list), "{name}");
        for line in all.iter().filter(left) {
            assert_eq!(line["disposition"], "needsReview", "{name}");
            let text = line["notice"]["text"].as_str().unwrap_or_default();
            assert!(text.contains("Annan Testsson"), "{name}: {text}");
        }
        for line in lines {
            assert_eq!(line["disposition"], "needsReview", "{name}");
            assert_eq!(line["notice"]["attachments"][0]["mediaType"], *media_type, "{name}");
            let of_file: Vec<&str> =
                reasons(line).into_iter().filter(|code| code.starts_with("document.")).collect();
            assert_eq!(of_file, *codes, "{name}");
            let read = line["notice"]["evidence"].as_object().is_some_and(|read| !read.is_empty());
            assert_eq!(read, reasons(line).contains(&"message.freeText"), "{name}");
            // Of a list each notice tells of its own household only.
            let is = line["notice"]["text"].as_str().unwrap_or_default();
            assert!(is.contains(text) && text.is_empty() == is.is_empty(), "{name}: {is}");
        }
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
    let [first, second, rest] = lines.as_slice() else { panic!("{lines:?}") };
    // The letter tells more of the first; the hidden sheet holds a number that is nobody's of them.
    let expected: [(_, _, &[&str]); 2] = [
        (first, "Testa Testsson", &["message.beside", "message.freeText", "personIdentity.beside"]),
        (second, "Åsa Testsson", &["message.freeText", "personIdentity.beside"]),
    ];
    for (line, name, codes) in expected {
        assert_eq!(line["disposition"], "needsReview");
        assert_eq!(reasons(line), codes);
        assert_eq!(line["notice"]["persons"][0]["name"], name);
    }
    // What nobody could read, and what the list's hidden sheet says, is for a person, with the whole mail.
    assert_eq!(reasons(rest), ["document.encrypted", "document.leftOver"]);
    assert_eq!(rest["notice"]["findings"][0]["path"], "/attachments/1");
    let text = rest["notice"]["text"].as_str().expect("text");
    let order =
        ["Hej, se bifogad fil.", "Hyresgäst: Testa Testsson", "Testa Testsson\t198501012390"];
    let places: Vec<_> = order.iter().map(|piece| text.find(piece).expect(piece)).collect();
    assert!(places.is_sorted(), "{text}");
    assert_eq!(rest["notice"]["attachments"].as_array().expect("files").len(), 3);
}
