//! Accessibility, judged by axe-core, the engine that browsers' own checks are built on. Its script comes from the
//! window's development packages and is handed to the page by the driver; the program itself has none of it.

use crate::window::Window;
use serde_json::Value;
use std::path::Path;

/// Where npm puts the script.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/node_modules/axe-core/axe.min.js");

/// Asks for violations and answers with one line each: the rule, what it wants, and where.
const RUN: &str = r"
const answer = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ['violations'] }).then(
  ({ violations }) => answer(violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}: ${node.html.slice(0, 160)}: ${node.failureSummary}`))),
  (error) => answer([`axe could not run: ${error}`]),
);";

impl Window {
    /// Waits until nothing moves any more, then asserts that axe finds nothing; `view` is what the message calls it.
    pub async fn axe(&self, view: &str) {
        self.settled().await;
        let script = match std::fs::read_to_string(Path::new(SCRIPT)) {
            Ok(script) => script,
            Err(error) => panic!("{SCRIPT} is not there ({error}); run npm ci in ui"),
        };
        self.execute(&format!("if (!window.axe) {{ {script} }}"), Vec::new()).await;
        let found = match self.execute_async(RUN, Vec::new()).await {
            Value::Array(found) => found,
            other => panic!("axe on {view} answered {other}"),
        };
        if !found.is_empty() {
            let list: Vec<&str> = found.iter().filter_map(Value::as_str).collect();
            self.fail(&format!("axe finds nothing on {view}"), &format!("\n  {}", list.join("\n  "))).await;
        }
    }

    /// Waits until animations, transitions and fonts are done.
    pub async fn settled(&self) {
        const DONE: &str = "return document.fonts.status === 'loaded'
            && !document.getAnimations().some((one) => one.playState === 'running')
            && !document.querySelector('[aria-busy=true]');";
        self.until("nothing moves", async || {
            if self.execute(DONE, Vec::new()).await == true { Ok(()) } else { Err("something does".into()) }
        })
        .await;
    }
}
