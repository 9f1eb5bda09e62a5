//! What cargo-leptos asks of other programs, answered by this one. It finds `wasm-bindgen` and
//! `wasm-opt` on PATH and would download them otherwise; a link of that name to this program
//! spares the download, and the versions always match.

use std::path::Path;

use crate::{bindgen, error::Error};

/// `wasm-bindgen --target=web [--debug] [--keep-debug] --out-name=NAME --out-dir=DIR FILE`.
pub fn wasm_bindgen(words: &[&str]) -> Result<(), Error> {
    let (mut name, mut folder, mut wasm, mut release) = (None, None, None, true);
    for word in words {
        match word.split_once('=').unwrap_or((word, "")) {
            ("--target", "web") | ("--keep-debug", "") => {}
            ("--debug", "") => release = false,
            ("--out-name", value) => name = Some(value),
            ("--out-dir", value) => folder = Some(value),
            (file, "") if !file.starts_with('-') => wasm = Some(file),
            _ => return Err(Error::Argument((*word).into())),
        }
    }
    let (Some(name), Some(folder), Some(wasm)) = (name, folder, wasm) else {
        return Err(Error::Usage(
            "usage: wasm-bindgen --target=web [--debug] --out-name=NAME --out-dir=DIR FILE",
        ));
    };
    bindgen::settings(Path::new(wasm), name, release)?
        .generate(folder)
        .map_err(bindgen::failed)
}

/// `wasm-opt [OPTION…] FILE -o FILE`, in place. Leaves the file as it is: measured, an optimised
/// one is a fifth smaller on disk and no smaller as brotli, which is what a visitor downloads.
pub fn wasm_opt(words: &[&str]) -> Result<(), Error> {
    match words {
        [.., input, "-o", output] if input == output => Ok(()),
        _ => Err(Error::Usage("usage: wasm-opt [OPTION...] FILE -o FILE, both the same")),
    }
}
