//! One item of CSL-JSON, and the fields that people see of it.
//!
//! [`Item::get`] and [`Item::set`] are the only way between a field and the item's keys, so that what a list shows and
//! what is stored cannot differ: what was set is what is got. Keys that are not known here are kept.

use super::{dates, kinds, names};
use crate::import::Metadata;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use ts_rs::TS;

/// Where the wording of a list of authors is kept when its names alone would not give it back.
const WORDING: &str = "gloss-author";

/// Where it is kept that a list of names has more than are named: the keys of such lists. CSL has no word for it.
const MORE: &str = "gloss-et-al";

/// What stands for those who are not named.
const ET_AL: &str = "et al.";

/// What people see of an item, and may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(rename = "DocumentField")]
pub enum Field {
    /// What kind of source it is: the name of a kind, or a type of CSL that is no kind here.
    Kind,
    /// Its title.
    Title,
    /// Who wrote it; several are parted by "; ".
    Author,
    /// Who published it, or what it appeared in.
    Publisher,
    /// When it was published, as it was given.
    Published,
    /// Where it was found.
    Url,
    /// When it was looked at, as it was given.
    Accessed,
    /// BCP 47.
    Language,
}

impl Field {
    /// Every field. The kind comes first: it says where a publisher is kept.
    pub const ALL: [Field; 8] = [
        Field::Kind,
        Field::Title,
        Field::Author,
        Field::Publisher,
        Field::Published,
        Field::Url,
        Field::Accessed,
        Field::Language,
    ];
}

/// What is known about a source, as CSL-JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Item(Map<String, Value>);

impl Item {
    /// What a file says about itself, and which fields that are.
    pub fn found(metadata: &Metadata) -> (Item, Vec<Field>) {
        let mut item = Item::default();
        let mut found = Vec::new();
        for field in Field::ALL {
            let text = match field {
                // A file may name a kind in any way; only one that is known says something.
                Field::Kind => kinds::find(&metadata.kind).map_or("", |kind| kind.name),
                Field::Title => metadata.title.trim(),
                Field::Author => metadata.author.trim(),
                Field::Publisher => metadata.publisher.trim(),
                Field::Published => metadata.published.trim(),
                Field::Url => metadata.url.trim(),
                Field::Accessed => metadata.accessed.trim(),
                Field::Language => metadata.language.trim(),
            };
            if !text.is_empty() {
                item.set(field, text);
                found.push(field);
            }
        }
        (item, found)
    }

    /// An item as another program wrote it; `None` when it is no object. Its id, which names it among the items of
    /// its file, is kept as the key that it is cited by.
    pub fn given(value: Value) -> Option<Item> {
        let Value::Object(mut item) = value else { return None };
        forget_wording(&mut item);
        let id = item.remove("id").map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
        if let Some(id) = id.filter(|id| !id.is_empty()) {
            item.entry("citation-key").or_insert_with(|| json!(id));
        }
        Some(Item(item))
    }

    /// The item as other programs read it, with an id and a type.
    pub fn taken(&self, id: &str) -> Value {
        let mut item = self.0.clone();
        item.insert("id".into(), json!(id));
        item.entry("type").or_insert_with(|| json!("document"));
        forget_wording(&mut item);
        Value::Object(item)
    }

    /// The stored form.
    pub fn to_json(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }

    /// Reads the stored form.
    pub fn from_json(json: &str) -> Result<Item, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// A field as people see it; empty where nothing is known.
    pub fn get(&self, field: Field) -> String {
        match field {
            Field::Kind => kinds::of(self.text("type"), self.text("genre"))
                .map_or_else(|| self.text("type"), |kind| kind.name)
                .into(),
            Field::Title => self.text("title").into(),
            Field::Author => match self.wording() {
                Some(wording) => wording.into(),
                None => {
                    let (names, more) = self.people("author");
                    said(names, more)
                }
            },
            Field::Publisher => self.text(self.publisher_key()).into(),
            Field::Published => self.0.get("issued").map(dates::written).unwrap_or_default(),
            Field::Url => self.text("URL").into(),
            Field::Accessed => self.0.get("accessed").map(dates::written).unwrap_or_default(),
            Field::Language => self.text("language").into(),
        }
    }

    /// Sets a field to what people write; an empty text takes it away. What says the same as before changes nothing.
    pub fn set(&mut self, field: Field, text: &str) {
        if self.get(field) == text {
            return;
        }
        match field {
            Field::Kind => self.set_kind(text),
            Field::Title => self.put("title", json!(text)),
            Field::Author => self.set_author(text),
            Field::Publisher => self.put(self.publisher_key(), json!(text)),
            Field::Published => self.put("issued", dated(text)),
            Field::Url => self.put("URL", json!(text)),
            Field::Accessed => self.put("accessed", dated(text)),
            Field::Language => self.put("language", json!(text)),
        }
    }

    /// The text of a key; empty where it has none.
    pub fn text(&self, key: &str) -> &str {
        self.0.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// The value of a key.
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// The names of a key.
    pub fn names(&self, key: &str) -> &[Value] {
        self.0.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    /// The names of a key, and whether there are more than are named: as it is kept here, or as other programs write it,
    /// in place of a last name.
    pub fn people(&self, key: &str) -> (&[Value], bool) {
        let names = self.names(key);
        let kept = self.0.get("custom").and_then(|custom| custom.get(MORE)).and_then(Value::as_array);
        let kept = kept.is_some_and(|keys| keys.iter().any(|one| one == key));
        match names.split_last() {
            Some((last, before)) if !before.is_empty() && names::is_et_al(&names::whole(last)) => (before, true),
            _ => (names, kept),
        }
    }

    /// Keeps whether a list of names has more than are named.
    pub(super) fn put_et_al(&mut self, key: &str, more: bool) {
        let mut keys: Vec<Value> = match self.0.get("custom").and_then(|custom| custom.get(MORE)) {
            Some(Value::Array(keys)) => keys.iter().filter(|one| *one != key).cloned().collect(),
            _ => Vec::new(),
        };
        keys.extend(more.then(|| json!(key)));
        put_custom(&mut self.0, MORE, if keys.is_empty() { Value::Null } else { Value::Array(keys) });
    }

    /// Sets a key; null, an empty text and an empty list take it away.
    pub(super) fn put(&mut self, key: &str, value: Value) {
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            _ => false,
        };
        if empty {
            self.0.remove(key);
        } else {
            self.0.insert(key.into(), value);
        }
    }

    /// Where the publisher is: a newspaper or a site is kept as what an article appeared in. Where the key that the
    /// kind asks for says nothing, the other one is read, and written.
    fn publisher_key(&self) -> &'static str {
        let contained = kinds::of(self.text("type"), self.text("genre")).is_some_and(|kind| kind.contained);
        let (first, second) =
            if contained { ("container-title", "publisher") } else { ("publisher", "container-title") };
        if self.text(first).is_empty() && !self.text(second).is_empty() { second } else { first }
    }

    fn set_kind(&mut self, named: &str) {
        let before = kinds::of(self.text("type"), self.text("genre")).map_or("", |kind| kind.genre);
        if !before.is_empty() {
            self.0.remove("genre");
        }
        let kind = kinds::find(named);
        self.put("type", json!(kind.map_or(named, |kind| kind.csl)));
        if let Some(genre) = kind.map(|kind| kind.genre).filter(|genre| !genre.is_empty()) {
            self.put("genre", json!(genre));
        }
    }

    fn set_author(&mut self, line: &str) {
        let (named, more) = names::without_et_al(line);
        let names = names::read(named, self.names("author"));
        let same = said(&names, more) == line || line.contains('{');
        self.put("author", Value::Array(names));
        self.put_et_al("author", more);
        let wording = if same || line.is_empty() { Value::Null } else { json!(line) };
        put_custom(&mut self.0, WORDING, wording);
    }

    /// The authors as a person wrote them, where their names alone would not give that back.
    fn wording(&self) -> Option<&str> {
        self.0.get("custom")?.get(WORDING)?.as_str()
    }
}

/// Names on one line, with what stands for those who are not named.
fn said(names: &[Value], more: bool) -> String {
    let line = names::written(names);
    match (more, line.is_empty()) {
        (false, _) => line,
        (true, true) => ET_AL.into(),
        (true, false) => format!("{line}; {ET_AL}"),
    }
}

/// Takes away the wording of the authors: it is true only of the names that were set with it.
fn forget_wording(item: &mut Map<String, Value>) {
    put_custom(item, WORDING, Value::Null);
}

/// Sets what is kept here beside what CSL knows; null takes it away.
fn put_custom(item: &mut Map<String, Value>, key: &str, value: Value) {
    if value.is_null() {
        if let Some(Value::Object(custom)) = item.get_mut("custom")
            && custom.remove(key).is_some()
            && custom.is_empty()
        {
            item.remove("custom");
        }
        return;
    }
    let custom = item.entry("custom").or_insert_with(|| json!({}));
    if let Some(custom) = custom.as_object_mut() {
        custom.insert(key.into(), value);
    }
}

fn dated(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { dates::read(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn item(value: Value) -> Item {
        Item::given(value).expect("an object")
    }

    #[test]
    fn what_a_file_says_becomes_csl() {
        let (item, found) = Item::found(&Metadata {
            title: "Ice".into(),
            author: "Jane Q. Doe; Reuters".into(),
            publisher: "The Daily Example".into(),
            published: "19 June 2024".into(),
            kind: "article-newspaper".into(),
            language: " ".into(),
            ..Metadata::default()
        });
        assert_eq!(found, [Field::Kind, Field::Title, Field::Author, Field::Publisher, Field::Published]);
        assert_eq!(
            item.taken("x"),
            json!({ "id": "x", "type": "article-newspaper", "title": "Ice", "container-title": "The Daily Example",
                "author": [{ "given": "Jane Q.", "family": "Doe" }, { "literal": "Reuters" }],
                "issued": { "date-parts": [[2024, 6, 19]], "raw": "19 June 2024" } })
        );
        assert_eq!(Item::found(&Metadata::default()), (Item::default(), vec![]));
    }

    #[test]
    fn what_is_not_known_is_kept_through_every_change() {
        let whole = json!({ "id": "doe2024", "type": "patent", "title": "Ice", "DOI": "10.1/x", "note": "n",
            "author": [{ "family": "Humboldt", "given": "Alexander", "dropping-particle": "von", "x": 1 }],
            "issued": { "date-parts": [["2024", "6"]], "circa": true }, "custom": { "mine": [1] }, "odd": { "a": null } });
        let mut given = item(whole.clone());
        assert_eq!(Item::from_json(&given.to_json()).expect("JSON"), given);
        for field in Field::ALL {
            given.set(field, &given.get(field));
        }
        let mut expected = whole;
        expected["citation-key"] = json!("doe2024");
        expected["id"] = json!("1");
        assert_eq!(given.taken("1"), expected, "setting what is there changes nothing");
        assert_eq!(given.get(Field::Kind), "patent");
        assert_eq!(given.get(Field::Author), "Alexander von Humboldt");
        given.set(Field::Author, "Alexander von Humboldt; Roe, Bo");
        assert_eq!(given.get(Field::Author), "Alexander von Humboldt; Roe, Bo");
        assert_eq!(given.names("author")[0]["x"], 1, "a name that stays keeps what it has");
        given.set(Field::Author, "{Harbour Office, Tarse}; Alexander von Humboldt");
        assert_eq!(given.get(Field::Author), "Harbour Office, Tarse; Alexander von Humboldt");
        assert_eq!(given.names("author").last().map(|name| name["x"].clone()), Some(json!(1)));
        given.set(Field::Author, "");
        given.set(Field::Title, "Snow");
        assert_eq!(given.taken("1")["custom"], json!({ "mine": [1] }));
        assert_eq!(given.taken("1")["odd"], json!({ "a": null }));
    }

    #[test]
    fn the_wording_of_the_authors_stays_theirs() {
        let mut item = Item::default();
        for line in ["EY  S; S EY", "Doe,  Jane; Jane Doe", "Jane Doe,Bo Roe"] {
            item.set(Field::Author, line);
            assert_eq!(item.get(Field::Author), line, "also when one is written as another is said");
        }
        let foreign = Item::given(json!({ "author": [{ "literal": "Reuters" }], "custom": { "gloss-author": "Doe" } }));
        assert_eq!(foreign.expect("an object").get(Field::Author), "Reuters");
    }

    #[test]
    fn others_are_no_person() {
        let mut item = Item::default();
        for (line, names) in [
            ("Jane Doe; et al.", 1),
            ("Jane Doe; Bo Roe; et al.", 2),
            ("Jane Doe et al.", 1),
            ("Иванов, Иван; и др.", 1),
            ("et al.", 0),
            ("Doe, Jane; and others", 1),
        ] {
            item.set(Field::Author, line);
            assert_eq!(item.get(Field::Author), line);
            assert_eq!((item.people("author").0.len(), item.people("author").1), (names, true), "{line}");
            assert!(!item.taken("1")["author"].to_string().contains("al."), "{line}");
            let again = Item::given(item.taken("1")).expect("an object");
            assert!(again.people("author").1, "kept through other programs: {line}");
        }
        item.set(Field::Author, "Jane Doe");
        assert!(!item.people("author").1 && item.value("custom").is_none());
        let foreign = json!({ "author": [{ "family": "Doe", "given": "J." }, { "literal": "others" }] });
        let foreign = Item::given(foreign.clone()).expect("an object");
        assert_eq!(foreign.get(Field::Author), "J. Doe; et al.");
        assert_eq!(foreign.names("author").len(), 2, "what another program wrote stays");
    }

    #[test]
    fn a_publisher_is_where_its_kind_has_it() {
        let mut article = item(json!({ "type": "webpage", "publisher": "Example Ltd", "container-title": "Example" }));
        assert_eq!(article.get(Field::Publisher), "Example");
        article.set(Field::Publisher, "Example News");
        assert_eq!(article.text("container-title"), "Example News");
        let mut report = item(json!({ "type": "report", "container-title": "Example Papers" }));
        report.set(Field::Publisher, "Papers");
        assert_eq!((report.text("publisher"), report.text("container-title")), ("", "Papers"));
        report.set(Field::Kind, "Cable");
        assert_eq!((report.text("type"), report.text("genre")), ("document", "cable"));
        assert_eq!(report.get(Field::Kind), "cable");
        report.set(Field::Kind, "");
        assert_eq!(report, item(json!({ "container-title": "Papers" })));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Lists show exactly what a person wrote, whatever the item makes of it.
        #[test]
        fn what_was_set_is_what_is_got(first in "[^{]{0,24}", second in "([A-Z][a-z]{1,4}|[0-9.,;/ -]|김|т|2024|June|von){0,6}") {
            for text in [&first, &second] {
                let mut item = Item::default();
                for field in Field::ALL.into_iter().skip(1) {
                    item.set(field, text);
                    prop_assert_eq!(&item.get(field), text, "{:?}", field);
                }
                let again = Item::from_json(&item.to_json()).expect("JSON");
                prop_assert_eq!(again, item);
            }
        }
    }
}
