//! Words that follow a number, and patterns with a gap.

use super::Language;

/// A pattern in the forms that languages have for numbers (CLDR's categories). `{}` is the number's place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plural {
    pub(crate) zero: &'static str,
    pub(crate) one: &'static str,
    pub(crate) two: &'static str,
    pub(crate) few: &'static str,
    pub(crate) many: &'static str,
    pub(crate) other: &'static str,
}

impl Plural {
    /// For languages that know one and many.
    pub(crate) const fn new(one: &'static str, other: &'static str) -> Self {
        Self::or_none(other, one, other)
    }

    /// The same, with a form of its own for none.
    pub(crate) const fn or_none(zero: &'static str, one: &'static str, other: &'static str) -> Self {
        Self {
            zero,
            one,
            two: other,
            few: other,
            many: other,
            other,
        }
    }

    /// The pattern for `count`, its gap still open.
    pub(crate) fn form(&self, language: Language, count: usize) -> &'static str {
        match (language, count) {
            (_, 0) => self.zero,
            (_, 1) => self.one,
            (Language::Arabic, 2) => self.two,
            (Language::Arabic, _) => match count % 100 {
                3..=10 => self.few,
                11..=99 => self.many,
                _ => self.other,
            },
            _ => self.other,
        }
    }

    /// The words for `count` in the page's language.
    pub(crate) fn of(&self, count: usize) -> String {
        fill(self.form(super::language(), count), &count.to_string())
    }
}

/// Puts `value` into a pattern's gap.
pub(crate) fn fill(pattern: &str, value: &str) -> String {
    pattern.replacen("{}", value, 1)
}

/// What stands before and after a pattern's gap.
pub(crate) fn around(pattern: &'static str) -> (&'static str, &'static str) {
    pattern.split_once("{}").unwrap_or((pattern, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_has_six_forms_and_the_others_two() {
        let plural = Plural {
            zero: "zero",
            one: "one",
            two: "two",
            few: "few",
            many: "many",
            other: "other",
        };
        let arabic = [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111].map(|count| plural.form(Language::Arabic, count));
        let expected = [
            "zero", "one", "two", "few", "few", "many", "many", "other", "other", "few", "many",
        ];
        assert_eq!(arabic, expected);
        let german = [1, 2, 11].map(|count| plural.form(Language::German, count));
        assert_eq!(german, ["one", "other", "other"]);
    }

    #[test]
    fn a_gap_is_filled_once_and_by_what_looks_like_a_gap_too() {
        assert_eq!(fill("from {}", "{} {}"), "from {} {}");
        assert_eq!(around("Ends in {} or so"), ("Ends in ", " or so"));
    }
}
