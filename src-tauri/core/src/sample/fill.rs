//! Puts the sample into a project. Not a person's change: it is not in the history, so the first undo cannot take it
//! away by surprise.

use super::{ASSESSMENT, NAME, annotations};
use crate::documents::{self, Overrides};
use crate::error::{Error, Result};
use crate::highlights::{self, HighlightQuote};
use crate::ids::{HighlightId, TagId};
use crate::import::Options;
use crate::links::{self, LinkCreate};
use crate::project::{NoArguments, Project};
use crate::tags;

/// Fills an empty project with the sample document, its highlights, notes and links.
pub fn fill(project: &Project) -> Result<()> {
    let annotations = annotations();
    let imported = documents::imported(project.env(), NAME, ASSESSMENT.as_bytes(), Options::default())?;
    project.write_unrecorded(|cx| {
        let document = documents::add(
            cx,
            NAME,
            ASSESSMENT.as_bytes(),
            (imported, Options::default()),
            &Overrides::default(),
            true,
        )?;
        let known = tags::list(cx, NoArguments {})?;
        let named = |name: &String| -> Result<TagId> {
            let found = known.iter().find(|tag| tag.name == *name);
            found.map(|tag| tag.id).ok_or_else(|| Error::TagUnknown { id: name.clone() })
        };
        let mut made: Vec<HighlightId> = Vec::new();
        for one in &annotations.highlights {
            let tags = one.tags.iter().map(named).collect::<Result<Vec<_>>>()?;
            let note = Some(one.note.clone());
            let quote = HighlightQuote { document, quote: one.quote.clone(), occurrence: None, tags, note };
            made.push(highlights::create_by_quote(cx, quote)?.id);
        }
        let relations = links::relations(cx, NoArguments {})?;
        for one in &annotations.links {
            let relation = relations
                .iter()
                .find(|relation| relation.label == one.relation)
                .ok_or_else(|| Error::RelationUnknown { id: one.relation.clone() })?
                .id;
            let note = Some(one.note.clone());
            links::create(cx, LinkCreate { from: made[one.from], to: made[one.to], relation, note })?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Units, dispatch};
    use crate::env::Env;

    #[test]
    fn the_sample_fills_every_view_and_leaves_no_history() {
        let folder = tempfile::tempdir().expect("a folder");
        let project = Project::create(&folder.path().join("library.gloss"), Env::system()).expect("a project");
        fill(&project).expect("filled");
        let figures = dispatch(&project, Units::Utf16, "dashboard", "{}").expect("figures").json;
        let figures: serde_json::Value = serde_json::from_str(&figures).expect("JSON");
        let at_least = |key: &str, least: u64| assert!(figures[key].as_u64() >= Some(least), "{key}: {figures}");
        at_least("highlights", 12);
        at_least("links", 5);
        at_least("contradictions", 1);
        at_least("untagged", 1);
        assert_eq!(dispatch(&project, Units::Utf16, "history_list", "{}").expect("history").json, "[]");
        let check = dispatch(&project, Units::Utf16, "project_check", "{}").expect("checked").json;
        assert!(check.contains("\"ok\":true"), "{check}");
    }
}
