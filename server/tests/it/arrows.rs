//! Which part knows which: what the README says of arrows, held against what the sources use.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Which of our crates each builds on, from the ground up. Cargo lets it name no others.
const CRATES: [(&str, &[&str]); 10] = [
    ("app/wire", &[]),
    ("app", &["wire"]),
    ("frontend", &["app"]),
    ("server/clock", &["wire"]),
    ("server/random", &["wire"]),
    ("server/admission", &["wire"]),
    ("server/store", &["admission", "clock", "wire"]),
    ("server/media", &["admission", "wire"]),
    (
        "server/rooms",
        &["admission", "clock", "media", "random", "store", "wire"],
    ),
    (
        "server",
        &["admission", "app", "clock", "media", "random", "rooms", "store", "wire"],
    ),
];

/// Libraries that only some of them build on.
const LIBRARIES: [(&str, &[&str]); 5] = [
    ("sqlx", &["server/store"]),
    ("axum", &["app", "server"]),
    ("leptos", &["app", "frontend", "server"]),
    ("clap", &["server"]),
    ("image", &["server/media"]),
];

/// What only some of the server's files may name: the name, and where it may stand, from the repository's root.
const ONLY: [(&str, &[&str]); 4] = [
    // Who serves a router has to know what one is.
    ("axum::", &["server/src/http", "server/src/serve"]),
    ("tungstenite::", &["server/src/http/socket"]),
    ("leptos::", &["server/src/http"]),
    ("clap::", &["server/src/config"]),
];

/// What some files may not name: where, what, and what of it they may all the same.
const NEVER: [(&str, &str, &str); 3] = [
    ("server/rooms/src/hub", "store::", ""),
    ("server/src/config", "crate::", ""),
    ("app/wire/src/domain", "crate::", "crate::domain"),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All Rust files under `folder`, and the one beside it that has its name.
fn sources(folder: &str) -> Vec<PathBuf> {
    fn walk(path: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            walk(&entry.path(), found);
        }
        if path.is_file() && path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path.to_owned());
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    walk(&root().join(format!("{folder}.rs")), &mut found);
    assert!(!found.is_empty(), "{folder} has sources");
    found
}

/// The lines of a file that name `what` as a path of its own, comments left aside, each with where it stands.
fn lines_that_name(file: &Path, what: &str) -> Vec<String> {
    let text = fs::read_to_string(file).expect("a source");
    let place = file.strip_prefix(root()).expect("inside").display();
    let names = |line: &&str| {
        line.match_indices(what).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            before.is_none_or(|before| !before.is_alphanumeric() && before != '_' && before != ':')
        })
    };
    let code = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"));
    let found = code.filter(|(_, line)| names(line));
    found
        .map(|(n, line)| format!("{place}:{}: {}", n + 1, line.trim()))
        .collect()
}

/// What a crate builds on, its tests left aside.
fn dependencies(folder: &str) -> Vec<String> {
    let manifest = fs::read_to_string(root().join(folder).join("Cargo.toml")).expect("a manifest");
    let (mut section, mut found) = (String::new(), Vec::new());
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line.to_owned();
        } else if section.ends_with("dependencies]")
            && !section.contains("dev-")
            && !section.contains("build-")
            && let Some((name, _)) = line.split_once(" = ")
        {
            found.push(name.to_owned());
        }
    }
    found
}

#[test]
fn crates_build_on_those_below_them() {
    let ours = CRATES.map(|(folder, _)| folder.rsplit('/').next().unwrap_or(folder));
    for (folder, below) in CRATES {
        let all = dependencies(folder);
        let mut of_ours: Vec<_> = all.iter().filter(|name| ours.contains(&name.as_str())).collect();
        of_ours.sort();
        assert_eq!(of_ours, below, "{folder}");
        for (library, users) in LIBRARIES {
            let uses = all.iter().any(|name| name == library);
            assert_eq!(uses, users.contains(&folder), "{library} in {folder}");
        }
    }
}

#[test]
fn arrows_point_one_way() {
    let mut wrong = Vec::new();
    for (what, places) in ONLY {
        let mut seen = 0;
        for file in sources("server/src") {
            let lines = lines_that_name(&file, what);
            let may = places.iter().any(|place| {
                let inside = file.strip_prefix(root()).expect("inside");
                inside.starts_with(place) || inside == Path::new(&format!("{place}.rs"))
            });
            if may {
                seen += lines.len();
            } else {
                wrong.extend(lines);
            }
        }
        assert!(seen > 0, "{what} is used where it may be");
    }
    for (folder, what, but) in NEVER {
        for file in sources(folder) {
            let lines = lines_that_name(&file, what);
            wrong.extend(lines.into_iter().filter(|line| but.is_empty() || !line.contains(but)));
        }
    }
    assert!(wrong.is_empty(), "these know what they must not:\n{}", wrong.join("\n"));
}
