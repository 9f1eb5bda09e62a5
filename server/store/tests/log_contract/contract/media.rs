use std::slice::from_ref;

use clock::Clock;
use futures_util::future::join_all;
use random::Random;
use store::{Media, MediaAdmission, MediaQuota, Over};
use wire::{
    domain::{MediaType, RoomId, Side},
    protocol::EndReason,
};

use crate::world::{Commands, DAY, World};

const AMPLE: MediaQuota = MediaQuota {
    room: 1_000,
    server: 10_000,
};

fn picture(world: &World, size: u64) -> Media {
    let side = |pixels: u32| Side::try_from(pixels).expect("a side");
    Media {
        id: world.random.media_id(),
        from: world.participant("Maya").id,
        media_type: MediaType::Webp,
        size,
        sides: Some((side(640), side(480))),
    }
}

async fn add(world: &World, room: &RoomId, size: u64, quota: MediaQuota) -> MediaAdmission {
    let media = picture(world, size);
    world.media.add_media(room, &media, quota).await.expect("an answer")
}

async fn end(world: &World, room: &RoomId) {
    let now = world.clock.now();
    assert!(world.log.end(room, now, EndReason::Ended).await.expect("ended"));
}

pub async fn a_medium_is_kept_as_it_was_added_and_in_its_own_room(mut world: World) {
    let (room, other) = (world.room().await, world.room().await);
    let picture = picture(&world, 10);
    let recording = Media {
        id: world.random.media_id(),
        media_type: MediaType::Mp4Audio,
        sides: None,
        ..picture.clone()
    };
    for media in [&picture, &recording] {
        let added = world.media.add_media(&room, media, AMPLE).await.expect("an answer");
        assert_eq!(added, MediaAdmission::Kept);
    }
    world.reopen().await;
    for media in [&picture, &recording] {
        let found = world.media.media(&room, &media.id).await.expect("an answer");
        assert_eq!(found.as_ref(), Some(media));
        assert_eq!(world.media.media(&other, &media.id).await.expect("an answer"), None);
    }
    let unknown = world.random.media_id();
    assert_eq!(world.media.media(&room, &unknown).await.expect("an answer"), None);
}

pub async fn the_last_space_of_a_room_goes_to_one(world: World) {
    let (room, other) = (world.room().await, world.room().await);
    assert_eq!(add(&world, &room, 900, AMPLE).await, MediaAdmission::Kept);
    let race = join_all((0..10).map(|_| add(&world, &room, 100, AMPLE))).await;
    assert_eq!(
        race.iter().filter(|told| **told == MediaAdmission::Kept).count(),
        1,
        "{race:?}"
    );
    assert_eq!(
        race.iter().filter(|told| **told == MediaAdmission::RoomFull).count(),
        9,
        "{race:?}"
    );
    assert_eq!(add(&world, &other, 1_000, AMPLE).await, MediaAdmission::Kept);
}

pub async fn a_server_has_space_for_each_kind_of_room(world: World) {
    let tight = MediaQuota {
        room: 1_000,
        server: 1_500,
    };
    let other_kind = store::Room {
        store_history: !world.stored,
        ..world.new_room()
    };
    world.log.create(&other_kind).await.expect("created");
    assert_eq!(add(&world, &other_kind.id, 1_000, tight).await, MediaAdmission::Kept);
    let (room, other) = (world.room().await, world.room().await);
    assert_eq!(add(&world, &room, 1_000, tight).await, MediaAdmission::Kept);
    assert_eq!(add(&world, &other, 501, tight).await, MediaAdmission::ServerFull);
    assert_eq!(add(&world, &other, 500, tight).await, MediaAdmission::Kept);
}

pub async fn what_is_removed_gives_its_space_back(world: World) {
    let room = world.room().await;
    let media = picture(&world, 1_000);
    world.media.add_media(&room, &media, AMPLE).await.expect("an answer");
    assert_eq!(add(&world, &room, 1, AMPLE).await, MediaAdmission::RoomFull);
    for _ in 0..2 {
        world.media.remove_media(&room, &media.id).await.expect("removed");
        assert_eq!(world.media.media(&room, &media.id).await.expect("an answer"), None);
    }
    assert_eq!(add(&world, &room, 1_000, AMPLE).await, MediaAdmission::Kept);
    assert_eq!(add(&world, &room, 1, AMPLE).await, MediaAdmission::RoomFull);
}

pub async fn media_go_with_their_room(world: World) {
    let tight = MediaQuota {
        room: 1_000,
        server: 1_000,
    };
    let (room, expired) = (world.room().await, world.room().await);
    let media = picture(&world, 1_000);
    world.media.add_media(&room, &media, tight).await.expect("an answer");
    end(&world, &room).await;
    assert_eq!(add(&world, &room, 1, AMPLE).await, MediaAdmission::Closed);
    let with_media = async |stored| world.media.with_media(stored, None, 10).await.expect("listed");
    let over = Over {
        room: room.clone(),
        at: world.clock.now(),
        reason: EndReason::Ended,
    };
    assert_eq!(with_media(world.stored).await, from_ref(&over));
    assert!(with_media(!world.stored).await.is_empty());
    let next = world.media.with_media(world.stored, Some(&over), 10).await;
    assert!(next.expect("listed").is_empty(), "it is the last one");

    // The log goes its own way: no tombstone is forgotten of which there still are bytes.
    world.log.purge(from_ref(&room)).await.expect("purged");
    world.upkeep.purged(from_ref(&room)).await.expect("noted");
    let later = world.clock.now().plus_millis(1);
    assert_eq!(world.upkeep.forget(later).await.expect("asked"), 0);
    world.media.media_purged(&room).await.expect("noted");
    assert!(with_media(world.stored).await.is_empty());
    assert_eq!(world.media.media(&room, &media.id).await.expect("an answer"), None);
    assert_eq!(
        add(&world, &expired, 1_000, tight).await,
        MediaAdmission::Kept,
        "there is space again"
    );
    world.clock.advance(DAY);
    assert_eq!(add(&world, &expired, 1, AMPLE).await, MediaAdmission::Closed);
    assert_eq!(
        add(&world, &world.random.room_id(), 1, AMPLE).await,
        MediaAdmission::Closed
    );
}

pub async fn live_rooms_forget_theirs_with_the_process(world: World) {
    let room = world.room().await;
    let media = picture(&world, 1_000);
    world.media.add_media(&room, &media, AMPLE).await.expect("an answer");
    world.media.forget_live_media().await.expect("forgotten");
    let is_kept = world.media.media(&room, &media.id).await.expect("an answer").is_some();
    assert_eq!(is_kept, world.stored);
    let again = add(&world, &room, 1_000, AMPLE).await;
    assert_eq!(
        again,
        if world.stored {
            MediaAdmission::RoomFull
        } else {
            MediaAdmission::Kept
        }
    );
}
