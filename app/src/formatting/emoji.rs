//! Messages that are emoji and nothing else.

/// More of them are a line, not a gesture.
const MOST: usize = 3;

const JOINER: char = '\u{200D}';

/// Whether a text is one to three emoji alone: these are shown large.
#[must_use]
pub fn emoji_alone(text: &str) -> bool {
    let mut count = 0;
    let mut before = None;
    let mut is_half_a_flag = false;
    for c in text.chars() {
        match c {
            ' ' => {}
            // What changes the one before it: joiners, how it is shown, colours of skin, keys, tags of flags.
            JOINER | '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{20E3}' | '\u{E0020}'..='\u{E007F}'
                if before.is_some() => {}
            '0'..='9' | '#' | '*' => count += 1,
            '\u{1F1E6}'..='\u{1F1FF}' if is_half_a_flag => is_half_a_flag = false,
            '\u{1F1E6}'..='\u{1F1FF}' => {
                is_half_a_flag = true;
                count += 1;
            }
            c if is_picture(c) && before == Some(JOINER) => {}
            c if is_picture(c) => count += 1,
            _ => return false,
        }
        // A digit is one only as a key.
        if before.is_some_and(|before: char| before.is_ascii_graphic()) && c != '\u{FE0F}' && c != '\u{20E3}' {
            return false;
        }
        before = Some(c);
    }
    (1..=MOST).contains(&count) && !before.is_some_and(|last| last.is_ascii_graphic())
}

/// Whether a character is a picture; not all that Unicode has, but no letter and no sign of a language.
const fn is_picture(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B05}'..='\u{2B55}' | '\u{231A}'..='\u{23FF}' | '\u{25AA}'..='\u{25FE}')
}
