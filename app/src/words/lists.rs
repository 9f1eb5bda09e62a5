//! Spans of time and lists of people, in words.

use super::say;

/// A span of time as people say it: `23 h 04 min`, `12 min`, `45 s`. Never negative.
pub(crate) fn span(millis: i64) -> String {
    let seconds = millis.max(0) / 1_000;
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    if hours > 0 {
        say!(hours_minutes, hours = hours, minutes = format!("{minutes:02}"))
    } else if minutes > 0 {
        say!(minutes, minutes = minutes)
    } else {
        say!(seconds, seconds = seconds)
    }
}

/// What stands before the name at `index` of a list of `count`: `Maya, Jonas and Yuki`. Of more than three, two are
/// named and the others [counted](and_others).
#[cfg(any(feature = "hydrate", test))]
pub(crate) fn joint(index: usize, count: usize) -> Option<&'static str> {
    match (index, count) {
        (0, _) => Some(""),
        (1, 2) | (2, 3) => Some(say!(list_and)),
        (1, _) => Some(say!(list_comma)),
        _ => None,
    }
}

/// The end of a list of `count` names.
#[cfg(any(feature = "hydrate", test))]
pub(crate) fn and_others(count: usize) -> String {
    if count > 3 {
        say!(and_others, count = count - 2)
    } else {
        String::new()
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use leptos::prelude::{Owner, provide_context};

    use super::*;
    use crate::words::Language;

    fn in_language<T>(language: Language, say: impl FnOnce() -> T) -> T {
        Owner::new().with(|| {
            provide_context(language);
            say()
        })
    }

    #[test]
    fn spans() {
        assert_eq!(span(83_059_000), "23 h 04 min");
        assert_eq!(span(3_600_000), "1 h 00 min");
        assert_eq!(span(59_999), "59 s");
        assert_eq!(span(60_000), "1 min");
        assert_eq!(span(-5), "0 s");
        assert_eq!(in_language(Language::de, || span(83_059_000)), "23 Std. 04 Min.");
        assert_eq!(in_language(Language::ar, || span(83_059_000)), "23 س 04 د");
    }

    #[test]
    fn lists_of_people() {
        let some = |count: usize| -> String {
            let names = ["Maya", "Jonas", "Yuki", "Ana", "Li"][..count].iter().enumerate();
            let shown = names.filter_map(|(index, name)| Some(joint(index, count)?.to_owned() + name));
            shown.collect::<String>() + &and_others(count)
        };
        assert_eq!(some(1), "Maya");
        assert_eq!(some(2), "Maya and Jonas");
        assert_eq!(some(3), "Maya, Jonas and Yuki");
        assert_eq!(some(5), "Maya, Jonas and 3 others");
        assert_eq!(in_language(Language::es, || some(3)), "Maya, Jonas y Yuki");
        assert_eq!(in_language(Language::ar, || some(4)), "Maya، Jonas وشخصان آخران");
    }
}
