use leptos::{config::LeptosOptions, hydration::AutoReload, nonce::use_nonce, prelude::*};
use leptos_i18n::Locale as _;
use leptos_meta::MetaTags;

use super::{App, Assets, Embedders};
use crate::words::language;

/// The document around every page.
pub fn shell() -> impl IntoView {
    let language = language();
    let css = use_context::<Assets>().map(|assets| assets.css);
    // Only its reload port is read, and only under `cargo leptos watch`.
    let options = LeptosOptions::builder()
        .output_name("instant-chat")
        .reload_port(3001)
        .build();
    view! {
        <!DOCTYPE html>
        <html lang=language.as_str() dir=language.direction().as_str()>
            <head>
                <meta charset="utf-8" />
                <meta
                    name="viewport"
                    content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
                />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fcfaf7" />
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#120f0d" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <link rel="apple-touch-icon" href="/icons/apple-touch-180.png" />
                <link rel="stylesheet" href=css />
                <AutoReload options />
                <Framed />
                <KeepFragment />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Listens to the page around the frame that it may be shown in: for a name, a theme, the host's word for who this is.
/// Before anything else, so that nothing is said in vain.
#[component]
fn Framed() -> impl IntoView {
    let Embedders(hosts) = use_context().filter(|Embedders(hosts)| !hosts.is_empty())?;
    // An array of origins is the same in Rust and in JavaScript.
    let script = format!("{}({hosts:?})", include_str!("framed.js").trim_end());
    Some(view! { <script nonce=use_nonce() inner_html=script></script> })
}

/// Keeps the address's `#fragment` where a plain form leads back to the same page: in a room it may hold a key, which is
/// nobody's but the browser's.
#[component]
fn KeepFragment() -> impl IntoView {
    view! { <script nonce=use_nonce() inner_html=include_str!("fragment.js").trim_end()></script> }
}

/// Loads the wasm and wakes the islands of the page that it stands on. With `at_once`, the browser fetches it beside
/// the style sheet; without, when it has nothing better to do.
///
/// Ours instead of leptos' own, whose preload links carry the nonce in the wrong attribute, and which finds the files
/// by name, not by the hashed links of [`Assets`].
#[component]
pub(super) fn WakeIslands(at_once: bool) -> impl IntoView {
    let Assets { js, wasm, .. } = use_context()?;
    // What lies outside of islands is never hydrated: leptos need not mark it.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    let preload = at_once.then(|| {
        view! {
            <link rel="modulepreload" href=js.clone() nonce=use_nonce() />
            <link rel="preload" href=wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
        }
    });
    let script = format!("{}({js:?},{wasm:?})", include_str!("wake.js").trim_end());
    Some(view! {
        {preload}
        <script type="module" nonce=use_nonce() inner_html=script></script>
    })
}
