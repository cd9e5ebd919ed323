//! What holds for whatever became of a file.

use gloss_core::import::{self, Imported, MAX_BLOCK, MAX_BYTES, Metadata, Refusal};
use gloss_core::provenance::{Field, Item};
use gloss_core::structure::{Block, BlockKind, Span, SpanKind, Structure};

/// Schemes of addresses that could run or load something where they are followed.
const LIVE: [&str; 5] = ["javascript:", "vbscript:", "data:", "file:", "blob:"];

/// Checks a result, and that it survives the way from one process to the other.
pub(crate) fn result(result: &Result<Imported, Refusal>) {
    match result {
        Ok(imported) => sound(imported),
        Err(refusal) => reasoned(refusal),
    }
    assert!(import::told(&import::tell(result)).as_ref() == Some(result), "told is not what was told");
}

/// The rules of a canonical text.
pub(crate) fn text(text: &str) {
    assert!(!text.contains(['\r', '\0']), "a character that no canonical text has");
    assert!(text.len() <= MAX_BYTES, "longer than a text may be");
}

fn reasoned(refusal: &Refusal) {
    match refusal {
        Refusal::Damaged { reason } | Refusal::Unsafe { reason } => {
            assert!(!reason.is_empty() && !reason.contains(char::is_control), "no reason for people: {reason:?}");
        }
        Refusal::TooLarge { bytes, limit } => assert!(bytes > limit),
        Refusal::TookTooLong { .. }
        | Refusal::TooMuch { .. }
        | Refusal::Crashed
        | Refusal::Stopped
        | Refusal::NoReader { .. } => panic!("{refusal:?} is not for a reader to say"),
        Refusal::Empty
        | Refusal::Binary
        | Refusal::Undecodable { .. }
        | Refusal::Encrypted
        | Refusal::Scanned
        | Refusal::Format { .. } => {}
    }
}

fn sound(imported: &Imported) {
    text(&imported.text);
    structure(&imported.text, &imported.structure);
    let characters: Vec<char> = imported.text.chars().collect();
    let blocks = &imported.structure.blocks;
    assert!(blocks.iter().any(|block| block.kind != BlockKind::Break), "a text without words");
    blocks.iter().for_each(|one| block(one, &characters[one.start as usize..one.end as usize]));
    imported.structure.spans.iter().for_each(span);
    for page in &imported.structure.pages {
        assert!(!page.label.trim().is_empty(), "a page without a name");
        assert!(!page.label.contains(char::is_control), "a page with a name of two lines: {:?}", page.label);
    }
    metadata(&imported.metadata);
}

/// Whether a structure fits its text, and no words stand outside the blocks.
pub(crate) fn structure(text: &str, structure: &Structure) {
    let characters: Vec<char> = text.chars().collect();
    structure.check(characters.len() as u32).expect("a structure that fits its text");
    assert!(Structure::from_json(&structure.to_json()).as_ref() == Ok(structure), "not stored as it is");
    let mut from = 0;
    let ends = structure.blocks.iter().map(|block| (block.start as usize, block.end as usize));
    for (start, end) in ends.chain([(characters.len(), characters.len())]) {
        assert!(characters[from..start].iter().all(|c| c.is_whitespace()), "words outside the blocks");
        from = end;
    }
}

fn block(block: &Block, words: &[char]) {
    assert!(block.end - block.start <= MAX_BLOCK, "a block of {} characters", block.end - block.start);
    let level = match block.kind {
        BlockKind::Heading => 1..=6,
        BlockKind::Item | BlockKind::Quote => 1..=u8::MAX,
        _ => 0..=0,
    };
    assert!(level.contains(&block.level), "a {:?} of level {}", block.kind, block.level);
    let (first, last) = (words[0], words[words.len() - 1]);
    match block.kind {
        BlockKind::Code => assert!(words.iter().any(|c| !c.is_whitespace()), "a blank block"),
        BlockKind::Break => {}
        kind => {
            // A row may begin with empty cells.
            let cell = kind == BlockKind::Row && first == '\t';
            assert!((cell || !first.is_whitespace()) && !last.is_whitespace(), "white space at the edge of a block");
        }
    }
    let line = matches!(block.kind, BlockKind::Row | BlockKind::Heading);
    assert!(!line || !words.contains(&'\n'), "a {:?} of two lines", block.kind);
}

fn span(span: &Span) {
    let target = span.target.as_deref();
    match span.kind {
        SpanKind::Link => {
            let address = target.unwrap_or_default().to_lowercase();
            assert!(!address.trim().is_empty(), "a link to nowhere");
            assert!(!address.contains(char::is_control), "an address with a control character: {address:?}");
            assert!(!LIVE.iter().any(|scheme| address.trim_start().starts_with(scheme)), "a live link: {address:?}");
        }
        SpanKind::Call | SpanKind::Mark => {
            let label = target.unwrap_or_default();
            assert!(!label.is_empty() && !label.contains(char::is_control), "a note of no name: {label:?}");
        }
        SpanKind::Emphasis | SpanKind::Strong | SpanKind::Code => assert!(target.is_none()),
    }
}

fn metadata(found: &Metadata) {
    let (item, fields) = Item::found(found);
    for (field, text) in [
        (Field::Title, &found.title),
        (Field::Author, &found.author),
        (Field::Publisher, &found.publisher),
        (Field::Published, &found.published),
        (Field::Url, &found.url),
        (Field::Accessed, &found.accessed),
        (Field::Language, &found.language),
    ] {
        assert!(!text.contains(char::is_control) && text == text.trim(), "{field:?} is more than a line: {text:?}");
        let said = item.get(field);
        let left_out = match field {
            // Braces are a way to say something about a name, and no part of it.
            Field::Author => text.contains('{'),
            // A time of day says nothing about a source.
            Field::Published | Field::Accessed => text.strip_prefix(&said).is_some_and(|rest| rest.contains(':')),
            _ => false,
        };
        assert!(left_out || said == *text, "{field:?} is not what was found: {text:?} became {said:?}");
        assert_eq!(fields.contains(&field), !text.is_empty());
    }
    assert!(Item::from_json(&item.to_json()).expect("JSON") == item, "not stored as it is");
}
