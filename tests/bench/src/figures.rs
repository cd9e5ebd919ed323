//! Statistics, and the table and the JSON that they are shown in.

use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Several times of the same thing, in milliseconds, ascending.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<f64>);

impl Times {
    /// Times as they were taken.
    pub fn new(mut taken: Vec<f64>) -> Times {
        taken.sort_by(f64::total_cmp);
        Times(taken)
    }

    /// Does something several times.
    pub fn of<E>(runs: usize, mut run: impl FnMut(usize) -> Result<Duration, E>) -> Result<Times, E> {
        (0..runs).map(|at| run(at).map(milliseconds)).collect::<Result<_, _>>().map(Times::new)
    }

    /// The time that this share of all runs stayed within, 0 to 1.
    pub fn quantile(&self, share: f64) -> f64 {
        let last = self.0.len().saturating_sub(1);
        self.0.get((last as f64 * share).round() as usize).copied().unwrap_or(f64::NAN)
    }

    /// The median.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// "0.31 (0.29–0.52)", and the 99th percentile from a hundred runs on.
    pub fn shown(&self) -> String {
        let spread = format!("{} ({}–{}", short(self.median()), short(self.quantile(0.0)), short(self.quantile(1.0)));
        if self.0.len() < 100 {
            return spread + ")";
        }
        format!("{spread}; p99 {})", short(self.quantile(0.99)))
    }

    fn json(&self) -> Value {
        json!({ "runs": self.0.len(), "median": self.median(), "min": self.quantile(0.0), "max": self.quantile(1.0),
            "p95": self.quantile(0.95), "p99": self.quantile(0.99) })
    }
}

/// One line of the table.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What was measured.
    pub what: String,
    /// How long it took.
    pub times: Times,
    /// The least that this machine needed for the same in the same run.
    pub floor: Option<Times>,
    /// What it should stay within.
    pub target: Option<Target>,
}

/// What a figure should stay within.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    /// The median, milliseconds.
    Median(f64),
    /// The median and the 99th percentile, milliseconds.
    Both(f64, f64),
    /// The median as a multiple of the floor.
    Ratio(f64),
    /// How far the median may lie above the floor.
    Above(f64),
}

impl Figure {
    /// A figure without floor and target.
    pub fn new(what: impl Into<String>, times: Times) -> Figure {
        Figure { what: what.into(), times, floor: None, target: None }
    }

    /// With the floor of the same run.
    pub fn floor(self, floor: &Times) -> Figure {
        Figure { floor: Some(floor.clone()), ..self }
    }

    /// With what it should stay within.
    pub fn target(self, target: Target) -> Figure {
        Figure { target: Some(target), ..self }
    }

    fn ratio(&self) -> Option<f64> {
        self.floor.as_ref().map(|floor| self.times.median() / floor.median())
    }

    /// Whether it stays within its target; `None` without one.
    pub fn met(&self) -> Option<bool> {
        Some(match self.target? {
            Target::Median(limit) => self.times.median() <= limit,
            Target::Both(median, tail) => self.times.median() <= median && self.times.quantile(0.99) <= tail,
            Target::Ratio(limit) => self.ratio()? <= limit,
            Target::Above(limit) => self.times.median() <= self.floor.as_ref()?.median() + limit,
        })
    }

    fn cells(&self) -> [String; 6] {
        let target = match self.target {
            None => String::new(),
            Some(Target::Median(limit)) => format!("≤ {}", short(limit)),
            Some(Target::Both(median, tail)) => format!("≤ {}, p99 ≤ {}", short(median), short(tail)),
            Some(Target::Ratio(limit)) => format!("≤ {} × floor", short(limit)),
            Some(Target::Above(limit)) => format!("≤ floor + {}", short(limit)),
        };
        let met = match self.met() {
            None => "",
            Some(true) => "met",
            Some(false) => "not met",
        };
        [
            self.what.clone(),
            self.times.shown(),
            self.floor.as_ref().map_or_else(String::new, Times::shown),
            self.ratio().map_or_else(String::new, |ratio| format!("{ratio:.1} ×")),
            target,
            met.to_owned(),
        ]
    }

    /// For programs.
    pub fn json(&self) -> Value {
        let mut out = json!({ "what": self.what, "ms": self.times.json(), "met": self.met() });
        if let Some(floor) = &self.floor {
            out["floor"] = floor.json();
            out["ratio"] = json!(self.ratio());
        }
        match self.target {
            None => {}
            Some(Target::Median(limit)) => out["target"] = json!({ "median": limit }),
            Some(Target::Both(median, tail)) => out["target"] = json!({ "median": median, "p99": tail }),
            Some(Target::Ratio(limit)) => out["target"] = json!({ "ratio": limit }),
            Some(Target::Above(limit)) => out["target"] = json!({ "above": limit }),
        }
        out
    }
}

/// The figures as a Markdown table.
pub fn table(figures: &[Figure]) -> String {
    let mut out = String::from("| what | ms, median (min–max) | floor, ms | ratio | target | |\n");
    out.push_str("| --- | --- | --- | --- | --- | --- |\n");
    for figure in figures {
        out.push_str(&format!("| {} |\n", figure.cells().join(" | ")));
    }
    out
}

/// How long something took.
pub fn timed<T, E>(run: impl FnOnce() -> Result<T, E>) -> Result<(T, Duration), E> {
    let begun = Instant::now();
    let answer = run()?;
    Ok((answer, begun.elapsed()))
}

/// A duration in milliseconds.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Three figures are as exact as such times are.
fn short(number: f64) -> String {
    let digits = if number >= 99.95 {
        0
    } else if number >= 9.995 {
        1
    } else {
        2
    };
    format!("{number:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_says_its_median_its_spread_and_whether_it_meets_its_target() {
        let times = Times::new((1..=100).map(f64::from).collect());
        assert_eq!(times.shown(), "51.0 (1.00–100; p99 99.0)");
        let figure = Figure::new("a thing", times.clone()).target(Target::Both(51.0, 98.0));
        assert_eq!(figure.met(), Some(false));
        let floor = Times::new(vec![20.0, 30.0, 25.0]);
        let figure = Figure::new("a thing", times).floor(&floor).target(Target::Ratio(2.1));
        assert_eq!(figure.met(), Some(true));
        assert!(
            table(&[figure])
                .contains("| a thing | 51.0 (1.00–100; p99 99.0) | 25.0 (20.0–30.0) | 2.0 × | ≤ 2.10 × floor | met |")
        );
    }
}
