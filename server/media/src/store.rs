//! Where bytes are kept: stored rooms' on the disk or in a bucket, live rooms' in memory.
//!
//! In memory, what is said in a live room goes as its log does, with the process, and needs neither a cipher nor a key;
//! how much there may be is the registry's to say. Each is an object store.

mod bucket;
mod disk;
mod url;

use std::{io, path::Path as FilePath, sync::Arc};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutPayload, memory::InMemory, path::Path};
use wire::domain::{MediaId, RoomId};

pub use self::url::BucketUrl;

/// Why there is nowhere to keep bytes.
#[derive(Debug, thiserror::Error)]
pub enum NoMediaStore {
    /// No folder for them.
    #[error("DATA_DIR/media cannot be used: {0}")]
    Disk(#[from] io::Error),
    /// No bucket: what is said of it is not enough, or makes no sense.
    #[error("MEDIA_URL: the bucket cannot be used: {0}")]
    Bucket(#[from] object_store::Error),
}

/// Why bytes were not kept or not found. Which ones is not said.
#[derive(Debug, thiserror::Error)]
pub enum MediaStoreError {
    /// Nothing of that name is here.
    #[error("there is no such file")]
    Missing,
    /// The disk or the bucket failed, or is full. The error itself would name the file, and with it the room.
    #[error("files cannot be kept: {0}")]
    Store(&'static str),
}

impl From<object_store::Error> for MediaStoreError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            object_store::Error::PermissionDenied { .. } | object_store::Error::Unauthenticated { .. } => {
                Self::Store("permission denied")
            }
            _ => Self::Store("the disk or the bucket failed, or is full"),
        }
    }
}

/// A part of a file.
pub type Slice = BoxStream<'static, Result<Bytes, MediaStoreError>>;

/// The bytes of all rooms.
#[derive(Debug, Clone)]
pub struct MediaStore {
    stored: Arc<dyn ObjectStore>,
    live: Arc<dyn ObjectStore>,
}

impl MediaStore {
    /// Files in `bucket`, or else in `folder`.
    ///
    /// # Errors
    /// [`NoMediaStore`].
    pub async fn open(folder: &FilePath, bucket: Option<&BucketUrl>) -> Result<Self, NoMediaStore> {
        let stored = match bucket {
            Some(bucket) => bucket::open(bucket).await?,
            None => disk::open(folder)?,
        };
        Ok(Self {
            stored,
            live: Arc::new(InMemory::new()),
        })
    }

    fn of(&self, is_stored: bool) -> &dyn ObjectStore {
        if is_stored { &*self.stored } else { &*self.live }
    }

    /// Keeps a file. It is there when this returns, all of it, or not at all.
    ///
    /// # Errors
    /// [`MediaStoreError::Store`].
    pub async fn put(&self, is_stored: bool, room: &RoomId, id: &MediaId, bytes: Bytes) -> Result<(), MediaStoreError> {
        let payload = PutPayload::from_bytes(bytes);
        self.of(is_stored).put(&path(room, id), payload).await?;
        Ok(())
    }

    /// Bytes `from` to `to`, the last one not included.
    ///
    /// # Errors
    /// [`MediaStoreError`].
    pub async fn get(
        &self,
        is_stored: bool,
        room: &RoomId,
        id: &MediaId,
        (from, to): (u64, u64),
    ) -> Result<Slice, MediaStoreError> {
        let range = GetRange::Bounded(from..to);
        let found = self
            .of(is_stored)
            .get_opts(&path(room, id), GetOptions::new().with_range(Some(range)))
            .await?;
        Ok(found.into_stream().map_err(MediaStoreError::from).boxed())
    }

    /// Removes a file, if there is one.
    ///
    /// # Errors
    /// [`MediaStoreError::Store`].
    pub async fn remove(&self, is_stored: bool, room: &RoomId, id: &MediaId) -> Result<(), MediaStoreError> {
        gone(self.of(is_stored).delete(&path(room, id)).await)
    }

    /// Removes all files of a room. Needs no space on the disk, and can be repeated.
    ///
    /// # Errors
    /// [`MediaStoreError::Store`].
    pub async fn purge(&self, is_stored: bool, room: &RoomId) -> Result<(), MediaStoreError> {
        let store = self.of(is_stored);
        let files = store.list(Some(&Path::from(room.as_str())));
        // A bucket is asked once for many of them.
        let mut removed = store.delete_stream(files.map_ok(|file| file.location).boxed());
        while let Some(removed) = removed.next().await {
            gone(removed.map(drop))?;
        }
        Ok(())
    }

    /// Rooms that have files that outlive the process.
    ///
    /// # Errors
    /// [`MediaStoreError::Store`].
    pub async fn stored_rooms(&self) -> Result<Vec<RoomId>, MediaStoreError> {
        let folders = self.stored.list_with_delimiter(None).await?.common_prefixes;
        let rooms = folders
            .iter()
            .filter_map(|folder| RoomId::parse(folder.filename()?).ok());
        Ok(rooms.collect())
    }
}

fn path(room: &RoomId, id: &MediaId) -> Path {
    Path::from_iter([room.as_str(), id.as_str()])
}

fn gone(deleted: object_store::Result<()>) -> Result<(), MediaStoreError> {
    match deleted {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
