//! Writes a kept dossier in one form: `cargo run --release -p report --example convert -- dossier.json FORMAT > FILE`.
#![allow(clippy::disallowed_methods)]

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(from), Some(format)) = (args.next(), args.next()) else { return Err("dossier.json FORMAT".into()) };
    let dossier = serde_json::from_slice(&std::fs::read(from)?)?;
    let export = report::by_id(&format).ok_or("no such form")?;
    (export.write)(&dossier, &mut std::io::stdout().lock())?;
    Ok(())
}
