//! Dates between what people write and what CSL stores: `date-parts` of a year, a month or a day.
//!
//! Only what can be read in one way becomes parts; everything else is kept as it was written (`raw`), and so is the
//! wording of a date that was written out. Deliberately absent: times of day, calendars other than the Gregorian.

use serde_json::{Map, Value, json};

/// Names of the months with which a date is written out, lower case; a shorter form of three letters counts too where
/// it is Latin.
const MONTHS: [&[&str]; 12] = [
    &["january", "января", "январь"],
    &["february", "февраля", "февраль"],
    &["march", "марта", "март"],
    &["april", "апреля", "апрель"],
    &["may", "мая", "май"],
    &["june", "июня", "июнь"],
    &["july", "июля", "июль"],
    &["august", "августа", "август"],
    &["september", "sept", "сентября", "сентябрь"],
    &["october", "октября", "октябрь"],
    &["november", "ноября", "ноябрь"],
    &["december", "декабря", "декабрь"],
];

/// A year, then perhaps a month, then perhaps a day.
type Parts = Vec<i64>;

/// What a person or a file says, as a CSL date.
pub(super) fn read(text: &str) -> Value {
    let mut date = Map::new();
    if let Some(range) = range(text) {
        date.insert("date-parts".into(), json!(range));
        return Value::Object(date);
    }
    let (plain, circa) = certain(text.trim());
    if let Some(parts) = parts(plain).filter(|_| circa) {
        date.insert("date-parts".into(), json!([parts]));
        date.insert("circa".into(), json!(true));
    } else if let Some(parts) = parts(text.trim()) {
        let plain = [parts.clone()];
        date.insert("date-parts".into(), json!(plain));
        if written_parts(&plain) == text || day_of_moment(text).is_some() {
            return Value::Object(date);
        }
    }
    date.insert("raw".into(), json!(text));
    Value::Object(date)
}

/// A CSL date as people read it: as it was written, else as 2024, 2024-06 or 2024-06-19, a range with a slash.
pub(super) fn written(date: &Value) -> String {
    let kept = ["raw", "literal"].iter().find_map(|key| date[*key].as_str());
    kept.map_or_else(|| written_parts(&listed(date)), str::to_owned)
}

/// The year or years of a CSL date: "2024", "2024–2025"; `None` where it names no year, or several.
pub fn years(date: &Value) -> Option<String> {
    let parts = listed(date);
    let circa = match &date["circa"] {
        Value::Bool(circa) => *circa,
        Value::Null => false,
        other => other.as_str() != Some("") && other.as_i64() != Some(0),
    };
    let sign = if circa { "ca. " } else { "" };
    let year = |parts: &Parts| parts.first().map(|year| format!("{sign}{year}"));
    if let Some(first) = parts.first().and_then(year) {
        let last = parts.last().and_then(year).filter(|last| *last != first);
        return Some(last.map_or(first.clone(), |last| format!("{first}–{}", last.trim_start_matches(sign))));
    }
    let text = written(date);
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4 && *digits > "1000");
    numbers.next().filter(|first| numbers.all(|other| other == *first)).map(str::to_owned)
}

/// The `date-parts` of a CSL date; numbers may be written as strings.
fn listed(date: &Value) -> Vec<Parts> {
    let number = |part: &Value| part.as_i64().or_else(|| part.as_str().and_then(|part| part.trim().parse().ok()));
    let one = |parts: &Value| -> Parts { parts.as_array().into_iter().flatten().map_while(number).take(3).collect() };
    date["date-parts"].as_array().into_iter().flatten().map(one).filter(|parts| !parts.is_empty()).take(2).collect()
}

fn written_parts(dates: &[Parts]) -> String {
    let one = |parts: &Parts| {
        let mut text = format!("{:04}", parts.first().copied().unwrap_or(0));
        parts.iter().skip(1).for_each(|part| text.push_str(&format!("-{part:02}")));
        text
    };
    dates.iter().map(one).collect::<Vec<_>>().join("/")
}

/// What may stand before a date that is not certain, and after it.
const ABOUT: [&str; 16] = [
    "circa",
    "ca.",
    "ca",
    "c.",
    "about",
    "around",
    "approx.",
    "approximately",
    "etwa",
    "um",
    "vers",
    "env.",
    "около",
    "ок.",
    "прибл.",
    "约",
];
const DOUBTS: [char; 3] = ['~', '?', '%'];

/// A date without what says that it is not certain, and whether anything did.
fn certain(text: &str) -> (&str, bool) {
    let text = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text).trim();
    let after = |word: &&str| {
        let start = text.get(..word.len())?;
        let same = start == *word || start.to_lowercase() == *word;
        let rest = &text[word.len()..];
        let parted = rest.starts_with(char::is_whitespace) || word.ends_with('.') || !word.is_ascii();
        (same && parted).then_some(rest)
    };
    let plain = ABOUT.iter().find_map(after).unwrap_or(text).trim().trim_end_matches(DOUBTS);
    (plain, plain != text)
}

/// 2024-06/2025, 2020/2021: two dates that read as they are written.
fn range(text: &str) -> Option<[Parts; 2]> {
    let (from, to) = text.split_once('/')?;
    let one = |text: &str| iso(text).filter(|_| !text.contains('/')).and_then(checked);
    let range = [one(from)?, one(to)?];
    (written_parts(&range) == text).then_some(range)
}

fn parts(text: &str) -> Option<Parts> {
    let numeric = iso(day_of_moment(text).unwrap_or(text));
    checked(numeric.or_else(|| east_asian(text)).or_else(|| short(text)).or_else(|| words(text))?)
}

/// The day of a date with a time of day behind it, as programs write it: the time says nothing about the source.
fn day_of_moment(text: &str) -> Option<&str> {
    is_time(text.get(10..)?).then(|| &text[..10])
}

/// "T12:00:00Z", " 12:00": a time of day after a date.
fn is_time(rest: &str) -> bool {
    let time = rest.strip_prefix(['T', ' ']).unwrap_or_default();
    let hour = time.split_once(':').map_or("", |(hour, _)| hour);
    matches!(hour.len(), 1 | 2)
        && hour.bytes().all(|byte| byte.is_ascii_digit())
        && time.chars().all(|c| c.is_ascii_digit() || ":.,+-Z ".contains(c))
}

/// 2024, 2024-06, 2024-06-19, also with slashes.
fn iso(text: &str) -> Option<Parts> {
    let separator = if text.contains('/') { '/' } else { '-' };
    let pieces: Vec<&str> = text.split(separator).collect();
    let widths: Vec<usize> = pieces.iter().map(|piece| piece.len()).collect();
    let fits = match widths.as_slice() {
        [4] => true,
        [4, month] => *month == 2,
        [4, month, day] => (1..=2).contains(month) && (1..=2).contains(day),
        _ => false,
    };
    fits.then(|| pieces.into_iter().map(number).collect()).flatten()
}

/// 2024년 6월 19일, 2024年6月19日.
fn east_asian(text: &str) -> Option<Parts> {
    let mut rest = text;
    let mut parts = Vec::new();
    for marks in [['년', '年'], ['월', '月'], ['일', '日']] {
        if rest.trim().is_empty() {
            break;
        }
        let (piece, after) = rest.split_once(marks)?;
        parts.push(number(piece.trim())?);
        rest = after;
    }
    (!parts.is_empty() && rest.trim().is_empty()).then_some(parts)
}

/// 19.06.2024, 19/06/2024 or 06/19/2024: only where the day cannot be taken for a month.
fn short(text: &str) -> Option<Parts> {
    let separator = if text.contains('.') { '.' } else { '/' };
    let [first, second, year] = text.split(separator).collect::<Vec<_>>().try_into().ok()?;
    if first.len() > 2 || second.len() > 2 || year.len() != 4 {
        return None;
    }
    let (first, second, year) = (number(first)?, number(second)?, number(year)?);
    match (first > 12, second > 12) {
        (true, false) => Some(vec![year, second, first]),
        (false, true) if separator == '/' => Some(vec![year, first, second]),
        _ => (first == second).then(|| vec![year, second, first]),
    }
}

/// 19 June 2024, June 19, 2024, June 2024, 19 июня 2024 г.
fn words(text: &str) -> Option<Parts> {
    let mut words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|word| word.trim_end_matches('.').to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    if words.last().is_some_and(|word| word == "г" || word == "года") {
        words.pop();
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [a, b] => Some(vec![year(b)?, month(a)?]),
        [a, b, c] => match (month(a), month(b)) {
            (Some(month), None) => Some(vec![year(c)?, month, day(b)?]),
            (None, Some(month)) => Some(vec![year(c)?, month, day(a)?]),
            _ => None,
        },
        _ => None,
    }
}

fn month(word: &str) -> Option<i64> {
    let named = |name: &&str| *name == word || (name.is_ascii() && word.len() == 3 && name.starts_with(word));
    MONTHS.iter().position(|names| names.iter().any(named)).map(|index| index as i64 + 1)
}

fn year(word: &str) -> Option<i64> {
    number(word).filter(|_| word.len() == 4)
}

/// 19, 19th.
fn day(word: &str) -> Option<i64> {
    let plain = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    number(plain).filter(|_| plain.len() <= 2)
}

fn number(digits: &str) -> Option<i64> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// Only days that there are.
fn checked(parts: Parts) -> Option<Parts> {
    let year = *parts.first()?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = |month: i64| match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let month = parts.get(1).is_none_or(|month| (1..=12).contains(month));
    let day = parts.get(2).is_none_or(|day| (1..=days(parts[1])).contains(day));
    (year > 0 && month && day).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_one_way_becomes_parts_and_keeps_its_wording() {
        let check = |text: &str, parts: Value| {
            let date = read(text);
            assert_eq!(date["date-parts"][0], parts, "{text}");
            assert_eq!(written(&date), text, "{text}");
        };
        check("2024", json!([2024]));
        check("2024-06", json!([2024, 6]));
        check("2024-06-19", json!([2024, 6, 19]));
        check("2024/06/19", json!([2024, 6, 19]));
        check("19 June 2024", json!([2024, 6, 19]));
        check("19th Jun. 2024", json!([2024, 6, 19]));
        check("June 19, 2024", json!([2024, 6, 19]));
        check("June 2024", json!([2024, 6]));
        check("Sept. 3, 1939", json!([1939, 9, 3]));
        check("2024년 6월 19일", json!([2024, 6, 19]));
        check("2024년 6월", json!([2024, 6]));
        check("2024年6月19日", json!([2024, 6, 19]));
        check("19 июня 2024 г.", json!([2024, 6, 19]));
        check("19.06.2024", json!([2024, 6, 19]));
        check("06/19/2024", json!([2024, 6, 19]));
        check("29 February 2024", json!([2024, 2, 29]));
        check("06/07/2024", Value::Null);
        check("06.07.2024", Value::Null);
        check("29 February 2023", Value::Null);
        check("2024-13", Value::Null);
        check("32 May 2024", Value::Null);
        check("spring 2024", Value::Null);
        check("", Value::Null);
        check(" 2024", json!([2024]));
        check("May May 2024", Value::Null);
        check("١٩ يونيو ٢٠٢٤", Value::Null);
    }

    #[test]
    fn a_date_that_is_not_certain_says_so() {
        for (text, year) in [
            ("ca. 1995", 1995),
            ("c. 1848", 1848),
            ("circa 1900", 1900),
            ("1995~", 1995),
            ("1812?", 1812),
            ("[ca. 1700]", 1700),
            ("около 1703", 1703),
            ("um 1450", 1450),
            ("ca.1995", 1995),
        ] {
            let date = read(text);
            assert_eq!((&date["date-parts"], &date["circa"]), (&json!([[year]]), &json!(true)), "{text}");
            assert_eq!(written(&date), text);
            assert_eq!(years(&date), Some(format!("ca. {year}")), "{text}");
        }
        assert_eq!(read("Ca. June 1995")["date-parts"], json!([[1995, 6]]));
        assert_eq!(read("cable 1995")["circa"], Value::Null);
        assert_eq!(years(&json!({ "date-parts": [[1914], [1918]], "circa": 1 })).as_deref(), Some("ca. 1914–1918"));
        assert_eq!(read("2020-05/2021-07"), json!({ "date-parts": [[2020, 5], [2021, 7]] }));
        assert_eq!(read("2020/2021"), json!({ "date-parts": [[2020], [2021]] }));
        assert_eq!(read("2020/21")["raw"], "2020/21");
    }

    #[test]
    fn a_time_of_day_is_dropped() {
        assert_eq!(read("2024-06-19 2026-06-19")["raw"], "2024-06-19 2026-06-19");
        for text in ["2024-06-19T12:30:00Z", "2024-06-19T12:30:00+09:00", "2024-06-19 12:30"] {
            assert_eq!(read(text), json!({ "date-parts": [[2024, 6, 19]] }), "{text}");
        }
        assert_eq!(read("2024-06-19 or so")["raw"], "2024-06-19 or so");
    }

    #[test]
    fn a_year_is_found_in_every_form() {
        let check = |date: Value, expected: Option<&str>| assert_eq!(years(&date).as_deref(), expected, "{date}");
        check(json!({ "date-parts": [["2024", "06"]] }), Some("2024"));
        check(json!({ "date-parts": [[2024, 1], [2025, 2]] }), Some("2024–2025"));
        check(json!({ "raw": "spring 2024" }), Some("2024"));
        check(json!({ "literal": "between 2023 and 2024" }), None);
        check(json!({ "raw": "long ago" }), None);
        check(json!({}), None);
        assert_eq!(written(&json!({ "date-parts": [[2024, 6, 19], [2024, 7, 1]] })), "2024-06-19/2024-07-01");
    }
}
