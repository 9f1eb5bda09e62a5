use leptos::prelude::*;

use crate::words::{Language, language, words};

/// Another language for this browser: a plain form, so that it needs no wasm. Each language calls itself by its own
/// name, for those who cannot read the page's.
#[component]
pub fn LanguageForm(
    /// The page to come back to.
    #[prop(into)]
    back: String,
) -> impl IntoView {
    let choices = Language::ALL.map(|choice| {
        let current = (choice == language()).then_some("true");
        view! {
            <button
                class="link-button"
                type="submit"
                name="language"
                value=choice.tag()
                lang=choice.tag()
                dir=choice.direction()
                aria-current=current
            >
                {choice.name()}
            </button>
        }
    });
    view! {
        <form class="languages" action="/form/language" method="post" aria-label=words().language>
            <input type="hidden" name="back" value=back />
            {choices.into_iter().collect_view()}
        </form>
    }
}
