use leptos::prelude::*;

use crate::domain::{Nickname, ParticipantId};

/// Colours of faces and names; `style/parts/face.css` has one class for each.
const HUES: u32 = 12;

/// The class that gives a participant their colour: the same on every screen, as it comes from the id.
#[must_use]
pub fn hue_class(id: &ParticipantId) -> String {
    // FNV-1a, 32 bits: any even spread will do.
    let hash = id.as_str().bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    format!("hue-{}", hash % HUES)
}

/// The first letters of a name: of its first and last word, or two of its only one.
fn initials(name: &Nickname) -> String {
    let mut words = name.as_str().split(' ');
    let first = words.next().unwrap_or_default();
    match words.next_back() {
        Some(last) => first.chars().take(1).chain(last.chars().take(1)).collect(),
        None => first.chars().take(2).collect(),
    }
}

/// A participant's face: their first letters on their colour.
#[component]
pub fn Face(
    /// Whose.
    id: ParticipantId,
    /// Their name.
    name: Nickname,
) -> impl IntoView {
    view! { <span class=format!("face {}", hue_class(&id)) aria-hidden="true">{initials(&name)}</span> }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_last_word() {
        for (name, expected) in [
            ("Maya", "Ma"),
            ("Ana Maria Lopez", "AL"),
            ("Q", "Q"),
            ("李小龙", "李小"),
        ] {
            assert_eq!(initials(&Nickname::parse(name).expect("valid")), expected);
        }
    }
}
