//! What is said to a mail server and what is kept of its answers: bodies, addresses, codes.

use crate::domain::failure::Failure;
use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::response::Response;
use std::error::Error as _;

/// The body as it travels (RFC 5321 4.5.2): a dot doubled at the beginning of each line that has one, and the final dot. Bare line
/// breaks are refused: servers disagree about them, which is how mails are smuggled.
pub(super) fn stuffed(bytes: &[u8]) -> Result<String, Failure> {
    let fault = |what: &str| Failure::Permanent(format!("the stored mail {what}"));
    let Ok(text) = std::str::from_utf8(bytes) else { return Err(fault("is not UTF-8")) };
    let mut body = String::with_capacity(text.len() + 64);
    for line in text.split_inclusive('\n') {
        let content = line.strip_suffix("\r\n").unwrap_or(line);
        if content.ends_with('\n') || content.contains('\r') {
            return Err(fault("has bare line breaks"));
        }
        if content.starts_with('.') {
            body.push('.');
        }
        body.push_str(content);
        body.push_str("\r\n");
    }
    body.push_str(".\r\n");
    Ok(body)
}

/// An address as it may stand in a command; nothing for the empty return path.
pub(super) fn command_address(address: Option<&str>) -> Result<String, Failure> {
    let Some(address) = address else { return Ok(String::new()) };
    match address.parse::<Address>() {
        Ok(parsed) if address.is_ascii() => Ok(parsed.to_string()),
        Ok(_) | Err(_) => Err(Failure::Permanent("the stored address is not one".to_owned())),
    }
}

/// What the server said to an accepted mail, mostly its queue's name for it. Kept as evidence unless it quotes an address.
pub(super) fn evidence(response: &Response) -> String {
    let words = response.first_line().unwrap_or_default();
    let harmless = |c: char| c.is_ascii_graphic() || c == ' ';
    let words = match words.len() <= 200 && words.chars().all(harmless) && !words.contains('@') {
        true => words,
        false => "",
    };
    format!("{} {words}", response.code()).trim_end().to_owned()
}

/// An error in words that quote nobody: the code of an answer, or what happened to the connection.
pub(super) fn told(error: &Error) -> String {
    if let Some(code) = error.status() {
        let words = error.source().map(ToString::to_string).unwrap_or_default();
        return match enhanced_code(&words) {
            Some(enhanced) => format!("{code} {enhanced}"),
            None => code.to_string(),
        };
    }
    if error.is_response() {
        return "its answer was cut off or is no SMTP".to_owned();
    }
    error.to_string()
}

/// The enhanced status code (RFC 3463) at the beginning of an answer's words, such as `5.1.1`.
fn enhanced_code(words: &str) -> Option<&str> {
    let word = words.split_whitespace().next()?;
    let mut parts = word.split('.');
    let number = |part: Option<&str>| {
        part.is_some_and(|digits| {
            (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let three = number(parts.next()) && number(parts.next()) && number(parts.next());
    (three && parts.next().is_none()).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::command_address;
    use super::enhanced_code;
    use super::stuffed;

    #[test]
    fn a_body_gets_its_dots_doubled_and_ends_with_one() {
        for (mail, expected) in [
            ("a\r\n\r\nb\r\n", "a\r\n\r\nb\r\n.\r\n"),
            (".\r\n..x\r\n", "..\r\n...x\r\n.\r\n"),
            ("no end", "no end\r\n.\r\n"),
        ] {
            assert_eq!(stuffed(mail.as_bytes()).unwrap(), expected);
        }
        for smuggled in ["a\n.\nMAIL", "a\r.\rb\r\n", "a\n"] {
            assert_eq!(stuffed(smuggled.as_bytes()).unwrap_err().class(), "permanent");
        }
    }

    #[test]
    fn an_address_cannot_carry_a_second_command() {
        assert_eq!(command_address(Some("hyra@example.se")).unwrap(), "hyra@example.se");
        assert_eq!(command_address(None).unwrap(), "");
        for evil in ["a@b.se>\r\nDATA", "a@b.se\r\n", "", "ä@b.se"] {
            assert!(command_address(Some(evil)).is_err(), "{evil:?}");
        }
    }

    #[test]
    fn only_codes_are_taken_from_an_answer() {
        assert_eq!(enhanced_code("5.1.1 <testa@example.se> unknown"), Some("5.1.1"));
        for words in ["Testa Testsson", "", "5.1", "5.1.1.1", "a.b.c"] {
            assert_eq!(enhanced_code(words), None, "{words}");
        }
    }
}
