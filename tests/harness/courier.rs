//! A Courier IMAP of the test's own: no MOVE, folders below `INBOX.`. Its places are compiled in, so it sees private ones there. Debian's package excludes
//! Dovecot's, so its server is unpacked beside the system (`tests/tools/install`).

use super::process::{Server, Workshop, free_port, is_root, program, unpacked};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

const PACKAGE: &str = "courier-base courier-authdaemon courier-authlib-userdb";

/// A running Courier with one user.
pub struct Courier {
    _server: Server,
    _workshop: Workshop,
    /// IMAP in plain text.
    pub imap: u16,
    /// The login of its user.
    pub user: &'static str,
    /// The password.
    pub password: &'static str,
}

impl Courier {
    /// Starts it with these capabilities, e.g. `IMAP4rev1 UIDPLUS IDLE`.
    pub fn start(capabilities: &str) -> Self {
        assert!(is_root(), "the test's Courier sees private folders in place of /etc/courier, which only root can arrange; run this test as root");
        program("couriertcpd", PACKAGE);
        let (workshop, imap) = (Workshop::new(), free_port());
        let dir = workshop.path().display().to_string();
        let mail = workshop.writable("mail");
        for name in ["Maildir", "Maildir/cur", "Maildir/new", "Maildir/tmp"] {
            workshop.writable(&format!("mail/{name}"));
        }
        fs::create_dir_all(workshop.path().join("etc")).unwrap();
        fs::create_dir_all(workshop.path().join("run/authdaemon")).unwrap();
        let home = mail.display();
        let (login, imapd) = (unpacked("usr/lib/courier/courier", "imaplogin"), unpacked("usr/bin", "imapd"));
        let (login, imapd) = (login.display(), imapd.display());
        // The password is `secret` (MD5 crypt), which nobody but this test uses.
        workshop
            .write("etc/authdaemonrc", "authmodulelist=\"authuserdb\"\ndaemons=2\nauthdaemonvar=/run/courier/authdaemon\nDEBUG_LOGIN=0\nDEFAULTOPTIONS=\"\"\n");
        let accounts =
            workshop.write("etc/userdb", &format!("desk\tuid=65534|gid=65534|home={home}|mail={home}/Maildir|imappw=$1$elitige$ka/bxk.xowMrcdAK4IxWX0\n"));
        fs::set_permissions(accounts, Permissions::from_mode(0o600)).unwrap();
        let script = workshop.write(
            "start",
            &format!(
                "set -e\nmount --make-rprivate /\nmount --bind {dir}/etc /etc/courier\nmount --bind {dir}/run /run/courier\nmakeuserdb\n\
                 authdaemonvar=/run/courier/authdaemon authmodulelist=authuserdb daemons=2 /usr/lib/courier/courier-authlib/authdaemond &\n\
                 while [ ! -S /run/courier/authdaemon/socket ]; do sleep 0.05; done\n\
                 export IMAP_CAPABILITY=\"{capabilities}\" IMAP_KEYWORDS=1 IMAP_ACL=0 IMAP_ENHANCEDIDLE=0 IMAP_IDLE_TIMEOUT=1 IMAP_USELOCKS=1 MAILDIRPATH=Maildir \
                 IMAP_ULIMITD=262144 IMAP_EMPTYTRASH=Trash:7 IMAP_TRASHFOLDERNAME=Trash AUTHMODULES=authdaemon\n\
                 exec couriertcpd -address=127.0.0.1 -maxprocs=40 -maxperip=40 -nodnslookup -noidentlookup {imap} {login} {imapd} Maildir\n"
            ),
        );
        let log = workshop.path().join("log");
        let mut command = Command::new("unshare");
        command.args(["-m", "sh"]).arg(script).env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        let mut server = Server::start("couriertcpd", command, &log);
        server.wait_for(imap, &log);
        Self { _server: server, _workshop: workshop, imap, user: "desk", password: "secret" }
    }
}
