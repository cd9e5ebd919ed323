//! Dates as version 2 first stored them. Frozen with the step that uses them.

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

/// A date as CSL stores it, and as lists show it.
pub(super) fn read(text: &str) -> (Value, String) {
    let mut date = Map::new();
    if let Some(parts) = parts(text.trim()) {
        let plain = plain(&parts);
        date.insert("date-parts".into(), json!([parts]));
        if plain == text || day_of_moment(text).is_some() {
            return (Value::Object(date), plain);
        }
    }
    date.insert("raw".into(), json!(text));
    (Value::Object(date), text.to_owned())
}

/// 2024, 2024-06 or 2024-06-19.
fn plain(parts: &Parts) -> String {
    let mut text = format!("{:04}", parts.first().copied().unwrap_or(0));
    parts.iter().skip(1).for_each(|part| text.push_str(&format!("-{part:02}")));
    text
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
