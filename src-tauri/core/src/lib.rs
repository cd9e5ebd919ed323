//! Gloss without a window.
//!
//! A document version is one immutable canonical text; everything else is a half-open range over it. This crate
//! keeps texts and ranges in one SQLite file, records every change so that it can be undone, and answers the
//! commands in [`api`]. Deliberately absent: tauri, async, windows, and any clock or randomness outside [`env::Env`].

pub mod anchor;
pub mod api;
pub mod approximate;
mod bare;
pub mod cards;
pub mod carry;
mod changeset;
pub mod check;
mod copying;
pub mod dashboard;
pub mod details;
pub mod difference;
mod displaced;
pub mod documents;
pub mod drawn;
pub mod env;
pub mod error;
pub mod export;
pub mod exports;
mod flaws;
mod folding;
mod grams;
mod guard;
pub mod highlights;
pub mod history;
mod hold;
mod identity;
pub mod ids;
pub mod import;
pub mod journal;
pub mod links;
pub mod migrations;
pub mod names;
pub mod originals;
mod places;
pub mod private;
pub mod project;
pub mod provenance;
pub mod query;
mod recognise;
pub mod remarks;
pub mod review;
pub mod revise;
mod rivals;
pub mod sample;
pub mod schema;
mod seams;
pub mod search;
pub mod seed;
mod stored;
mod stretches;
pub mod structure;
pub mod tags;
pub mod tally;
pub mod text;
mod texts;
pub mod typescript;
pub mod unfinished;
pub mod upkeep;
pub mod versions;
mod wording;
pub mod words;
