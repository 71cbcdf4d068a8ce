//! The list on paper: what Kronofogden has not been told, as a page in a folder that opens and prints without the program, for when the system is down.
//!
//! It tells what a person needs to confirm by hand (SFS 2025:468 11 kap. 3 §): our reference, Kronofogden's number, by when, and whom to name; nobody whom
//! a notice concerns, and no address. It says when it was written, so that whoever holds it sees how old it is.

use crate::files::folder::Folder;
use crate::files::put::IfTaken;
use askama::Template;
use std::io;
use std::path::Path;

/// The page.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8"/>
<meta name="robots" content="noindex"/>
<title>Inte bekräftat till Kronofogden, {{ written }}</title>
<style>
@page { size: A4 landscape; margin: 12mm; }
body { font: 10pt/1.4 sans-serif; margin: 1rem; color: #000; background: #fff; }
h1 { font-size: 1.4em; margin: 0 0 .3em; }
[lang=en] { color: #444; font-size: .85em; }
th [lang=en] { display: block; font-weight: normal; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #444; padding: .3em .4em; text-align: left; vertical-align: top; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
tbody th, .whole { white-space: nowrap; }
td.byhand { min-width: 8em; height: 2.6em; }
</style>
</head>
<body>
<h1>Inte bekräftat till Kronofogden <span lang="en">Not confirmed to Kronofogden</span></h1>
<p>Läget <strong>{{ written }}</strong>. Skrivs om minst en gång i minuten så länge programmet går. <span lang="en">As of then; written anew at least once a minute while the program runs.</span></p>
{% if lines.is_empty() %}
<p><strong>Kronofogden har fått en bekräftelse på varje underrättelse.</strong> <span lang="en">Kronofogden has a confirmation of every notice.</span></p>
{% else %}
<p><strong>{{ lines.len() }}</strong> ska bekräftas samma dag som de kom (SFS 2025:468 11 kap. 3 §), den mest brådskande först. Bekräftelsen säger att underrättelsen har tagits emot och vem som är ansvarig handläggare. Anteckna efteråt i programmet hur det skedde. <span lang="en">To be confirmed on the day they came, the most pressing first: that the notice was received, and who is the responsible caseworker. Put on record afterwards how it was done.</span></p>
<table>
<thead><tr>
<th scope="col">Referens <span lang="en">Reference</span></th>
<th scope="col">Senast <span lang="en">Due</span></th>
<th scope="col">Kom in <span lang="en">Arrived</span></th>
<th scope="col">Målnummer <span lang="en">Case number</span></th>
<th scope="col">Avhysningen <span lang="en">The eviction</span></th>
<th scope="col">Enhet <span lang="en">Unit</span></th>
<th scope="col">Handläggare att ange <span lang="en">Caseworker to name</span></th>
<th scope="col">Bekräftat klockan, av <span lang="en">Confirmed at, by</span></th>
</tr></thead>
<tbody>
{% for line in lines %}<tr>
<th scope="row">{{ line.reference }}</th>
<td class="whole">{{ line.due }}{% if line.late %} <strong>för sent</strong> <span lang="en">late</span>{% endif %}</td>
<td class="whole">{{ line.arrived }}</td>
<td>{{ line.case_number }}</td>
<td class="whole">{{ line.starts }}</td>
<td>{{ line.unit }}</td>
<td>{% if line.caseworker.is_empty() %}<strong>ingen i jourlistan</strong> <span lang="en">nobody on the roster</span>{% else %}{{ line.caseworker }}<br/><span class="whole">{{ line.telephone }}</span>{% endif %}</td>
<td class="byhand"></td>
</tr>
{% endfor %}</tbody>
</table>
{% endif %}
</body>
</html>
"#
)]
pub struct Sheet {
    /// The local day and time at which it was true.
    pub written: String,
    /// What waits, the most pressing first.
    pub lines: Vec<Line>,
}

/// One confirmation that Kronofogden has not got.
#[derive(Clone, PartialEq, Eq)]
pub struct Line {
    /// Our reference.
    pub reference: String,
    /// By when, local.
    pub due: String,
    /// Whether that has passed.
    pub late: bool,
    /// When it arrived, local.
    pub arrived: String,
    /// Kronofogden's number of the case.
    pub case_number: String,
    /// The time that the notice told.
    pub starts: String,
    /// The unit's name.
    pub unit: String,
    /// Who is to be named; empty where nobody is on duty.
    pub caseworker: String,
    /// Their telephone.
    pub telephone: String,
}

impl Sheet {
    /// Puts it in the place of the one before: whoever opens it sees the old one or the new one. Blocking.
    ///
    /// # Errors
    /// When the folder is not there or cannot be written; the old one stays.
    pub fn put(&self, path: &Path) -> io::Result<()> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let (Some(folder), Some(name)) = (folder, path.file_name()) else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        let page = self.render().map_err(io::Error::other)?;
        Folder::open(folder)?.put(name, page.as_bytes(), IfTaken::Replace).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::Line;
    use super::Sheet;

    fn line() -> Line {
        Line {
            reference: "AVH-7K4M-2QXR".to_owned(),
            due: "2026-11-03 23:59".to_owned(),
            late: true,
            arrived: "2026-11-03 10:22".to_owned(),
            case_number: "U-<b>1</b>-26".to_owned(),
            starts: "2026-11-24 09:00".to_owned(),
            unit: "Mottagningen".to_owned(),
            caseworker: String::new(),
            telephone: String::new(),
        }
    }

    #[test]
    fn a_list_takes_the_place_of_the_last_and_what_is_told_is_only_words() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lista.html");
        let put = |lines: Vec<Line>| {
            Sheet { written: "2026-11-03 22:00".to_owned(), lines }.put(&path).unwrap();
            std::fs::read_to_string(&path).unwrap()
        };
        let page = put(vec![line()]);
        assert!(page.contains("AVH-7K4M-2QXR") && page.contains("för sent"), "{page}");
        assert!(page.contains("ingen i jourlistan") && !page.contains("<b>1"), "{page}");
        let page = put(Vec::new());
        assert!(page.contains("på varje underrättelse") && !page.contains("AVH-"), "{page}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
    }

    #[test]
    fn without_its_folder_nothing_is_written() {
        let sheet = Sheet { written: String::new(), lines: Vec::new() };
        for path in ["/not/there/lista.html", "lista.html", "/"] {
            assert!(sheet.put(std::path::Path::new(path)).is_err(), "{path}");
        }
    }
}
