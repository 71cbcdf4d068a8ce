//! Where the words stand that tell what a day means: the last before it and the first behind it.

use super::super::enforcement::case_cues::CASE;
use super::super::enforcement::case_cues::OTHER;
use super::super::enforcement::more_cues::MOVED;
use super::Meaning;
use super::contract_cues::CONTRACT;
use super::day_cues::Cue;
use super::day_cues::HOME;

/// The cue that decides: the last strong one, else the last weak one.
pub(super) fn last_cue(text: &str) -> Option<(Meaning, bool)> {
    let mut best: Option<(bool, usize, usize, Meaning)> = None;
    for (word, meaning, strong) in HOME.iter().chain(CONTRACT).chain(CASE).chain(MOVED).chain(OTHER)
    {
        let inner = matches!(*meaning, Meaning::Starts | Meaning::Disconnect);
        let mut places = text.rmatch_indices(word).map(|(at, _)| at);
        let Some(at) = places.find(|at| inner || begins_word(text, *at)) else { continue };
        let found = (*strong, at + word.len(), word.len(), *meaning);
        // What is far away tells of something else.
        let far = text.len() - found.1 > 130;
        let better = best.is_none_or(|best| (found.0, found.1, found.2) > (best.0, best.1, best.2));
        if better && !far {
            best = Some(found);
        }
    }
    best.map(|(strong, _, _, meaning)| (meaning, strong))
}

pub(super) fn first_cue(text: &str, cues: &[&[Cue]], most: usize) -> Option<(Meaning, bool)> {
    let found = cues.iter().flat_map(|cues| cues.iter()).filter_map(|(word, meaning, strong)| {
        let at = text.find(word).filter(|at| *at <= most && begins_word(text, *at))?;
        Some((at, usize::MAX - word.len(), *meaning, *strong))
    });
    found
        .min_by_key(|(at, length, _, _)| (*at, *length))
        .map(|(_, _, meaning, strong)| (meaning, strong))
}

fn begins_word(text: &str, at: usize) -> bool {
    !text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
}

pub(super) fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word)
        .is_some_and(|rest| !rest.chars().next_back().is_some_and(char::is_alphanumeric))
}
