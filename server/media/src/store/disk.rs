//! A folder of this machine's disk.

use std::{fs, io, path::Path, sync::Arc};

use object_store::{ObjectStore, local::LocalFileSystem};

/// Files in `folder`, which is made where it is missing, readable to nobody else. Those that were not written to their
/// end when the server stopped are removed.
pub(super) fn open(folder: &Path) -> io::Result<Arc<dyn ObjectStore>> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)?;
    remove_unfinished(folder)?;
    // Written to another name, synced, renamed: what is there is whole. A room's folder goes with its last file.
    let disk = LocalFileSystem::new_with_prefix(folder)
        .map_err(io::Error::other)?
        .with_fsync(true)
        .with_automatic_cleanup(true);
    Ok(Arc::new(disk))
}

/// Removes what a crash has left of files under way: they have a `#` in their name, which no id has.
fn remove_unfinished(folder: &Path) -> io::Result<()> {
    for room in fs::read_dir(folder)? {
        let room = room?;
        if !room.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(room.path())? {
            let file = file?;
            if file.file_name().to_string_lossy().contains('#') {
                fs::remove_file(file.path())?;
            }
        }
        // A folder that still has something in it stays.
        let _ = fs::remove_dir(room.path());
    }
    Ok(())
}
