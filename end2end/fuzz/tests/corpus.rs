//! What the engine found worth keeping, once more.

use std::{fs, path::PathBuf};

fn replay(name: &str, target: fn(&[u8])) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
    let files = fs::read_dir(&folder).expect("a corpus").flatten();
    let files: Vec<_> = files.map(|file| fs::read(file.path()).expect("a file")).collect();
    assert!(files.len() > 10, "{} in {}", files.len(), folder.display());
    files.iter().for_each(|file| target(file));
}

#[test]
fn frames() {
    replay("frames", fuzz::frames);
}

#[test]
fn media() {
    replay("media", fuzz::media);
}

#[test]
fn text() {
    replay("text", fuzz::text);
}

#[test]
fn identity() {
    replay("identity", fuzz::identity);
}
