//! Addresses and domains as partners' files and mails spell them.

/// Domains where anyone can have a mailbox: a mail from there proves who owns the mailbox, and says nothing of an organisation.
const PUBLIC: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "hotmail.se",
    "live.com",
    "live.se",
    "msn.com",
    "icloud.com",
    "me.com",
    "yahoo.com",
    "yahoo.se",
    "telia.com",
    "bredband.net",
    "comhem.se",
    "spray.se",
    "home.se",
    "tele2.se",
    "proton.me",
    "protonmail.com",
    "gmx.com",
    "gmx.net",
    "aol.com",
    "passagen.se",
    "swipnet.se",
];

/// Whether a text is an address: one `@`, a domain behind it, nothing that could end a header line.
pub(super) fn is_address(text: &str) -> bool {
    let plain = text.chars().all(|c| !c.is_control() && !c.is_whitespace() && c != '<' && c != '>');
    plain
        && text.len() <= 254
        && text.rsplit_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && !local.contains('@') && is_domain(domain)
        })
}

/// Whether a text is a domain of at least two labels.
pub(super) fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    text.contains('.') && text.split('.').all(label)
}

/// Whether anyone can have a mailbox in a domain.
pub(super) fn is_public(domain: &str) -> bool {
    PUBLIC.iter().any(|public| public.eq_ignore_ascii_case(domain))
}

/// An address or a domain as it is compared: lower case.
pub(super) fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::is_address;
    use super::is_domain;
    use super::is_public;

    #[test]
    fn addresses_and_domains_are_told_from_other_text() {
        for good in ["avisering@hyra.example", "å@hyra.example", "a.b+c@x.y.example"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "",
            "hyra.example",
            "a@b",
            "a@@hyra.example",
            "a b@hyra.example",
            "<a@b.example>",
            "a@b.example\r\nBcc: x",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
        for (text, good) in [
            ("hyra.example", true),
            ("bostäder.example", true),
            ("*.example", false),
            ("example", false),
            ("a..b", false),
        ] {
            assert_eq!(is_domain(text), good, "{text}");
        }
        assert!(is_public("GMAIL.com") && !is_public("hyra.example"));
    }
}
