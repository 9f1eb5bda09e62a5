//! The build sees that every language has every key; that no component has words of its own is seen here, and that what
//! is made of the files is what they say.

use std::{collections::BTreeSet, fs, path::Path};

use icu_plurals::PluralRuleType;
use leptos_i18n::Locale as _;

use super::{GAP, Language, around, plurals::get_plural_rules};

#[test]
fn what_follows_a_number_agrees_with_it() {
    let said = |language: Language, count: usize| say!(in language, new_messages, count = count);
    for (count, arabic) in [
        (0, "لا رسائل جديدة"),
        (1, "رسالة جديدة"),
        (2, "رسالتان جديدتان"),
        (3, "3 رسائل جديدة"),
        (10, "10 رسائل جديدة"),
        (11, "11 رسالة جديدة"),
        (100, "100 رسالة جديدة"),
        (103, "103 رسائل جديدة"),
    ] {
        assert_eq!(said(Language::ar, count), arabic);
    }
    let german = [1, 2, 11].map(|count| said(Language::de, count));
    assert_eq!(
        german,
        ["1 neue Nachricht", "2 neue Nachrichten", "11 neue Nachrichten"]
    );
}

/// The build takes any form that is missing for the last one, which no grammar does.
#[test]
fn what_follows_a_number_has_all_forms_of_its_language() {
    for &language in Language::get_all() {
        let file = format!("{}/locales/{}.yaml", env!("CARGO_MANIFEST_DIR"), language.as_str());
        let words = fs::read_to_string(file).expect("readable");
        let keys: BTreeSet<&str> = words.lines().filter_map(|line| Some(line.split_once(':')?.0)).collect();
        let rules = get_plural_rules(language, PluralRuleType::Cardinal);
        let forms: BTreeSet<String> = (1..1_000_usize)
            .map(|count| format!("{:?}", rules.category_for(count)).to_lowercase())
            .collect();
        let mut plurals = keys.iter().filter_map(|key| key.strip_suffix("_one")).peekable();
        assert!(plurals.peek().is_some(), "{language}");
        for plural in plurals {
            for form in &forms {
                assert!(
                    keys.contains(&*format!("{plural}_{form}")),
                    "{language}: {plural}_{form}"
                );
            }
        }
    }
}

#[test]
fn a_gap_takes_anything_and_is_found_again() {
    let said = |name| say!(in Language::en, new_message_from, name = name);
    assert_eq!(said("{{ name }} <b>"), "New message from {{ name }} <b>");
    assert_eq!(
        around(say!(in Language::en, remove_title, name = GAP)),
        ("Remove ".to_owned(), " from this chat?".to_owned())
    );
    // Not every language names who did it.
    assert!(!say!(in Language::ar, locked, who = GAP).contains(GAP));
}

/// String literals of a file's code, with their lines: not those of comments, attributes, class names and tests.
fn literals(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in code.lines().enumerate() {
        let line = line.trim();
        if line.starts_with("#[cfg(test)]") || line.starts_with("#[cfg(all(test") {
            break;
        }
        if line.starts_with("//") || line.starts_with("#[") || line.starts_with("#![") || line.contains("reason = ") {
            continue;
        }
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('"') {
            let Some((literal, after)) = after.split_once('"') else {
                break;
            };
            if !is_for_machines(before) {
                found.push((number + 1, literal.to_owned()));
            }
            rest = after;
        }
    }
    found
}

/// Whether what stands before a literal says that a machine reads it.
fn is_for_machines(before: &str) -> bool {
    let name = before
        .trim_end()
        .trim_end_matches('=')
        .rsplit([' ', '<', '('])
        .next()
        .unwrap_or_default();
    matches!(
        name,
        "class"
            | "d"
            | "viewBox"
            | "aria-labelledby"
            | "aria-describedby"
            | "autocomplete"
            | "content"
            | "media"
            | "rel"
    ) || before.ends_with(".expect(")
}

/// Two letters in a row, in words as people write them: a capital first, or several words.
fn reads_like_words(literal: &str) -> bool {
    let text = literal.trim();
    let mut letters = text.chars();
    let begins_large = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    let is_prose = |word: &str| word.len() > 1 && word.chars().all(|letter| letter.is_ascii_lowercase());
    let words: Vec<&str> = text
        .split_whitespace()
        .map(|word| word.trim_end_matches(['.', ',', ':', '…']))
        .collect();
    begins_large
        || words.len() > 1 && words.iter().filter(|word| is_prose(word)).count() > 1
        || words.len() == 1 && (literal.starts_with(' ') || text.ends_with('…')) && is_prose(words[0])
}

/// What reads like words and is none of the page's.
const KNOWN: [&str; 14] = [
    "Instant Chat",
    "Maya",
    "Ma",
    "Jonas",
    "Jo",
    "Escape",
    "Enter",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "ArrowDown",
    "Files",
    "Suspense",
    "Content-Security-Policy",
];

fn strangers(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder of this crate") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            strangers(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let code = fs::read_to_string(&path).expect("readable");
            for (line, literal) in literals(&code) {
                // A browser's errors have names.
                let is_known = literal.ends_with("Error") || KNOWN.contains(&literal.trim());
                if reads_like_words(&literal) && !is_known {
                    found.push(format!("{}:{line}: {literal:?}", path.display()));
                }
            }
        }
    }
}

#[test]
fn components_and_pages_have_no_words_of_their_own() {
    let mut found = Vec::new();
    for folder in ["components", "pages"] {
        strangers(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder),
            &mut found,
        );
    }
    assert!(found.is_empty(), "words belong in locales:\n{}", found.join("\n"));
}

#[test]
fn words_are_told_from_what_machines_read() {
    for words in [
        "Copied",
        "  Are you there?",
        " and more things",
        " joined",
        "sending…",
        "Not sent. ",
    ] {
        assert!(reads_like_words(words), "{words:?}");
    }
    for machine in [
        "button",
        "people",
        "noindex",
        "/start",
        "M6 3h11a1",
        "aria-label",
        "{} · {}",
        " · ",
        "text/html",
    ] {
        assert!(!reads_like_words(machine), "{machine:?}");
    }
    let code = "view! { <p class=\"soft more words\" title=\"Soft words\">\"Said\"</p> } // \"Not\" said";
    let found: Vec<String> = literals(code).into_iter().map(|(_, literal)| literal).collect();
    assert_eq!(found, ["Soft words", "Said", "Not"]);
}
