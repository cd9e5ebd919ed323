//! The tree of a PDF's pages, looked at before the library walks it: one that leads back into itself would keep it busy for
//! longer than anybody lives, since it counts every way through the tree.
//!
//! Deliberately absent: what a page is; what cannot be read here is left for the library to refuse.

use super::{MOST_PAGES, Refusal};
use pdf_oxide::PdfDocument;
use pdf_oxide::object::{Object, ObjectRef};
use std::collections::HashSet;

/// Refuses a tree in which a branch stands twice, or in which there are more nodes than pages may be.
pub(super) fn check(document: &PdfDocument) -> Result<(), Refusal> {
    let refused = |reason: &str| Err(Refusal::Unsafe { reason: reason.to_owned() });
    let root = document.catalog().ok().and_then(|catalog| catalog.as_dict()?.get("Pages")?.as_reference());
    let mut waiting: Vec<ObjectRef> = root.into_iter().collect();
    let (mut branches, mut nodes) = (HashSet::new(), 0);
    while let Some(node) = waiting.pop() {
        nodes += 1;
        if nodes > 2 * MOST_PAGES {
            return refused("its list of pages is longer than any document's");
        }
        let Ok(object) = document.load_object(node) else { continue };
        let Some(kids) = object.as_dict().and_then(|node| node.get("Kids")).and_then(Object::as_array) else {
            continue;
        };
        if !branches.insert(node) {
            return refused("its list of pages leads back into itself");
        }
        waiting.extend(kids.iter().filter_map(Object::as_reference));
    }
    Ok(())
}
