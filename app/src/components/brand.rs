use leptos::prelude::*;

/// Our sign and name; a link home.
#[component]
pub fn Brand() -> impl IntoView {
    view! {
        <a class="brand" href="/">
            <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
                <path d="M9 2h14a7 7 0 0 1 7 7v14a7 7 0 0 1-7 7H5a3 3 0 0 1-3-3V9a7 7 0 0 1 7-7z" />
                <path class="brand-spark" d="M17.5 7 9.5 18h5.6l-1.2 7.5L22.4 14h-6z" />
            </svg>
            <span class="brand-name">"Instant Chat"</span>
        </a>
    }
}
