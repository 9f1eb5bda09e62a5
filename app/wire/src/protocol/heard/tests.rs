use serde_json::json;

use super::*;
use crate::{
    domain::ParticipantId,
    error::Code,
    protocol::{Body, EndReason, Entry},
};

fn heard(frame: &Value) -> Heard {
    hear(&frame.to_string())
}

fn welcome() -> Value {
    let who = json!({"id": "anon_me", "name": "Me"});
    json!({
        "type": "welcome", "you": who, "epoch": "e1", "seq": 7, "expiresAt": "2026-01-02T00:00:00Z",
        "now": "2026-01-01T00:00:00Z", "participants": [{"id": "anon_me", "name": "Me", "online": true}],
        "storeHistory": true, "settings": {"locked": true, "textOnly": false, "extended": false},
        "limits": crate::protocol::Limits::of_room_for(50),
    })
}

fn entry(kind: &str, more: &Value) -> Value {
    let mut entry = json!({"type": kind, "seq": 9, "at": "2026-01-01T00:00:00Z"});
    entry
        .as_object_mut()
        .expect("an object")
        .extend(more.as_object().expect("an object").clone());
    entry
}

fn newer() -> Heard {
    let at = "2026-01-01T00:00:00Z";
    let at = serde_json::from_value(json!(at)).expect("a time");
    Heard::Newer { seq: Seq(9), at }
}

#[test]
fn what_the_page_knows_is_read_as_ever() {
    let Heard::Frame(ServerFrame::Welcome(welcome)) = heard(&welcome()) else {
        panic!("no welcome");
    };
    assert!(welcome.settings.locked && welcome.participants.len() == 1);
}

#[test]
fn no_odd_value_costs_the_welcome() {
    for (field, value) in [
        ("limits", json!({"newLimit": {"per": "moon"}})),
        ("limits", json!(null)),
        ("settings", json!({"locked": "at night"})),
        ("storeHistory", json!("a week")),
        (
            "participants",
            json!([{"id": "anon_me", "name": "Me", "online": true}, {"robot": 7}]),
        ),
        ("resync", json!({"from": 3})),
        ("version", json!(2)),
        ("online", json!("some")),
    ] {
        let mut frame = welcome();
        frame[field] = value.clone();
        let Heard::Frame(ServerFrame::Welcome(welcome)) = heard(&frame) else {
            panic!("{field} {value}");
        };
        assert_eq!((welcome.seq, welcome.participants.len()), (Seq(7), 1), "{field}");
    }
    let mut without = welcome();
    without
        .as_object_mut()
        .expect("an object")
        .retain(|name, _| name != "limits" && name != "storeHistory");
    assert!(matches!(heard(&without), Heard::Frame(ServerFrame::Welcome(_))));
}

#[test]
fn a_welcome_that_says_too_little_is_of_a_server_too_new() {
    for field in ["you", "epoch", "seq", "now"] {
        let mut frame = welcome();
        frame[field] = json!({"of": "another kind"});
        assert_eq!(heard(&frame), Heard::Outdated, "{field}");
    }
}

#[test]
fn an_entry_of_an_unknown_type_keeps_its_place() {
    assert_eq!(
        heard(&entry("instant_chat_poll", &json!({"question": "Pizza?"}))),
        newer()
    );
    assert_eq!(
        heard(&entry("instant_chat_changed", &json!({"change": {"topic": "Pizza"}}))),
        newer()
    );
    assert_eq!(
        heard(&entry("instant_chat_user_joined", &json!({"participant": "a robot"}))),
        newer()
    );
    let message = json!({"from": "anon_a", "clientId": "c", "body": {"v": 1, "kind": "text", "text": "Hi"}});
    let mut amended = message.clone();
    for (op, body) in [
        ("pin", json!({"v": 1, "kind": "text", "text": "Hi"})),
        ("edit", json!({"v": 1, "kind": "hologram", "depth": 3})),
    ] {
        (amended["op"], amended["target"], amended["body"]) = (op.into(), 1.into(), body);
        assert_eq!(heard(&entry("instant_chat_message", &amended)), newer(), "{op}");
    }
    let mut said = message;
    said["op"] = json!("say");
    assert!(matches!(heard(&entry("instant_chat_message", &said)), Heard::Frame(_)));
}

#[test]
fn a_body_of_an_unknown_kind_or_version_is_a_message_all_the_same() {
    for body in [
        json!({"v": 1, "kind": "poll", "question": "Pizza?"}),
        json!({"v": 2, "kind": "text", "text": "Hi"}),
        json!({"v": 1, "kind": "reaction", "target": 1, "emoji": "a sticker", "on": true}),
        json!("a sealed box"),
    ] {
        let frame = entry(
            "instant_chat_message",
            &json!({"from": "anon_a", "clientId": "c", "body": body}),
        );
        let Heard::Frame(ServerFrame::Entry(Entry::Message { body: read, .. })) = heard(&frame) else {
            panic!("{body}");
        };
        assert_eq!(read, Body::Unknown, "{body}");
    }
}

#[test]
fn an_unknown_code_is_worth_another_try_only_where_it_says_when() {
    let code = |more: Value| {
        let mut frame = json!({"type": "error", "code": "too_sleepy", "detail": "It is late."});
        frame
            .as_object_mut()
            .expect("an object")
            .extend(more.as_object().expect("an object").clone());
        match heard(&frame) {
            Heard::Frame(ServerFrame::Error { code, .. }) => code,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(code(json!({})), Code::InvalidRequest);
    assert_eq!(code(json!({"clientId": "c", "retryAfter": 3})), Code::Unavailable);
}

#[test]
fn signals_of_a_newer_server_are_nobody_s_business() {
    for text in [
        r#"{"type":"instant_chat_weather","rain":true}"#,
        r#"{"type":7}"#,
        "[1,2]",
        "",
        "{",
    ] {
        assert_eq!(hear(text), Heard::Nothing, "{text}");
    }
}

#[test]
fn who_is_connected_is_told_by_changes_and_by_the_first_release_s_list() {
    let odd = json!(["anon_a", {"id": "robot"}]);
    let (id, none) = (ParticipantId::parse("anon_a").expect("an id"), Vec::new);
    for (frame, on, off, online) in [
        (json!({"on": odd, "off": []}), vec![id.clone()], none(), None),
        (json!({"on": [], "off": odd}), none(), vec![id.clone()], None),
        (json!({"online": odd}), none(), none(), Some(vec![id.clone()])),
    ] {
        let mut frame = frame;
        frame["type"] = json!("presence");
        assert_eq!(heard(&frame), Heard::Frame(ServerFrame::Presence { on, off, online }));
    }
}

#[test]
fn an_end_is_an_end_whatever_its_reason() {
    let ended = heard(&json!({"type": "instant_chat_ended", "reason": "moved_to_the_moon"}));
    let reason = EndReason::Ended;
    assert_eq!(ended, Heard::Frame(ServerFrame::Ended { reason }));
}
