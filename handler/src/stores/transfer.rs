//! Large contents from and to Azure, in bounded memory.

use std::io;
use std::num::NonZero;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use async_trait::async_trait;
use azure_core::error::ErrorKind;
use azure_core::http::{Body, Etag, NoFormat, RequestContent};
use azure_core::stream::SeekableStream;
use azure_storage_blob::BlobClient;
use azure_storage_blob::models::{BlobClientDownloadOptions, BlobClientUploadOptions, HttpRange};
use bytes::Bytes;
use futures::{AsyncRead, Stream, StreamExt as _};
use tokio::io::{AsyncWrite, AsyncWriteExt as _};

use super::azure::{optional, was_cut, within};
use super::{Item, StoreError};

/// The deadline of one transfer; the job's own is shorter.
pub(super) const LONGEST: Duration = Duration::from_mins(10);
/// Two parts of 4 MiB at once: 23 MB resident for 200 MiB; the default, 8 and more, took 48 to 97 MB.
const PARALLEL: Option<NonZero<usize>> = NonZero::new(2);
const PART: usize = 4 << 20;
/// How often in a row a cut body is taken up again.
const RESUMES: u32 = 5;

/// Upload settings with bounded memory.
pub(super) fn upload_options<'a>() -> BlobClientUploadOptions<'a> {
    let partition_size = NonZero::new(PART as u64);
    BlobClientUploadOptions { parallel: PARALLEL, partition_size, ..Default::default() }
}

/// Writes the version `item` of `blob` to `out`; false when it is gone.
pub(super) async fn download<W: AsyncWrite + Unpin>(
    blob: &BlobClient,
    item: &Item,
    max: u64,
    out: &mut W,
) -> Result<bool, StoreError> {
    if item.size > max {
        let why = format!("it has {} bytes, at most {max} may be", item.size);
        return Err(StoreError::rejected("download", &item.key, &why));
    }
    let copy = copy(blob, item, out);
    let result = tokio::time::timeout(LONGEST, copy).await;
    result.unwrap_or_else(|_elapsed| Err(StoreError::timeout("download", &item.key)))
}

/// The SDK does not retry once a body has begun: a cut one is taken up where it ended, of the same version only.
async fn copy<W: AsyncWrite + Unpin>(
    blob: &BlobClient,
    item: &Item,
    out: &mut W,
) -> Result<bool, StoreError> {
    let what = ("download", item.key.as_str());
    let (mut done, mut left) = (0, RESUMES);
    while done < item.size {
        let options = BlobClientDownloadOptions {
            range: (done > 0).then(|| HttpRange::from_offset(done)),
            if_match: Some(Etag::from(format!("\"{}\"", item.etag.as_str()))),
            parallel: PARALLEL,
            partition_size: NonZero::new(PART),
            ..Default::default()
        };
        let call = within(what, LONGEST, blob.download(Some(options)));
        let Some(mut answer) = optional(call.await)? else { return Ok(false) };
        while let Some(chunk) = answer.body.next().await {
            match chunk {
                Ok(chunk) => {
                    done += chunk.len() as u64;
                    out.write_all(&chunk)
                        .await
                        .map_err(|it| StoreError::of_io(what.0, what.1, &it))?;
                    left = RESUMES;
                }
                Err(error) if left > 0 && was_cut(&error) => break,
                Err(error) => return Err(StoreError::of_azure(what.0, what.1, &error)),
            }
        }
        if done < item.size {
            left = left.checked_sub(1).ok_or_else(|| StoreError::timeout(what.0, what.1))?;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
    out.flush().await.map_err(|it| StoreError::of_io(what.0, what.1, &it))?;
    if done > item.size {
        return Err(StoreError::garbled(what.0, what.1, "more bytes came than the blob has"));
    }
    Ok(true)
}

type Chunks = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// A stream that is read once. The upload keeps each part that it may have to send again, so `reset` is never needed.
#[derive(Clone)]
struct OneShot(Arc<Mutex<(Chunks, Bytes)>>);

impl std::fmt::Debug for OneShot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OneShot")
    }
}

/// `content` as the body of an upload, of unknown length.
pub(super) fn one_shot<S>(content: S) -> RequestContent<Bytes, NoFormat>
where
    S: Stream<Item = io::Result<Bytes>> + Send + 'static,
{
    let chunks: Chunks = Box::pin(content);
    Body::SeekableStream(Box::new(OneShot(Arc::new(Mutex::new((chunks, Bytes::new())))))).into()
}

impl AsyncRead for OneShot {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        out: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (chunks, current) = &mut *inner;
        while current.is_empty() {
            match chunks.as_mut().poll_next(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(Ok(0)),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Err(error)),
                Poll::Ready(Some(Ok(chunk))) => *current = chunk,
            }
        }
        let part = current.split_to(current.len().min(out.len()));
        for (to, from) in out.iter_mut().zip(&part) {
            *to = *from;
        }
        Poll::Ready(Ok(part.len()))
    }
}

#[async_trait]
impl SeekableStream for OneShot {
    async fn reset(&mut self) -> azure_core::Result<()> {
        Err(azure_core::Error::with_message(ErrorKind::Other, "the stream can be read once only"))
    }

    fn len(&self) -> Option<u64> {
        None
    }
}
