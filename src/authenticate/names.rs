//! Where TXT records come from: the system's resolver, one server, or a file.

use mail_auth::MessageAuthenticator;
use mail_auth::hickory_resolver::TokioResolver;
use mail_auth::hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts};
use mail_auth::hickory_resolver::net::{DnsError, NetError};
use mail_auth::hickory_resolver::proto::op::ResponseCode;
use mail_auth::hickory_resolver::proto::rr::{Name, RData};
use mail_auth::hickory_resolver::system_conf::read_system_conf;
use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::time::timeout;

/// Where names are looked up.
pub enum Names {
    /// The resolver that the system is set up with.
    System,
    /// One DNS server.
    Server(SocketAddr),
    /// A file, and no network at all.
    Zone(ZoneFile),
}

/// TXT records from a file, for tests and `explain --dns`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ZoneFile(HashMap<String, Vec<String>>);

/// Why no authenticator could be made.
#[derive(Debug, thiserror::Error)]
#[error("the system's DNS settings cannot be used: {0}; mend /etc/resolv.conf or name a DNS server")]
pub struct AuthenticateError(String);

/// Why there is no answer that can be used; there may be one later. That a name does not exist is an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreachable {
    /// A server refused, failed (SERVFAIL), or answered what cannot be followed, as a circle of aliases.
    Failed,
    /// No server answered in time.
    Silent,
}

/// Time for one query, its repetitions included.
const QUERY: Duration = Duration::from_secs(5);

/// A record is asked for again after an hour at the latest: a key that was withdrawn must not be trusted for days.
const OLDEST: Duration = Duration::from_secs(3_600);

/// No record is asked for again within this time, nor one that was not there: who sends many mails from a domain whose records live for no time
/// must not make us ask as often.
const YOUNGEST: Duration = Duration::from_secs(30);

/// Answers that are kept; each is at most as large as a DNS message, 64 KiB.
const KEPT: u64 = 1_024;

/// Records of one name that are looked at.
const RECORDS: usize = 20;

/// Longest record that is looked at: an RSA key of 8192 bits takes 1.5 KiB.
const RECORD_BYTES: usize = 8 << 10;

impl ZoneFile {
    /// Reads `{"name": ["TXT", …]}`; case and a final dot of a name do not matter.
    pub fn parse(text: &str) -> Result<ZoneFile, String> {
        let records: BTreeMap<String, Vec<String>> = serde_json::from_str(text)
            .map_err(|error| format!("write DNS records as JSON, {{\"name\": [\"TXT\", …]}}; line {} is not of this form", error.line()))?;
        let mut zone: HashMap<String, Vec<String>> = HashMap::new();
        for (name, texts) in records {
            let known = zone.entry(plain(&name)).or_default();
            for text in texts {
                // The records of a name are a set (RFC 2181 §5).
                if !known.contains(&text) {
                    known.push(text);
                }
            }
        }
        Ok(ZoneFile(zone))
    }
}

/// [`Names`], opened.
pub enum Source {
    /// A file.
    Zone(ZoneFile),
    /// A resolver with its cache.
    Network(Box<TokioResolver>),
}

impl Source {
    /// Opens `names`; nothing is asked yet.
    pub fn open(names: Names) -> Result<Source, AuthenticateError> {
        let (config, mut options) = match names {
            Names::Zone(zone) => return Ok(Source::Zone(zone)),
            Names::System => read_system_conf().map_err(refused)?,
            Names::Server(address) => (server(address), ResolverOpts::default()),
        };
        options.timeout = QUERY / 2;
        options.attempts = 2;
        options.cache_size = KEPT;
        (options.positive_min_ttl, options.positive_max_ttl) = (Some(YOUNGEST), Some(OLDEST));
        (options.negative_min_ttl, options.negative_max_ttl) = (Some(YOUNGEST), Some(OLDEST));
        Ok(Source::Network(Box::new(resolver(config, options)?)))
    }

    /// The TXT records of `name`, each with its strings joined (RFC 6376 §3.6.2.2); none if there are none.
    pub async fn texts(&self, name: &str) -> Result<Vec<Vec<u8>>, Unreachable> {
        match self {
            Source::Zone(zone) => Ok(zone.0.get(&plain(name)).into_iter().flatten().map(|text| text.clone().into_bytes()).collect()),
            Source::Network(resolver) => ask(resolver, name).await,
        }
    }
}

async fn ask(resolver: &TokioResolver, name: &str) -> Result<Vec<Vec<u8>>, Unreachable> {
    // A name that cannot be asked for has no records.
    let Ok(mut name) = Name::from_utf8(name) else { return Ok(Vec::new()) };
    name.set_fqdn(true);
    match timeout(QUERY, resolver.txt_lookup(name)).await {
        Ok(Ok(found)) => Ok(found.answers().iter().filter_map(|record| joined(&record.data)).take(RECORDS).collect()),
        Ok(Err(error)) if is_absence(&error) => Ok(Vec::new()),
        Ok(Err(NetError::Timeout)) | Err(_) => Err(Unreachable::Silent),
        Ok(Err(_)) => Err(Unreachable::Failed),
    }
}

/// Whether the error is the answer that there are no such records, and not a server's failure.
fn is_absence(error: &NetError) -> bool {
    matches!(error, NetError::Dns(DnsError::NoRecordsFound(none)) if matches!(none.response_code, ResponseCode::NXDomain | ResponseCode::NoError))
}

fn joined(data: &RData) -> Option<Vec<u8>> {
    match data {
        RData::TXT(text) => Some(text.txt_data.iter().flat_map(|part| part.iter().copied()).collect()).filter(|text: &Vec<u8>| text.len() <= RECORD_BYTES),
        _ => None,
    }
}

/// A verifier whose own resolver knows no server: whatever it is not given, it does not find.
pub fn offline() -> Result<MessageAuthenticator, AuthenticateError> {
    resolver(ResolverConfig::from_parts(None, Vec::new(), Vec::new()), ResolverOpts::default()).map(MessageAuthenticator)
}

fn resolver(config: ResolverConfig, options: ResolverOpts) -> Result<TokioResolver, AuthenticateError> {
    TokioResolver::builder_with_config(config, Default::default()).with_options(options).build().map_err(refused)
}

fn server(address: SocketAddr) -> ResolverConfig {
    let mut connections = vec![ConnectionConfig::udp(), ConnectionConfig::tcp()];
    connections.iter_mut().for_each(|connection| connection.port = address.port());
    ResolverConfig::from_name_servers(vec![NameServerConfig::new(address.ip(), true, connections)])
}

fn refused(error: NetError) -> AuthenticateError {
    AuthenticateError(error.to_string())
}

fn plain(name: &str) -> String {
    name.trim_end_matches('.').to_lowercase()
}
