//! Documents that other people made: which packages ship them, and how they are fetched.
//!
//! Fetched at run time by the ordinary clients into the build folder, never committed. Deliberately absent: any look at
//! what is in them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, place, step};

/// Which documents are compared together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Pdf,
    Docx,
    Odt,
    Rtf,
    Epub,
    Html,
}

impl Kind {
    pub(crate) const ALL: [Kind; 6] = [Kind::Pdf, Kind::Docx, Kind::Odt, Kind::Rtf, Kind::Epub, Kind::Html];

    /// The kinds that a word on the command line means.
    pub(crate) fn named(word: &str) -> Vec<Kind> {
        let office = |kind: Kind| matches!(kind, Kind::Docx | Kind::Odt | Kind::Rtf);
        Kind::ALL.into_iter().filter(|&kind| kind.name() == word || word == "office" && office(kind)).collect()
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Pdf => "pdf",
            Kind::Docx => "docx",
            Kind::Odt => "odt",
            Kind::Rtf => "rtf",
            Kind::Epub => "epub",
            Kind::Html => "html",
        }
    }

    fn endings(self) -> &'static [&'static str] {
        match self {
            Kind::Html => &["html", "htm"],
            Kind::Pdf => &["pdf"],
            Kind::Docx => &["docx"],
            Kind::Odt => &["odt"],
            Kind::Rtf => &["rtf"],
            Kind::Epub => &["epub"],
        }
    }

    /// The share of words that must be in both readings.
    pub(crate) fn target(self) -> f64 {
        if self == Kind::Pdf { 0.98 } else { 0.99 }
    }
}

/// Where a package comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Registry {
    /// Of the release that this machine runs.
    Debian,
    /// The source of a package of Debian 12, whatever this machine runs.
    Source,
    Npm,
    Python,
    /// Of crates.io, `name@version`.
    Crate,
}

/// A package that ships documents.
pub(crate) struct Package {
    registry: Registry,
    name: &'static str,
    kinds: &'static [Kind],
    /// Of its documents only those whose path has one of these in it; all when empty.
    only: &'static [&'static str],
}

/// A package as the list below names it.
pub(crate) const fn package(
    registry: Registry,
    name: &'static str,
    kinds: &'static [Kind],
    only: &'static [&'static str],
) -> Package {
    Package { registry, name, kinds, only }
}

/// Office documents of every kind.
const OFFICE: &[Kind] = &[Kind::Docx, Kind::Odt, Kind::Rtf];

const PACKAGES: &[Package] = &[
    // Articles in one column, with running heads, sections, code, formulas and references.
    package(Registry::Debian, "r-cran-zoo", &[Kind::Pdf], &[]),
    package(Registry::Debian, "r-cran-sandwich", &[Kind::Pdf], &[]),
    package(Registry::Debian, "r-cran-lmtest", &[Kind::Pdf], &[]),
    package(Registry::Debian, "r-cran-strucchange", &[Kind::Pdf], &[]),
    package(Registry::Debian, "r-cran-lme4", &[Kind::Pdf], &["lmer.pdf"]),
    package(Registry::Debian, "r-cran-rcppeigen", &[Kind::Pdf], &[]),
    // Articles in two columns.
    package(Registry::Debian, "r-cran-rcpp", &[Kind::Pdf], &[]),
    package(Registry::Debian, "r-cran-rcpparmadillo", &[Kind::Pdf], &[]),
    package(Registry::Npm, "pdf-parse@1.1.1", &[Kind::Pdf], &["01-valid", "02-valid", "04-valid"]),
    // Books: English, German, Russian, Japanese, Chinese.
    package(Registry::Debian, "developers-reference", &[Kind::Pdf, Kind::Epub, Kind::Html], &["pdf", "epub", "html/"]),
    package(Registry::Debian, "debmake-doc", &[Kind::Pdf, Kind::Epub, Kind::Html], &[]),
    package(Registry::Debian, "debian-policy", &[Kind::Epub, Kind::Html], &[]),
    package(Registry::Debian, "live-manual-epub", &[Kind::Epub], &[]),
    package(Registry::Debian, "ubuntu-packaging-guide-epub-es", &[Kind::Epub], &[]),
    package(Registry::Debian, "ubuntu-packaging-guide-epub-ru", &[Kind::Epub], &[]),
    package(Registry::Debian, "ubuntu-packaging-guide-epub-uk", &[Kind::Epub], &[]),
    // What the makers of other readers and writers test theirs with: Word of every age, LibreOffice, Google, many scripts.
    package(Registry::Source, "pandoc", &[Kind::Docx, Kind::Odt, Kind::Rtf, Kind::Epub], &["/test/"]),
    package(Registry::Source, "libapache-poi-java", OFFICE, &["/test-data/"]),
    package(Registry::Source, "calligra", &[Kind::Odt], &[]),
    package(Registry::Source, "abiword", OFFICE, &[]),
    package(Registry::Source, "unrtf", &[Kind::Rtf], &[]),
    package(Registry::Source, "latex2rtf", &[Kind::Rtf], &[]),
    package(Registry::Source, "calibre", &[Kind::Rtf, Kind::Epub], &[]),
    package(Registry::Source, "okular", &[Kind::Epub], &[]),
    package(Registry::Npm, "mammoth@1.13.0", &[Kind::Docx], &[]),
    package(Registry::Python, "python-docx==1.2.0", &[Kind::Docx], &[]),
    package(Registry::Python, "docx-revisions==0.1.5", &[Kind::Docx], &[]),
    package(Registry::Debian, "r-cran-officer", &[Kind::Docx], &[]),
    package(Registry::Python, "odfpy==1.4.1", &[Kind::Odt], &[]),
    package(Registry::Python, "docutils==0.22.2", &[Kind::Odt, Kind::Html], &["functional/expected", "odt_"]),
    package(Registry::Debian, "fonts-sil-padauk", &[Kind::Odt], &[]),
    package(Registry::Debian, "fonts-sil-scheherazade", &[Kind::Odt], &[]),
];

/// Where the sources of Debian packages are.
const SOURCES: &str = "deb-src http://deb.debian.org/debian bookworm main\n";

/// One document: its package and file for people, and where it lies.
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
}

/// The documents of a kind, sorted by package and name; what can't be fetched is named and left out.
pub(crate) fn documents(kind: Kind) -> Result<Vec<Document>, String> {
    let mut documents = Vec::new();
    for package in PACKAGES.iter().filter(|package| package.kinds.contains(&kind)) {
        match fetched(package, &endings()) {
            Ok(folder) => list(&folder, package, kind, &mut documents)?,
            Err(reason) => println!("  left out: {} ({reason})", package.name),
        }
    }
    documents.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
    Ok(documents)
}

/// The folder for what is fetched.
pub(crate) fn shop() -> PathBuf {
    place::binaries(place::Build::Debug).with_file_name("compare")
}

/// The endings of documents of every kind.
fn endings() -> Vec<&'static str> {
    Kind::ALL.iter().flat_map(|kind| kind.endings()).copied().collect()
}

/// The folder with what a package holds of files with these endings; fetched unless it is there.
pub(crate) fn fetched(package: &Package, endings: &[&str]) -> Result<PathBuf, String> {
    let folder = shop().join(match package.registry {
        Registry::Source => format!("{}.source", package.name),
        _ => package.name.to_owned(),
    });
    if folder.is_dir() {
        return Ok(folder);
    }
    let workshop = shop().join("fetching");
    let broken = |error: std::io::Error| format!("{} could not be prepared: {error}", place::shown(&workshop));
    if workshop.exists() {
        std::fs::remove_dir_all(&workshop).map_err(broken)?;
    }
    let unpacked = workshop.join("unpacked");
    std::fs::create_dir_all(&unpacked).map_err(broken)?;
    match package.registry {
        Registry::Debian => {
            step::run(step::command("apt-get", &["download", package.name]).current_dir(&workshop))?;
        }
        Registry::Source => source(package.name, &workshop)?,
        Registry::Npm => {
            step::run(step::command("npm", &["pack", "--silent", package.name]).current_dir(&workshop))?;
        }
        Registry::Crate => {
            vendor(package.name, &workshop, &unpacked)?;
            keep_documents(&unpacked, endings)?;
            std::fs::rename(&unpacked, &folder).map_err(broken)?;
            return Ok(folder);
        }
        Registry::Python => {
            let words = ["-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", package.name];
            step::run(step::command("python3", &words).current_dir(&workshop))?;
        }
    }
    let archive = std::fs::read_dir(&workshop)
        .map_err(broken)?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| package.registry != Registry::Source || path.to_string_lossy().contains(".orig.tar."))
        .find(|path| path.is_file())
        .ok_or("nothing was fetched")?;
    let mut unpack = match package.registry {
        Registry::Debian => step::command("dpkg-deb", &["-x"]),
        _ => step::command("tar", &["-xf"]),
    };
    unpack.arg(&archive);
    if package.registry != Registry::Debian {
        unpack.arg("-C");
    }
    step::run(unpack.arg(&unpacked))?;
    keep_documents(&unpacked, endings)?;
    std::fs::rename(&unpacked, &folder).map_err(broken)?;
    Ok(folder)
}

/// Fetches a crate with what it needs, as cargo does it for a package that asks for it.
fn vendor(name: &str, workshop: &Path, unpacked: &Path) -> Outcome {
    let (name, version) = name.split_once('@').ok_or("a crate is named with its version")?;
    let manifest = workshop.join("Cargo.toml");
    let asks = format!(
        "[package]\nname = \"asks\"\nedition = \"2024\"\n[lib]\npath = \"lib.rs\"\n[dependencies]\n{name} = \"={version}\"\n[workspace]\n"
    );
    let write = || std::fs::write(&manifest, asks).and_then(|()| std::fs::write(workshop.join("lib.rs"), ""));
    write().map_err(|error| format!("{} could not be prepared: {error}", place::shown(workshop)))?;
    step::output(step::cargo(&["vendor", "--quiet", "--manifest-path"]).arg(&manifest).arg(unpacked)).map(|_| ())
}

/// The files below a folder whose name ends so, sorted.
pub(crate) fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, String> {
    let broken = |error: std::io::Error| format!("{} could not be read: {error}", place::shown(folder));
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(broken)? {
        let path = entry.map_err(broken)?.path();
        if path.is_dir() {
            found.extend(files(&path, ending)?);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Fetches the source of a Debian package; the lists that name it are kept apart from those of the machine.
fn source(name: &str, workshop: &Path) -> Outcome {
    let lists = shop().join("lists");
    let sources = shop().join("sources.list");
    let fresh = !sources.is_file();
    let write = || -> std::io::Result<()> {
        std::fs::create_dir_all(lists.join("partial"))?;
        std::fs::write(&sources, SOURCES)
    };
    write().map_err(|error| format!("{} could not be prepared: {error}", place::shown(&lists)))?;
    let apt = |words: &[&str]| -> Command {
        let mut apt = step::command("apt-get", &["-qq"]);
        for (option, value) in [
            ("Dir::Etc::SourceList", sources.as_path()),
            ("Dir::Etc::SourceParts", Path::new("/dev/null")),
            ("Dir::State::Lists", &lists),
            ("Dir::Cache::pkgcache", Path::new("")),
            ("Dir::Cache::srcpkgcache", Path::new("")),
            // Files go to this folder, which another user may not write into.
            ("APT::Sandbox::User", Path::new("root")),
        ] {
            apt.arg("-o").arg(format!("{option}={}", value.display()));
        }
        apt.args(words).current_dir(workshop);
        apt
    };
    if fresh && let Err(reason) = step::run(&mut apt(&["update"])) {
        // Asked again the next time.
        let _ = std::fs::remove_file(&sources);
        return Err(reason);
    }
    step::run(&mut apt(&["source", "--only-source", "--download-only", name]))
}

/// Throws away what is no document: sources of large programs fill a disk.
fn keep_documents(folder: &Path, endings: &[&str]) -> Outcome {
    let broken = |error: std::io::Error| format!("{} could not be sorted out: {error}", place::shown(folder));
    for entry in std::fs::read_dir(folder).map_err(broken)? {
        let entry = entry.map_err(broken)?;
        let path = entry.path();
        let ending = path.extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default();
        let what = entry.file_type().map_err(broken)?;
        if what.is_dir() {
            keep_documents(&path, endings)?;
        } else if !endings.contains(&ending.as_str()) {
            std::fs::remove_file(&path).map_err(broken)?;
        }
    }
    Ok(())
}

/// Whether a file is a whole document that the judge reads as what it is: pieces of RTF that only make a document
/// together have its ending too, and of formulas in a page the judge makes TeX.
fn comparable(kind: Kind, path: &Path) -> bool {
    let bytes = || std::fs::read(path).unwrap_or_default();
    match kind {
        Kind::Rtf => bytes().starts_with(b"{\\rtf"),
        Kind::Html => !bytes().windows(5).any(|window| window == b"<math"),
        _ => true,
    }
}

fn list(folder: &Path, package: &Package, kind: Kind, documents: &mut Vec<Document>) -> Outcome {
    let broken = |error: std::io::Error| format!("{} could not be read: {error}", place::shown(folder));
    for entry in std::fs::read_dir(folder).map_err(broken)? {
        let entry = entry.map_err(broken)?;
        let path = entry.path();
        let what = entry.file_type().map_err(broken)?;
        let ending = path.extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default();
        let shown = path.to_string_lossy();
        if what.is_dir() {
            list(&path, package, kind, documents)?;
        } else if what.is_file()
            && kind.endings().contains(&ending.as_str())
            && comparable(kind, &path)
            && (package.only.is_empty() || package.only.iter().any(|part| shown.contains(part)))
        {
            let file = entry.file_name();
            let name = package.name.split(['@', '=']).next().unwrap_or(package.name);
            documents.push(Document { name: format!("{name}/{}", file.to_string_lossy()), path });
        }
    }
    Ok(())
}
