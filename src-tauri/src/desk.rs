//! What lies open: the project that the window shows, the person's settings and recent projects. A project that cannot
//! be opened never ends the program: the window opens, every request about the project is refused with the reason, and
//! the project menu still works. Deliberately absent: commands (`desktop.rs`) and the window itself (`window.rs`).

use crate::faults::locked;
use crate::instance::{self, Claim};
use crate::lookout::Lookout;
use crate::references::References;
use crate::settings::{Memory, Settings};
use crate::watch::Watches;
use crate::{folders, project_of_environment, reader};
use gloss_core::api::{Changes, Topic};
use gloss_core::env::Env;
use gloss_core::error::{ApiError, Error};
use gloss_core::private;
use gloss_core::project::Project;
use gloss_core::sample;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tauri::{AppHandle, Emitter};

/// A project that lies open, or the reason why it does not.
pub(crate) struct Opened {
    /// Canonical.
    path: PathBuf,
    project: Result<Arc<Project>, ApiError>,
    window: Option<instance::Window>,
}

impl Opened {
    /// What the program opens at its start: the project that was named, otherwise the one that the environment names,
    /// otherwise the default one. A named project that is missing is made, empty; the default one is made with the
    /// sample in it. `None`: another window shows it and has come forward.
    pub(crate) fn at_start(named: Option<PathBuf>, cancelled: &Arc<AtomicBool>) -> Option<Opened> {
        let named = named.or_else(project_of_environment);
        let with_sample = named.is_none();
        let path = match named.map_or_else(folders::default_project, Ok) {
            Ok(path) => folders::canonical(&path),
            Err(error) => {
                return Some(Opened { path: PathBuf::new(), project: Err(error.api()), window: None });
            }
        };
        let Claim::First(window) = instance::claim(&path) else { return None };
        if let (true, Some(folder)) = (with_sample, path.parent()) {
            // What stands in the way, creating the project says.
            let _ = private::create_folder(folder);
        }
        let project = Project::open_or_create(&path, env(cancelled)).and_then(|(project, created)| {
            if created && with_sample {
                sample::fill(&project)?;
            }
            Ok(Arc::new(project))
        });
        Some(Opened { path, project: project.map_err(|error| error.api()), window: Some(window) })
    }
}

/// The machine's clock and ids, and files read in a process of their own until that is cancelled.
fn env(cancelled: &Arc<AtomicBool>) -> Env {
    Env::system().reading(reader::reader(cancelled.clone()))
}

/// How often a project that is to be closed is asked whether it is at rest, and the pause between.
const PATIENCE: u32 = 200;
const PAUSE: Duration = Duration::from_millis(10);

/// How a project comes to lie open when the person asks for one.
#[derive(Clone, Copy)]
pub(crate) enum Way {
    /// It must not exist yet.
    Create,
    /// It must exist.
    Open,
}

/// Everything that lies open.
pub(crate) struct Desk {
    /// The program's handle on its window.
    pub(crate) app: AppHandle,
    /// Where settings and recent projects are kept.
    pub(crate) memory: Memory,
    /// What became of the files that documents came from.
    pub(crate) lookout: Lookout,
    /// The references that the person picked last.
    pub(crate) references: References,
    watches: Option<Watches>,
    opened: Mutex<Opened>,
    settings: Mutex<Settings>,
    /// The recent projects as the window was told them last, so that an index means what the person saw.
    told: Mutex<Vec<PathBuf>>,
    /// How often it was asked to close the window; nothing when it is not to be closed.
    closing: Mutex<Option<u32>>,
    closings: AtomicU32,
    /// The window was told that nothing can be written to the project.
    trouble_told: AtomicBool,
    cancelled: Arc<AtomicBool>,
}

impl Desk {
    /// The desk at the start of the program. What it opened already asks `cancelled` whether long work is to stop.
    pub(crate) fn new(
        app: AppHandle,
        memory: Memory,
        settings: Settings,
        opened: Opened,
        cancelled: Arc<AtomicBool>,
    ) -> Arc<Desk> {
        if opened.project.is_ok() {
            memory.opened(&opened.path);
        }
        let desk = Arc::new(Desk {
            app,
            memory,
            lookout: Lookout::default(),
            references: References::default(),
            watches: Watches::of_person(),
            opened: Mutex::new(opened),
            settings: Mutex::new(settings),
            told: Mutex::default(),
            closing: Mutex::default(),
            closings: AtomicU32::new(0),
            trouble_told: AtomicBool::new(false),
            cancelled,
        });
        desk.answer_second_starts();
        desk
    }

    /// The open project; the reason when it could not be opened.
    pub(crate) fn project(&self) -> Result<Arc<Project>, ApiError> {
        locked(&self.opened).project.clone()
    }

    /// The open project's file.
    pub(crate) fn path(&self) -> PathBuf {
        locked(&self.opened).path.clone()
    }

    /// The settings in force.
    pub(crate) fn settings(&self) -> Settings {
        locked(&self.settings).clone()
    }

    /// Puts settings in force and keeps them.
    pub(crate) fn set_settings(&self, settings: Settings) -> Result<(), Error> {
        self.memory.keep_settings(&settings)?;
        *locked(&self.settings) = settings;
        Ok(())
    }

    /// The files that documents came from; nothing where the person does not want them watched.
    pub(crate) fn watches(&self) -> Option<&Watches> {
        self.watches.as_ref().filter(|_| locked(&self.settings).watch_sources)
    }

    /// The recent projects without the open one, newest first; remembered as what the window was told.
    pub(crate) fn tell_recent(&self) -> Vec<PathBuf> {
        let mut recent = self.memory.recent();
        // One that can be written again only when it is opened again stays in the list.
        if !self.is_in_trouble() {
            let open = self.path();
            recent.retain(|path| *path != open);
        }
        *locked(&self.told) = recent.clone();
        recent
    }

    /// The recent project that the window was told at this index.
    pub(crate) fn told_recent(&self, index: usize) -> Option<PathBuf> {
        locked(&self.told).get(index).cloned()
    }

    /// Puts another project on the desk in place of the open one, which is closed when its last request is done.
    /// True: this window shows the project now. False: another window shows it and has come forward. An error leaves
    /// the open project where it is.
    pub(crate) fn switch(self: &Arc<Self>, path: &Path, way: Way) -> Result<bool, Error> {
        let path = folders::canonical(path);
        {
            let opened = locked(&self.opened);
            if opened.path == path && opened.project.as_ref().is_ok_and(|project| project.trouble().is_none()) {
                return Ok(true);
            }
        }
        self.let_go_of(&path);
        // The window of a project that could not be opened holds its claim already.
        let held = {
            let mut opened = locked(&self.opened);
            if opened.path == path { opened.window.take() } else { None }
        };
        let window = match held {
            Some(window) => window,
            None => match instance::claim(&path) {
                Claim::First(window) => window,
                Claim::Second => return Ok(false),
            },
        };
        let project = match way {
            Way::Create => Project::create(&path, env(&self.cancelled)),
            Way::Open => Project::open(&path, env(&self.cancelled)),
        };
        let project = match project {
            Ok(project) => Arc::new(project),
            Err(error) => {
                let mut opened = locked(&self.opened);
                if opened.path == path {
                    opened.window = Some(window);
                    if opened.project.is_err() {
                        opened.project = Err(error.api());
                    }
                }
                return Err(error);
            }
        };
        let former = std::mem::replace(
            &mut *locked(&self.opened),
            Opened { path: path.clone(), project: Ok(project), window: Some(window) },
        );
        drop(former);
        self.trouble_told.store(false, Ordering::SeqCst);
        self.memory.opened(&path);
        self.answer_second_starts();
        Ok(true)
    }

    /// Closes the project before it is opened again from the same file: two connections of one process to one file share
    /// what the system knows of it. A project whose file is another one by now stays open until that one is.
    fn let_go_of(&self, path: &Path) {
        let mut opened = locked(&self.opened);
        let same_file = |project: &Arc<Project>| project.trouble().is_some() && project.stands_at_its_path();
        if opened.path != path || !opened.project.as_ref().is_ok_and(same_file) {
            return;
        }
        let closed = Err(Error::ProjectLocked { name: crate::sources::name_of(path) }.api());
        let Ok(former) = std::mem::replace(&mut opened.project, closed) else { return };
        drop(opened);
        // Whatever is being asked of it comes to its end first.
        for _ in 0..PATIENCE {
            if Arc::strong_count(&former) == 1 {
                return;
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Whether nothing can be written to the project.
    pub(crate) fn is_in_trouble(&self) -> bool {
        self.project().is_ok_and(|project| project.trouble().is_some())
    }

    /// Tells the window once that nothing can be written to the project, and again when that has become so anew.
    fn tell_trouble(&self, project: &Project) {
        match project.trouble() {
            Some(trouble) if !self.trouble_told.swap(true, Ordering::SeqCst) => {
                self.tell("trouble", Some(trouble.api()));
            }
            None if self.trouble_told.swap(false, Ordering::SeqCst) => self.tell("trouble", None::<ApiError>),
            _ => {}
        }
    }

    /// The window listens anew, and has not been told about any trouble.
    pub(crate) fn listening(&self) {
        self.lookout.listening();
        self.trouble_told.store(false, Ordering::SeqCst);
    }

    /// Tells the window what changed.
    pub(crate) fn tell_changes(&self, changes: &Changes) {
        if changes.topics.contains(&Topic::Documents) {
            self.lookout.documents_changed();
        }
        self.tell("changed", changes);
    }

    /// Tells the window something. A window that is gone is not told.
    pub(crate) fn tell<T: Serialize + Clone>(&self, event: &str, payload: T) {
        let _ = self.app.emit(event, payload);
    }

    /// Tells the window what another process changed in the project, if anything, and does what waits until nobody waits.
    pub(crate) fn look_outside(&self) {
        let Ok(project) = self.project() else { return };
        self.tell_trouble(&project);
        // A project that is locked just now is looked at again in a moment.
        if let Ok(Some(changes)) = project.changes_outside() {
            self.tell_changes(&changes);
        }
        // The next search then finds its index ready; when this fails, the search does it and says what is wrong.
        let _ = gloss_core::upkeep::upkeep(&project);
    }

    /// Tells the window which documents' files have changed on the disk, if that is news.
    pub(crate) fn look_at_sources(&self) {
        let Ok(project) = self.project() else { return };
        // A project that is locked just now is looked at again in a moment.
        if let Ok(Some(changed)) = self.lookout.look(&project, self.watches()) {
            self.tell("sources", changed);
        }
    }

    /// Long work begins that the person may cancel.
    pub(crate) fn begin_long_work(&self) {
        self.cancelled.store(false, Ordering::SeqCst);
    }

    /// The person does not want to wait any longer; what is done stays.
    pub(crate) fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
    }

    /// Whether the long work is to stop after the step that it is in.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst)
    }

    /// The window is to be asked to save what is being typed; which time this is, or nothing when it is being asked.
    pub(crate) fn begin_closing(&self) -> Option<u32> {
        let mut closing = locked(&self.closing);
        if closing.is_some() {
            return None;
        }
        *closing = Some(self.closings.fetch_add(1, Ordering::SeqCst));
        *closing
    }

    /// The window is not to be closed any more: the person is asked what to do with what could not be saved.
    pub(crate) fn keep_open(&self) {
        *locked(&self.closing) = None;
    }

    /// Whether it is still this time that the window is to be closed.
    pub(crate) fn is_closing(&self, time: u32) -> bool {
        *locked(&self.closing) == Some(time)
    }

    /// Lets go of the project, so that its file is whole without its journal files before the process ends.
    pub(crate) fn leave(&self) {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.project = Err(Error::ProjectMissing { name: String::new() }.api());
        opened.window = None;
    }

    fn answer_second_starts(self: &Arc<Self>) {
        let app = self.app.clone();
        if let Some(window) = &mut locked(&self.opened).window {
            window.listen(move || crate::window::come_forward(&app));
        }
    }
}
