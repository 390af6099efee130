//! The pages over HTTP/1.1, on this very machine: GET only, one request a connection, everything bounded.

use super::page;
use crate::service::Service;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// Longest head of a request.
const LONGEST_HEAD: usize = 8 * 1024;
/// How long a request and its answer may each take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Requests that are answered at once; further ones wait at the door.
const MOST_AT_ONCE: usize = 8;

/// Offers the pages at `listen` until `stop`.
pub(super) async fn serve(service: Arc<Service>, listen: SocketAddr, stop: CancellationToken) {
    let bound = if listen.ip().is_loopback() { TcpListener::bind(listen).await } else { Err(std::io::ErrorKind::AddrNotAvailable.into()) };
    let listener = match bound {
        Ok(listener) => listener,
        Err(fault) => {
            tracing::error!(%listen, fault = %fault.kind(), "the pages /healthz and /metrics are not offered; name a free port of this machine as `listen` in [health] of service.toml");
            return;
        }
    };
    tracing::info!(%listen, "the pages /healthz and /metrics are offered");
    let places = Arc::new(Semaphore::new(MOST_AT_ONCE));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => return,
        };
        match accepted {
            Ok((stream, _)) => {
                let service = Arc::clone(&service);
                tokio::spawn(async move {
                    let _place = place;
                    let _ = answer(&service, stream).await;
                });
            }
            // No file is left to open: whoever holds some lets go of them.
            Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    }
}

async fn answer(service: &Service, mut stream: TcpStream) -> std::io::Result<()> {
    let head = timeout(PATIENCE, head(&mut stream)).await.unwrap_or(Ok(None))?;
    let response = respond(head.as_deref(), |path| service.health.page(path));
    timeout(PATIENCE, async {
        stream.write_all(response.as_bytes()).await?;
        stream.shutdown().await
    })
    .await
    .unwrap_or(Ok(()))
}

/// The head of the request; `None` if it is too long, cut off or no text.
async fn head(stream: &mut TcpStream) -> std::io::Result<Option<String>> {
    let mut head = Vec::with_capacity(1_024);
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if head.len() >= LONGEST_HEAD || (&mut *stream).take(1_024).read_buf(&mut head).await? == 0 {
            return Ok(None);
        }
    }
    Ok(String::from_utf8(head).ok())
}

/// A page: its state, type and text.
pub(super) struct Page {
    pub state: &'static str,
    pub kind: &'static str,
    pub text: String,
}

/// The whole answer to a request.
fn respond(head: Option<&str>, page: impl FnOnce(&str) -> Option<Page>) -> String {
    let plain = |state: &'static str, text: &str| Page { state, kind: "text/plain; charset=utf-8", text: text.to_owned() };
    let mut words = head.and_then(|head| head.lines().next()).unwrap_or_default().split(' ');
    let (method, path, version) = (words.next().unwrap_or_default(), words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let page = match (method, version) {
        ("GET", "HTTP/1.1" | "HTTP/1.0") => {
            page(path.split('?').next().unwrap_or_default()).unwrap_or_else(|| plain("404 Not Found", "There is /healthz and /metrics.\n"))
        }
        (_, "HTTP/1.1" | "HTTP/1.0") => plain("405 Method Not Allowed", "Only GET is answered.\n"),
        _ => plain("400 Bad Request", "This is no request that is answered here.\n"),
    };
    let allow = if page.state.starts_with("405") { "Allow: GET\r\n" } else { "" };
    let Page { state, kind, text } = page;
    format!("HTTP/1.1 {state}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n{allow}Connection: close\r\n\r\n{text}", text.len())
}

/// The page at `path` of what was seen.
pub(super) fn page_at(path: &str, seen: Option<&page::Seen>) -> Option<Page> {
    match path {
        "/healthz" => {
            let (well, text) = page::health(seen);
            Some(Page { state: if well { "200 OK" } else { "503 Service Unavailable" }, kind: "application/json", text })
        }
        "/metrics" => Some(Page { state: "200 OK", kind: "text/plain; version=0.0.4; charset=utf-8", text: page::metrics(seen) }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_get_of_a_known_page_is_answered_with_one() {
        let state = |head: &str| respond(Some(head), |path| page_at(path, None)).lines().next().unwrap_or_default().to_owned();
        assert_eq!(state("GET /healthz HTTP/1.1\r\n\r\n"), "HTTP/1.1 503 Service Unavailable");
        assert_eq!(state("GET /metrics?x=1 HTTP/1.0\r\n\r\n"), "HTTP/1.1 200 OK");
        assert_eq!(state("GET / HTTP/1.1\r\n\r\n"), "HTTP/1.1 404 Not Found");
        assert_eq!(state("POST /metrics HTTP/1.1\r\n\r\n"), "HTTP/1.1 405 Method Not Allowed");
        for junk in ["", "GET", "GET /metrics", "\r\n\r\n", "EHLO x\r\n\r\n"] {
            assert_eq!(state(junk), "HTTP/1.1 400 Bad Request", "{junk:?}");
        }
        assert!(respond(None, |_| None).starts_with("HTTP/1.1 400 "));
    }

    #[tokio::test]
    async fn a_head_ends_somewhere() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        for (said, heard) in [
            (b"GET / HTTP/1.1\r\nA: b\r\n\r\n".to_vec(), true),
            (b"GET / HTTP/1.1\r\nA: b\r\n".to_vec(), false),
            (vec![b'x'; 2 * LONGEST_HEAD], false),
            (b"GET /\xff HTTP/1.1\r\n\r\n".to_vec(), false),
        ] {
            let mut client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
            let (mut stream, _) = listener.accept().await.unwrap();
            client.write_all(&said).await.unwrap();
            client.shutdown().await.unwrap();
            assert_eq!(head(&mut stream).await.unwrap().is_some(), heard);
        }
    }
}
