//! The window of the program: opening it over WebDriver, waiting until something is so, reading what is there, and the
//! ways in which it ends. What a person does with keys and mouse is in `keys.rs` and `pointer.rs`.

use crate::machine::{Process, children_of, is_page, kill, mebibytes, runs, send};
use crate::pointer::Spot;
use crate::seat::{Seat, screenshots};
use crate::sought::{Sought, sought};
use crate::{GLANCE, PATIENCE};
use fantoccini::actions::Actions;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::cell::Cell;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The script that finds things by role and name.
const PAGE: &str = include_str!("page.js");

/// From the edge of the text's column into its empty margin, in CSS pixels; less than its paragraph numbers leave.
const MARGIN: f64 = 12.0;

/// The least height of a window in which stories happen, in CSS pixels.
const SCREEN_HEIGHT: f64 = 700.0;

/// An open window. It is closed when this is dropped, also when a story fails.
pub struct Window {
    driver: Process,
    pub(crate) client: Client,
    pub(crate) display: String,
    pub(crate) app: u32,
    /// When the mouse was last pressed.
    pub(crate) pressed: Cell<Instant>,
}

/// Memory in MiB.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// Of the page: its own, and its share of what it shares with others (PSS).
    pub page: f64,
    /// Of the program behind it, counted likewise.
    pub program: f64,
    /// Of the program with all libraries that it shares with others (RSS).
    pub resident: f64,
}

/// What can be read about one thing in the window.
#[derive(Clone, Debug)]
pub struct Thing {
    /// Its accessible name.
    pub name: String,
    /// Its text as it is laid out.
    pub text: String,
    /// Its text as it is in the page, whatever the layout does with it.
    pub raw: String,
    /// What stands in it, if it is a field.
    pub value: Option<String>,
    /// Whether it has the focus.
    pub focused: bool,
    attributes: Value,
}

impl Thing {
    /// An attribute, such as `aria-pressed`.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes[name].as_str()
    }
}

/// A highlight as the text shows it.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Its accessible name: tags, note, links.
    pub name: String,
    /// The text that lies in it.
    pub text: String,
    /// The tint behind the text.
    pub colour: String,
}

impl Window {
    pub(crate) async fn open(seat: &Seat) -> Window {
        let window = Window::start(seat, &seat.program(), &[]).await;
        // The tabs are drawn by the page's own script, so everything is loaded when they are there.
        window.see(&sought("tablist").named("Views")).await;
        window
    }

    /// Starts a program with a web view, and returns as soon as the driver can speak to it.
    pub(crate) async fn start(seat: &Seat, program: &Path, arguments: &[&str]) -> Window {
        let port = free_port();
        let mut command = Command::new("WebKitWebDriver");
        seat.at_this_seat(&mut command);
        command.env("TAURI_WEBVIEW_AUTOMATION", "true").arg(format!("--port={port}")).arg("--host=127.0.0.1");
        let driver = Process::start(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()));
        listening(port).await;
        let capabilities = json!({
            "webkitgtk:browserOptions": {"binary": program, "args": arguments},
            "timeouts": {"script": 60_000},
        });
        let capabilities = capabilities.as_object().cloned().unwrap_or_default();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let address = format!("http://127.0.0.1:{port}");
        let session = builder.capabilities(capabilities).connect(&address);
        let client = match tokio::time::timeout(2 * PATIENCE, session).await {
            Ok(Ok(client)) => client,
            Ok(Err(error)) => panic!("the window did not open: {error}"),
            Err(_) => {
                children_of(driver.id()).into_iter().for_each(kill);
                panic!("the window did not open within {:?}", 2 * PATIENCE)
            }
        };
        let app = children_of(driver.id()).first().copied().unwrap_or_default();
        assert!(app != 0, "the driver has started no program");
        Window { driver, client, display: seat.display.name.clone(), app, pressed: Cell::new(Instant::now()) }
    }

    /// Loads a page, in a browser.
    pub async fn go(&self, address: &str) {
        answered("the page", self.client.goto(address)).await;
    }

    /// What the program and its page use at this moment.
    pub fn memory(&self) -> Memory {
        let page = children_of(self.app).into_iter().filter(|process| is_page(*process));
        Memory {
            page: page.map(|process| mebibytes(process, "Pss")).sum(),
            program: mebibytes(self.app, "Pss"),
            resident: mebibytes(self.app, "Rss"),
        }
    }

    /// Gives the page a size in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        answered("the new size", self.client.set_window_rect(0, 0, width, height)).await;
        let wanted = json!({"width": width, "height": height});
        self.until(&format!("the page is {width}×{height}"), async || {
            let size = self.ask("size", json!({})).await;
            if size == wanted { Ok(()) } else { Err(format!("it is {size}")) }
        })
        .await;
    }

    // Waiting.

    /// Asks again and again until the answer is good; the story fails with the last complaint and a screenshot.
    pub async fn until<T>(&self, what: &str, good: impl AsyncFn() -> Result<T, String>) -> T {
        self.within(PATIENCE, what, good).await
    }

    /// The same with a patience of its own.
    pub async fn within<T>(&self, patience: Duration, what: &str, good: impl AsyncFn() -> Result<T, String>) -> T {
        let end = Instant::now() + patience;
        loop {
            match good().await {
                Ok(answer) => return answer,
                Err(complaint) if Instant::now() > end => self.fail(what, &complaint).await,
                Err(_) => tokio::time::sleep(GLANCE).await,
            }
        }
    }

    /// Ends the story.
    pub async fn fail(&self, what: &str, complaint: &str) -> ! {
        let story = std::thread::current().name().unwrap_or("story").replace("::", "-");
        let shown = match self.try_picture().await {
            Ok(picture) => keep(&format!("failed-{story}"), &picture).display().to_string(),
            Err(error) => format!("no screenshot: {error}"),
        };
        panic!("waited in vain until {what}: {complaint}\n  the window then: {shown}")
    }

    /// Waits until exactly one such thing is there.
    pub async fn see(&self, what: &Sought) {
        self.read(what).await;
    }

    /// Waits until nothing like it is there.
    pub async fn gone(&self, what: &Sought) {
        self.until(&format!("{what} is gone"), async || {
            let count = self.count_now(what).await;
            if count == 0 { Ok(()) } else { Err(format!("there are {count}")) }
        })
        .await;
    }

    /// Waits until there are so many.
    pub async fn count(&self, what: &Sought, wanted: usize) {
        self.until(&format!("there are {wanted} of {what}"), async || {
            let names = self.names_now(what).await;
            if names.len() == wanted { Ok(()) } else { Err(format!("there are {}: {names:?}", names.len())) }
        })
        .await;
    }

    /// How many there are at this moment.
    pub async fn count_now(&self, what: &Sought) -> usize {
        self.names_now(what).await.len()
    }

    /// The names of all such things at this moment.
    pub async fn names_now(&self, what: &Sought) -> Vec<String> {
        let answer = self.ask("look", json!({"sought": what.json()})).await;
        // `names` lists every match in order.
        answer["names"].as_array().into_iter().flatten().filter_map(|name| Some(name.as_str()?.to_owned())).collect()
    }

    /// Waits until exactly one such thing is there and reads it.
    pub async fn read(&self, what: &Sought) -> Thing {
        self.until(&format!("{what} is there"), async || self.only("read", what).await.map(|found| thing(&found))).await
    }

    /// Waits until the text of something has this in it.
    pub async fn says(&self, what: &Sought, part: &str) {
        self.until(&format!("{what} says “{part}”"), async || {
            let found = thing(&self.only("read", what).await?);
            let text = found.value.unwrap_or(found.text);
            if text.contains(part) { Ok(()) } else { Err(format!("it says “{}”", shortened(&text))) }
        })
        .await;
    }

    /// Waits until the live region says this.
    pub async fn hears(&self, part: &str) {
        self.says(&sought("status").named("Messages"), part).await;
    }

    /// Waits until everything is committed. The header leaves what is committed within two frames unsaid.
    pub async fn saved(&self) {
        let painted = "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(arguments[0])));";
        self.execute_async(painted, Vec::new()).await;
        self.says(&sought("banner"), "Saved").await;
    }

    /// Waits until something has the focus.
    pub async fn focused(&self, what: &Sought) {
        self.until(&format!("{what} has the focus"), async || {
            let found = thing(&self.only("read", what).await?);
            if found.focused { Ok(()) } else { Err(format!("{} has it", self.focus_now().await)) }
        })
        .await;
    }

    /// Role and name of what has the focus at this moment.
    pub async fn focus_now(&self) -> String {
        let focus = self.ask("focus", json!({})).await;
        let part = |key: &str| focus[key].as_str().unwrap_or("nothing").to_owned();
        format!("{} “{}”", part("role"), part("name"))
    }

    /// The highlights that the text shows at this moment, in the order of the text.
    pub async fn marks_now(&self) -> Vec<Mark> {
        let text = sought("main").named("Document text");
        let found = self.ask("marks", json!({"sought": text.json()})).await;
        let marks = found.as_array().into_iter().flatten();
        marks
            .map(|mark| {
                let part = |key: &str| mark[key].as_str().unwrap_or_default().to_owned();
                Mark { name: part("name"), text: part("text"), colour: part("colour") }
            })
            .collect()
    }

    /// Waits until a passage is marked with this name, and answers with its mark.
    pub async fn marked(&self, quote: &str, name: &str) -> Mark {
        self.until(&format!("“{quote}” is marked “{name}”"), async || {
            let marks = self.marks_now().await;
            let found = marks.iter().find(|mark| mark.text == quote && mark.name == name).cloned();
            found.ok_or_else(|| format!("the marks are {marks:?}"))
        })
        .await
    }

    /// Opens the project's document of this title in the list.
    pub async fn open_document(&self, title: &str) {
        let list = sought("navigation").named("Documents");
        self.click(&sought("button").starting(title).within(list)).await;
        self.says(&sought("main").named("Document text"), title).await;
    }

    /// Gives the keyboard to the text, with a click into its margin.
    pub async fn to_text(&self) {
        let text = sought("main").named("Document text");
        let boxes = self.boxes_now(&text).await;
        let left = boxes.first().map_or(0.0, |(_, [left, ..])| *left);
        self.click_at(Spot { x: left + MARGIN, y: 0.5 * SCREEN_HEIGHT }).await;
        self.focused(&text).await;
    }

    /// Goes to a view by its tab.
    pub async fn show(&self, view: &str) {
        let tab = sought("tab").named(view);
        self.click(&tab).await;
        self.until(&format!("{view} is shown"), async || match self.read(&tab).await.attribute("aria-selected") {
            Some("true") => Ok(()),
            _ => Err("its tab is not the chosen one".into()),
        })
        .await;
    }

    /// The middle of the only such thing, once it rests there and nothing covers it.
    pub(crate) async fn middle_of(&self, what: &Sought) -> Spot {
        self.until(&format!("{what} can be clicked"), async || {
            let before = self.only("place", what).await?;
            tokio::time::sleep(GLANCE).await;
            let found = self.only("place", what).await?;
            match found["cover"].as_str() {
                Some(cover) => Err(format!("{cover} is over it")),
                None if before["box"] != found["box"] => Err("it moves".into()),
                None => Ok(Spot::of(&found["middle"])),
            }
        })
        .await
    }

    async fn only(&self, question: &str, what: &Sought) -> Result<Value, String> {
        let found = self.ask(question, json!({"sought": what.json()})).await;
        if found["count"] == 1 {
            return Ok(found);
        }
        let others = &found["others"];
        Err(format!("there are {}; of that role there are {others}", found["count"]))
    }

    /// Boxes on the screen of all such things, with their names.
    pub async fn boxes_now(&self, what: &Sought) -> Vec<(String, [f64; 4])> {
        let found = self.ask("boxes", json!({"sought": what.json()})).await;
        let boxes = found.as_array().into_iter().flatten();
        boxes
            .map(|one| {
                let edge = |key: &str| one[key].as_f64().unwrap_or_default();
                (
                    one["name"].as_str().unwrap_or_default().to_owned(),
                    [edge("left"), edge("top"), edge("right"), edge("bottom")],
                )
            })
            .collect()
    }

    // Talking to the page.

    pub(crate) async fn ask(&self, question: &str, given: Value) -> Value {
        let script = format!("{PAGE}\nreturn ask(arguments[0], arguments[1]);");
        self.execute(&script, vec![json!(question), given]).await
    }

    /// Runs a script in the page.
    pub async fn execute(&self, script: &str, arguments: Vec<Value>) -> Value {
        answered("the page", self.client.execute(script, arguments)).await
    }

    /// Runs a script in the page that answers by calling its last argument.
    pub async fn execute_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        answered("the page", self.client.execute_async(script, arguments)).await
    }

    pub(crate) async fn perform(&self, actions: impl Into<Actions>) {
        answered("keys or mouse", self.client.perform_actions(actions)).await;
    }

    /// The window as a PNG.
    pub async fn picture(&self) -> Vec<u8> {
        match self.try_picture().await {
            Ok(picture) => picture,
            Err(error) => panic!("no screenshot: {error}"),
        }
    }

    async fn try_picture(&self) -> Result<Vec<u8>, String> {
        // The driver waits for the next frame, and a window in which nothing changes draws none.
        const KEEP_DRAWING: &str = "const style = document.documentElement.style;
            const end = performance.now() + 2000;
            let frame = 0;
            (function draw() {
                if (performance.now() > end) return style.removeProperty('--frame');
                style.setProperty('--frame', frame++);
                requestAnimationFrame(draw);
            })();";
        let taken = async {
            self.client.execute(KEEP_DRAWING, Vec::new()).await?;
            self.client.screenshot().await
        };
        match tokio::time::timeout(PATIENCE, taken).await {
            Ok(picture) => picture.map_err(|error| error.to_string()),
            Err(_) => Err("the window does not answer".into()),
        }
    }

    /// Keeps a screenshot under a name; answers with its place.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        keep(name, &self.picture().await)
    }

    // Ending.

    /// Ends the program as a failure of the machine would: at once, in the middle of whatever it does.
    pub async fn kill(self) {
        kill(self.app);
        self.ended().await;
    }

    /// Ends the program by a signal, such as `TERM`, and waits until it has ended.
    pub async fn end_by(self, signal: &str) {
        send(self.app, signal);
        self.ended().await;
    }

    /// Closes the window.
    pub async fn close(self) {
        // The driver ends the program; that it is gone is seen below.
        let _ = self.client.clone().close().await;
        self.ended().await;
    }

    /// The next window on this project would otherwise find this one.
    async fn ended(&self) {
        let end = Instant::now() + PATIENCE;
        while runs(self.app) {
            assert!(Instant::now() < end, "the program did not end");
            tokio::time::sleep(GLANCE).await;
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        kill(self.app);
        children_of(self.driver.id()).into_iter().for_each(kill);
    }
}

/// The answer of the driver to one command; a window that hangs ends the story instead of holding it up.
async fn answered<T>(what: &str, command: impl Future<Output = Result<T, CmdError>>) -> T {
    match tokio::time::timeout(2 * PATIENCE, command).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => panic!("{what}: {error}"),
        Err(_) => panic!("{what}: no answer within {:?}", 2 * PATIENCE),
    }
}

fn thing(found: &Value) -> Thing {
    let part = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
    Thing {
        name: part("name"),
        text: part("text"),
        raw: part("raw"),
        value: found["value"].as_str().map(str::to_owned),
        focused: found["focused"] == true,
        attributes: found["attributes"].clone(),
    }
}

/// Enough of a text to see what it is.
fn shortened(text: &str) -> String {
    const ENOUGH: usize = 300;
    if text.chars().count() <= ENOUGH { text.into() } else { text.chars().take(ENOUGH).chain(['…']).collect() }
}

fn keep(name: &str, picture: &[u8]) -> PathBuf {
    let folder = screenshots();
    let file = folder.join(format!("{name}.png"));
    let kept = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&file, picture));
    match kept {
        Ok(()) => file,
        Err(error) => panic!("{} could not be written: {error}", file.display()),
    }
}

fn free_port() -> u16 {
    let found = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    match found {
        Ok(address) => address.port(),
        Err(error) => panic!("no free port: {error}"),
    }
}

async fn listening(port: u16) {
    let end = Instant::now() + PATIENCE;
    while TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).is_err() {
        assert!(Instant::now() < end, "WebKitWebDriver does not listen on port {port}");
        tokio::time::sleep(GLANCE).await;
    }
}
