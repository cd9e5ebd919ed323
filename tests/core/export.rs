//! Exports read by somebody else's parser: every quote arrives exactly, no note reaches beyond itself, and the same
//! snapshot gives the same bytes.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};
use gloss_core::export::{
    Document, End, GroupBy, Highlight, Link, Relation, RelationLink, Snapshot, TagCount, markdown,
};
use gloss_core::provenance::{Field, Item};
use proptest::prelude::*;
use uuid::Uuid;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0193_a1b2_7c00_7000_8000_0000_0000_0000 + number)
}

fn highlight(number: u128, quote: &str) -> Highlight {
    Highlight {
        id: id(number),
        quote: quote.into(),
        paragraph: Some(number as u32),
        confirmed: true,
        page: None,
        tags: vec![],
        note: String::new(),
        links: vec![],
    }
}

fn about(fields: &[(Field, &str)]) -> Item {
    let mut item = Item::default();
    fields.iter().for_each(|(field, text)| item.set(*field, text));
    item
}

fn one_document(highlights: Vec<Highlight>) -> Snapshot {
    Snapshot {
        title: "Notes".into(),
        tool: "Gloss 0.1.0".into(),
        documents: vec![Document { item: about(&[(Field::Title, "A document")]), highlights }],
        ..Snapshot::default()
    }
}

/// CommonMark, and CommonMark with everything that GitHub and others add.
fn dialects() -> [Options<'static>; 2] {
    let mut plain = Options::default();
    plain.extension.front_matter_delimiter = Some("---".into());
    let mut rich = plain.clone();
    let extension = &mut rich.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.autolink = true;
    extension.tasklist = true;
    extension.superscript = true;
    extension.subscript = true;
    extension.footnotes = true;
    extension.inline_footnotes = true;
    extension.description_lists = true;
    extension.multiline_block_quotes = true;
    extension.alerts = true;
    extension.math_dollars = true;
    extension.math_code = true;
    extension.wikilinks_title_after_pipe = true;
    extension.underline = true;
    extension.spoiler = true;
    extension.greentext = false;
    extension.highlight = true;
    extension.insert = true;
    [plain, rich]
}

/// The text of a node: a hard break is a line end, and nothing but words, breaks and bare addresses may be there.
fn text<'a>(node: &'a AstNode<'a>, out: &mut String) -> Result<(), String> {
    for child in node.children() {
        match &child.data.borrow().value {
            NodeValue::Text(words) => out.push_str(words),
            NodeValue::LineBreak => out.push('\n'),
            NodeValue::Link(_) => text(child, out)?,
            other => return Err(format!("{other:?} in a quote")),
        }
    }
    Ok(())
}

/// The text of a block quote, which has to be one paragraph.
fn quoted<'a>(quote: &'a AstNode<'a>) -> Result<String, String> {
    let mut out = String::new();
    let mut blocks = quote.children();
    let first = blocks.next().ok_or("an empty quote")?;
    if !matches!(first.data.borrow().value, NodeValue::Paragraph) || blocks.next().is_some() {
        return Err("a quote that is not one paragraph".into());
    }
    text(first, &mut out)?;
    Ok(out)
}

/// What a reader sees of an export at its outermost level.
#[derive(Debug, PartialEq)]
struct Seen {
    /// The quotes that a block id names, with that id.
    quotes: Vec<(String, String)>,
    /// Headings down to the documents.
    headings: Vec<(u8, String)>,
}

fn see(export: &str, options: &Options<'_>) -> Result<Seen, String> {
    let arena = Arena::new();
    let root = parse_document(&arena, export, options);
    let mut seen = Seen { quotes: vec![], headings: vec![] };
    for node in root.descendants() {
        if matches!(node.data.borrow().value, NodeValue::HtmlBlock(_) | NodeValue::HtmlInline(_)) {
            return Err("raw HTML".into());
        }
    }
    for node in root.children() {
        match &node.data.borrow().value {
            NodeValue::Heading(heading) if heading.level <= 2 => {
                let mut words = String::new();
                text(node, &mut words)?;
                seen.headings.push((heading.level, words));
            }
            NodeValue::BlockQuote => {
                let Some(next) = node.next_sibling() else { continue };
                let mut after = String::new();
                let id = matches!(next.data.borrow().value, NodeValue::Paragraph)
                    && text(next, &mut after).is_ok()
                    && after.starts_with("^h-");
                // A note may write the same characters with an escape; the source tells them apart.
                let line = next.data.borrow().sourcepos.start.line;
                if id && export.lines().nth(line - 1).is_some_and(|line| line.starts_with('^')) {
                    seen.quotes.push((quoted(node)?, after));
                }
            }
            _ => {}
        }
    }
    Ok(seen)
}

fn block_id(id: Uuid) -> String {
    format!("^h-{}", &id.simple().to_string()[20..])
}

fn expect_quotes(quotes: &[&str], notes: &[&str]) -> Result<(), String> {
    let highlights: Vec<Highlight> = quotes
        .iter()
        .enumerate()
        .map(|(index, quote)| Highlight {
            note: notes.get(index).copied().unwrap_or("").into(),
            ..highlight(index as u128 + 1, quote)
        })
        .collect();
    let expected: Vec<_> =
        highlights.iter().map(|highlight| (highlight.quote.clone(), block_id(highlight.id))).collect();
    let export = markdown(&one_document(highlights));
    for (dialect, options) in dialects().iter().enumerate() {
        let seen = see(&export, options).map_err(|fault| format!("dialect {dialect}: {fault} in\n{export}"))?;
        if seen.quotes != expected {
            return Err(format!("dialect {dialect}: {:?}\nfrom\n{export}", seen.quotes));
        }
        let headings = [(1, "Notes".to_owned()), (2, "A document".to_owned())];
        if seen.headings != headings {
            return Err(format!("dialect {dialect}: {:?}\nfrom\n{export}", seen.headings));
        }
    }
    Ok(())
}

#[test]
fn every_kind_of_markup_arrives_as_text() {
    let quotes = [
        "# heading",
        "## heading ##",
        "> quote",
        ">quote",
        "- item",
        "+ item",
        "* item",
        "1. item",
        "12) item",
        "    code",
        "\tcode",
        "***",
        "---",
        "___",
        "title\n===",
        "title\n---",
        "title\n-",
        "a | b\n--|--\n1 | 2",
        "| a |\n|---|",
        "```rust\ncode\n```",
        "~~~\ncode",
        "```dataviewjs\ndv.pages()\n```",
        "`code`",
        "``a`b``",
        "*em* **strong** _em_ __strong__ ***both***",
        "~~gone~~ ~sub~ ^sup^ ==mark== ++in++ ||spoiler||",
        "[text](https://example.org)",
        "![alt](x.png)",
        "[ref]\n\n[ref]: https://example.org",
        "[[wiki]] [[a|b]] ![[embed]]",
        "[^1] ^[inline]\n\n[^1]: note",
        "<b>bold</b>",
        "<div>\n\n</div>",
        "<!-- comment -->",
        "<https://example.org>",
        "<a@example.org>",
        "&amp; &lt; &#35; &#x41; &copy; &nbsp; & &;",
        "\\# \\\\ \\",
        "a\\\nb",
        "a  \nb",
        "  a  ",
        "\ta\t",
        "a\n\nb",
        "a\n\n\n\nb",
        "\n\na",
        "a\n\n",
        "\n",
        "\n\n\n",
        " ",
        "   \n   ",
        "a\n \nb",
        "%%comment%%",
        "$x$ $$y$$ $`z`$",
        "{{template}} {% tag %} ${x}",
        "<% tp.file %>",
        "term\n: definition",
        "key:: value",
        "[!note] callout",
        "- [ ] task\n- [x] done",
        "@name, :smile:",
        "www.example.org https://example.org/a_b_c?d=e&f=%20 mail@example.org",
        "^h-0123456789ab",
        "---\ntitle: x\n---",
        "#tag #1",
        "^id",
        "a\tb   c",
        "\u{200b}zero\u{200d}width\u{feff}",
        "\u{202e}override\u{202c} \u{2067}isolate\u{2069}",
        "שלום עולם - مرحبا بالعالم",
        "한국어 조선민주주의인민공화국",
        "договор о партнёрстве",
        "👩‍👩‍👧 e\u{301} 🇰🇵",
        "\u{b}vt\u{c}ff",
        "\u{85}nel \u{2028}ls\u{2029}",
        "\u{a0}nbsp\u{a0}",
        "\u{3000}全角\u{3000}",
        "-\n-",
        "=\n=",
        "1.\n2.",
        ":-",
        "a\n:-",
        "a\n-:",
        "0. ",
        "1",
        "100000000000. x",
        "!",
        "![",
        "](",
        "<",
        ">",
        "&",
        "\\",
        "`",
        "|",
        "%",
        "$",
        "^",
        "~",
        "_",
        "*",
        "#",
        "@",
        "=",
        "+",
        "-",
        ":",
        "{",
        "}",
    ];
    for quote in quotes {
        expect_quotes(&[quote], &[]).unwrap_or_else(|fault| panic!("{quote:?}: {fault}"));
    }
    expect_quotes(&quotes, &[]).unwrap_or_else(|fault| panic!("all: {fault}"));
}

#[test]
fn no_note_reaches_beyond_itself() {
    let notes = [
        "```\nunclosed",
        "~~~~",
        "<!-- unclosed",
        "<script>",
        "<div>",
        "%%",
        "> quoted",
        "> forged\n\n^h-000000000002",
        "# Heading",
        "Heading\n===",
        "- list\n\n      code",
        "1. one\n2. two",
        "[a]: https://example.org",
        "[^1]: x",
        "---",
        "***",
        "| a |\n|---|",
        "\\",
        "text\\",
        "    code",
        "<pre>\n\n",
        "<?php",
        "<![CDATA[",
        "<!X",
        "$$",
        "[x](",
        "**",
        "`",
        "``` `",
        "> ```\n> open",
        "- ```\n  open",
        "Links:\n\n- contradicts",
        "¶ 2 · #forged",
        "\n\n  \n",
        "\t",
        "> a\nlazy",
        "- a\nlazy\n",
        "Term\n: definition",
        ">>>\nopen",
        ":::\nopen",
    ];
    for note in notes {
        expect_quotes(&["before", "after"], &[note, note]).unwrap_or_else(|fault| panic!("{note:?}: {fault}"));
    }
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[!-/:-@\\[-`{-~]{1,3}".prop_map(String::from),
        2 => Just("\n".to_owned()),
        1 => Just(" ".to_owned()),
        1 => "[ \t]{1,5}".prop_map(String::from),
        2 => "[a-c0-9]{1,3}".prop_map(String::from),
        2 => any::<char>().prop_filter("no canonical text has it", |c| *c != '\0').prop_map(String::from),
        1 => proptest::sample::select(vec!["```", "~~~", "---", "===", "<!--", "-->", "[^1]", "]: ", "&amp;", "&#35;", "1. ", "\\\n", "  \n", "<div>", "$$", "%%", "[[", "www.a.b", "http://a.b", "a@b.cd", "\u{feff}", "\u{a0}", "\u{2028}", "e\u{301}", "👩‍👩‍👧", "ا", "조선"]).prop_map(String::from),
    ];
    proptest::collection::vec(piece, 1..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_quote_arrives_character_for_character(quote in hostile(), other in hostile()) {
        expect_quotes(&[&quote, &other], &[]).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn quotes_stay_whole_whatever_the_notes_say(quote in hostile(), first in hostile(), second in hostile()) {
        expect_quotes(&[&quote, "last"], &[&first, &second]).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn titles_tags_and_links_are_only_words(title in hostile(), tag in hostile(), label in hostile()) {
        let mut snapshot = one_document(vec![highlight(1, "one"), highlight(2, "two")]);
        let document = &mut snapshot.documents[0];
        document.item = about(&[(Field::Title, &title), (Field::Author, &title), (Field::Published, &title), (Field::Url, &title)]);
        document.highlights[1].page = Some(title.clone());
        document.highlights[0].tags = vec![tag.clone()];
        document.highlights[0].links = vec![Link { label, outgoing: true, other: id(2), quote: title.clone(), title: tag.clone(), note: String::new() }];
        snapshot.tags = vec![TagCount { name: tag, count: 1 }];
        let export = markdown(&snapshot);
        prop_assert!(!export.contains('\r') || title.contains('\r'));
        for options in dialects() {
            let seen = see(&export, &options).map_err(TestCaseError::fail)?;
            prop_assert_eq!(seen.quotes.len(), 2, "{}", export);
            prop_assert_eq!(seen.headings.len(), 2, "{}", export);
        }
    }
}

/// Two documents in four scripts with everything that an export can hold.
fn example(group_by: GroupBy) -> Snapshot {
    let river = "The river ice broke on 4 March — two weeks early.";
    let prices = "Prices rose by 12% #inflation:\n- bread\n- fuel\n\n1. «Хлеб» и соль";
    let korean = "조선의 강은 얼었다.";
    let arabic = "ارتفعت الأسعار *كثيرًا* في الشتاء 👩‍👩‍👧";
    let link = |label: &str, outgoing, other, quote: &str, title: &str, note: &str| Link {
        label: label.into(),
        outgoing,
        other: id(other),
        quote: quote.into(),
        title: title.into(),
        note: note.into(),
    };
    let end = |highlight, quote: &str, title: &str| End {
        highlight: id(highlight),
        quote: quote.into(),
        title: title.into(),
    };
    Snapshot {
        title: "Winter notes".into(),
        tool: "Gloss 0.1.0".into(),
        group_by,
        documents: vec![
            Document {
                item: about(&[
                    (Field::Title, "Ice & bread: a *winter* diary"),
                    (Field::Author, "A. Example"),
                    (Field::Publisher, "Example Press"),
                    (Field::Published, "2026-03-09"),
                    (Field::Url, "https://example.org/ice_and_bread?page=2"),
                    (Field::Accessed, "2026-11-23"),
                ]),
                highlights: vec![
                    Highlight {
                        tags: vec!["weather".into()],
                        note:
                            "Two weeks **early**: compare the Korean report.\n\n# Why it matters\n\n- ferries\n- floods"
                                .into(),
                        links: vec![link("contradicts", true, 3, korean, "겨울 보고", "Same week, *other* bank.")],
                        page: Some("12".into()),
                        ..highlight(1, river)
                    },
                    Highlight {
                        tags: vec!["oil & gas".into(), "2026".into()],
                        note: "```\nan unclosed fence".into(),
                        paragraph: Some(4),
                        ..highlight(2, prices)
                    },
                ],
            },
            Document {
                item: about(&[(Field::Title, "겨울 보고")]),
                highlights: vec![
                    Highlight {
                        tags: vec!["weather".into(), "2026".into()],
                        links: vec![link(
                            "contradicts",
                            false,
                            1,
                            river,
                            "Ice & bread: a *winter* diary",
                            "Same week, *other* bank.",
                        )],
                        ..highlight(3, korean)
                    },
                    Highlight {
                        paragraph: None,
                        links: vec![link("supports", true, 99, "A passage that is not exported", "Elsewhere", "")],
                        ..highlight(4, arabic)
                    },
                ],
            },
        ],
        tags: vec![
            TagCount { name: "weather".into(), count: 2 },
            TagCount { name: "oil & gas".into(), count: 1 },
            TagCount { name: "2026".into(), count: 2 },
        ],
        relations: vec![Relation {
            label: "contradicts".into(),
            links: vec![RelationLink {
                from: end(1, river, "Ice & bread: a *winter* diary"),
                to: end(3, korean, "겨울 보고"),
                note: "Same week, *other* bank.".into(),
            }],
        }],
    }
}

/// Compares with a kept file. When a change is meant, read the new text that the failure shows and keep that.
fn kept(name: &str, expected: &str, export: &str) {
    assert!(export == expected, "tests/fixtures/exports/{name} differs from\n{export}");
}

#[test]
fn by_document_is_the_kept_file() {
    kept("by-document.md", include_str!("../fixtures/exports/by-document.md"), &markdown(&example(GroupBy::Document)));
}

#[test]
fn by_tag_is_the_kept_file() {
    kept("by-tag.md", include_str!("../fixtures/exports/by-tag.md"), &markdown(&example(GroupBy::Tag)));
}

#[test]
fn the_same_snapshot_gives_the_same_bytes() {
    for group_by in [GroupBy::Document, GroupBy::Tag] {
        let export = markdown(&example(group_by));
        assert_eq!(export, markdown(&example(group_by)));
        assert!(export.ends_with('\n') && !export.ends_with("\n\n") && !export.contains('\r'));
        assert_eq!(export.matches("\n^h-000000000001\n").count(), 1, "a block id names one block");
    }
}

#[test]
fn an_empty_project_is_a_whole_document() {
    let export = markdown(&Snapshot { title: "Notes".into(), tool: "Gloss 0.1.0".into(), ..Snapshot::default() });
    assert_eq!(
        export,
        "---\ntitle: \"Notes\"\ntool: \"Gloss 0.1.0\"\ndocuments: []\ntags: []\n---\n\n# Notes\n\n0 highlights in 0 documents, exported by Gloss 0.1.0. ¶ gives the number of the paragraph in the document.\n"
    );
}

#[test]
fn tags_that_would_be_written_alike_are_told_apart() {
    let mut snapshot =
        one_document(vec![Highlight { tags: vec!["oil gas".into(), "Oil & gas".into()], ..highlight(1, "x") }]);
    snapshot.tags = ["oil gas", "Oil & gas"].map(|name| TagCount { name: name.into(), count: 1 }).into();
    assert!(markdown(&snapshot).contains("(*A document* n.d., ¶ 1) · #oil-gas #Oil-gas-2\n"));
}
