//! The browser's half: wakes the islands of the server's pages. Everything it runs is in `app`.
#![cfg(target_arch = "wasm32")]

// Islands register themselves; the linker keeps them because `app` is named here.
use app as _;

/// Called by the page once the wasm is there; the page then wakes each island by its own name.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
