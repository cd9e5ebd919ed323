//! Documents that other people made: which packages ship them, and how they are fetched.
//!
//! Fetched at run time by the ordinary clients into the build folder, never committed. Deliberately absent: any look at
//! what is in them.

use std::path::{Path, PathBuf};

use crate::{place, step};

/// Which documents are compared together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Pdf,
    Office,
    Epub,
    Html,
}

impl Kind {
    pub(crate) const ALL: [Kind; 4] = [Kind::Pdf, Kind::Office, Kind::Epub, Kind::Html];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Pdf => "pdf",
            Kind::Office => "office",
            Kind::Epub => "epub",
            Kind::Html => "html",
        }
    }

    fn endings(self) -> &'static [&'static str] {
        match self {
            Kind::Pdf => &["pdf"],
            Kind::Office => &["docx", "odt", "rtf"],
            Kind::Epub => &["epub"],
            Kind::Html => &["html", "htm"],
        }
    }

    /// The share of words that must be found, both ways. A web page has no fixed one: its menus are left out on purpose.
    pub(crate) fn target(self) -> f64 {
        match self {
            Kind::Pdf => 0.98,
            Kind::Office | Kind::Epub => 0.99,
            Kind::Html => 0.0,
        }
    }
}

/// Where a package comes from.
enum Registry {
    /// Of the release that this machine runs.
    Debian,
    Npm,
    Python,
}

struct Package {
    registry: Registry,
    name: &'static str,
    kind: Kind,
    /// Of its documents only those whose path has one of these in it; all when empty.
    only: &'static [&'static str],
}

const fn debian(name: &'static str, kind: Kind, only: &'static [&'static str]) -> Package {
    Package { registry: Registry::Debian, name, kind, only }
}

const PACKAGES: &[Package] = &[
    // Articles in one column, with running heads, sections, code, formulas and references.
    debian("r-cran-zoo", Kind::Pdf, &[]),
    debian("r-cran-sandwich", Kind::Pdf, &[]),
    debian("r-cran-lmtest", Kind::Pdf, &[]),
    debian("r-cran-strucchange", Kind::Pdf, &[]),
    debian("r-cran-lme4", Kind::Pdf, &["lmer.pdf"]),
    debian("r-cran-rcppeigen", Kind::Pdf, &[]),
    // Articles in two columns.
    debian("r-cran-rcpp", Kind::Pdf, &[]),
    debian("r-cran-rcpparmadillo", Kind::Pdf, &[]),
    Package {
        registry: Registry::Npm,
        name: "pdf-parse@1.1.1",
        kind: Kind::Pdf,
        only: &["01-valid", "02-valid", "04-valid"],
    },
    // Books: English, German, Russian, Japanese, Chinese.
    debian("developers-reference", Kind::Pdf, &[]),
    debian("debmake-doc", Kind::Pdf, &[]),
    Package { registry: Registry::Npm, name: "mammoth@1.13.0", kind: Kind::Office, only: &[] },
    Package { registry: Registry::Python, name: "python-docx==1.2.0", kind: Kind::Office, only: &[] },
    Package { registry: Registry::Python, name: "docx-revisions==0.1.5", kind: Kind::Office, only: &[] },
    Package { registry: Registry::Python, name: "odfpy==1.4.1", kind: Kind::Office, only: &[] },
    debian("developers-reference", Kind::Epub, &[]),
    debian("debmake-doc", Kind::Epub, &[]),
    debian("debian-policy", Kind::Epub, &[]),
    debian("developers-reference", Kind::Html, &["html/"]),
];

/// The documents of a kind, sorted by name; what can't be fetched is named and left out.
pub(crate) fn documents(kind: Kind) -> Result<Vec<PathBuf>, String> {
    let mut documents = Vec::new();
    for package in PACKAGES.iter().filter(|package| package.kind == kind) {
        match fetched(package) {
            Ok(folder) => list(&folder, package, &mut documents)?,
            Err(reason) => println!("  left out: {} ({reason})", package.name),
        }
    }
    documents.sort_by_key(|path| path.file_name().map(std::ffi::OsStr::to_os_string));
    Ok(documents)
}

/// The folder with what a package holds; fetched unless it is there.
fn fetched(package: &Package) -> Result<PathBuf, String> {
    let shop = place::binaries(place::Build::Debug).with_file_name("compare");
    let folder = shop.join(package.name);
    if folder.is_dir() {
        return Ok(folder);
    }
    let workshop = shop.join("fetching");
    let broken = |error: std::io::Error| format!("{} could not be prepared: {error}", place::shown(&workshop));
    if workshop.exists() {
        std::fs::remove_dir_all(&workshop).map_err(broken)?;
    }
    std::fs::create_dir_all(workshop.join("unpacked")).map_err(broken)?;
    match package.registry {
        Registry::Debian => step::run(step::command("apt-get", &["download", package.name]).current_dir(&workshop))?,
        Registry::Npm => {
            step::run(step::command("npm", &["pack", "--silent", package.name]).current_dir(&workshop))?;
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
        .find(|path| path.is_file())
        .ok_or("nothing was fetched")?;
    let unpacked = workshop.join("unpacked");
    let mut unpack = match package.registry {
        Registry::Debian => step::command("dpkg-deb", &["-x"]),
        _ => step::command("tar", &["-xzf"]),
    };
    unpack.arg(&archive);
    if !matches!(package.registry, Registry::Debian) {
        unpack.arg("-C");
    }
    step::run(unpack.arg(&unpacked))?;
    std::fs::rename(&unpacked, &folder).map_err(broken)?;
    Ok(folder)
}

fn list(folder: &Path, package: &Package, documents: &mut Vec<PathBuf>) -> Result<(), String> {
    let broken = |error: std::io::Error| format!("{} could not be read: {error}", place::shown(folder));
    for entry in std::fs::read_dir(folder).map_err(broken)? {
        let entry = entry.map_err(broken)?;
        let path = entry.path();
        let kind = entry.file_type().map_err(broken)?;
        let ending = path.extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default();
        let shown = path.to_string_lossy();
        if kind.is_dir() {
            list(&path, package, documents)?;
        } else if kind.is_file()
            && package.kind.endings().contains(&ending.as_str())
            && (package.only.is_empty() || package.only.iter().any(|part| shown.contains(part)))
        {
            documents.push(path);
        }
    }
    Ok(())
}
