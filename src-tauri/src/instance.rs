//! One window a project: the first window of a project holds a lock and listens on a socket; a second start asks it to
//! come forward and leaves. The lock decides, because the system lets go of it when a process dies; the socket only
//! carries the request. Where there are no Unix sockets every start gets its own window, and SQLite keeps them apart.
//! Deliberately absent: any request besides "come forward".

use std::path::Path;

/// What a start finds.
pub(crate) enum Claim {
    /// This is the project's window. Held until dropped.
    First(Window),
    /// Another process shows the project and has come forward.
    Second,
}

#[cfg(unix)]
mod unix {
    use super::Claim;
    use gloss_core::private;
    use sha2::{Digest, Sha256};
    use std::fs::{File, TryLockError};
    use std::io::{Read, Write};
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::net::{UnixListener, UnixStream};
    use std::path::{Path, PathBuf};
    use std::time::{Duration, Instant};
    use tauri::async_runtime::JoinHandle;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    /// How long a second start waits for the first to answer: a window that is just starting needs up to a second.
    const PATIENCE: Duration = Duration::from_secs(5);
    /// How often it tries meanwhile.
    const RETRY: Duration = Duration::from_millis(50);
    /// The request and its answer.
    const FOCUS: &[u8; 5] = b"focus";
    const DONE: &[u8; 4] = b"done";

    /// The claim of a project's only window.
    pub(crate) struct Window {
        socket: PathBuf,
        listener: Option<UnixListener>,
        task: Option<JoinHandle<()>>,
        _lock: Option<File>,
    }

    impl Window {
        /// Calls `forward` at each request from now on.
        pub(crate) fn listen(&mut self, forward: impl Fn() + Send + 'static) {
            let Some(listener) = self.listener.take() else { return };
            self.task = Some(tauri::async_runtime::spawn(async move {
                let Ok(listener) = tokio::net::UnixListener::from_std(listener) else { return };
                while let Ok((mut stream, _)) = listener.accept().await {
                    let mut request = [0; FOCUS.len()];
                    let read = tokio::time::timeout(RETRY, stream.read_exact(&mut request)).await;
                    if matches!(read, Ok(Ok(_))) && &request == FOCUS {
                        forward();
                        let _ = tokio::time::timeout(RETRY, stream.write_all(DONE)).await;
                    }
                }
            }));
        }

        /// A window that nobody can ask, for where no socket can be made.
        fn alone() -> Window {
            Window { socket: PathBuf::new(), listener: None, task: None, _lock: None }
        }
    }

    impl Drop for Window {
        fn drop(&mut self) {
            if let Some(task) = self.task.take() {
                task.abort();
            }
            if self._lock.is_some() {
                let _ = std::fs::remove_file(&self.socket);
            }
        }
    }

    /// Claims the project whose canonical path is given, or brings its window forward.
    pub(crate) fn claim(project: &Path) -> Claim {
        let Some(folder) = folder() else { return Claim::First(Window::alone()) };
        claim_in(&folder, project)
    }

    fn claim_in(folder: &Path, project: &Path) -> Claim {
        let name: String = Sha256::digest(project.as_os_str().as_encoded_bytes())
            .iter()
            .take(16) // 128 bits tell projects apart, and a socket's path must stay under 108 bytes
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let socket = folder.join(format!("{name}.socket"));
        let Ok(lock) = File::create(folder.join(format!("{name}.lock"))) else { return Claim::First(Window::alone()) };
        let end = Instant::now() + PATIENCE;
        loop {
            match lock.try_lock() {
                Ok(()) => {
                    let _ = std::fs::remove_file(&socket); // left by a process that died
                    let listener = UnixListener::bind(&socket).ok().filter(|l| l.set_nonblocking(true).is_ok());
                    return Claim::First(Window { socket, listener, task: None, _lock: Some(lock) });
                }
                Err(TryLockError::WouldBlock) if ask(&socket).is_ok() => return Claim::Second,
                Err(TryLockError::WouldBlock) if Instant::now() < end => std::thread::sleep(RETRY),
                Err(_) => return Claim::First(Window::alone()),
            }
        }
    }

    /// Asks the window behind the socket to come forward, and waits until it did.
    fn ask(socket: &Path) -> std::io::Result<()> {
        let mut stream = UnixStream::connect(socket)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(FOCUS)?;
        let mut answer = [0; DONE.len()];
        stream.read_exact(&mut answer)
    }

    /// A folder that belongs to this person alone: the runtime folder, otherwise one in the temporary folder.
    fn folder() -> Option<PathBuf> {
        let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_absolute());
        let folder = match runtime {
            Some(runtime) => runtime.join("org.gloss.desktop"),
            None => std::env::temp_dir().join(format!("org.gloss.desktop-{}", user()?)),
        };
        private::create_folder(&folder).ok()?;
        let found = std::fs::symlink_metadata(&folder).ok()?;
        // Somebody else could have made a folder of this name to listen in.
        let ours = found.is_dir() && found.uid() == user()? && found.permissions().mode() & 0o077 == 0;
        ours.then_some(folder)
    }

    /// The number of the person who runs this process.
    fn user() -> Option<u32> {
        let own = if cfg!(target_os = "linux") { PathBuf::from("/proc/self") } else { dirs::home_dir()? };
        Some(std::fs::metadata(own).ok()?.uid())
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use std::sync::Arc;
        use std::sync::atomic::{AtomicU32, Ordering};

        #[test]
        fn a_second_start_brings_the_first_forward_until_it_is_gone() {
            let folder = tempfile::tempdir().expect("a folder");
            let project = Path::new("/projects/one.gloss");
            let forward = Arc::new(AtomicU32::new(0));
            let Claim::First(mut first) = claim_in(folder.path(), project) else { panic!("nobody was there") };
            let count = forward.clone();
            first.listen(move || {
                count.fetch_add(1, Ordering::SeqCst);
            });
            assert!(matches!(claim_in(folder.path(), project), Claim::Second));
            assert_eq!(forward.load(Ordering::SeqCst), 1);
            assert!(matches!(claim_in(folder.path(), Path::new("/projects/two.gloss")), Claim::First(_)));
            drop(first);
            assert!(matches!(claim_in(folder.path(), project), Claim::First(_)));
            assert_eq!(forward.load(Ordering::SeqCst), 1);
        }

        #[test]
        fn a_socket_that_a_dead_process_left_is_in_nobodys_way() {
            let folder = tempfile::tempdir().expect("a folder");
            let project = Path::new("/projects/one.gloss");
            let Claim::First(mut first) = claim_in(folder.path(), project) else { panic!("nobody was there") };
            let socket = first.socket.clone();
            first._lock = None; // as the system does when a process dies: the lock goes, the socket stays
            drop(first);
            assert!(socket.exists());
            assert!(matches!(claim_in(folder.path(), project), Claim::First(_)));
        }
    }
}

#[cfg(unix)]
pub(crate) use unix::Window;

/// Claims the project whose canonical path is given, or brings its window forward.
#[cfg(unix)]
pub(crate) fn claim(project: &Path) -> Claim {
    unix::claim(project)
}

/// Where there are no Unix sockets: nobody listens.
#[cfg(not(unix))]
pub(crate) struct Window;

#[cfg(not(unix))]
impl Window {
    /// Nobody can ask.
    pub(crate) fn listen(&mut self, _forward: impl Fn() + Send + 'static) {}
}

/// Every start is the first.
#[cfg(not(unix))]
pub(crate) fn claim(_project: &Path) -> Claim {
    Claim::First(Window)
}
