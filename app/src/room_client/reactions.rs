//! Who answered which message with which emoji.

use std::collections::BTreeMap;

use wire::domain::{Emoji, ParticipantId, Seq};

/// Within reach.
pub const QUICK: [&str; 6] = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

/// What else people answer with: faces, hands, hearts, and what happens. The system says each one's name.
pub const MORE: [&str; 80] = [
    "😀", "😄", "😅", "🤣", "😊", "😇", "🙂", "😉", "😍", "🥰", "😘", "😋", "😜", "🤔", "🤨", "😐", "🙄", "😏", "😌",
    "😴", "😎", "🤓", "🥳", "😕", "😟", "😳", "🥺", "😭", "😱", "😤", "😡", "🤯", "🤗", "🤭", "🤫", "🫡", "🤝", "👏",
    "🙌", "💪", "👋", "👌", "✌️", "🤞", "👎", "👀", "🧠", "💯", "🧡", "💛", "💚", "💙", "💜", "🖤", "💔", "🔥", "✨",
    "⭐", "🎉", "🎂", "🎁", "🏆", "☕", "🍕", "🍰", "🍻", "🌈", "☀️", "🌙", "🌸", "🐶", "🐱", "🦊", "🚀", "⏰", "📌",
    "✅", "❌", "❓", "❗",
];

/// Different emoji that are shown under one message. Whoever gives more gives them for nothing.
const SHOWN: usize = 20;

/// One emoji under a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaction {
    /// The emoji.
    pub emoji: Emoji,
    /// Who gave it, in order. Never empty.
    pub who: Vec<ParticipantId>,
}

/// All reactions of a room, by message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reactions(BTreeMap<Seq, Vec<Reaction>>);

impl Reactions {
    /// Those of one message, in the order in which they were first given.
    #[must_use]
    pub fn of(&self, message: Seq) -> &[Reaction] {
        self.0.get(&message).map_or(&[], Vec::as_slice)
    }

    /// Notes that somebody gives an emoji, or takes it back. Said again, it is the same.
    pub fn note(&mut self, message: Seq, emoji: &Emoji, who: &ParticipantId, on: bool) {
        let reactions = self.0.entry(message).or_default();
        let place = reactions.iter().position(|reaction| &reaction.emoji == emoji);
        match place {
            Some(place) => {
                let giving = &mut reactions[place].who;
                giving.retain(|other| other != who);
                if on {
                    giving.push(who.clone());
                } else if giving.is_empty() {
                    reactions.remove(place);
                }
            }
            None if on && reactions.len() < SHOWN => reactions.push(Reaction {
                emoji: emoji.clone(),
                who: vec![who.clone()],
            }),
            None => {}
        }
    }

    /// Forgets those of a message.
    pub fn forget(&mut self, message: Seq) {
        self.0.remove(&message);
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn emoji(text: &str) -> Emoji {
        Emoji::parse(text).expect("an emoji")
    }

    fn who(name: &str) -> ParticipantId {
        ParticipantId::parse(format!("anon_{name}")).expect("an id")
    }

    fn shape(reactions: &Reactions) -> Vec<(&str, usize)> {
        let of = reactions.of(Seq(1)).iter();
        of.map(|reaction| (reaction.emoji.as_str(), reaction.who.len()))
            .collect()
    }

    #[test]
    fn what_can_be_chosen_is_taken_as_it_is_and_chosen_once() {
        let mut seen = Vec::new();
        for emoji in QUICK.iter().chain(&MORE) {
            assert_eq!(Emoji::parse(emoji).map(String::from).as_deref(), Ok(*emoji));
            assert!(!seen.contains(emoji), "{emoji}");
            seen.push(emoji);
        }
    }

    #[test]
    fn each_person_counts_once_for_each_emoji() {
        let mut reactions = Reactions::default();
        for (face, name) in [("👍", "maya"), ("❤️", "maya"), ("👍", "noor"), ("👍", "maya")] {
            reactions.note(Seq(1), &emoji(face), &who(name), true);
        }
        assert_eq!(shape(&reactions), [("👍", 2), ("❤️", 1)]);
        assert!(reactions.of(Seq(2)).is_empty());
    }

    #[test]
    fn what_is_taken_back_is_gone() {
        let mut reactions = Reactions::default();
        reactions.note(Seq(1), &emoji("👍"), &who("maya"), true);
        for name in ["noor", "maya", "maya"] {
            reactions.note(Seq(1), &emoji("👍"), &who(name), false);
        }
        assert!(shape(&reactions).is_empty());
    }

    #[test]
    fn so_many_are_shown_and_no_more() {
        let mut reactions = Reactions::default();
        for face in emojis::iter().take(100) {
            reactions.note(Seq(1), &emoji(face.as_str()), &who("maya"), true);
        }
        assert_eq!(shape(&reactions).len(), SHOWN);
    }
}
