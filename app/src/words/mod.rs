//! All words of the interface, in all its languages.
//!
//! English declares the keys ([`en`]); the compiler finds each language that lacks one.
//!
//! How to add
//! - **a key**: one line in each of `en.rs`, `de.rs`, `es.rs`, `ar.rs`, under [`Words`] if an island shows it, under
//!   `Pages` if only the server does (those are no part of the wasm); then `words().key` in the component. `{}` is a
//!   gap: [`fill`] it with a text, or show something [`around`] it. What follows a number is a [`Plural`];
//! - **a language**: a variant of [`Language`] and a file of its words; the compiler asks for the rest.

mod ar;
mod de;
mod en;
mod es;
mod language;
mod lists;
mod plural;

#[cfg(feature = "ssr")]
pub(crate) use self::en::Pages;
pub use self::language::Language;
pub(crate) use self::{
    en::Words,
    lists::{and_others, joint, span},
    plural::{Plural, around, fill},
};
use crate::error::AppError;

/// Declares a set of keys by their English words. A key without a type is a plain text.
macro_rules! keys {
    ($(#[$doc:meta])* $name:ident, $const:ident: $($(#[$note:meta])* $key:ident $(: $type:ty)? = $words:expr;)*) => {
        $(#[$doc])*
        pub(crate) struct $name {
            $($(#[$note])* pub(crate) $key: keys!(@type $($type)?),)*
        }

        pub(super) const $const: $name = $name { $($key: $words,)* };
    };
    (@type) => { &'static str };
    (@type $type:ty) => { $type };
}
use keys;

/// The language of the page: on the server that of the request.
#[cfg(not(feature = "hydrate"))]
pub(crate) fn language() -> Language {
    leptos::prelude::use_context().unwrap_or_default()
}

/// The language of the page: in the browser what the page says of itself.
#[cfg(feature = "hydrate")]
pub(crate) fn language() -> Language {
    static LANGUAGE: std::sync::OnceLock<Language> = std::sync::OnceLock::new();
    *LANGUAGE.get_or_init(|| crate::browser::page_language().unwrap_or_default())
}

/// The words of the page's language.
pub(crate) fn words() -> &'static Words {
    language().words()
}

/// The words of the page's language that only the server says.
#[cfg(feature = "ssr")]
pub(crate) fn pages() -> &'static Pages {
    language().pages()
}

/// What went wrong, in the page's language: English as exactly as the server said it, others by its code.
pub(crate) fn error(error: &AppError) -> String {
    match words().error {
        Some(sentence) => sentence(error.code).to_owned(),
        None => error.detail.clone(),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests;
