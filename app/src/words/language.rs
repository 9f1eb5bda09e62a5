//! Which of our languages a visitor gets.

use super::Language;

impl Language {
    /// The language of a tag, whatever its region: `de-AT` is German.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split('-').next()?;
        primary.to_ascii_lowercase().parse().ok()
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
            ("de", Some(Language::de)),
            ("es-MX,es;q=0.9,en;q=0.8", Some(Language::es)),
            ("fr-FR,fr;q=0.9,AR;q=0.5, en;q=0.4", Some(Language::ar)),
            ("en;q=0.2, de;q=0.7", Some(Language::de)),
            ("de;q=0, en;q=0.1", Some(Language::en)),
            ("fr,ja;q=0.5,*;q=0.1", None),
            ("", None),
            (";q=,,;q=x,-", None),
        ] {
            assert_eq!(Language::of_accept_language(header), language, "{header}");
        }
    }
}
