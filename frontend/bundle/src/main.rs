//! Makes the site that the server serves: `target/site`.
//!
//! ```text
//! bundle --wasm FILE [--release]   glue and wasm, the styles and public/ into the site
//! bundle size [FILE…]              what a first visit downloads: the package, and FILEs
//! ```
//!
//! Names and folders come from `[[workspace.metadata.leptos]]` in the workspace's `Cargo.toml`,
//! so that `cargo leptos` and this program make the same site. It is run from the workspace's root.
//!
//! Under the name `wasm-bindgen` or `wasm-opt` it stands in for that tool: see [`stand_in`].
//! To add a kind of file to the site, put it into the [`site::Site`] in [`build`].

mod bindgen;
mod compress;
mod earlier;
mod error;
mod metadata;
mod site;
mod size;
mod stamp;
mod stand_in;
mod style;
mod targets;

use std::{env, path::Path, process::ExitCode, time::Instant};

use error::Error;
use metadata::Metadata;
use site::Site;

const USAGE: &str = "usage: bundle --wasm FILE [--release] | bundle size [FILE...]";

fn main() -> ExitCode {
    let mut words = env::args();
    let name = words.next().unwrap_or_default();
    let words: Vec<String> = words.collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();

    let done = match Path::new(&name).file_stem().and_then(|stem| stem.to_str()) {
        Some("wasm-bindgen") => stand_in::wasm_bindgen(&words),
        Some("wasm-opt") => stand_in::wasm_opt(&words),
        _ => run(&words),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bundle: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Result<(), Error> {
    match words {
        ["--wasm", wasm] => build(Path::new(wasm), false),
        ["--wasm", wasm, "--release"] | ["--release", "--wasm", wasm] => build(Path::new(wasm), true),
        ["size", pages @ ..] => size::print(&Metadata::read()?, pages),
        _ => Err(Error::Usage(USAGE)),
    }
}

/// Builds the whole site, unless nothing it is made of has changed since the last time.
fn build(wasm: &Path, release: bool) -> Result<(), Error> {
    let metadata = Metadata::read()?;
    if stamp::is_fresh(&metadata, wasm, release) {
        return Ok(());
    }
    #[expect(clippy::disallowed_methods, reason = "a word to who waits; nothing hangs on it")]
    let started = Instant::now();
    let mut site = Site::new(&metadata.site_root);
    site.put_folder(&metadata.assets_dir)?;
    bindgen::put(&mut site, &metadata, wasm, release)?;
    site.put(metadata.package("css"), style::bundle(&metadata, release)?);
    if release {
        site.put_compressed();
        earlier::keep(&mut site, ["js", "wasm", "css"].map(|kind| metadata.package(kind)))?;
    }
    let changed = site.write()?;
    stamp::write(&metadata, wasm, release)?;
    let site = metadata.site_root.display();
    println!(
        "{site}: {changed} files changed in {:.1} s",
        started.elapsed().as_secs_f32()
    );
    Ok(())
}
