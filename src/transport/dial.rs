//! A TCP connection to the first address of a host that answers.

use rustix::net::sockopt::{set_socket_keepalive, set_tcp_keepcnt, set_tcp_keepidle, set_tcp_keepintvl, set_tcp_user_timeout};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;

/// How long one address may take.
const PER_ADDRESS: Duration = Duration::from_secs(10);
/// How long an address has before the next one is tried beside it (RFC 8305 §5).
const HEAD_START: Duration = Duration::from_millis(250);

/// Tries the addresses in their order, each a little after the one before it or once that one refuses; the first that answers is taken. If none does:
/// why the last one did not.
pub(super) async fn dial_any(addresses: Vec<SocketAddr>) -> Result<TcpStream, io::ErrorKind> {
    let (mut waiting, mut under_way) = (addresses.into_iter(), JoinSet::new());
    let mut why = io::ErrorKind::AddrNotAvailable;
    loop {
        if let Some(address) = waiting.next() {
            under_way.spawn(timeout(PER_ADDRESS, dial(address)));
        } else if under_way.is_empty() {
            return Err(why);
        }
        let patience = if waiting.len() > 0 { HEAD_START } else { PER_ADDRESS };
        match timeout(patience, under_way.join_next()).await {
            Ok(Some(Ok(Ok(Ok(tcp))))) => return Ok(tcp),
            Ok(Some(Ok(Ok(Err(error))))) => why = error.kind(),
            Ok(Some(_)) => why = io::ErrorKind::TimedOut,
            Ok(None) | Err(_) => {}
        }
    }
}

async fn dial(address: SocketAddr) -> io::Result<TcpStream> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // A command is several small writes; without this each waits for the peer's delayed acknowledgement.
    socket.set_nodelay(true)?;
    notice_silence(&socket)?;
    socket.connect(address).await
}

/// A peer that vanished without a word is noticed after two minutes of quiet, and after one where bytes wait for it (THREATS §4): a firewall
/// that forgot the connection, a machine that lost its power. The kernel's own patience is two hours.
fn notice_silence(socket: &TcpSocket) -> io::Result<()> {
    const QUIET: Duration = Duration::from_secs(60);
    const BETWEEN: Duration = Duration::from_secs(15);
    const QUESTIONS: u32 = 4;
    const UNANSWERED_MILLIS: u32 = 60_000;
    set_socket_keepalive(socket, true)?;
    set_tcp_keepidle(socket, QUIET)?;
    set_tcp_keepintvl(socket, BETWEEN)?;
    set_tcp_keepcnt(socket, QUESTIONS)?;
    set_tcp_user_timeout(socket, UNANSWERED_MILLIS)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener};
    use std::time::Instant;

    const DEAD: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
    const LATE: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 3));
    const LIVING: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    /// Its queue is full: connecting takes until somebody empties it.
    fn hole(at: IpAddr) -> (TcpListener, SocketAddr, Vec<std::net::TcpStream>) {
        let hole = TcpListener::bind((at, 0)).unwrap();
        let dead = hole.local_addr().unwrap();
        let full: Vec<_> = (0..5_000).map_while(|_| std::net::TcpStream::connect_timeout(&dead, Duration::from_millis(200)).ok()).collect();
        assert!(full.len() < 5_000, "the queue never fills");
        (hole, dead, full)
    }

    #[tokio::test]
    async fn f59_an_address_at_which_nobody_answers_hides_no_living_one() {
        let (_hole, dead, _full) = hole(DEAD);
        let refusing = TcpListener::bind((LIVING, 0)).unwrap().local_addr().unwrap();
        let listener = TcpListener::bind((LIVING, 0)).unwrap();
        let living = listener.local_addr().unwrap();
        // One after the other twelve dead ones would take two minutes.
        let many = [vec![dead; 12], vec![living]].concat();
        let mut orders = vec![many, vec![dead, dead, refusing, living], vec![refusing, dead, living], vec![living, dead]];
        // Where this machine has IPv6 at all.
        let sixth = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).ok();
        let newer = sixth.as_ref().and_then(|listener| listener.local_addr().ok());
        orders.extend(newer.map(|newer| vec![dead, newer]));
        for order in orders {
            let began = Instant::now();
            let tcp = timeout(Duration::from_secs(60), dial_any(order.clone())).await.expect("a living one is hidden").unwrap();
            assert!([Some(living), newer].contains(&tcp.peer_addr().ok()), "{order:?}");
            assert!(began.elapsed() < PER_ADDRESS, "a dead one was waited for: {order:?}");
        }
        assert_eq!(dial_any(vec![refusing]).await.unwrap_err(), io::ErrorKind::ConnectionRefused);
        assert_eq!(dial_any(Vec::new()).await.unwrap_err(), io::ErrorKind::AddrNotAvailable);
    }

    #[tokio::test]
    async fn f59_an_address_that_answers_late_is_not_given_up_for_dead_ones() {
        let (_hole, dead, _full) = hole(DEAD);
        let (listener, late, _waiting) = hole(LATE);
        listener.set_nonblocking(true).unwrap();
        let answers = async {
            tokio::time::sleep(HEAD_START * 3).await;
            while listener.accept().is_ok() {}
        };
        let (tcp, ()) = tokio::join!(dial_any(vec![late, dead, dead]), answers);
        assert_eq!(tcp.unwrap().peer_addr().unwrap(), late);
    }
}
