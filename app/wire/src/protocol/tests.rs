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
            body: hello(),
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
    let frame = serde_json::to_string(&ClientFrame::Message { client_id, body }).expect("serializes");
    assert!(frame.len() <= FRAME_MAX_BYTES, "{}", frame.len());
}
