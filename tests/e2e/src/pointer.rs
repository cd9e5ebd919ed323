//! The mouse: clicking things, and dragging over the words of a text.

use crate::sought::{Sought, sought};
use crate::window::Window;
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// A point of the page, in CSS pixels.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl Spot {
    pub(crate) fn of(value: &Value) -> Spot {
        Spot { x: value["x"].as_f64().unwrap_or(-1.0), y: value["y"].as_f64().unwrap_or(-1.0) }
    }
}

/// Clicks within this time of each other are a double click to the reader (450 ms) and to GTK (400 ms).
const DOUBLE: Duration = Duration::from_millis(500);

/// Steps of a drag between its ends: a hand does not jump.
const STEPS: u32 = 4;

impl Window {
    /// Clicks something, as soon as it is there and nothing covers it.
    pub async fn click(&self, what: &Sought) {
        let spot = self.middle_of(what).await;
        self.click_at(spot).await;
    }

    /// Clicks a point of the page.
    pub async fn click_at(&self, spot: Spot) {
        self.apart_from_the_last_click().await;
        let pressed = press(to(MouseActions::new("mouse".into()), spot));
        self.perform(release(pressed)).await;
    }

    /// Clicks twice, quickly.
    pub async fn double_click_at(&self, spot: Spot) {
        self.apart_from_the_last_click().await;
        let mouse = to(MouseActions::new("mouse".into()), spot);
        let mouse = release(press(mouse)).then(PointerAction::Pause { duration: Duration::from_millis(40) });
        self.perform(release(press(mouse))).await;
    }

    /// Presses at one point, moves to the other and lets go.
    pub async fn drag(&self, from: Spot, to_spot: Spot) {
        self.apart_from_the_last_click().await;
        let mut mouse = press(to(MouseActions::new("mouse".into()), from));
        for step in 1..=STEPS {
            let part = f64::from(step) / f64::from(STEPS);
            let x = from.x + (to_spot.x - from.x) * part;
            let y = from.y + (to_spot.y - from.y) * part;
            mouse = to(mouse, Spot { x, y });
        }
        self.perform(release(mouse)).await;
    }

    /// Two clicks are one double click only where a story says so.
    async fn apart_from_the_last_click(&self) {
        tokio::time::sleep(DOUBLE.saturating_sub(self.pressed.get().elapsed())).await;
        self.pressed.set(Instant::now());
    }

    /// Selects a quote of the open text by dragging over it.
    pub async fn drag_over(&self, quote: &str) {
        let (from, to) = self.ends_of(quote).await;
        self.drag(from, to).await;
    }

    /// Where a quote of the open text begins and ends on the screen, just inside its first and last letter.
    pub async fn ends_of(&self, quote: &str) -> (Spot, Spot) {
        let text = sought("main").named("Document text");
        let given = json!({"sought": text.json(), "quote": quote, "occurrence": 1});
        let found = self
            .until(&format!("“{quote}” is in the text"), async || {
                let found = self.ask("quote", given.clone()).await;
                if found.is_object() { Ok(found) } else { Err("it is not".into()) }
            })
            .await;
        (Spot::of(&found["from"]), Spot::of(&found["to"]))
    }
}

fn to(mouse: MouseActions, Spot { x, y }: Spot) -> MouseActions {
    mouse.then(PointerAction::MoveTo { duration: Some(Duration::ZERO), x: x.round(), y: y.round() })
}

fn press(mouse: MouseActions) -> MouseActions {
    mouse.then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
}

fn release(mouse: MouseActions) -> MouseActions {
    mouse.then(PointerAction::Up { button: MOUSE_BUTTON_LEFT })
}
