use std::{fs, path::Path};

use super::*;

fn site_files(root: &Path) {
    fs::create_dir_all(root.join("pkg")).expect("a folder");
    for (name, content) in [
        ("pkg/instant-chat.js", "plain"),
        ("pkg/instant-chat.js.br", "small"),
        ("pkg/instant-chat.js.gz", "zipped"),
        ("robots.txt", "User-agent: *"),
    ] {
        fs::write(root.join(name), content).expect("a file");
    }
}

fn get(site: &Site, path: &str, headers: &[(header::HeaderName, &str)]) -> Option<Response> {
    let headers = headers
        .iter()
        .map(|(name, value)| (name.clone(), HeaderValue::from_str(value).expect("valid")));
    site.serve(path, &headers.collect())
}

fn header_of(response: &Response, name: header::HeaderName) -> &str {
    response
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

#[test]
fn a_hashed_name_may_be_kept_for_good_and_a_plain_one_asks_back() {
    let folder = tempfile::tempdir().expect("a folder");
    site_files(folder.path());
    let site = Site::of_folder(folder.path());
    let hashed = site.assets().js;
    assert_eq!(hashed.len(), "/pkg/instant-chat.js".len() + 9);
    let response = get(&site, &hashed, &[]).expect("served");
    assert_eq!(header_of(&response, header::CACHE_CONTROL), FOR_GOOD);
    let response = get(&site, "/pkg/instant-chat.js", &[]).expect("served");
    assert_eq!(header_of(&response, header::CACHE_CONTROL), "no-cache");
    assert!(get(&site, "/pkg/instant-chat.00000000.js", &[]).is_none());
}

#[test]
fn the_best_accepted_form_is_sent_and_each_has_its_tag() {
    let folder = tempfile::tempdir().expect("a folder");
    site_files(folder.path());
    let site = Site::of_folder(folder.path());
    let form = |accepted: &str| {
        let response = get(&site, "/pkg/instant-chat.js", &[(header::ACCEPT_ENCODING, accepted)]).expect("served");
        assert_eq!(header_of(&response, header::VARY), "accept-encoding");
        let tag = header_of(&response, header::ETAG).to_owned();
        (header_of(&response, header::CONTENT_ENCODING).to_owned(), tag)
    };
    let (br, br_tag) = form("gzip, deflate, br;q=0.9");
    let (gzip, gzip_tag) = form("gzip, br;q=0");
    let (none, tag) = form("");
    assert_eq!((br.as_str(), gzip.as_str(), none.as_str()), ("br", "gzip", ""));
    assert!(br_tag != gzip_tag && gzip_tag != tag);
    let again = [
        (header::ACCEPT_ENCODING, "br"),
        (header::IF_NONE_MATCH, br_tag.as_str()),
    ];
    assert_eq!(
        get(&site, "/pkg/instant-chat.js", &again).expect("served").status(),
        StatusCode::NOT_MODIFIED
    );
    let other = [(header::IF_NONE_MATCH, br_tag.as_str())];
    assert_eq!(
        get(&site, "/pkg/instant-chat.js", &other).expect("served").status(),
        StatusCode::OK
    );
}

#[test]
fn nothing_outside_the_site_is_served() {
    let folder = tempfile::tempdir().expect("a folder");
    site_files(&folder.path().join("site"));
    fs::write(folder.path().join("secret.txt"), "secret").expect("a file");
    fs::write(folder.path().join("site/.hidden"), "secret").expect("a file");
    let root = folder.path().join("site");
    for site in [Site::of_folder(&root), Site::watched(root.clone())] {
        assert!(get(&site, "/robots.txt", &[]).is_some());
        for path in [
            "/../secret.txt",
            "/pkg/../../secret.txt",
            "//secret.txt",
            "/%2e%2e/secret.txt",
            "/.hidden",
            "/",
            "/pkg",
        ] {
            assert!(get(&site, path, &[]).is_none(), "{path}");
        }
    }
}

#[test]
fn a_site_that_is_not_there_is_empty() {
    let site = Site::of_folder(Path::new("/nowhere"));
    assert_eq!(site.assets().js, "/pkg/instant-chat.js");
    assert!(get(&site, "/pkg/instant-chat.js", &[]).is_none());
}

#[test]
fn a_watched_folder_is_read_for_each_request() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = Site::watched(folder.path().to_owned());
    assert!(get(&site, "/robots.txt", &[]).is_none());
    site_files(folder.path());
    assert!(get(&site, "/robots.txt", &[]).is_some());
    assert_eq!(site.assets().js, "/pkg/instant-chat.js");
}
