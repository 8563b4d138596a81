//! Writes the test suite's sample dossiers in every form: `cargo run --release -p report --example sample -- DIR`.
#![allow(clippy::disallowed_methods)]

#[path = "../tests/support/sample.rs"]
mod sample;

use std::io::BufWriter;
use std::path::PathBuf;
use std::time::Instant;

fn main() -> std::io::Result<()> {
    let dir = PathBuf::from(std::env::args().nth(1).expect("a folder to write to"));
    for (name, dossier) in [("rich", sample::rich()), ("empty", sample::empty()), ("large", sample::large())] {
        for export in report::EXPORTS {
            let path = dir.join(format!("{name}.{}.{}", export.card.id, export.extension));
            let start = Instant::now();
            (export.write)(&dossier, &mut BufWriter::new(std::fs::File::create(&path)?))?;
            println!("{:>9} bytes {:>5} ms  {}", path.metadata()?.len(), start.elapsed().as_millis(), path.display());
        }
    }
    Ok(())
}
