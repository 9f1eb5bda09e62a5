//! What a room should be like.

use proptest::prelude::*;
use store::{Act, Command, Draft, LogError, Member, Outcome, Page, RawBody, Room};
use wire::{
    domain::{Seq, Timestamp},
    protocol::{Body, Change, Entry, Participant, Version},
};

use crate::world::World;

/// What becomes of a command: of what happened, the entry that tells of it.
#[derive(Debug, PartialEq)]
pub enum Expected {
    /// Its place, its time, and whether it is new.
    Entry(Seq, Timestamp, bool),
    /// It happened, or was so before, and nothing tells of it.
    Nothing {
        happened: bool,
    },
    Full,
    Locked,
    Removed,
    Closed,
    Gone,
}

/// What became of one.
pub fn told(outcome: Result<Outcome, LogError>) -> Expected {
    match outcome {
        Ok(Outcome::Done(Some(told)) | Outcome::Already(Some(told))) => Expected::Entry(told.seq, told.at, told.fresh),
        Ok(Outcome::Done(None)) => Expected::Nothing { happened: true },
        Ok(Outcome::Already(None)) => Expected::Nothing { happened: false },
        Ok(Outcome::Full) => Expected::Full,
        Ok(Outcome::Locked) => Expected::Locked,
        Ok(Outcome::Removed) => Expected::Removed,
        Err(LogError::Closed) => Expected::Closed,
        Err(LogError::Gone) => Expected::Gone,
        Err(error) => panic!("{error}"),
    }
}

/// The simplest room.
pub struct Model {
    pub room: Room,
    pub open: bool,
    pub entries: Vec<Entry>,
    /// All that was ever in it, which is what the observer heard.
    pub heard: Vec<Entry>,
    /// In the order in which they came first.
    members: Vec<Member>,
    capacity: u32,
}

impl Model {
    pub fn new(room: Room, capacity: u32) -> Self {
        Self {
            room,
            open: true,
            entries: Vec::new(),
            heard: Vec::new(),
            members: Vec::new(),
            capacity,
        }
    }

    pub fn is_open(&self, now: Timestamp) -> bool {
        self.open && now < self.room.expires_at
    }

    /// Does what the command says.
    pub fn after(&mut self, command: &Command, now: Timestamp) -> Expected {
        if !self.is_open(now) {
            return Expected::Closed;
        }
        match command {
            Command::Create { creator: None, .. } => Expected::Nothing { happened: true },
            Command::Create {
                creator: Some((who, _)),
                ..
            } => self.enter(who, now),
            Command::Join { who, is_creator, .. } => {
                let known = self.members.iter().any(|member| member.id == who.id);
                self.come(who, known || *is_creator, now)
            }
            Command::Return { who, .. } => match self.members.iter().find(|member| member.id == *who) {
                None => Expected::Closed,
                Some(member) => self.come(&participant(member), true, now),
            },
            Command::Leave { who } => match self
                .members
                .iter_mut()
                .find(|member| member.id == *who && member.inside)
            {
                None => Expected::Nothing { happened: false },
                Some(member) => {
                    member.inside = false;
                    let participant = participant(member);
                    self.tell(|seq| left(seq, now, participant, false))
                }
            },
            Command::Remove { who } => {
                match self
                    .members
                    .iter_mut()
                    .find(|member| member.id == *who && !member.removed)
                {
                    None => Expected::Nothing { happened: false },
                    Some(member) => {
                        (member.inside, member.removed) = (false, true);
                        let participant = participant(member);
                        self.tell(|seq| left(seq, now, participant, true))
                    }
                }
            }
            Command::Change { by, change } => {
                let settings = self.room.settings.after(*change);
                if settings == self.room.settings {
                    return Expected::Nothing { happened: false };
                }
                self.room.settings = settings;
                let (by, change): (_, Change) = (by.clone(), *change);
                self.tell(|seq| Entry::Changed {
                    seq,
                    at: now,
                    by,
                    change,
                })
            }
            Command::Say(draft) => self.say(draft.clone(), now),
            Command::End { .. } => unreachable!("it has a step of its own"),
        }
    }

    fn come(&mut self, who: &Participant, passes: bool, now: Timestamp) -> Expected {
        let known = self.members.iter().find(|member| member.id == who.id);
        match known {
            Some(member) if member.removed => Expected::Removed,
            Some(member) if member.inside => Expected::Nothing { happened: false },
            _ if !passes && self.room.settings.locked => Expected::Locked,
            _ if self.inside() >= self.capacity => Expected::Full,
            _ => self.enter(who, now),
        }
    }

    fn enter(&mut self, who: &Participant, now: Timestamp) -> Expected {
        match self.members.iter_mut().find(|member| member.id == who.id) {
            Some(member) => member.inside = true,
            None => self.members.push(Member {
                id: who.id.clone(),
                name: who.name.clone(),
                inside: true,
                removed: false,
            }),
        }
        let participant = who.clone();
        self.tell(|seq| Entry::Joined {
            seq,
            at: now,
            participant,
        })
    }

    fn inside(&self) -> u32 {
        u32::try_from(self.members.iter().filter(|member| member.inside).count()).expect("few")
    }

    fn tell(&mut self, entry: impl FnOnce(Seq) -> Entry) -> Expected {
        let entry = entry(Seq(self.entries.len() as u64 + 1));
        self.entries.push(entry.clone());
        self.heard.push(entry.clone());
        Expected::Entry(entry.seq(), entry.at(), true)
    }

    fn say(&mut self, Draft { from, client_id, act }: Draft, at: Timestamp) -> Expected {
        let first = self.entries.iter().find(
            |known| matches!(known, Entry::Message { from: f, client_id: c, .. } if *f == from && *c == client_id),
        );
        if let Some(first) = first {
            return Expected::Entry(first.seq(), first.at(), false);
        }
        let v = Version;
        let body = match act {
            Act::Say { body, .. } => opened(&body),
            Act::Edit { target, body, .. } => {
                let Body::Text { text, .. } = opened(&body) else {
                    unreachable!("only words are edited here")
                };
                let becomes = Body::Text {
                    v,
                    text: text.clone(),
                    reply_to: None,
                    edited: true,
                };
                if self.rewrite(target, becomes).is_none() {
                    return Expected::Gone;
                }
                let text = Some(text);
                Body::Edit { v, target, text }
            }
            Act::Delete { target } => {
                if self.rewrite(target, Body::Deleted { v }).is_none() {
                    return Expected::Gone;
                }
                Body::Delete { v, target }
            }
        };
        self.tell(|seq| Entry::Message {
            seq,
            at,
            from,
            client_id,
            body,
        })
    }

    fn rewrite(&mut self, target: Seq, becomes: Body) -> Option<()> {
        let amended = self.entries.iter_mut().find(|entry| entry.seq() == target);
        match amended {
            Some(Entry::Message { body, .. })
                if !matches!(body, Body::Deleted { .. } | Body::Edit { .. } | Body::Delete { .. }) =>
            {
                *body = becomes;
            }
            _ => return None,
        }
        for entry in &mut self.entries {
            if let Entry::Message {
                body: Body::Edit { target: of, text, .. },
                ..
            } = entry
                && *of == target
            {
                *text = None;
            }
        }
        Some(())
    }

    pub fn read(&self, page: Page) -> Vec<Entry> {
        let (entries, limit, from_end) = match page {
            Page::After(cursor, limit) => (self.entries.iter().filter(|e| e.seq() > cursor).collect(), limit, false),
            Page::Before(cursor, limit) => (
                self.entries.iter().filter(|e| e.seq() < cursor).collect::<Vec<_>>(),
                limit,
                true,
            ),
        };
        let skipped = if from_end {
            entries.len().saturating_sub(limit)
        } else {
            0
        };
        entries.into_iter().skip(skipped).take(limit).cloned().collect()
    }

    /// Whether the registry has what the room was told.
    pub async fn is_kept(&self, world: &World) -> Result<(), TestCaseError> {
        let kept = world
            .registry
            .room(&self.room.id)
            .await
            .expect("read")
            .expect("the room");
        prop_assert_eq!(kept.settings, self.room.settings);
        if self.open {
            let members = world.registry.members(&self.room.id, 10).await.expect("listed");
            prop_assert_eq!(&members, &self.members);
            prop_assert_eq!(kept.inside, self.inside());
        }
        Ok(())
    }
}

fn participant(member: &Member) -> Participant {
    Participant {
        id: member.id.clone(),
        name: member.name.clone(),
    }
}

fn left(seq: Seq, at: Timestamp, participant: Participant, removed: bool) -> Entry {
    Entry::Left {
        seq,
        at,
        participant,
        removed,
    }
}

fn opened(body: &RawBody) -> Body {
    serde_json::from_str(body.as_str()).expect("a body")
}
