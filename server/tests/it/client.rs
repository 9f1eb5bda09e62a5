//! The API's typed calls, made by a program.

use std::{cell::RefCell, collections::BTreeSet};

use app::client::{Answer, Client, Part, Payload, Request, Transport};
use reqwest::Method;
use serde_json::Value;
use wire::{
    domain::{ClientId, MessageText, Nickname, RoomId, Seq, Token},
    error::{AppError, Code},
    protocol::{
        Body, Entry, Version,
        calls::{SaveAs, TokenIn},
    },
};

use crate::harness::{TestServer, files::sideways_photograph};

/// Carries calls to a server under test, and remembers which.
struct Program<'s> {
    server: &'s TestServer,
    made: &'s RefCell<BTreeSet<String>>,
}

impl Transport for Program<'_> {
    type File = Vec<u8>;

    async fn send(&self, request: Request<Vec<u8>>) -> Answer {
        let (path, _) = request.path.split_once('?').unwrap_or((&request.path, ""));
        self.made.borrow_mut().insert(format!("{} {path}", request.method));
        let method = Method::from_bytes(request.method.as_bytes()).expect("a method");
        let mut call = self.server.request(method, &request.path);
        if let Some(bearer) = request.bearer {
            call = call.bearer_auth(bearer);
        }
        call = match request.payload {
            Payload::Nothing => call,
            Payload::Json(json) => call.header("content-type", "application/json").body(json),
            Payload::File(file) => call.body(file),
        };
        let Ok(answer) = call.send().await else {
            return Answer::NONE;
        };
        let retry_after = answer.headers().get("retry-after");
        Answer {
            status: answer.status().as_u16(),
            retry_after: retry_after.and_then(|value| Some(value.to_str().ok()?.to_owned())),
            body: answer.bytes().await.map(Vec::from).unwrap_or_default(),
        }
    }
}

fn name(name: &str) -> Nickname {
    Nickname::parse(name).expect("a name")
}

fn client_id(id: &str) -> ClientId {
    ClientId::parse(id.to_owned()).expect("an id")
}

fn refused<T>(answer: Result<T, AppError>) -> Code {
    answer.err().expect("a refusal").code
}

#[tokio::test]
async fn every_call_of_the_api_has_a_typed_function_that_makes_it() {
    let server = TestServer::start().await;
    let made = RefCell::new(BTreeSet::new());
    let anybody = || {
        Client::new(Program {
            server: &server,
            made: &made,
        })
    };

    let started = anybody().create(Some(&name("Maya")), true).await.expect("a chat");
    let room = &started.created.chat_id;
    let maya = started.participant.expect("inside");
    let creator = anybody().with_token(&started.creator_token.expect("a token"));
    let maya_speaks = anybody().with_token(&started.token.expect("a token"));

    let joined = anybody().join(room, Some(&name("Jonas"))).await.expect("inside");
    let jonas = joined.joined.participant;
    let jonas_speaks = anybody().with_token(&joined.token.expect("a token"));
    let in_cookies = anybody().with_tokens_in(TokenIn::Cookie);
    assert_eq!(
        in_cookies.join(room, Some(&name("Sam"))).await.expect("inside").token,
        None
    );
    assert_eq!(jonas.name.as_str(), "Jonas");
    let seen = jonas_speaks.details(room).await.expect("the chat");
    assert_eq!((seen.chat_id, seen.creator_id), (room.clone(), Some(maya.id.clone())));

    let words = Body::text(MessageText::parse("Hello").expect("words"));
    let said = maya_speaks.say(room, &client_id("a-1"), &words).await.expect("said");
    let again = maya_speaks.say(room, &client_id("a-1"), &words).await.expect("said");
    assert_eq!(said, again);
    assert!(matches!(&said, Entry::Message { from, body, .. } if *from == maya.id && *body == words));

    let uploaded = maya_speaks.upload(room, sideways_photograph(3)).await.expect("taken");
    let (width, height) = uploaded.width.zip(uploaded.height).expect("sides");
    assert_eq!((u32::from(width), u32::from(height)), (32, 64));
    let picture = Body::Image {
        v: Version,
        media_id: uploaded.media_id.clone(),
        width,
        height,
        alt: None,
        reply_to: Some(said.seq()),
    };
    let shown = maya_speaks.say(room, &client_id("a-2"), &picture).await.expect("said");
    let file = jonas_speaks.medium(room, &uploaded.media_id).await.expect("the file");
    assert_eq!(&file[..2], [0xFF, 0xD8]);

    let page = jonas_speaks
        .messages(room, Part::After(said.seq()), 1)
        .await
        .expect("a page");
    assert_eq!((page.entries, page.next_after), (vec![shown.clone()], shown.seq()));
    let page = jonas_speaks
        .messages(room, Part::Before(shown.seq()), 1)
        .await
        .expect("a page");
    assert_eq!(page.entries, [said]);

    let saved = jonas_speaks.export(room, SaveAs::Html).await.expect("a file");
    assert!(String::from_utf8(saved).expect("a page").contains("Hello"));
    let saved = jonas_speaks.export(room, SaveAs::Json).await.expect("a file");
    assert!(serde_json::from_slice::<Value>(&saved).expect("JSON").is_object());

    creator.only_text(room, true).await.expect("so be it");
    assert_eq!(
        refused(maya_speaks.upload(room, sideways_photograph(4)).await),
        Code::TextOnly
    );
    creator.lock(room, true).await.expect("so be it");
    assert_eq!(refused(anybody().join(room, Some(&name("Yuki"))).await), Code::Locked);
    creator.remove(room, &jonas.id).await.expect("out");
    let nothing = jonas_speaks.messages(room, Part::After(Seq::default()), 9).await;
    assert_eq!(refused(nothing), Code::Removed);
    let later = creator.extend(room, 2).await.expect("longer");
    assert_eq!(later.millis() - started.created.expires_at.millis(), 2 * 3_600_000);
    let link = creator.owner_link(room).await.expect("a link");
    let (_, token) = link.split_once("#owner=").expect("a token");
    let owner = anybody().with_token(&Token::parse(token).expect("a token"));
    assert_eq!(refused(maya_speaks.end(room).await), Code::NotCreator);
    owner.end(room).await.expect("over");
    assert_eq!(refused(maya_speaks.details(room).await), Code::Ended);

    // What streams is followed in other ways.
    let followed = [
        "GET /api/chat/instant/{chatId}/events",
        "GET /api/chat/instant/{chatId}/socket",
    ];
    let made: BTreeSet<String> = made
        .take()
        .iter()
        .map(|call| {
            call.replace(room.as_str(), "{chatId}")
                .replace(uploaded.media_id.as_str(), "{mediaId}")
        })
        .chain(followed.map(str::to_owned))
        .collect();
    assert_eq!(made, documented(&server).await);
}

/// The calls that the server says it has.
async fn documented(server: &TestServer) -> BTreeSet<String> {
    let document = server.get("/api/openapi.json").send().await.expect("an answer");
    let document: Value = document.json().await.expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    let calls = paths.iter().flat_map(|(path, calls)| {
        let methods = calls.as_object().expect("calls").keys();
        methods.map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    calls.collect()
}

#[tokio::test]
async fn a_typed_call_tells_why_it_was_refused() {
    let server = TestServer::with(&["--create-limit=1/1h"]).await;
    let made = RefCell::default();
    let program = Program {
        server: &server,
        made: &made,
    };
    let client = Client::new(program);
    let unknown = RoomId::parse("AAAAAAAAAAAA").expect("an id");
    assert_eq!(refused(client.details(&unknown).await), Code::UnknownChat);
    client.create(None, false).await.expect("a chat");
    let error = client.create(None, false).await.expect_err("too fast");
    assert_eq!(error.code, Code::RateLimited);
    assert!(
        error
            .retry_after
            .is_some_and(|seconds| (3_500..=3_600).contains(&seconds)),
        "{error:?}"
    );
}
