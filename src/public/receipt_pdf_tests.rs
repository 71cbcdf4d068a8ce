//! The receipt to print: the kept one's code, the same bytes each time, and for its sender only.

use crate::public::proof_tests::ROOT;
use crate::public::proof_tests::ask;
use crate::public::proof_tests::receipt;
use crate::public::proof_tests::ring;
use crate::public::proof_tests::router;
use crate::public::tests::bearer;
use crate::public::tests::reference;
use crate::seal::chest::Chest;
use axum::Router;
use axum::http::Request;
use serde_json::Value;

/// The receipt as PDF: its bytes, and the words in it.
async fn pdf(router: &Router) -> (Vec<u8>, String) {
    let request = Request::get(format!("{ROOT}/notices/{}/receipt", reference(0)))
        .header("authorization", bearer('a'))
        .header("accept", "application/pdf");
    let answer = ask(router, request, String::new()).await;
    assert_eq!(answer.status(), 200);
    let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap().to_vec();
    let words = pdf_extract::extract_text_from_mem(&bytes).unwrap();
    (bytes, words)
}

#[tokio::test]
async fn the_printed_receipt_bears_the_code_of_the_kept_one_and_is_the_same_bytes_ever_after() {
    let (register, router) = router(Chest::of(ring()));
    let kept: Value = serde_json::from_str(&receipt(&router).await).unwrap();
    let code = kept["controlCode"].as_str().unwrap();
    let (bytes, words) = pdf(&router).await;
    for told in [reference(0).as_str(), &format!("{}-{}", &code[..5], &code[5..]), "kvitto"] {
        assert!(words.contains(told), "{told}\n{words}");
    }
    *register.board.lock().unwrap() = "En annan nämnd".to_owned();
    assert_eq!(pdf(&router).await.0, bytes);
    let other = Request::get(format!("{ROOT}/notices/{}/receipt", reference(0)))
        .header("authorization", bearer('b'))
        .header("accept", "application/pdf");
    assert_eq!(ask(&router, other, String::new()).await.status(), 404, "another client's");
}
