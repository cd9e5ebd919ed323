//! Where a person sits: a display, a message bus, a home and a project of their own. Nothing of the person who runs the
//! tests is read or written. Deliberately absent: the window, which may be opened and closed many times at one seat.

use crate::machine::{Bus, Display};
use crate::window::Window;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A display with folders around it.
pub struct Seat {
    folder: TempDir,
    pub(crate) display: Display,
    bus: Bus,
    project: Option<PathBuf>,
    program: Option<PathBuf>,
}

impl Seat {
    /// A seat with a project of its own, empty until somebody fills it.
    pub fn new() -> Seat {
        let mut seat = Seat::of_a_newcomer();
        seat.project = Some(seat.folder().join("study.gloss"));
        seat
    }

    /// A seat at which nobody has used the program, and no project is named.
    pub fn of_a_newcomer() -> Seat {
        let folder = match tempfile::Builder::new().prefix("gloss-seat-").tempdir() {
            Ok(folder) => folder,
            Err(error) => panic!("no temporary folder: {error}"),
        };
        for name in ["home", "data", "config", "cache", "runtime", "files"] {
            if let Err(error) = std::fs::DirBuilder::new().mode(0o700).create(folder.path().join(name)) {
                panic!("no folder {name}: {error}");
            }
        }
        Seat { folder, display: Display::start(), bus: Bus::start(), project: None, program: None }
    }

    /// The same seat with another program than the one that was built beside this test.
    pub fn with_program(mut self, program: PathBuf) -> Seat {
        self.program = Some(program);
        self
    }

    /// The program that is used here.
    pub(crate) fn program(&self) -> PathBuf {
        self.program.clone().unwrap_or_else(program)
    }

    /// The folder that holds everything of this seat.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A file among the person's own, which may not exist yet.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder().join("files").join(name)
    }

    /// Writes a file among the person's own.
    pub fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let file = self.file(name);
        if let Err(error) = std::fs::write(&file, contents) {
            panic!("{} could not be written: {error}", file.display());
        }
        file
    }

    /// The project file that both the window and the command line use: the named one, or the default one.
    pub fn project(&self) -> PathBuf {
        self.project.clone().unwrap_or_else(|| self.folder().join("data/org.gloss.desktop/library.gloss"))
    }

    /// Opens the window.
    pub async fn open(&self) -> Window {
        Window::open(self).await
    }

    /// Starts the program, and does not wait until its window is ready.
    pub async fn start(&self) -> Window {
        Window::start(self, &self.program(), &[]).await
    }

    /// Starts another program with a web view.
    pub async fn open_program(&self, program: impl AsRef<Path>, arguments: &[&str]) -> Window {
        Window::start(self, program.as_ref(), arguments).await
    }

    /// A program that is started at this seat sees this and nothing else of the world.
    pub(crate) fn at_this_seat(&self, command: &mut Command) {
        let folder = |name: &str| self.folder().join(name);
        command
            .env_clear()
            .envs(std::env::vars_os().filter(|(name, _)| name == "PATH" || name == "RUST_BACKTRACE"))
            .env("HOME", folder("home"))
            .env("XDG_DATA_HOME", folder("data"))
            .env("XDG_CONFIG_HOME", folder("config"))
            .env("XDG_CACHE_HOME", folder("cache"))
            .env("XDG_RUNTIME_DIR", folder("runtime"))
            .env("TMPDIR", folder("cache"))
            .env("LANG", "C.UTF-8")
            .env("DISPLAY", &self.display.name)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus.address)
            // The accessibility bus is not there, and looking for it takes half a minute.
            .env("NO_AT_BRIDGE", "1")
            .env("GTK_A11Y", "none")
            // A virtual display has no GPU.
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .current_dir(folder("files"));
        if let Some(project) = &self.project {
            command.env("GLOSS_PROJECT", project);
        }
    }
}

impl Default for Seat {
    fn default() -> Seat {
        Seat::new()
    }
}

/// The program under test: `GLOSS_BIN`, otherwise the one that was built beside this test.
fn program() -> PathBuf {
    if let Some(named) = std::env::var_os("GLOSS_BIN").filter(|value| !value.is_empty()) {
        return PathBuf::from(named);
    }
    let here = match std::env::current_exe() {
        Ok(here) => here,
        Err(error) => panic!("the place of this test is not known: {error}"),
    };
    // Tests are in `deps`, programs beside it.
    let found = here.ancestors().skip(1).take(2).map(|folder| folder.join("gloss")).find(|path| path.is_file());
    found.unwrap_or_else(|| panic!("no program beside {}; build it first: cargo build --package gloss", here.display()))
}

/// Where screenshots go: `e2e-screenshots` in the target folder.
pub(crate) fn screenshots() -> PathBuf {
    let target = std::env::current_exe().ok().and_then(|here| {
        let build = here.ancestors().find(|folder| folder.join(".fingerprint").is_dir())?;
        build.parent().map(Path::to_path_buf)
    });
    target.unwrap_or_else(std::env::temp_dir).join("e2e-screenshots")
}
