//! Texts of a given size from a seed: Zipf's choice of words, sentences and paragraphs of log-normal length, a heading
//! every fourteen paragraphs, some letters beyond ASCII. 1 MB has about 2,100 paragraphs.

use crate::random::Random;
use crate::vocabulary::{FUNCTION, GENERAL, NAMES, SYLLABLES, TOPICS};

/// The seed of every corpus: a text of one size is the same in every run.
pub const SEED: u64 = 20_261_123;

/// The sizes of texts, in bytes, and their names.
pub const SIZES: [(&str, usize); 3] = [("10 kB", 10_000), ("1 MB", 1_000_000), ("5 MB", 5_000_000)];

/// Paragraphs from one heading to the next.
const SECTION: usize = 14;
/// Words that are used hardly ever.
const RARE: usize = 6000;

/// Words, and how likely one before each is chosen.
struct Zipf {
    words: Vec<String>,
    cumulated: Vec<f64>,
}

impl Zipf {
    fn new(words: Vec<String>, exponent: f64) -> Zipf {
        let mut sum = 0.0;
        let cumulated = (0..words.len())
            .map(|at| {
                sum += (at as f64 + 1.5).powf(-exponent);
                sum
            })
            .collect();
        Zipf { words, cumulated }
    }

    fn draw(&self, random: &mut Random) -> &str {
        let target = random.unit() * self.cumulated.last().copied().unwrap_or(0.0);
        let at = self.cumulated.partition_point(|&sum| sum < target);
        &self.words[at.min(self.words.len() - 1)]
    }
}

/// Writes texts.
struct Writer {
    random: Random,
    function: Zipf,
    general: Zipf,
    rare: Zipf,
    topics: Vec<Zipf>,
}

impl Writer {
    fn new(seed: u64) -> Writer {
        let mut random = Random::new(seed);
        let mut rare: Vec<String> =
            (0..RARE).map(|_| (0..random.pick(&[2, 2, 3, 3, 4])).map(|_| random.pick(&SYLLABLES)).collect()).collect();
        rare.sort_unstable();
        rare.dedup();
        let mut shuffled = |list: &str| {
            let mut words: Vec<String> = list.split_whitespace().map(str::to_owned).collect();
            random.shuffle(&mut words);
            words
        };
        let general = Zipf::new(shuffled(GENERAL), 0.8);
        let topics = TOPICS.iter().map(|(_, words)| Zipf::new(shuffled(words), 0.6)).collect();
        random.shuffle(&mut rare);
        let function = Zipf::new(FUNCTION.split_whitespace().map(str::to_owned).collect(), 1.0);
        Writer { random, function, general, rare: Zipf::new(rare, 0.7), topics }
    }

    fn sentence(&mut self, topic: usize, out: &mut String) {
        let random = &mut self.random;
        let words = (random.log_normal(18.0, 0.5) as usize).clamp(4, 60);
        let quoted = random.chance(0.06);
        if quoted {
            out.push('“');
        }
        for at in 0..words {
            let kind = random.unit();
            let number;
            let word = if kind < 0.47 {
                self.function.draw(random)
            } else if kind < 0.74 {
                self.general.draw(random)
            } else if kind < 0.87 {
                self.topics[topic].draw(random)
            } else if kind < 0.94 {
                self.rare.draw(random)
            } else if kind < 0.97 {
                random.pick(&NAMES)
            } else {
                let (low, high) = random.pick(&[(2, 99), (100, 9999), (1990, 2026)]);
                number = random.between(low, high).to_string();
                &number
            };
            if at == 0 {
                let mut letters = word.chars();
                out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                out.push_str(letters.as_str());
            } else {
                out.push(' ');
                out.push_str(word);
            }
            if at > 2 && at + 2 < words && random.chance(0.07) {
                out.push_str(random.pick(&[",", ",", ",", ";", " —"]));
            }
        }
        out.push_str(if random.chance(0.125) { "?" } else { "." });
        if quoted {
            out.push('”');
        }
    }

    fn paragraph(&mut self, topic: usize) -> String {
        let sentences = (self.random.log_normal(4.0, 0.5) as usize).clamp(1, 12);
        let mut out = String::new();
        for at in 0..sentences {
            if at > 0 {
                out.push(' ');
            }
            self.sentence(topic, &mut out);
        }
        out
    }
}

/// A text of exactly so many bytes (three fewer at most, where the last character would not fit), one paragraph a line.
pub fn text(bytes: usize) -> String {
    edition(bytes, 0)
}

/// One of many texts of the same size; edition 0 is [`text`].
pub fn edition(bytes: usize, edition: u64) -> String {
    let mut writer = Writer::new(SEED ^ bytes as u64 ^ edition << 40);
    let mut out = String::with_capacity(bytes + 8192);
    let mut paragraph = 0;
    while out.len() < bytes {
        let topic = paragraph / SECTION % TOPICS.len();
        if paragraph > 0 {
            out.push('\n');
        }
        if paragraph % SECTION == 0 {
            let words: Vec<&str> = (0..3).map(|_| writer.topics[topic].draw(&mut writer.random)).collect();
            out.push_str(&format!("Section {}: {}", paragraph / SECTION + 1, words.join(" ")));
        } else {
            let text = writer.paragraph(topic);
            out.push_str(&text);
        }
        paragraph += 1;
    }
    let mut end = bytes;
    while !out.is_char_boundary(end) {
        end -= 1;
    }
    out.truncate(end);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_the_size_and_the_paragraphs_that_are_asked_for_every_time() {
        let one = text(1_000_000);
        assert!((999_997..=1_000_000).contains(&one.len()));
        assert!((1_900..2_400).contains(&one.lines().count()), "{} paragraphs", one.lines().count());
        assert!(!one.is_ascii());
        assert_eq!(one, text(1_000_000));
    }
}
