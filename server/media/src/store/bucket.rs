//! A bucket of S3, or of a store that speaks as it does.

use std::{sync::Arc, time::Duration};

use futures_util::TryStreamExt;
use object_store::{
    ClientConfigKey, ObjectStore, RetryConfig,
    aws::{AmazonS3Builder, AmazonS3ConfigKey},
    prefix::PrefixStore,
};

use super::url::BucketUrl;

/// How long a person who shares a picture waits for a bucket that does not answer, before they are told to try again.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Files in a bucket. Keys, region and endpoint come from AWS's own variables (`AWS_ACCESS_KEY_ID`,
/// `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL`, `AWS_ALLOW_HTTP` …), or from the machine's role. The
/// bucket is asked whether it opens: better now than when somebody shares a picture.
pub(super) async fn open(url: &BucketUrl) -> object_store::Result<Arc<dyn ObjectStore>> {
    // Of the program's one library of ciphers. Fails where it is chosen already, which is as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let bucket = of_environment()
        .with_bucket_name(&url.bucket)
        .with_config(
            AmazonS3ConfigKey::Client(ClientConfigKey::Timeout),
            format!("{}s", ANSWER_WITHIN.as_secs()),
        )
        .with_retry(RetryConfig {
            max_retries: 3,
            retry_timeout: ANSWER_WITHIN,
            ..RetryConfig::default()
        })
        .build()?;
    let bucket = PrefixStore::new(bucket, url.folder.clone());
    bucket.list(None).try_next().await?;
    Ok(Arc::new(bucket))
}

/// What AWS's own variables say. As with ours, one that is empty says nothing.
fn of_environment() -> AmazonS3Builder {
    let said =
        std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    let said = said.filter(|(name, value)| name.starts_with("AWS_") && !value.is_empty());
    said.fold(AmazonS3Builder::new(), |builder, (name, value)| {
        match name.to_ascii_lowercase().parse() {
            Ok(key) => builder.with_config(key, value),
            Err(_) => builder,
        }
    })
}
