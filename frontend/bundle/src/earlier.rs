//! The last build's package, kept beside the new one.
//!
//! A page that was sent before a deploy asks for its files after it, by names that have their hashes in them. The server
//! finds the new files' hashes by itself; those of the build before are in the site under these names. One build back and
//! no further: whoever waits longer loads the page anew.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::{error::Error, site::Site};

/// The forms that a file may have beside it: none but a release has them, and only what was released is asked for again.
const FORMS: [&str; 2] = ["br", "gz"];

/// Adds to the site what the last one had in the place of these files: they as they are, where they change; else what is
/// kept of them already.
pub fn keep(site: &mut Site, package: [PathBuf; 3]) -> Result<(), Error> {
    for path in package {
        let Some(present) = site.present(&path) else { continue };
        if site.content(&path) == Some(present.as_slice()) {
            for earlier in site.present_below(path.parent().unwrap_or(Path::new("")))? {
                if is_earlier(&earlier, &path)
                    && let Some(content) = site.present(&earlier)
                {
                    site.put(earlier, content);
                }
            }
            continue;
        }
        let forms = FORMS.map(|form| (form, site.present(&with_form(&path, form))));
        if forms.iter().all(|(_, content)| content.is_none()) {
            continue;
        }
        let earlier = hashed(&path, &present);
        for (form, content) in forms {
            if let Some(content) = content {
                site.put(with_form(&earlier, form), content);
            }
        }
        site.put(earlier, present);
    }
    Ok(())
}

/// `pkg/NAME.HASH.js` for `pkg/NAME.js`: eight hexadecimal digits of the content's SHA-256, as the server has them.
fn hashed(path: &Path, content: &[u8]) -> PathBuf {
    let hash = Sha256::digest(content);
    let hash: String = hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    path.with_extension(format!("{hash}.{}", extension(path)))
}

/// Whether a path is what [`hashed`] makes of another, or one of its forms.
fn is_earlier(earlier: &Path, path: &Path) -> bool {
    let name = |path: &Path| path.to_string_lossy().into_owned();
    let stem = name(&path.with_extension(""));
    let earlier = name(earlier);
    let Some((hash, kind)) = earlier
        .strip_prefix(&stem)
        .and_then(|rest| rest.strip_prefix('.')?.split_once('.'))
    else {
        return false;
    };
    let is_hash = hash.len() == 8 && hash.bytes().all(|digit| digit.is_ascii_hexdigit());
    let plain = FORMS.iter().find_map(|form| kind.strip_suffix(&format!(".{form}")));
    is_hash && plain.unwrap_or(kind) == extension(path)
}

fn extension(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().into_owned()
}

fn with_form(path: &Path, form: &str) -> PathBuf {
    path.with_extension(format!("{}.{form}", extension(path)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    const KINDS: [&str; 3] = ["js", "wasm", "css"];

    fn package() -> [PathBuf; 3] {
        KINDS.map(|kind| PathBuf::from(format!("pkg/chat.{kind}")))
    }

    /// Builds a site; each file's content is its kind and what is given for it.
    fn build(root: &Path, contents: [&str; 3], release: bool) -> Outcome {
        let mut site = Site::new(root);
        for (path, content) in package().into_iter().zip(contents) {
            site.put(path, content.repeat(200));
        }
        if release {
            site.put_compressed();
            keep(&mut site, package())?;
        }
        site.write()?;
        Ok(())
    }

    fn names(root: &Path) -> Vec<String> {
        let files = Site::new(root).present_below(Path::new("pkg")).unwrap_or_default();
        files.iter().map(|path| path.display().to_string()).collect()
    }

    fn of(kind: &str, content: &str) -> String {
        let path = PathBuf::from(format!("pkg/chat.{kind}"));
        hashed(&path, content.repeat(200).as_bytes()).display().to_string()
    }

    #[test]
    fn the_last_build_can_still_be_had_and_no_older_one() -> Outcome {
        let folder = tempfile::tempdir()?;
        let root = folder.path();
        build(root, ["a1 ", "b1 ", "c1 "], true)?;
        assert_eq!(names(root).len(), 9, "{:?}", names(root));

        build(root, ["a2 ", "b2 ", "c1 "], true)?;
        let kept = names(root);
        for name in [of("js", "a1 "), of("wasm", "b1 ")] {
            assert_eq!(fs::read(root.join(&name))?.len(), 600);
            for form in FORMS {
                assert!(kept.contains(&format!("{name}.{form}")), "{name}.{form}");
            }
        }
        assert_eq!(kept.len(), 15, "{kept:?}");
        // Built again, they stay.
        build(root, ["a2 ", "b2 ", "c1 "], true)?;
        assert_eq!(names(root), kept);

        build(root, ["a3 ", "b3 ", "c3 "], true)?;
        let kept = names(root);
        assert_eq!(kept.len(), 18, "{kept:?}");
        for (kind, gone, is) in [("js", "a1 ", "a2 "), ("wasm", "b1 ", "b2 "), ("css", "c2 ", "c1 ")] {
            assert!(
                kept.contains(&of(kind, is)) && !kept.contains(&of(kind, gone)),
                "{kind}"
            );
        }
        Ok(())
    }

    #[test]
    fn what_was_built_for_debugging_is_nothing_to_keep() -> Outcome {
        let folder = tempfile::tempdir()?;
        build(folder.path(), ["a1 ", "b1 ", "c1 "], false)?;
        build(folder.path(), ["a2 ", "b2 ", "c2 "], true)?;
        assert_eq!(names(folder.path()).len(), 9);
        build(folder.path(), ["a3 ", "b3 ", "c3 "], false)?;
        assert_eq!(names(folder.path()).len(), 3);
        Ok(())
    }

    #[test]
    fn names_of_other_files_are_no_hashes() {
        let js = Path::new("pkg/chat.js");
        for (name, expected) in [
            ("pkg/chat.0123abcd.js", true),
            ("pkg/chat.0123abcd.js.br", true),
            ("pkg/chat.0123abcd.css", false),
            ("pkg/chat.js", false),
            ("pkg/chat.js.br", false),
            ("pkg/chat.0123abcg.js", false),
            ("pkg/chats.0123abcd.js", false),
        ] {
            assert_eq!(is_earlier(Path::new(name), js), expected, "{name}");
        }
    }
}
