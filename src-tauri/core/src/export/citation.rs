//! How a source is cited: in full above its highlights, by author and date beside each quote.
//!
//! One plain house style. Full: who, what, in what and by whom, when, at which address, seen on which day; what is
//! unknown is left out with its punctuation. Short: "(Doe 2024, p. 12)", "(Doe and Roe 2024, ¶ 4)", "(Doe et al. n.d.)",
//! the title where nobody is named. Everything that comes from a source is escaped. Deliberately absent: other styles,
//! for which every citation tool takes the items themselves, and letters that tell two sources of one year apart.

use super::escape;
use super::excerpt::excerpt;
use crate::provenance::{Field, Item, names, years};
use serde_json::Value;

/// Longest title in a short citation, in code points: half a line.
const SHORT_TITLE: usize = 40;

/// Where in a source a quote stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place<'a> {
    /// Its page as the source calls it, or its pages with a dash between.
    pub page: Option<&'a str>,
    /// 1-based number of its paragraph, which is named where there is no page.
    pub paragraph: Option<u32>,
}

/// The citation of a source as one line of Markdown without a line end; empty when only its title is known.
/// `Jane Doe and Bo Roe, *Title*. Publisher, 19 June 2024. <https://example.org/>. Accessed 23 November 2026.`
pub fn full(item: &Item) -> String {
    let mut lead = people(item);
    let title = escaped(&item.get(Field::Title));
    let title = if title.is_empty() { title } else { format!("*{title}*") };
    let details = [place(item), address(item), accessed(item)];
    if lead.is_empty() && details.iter().all(String::is_empty) {
        return String::new();
    }
    if !lead.is_empty() && !title.is_empty() {
        lead.push_str(", ");
    }
    lead.push_str(&title);
    let mut line = String::new();
    for part in [lead].iter().chain(&details).filter(|part| !part.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(part);
        if !part.ends_with(['.', '!', '?']) {
            line.push('.');
        }
    }
    line
}

/// The citation of a place in a source by author and date, as Markdown: `(Doe 2024, p. 12)`.
pub fn short(item: &Item, place: Place<'_>) -> String {
    let (named, more, _) = named(item);
    let cited: Vec<String> = named.iter().map(|name| escaped(&names::cited(name))).collect();
    let who = match cited.as_slice() {
        [] => title(item),
        [first, ..] if more => format!("{first} et al."),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [first, ..] => format!("{first} et al."),
    };
    let when = item.value("issued").and_then(years).map_or_else(|| "n.d.".into(), |years| escaped(&years));
    let page = place.page.map(str::trim).filter(|page| !page.is_empty());
    let pages = |page: &str| if page.contains('–') { "pp" } else { "p" };
    match (page, place.paragraph) {
        (Some(page), _) => format!("({who} {when}, {}. {})", pages(page), escaped(page)),
        (None, Some(paragraph)) => format!("({who} {when}, ¶ {paragraph})"),
        (None, None) => format!("({who} {when})"),
    }
}

/// Those whose work it is: its authors, else its editors; whether there are more than are named; what the latter are called.
fn named(item: &Item) -> (&[Value], bool, &'static str) {
    match (item.people("author"), item.people("editor")) {
        (([], _), ([], _)) => (&[], false, ""),
        (([], _), ([one], false)) => (std::slice::from_ref(one), false, " (ed.)"),
        (([], _), (editors, more)) => (editors, more, " (eds.)"),
        ((authors, more), _) => (authors, more, ""),
    }
}

/// "Jane Doe, Bo Roe and Reuters".
fn people(item: &Item) -> String {
    let (all, more, role) = named(item);
    let all: Vec<String> =
        all.iter().map(|name| escaped(&names::whole(name))).filter(|name| !name.is_empty()).collect();
    match all.as_slice() {
        [] => String::new(),
        all if more => format!("{} et al.{role}", all.join(", ")),
        [one] => format!("{one}{role}"),
        [most @ .., last] => format!("{} and {last}{role}", most.join(", ")),
    }
}

fn title(item: &Item) -> String {
    match escaped(&excerpt(&item.get(Field::Title), SHORT_TITLE)) {
        title if title.is_empty() => "Untitled".into(),
        title => format!("*{title}*"),
    }
}

/// What it appeared in, by whom, where in it, and when.
fn place(item: &Item) -> String {
    let first = item.get(Field::Publisher);
    let other = ["container-title", "publisher"].map(|key| item.text(key)).into_iter().find(|other| *other != first);
    let mut parts = vec![escaped(&first), escaped(other.unwrap_or_default())];
    for (key, sign) in [("volume", "vol. "), ("issue", "no. "), ("page", "pp. ")] {
        let text = item.value(key).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        let text = text.map(|text| escaped(&text)).filter(|text| !text.is_empty());
        parts.extend(text.map(|text| format!("{sign}{text}")));
    }
    parts.push(escaped(&item.get(Field::Published)));
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

fn accessed(item: &Item) -> String {
    let accessed = escaped(&item.get(Field::Accessed));
    if accessed.is_empty() { accessed } else { format!("Accessed {accessed}") }
}

/// An address as an autolink, character for character, when it is one; else as escaped text.
fn address(item: &Item) -> String {
    let url = match (item.text("URL").trim(), item.text("DOI").trim()) {
        ("", doi) if doi.starts_with("10.") => format!("https://doi.org/{doi}"),
        (url, _) => url.to_owned(),
    };
    let scheme = url.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"))
        || url.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("http://"));
    let inert = |c: char| c.is_alphanumeric() || "-._~:/?#@!&'()*+,;=%".contains(c);
    if scheme && url.chars().all(inert) && !url.contains("%%") { format!("<{url}>") } else { escaped(&url) }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape::inline(&mut out, text.trim());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn source(fields: &[(Field, &str)]) -> Item {
        let mut item = Item::default();
        fields.iter().for_each(|(field, text)| item.set(*field, text));
        item
    }

    #[test]
    fn leaves_out_what_is_unknown() {
        use Field::{Accessed, Author, Published, Publisher, Title, Url};
        let check = |fields: &[(Field, &str)], expected: &str| assert_eq!(full(&source(fields)), expected);
        check(
            &[
                (Author, "A. Author"),
                (Title, "On *stars*"),
                (Publisher, "The Press"),
                (Published, "19 June 2024"),
                (Url, "https://example.org/a_b?c=%20"),
                (Accessed, "23 November 2026"),
            ],
            "A. Author, *On \\*stars\\**. The Press, 19 June 2024. <https://example.org/a_b?c=%20>. Accessed 23 November 2026.",
        );
        check(&[(Title, "Why?")], "");
        check(&[(Title, "Why?"), (Published, "2024")], "*Why?*. 2024.");
        check(&[(Author, "Kim Jr.")], "Kim Jr.");
        check(&[(Url, "javascript:alert(1)")], "javascript:alert(1).");
        check(&[(Url, "https://example.org/<b>")], "https\\://example.org/\\<b\\>.");
        check(&[(Published, "2024")], "2024.");
        check(&[(Author, "Doe, Jane; Bo Roe; 김정은")], "Jane Doe, Bo Roe and 김정은.");
        check(&[], "");
    }

    #[test]
    fn says_what_it_appeared_in() {
        let check = |value: Value, expected: &str| assert_eq!(full(&Item::given(value).expect("an item")), expected);
        check(
            json!({ "type": "article-journal", "title": "Ice", "container-title": "Snow", "publisher": "Example Press",
                "volume": 12, "issue": "3", "page": "4-9", "issued": { "date-parts": [[2024, 6]] }, "DOI": "10.1/x" }),
            "*Ice*. Snow, Example Press, vol. 12, no. 3, pp. 4-9, 2024-06. <https://doi.org/10.1/x>.",
        );
        check(
            json!({ "type": "book", "title": "Ice", "editor": [{ "family": "Doe", "given": "J." }, { "literal": "Roe" }] }),
            "J. Doe and Roe (eds.), *Ice*.",
        );
    }

    #[test]
    fn others_are_said_and_not_named() {
        let check = |author: &str, expected: [&str; 2]| {
            let item = source(&[(Field::Author, author), (Field::Title, "Ice"), (Field::Published, "ca. 1995")]);
            assert_eq!([full(&item), short(&item, Place::default())], expected);
        };
        check("Jane Doe; et al.", ["Jane Doe et al., *Ice*. ca. 1995.", "(Doe et al. ca. 1995)"]);
        check(
            "Иванов, Иван; Bo Roe; et al.",
            ["Иван Иванов, Bo Roe et al., *Ice*. ca. 1995.", "(Иванов et al. ca. 1995)"],
        );
        let edited = json!({ "title": "Ice", "editor": [{ "family": "Doe", "given": "J." }, { "literal": "others" }] });
        let edited = Item::given(edited).expect("an item");
        assert_eq!(full(&edited), "J. Doe et al. (eds.), *Ice*.");
    }

    #[test]
    fn is_short_by_author_and_date() {
        let check = |author: &str, published: &str, title: &str, expected: &str| {
            let item = source(&[(Field::Author, author), (Field::Published, published), (Field::Title, title)]);
            assert_eq!(short(&item, Place { page: None, paragraph: Some(4) }), expected);
        };
        check("Jane Doe", "19 June 2024", "", "(Doe 2024, ¶ 4)");
        check("Doe, Jane; Ursula von der Leyen", "2024", "", "(Doe and von der Leyen 2024, ¶ 4)");
        check("Jane Doe; Bo Roe; Reuters", "spring", "", "(Doe et al. n.d., ¶ 4)");
        check("", "", "겨울 보고", "(*겨울 보고* n.d., ¶ 4)");
        check("", "2024", "", "(Untitled 2024, ¶ 4)");
        check("[x](y) <b>", "2024", "", "(\\[x\\](y) \\<b\\> 2024, ¶ 4)");
        let long = "A title that goes on and on until nobody would read it any more";
        check("", "2024", long, "(*A title that goes on and on until…* 2024, ¶ 4)");
        let item = source(&[(Field::Author, "Jane Doe"), (Field::Published, "2024")]);
        let at = |page| short(&item, Place { page: Some(page), paragraph: Some(4) });
        assert_eq!([at("12"), at("xiv–2"), at(" ")], ["(Doe 2024, p. 12)", "(Doe 2024, pp. xiv–2)", "(Doe 2024, ¶ 4)"]);
        assert_eq!(short(&item, Place::default()), "(Doe 2024)");
    }
}
