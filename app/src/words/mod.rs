//! All words of the interface, in all its languages: the files in `locales`, which `leptos_i18n` makes code of.
//!
//! English declares the keys; a language that lacks one does not compile. Which language a page speaks is ours to know,
//! so we [say](say!) everything in a language by its name, and use nothing of the library's contexts and cookies.
//!
//! How to add
//! - **a key**: one line in each of `locales/*.yaml`; then `say!(key)` in the component. `{{ name }}` is a gap, filled
//!   by `say!(key, name = …)`, or left for an element by [`GAP`]. What follows a number has a form for each of the
//!   language's plurals (`key_one`, `key_other` …) and is said with a `count`;
//! - **a language**: a file of its words, and its tag in `build.rs`.

mod language;
mod lists;
mod plurals;
mod refusals;

use wire::error::AppError;

pub(crate) use self::lists::span;
#[cfg(feature = "hydrate")]
pub(crate) use self::lists::{and_others, joint};

/// What the build script made.
pub(crate) mod made {
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

/// A language of the interface.
pub use made::i18n::Locale as Language;

/// The library as that code sees it: with [plural rules](plurals) of ours.
mod library {
    pub use leptos_i18n::*;
    pub mod __private {
        pub use leptos_i18n::__private::*;

        pub(crate) use crate::words::plurals::get_plural_rules;
    }
}

/// Words by their key, in the page's language or `in` another one: a `&'static str`, or a `String` if it has gaps.
macro_rules! say {
    (in $language:expr, $($key:ident).+) => {
        $crate::words::of_table($language, const {
            use $crate::words::Language;
            &$crate::words::made::table!($($key).+)
        })
    };
    (in $language:expr, $($what:tt)+) => { leptos_i18n::td_string!($language, $($what)+) };
    ($($what:tt)+) => { $crate::words::say!(in $crate::words::language(), $($what)+) };
}
pub(crate) use say;

/// A text in one of all languages. A table costs the wasm less than a `match` wherever something is said.
pub(crate) fn of_table(language: Language, texts: &[&'static str; made::PLURALS.len()]) -> &'static str {
    texts[language as usize]
}

/// Left in a gap where an element is to stand: the character that stands for an object in a text.
pub(crate) const GAP: &str = "\u{fffc}";

/// What stands before and after a [`GAP`].
pub(crate) fn around(said: String) -> (String, String) {
    match said.split_once(GAP) {
        Some((before, after)) => (before.to_owned(), after.to_owned()),
        None => (said, String::new()),
    }
}

/// The language of the page: on the server that of the request.
#[cfg(not(feature = "hydrate"))]
pub(crate) fn language() -> Language {
    leptos::prelude::use_context().unwrap_or_default()
}

/// The language of the page: in the browser what the page says of itself.
#[cfg(feature = "hydrate")]
pub(crate) fn language() -> Language {
    static LANGUAGE: std::sync::OnceLock<Language> = std::sync::OnceLock::new();
    *LANGUAGE.get_or_init(|| of_page().unwrap_or_default())
}

/// The language that the page says it is in.
#[cfg(feature = "hydrate")]
fn of_page() -> Option<Language> {
    let root = leptos::prelude::document().document_element()?;
    Language::of_tag(&root.get_attribute("lang")?)
}

/// What went wrong, in the page's language: English as exactly as the server said it, others by its code.
pub(crate) fn error(error: &AppError) -> String {
    match language() {
        Language::en => error.detail.clone(),
        language => refusals::sentence(error.code, language).to_owned(),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests;
