//! How fast the core is, through the same door as the window: `core_speed [--quick] [--out FILE]`.
//!
//! Build it in release. It prints a table and writes the same as JSON, by default beside the build. It judges nothing by
//! failing: a busy machine says little about the program; the floor of the same run says how busy it was.

mod desk;
mod imports;
mod reads;
mod writes;

use gloss_bench::figures::{Figure, table};
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;

/// Whatever went wrong; it ends the run.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// How much is measured.
pub(crate) struct Extent {
    /// Runs of what takes long.
    pub(crate) runs: usize,
    /// Runs of one short command.
    pub(crate) commands: usize,
    /// Highlights in the project while commands are measured.
    pub(crate) highlights: &'static [usize],
    /// Texts of 1 MB that are searched.
    pub(crate) searched: u64,
}

const FULL: Extent = Extent { runs: 7, commands: 500, highlights: &[0, 1_000, 10_000, 100_000], searched: 47 };
const QUICK: Extent = Extent { runs: 5, commands: 120, highlights: &[0, 10_000], searched: 9 };

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("core_speed: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome {
    let mut quick = false;
    let mut only = None;
    let mut out = std::env::current_exe()?
        .ancestors()
        .nth(2)
        .map_or_else(|| PathBuf::from("core.json"), |target| target.join("bench").join("core.json"));
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match (word.as_str(), words.size_hint()) {
            ("--quick", _) => quick = true,
            ("--out", _) => out = words.next().ok_or("--out needs a file")?.into(),
            ("--only", _) => only = Some(words.next().ok_or("--only needs one of: imports, writes, reads")?),
            _ => return Err("usage: core_speed [--quick] [--only imports|writes|reads] [--out FILE]".into()),
        }
    }
    let extent = if quick { &QUICK } else { &FULL };
    let before = load();
    let mut figures: Vec<Figure> = Vec::new();
    type Part = fn(&Extent, &mut Vec<Figure>) -> Outcome;
    let parts: [(&str, Part); 3] =
        [("imports", imports::measure), ("writes", writes::measure), ("reads", reads::measure)];
    for (name, part) in parts {
        if only.as_deref().is_none_or(|only| only == name) {
            eprintln!("measuring {name} …");
            part(extent, &mut figures)?;
        }
    }
    println!("{}", table(&figures));
    let machine = machine();
    println!("{machine}; load {before} before, {} after", load());
    if cfg!(debug_assertions) {
        println!("This is a debug build: its figures say nothing.");
    }
    let report = json!({
        "schema": "gloss-bench/1",
        "version": env!("CARGO_PKG_VERSION"),
        "machine": machine,
        "load": { "before": before, "after": load() },
        "quick": quick,
        "figures": figures.iter().map(Figure::json).collect::<Vec<_>>(),
    });
    if let Some(folder) = out.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&out, serde_json::to_string_pretty(&report)? + "\n")?;
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
fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("unknown").to_owned()
}
