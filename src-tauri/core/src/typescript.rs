//! Writes the TypeScript contract of a list of commands: every record that the commands name, and one interface per
//! list. Used by a test and by `cargo xtask contract`, never while the program runs.

use std::collections::{BTreeMap, BTreeSet};
use ts_rs::{Config, TS, TypeVisitor};

/// Records and commands, gathered.
#[derive(Debug, Default)]
pub struct Contract {
    records: BTreeMap<String, String>,
    seen: BTreeSet<std::any::TypeId>,
    interfaces: BTreeMap<String, Vec<String>>,
}

impl Contract {
    /// An empty contract.
    pub fn new() -> Contract {
        Contract::default()
    }

    /// Adds a record and all that it is made of.
    pub fn record<T: TS + 'static + ?Sized>(&mut self) {
        self.visit::<T>();
    }

    /// Adds a command to an interface.
    pub fn command<A: TS + 'static, R: TS + 'static>(&mut self, interface: &str, name: &str) {
        self.record::<A>();
        self.record::<R>();
        let config = config();
        let line = format!("  {name}: {{ args: {}; result: {} }};", A::name(&config), R::name(&config));
        self.interfaces.entry(interface.into()).or_default().push(line);
    }

    /// Adds an event of the shell to an interface.
    pub fn event<T: TS + 'static>(&mut self, interface: &str, name: &str) {
        self.record::<T>();
        let line = format!("  {name}: {};", T::name(&config()));
        self.interfaces.entry(interface.into()).or_default().push(line);
    }

    /// Adds everything of another contract.
    pub fn join(&mut self, other: Contract) {
        self.records.extend(other.records);
        for (interface, lines) in other.interfaces {
            self.interfaces.entry(interface).or_default().extend(lines);
        }
    }

    /// The file.
    pub fn to_typescript(&self) -> String {
        let mut out = String::from("// Generated from the lists of commands by `cargo xtask contract`. Do not edit.\n");
        for record in self.records.values() {
            out.push_str(&format!("\n{record}\n"));
        }
        for (interface, lines) in &self.interfaces {
            out.push_str(&format!("\nexport interface {interface} {{\n{}\n}}\n", lines.join("\n")));
        }
        out
    }
}

impl TypeVisitor for Contract {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(std::any::TypeId::of::<T>()) {
            return;
        }
        let config = config();
        // Only types of our own have a place to be exported to; numbers, strings and lists have none.
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            self.records.insert(T::ident(&config), format!("{}export {}", docs, T::decl(&config)));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

fn config() -> Config {
    Config::new()
}
