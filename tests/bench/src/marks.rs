//! Highlights to be made: phrases, sentences and longer passages in random order, one in ten laid over an earlier one
//! on purpose, about three in a hundred across a paragraph's border, 15 % with a second tag, 20 % with a note. The
//! beginning of a longer list is the shorter list.

use crate::corpus::SEED;
use crate::random::Random;

/// A highlight to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Which of three tags, one or two of them.
    pub tags: Vec<usize>,
    /// Its margin note.
    pub note: Option<String>,
}

/// So many highlights for a text.
pub fn marks(text: &str, count: usize) -> Vec<Mark> {
    let mut random = Random::new(SEED ^ 0x6d61_726b ^ text.len() as u64);
    let characters: Vec<char> = text.chars().collect();
    let blank = |at: usize| characters[at].is_whitespace();
    let mut paragraphs: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    for (at, _) in characters.iter().enumerate().filter(|(_, character)| **character == '\n') {
        paragraphs.push((from, at));
        from = at + 1;
    }
    paragraphs.push((from, characters.len()));
    paragraphs.retain(|(start, end)| end - start > 60);
    let cumulated: Vec<usize> = paragraphs
        .iter()
        .scan(0, |sum, (start, end)| {
            *sum += end - start;
            Some(*sum)
        })
        .collect();
    let all = cumulated.last().copied().unwrap_or(0);
    let mut marks: Vec<Mark> = Vec::with_capacity(count);
    while marks.len() < count {
        let length = (random.log_normal(70.0, 0.8) as usize).clamp(6, 900);
        let (mut start, mut end);
        if !marks.is_empty() && random.chance(0.1) {
            let other = &marks[random.below(marks.len())];
            let (low, high) = (-(length as i64), i64::from(other.end - other.start));
            start = (i64::from(other.start) + random.between(low, high)).max(0) as usize;
            end = (start + length).min(characters.len());
        } else {
            let target = (random.unit() * all as f64) as usize;
            let (from, to) = paragraphs[cumulated.partition_point(|&sum| sum <= target).min(paragraphs.len() - 1)];
            start = random.between(from as i64, from.max(to - 10) as i64) as usize;
            end = (start + length).min(characters.len());
            if end > to && !random.chance(0.12) {
                end = to;
            }
        }
        while start > 0 && !blank(start - 1) {
            start -= 1;
        }
        while end < characters.len() && !blank(end) {
            end += 1;
        }
        while start < end && blank(start) {
            start += 1;
        }
        while end > start && blank(end - 1) {
            end -= 1;
        }
        if end < start + 3 {
            continue;
        }
        let mut tags = vec![random.below(3)];
        if random.chance(0.15) {
            let second = random.below(3);
            if !tags.contains(&second) {
                tags.push(second);
            }
        }
        let note = random.chance(0.2).then(|| format!("Compare passage {} with a second report.", marks.len()));
        marks.push(Mark { start: start as u32, end: end as u32, tags, note });
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus;

    #[test]
    fn marks_overlap_and_cross_borders_as_often_as_they_should() {
        let text = corpus::text(1_000_000);
        let marks = marks(&text, 5_000);
        let characters: Vec<char> = text.chars().collect();
        let share = |which: &dyn Fn(&Mark) -> bool| marks.iter().filter(|mark| which(mark)).count() as f64 / 5_000.0;
        let across = share(&|mark| characters[mark.start as usize..mark.end as usize].contains(&'\n'));
        assert!((0.01..0.06).contains(&across), "{across} across a border");
        assert!((0.17..0.23).contains(&share(&|mark| mark.note.is_some())));
        assert!((0.07..0.14).contains(&share(&|mark| mark.tags.len() == 2)));
        assert_eq!(marks[..100], super::marks(&text, 100)[..]);
    }
}
