//! Where a passage stands with a few errors in it: the edit distance of a pattern to parts of a text, over code points,
//! whatever the script and however long the pattern.
//!
//! G. Myers, "A fast bit-vector algorithm for approximate string matching based on dynamic programming" (1999): one
//! column of the table of distances is kept as differences of +1 and −1 in two words a block of 64 rows, and a whole
//! block moves on in a dozen operations. Blocks whose best value is beyond the limit are left out (Ukkonen's cut-off).
//! Deliberately absent: any weight of one error against another, and any choice among matches.

use std::collections::HashMap;

/// Rows of the table that one word holds.
const ROWS: usize = 64;

/// Where a pattern ends in a text, and with how many errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// One past the last code point.
    pub end: usize,
    /// Code points that are missing, added or changed.
    pub errors: usize,
}

/// A pattern made ready. Never empty.
#[derive(Debug)]
pub struct Pattern {
    length: usize,
    blocks: usize,
    /// For each character its rows, `blocks` words each, one after the other.
    rows: Vec<u64>,
    /// Where the rows of a character begin; ASCII has a table of its own.
    ascii: [u32; 128],
    others: HashMap<char, u32>,
}

/// One block of a column.
#[derive(Clone, Copy)]
struct Block {
    plus: u64,
    minus: u64,
    /// The distance at the block's last row.
    score: usize,
}

impl Pattern {
    /// Makes a pattern ready; `None` when it is empty.
    pub fn new(pattern: &[char]) -> Option<Pattern> {
        if pattern.is_empty() {
            return None;
        }
        let blocks = pattern.len().div_ceil(ROWS);
        // The first rows are those of every character that is not in the pattern.
        let mut made =
            Pattern { length: pattern.len(), blocks, rows: vec![0; blocks], ascii: [0; 128], others: HashMap::new() };
        for (row, &character) in pattern.iter().enumerate() {
            let mut at = made.rows_of(character);
            if at == 0 {
                at = made.rows.len();
                made.rows.resize(at + blocks, 0);
                if character.is_ascii() {
                    made.ascii[character as usize] = at as u32;
                } else {
                    made.others.insert(character, at as u32);
                }
            }
            made.rows[at + row / ROWS] |= 1 << (row % ROWS);
        }
        Some(made)
    }

    fn rows_of(&self, character: char) -> usize {
        if character.is_ascii() {
            self.ascii[character as usize] as usize
        } else {
            self.others.get(&character).map_or(0, |&at| at as usize)
        }
    }

    /// The best end of the pattern anywhere in the text: the fewest errors, at most `most`; the first of equals, or as
    /// much later as it has errors, when every end on the way is as good: a changed last letter belongs to the match.
    pub fn search(&self, text: &[char], most: usize) -> Option<Match> {
        let mut best: Option<(usize, Match)> = None;
        self.run(text, most, false, |end, errors| {
            match &mut best {
                Some((first, found)) if errors == found.errors => {
                    if end == found.end + 1 && end <= *first + errors {
                        found.end = end;
                    }
                }
                Some((_, found)) if errors > found.errors => {}
                _ => best = Some((end, Match { end, errors })),
            }
            (errors > 0).then_some(errors)
        });
        best.map(|(_, found)| found)
    }

    /// The pattern against the start of the text: the best end, at most `most` errors. Of equals the one whose length
    /// is nearest to the pattern's.
    pub fn start(&self, text: &[char], most: usize) -> Option<Match> {
        let mut best: Option<Match> = None;
        let far = |end: usize| end.abs_diff(self.length);
        if self.length <= most {
            best = Some(Match { end: 0, errors: self.length });
        }
        self.run(text, most, true, |end, errors| {
            if best.is_none_or(|best| (errors, far(end)) < (best.errors, far(best.end))) {
                best = Some(Match { end, errors });
            }
            Some(errors)
        });
        best
    }

    /// The errors between the whole pattern and the whole text; `None` when there are more than `most`.
    pub fn distance(&self, text: &[char], most: usize) -> Option<usize> {
        if text.is_empty() {
            return (self.length <= most).then_some(self.length);
        }
        let mut last = None;
        self.run(text, most, true, |end, errors| {
            if end == text.len() {
                last = Some(errors);
            }
            Some(most)
        });
        last
    }

    /// Goes through the text and reports every end with at most the wanted number of errors. The report answers how
    /// many are wanted from there on, never more than before; `None` ends the run. When `anchored`, the match begins
    /// where the text does.
    fn run(&self, text: &[char], most: usize, anchored: bool, mut report: impl FnMut(usize, usize) -> Option<usize>) {
        let mut most = most.min(self.length + text.len());
        // The blocks that may hold a value within the limit; all below are beyond it.
        let mut column: Vec<Block> = Vec::with_capacity(self.blocks);
        let mut above = 0;
        while column.len() < self.blocks && (column.is_empty() || above <= most) {
            column.push(self.untouched(column.len(), above));
            above += ROWS;
        }
        for (at, &character) in text.iter().enumerate() {
            if anchored && at >= self.length + most {
                return;
            }
            let rows = &self.rows[self.rows_of(character)..][..self.blocks];
            let mut carry = i32::from(anchored);
            for (index, block) in column.iter_mut().enumerate() {
                carry = block.advance(rows[index], carry, self.last_row(index));
            }
            let next = column.len();
            let above = column[next - 1].score.saturating_add_signed(-carry as isize);
            if next < self.blocks && above <= most && (rows[next] & 1 != 0 || carry < 0) {
                let mut block = self.untouched(next, above);
                block.advance(rows[next], carry, self.last_row(next));
                column.push(block);
            } else {
                while column.len() > 1 && column[column.len() - 1].score >= most + self.height(column.len() - 1) {
                    column.pop();
                }
            }
            let errors = column[column.len() - 1].score;
            if column.len() == self.blocks && errors <= most {
                match report(at + 1, errors) {
                    Some(wanted) => most = wanted.min(most),
                    None => return,
                }
            }
        }
    }

    /// How many rows of a block belong to the pattern.
    fn height(&self, block: usize) -> usize {
        ROWS.min(self.length - block * ROWS)
    }

    /// The bit of the last row of a block that belongs to the pattern.
    fn last_row(&self, block: usize) -> u64 {
        1 << (self.height(block) - 1)
    }

    /// A block in which every row costs one error more than the one above.
    fn untouched(&self, block: usize, above: usize) -> Block {
        Block { plus: u64::MAX, minus: 0, score: above + self.height(block) }
    }
}

impl Block {
    /// Moves on by one character of the text. `carry` is the difference that comes in at the top; the answer is the one
    /// that goes out at the last row.
    fn advance(&mut self, rows: u64, carry: i32, last: u64) -> i32 {
        let vertical = rows | self.minus;
        let rows = rows | u64::from(carry < 0);
        let diagonal = ((rows & self.plus).wrapping_add(self.plus) ^ self.plus) | rows;
        let plus = self.minus | !(diagonal | self.plus);
        let minus = self.plus & diagonal;
        let out = i32::from(plus & last != 0) - i32::from(minus & last != 0);
        self.score = self.score.saturating_add_signed(out as isize);
        let plus = plus << 1 | u64::from(carry > 0);
        let minus = minus << 1 | u64::from(carry < 0);
        self.plus = minus | !(vertical | plus);
        self.minus = plus & vertical;
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    /// The last row of the whole table, one value for each end from 0.
    fn table(pattern: &[char], text: &[char], anchored: bool) -> Vec<usize> {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut ends = vec![pattern.len()];
        for (at, character) in text.iter().enumerate() {
            let mut diagonal = column[0];
            column[0] = if anchored { at + 1 } else { 0 };
            for row in 1..=pattern.len() {
                let changed = diagonal + usize::from(pattern[row - 1] != *character);
                diagonal = column[row];
                column[row] = changed.min(column[row] + 1).min(column[row - 1] + 1);
            }
            ends.push(column[pattern.len()]);
        }
        ends
    }

    #[test]
    fn finds_a_passage_with_errors_in_any_script() {
        let check = |pattern: &str, text: &str, most: usize, expected: Option<(usize, usize)>| {
            let found = Pattern::new(&chars(pattern)).and_then(|pattern| pattern.search(&chars(text), most));
            assert_eq!(found.map(|found| (found.end, found.errors)), expected, "{pattern} in {text}");
        };
        check("sealed wagons", "in 2024 the sealed waggons left", 3, Some((26, 1)));
        check("sealed wagons", "nothing of the kind", 3, None);
        check("экспорт нефти", "весь экспорт нефть вырос", 3, Some((18, 1)));
        check("한국과 러시아", "북한과 러시아는", 3, Some((7, 1)));
        check("石油由铁路运来", "昨天石油由铁道运来了", 2, Some((9, 1)));
        check("اتفاق الدفاع", "عن إتفاق الدفاع أمس", 2, Some((15, 1)));
        check("e\u{301}t\u{e9}", "l'\u{e9}t\u{e9}", 2, Some((5, 2)));
        check("🚂🚃🚃", "a 🚂🚃🚋🚃 b", 1, Some((5, 1)));
        check("same", "the same, the same", 1, Some((8, 0)));
        check("ab", "", 1, None);
        assert!(Pattern::new(&[]).is_none());
    }

    #[test]
    fn a_match_at_the_start_is_as_long_as_the_pattern_where_it_may_be() {
        let check = |pattern: &str, text: &str, most: usize, expected: Option<(usize, usize)>| {
            let found = Pattern::new(&chars(pattern)).and_then(|pattern| pattern.start(&chars(text), most));
            assert_eq!(found.map(|found| (found.end, found.errors)), expected, "{pattern} in {text}");
        };
        check("\"yes\"", "“yes” he said", 3, Some((5, 2)));
        check("abc", "xyz", 3, Some((3, 3)));
        check("abc", "xyz", 2, None);
        check("abc", "", 3, Some((0, 3)));
    }

    fn strings(longest: usize) -> impl Strategy<Value = Vec<char>> {
        let any = prop_oneof![
            6 => prop::sample::select(chars("abc ")),
            1 => prop::sample::select(chars("жд한국ع🙂👩\u{200d}\u{301}")),
        ];
        prop::collection::vec(any, 0..longest)
    }

    proptest! {
        #[test]
        fn agrees_with_the_whole_table(pattern in strings(220), text in strings(300), most in 0_usize..240) {
            let Some(ready) = Pattern::new(&pattern) else { return Ok(()) };
            let ends = table(&pattern, &text, false);
            let least = ends.iter().skip(1).min().copied().filter(|&errors| errors <= most);
            let expected = least.map(|errors| {
                let first = 1 + ends[1..].iter().position(|&one| one == errors).unwrap();
                let equal = ends[first..].iter().take(errors + 1).take_while(|&&one| one == errors).count();
                Match { end: first + equal - 1, errors }
            });
            prop_assert_eq!(ready.search(&text, most), expected);
            let ends = table(&pattern, &text, true);
            let whole = ends[text.len()];
            prop_assert_eq!(ready.distance(&text, most), (whole <= most).then_some(whole));
            let best = (0..ends.len()).map(|end| (ends[end], end.abs_diff(pattern.len()), end)).min().unwrap();
            let found = ready.start(&text, most).map(|found| (found.errors, found.end.abs_diff(pattern.len())));
            prop_assert_eq!(found, (best.0 <= most).then_some((best.0, best.1)));
        }

        #[test]
        fn finds_what_was_changed_a_little(text in strings(400), from in 0_usize..400, length in 1_usize..200, edits in prop::collection::vec((0_usize..200, 0_u8..3), 0..8)) {
            let from = from.min(text.len());
            let mut pattern = text[from..(from + length).min(text.len())].to_vec();
            let count = edits.len();
            for (at, kind) in edits {
                let at = at % (pattern.len() + 1);
                match kind {
                    0 => pattern.insert(at, '#'),
                    1 if at < pattern.len() => { pattern.remove(at); }
                    _ if at < pattern.len() => pattern[at] = '#',
                    _ => {}
                }
            }
            let Some(ready) = Pattern::new(&pattern) else { return Ok(()) };
            if !text.is_empty() {
                prop_assert!(ready.search(&text, count.min(pattern.len())).is_some());
            }
        }
    }
}
