//! All partners together: read from their files as a whole, valid as a whole, looked up by what a message brings.

use super::names;
use super::partner::Partner;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// The partners at one moment. Never changed: a reload makes another one.
#[derive(Debug, Default)]
pub struct Directory {
    partners: BTreeMap<String, Arc<Partner>>,
    addresses: HashMap<String, Arc<Partner>>,
    domains: HashMap<String, Arc<Partner>>,
    clients: HashMap<String, Arc<Partner>>,
}

/// One fault of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file's name.
    pub file: String,
    /// The key, empty for the file as a whole.
    pub key: String,
    /// What is wrong and what to do.
    pub text: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.key.is_empty() {
            true => write!(f, "{}: {}", self.file, self.text),
            false => write!(f, "{}: {}: {}", self.file, self.key, self.text),
        }
    }
}

impl Directory {
    /// Reads every `*.toml` of a folder; names that begin with a dot are left alone. All faults of all files are told at once, and with one
    /// fault nothing is taken.
    ///
    /// # Errors
    /// Every fault found, or one for the folder itself.
    pub fn read(folder: &Path) -> Result<Self, Vec<Fault>> {
        let whole = |text: &str| {
            vec![Fault {
                file: String::new(),
                key: "partners.dir".to_owned(),
                text: text.to_owned(),
            }]
        };
        let entries = std::fs::read_dir(folder).map_err(|error| whole(&error.to_string()))?;
        let mut paths = Vec::new();
        for entry in entries {
            let path = entry.map_err(|error| whole(&error.to_string()))?.path();
            if is_partner_file(&path) {
                paths.push(path);
            }
        }
        paths.sort();
        let files = paths.into_iter().map(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            (
                name.unwrap_or_default(),
                std::fs::read_to_string(&path).map_err(|error| error.to_string()),
            )
        });
        Self::parse(files)
    }

    /// The same from files that were read: each one's name and its text, or why it could not be read.
    ///
    /// # Errors
    /// Every fault found.
    pub fn parse(
        files: impl IntoIterator<Item = (String, Result<String, String>)>,
    ) -> Result<Self, Vec<Fault>> {
        let mut directory = Self::default();
        let mut faults = Vec::new();
        for (file, text) in files {
            match text.and_then(|text| partner(&file, &text)) {
                Ok(partner) => directory.add(&file, Arc::new(partner), &mut faults),
                Err(text) => faults.push(Fault { file, key: String::new(), text }),
            }
        }
        if faults.is_empty() { Ok(directory) } else { Err(faults) }
    }

    fn add(&mut self, file: &str, partner: Arc<Partner>, faults: &mut Vec<Fault>) {
        let own = partner.faults().into_iter();
        faults.extend(own.map(|(key, text)| Fault { file: file.to_owned(), key, text }));
        let rules = &partner.mail;
        let clients = partner.api_clients.iter().chain([&partner.id]);
        let taken = [
            ("mail.addresses", claim(&mut self.addresses, rules.addresses.iter(), &partner)),
            ("mail.domains", claim(&mut self.domains, rules.domains.iter(), &partner)),
            ("api_clients", claim(&mut self.clients, clients, &partner)),
        ];
        for (key, other) in taken {
            if let Some(other) = other {
                let text = format!(
                    "one of these is also in {other}.toml; a message must be one partner's"
                );
                faults.push(Fault { file: file.to_owned(), key: key.to_owned(), text });
            }
        }
        self.partners.insert(partner.id.clone(), partner);
    }

    /// The partner with this id.
    pub fn partner(&self, id: &str) -> Option<&Arc<Partner>> {
        self.partners.get(id)
    }

    /// All partners by id.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Partner>> {
        self.partners.values()
    }

    /// The partner that writes from this address: the address itself, else its domain, else the nearest domain above it.
    pub fn by_address(&self, address: &str) -> Option<&Arc<Partner>> {
        let address = names::folded(address);
        if let Some(partner) = self.addresses.get(&address) {
            return Some(partner);
        }
        let mut domain = address.rsplit_once('@')?.1;
        loop {
            if let Some(partner) = self.domains.get(domain) {
                return Some(partner);
            }
            domain = domain.split_once('.')?.1;
        }
    }

    /// The partner that a message is stored under: by its id, or as one of its API clients.
    pub fn known_as(&self, name: &str) -> Option<&Arc<Partner>> {
        self.partner(name).or_else(|| self.by_client(name))
    }

    /// The partner whose system is this API client.
    pub fn by_client(&self, name: &str) -> Option<&Arc<Partner>> {
        self.clients.get(name)
    }
}

/// Notes the names as the partner's; tells who else has one of them.
fn claim<'a>(
    taken: &mut HashMap<String, Arc<Partner>>,
    names: impl Iterator<Item = &'a String>,
    partner: &Arc<Partner>,
) -> Option<String> {
    let mut other = None;
    for name in names {
        match taken.insert(names::folded(name), Arc::clone(partner)) {
            Some(earlier) if earlier.id != partner.id => other = Some(earlier.id.clone()),
            Some(_) | None => {}
        }
    }
    other
}

fn partner(file: &str, text: &str) -> Result<Partner, String> {
    let id = file.strip_suffix(".toml").unwrap_or(file);
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || !id.chars().all(plain) {
        return Err("the file's name is the partner's id: lower-case letters, digits and hyphens"
            .to_owned());
    }
    let parsed: Partner = toml::from_str(text).map_err(|error| error.message().to_owned())?;
    Ok(Partner { id: id.to_owned(), ..parsed })
}

fn is_partner_file(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    !name.starts_with('.') && name.ends_with(".toml")
}

#[cfg(test)]
#[path = "directory_tests.rs"]
mod tests;
