//! Whether a municipality writes itself: by its address, its name below the letter, or the office that sends.

use super::super::pattern::pattern;
use super::From;
use super::companies;

pattern!(NAMED, r"(\p{Lu}[\p{L}-]+(?:[ ]\p{Lu}[\p{L}-]+)?)[ ](?:kommun|stad)\b");
pattern!(
    OFFICE,
    r"(?i)\b(?:kontaktcenter|socialförvaltning\p{L}*|socialtjänst\p{L}*|överförmyndar\p{L}+|budget- och skuld\p{L}*|stadsdelsförvaltning\p{L}*|medborgarservice|kommunledning\p{L}*)\b"
);
pattern!(
    WORKER,
    r"(?im)(?:^|[^\p{L}])(?:socialsekreterare|boendesekreterare|biståndshandläggare|försörjningsstöd\p{L}*|ekonomiskt bistånd|mottagningsenheten|socialjour\p{L}*|barn- och familje?\p{L}*|kommunens [\p{L}-]+|enhetschef socialtjänst\p{L}*)(?:$|[^\p{L}])"
);
pattern!(SERVICE, r"(?i)\be-?tjänst|\betjanst|e-?formulär|webbformulär");

/// A municipality's own address.
pub(super) fn is_municipal(domain: &str) -> bool {
    let own = ["goteborg.se", "malmo.se", "stockholm.se", "uppsala.se"];
    domain.contains("kommun.") || domain.contains("stadsdel") || own.contains(&domain)
}

/// Letters and digits alone, without diacritics.
pub(super) fn letters(text: &str) -> String {
    let plain = |c: char| match c {
        'å' | 'ä' => 'a',
        'ö' | 'ø' => 'o',
        'é' | 'è' => 'e',
        'ü' => 'u',
        other => other,
    };
    text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).map(plain).collect()
}

/// Whether a text names the municipality whose address it is: `Provsjö kommun` at provsjo.se.
pub(super) fn is_named_by(domain: &str, text: &str) -> bool {
    NAMED.all(text).take(20).filter_map(|found| found.get(1)).any(|name| {
        let whole = letters(name.as_str());
        let short = whole.trim_end_matches('s');
        domain.split('.').any(|label| {
            let label = label.to_lowercase().replace('-', "");
            label == whole || label == short
        })
    })
}

/// Whether a municipality's own office writes.
pub(super) fn writes(from: From<'_>, domain: &str, closing: &str) -> bool {
    let office = from.name.is_some_and(|name| {
        OFFICE.is_in(name) && companies::within(name).is_none() && !SERVICE.is_in(name)
    });
    let worker = closing
        .lines()
        .any(|line| line.len() < 90 && WORKER.is_in(line) && companies::within(line).is_none());
    !domain.is_empty() && (office || worker || is_named_by(domain, closing))
}

/// A form on the web that others have filled in.
pub(super) fn is_service(from: From<'_>) -> bool {
    let told = |text: Option<&str>| text.is_some_and(|text| SERVICE.is_in(text));
    told(from.name) || told(from.address)
}

#[cfg(test)]
mod tests {
    use super::is_named_by;

    #[test]
    fn a_municipality_is_known_by_its_name() {
        for (domain, text, named) in [
            ("provsjo.se", "Socialförvaltningen\nProvsjö kommun", true),
            ("mail.provstad.se", "Boendeteamet, Provstads kommun", true),
            ("provstadsbostader.se", "Socialnämnden i Provstads kommun", false),
            ("testhem.se", "Testhem AB", false),
            ("stora-prov.se", "Stora Provs stad", true),
        ] {
            assert_eq!(is_named_by(domain, text), named, "{domain}: {text}");
        }
    }
}
