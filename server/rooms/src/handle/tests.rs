use std::{num::NonZeroU32, time::Duration};

use admission::Rate;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;
use wire::{domain::Nickname, protocol::Participant};

use super::{attending::CONNECTIONS_MAX, *};
use crate::presence::{Pace, Seat};

mod coming_and_going;

pub(crate) fn room() -> RoomId {
    RoomId::parse("Vq3nT8-zKw_2").expect("valid")
}

fn person(n: usize) -> Participant {
    Participant {
        id: ParticipantId::parse(format!("anon_{n}")).expect("valid"),
        name: Nickname::parse("Maya").expect("valid"),
    }
}

fn maya() -> Participant {
    person(1)
}

/// One may say ten at once and two a second, a room a thousand a second: after five seconds, all is as before.
pub(crate) fn rooms() -> Arc<RoomHandles> {
    let many = NonZeroU32::new(1_000).expect("some");
    let pace = Pace::new(2, 10, Rate::new(many, Duration::from_secs(1)));
    let grace = Duration::from_secs(30);
    Arc::new(RoomHandles::new(grace, pace, CancellationToken::new(), Arc::default()))
}

async fn connect(rooms: &Arc<RoomHandles>) -> Connection {
    let turn = rooms.turn(&room(), &maya()).await;
    rooms.connect(&turn).expect("few connections")
}

fn online(rooms: &RoomHandles) -> Vec<ParticipantId> {
    rooms.get(&room()).map_or_else(Vec::new, |room| room.online())
}

/// Waits for somebody to be missed, and not for ever.
async fn overdue(rooms: &RoomHandles) -> (Arc<RoomHandle>, Arc<Seat>) {
    let waited = tokio::time::timeout(Duration::from_secs(3_600), rooms.overdue()).await;
    waited.expect("somebody is missed")
}

async fn nobody_is_overdue_within(rooms: &RoomHandles, secs: u64) {
    let waited = tokio::time::timeout(Duration::from_secs(secs), rooms.overdue()).await;
    assert!(waited.is_err(), "somebody was overdue");
}

#[tokio::test(start_paused = true)]
async fn two_tabs_are_one_participant() {
    let rooms = rooms();
    let (first, second) = (connect(&rooms).await, connect(&rooms).await);
    assert_eq!(online(&rooms), [maya().id]);
    drop(first);
    assert_eq!(online(&rooms), [maya().id]);
    nobody_is_overdue_within(&rooms, 60).await;
    drop(second);
    assert!(online(&rooms).is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_last_connection_s_end_starts_a_grace() {
    let rooms = rooms();
    let start = Instant::now();
    drop(connect(&rooms).await);
    let (_, seat) = overdue(&rooms).await;
    assert_eq!(seat.participant(), &maya());
    assert_eq!(start.elapsed().as_secs(), 30);
}

#[tokio::test(start_paused = true)]
async fn who_comes_back_within_the_grace_is_not_missed() {
    let rooms = rooms();
    drop(connect(&rooms).await);
    sleep(Duration::from_secs(29)).await;
    let connection = connect(&rooms).await;
    nobody_is_overdue_within(&rooms, 60).await;
    drop(connection);
    nobody_is_overdue_within(&rooms, 29).await;
    overdue(&rooms).await;
}

#[tokio::test(start_paused = true)]
async fn a_connection_whose_task_panics_is_gone() {
    let rooms = rooms();
    let connection = connect(&rooms).await;
    let task = tokio::spawn(async move {
        let _connection = connection;
        panic!("as a test");
    });
    assert!(task.await.is_err());
    assert!(online(&rooms).is_empty());
    overdue(&rooms).await;
}

#[tokio::test(start_paused = true)]
async fn who_comes_in_without_a_connection_is_missed_too() {
    let rooms = rooms();
    drop(rooms.turn(&room(), &maya()).await);
    overdue(&rooms).await;
}

#[tokio::test(start_paused = true)]
async fn a_grace_without_end_is_none_that_ends_the_program() {
    let metrics = Arc::default();
    let pace = Pace::new(2, 10, Rate::new(NonZeroU32::MIN, Duration::from_secs(1)));
    let stopping = CancellationToken::new();
    let rooms = Arc::new(RoomHandles::new(Duration::MAX, pace, stopping, metrics));
    drop(connect(&rooms).await);
}

#[tokio::test(start_paused = true)]
async fn coming_back_waits_for_the_departure_and_finds_a_new_seat() {
    let rooms = rooms();
    drop(connect(&rooms).await);
    let (handle, seat) = overdue(&rooms).await;
    let departure = rooms.turn_on(&handle, Arc::clone(&seat)).await;
    let (back, ()) = tokio::join!(connect(&rooms), async {
        rooms.retire(&departure);
        drop(departure);
    });
    assert!(!Arc::ptr_eq(back.seat(), &seat));
    assert_eq!(online(&rooms), [maya().id]);
}

#[tokio::test(start_paused = true)]
async fn connections_of_one_participant_are_bounded() {
    let rooms = rooms();
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS_MAX {
        connections.push(connect(&rooms).await);
    }
    let turn = rooms.turn(&room(), &maya()).await;
    assert!(rooms.connect(&turn).is_none());
}

/// The frames that tell of who is connected, as they come.
async fn told(subscription: &mut Subscription) -> Vec<serde_json::Value> {
    subscription.changed().await;
    let frames = subscription.take().frames;
    let read = frames.iter().map(|frame| serde_json::from_slice(frame).expect("JSON"));
    read.collect()
}

#[tokio::test(start_paused = true)]
async fn changes_are_told_once_and_now_and_then_with_the_list_that_old_pages_know() {
    let rooms = rooms();
    let mut subscription = rooms.hold(&room()).subscribe();
    let announcer = tokio::spawn({
        let rooms = Arc::clone(&rooms);
        async move { rooms.announce().await }
    });
    let json = |on: &[&str], off: &[&str]| serde_json::json!({"type": "presence", "on": on, "off": off});
    for _ in 0..5 {
        drop(connect(&rooms).await);
    }
    let connection = connect(&rooms).await;
    assert_eq!(told(&mut subscription).await, [json(&["anon_1"], &[])]);
    // As before, but somebody may have seen it in between.
    drop(connection);
    let _connection = connect(&rooms).await;
    assert_eq!(told(&mut subscription).await, [json(&["anon_1"], &[])]);
    sleep(Duration::from_secs(60)).await;
    let turn = rooms.turn(&room(), &person(2)).await;
    let second = rooms.connect(&turn);
    drop(turn);
    let mut with_list = json(&["anon_2"], &[]);
    let all = told(&mut subscription).await;
    let list = all[0]["online"].as_array().expect("a list");
    assert_eq!(list.len(), 2);
    with_list["online"] = list.clone().into();
    assert_eq!(all, [with_list]);
    drop(second);
    assert_eq!(told(&mut subscription).await, [json(&[], &["anon_2"])]);
    announcer.abort();
}

#[tokio::test(start_paused = true)]
async fn messages_have_a_pace_and_leaving_gives_nobody_a_new_one() {
    let rooms = rooms();
    let connection = connect(&rooms).await;
    for _ in 0..10 {
        connection.seat().allow_message().expect("within the burst");
    }
    let wait = connection.seat().allow_message().expect_err("one too many");
    assert!(wait <= Duration::from_millis(500), "{wait:?}");
    drop(connection);
    for remembered in [true, false] {
        let turn = rooms.turn(&room(), &maya()).await;
        rooms.retire(&turn);
        drop(turn);
        if !remembered {
            // After which the old one would be full again.
            nobody_is_overdue_within(&rooms, 6).await;
        }
        let back = connect(&rooms).await;
        assert_eq!(back.seat().allow_message().is_err(), remembered);
    }
}

#[test]
fn what_was_read_before_a_change_is_not_remembered_after_it() {
    let rooms = rooms();
    let handle = rooms.hold(&room());
    let facts = Room {
        id: room(),
        store_history: true,
        created_at: wire::domain::Timestamp::from_millis(0),
        expires_at: wire::domain::Timestamp::from_millis(1),
        ended: None,
        creator: random::hash(&wire::domain::Token::parse(&"x".repeat(22)).expect("a token")),
        creator_id: None,
        settings: wire::protocol::Settings::default(),
        inside: 0,
    };
    let (before, known) = handle.facts().known();
    assert!(known.is_none());
    handle.facts().outdate();
    handle.learn(before, &facts);
    assert!(handle.facts().known().1.is_none());
    handle.learn(handle.facts().known().0, &facts);
    assert_eq!(handle.facts().known().1.as_deref(), Some(&facts));
}
