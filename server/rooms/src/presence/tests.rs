use std::num::NonZeroU32;

use admission::Rate;
use wire::domain::Nickname;

use super::*;

fn room() -> RoomId {
    RoomId::parse("Vq3nT8-zKw_2").expect("valid")
}

fn maya() -> Participant {
    Participant {
        id: ParticipantId::parse("anon_1").expect("valid"),
        name: Nickname::parse("Maya").expect("valid"),
    }
}

fn pace() -> Pace {
    let many = NonZeroU32::new(1_000).expect("some");
    Pace::new(2, 10, Rate::new(many, Duration::from_secs(1)))
}

fn presence() -> Arc<Presence> {
    Arc::new(Presence::new(
        Arc::default(),
        Duration::from_secs(30),
        pace(),
        CancellationToken::new(),
    ))
}

async fn connect(presence: &Arc<Presence>) -> Connection {
    let turn = presence.turn(&room(), &maya()).await;
    presence.connect(&room(), &turn).expect("few connections")
}

async fn nobody_is_overdue_within(presence: &Presence, secs: u64) {
    let waited = tokio::time::timeout(Duration::from_secs(secs), presence.overdue()).await;
    assert!(waited.is_err(), "somebody was overdue");
}

#[tokio::test(start_paused = true)]
async fn two_tabs_are_one_participant() {
    let presence = presence();
    let (first, second) = (connect(&presence).await, connect(&presence).await);
    assert_eq!(presence.online(&room()), [maya().id]);
    drop(first);
    assert_eq!(presence.online(&room()), [maya().id]);
    nobody_is_overdue_within(&presence, 60).await;
    drop(second);
    assert!(presence.online(&room()).is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_last_connection_s_end_starts_a_grace() {
    let presence = presence();
    let start = Instant::now();
    drop(connect(&presence).await);
    let (_, seat) = presence.overdue().await;
    assert_eq!(seat.participant(), &maya());
    assert_eq!(start.elapsed().as_secs(), 30);
}

#[tokio::test(start_paused = true)]
async fn who_comes_back_within_the_grace_is_not_missed() {
    let presence = presence();
    drop(connect(&presence).await);
    sleep(Duration::from_secs(29)).await;
    let connection = connect(&presence).await;
    nobody_is_overdue_within(&presence, 60).await;
    drop(connection);
    nobody_is_overdue_within(&presence, 29).await;
    presence.overdue().await;
}

#[tokio::test(start_paused = true)]
async fn a_connection_whose_task_panics_is_gone() {
    let presence = presence();
    let connection = connect(&presence).await;
    let task = tokio::spawn(async move {
        let _connection = connection;
        panic!("as a test");
    });
    assert!(task.await.is_err());
    assert!(presence.online(&room()).is_empty());
    presence.overdue().await;
}

#[tokio::test(start_paused = true)]
async fn who_joins_without_a_connection_is_missed_too() {
    let presence = presence();
    let turn = presence.turn(&room(), &maya()).await;
    presence.expect(&room(), turn.seat());
    drop(turn);
    presence.overdue().await;
}

#[tokio::test(start_paused = true)]
async fn coming_back_waits_for_the_departure_and_finds_a_new_seat() {
    let presence = presence();
    drop(connect(&presence).await);
    let (_, seat) = presence.overdue().await;
    let departure = Turn::on(Arc::clone(&seat)).await;
    let (back, ()) = tokio::join!(connect(&presence), async {
        presence.retire(&room(), &departure);
        drop(departure);
    });
    assert!(!Arc::ptr_eq(back.seat(), &seat));
    assert_eq!(presence.online(&room()), [maya().id]);
}

#[tokio::test(start_paused = true)]
async fn connections_of_one_participant_are_bounded() {
    let presence = presence();
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS_MAX {
        connections.push(connect(&presence).await);
    }
    let turn = presence.turn(&room(), &maya()).await;
    assert!(presence.connect(&room(), &turn).is_none());
}

#[tokio::test(start_paused = true)]
async fn changes_are_told_once_as_a_list() {
    let hub = Arc::<Hub>::default();
    let presence = Arc::new(Presence::new(
        Arc::clone(&hub),
        Duration::from_secs(30),
        pace(),
        CancellationToken::new(),
    ));
    let mut subscription = hub.subscribe(&room());
    let announcer = tokio::spawn({
        let presence = Arc::clone(&presence);
        async move { presence.announce().await }
    });
    for _ in 0..5 {
        drop(connect(&presence).await);
    }
    let _connection = connect(&presence).await;
    subscription.changed().await;
    let frames = subscription.take().frames;
    assert_eq!(frames, [r#"{"type":"presence","online":["anon_1"]}"#]);
    announcer.abort();
}

#[tokio::test(start_paused = true)]
async fn messages_have_a_pace() {
    let presence = presence();
    let connection = connect(&presence).await;
    for _ in 0..10 {
        connection.seat().allow_message().expect("within the burst");
    }
    let wait = connection.seat().allow_message().expect_err("one too many");
    assert!(wait.1 <= Duration::from_millis(500), "{wait:?}");
}
