//! A process that holds the project open while the window may lose its locks on it. On Unix a process loses its locks on
//! a file as soon as any part of it closes any descriptor of that file, and the desktop's file dialogs, which run in our
//! process, look into every file of a folder that they list. To others the project then seems closed: a command line
//! that ends takes the write-ahead log away, and what the window writes after that is written to a file that is gone.
//! So before a dialog is shown this program is started once more, with one word and the path of the project. It opens
//! the project, says so, and waits until the window lets go of it or ends. Deliberately absent: any other use of the
//! project, and any file besides.

use crate::reader::own_binary;
use gloss_core::env::Env;
use gloss_core::project::Project;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};

/// The one word that starts this program as a keeper. No subcommand, and in no help: it is not for people.
pub(crate) const WORD: &str = "--keep-open";

/// What it says when it holds the project.
const HELD: &[u8; 4] = b"held";

/// The process. It lets go of the project, and ends, when this is dropped.
pub(crate) struct Keeper(Child);

impl Keeper {
    /// Starts it, and waits until it holds the project at this path.
    pub(crate) fn start(project: &Path) -> io::Result<Keeper> {
        let mut command = Command::new(own_binary()?);
        command.arg(WORD).arg(project).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut keeper = Keeper(command.spawn()?);
        let mut said = [0; HELD.len()];
        match keeper.0.stdout.as_mut() {
            Some(output) => output.read_exact(&mut said)?,
            None => return Err(io::ErrorKind::BrokenPipe.into()),
        }
        if &said == HELD { Ok(keeper) } else { Err(io::ErrorKind::InvalidData.into()) }
    }

    /// Whether it still runs.
    pub(crate) fn runs(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        // The end of its input is its sign. It may be the last to close the project, so its end is waited for.
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// Holds the project at the path that follows the word until standard input ends.
pub(crate) fn run() -> ExitCode {
    let Some(path) = std::env::args_os().nth(2) else { return ExitCode::FAILURE };
    let Ok(project) = Project::open(Path::new(&path), Env::system()) else { return ExitCode::FAILURE };
    // The first look takes the locks.
    if project.changes_outside().is_err() {
        return ExitCode::FAILURE;
    }
    let mut output = io::stdout().lock();
    if output.write_all(HELD).and_then(|()| output.flush()).is_err() {
        return ExitCode::FAILURE;
    }
    let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
    drop(project);
    ExitCode::SUCCESS
}
