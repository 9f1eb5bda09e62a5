//! The document as a page: no scripts, nothing from elsewhere.

use leptos::prelude::*;
use serde_json::Value;
use wire::error::Code;

/// Renders the page, styled by the sheet at `css`.
pub(super) fn render(document: &Value, css: &str) -> String {
    let operations = document["paths"].as_object().into_iter().flatten();
    let operations = operations.flat_map(|(path, methods)| {
        let methods = methods.as_object().into_iter().flatten();
        methods.map(|(method, operation)| describe(method, path, operation))
    });
    let operations: Vec<_> = operations.collect();
    let schemas = document["components"]["schemas"].as_object().into_iter().flatten();
    let schemas: Vec<_> = schemas.map(|(name, schema)| define(name, schema)).collect();
    let codes = Code::ALL.iter().map(|code| {
        view! { <tr><td><code>{code.name()}</code></td><td>{code.status()}</td><td>{code.detail()}</td></tr> }
    });
    let body = view! {
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>"Instant Chat for programs"</title>
                <link rel="stylesheet" href=css.to_owned() />
            </head>
            <body>
                <main class="docs">
                    <h1>"Instant Chat for programs"</h1>
                    <p>{prose(&document["info"]["description"])}</p>
                    <p><a href="/api/openapi.json">"The same as an OpenAPI document"</a></p>
                    <h2>"Calls"</h2>
                    {operations}
                    <h2>"Codes of refusals"</h2>
                    <table>{codes.collect::<Vec<_>>()}</table>
                    <h2>"What goes over the wire"</h2>
                    <p>"Over the socket, programs send a ClientFrame a text frame and get ServerFrames."</p>
                    {schemas}
                </main>
            </body>
        </html>
    };
    format!("<!DOCTYPE html>{}", body.to_html())
}

fn describe(method: &str, path: &str, operation: &Value) -> impl IntoView + use<> {
    let title = format!("{} {path}", method.to_uppercase());
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let parameters: Vec<_> = parameters
        .map(|parameter| {
            let about = prose(&parameter["description"]);
            view! { <li><code>{prose(&parameter["name"])}</code>" in "{prose(&parameter["in"])}" "{about}</li> }
        })
        .collect();
    let takes = operation["requestBody"]["content"]["application/json"]["schema"].clone();
    let takes = (!takes.is_null()).then(|| view! { <p>"Takes " {kind(&takes)}</p> });
    let responses = operation["responses"].as_object().into_iter().flatten();
    let responses: Vec<_> = responses
        .map(|(status, response)| {
            let content = response["content"]
                .as_object()
                .and_then(|content| content.values().next());
            let schema = content.map(|content| kind(&content["schema"]));
            let (status, about) = (status.clone(), prose(&response["description"]));
            view! { <tr><td>{status}</td><td>{about}</td><td>{schema}</td></tr> }
        })
        .collect();
    let about = format!("{} {}", prose(&operation["summary"]), prose(&operation["description"]));
    view! {
        <section>
            <h3><code>{title}</code></h3>
            <p>{about}</p>
            <ul>{parameters}</ul>
            {takes}
            <table>{responses}</table>
        </section>
    }
}

fn define(name: &str, schema: &Value) -> impl IntoView + use<> {
    let shape = serde_json::to_string_pretty(schema).unwrap_or_default();
    let (id, title) = (name.to_owned(), name.to_owned());
    view! { <section id=id><h3>{title}</h3><p>{prose(&schema["description"])}</p><pre>{shape}</pre></section> }
}

/// A link to what a schema refers to.
fn kind(schema: &Value) -> impl IntoView + use<> {
    let name = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next());
    let name = name.unwrap_or("a value").to_owned();
    view! { <a href=format!("#{name}")>{name.clone()}</a> }
}

fn prose(text: &Value) -> String {
    text.as_str().unwrap_or_default().to_owned()
}
