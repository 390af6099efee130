//! What was measured: every run's figures, their medians, and the file that others read.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Figures by name, one for each run.
#[derive(Default)]
pub struct Figures(BTreeMap<&'static str, Vec<f64>>);

impl Figures {
    /// One run's figure.
    pub fn add(&mut self, name: &'static str, figure: f64) {
        println!("  {name:<24} {figure:>10.2}");
        self.0.entry(name).or_default().push(figure);
    }

    /// Prints medians and spreads, and writes the medians to `target/bench/figures.json`; figures of parts that were not run stay there.
    pub fn tell(&self) {
        println!("\n{:<26} {:>10} {:>10} {:>10}", "median of the runs", "", "least", "most");
        for (name, figures) in &self.0 {
            let mut sorted = figures.clone();
            sorted.sort_by(f64::total_cmp);
            println!("{name:<26} {:>10.2} {:>10.2} {:>10.2}", median(&sorted), sorted[0], sorted[sorted.len() - 1]);
        }
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench/figures.json");
        let kept = fs::read_to_string(&file).ok().and_then(|text| serde_json::from_str(&text).ok());
        let mut all: BTreeMap<String, f64> = kept.unwrap_or_default();
        for (name, figures) in &self.0 {
            let mut sorted = figures.clone();
            sorted.sort_by(f64::total_cmp);
            all.insert((*name).to_owned(), (median(&sorted) * 1_000.0).round() / 1_000.0);
        }
        fs::create_dir_all(file.parent().expect("a folder")).expect("target/bench can be made");
        fs::write(&file, serde_json::to_string_pretty(&all).expect("JSON") + "\n").expect("figures.json can be written");
        println!("written to {}", file.display());
    }
}

fn median(sorted: &[f64]) -> f64 {
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] } else { (sorted[middle - 1] + sorted[middle]) / 2.0 }
}

/// The figure below which `share` of all stand.
pub fn quantile(figures: &mut [f64], share: f64) -> f64 {
    figures.sort_by(f64::total_cmp);
    let last = figures.len().saturating_sub(1);
    figures[((last as f64) * share).round() as usize]
}
