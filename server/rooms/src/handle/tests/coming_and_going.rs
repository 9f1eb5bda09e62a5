//! That handles go with whoever needs them last.

use std::sync::Weak;

use tokio::task::JoinHandle;

use super::*;
use crate::hub::Frame;

const ROOMS: usize = 10_000;

fn nth(n: usize) -> RoomId {
    RoomId::parse(format!("room{n:08}")).expect("an id")
}

/// What the server does beside all requests: those whose grace is over leave, and rooms are told of it.
fn tended(rooms: &Arc<RoomHandles>) -> [JoinHandle<()>; 2] {
    let (announcing, leaving) = (Arc::clone(rooms), Arc::clone(rooms));
    [
        tokio::spawn(async move { announcing.announce().await }),
        tokio::spawn(async move {
            loop {
                let (room, seat) = leaving.overdue().await;
                let turn = leaving.turn_on(&room, seat).await;
                leaving.retire(&turn);
            }
        }),
    ]
}

fn gauge(rooms: &RoomHandles) -> i64 {
    rooms.shards.metrics.handle_count()
}

#[tokio::test(start_paused = true)]
async fn of_ten_thousand_rooms_that_came_and_went_nothing_is_left() {
    let rooms = rooms();
    let tasks = tended(&rooms);
    let mut first: Option<Weak<RoomHandle>> = None;
    for n in 0..ROOMS {
        let id = nth(n);
        let handle = rooms.hold(&id);
        first.get_or_insert_with(|| Arc::downgrade(&handle));
        let mut subscription = handle.subscribe();
        let turn = rooms.turn(&id, &maya()).await;
        let connection = rooms.connect(&turn);
        drop(turn);
        let reader = handle.reader(&maya().id).expect("the first");
        handle.note_horizon(&maya().id, Seq(1));
        rooms.appended(&id, std::iter::once((Seq(1), Frame::from_static(b"{}"))));
        let _ = subscription.take();
        match n % 4 {
            // Goodbye.
            0 => {
                let turn = rooms.turn(&id, &maya()).await;
                rooms.retire(&turn);
            }
            // The room comes to its end.
            1 => rooms.close(&handle),
            // Whoever came without ever being connected.
            2 => drop(rooms.turn(&id, &person(2)).await),
            // A phone in a tunnel.
            _ => {}
        }
        drop((connection, reader, subscription));
    }
    assert!(
        rooms.count() >= ROOMS / 2,
        "who is missed is waited for: {}",
        rooms.count()
    );
    sleep(Duration::from_secs(40)).await;
    assert_eq!((rooms.count(), gauge(&rooms)), (0, 0));
    assert!(first.expect("some").upgrade().is_none());
    tasks.iter().for_each(JoinHandle::abort);
}

#[tokio::test(start_paused = true)]
async fn each_who_needs_a_room_keeps_its_handle_and_nobody_else_does() {
    let rooms = rooms();
    let tasks = tended(&rooms);
    let settle = || sleep(Duration::from_millis(200));
    drop(rooms.hold(&room()));
    assert_eq!(rooms.count(), 0, "who only looked");
    let subscription = rooms.hold(&room()).subscribe();
    assert_eq!(rooms.count(), 1, "a socket");
    drop(subscription);
    assert_eq!(rooms.count(), 0);
    let reader = rooms.hold(&room()).reader(&maya().id);
    assert_eq!(rooms.count(), 1, "a reader");
    drop(reader);
    assert_eq!(rooms.count(), 0);
    let connection = connect(&rooms).await;
    settle().await;
    assert_eq!(rooms.count(), 1, "a connection");
    drop(connection);
    sleep(Duration::from_secs(29)).await;
    assert_eq!(rooms.count(), 1, "a grace");
    sleep(Duration::from_secs(2)).await;
    assert_eq!(rooms.count(), 1, "what is left to who left");
    sleep(Duration::from_secs(5)).await;
    assert_eq!(rooms.count(), 0);
    // The end of a room lets go at once of whoever is in their grace.
    drop(connect(&rooms).await);
    settle().await;
    rooms.close(&rooms.get(&room()).expect("a grace"));
    assert_eq!(rooms.count(), 0);
    tasks.iter().for_each(JoinHandle::abort);
}

#[tokio::test(start_paused = true)]
async fn who_comes_and_goes_all_the_time_costs_one_timer() {
    let rooms = rooms();
    for _ in 0..1_000 {
        drop(connect(&rooms).await);
        assert_eq!(rooms.timers.count(), 1);
    }
    let connection = connect(&rooms).await;
    assert_eq!(rooms.timers.count(), 0);
    drop(connection);
    rooms.close(&rooms.get(&room()).expect("a grace"));
    assert_eq!(rooms.timers.count(), 0);
}

#[tokio::test]
async fn who_comes_while_the_last_one_goes_finds_one_room() {
    let rooms = rooms();
    let tasks = (0..4).map(|_| {
        let rooms = Arc::clone(&rooms);
        tokio::task::spawn_blocking(move || {
            for _ in 0..20_000 {
                let one = rooms.hold(&room());
                let other = rooms.get(&room()).expect("held");
                assert!(Arc::ptr_eq(&one, &other));
            }
        })
    });
    for task in Vec::from_iter(tasks) {
        task.await.expect("no two at once");
    }
    assert_eq!((rooms.count(), gauge(&rooms)), (0, 0));
}
