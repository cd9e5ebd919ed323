//! A project in a folder of its own, and the binary to run on it: no screen, no person's settings, no other project.

use gloss_core::env::Env;
use gloss_core::project::Project;
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A text with a repeated word, an emoji of several code points, and letters beyond ASCII.
pub(crate) const TEXT: &str = "Oil and gas exports rose in 2023.\n\nОтношения улучшились. 한국은 우려를 표명했다.\n\n\
                        The family 👨‍👩‍👧 of treaties grew; oil was named twice.\n";

pub(crate) struct Bench {
    pub(crate) folder: TempDir,
}

impl Bench {
    /// An empty folder; the project is made by the first import.
    pub(crate) fn new() -> Bench {
        Bench { folder: tempfile::tempdir().expect("a folder") }
    }

    /// An empty project, as *New project* in the window makes it.
    pub(crate) fn empty() -> Bench {
        let bench = Bench::new();
        Project::create(&bench.project(), Env::system()).expect("a project");
        bench
    }

    /// The names of all that is in the folder.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).expect("the folder").flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The binary on this project where no file can grow beyond so many blocks of 512 bytes, which stands for a full disk.
    #[cfg(unix)]
    pub(crate) fn on_full_disk(&self, blocks: u32, words: &[&str]) -> Output {
        let mut command = clean("/bin/sh", self.folder.path());
        let line = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        command.env("GLOSS_PROJECT", self.project()).args(["-c", &line, env!("CARGO_BIN_EXE_gloss")]).args(words);
        command.output().expect("the binary runs")
    }

    /// A project with [`TEXT`] imported, and the document's id.
    pub(crate) fn with_text() -> (Bench, String) {
        let bench = Bench::new();
        let document = bench.import("text.txt", TEXT.as_bytes());
        (bench, document)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn project(&self) -> PathBuf {
        self.path("project.gloss")
    }

    /// Writes a file and returns its path as text.
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("a file");
        path.to_str().expect("a plain name").to_owned()
    }

    /// Writes a file and imports it; the document's id.
    pub(crate) fn import(&self, name: &str, bytes: &[u8]) -> String {
        let file = self.file(name, bytes);
        self.ok(&["import", &file]).trim().to_owned()
    }

    /// The binary on this project, with nothing of the machine's around it.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = clean(env!("CARGO_BIN_EXE_gloss"), self.folder.path());
        command.env("GLOSS_PROJECT", self.project()).args(words);
        command
    }

    pub(crate) fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().expect("the binary runs")
    }

    /// Runs a subcommand with these bytes on standard input.
    pub(crate) fn fed(&self, words: &[&str], input: &[u8]) -> Output {
        let mut command = self.command(words);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        child.stdin.take().expect("a pipe").write_all(input).expect("it reads");
        child.wait_with_output().expect("it ends")
    }

    /// Runs a subcommand that must succeed quietly; its output.
    #[track_caller]
    pub(crate) fn ok(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert_eq!(stderr(&output), "", "{words:?}");
        assert_eq!(output.status.code(), Some(0), "{words:?}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Runs a subcommand with --json that must succeed; its result.
    #[track_caller]
    pub(crate) fn json(&self, words: &[&str]) -> Value {
        let output = self.ok(&[words, &["--json"]].concat());
        serde_json::from_str(&output).unwrap_or_else(|error| panic!("{words:?}: {error}: {output}"))
    }

    /// Runs a subcommand that must be refused and change nothing; the error's code.
    #[track_caller]
    pub(crate) fn refused(&self, words: &[&str]) -> String {
        let before = self.everything();
        let (code, message) = refusal(&self.run(&[words, &["--json"]].concat()), words);
        let people = self.run(words);
        assert_eq!(people.status.code(), Some(1), "{words:?}");
        assert_eq!(stderr(&people), format!("gloss: {message}\n"), "{words:?}");
        assert_eq!(self.everything(), before, "{words:?} changed something");
        code
    }

    /// All that a person made, and its history.
    pub(crate) fn everything(&self) -> Vec<Value> {
        let lines = ["documents", "highlights", "links", "tags", "relations", "history"];
        let input: String = lines.iter().map(|word| json!([word]).to_string() + "\n").collect();
        let output = self.fed(&["batch"], input.as_bytes());
        replies(&output)
    }
}

/// A binary without a screen and with folders of its own.
pub(crate) fn clean(binary: impl AsRef<Path>, folder: &Path) -> Command {
    let mut command = Command::new(binary.as_ref());
    for variable in ["DISPLAY", "WAYLAND_DISPLAY", "GLOSS_PROJECT"] {
        command.env_remove(variable);
    }
    for (variable, inside) in [
        ("HOME", "home"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_RUNTIME_DIR", "run"),
    ] {
        command.env(variable, folder.join(inside));
    }
    command.current_dir(folder).stdin(Stdio::null());
    command
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The code and the sentence of an output that is a refusal in JSON.
#[track_caller]
pub(crate) fn refusal(output: &Output, words: &[&str]) -> (String, String) {
    assert_eq!(output.status.code(), Some(1), "{words:?}: {}", stderr(output));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{words:?}");
    let complaint = stderr(output);
    assert_eq!(complaint.lines().count(), 1, "{words:?}: {complaint}");
    let error: Value = serde_json::from_str(&complaint).unwrap_or_else(|_| panic!("{words:?}: no JSON: {complaint}"));
    let text = |key: &str| error["error"][key].as_str().expect("text").to_owned();
    assert!(text("message").ends_with('.'), "{words:?}: no whole sentence: {}", text("message"));
    (text("code"), text("message"))
}

/// The replies of a batch, one a line.
#[track_caller]
pub(crate) fn replies(output: &Output) -> Vec<Value> {
    let lines = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    lines.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect()
}

/// Whether this is the superuser, whom permissions do not stop.
#[cfg(unix)]
fn is_superuser() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// The binary on this project as somebody whom permissions stop: the person itself, or nobody when that is the
/// superuser. Everything in the folder is readable, and writable only where the test says so.
#[cfg(unix)]
pub(crate) fn bound(bench: &Bench, words: &[&str]) -> Output {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    if !is_superuser() {
        return bench.run(words);
    }
    let elsewhere = tempfile::tempdir().expect("a folder");
    std::fs::set_permissions(elsewhere.path(), PermissionsExt::from_mode(0o755)).expect("entered by all");
    let binary = elsewhere.path().join("gloss");
    std::fs::copy(env!("CARGO_BIN_EXE_gloss"), &binary).expect("a copy that nobody can reach");
    let mut command = clean(&binary, bench.folder.path());
    command.env("GLOSS_PROJECT", bench.project()).args(words).uid(NOBODY).gid(NOBODY);
    command.output().expect("the binary runs")
}

/// Gives a file or folder to whom [`bound`] runs as, with these permissions.
#[cfg(unix)]
pub(crate) fn give(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    if is_superuser() {
        std::os::unix::fs::chown(path, Some(65_534), Some(65_534)).expect("given away");
    }
    std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).expect("permissions");
}
