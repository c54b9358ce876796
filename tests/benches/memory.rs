//! `cargo bench --bench memory`: the most memory that the handler's process has while it takes a large bundle from Azurite
//! and stages it there: upload, event, `SyncJob`.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it saw")]

use std::io::{Cursor, Write};

use anyhow::{Context as _, ensure};
use axum::body::Bytes;
use world::azurite::Azurite;
use world::bundles;
use world::events::blob_created;
use world::host::Host;
use world::prefect::{Server, THREE};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// How many files of how many bytes: one large, some of middle size, many small.
const FILES: [(usize, usize); 3] = [(1, 120 << 20), (5, 10 << 20), (2_000, 15 << 10)];

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (server, azurite) = (Server::start(THREE).await?, Azurite::on_disk().await?);
    let settings = [
        ("PREFECT_API_URL", server.api.as_str()),
        ("SYNC_CREATE_POOLS", "true"),
        ("SYNC_POOL_TYPE", "process"),
    ];
    let host = Host::start(&azurite, &settings).await?;
    let before = peak(host.id().await)?;
    let bundle = Bytes::from(bundle()?);
    println!("bundle: {} files, {} MiB compressed", count(), bundle.len() >> 20);
    upload(&host, bundle).await?;
    println!(
        "peak resident set of the handler: {before} KiB idle, {} KiB after it",
        peak(host.id().await)?
    );
    Ok(())
}

async fn upload(host: &Host, bundle: Bytes) -> anyhow::Result<()> {
    let parts = (0..bundle.len()).step_by(1 << 20);
    let parts: Vec<_> =
        parts.map(|it| Ok(bundle.slice(it..bundle.len().min(it + (1 << 20))))).collect();
    let etag = host.stores.bundles.write_stream("large.zip", futures::stream::iter(parts)).await?;
    host.events(&[blob_created("large.zip", &etag)]).await?;
    host.pump().await?;
    let staged = host.stores.code.list("large/").await?.len();
    // with the example's two files and the manifest
    ensure!(staged == count() + 3, "{staged} files were staged:\n{}", host.log()?);
    Ok(())
}

fn count() -> usize {
    FILES.iter().map(|it| it.0).sum()
}

/// The example bundle with much data beside it.
fn bundle() -> anyhow::Result<Vec<u8>> {
    let mut writer = ZipWriter::new_append(Cursor::new(bundles::hello(|yaml| yaml)?))?;
    let mut noise = Noise(0x9e37_79b9_7f4a_7c15);
    for (count, size) in FILES {
        for index in 0..count {
            writer.start_file(format!("data/{size}/{index}.bin"), SimpleFileOptions::default())?;
            noise.fill(&mut writer, size)?;
        }
    }
    Ok(writer.finish()?.into_inner())
}

/// Bytes that do not compress, the same ones in each run (xorshift64).
struct Noise(u64);

impl Noise {
    fn fill(&mut self, out: &mut impl Write, size: usize) -> anyhow::Result<()> {
        let mut out = std::io::BufWriter::new(out);
        for _ in 0..size / 8 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            out.write_all(&self.0.to_le_bytes())?;
        }
        Ok(out.flush()?)
    }
}

/// The peak resident set of the process `id` so far, in KiB.
fn peak(id: u32) -> anyhow::Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    let number = line.and_then(|it| it.trim().strip_suffix(" kB"));
    Ok(number.context("/proc does not tell VmHWM")?.trim().parse()?)
}
