use wire::{
    domain::{ClientId, Emoji, MessageText, Nickname},
    protocol::{Participant, Version},
};

use super::*;

const AT: Timestamp = Timestamp::from_millis(1_763_890_000_000);
const V: Version = Version;

fn id(who: &str) -> ParticipantId {
    ParticipantId::parse(format!("anon_{who}")).expect("an id")
}

fn person(who: &str, name: &str) -> Attendance {
    Attendance {
        id: id(who),
        name: Nickname::parse(name).expect("a name"),
        online: true,
        removed: false,
    }
}

fn said(seq: u64, from: &str, body: Body) -> Entry {
    Entry::Message {
        seq: Seq(seq),
        at: AT,
        from: id(from),
        client_id: ClientId::parse(format!("c{seq}")).expect("an id"),
        body,
    }
}

fn text(words: &str) -> MessageText {
    MessageText::parse(words).expect("a text")
}

fn written(language: Language, people: &[Attendance], entries: &[Entry]) -> String {
    let mut overview = Overview::default();
    entries.iter().for_each(|entry| overview.note(entry));
    let mut writer = Writer::new(language, people, id("maya"), overview);
    let parts: Vec<_> = entries.iter().flat_map(|entry| writer.entry(entry)).collect();
    let part = |part| match part {
        Part::Html(html) => html,
        Part::Media(id) => format!("[{}]", id.as_str()),
    };
    writer.head(AT) + &parts.into_iter().map(part).collect::<String>() + Writer::foot()
}

#[test]
fn a_conversation_is_written_with_who_said_what() {
    let reaction = |seq, who, on| {
        let emoji = Emoji::parse("👍").expect("an emoji");
        let body = Body::Reaction {
            v: V,
            target: Seq(2),
            emoji,
            on,
        };
        said(seq, who, body)
    };
    let entries = [
        Entry::Joined {
            seq: Seq(1),
            at: AT,
            participant: Participant {
                id: id("maya"),
                name: Nickname::parse("Maya").expect("a name"),
            },
        },
        said(2, "maya", Body::text(text("*Who* brings the tent?"))),
        reaction(3, "jonas", true),
        said(4, "jonas", Body::answer(text("I do"), Some(Seq(2)))),
        reaction(5, "maya", true),
        reaction(6, "maya", false),
        said(7, "jonas", Body::Deleted { v: V }),
    ];
    let html = written(
        Language::en,
        &[person("maya", "Maya"), person("jonas", "Jonas")],
        &entries,
    );
    for expected in [
        "<li class=\"day\">2025-11-23</li>",
        "<li class=\"notice\"><bdi>Maya</bdi> joined</li>",
        "<li class=\"message mine\" id=\"m2\">",
        "<p dir=\"auto\"><strong>Who</strong> brings the tent?</p>",
        "<ul class=\"reactions\"><li>👍 <bdi>Jonas</bdi></li></ul>",
        "<p class=\"quote\"><a href=\"#m2\"><bdi>Maya</bdi>: *Who* brings the tent?</a></p>",
        "This message was deleted",
        "Saved on 2025-11-23 09:26 UTC",
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
    assert!(!html.contains("id=\"m3\""), "a reaction is no line");
}

#[test]
fn nothing_that_people_write_is_markup() {
    let hostile = "<script>alert(1)</script> *<b>* `</code><i>` \"' &amp;\n> <u>\n- <s>\n```\n</pre><p>\n```";
    let alt = serde_json::json!({"v": 1, "kind": "image", "mediaId": "0123456789abcdefghijkl", "width": 3, "height": 2,
        "alt": "\" onerror=\"alert(1) <x>"});
    let entries = [
        said(1, "eve", Body::text(text(hostile))),
        said(2, "eve", serde_json::from_value(alt).expect("a body")),
        said(3, "maya", Body::answer(text("no"), Some(Seq(1)))),
    ];
    let html = written(Language::en, &[person("eve", "<b onclick=x>")], &entries);
    for tag in [
        "<script",
        "<b ",
        "<b>*",
        "<i>",
        "<u>",
        "<s>",
        "<x>",
        "onerror=\"",
        "<p>\n",
    ] {
        assert!(!html.contains(tag), "{tag} in {html}");
    }
    assert!(html.contains("src=\"[0123456789abcdefghijkl]\">"));
}

#[test]
fn the_file_speaks_the_language_of_who_saves_it() {
    let html = written(Language::ar, &[], &[said(1, "maya", Body::Deleted { v: V })]);
    assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(html.contains(say!(in Language::ar, deleted)));
}
