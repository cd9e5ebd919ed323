//! The sample of the first start: an assessment written for this project, with highlights, notes and links on it.
//!
//! The texts are embedded, and read by the same importer as every other document. Deliberately absent: ids and
//! positions; quotes find their place in the text, and a test sees that each has exactly one.

mod fill;

pub use fill::fill;

use serde::Deserialize;

/// Name under which the assessment is imported.
pub const NAME: &str = "assessment.md";

/// The assessment, Markdown with front matter.
pub const ASSESSMENT: &str = include_str!("assessment.md");

/// The annotations, JSON; read them with [`annotations`].
pub const ANNOTATIONS: &str = include_str!("annotations.json");

/// What is marked in the assessment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Annotations {
    /// The highlights.
    pub highlights: Vec<Highlight>,
    /// The links between them.
    pub links: Vec<Link>,
}

/// One highlight.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Highlight {
    /// The passage, which the imported text has exactly once.
    pub quote: String,
    /// Names of the tags that every project starts with.
    pub tags: Vec<String>,
    /// The margin note, Markdown; may be empty.
    pub note: String,
}

/// One link.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Index among the highlights where it starts.
    pub from: usize,
    /// Index among the highlights where it leads.
    pub to: usize,
    /// Label of one of the relations that every project starts with.
    pub relation: String,
    /// The note on it; may be empty.
    pub note: String,
}

/// The annotations of the assessment.
pub fn annotations() -> Annotations {
    serde_json::from_str(ANNOTATIONS).expect("the embedded sample is well formed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::import;

    const TAGS: [&str; 3] = ["military", "economic", "diplomatic"];
    const RELATIONS: [&str; 10] = [
        "supports",
        "contradicts",
        "elaborates",
        "qualifies",
        "causes",
        "precedes",
        "same event",
        "attributed to",
        "responds to",
        "related",
    ];

    #[test]
    fn every_quote_has_one_place_and_every_link_two_ends() {
        let imported = import(NAME, ASSESSMENT.as_bytes()).unwrap();
        let annotations = annotations();
        for highlight in &annotations.highlights {
            let quote = highlight.quote.as_str();
            assert_eq!(imported.text.match_indices(quote).count(), 1, "{quote:?}");
            assert!(highlight.tags.iter().all(|tag| TAGS.contains(&tag.as_str())), "{quote:?}");
            let start = imported.text[..imported.text.find(quote).unwrap()].chars().count() as u32;
            assert_eq!(
                imported.structure.block_at(start),
                imported.structure.block_at(start + quote.chars().count() as u32 - 1),
                "{quote:?}"
            );
        }
        for link in &annotations.links {
            assert!(link.from != link.to && link.from.max(link.to) < annotations.highlights.len(), "{link:?}");
            assert!(RELATIONS.contains(&link.relation.as_str()), "{link:?}");
        }
    }

    #[test]
    fn it_shows_what_a_project_can_hold() {
        let imported = import(NAME, ASSESSMENT.as_bytes()).unwrap();
        let words = imported.text.split_whitespace().count();
        assert!((900..=1_500).contains(&words), "{words} words");
        assert!(imported.text.contains("This is a sample, written for Gloss"));
        assert_eq!(imported.metadata.title, "Bound by the War: Russia and North Korea since 2022");
        let highlights = annotations().highlights;
        for tag in TAGS {
            assert!(
                highlights.iter().filter(|highlight| highlight.tags.iter().any(|name| name == tag)).count() >= 4,
                "{tag}"
            );
        }
        assert!(
            highlights.iter().any(|highlight| highlight.tags.is_empty())
                && highlights.iter().any(|highlight| highlight.note.is_empty())
        );
        assert!(highlights.iter().any(|highlight| highlight.tags.len() > 1));
        let range = |highlight: &Highlight| {
            let start = imported.text.find(&highlight.quote).unwrap();
            start..start + highlight.quote.len()
        };
        let crossing = |a: &Highlight, b: &Highlight| {
            range(a).start < range(b).start && range(b).start < range(a).end && range(a).end < range(b).end
        };
        assert!(highlights.iter().any(|a| highlights.iter().any(|b| crossing(a, b))), "overlaps are normal");
    }
}
