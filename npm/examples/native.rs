//! The work of `bench/form.mjs` without WebAssembly: one change in a form and the new answer, median in milliseconds.
//!
//! Reads `{"files": […], "documents": […]}` from standard input and prints one number a document.

use std::{hint::black_box, io::stdin, time::Instant};

use dagwright_core::{
    Engine,
    answer::{Request, SourceFile},
    settings::Settings,
};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Workload {
    files: Vec<SourceFile>,
    documents: Vec<Value>,
}

#[expect(clippy::print_stdout, reason = "the caller reads the numbers")]
fn main() {
    let workload: Workload = serde_json::from_reader(stdin()).expect("a workload on standard input");
    let mut engine = Engine::new(Settings::default());
    engine.load(&workload.files);
    let medians: Vec<f64> = workload
        .documents
        .into_iter()
        .map(|document| median(&engine, document))
        .collect();
    println!("{}", json!(medians));
}

/// As in the browser, a question comes and an answer goes as JSON text.
fn median(engine: &Engine, mut document: Value) -> f64 {
    let tasks = document["parameters"]["steps"].as_array().map_or(0, Vec::len);
    let rounds = if tasks > 100 { 60 } else { 400 };
    let mut times: Vec<f64> = (0..rounds * 2)
        .map(|round| {
            document["parameters"]["description"] = json!(format!("Closes the books, round {round}"));
            let question = json!({"config": {"values": document}, "now": 1_800_000_000, "revision": round}).to_string();
            let start = Instant::now();
            let request: Request = serde_json::from_str(&question).expect("a request");
            let answer = engine.answer(&request);
            assert_eq!(answer.dags[0].tasks.len(), tasks, "{:?}", answer.diagnostics);
            black_box(serde_json::to_string(&answer).expect("JSON"));
            start.elapsed().as_secs_f64() * 1000.0
        })
        .skip(rounds)
        .collect();
    times.sort_by(f64::total_cmp);
    times[rounds / 2]
}
