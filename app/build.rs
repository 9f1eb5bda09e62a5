//! Makes code of the words in `locales`. A language that lacks a key, or has one too many, does not compile.

use std::{env, error::Error, fs, path::Path};

use icu_plurals::provider::{Baked, PluralsCardinalV1};
use icu_provider::{DataIdentifierBorrowed, DataLocale, DataProvider, DataRequest};
use leptos_i18n_codegen::gen_code;
use leptos_i18n_parser::parse_locales::{
    options::{Config, FileFormat, ParseOptions},
    parse_locales,
};

/// As they are offered. The first declares the keys, and is for those who ask for none of them.
const LANGUAGES: [&str; 4] = ["en", "de", "es", "ar"];

fn main() -> Result<(), Box<dyn Error>> {
    let code = words()? + &table() + &plurals()?;
    let folder = env::var_os("OUT_DIR").ok_or("cargo names no folder")?;
    Ok(fs::write(Path::new(&folder).join("words.rs"), code)?)
}

/// The library's code.
fn words() -> Result<String, Box<dyn Error>> {
    let options = ParseOptions::new()
        .file_format(FileFormat::Yaml)
        .interpolate_display(true);
    let [first, others @ ..] = LANGUAGES;
    let config = Config::new(first)?.add_locales(others)?.parse_options(options);
    let words = parse_locales(None, config)?;
    for file in words.tracked_files.iter().flatten() {
        println!("cargo::rerun-if-changed={file}");
    }
    // The library itself only warns of most of it.
    let (errors, warnings) = words.diag.borrow();
    let errors = errors.iter().map(ToString::to_string);
    for wrong in errors.chain(warnings.iter().map(ToString::to_string)) {
        println!("cargo::error={wrong}");
    }
    let library = syn::parse_str("crate::words::library")?;
    let lints = "#![allow(warnings, clippy::all, clippy::allow_attributes)]".parse()?;
    Ok(gen_code(&words, Some(&library), false, Some(&lints), false)?.to_string())
}

/// What makes a table of a key without gaps, one text for each language.
fn table() -> String {
    let texts = LANGUAGES.map(|language| format!("Language::{language}.get_keys_const()$(.$key())+.inner(),"));
    let texts = texts.concat();
    format!("macro_rules! table {{ ($($key:ident).+) => {{ [{texts}] }} }}\npub(crate) use table;\n")
}

/// ICU's plural rules (CLDR) of our languages only: for each, when it takes the forms zero, one, two, few and many.
fn plurals() -> Result<String, Box<dyn Error>> {
    let mut all = String::new();
    for language in LANGUAGES {
        let locale: DataLocale = language.parse()?;
        let request = DataRequest {
            id: DataIdentifierBorrowed::for_locale(&locale),
            ..DataRequest::default()
        };
        let found = DataProvider::<PluralsCardinalV1>::load(&Baked, request)?.payload;
        let rules = found.get();
        let forms = [&rules.zero, &rules.one, &rules.two, &rules.few, &rules.many];
        let forms = forms.map(|rule| match rule {
            Some(rule) => format!("Some(&{:?}),", rule.0.as_bytes()),
            None => "None,".to_owned(),
        });
        all += &format!("[{}],", forms.concat());
    }
    let count = LANGUAGES.len();
    Ok(format!(
        "pub(crate) const PLURALS: [[Option<&[u8]>; 5]; {count}] = [{all}];\n"
    ))
}
