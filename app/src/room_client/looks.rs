//! How the people of a room are told apart at a glance.
//!
//! All of it comes from ids and names alone, so that it is the same on every screen. Where names look alike, every one
//! of them carries a tag: nobody is the real one.

use wire::{
    domain::{Nickname, ParticipantId, fingerprint},
    protocol::Attendance,
};

/// Colours of faces and names; `style/parts/face.css` has one class for each.
const HUES: u32 = 12;

/// Tags have three digits.
const TAGS: u32 = 1_000;

/// What one participant looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Who.
    pub id: ParticipantId,
    /// What they are called.
    pub name: Nickname,
    /// `#407`, when somebody else's name is easily taken for theirs.
    pub tag: Option<String>,
    /// What stands on their face. Different for people of one colour.
    pub initials: String,
}

impl Look {
    /// Their name in a line of text, told apart.
    #[must_use]
    pub fn label(&self) -> String {
        match &self.tag {
            Some(tag) => format!("{} {tag}", self.name),
            None => self.name.to_string(),
        }
    }
}

/// The class that gives a participant their colour.
#[must_use]
pub fn hue_class(id: &ParticipantId) -> String {
    format!("hue-{}", id.fingerprint() % HUES)
}

fn tag(id: &ParticipantId) -> String {
    format!("#{:03}", id.fingerprint() / HUES % TAGS)
}

/// The looks of `people`, in their order.
#[must_use]
pub fn looks(people: &[Attendance]) -> Vec<Look> {
    let mut looks: Vec<Look> = people
        .iter()
        .map(|Attendance { id, name, .. }| Look {
            id: id.clone(),
            name: name.clone(),
            tag: None,
            initials: initials(name),
        })
        .collect();
    let skeletons: Vec<String> = people.iter().map(|person| person.name.skeleton()).collect();
    for index in repeated(&skeletons) {
        looks[index].tag = Some(tag(&people[index].id));
    }
    // One colour, or one name, and the same letters: a letter and a digit of the tag, another digit where that is not enough.
    for digit in 1..=3 {
        let face = |look: &Look| match look.tag {
            Some(_) => look.initials.clone(),
            None => hue_class(&look.id) + &look.initials,
        };
        let faces: Vec<String> = looks.iter().map(face).collect();
        for index in repeated(&faces) {
            let Attendance { id, name, .. } = &people[index];
            let (letter, digit) = (name.as_str().chars().take(1), tag(id).chars().nth(digit));
            looks[index].initials = letter.chain(digit).collect();
        }
    }
    looks
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

/// Where in a list those stand that are in it more than once. They are few: comparing their hashes with all others
/// takes less than sorting, and less to download.
fn repeated(list: &[String]) -> Vec<usize> {
    let hashes: Vec<u32> = list.iter().map(|text| fingerprint(text)).collect();
    let is_repeated = |&index: &usize| hashes.iter().filter(|&&hash| hash == hashes[index]).count() > 1;
    (0..hashes.len()).filter(is_repeated).collect()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn people(who: &[(&str, &str)]) -> Vec<Attendance> {
        let attendance = |(id, name): &(&str, &str)| Attendance {
            id: ParticipantId::parse(*id).expect("valid"),
            name: Nickname::parse(name).expect("valid"),
            online: true,
            removed: false,
        };
        who.iter().map(attendance).collect()
    }

    fn labels(who: &[(&str, &str)]) -> Vec<String> {
        looks(&people(who)).iter().map(Look::label).collect()
    }

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

    #[test]
    fn names_that_look_alike_are_all_tagged_whoever_came_first() {
        let tags = |who: [(&str, &str); 2]| {
            let looks = looks(&people(&who)).into_iter();
            looks.map(|look| (look.id, look.tag)).collect::<Vec<_>>()
        };
        assert_eq!(labels(&[("a", "Maya"), ("b", "Jonas")]), ["Maya", "Jonas"]);
        let [first, second] = [("a", "Maya"), ("b", "Мауа")];
        let one = tags([first, second]);
        let mut other = tags([second, first]);
        other.reverse();
        assert_eq!(one, other);
        let [first, second] = [0, 1].map(|twin| looks(&people(&[first, second]))[twin].initials.clone());
        assert_ne!(first, second);
        assert!(
            one[0].1.is_some() && one[1].1.is_some() && one[0].1 != one[1].1,
            "{one:?}"
        );
    }

    #[test]
    fn a_name_that_ends_like_a_tag_imitates_nobody() {
        let [maya, other] = [("a", "Maya"), ("b", "Maya")];
        let label = labels(&[maya, other]).remove(0);
        let labels = labels(&[maya, other, ("c", label.as_str())]);
        assert_eq!(labels.iter().filter(|other| **other == label).count(), 1, "{labels:?}");
    }

    #[test]
    fn people_of_one_colour_have_different_letters() {
        let ids: Vec<String> = (0..400).map(|n| format!("anon_{n}")).collect();
        let hue = |id: &str| hue_class(&ParticipantId::parse(id).expect("valid"));
        let same: Vec<_> = ids.iter().filter(|id| hue(id) == hue(&ids[0])).take(3).collect();
        let looks = looks(&people(&[(same[0], "Maya"), (same[1], "Max"), (same[2], "Jonas")]));
        assert_eq!(looks[2].initials, "Jo");
        assert!(looks[0].initials.starts_with('M') && looks[1].initials.starts_with('M'));
        assert_ne!(looks[0].initials, looks[1].initials);
    }
}
