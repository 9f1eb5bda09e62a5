use std::{borrow::Cow, collections::BTreeSet};

use wire::{
    domain::{ClientId, Epoch, MediaId, MessageText, Nickname, ParticipantId, Seq, Timestamp},
    protocol::{Body, Limits, Op, Participant, ServerFrame, Written, calls::SayRequest},
};

use super::*;
use crate::http::api;

fn made() -> Value {
    let (.., paths) = api();
    document(paths)
}

/// The named schema, or the one that is referred to.
fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str().and_then(|name| name.strip_prefix('#')) {
        Some(pointer) => document.pointer(pointer).unwrap_or_else(|| panic!("{pointer}")),
        None => schema,
    }
}

#[test]
fn all_that_is_referred_to_is_there() {
    fn follow(document: &Value, value: &Value) {
        match value {
            Value::Object(fields) => {
                resolve(document, value);
                fields.values().for_each(|field| follow(document, field));
            }
            Value::Array(items) => items.iter().for_each(|item| follow(document, item)),
            _ => {}
        }
    }
    let document = made();
    assert!(
        document["openapi"]
            .as_str()
            .is_some_and(|version| version.starts_with("3.1"))
    );
    follow(&document, &document);
}

#[test]
fn every_code_is_documented_under_its_status() {
    let document = made().to_string();
    for code in Code::ALL {
        assert!(document.contains(&format!("`{}`", code.name())), "{code:?}");
    }
}

/// The fields of a frame's schema: all, and those that are required.
fn fields(document: &Value, schema: &Value) -> (BTreeSet<String>, BTreeSet<String>) {
    let schema = resolve(document, schema);
    let (mut all, mut required) = (BTreeSet::new(), BTreeSet::new());
    for part in schema["allOf"].as_array().into_iter().flatten() {
        let (more, needed) = fields(document, part);
        all.extend(more);
        required.extend(needed);
    }
    all.extend(
        schema["properties"]
            .as_object()
            .into_iter()
            .flat_map(|map| map.keys().cloned()),
    );
    let needed = schema["required"].as_array().into_iter().flatten();
    required.extend(needed.filter_map(|name| name.as_str().map(str::to_owned)));
    (all, required)
}

#[test]
fn frames_are_what_is_said_of_them() {
    let document = made();
    let id = ParticipantId::parse("anon_1").expect("an id");
    let name = Nickname::parse("Maya").expect("a name");
    let at = Timestamp::from_millis(0);
    let client_id = ClientId::parse("c1").expect("an id");
    let welcome = Welcome {
        you: Participant { id: id.clone(), name },
        epoch: Epoch::parse("stored").expect("an epoch"),
        seq: Seq(1),
        participants: Vec::new(),
        expires_at: at,
        now: at,
        store_history: true,
        settings: wire::protocol::Settings::default(),
        limits: Limits::of_room_for(5),
        resync: true,
    };
    let error = ServerFrame::Error {
        code: Code::RateLimited,
        detail: String::new(),
        client_id: Some(client_id.clone()),
        retry_after: Some(1),
    };
    let presence = ServerFrame::Presence {
        on: Vec::new(),
        off: Vec::new(),
        online: Some(Vec::new()),
    };
    let frames = [
        ("welcome", ServerFrame::Welcome(Box::new(welcome))),
        (
            "ack",
            ServerFrame::Ack {
                client_id,
                seq: Seq(1),
                at,
            },
        ),
        ("instant_chat_typing", ServerFrame::Typing { from: id, typing: true }),
        ("presence", presence),
        (
            "instant_chat_ended",
            ServerFrame::Ended {
                reason: EndReason::Ended,
            },
        ),
        ("error", error),
        ("beat", ServerFrame::Beat),
    ];
    let schemas = document["components"]["schemas"]["ServerFrame"]["oneOf"]
        .as_array()
        .expect("frames");
    assert_eq!(schemas.len(), frames.len() + 1, "and the entries");
    for (kind, frame) in frames {
        let schema = schemas.iter().find(|schema| schema["title"] == kind).expect(kind);
        let (all, required) = fields(&document, schema);
        let sent = serde_json::to_value(frame).expect("JSON");
        let sent: BTreeSet<_> = sent.as_object().expect("an object").keys().cloned().collect();
        assert_eq!(sent, all, "{kind}");
        assert!(required.is_subset(&sent), "{kind}");
    }
}

#[test]
fn entries_and_what_clients_send_are_what_is_said_of_them() {
    let document = made();
    let client_id = ClientId::parse("c1").expect("an id");
    let body = Body::Text {
        v: wire::protocol::Version,
        text: MessageText::parse("Hello").expect("a text"),
        reply_to: Some(Seq(1)),
        edited: false,
    };
    let media = vec![MediaId::parse("Vq3nT8-zKw_2Vq3nT8-zKw").expect("an id")];
    let entry = Written::Message {
        at: Timestamp::from_millis(0),
        from: &ParticipantId::parse("anon_1").expect("an id"),
        client_id: &client_id,
        op: Op::Edit,
        target: Some(Seq(1)),
        media: &media,
        edited: true,
        deleted: true,
        body: Some(Cow::Borrowed(&body)),
        seq: Seq(2),
    };
    let entry = serde_json::to_value(entry);
    let message = Message::Edit {
        target: Seq(1),
        media,
        body: body.clone(),
    };
    let request = SayRequest::new(&client_id, &message).expect("JSON");
    let request = serde_json::to_value(request).expect("JSON");
    let sent = BTreeSet::from_iter(request.as_object().expect("an object").keys().cloned());
    let (all, required) = fields(&document, &document["components"]["schemas"]["SayRequest"]);
    assert_eq!((sent, required), (all, BTreeSet::from(["clientId".to_owned()])));
    let frame = ClientFrame::Message { client_id, message };
    let sent = [
        ("Body", serde_json::to_value(body)),
        ("Entry", entry),
        ("ClientFrame", serde_json::to_value(frame)),
    ];
    for (name, value) in sent {
        let value = value.expect("JSON");
        let sent: BTreeSet<_> = value.as_object().expect("an object").keys().cloned().collect();
        let kinds = document["components"]["schemas"][name]["oneOf"].as_array().expect(name);
        assert!(
            kinds.iter().any(|kind| fields(&document, kind).0 == sent),
            "{name}: {sent:?} in {kinds:?}"
        );
    }
}
