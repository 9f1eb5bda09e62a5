//! What names look like, in the spirit of UTS #39: far fewer letters than its tables have, those that Latin names are
//! imitated with. What is not among them costs nobody anything but a missing tag.

/// What is taken for the letter that begins its group.
const LOOK_ALIKES: [&str; 23] = [
    "il1|ıіӏι",
    "o0оοσօ",
    "aаα",
    "bвβ",
    "cсϲ",
    "dԁ",
    "eеε",
    "hнηһ",
    "jјϳ",
    "kкκ",
    "mмμ",
    "nν",
    "pрρ",
    "qԛ",
    "sѕ",
    "tтτ",
    "vѵ",
    "wԝ",
    "xхχ",
    "yуυγ",
    "zζ",
    "gɡ",
    "uս",
];

/// The skeleton of a name.
pub(super) fn of(name: &str) -> String {
    // What follows a # may be meant to be taken for a tag.
    let name = name.split('#').next().unwrap_or_default();
    folded(name).chars().filter_map(letter).collect()
}

/// The letter that one is taken for; none for what is hardly seen: combining marks, joiners, and what only sets letters
/// apart.
fn letter(c: char) -> Option<char> {
    if matches!(
        c,
        ' ' | '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}' | '\u{FE0E}' | '\u{FE0F}'
    ) || (c.is_ascii_punctuation() && c != '|')
    {
        return None;
    }
    let group = LOOK_ALIKES.iter().find(|group| group.contains(c));
    group.map_or(Some(c), |group| group.chars().next())
}

// Natively by Unicode's tables, in a browser by its own: nothing to download.
#[cfg(not(target_arch = "wasm32"))]
fn folded(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    name.nfkd().flat_map(char::to_lowercase).collect()
}

#[cfg(target_arch = "wasm32")]
fn folded(name: &str) -> String {
    js_sys::JsString::from(name).normalize("NFKD").to_lower_case().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_have_one_skeleton() {
        for (one, other) in [
            ("Maya", "maya"),
            ("Maya", "Мауа"),
            ("Maya", "Ma ya."),
            ("Maya", "Mäyá"),
            ("Maya", "Ｍａｙａ"),
            ("Maya", "𝓜𝓪𝔂𝓪"),
            ("Ilona", "llona"),
            ("Bob", "B0b"),
            ("Nina", "Νina"),
            ("Fox 🦊\u{FE0F}", "fox🦊"),
        ] {
            assert_eq!(of(one), of(other), "{one} {other}");
        }
    }

    #[test]
    fn names_that_do_not_have_their_own() {
        for (one, other) in [("Maya", "Mara"), ("Jonas", "Jona"), ("李小龙", "李小"), ("נועה", "נעה")] {
            assert_ne!(of(one), of(other), "{one} {other}");
        }
    }
}
