//! A file that says where other files come from: CSL-JSON, BibTeX or RIS, and which of its items belongs to which file.
//!
//! An item that is not understood stops none of the others: it is named by its line. Deliberately absent: what each format
//! means.

use super::{Item, bibtex, csl, ris};
use crate::import::charset;
use serde::{Deserialize, Serialize};

/// What reads a file of items, by its name and its bytes: [`read`], or the same where it can do no harm.
pub type Reader = dyn Fn(&str, &[u8]) -> Result<List, Fault>;

/// The longest item that is taken, in bytes of JSON: a hundred abstracts.
pub(crate) const LONGEST_ITEM: usize = 200_000;

/// An item, and the files that it says it describes, with or without folders.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Described {
    /// The item.
    pub item: Item,
    /// Names or addresses of files.
    pub files: Vec<String>,
    /// The line of the list in which it begins, from 1.
    pub line: u32,
}

/// What is wrong with one item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The line in which the item begins, from 1.
    pub line: u32,
    /// What became of it and why, as the end of a sentence that begins with "the source in line 7": "was left out: …".
    pub what: String,
}

impl Remark {
    /// A remark on an item that is not taken.
    pub(super) fn left_out(line: u32, why: impl std::fmt::Display) -> Remark {
        Remark { line, what: format!("was left out: {why}") }
    }
}

/// The items of a list, in its order, and what is wrong with others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// Those that were understood.
    pub items: Vec<Described>,
    /// On those that were not, or not to their end.
    pub remarks: Vec<Remark>,
}

/// Why no item is found for a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmatched {
    /// It is not clear which belongs to which.
    Unclear,
    /// There are several of one key.
    Several {
        /// The key.
        key: String,
        /// The lines in which they begin.
        lines: Vec<u32>,
    },
    /// There is none of that key, and none that begins in that line.
    Unknown,
}

/// Why a file of items is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// It is not understood; the reason is the end of a sentence that begins with "because".
    Unreadable(String),
    /// It is understood, and has no item in it.
    Empty,
}

/// The items of a file. Its name says what it is, else its contents do.
pub fn read(name: &str, bytes: &[u8]) -> Result<List, Fault> {
    let unreadable = |reason: &str| Fault::Unreadable(reason.into());
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Fault::Empty);
    }
    let text = charset::decode(bytes).map_err(|_| unreadable("it is no text"))?.text;
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default();
    let start = text.trim_start();
    let list = match extension.as_str() {
        "json" | "csljson" => csl::read(&text),
        "bib" | "bibtex" | "biblatex" => bibtex::read(&text),
        "ris" => ris::read(&text),
        _ if start.starts_with(['[', '{']) => csl::read(&text),
        _ if start.starts_with('@') => bibtex::read(&text),
        _ if text.lines().any(|line| ris::tagged(line).is_some_and(|(tag, _)| tag == "TY")) => ris::read(&text),
        _ => Err("it is neither CSL-JSON nor BibTeX nor RIS".into()),
    };
    let list = list.map_err(Fault::Unreadable)?;
    if list.items.iter().any(|one| one.item.to_json().len() > LONGEST_ITEM) {
        return Err(unreadable("one of its items is longer than any description of a source"));
    }
    match (list.items.as_slice(), list.remarks.first()) {
        ([], None) => Err(Fault::Empty),
        ([], Some(Remark { line, what })) => Err(Fault::Unreadable(format!("the source in line {line} {what}"))),
        _ => Ok(list),
    }
}

/// The item of each file, in the order of the files. An item belongs to a file when it names it, or when the key that
/// it is cited by is the file's name; when none does so, the first item belongs to the first file and so on.
pub fn matched(items: Vec<Described>, files: &[&str]) -> Result<Vec<Item>, Unmatched> {
    let belongs = |one: &Described, file: &str| {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        one.item.text("citation-key") == stem || one.files.iter().any(|path| base(path) == file)
    };
    let named: Vec<Vec<&Described>> =
        files.iter().map(|file| items.iter().filter(|one| belongs(one, file)).collect()).collect();
    if named.iter().all(Vec::is_empty) {
        let each = items.len() == files.len();
        return if each { Ok(items.into_iter().map(|one| one.item).collect()) } else { Err(Unmatched::Unclear) };
    }
    named.into_iter().map(|found| only(&found, Unmatched::Unclear)).collect()
}

/// The item that a person names by its key, or by the line in which it begins.
pub fn chosen(items: &[Described], named: &str) -> Result<Item, Unmatched> {
    let of = |fits: &dyn Fn(&&Described) -> bool| -> Vec<&Described> { items.iter().filter(fits).collect() };
    let mut found = of(&|one| one.item.text("citation-key") == named);
    if let Ok(line) = named.parse::<u32>()
        && found.is_empty()
    {
        found = of(&|one| one.line == line);
    }
    only(&found, Unmatched::Unknown)
}

/// The one item of a few.
fn only(found: &[&Described], otherwise: Unmatched) -> Result<Item, Unmatched> {
    match found {
        [one] => Ok(one.item.clone()),
        [first, rest @ ..] => {
            let key = first.item.text("citation-key");
            let same = !key.is_empty() && rest.iter().all(|one| one.item.text("citation-key") == key);
            let lines = found.iter().map(|one| one.line).collect();
            Err(if same { Unmatched::Several { key: key.into(), lines } } else { otherwise })
        }
        [] => Err(otherwise),
    }
}

/// The lines of a text, to say in which one something stands.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Lines {
        Lines(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The line of a byte, from 1.
    pub(super) fn at(&self, byte: usize) -> u32 {
        self.0.partition_point(|&end| end < byte) as u32 + 1
    }
}

/// The name of a file without its folders.
fn base(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path).trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn junk() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            proptest::sample::select(vec![
                "@book{",
                "@string{",
                "@comment{",
                "@preamble{",
                "a,",
                "title",
                "author",
                "year",
                "month",
                "date",
                "pages",
                "ids",
                "crossref",
                "=",
                "{",
                "}",
                "\"",
                "#",
                ",",
                " and ",
                "\\",
                "\\'e",
                "$",
                "%",
                "--",
                "2024",
                "jan",
                "0",
                "\n",
                "TY  - ",
                "ER  - ",
                "AU  - ",
                "DA  - ",
                "/",
                "[",
                "]",
                ":",
                "null",
                "\"id\"",
                "\"issued\"",
                "\"date-parts\"",
                "한",
                "👩‍👩‍👧",
                "e\u{301}",
            ])
            .prop_map(String::from),
            any::<char>().prop_map(String::from),
        ];
        proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    #[test]
    fn what_is_nested_or_repeated_without_end_is_refused() {
        let refused = |name: &str, text: &str| {
            assert!(matches!(read(name, text.as_bytes()), Err(Fault::Unreadable(_))), "{name}: {text:.80}");
        };
        const MANY: usize = 100_000;
        for (open, close) in [("{", "}"), ("\\emph{", "}"), ("{}", ""), ("$x$", "")] {
            let deep = format!("{}{}", open.repeat(MANY), close.repeat(MANY));
            refused("a.bib", &format!("@misc{{a, author={{{deep}}}}}"));
            refused("a.bib", &format!("@string{{b={{{deep}}}}} @misc{{a, title=b}}"));
        }
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            refused("a.json", &format!("{}{}", open.repeat(MANY), close.repeat(MANY)));
        }
        let doubled: String = (1..99).map(|at| format!("@string{{s{at} = s{} # s{}}}\n", at - 1, at - 1)).collect();
        refused("a.bib", &format!("@string{{s0={{x}}}}\n{doubled}@misc{{a, title=s98}}"));
        let long = "x".repeat(MANY);
        refused("a.bib", &format!("@string{{s={{{long}}}}} @misc{{a, title=s{}}}", " # s".repeat(MANY)));
        let itself = read("a.bib", b"@string{s = s # {!}} @string{t = s} @misc{a, title=t, month=jan}").expect("read");
        assert_eq!(itself.items[0].item.text("title"), "s!");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_file_ends_the_program(junk in junk()) {
            for (name, start) in [("a.bib", ""), ("a.bib", "@book{a, title={b}, "), ("a.ris", "TY  - BOOK\n"), ("a.json", "[{")] {
                for one in read(name, format!("{start}{junk}").as_bytes()).unwrap_or_default().items {
                    let again = Item::from_json(&one.item.to_json()).expect("JSON");
                    super::super::Field::ALL.iter().for_each(|field| drop(again.get(*field)));
                }
            }
        }
    }

    #[test]
    fn every_format_is_told_by_name_or_contents() {
        let titles = |name: &str, text: &str| -> Result<Vec<String>, Fault> {
            Ok(read(name, text.as_bytes())?.items.iter().map(|one| one.item.text("title").to_owned()).collect())
        };
        let (csl, bibtex, ris) =
            (r#"[{"title":"A"},{"title":"B"}]"#, "@misc{a, title={A}}", "TY  - GEN\nTI  - A\nER  - ");
        for name in ["a.json", "a.txt", "a"] {
            assert_eq!(titles(name, csl).expect(name), ["A", "B"]);
        }
        assert_eq!(titles("a.json", r#"{"title":"A"}"#).expect("one"), ["A"]);
        assert_eq!(titles("a.bib", bibtex).expect("BibTeX"), ["A"]);
        assert_eq!(titles("a.txt", bibtex).expect("BibTeX"), ["A"]);
        assert_eq!(titles("a.ris", ris).expect("RIS"), ["A"]);
        assert_eq!(titles("a", ris).expect("RIS"), ["A"]);
        for (name, text) in [("a.json", "[]"), ("a.json", " \n"), ("a", ""), ("a.bib", "% none"), ("a.ris", "none")] {
            assert_eq!(titles(name, text), Err(Fault::Empty), "{name}");
        }
        for (name, text) in [
            ("a.json", "{"),
            ("a.json", "[1]"),
            ("a.json", "1"),
            ("a.bib", "@misc{a"),
            ("a.ris", "TY  - GEN"),
            ("a.txt", "words"),
            ("a.json", "\u{1}\u{2}\u{3}"),
        ] {
            assert!(matches!(titles(name, text), Err(Fault::Unreadable(_))), "{name}: {text}");
        }
    }

    #[test]
    fn one_key_twice_is_told_apart_by_lines() {
        let one = |key: &str, line: u32| Described {
            item: Item::given(json!({ "title": line, "id": key })).expect("an item"),
            files: Vec::new(),
            line,
        };
        let items = || vec![one("лёд", 3), one("лёд", 12), one("7", 20), one("b", 7)];
        let several = Unmatched::Several { key: "лёд".into(), lines: vec![3, 12] };
        assert_eq!(matched(items(), &["лёд.txt"]), Err(several.clone()));
        assert_eq!(chosen(&items(), "лёд"), Err(several));
        let line = |named: &str| chosen(&items(), named).map(|item| item.value("title").cloned());
        assert_eq!([line("12"), line("b"), line("7")], [Ok(Some(json!(12))), Ok(Some(json!(7))), Ok(Some(json!(20)))]);
        assert_eq!(chosen(&items(), "13"), Err(Unmatched::Unknown));
    }

    #[test]
    fn an_item_finds_its_file_or_nothing_is_guessed() {
        let one = |title: &str, key: &str, file: &str| Described {
            item: Item::given(json!({ "title": title, "citation-key": key })).expect("an item"),
            files: vec![file.into()],
            line: 1,
        };
        let check = |items: Vec<Described>, files: &[&str], expected: Option<&[&str]>| {
            let found = matched(items, files).ok();
            let titles = found.as_ref().map(|items| items.iter().map(|item| item.text("title")).collect::<Vec<_>>());
            assert_eq!(titles.as_deref(), expected);
        };
        let two = || vec![one("A", "a", ""), one("B", "b", "")];
        check(vec![one("A", "", "")], &["x.txt"], Some(&["A"]));
        check(two(), &["x.txt", "y.txt"], Some(&["A", "B"]));
        check(two(), &["b.txt", "a.txt"], Some(&["B", "A"]));
        check(two(), &["b.txt"], Some(&["B"]));
        check(two(), &["x.txt"], None);
        check(two(), &["x.txt", "a.txt"], None);
        check(vec![one("A", "", "")], &["x.txt", "y.txt"], None);
        check(vec![one("A", "a", ""), one("B", "a", "")], &["a.txt"], None);
        check(
            vec![one("A", "", "file:///x/%20/b.txt"), one("B", "", "C:\\x\\a.txt")],
            &["a.txt", "b.txt"],
            Some(&["B", "A"]),
        );
    }
}
