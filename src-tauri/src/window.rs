//! The window: one web view that loads the bundled files and nothing else. It goes to no other address, opens no other
//! window, and has no developer tools in a release. Deliberately absent: what the window shows (`ui/`), and what it may
//! ask for (`call.rs`, `capabilities/window.json`).

use crate::desk::{Desk, Opened};
use crate::settings::{Memory, Theme};
use crate::{call, desktop, folders, signals};
use gloss_core::{private, unfinished};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tauri::webview::{Color, NewWindowResponse};
use tauri::{AppHandle, DragDropEvent, Manager, RunEvent, Url, WebviewWindow, WebviewWindowBuilder, WindowEvent};
use tokio::time::Instant;

/// The label of the only window, as in `tauri.conf.json`.
const MAIN: &str = "main";

/// So long after the start nobody looks for anything.
const FIRST_LOOK: Duration = Duration::from_secs(1);

/// How often the project is asked whether another process changed it; the answer costs microseconds. What the command
/// line changes must show within two seconds.
const LOOK_OUTSIDE: Duration = Duration::from_millis(500);

/// How often the files that documents came from are asked whether they are as they were: a question for size and time a
/// file. A change shows within two looks, because a file that is being written is left to rest.
const LOOK_AT_SOURCES: Duration = Duration::from_secs(2);

/// How long the window may take to save what is being typed before it is closed all the same.
const SAVE_ON_CLOSE: Duration = Duration::from_secs(2);

/// The window's colour before the page is drawn: `--paper` of `ui/src/shared/tokens.css`.
const PAPER_LIGHT: Color = Color(0xfd, 0xfc, 0xf9, 0xff);
const PAPER_DARK: Color = Color(0x1b, 0x1a, 0x18, 0xff);

/// Opens the window on a project and stays until it is closed.
pub(crate) fn open(project: Option<PathBuf>) -> ExitCode {
    if let Some(reason) = no_display() {
        eprintln!("gloss: {reason}");
        return ExitCode::FAILURE;
    }
    #[cfg(target_os = "linux")]
    draw_without_gpu();
    let running = Arc::new(OnceLock::new());
    end_at_a_signal(running.clone());
    folders::mend();
    let cancelled = Arc::default();
    let Some(opened) = Opened::at_start(project, &cancelled) else { return ExitCode::SUCCESS };
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(tauri::generate_handler![call::call, call::version_text, call::document_highlights])
        .setup(move |app| {
            let memory = Memory::of_person();
            let settings = memory.settings();
            let theme = settings.theme;
            let desk = Desk::new(app.handle().clone(), memory, settings, opened, cancelled);
            app.manage(desk.clone());
            // A signal that came before ends the program at once, which has saved nothing yet.
            let _ = running.set(app.handle().clone());
            tauri::async_runtime::spawn_blocking(folders::mend_sources);
            count_ahead(&desk);
            make(app.handle(), &desk, theme)?;
            again_and_again(LOOK_OUTSIDE, desk.clone(), |desk| desk.look_outside());
            again_and_again(LOOK_AT_SOURCES, desk, |desk| desk.look_at_sources());
            Ok(())
        })
        .on_window_event(|window, event| heard(window.app_handle(), event))
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            app.run(|app, event| {
                if let (RunEvent::Exit, Some(desk)) = (event, app.try_state::<Arc<Desk>>()) {
                    desk.leave();
                    signals::end_if_came();
                    // What is being written on another thread ends with the program.
                    unfinished::abandon_all();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!(
                "gloss: The window could not be opened ({error}). Nothing was changed; the command line works without a window."
            );
            ExitCode::FAILURE
        }
    }
}

/// Brings the window to the front.
pub(crate) fn come_forward(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    let _ = window.unminimize();
    let _ = window.show();
    let _ = window.set_focus();
}

/// Closes the window now; the program ends with it.
pub(crate) fn close(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.destroy();
    }
}

/// The window that dialogs belong to.
pub(crate) fn parent(app: &AppHandle) -> Option<WebviewWindow> {
    app.get_webview_window(MAIN)
}

/// Writes the open project's name on the window.
pub(crate) fn set_title(app: &AppHandle, desk: &Desk) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.set_title(&title(desk));
    }
}

/// Draws the window's frame and its empty page in a theme.
pub(crate) fn set_theme(app: &AppHandle, theme: Theme) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.set_theme(frame(theme));
        paint(&window);
    }
}

fn make(app: &AppHandle, desk: &Desk, theme: Theme) -> tauri::Result<()> {
    let config = app.config().app.windows.iter().find(|window| window.label == MAIN);
    let config = config.ok_or(tauri::Error::WindowNotFound)?.clone();
    let mut window = WebviewWindowBuilder::from_config(app, &config)?;
    if let Some(cache) = folders::cache() {
        // The engine would make it for others to read.
        let _ = private::create_folder(&cache);
        window = window.data_directory(cache);
    }
    let window = window
        .title(title(desk))
        .theme(frame(theme))
        .background_color(if theme == Theme::Dark { PAPER_DARK } else { PAPER_LIGHT })
        // Nothing that the page does is kept on the disk: what is worth keeping is in the project or the settings.
        // A driver of tests reaches no private page, so under one it is an ordinary page in the tests' own folders.
        .incognito(std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_none())
        .devtools(cfg!(debug_assertions))
        .on_navigation(is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    paint(&window);
    Ok(())
}

fn title(desk: &Desk) -> String {
    match desk.project() {
        Ok(project) => format!("{} – Gloss", project.name()),
        Err(_) => "Gloss".into(),
    }
}

/// The frame's theme; `None` follows the system.
fn frame(theme: Theme) -> Option<tauri::Theme> {
    match theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    }
}

/// Colours the empty page as the theme in force has it, so that no other colour flashes.
fn paint(window: &WebviewWindow) {
    let dark = matches!(window.theme(), Ok(tauri::Theme::Dark));
    let _ = window.set_background_color(Some(if dark { PAPER_DARK } else { PAPER_LIGHT }));
}

/// Whether an address is the bundled window: `tauri://localhost`, which Windows and Android spell `http://tauri.localhost`.
fn is_own(address: &Url) -> bool {
    match address.scheme() {
        "tauri" => address.host_str() == Some("localhost"),
        "http" | "https" => address.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

fn heard(app: &AppHandle, event: &WindowEvent) {
    let Some(desk) = app.try_state::<Arc<Desk>>().map(|desk| desk.inner().clone()) else { return };
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            if let Some(time) = desk.begin_closing() {
                desk.tell("closing", ());
                let app = app.clone();
                tauri::async_runtime::spawn(async move {
                    tokio::time::sleep(SAVE_ON_CLOSE).await;
                    // Unless the person is asked about what could not be saved.
                    if desk.is_closing(time) {
                        close(&app);
                    }
                });
            }
        }
        // Who comes back may have been in the program that changed a file.
        WindowEvent::Focused(true) => {
            tauri::async_runtime::spawn_blocking(move || desk.look_at_sources());
        }
        // Text that is dragged inside the window has no paths.
        WindowEvent::DragDrop(DragDropEvent::Enter { paths, .. }) if !paths.is_empty() => desk.tell("dragging", true),
        WindowEvent::DragDrop(DragDropEvent::Leave) => desk.tell("dragging", false),
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => {
            desk.tell("dragging", false);
            let paths = paths.clone();
            if !paths.is_empty() {
                tauri::async_runtime::spawn_blocking(move || desktop::import_dropped(&desk, &paths));
            }
        }
        _ => {}
    }
}

/// Ends the program at a signal as closing the window does: what is being typed is saved, the project is closed. Nobody is
/// asked anything, because nobody may be there to answer.
fn end_at_a_signal(running: Arc<OnceLock<AppHandle>>) {
    /// How long the program may take to end after its window is closed.
    const CLOSING: Duration = Duration::from_secs(3);
    signals::listen(move || {
        let Some(app) = running.get() else { return };
        if let Some(desk) = app.try_state::<Arc<Desk>>() {
            // Someone who has just closed the window is told twice, which does no harm.
            desk.begin_closing();
            desk.tell("closing", ());
        }
        let end = Instant::now() + SAVE_ON_CLOSE;
        while app.get_webview_window(MAIN).is_some() && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(10));
        }
        close(app);
        // The program ends there; here only if it does not.
        std::thread::sleep(CLOSING);
        if let Some(desk) = app.try_state::<Arc<Desk>>() {
            desk.leave();
        }
    });
}

/// Counts the highlights while the engine of the page starts, so that its first list is ready.
fn count_ahead(desk: &Arc<Desk>) {
    let desk = desk.clone();
    tauri::async_runtime::spawn_blocking(move || {
        // Whatever is wrong, the list that is asked for next says it.
        desk.project().map(|project| project.count_ahead())
    });
}

/// Looks for something as long as the program runs, where it may take its time.
fn again_and_again(pause: Duration, desk: Arc<Desk>, look: fn(&Desk)) {
    tauri::async_runtime::spawn(async move {
        // Not at once: the window that opens has the machine for itself.
        let mut ticks = tokio::time::interval_at(Instant::now() + FIRST_LOOK, pause);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let desk = desk.clone();
            // A panic inside ends this look, not the next one.
            let _ = tauri::async_runtime::spawn_blocking(move || look(&desk)).await;
        }
    });
}

/// Why no window can be opened here, if none can.
fn no_display() -> Option<&'static str> {
    let named = |variable| std::env::var_os(variable).is_some_and(|value| !value.is_empty());
    let missing = cfg!(target_os = "linux") && !named("DISPLAY") && !named("WAYLAND_DISPLAY");
    missing.then_some(
        "There is no screen to open a window on. Nothing was changed. Use a subcommand, which needs none: see gloss --help.",
    )
}

/// Without a usable GPU WebKitGTK draws twice as fast through shared memory (window to second frame 438 → 233 ms, a new
/// highlight 38 → 16 ms), and it must be told before GTK starts. A person who set the variable is left alone.
#[cfg(target_os = "linux")]
fn draw_without_gpu() {
    const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(VARIABLE).is_some() || has_usable_gpu() {
        return;
    }
    // SAFETY: the program has started no thread yet, so nobody reads the environment meanwhile.
    #[allow(unsafe_code, reason = "WebKitGTK takes this setting from the environment only")]
    unsafe {
        std::env::set_var(VARIABLE, "1");
    }
}

/// Whether there is a GPU that this person may draw with.
#[cfg(target_os = "linux")]
fn has_usable_gpu() -> bool {
    let Ok(devices) = std::fs::read_dir("/dev/dri") else { return false };
    devices.flatten().any(|device| {
        device.file_name().to_string_lossy().starts_with("renderD")
            && std::fs::OpenOptions::new().read(true).write(true).open(device.path()).is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_bundled_window_is_an_own_address() {
        let own = |address: &str| is_own(&Url::parse(address).expect("an address"));
        assert!(own("tauri://localhost/index.html"));
        assert!(own("http://tauri.localhost/"));
        for foreign in [
            "https://example.org/",
            "http://localhost/",
            "http://tauri.localhost.example.org/",
            "tauri://example.org/",
            "file:///etc/passwd",
            "data:text/html,x",
            "javascript:alert(1)",
            "about:blank",
        ] {
            assert!(!own(foreign), "{foreign}");
        }
    }
}
