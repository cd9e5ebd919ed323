//! Everything in the core that reads what strangers wrote, under libFuzzer: no input may end the program, hang it, or
//! come out as something that breaks the promises of the core's records.
//!
//! One program for all targets; the environment variable `GLOSS_FUZZ` names the target, `GLOSS_FUZZ_KEEP` a folder in
//! which every document that is made of an input is kept. `cargo xtask fuzz` starts it. Deliberately absent: limits on
//! memory and time, which libFuzzer keeps, and inputs of other people.

#![no_main]

mod citations;
mod files;
mod packed;
mod positions;
mod projects;
mod sound;
mod versions;

use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;
use std::thread;

/// Stack of a thread that the program reads on without a process of its own, in bytes: what tokio gives.
const STACK: usize = 2 * 1024 * 1024;

/// What is done with an input.
type Target = fn(&[u8]);

static TARGET: OnceLock<Target> = OnceLock::new();

fuzz_target!(init: choose(), |bytes: &[u8]| {
    if let Some(target) = TARGET.get() {
        target(bytes);
    }
});

/// The target of this name; whether it is read in the program's own process; whether its library may trip.
fn named(name: &str) -> Option<Target> {
    Some(match name {
        "text" => |bytes| within(bytes, files::text),
        "markdown" => |bytes| within(bytes, files::markdown),
        "html" => |bytes| files::page("a.html", bytes),
        "mhtml" => |bytes| files::page("a.mhtml", bytes),
        "rtf" => |bytes| files::file("a.rtf", bytes),
        "docx" => |bytes| files::file("a.docx", &packed::docx(bytes)),
        "odt" => |bytes| files::file("a.odt", &packed::odt(bytes)),
        "epub" => |bytes| files::file("a.epub", &packed::epub(bytes)),
        "archive" => |bytes| files::file("a.epub", &packed::mended(bytes)),
        "pdf" => |bytes| files::file("a.pdf", &packed::pdf(bytes)),
        "pdf-file" => |bytes| files::file("a.pdf", bytes),
        "answer" => |bytes| within(bytes, files::answer),
        "csl" => |bytes| within(bytes, |bytes| citations::file("a.json", bytes)),
        "bibtex" => |bytes| within(bytes, |bytes| citations::file("a.bib", bytes)),
        "ris" => |bytes| within(bytes, |bytes| citations::file("a.ris", bytes)),
        "project" => |bytes| within(bytes, projects::file),
        "versions" => |bytes| within(bytes, versions::carried),
        "positions" => |bytes| within(bytes, positions::agree),
        _ => return None,
    })
}

fn choose() {
    let name = std::env::var("GLOSS_FUZZ").unwrap_or_default();
    let Some(target) = named(&name) else {
        eprintln!("GLOSS_FUZZ names no target: {name:?}");
        std::process::exit(2);
    };
    let _ = TARGET.set(target);
    if name.starts_with("pdf") {
        let complain = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // What trips the library up becomes a refusal; what trips us up ends here.
            if panic.location().is_none_or(|place| !place.file().contains("pdf_oxide")) {
                complain(panic);
            }
        }));
    }
}

/// Runs a target on the stack that it has in the program.
fn within(bytes: &[u8], target: Target) {
    thread::scope(|scope| {
        let run = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || target(bytes));
        run.map(thread::ScopedJoinHandle::join).expect("a thread").expect("a panic ends the process before this");
    });
}
