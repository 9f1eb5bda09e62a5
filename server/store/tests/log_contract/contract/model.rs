//! Random commands, compared with the simplest thing that could be right: a vector a room, and a list of who is inside.

mod room;

use std::{cell::RefCell, slice::from_ref};

use clock::Clock;
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};
use store::{Command, Draft, LogError, PAGE_MAX, Page, Room};
use tokio::{runtime::Handle, task::block_in_place};
use wire::{
    domain::{ParticipantId, Seq, TokenHash},
    protocol::{Change, EndReason, Participant},
};

use crate::world::{Commands, World, amends, read, says};
use room::{Expected, Model, told};

const ROOMS: usize = 3;

/// Places in a room: one less than there are people.
const CAPACITY: u32 = 2;

#[derive(Debug, Clone)]
enum Op {
    Do(Action),
    /// Taken one after the other and waited for then: where the database has the log, they share a transaction.
    Together(Vec<Action>),
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

/// What somebody does in a room.
#[derive(Debug, Clone)]
struct Action {
    room: usize,
    who: usize,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    Say { client_id: u8 },
    Amend { client_id: u8, target: u64, how: How },
    Join { is_creator: bool },
    Return,
    Leave,
    Remove,
    Change(Change),
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

fn action() -> impl Strategy<Value = Action> {
    let how = prop_oneof![Just(How::React), Just(How::Edit), Just(How::Delete)];
    let what = prop_oneof![
        8 => (0..6_u8).prop_map(|client_id| What::Say { client_id }),
        6 => (6..12_u8, 0..14_u64, how).prop_map(|(client_id, target, how)| What::Amend { client_id, target, how }),
        4 => any::<bool>().prop_map(|is_creator| What::Join { is_creator }),
        3 => Just(What::Return),
        3 => Just(What::Leave),
        1 => Just(What::Remove),
        2 => any::<bool>().prop_map(|locked| What::Change(Change::Locked(locked))),
        1 => any::<bool>().prop_map(|text_only| What::Change(Change::TextOnly(text_only))),
    ];
    (0..ROOMS, 0..3_usize, what).prop_map(|(room, who, what)| Action { room, who, what })
}

fn op() -> impl Strategy<Value = Op> {
    let room = 0..ROOMS;
    let page = (any::<bool>(), 0..14_u64, 0..8_usize).prop_map(|(after, cursor, limit)| {
        if after {
            Page::After(Seq(cursor), limit)
        } else {
            Page::Before(Seq(cursor), limit)
        }
    });
    prop_oneof![
        16 => action().prop_map(Op::Do),
        // But for what is about messages: nobody knows the number of one that is not there yet.
        3 => vec(action().prop_filter("about a message", |action| !matches!(action.what, What::Amend { .. })), 2..6)
            .prop_map(Op::Together),
        6 => (room.clone(), page).prop_map(|(room, page)| Op::Read { room, page }),
        2 => room.clone().prop_map(|room| Op::Position { room }),
        1 => room.clone().prop_map(|room| Op::End { room }),
        1 => room.prop_map(|room| Op::Purge { room }),
        1 => (1..2_000_i64).prop_map(|millis| Op::Wait { millis }),
        1 => Just(Op::Restart),
    ]
}

pub async fn any_sequence_of_commands_is_like_the_model(world: World) {
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

/// Who does things in rooms, and by which token they come in.
type People = [(Participant, TokenHash); 3];

async fn compare(world: &mut World, ops: Vec<Op>) -> Result<(), TestCaseError> {
    let people = ["Maya", "Omar", "Noor"].map(|name| (world.participant(name), world.token()));
    let mut rooms = Vec::new();
    for n in 0..ROOMS {
        // One of them expires on the way.
        let expires_at = world.clock.now().plus_millis(if n == 0 { 3_000 } else { 1_000_000 });
        let room = Room {
            expires_at,
            ..world.new_room()
        };
        // One has somebody inside from the beginning.
        let creator = (n == 1).then(|| people[0].clone());
        let create = Command::Create {
            room: Box::new(room.clone()),
            creator,
        };
        let mut model = Model::new(room, CAPACITY);
        let expected = model.after(&create, world.clock.now());
        let created = world.log.execute(&model.room.id, create).await;
        prop_assert_eq!(told(created), expected);
        rooms.push(model);
    }
    for op in ops {
        step(world, &mut rooms, &people, op).await?;
    }
    for model in &rooms {
        prop_assert_eq!(&world.heard.of(&model.room.id), &model.heard);
        model.is_kept(world).await?;
    }
    Ok(())
}

fn command(world: &World, people: &People, action: &Action) -> Command {
    let (who, token) = people[action.who].clone();
    let now = world.clock.now();
    match action.what {
        What::Say { client_id } => {
            let words = format!("by {} at {now:?}", action.who);
            Command::Say(says(&who.id, &client_id.to_string(), &words))
        }
        What::Amend { client_id, target, how } => {
            let words = format!("otherwise by {} at {now:?}", action.who);
            Command::Say(amend(&who.id, client_id, target, how, &words))
        }
        What::Join { is_creator } => Command::Join {
            who,
            token,
            capacity: CAPACITY,
            is_creator,
        },
        What::Return => Command::Return {
            who: who.id,
            capacity: CAPACITY,
        },
        What::Leave => Command::Leave { who: who.id },
        What::Remove => Command::Remove { who: who.id },
        What::Change(change) => Command::Change { by: Some(who), change },
    }
}

async fn step(world: &mut World, rooms: &mut [Model], people: &People, op: Op) -> Result<(), TestCaseError> {
    let now = world.clock.now();
    match op {
        Op::Do(action) => execute(world, rooms, people, &[action]).await?,
        // A live room's words are in its log at once, and do not wait for rows that are being written.
        Op::Together(actions) if world.stored => execute(world, rooms, people, &actions).await?,
        Op::Together(actions) => {
            for action in actions {
                execute(world, rooms, people, &[action]).await?;
            }
        }
        Op::Read { room, page } => {
            let model = &rooms[room];
            match world.log.read(&model.room.id, page).await {
                Ok(entries) => prop_assert_eq!(read(&entries), model.read(page)),
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
            let ended = world.log.end(&model.room.id, now, EndReason::Ended).await;
            prop_assert_eq!(ended.expect("answered"), model.open);
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

/// Gives commands one after the other, and waits for all of them then.
async fn execute(world: &World, rooms: &mut [Model], people: &People, actions: &[Action]) -> Result<(), TestCaseError> {
    let now = world.clock.now();
    let (mut expected, mut taken) = (Vec::new(), Vec::new());
    for action in actions {
        let command = command(world, people, action);
        expected.push(rooms[action.room].after(&command, now));
        taken.push(world.log.take(&rooms[action.room].room.id, command).await);
    }
    for (expected, taken) in expected.into_iter().zip(taken) {
        let outcome: Expected = match taken {
            Ok(executing) => told(executing.await),
            Err(error) => told(Err(error)),
        };
        prop_assert_eq!(outcome, expected);
    }
    prop_assert!(rooms.iter().all(|model| model.entries.len() <= PAGE_MAX));
    Ok(())
}
