//! One POST over one connection.

use super::TokenError;
use crate::transport::{Endpoint, Opened, Stream};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, CONNECTION, CONTENT_TYPE, HOST, RETRY_AFTER};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper::{Request, Response};
use secrecy::{ExposeSecret, SecretString};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The head of an answer, in bytes.
const LARGEST_HEAD: usize = 16 * 1024;
/// Its body: a token of Microsoft's has some thousand characters.
const LARGEST_BODY: usize = 64 * 1024;
/// The longest pause that an endpoint may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(3_600);

/// What the endpoint answered.
pub(super) struct Answer {
    pub status: u16,
    pub pause: Option<Duration>,
    pub body: SecretString,
}

/// Sends `form` to `path`. A redirection is an answer like any other: nothing is sent to wherever it points.
pub(super) async fn post(endpoint: &Endpoint, path: &str, form: &SecretString, limit: Duration) -> Result<Answer, TokenError> {
    let strange = || TokenError::Strange { server: endpoint.server(), status: 0 };
    let Opened::Ready(stream) = endpoint.open(limit).await? else { return Err(strange()) };
    let mut builder = http1::Builder::new();
    builder.max_buf_size(LARGEST_HEAD);
    let (mut sender, connection) = builder.handshake(Wire(stream)).await.map_err(|_| strange())?;
    let host = if endpoint.port == 443 { endpoint.host.clone() } else { endpoint.server() };
    let request = Request::post(path)
        .header(HOST, host)
        .header(ACCEPT, "application/json")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(CONNECTION, "close")
        .body(Full::new(Bytes::copy_from_slice(form.expose_secret().as_bytes())))
        .map_err(|_| strange())?;
    let exchange = async {
        let (head, body) = sender.send_request(request).await.map_err(|_| strange())?.into_parts();
        let (status, pause) = (head.status.as_u16(), pause(&Response::from_parts(head, ())));
        let body = Limited::new(body, LARGEST_BODY).collect().await.map_err(|_| TokenError::Strange { server: endpoint.server(), status })?.to_bytes();
        let text = std::str::from_utf8(&body).map_err(|_| TokenError::Strange { server: endpoint.server(), status })?;
        Ok(Answer { status, pause, body: SecretString::from(text.to_owned()) })
    };
    tokio::pin!(connection, exchange);
    tokio::select! {
        answer = &mut exchange => answer,
        // The connection may end before what came over it is read.
        _ = &mut connection => exchange.await,
    }
}

/// Retry-After in seconds (RFC 9110 §10.2.3); a date is as good as nothing said.
fn pause(response: &Response<()>) -> Option<Duration> {
    let seconds = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_PAUSE))
}

/// The house's connection as hyper sees it.
struct Wire(Stream);

impl Read for Wire {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, mut into: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        let mut bytes = [0_u8; 4_096];
        let room = into.remaining().min(bytes.len());
        let mut buffer = ReadBuf::new(bytes.split_at_mut(room).0);
        ready!(Pin::new(&mut self.get_mut().0).poll_read(cx, &mut buffer))?;
        into.put_slice(buffer.filled());
        Poll::Ready(Ok(()))
    }
}

impl Write for Wire {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().0).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().0).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().0).poll_shutdown(cx)
    }
}
