//! System packages: which are needed, which are missing, and installing those on Debian and Ubuntu.
//!
//! A machine that has them needs neither the network nor root here. On any other system the names are
//! printed and the recipe goes on: whoever keeps that machine knows best how to get them.

use std::process::{Command, Stdio};

use crate::{Outcome, step};

/// What a recipe is about to do, and so what the system must have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Compile the program. `libclang` is for the bindings of SQLite's session extension.
    Build,
    /// Drive its window on a display of its own, with fonts for every script in the tests.
    Window,
    /// Read documents with the readers of others, to compare.
    Compare,
    /// Compile the core and libFuzzer.
    Fuzz,
}

impl Need {
    fn debian(self) -> &'static [&'static str] {
        match self {
            Need::Build => &[
                "libwebkit2gtk-4.1-dev",
                "librsvg2-dev",
                "libxdo-dev",
                "build-essential",
                "pkg-config",
                "libclang-dev",
            ],
            Need::Window => &["webkit2gtk-driver", "xvfb", "xauth", "dbus-x11", "fonts-noto-cjk", "xdotool"],
            Need::Compare => &["poppler-utils", "pandoc", "docx2txt", "odt2txt", "unrtf"],
            Need::Fuzz => &["build-essential", "libclang-dev"],
        }
    }

    fn elsewhere(self, family: Family) -> &'static str {
        match (self, family) {
            (Need::Build, Family::Fedora) => {
                "webkit2gtk4.1-devel librsvg2-devel libxdo-devel gcc gcc-c++ make pkgconf-pkg-config clang-devel"
            }
            (Need::Build, Family::Arch) => "webkit2gtk-4.1 librsvg xdotool base-devel clang",
            (Need::Build, Family::Suse) => {
                "webkit2gtk3-devel librsvg-devel xdotool-devel gcc gcc-c++ make pkg-config clang-devel"
            }
            (Need::Build, Family::Other) => {
                "WebKitGTK 4.1, librsvg and libxdo with their headers, a C compiler, pkg-config, libclang"
            }
            (Need::Window, Family::Fedora) => {
                "xorg-x11-server-Xvfb xorg-x11-xauth dbus-daemon google-noto-sans-cjk-fonts xdotool, and the program WebKitWebDriver"
            }
            (Need::Window, Family::Arch) => {
                "xorg-server-xvfb xorg-xauth dbus noto-fonts-cjk xdotool, and the program WebKitWebDriver"
            }
            (Need::Window, Family::Suse) => {
                "xorg-x11-server-Xvfb xauth dbus-1 google-noto-sans-cjk-fonts xdotool, and the program WebKitWebDriver"
            }
            (Need::Compare, Family::Arch) => "poppler pandoc docx2txt odt2txt unrtf",
            (Need::Compare, Family::Fedora) => "poppler-utils pandoc docx2txt odt2txt unrtf",
            (Need::Compare, Family::Suse) => "poppler-tools pandoc docx2txt odt2txt unrtf",
            (Need::Compare, Family::Other) => {
                "the programs pdftotext (of poppler), pandoc, docx2txt, odt2txt and unrtf"
            }
            (Need::Fuzz, Family::Fedora | Family::Suse) => "gcc gcc-c++ clang-devel",
            (Need::Fuzz, Family::Arch) => "base-devel clang",
            (Need::Fuzz, Family::Other) => "a compiler for C and C++, and libclang",
            (Need::Window, Family::Other) => {
                "Xvfb, xauth, dbus-run-session, xdotool, a font for Korean, and the program WebKitWebDriver"
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Fedora,
    Arch,
    Suse,
    Other,
}

/// Makes sure of everything named, or says what is missing.
pub(crate) fn ensure(needs: &[Need]) -> Outcome {
    if cfg!(target_os = "linux") {
        if step::on_path("dpkg-query") && step::on_path("apt-get") {
            return install(&missing(needs)?);
        }
        let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
        let family = family(&release);
        println!("This system has no apt. Gloss needs here:");
        for need in needs {
            println!("  {}", need.elsewhere(family));
        }
    } else if cfg!(target_os = "macos") {
        println!("Gloss needs the Xcode command line tools here (`xcode-select --install`).");
    } else if cfg!(windows) {
        println!("Gloss needs the Visual Studio C++ build tools, LLVM (for libclang) and WebView2 here.");
    }
    Ok(())
}

/// Whether the window can be driven on a virtual display on this machine.
pub(crate) fn can_drive_windows() -> bool {
    cfg!(target_os = "linux")
        && ["WebKitWebDriver", "Xvfb", "dbus-run-session", "xdotool"].into_iter().all(step::on_path)
}

fn missing(needs: &[Need]) -> Result<Vec<&'static str>, String> {
    let wanted: Vec<&str> = needs.iter().flat_map(|need| need.debian()).copied().collect();
    // It exits with 1 when it does not know a name, which is an answer, not a failure.
    let answer = Command::new("dpkg-query")
        .args(["--show", "--showformat", "${Package} ${db:Status-Status}\\n"])
        .args(&wanted)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .map_err(|error| format!("dpkg-query could not start: {error}"))?;
    Ok(not_installed(&wanted, &String::from_utf8_lossy(&answer.stdout)))
}

fn not_installed(wanted: &[&'static str], listing: &str) -> Vec<&'static str> {
    let installed: Vec<&str> = listing.lines().filter_map(|line| line.strip_suffix(" installed")).collect();
    wanted.iter().copied().filter(|name| !installed.contains(name)).collect()
}

fn install(missing: &[&str]) -> Outcome {
    if missing.is_empty() {
        return Ok(());
    }
    println!("Installing system packages: {}", missing.join(" "));
    let root = step::output(&mut step::command("id", &["-u"]))?.trim() == "0";
    if !root && !step::on_path("sudo") {
        return Err(format!("please install these packages as root, then try again: {}", missing.join(" ")));
    }
    let apt = |words: &[&str]| {
        let mut line = vec!["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
        line.extend(words);
        if !root {
            line.insert(0, "sudo");
        }
        step::run(&mut step::command(line[0], &line[1..]))
    };
    // Seconds to wait for another package manager to finish, such as a machine's own first update.
    const LOCK: &str = "DPkg::Lock::Timeout=300";
    apt(&["update", "-o", LOCK])?;
    apt(&[&["install", "-y", "--no-install-recommends", "-o", LOCK], missing].concat())
}

fn family(os_release: &str) -> Family {
    let named = |key: &str| {
        os_release
            .lines()
            .filter_map(|line| line.strip_prefix(key))
            .flat_map(|value| value.trim_matches('"').split(' '))
            .collect::<Vec<_>>()
    };
    for name in named("ID=").into_iter().chain(named("ID_LIKE=")) {
        match name {
            "fedora" | "rhel" | "centos" => return Family::Fedora,
            "arch" => return Family::Arch,
            "suse" | "opensuse" => return Family::Suse,
            _ => {}
        }
    }
    Family::Other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_counts_only_when_it_is_installed() {
        let listing = "xvfb installed\nxauth config-files\n";
        assert_eq!(not_installed(&["xvfb", "xauth", "dbus-x11"], listing), ["xauth", "dbus-x11"]);
    }

    #[test]
    fn a_derived_system_gets_the_names_of_its_parent() {
        assert_eq!(family("NAME=\"Rocky Linux\"\nID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"), Family::Fedora);
        assert_eq!(family("ID=manjaro\nID_LIKE=arch\n"), Family::Arch);
        assert_eq!(family("ID=\"opensuse-tumbleweed\"\nID_LIKE=\"opensuse suse\"\n"), Family::Suse);
        assert_eq!(family("ID=nixos\n"), Family::Other);
    }
}
