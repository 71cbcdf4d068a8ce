//! What our own receiving hosts wrote above a mail: only that can be believed of its header (RFC 8601 section 5, RFC 5321 section 4.4).
//!
//! A sender can write any header field it likes, but only below the `Received` fields of the hosts that took the mail from it. So the fields
//! are walked from the top, for as long as the `Received` fields name hosts of ours.

use super::Field;
use super::split;
use super::text_of;

/// What SPF gave at the host that took the mail from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpfSeen {
    /// The word of RFC 8601: `pass`, `fail`, `softfail`, `neutral`, `none`, `temperror`, `permerror`.
    pub result: String,
    /// The domain of the envelope sender.
    pub domain: String,
}

/// The SPF result that a trusted host of ours wrote down. `trusted` are host names or patterns such as `*.kommun.example`.
pub fn spf_seen(raw: &[u8], trusted: &[String]) -> Option<SpfSeen> {
    let (fields, _) = split(raw);
    let believed = believed(&fields, trusted);
    believed
        .iter()
        .enumerate()
        .filter(|(_, field)| super::named(field, "authentication-results"))
        .filter_map(|(at, field)| {
            let text = text_of(field)?;
            let (server, results) = authserv(&text);
            let below = believed.get(at..).unwrap_or_default();
            let by = server.map(str::to_owned).or_else(|| below.iter().find_map(host))?;
            matches(&by, trusted).then(|| spf_of(results)).flatten()
        })
        .next()
}

/// The fields above and including the lowest `Received` of the unbroken chain of trusted hosts.
pub(super) fn believed<'a>(fields: &'a [Field<'a>], trusted: &[String]) -> &'a [Field<'a>] {
    let received = |field: &&Field<'_>| super::named(field, "received");
    let chain = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| received(field))
        .take_while(|(_, field)| host(field).is_some_and(|by| matches(&by, trusted)));
    let end = chain.last().map_or(0, |(at, _)| at + 1);
    fields.get(..end).unwrap_or_default()
}

/// The host that wrote a `Received` field: what stands behind `by`.
fn host(field: &Field<'_>) -> Option<String> {
    if !super::named(field, "received") {
        return None;
    }
    let text = text_of(field)?;
    let mut words = text.split_whitespace().skip_while(|word| !word.eq_ignore_ascii_case("by"));
    let host = words.nth(1)?.trim_end_matches([';', '.', ')']);
    Some(host.to_lowercase())
}

/// The host that wrote the results, and the results. Exchange Online leaves the host out.
fn authserv(text: &str) -> (Option<&str>, &str) {
    let (first, rest) = text.split_once(';').unwrap_or((text, ""));
    let server = first.split_whitespace().next().unwrap_or_default();
    match server.contains('=') || server.is_empty() {
        true => (None, text),
        false => (Some(server), rest),
    }
}

fn spf_of(results: &str) -> Option<SpfSeen> {
    let result = results.split(';').map(str::trim).find_map(|one| one.strip_prefix("spf="))?;
    let word = result.split([' ', '(', ';']).next()?.to_lowercase();
    let sender = result.split_whitespace().find_map(|property| {
        property.strip_prefix("smtp.mailfrom=").or_else(|| property.strip_prefix("smtp.mail="))
    })?;
    let sender = sender.trim_matches(['"', '<', '>', ';']);
    let domain = sender.rsplit_once('@').map_or(sender, |(_, domain)| domain);
    (!domain.is_empty()).then(|| SpfSeen { result: word, domain: domain.to_lowercase() })
}

fn matches(host: &str, trusted: &[String]) -> bool {
    trusted.iter().any(|pattern| match pattern.strip_prefix("*.") {
        Some(domain) => host
            .strip_suffix(&domain.to_lowercase())
            .is_some_and(|before| before.ends_with('.') && before.len() > 1),
        None => host.eq_ignore_ascii_case(pattern),
    })
}

#[cfg(test)]
mod tests {
    use super::SpfSeen;
    use super::spf_seen;

    const OURS: &str = "Received: from out.hyra.example by mx1.kommun.example with ESMTPS; Mon, 2 Nov 2026 09:00:00 +0100";
    const THEIRS: &str = "Received: from pc by out.hyra.example; Mon, 2 Nov 2026 08:59:58 +0100";
    const PASS: &str = "Authentication-Results: mx1.kommun.example;\r\n dkim=none; spf=pass (ok) smtp.mailfrom=bounce@hyra.example";

    fn seen(fields: &[&str]) -> Option<SpfSeen> {
        let raw = format!("{}\r\n\r\ntext", fields.join("\r\n"));
        spf_seen(
            raw.as_bytes(),
            &["*.kommun.example".to_owned(), "mail.protection.example".to_owned()],
        )
    }

    #[test]
    fn the_result_of_our_own_host_is_believed() {
        let pass = Some(SpfSeen { result: "pass".to_owned(), domain: "hyra.example".to_owned() });
        let inner = "Received: from mx1.kommun.example by box.kommun.example; Mon, 2 Nov 2026 09:00:01 +0100";
        assert_eq!(seen(&[PASS, OURS, THEIRS]), pass);
        assert_eq!(seen(&[inner, PASS, OURS, THEIRS]), pass);
        let without_host = "Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=hyra.example; dkim=pass";
        let exchange = "Received: from out.hyra.example by mail.protection.example with SMTP; Mon, 2 Nov 2026 09:00:00 +0100";
        assert_eq!(seen(&[without_host, exchange, THEIRS]), pass);
        let fail = PASS.replace("spf=pass", "spf=SoftFail");
        assert_eq!(seen(&[&fail, OURS]).unwrap().result, "softfail");
    }

    #[test]
    fn what_a_sender_wrote_itself_is_not() {
        let foreign = PASS.replace("mx1.kommun.example", "mx.hyra.example");
        for fields in [
            vec![OURS, PASS, THEIRS],
            vec![THEIRS, PASS, OURS],
            vec![PASS, THEIRS],
            vec![PASS],
            vec![&foreign, OURS],
            vec![OURS, THEIRS],
        ] {
            assert_eq!(seen(&fields), None, "{fields:?}");
        }
        let sly = PASS.replace("mx1.kommun.example", "mx1.kommun.example.evil.example");
        assert_eq!(seen(&[&sly, OURS]), None);
    }
}
