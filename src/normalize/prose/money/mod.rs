//! The money that a notice tells of: the sum to pay, the months it is for, the rent, the parts of a plan, and where to pay.

mod amount_words;
pub(super) mod debts;
mod instalments;
mod month_headings;
mod month_mentions;
mod month_rows;
mod month_words;
mod payments;
mod sum_cues;
mod sum_months;
mod sums;
pub(super) mod whole;
