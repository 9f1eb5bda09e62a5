//! The wire, held to its names. Programs of other people depend on each of these texts.

use serde_json::{Value, json};

use super::*;

fn round_trip<T: Serialize + for<'a> Deserialize<'a> + PartialEq + std::fmt::Debug>(value: &T, wire: &Value) {
    assert_eq!(&serde_json::to_value(value).expect("serializes"), wire);
    assert_eq!(&serde_json::from_value::<T>(wire.clone()).expect("deserializes"), value);
}

fn participant() -> Participant {
    Participant {
        id: ParticipantId::parse("anon_Vq3nT8-zKw_2").expect("valid"),
        name: Nickname::parse("Maya").expect("valid"),
    }
}

fn hello() -> Body {
    Body::text(MessageText::parse("Hello").expect("valid"))
}

#[test]
fn entries() {
    let at = Timestamp::from_millis(1_763_890_000_123);
    let wire_at = "2025-11-23T09:26:40.123Z";
    let wire_who = json!({"id": "anon_Vq3nT8-zKw_2", "name": "Maya"});
    let message = Entry::Message {
        seq: Seq(7),
        at,
        from: participant().id,
        client_id: ClientId::parse("c1").expect("valid"),
        body: hello(),
    };
    let wire = json!({"type": "instant_chat_message", "seq": 7, "at": wire_at, "from": "anon_Vq3nT8-zKw_2",
        "clientId": "c1", "body": {"v": 1, "kind": "text", "text": "Hello"}});
    round_trip(&message, &wire);
    round_trip(&ServerFrame::Entry(message), &wire);
    round_trip(
        &Entry::Joined {
            seq: Seq(1),
            at,
            participant: participant(),
        },
        &json!({"type": "instant_chat_user_joined", "seq": 1, "at": wire_at, "participant": wire_who}),
    );
    round_trip(
        &Entry::Left {
            seq: Seq(2),
            at,
            participant: participant(),
            removed: false,
        },
        &json!({"type": "instant_chat_user_left", "seq": 2, "at": wire_at, "participant": wire_who}),
    );
    let removed = Entry::Left {
        seq: Seq(3),
        at,
        participant: participant(),
        removed: true,
    };
    let wire = json!({"type": "instant_chat_user_left", "seq": 3, "at": wire_at, "participant": wire_who,
        "removed": true});
    round_trip(&removed, &wire);
    round_trip(&ServerFrame::Entry(removed), &wire);
    for (change, wire_change) in [
        (Change::Locked(true), json!({"locked": true})),
        (Change::TextOnly(false), json!({"textOnly": false})),
        (Change::ExpiresAt(at), json!({"expiresAt": wire_at})),
    ] {
        let changed = Entry::Changed {
            seq: Seq(4),
            at,
            by: Some(participant()),
            change,
        };
        let wire = json!({"type": "instant_chat_changed", "seq": 4, "at": wire_at, "by": wire_who,
            "change": wire_change});
        round_trip(&changed, &wire);
        round_trip(&ServerFrame::Entry(changed), &wire);
    }
}

#[test]
fn client_frames() {
    round_trip(
        &ClientFrame::Join {
            token: None,
            epoch: None,
            after: None,
        },
        &json!({"type": "join_instant_chat"}),
    );
    round_trip(
        &ClientFrame::Join {
            token: Some("t".into()),
            epoch: Epoch::parse("e1").ok(),
            after: Some(Seq(3)),
        },
        &json!({"type": "join_instant_chat", "token": "t", "epoch": "e1", "after": 3}),
    );
    round_trip(
        &ClientFrame::Message {
            client_id: ClientId::parse("c1").expect("valid"),
            message: hello().into(),
        },
        &json!({"type": "instant_chat_message", "clientId": "c1", "body": {"v": 1, "kind": "text", "text": "Hello"}}),
    );
    round_trip(
        &ClientFrame::Typing { typing: true },
        &json!({"type": "instant_chat_typing", "typing": true}),
    );
    round_trip(&ClientFrame::Leave, &json!({"type": "leave_instant_chat"}));
    round_trip(&ClientFrame::Beat, &json!({"type": "beat"}));
}

fn image(media_id: &MediaId) -> Body {
    Body::Image {
        v: Version,
        media_id: media_id.clone(),
        width: Side::try_from(8).expect("valid"),
        height: Side::try_from(6).expect("valid"),
        alt: None,
        reply_to: None,
    }
}

#[test]
fn what_a_message_does_stands_before_its_body() {
    let client_id = ClientId::parse("c1").expect("valid");
    let media_id = MediaId::parse("Vq3nT8-zKw_2Vq3nT8-zKw").expect("valid");
    let target = Seq(7);
    let shown = json!({"v": 1, "kind": "image", "mediaId": media_id, "width": 8, "height": 6});
    let words = json!({"v": 1, "kind": "text", "text": "Hello"});
    for (message, wire) in [
        (image(&media_id).into(), json!({"media": [media_id], "body": shown})),
        (
            Message::Edit {
                target,
                media: vec![media_id.clone()],
                body: image(&media_id),
            },
            json!({"op": "edit", "target": 7, "media": [media_id], "body": shown}),
        ),
        (Message::Delete { target }, json!({"op": "delete", "target": 7})),
        (
            Message::Reword {
                target,
                text: MessageText::parse("Hello").expect("valid"),
            },
            json!({"body": {"v": 1, "kind": "edit", "target": 7, "text": "Hello"}}),
        ),
    ] {
        let mut frame = wire.clone();
        frame["type"] = "instant_chat_message".into();
        frame["clientId"] = "c1".into();
        let client_id = client_id.clone();
        round_trip(&message, &wire);
        round_trip(&ClientFrame::Message { client_id, message }, &frame);
    }
    // As programs say it that know nothing before the body, or say what they need not.
    let read = |wire: Value| serde_json::from_value::<Message>(wire);
    let delete = json!({"body": {"v": 1, "kind": "delete", "target": 7}});
    assert_eq!(read(delete).expect("known"), Message::Delete { target });
    let said = json!({"op": "say", "target": null, "media": [], "body": words});
    assert_eq!(read(said).expect("known"), hello().into());
    for wrong in [
        json!({}),
        json!({"op": "edit", "target": 7}),
        json!({"op": "edit", "body": words}),
        json!({"op": "edit", "target": 7, "body": {"v": 1, "kind": "delete", "target": 7}}),
        json!({"op": "edit", "target": 7, "body": {"v": 1, "kind": "deleted"}}),
        json!({"op": "delete"}),
        json!({"op": "delete", "target": -1}),
        json!({"op": "pin", "target": 7}),
        json!({"body": {"v": 1, "kind": "edit", "target": 7}}),
        json!({"body": {"v": 1, "kind": "deleted"}}),
        json!({"media": ["../../etc/passwd"], "body": words}),
    ] {
        assert!(read(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn a_page_reads_what_a_message_does_and_what_became_of_it_as_one_with_its_body() {
    let at = Timestamp::from_millis(1_763_890_000_123);
    let entry = |body| Entry::Message {
        seq: Seq(9),
        at,
        from: participant().id,
        client_id: ClientId::parse("c1").expect("valid"),
        body,
    };
    let wire = |more: Value| {
        let mut wire = json!({"type": "instant_chat_message", "at": "2025-11-23T09:26:40.123Z",
            "from": "anon_Vq3nT8-zKw_2", "clientId": "c1", "seq": 9});
        let more = more.as_object().expect("an object").clone();
        wire.as_object_mut().expect("an object").extend(more);
        wire
    };
    let (v, target) = (Version, Seq(7));
    let text = MessageText::parse("Hello").expect("valid");
    let words = json!({"v": 1, "kind": "text", "text": "Hello"});
    let edited = Body::Text {
        v,
        text: text.clone(),
        reply_to: None,
        edited: true,
    };
    let edit = |text| Body::Edit { v, target, text };
    for (body, more) in [
        (edited, json!({"edited": true, "body": words})),
        (
            edit(Some(text.clone())),
            json!({"op": "edit", "target": 7, "body": words}),
        ),
        (edit(None), json!({"op": "edit", "target": 7})),
        (Body::Delete { v, target }, json!({"op": "delete", "target": 7})),
        (
            Body::Deleted { v },
            json!({"deleted": true, "body": {"v": 1, "kind": "deleted"}}),
        ),
    ] {
        round_trip(&ServerFrame::Entry(entry(body)), &wire(more));
    }
    // As servers of before write it.
    for (body, written) in [
        (
            edit(Some(text)),
            json!({"v": 1, "kind": "edit", "target": 7, "text": "Hello"}),
        ),
        (
            Body::Delete { v, target },
            json!({"v": 1, "kind": "delete", "target": 7}),
        ),
        (Body::Deleted { v }, json!({"v": 1, "kind": "deleted"})),
    ] {
        let read: Entry = serde_json::from_value(wire(json!({"body": written}))).expect("an entry");
        assert_eq!(read, entry(body));
    }
}

#[test]
fn a_log_goes_by_what_stands_before_a_body_and_does_not_read_it() {
    let wire = r#"{"type":"instant_chat_message","at":"2025-11-23T09:26:40Z","from":"anon_1","clientId":"c1",
        "media":["Vq3nT8-zKw_2Vq3nT8-zKw"],"body":{"v":9,"kind":["a","riddle"]},"seq":9}"#;
    let header = Header::read(wire.as_bytes()).expect("a message");
    assert_eq!((header.op, header.media.len(), header.deleted), (Op::Say, 1, false));
    let joined = r#"{"type":"instant_chat_user_joined","at":"2025-11-23T09:26:40Z","participant":{},"seq":9}"#;
    assert_eq!(Header::read(joined.as_bytes()), None);
}

#[test]
fn signals() {
    let id = participant().id;
    round_trip(
        &ServerFrame::Presence {
            on: vec![id.clone()],
            off: Vec::new(),
            online: None,
        },
        &json!({"type": "presence", "on": ["anon_Vq3nT8-zKw_2"], "off": []}),
    );
    round_trip(
        &ServerFrame::Presence {
            on: Vec::new(),
            off: Vec::new(),
            online: Some(vec![id.clone()]),
        },
        &json!({"type": "presence", "on": [], "off": [], "online": ["anon_Vq3nT8-zKw_2"]}),
    );
    round_trip(
        &ServerFrame::Typing {
            from: id,
            typing: false,
        },
        &json!({"type": "instant_chat_typing", "from": "anon_Vq3nT8-zKw_2", "typing": false}),
    );
    round_trip(
        &ServerFrame::Ended {
            reason: EndReason::Expired,
        },
        &json!({"type": "instant_chat_ended", "reason": "expired"}),
    );
    round_trip(
        &ServerFrame::Error {
            code: Code::RateLimited,
            detail: "Slow down.".into(),
            client_id: ClientId::parse("c1").ok(),
            retry_after: Some(2),
        },
        &json!({"type": "error", "code": "rate_limited", "detail": "Slow down.", "clientId": "c1", "retryAfter": 2}),
    );
    round_trip(&ServerFrame::Beat, &json!({"type": "beat"}));
}

#[test]
fn the_welcome_says_resync_only_when_it_must() {
    let mut welcome = Welcome {
        you: participant(),
        epoch: Epoch::parse("e1").expect("valid"),
        seq: Seq(9),
        participants: vec![Attendance {
            id: participant().id,
            name: participant().name,
            online: true,
            removed: false,
        }],
        expires_at: Timestamp::from_millis(86_400_000),
        now: Timestamp::from_millis(0),
        store_history: true,
        settings: Settings::default(),
        limits: Limits::of_room_for(50),
        resync: false,
    };
    let wire = serde_json::to_value(ServerFrame::Welcome(Box::new(welcome.clone()))).expect("serializes");
    assert_eq!(wire["type"], "welcome");
    assert_eq!(wire.get("resync"), None);
    assert_eq!(wire["storeHistory"], true);
    assert_eq!(wire["limits"]["textChars"], 4_000);
    welcome.resync = true;
    let wire = serde_json::to_value(ServerFrame::Welcome(Box::new(welcome))).expect("serializes");
    assert_eq!(wire["resync"], true);
}

#[test]
fn a_body_of_a_newer_kind_is_kept_apart_and_a_newer_version_refused() {
    let newer = json!({"v": 1, "kind": "hologram", "depth": 3});
    assert_eq!(serde_json::from_value::<Body>(newer).expect("tolerated"), Body::Unknown);
    assert!(serde_json::from_value::<Body>(json!({"v": 2, "kind": "text", "text": "Hello"})).is_err());
    assert!(serde_json::from_value::<Body>(json!({"v": 1, "kind": "text", "text": "  "})).is_err());
}

#[test]
fn an_answer_names_the_message_that_it_answers() {
    let answer = Body::answer(MessageText::parse("Yes").expect("valid"), Some(Seq(7)));
    round_trip(&answer, &json!({"v": 1, "kind": "text", "text": "Yes", "replyTo": 7}));
}

#[test]
fn pictures_and_recordings() {
    let media_id = MediaId::parse("Vq3nT8-zKw_2Vq3nT8-zKw").expect("valid");
    let side = |pixels: u32| Side::try_from(pixels).expect("valid");
    let picture = Body::Image {
        v: Version,
        media_id: media_id.clone(),
        width: side(800),
        height: side(600),
        alt: AltText::parse("A cat").ok(),
        reply_to: None,
    };
    let wire = json!({"v": 1, "kind": "image", "mediaId": "Vq3nT8-zKw_2Vq3nT8-zKw", "width": 800, "height": 600,
        "alt": "A cat"});
    round_trip(&picture, &wire);
    let recording = Body::Audio {
        v: Version,
        media_id,
        duration_ms: VoiceMillis::try_from(1_500).expect("valid"),
        waveform: Waveform::try_from(vec![0, 31, 7]).expect("valid"),
        reply_to: Some(Seq(3)),
    };
    let wire = json!({"v": 1, "kind": "audio", "mediaId": "Vq3nT8-zKw_2Vq3nT8-zKw", "durationMs": 1500,
        "waveform": [0, 31, 7], "replyTo": 3});
    round_trip(&recording, &wire);
    for (field, wrong) in [
        ("mediaId", json!("../../etc/passwd")),
        ("durationMs", json!(600_001)),
        ("waveform", json!([32])),
    ] {
        let mut body = wire.clone();
        body[field] = wrong;
        assert!(serde_json::from_value::<Body>(body).is_err(), "{field}");
    }
}

#[test]
fn the_longest_text_fits_in_a_frame() {
    // Four bytes a character is UTF-8's worst; four-byte characters are not escaped in JSON.
    let body = Body::text(MessageText::parse(&"😀".repeat(MESSAGE_MAX_CHARS)).expect("valid"));
    let client_id = ClientId::parse("c".repeat(64)).expect("valid");
    let frame = serde_json::to_string(&ClientFrame::Message {
        client_id,
        message: body.into(),
    })
    .expect("serializes");
    assert!(frame.len() <= FRAME_MAX_BYTES, "{}", frame.len());
}
