//! `cargo xtask`: what a person or a build machine types to run, test and package Gloss, set-up included.
//!
//! Only the standard library, so that the first answer on a fresh machine comes in seconds.
//! Deliberately absent: anything that the product does. A recipe names tools, their order and what they need.

mod articles;
mod bench;
mod bundle;
mod checks;
mod compare;
mod compile;
mod contract;
mod corpus;
mod fuzz;
mod icons;
mod judge;
mod place;
mod remarks;
mod run;
mod step;
mod system;
mod test;
mod window;
mod words;

use std::process::ExitCode;

/// A recipe's end: nothing, or one sentence on why it stopped.
type Outcome = Result<(), String>;

const USAGE: &str = "\
Usage: cargo xtask RECIPE

  run [--release] [ARGUMENTS...]   build Gloss and open its window; ARGUMENTS go to gloss.
                                   Without a display: do the main job in a virtual window and
                                   print where its notes and its screenshot are.
  test                             formatting, lints, every test, the window included
  bench [--quick]                  how fast the core and the window are, beside the floor of this machine
  bundle [--debug]                 the .deb and the .rpm
  icons                            every icon size from icons/gloss.svg
  contract                         ui/src/api/contract.ts from the lists of commands
  compare [FORMAT]                 our readers against pdftotext and pandoc, on documents that packages of
                                   others ship (uses the network); FORMAT is pdf, docx, odt, rtf,
                                   office (all three), epub or html; html also measures the main
                                   text beside dom_smoothie, on pages whose text is known
  fuzz [TARGET...] [--minutes N]   everything that reads what strangers wrote, under libFuzzer; ten
                                   minutes for each target, or for those named (on Linux)

Every recipe first sets up what it needs: system packages (Debian and Ubuntu), npm packages,
the built window. What is there already is left alone.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["run", "--release", rest @ ..] => run::run(place::Build::Release, rest),
        ["run", rest @ ..] => run::run(place::Build::Debug, rest),
        ["test"] => test::test(),
        ["bench"] => bench::bench(false),
        ["bench", "--quick"] => bench::bench(true),
        ["bundle"] => bundle::bundle(place::Build::Release),
        ["bundle", "--debug"] => bundle::bundle(place::Build::Debug),
        ["icons"] => icons::icons(),
        ["contract"] => contract::contract(),
        ["compare", rest @ ..] => compare::compare(rest),
        ["fuzz", rest @ ..] => fuzz::fuzz(rest),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("\nxtask: {reason}");
            ExitCode::FAILURE
        }
    }
}
