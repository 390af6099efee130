//! Where TXT records come from: the system's resolver, one server, or a file.

use mail_auth::MessageAuthenticator;
use mail_auth::hickory_resolver::TokioResolver;
use mail_auth::hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts};
use mail_auth::hickory_resolver::net::NetError;
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

/// A name server gave no answer that can be used; it may give one later.
#[derive(Debug, PartialEq, Eq)]
pub struct Unreachable;

/// Time for one query, its repetitions included.
const QUERY: Duration = Duration::from_secs(5);

/// A record is asked for again after an hour at the latest: a key that was withdrawn must not be trusted for days.
const OLDEST: Duration = Duration::from_secs(3_600);

/// Answers that are kept.
const KEPT: u64 = 4_096;

impl ZoneFile {
    /// Reads `{"name": ["TXT", …]}`; case and a final dot of a name do not matter.
    pub fn parse(text: &str) -> Result<ZoneFile, String> {
        let records: BTreeMap<String, Vec<String>> =
            serde_json::from_str(text).map_err(|error| format!("the zone is not of the form {{\"name\": [\"TXT\", …]}}: {error}"))?;
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
        options.positive_max_ttl = Some(OLDEST);
        options.negative_max_ttl = Some(OLDEST);
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
        Ok(Ok(found)) => Ok(found.answers().iter().filter_map(|record| joined(&record.data)).collect()),
        Ok(Err(error)) if error.is_no_records_found() => Ok(Vec::new()),
        Ok(Err(_)) | Err(_) => Err(Unreachable),
    }
}

fn joined(data: &RData) -> Option<Vec<u8>> {
    match data {
        RData::TXT(text) => Some(text.txt_data.iter().flat_map(|part| part.iter().copied()).collect()),
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
