//! From the names that people write to the ids that the core takes: tags by name, relations by label or by inverse
//! label, compared as the search compares them. An id is taken as it is. Deliberately absent: guesses.

use super::core::Core;
use gloss_core::error::{Error, Result};
use gloss_core::names::{Meant, meant};
use serde_json::{Value, json};

/// A relation as a person named it.
pub(crate) struct Named {
    /// Its id.
    pub(crate) id: String,
    /// It was named by its inverse label: the link runs the other way.
    pub(crate) inverse: bool,
}

/// The id of the tag with this name or id.
pub(crate) fn tag_id(core: &Core, name: &str) -> Result<String> {
    let tags = core.list("tag_names", &json!({}))?;
    let unknown = || Error::TagUnknown { id: format!("“{name}”") };
    found(&tags, name, &["id", "name"]).map(|(tag, _)| text(tag, "id")).ok_or_else(unknown)
}

/// The tag with this name or id.
pub(crate) fn tag(core: &Core, name: &str) -> Result<Value> {
    let id = tag_id(core, name)?;
    let tags = core.list("tag_list", &json!({}))?;
    tags.into_iter().find(|tag| tag["id"] == id).ok_or(Error::TagUnknown { id })
}

/// The ids of tags.
pub(crate) fn tag_ids(core: &Core, names: &[String]) -> Result<Vec<String>> {
    names.iter().map(|name| tag_id(core, name)).collect()
}

/// The relation with this label, inverse label or id.
pub(crate) fn relation(core: &Core, name: &str) -> Result<Named> {
    let relations = core.list("relation_list", &json!({}))?;
    let unknown = || Error::RelationUnknown { id: format!("“{name}”") };
    let (relation, key) = found(&relations, name, &["id", "label", "inverse"]).ok_or_else(unknown)?;
    let inverse = key == "inverse" && relation["symmetric"] != json!(true);
    Ok(Named { id: text(relation, "id"), inverse })
}

/// The record whose value under one of the keys is the name. Earlier keys win over later ones, and the exact name wins
/// over one that differs in case or accents, which must be the only one under its key.
fn found<'a>(records: &'a [Value], name: &str, keys: &[&'static str]) -> Option<(&'a Value, &'static str)> {
    let exact = keys.iter().find_map(|key| Some((records.iter().find(|record| record[*key] == name)?, *key)));
    exact.or_else(|| {
        keys.iter().find_map(|key| {
            let names: Vec<&str> = records.iter().map(|record| record[*key].as_str().unwrap_or_default()).collect();
            match meant(&names, name) {
                Meant::One(at) => Some((&records[at], *key)),
                Meant::Several(_) | Meant::Nothing => None,
            }
        })
    })
}

/// The text under a key; empty when there is none.
pub(crate) fn text(record: &Value, key: &str) -> String {
    record[key].as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_exactly_then_in_any_case_then_not_at_all() {
        let names = ["Oil", "oil", "Gas", "C++", "Économie"];
        let tags: Vec<Value> =
            names.iter().zip(1..).map(|(name, id)| json!({"id": id.to_string(), "name": name})).collect();
        let id = |name: &str| found(&tags, name, &["id", "name"]).map(|(tag, _)| text(tag, "id"));
        assert_eq!(id("oil").as_deref(), Some("2"));
        assert_eq!(id("OIL"), None, "two tags differ only in case");
        assert_eq!(id("gas").as_deref(), Some("3"));
        assert_eq!(id("3").as_deref(), Some("3"));
        assert_eq!(id("coal"), None);
        assert_eq!(id("C"), None, "C++ is another name");
        assert_eq!(id("c++").as_deref(), Some("4"));
        assert_eq!(id("economie").as_deref(), Some("5"));
    }
}
