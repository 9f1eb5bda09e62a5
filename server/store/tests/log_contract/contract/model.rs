//! Random operations, compared with the simplest thing that could be right: a vector a room.

use std::{cell::RefCell, slice::from_ref};

use clock::Clock;
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};
use store::{Draft, LogError, PAGE_MAX, Page, Room};
use tokio::{runtime::Handle, task::block_in_place};
use wire::{
    domain::{ParticipantId, Seq, Timestamp},
    protocol::{Body, EndReason, Entry, Participant},
};

use crate::world::{World, amends, says};

const ROOMS: usize = 3;

#[derive(Debug, Clone)]
enum Op {
    Say {
        room: usize,
        sender: usize,
        client_id: u8,
    },
    Amend {
        room: usize,
        sender: usize,
        client_id: u8,
        target: u64,
        how: How,
    },
    Join {
        room: usize,
        sender: usize,
    },
    Leave {
        room: usize,
        sender: usize,
    },
    Read {
        room: usize,
        page: Page,
    },
    Position {
        room: usize,
    },
    End {
        room: usize,
    },
    Purge {
        room: usize,
    },
    Wait {
        millis: i64,
    },
    Restart,
}

#[derive(Debug, Clone, Copy)]
enum How {
    React,
    Edit,
    Delete,
}

/// What somebody says about a message.
fn amend(from: &ParticipantId, client_id: u8, target: u64, how: How, words: &str) -> Draft {
    let client_id = client_id.to_string();
    match how {
        How::React => amends::react(from, &client_id, target),
        How::Edit => amends::edit(from, &client_id, target, words),
        How::Delete => amends::delete(from, &client_id, target),
    }
}

fn op() -> impl Strategy<Value = Op> {
    let (room, sender) = (0..ROOMS, 0..2_usize);
    let page = (any::<bool>(), 0..14_u64, 0..8_usize).prop_map(|(after, cursor, limit)| {
        if after {
            Page::After(Seq(cursor), limit)
        } else {
            Page::Before(Seq(cursor), limit)
        }
    });
    prop_oneof![
        8 => (room.clone(), sender.clone(), 0..6_u8).prop_map(|(room, sender, client_id)| Op::Say { room, sender, client_id }),
        6 => (room.clone(), sender.clone(), 6..12_u8, 0..14_u64, prop_oneof![Just(How::React), Just(How::Edit), Just(How::Delete)])
            .prop_map(|(room, sender, client_id, target, how)| Op::Amend { room, sender, client_id, target, how }),
        1 => (room.clone(), sender.clone()).prop_map(|(room, sender)| Op::Join { room, sender }),
        1 => (room.clone(), sender).prop_map(|(room, sender)| Op::Leave { room, sender }),
        6 => (room.clone(), page).prop_map(|(room, page)| Op::Read { room, page }),
        2 => room.clone().prop_map(|room| Op::Position { room }),
        1 => room.clone().prop_map(|room| Op::End { room }),
        1 => room.prop_map(|room| Op::Purge { room }),
        1 => (1..2_000_i64).prop_map(|millis| Op::Wait { millis }),
        1 => Just(Op::Restart),
    ]
}

/// What a room should be like.
struct Model {
    room: Room,
    open: bool,
    entries: Vec<Entry>,
    /// All that was ever in it, which is what the observer heard.
    heard: Vec<Entry>,
}

impl Model {
    fn is_open(&self, now: Timestamp) -> bool {
        self.open && now < self.room.expires_at
    }

    /// The entry, and whether it is new; nothing where it is about a message that is not there.
    fn append(&mut self, draft: Draft, at: Timestamp) -> Option<(Entry, bool)> {
        let seq = Seq(self.entries.len() as u64 + 1);
        let about = match &draft {
            Draft::Amendment { target, becomes, .. } => Some((*target, becomes.clone())),
            _ => None,
        };
        let entry = match draft {
            Draft::Message { from, client_id, body }
            | Draft::Amendment {
                from, client_id, body, ..
            } => Entry::Message {
                seq,
                at,
                from,
                client_id,
                body,
            },
            Draft::Joined(participant) => Entry::Joined { seq, at, participant },
            Draft::Left(participant) => Entry::Left {
                seq,
                at,
                participant,
                removed: false,
            },
            Draft::Removed(_) | Draft::Changed { .. } => unreachable!("not among the operations"),
        };
        let key = |entry: &Entry| match entry {
            Entry::Message { from, client_id, .. } => Some((from.clone(), client_id.clone())),
            Entry::Joined { .. } | Entry::Left { .. } | Entry::Changed { .. } => None,
        };
        match self
            .entries
            .iter()
            .find(|known| key(known).is_some() && key(known) == key(&entry))
        {
            Some(first) => Some((first.clone(), false)),
            None => {
                if let Some((target, becomes)) = about {
                    self.rewrite(target, becomes)?;
                }
                self.entries.push(entry.clone());
                self.heard.push(entry.clone());
                Some((entry, true))
            }
        }
    }

    fn rewrite(&mut self, target: Seq, becomes: Option<Body>) -> Option<()> {
        let amended = self.entries.iter_mut().find(|entry| entry.seq() == target);
        match amended {
            Some(Entry::Message { body, .. }) if !matches!(body, Body::Deleted { .. }) => {
                *body = match becomes {
                    Some(becomes) => becomes,
                    None => return Some(()),
                }
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

    fn read(&self, page: Page) -> Vec<Entry> {
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
}

pub async fn any_sequence_of_operations_is_like_the_model(world: World) {
    let config = Config {
        cases: 48,
        failure_persistence: None,
        ..Config::default()
    };
    let world = RefCell::new(world);
    let run = |ops| block_in_place(|| Handle::current().block_on(compare(&mut world.borrow_mut(), ops)));
    TestRunner::new(config)
        .run(&vec(op(), 1..80), run)
        .unwrap_or_else(|failure| panic!("{failure}"));
}

async fn compare(world: &mut World, ops: Vec<Op>) -> Result<(), TestCaseError> {
    let people = [world.participant("Maya"), world.participant("Omar")];
    let mut rooms = Vec::new();
    for n in 0..ROOMS {
        // One of them expires on the way.
        let expires_at = world.clock.now().plus_millis(if n == 0 { 3_000 } else { 1_000_000 });
        let room = Room {
            expires_at,
            ..world.new_room()
        };
        world.registry.create(&room).await.expect("created");
        rooms.push(Model {
            room,
            open: true,
            entries: Vec::new(),
            heard: Vec::new(),
        });
    }
    for op in ops {
        step(world, &mut rooms, &people, op).await?;
    }
    for model in &rooms {
        prop_assert_eq!(&world.heard.of(&model.room.id), &model.heard);
    }
    Ok(())
}

async fn step(world: &mut World, rooms: &mut [Model], people: &[Participant], op: Op) -> Result<(), TestCaseError> {
    let now = world.clock.now();
    match op {
        Op::Say {
            room,
            sender,
            client_id,
        } => {
            let draft = says(
                &people[sender].id,
                &client_id.to_string(),
                &format!("by {sender} at {now:?}"),
            );
            append(world, &mut rooms[room], draft).await?;
        }
        Op::Amend {
            room,
            sender,
            client_id,
            target,
            how,
        } => {
            let words = format!("otherwise by {sender} at {now:?}");
            let draft = amend(&people[sender].id, client_id, target, how, &words);
            append(world, &mut rooms[room], draft).await?;
        }
        Op::Join { room, sender } => append(world, &mut rooms[room], Draft::Joined(people[sender].clone())).await?,
        Op::Leave { room, sender } => append(world, &mut rooms[room], Draft::Left(people[sender].clone())).await?,
        Op::Read { room, page } => {
            let model = &rooms[room];
            match world.log.read(&model.room.id, page).await {
                Ok(entries) => prop_assert_eq!(entries, model.read(page)),
                Err(error) => prop_assert!(matches!(error, LogError::Closed) && !model.is_open(now), "{}", error),
            }
        }
        Op::Position { room } => {
            let model = &rooms[room];
            match world.log.position(&model.room.id).await {
                Ok(position) => prop_assert_eq!(position.last.0, model.entries.len() as u64),
                Err(error) => prop_assert!(matches!(error, LogError::Closed) && !model.is_open(now), "{}", error),
            }
        }
        Op::End { room } => {
            let model = &mut rooms[room];
            let ended = world
                .registry
                .end(&model.room.id, now, EndReason::Ended)
                .await
                .expect("answered");
            prop_assert_eq!(ended, model.open);
            model.open = false;
        }
        Op::Purge { room } => world.log.purge(from_ref(&rooms[room].room.id)).await.expect("purged"),
        Op::Wait { millis } => world.clock.advance(millis),
        Op::Restart => {
            world.reopen().await;
            if !world.stored {
                rooms.iter_mut().for_each(|model| model.entries.clear());
            }
        }
    }
    Ok(())
}

async fn append(world: &World, model: &mut Model, draft: Draft) -> Result<(), TestCaseError> {
    let now = world.clock.now();
    match world.log.append(&model.room.id, draft.clone()).await {
        Ok(told) => {
            prop_assert!(model.is_open(now));
            let first = model
                .append(draft, now)
                .map(|(entry, fresh)| (entry.seq(), entry.at(), fresh));
            prop_assert_eq!(Some((told.seq, told.at, told.fresh)), first);
        }
        Err(LogError::Gone) => prop_assert!(model.is_open(now) && model.append(draft, now).is_none()),
        Err(error) => prop_assert!(matches!(error, LogError::Closed) && !model.is_open(now), "{}", error),
    }
    prop_assert!(model.entries.len() <= PAGE_MAX);
    Ok(())
}
