//! What `check` looks at of letters to persons: the register of protected persons, and the letter service with its tokens.

use super::Finding;
use super::within;
use crate::acknowledge::letter_service::LetterService;
use crate::clock::Clock;
use crate::config::Loaded;
use crate::pipeline::letters::register::RegisterFile;

/// What is wrong with them.
pub(super) async fn findings(loaded: &Loaded) -> Vec<Finding> {
    let config = &loaded.config.letter;
    let register = config.register.clone().map(|path| {
        let file = RegisterFile::new(path, config.register_max_age, &Clock::system());
        let problem = file.numbers().err().map(|error| error.to_string());
        Finding { key: "letter.register".to_owned(), problem }
    });
    let service = match &config.service {
        Some(keys) => Some(match LetterService::open(keys, &loaded.config.municipality.code) {
            Ok(service) => {
                let problem = within(service.probe()).await;
                Finding { key: "letter.service".to_owned(), problem }
            }
            Err((key, why)) => Finding { key: format!("letter.service.{key}"), problem: Some(why) },
        }),
        None => None,
    };
    register.into_iter().chain(service).collect()
}
