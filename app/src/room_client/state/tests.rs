use wire::{
    domain::{MessageText, Nickname},
    protocol::{Limits, Version},
};

use super::*;

const NOW: Timestamp = Timestamp::from_millis(1_000_000);

fn id(who: &str) -> ParticipantId {
    ParticipantId::parse(format!("anon_{who}")).expect("valid")
}

fn person(who: &str) -> Participant {
    Participant {
        id: id(who),
        name: Nickname::parse(who).expect("valid"),
    }
}

fn client_id(name: &str) -> ClientId {
    ClientId::parse(name).expect("valid")
}

fn text(text: &str) -> MessageText {
    MessageText::parse(text).expect("valid")
}

fn message(seq: u64, from: &str, name: &str) -> Event {
    Event::Frame(ServerFrame::Entry(Entry::Message {
        seq: Seq(seq),
        at: NOW,
        from: id(from),
        client_id: client_id(name),
        body: Body::text(text(name)),
    }))
}

fn ack(name: &str, seq: u64) -> Event {
    Event::Frame(ServerFrame::Ack {
        client_id: client_id(name),
        seq: Seq(seq),
        at: NOW,
    })
}

fn refusal(code: Code, name: &str, retry_after: Option<u32>) -> Event {
    let client_id = Some(client_id(name));
    Event::Frame(ServerFrame::Error {
        code,
        detail: code.detail().into(),
        client_id,
        retry_after,
    })
}

fn welcome(epoch: &str, seq: u64, resync: bool) -> Event {
    let attendance = |who: &str| Attendance {
        id: id(who),
        name: person(who).name,
        online: true,
        removed: false,
    };
    Event::Frame(ServerFrame::Welcome(Box::new(Welcome {
        you: person("me"),
        epoch: Epoch::parse(epoch).expect("valid"),
        seq: Seq(seq),
        participants: vec![attendance("me"), attendance("Maya")],
        expires_at: NOW.plus_millis(60_000),
        now: NOW.plus_millis(5_000),
        store_history: true,
        settings: Settings::default(),
        limits: Limits::of_room_for(50),
        resync,
    })))
}

fn entered() -> RoomState {
    let mut state = RoomState::default();
    state.apply(Event::Opened, NOW);
    state.apply(welcome("e1", 0, false), NOW);
    state
}

fn seqs(state: &RoomState) -> Vec<u64> {
    state.entries.iter().map(|entry| entry.seq().0).collect()
}

fn sent(effects: &[Effect]) -> Vec<&str> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Send(ClientFrame::Message { client_id, .. }) => Some(client_id.as_str()),
            _ => None,
        })
        .collect()
}

fn picture() -> Body {
    let body = r#"{"v":1,"kind":"image","mediaId":"0123456789abcdefghijkl","width":32,"height":64,"replyTo":7}"#;
    serde_json::from_str(body).expect("valid")
}

#[test]
fn a_picture_goes_the_way_of_a_text() {
    let mut state = entered();
    let effects = state.apply(Event::Submit(client_id("p"), picture()), NOW);
    assert_eq!(sent(&effects), ["p"]);
    // Kept over a reload, and said again under the same name.
    let json = serde_json::to_string(&state.unsent()).expect("serializes");
    let mut reloaded = RoomState::default();
    reloaded.restore(serde_json::from_str(&json).expect("deserializes"));
    reloaded.apply(Event::Opened, NOW);
    let again = reloaded.apply(welcome("e1", 0, false), NOW);
    assert_eq!(again, effects);
    assert_eq!(reloaded.outbox[0].body.reply_to(), Some(Seq(7)));
    // Refused for good, it stands there as what failed, until it is tried again.
    state.apply(refusal(Code::UnknownMedia, "p", None), NOW);
    assert!(matches!(state.outbox[0].progress, Progress::Failed(_)));
    assert_eq!(sent(&state.apply(Event::Retry(client_id("p")), NOW)), ["p"]);
    state.apply(ack("p", 1), NOW);
    assert_eq!(state.outbox[0].progress, Progress::Sent);
}

#[test]
fn a_first_visit_asks_for_everything() {
    let effects = RoomState::default().apply(Event::Opened, NOW);
    assert_eq!(
        effects,
        [Effect::Send(ClientFrame::Join {
            token: None,
            epoch: None,
            after: None
        })]
    );
}

#[test]
fn a_reconnect_resumes_after_the_last_entry() {
    let mut state = entered();
    state.apply(message(1, "Maya", "a"), NOW);
    state.apply(message(2, "Maya", "b"), NOW);
    state.apply(Event::Closed(1006), NOW);
    assert_eq!(state.link, Link::Lost);
    let effects = state.apply(Event::Opened, NOW);
    let join = ClientFrame::Join {
        token: None,
        epoch: Epoch::parse("e1").ok(),
        after: Some(Seq(2)),
    };
    assert_eq!(effects, [Effect::Send(join)]);
}

#[test]
fn a_connection_is_lost_since_its_first_failure() {
    let mut state = entered();
    state.apply(Event::Closed(1006), NOW);
    state.apply(Event::Closed(1006), NOW.plus_millis(500));
    assert_eq!(state.lost_at, Some(NOW));
    state.apply(welcome("e1", 0, false), NOW.plus_millis(900));
    assert_eq!(state.lost_at, None);
}

#[test]
fn what_comes_twice_is_kept_once_and_a_gap_is_never_shown() {
    let mut state = entered();
    state.apply(message(1, "Maya", "a"), NOW);
    state.apply(message(1, "Maya", "a"), NOW);
    assert_eq!(state.apply(message(3, "Maya", "c"), NOW), [Effect::Reconnect]);
    assert_eq!(seqs(&state), [1]);
    state.apply(message(2, "Maya", "b"), NOW);
    state.apply(message(3, "Maya", "c"), NOW);
    assert_eq!(seqs(&state), [1, 2, 3]);
}

#[test]
fn a_live_room_begins_with_ones_own_join() {
    let mut state = entered();
    assert_eq!(state.apply(message(17, "Maya", "a"), NOW), []);
    assert_eq!(seqs(&state), [17]);
}

#[test]
fn a_resync_starts_over_and_says_so_only_when_something_was_shown() {
    let mut state = entered();
    state.apply(welcome("e2", 4, true), NOW);
    assert!(!state.resynced);
    state.apply(message(4, "Maya", "a"), NOW);
    state.apply(welcome("e3", 1, true), NOW);
    assert!(state.resynced && state.entries.is_empty());
    state.apply(message(1, "Maya", "b"), NOW);
    assert_eq!(seqs(&state), [1]);
}

#[test]
fn a_message_waits_is_sent_and_becomes_its_entry() {
    let mut state = entered();
    let effects = state.apply(Event::Submit(client_id("c1"), Body::text(text("hi"))), NOW);
    assert_eq!(sent(&effects), ["c1"]);
    assert_eq!(state.outbox[0].progress, Progress::Waiting);
    state.apply(ack("c1", 1), NOW);
    assert_eq!(state.outbox[0].progress, Progress::Sent);
    state.apply(message(1, "me", "c1"), NOW);
    assert!(state.outbox.is_empty());
    assert_eq!(seqs(&state), [1]);
}

#[test]
fn what_was_in_a_log_that_is_gone_is_said_again_in_the_next() {
    let mut state = entered();
    state.apply(Event::Submit(client_id("c1"), Body::text(text("hi"))), NOW);
    state.apply(ack("c1", 1), NOW);
    state.apply(Event::Closed(1006), NOW);
    let effects = state.apply(welcome("e2", 0, true), NOW);
    assert_eq!(sent(&effects), ["c1"], "its entry did not come, and will not");
    assert_eq!(state.outbox[0].progress, Progress::Waiting);
}

#[test]
fn what_is_in_the_same_log_is_not_waited_for_where_it_will_not_come() {
    let mut state = entered();
    state.apply(Event::Submit(client_id("c1"), Body::text(text("hi"))), NOW);
    state.apply(ack("c1", 1), NOW);
    state.apply(Event::Closed(1006), NOW);
    let effects = state.apply(welcome("e1", 2_000, true), NOW);
    assert_eq!((sent(&effects), state.outbox.len()), (vec![], 0));
}

#[test]
fn numbers_of_a_log_that_is_gone_are_sent_to_no_other() {
    let mut state = entered();
    state.apply(message(7, "me", "c0"), NOW);
    state.apply(Event::Closed(1006), NOW);
    let delete = Body::Delete {
        v: Version,
        target: Seq(7),
    };
    let edit = Body::Edit {
        v: Version,
        target: Seq(7),
        text: Some(text("other words")),
    };
    for (name, body) in [("d", delete), ("e", edit), ("p", picture())] {
        state.apply(Event::Submit(client_id(name), body), NOW);
    }
    let effects = state.apply(welcome("e2", 0, true), NOW);
    assert_eq!(sent(&effects), ["p"]);
    let left = Vec::from_iter(state.outbox.iter().map(|pending| pending.client_id.as_str()));
    assert_eq!(left, ["e", "p"]);
    assert!(
        matches!(state.outbox[0].progress, Progress::Failed(_)),
        "its words are kept"
    );
    assert_eq!(state.outbox[1].body.reply_to(), None);
}

#[test]
fn somebody_elses_message_of_the_same_name_is_not_ours() {
    let mut state = entered();
    state.apply(Event::Submit(client_id("c1"), Body::text(text("hi"))), NOW);
    state.apply(message(1, "Maya", "c1"), NOW);
    assert_eq!(state.outbox.len(), 1);
}

#[test]
fn what_is_written_offline_is_sent_in_order_after_the_welcome() {
    let mut state = entered();
    state.apply(Event::Closed(1006), NOW);
    for name in ["c1", "c2", "c3"] {
        assert_eq!(
            state.apply(Event::Submit(client_id(name), Body::text(text(name))), NOW),
            []
        );
    }
    assert_eq!(sent(&state.apply(Event::Opened, NOW)), [] as [&str; 0]);
    assert_eq!(sent(&state.apply(welcome("e1", 0, false), NOW)), ["c1"]);
    assert_eq!(sent(&state.apply(ack("c1", 1), NOW)), ["c2"]);
    // The echo may come before the ack.
    state.apply(message(1, "me", "c1"), NOW);
    assert_eq!(sent(&state.apply(message(2, "me", "c2"), NOW)), ["c3"]);
}

#[test]
fn what_waits_survives_a_reload_and_what_had_arrived_is_not_said_twice() {
    let mut before = entered();
    before.apply(Event::Submit(client_id("c1"), Body::text(text("one"))), NOW);
    before.apply(Event::Submit(client_id("c2"), Body::text(text("two"))), NOW);
    let kept = before.unsent();

    let mut after = RoomState::default();
    after.restore(kept);
    after.apply(Event::Opened, NOW);
    assert_eq!(sent(&after.apply(welcome("e1", 1, false), NOW)), ["c1"]);
    // The first one was in the log already: its entry comes with the replay.
    assert_eq!(sent(&after.apply(message(1, "me", "c1"), NOW)), ["c2"]);
    assert_eq!(after.unsent().len(), 1);
}

#[test]
fn a_message_without_ack_is_sent_again_over_a_new_connection() {
    let mut state = entered();
    state.apply(Event::Submit(client_id("c1"), Body::text(text("hi"))), NOW);
    assert_eq!(state.apply(Event::Tick, NOW.plus_millis(ACK_WITHIN_MS - 1)), []);
    assert_eq!(
        state.apply(Event::Tick, NOW.plus_millis(ACK_WITHIN_MS)),
        [Effect::Reconnect]
    );
    state.apply(Event::Closed(1006), NOW);
    state.apply(Event::Opened, NOW);
    assert_eq!(sent(&state.apply(welcome("e1", 0, false), NOW)), ["c1"]);
}

#[test]
fn too_fast_holds_the_whole_outbox_so_that_order_is_kept() {
    let mut state = entered();
    state.apply(Event::Submit(client_id("c1"), Body::text(text("1"))), NOW);
    state.apply(Event::Submit(client_id("c2"), Body::text(text("2"))), NOW);
    assert_eq!(state.apply(refusal(Code::RateLimited, "c1", Some(2)), NOW), []);
    assert_eq!(state.outbox[0].progress, Progress::Waiting);
    assert_eq!(state.apply(Event::Tick, NOW.plus_millis(1_999)), []);
    assert_eq!(sent(&state.apply(Event::Tick, NOW.plus_millis(2_000))), ["c1"]);
}

#[test]
fn a_refused_message_fails_lets_the_next_pass_and_can_be_retried_or_given_up() {
    let mut state = entered();
    state.apply(Event::Submit(client_id("c1"), Body::text(text("1"))), NOW);
    state.apply(Event::Submit(client_id("c2"), Body::text(text("2"))), NOW);
    assert_eq!(
        sent(&state.apply(refusal(Code::InvalidMessage, "c1", None), NOW)),
        ["c2"]
    );
    assert_eq!(state.outbox[0].progress, Progress::Failed(Code::InvalidMessage.into()));
    state.apply(ack("c2", 1), NOW);
    assert_eq!(sent(&state.apply(Event::Retry(client_id("c1")), NOW)), ["c1"]);
    state.apply(Event::Discard(client_id("c1")), NOW);
    assert_eq!(state.outbox.len(), 1);
}

#[test]
fn the_end_is_final_and_what_was_not_sent_says_so() {
    for closing in [
        Event::Frame(ServerFrame::Ended {
            reason: EndReason::Ended,
        }),
        Event::Closed(close::ENDED),
    ] {
        let mut state = entered();
        state.apply(Event::Submit(client_id("c1"), Body::text(text("late"))), NOW);
        state.apply(closing, NOW);
        assert_eq!((state.ended, state.link), (Some(EndReason::Ended), Link::Closed));
        assert_eq!(state.outbox[0].progress, Progress::Failed(Code::Ended.into()));
        assert!(state.people.iter().all(|person| !person.online));
    }
}

#[test]
fn typing_fades_and_stops_with_the_message() {
    let typing = |typing| {
        Event::Frame(ServerFrame::Typing {
            from: id("Maya"),
            typing,
        })
    };
    let mut state = entered();
    state.apply(typing(true), NOW);
    assert_eq!(state.typing(), [id("Maya")]);
    state.apply(message(1, "Maya", "a"), NOW);
    assert!(state.typing().is_empty());
    state.apply(typing(true), NOW);
    state.apply(Event::Tick, NOW.plus_millis(TYPING_FADES_MS));
    assert!(state.typing().is_empty());
}

fn presence(on: &[&str], off: &[&str], online: Option<&[&str]>) -> Event {
    let ids = |names: &[&str]| names.iter().map(|name| id(name)).collect();
    Event::Frame(ServerFrame::Presence {
        on: ids(on),
        off: ids(off),
        online: online.map(ids),
    })
}

#[test]
fn presence_is_changes_and_the_first_release_s_list_is_all_there_are() {
    let mut state = entered();
    let mut told = |event| {
        state.apply(event, NOW);
        let mut online = Vec::from_iter(state.people.iter().filter(|person| person.online));
        online.sort_by_key(|person| person.name.as_str().to_lowercase());
        online.iter().map(|person| person.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        told(presence(&["Maya"], &[], None)),
        [id("Maya"), id("me")],
        "all others stay"
    );
    let typing = ServerFrame::Typing {
        from: id("Maya"),
        typing: true,
    };
    told(Event::Frame(typing));
    assert_eq!(told(presence(&[], &["Maya", "nobody"], None)), [id("me")]);
    assert_eq!(told(presence(&[], &[], Some(&["Maya"]))), [id("Maya")]);
    assert_eq!(
        told(presence(&["me"], &[], Some(&["me", "Maya"]))),
        [id("Maya"), id("me")]
    );
    assert!(state.typing().is_empty(), "who has gone types no more");
}

#[test]
fn presence_is_told_by_its_signal_not_by_old_entries() {
    let mut state = entered();
    state.apply(presence(&["me"], &["Maya"], None), NOW);
    state.apply(
        Event::Frame(ServerFrame::Entry(Entry::Joined {
            seq: Seq(1),
            at: NOW,
            participant: person("Maya"),
        })),
        NOW,
    );
    assert!(!state.person(&id("Maya")).expect("known").online);
}

#[test]
fn the_server_s_clock_counts() {
    assert_eq!(entered().clock_ahead_ms, 5_000);
}

#[test]
fn one_whom_the_server_does_not_know_must_join_again() {
    let mut state = RoomState::default();
    state.apply(Event::Opened, NOW);
    let error = ServerFrame::Error {
        code: Code::NotJoined,
        detail: String::new(),
        client_id: None,
        retry_after: None,
    };
    state.apply(Event::Frame(error), NOW);
    state.apply(Event::Closed(close::POLICY), NOW);
    assert!(state.expelled);
    assert_eq!(state.link, Link::Closed);
}

#[test]
fn who_comes_with_the_name_of_somebody_else_is_told_apart() {
    let mut state = entered();
    assert_eq!(state.look(&id("Maya")).expect("known").tag, None);
    let twin = Participant {
        id: id("twin"),
        name: person("Maya").name,
    };
    let joined = Entry::Joined {
        seq: Seq(1),
        at: NOW,
        participant: twin,
    };
    state.apply(Event::Frame(ServerFrame::Entry(joined)), NOW);
    let tag = |who| state.look(&id(who)).expect("known").tag.clone();
    assert!(tag("Maya").is_some() && tag("twin").is_some());
    assert_eq!(tag("me"), None);
}

#[test]
fn what_comes_while_nobody_reads_is_counted_and_its_place_kept() {
    let mut state = entered();
    state.apply(message(1, "Maya", "a"), NOW);
    state.apply(Event::Reading(false), NOW);
    state.apply(message(2, "me", "b"), NOW);
    state.apply(message(3, "Maya", "c"), NOW);
    state.apply(Event::Reading(false), NOW);
    assert_eq!((state.unread(), state.read_to), (1, Some(Seq(1))));
    state.apply(Event::Reading(true), NOW);
    assert_eq!((state.unread(), state.read_to), (0, Some(Seq(1))));
    state.apply(Event::Submit(client_id("c1"), Body::text(text("I have read it"))), NOW);
    assert_eq!(state.read_to, None);
}

#[test]
fn no_place_is_kept_when_nothing_came() {
    let mut state = entered();
    state.apply(Event::Reading(false), NOW);
    state.apply(Event::Reading(true), NOW);
    state.apply(message(1, "Maya", "a"), NOW);
    assert_eq!((state.unread(), state.read_to), (0, None));
}

#[test]
fn a_reply_finds_what_it_answers_also_in_a_room_that_began_later() {
    let mut state = entered();
    for seq in 17..20 {
        state.apply(message(seq, "Maya", "a"), NOW);
    }
    let place = |seq| state.entry(Seq(seq)).map(|entry| entry.seq().0);
    assert_eq!([16, 17, 19, 20].map(place), [None, Some(17), Some(19), None]);
}

#[test]
fn an_answer_says_what_it_answers_also_after_a_reload() {
    let answer = Body::answer(text("yes"), Some(Seq(1)));
    let mut before = entered();
    before.apply(Event::Submit(client_id("c1"), answer.clone()), NOW);
    let kept = serde_json::to_string(&before.unsent()).expect("kept");
    let mut after = RoomState::default();
    after.restore(serde_json::from_str(&kept).expect("read"));
    after.apply(Event::Opened, NOW);
    let effects = after.apply(welcome("e1", 0, false), NOW);
    let frame = ClientFrame::Message {
        client_id: client_id("c1"),
        message: answer.into(),
    };
    assert_eq!(effects, [Effect::Send(frame)]);
}

#[test]
fn an_edit_is_sent_with_all_of_the_new_body() {
    let mut state = entered();
    let answer = |words| Body::answer(text(words), Some(Seq(1)));
    let said = Entry::Message {
        seq: Seq(1),
        at: NOW,
        from: ParticipantId::parse("anon_me").expect("an id"),
        client_id: client_id("m1"),
        body: answer("yes"),
    };
    state.apply(Event::Frame(ServerFrame::Entry(said)), NOW);
    let (v, text) = (Version, Some(text("no")));
    for (target, message) in [
        (
            Seq(1),
            Message::Edit {
                target: Seq(1),
                media: Vec::new(),
                body: answer("no"),
            },
        ),
        // Of what is not here, only the words are known.
        (
            Seq(9),
            Message::Reword {
                target: Seq(9),
                text: text.clone().expect("words"),
            },
        ),
    ] {
        let mut state = state.clone();
        let text = text.clone();
        let effects = state.apply(Event::Submit(client_id("e1"), Body::Edit { v, target, text }), NOW);
        let client_id = client_id("e1");
        assert_eq!(effects, [Effect::Send(ClientFrame::Message { client_id, message })]);
    }
}

#[test]
fn changes_count_from_the_welcome_on_and_a_removal_is_remembered() {
    let mut state = RoomState::default();
    state.apply(welcome("e1", 2, false), NOW);
    let changed = |seq, change| {
        Event::Frame(ServerFrame::Entry(Entry::Changed {
            seq: Seq(seq),
            at: NOW,
            by: None,
            change,
        }))
    };
    // The welcome was made after these, and knows better.
    state.apply(changed(1, Change::Locked(true)), NOW);
    state.apply(changed(2, Change::ExpiresAt(NOW)), NOW);
    assert_eq!(state.settings, Settings::default());
    assert_ne!(state.expires_at, Some(NOW));
    state.apply(changed(3, Change::Locked(true)), NOW);
    let end = NOW.plus_millis(86_400_000);
    state.apply(changed(4, Change::ExpiresAt(end)), NOW);
    assert!(state.settings.locked && state.settings.extended && !state.settings.text_only);
    assert_eq!(state.expires_at, Some(end));
    let removed = Entry::Left {
        seq: Seq(5),
        at: NOW,
        participant: person("Jonas"),
        removed: true,
    };
    state.apply(Event::Frame(ServerFrame::Entry(removed)), NOW);
    assert!(state.person(&id("Jonas")).is_some_and(|person| person.removed));
}

fn said(seq: u64, from: &str, name: &str, body: Body) -> Event {
    Event::Frame(ServerFrame::Entry(Entry::Message {
        seq: Seq(seq),
        at: NOW,
        from: id(from),
        client_id: client_id(name),
        body,
    }))
}

fn edit(target: u64, words: Option<&str>) -> Body {
    Body::Edit {
        v: Version,
        target: Seq(target),
        text: words.map(text),
    }
}

fn delete(target: u64) -> Body {
    Body::Delete {
        v: Version,
        target: Seq(target),
    }
}

fn thumb(target: u64, on: bool) -> Body {
    Body::Reaction {
        v: Version,
        target: Seq(target),
        emoji: wire::domain::Emoji::parse("👍").expect("an emoji"),
        on,
    }
}

fn words_at(state: &RoomState, seq: u64) -> (Option<&str>, bool) {
    match state.entry(Seq(seq)) {
        Some(Entry::Message {
            body: Body::Text { text, edited, .. },
            ..
        }) => (Some(text.as_str()), *edited),
        _ => (None, false),
    }
}

#[test]
fn a_message_is_what_was_last_said_of_it() {
    let mut state = entered();
    state.apply(message(1, "Maya", "hello"), NOW);
    state.apply(said(2, "Maya", "e1", edit(1, Some("goodbye"))), NOW);
    assert_eq!(words_at(&state, 1), (Some("goodbye"), true));
    // One that has lost its words says nothing; a later one does.
    state.apply(said(3, "Maya", "e2", edit(1, None)), NOW);
    assert_eq!(words_at(&state, 1), (Some("goodbye"), true));
    state.apply(said(4, "me", "r1", thumb(1, true)), NOW);
    assert_eq!(state.reactions().of(Seq(1)).len(), 1);
    state.apply(said(5, "Maya", "d1", delete(1)), NOW);
    assert_eq!(words_at(&state, 1), (None, false));
    assert!(state.reactions().of(Seq(1)).is_empty());
    // About what is not here.
    state.apply(said(6, "Maya", "e3", edit(99, Some("x"))), NOW);
    assert_eq!(seqs(&state), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn what_one_does_to_a_message_shows_before_the_log_has_it() {
    let mut state = entered();
    state.apply(message(1, "me", "hello"), NOW);
    let shown = |state: &RoomState| match state.entry(Seq(1)) {
        Some(Entry::Message { body, .. }) => state.shown(Seq(1), body),
        _ => unreachable!("it is there"),
    };
    state.apply(Event::Submit(client_id("r1"), thumb(1, true)), NOW);
    assert_eq!(state.reactions().of(Seq(1)).len(), 1);
    state.apply(Event::Submit(client_id("e1"), edit(1, Some("goodbye"))), NOW);
    assert!(matches!(shown(&state), Body::Text { edited: true, .. }));
    assert_eq!((words_at(&state, 1), state.on_the_way()), ((Some("hello"), false), 0));
    // What is refused did not happen.
    for name in ["r1", "e1"] {
        state.apply(refusal(Code::UnknownEntry, name, None), NOW);
    }
    assert!(matches!(shown(&state), Body::Text { edited: false, .. }));
    assert!(state.reactions().of(Seq(1)).is_empty());
}

#[test]
fn what_is_said_about_a_message_is_no_news() {
    let mut state = entered();
    state.apply(message(1, "Maya", "hello"), NOW);
    state.apply(Event::Reading(false), NOW);
    for (seq, name, body) in [
        (2, "r1", thumb(1, true)),
        (3, "e1", edit(1, Some("x"))),
        (4, "d1", delete(1)),
    ] {
        state.apply(said(seq, "Maya", name, body), NOW);
    }
    assert_eq!(state.unread(), 0);
    state.apply(message(5, "Maya", "again"), NOW);
    assert_eq!(state.unread(), 1);
}

#[test]
fn the_newest_of_ones_own_texts_is_found() {
    let mut state = entered();
    assert_eq!(state.last_own_text(), None);
    for (seq, from, name) in [(1, "me", "a"), (2, "me", "b"), (3, "Maya", "c")] {
        state.apply(message(seq, from, name), NOW);
    }
    assert_eq!(state.last_own_text(), Some(Seq(2)));
    state.apply(said(4, "me", "d1", delete(2)), NOW);
    assert_eq!(state.last_own_text(), Some(Seq(1)));
}

#[test]
fn a_pause_is_told_while_something_waits_for_its_end() {
    let mut state = entered();
    assert_eq!(state.pause(NOW), None);
    state.apply(Event::Submit(client_id("a"), Body::text(text("a"))), NOW);
    state.apply(refusal(Code::RateLimited, "a", Some(4)), NOW);
    assert_eq!(
        (state.pause(NOW), state.pause(NOW.plus_millis(3_500))),
        (Some(4), Some(1))
    );
    assert_eq!(state.pause(NOW.plus_millis(4_000)), None);
    state.apply(Event::Discard(client_id("a")), NOW);
    assert_eq!(state.pause(NOW), None);
}

fn newer(seq: u64) -> Event {
    Event::Odd(Heard::Newer { seq: Seq(seq), at: NOW })
}

fn closed(state: &mut RoomState, at: i64) {
    state.apply(Event::Closed(1006), NOW.plus_millis(at));
}

#[test]
fn what_the_page_does_not_know_is_counted_and_the_next_entry_has_its_place() {
    let mut state = entered();
    state.apply(message(1, "Maya", "a"), NOW);
    for seq in [2, 3, 2] {
        assert_eq!(state.apply(newer(seq), NOW), []);
    }
    assert_eq!(state.apply(message(4, "Maya", "b"), NOW), [], "there is no gap");
    assert_eq!(state.newer, [(Seq(2), NOW), (Seq(3), NOW)]);
    assert_eq!(state.entry(Seq(4)).map(Entry::seq), Some(Seq(4)));
    assert!(state.entry(Seq(3)).is_none());
    // What is said about what stands after it finds its place.
    state.apply(said(5, "Maya", "e1", edit(4, Some("c"))), NOW);
    assert_eq!(words_at(&state, 4), (Some("c"), true));
    // It is resumed after, too; and a gap among them is one.
    closed(&mut state, 0);
    state.apply(newer(6), NOW);
    let effects = state.apply(Event::Opened, NOW);
    let join = |after| ClientFrame::Join {
        token: None,
        epoch: Epoch::parse("e1").ok(),
        after: Some(Seq(after)),
    };
    assert_eq!(effects, [Effect::Send(join(6))]);
    assert_eq!(state.apply(newer(8), NOW), [Effect::Reconnect]);
}

#[test]
fn a_resync_forgets_what_the_page_does_not_know_too() {
    let mut state = entered();
    state.apply(newer(1), NOW);
    state.apply(welcome("e2", 0, true), NOW);
    assert!(state.newer.is_empty() && state.resynced);
}

#[test]
fn a_code_of_a_newer_server_holds_what_may_be_sent_again_and_fails_the_rest() {
    let hear = |text: &str| Event::from(wire::protocol::hear(text));
    let mut state = entered();
    state.apply(Event::Submit(client_id("c1"), Body::text(text("1"))), NOW);
    state.apply(
        hear(r#"{"type":"error","code":"too_sleepy","detail":"Later.","clientId":"c1","retryAfter":3}"#),
        NOW,
    );
    assert_eq!(state.outbox[0].progress, Progress::Waiting);
    assert_eq!(sent(&state.apply(Event::Tick, NOW.plus_millis(2_999))), [] as [&str; 0]);
    assert_eq!(sent(&state.apply(Event::Tick, NOW.plus_millis(3_000))), ["c1"]);
    state.apply(
        hear(r#"{"type":"error","code":"too_silly","detail":"No.","clientId":"c1"}"#),
        NOW,
    );
    assert!(matches!(&state.outbox[0].progress, Progress::Failed(error) if error.detail == "No."));
}

#[test]
fn why_there_is_no_welcome_is_said_until_there_is_one() {
    let mut state = RoomState::default();
    state.apply(Event::Opening, NOW);
    state.apply(Event::Opened, NOW);
    let refusal = r#"{"type":"error","code":"moved","detail":"We have moved."}"#;
    state.apply(wire::protocol::hear(refusal).into(), NOW);
    assert!(matches!(&state.trouble, Some(Trouble::Told(error)) if error.detail == "We have moved."));
    closed(&mut state, 0);
    state.apply(Event::Odd(Heard::Outdated), NOW);
    assert_eq!(state.trouble, Some(Trouble::Outdated));
    state.apply(welcome("e1", 0, false), NOW);
    assert_eq!(state.trouble, None);
    // Of one who is inside it is none.
    state.apply(wire::protocol::hear(refusal).into(), NOW);
    assert_eq!(state.trouble, None);
}

#[test]
fn who_only_reads_notices_a_dead_connection_within_35_seconds() {
    let beat = Effect::Send(ClientFrame::Beat);
    let mut state = entered();
    let dead_at = (1..=60).find(|second| {
        let effects = state.apply(Event::Tick, NOW.plus_millis(second * 1_000));
        match second {
            25 => assert_eq!(effects, std::slice::from_ref(&beat)),
            1..35 => assert_eq!(effects, [], "{second}"),
            _ => {}
        }
        effects == [Effect::Reconnect]
    });
    assert_eq!(dead_at, Some(35));
    closed(&mut state, 35_100);
    assert_eq!(state.lost_at, Some(NOW), "since nothing came any more");
}

#[test]
fn any_frame_says_that_somebody_is_there() {
    let noise = || Event::Odd(Heard::Nothing);
    let online = || presence(&[], &[], None);
    for frame in [noise(), online(), Event::Frame(ServerFrame::Beat), newer(1)] {
        let mut state = entered();
        assert_eq!(state.apply(Event::Tick, NOW.plus_millis(25_000)).len(), 1);
        state.apply(frame, NOW.plus_millis(26_000));
        assert_eq!(state.apply(Event::Tick, NOW.plus_millis(50_000)), []);
    }
}

#[test]
fn between_a_socket_and_its_welcome_there_is_so_much_time() {
    let mut state = RoomState::default();
    state.apply(Event::Opening, NOW);
    assert_eq!(state.apply(Event::Tick, NOW.plus_millis(10_000)), []);
    // Open, and talking, is not welcomed.
    state.apply(Event::Opened, NOW.plus_millis(10_000));
    state.apply(Event::Odd(Heard::Nothing), NOW.plus_millis(12_000));
    assert_eq!(state.apply(Event::Tick, NOW.plus_millis(15_000)), [Effect::Reconnect]);
    // Each socket has its own.
    closed(&mut state, 15_000);
    assert_eq!(state.apply(Event::Tick, NOW.plus_millis(20_000)), []);
    state.apply(Event::Opening, NOW.plus_millis(20_000));
    assert_eq!(state.apply(Event::Tick, NOW.plus_millis(34_999)), []);
    assert_eq!(state.apply(Event::Tick, NOW.plus_millis(35_000)), [Effect::Reconnect]);
}

#[test]
fn who_comes_back_asks_at_once_whether_it_still_holds() {
    let mut state = entered();
    assert_eq!(state.apply(Event::Wake, NOW), [Effect::Send(ClientFrame::Beat)]);
    assert_eq!(state.apply(Event::Wake, NOW), []);
    assert_eq!(state.apply(Event::Tick, NOW.plus_millis(10_000)), [Effect::Reconnect]);
}

#[test]
fn a_token_is_in_the_first_frame_of_each_connection() {
    let mut state = RoomState {
        token: Token::parse("tokentokentoken1"),
        ..RoomState::default()
    };
    for _ in 0..2 {
        let effects = state.apply(Event::Opened, NOW);
        let [Effect::Send(ClientFrame::Join { token, .. })] = effects.as_slice() else {
            panic!("{effects:?}");
        };
        assert_eq!(token.as_deref(), Some("tokentokentoken1"));
        state.apply(welcome("e1", 0, false), NOW);
    }
}

#[test]
fn what_changes_nothing_of_the_conversation_leaves_its_revision() {
    let mut state = entered();
    state.apply(message(1, "Maya", "a"), NOW);
    let typing = Event::Frame(ServerFrame::Typing {
        from: id("Maya"),
        typing: true,
    });
    let revision = state.revision;
    for event in [Event::Tick, Event::Wake, typing, Event::Frame(ServerFrame::Beat)] {
        state.apply(event, NOW);
    }
    assert_eq!(state.revision, revision);
    for event in [
        message(2, "Maya", "b"),
        newer(3),
        Event::Reading(false),
        welcome("e1", 3, false),
    ] {
        let before = state.revision;
        state.apply(event, NOW);
        assert_ne!(state.revision, before);
    }
}
