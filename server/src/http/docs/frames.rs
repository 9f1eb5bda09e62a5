//! What the server sends over a socket, described.

use serde_json::{Value, json};

/// The schema of [`wire::protocol::ServerFrame`]: an entry, or one of those that are none. By hand, as no derive knows an
/// enum that is partly tagged; a test holds it to what is sent.
pub(super) fn server_frame() -> Value {
    let code = reference("Code");
    let text = json!({"type": "string"});
    let people = json!({"type": "array", "items": reference("ParticipantId")});
    let welcome = json!({"allOf": [reference("Welcome"), tagged("welcome", &json!({}), &[])],
        "title": "welcome", "description": "The answer to a join. The missed entries follow."});
    json!({"oneOf": [
        welcome,
        reference("Entry"),
        tagged("ack", &json!({"clientId": reference("ClientId"), "seq": reference("Seq"), "at": reference("Timestamp")}),
            &["clientId", "seq", "at"]),
        tagged("instant_chat_typing", &json!({"from": reference("ParticipantId"), "typing": {"type": "boolean"}}),
            &["from", "typing"]),
        tagged("presence", &json!({"on": people, "off": people, "online": people}), &["on", "off"]),
        tagged("instant_chat_ended", &json!({"reason": reference("EndReason")}), &["reason"]),
        tagged("error", &json!({"code": code, "detail": text, "clientId": reference("ClientId"),
            "retryAfter": {"type": "integer"}}), &["code", "detail"]),
        tagged("beat", &json!({}), &[]),
    ]})
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn tagged(name: &str, properties: &Value, required: &[&str]) -> Value {
    let mut properties = properties.clone();
    properties["type"] = json!({"type": "string", "enum": [name]});
    let required: Vec<_> = ["type"].iter().chain(required).collect();
    json!({"type": "object", "title": name, "properties": properties, "required": required})
}
