//! What a web page says about itself: title, authors, dates, publisher, address, language and kind.
//!
//! The most deliberate statement counts first: JSON-LD, then OpenGraph and the tags of scholarly publishers, then Dublin
//! Core and plain `meta` names, then what the page shows. Deliberately absent: guesses from the words of the text.

use super::tree::Tree;
use super::{Metadata, address};
use serde_json::Value;
use std::collections::HashMap;

/// Longest value that is taken, in characters.
const MAX_VALUE: usize = 500;

/// Deepest nesting of JSON-LD that is looked into.
const MAX_DEPTH: usize = 4;

/// Most authors that are taken.
const MAX_AUTHORS: usize = 50;

/// Reads what a page says about itself.
pub(super) fn read(tree: &Tree, shown: &[bool]) -> Metadata {
    let page = Said::by(tree);
    let mut metadata = Metadata {
        title: page.first(&["ld:headline", "og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title"]),
        author: page.authors(),
        publisher: page.first(&[
            "ld:publisher",
            "citation_journal_title",
            "citation_publisher",
            "og:site_name",
            "dc.publisher",
            "dcterms.publisher",
            "publisher",
        ]),
        published: day(&page.first(&[
            "ld:datepublished",
            "article:published_time",
            "og:article:published_time",
            "citation_publication_date",
            "citation_date",
            "citation_online_date",
            "dcterms.issued",
            "dcterms.created",
            "dc.date.issued",
            "dc.date",
            "dcterms.date",
            "datepublished",
            "parsely-pub-date",
            "sailthru.date",
            "pubdate",
            "publish-date",
            "publish_date",
            "article.published",
            "date",
            "item:datepublished",
        ])),
        url: page.web(&["link:canonical", "og:url", "ld:url", "base", "saved"]),
        accessed: page.first(&["saved on"]),
        language: page
            .first(&["html:lang", "content-language", "ld:inlanguage", "dc.language", "dcterms.language", "og:locale"])
            .replace('_', "-"),
        kind: kind(&page).to_owned(),
    };
    let heading = heading(tree, shown);
    let named = page.first(&["title"]);
    if metadata.title.is_empty() {
        metadata.title = named.clone();
    }
    // A window title is the heading with the site's name around it.
    if metadata.title == named && !heading.is_empty() && (named.is_empty() || named.contains(&heading)) {
        metadata.title = heading;
    }
    metadata
}

/// An ISO time cut to its day; everything else as it was written.
pub(super) fn day(written: &str) -> String {
    let bytes = written.as_bytes();
    let iso = bytes.len() > 10
        && bytes[..10]
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() })
        && matches!(bytes[10], b'T' | b't' | b' ');
    if iso { written[..10].to_owned() } else { written.to_owned() }
}

fn kind(page: &Said) -> &'static str {
    let types: Vec<&str> = page.all("ld:type").collect();
    let any = |test: &dyn Fn(&str) -> bool| types.iter().any(|name| test(name));
    if any(&|name| name.ends_with("NewsArticle")) {
        "article-newspaper"
    } else if any(&|name| name == "Report") {
        "report"
    } else if any(&|name| name == "ScholarlyArticle") || !page.first(&["citation_journal_title"]).is_empty() {
        "article-journal"
    } else if any(&|name| name == "BlogPosting") {
        "post-weblog"
    } else if any(&|name| name == "Book") {
        "book"
    } else {
        "webpage"
    }
}

/// The words of the first heading of level 1 that is seen.
fn heading(tree: &Tree, shown: &[bool]) -> String {
    (0..shown.len())
        .find(|&node| shown[node] && tree.name(node) == "h1")
        .map(|node| clean(&tree.words(node)))
        .unwrap_or_default()
}

/// Everything that a page says, by the name under which it says it, in order.
#[derive(Default)]
struct Said {
    values: HashMap<String, Vec<String>>,
}

impl Said {
    fn by(tree: &Tree) -> Said {
        let mut said = Said::default();
        for node in 0..tree.nodes.len() {
            let attribute = |name| tree.attribute(node, name).unwrap_or_default();
            match tree.name(node) {
                "html" => {
                    said.add(
                        "html:lang",
                        if attribute("lang").is_empty() { attribute("xml:lang") } else { attribute("lang") },
                    );
                }
                "title" if !tree.ancestors(node).any(|up| tree.name(up) == "svg") => {
                    said.add("title", &tree.words(node))
                }
                "base" => said.add("base", attribute("href")),
                "link"
                    if attribute("rel").split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("canonical")) =>
                {
                    said.add("link:canonical", attribute("href"));
                }
                "meta" => {
                    for name in ["property", "name", "itemprop", "http-equiv"] {
                        let name =
                            attribute(name).trim().to_lowercase().replace("dc:", "dc.").replace("dcterms:", "dcterms.");
                        if !name.is_empty() && !name.starts_with("ld:") {
                            said.add(&name, attribute("content"));
                        }
                    }
                }
                "time" if attribute("itemprop") == "datePublished" || tree.attribute(node, "pubdate").is_some() => {
                    said.add("item:datepublished", attribute("datetime"));
                }
                "script" if attribute("type").trim().eq_ignore_ascii_case("application/ld+json") => {
                    let json: String = tree.inside(node).filter_map(|inner| tree.text(inner)).collect();
                    if let Ok(value) = serde_json::from_str(json.trim().trim_end_matches(';')) {
                        said.linked_data(&value, 0);
                    }
                }
                _ => {}
            }
        }
        for comment in &tree.comments {
            said.saved(comment);
        }
        said
    }

    fn add(&mut self, name: &str, value: &str) {
        let value = clean(value);
        if !value.is_empty() {
            self.values.entry(name.to_owned()).or_default().push(value);
        }
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.values.get(name).into_iter().flatten().map(String::as_str)
    }

    fn first(&self, names: &[&str]) -> String {
        names.iter().find_map(|name| self.all(name).next()).unwrap_or_default().to_owned()
    }

    fn web(&self, names: &[&str]) -> String {
        names.iter().flat_map(|name| self.all(name)).find(|value| address::is_web(value)).unwrap_or_default().to_owned()
    }

    /// The authors of the first kind of statement that names any, parted by "; ".
    fn authors(&self) -> String {
        let names = [
            "ld:author",
            "citation_author",
            "article:author",
            "dc.creator",
            "dcterms.creator",
            "author",
            "parsely-author",
            "sailthru.author",
            "byl",
        ];
        for name in names {
            let mut authors: Vec<&str> = Vec::new();
            for author in self.all(name).map(|author| author.strip_prefix("By ").unwrap_or(author)) {
                if !address::is_web(author) && !authors.contains(&author) && authors.len() < MAX_AUTHORS {
                    authors.push(author);
                }
            }
            if !authors.is_empty() {
                return authors.join("; ");
            }
        }
        String::new()
    }

    /// Takes what JSON-LD says about the article on the page.
    fn linked_data(&mut self, value: &Value, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        if let Value::Array(items) = value {
            items.iter().for_each(|item| self.linked_data(item, depth + 1));
        }
        let Value::Object(object) = value else { return };
        if let Some(graph) = object.get("@graph") {
            self.linked_data(graph, depth + 1);
        }
        let types: Vec<&str> = texts(object.get("@type"));
        let article = types.iter().any(|name| {
            name.ends_with("Article")
                || matches!(*name, "Report" | "BlogPosting" | "Book" | "LiveBlogPosting" | "PressRelease")
        });
        if !article {
            if let Some(main) = object.get("mainEntity") {
                self.linked_data(main, depth + 1);
            }
            return;
        }
        types.iter().for_each(|name| self.add("ld:type", name));
        for key in ["headline", "datePublished", "inLanguage", "url"] {
            for text in texts(object.get(key)) {
                self.add(&format!("ld:{}", key.to_lowercase()), &plain(text));
            }
        }
        if let Some(Value::Object(page)) = object.get("mainEntityOfPage") {
            texts(page.get("@id")).into_iter().for_each(|text| self.add("ld:url", text));
        }
        if !object.contains_key("headline") {
            texts(object.get("name")).into_iter().for_each(|text| self.add("ld:headline", &plain(text)));
        }
        for key in ["author", "publisher"] {
            let people = match object.get(key) {
                Some(Value::Array(people)) => people.iter().collect(),
                Some(person) => vec![person],
                None => Vec::new(),
            };
            for person in people.into_iter().take(MAX_AUTHORS) {
                let name = person.get("name").map_or_else(|| texts(Some(person)), |name| texts(Some(name)));
                name.into_iter().for_each(|name| self.add(&format!("ld:{key}"), &plain(name)));
            }
        }
    }

    /// Takes the address and the date that a browser leaves in the comment of a saved page.
    fn saved(&mut self, comment: &str) {
        if let Some((_, rest)) = comment.split_once("saved from url=(") {
            let (_, address) = rest.split_once(')').unwrap_or_default();
            self.add("saved", address.split_whitespace().next().unwrap_or_default());
        }
        for line in comment.lines().map(str::trim) {
            if let Some(address) = line.strip_prefix("url:") {
                self.add("saved", address);
            } else if let Some(date) = line.strip_prefix("saved date:") {
                self.add("saved on", date);
            }
        }
    }
}

fn texts(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Text in which the writer of the JSON left references or tags.
fn plain(text: &str) -> String {
    if !text.contains(['&', '<']) {
        return text.to_owned();
    }
    Tree::parse(text, false).map_or_else(|_| text.to_owned(), |tree| tree.words(0))
}

/// One line, bounded; too long a value says nothing.
fn clean(value: &str) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ").replace(['\u{ad}', '\0'], "");
    if line.chars().count() > MAX_VALUE { String::new() } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(source: &str) -> Metadata {
        let tree = Tree::parse(source, false).expect("a page");
        let shown = super::super::hidden::shown(&tree);
        read(&tree, &shown)
    }

    #[test]
    fn linked_data_counts_first() {
        let found = metadata(
            r#"<html lang=ko><title>무역 - 신문</title><meta property=og:title content="Other"><link rel=canonical href="https://example.org/a">
            <script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"Site"},{"@type":["NewsArticle"],"headline":"Trade &amp; war",
            "author":[{"name":"Anna Example"},{"name":"Ben Muster"}],"datePublished":"2024-05-01T08:00:00+09:00","publisher":{"name":"The Paper"}}]}</script>"#,
        );
        assert_eq!(found.title, "Trade & war");
        assert_eq!(found.author, "Anna Example; Ben Muster");
        assert_eq!((found.published.as_str(), found.publisher.as_str()), ("2024-05-01", "The Paper"));
        assert_eq!((found.url.as_str(), found.language.as_str()), ("https://example.org/a", "ko"));
        assert_eq!(found.kind, "article-newspaper");
    }

    #[test]
    fn plain_tags_count_where_nothing_better_is_said() {
        let found = metadata(
            "<!-- saved from url=(0026)https://example.org/a?b=c --><title>Grain prices | Example Site</title>
            <meta name=author content='By A. Author'><meta name=DC.date content='May 2023'><meta property=article:author content='https://social.example/a'>
            <meta property=og:site_name content='Example Site'><meta property=og:url content='javascript:x'><h1>Grain prices</h1>",
        );
        assert_eq!((found.title.as_str(), found.author.as_str()), ("Grain prices", "A. Author"));
        assert_eq!((found.published.as_str(), found.publisher.as_str()), ("May 2023", "Example Site"));
        assert_eq!((found.url.as_str(), found.kind.as_str()), ("https://example.org/a?b=c", "webpage"));
    }
}
