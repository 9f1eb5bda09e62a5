//! Numbers and lists in words.

/// A span of time as people say it: `23 h 04 min`, `12 min`, `45 s`. Never negative.
#[must_use]
pub(crate) fn span(millis: i64) -> String {
    let seconds = millis.max(0) / 1_000;
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    if hours > 0 {
        format!("{hours} h {minutes:02} min")
    } else if minutes > 0 {
        format!("{minutes} min")
    } else {
        format!("{seconds} s")
    }
}

/// `1 person is`, `3 people are`, `nobody is`.
#[must_use]
pub(crate) fn people_are(count: u32) -> String {
    match count {
        0 => "Nobody is".into(),
        1 => "1 person is".into(),
        _ => format!("{count} people are"),
    }
}

/// What stands before the name at `index` of a list of `count`: `Maya, Jonas and Yuki`. Of more than three, two are
/// named and the others [counted](and_others).
#[must_use]
pub(crate) fn joint(index: usize, count: usize) -> Option<&'static str> {
    match (index, count) {
        (0, _) => Some(""),
        (1, 2) | (2, 3) => Some(" and "),
        (1, _) => Some(", "),
        _ => None,
    }
}

/// The end of a list of `count` names.
#[must_use]
pub(crate) fn and_others(count: usize) -> String {
    if count > 3 {
        format!(" and {} others", count - 2)
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans() {
        assert_eq!(span(83_059_000), "23 h 04 min");
        assert_eq!(span(3_600_000), "1 h 00 min");
        assert_eq!(span(59_999), "59 s");
        assert_eq!(span(60_000), "1 min");
        assert_eq!(span(-5), "0 s");
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
    }
}
