//! The site as it shall be, and the least writing that makes the folder equal to it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::{compress, error::Error};

/// All files of the site, collected before the first is written.
pub struct Site {
    root: PathBuf,
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Site {
    /// An empty site that will be written to `root`.
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            files: BTreeMap::new(),
        }
    }

    /// Adds a file; `path` is relative to the site's root.
    pub fn put(&mut self, path: impl Into<PathBuf>, content: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), content.into());
    }

    /// What the site shall have at `path`.
    pub fn content(&self, path: &Path) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// What is at `path` of its folder now.
    pub fn present(&self, path: &Path) -> Option<Vec<u8>> {
        fs::read(self.root.join(path)).ok()
    }

    /// All that is in a folder of it now, as paths in the site.
    pub fn present_below(&self, folder: &Path) -> Result<Vec<PathBuf>, Error> {
        let inside = |path: PathBuf| path.strip_prefix(&self.root).map(Path::to_owned).ok();
        Ok(files_below(&self.root.join(folder))?
            .into_iter()
            .filter_map(inside)
            .collect())
    }

    /// Adds all files of a folder, under the paths that they have in it.
    pub fn put_folder(&mut self, folder: &Path) -> Result<(), Error> {
        for path in files_below(folder)? {
            let content = fs::read(&path).map_err(Error::at(&path))?;
            let inside = path.strip_prefix(folder).unwrap_or(&path).to_owned();
            self.put(inside, content);
        }
        Ok(())
    }

    /// Adds, beside every file that gains by it, its brotli and gzip forms: `NAME.br`, `NAME.gz`.
    pub fn put_compressed(&mut self) {
        let compressed: Vec<_> = self
            .files
            .iter()
            .flat_map(|(path, content)| compress::forms(path, content))
            .collect();
        self.files.extend(compressed);
    }

    /// Makes the folder equal to the site; says how many files that took. A file whose content
    /// stays is not touched, so that what depends on its time is not built again.
    pub fn write(&self) -> Result<usize, Error> {
        let mut changed = 0;
        fs::create_dir_all(&self.root).map_err(Error::at(&self.root))?;
        for path in files_below(&self.root)? {
            let inside = path.strip_prefix(&self.root).unwrap_or(&path);
            if !self.files.contains_key(inside) {
                fs::remove_file(&path).map_err(Error::at(&path))?;
                changed += 1;
            }
        }
        for (inside, content) in &self.files {
            let path = self.root.join(inside);
            if fs::read(&path).is_ok_and(|present| present == *content) {
                continue;
            }
            replace(&path, content)?;
            changed += 1;
        }
        Ok(changed)
    }
}

/// Writes a file at once: a server that reads meanwhile sees the old one or the new one.
fn replace(path: &Path, content: &[u8]) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Error::at(folder))?;
    }
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    fs::write(&partial, content).map_err(Error::at(&partial))?;
    fs::rename(&partial, path).map_err(Error::at(path))
}

/// Every file in a folder and the folders in it, in a stable order. A folder that is not there has none.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.exists() {
            continue;
        }
        for entry in fs::read_dir(&folder).map_err(Error::at(&folder))? {
            let path = entry.map_err(Error::at(&folder))?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    #[test]
    fn writes_what_changed_and_removes_what_is_stale() -> Outcome {
        let folder = tempfile::tempdir()?;
        let mut site = Site::new(folder.path());
        site.put("robots.txt", "a");
        site.put("pkg/chat.js", "b");
        assert_eq!(site.write()?, 2);
        let before = fs::metadata(folder.path().join("robots.txt"))?.modified()?;

        fs::write(folder.path().join("pkg/old.js"), "stale")?;
        site.put("pkg/chat.js", "c");
        assert_eq!(site.write()?, 2);
        assert_eq!(site.write()?, 0);
        assert_eq!(fs::read_to_string(folder.path().join("pkg/chat.js"))?, "c");
        assert!(!folder.path().join("pkg/old.js").exists());
        assert_eq!(fs::metadata(folder.path().join("robots.txt"))?.modified()?, before);
        Ok(())
    }

    #[test]
    fn a_plain_build_leaves_no_compressed_forms_of_older_content() -> Outcome {
        let folder = tempfile::tempdir()?;
        let mut site = Site::new(folder.path());
        site.put("a.txt", "the same words again and again, ".repeat(20));
        site.put_compressed();
        site.write()?;
        assert!(folder.path().join("a.txt.br").exists());

        let mut site = Site::new(folder.path());
        site.put("a.txt", "other words");
        site.write()?;
        assert_eq!(files_below(folder.path())?, [folder.path().join("a.txt")]);
        Ok(())
    }
}
