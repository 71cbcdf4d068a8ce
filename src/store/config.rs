//! `[store]`: where the truth is kept.

use crate::store::StoreError;
use serde::Deserialize;
use std::fmt;
use std::path::PathBuf;

/// The store's configuration.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/DATABASE?sslmode=verify-full&sslrootcert=…`.
    pub url: String,
    /// A file that holds the URL, so that its password need not stand in the configuration.
    pub url_file: Option<PathBuf>,
    /// Originals up to this many bytes lie in their row; larger ones in the claim check.
    pub inline_bytes: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { url: "sqlite:kvittens.db".to_owned(), url_file: None, inline_bytes: 64 * 1024 }
    }
}

impl Config {
    /// The URL, from its file when one is named.
    pub fn url(&self) -> Result<String, StoreError> {
        match &self.url_file {
            Some(file) => {
                Ok(std::fs::read_to_string(file).map_err(StoreError::UrlFile)?.trim().to_owned())
            }
            None => Ok(self.url.clone()),
        }
    }

    /// The folder of a SQLite store, where disk space matters.
    pub fn folder(&self) -> Option<PathBuf> {
        let url = self.url().ok()?;
        let path = PathBuf::from(url.strip_prefix("sqlite:")?);
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        Some(folder.map_or_else(|| PathBuf::from("."), PathBuf::from))
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let engine = self.url.split(':').next().unwrap_or_default();
        f.debug_struct("Config")
            .field("url", &format_args!("{engine}:***"))
            .field("url_file", &self.url_file)
            .field("inline_bytes", &self.inline_bytes)
            .finish()
    }
}
