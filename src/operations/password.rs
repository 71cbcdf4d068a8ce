//! Passwords of accounts: argon2id hashes, made and compared away from the threads that serve.

use crate::domain::masked::Masked;
use argon2::Argon2;
use argon2::PasswordHasher as _;
use argon2::PasswordVerifier as _;
use argon2::password_hash::phc::PasswordHash;
use std::sync::OnceLock;

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;

/// The most characters of a password: longer ones would only cost time.
pub const LONGEST: usize = 200;

/// Letters of drawn passwords: none that is taken for another.
const LETTERS: &[u8; 31] = b"23456789abcdefghjkmnpqrstuvwxyz";

/// Why a password is not taken, or none could be made.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too few characters.
    #[error("a password has at least {SHORTEST} characters")]
    Short,
    /// Too many characters.
    #[error("a password has at most {LONGEST} characters")]
    Long,
    /// It can be guessed from the account's name.
    #[error("a password does not hold the account's name")]
    HoldsName,
    /// One character over and over.
    #[error("a password has at least five different characters")]
    Monotonous,
    /// No random bytes, no memory.
    #[error("the password could not be hashed")]
    Hash,
}

/// Whether a person may choose this password.
pub fn check(password: &str, name: &str) -> Result<(), PasswordError> {
    let count = password.chars().count();
    if count < SHORTEST {
        return Err(PasswordError::Short);
    }
    if count > LONGEST {
        return Err(PasswordError::Long);
    }
    if password.to_lowercase().contains(&name.to_lowercase()) {
        return Err(PasswordError::HoldsName);
    }
    let different: std::collections::BTreeSet<char> = password.chars().collect();
    if different.len() < 5 {
        return Err(PasswordError::Monotonous);
    }
    Ok(())
}

/// A password drawn at random: twenty letters, about a hundred bits, in four groups.
pub fn draw() -> Result<Masked, PasswordError> {
    let mut letters = String::new();
    while letters.len() < 23 {
        let mut byte = [0_u8; 1];
        aws_lc_rs::rand::fill(&mut byte).map_err(|_unspecified| PasswordError::Hash)?;
        // Bytes past the last whole round of letters would favour the first ones.
        let round = LETTERS.len() * (256 / LETTERS.len());
        let at = usize::from(byte[0]);
        let Some(letter) = LETTERS.get(at % LETTERS.len()).filter(|_| at < round) else { continue };
        letters.push(char::from(*letter));
        if matches!(letters.len(), 5 | 11 | 17) {
            letters.push('-');
        }
    }
    Ok(Masked::new(letters))
}

/// The hash to store, a PHC string.
pub async fn hash(password: Masked) -> Result<Masked, PasswordError> {
    let hashed = tokio::task::spawn_blocking(move || hash_now(&password)).await;
    hashed.unwrap_or(Err(PasswordError::Hash))
}

/// Whether a password is the one that was hashed. Without a hash the same work is done, and it is not.
pub(super) async fn fits(password: Masked, hash: Option<Masked>) -> bool {
    let compared = tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let hash = hash.as_ref().or_else(|| nobodys());
        let fits = hash.is_some_and(|hash| fits_now(&password, hash));
        known && fits
    });
    compared.await.unwrap_or(false)
}

fn hash_now(password: &Masked) -> Result<Masked, PasswordError> {
    let hash: PasswordHash = Argon2::default()
        .hash_password(password.reveal().as_bytes())
        .map_err(|_error| PasswordError::Hash)?;
    Ok(Masked::new(hash.to_string()))
}

fn fits_now(password: &Masked, hash: &Masked) -> bool {
    PasswordHash::new(hash.reveal()).is_ok_and(|hash| {
        Argon2::default().verify_password(password.reveal().as_bytes(), &hash).is_ok()
    })
}

/// The hash that a password is compared with when there is no such account: made once, of random bytes.
fn nobodys() -> Option<&'static Masked> {
    static HASH: OnceLock<Option<Masked>> = OnceLock::new();
    HASH.get_or_init(|| draw().and_then(|password| hash_now(&password)).ok()).as_ref()
}

/// Makes the hash for names that nobody has, so that the first guess takes no longer than the next.
pub(super) fn warm_up() {
    drop(tokio::task::spawn_blocking(nobodys));
}

#[cfg(test)]
mod tests {
    use super::PasswordError;
    use super::check;
    use super::draw;
    use super::fits;
    use super::hash;
    use crate::domain::masked::Masked;

    #[test]
    fn passwords_that_are_guessed_first_are_not_taken() {
        assert!(check("korrekt häst batteri", "anna").is_ok());
        assert!(matches!(check("elva tecken", "anna"), Err(PasswordError::Short)));
        assert!(matches!(check(&"ab3d5".repeat(41), "anna"), Err(PasswordError::Long)));
        assert!(matches!(check("Anna 1234567890", "anna"), Err(PasswordError::HoldsName)));
        assert!(matches!(check("abababababab", "anna"), Err(PasswordError::Monotonous)));
    }

    #[test]
    fn drawn_passwords_are_long_differ_and_may_be_chosen() {
        let (one, other) = (draw().unwrap(), draw().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.reveal().len(), 23);
        assert!(check(one.reveal(), "anna").is_ok());
    }

    #[tokio::test]
    async fn a_hash_is_argon2id_salted_and_fits_its_password_only() {
        let password = Masked::new("korrekt häst batteri");
        let (one, other) =
            (hash(password.clone()).await.unwrap(), hash(password.clone()).await.unwrap());
        assert!(one.reveal().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_ne!(one, other);
        assert!(fits(password.clone(), Some(one.clone())).await);
        assert!(!fits(Masked::new("korrekt häst batterj"), Some(one)).await);
        assert!(!fits(password.clone(), None).await);
        assert!(!fits(password, Some(Masked::new("not a hash"))).await);
    }
}
