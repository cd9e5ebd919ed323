//! What the benchmarks share: a corpus from a seed, statistics, and the floor that figures are held against.
//!
//! A figure is the median of several runs with its spread, beside what the same machine needs in the same run for the
//! least that could be done. Deliberately absent: any judgement of a program other than this one.

pub mod corpus;
pub mod desk;
pub mod figures;
pub mod floor;
pub mod marks;
pub mod random;
pub mod report;
pub mod vocabulary;

/// Whatever went wrong; it ends the run.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;
