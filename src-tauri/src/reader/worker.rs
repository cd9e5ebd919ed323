//! The process that reads one file: first it gives up what it does not need, then it reads its request, and tells what
//! became of the file. It holds no project, and can open none: no file and no socket, for it may have no descriptor
//! more. Deliberately absent: messages for people; whoever started it says what went wrong.

use gloss_core::import::{self, MAX_BYTES, Options};
use gloss_core::provenance;
use std::io::{self, Read, Write};
use std::process::{ExitCode, ExitStatus};

/// The one word that starts this program as a reader. No subcommand, and in no help: it is not for people.
pub(crate) const WORD: &str = "--import-worker";

/// How long a file may be read, in seconds.
pub(crate) const SECONDS: u64 = 60;

/// How much memory the process may have in all, in bytes.
pub(crate) const MEMORY: u64 = 1 << 30;

/// The status of a process that could not limit itself.
pub(crate) const NO_LIMITS: u8 = 3;

/// What a file is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// A document.
    Document(Options),
    /// A list of sources that says where other files come from.
    Sources,
}

impl Wanted {
    const ALL: [Wanted; 3] = [
        Wanted::Document(Options { whole_page: false }),
        Wanted::Document(Options { whole_page: true }),
        Wanted::Sources,
    ];
}

/// The request to read a file: its name after the name's length in eight bytes, lowest first; one byte for what is wanted;
/// the file's bytes after their length.
pub(crate) fn request(name: &str, bytes: &[u8], wanted: Wanted) -> Vec<u8> {
    let mut request = Vec::with_capacity(name.len() + bytes.len() + 17);
    request.extend_from_slice(&(name.len() as u64).to_le_bytes());
    request.extend_from_slice(name.as_bytes());
    request.extend(Wanted::ALL.iter().zip(0u8..).filter(|(one, _)| **one == wanted).map(|(_, number)| number));
    request.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
    request.extend_from_slice(bytes);
    request
}

/// What a request asks for; `None` when it is not whole.
fn asked(request: &[u8]) -> Option<(&str, &[u8], Wanted)> {
    let (name, rest) = part(request)?;
    let (number, rest) = rest.split_first()?;
    let (bytes, rest) = part(rest)?;
    let wanted = *Wanted::ALL.get(usize::from(*number))?;
    rest.is_empty().then_some((str::from_utf8(name).ok()?, bytes, wanted))
}

fn part(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)
}

/// Reads one request and answers it.
pub(crate) fn run() -> ExitCode {
    /// The longest request: a file's bytes, its name, and the lengths.
    const LONGEST: u64 = MAX_BYTES as u64 + (64 << 10);
    if let Err(error) = narrow() {
        return failed(NO_LIMITS, &format!("the reader could not limit itself: {error}"));
    }
    let mut bytes = Vec::new();
    if let Err(error) = io::stdin().lock().take(LONGEST).read_to_end(&mut bytes) {
        return failed(1, &format!("the request could not be read: {error}"));
    }
    let Some((name, bytes, wanted)) = asked(&bytes) else {
        return failed(1, "there is no whole request on standard input");
    };
    let answer = match wanted {
        Wanted::Document(options) => import::tell(&import::import_with(name, bytes, options)),
        Wanted::Sources => match serde_json::to_vec(&provenance::read(name, bytes)) {
            Ok(answer) => answer,
            Err(error) => return failed(1, &format!("the answer could not be made: {error}")),
        },
    };
    let mut output = io::stdout().lock();
    match output.write_all(&answer).and_then(|()| output.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(1, &format!("the answer could not be written: {error}")),
    }
}

fn failed(status: u8, sentence: &str) -> ExitCode {
    // Nobody is left to be told when standard error is closed.
    let _ = writeln!(io::stderr(), "gloss: {sentence}");
    ExitCode::from(status)
}

/// Gives up for good what reading a file does not need. A limit that is narrower already stays.
#[cfg(unix)]
fn narrow() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let lower = |resource, soft: u64, hard: u64| {
        let now = getrlimit(resource);
        let least = |now: Option<u64>, limit: u64| Some(now.map_or(limit, |now| now.min(limit)));
        setrlimit(resource, Rlimit { current: least(now.current, soft), maximum: least(now.maximum, hard) })
    };
    #[cfg(target_os = "linux")]
    {
        rustix::thread::set_no_new_privs(true)?;
        // It does not outlive who asked.
        rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    }
    #[cfg(not(target_os = "macos"))]
    lower(Resource::As, MEMORY, MEMORY)?;
    // The first limit says that it was time; the second would only say that it was killed.
    lower(Resource::Cpu, SECONDS, SECONDS + 1)?;
    lower(Resource::Core, 0, 0)?;
    lower(Resource::Fsize, 0, 0)?;
    // What is open stays open: the three standard streams.
    lower(Resource::Nofile, 0, 0)?;
    Ok(())
}

#[cfg(not(unix))]
fn narrow() -> io::Result<()> {
    Ok(())
}

/// Whether the process ended because it had used up its time.
#[cfg(unix)]
pub(crate) fn was_late(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.signal() == Some(rustix::process::Signal::XCPU.as_raw())
}

#[cfg(not(unix))]
pub(crate) fn was_late(_: ExitStatus) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_as_it_was_made_or_not_at_all() {
        for wanted in Wanted::ALL {
            let whole = request("Отчёт.html", b"<p>One.", wanted);
            assert_eq!(asked(&whole), Some(("Отчёт.html", &b"<p>One."[..], wanted)));
        }
        let whole = request("Отчёт.html", b"<p>One.", Wanted::Sources);
        for end in 0..whole.len() {
            assert_eq!(asked(&whole[..end]), None, "{end}");
        }
        assert_eq!(asked(&[&whole[..], b"x"].concat()), None);
    }
}
