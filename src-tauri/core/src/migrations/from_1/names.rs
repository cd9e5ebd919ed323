//! Names of authors as version 2 first stored them. Frozen with the step that uses them.

use serde_json::{Map, Value, json};

/// Signs between two names.
const BETWEEN: &str = "; ";

/// Small words that belong to a family name.
const PARTICLES: [&str; 22] = [
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "do", "du", "la", "le", "zu", "zur",
    "ten", "ter", "al", "el", "bin",
];

/// Words after a family name.
const SUFFIXES: [&str; 7] = ["Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"];

/// Words that organisations have in their names and people do not.
const OF_ORGANISATIONS: [&str; 81] = [
    "academy",
    "agency",
    "alliance",
    "analysis",
    "and",
    "army",
    "assembly",
    "associates",
    "associated",
    "association",
    "authority",
    "bank",
    "board",
    "bureau",
    "center",
    "centre",
    "chamber",
    "college",
    "command",
    "commission",
    "committee",
    "company",
    "congress",
    "corp",
    "corporation",
    "council",
    "court",
    "daily",
    "defence",
    "defense",
    "department",
    "desk",
    "editorial",
    "editors",
    "embassy",
    "federation",
    "for",
    "force",
    "forces",
    "forum",
    "foundation",
    "gmbh",
    "government",
    "group",
    "herald",
    "house",
    "inc",
    "initiative",
    "institute",
    "institution",
    "international",
    "journal",
    "laboratory",
    "league",
    "ltd",
    "media",
    "ministry",
    "nations",
    "navy",
    "network",
    "news",
    "observatory",
    "of",
    "office",
    "organisation",
    "organization",
    "parliament",
    "party",
    "post",
    "press",
    "project",
    "research",
    "service",
    "services",
    "society",
    "staff",
    "the",
    "times",
    "union",
    "university",
    "watch",
];

/// Family names that stand first where people from East Asia write their names in Latin letters.
const FAMILY_FIRST: [&str; 50] = [
    "Ahn", "Bae", "Cao", "Chen", "Cho", "Choe", "Choi", "Chung", "Deng", "Feng", "Gao", "Guo", "Han", "Heo", "Ho",
    "Hong", "Hu", "Huang", "Hwang", "Jang", "Jeong", "Jiang", "Jo", "Jung", "Kang", "Kim", "Ko", "Kwon", "Lee", "Li",
    "Lim", "Lin", "Liu", "Luo", "Ma", "Moon", "Nguyen", "Oh", "Pak", "Park", "Ri", "Seo", "Shin", "Song", "Sun",
    "Wang", "Wu", "Xi", "Yoon", "Zhang",
];

/// The names in a line in which "; " parts them, or commas where each piece is a whole name.
pub(super) fn read(line: &str) -> Vec<Value> {
    line.split(';').map(str::trim).filter(|name| !name.is_empty()).flat_map(some).collect()
}

/// The names of a list on one line, each as it is said: given name first.
pub(super) fn written(names: &[Value]) -> String {
    names.iter().map(whole).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(BETWEEN)
}

/// A name as it is said: "Jane Q. Doe", "Ursula von der Leyen", "Reuters", "김정은".
fn whole(name: &Value) -> String {
    if let (Some(family), Some(given)) = (text(name, "family"), text(name, "given"))
        && family.chars().all(is_undivided)
    {
        return format!("{family}{given}");
    }
    let parts = ["given", "dropping-particle", "non-dropping-particle", "family", "suffix"];
    let said = parts.iter().filter_map(|key| text(name, key)).collect::<Vec<_>>().join(" ");
    if said.is_empty() { literal(name) } else { said }
}

/// A person. Small words in front of the family name are its particle.
fn person(given: &str, family: &str, suffix: &str) -> Value {
    let mut words: Vec<&str> = family.split_whitespace().collect();
    let particles = words.iter().take_while(|word| PARTICLES.contains(word)).count().min(words.len().saturating_sub(1));
    let family = words.split_off(particles).join(" ");
    let mut name = Map::new();
    let all = [
        ("family", family.as_str()),
        ("given", given),
        ("non-dropping-particle", &words.join(" ")),
        ("suffix", suffix),
    ];
    for (key, part) in all.into_iter().filter(|(_, part)| !part.is_empty()) {
        name.insert(key.into(), json!(part));
    }
    Value::Object(name)
}

/// The names of a piece between two semicolons.
fn some(piece: &str) -> Vec<Value> {
    several(piece).unwrap_or_else(|| vec![one(piece)])
}

/// "Jane Doe, Bo Q. Roe": people with given and family name each, which a comma can only stand between.
fn several(piece: &str) -> Option<Vec<Value>> {
    if !piece.contains(',') || comma(piece).is_some() {
        return None;
    }
    let people = |name: &str| in_a_row(name).filter(|_| name.contains(' '));
    piece.split(',').map(|name| people(name.trim())).collect()
}

fn one(name: &str) -> Value {
    if let Some(kept) = name.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        return json!({ "literal": kept.trim() });
    }
    comma(name).or_else(|| in_a_row(name)).unwrap_or_else(|| json!({ "literal": name }))
}

/// "Doe, Jane", "von der Leyen, Ursula", "King, Martin Luther, Jr.": a short family name, then a short given name.
fn comma(name: &str) -> Option<Value> {
    let pieces: Vec<&str> = name.split(',').map(str::trim).collect();
    let (family, given, suffix) = match pieces.as_slice() {
        [family, given] => (*family, *given, ""),
        [family, given, suffix] if SUFFIXES.contains(suffix) => (*family, *given, *suffix),
        _ => return None,
    };
    let words = |part: &str| part.split_whitespace().filter(|word| !PARTICLES.contains(word)).count();
    let (of_family, of_given) = (words(family), words(given));
    let short = (of_family == 1 && (1..=3).contains(&of_given)) || (of_family == 2 && of_given == 1);
    (short && may_be_a_person(name) && !name.chars().any(is_undivided)).then(|| person(given, family, suffix))
}

/// "Jane Q. Doe", "Ursula von der Leyen", "Doe J. Q.", "Иванов И. И.".
fn in_a_row(name: &str) -> Option<Value> {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    if name.contains(',') || !may_be_a_person(name) {
        return None;
    }
    let suffix = words.pop_if(|word| SUFFIXES.contains(word)).unwrap_or_default();
    let (first, rest) = words.split_first()?;
    if !is_initials(first) && starts_high(first) && !rest.is_empty() && rest.iter().all(|word| is_initials(word)) {
        return Some(person(&rest.join(" "), first, suffix));
    }
    if !name.chars().filter(|c| c.is_alphabetic()).all(is_latin) || FAMILY_FIRST.contains(first) {
        return None;
    }
    let particle = rest.iter().position(|word| PARTICLES.contains(word)).map_or(words.len() - 1, |index| index + 1);
    let (given, family) = words.split_at(particle);
    let names = given.iter().chain(family.iter().skip_while(|word| PARTICLES.contains(word)));
    let plain = !given.is_empty()
        && given.len() <= 3
        && (1..=2).contains(&names.clone().skip(given.len()).count())
        && names.clone().all(|word| starts_high(word))
        && !family.last().is_some_and(|word| is_initials(word) || is_loud(word));
    plain.then(|| person(&given.join(" "), &family.join(" "), suffix))
}

/// No digits, no signs that names lack, and no word of an organisation.
fn may_be_a_person(name: &str) -> bool {
    let signs = |c: char| c.is_alphabetic() || c.is_whitespace() || ".,-'’‐·".contains(c) || is_mark(c);
    let word = |word: &str| {
        let plain = word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        OF_ORGANISATIONS.contains(&plain.as_str())
    };
    name.chars().all(signs) && !name.split_whitespace().any(word)
}

/// "J.", "J. Q.", "И.И.", "J.-P.": capitals with stops, or one capital alone.
fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    let stops = word.chars().filter(|c| *c == '.').count();
    letters.clone().all(char::is_uppercase)
        && letters.clone().count() > 0
        && (stops >= letters.clone().count() || word.chars().count() == 1)
}

/// Two capitals or more and nothing else: an abbreviation, as NATO.
fn is_loud(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

fn starts_high(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn is_latin(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// A mark that combines with the letter before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Letters of scripts that write a name without a comma: Korean, Chinese, Japanese.
fn is_undivided(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

fn literal(name: &Value) -> String {
    text(name, "literal").or_else(|| name.as_str()).unwrap_or_default().to_owned()
}

fn text<'a>(name: &'a Value, key: &str) -> Option<&'a str> {
    name[key].as_str().map(str::trim).filter(|part| !part.is_empty())
}
