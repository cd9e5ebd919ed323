//! Reads files in a process of its own, so that a file can neither end the program nor hang it, nor reach anything that
//! lies open in it. The process is this program again, started with one word (`worker.rs`); it gets the bytes on its
//! standard input, answers on its standard output and ends. Whatever else happens to it is a refusal. Plain text and
//! Markdown are read here: at once, by small readers. Deliberately absent: a process that waits for the next file.

pub(crate) mod worker;

use gloss_core::env::Reader;
use gloss_core::import::{self, MAX_BYTES, Refusal};
use gloss_core::provenance::{Fault, List};
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use worker::{MEMORY, NO_LIMITS, SECONDS, WORD, Wanted};

/// The longest answer that is listened to, in bytes: the longest text, and as much again three times for its structure.
const LONGEST_ANSWER: u64 = 4 * MAX_BYTES as u64;

/// As much of what the process complains about as is looked at, in bytes.
const LONGEST_COMPLAINT: u64 = 4096;

/// What is wrong when the process ended well, but its answer says nothing.
const NO_ANSWER: &str = "its reader gave no whole answer";

/// What a process of this program says when its memory is at an end.
const OUT_OF_MEMORY: &str = "memory allocation of";

/// A reader that stops when `cancelled` becomes true.
pub(crate) fn reader(cancelled: Arc<AtomicBool>) -> Arc<Reader> {
    Arc::new(move |name, bytes, options| {
        if bytes.len() > MAX_BYTES || import::is_plain(name, bytes) {
            return import::import_with(name, bytes, options);
        }
        let request = worker::request(name, bytes, Wanted::Document(options));
        let answer = answered(worker()?, request, Duration::from_secs(SECONDS), &cancelled)?;
        import::told(&answer).unwrap_or_else(|| Err(Refusal::Damaged { reason: NO_ANSWER.into() }))
    })
}

/// Reads a file that says where other files come from.
pub(crate) fn sources(name: &str, bytes: &[u8]) -> Result<List, Fault> {
    let request = worker::request(name, bytes, Wanted::Sources);
    let never = AtomicBool::new(false);
    let answer = worker()
        .and_then(|command| answered(command, request, Duration::from_secs(SECONDS), &never))
        .map_err(|refusal| {
            Fault::Unreadable(match refusal {
                Refusal::TookTooLong { seconds } => format!("reading it took longer than {seconds} seconds"),
                Refusal::TooMuch { limit } => format!("reading it needed more than {} MiB of memory", limit >> 20),
                Refusal::NoReader { reason } => format!("the program's reader could not be started ({reason})"),
                _ => "the program's reader fell over it".into(),
            })
        })?;
    serde_json::from_slice(&answer).unwrap_or_else(|_| Err(Fault::Unreadable(NO_ANSWER.into())))
}

/// The process that reads.
fn worker() -> Result<Command, Refusal> {
    let mut command = Command::new(own_binary().map_err(no_reader)?);
    command.arg(WORD);
    Ok(command)
}

/// This program, also when its file was replaced since it started.
pub(crate) fn own_binary() -> io::Result<PathBuf> {
    let running = PathBuf::from("/proc/self/exe");
    if cfg!(target_os = "linux") && running.exists() {
        return Ok(running);
    }
    std::env::current_exe()
}

fn no_reader(error: io::Error) -> Refusal {
    Refusal::NoReader { reason: error.kind().to_string() }
}

/// How the process came to its end.
enum End {
    Itself(ExitStatus),
    Late,
    Stopped,
}

/// Starts the process, gives it the request and waits for its answer, at most so long and until it is cancelled.
fn answered(
    mut command: Command,
    request: Vec<u8>,
    longest: Duration,
    cancelled: &AtomicBool,
) -> Result<Vec<u8>, Refusal> {
    command.env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(no_reader)?;
    let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(mut input), Some(output), Some(complaints)) = pipes else {
        return Err(no_reader(io::ErrorKind::BrokenPipe.into()));
    };
    let (end, answer, complaint) = thread::scope(|scope| {
        // A process that ends before it has read everything says by its end what was wrong.
        scope.spawn(move || drop(input.write_all(&request)));
        let answer = scope.spawn(move || start_of(output, LONGEST_ANSWER));
        let complaint = scope.spawn(move || start_of(complaints, LONGEST_COMPLAINT));
        let end = wait(&mut child, Instant::now() + longest, cancelled);
        (end, answer.join().unwrap_or_default(), complaint.join().unwrap_or_default())
    });
    match end.map_err(no_reader)? {
        End::Stopped => Err(Refusal::Stopped),
        End::Late => Err(Refusal::TookTooLong { seconds: longest.as_secs() }),
        End::Itself(status) if status.success() => Ok(answer),
        End::Itself(status) => Err(fallen(status, &String::from_utf8_lossy(&complaint))),
    }
}

/// The start of what a process says.
fn start_of(pipe: impl Read, longest: u64) -> Vec<u8> {
    let mut said = Vec::new();
    // What was said before the pipe broke is all there is.
    let _ = pipe.take(longest).read_to_end(&mut said);
    said
}

/// Waits until the process has ended; one that is late or not wanted any more is ended.
fn wait(child: &mut Child, deadline: Instant, cancelled: &AtomicBool) -> io::Result<End> {
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(End::Itself(status));
        }
        let end = match (cancelled.load(Ordering::SeqCst), Instant::now() >= deadline) {
            (true, _) => End::Stopped,
            (false, true) => End::Late,
            (false, false) => {
                thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(20));
                continue;
            }
        };
        child.kill()?;
        child.wait()?;
        return Ok(end);
    }
}

/// What it means that the process did not end as it should.
fn fallen(status: ExitStatus, complaint: &str) -> Refusal {
    if complaint.contains(OUT_OF_MEMORY) {
        return Refusal::TooMuch { limit: MEMORY };
    }
    if worker::was_late(status) {
        return Refusal::TookTooLong { seconds: SECONDS };
    }
    match status.code() {
        Some(code) if code == i32::from(NO_LIMITS) => {
            Refusal::NoReader { reason: "the system does not let it limit itself".into() }
        }
        _ => Refusal::Crashed,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(line: &str, longest: Duration, cancelled: bool) -> Result<Vec<u8>, Refusal> {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", line]);
        answered(command, vec![b'x'; 1 << 20], longest, &AtomicBool::new(cancelled))
    }

    #[test]
    fn whatever_befalls_the_process_is_a_refusal() {
        let ample = Duration::from_secs(600);
        let late = Refusal::TookTooLong { seconds: 0 };
        assert_eq!(shell("exec /bin/sleep 600", Duration::from_millis(50), false), Err(late));
        assert_eq!(shell("exec /bin/sleep 600", ample, true), Err(Refusal::Stopped));
        for fall in ["kill -KILL $$", "kill -SEGV $$", "exit 1", "exit 101"] {
            assert_eq!(shell(fall, ample, false), Err(Refusal::Crashed), "{fall}");
        }
        let late = Refusal::TookTooLong { seconds: SECONDS };
        assert_eq!(shell("kill -XCPU $$", ample, false), Err(late));
        let memory = "echo memory allocation of 9 bytes failed >&2; kill -ABRT $$";
        assert_eq!(shell(memory, ample, false), Err(Refusal::TooMuch { limit: MEMORY }));
        for nonsense in ["exit 0", "echo Certainly."] {
            let answer = shell(nonsense, ample, false).expect("it ended well");
            assert_eq!(import::told(&answer), None, "{nonsense}");
        }
        let missing = answered(Command::new("/nowhere"), Vec::new(), ample, &AtomicBool::new(false));
        assert!(matches!(missing, Err(Refusal::NoReader { .. })));
    }
}
