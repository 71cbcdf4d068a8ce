//! What proves a message, on both engines: the receipt kept first stays, and the journal's lines carry the hashes before them.

use super::make::Made;
use super::make::record;
use super::on_both;
use kvittens::domain::masked::Masked;
use kvittens::domain::reference::Reference;
use kvittens::store::Action;
use kvittens::store::ProofChange;
use kvittens::store::Store;

async fn keep(store: &Store, message: &Reference, notices: usize, receipt: &str) {
    let receipt = Masked::new(receipt);
    let change = ProofChange::Receipt { message: message.clone(), notices, receipt };
    store.act(Action::Proof(change)).await.unwrap().unwrap();
}

#[tokio::test]
async fn the_receipt_that_was_handed_out_first_stays() {
    on_both(async |store: Store| {
        let made = record(&Made::default());
        let message = made.answer.reference.clone();
        store.record(made).await.unwrap();
        assert_eq!(store.kept_receipt(&message, 1).await.unwrap(), None);
        for receipt in ["{\"a\":1}", "{\"a\":2}"] {
            keep(&store, &message, 1, receipt).await;
            let kept = store.kept_receipt(&message, 1).await.unwrap();
            assert_eq!(kept.as_deref(), Some("{\"a\":1}"));
        }
        keep(&store, &message, 3, "{\"a\":3}").await;
        let all = store.kept_receipts(&message).await.unwrap();
        assert_eq!(all, ["{\"a\":1}", "{\"a\":3}"]);
        let lines = store.journal_lines(&message).await.unwrap();
        let sealed = lines.iter().filter(|line| line.entry.contains("receipt.sealed")).count();
        assert_eq!(sealed, 2, "what was kept already is no news");
    })
    .await;
}

#[tokio::test]
async fn the_lines_of_a_message_are_its_own_and_fit_the_chain() {
    on_both(async |store: Store| {
        let (one, other) =
            (record(&Made::default()), record(&Made { key: "b", ..Made::default() }));
        let message = one.answer.reference.clone();
        store.record(one).await.unwrap();
        store.record(other).await.unwrap();
        let actor = "cli:anna".to_owned();
        let change = ProofChange::Evidence { message: message.clone(), actor };
        store.act(Action::Proof(change)).await.unwrap().unwrap();
        let lines = store.journal_lines(&message).await.unwrap();
        assert!(lines.len() >= 2 && lines.iter().all(|line| line.entry.contains(message.as_str())));
        assert_eq!(lines[0].seq, 1);
        assert_eq!(lines[0].previous.as_bytes(), &[0; 32]);
        let chain = store.chain().await.unwrap();
        let last = lines.last().unwrap();
        assert!(chain.holds && (chain.seq, chain.hash) == (last.seq, last.hash), "{chain:?}");
        assert!(!store.sent(&message).await.unwrap().iter().any(|row| row.rendered.is_empty()));
    })
    .await;
}
