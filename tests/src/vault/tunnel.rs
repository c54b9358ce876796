//! A proxy that knows the way to the vaults and to nothing else.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

use super::DOMAIN;

/// Bytes of a request's head.
const LONGEST: usize = 8 << 10;

/// A proxy for `CONNECT NAME.vault.azure.net:443`, which is at `vaults`.
pub(super) async fn start(vaults: SocketAddr) -> anyhow::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    #[expect(clippy::disallowed_methods, reason = "ends with the runtime of the test")]
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            #[expect(clippy::disallowed_methods, reason = "ends with the runtime of the test")]
            tokio::spawn(connect(stream, vaults));
        }
    });
    Ok(address)
}

async fn connect(mut stream: TcpStream, vaults: SocketAddr) -> io::Result<()> {
    let head = head(&mut stream).await?;
    let mut words = head.split_whitespace();
    let target = (words.next() == Some("CONNECT")).then(|| words.next()).flatten();
    let known =
        target.and_then(|it| it.strip_suffix(":443")).is_some_and(|it| it.ends_with(DOMAIN));
    if !known {
        return stream.write_all(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n").await;
    }
    let mut vault = TcpStream::connect(vaults).await?;
    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
    copy_bidirectional(&mut stream, &mut vault).await.map(|_| ())
}

/// What is sent up to the empty line. A client says nothing more before it is answered.
async fn head(stream: &mut TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && head.len() < LONGEST {
        head.push(stream.read_u8().await?);
    }
    String::from_utf8(head).map_err(io::Error::other)
}
