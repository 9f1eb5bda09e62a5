//! What is written down: that it is true.

use std::{fs, path::PathBuf, process::Stdio, time::Duration};

use tokio::{process::Command, time::timeout};

use crate::harness::TestServer;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

#[tokio::test]
async fn the_examples_for_programs_work_as_they_stand() {
    let readme = read("README.md");
    let section = readme.split_once("## For programs").expect("the section").1;
    let (_, examples) = section.split_once("```sh\n").expect("examples");
    let (examples, _) = examples.split_once("```").expect("their end");
    let server = TestServer::start().await;
    let script = examples.replace("http://127.0.0.1:3000", &server.url(""));
    assert_ne!(script, examples);
    let folder = tempfile::tempdir().expect("a folder");
    let run = Command::new("sh")
        .args(["-euc", &script])
        .current_dir(folder.path())
        .env("no_proxy", "*")
        .stdin(Stdio::null())
        .output();
    let ran = timeout(Duration::from_secs(20), run)
        .await
        .expect("in time")
        .expect("it runs");
    let (said, wrong) = (
        String::from_utf8_lossy(&ran.stdout),
        String::from_utf8_lossy(&ran.stderr),
    );
    assert!(ran.status.success(), "{said}\n{wrong}");
    // The answer to the post, the event.
    assert_eq!(said.matches("The build is green.").count(), 2, "{said}\n{wrong}");
    // The answer, the event, and in the history both the message, as it is by then, and the edit.
    assert_eq!(said.matches("The build is green again.").count(), 4, "{said}\n{wrong}");
    assert!(said.contains(r#""edited":true"#), "{said}");
    let saved = fs::read_to_string(folder.path().join("chat.html")).expect("a page");
    assert!(saved.contains("The build is green again."), "{saved}");
    assert!(said.contains("instant_chat_ended"), "{said}");
}

/// All of our own tests' texts.
fn tests() -> String {
    fn collect(folder: PathBuf, into: &mut String) {
        for path in fs::read_dir(folder)
            .expect("a folder")
            .flatten()
            .map(|entry| entry.path())
        {
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default()
                .to_owned();
            if path.is_dir() && !matches!(name.as_str(), "node_modules" | "pictures" | "screenshots") {
                collect(path, into);
            } else if name.ends_with(".rs") || name.ends_with(".spec.ts") {
                *into += &fs::read_to_string(path).expect("text");
            }
        }
    }
    let mut text = String::new();
    for folder in ["server", "app", "end2end/tests"] {
        collect(root().join(folder), &mut text);
    }
    text
}

#[test]
fn every_test_that_is_named_against_an_attack_exists() {
    let (table, tests) = (read("end2end/README.md"), tests());
    let mut named = 0;
    for row in table.lines().filter(|line| line.starts_with("| ")).skip(1) {
        let cell = row.trim_end_matches('|').rsplit('|').next().expect("a cell");
        let names = cell.split('`').skip(1).step_by(2);
        for name in names {
            named += 1;
            let is_there = tests.contains(&format!("fn {name}(")) || tests.contains(&format!("test(\"{name}\""));
            assert!(is_there, "{name} of {row}");
        }
    }
    assert!(named > 30, "the table was read: {named}");
}
