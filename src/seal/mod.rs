//! Receipts as proof: the municipality's signature and control code on a receipt, and one signed file that proves a notice.
//!
//! A landlord shows a receipt to a court months later; Kronofogden asks what was confirmed and when. Whoever holds the receipt can
//! check it against the municipality's published keys ([`jwk`]) without asking anyone, or by telephone with the control code
//! ([`control_code`]). Pure but for the random source of a new key and the folder of the keys ([`chest`]): secrets come as text
//! ([`keys`]), the time is an argument.
//!
//! A signature proves that the holder of the municipality's key stated this. It does not prove *when*: whoever holds a key can
//! write any time into what it signs. A key that may have leaked is therefore marked as withdrawn, and every check says so.

pub mod bundle;
pub mod canonical;
pub mod chest;
pub mod control_code;
pub mod jwk;
pub mod jws;
pub mod keys;
pub mod receipt;
pub mod webhook;
