//! A letter's words before anything is read from them: mended, its broken lines put together, and the sender's own told from what is quoted.

pub(super) mod columns;
pub(super) mod flow;
pub(super) mod fold;
pub(super) mod mend;
pub(super) mod own_words;
pub(super) mod quoting;
mod sentence_ends;
pub(super) mod subjects;
