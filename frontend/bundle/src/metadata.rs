//! What `[[workspace.metadata.leptos]]` says; the part that this program needs.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use serde::Deserialize;

use crate::error::Error;

const MANIFEST: &str = "Cargo.toml";

/// The site's names and folders. Paths are relative to the workspace's root.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Metadata {
    /// The stem of the package's files: `NAME.js`, `NAME.wasm`, `NAME.css`.
    pub output_name: String,
    /// The folder that the server serves. Whatever in it this program did not make, it removes.
    pub site_root: PathBuf,
    /// The package's folder in the site.
    pub site_pkg_dir: PathBuf,
    /// The style sheet that imports all others.
    pub style_file: PathBuf,
    /// The folder whose files are copied into the site as they are.
    pub assets_dir: PathBuf,
    /// The oldest browsers the styles are written for.
    pub browserquery: String,
}

impl Metadata {
    /// Reads the workspace's manifest in the current folder.
    pub fn read() -> Result<Self, Error> {
        let text = fs::read_to_string(MANIFEST).map_err(Error::at(MANIFEST))?;
        Self::parse(&text)
    }

    fn parse(text: &str) -> Result<Self, Error> {
        let manifest: Manifest = toml::from_str(text).map_err(|error| Error::Metadata(error.to_string()))?;
        let metadata = manifest.workspace.metadata.leptos.into_iter().next();
        let metadata = metadata.ok_or_else(|| Error::Metadata("the list is empty".into()))?;
        if !is_below_target(&metadata.site_root) {
            return Err(Error::Metadata(
                "site-root must be a folder below target/: stale files there are removed".into(),
            ));
        }
        Ok(metadata)
    }

    /// The path in the site of the package's file with this extension.
    pub fn package(&self, extension: &str) -> PathBuf {
        self.site_pkg_dir.join(format!("{}.{extension}", self.output_name))
    }
}

fn is_below_target(path: &Path) -> bool {
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    plain && path.starts_with("target") && path != Path::new("target")
}

#[derive(Deserialize)]
struct Manifest {
    workspace: Workspace,
}

#[derive(Deserialize)]
struct Workspace {
    metadata: Tools,
}

#[derive(Deserialize)]
struct Tools {
    leptos: Vec<Metadata>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(site_root: &str) -> String {
        format!(
            "[[workspace.metadata.leptos]]\noutput-name = 'chat'\nsite-root = '{site_root}'\nsite-pkg-dir = 'pkg'\n\
             style-file = 'style/main.css'\nassets-dir = 'public'\nbrowserquery = 'chrome >= 123'\nenv = 'DEV'\n"
        )
    }

    #[test]
    fn names_the_package_files() -> Result<(), Error> {
        assert_eq!(
            Metadata::parse(&manifest("target/site"))?.package("wasm"),
            Path::new("pkg/chat.wasm")
        );
        Ok(())
    }

    #[test]
    fn refuses_a_site_whose_cleaning_would_remove_sources() {
        for site_root in [
            "",
            ".",
            "/",
            "target",
            "target/..",
            "target/../app",
            "/target/site",
            "style",
        ] {
            assert!(Metadata::parse(&manifest(site_root)).is_err(), "{site_root:?}");
        }
    }
}
