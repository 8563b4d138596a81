//! Writes the case of a seed into a folder, to look at: `cargo run --example write SEED DIR`.
#![allow(clippy::disallowed_methods)]

fn main() -> std::io::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let seed = args.get(1).and_then(|s| s.parse().ok()).unwrap_or(1);
    let dir = std::path::PathBuf::from(args.get(2).map_or("demo-case", String::as_str));
    let case = demo::make(seed);
    for file in &case.files {
        let path = dir.join(&file.path);
        path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        std::fs::write(path, &file.bytes)?;
    }
    println!("{:#?}", case.planted);
    Ok(())
}
