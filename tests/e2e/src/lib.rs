//! Drives the real window: the program under test, on a display, a message bus and folders of its own, over WebDriver.
//!
//! A story sits down at a [`Seat`], opens the [`Window`] and then does what a person does: it looks for things by role
//! and accessible name ([`Sought`]), presses keys, clicks, drags. Everything waits until it is so, up to [`PATIENCE`],
//! and a story that waits in vain ends with what was there instead and a screenshot. Deliberately absent: CSS classes,
//! fixed pauses, and any way into the program that a person does not have, besides its command line.

mod axe;
mod chooser;
mod command_line;
mod keys;
mod look;
mod machine;
mod pointer;
mod seat;
mod sought;
#[cfg(target_os = "linux")]
mod trap;
mod window;

pub mod sources;

pub use command_line::Answer;
pub use pointer::Spot;
pub use seat::Seat;
pub use sought::{Name, Sought, sought};
#[cfg(target_os = "linux")]
pub use trap::Trap;
pub use window::{Mark, Memory, Thing, Window};

use std::time::Duration;

/// How long a story waits for something to become so: many times what it takes on a slow machine.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How often it looks meanwhile.
pub(crate) const GLANCE: Duration = Duration::from_millis(30);
