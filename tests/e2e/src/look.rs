//! What can be said about looks without taste: nothing is wider than the window, no words are cut off, no two cards lie
//! over each other.

use crate::sought::{Sought, sought};
use crate::window::Window;
use serde_json::json;

/// Cards may touch; this much of a pixel is rounding.
const ROUNDING: f64 = 1.0;

impl Window {
    /// Asserts that everything fits; `view` is what the message calls it.
    pub async fn fits(&self, view: &str) {
        self.settled().await;
        let found = self.ask("misfits", json!({})).await;
        let list: Vec<&str> = found.as_array().into_iter().flatten().filter_map(|one| one.as_str()).collect();
        if !list.is_empty() {
            self.fail(&format!("everything fits on {view}"), &format!("\n  {}", list.join("\n  "))).await;
        }
        self.apart(view, &sought("article").within(sought("complementary").named("Margin notes"))).await;
    }

    /// Asserts that no two of these lie over each other.
    async fn apart(&self, view: &str, what: &Sought) {
        let boxes = self.boxes_now(what).await;
        for (at, (one, [left, top, right, bottom])) in boxes.iter().enumerate() {
            for (other, [other_left, other_top, other_right, other_bottom]) in &boxes[at + 1..] {
                let over = left + ROUNDING < *other_right
                    && other_left + ROUNDING < *right
                    && top + ROUNDING < *other_bottom
                    && other_top + ROUNDING < *bottom;
                if over {
                    self.fail(&format!("no two cards overlap on {view}"), &format!("“{one}” and “{other}” do")).await;
                }
            }
        }
    }
}
