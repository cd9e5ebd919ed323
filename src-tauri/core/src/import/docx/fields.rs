//! Fields: what Word shows of them is their result, what they are told is not text.
//!
//! Deliberately absent: working anything out.

use crate::import::pen::address;

#[derive(Default)]
struct Field {
    instruction: String,
    /// Between the instruction and the end: the result.
    shows: bool,
    link: Option<String>,
}

/// The fields that are open where the reader stands, outermost first.
#[derive(Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    ignored: bool,
}

impl Fields {
    pub(super) fn new(ignored: bool) -> Fields {
        Fields { open: Vec::new(), ignored }
    }

    /// A field begins, shows its result from here, or ends.
    pub(super) fn sign(&mut self, kind: &str) {
        match kind {
            _ if self.ignored => {}
            "begin" => self.open.push(Field::default()),
            "separate" => {
                if let Some(field) = self.open.last_mut() {
                    field.shows = true;
                    field.link = link(&field.instruction);
                }
            }
            "end" => {
                self.open.pop();
            }
            _ => {}
        }
    }

    /// Words of an instruction.
    pub(super) fn instruct(&mut self, words: &str) {
        if let Some(field) = self.open.last_mut() {
            field.instruction.push_str(words);
        }
    }

    /// Whether words that stand here are text.
    pub(super) fn shows(&self) -> bool {
        self.open.iter().all(|field| field.shows)
    }

    /// The address of the innermost link.
    pub(super) fn link(&self) -> Option<&str> {
        self.open.iter().rev().find_map(|field| field.link.as_deref())
    }

    /// Whether every field that began has shown its result or ended.
    pub(super) fn add_up(&self) -> bool {
        self.shows()
    }
}

/// The address in the instruction of a link: `HYPERLINK "https://…" \o "…"`.
pub(in crate::import) fn link(instruction: &str) -> Option<String> {
    let rest = instruction.trim_start();
    let name = rest.get(..9).filter(|name| name.eq_ignore_ascii_case("HYPERLINK"))?;
    let rest = rest[name.len()..].trim_start();
    let target = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next().filter(|word| !word.starts_with('\\'))?,
    };
    address(target)
}

#[cfg(test)]
mod tests {
    use super::link;

    #[test]
    fn the_address_of_a_link_is_found() {
        let check = |instruction: &str, target: Option<&str>| assert_eq!(link(instruction).as_deref(), target);
        check(r#" HYPERLINK "https://example.org/a b" \o "tip" "#, Some("https://example.org/a b"));
        check("hyperlink http://example.org \\h", Some("http://example.org"));
        check(r#"HYPERLINK \l "bookmark""#, None);
        check(r#"HYPERLINK "javascript:alert(1)""#, None);
        check("PAGEREF _Toc1 \\h", None);
        check("ÄÄÄÄÄÄ", None);
    }
}
