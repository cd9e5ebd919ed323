//! The command line through the real binary: its words, its JSON, its exit status, and what it refuses.

mod batch;
mod bench;
mod damaged;
mod damaged_rows;
mod disks;
mod exporting;
mod highlights;
mod history;
mod importing;
mod links;
mod missing;
mod moved;
mod names;
mod private;
mod reading;
mod signals;
mod tags;
mod usage;
