//! That no modules of a crate know each other in a circle. Between crates, Cargo sees to that.
//!
//! What is inside a folder counts as one for what is outside of it, and a module belongs to those in it: they may name
//! each other. A name that a module only hands on is traced to where it comes from.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// A module by its path from the crate's root.
type Module = Vec<String>;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The folders of all crates of the workspace.
fn crates() -> Vec<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace");
    let (_, members) = manifest.split_once("members = [").expect("members");
    let (members, _) = members.split_once(']').expect("their end");
    members.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// A crate's sources without tests and comments, by module.
fn modules(sources: &Path) -> BTreeMap<Module, String> {
    fn walk(folder: &Path, at: &Module, found: &mut BTreeMap<Module, String>) {
        for path in fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
        {
            let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
            let mut module = at.clone();
            if !matches!(name, "lib" | "main" | "mod") {
                module.push(name.to_owned());
            }
            if name == "tests" {
                continue;
            } else if path.is_dir() {
                walk(&path, &module, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source");
                let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
                let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
                *found.entry(module).or_default() += &(code.collect::<Vec<_>>().join("\n") + "\n");
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(sources, &Module::new(), &mut found);
    found
}

/// The paths of a tree of names, as in `use`: `a::{b, c::{self, d}}`.
fn expanded(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((before, inside)) = tree.split_once('{') else {
        return vec![tree.split(" as ").next().unwrap_or(tree).to_owned()];
    };
    let inside = inside.strip_suffix('}').unwrap_or(inside);
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inside[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[start..]);
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    parts
        .flat_map(expanded)
        .map(|path| format!("{before}{path}").replace("::self", ""))
        .collect()
}

/// What a module imports, each a path.
fn imports(code: &str) -> Vec<String> {
    let statements = code.split(';').filter_map(|statement| {
        let at = statement.rfind("use ").filter(|at| {
            let before = statement[..*at].trim_end_matches(' ');
            before.is_empty() || before.ends_with(['\n', '{', '}', ')']) || before.ends_with("pub")
        })?;
        Some(&statement[at + 4..])
    });
    statements.flat_map(expanded).collect()
}

/// What a module names without importing it, by a path from its crate or from above.
fn named(code: &str) -> Vec<String> {
    let paths = ["crate::", "super::"].into_iter().flat_map(|start| {
        code.match_indices(start).map(|(at, _)| {
            let rest = &code[at..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':');
            rest[..end.unwrap_or(rest.len())].trim_end_matches(':').to_owned()
        })
    });
    paths.collect()
}

/// The module in which a path that `from` names comes to its end; none outside of the crate.
fn target(all: &BTreeMap<Module, String>, from: &Module, path: &str, depth: usize) -> Option<Module> {
    let mut names = path.split("::").peekable();
    let mut at = match *names.peek()? {
        "crate" => Module::new(),
        "self" | "super" => from.clone(),
        child if all.contains_key(&[from.as_slice(), &[child.to_owned()]].concat()) => from.clone(),
        _ => return None,
    };
    for name in names {
        match name {
            "crate" | "self" => {}
            "super" => drop(at.pop()),
            name => {
                let child = [at.as_slice(), &[name.to_owned()]].concat();
                if all.contains_key(&child) {
                    at = child;
                    continue;
                }
                // What is only handed on comes from somewhere else.
                let handed_on = imports(all.get(&at)?);
                let handed_on = handed_on.iter().find(|path| path.rsplit("::").next() == Some(name));
                let elsewhere = handed_on.filter(|_| depth < 8);
                return match elsewhere {
                    Some(path) => target(all, &at, path, depth + 1),
                    None => Some(at),
                };
            }
        }
    }
    Some(at)
}

/// Which of a module's children know which, and by what.
type Arrows = BTreeMap<Module, BTreeMap<String, BTreeMap<String, String>>>;

fn arrows(all: &BTreeMap<Module, String>) -> Arrows {
    let mut arrows = Arrows::new();
    for (module, code) in all {
        for path in imports(code).into_iter().chain(named(code)) {
            let Some(target) = target(all, module, &path, 0) else {
                continue;
            };
            let common = module
                .iter()
                .zip(&target)
                .take_while(|(one, other)| one == other)
                .count();
            if let (Some(one), Some(other)) = (module.get(common), target.get(common)) {
                let knows = arrows.entry(module[..common].to_vec()).or_default();
                let example = format!("{} names {path}", module.join("::"));
                knows.entry(one.clone()).or_default().insert(other.clone(), example);
            }
        }
    }
    arrows
}

/// A circle that begins and ends at `start`, if there is one: who is on the way, and what they name.
fn circle(knows: &BTreeMap<String, BTreeMap<String, String>>, start: &str) -> Option<Vec<(String, String)>> {
    let mut seen = BTreeSet::new();
    let mut ways = vec![(start.to_owned(), Vec::new())];
    while let Some((at, way)) = ways.pop() {
        for (next, example) in knows.get(&at).into_iter().flatten() {
            let way = [way.as_slice(), &[(next.clone(), example.clone())]].concat();
            if next == start {
                return Some(way);
            }
            if seen.insert(next.clone()) {
                ways.push((next.clone(), way));
            }
        }
    }
    None
}

#[test]
fn no_modules_know_each_other_in_a_circle() {
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for folder in crates() {
        let all = modules(&root().join(&folder).join("src"));
        for knows in arrows(&all).into_values() {
            seen += knows.values().map(BTreeMap::len).sum::<usize>();
            let mut told = BTreeSet::new();
            for start in knows.keys() {
                if let Some(way) = circle(&knows, start).filter(|_| !told.contains(start)) {
                    let (members, names): (Vec<_>, Vec<_>) = way.into_iter().unzip();
                    told.extend(members);
                    wrong.push(format!("{folder}:\n    {}", names.join("\n    ")));
                }
            }
        }
    }
    assert!(seen > 200, "arrows were found: {seen}");
    assert!(wrong.is_empty(), "circles:\n{}", wrong.join("\n"));
}
