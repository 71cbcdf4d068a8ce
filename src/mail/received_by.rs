//! What our own receiving hosts wrote above a mail: only that can be believed of its header (RFC 8601 section 5, RFC 5321 section 4.4).
//!
//! A sender can write any header field it likes, but only below the `Received` fields of the hosts that took the mail from it. So the fields
//! are walked from the top, for as long as the `Received` fields name hosts of ours. One that names no host (no `by`) ends the walk, even
//! where a host of ours wrote it: nothing tells that it is ours, and what lies below may be anybody's.

use super::Field;
use super::split;
use super::text_of;

/// What SPF gave at the host that took the mail from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpfSeen {
    /// The word of RFC 8601: `pass`, `fail`, `softfail`, `neutral`, `none`, `temperror`, `permerror`.
    pub result: String,
    /// The domain of the envelope sender; empty where there was none.
    pub domain: String,
}

/// The SPF result that a trusted host of ours wrote down. `trusted` are host names or patterns, see [`matches()`]. The topmost result counts, even
/// when it names no sender: what lies below it may be anybody's.
pub fn spf_seen(raw: &[u8], trusted: &[String]) -> Option<SpfSeen> {
    let (fields, _) = split(raw);
    let believed = believed(&fields, trusted);
    let ours = believed.iter().enumerate().filter_map(|(at, field)| {
        let text = super::named(field, "authentication-results").then(|| text_of(field))??;
        let (server, results) = authserv(&text);
        let below = believed.get(at..).unwrap_or_default();
        let by = server.map(str::to_owned).or_else(|| below.iter().find_map(host))?;
        let told = matches(&by, trusted) && results.contains("spf=");
        told.then(|| results.to_owned())
    });
    spf_of(&{ ours }.next()?)
}

/// The fields above and including the lowest `Received` that a host of ours wrote. Below the one that tells of a foreign client nothing is believed,
/// whatever name it bears: the client wrote it.
pub(super) fn believed<'a>(fields: &'a [Field<'a>], trusted: &[String]) -> &'a [Field<'a>] {
    let mut end = 0;
    for (at, field) in fields.iter().enumerate() {
        if !super::named(field, "received") {
            continue;
        }
        if !host(field).is_some_and(|by| matches(&by, trusted)) {
            break;
        }
        end = at + 1;
        if client(field).is_some_and(|from| !matches(&from, trusted)) {
            break;
        }
    }
    fields.get(..end).unwrap_or_default()
}

/// The client that a `Received` field tells of: the name or address that the server itself found out, in brackets; what the client called itself
/// only where there is no other. `None` when a server tells of no client: it made the mail, or passed it on to itself.
fn client(field: &Field<'_>) -> Option<String> {
    let text = text_of(field)?;
    let rest = text.strip_prefix("from ").or_else(|| text.strip_prefix("From "))?;
    let clause = rest.split(" by ").next()?;
    let (called, found) = clause.split_once('(').unwrap_or((clause, ""));
    let found = found.split(')').next().unwrap_or_default();
    let known = found.split_whitespace().find(|word| *word != "unknown" && !word.contains('='));
    let word = known.unwrap_or(called).trim();
    let word = word.trim_matches(['[', ']']).to_lowercase();
    let address = word.strip_prefix("ipv6:").unwrap_or(&word);
    let itself = address == "localhost"
        || address == "unix"
        || address == "::1"
        || address.starts_with("127.");
    (!itself).then(|| address.to_owned())
}

/// The host that wrote a `Received` field: what stands behind `by`.
fn host(field: &Field<'_>) -> Option<String> {
    if !super::named(field, "received") {
        return None;
    }
    let text = text_of(field)?;
    // What the client called itself may be `by`, too.
    let called =
        if text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("from ")) { 2 } else { 0 };
    let words = text.split_whitespace().skip(called);
    let mut words = words.skip_while(|word| !word.eq_ignore_ascii_case("by"));
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
    });
    // An empty envelope sender vouches for nobody; the host told of it all the same.
    let sender = sender.unwrap_or_default().trim_matches(['"', '<', '>', ';']);
    let domain = sender.rsplit_once('@').map_or(sender, |(_, domain)| domain);
    Some(SpfSeen { result: word, domain: domain.to_lowercase() })
}

/// Whether a host is one of ours: `mx.kommun.example` by its name, `*.kommun.example` by its domain, `10.1.*` or `2603:10a6:*` by its address.
fn matches(host: &str, trusted: &[String]) -> bool {
    let host = host.to_lowercase();
    trusted.iter().map(|pattern| pattern.to_lowercase()).any(|pattern| {
        match (pattern.strip_prefix("*."), pattern.strip_suffix('*')) {
            (Some(domain), _) => host
                .strip_suffix(domain)
                .is_some_and(|before| before.ends_with('.') && before.len() > 1),
            (None, Some(start)) => start.len() > 1 && host.starts_with(start),
            (None, None) => host == pattern,
        }
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
            &["*.kommun.example", "mail.protection.example", "2603:10a6:*"].map(str::to_owned),
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
    fn a_client_is_known_by_what_the_server_found_out() {
        for (received, inner) in [
            (
                "from mx1.kommun.example (mx1.kommun.example [192.0.2.1]) by box.kommun.example",
                true,
            ),
            ("from mx1.kommun.example (unknown [192.0.2.66]) by box.kommun.example", false),
            ("from mx1.kommun.example (evil.example [192.0.2.66]) by box.kommun.example", false),
            ("from AM0 (2603:10a6:208::1) by box.kommun.example", true),
            ("from AM0 (192.0.2.66) by box.kommun.example", false),
            ("by box.kommun.example (Postfix, from userid 0)", true),
        ] {
            let received = format!("Received: {received}; Mon, 2 Nov 2026 09:00:01 +0100");
            assert_eq!(seen(&[&received, PASS, OURS]).is_some(), inner, "{received}");
        }
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
        let forged = "Received: from x by mx1.kommun.example; Mon, 12 Oct 2026 09:00:00 +0200";
        assert_eq!(
            seen(&[OURS, forged, PASS, forged]),
            None,
            "a name of ours below a foreign client"
        );
        let no_sender =
            "Authentication-Results: mx1.kommun.example; spf=none smtp.helo=evil.example";
        let nobody = Some(SpfSeen { result: "none".to_owned(), domain: String::new() });
        assert_eq!(seen(&[no_sender, PASS, OURS]), nobody, "the topmost result counts");
        let sly = PASS.replace("mx1.kommun.example", "mx1.kommun.example.evil.example");
        assert_eq!(seen(&[&sly, OURS]), None);
    }
}
