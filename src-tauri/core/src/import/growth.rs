//! Builds the tree of an HTML page from its tags, as a browser does (html5ever).
//!
//! Tags that are nested deeper than any writing are left out, their words are not; a page whose tags unfold without end, or
//! that has a tag with attributes without end, is refused. Shadow roots that the page declares are filled with what belongs
//! in their slots. Deliberately absent: questions about the finished tree; see `tree.rs`.

use super::Refusal;
use super::tree::{Data, Node, Tree, is_shadow_root};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, LocalName, QualName, TokenizerResult};
use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};
use std::collections::HashSet;

/// Deepest nesting of elements; browsers stop at twice that.
const MAX_DEPTH: u32 = 256;

/// Most nodes of a page. Broken markup can make a parser repeat its open tags without end.
const MAX_NODES: usize = 3_000_000;

/// Most attributes of a tag: looking for repeated ones takes time by the square of their number.
const MAX_ATTRIBUTES: usize = 10_000;

/// Comments at the top that are kept, and how many bytes of each: browsers leave the address of a saved page there.
const COMMENTS: usize = 8;
const COMMENT_BYTES: usize = 2048;

/// Elements that may have a shadow root, beside those that a page defines.
const HOSTS: [&str; 18] = [
    "article",
    "aside",
    "blockquote",
    "body",
    "div",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "main",
    "nav",
    "p",
    "section",
    "span",
];

/// Most slots of a shadow root.
const MAX_SLOTS: usize = 64;

/// Elements that stand alone, or that change how the words in them are read: none of them makes the tree deeper.
const NEVER_SKIPPED: [&str; 26] = [
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "iframe",
    "img",
    "input",
    "link",
    "meta",
    "noembed",
    "noframes",
    "noscript",
    "param",
    "plaintext",
    "script",
    "select",
    "source",
    "style",
    "textarea",
    "title",
    "track",
    "wbr",
    "xmp",
    "svg",
];

/// Elements that never hold anything.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// No node.
const NONE: usize = usize::MAX;

impl Tree {
    /// Reads a page. With `xml`, a tag that closes itself does so whatever its name.
    pub(super) fn parse(source: &str, xml: bool) -> Result<Tree, Refusal> {
        Tree::parse_as(source, xml, true)
    }

    /// Reads a page as a browser does that runs no scripts: what stands in `noscript` is markup.
    pub(super) fn parse_without_scripts(source: &str, xml: bool) -> Result<Tree, Refusal> {
        Tree::parse_as(source, xml, false)
    }

    fn parse_as(source: &str, xml: bool, scripting_enabled: bool) -> Result<Tree, Refusal> {
        if crowded(source) {
            return Err(Refusal::Unsafe {
                reason: format!("one of its tags has more than {MAX_ATTRIBUTES} attributes"),
            });
        }
        let options = TreeBuilderOpts { drop_doctype: true, scripting_enabled, ..TreeBuilderOpts::default() };
        let gate = Gate { builder: TreeBuilder::new(Growth::default(), options), skipped: RefCell::default(), xml };
        let tokenizer = Tokenizer::new(gate, Default::default());
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from(source));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        tokenizer.end();
        let growth = tokenizer.sink.builder.sink;
        if growth.is_full() {
            return Err(Refusal::Unsafe { reason: format!("its tags unfold to more than {MAX_NODES} parts") });
        }
        growth.fill_slots();
        Ok(growth.flatten())
    }
}

/// Whether a tag has so many attributes that reading it would take minutes.
fn crowded(source: &str) -> bool {
    let bytes = source.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|&byte| byte == b'<') {
        at += found + 1;
        let rest = &bytes[at..];
        if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let raw = ["script", "style"]
            .into_iter()
            .find(|name| rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes())));
        let (mut attributes, mut quote, mut before) = (0, None, b'a');
        let mut length = rest.len();
        for (index, &byte) in rest.iter().enumerate() {
            match quote {
                Some(open) if byte == open => quote = None,
                Some(_) => {}
                None if byte == b'>' => {
                    length = index;
                    break;
                }
                None if matches!(byte, b'"' | b'\'') && before == b'=' => quote = Some(byte),
                None if byte.is_ascii_whitespace() || byte == b'/' || matches!(before, b'"' | b'\'') => attributes += 1,
                None => {}
            }
            if attributes > MAX_ATTRIBUTES {
                return true;
            }
            before = if byte.is_ascii_whitespace() && before == b'=' { before } else { byte };
        }
        at += length;
        if let Some(name) = raw {
            let close = |window: &[u8]| window[..2] == *b"</" && window[2..].eq_ignore_ascii_case(name.as_bytes());
            at += bytes[at..].windows(name.len() + 2).position(close).unwrap_or(bytes.len() - at);
        }
    }
    false
}

/// Stands between the tokens of a page and its tree.
struct Gate {
    builder: TreeBuilder<usize, Growth>,
    /// Names of the start tags that were left out for their depth; their end tags are left out too.
    skipped: RefCell<Vec<LocalName>>,
    xml: bool,
}

impl TokenSink for Gate {
    type Handle = usize;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<usize> {
        if self.builder.sink.is_full() {
            return TokenSinkResult::Continue;
        }
        let Token::TagToken(tag) = token else { return self.builder.process_token(token, line) };
        if tag.kind == TagKind::EndTag {
            let mut skipped = self.skipped.borrow_mut();
            if skipped.last().is_some_and(|name| *name == tag.name) {
                skipped.pop();
                return TokenSinkResult::Continue;
            }
            drop(skipped);
            return self.builder.process_token(Token::TagToken(tag), line);
        }
        let closed = self.xml && tag.self_closing && !VOID.contains(&&*tag.name) && !foreign(&tag.name);
        if closed && NEVER_SKIPPED.contains(&&*tag.name) {
            return TokenSinkResult::Continue;
        }
        if self.builder.sink.depth.get() >= MAX_DEPTH && !NEVER_SKIPPED.contains(&&*tag.name) {
            if !closed {
                self.skipped.borrow_mut().push(tag.name);
            }
            return TokenSinkResult::Continue;
        }
        let end = closed.then(|| Tag {
            kind: TagKind::EndTag,
            name: tag.name.clone(),
            self_closing: false,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        });
        let result = self.builder.process_token(Token::TagToken(tag), line);
        match end {
            Some(end) => self.builder.process_token(Token::TagToken(end), line),
            None => result,
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Roots of the vocabularies in which every tag may close itself in HTML too.
fn foreign(name: &str) -> bool {
    matches!(name, "svg" | "math")
}

struct Raw {
    parent: usize,
    previous: usize,
    next: usize,
    first: usize,
    last: usize,
    depth: u32,
    data: Data,
}

/// A page while it is read.
struct Growth {
    nodes: RefCell<Vec<Raw>>,
    comments: RefCell<Vec<String>>,
    /// How deep the next element would stand.
    depth: Cell<u32>,
}

impl Default for Growth {
    fn default() -> Growth {
        let growth = Growth { nodes: RefCell::default(), comments: RefCell::default(), depth: Cell::new(0) };
        growth.add(Data::Other);
        growth
    }
}

impl Growth {
    fn is_full(&self) -> bool {
        self.nodes.borrow().len() > MAX_NODES
    }

    fn add(&self, data: Data) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Raw { parent: NONE, previous: NONE, next: NONE, first: NONE, last: NONE, depth: 0, data });
        nodes.len() - 1
    }

    fn detach(&self, node: usize) {
        let mut nodes = self.nodes.borrow_mut();
        let Raw { parent, previous, next, .. } = nodes[node];
        if parent == NONE {
            return;
        }
        match previous {
            NONE => nodes[parent].first = next,
            _ => nodes[previous].next = next,
        }
        match next {
            NONE => nodes[parent].last = previous,
            _ => nodes[next].previous = previous,
        }
        nodes[node].parent = NONE;
        nodes[node].previous = NONE;
        nodes[node].next = NONE;
    }

    /// Puts a node under `parent` before its child `next`, or last.
    fn attach(&self, parent: usize, next: usize, node: usize) {
        self.detach(node);
        let mut nodes = self.nodes.borrow_mut();
        let previous = if next == NONE { nodes[parent].last } else { nodes[next].previous };
        let depth = nodes[parent].depth + 1;
        let added = &mut nodes[node];
        (added.parent, added.previous, added.next, added.depth) = (parent, previous, next, depth);
        if let Data::Element { name, .. } = &added.data {
            self.depth.set(if VOID.contains(&&*name.local) { depth } else { depth + 1 });
        }
        match previous {
            NONE => nodes[parent].first = node,
            _ => nodes[previous].next = node,
        }
        match next {
            NONE => nodes[parent].last = node,
            _ => nodes[next].previous = node,
        }
    }

    fn put(&self, parent: usize, next: usize, child: NodeOrText<usize>) {
        match child {
            NodeOrText::AppendNode(node) => self.attach(parent, next, node),
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let previous = if next == NONE { nodes[parent].last } else { nodes[next].previous };
                if let Some(Raw { data: Data::Text(words), .. }) = nodes.get_mut(previous) {
                    words.push_str(&text);
                    return;
                }
                drop(nodes);
                let node = self.add(Data::Text(text.into()));
                self.attach(parent, next, node);
            }
        }
    }

    /// Puts what an element with a shadow root holds into the slots of its root, where a browser shows it; what no slot
    /// takes is not shown.
    fn fill_slots(&self) {
        let is_root = |node: usize| match &self.nodes.borrow()[node].data {
            Data::Element { name, attributes } => is_shadow_root(name, attributes),
            _ => false,
        };
        let count = self.nodes.borrow().len();
        let mut hosts = HashSet::new();
        for root in (0..count).filter(|&node| is_root(node)) {
            let host = self.nodes.borrow()[root].parent;
            if host == NONE || !self.may_be_host(host) || !hosts.insert(host) {
                // A template like any other.
                if let Data::Element { attributes, .. } = &mut self.nodes.borrow_mut()[root].data {
                    attributes.clear();
                }
                continue;
            }
            let slots = self.slots(root);
            let mut filled = vec![false; slots.len()];
            for child in self.children(host).into_iter().filter(|&child| child != root) {
                let wanted = self.attribute(child, "slot").unwrap_or_default();
                let Some(at) = slots.iter().position(|(name, _)| *name == wanted) else {
                    self.detach(child);
                    continue;
                };
                let slot = slots[at].1;
                // What stands in the slot itself is shown only when nothing else is.
                if self.says_something(child) && !std::mem::replace(&mut filled[at], true) {
                    self.children(slot).into_iter().for_each(|fallback| self.detach(fallback));
                }
                self.attach(slot, NONE, child);
            }
        }
    }

    fn may_be_host(&self, node: usize) -> bool {
        match &self.nodes.borrow()[node].data {
            Data::Element { name, .. } => name.local.contains('-') || HOSTS.contains(&&*name.local),
            _ => false,
        }
    }

    /// The slots of a shadow root with their names, the first of each name, at most [`MAX_SLOTS`].
    fn slots(&self, root: usize) -> Vec<(String, usize)> {
        let mut slots: Vec<(String, usize)> = Vec::new();
        let mut left = self.children(root);
        left.reverse();
        while let Some(node) = left.pop() {
            let name = match &self.nodes.borrow()[node].data {
                Data::Element { name, .. } => name.local.clone(),
                _ => continue,
            };
            if &*name == "slot" {
                let named = self.attribute(node, "name").unwrap_or_default();
                if slots.len() < MAX_SLOTS && slots.iter().all(|(known, _)| *known != named) {
                    slots.push((named, node));
                }
            } else if &*name != "template" {
                left.extend(self.children(node).into_iter().rev());
            }
        }
        slots
    }

    fn children(&self, node: usize) -> Vec<usize> {
        let nodes = self.nodes.borrow();
        let next = |&child: &usize| Some(nodes[child].next).filter(|&next| next != NONE);
        std::iter::successors(Some(nodes[node].first).filter(|&first| first != NONE), next).collect()
    }

    fn attribute(&self, node: usize, wanted: &str) -> Option<String> {
        match &self.nodes.borrow()[node].data {
            Data::Element { attributes, .. } => {
                attributes.iter().find(|a| &*a.name.local == wanted).map(|a| a.value.trim().to_owned())
            }
            _ => None,
        }
    }

    /// Whether a node is more than white space.
    fn says_something(&self, node: usize) -> bool {
        match &self.nodes.borrow()[node].data {
            Data::Text(text) => !text.trim().is_empty(),
            Data::Element { .. } => true,
            Data::Other => false,
        }
    }

    fn flatten(self) -> Tree {
        let mut raw = self.nodes.into_inner();
        let mut nodes: Vec<Node> = Vec::with_capacity(raw.len());
        // Where each open element stands in the new order, and what comes after it in the old.
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        while at != NONE {
            let parent = open.last().map_or(0, |&(node, _)| node);
            let data = std::mem::replace(&mut raw[at].data, Data::Other);
            nodes.push(Node { parent, end: nodes.len() + 1, data });
            open.push((nodes.len() - 1, raw[at].next));
            at = raw[at].first;
            while at == NONE {
                let Some((done, next)) = open.pop() else { break };
                nodes[done].end = nodes.len();
                at = next;
            }
        }
        Tree { nodes, comments: self.comments.into_inner() }
    }
}

impl TreeSink for Growth {
    type Handle = usize;
    type Output = Growth;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Growth {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| match &nodes[*target].data {
            Data::Element { name, .. } => name,
            _ => unreachable!("the parser asks only elements for their name"),
        })
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> usize {
        self.add(Data::Element { name, attributes })
    }

    fn create_comment(&self, text: StrTendril) -> usize {
        let mut comments = self.comments.borrow_mut();
        if comments.len() < COMMENTS {
            comments.push(text.chars().take(COMMENT_BYTES).collect());
        }
        self.add(Data::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.add(Data::Other)
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.put(*parent, NONE, child);
    }

    fn append_based_on_parent_node(&self, element: &usize, previous: &usize, child: NodeOrText<usize>) {
        let parent = self.nodes.borrow()[*element].parent;
        if parent == NONE {
            self.put(*previous, NONE, child);
        } else {
            self.put(parent, *element, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &usize) {
        self.depth.set(self.nodes.borrow()[*node].depth);
    }

    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        let parent = self.nodes.borrow()[*sibling].parent;
        if parent != NONE {
            self.put(parent, *sibling, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &usize, more: Vec<Attribute>) {
        if let Data::Element { attributes, .. } = &mut self.nodes.borrow_mut()[*target].data {
            for attribute in more {
                if !attributes.iter().any(|there| there.name == attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &usize) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        loop {
            let child = self.nodes.borrow()[*node].first;
            if child == NONE {
                return;
            }
            self.attach(*new_parent, NONE, child);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(source: &str, xml: bool) -> String {
        let tree = Tree::parse(source, xml).expect("a page");
        let body = (0..tree.nodes.len()).find(|&node| tree.name(node) == "body").expect("a body");
        let mut out = String::new();
        for node in tree.inside(body) {
            let depth = tree.ancestors(node).count() - 2;
            let what = tree.text(node).map_or_else(|| tree.name(node).to_owned(), |text| format!("{text:?}"));
            out.push_str(&format!("{}{what} ", ">".repeat(depth)));
        }
        out.trim_end().to_owned()
    }

    #[test]
    fn nodes_stand_in_document_order() {
        assert_eq!(outline("<p>a<b>b</b>c<p>d", false), "p >\"a\" >b >>\"b\" >\"c\" p >\"d\"");
        assert_eq!(outline("<table>x<tr><td>y</table>", false), "\"x\" table >tbody >>tr >>>td >>>>\"y\"");
        assert_eq!(outline("<b>1<p>2</b>3</p>", false), "b >\"1\" p >b >>\"2\" >\"3\"");
    }

    #[test]
    fn a_tag_that_closes_itself_does_so_in_xml() {
        assert_eq!(outline("<p><a id='x'/>a<i/>b</p>", true), "p >a >\"a\" >i >\"b\"");
        assert_eq!(outline("<title/><script/><p>a</p>", true), "p >\"a\"");
    }

    #[test]
    fn depth_nodes_and_attributes_are_bounded_and_words_kept() {
        let deep = format!("{}x{}<p>y", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let tree = Tree::parse(&deep, false).expect("a page");
        assert!(tree.nodes.len() < 1000);
        assert_eq!(tree.words(0), "xy");
        let unfolding =
            format!("{}{}", (0..3000).map(|n| format!("<b id={n}>")).collect::<String>(), "<p>x".repeat(50_000));
        let _ = Tree::parse(&unfolding, false);
        let names: String = (0..20_000).map(|n| format!(" a{n}=1")).collect();
        assert!(matches!(Tree::parse(&format!("<p{names}>x"), false), Err(Refusal::Unsafe { .. })));
        assert!(
            Tree::parse(&format!("<script>for(i=0;i<n;i++){{{names}}}</script><p title='{names}'>x"), false).is_ok()
        );
    }
}
