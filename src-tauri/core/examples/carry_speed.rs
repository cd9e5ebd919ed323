//! How long anchors take to find their place in a changed text of a megabyte: prints the best of five runs.
//! `cargo run --release -p gloss-core --example carry_speed`

use gloss_core::anchor::{AnchorMethod, quote};
use gloss_core::carry::{Kept, carry};
use gloss_core::text::Text;
use std::time::{Duration, Instant};

const BYTES: usize = 1_000_000;

/// Numbers without a pattern, the same for the same seed (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % sides
    }

    fn word(&mut self) -> String {
        // Short words are frequent, as in a language.
        let rank = self.roll(60).min(self.roll(60)) * self.roll(60);
        format!(
            "{}{}",
            ["ka", "lo", "mi", "ter", "son", "ve", "ra"][rank % 7],
            ["", "n", "st", "ling", "o"][rank / 7 % 5]
        ) + ["", "da", "re", "mos", "ti", "ul", "an", "eg"][rank / 35 % 8]
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

fn paragraphs(dice: &mut Dice) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let mut bytes = 0;
    while bytes < BYTES {
        let count = 40 + dice.roll(60);
        paragraphs.push(dice.words(count));
        bytes += paragraphs[paragraphs.len() - 1].len() + 2;
    }
    paragraphs
}

fn anchors(dice: &mut Dice, text: &Text, count: usize) -> Vec<Kept> {
    let mut made = Vec::with_capacity(count);
    while made.len() < count {
        let start = dice.roll(text.len() as usize - 1) as u32;
        let (start, end) = text.snap(start, (start + 20 + dice.roll(180) as u32).min(text.len()));
        if start < end {
            let quote = quote(text, start, end);
            made.push(Kept {
                place: Some((start, end)),
                quote,
                method: AnchorMethod::Made,
                score: 1.0,
                confirmed: true,
            });
        }
    }
    made
}

fn measure(what: &str, old: &Text, new: &Text, kept: &[Kept]) {
    let mut best = Duration::MAX;
    let mut carried = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        carried = carry(old, new, kept);
        best = best.min(start.elapsed());
    }
    let count = |method: AnchorMethod| carried.iter().filter(|one| one.method == method).count();
    println!(
        "{what}: {} anchors in {:.1} ms; diff {}, quote {}, approximate {}, lost {}; confirmed {}",
        kept.len(),
        best.as_secs_f64() * 1000.0,
        count(AnchorMethod::Diff),
        count(AnchorMethod::Quote),
        count(AnchorMethod::Approximate),
        count(AnchorMethod::Lost),
        carried.iter().filter(|one| one.confirmed).count()
    );
}

fn main() {
    let mut dice = Dice(20_261_124);
    let paragraphs = paragraphs(&mut dice);
    let old = Text::new(paragraphs.join("\n\n"));
    let text = |paragraphs: Vec<String>| Text::new(paragraphs.join("\n\n"));
    let mut one_in = |sides: usize| dice.roll(sides) == 0;
    let edited = |one_in: &mut dyn FnMut(usize) -> bool| -> Vec<String> {
        let word = |word: &str, one_in: &mut dyn FnMut(usize) -> bool| {
            if one_in(20) { format!("x{word}") } else { word.into() }
        };
        paragraphs.iter().map(|one| one.split(' ').map(|one| word(one, one_in)).collect::<Vec<_>>().join(" ")).collect()
    };
    let words = text(edited(&mut one_in));
    let rewritten = text(
        paragraphs
            .iter()
            .map(|one| if one_in(20) { one.split(' ').rev().collect::<Vec<_>>().join(" ") } else { one.clone() })
            .collect(),
    );
    let mut moved = paragraphs.clone();
    let tail = moved.split_off(moved.len() / 20);
    let moved = text(tail.into_iter().chain(moved).collect());
    let wrapped = Text::new(old.as_str().replace(". ", ".\n").replace(' ', "  "));
    let other = text(self::paragraphs(&mut Dice(7)));
    for count in [1_000, 10_000] {
        let kept = anchors(&mut Dice(3), &old, count);
        measure("nothing changed", &old, &old, &kept);
        measure("1 word in 20 changed", &old, &words, &kept);
        measure("1 paragraph in 20 written anew", &old, &rewritten, &kept);
        measure("the first twentieth moved to the end", &old, &moved, &kept);
        measure("every blank doubled", &old, &wrapped, &kept);
        measure("another text altogether", &old, &other, &kept);
    }
}
