//! The processes that a window needs around it: a virtual display and a message bus. Each ends when it is dropped, also
//! when a story fails; all stay in the test's own process group, so that an interrupted run takes them along.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A process that ends when this is dropped.
pub(crate) struct Process(Child);

impl Process {
    /// Starts it.
    pub(crate) fn start(command: &mut Command) -> Process {
        match command.spawn() {
            Ok(child) => Process(child),
            Err(error) => panic!("{} could not be started: {error}", command.get_program().display()),
        }
    }

    /// Starts it and waits for the one line that it says when it is ready.
    fn start_and_hear(command: &mut Command) -> (Process, String) {
        let mut process = Process::start(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()));
        let mut line = String::new();
        if let Some(said) = process.0.stdout.take() {
            // An error leaves the line empty, which is what is complained about below.
            let _ = BufReader::new(said).read_line(&mut line);
        }
        let line = line.trim().to_owned();
        assert!(!line.is_empty(), "{} ended before it was ready", command.get_program().display());
        (process, line)
    }

    /// The number of the process.
    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The screen of the virtual display; room for the largest window of a story.
const SCREEN: &str = "1600x1200x24";

/// A virtual display of its own.
pub(crate) struct Display {
    _server: Process,
    /// Such as `:99`.
    pub(crate) name: String,
}

impl Display {
    pub(crate) fn start() -> Display {
        let (server, number) = Process::start_and_hear(Command::new("Xvfb").args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            SCREEN,
            "-nolisten",
            "tcp",
            "-noreset",
        ]));
        Display { _server: server, name: format!(":{number}") }
    }
}

/// A message bus of its own.
pub(crate) struct Bus {
    _daemon: Process,
    pub(crate) address: String,
}

impl Bus {
    pub(crate) fn start() -> Bus {
        let (daemon, address) = Process::start_and_hear(Command::new("dbus-daemon").args([
            "--session",
            "--nofork",
            "--nopidfile",
            "--print-address=1",
        ]));
        Bus { _daemon: daemon, address }
    }
}

/// The processes that a process has started and that still run.
pub(crate) fn children_of(parent: u32) -> Vec<u32> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|&process| parent_of(process) == Some(parent))
        .collect()
}

/// Whether a process is the one in which the engine lays out and runs a page.
pub(crate) fn is_page(process: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{process}/comm")).is_ok_and(|name| name.starts_with("WebKitWebProces"))
}

/// A sum of a process's memory, such as `Pss`, in MiB; 0 where the system does not say.
pub(crate) fn mebibytes(process: u32, sum: &str) -> f64 {
    let maps = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
    let line = maps.lines().find_map(|line| line.strip_prefix(sum)?.strip_prefix(':'));
    let kibibytes: f64 = line.and_then(|rest| rest.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or_default();
    kibibytes / 1024.0
}

/// Whether a process runs; one that ended and was not yet waited for does not.
pub(crate) fn runs(process: u32) -> bool {
    stat(process).is_some_and(|stat| !stat.starts_with('Z'))
}

fn parent_of(process: u32) -> Option<u32> {
    stat(process)?.split(' ').nth(1)?.parse().ok()
}

/// State, parent and more of a process: what comes after its name, which may have blanks in it.
fn stat(process: u32) -> Option<String> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    Some(stat.rsplit_once(") ")?.1.to_owned())
}

/// Ends a process at once, without a chance to save anything.
pub(crate) fn kill(process: u32) {
    send(process, "KILL");
}

/// Sends a signal to a process.
pub(crate) fn send(process: u32, signal: &str) {
    // It may have ended by itself.
    let _ = Command::new("kill").args([&format!("-{signal}"), &process.to_string()]).stderr(Stdio::null()).status();
}
