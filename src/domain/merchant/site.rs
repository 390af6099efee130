//! Web domains, pages on platforms and telephone numbers, as they stand in a text.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A domain that somebody registered, without what its owner put before it; or a shop's own part of a domain that many shops share.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Domain(String);

/// Why a text is no [`Domain`].
#[derive(Debug, thiserror::Error)]
pub enum NotADomain {
    /// It is written otherwise.
    #[error("a domain is written like boutique-atlas.example, without a path")]
    Shape,
    /// It is not a merchant's own.
    #[error("this domain is shared by many people; write the merchant's page there, such as instagram.com/NAME, as an alias")]
    Shared,
}

impl Domain {
    /// Reads a domain, with or without `https://` and `www.`.
    pub fn parse(text: &str) -> Result<Self, NotADomain> {
        let host = unlinked(text.trim()).trim_end_matches('/');
        let host = host.trim_end_matches('.').to_lowercase();
        if !is_host(&host) {
            return Err(NotADomain::Shape);
        }
        if platform(&host).is_some() { Err(NotADomain::Shared) } else { registrable(&host).ok_or(NotADomain::Shared).map(Self) }
    }

    /// The domain in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Domain(…)")
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Domain {
    type Error = NotADomain;
    fn try_from(text: String) -> Result<Self, NotADomain> {
        Self::parse(&text)
    }
}

impl From<Domain> for String {
    fn from(domain: Domain) -> String {
        domain.0
    }
}

/// What a word of a text leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Link {
    /// A domain.
    Domain(Domain),
    /// A page; of which platform, if that is said.
    Page(Option<Platform>, String),
}

/// Where many shops have their pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Platform {
    /// instagram.com.
    Instagram,
    /// facebook.com.
    Facebook,
    /// tiktok.com.
    Tiktok,
    /// wa.me: the handle is a telephone number with its country.
    Whatsapp,
    /// t.me.
    Telegram,
    /// youtube.com.
    Youtube,
    /// x.com.
    X,
    /// linkedin.com.
    Linkedin,
    /// snapchat.com.
    Snapchat,
}

/// What a word names, if it is a link, a handle or an address.
pub(super) fn link(word: &str) -> Option<Link> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@' && c != '/' && c != '+').trim_end_matches('/');
    if let Some(name) = word.strip_prefix('@') {
        return handle(None, name);
    }
    let said = word.to_lowercase();
    let bare = unlinked(&said);
    let explicit = bare.len() < said.len();
    let (host, path) = bare.split_once(['/', '?']).unwrap_or((bare, ""));
    if let Some((_, domain)) = host.split_once('@') {
        return is_host(domain).then(|| registrable(domain)).flatten().map(|domain| Link::Domain(Domain(domain)));
    }
    if let Some(platform) = platform(host) {
        return page(platform, path);
    }
    let ending = host.rsplit('.').next().unwrap_or_default();
    let known = ending.len() == 2 && ending.bytes().all(|byte| byte.is_ascii_lowercase()) || ENDINGS.contains(&ending);
    (is_host(host) && (explicit || known)).then(|| registrable(host)).flatten().map(|domain| Link::Domain(Domain(domain)))
}

fn unlinked(word: &str) -> &str {
    let bare = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://")).unwrap_or(word);
    bare.strip_prefix("www.").unwrap_or(bare)
}

fn is_host(host: &str) -> bool {
    let label = |label: &str| !label.is_empty() && label.len() <= 63 && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let ending = host.rsplit('.').next().unwrap_or_default();
    host.contains('.') && host.len() <= 253 && host.split('.').all(label) && ending.chars().count() >= 2 && ending.chars().all(char::is_alphabetic)
}

fn is_below(host: &str, domain: &str) -> bool {
    host == domain || host.strip_suffix(domain).is_some_and(|before| before.ends_with('.'))
}

fn platform(host: &str) -> Option<Platform> {
    PLATFORMS.iter().find(|(domain, _)| is_below(host, domain)).map(|(_, platform)| *platform)
}

/// The part of `host` that somebody registered; nothing where it is nobody's own.
fn registrable(host: &str) -> Option<String> {
    if platform(host).is_some() || ANYBODYS.iter().any(|domain| is_below(host, domain)) {
        return None;
    }
    let shared = HOSTERS.iter().find(|domain| is_below(host, domain));
    let labels: Vec<&str> = host.split('.').collect();
    let ending = labels.last()?;
    let second = labels.len().checked_sub(2).and_then(|at| labels.get(at))?;
    let kept = match shared {
        Some(domain) => domain.split('.').count().saturating_add(1),
        None if ending.len() == 2 && SECOND.contains(second) => 3,
        None => 2,
    };
    (labels.len() >= kept).then(|| labels.get(labels.len().saturating_sub(kept)..).unwrap_or_default().join("."))
}

/// Whose page a path is.
fn page(platform: Platform, path: &str) -> Option<Link> {
    let mut parts = path.split(['/', '?', '&', '#']).filter(|part| !part.is_empty());
    let first = parts.next()?;
    match (platform, first) {
        (Platform::Whatsapp, _) => [first].into_iter().chain(parts).find_map(|part| phone(part.strip_prefix("phone=").unwrap_or(part))),
        (Platform::Facebook, "profile.php") => handle(Some(platform), parts.next()?.strip_prefix("id=")?),
        (Platform::Facebook, "people" | "pages") => handle(Some(platform), parts.nth(1)?),
        (Platform::Linkedin, "company" | "in") | (Platform::Snapchat, "add") | (Platform::Youtube, "c" | "channel" | "user") => {
            handle(Some(platform), parts.next()?)
        }
        (_, "p" | "reel" | "groups" | "watch" | "share" | "stories" | "explore" | "story.php" | "marketplace") => None,
        _ => handle(Some(platform), first.trim_start_matches('@')),
    }
}

fn handle(platform: Option<Platform>, name: &str) -> Option<Link> {
    let name = name.trim_end_matches('.').to_lowercase();
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
    ((2..=80).contains(&name.chars().count()) && plain && name.chars().any(char::is_alphanumeric)).then_some(Link::Page(platform, name))
}

/// A telephone number with its country; without one it is a Moroccan one.
pub(super) fn phone(text: &str) -> Option<Link> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    let number = match digits.strip_prefix('0') {
        Some(rest) if rest.len() == 9 => format!("212{rest}"),
        _ => digits.to_owned(),
    };
    (9..=15).contains(&number.len()).then_some(Link::Page(Some(Platform::Whatsapp), number))
}

/// Hosts of pages, and whose they are.
const PLATFORMS: [(&str, Platform); 16] = [
    ("instagram.com", Platform::Instagram),
    ("instagr.am", Platform::Instagram),
    ("facebook.com", Platform::Facebook),
    ("fb.com", Platform::Facebook),
    ("fb.me", Platform::Facebook),
    ("m.me", Platform::Facebook),
    ("tiktok.com", Platform::Tiktok),
    ("wa.me", Platform::Whatsapp),
    ("whatsapp.com", Platform::Whatsapp),
    ("t.me", Platform::Telegram),
    ("telegram.me", Platform::Telegram),
    ("youtube.com", Platform::Youtube),
    ("x.com", Platform::X),
    ("twitter.com", Platform::X),
    ("linkedin.com", Platform::Linkedin),
    ("snapchat.com", Platform::Snapchat),
];

/// Domains under which each shop has a name of its own.
const HOSTERS: [&str; 14] = [
    "myshopify.com",
    "youcan.shop",
    "youcan.store",
    "storeino.com",
    "blogspot.com",
    "wordpress.com",
    "wixsite.com",
    "wix.com",
    "github.io",
    "netlify.app",
    "vercel.app",
    "webflow.io",
    "lightfunnels.com",
    "shopify.com",
];

/// Domains where anybody has an address or a short link.
const ANYBODYS: [&str; 24] = [
    "gmail.com",
    "googlemail.com",
    "google.com",
    "hotmail.com",
    "hotmail.fr",
    "outlook.com",
    "outlook.fr",
    "live.com",
    "live.fr",
    "msn.com",
    "yahoo.com",
    "yahoo.fr",
    "icloud.com",
    "me.com",
    "proton.me",
    "protonmail.com",
    "gmx.com",
    "menara.ma",
    "orange.fr",
    "free.fr",
    "bit.ly",
    "linktr.ee",
    "goo.gl",
    "avito.ma",
];

/// Second levels under which countries register names.
const SECOND: [&str; 12] = ["co", "com", "net", "org", "gov", "gouv", "ac", "edu", "press", "asso", "tm", "ltd"];

/// Endings by which a bare word is taken for a site; a country's has two letters.
const ENDINGS: [&str; 15] =
    ["com", "net", "org", "info", "biz", "shop", "store", "online", "site", "boutique", "app", "africa", "website", "market", "example"];
