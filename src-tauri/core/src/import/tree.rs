//! The elements and words of an HTML page, in document order.
//!
//! The tree is kept flat: a node knows its parent and where its descendants end, so every question is a loop and no depth
//! can exhaust the stack. Deliberately absent: how a page is read (see `growth.rs`), comments (but for the first few),
//! doctypes, frames inside `template`, and everything that a page could do.

use html5ever::{Attribute, QualName};

/// One node of a page.
pub(super) struct Node {
    /// Its parent; the document itself is its own.
    pub(super) parent: usize,
    /// One past its last descendant.
    pub(super) end: usize,
    pub(super) data: Data,
}

/// What a node is.
pub(super) enum Data {
    Element {
        name: QualName,
        attributes: Vec<Attribute>,
    },
    Text(String),
    /// The document, a doctype, a comment, the contents of a template.
    Other,
}

/// A page in document order. Node 0 is the document.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// The first comments.
    pub(super) comments: Vec<String>,
}

impl Tree {
    /// Name of an element, lower case; empty for everything else.
    pub(super) fn name(&self, node: usize) -> &str {
        match &self.nodes[node].data {
            Data::Element { name, .. } => &name.local,
            _ => "",
        }
    }

    /// The words of a text node.
    pub(super) fn text(&self, node: usize) -> Option<&str> {
        match &self.nodes[node].data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Makes the links to parts of the page itself, whose address this is, begin with their `#`: a browser that saves a
    /// page writes its address before it.
    pub(super) fn shorten_own_links(&mut self, address: &str) {
        for node in self.nodes.iter_mut().filter(|_| !address.is_empty()) {
            let Data::Element { attributes, .. } = &mut node.data else { continue };
            for link in attributes.iter_mut().filter(|attribute| &*attribute.name.local == "href") {
                if let Some(part) = link.value.trim().strip_prefix(address).filter(|part| part.starts_with('#')) {
                    link.value = part.into();
                }
            }
        }
    }

    /// Whether an element is a template whose content is seen: the shadow root of the element around it.
    pub(super) fn is_shadow_root(&self, node: usize) -> bool {
        match &self.nodes[node].data {
            Data::Element { name, attributes } => is_shadow_root(name, attributes),
            _ => false,
        }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, node: usize, wanted: &str) -> Option<&str> {
        match &self.nodes[node].data {
            Data::Element { attributes, .. } => attributes.iter().find(|a| &*a.name.local == wanted).map(|a| &*a.value),
            _ => None,
        }
    }

    /// Whether an element has an attribute whose name begins with one of these.
    pub(super) fn has_attribute_that_begins(&self, node: usize, beginnings: &[&str]) -> bool {
        match &self.nodes[node].data {
            Data::Element { attributes, .. } => {
                attributes.iter().any(|a| beginnings.iter().any(|beginning| a.name.local.starts_with(beginning)))
            }
            _ => false,
        }
    }

    /// The descendants of a node, in order.
    pub(super) fn inside(&self, node: usize) -> std::ops::Range<usize> {
        node + 1..self.nodes[node].end
    }

    /// The children of a node, in order.
    pub(super) fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes[node].end;
        let mut next = node + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(next)?;
            next = self.nodes[child].end;
            Some(child)
        })
    }

    /// A node's ancestors, the nearest first, without the document.
    pub(super) fn ancestors(&self, node: usize) -> impl Iterator<Item = usize> {
        let mut at = node;
        std::iter::from_fn(move || {
            at = self.nodes[at].parent;
            (at != 0).then_some(at)
        })
    }

    /// All words in a node, white space folded, without soft hyphens.
    pub(super) fn words(&self, node: usize) -> String {
        let mut all = String::new();
        for inner in node..self.nodes[node].end {
            all.extend(self.text(inner).unwrap_or_default().chars().filter(|&c| c != '\u{ad}'));
        }
        all.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Whether a tag begins a shadow root that its page declares, by the present name of the attribute or the first one.
pub(super) fn is_shadow_root(name: &QualName, attributes: &[Attribute]) -> bool {
    &*name.local == "template"
        && attributes.iter().any(|attribute| matches!(&*attribute.name.local, "shadowrootmode" | "shadowroot"))
}
