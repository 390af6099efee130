//! Private directories, free ports, and servers that end with their test.

use rustix::process::{Pid, Signal, geteuid, kill_process_group};
use std::fs::{self, File, Permissions};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// `nobody` and `nogroup`: servers that need no rights have none, even when the test runs as root.
const NOBODY: u32 = 65_534;

/// A short directory of one server, removed with it.
pub struct Workshop(TempDir);

impl Workshop {
    /// A new one. Paths stay short because of the length that Unix sockets allow.
    pub fn new() -> Self {
        let dir = tempfile::Builder::new().prefix("el-").rand_bytes(5).tempdir_in("/tmp").expect("a directory under /tmp");
        fs::set_permissions(dir.path(), Permissions::from_mode(0o755)).unwrap();
        Self(dir)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file that every server may read.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path().join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        path
    }

    /// A directory that servers without rights may write.
    pub fn writable(&self, name: &str) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(&path).unwrap();
        if is_root() {
            chown(&path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        path
    }
}

/// Whether the test runs as root.
pub fn is_root() -> bool {
    geteuid().is_root()
}

/// The name of the user that servers without rights run as, and of its group.
pub fn plain_user() -> (String, String) {
    let ask = |flag| String::from_utf8(Command::new("id").args([flag, "-n"]).output().unwrap().stdout).unwrap().trim().to_owned();
    if is_root() { ("nobody".to_owned(), "nogroup".to_owned()) } else { (ask("-u"), ask("-g")) }
}

/// A port on which nobody listens, and which no other test gets while this process lives: tests run side by side, and one that found another's server on its port
/// would wait for its own mails there for ever. Below the ports that the system gives to connections by itself.
pub fn free_port() -> u16 {
    static TAKEN: Mutex<Vec<File>> = Mutex::new(Vec::new());
    let claims = PathBuf::from(format!("/tmp/elitige-ports-{}", geteuid().as_raw()));
    fs::create_dir_all(&claims).unwrap();
    let mut taken = TAKEN.lock().unwrap();
    let first = u16::try_from(std::process::id() % 12_000).unwrap();
    for port in (0..12_000).map(|step| 20_000 + (first + step) % 12_000) {
        let claim = File::create(claims.join(port.to_string())).unwrap();
        if claim.try_lock().is_ok() && TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            taken.push(claim);
            return port;
        }
    }
    panic!("none of the ports 20000 to 31999 is free");
}

/// The program `name`. A test that needs it fails with the remedy when it is missing.
pub fn program(name: &str, package: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let also = ["/usr/sbin", "/usr/local/sbin", "/sbin"].map(PathBuf::from);
    let found = std::env::split_paths(&path).chain(also).map(|dir| dir.join(name)).find(|path| path.is_file());
    found.unwrap_or_else(|| panic!("this test needs the program `{name}`; install it with: apt-get install -y {package}"))
}

/// A program of a package that cannot be installed beside Dovecot's and is unpacked instead.
pub fn unpacked(folder: &str, name: &str) -> PathBuf {
    let path = Path::new("/usr/local/lib/elitige-tests").join(folder).join(name);
    assert!(path.is_file(), "this test needs the program {}; run tests/tools/install as root", path.display());
    path
}

/// A command that runs without rights, whoever runs the test.
pub fn plain_command(program: &Path) -> Command {
    let mut command = Command::new(program);
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command.env("HOME", "/nonexistent").current_dir("/");
    command
}

/// A server in its own process group, stopped with everything it started.
pub struct Server {
    child: Child,
    name: String,
    ports: Vec<u16>,
}

impl Server {
    /// Starts `command`, its output going to `log`.
    pub fn start(name: &str, mut command: Command, log: &Path) -> Self {
        let out = fs::OpenOptions::new().create(true).append(true).open(log).unwrap();
        let child = command.process_group(0).stdin(Stdio::null()).stdout(out.try_clone().unwrap()).stderr(out).spawn();
        Self { child: child.unwrap_or_else(|error| panic!("`{name}` cannot be started: {error}")), name: name.to_owned(), ports: Vec::new() }
    }

    /// Waits until somebody accepts connections on `port`.
    pub fn wait_for(&mut self, port: u16, log: &Path) {
        self.ports.push(port);
        let end = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            let over = self.child.try_wait().unwrap();
            if over.is_some() || Instant::now() > end {
                let said = fs::read_to_string(log).unwrap_or_default();
                panic!("`{}` does not listen on port {port} ({over:?}); it said:\n{said}", self.name);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Stops it as a power failure would.
    pub fn kill(&mut self) {
        self.signal(Signal::KILL);
        let _ = self.child.wait();
        self.wait_until_closed();
    }

    /// Its grandchildren die a little later, and would answer in place of the server that is started next.
    fn wait_until_closed(&self) {
        let end = Instant::now() + Duration::from_secs(3);
        while Instant::now() < end && self.ports.iter().any(|port| TcpStream::connect((Ipv4Addr::LOCALHOST, *port)).is_ok()) {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Halts it (`Signal::STOP`) or lets it go on (`Signal::CONT`).
    pub fn signal(&self, signal: Signal) {
        let _ = kill_process_group(Pid::from_child(&self.child), signal);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.signal(Signal::CONT);
        self.signal(Signal::TERM);
        let end = Instant::now() + Duration::from_secs(3);
        while self.child.try_wait().is_ok_and(|over| over.is_none()) && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(5));
        }
        self.kill();
    }
}

/// Runs `command` to its end and gives its output; the test fails when it fails.
pub fn run(mut command: Command, what: &str) -> String {
    let output = command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{what} cannot be run: {error}"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{what} failed: {said}{}", String::from_utf8_lossy(&output.stderr));
    said
}
