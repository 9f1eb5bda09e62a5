//! Characters that show nothing: alone they are no word and no name, among others they make two names look like one.

/// Whether nothing is seen of a character but, perhaps, room: white space, controls, what Unicode lets programs ignore,
/// and letters and signs whose picture is empty.
#[must_use]
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_ignorable(c) || EMPTY.contains(&c)
}

/// Signs without a picture: the blank of Braille, of musical notes, of hieroglyphs and of Khitan, and what encloses and
/// separates notes between lines.
const EMPTY: [char; 8] = [
    '\u{2800}',
    '\u{FFF9}',
    '\u{FFFA}',
    '\u{FFFB}',
    '\u{13441}',
    '\u{13442}',
    '\u{16FE4}',
    '\u{1D159}',
];

/// Unicode's property `Default_Ignorable_Code_Point`: what a program that does not know it shows nothing of. Characters to
/// come are reserved in it, so it hardly ever changes.
const fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use icu_properties::{CodePointSetData, props::DefaultIgnorableCodePoint};

    use super::*;

    #[test]
    fn what_may_be_ignored_is_what_unicode_says() {
        let said = CodePointSetData::new::<DefaultIgnorableCodePoint>();
        for c in '\0'..=char::MAX {
            assert_eq!(is_ignorable(c), said.contains(c), "{c:?}");
        }
    }

    #[test]
    fn letters_and_emoji_are_not_blank() {
        for c in "aß字ا👍❤✓\u{301}".chars() {
            assert!(!is_blank(c), "{c:?}");
        }
    }
}
