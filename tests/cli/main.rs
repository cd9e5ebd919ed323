//! The command line through the real binary: its words, its JSON, its exit status, and what it refuses.

mod batch;
mod bench;
mod damaged;
mod damaged_rows;
mod exporting;
mod highlights;
mod history;
mod importing;
mod links;
mod reading;
mod tags;
mod usage;
