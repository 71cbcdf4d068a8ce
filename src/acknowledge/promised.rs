//! Receipts as the municipality's profile promises them: by what hour, and which notices get none.

use crate::acknowledge::Facts;
use crate::acknowledge::Planned;
use crate::acknowledge::Rendering;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Recipient;
use crate::domain::notice::NoticeType;
use crate::domain::promise::Promise;

/// Reason: the profile promises the sender nothing for notices of this type.
const NOT_PROMISED: &str = "notPromised";

/// Gives the receipts of a message their time, or suppresses them where nothing in it is promised one. What nobody could read yet always is.
pub(super) fn receipts(facts: &Facts<'_>, planned: &mut [Planned]) {
    let kinds: Vec<NoticeType> = facts.answer.notices.iter().map(|notice| notice.kind).collect();
    let promised = |kind: &NoticeType| facts.promises.to(Recipient::Sender, *kind);
    let unread = kinds.is_empty() || kinds.contains(&NoticeType::Unknown);
    let promises: Vec<&Promise> = kinds.iter().filter_map(promised).collect();
    let hour = |it: &&Promise| it.hour(facts.answer.received_at, facts.local_time);
    let promised_at = promises.iter().filter_map(hour).min();
    for receipt in planned.iter_mut() {
        match promises.is_empty() {
            false => receipt.promised_at = promised_at,
            true if unread => {}
            // The answer to a request is its receipt; it cannot be left out.
            true if receipt.state == AcknowledgementState::Pending => {
                receipt.state = AcknowledgementState::Suppressed;
                receipt.reason = Some(NOT_PROMISED.to_owned());
                receipt.address = None;
                receipt.rendering = Rendering::Nothing;
            }
            true => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::receipts;
    use crate::acknowledge::Facts;
    use crate::acknowledge::plan::tests::answer;
    use crate::acknowledge::plan::tests::contact;
    use crate::acknowledge::plan::tests::envelope;
    use crate::acknowledge::plan::tests::notice;
    use crate::acknowledge::plan::tests::one_receipt;
    use crate::domain::acknowledgement::AcknowledgementState;
    use crate::domain::calendar::LocalTime;
    use crate::domain::notice::NoticeType;
    use crate::domain::promise::Promises;
    use crate::domain::received::Channel;
    use crate::domain::received::ReplyTo;
    use jiff::civil::time;

    #[test]
    fn a_receipt_has_the_promised_hour_and_the_whole_day_or_suppressed_where_none_is_promised() {
        let mut promises = Promises::default();
        promises.0[2].types = vec![NoticeType::RentArrears];
        promises.0[2].by = Some(time(17, 0, 0, 0));
        for (kinds, state, hour) in [
            (vec![NoticeType::RentArrears], AcknowledgementState::Pending, Some("15:00:00Z")),
            (vec![NoticeType::ElectricityDebt], AcknowledgementState::Suppressed, None),
            (vec![NoticeType::Unknown], AcknowledgementState::Pending, None),
            (vec![], AcknowledgementState::Pending, None),
            (
                vec![NoticeType::ElectricityDebt, NoticeType::RentArrears],
                AcknowledgementState::Pending,
                Some("15:00:00Z"),
            ),
        ] {
            let notices = kinds.iter().map(|kind| notice(1, *kind)).collect();
            let reply_to = ReplyTo::Suppressed { reason: "x".to_owned() };
            let facts = Facts {
                answer: &answer(notices),
                envelope: &envelope(Channel::Maildir, reply_to),
                attachments: 0,
                sender_reference: None,
                contact: &contact(),
                local_time: &LocalTime::named("Europe/Stockholm").unwrap(),
                first_reference: None,
                languages: None,
                machine_readable: false,
                seal: None,
                deferred: false,
                promises: &promises,
            };
            let mut planned = vec![one_receipt(&facts)];
            receipts(&facts, &mut planned);
            assert_eq!(planned[0].state, state, "{kinds:?}");
            assert_eq!(planned[0].due_at.to_string(), "2026-10-12T21:59:59Z", "{kinds:?}");
            let promised_at = planned[0].promised_at.map(|at| at.to_string());
            assert_eq!(promised_at, hour.map(|hour| format!("2026-10-12T{hour}")), "{kinds:?}");
        }
    }
}
