//! The engine of Dagwright: text in, values out.
//!
//! A config (YAML) and a template (JSON Schema and Jinja) become findings, form fields, an Airflow DAG file, and the
//! DAG as it is read back from that file. Nothing here touches a file, a clock, a random number or a screen, and
//! nothing that a person can type makes it fail: whatever is wrong becomes a [`diagnostic::Diagnostic`].
//!
//! Without the feature `engine` only the types remain.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

pub mod answer;
pub mod dag;
pub mod diagnostic;
pub mod field;
pub mod file;
pub mod layout;
pub mod pointer;
pub mod secret;
pub mod settings;
pub mod source;

#[cfg(feature = "engine")]
mod assets;
#[cfg(feature = "engine")]
mod config;
#[cfg(feature = "engine")]
mod cron;
#[cfg(feature = "engine")]
mod differences;
#[cfg(feature = "engine")]
mod engine;
#[cfg(feature = "engine")]
mod finding;
#[cfg(feature = "engine")]
mod formats;
#[cfg(feature = "engine")]
mod pattern;
#[cfg(feature = "engine")]
mod policy;
#[cfg(feature = "engine")]
mod prose;
#[cfg(feature = "engine")]
mod providers;
#[cfg(feature = "engine")]
mod python;
#[cfg(feature = "engine")]
mod render;
#[cfg(feature = "engine")]
mod rules;
#[cfg(feature = "engine")]
mod schema;
#[cfg(feature = "engine")]
mod schemas;
#[cfg(feature = "engine")]
mod template;
#[cfg(feature = "engine")]
mod version;
#[cfg(feature = "engine")]
mod words;
#[cfg(feature = "engine")]
mod yaml;

#[cfg(feature = "engine")]
pub use engine::Engine;
