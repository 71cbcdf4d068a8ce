//! `[letter]`: by which ways letters to persons go, until when they make the day's post, and who is asked about protected identity.

use crate::acknowledge::letter_service;
use crate::domain::acknowledgement::Way;
use crate::domain::notice::NoticeType;
use crate::domain::promise::OwnText;
use crate::files::sftp::section::Section;
use crate::letter;
use jiff::SignedDuration;
use jiff::civil::Time;
use serde::Deserialize;
use std::path::PathBuf;

/// How letters to persons are made and sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// In this order: the next when one has failed for good, or so often that the day would pass. Empty: the print folder, where one is named.
    pub ways: Vec<LetterWay>,
    /// The folder from which letters are fetched to be printed and posted the same day.
    pub print_folder: Option<PathBuf>,
    /// The same on a server that is reached by SFTP, in its place.
    pub print_sftp: Option<Box<Section>>,
    /// Local times at which they are fetched on working days. What is put there after the last is not sent that day.
    pub cutoffs: Vec<Time>,
    /// So long before the last cut-off people are warned of copies that wait for somebody.
    pub warn_before: SignedDuration,
    /// The municipality's own text of the copy, from its profile; ours when there is none.
    #[serde(skip)]
    pub text: Option<OwnText>,
    /// The municipality's own texts of the letter that offers help, by type of notice, from its profile.
    #[serde(skip)]
    pub offers: Vec<(NoticeType, OwnText)>,
    /// In which languages a letter is written, each on pages of its own.
    pub languages: Vec<letter::Language>,
    /// Who is asked whether an identity is protected; all of them must say no before a letter leaves by itself. Empty: nobody can be asked.
    pub protection: Vec<SourceName>,
    /// The file of protected persons, for the source `register`.
    pub register: Option<PathBuf>,
    /// A file older than this answers nothing any more.
    pub register_max_age: SignedDuration,
    /// Whether the person gets a new copy when another caseworker is named after the first has gone.
    pub on_change: bool,
    /// The letter service, for the way `service`.
    pub service: Option<Box<letter_service::config::Config>>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            ways: Vec::new(),
            print_folder: None,
            print_sftp: None,
            cutoffs: Vec::new(),
            warn_before: SignedDuration::from_hours(1),
            text: None,
            offers: Vec::new(),
            languages: vec![letter::Language::Sv],
            protection: Vec::new(),
            register: None,
            register_max_age: SignedDuration::from_hours(36),
            on_change: false,
            service: None,
        }
    }
}

/// A way to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LetterWay {
    /// The municipality's messaging platform.
    Service,
    /// A folder from which letters are fetched to be printed.
    Print,
}

impl LetterWay {
    /// As acknowledgements call it.
    pub fn way(self) -> Way {
        match self {
            Self::Service => Way::Service,
            Self::Print => Way::Print,
        }
    }
}

/// Who can be asked about protected identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceName {
    /// A file of the municipality's own.
    Register,
    /// The case system's person.
    CaseSystem,
}

impl Config {
    /// Whether there is a folder from which letters are fetched to be printed.
    fn has_print_drop(&self) -> bool {
        self.print_folder.is_some() || self.print_sftp.is_some()
    }

    /// The ways, in their order.
    pub fn ways(&self) -> Vec<LetterWay> {
        match (self.ways.is_empty(), self.has_print_drop()) {
            (false, _) => self.ways.clone(),
            (true, true) => vec![LetterWay::Print],
            (true, false) => Vec::new(),
        }
    }

    /// Everything wrong with the keys. Opens nothing. `asks_case_system`: whether the configured case system tells of protection.
    pub fn faults(&self, asks_case_system: bool) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        let mut fault =
            |key: &str, text: &str| faults.push((format!("letter.{key}"), text.to_owned()));
        for (at, way) in self.ways.iter().enumerate() {
            if self.ways[..at].contains(way) {
                fault("ways", "name each way once");
            }
            match way {
                LetterWay::Print if !self.has_print_drop() => {
                    let text =
                        "name the folder of the way \"print\", or its server ([letter.print_sftp])";
                    fault("print_folder", text);
                }
                LetterWay::Service if self.service.is_none() => {
                    fault("service", "the way \"service\" needs the section [letter.service]");
                }
                LetterWay::Print | LetterWay::Service => {}
            }
        }
        if self.print_folder.is_some() && self.print_sftp.is_some() {
            fault(
                "print_folder",
                "letters are fetched from one place: this or [letter.print_sftp]",
            );
        }
        if self.languages.is_empty() {
            fault("languages", "name at least one of \"sv\" and \"en\"");
        }
        if self.cutoffs.windows(2).any(|pair| pair[0] >= pair[1]) {
            fault("cutoffs", "name each time once, the earliest first");
        }
        if self.warn_before < SignedDuration::ZERO
            || self.warn_before > SignedDuration::from_hours(23)
        {
            fault("warn_before", "must be less than a day");
        }
        if self.register_max_age <= SignedDuration::ZERO {
            fault("register_max_age", "must be longer than nothing");
        }
        if self.protection.contains(&SourceName::Register) && self.register.is_none() {
            fault("register", "name the file of the source \"register\"");
        }
        if self.protection.contains(&SourceName::CaseSystem) && !asks_case_system {
            let text = "names the case system, and the configured kind does not tell of protection";
            fault("protection", text);
        }
        let far = self.print_sftp.iter().flat_map(|section| section.faults());
        faults.extend(far.map(|(key, text)| (format!("letter.print_sftp.{key}"), text.to_owned())));
        let service = self.service.iter().flat_map(|service| service.faults());
        faults
            .extend(service.map(|(key, text)| (format!("letter.service.{key}"), text.to_owned())));
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::Config;
    use super::LetterWay;

    #[test]
    fn every_fault_is_told_with_its_key() {
        for (text, keys) in [
            ("", vec![]),
            ("ways = [\"print\", \"print\"]\nprint_folder = \"p\"", vec!["letter.ways"]),
            ("ways = [\"print\", \"service\"]", vec!["letter.print_folder", "letter.service"]),
            (
                "languages = []\ncutoffs = [\"15:00\", \"14:30\"]",
                vec!["letter.languages", "letter.cutoffs"],
            ),
            (
                "protection = [\"register\", \"case_system\"]",
                vec!["letter.register", "letter.protection"],
            ),
            (
                "warn_before = \"24h\"\nregister_max_age = \"0s\"",
                vec!["letter.warn_before", "letter.register_max_age"],
            ),
            (
                "print_folder = \"p\"\n[print_sftp]\nhost = \"h\"\nuser = \"u\"\nhost_keys = []\nkey_file = \"k\"",
                vec!["letter.print_folder", "letter.print_sftp.host_keys"],
            ),
            (
                "[service]\nurl = \"https://a.example\"\nparty_url = \"https://b.example\"\ndepartment = \"d\"",
                vec!["letter.service.token"],
            ),
        ] {
            let config: Config = toml::from_str(text).unwrap();
            let told: Vec<String> = config.faults(false).into_iter().map(|(key, _)| key).collect();
            assert_eq!(told, keys, "{text}");
        }
        assert!(toml::from_str::<Config>("protection = [\"gissning\"]").is_err());
        assert!(Config::default().ways().is_empty());
        let print: Config = toml::from_str("print_folder = \"p\"").unwrap();
        assert_eq!(print.ways(), [LetterWay::Print]);
    }
}
