//! The hand-over to an integration platform: the event as it is posted, and where a case's id is read.

use super::Http;
use super::id_in_location;
use crate::case_system::config::Config;
use crate::case_system::sample::hand_over;
use reqwest::header::HeaderMap;
use reqwest::header::HeaderValue;
use reqwest::header::LOCATION;

fn http(more: &str) -> Http {
    let text = format!("kind = \"http\"\nurl = \"http://127.0.0.1:9/\"\n{more}");
    let Ok(Config::Http(config)) = toml::from_str(&text) else { panic!("configuration") };
    crate::case_system::sample::install_provider();
    Http::open(&config).expect("opened")
}

#[test]
fn the_event_is_json_with_the_data_inside() {
    let text = http("source = \"/malmö \\\"x\\\"\"").event(&hand_over());
    let event: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(event["specversion"], "1.0");
    assert_eq!(event["id"], "AVH-7K4M-2QX6");
    assert_eq!(event["subject"], "AVH-7K4M-2QX6");
    assert_eq!(event["source"], "/malmö \"x\"");
    assert_eq!(event["type"], "se.kvittens.notice.registered.v1");
    assert_eq!(event["time"], "2026-11-22T08:15:00Z");
    assert_eq!(event["data"]["notice"]["type"], "rentArrears");
    assert_eq!(event["data"]["assignment"]["unit"], "vuxen");
}

#[test]
fn an_id_is_read_where_the_pointer_says() {
    let cases = [
        ("/id", r#"{"id":"C-1"}"#, Some("C-1")),
        ("/id", r#"{"id":17}"#, Some("17")),
        ("/id", r#"{"id":" "}"#, None),
        ("/id", r#"{"caseId":"C-1"}"#, None),
        ("/case/number", r#"{"case":{"number":"C-2"}}"#, Some("C-2")),
        ("", r#""C-3""#, Some("C-3")),
        ("/id", "not JSON", None),
        ("/id", "", None),
    ];
    for (pointer, body, id) in cases {
        let http = http(&format!("id_pointer = \"{pointer}\""));
        assert_eq!(http.id_in(body.as_bytes()).as_deref(), id, "{pointer} in {body}");
    }
}

#[test]
fn location_gives_its_last_segment() {
    let cases = [
        ("https://x.example/cases/C-9", Some("C-9")),
        ("/cases/C-9/", Some("C-9")),
        ("/cases/C-9?x=1", Some("C-9")),
        ("C-9", None),
        ("", None),
    ];
    for (location, id) in cases {
        let mut headers = HeaderMap::new();
        headers.insert(LOCATION, HeaderValue::from_static(location));
        assert_eq!(id_in_location(&headers).as_deref(), id, "{location}");
    }
}
