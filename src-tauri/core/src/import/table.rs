//! Tables of pages: which of them hold figures, and in which column a cell stands when others span columns or rows.
//!
//! Deliberately absent: the words of the cells.

use super::flow::Leaf;
use super::tree::Tree;

/// A table with a longer cell arranges the page, in characters.
const MAX_CELL: usize = 600;

/// Most columns of a table in which cells that span are followed, and most rows that one spans.
const MAX_SPAN: usize = 64;

/// A table that the reader is in.
pub(super) struct Table {
    node: usize,
    /// Whether it holds figures or facts, and does not just arrange the page.
    pub(super) data: bool,
    /// Column of the next cell, and for how many rows each column is still taken.
    column: usize,
    taken: Vec<usize>,
    /// Columns that the last cell takes beyond its first.
    owed: usize,
}

impl Table {
    /// The table at a node, before its first row.
    pub(super) fn new(leaf: &Leaf, node: usize) -> Table {
        Table { node, data: holds_figures(leaf, node), column: 0, taken: Vec::new(), owed: 0 }
    }

    /// Whether a row or cell of figures belongs to this table and not to one inside it.
    pub(super) fn owns(&self, tree: &Tree, node: usize) -> bool {
        self.data && tree.ancestors(node).find(|&up| tree.name(up) == "table") == Some(self.node)
    }

    /// Begins a row.
    pub(super) fn enter_row(&mut self) {
        (self.column, self.owed) = (0, 0);
    }

    /// Ends a row: what cells above take of its other columns is used up.
    pub(super) fn leave_row(&mut self) {
        for taken in self.taken.iter_mut().skip(self.column) {
            *taken = taken.saturating_sub(1);
        }
    }

    /// Begins a cell after the columns that cells above take. Gives back how many columns begin with it, itself and the
    /// empty ones before it: the words of a wide cell stand in its first column.
    pub(super) fn enter_cell(&mut self, tree: &Tree, node: usize) -> usize {
        let span = |name| {
            tree.attribute(node, name).and_then(|value| value.trim().parse().ok()).unwrap_or(1).clamp(1, MAX_SPAN)
        };
        let (columns, rows) = (span("colspan"), span("rowspan"));
        let mut begun = 1 + std::mem::replace(&mut self.owed, columns - 1);
        while let Some(taken) = self.taken.get_mut(self.column).filter(|taken| **taken > 0) {
            *taken -= 1;
            self.column += 1;
            begun += 1;
        }
        for _ in 0..columns {
            if self.column < MAX_SPAN {
                if self.taken.len() <= self.column {
                    self.taken.resize(self.column + 1, 0);
                }
                self.taken[self.column] = rows - 1;
            }
            self.column += 1;
        }
        begun
    }
}

fn holds_figures(leaf: &Leaf, table: usize) -> bool {
    let tree = &leaf.tree;
    if matches!(tree.attribute(table, "role"), Some("presentation" | "none")) {
        return false;
    }
    let (mut headed, mut rows, mut columns, mut widest) = (false, 0, 0, 0);
    let mut node = table + 1;
    while node < tree.nodes[table].end {
        let name = tree.name(node);
        match name {
            "table" if !headed => return false,
            "table" => {
                node = tree.nodes[node].end;
                continue;
            }
            "th" | "caption" | "thead" => headed = true,
            "tr" => {
                rows += 1;
                columns = 0;
            }
            "h1" | "h2" | "h3" | "pre" | "blockquote" | "article" | "section" => return false,
            _ => {}
        }
        if matches!(name, "td" | "th") {
            columns += 1;
            widest = widest.max(columns);
            let (mut characters, mut paragraphs) = (0, 0);
            for inner in tree.inside(node) {
                characters += tree.text(inner).map_or(0, |text| text.trim().chars().count());
                paragraphs += usize::from(matches!(tree.name(inner), "p" | "ul" | "ol" | "h4"));
            }
            if characters > MAX_CELL || !headed && paragraphs > 1 {
                return false;
            }
        }
        node += 1;
    }
    widest > 1 && (headed || rows > 1)
}
