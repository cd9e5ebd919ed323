//! How fast the core is, through the same door as the window: `core_speed [--quick] [--out FILE]`.
//!
//! Build it in release. It prints a table and writes the same as JSON, by default beside the build. It judges nothing by
//! failing: a busy machine says little about the program; the floor of the same run says how busy it was.

mod imports;
mod reads;
mod versions;
mod writes;

pub(crate) use gloss_bench::Outcome;
use gloss_bench::figures::Figure;
use gloss_bench::report;
use std::process::ExitCode;

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
    let mut out = report::place("core.json")?;
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match (word.as_str(), words.size_hint()) {
            ("--quick", _) => quick = true,
            ("--out", _) => out = words.next().ok_or("--out needs a file")?.into(),
            ("--only", _) => only = Some(words.next().ok_or("--only needs one of: imports, writes, reads, versions")?),
            _ => return Err("usage: core_speed [--quick] [--only imports|writes|reads|versions] [--out FILE]".into()),
        }
    }
    let extent = if quick { &QUICK } else { &FULL };
    let before = report::load();
    let mut figures: Vec<Figure> = Vec::new();
    type Part = fn(&Extent, &mut Vec<Figure>) -> Outcome;
    let parts: [(&str, Part); 4] = [
        ("imports", imports::measure),
        ("writes", writes::measure),
        ("reads", reads::measure),
        ("versions", versions::measure),
    ];
    for (name, part) in parts {
        if only.as_deref().is_none_or(|only| only == name) {
            eprintln!("measuring {name} …");
            part(extent, &mut figures)?;
        }
    }
    let name = if quick { "the core, quick" } else { "the core" };
    report::write(&out, name, &before, &figures)
}
