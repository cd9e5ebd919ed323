//! Tells Tauri which commands the window may name, so that each needs a line in `capabilities/window.json`,
//! and rebuilds the shell when the built window changes, because the binary embeds it.
//!
//! Deliberately absent: building the window. `cargo xtask` does that before any Rust that embeds it is compiled.

fn main() {
    println!("cargo:rerun-if-changed=../ui/dist");
    let commands = tauri_build::AppManifest::new().commands(&["call", "version_text", "document_highlights"]);
    let attributes = tauri_build::Attributes::new().app_manifest(commands);
    if let Err(error) = tauri_build::try_build(attributes) {
        eprintln!("{error:#}");
        std::process::exit(1);
    }
}
