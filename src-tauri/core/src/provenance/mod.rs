//! Where a text comes from: one item of CSL-JSON a document, and whatever reads or writes such an item.
//!
//! The item is what is stored, so that citation tools understand it; what lists and searches show of it is read from it
//! by [`Item::get`]. Pure: text and bytes in, items out. Deliberately absent: citation styles (`export/citation.rs`
//! writes the one that exports use), and any look-up of what a file does not say.

mod bibtex;
mod csl;
mod dates;
mod file;
mod item;
mod kinds;
pub(crate) mod names;
mod ris;
mod tex_address;

pub use dates::years;
pub(crate) use file::LONGEST_ITEM;
pub use file::{Described, Fault, List, Reader, Remark, Unmatched, chosen, matched, read};
pub use item::{Field, Item};
pub use kinds::{KINDS, Kind, find as kind_named};
