use leptos::prelude::*;

use leptos_i18n::Locale as _;

use crate::words::{Language, language, say};

/// Another language for this browser: a plain form, so that it needs no wasm. Each language calls itself by its own
/// name, for those who cannot read the page's.
#[component]
pub fn LanguageForm(
    /// The page to come back to.
    #[prop(into)]
    back: String,
) -> impl IntoView {
    let choices = Language::get_all().iter().map(|&choice| {
        let current = (choice == language()).then_some("true");
        view! {
            <button
                class="link-button"
                type="submit"
                name="language"
                value=choice.as_str()
                lang=choice.as_str()
                dir=choice.direction().as_str()
                aria-current=current
            >
                {say!(in choice, own_name)}
            </button>
        }
    });
    view! {
        <form class="languages" action="/form/language" method="post" aria-label=say!(language)>
            <input type="hidden" name="back" value=back />
            {choices.collect_view()}
        </form>
    }
}
