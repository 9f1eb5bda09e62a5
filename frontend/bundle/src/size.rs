//! What a first visit downloads, as a table.

use std::{fs, path::PathBuf};

use crate::{compress, error::Error, metadata::Metadata};

/// Prints the package's files and the given pages: bytes as they are, as gzip and as brotli.
pub fn print(metadata: &Metadata, pages: &[&str]) -> Result<(), Error> {
    let package = ["wasm", "js", "css"].map(|kind| metadata.site_root.join(metadata.package(kind)));
    let mut total = [0; 3];
    println!("{:<24}{:>12}{:>12}{:>12}", "bytes", "raw", "gzip", "brotli");
    for path in package.into_iter().chain(pages.iter().map(PathBuf::from)) {
        let content = fs::read(&path).map_err(Error::at(&path))?;
        let sizes = [
            content.len(),
            compress::gzip(&content).len(),
            compress::brotli(&content).len(),
        ];
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        row(&name, sizes);
        total.iter_mut().zip(sizes).for_each(|(sum, size)| *sum += size);
    }
    row("total", total);
    Ok(())
}

fn row(name: &str, [raw, gzip, brotli]: [usize; 3]) {
    println!("{name:<24}{raw:>12}{gzip:>12}{brotli:>12}");
}
