//! `cargo xtask fuzz`: whatever reads what strangers wrote, under libFuzzer, one target after the other.
//!
//! Stable Rust is enough: the counters that guide libFuzzer are a pass of its code generator. Inputs that led further are
//! kept in the build folder, and the next run begins with them. Deliberately absent: address sanitising, since no crate of
//! ours has `unsafe` in it, and more than one process at a time.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::place::{self, Build};
use crate::system::{self, Need};
use crate::{Outcome, step};

/// Flags that put counters at every edge and look at what is compared.
const COUNTERS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing";

/// Minutes for each target unless something else is asked for.
const MINUTES: u64 = 10;

/// One input may take so many seconds, and the whole process so many mebibytes: what a reading process gets.
const LIMITS: [&str; 3] = ["-timeout=60", "-report_slow_units=60", "-rss_limit_mb=1024"];

/// Longest input in bytes.
const LONGEST: &str = "-max_len=65536";

pub(crate) fn fuzz(words: &[&str]) -> Outcome {
    let (words, minutes) = match words {
        [words @ .., "--minutes", minutes] => {
            (words, minutes.parse().map_err(|_| format!("{minutes} is no number of minutes"))?)
        }
        words => (words, MINUTES),
    };
    let known = targets()?;
    if let Some(word) = words.iter().find(|word| !known.iter().any(|name| name == *word)) {
        return Err(format!("{word} is no target; there are {}", known.join(", ")));
    }
    system::ensure(&[Need::Fuzz])?;
    let program = build()?;
    let chosen: Vec<&String> = known.iter().filter(|name| words.is_empty() || words.contains(&name.as_str())).collect();
    let mut failed = Vec::new();
    let mut lines = Vec::new();
    for target in chosen {
        let end = run(&program, target, minutes * 60)?;
        println!("{end}");
        if !end.found.is_empty() {
            failed.push(target.as_str());
        }
        lines.push(end);
    }
    println!("\n{:<10} {:>12} {:>8} {:>8} {:>6} {:>4}  found", "target", "executions", "edges", "features", "MiB", "s");
    lines.iter().for_each(|line| println!("{line}"));
    if failed.is_empty() { Ok(()) } else { Err(format!("something was found in {}", failed.join(", "))) }
}

/// The names of the targets: of each there is a folder with its first inputs.
fn targets() -> Result<Vec<String>, String> {
    let mut names: Vec<String> = list(&home().join("seeds"))?
        .iter()
        .filter_map(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()))
        .collect();
    names.sort();
    Ok(names)
}

fn home() -> PathBuf {
    place::root().join("tests/fuzz")
}

/// Where everything is that is built and found.
fn workshop() -> PathBuf {
    place::binaries(Build::Debug).with_file_name("fuzz")
}

fn build() -> Result<PathBuf, String> {
    // The same versions as in the product; what only the fuzzer needs is added to them.
    fs::copy(place::root().join("Cargo.lock"), home().join("Cargo.lock"))
        .map_err(|error| format!("Cargo.lock could not be copied: {error}"))?;
    let about = step::output(&mut step::command("rustc", &["--version", "--verbose"]))?;
    let machine = about.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc names no machine")?;
    let words = ["build", "--release", "--manifest-path", "tests/fuzz/Cargo.toml", "--target", machine, "--target-dir"];
    let folder = workshop();
    // With a target named, the flags are for the program alone and not for what builds it.
    step::run(step::cargo(&words).arg(&folder).env("RUSTFLAGS", COUNTERS))?;
    Ok(folder.join(machine).join("release/gloss-fuzz"))
}

/// How a target fared.
#[derive(Default)]
struct End {
    target: String,
    executions: String,
    edges: String,
    features: String,
    memory: String,
    /// Seconds that the slowest input took; a machine that pauses makes any input slow.
    slowest: String,
    /// Files with what ended it.
    found: Vec<PathBuf>,
}

impl std::fmt::Display for End {
    fn fmt(&self, line: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let End { target, executions, edges, features, memory, slowest, found } = self;
        write!(line, "{target:<10} {executions:>12} {edges:>8} {features:>8} {memory:>6} {slowest:>4}  ")?;
        match found.as_slice() {
            [] => line.write_str("nothing"),
            found => line.write_str(&found.iter().map(|path| place::shown(path)).collect::<Vec<_>>().join(", ")),
        }
    }
}

fn run(program: &Path, target: &str, seconds: u64) -> Result<End, String> {
    let (corpus, found) = (workshop().join("corpus").join(target), workshop().join("found").join(target));
    for folder in [&corpus, &found] {
        fs::create_dir_all(folder).map_err(|error| format!("{} could not be made: {error}", place::shown(folder)))?;
    }
    whole_files(program, target, &corpus)?;
    let before = list(&found)?;
    let mut command = step::command(program, &LIMITS);
    command.args([LONGEST, "-print_final_stats=1"]).arg(format!("-max_total_time={seconds}"));
    command.arg(format!("-artifact_prefix={}/", found.display()));
    let words = home().join("words").join(format!("{}.dict", target.trim_end_matches("-file")));
    command.arg(format!("-dict={}", words.display()));
    command.arg(&corpus).arg(home().join("seeds").join(target));
    if matches!(target, "text" | "positions") {
        command.arg(place::root().join("tests/fixtures/texts"));
    }
    if target == "project" {
        command.arg(place::root().join("tests/fixtures/projects"));
    }
    println!("\n── {target}, {seconds} s");
    let mut process = command
        .env("GLOSS_FUZZ", target)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("the fuzzer could not start: {error}"))?;
    let log = workshop().join(format!("{target}.log"));
    let mut end = End { target: target.into(), ..End::default() };
    let broken = |error: std::io::Error| format!("{} could not be written: {error}", place::shown(&log));
    let mut file = File::create(&log).map_err(broken)?;
    for line in process.stderr.take().map(BufReader::new).into_iter().flat_map(|output| output.split(b'\n')) {
        let line = String::from_utf8_lossy(&line.map_err(broken)?).into_owned();
        writeln!(file, "{line}").map_err(broken)?;
        end.listen(&line);
    }
    let status = process.wait().map_err(|error| format!("the fuzzer was lost: {error}"))?;
    end.found = list(&found)?.into_iter().filter(|path| !before.contains(path)).collect();
    if !status.success() && end.found.is_empty() {
        return Err(format!("the fuzzer ended by itself ({status}); see {}", place::shown(&log)));
    }
    Ok(end)
}

impl End {
    /// Takes what a line of the fuzzer says: `#512 NEW cov: 100 ft: 200 corp: …` or `stat::peak_rss_mb: 48`.
    fn listen(&mut self, line: &str) {
        let after = |mark: &str| line.split_once(mark)?.1.split_whitespace().next().map(str::to_owned);
        let told = line.starts_with('#');
        for (mark, place, counts) in [
            ("cov: ", &mut self.edges, told),
            ("ft: ", &mut self.features, told),
            ("stat::number_of_executed_units:", &mut self.executions, true),
            ("stat::peak_rss_mb:", &mut self.memory, true),
            ("stat::slowest_unit_time_sec:", &mut self.slowest, true),
        ] {
            if let Some(value) = after(mark).filter(|_| counts) {
                *place = value;
            }
        }
    }
}

/// Gives the targets that read whole files the documents that are made of the first inputs of the others.
fn whole_files(program: &Path, target: &str, corpus: &Path) -> Outcome {
    let from: &[&str] = match target {
        "archive" => &["docx", "epub", "odt"],
        "pdf-file" => &["pdf"],
        _ => &[],
    };
    for made in from {
        for seed in list(&home().join("seeds").join(made))? {
            let mut command = step::command(program, &[]);
            step::output(command.arg(seed).env("GLOSS_FUZZ", made).env("GLOSS_FUZZ_KEEP", corpus))?;
        }
    }
    Ok(())
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let broken = |error: std::io::Error| format!("{} could not be read: {error}", place::shown(folder));
    fs::read_dir(folder).map_err(broken)?.map(|entry| entry.map(|entry| entry.path()).map_err(broken)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_of_the_fuzzer_counts() {
        let mut end = End { target: "text".into(), ..End::default() };
        for line in [
            "INFO: seed corpus: files: 3",
            "#4\tINITED cov: 11 ft: 12 corp: 2/3b exec/s: 0 rss: 30Mb",
            "#512\tNEW    cov: 100 ft: 200 corp: 9/9b lim: 4 exec/s: 0 rss: 48Mb L: 1/2 MS: 1 ft: none",
            "stat::number_of_executed_units: 512",
            "stat::slowest_unit_time_sec:    1",
            "stat::peak_rss_mb:              48",
        ] {
            end.listen(line);
        }
        assert_eq!(
            end.to_string(),
            format!("{:<10} {:>12} {:>8} {:>8} {:>6} {:>4}  nothing", "text", 512, 100, 200, 48, 1)
        );
    }
}
