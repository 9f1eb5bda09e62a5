//! A bucket, where many machines keep files.

use std::str::FromStr;

use object_store::path::Path;

/// A bucket, and a folder in it: `s3://bucket/folder`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BucketUrl {
    /// Its name.
    pub bucket: String,
    /// What all names of files begin with. Empty for the bucket itself.
    pub folder: Path,
}

impl FromStr for BucketUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FORM: &str = "write s3://BUCKET or s3://BUCKET/FOLDER";
        let place = text.strip_prefix("s3://").ok_or(FORM)?;
        let (bucket, folder) = place.split_once('/').unwrap_or((place, ""));
        // What AWS lets a bucket be called.
        let is_name = (3..=63).contains(&bucket.len())
            && bucket
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.'));
        if !is_name {
            return Err(FORM);
        }
        Ok(Self {
            bucket: bucket.to_owned(),
            folder: Path::parse(folder.trim_end_matches('/')).map_err(|_| FORM)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_has_a_name_and_may_have_a_folder() {
        for (text, bucket, folder) in [
            ("s3://chat-media", "chat-media", ""),
            ("s3://chat-media/", "chat-media", ""),
            ("s3://chat.media/of/this-one/", "chat.media", "of/this-one"),
        ] {
            let url: BucketUrl = text.parse().expect(text);
            assert_eq!((url.bucket.as_str(), url.folder.as_ref()), (bucket, folder));
        }
        for text in [
            "",
            "s3://",
            "s3:///folder",
            "s3://Bucket",
            "s3://key:secret@bucket",
            "s3://chat/x//y",
            "bucket",
        ] {
            assert!(text.parse::<BucketUrl>().is_err(), "{text}");
        }
    }
}
