//! What an empty project starts with: three tags and ten relations.

use crate::env::Env;
use crate::error::Result;
use crate::ids::{RelationId, TagId};
use rusqlite::{Connection, params};

/// The colours that tags take in turn, safe for colour-blind eyes: after Okabe and Ito, "Color Universal Design"
/// (2008), darkened until each has 4.5:1 on paper.
pub const PALETTE: [&str; 6] = ["#D55E00", "#00805D", "#0072B2", "#A3447F", "#8A6A00", "#5B5BD0"];

const TAGS: [(&str, &str, &str); 3] = [
    ("military", "m", "Arms, forces, their movement, training and technology."),
    ("economic", "e", "Trade, energy, finance, labour, and the sanctions on them."),
    ("diplomatic", "d", "Treaties, statements, visits, votes and recognition."),
];

const RELATIONS: [(&str, &str); 10] = [
    ("supports", "supported by"),
    ("contradicts", "contradicts"),
    ("elaborates", "elaborated by"),
    ("qualifies", "qualified by"),
    ("causes", "caused by"),
    ("precedes", "follows"),
    ("same event", "same event"),
    ("attributed to", "source of"),
    ("responds to", "answered by"),
    ("related", "related"),
];

/// Fills a fresh schema.
pub fn fill(db: &Connection, env: &Env) -> Result<()> {
    for (position, (name, key, definition)) in TAGS.iter().enumerate() {
        db.execute(
            "INSERT INTO tag (id, name, colour, definition, shortcut, position) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![TagId(env.fresh()), name, PALETTE[position], definition, key, position as u32],
        )?;
    }
    for (position, (label, inverse)) in RELATIONS.iter().enumerate() {
        db.execute(
            "INSERT INTO relation (id, label, inverse, symmetric, position) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![RelationId(env.fresh()), label, inverse, label == inverse, position as u32],
        )?;
    }
    Ok(())
}
