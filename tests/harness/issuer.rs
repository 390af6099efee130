//! A token endpoint over TLS (RFC 6749), for a Dovecot that believes its tokens (JWT, RFC 7519), and for a Postfix behind that.

use super::certificate::Certificate;
use super::dovecot::DovecotOptions;
use super::process::Workshop;
use ::ring::hmac;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned};

const KEY: &[u8] = b"a key that only this test and its Dovecot know";

/// What the endpoint does with a question.
#[derive(Debug, Clone)]
pub enum Reply {
    /// It gives a token.
    Grant(Grant),
    /// The same after so long.
    Late(Duration, Grant),
    /// It refuses with that status and that error.
    Refuse(u16, &'static str),
    /// It says this, as it is.
    Raw(String),
}

/// A token that is given.
#[derive(Debug, Clone, Copy)]
pub struct Grant {
    /// How long it is good, in seconds.
    pub lasts: u64,
    /// How long the endpoint says that it is.
    pub said: u64,
    /// Whether another refresh token takes the place of the one that was shown, which is good no longer.
    pub rotates: bool,
}

impl Grant {
    /// One that is good for so many seconds, as is said.
    pub fn lasting(seconds: u64) -> Self {
        Self { lasts: seconds, said: seconds, rotates: false }
    }

    /// The same with another refresh token.
    pub fn rotating(seconds: u64) -> Self {
        Self { rotates: true, ..Self::lasting(seconds) }
    }
}

/// What the endpoint knows.
pub struct State {
    /// What it does with the next questions.
    pub next: VecDeque<Reply>,
    /// What it does with all others.
    pub usual: Reply,
    /// The refresh tokens that are good, and whose they are.
    pub good: BTreeMap<String, String>,
    /// Whom tokens are for that the program itself asks for.
    pub program: String,
    /// Every question, as a form.
    pub asked: Vec<String>,
    /// Every access token and every refresh token that it ever gave.
    pub given: Vec<String>,
}

/// A running endpoint; it lives as long as the test process.
pub struct Issuer {
    /// Where it listens.
    pub port: u16,
    /// Its certificate.
    pub certificate: Certificate,
    workshop: Workshop,
    state: Arc<Mutex<State>>,
}

impl Issuer {
    /// An endpoint that gives tokens of an hour.
    pub fn start() -> Self {
        let workshop = Workshop::new();
        let certificate = Certificate::new(&workshop);
        std::fs::create_dir_all(workshop.path().join("keys/default/HS256")).unwrap();
        workshop.write("keys/default/HS256/default", &STANDARD.encode(KEY));
        let keys = workshop.path().join("keys").display().to_string();
        workshop.write("oauth2", &format!("introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix={keys}/\nusername_attribute = email\n"));
        let state = State {
            next: VecDeque::new(),
            usual: Reply::Grant(Grant::lasting(3_600)),
            good: BTreeMap::new(),
            program: String::new(),
            asked: Vec::new(),
            given: Vec::new(),
        };
        let state = Arc::new(Mutex::new(state));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (config, known) = (Arc::new(tls(&certificate)), Arc::clone(&state));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (config, known) = (Arc::clone(&config), Arc::clone(&known));
                thread::spawn(move || serve(stream, config, &known));
            }
        });
        Self { port, certificate, workshop, state }
    }

    /// What it knows.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// A refresh token for `address`.
    pub fn authorize(&self, address: &str) -> String {
        let mut state = self.state();
        let token = format!("1//refresh-{}-{:08x}", state.good.len(), rand());
        state.good.insert(token.clone(), address.to_owned());
        state.given.push(token.clone());
        token
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.state().asked.len()
    }

    /// A Dovecot that offers these mechanisms and believes the tokens.
    pub fn dovecot(&self, mechanisms: &str) -> DovecotOptions {
        let args = self.workshop.path().join("oauth2").display().to_string();
        // Whoever fails often is kept waiting longer and longer, which is more than Postfix waits.
        let patient = "service anvil {\n  unix_listener anvil-auth-penalty {\n    mode = 0\n  }\n}\n";
        let passdb = format!("passdb {{\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = {args}\n}}\n");
        let extra = format!("auth_mechanisms = plain login {mechanisms}\n{passdb}{patient}");
        DovecotOptions { extra, ..DovecotOptions::default() }
    }

    /// A section `[oauth.name]` of service.toml.
    pub fn section(&self, name: &str) -> String {
        let (port, authority) = (self.port, self.certificate.authority.display());
        format!("\n[oauth.{name}]\ntoken_endpoint = \"https://localhost:{port}/token\"\nca_file = \"{authority}\"\nclient_id = \"elitige\"\n")
    }
}

/// A JWT for `email` that is good for so many seconds.
pub fn token(email: &str, lasts: u64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let claims = format!("{{\"sub\":\"{email}\",\"email\":\"{email}\",\"iat\":{now},\"nbf\":{now},\"exp\":{},\"jti\":\"{:08x}\"}}", now + lasts, rand());
    let text = format!("{}.{}", URL_SAFE_NO_PAD.encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"), URL_SAFE_NO_PAD.encode(claims));
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, KEY), text.as_bytes());
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(tag))
}

fn rand() -> u32 {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).unwrap();
    u32::from_be_bytes(bytes)
}

fn tls(certificate: &Certificate) -> ServerConfig {
    let chain = CertificateDer::pem_file_iter(&certificate.chain).unwrap().map(Result::unwrap).collect();
    let key = PrivateKeyDer::from_pem_file(&certificate.key).unwrap();
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions().unwrap();
    builder.with_no_client_auth().with_single_cert(chain, key).unwrap()
}

fn serve(stream: TcpStream, config: Arc<ServerConfig>, state: &Mutex<State>) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(30)));
    let mut peer = BufReader::new(StreamOwned::new(ServerConnection::new(config).unwrap(), stream));
    let Some(form) = question(&mut peer) else { return };
    let reply = {
        let mut state = state.lock().unwrap();
        state.asked.push(form.clone());
        state.next.pop_front().unwrap_or_else(|| state.usual.clone())
    };
    let answer = match reply {
        Reply::Grant(grant) => granted(&form, grant, state),
        Reply::Late(pause, grant) => {
            thread::sleep(pause);
            granted(&form, grant, state)
        }
        Reply::Refuse(status, error) => json(status, &format!("{{\"error\":\"{error}\",\"error_description\":\"of {form}\"}}")),
        Reply::Raw(text) => text,
    };
    let peer = peer.get_mut();
    let _ = peer.write_all(answer.as_bytes()).and_then(|()| peer.flush());
    peer.conn.send_close_notify();
    let _ = peer.flush();
}

/// The form of a question that is asked as RFC 6749 wants it; a question that is not fails no test by itself, but gets no answer.
fn question(peer: &mut impl BufRead) -> Option<String> {
    let (mut length, mut head) = (0, Vec::new());
    loop {
        let mut line = String::new();
        peer.read_line(&mut line).ok()?;
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        length = line.strip_prefix("content-length: ").and_then(|length| length.parse().ok()).unwrap_or(length);
        head.push(line);
    }
    let has = |line: &str| head.iter().any(|said| said == line);
    if !has("post /token http/1.1") || !has("content-type: application/x-www-form-urlencoded") || !has("connection: close") {
        return None;
    }
    let mut form = vec![0; length];
    peer.read_exact(&mut form).ok()?;
    String::from_utf8(form).ok()
}

fn granted(form: &str, grant: Grant, state: &Mutex<State>) -> String {
    let mut state = state.lock().unwrap();
    let field = |name: &str| form.split('&').find_map(|field| field.strip_prefix(&format!("{name}="))).unwrap_or_default().replace("%2F", "/");
    let shown = field("refresh_token");
    let address = if field("grant_type") == "client_credentials" { Some(state.program.clone()) } else { state.good.get(&shown).cloned() };
    let Some(address) = address else { return json(400, "{\"error\":\"invalid_grant\"}") };
    let access = token(&address, grant.lasts);
    state.given.push(access.clone());
    let mut more = String::new();
    if grant.rotates {
        let fresh = format!("1//rotated-{:08x}", rand());
        state.good.remove(&shown);
        state.good.insert(fresh.clone(), address);
        state.given.push(fresh.clone());
        more = format!(",\"refresh_token\":\"{fresh}\"");
    }
    json(200, &format!("{{\"access_token\":\"{access}\",\"token_type\":\"Bearer\",\"expires_in\":{}{more}}}", grant.said))
}

/// An answer with a body in chunks, as Google sends it.
fn json(status: u16, body: &str) -> String {
    let (head, tail) = body.split_at(body.len() / 2);
    let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len());
    format!(
        "HTTP/1.1 {status} Said\r\nContent-Type: application/json; charset=utf-8\r\nCache-Control: no-store\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{}{}0\r\n\r\n",
        chunk(head),
        chunk(tail)
    )
}
