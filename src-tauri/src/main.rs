//! The program `gloss`. Everything is in the library beside it, so that tests can reach the list of desktop commands.

use std::process::ExitCode;

fn main() -> ExitCode {
    gloss_shell::main()
}
