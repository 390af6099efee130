//! A Cyrus IMAP of the test's own: no MOVE if it is asked to hide it, everything else that it has. Debian's package excludes Dovecot's, so its
//! server is unpacked beside the system (`tests/tools/install`).

use super::process::{Server, Workshop, free_port, is_root, program, run, unpacked};
use std::process::Command;

const PACKAGE: &str = "cyrus-common sasl2-bin libsasl2-modules";

/// A running Cyrus with one user.
pub struct Cyrus {
    _server: Server,
    _workshop: Workshop,
    /// IMAP in plain text.
    pub imap: u16,
    /// The login of its user.
    pub user: &'static str,
    /// The password.
    pub password: &'static str,
}

impl Cyrus {
    /// Starts it without the capabilities in `hidden`, e.g. `MOVE XMOVE`.
    pub fn start(hidden: &str) -> Self {
        assert!(is_root(), "the test's Cyrus gives up rights that only root has to give; run this test as root");
        let (workshop, imap) = (Workshop::new(), free_port());
        let dir = workshop.path().display().to_string();
        for name in ["conf", "spool", "sockets"] {
            workshop.writable(name);
        }
        let hide = if hidden.is_empty() { String::new() } else { format!("suppress_capabilities: {hidden}\n") };
        let settings = format!(
            "configdirectory: {dir}/conf\npartition-default: {dir}/spool\ndefaultpartition: default\nadmins: admin\nsasl_pwcheck_method: auxprop\n\
             sasl_auxprop_plugin: sasldb\nsasl_sasldb_path: {dir}/accounts\nsasl_mech_list: PLAIN LOGIN\nallowplaintext: yes\naltnamespace: yes\n\
             unixhierarchysep: yes\nvirtdomains: off\nautocreate_quota: 0\nlmtpsocket: {dir}/sockets/lmtp\nidlesocket: {dir}/sockets/idle\n\
             notifysocket: {dir}/sockets/notify\nimapidlepoll: 1\n{hide}"
        );
        let settings = workshop.write("imapd.conf", &settings);
        let tool = |name: &str| unpacked("usr/lib/cyrus/bin", name).display().to_string();
        let services = format!(
            "START {{\n  recover cmd=\"{} -C {dir}/imapd.conf -r\"\n}}\nSERVICES {{\n  imap cmd=\"{} -C {dir}/imapd.conf\" listen=\"127.0.0.1:{imap}\" prefork=0 proto=tcp4\n}}\n\
             EVENTS {{\n}}\nDAEMON {{\n  idled cmd=\"{} -C {dir}/imapd.conf\"\n}}\n",
            "/usr/lib/cyrus/bin/ctl_cyrusdb",
            tool("imapd"),
            tool("idled")
        );
        let services = workshop.write("cyrus.conf", &services);
        let mut account = Command::new("sh");
        let host = run(Command::new("hostname"), "hostname").trim().to_owned();
        account.arg("-c").arg(format!("printf secret | saslpasswd2 -c -p -f {dir}/accounts -u {host} desk"));
        run(account, "saslpasswd2");
        let mut owner = Command::new("chown");
        owner.args(["-R", "cyrus:mail"]).arg(workshop.path());
        run(owner, "chown");
        let log = workshop.path().join("log");
        let mut command = Command::new(program("cyrmaster", PACKAGE));
        command.arg("-C").arg(settings).arg("-M").arg(services).arg("-p").arg(workshop.path().join("pid")).arg("-D");
        let mut server = Server::start("cyrmaster", command, &log);
        server.wait_for(imap, &log);
        Self { _server: server, _workshop: workshop, imap, user: "desk", password: "secret" }
    }
}
