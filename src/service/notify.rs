//! What systemd is told (sd_notify(3)): that the service is ready, that every loop lives, that it stops.

use super::Service;
use std::ffi::OsStr;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant as Moment;
use tokio_util::sync::CancellationToken;

/// Whoever looks after this process, if anybody does.
#[derive(Debug, Default)]
pub struct Supervisor {
    line: Option<(UnixDatagram, SocketAddr)>,
    /// How often it wants to hear that every loop lives.
    watchdog: Option<Duration>,
}

impl Supervisor {
    /// From what systemd puts into the environment: `NOTIFY_SOCKET`, a path or `@` with an abstract name, and `WATCHDOG_USEC`. Without the first,
    /// or with one that cannot be used, nobody is told.
    pub fn new(socket: Option<&OsStr>, watchdog_micros: Option<&OsStr>) -> Self {
        let line = socket.map(OsStr::as_bytes).and_then(|name| {
            let address = match name.strip_prefix(b"@") {
                Some(hidden) => SocketAddr::from_abstract_name(hidden),
                None => SocketAddr::from_pathname(OsStr::from_bytes(name)),
            };
            let socket = UnixDatagram::unbound().ok()?;
            socket.set_nonblocking(true).ok()?;
            Some((socket, address.ok()?))
        });
        let micros = watchdog_micros.and_then(OsStr::to_str).and_then(|text| text.parse().ok()).filter(|micros| *micros > 0);
        Self { line, watchdog: micros.map(Duration::from_micros) }
    }

    fn say(&self, state: &str) {
        if let Some((socket, address)) = &self.line
            && let Err(fault) = socket.send_to_addr(state.as_bytes(), address)
        {
            tracing::warn!(fault = %fault.kind(), "systemd could not be told how the service is");
        }
    }
}

/// Tells that the service is ready, twice in each period of the watchdog that every loop lives, and at `stop` that it stops. Where a loop does not
/// tick nothing is told, and systemd starts the service anew.
pub(super) async fn supervise(service: Arc<Service>, stop: CancellationToken) {
    let supervisor = &service.supervisor;
    supervisor.say("READY=1");
    let period = supervisor.watchdog.map(|period| period / 2);
    while let Some(period) = period {
        tokio::select! {
            () = tokio::time::sleep(period) => {}
            () = stop.cancelled() => break,
        }
        let late = service.health.pulse.late(Moment::now());
        match late.is_empty() {
            true => supervisor.say("WATCHDOG=1"),
            false => tracing::error!(loops = ?late, "a loop of the daemon hangs; systemd is not told that all is well, and starts the service anew"),
        }
    }
    stop.cancelled().await;
    supervisor.say("STOPPING=1");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_by_a_path_and_by_an_abstract_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notify");
        let hidden = format!("elitige-test-{}", std::process::id());
        let ears = [UnixDatagram::bind(&path).unwrap(), UnixDatagram::bind_addr(&SocketAddr::from_abstract_name(&hidden).unwrap()).unwrap()];
        for (ear, name) in ears.iter().zip([path.as_os_str().to_owned(), format!("@{hidden}").into()]) {
            Supervisor::new(Some(&name), None).say("READY=1");
            let mut heard = [0; 64];
            let length = ear.recv(&mut heard).unwrap();
            assert_eq!(&heard[..length], b"READY=1");
        }
    }

    #[test]
    fn without_systemd_nobody_is_told() {
        for (socket, watchdog) in [(None, None), (Some("relative/no"), Some("0")), (Some(""), Some("x"))] {
            let supervisor = Supervisor::new(socket.map(OsStr::new), watchdog.map(OsStr::new));
            supervisor.say("READY=1");
            assert!(supervisor.watchdog.is_none());
        }
        assert_eq!(Supervisor::new(None, Some(OsStr::new("30000000"))).watchdog, Some(Duration::from_secs(30)));
    }
}
