//! What a story looks for: a role and a name, as a screen reader has them, and where.

use serde_json::{Value, json};
use std::fmt;

/// What a name must be.
#[derive(Clone, Debug)]
pub enum Name {
    /// Anything.
    Any,
    /// Exactly this.
    Is(String),
    /// Begins with this.
    Starts(String),
    /// Has this in it.
    Holds(String),
}

/// Something in the window that a person could point at.
#[derive(Clone, Debug)]
pub struct Sought {
    role: &'static str,
    name: Name,
    within: Option<Box<Sought>>,
    unspoken: bool,
}

/// Whatever has a role; narrowed by the methods.
pub fn sought(role: &'static str) -> Sought {
    Sought { role, name: Name::Any, within: None, unspoken: false }
}

impl Sought {
    /// Of exactly this name.
    pub fn named(self, name: &str) -> Sought {
        Sought { name: Name::Is(name.into()), ..self }
    }

    /// Of a name that begins like this.
    pub fn starting(self, name: &str) -> Sought {
        Sought { name: Name::Starts(name.into()), ..self }
    }

    /// Of a name that has this in it.
    pub fn holding(self, name: &str) -> Sought {
        Sought { name: Name::Holds(name.into()), ..self }
    }

    /// Inside another thing.
    pub fn within(self, other: Sought) -> Sought {
        Sought { within: Some(Box::new(other)), ..self }
    }

    /// Also what a screen reader is not told, because it is there for the pointer alone.
    pub fn unspoken(self) -> Sought {
        Sought { unspoken: true, ..self }
    }

    /// The same, as the page's script takes it.
    pub(crate) fn json(&self) -> Value {
        let (how, text) = match &self.name {
            Name::Any => ("any", ""),
            Name::Is(text) => ("is", text.as_str()),
            Name::Starts(text) => ("starts", text.as_str()),
            Name::Holds(text) => ("holds", text.as_str()),
        };
        json!({
            "role": self.role,
            "name": {"how": how, "text": text},
            "within": self.within.as_ref().map(|other| other.json()),
            "unspoken": self.unspoken,
        })
    }
}

impl fmt::Display for Sought {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.role)?;
        match &self.name {
            Name::Any => {}
            Name::Is(text) => write!(out, " “{text}”")?,
            Name::Starts(text) => write!(out, " “{text}…”")?,
            Name::Holds(text) => write!(out, " “…{text}…”")?,
        }
        match &self.within {
            Some(other) => write!(out, " in {other}"),
            None => Ok(()),
        }
    }
}
