//! The core as the command line sees it: commands by name, JSON in and out, offsets in code points.

use gloss_core::api::{Units, dispatch};
use gloss_core::error::{Error, Result};
use gloss_core::project::Project;
use serde_json::Value;

/// An open project and its commands.
pub(crate) struct Core<'a> {
    /// For the few things that are no commands: importing and writing files.
    pub(crate) project: &'a Project,
    /// All of this is one step already, because the batch that it belongs to is one.
    pub(crate) stepping: bool,
}

impl Core<'_> {
    /// Runs a command; its result as JSON text, with the keys in the core's order.
    pub(crate) fn json(&self, name: &str, args: &Value) -> Result<String> {
        Ok(dispatch(self.project, Units::CodePoints, name, &args.to_string())?.json)
    }

    /// Runs a command; its result.
    pub(crate) fn value(&self, name: &str, args: &Value) -> Result<Value> {
        let json = self.json(name, args)?;
        serde_json::from_str(&json).map_err(|error| Error::Bug { reason: format!("{name}: {error}") })
    }

    /// Runs a command that lists.
    pub(crate) fn list(&self, name: &str, args: &Value) -> Result<Vec<Value>> {
        match self.value(name, args)? {
            Value::Array(records) => Ok(records),
            _ => Err(Error::Bug { reason: format!("{name} is no list") }),
        }
    }

    /// Runs several commands as one step; within a step they belong to that one.
    pub(crate) fn in_one_step<T>(&self, label: &str, run: impl FnOnce() -> Result<T>) -> Result<T> {
        if self.stepping { run() } else { self.project.one_step(label, run) }
    }
}
