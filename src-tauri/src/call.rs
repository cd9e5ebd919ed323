//! The bridge from the window to the commands: one call that names a command and carries its arguments as JSON, and two
//! that hand over what is long as raw bytes: a text, because 5 MB take twice as long as a JSON string, and all highlights
//! of a document. All run on tokio's blocking pool, so the window's thread never waits. Deliberately absent: any knowledge of a command.

use crate::desk::Desk;
use crate::desktop;
use crate::faults::caught;
use gloss_core::api::{Units, dispatch};
use gloss_core::error::{ApiError, Error};
use std::sync::Arc;
use tauri::State;
use tauri::ipc::Response;

/// Runs one command and answers with its JSON. Returns after the change is committed.
#[tauri::command]
pub(crate) async fn call(
    desk: State<'_, Arc<Desk>>,
    name: String,
    args: serde_json::Value,
) -> Result<Response, ApiError> {
    let desk = desk.inner().clone();
    on_pool(move || {
        let args = args.to_string();
        if desktop::COMMANDS.contains(&name.as_str()) {
            return desktop::dispatch(&desk, &name, &args).map(Response::new);
        }
        let reply = dispatch(&*desk.project()?, Units::Utf16, &name, &args).map_err(|error| error.api())?;
        if let Some(changes) = &reply.changes {
            desk.tell_changes(changes);
        }
        Ok(Response::new(reply.json))
    })
    .await
}

/// The canonical text of a document's current version, as UTF-8 bytes.
#[tauri::command]
pub(crate) async fn version_text(desk: State<'_, Arc<Desk>>, version: String) -> Result<Response, ApiError> {
    let desk = desk.inner().clone();
    on_pool(move || {
        let loaded = desk.project()?.version_text(&version).map_err(|error| error.api())?;
        Ok(Response::new(loaded.text.as_str().as_bytes().to_vec()))
    })
    .await
}

/// All highlights of a document as bytes, positions in UTF-16: the layout is that of [`gloss_core::drawn`].
#[tauri::command]
pub(crate) async fn document_highlights(desk: State<'_, Arc<Desk>>, document: String) -> Result<Response, ApiError> {
    let desk = desk.inner().clone();
    on_pool(move || {
        let packed = desk.project()?.highlights_packed(Units::Utf16, &document).map_err(|error| error.api())?;
        Ok(Response::new(packed))
    })
    .await
}

/// Runs a request where it may take its time.
async fn on_pool<T: Send + 'static>(
    request: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    match tauri::async_runtime::spawn_blocking(|| caught(request)).await {
        Ok(result) => result,
        Err(error) => Err(Error::Bug { reason: error.to_string() }.api()),
    }
}
