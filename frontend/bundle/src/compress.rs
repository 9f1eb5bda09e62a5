//! The forms of a file that are made once here, so that the server never compresses it.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use brotli::CompressorWriter;
use flate2::{Compression, write::GzEncoder};

/// What gains by compression. Images and fonts other than SVG are compressed already.
const KINDS: [&str; 7] = ["css", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// Brotli's greatest quality; the time is spent once a build.
const QUALITY: u32 = 11;
/// Brotli's greatest window that every browser takes, as a power of two: 16 MiB.
const WINDOW: u32 = 24;
const BUFFER: usize = 64 * 1024;

/// The compressed forms of a file that are smaller than the file, with their names.
pub fn forms(path: &Path, content: &[u8]) -> Vec<(PathBuf, Vec<u8>)> {
    let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
    if !KINDS.contains(&kind) {
        return Vec::new();
    }
    [("br", brotli(content)), ("gz", gzip(content))]
        .into_iter()
        .filter(|(_, form)| form.len() < content.len())
        .map(|(suffix, form)| (path.with_extension(format!("{kind}.{suffix}")), form))
        .collect()
}

/// The content, brotli-compressed as far as it goes.
pub fn brotli(content: &[u8]) -> Vec<u8> {
    let mut writer = CompressorWriter::new(Vec::new(), BUFFER, QUALITY, WINDOW);
    // A Vec takes every byte, so there is no error to report.
    let _ = writer.write_all(content);
    writer.into_inner()
}

/// The content, gzip-compressed as far as it goes, without a time: the same bytes every time.
pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    let _ = writer.write_all(content);
    writer.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_only_forms_that_are_smaller() {
        let long = "one line like the next\n".repeat(100);
        let names: Vec<_> = forms(Path::new("pkg/a.css"), long.as_bytes())
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, [PathBuf::from("pkg/a.css.br"), PathBuf::from("pkg/a.css.gz")]);
        assert!(forms(Path::new("pkg/a.css"), b"a").is_empty());
        assert!(forms(Path::new("icon.png"), long.as_bytes()).is_empty());
    }
}
