//! Whose notices a report is about, and the report of a day that is kept and mailed once, on both engines.

use super::report_place::answered;
use super::report_place::at;
use super::report_place::day;
use super::report_place::on_both;
use kvittens::domain::masked::Masked;
use kvittens::report::Period;
use kvittens::store::Action;
use kvittens::store::ActionRefused;
use kvittens::store::Boards;
use kvittens::store::DayReportChange;
use kvittens::store::Instance;
use kvittens::store::JobKind;

#[tokio::test]
async fn a_board_sees_its_own_and_pages_lose_nothing() {
    on_both(|place| async move {
        for n in 0..250 {
            let mut made = answered(&place, &format!("k{n}"), "2026-10-20T08:00:00Z");
            if n % 5 == 0 {
                made.notices[0].assignment.board = "other".to_owned();
            }
            place.put(made).await;
        }
        let period = Period { from: day("2026-10-20"), to: day("2026-10-20") };
        let of = async |boards: Boards| place.store.report(period, &boards).await.unwrap().notices;
        assert_eq!(of(Boards::All).await, 250);
        assert_eq!(of(Boards::These(vec!["other".to_owned()])).await, 50);
        assert_eq!(of(Boards::These(vec!["board".to_owned()])).await, 200);
        assert_eq!(of(Boards::These(Vec::new())).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_days_report_is_kept_once_and_each_mail_is_one_gateways_at_a_time() {
    on_both(|place| async move {
        place.clock.set(at("2026-10-21T05:00:00Z"));
        let report = place.report("2026-10-20", "2026-10-20").await;
        let mail = |text: &str| vec![("a@b.se".to_owned(), Masked::new(text.to_owned()))];
        let act = async |change| place.store.act(Action::DayReport(change)).await.unwrap();
        let made =
            |text| DayReportChange::Made { report: Box::new(report.clone()), mails: mail(text) };
        assert_eq!(act(made("first")).await, Ok(()));
        assert_eq!(act(made("second")).await, Err(ActionRefused::Taken));
        assert_eq!(place.store.day_report(day("2026-10-20")).await.unwrap(), Some(report.clone()));
        assert_eq!(place.store.last_day_report().await.unwrap(), Some(day("2026-10-20")));
        let due = async || place.store.due_day_mails().await.unwrap();
        assert_eq!(due().await[0].mail.reveal(), "first");
        let (day, recipient) = (day("2026-10-20"), "a@b.se".to_owned());
        let take = |holder: &str| DayReportChange::Take {
            day,
            recipient: recipient.clone(),
            until: at("2026-10-21T05:02:00Z"),
            holder: Instance(holder.to_owned()),
        };
        assert_eq!(act(take("one")).await, Ok(()));
        assert_eq!(act(take("two")).await, Err(ActionRefused::Taken));
        assert!(due().await.is_empty());
        // The one that took it died and is back; then both die, and the lease runs out.
        let recover = Action::Recover(Instance("one".to_owned()));
        place.store.act(recover).await.unwrap().unwrap();
        assert_eq!(act(take("two")).await, Ok(()));
        place.clock.set(at("2026-10-21T05:03:00Z"));
        assert_eq!(due().await.len(), 1);
        assert_eq!(due().await[0].attempts, 2);
        let again = DayReportChange::Again {
            day,
            recipient: recipient.clone(),
            at: at("2026-10-21T05:10:00Z"),
        };
        assert_eq!(act(again).await, Ok(()));
        assert!(due().await.is_empty());
        place.clock.set(at("2026-10-21T05:10:00Z"));
        assert_eq!(due().await.len(), 1);
        assert_eq!(act(DayReportChange::Sent { day, recipient }).await, Ok(()));
        place.clock.set(at("2026-10-22T05:10:00Z"));
        assert!(due().await.is_empty());
        let mails = place.store.day_mails(day).await.unwrap();
        assert_eq!((mails.all, mails.sent, mails.failed), (1, 1, 0));
        assert_eq!(place.store.verify().await.unwrap().broken, []);
        // Nothing of it is a job of the outbox.
        assert!(super::make::claim_all(&place.store, JobKind::Acknowledge).await.is_empty());
    })
    .await;
}
