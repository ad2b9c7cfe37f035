//! Puts the storefront into the binary: every file of `../dist`, which Trunk makes, plain and compressed.
//!
//! Without a storefront the table is empty; the server then says in words how to build one.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

fn main() -> io::Result<()> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from).ok_or(io::ErrorKind::NotFound);
    let (here, out) = (variable("CARGO_MANIFEST_DIR")?, variable("OUT_DIR")?);
    let dist = here.join("../dist");
    // Cargo takes a watched folder that is not there for changed, and would compile this crate every time.
    fs::create_dir_all(&dist)?;
    println!("cargo::rerun-if-changed={}", dist.display());
    println!("cargo::rerun-if-changed=build.rs");

    let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let mut files = Vec::new();
    collect(&dist, &mut files)?;
    files.sort();
    let mut table = String::from("&[\n");
    for (index, file) in files.iter().enumerate() {
        let path = file.strip_prefix(&dist).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
        let content = fs::read(file)?;
        let compressed = brotli(&content, if release { 11 } else { 5 })?;
        let beside = out.join(format!("{index}.br"));
        fs::write(&beside, &compressed)?;
        // Pictures and fonts are compressed already.
        let helps = compressed.len() < content.len() / 10 * 9;
        let include = |file: &Path| format!("include_bytes!({:?})", file.to_string_lossy());
        let plain = include(&file.canonicalize()?);
        let brotli = if helps { format!("Some({})", include(&beside)) } else { "None".to_owned() };
        let digest = Sha256::digest(&content);
        let tag = digest.iter().take(12).fold(String::new(), |tag, byte| tag + &format!("{byte:02x}"));
        writeln!(table, "Asset {{ path: {path:?}, tag: {tag:?}, plain: {plain}, brotli: {brotli} }},")
            .map_err(io::Error::other)?;
    }
    table.push(']');
    fs::write(out.join("storefront.rs"), table)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() && !hidden {
            collect(&path, files)?;
        } else if !hidden {
            files.push(path);
        }
    }
    Ok(())
}

fn brotli(content: &[u8], quality: u32) -> io::Result<Vec<u8>> {
    let mut compressed = brotli::CompressorWriter::new(Vec::new(), 1 << 16, quality, 22);
    compressed.write_all(content)?;
    compressed.flush()?;
    Ok(compressed.into_inner())
}
