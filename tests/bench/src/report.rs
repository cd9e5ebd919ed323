//! What a benchmark leaves: a table for people, JSON for programs, and how busy the machine was.

use crate::Outcome;
use crate::figures::{Figure, table};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Where a report goes unless told otherwise: `bench` in the build folder.
pub fn place(name: &str) -> Outcome<PathBuf> {
    let program = std::env::current_exe()?;
    Ok(program.ancestors().nth(2).map_or_else(|| PathBuf::from(name), |target| target.join("bench").join(name)))
}

/// Prints the table and writes the same as JSON. `before` is the load when the run began.
pub fn write(out: &Path, what: &str, before: &str, figures: &[Figure]) -> Outcome {
    println!("{}", table(figures));
    let machine = machine();
    println!("{machine}; load {before} before, {} after", load());
    if cfg!(debug_assertions) {
        println!("This is a debug build: its figures say nothing.");
    }
    let report = json!({
        "schema": "gloss-bench/1",
        "what": what,
        "version": env!("CARGO_PKG_VERSION"),
        "machine": machine,
        "load": { "before": before, "after": load() },
        "figures": figures.iter().map(Figure::json).collect::<Vec<_>>(),
    });
    if let Some(folder) = out.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(out, serde_json::to_string_pretty(&report)? + "\n")?;
    println!("Written to {}", out.display());
    Ok(())
}

/// Processor and cores.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    format!("{}, {cores} cores", model.map_or(std::env::consts::ARCH, |(_, model)| model))
}

/// How busy the machine is: the load of the last minute, where the system says it.
pub fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("unknown").to_owned()
}
