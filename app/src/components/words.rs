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

/// `Maya`, `Maya and Jonas`, `Maya, Jonas and 3 others`.
#[must_use]
pub(crate) fn names(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [one, two, three] => format!("{one}, {two} and {three}"),
        [one, two, rest @ ..] => format!("{one}, {two} and {} others", rest.len()),
    }
}

/// Who is typing, in one short line.
#[must_use]
pub(crate) fn typing(typing: &[String]) -> String {
    match typing {
        [] => String::new(),
        [_] => format!("{} is typing…", names(typing)),
        [_, _] => format!("{} are typing…", names(typing)),
        many => format!("{} people are typing…", many.len()),
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
        let some = |count: usize| {
            ["Maya", "Jonas", "Yuki", "Ana", "Li"][..count]
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&some(2)), "Maya and Jonas");
        assert_eq!(names(&some(3)), "Maya, Jonas and Yuki");
        assert_eq!(names(&some(5)), "Maya, Jonas and 3 others");
        assert_eq!(typing(&some(1)), "Maya is typing…");
        assert_eq!(typing(&some(2)), "Maya and Jonas are typing…");
        assert_eq!(typing(&some(4)), "4 people are typing…");
    }
}
