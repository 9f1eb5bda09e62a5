//! The languages of the interface, and which of them a visitor gets.

use super::{Words, ar, de, en, es};

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English, also for those who ask for none that we have.
    #[default]
    English,
    /// German.
    German,
    /// Spanish.
    Spanish,
    /// Arabic, from right to left.
    Arabic,
}

impl Language {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::English, Self::German, Self::Spanish, Self::Arabic];

    /// Its name for programs (BCP 47).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Spanish => "es",
            Self::Arabic => "ar",
        }
    }

    /// Its name for those who speak it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::Spanish => "Español",
            Self::Arabic => "العربية",
        }
    }

    /// Where its lines begin: the `dir` of a page.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        match self {
            Self::Arabic => "rtl",
            _ => "ltr",
        }
    }

    pub(crate) const fn words(self) -> &'static Words {
        match self {
            Self::English => &en::WORDS,
            Self::German => &de::WORDS,
            Self::Spanish => &es::WORDS,
            Self::Arabic => &ar::WORDS,
        }
    }

    #[cfg(feature = "ssr")]
    pub(crate) const fn pages(self) -> &'static super::Pages {
        match self {
            Self::English => &en::PAGES,
            Self::German => &de::PAGES,
            Self::Spanish => &es::PAGES,
            Self::Arabic => &ar::PAGES,
        }
    }

    /// The language of a tag, whatever its region: `de-AT` is German.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split('-').next()?;
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The one of ours that a browser's `Accept-Language` likes best; of those it likes equally, the first.
    #[must_use]
    pub fn of_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(Self, f32)> = None;
        // No browser lists more; a longer list only takes time.
        for range in header.split(',').take(32) {
            let (tag, quality) = range.split_once(";q=").unwrap_or((range, "1"));
            let quality = quality.trim().parse().unwrap_or(0.0);
            if let Some(language) = Self::of_tag(tag)
                && quality > best.map_or(0.0, |(_, quality)| quality)
            {
                best = Some((language, quality));
            }
        }
        best.map(|(language, _)| language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_language_that_it_likes_best_of_ours() {
        for (header, language) in [
            ("de", Some(Language::German)),
            ("es-MX,es;q=0.9,en;q=0.8", Some(Language::Spanish)),
            ("fr-FR,fr;q=0.9,AR;q=0.5, en;q=0.4", Some(Language::Arabic)),
            ("en;q=0.2, de;q=0.7", Some(Language::German)),
            ("de;q=0, en;q=0.1", Some(Language::English)),
            ("fr,ja;q=0.5,*;q=0.1", None),
            ("", None),
            (";q=,,;q=x,-", None),
        ] {
            assert_eq!(Language::of_accept_language(header), language, "{header}");
        }
    }
}
