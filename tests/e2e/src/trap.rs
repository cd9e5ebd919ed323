//! What nothing in the window may touch: an address on this machine that takes note of who calls, and a file that takes
//! note of who opens it. Deliberately absent: answers; whoever calls is hung up on.

use crate::seat::Seat;
use rustix::fs::inotify::{self, CreateFlags, ReadFlags, WatchFlags};
use std::io::{BufRead, BufReader, Read, Write};
use std::mem::MaybeUninit;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::{GLANCE, PATIENCE};

/// How long a caller may take to say what it wants.
const SHORT: Duration = Duration::from_secs(2);

/// An address and a file that are not to be touched.
pub struct Trap {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
    file: PathBuf,
    watched: OwnedFd,
}

impl Trap {
    /// Sets the trap at a seat.
    pub fn set(seat: &Seat) -> Trap {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = listener.local_addr().expect("its number").port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&heard);
        // It ends with the process of the test.
        std::thread::spawn(move || {
            for caller in listener.incoming().flatten() {
                let asked = asked(&caller);
                told.lock().unwrap_or_else(PoisonError::into_inner).push(format!("a call: {asked}"));
            }
        });
        // In a folder of its own: the desktop's dialogs look into the files of a folder that they list.
        let folder = seat.folder().join("secret");
        std::fs::create_dir(&folder).expect("a folder");
        let file = folder.join("secret.html");
        std::fs::write(&file, "A secret of this machine.").expect("the file is written");
        let watched = inotify::init(CreateFlags::NONBLOCK).expect("files can be watched");
        inotify::add_watch(&watched, &file, WatchFlags::OPEN | WatchFlags::ACCESS).expect("the file is watched");
        Trap { port, heard, file, watched }
    }

    /// A text with the address in place of `ADDRESS`, and the file's path, which begins with a slash, in place of `/FILE`.
    pub fn baited(&self, text: &str) -> String {
        text.replace("ADDRESS", &format!("127.0.0.1:{}", self.port)).replace("/FILE", &self.file.to_string_lossy())
    }

    /// Who has called or opened the file until now; empty when nobody has.
    pub fn sprung(&self) -> Vec<String> {
        let mut all = self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut space = [MaybeUninit::uninit(); 4096];
        let mut events = inotify::Reader::new(&self.watched, &mut space);
        while let Ok(event) = events.next() {
            if event.events().intersects(ReadFlags::OPEN | ReadFlags::ACCESS) {
                all.push(format!("{} was opened", self.file.display()));
            }
        }
        all
    }

    /// Touches both, and asserts that both noticed: a trap that never springs proves nothing.
    pub fn works(&self) {
        let mut caller = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).expect("the trap listens");
        caller.write_all(b"GET /itself HTTP/1.1\r\n\r\n").expect("and hears");
        std::fs::read(&self.file).expect("the file is there");
        let end = Instant::now() + PATIENCE;
        let mut noticed = Vec::new();
        while noticed.len() < 2 {
            assert!(Instant::now() < end, "the trap noticed only {noticed:?}");
            noticed.extend(self.sprung());
            noticed.sort();
            noticed.dedup();
            std::thread::sleep(GLANCE);
        }
    }
}

/// The first line of what a caller says.
fn asked(caller: &TcpStream) -> String {
    let mut line = String::new();
    let _ = caller.set_read_timeout(Some(SHORT));
    // Who calls and says nothing has called all the same.
    let _ = BufReader::new(caller.take(1024)).read_line(&mut line);
    line.trim_end().to_owned()
}
