//! By what a merchant is known in a text: names, web domains, handles, and what only resembles them.

use super::super::fold::{Sign, fold, signs};
use super::skeleton::skeleton;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Traces that are looked for in one text.
pub const MOST_TRACES: usize = 40;
/// Words that are looked at in one text.
const MOST_WORDS: usize = 400;
/// Words of a text that can be a name.
const LONGEST_NAME: usize = 12;

/// Something by which a merchant is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// A name, folded, without spaces and legal forms.
    Name(String),
    /// A domain that somebody registered.
    Domain(Domain),
    /// A page on a platform, or a telephone number that is written to there.
    Handle(Option<Platform>, String),
    /// What several names have in common: without words such as shop, or its consonants alone. It proves nothing.
    Near(String),
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

/// In which of the store's lists a trace is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyKind {
    /// Names.
    Name,
    /// Domains.
    Domain,
    /// Handles of any platform.
    Handle,
    /// What proves nothing.
    Near,
}

impl KeyKind {
    /// The word used in the store.
    pub fn name(self) -> &'static str {
        match self {
            KeyKind::Name => "name",
            KeyKind::Domain => "domain",
            KeyKind::Handle => "handle",
            KeyKind::Near => "near",
        }
    }
}

impl Trace {
    /// Under what it is looked for.
    pub fn key(&self) -> (KeyKind, &str) {
        match self {
            Trace::Name(name) => (KeyKind::Name, name),
            Trace::Domain(domain) => (KeyKind::Domain, domain.as_str()),
            Trace::Handle(_, name) => (KeyKind::Handle, name),
            Trace::Near(near) => (KeyKind::Near, near),
        }
    }

    /// Whether both name the same merchant; a handle on another platform may be somebody else's.
    pub(super) fn proves(&self, other: &Trace) -> bool {
        match (self, other) {
            (Trace::Near(_), _) | (_, Trace::Near(_)) => false,
            (Trace::Handle(one, name), Trace::Handle(two, same)) => name == same && (one == two || one.is_none() || two.is_none()),
            _ => self == other,
        }
    }

    /// Whether both may name the same merchant.
    pub(super) fn suggests(&self, other: &Trace) -> bool {
        self.key() == other.key()
    }
}

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

/// What stands in a name or in a field of a complaint; nothing if it would fit anybody. Links and handles in it count as such, the rest is a name.
pub fn traces_of(text: &str) -> Vec<Trace> {
    if text.chars().all(|c| c.is_numeric() || " +-.()".contains(c)) {
        return phone(&fold(text)).into_iter().collect();
    }
    let (mut traces, mut rest) = (links_of(text), Vec::new());
    for word in text.split_whitespace().take(MOST_WORDS) {
        if link(word).is_none() {
            rest.push(word);
        }
    }
    let words = words(&rest.join(" "));
    if (1..=LONGEST_NAME).contains(&words.len()) {
        traces.extend(named(&words));
    }
    for trace in traces.clone() {
        // A domain often is the name, and a handle too; but anybody can register what resembles a name.
        let label = match &trace {
            Trace::Domain(domain) => domain.as_str().split('.').next().unwrap_or_default().to_owned(),
            Trace::Handle(platform, name) if *platform != Some(Platform::Whatsapp) => name.clone(),
            _ => continue,
        };
        let parts = self::words(&label);
        traces.extend(near(&parts));
    }
    traces.sort();
    traces.dedup();
    traces.truncate(MOST_TRACES);
    traces
}

/// The links, handles and domains of addresses that stand in a longer text.
pub(super) fn links_of(text: &str) -> Vec<Trace> {
    let mut found: Vec<Trace> = Vec::new();
    for trace in text.split_whitespace().take(MOST_WORDS).filter_map(link) {
        if found.len() < MOST_TRACES && !found.contains(&trace) {
            found.push(trace);
        }
    }
    found
}

/// A name and what resembles it.
fn named(words: &[String]) -> Vec<Trace> {
    let own: Vec<&str> = words.iter().map(String::as_str).filter(|word| !ANYBODY.contains(word)).collect();
    if own.is_empty() {
        return Vec::new();
    }
    let mut kept: Vec<&str> = words.iter().map(String::as_str).filter(|word| !LEGAL.contains(word)).collect();
    if kept.is_empty() {
        kept = words.iter().map(String::as_str).collect();
    }
    let mut traces = vec![Trace::Name(kept.concat())];
    traces.extend(near(words));
    traces
}

fn near(words: &[String]) -> Vec<Trace> {
    let bare = |word: &str| -> String { word.strip_prefix("ال").filter(|rest| rest.chars().count() >= 3).unwrap_or(word).to_owned() };
    let own = || words.iter().map(String::as_str).filter(|word| !ANYBODY.contains(word) && !LEGAL.contains(word));
    let (whole, core): (String, String) = (own().collect(), own().map(bare).collect());
    if core.chars().count() < 3 {
        return Vec::new();
    }
    // What looks like an article may belong to the word.
    let consonants = [&whole, &core].into_iter().filter_map(|letters| skeleton(letters)).map(|sounds| Trace::Near(format!("~{sounds}")));
    let mut near: Vec<Trace> = consonants.collect();
    near.push(Trace::Near(core));
    near
}

/// The folded words of a name; letters with dots or blanks between them are one word, as in S.A.R.L.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = String::new();
    signs(&fold(text), |_, sign| match sign {
        Sign::Letter(letter) => open.push(letter),
        Sign::Gap | Sign::Line => words.push(std::mem::take(&mut open)),
    });
    words.push(open);
    let mut joined: Vec<String> = Vec::new();
    let mut spelt = false;
    for word in words.into_iter().filter(|word| !word.is_empty()) {
        let single = word.chars().count() == 1;
        match joined.last_mut().filter(|_| single && spelt) {
            Some(last) => last.push_str(&word),
            None => joined.push(word),
        }
        spelt = single;
    }
    joined
}

/// Words for a legal form: the same merchant is written with and without them.
const LEGAL: [&str; 16] = ["sarl", "sarlau", "au", "sa", "sas", "snc", "ste", "societe", "entreprise", "ltd", "llc", "inc", "شركه", "الشركه", "شمم", "ذمم"];

/// Words that say only that it is a shop, or where: they tell nobody from another.
const ANYBODY: [&str; 52] = [
    "boutique",
    "magasin",
    "shop",
    "store",
    "site",
    "page",
    "vendeur",
    "vendeuse",
    "seller",
    "merchant",
    "marchand",
    "online",
    "enligne",
    "en",
    "ligne",
    "web",
    "internet",
    "officiel",
    "official",
    "officielle",
    "maroc",
    "morocco",
    "ma",
    "com",
    "le",
    "la",
    "les",
    "the",
    "chez",
    "al",
    "el",
    "hanout",
    "instagram",
    "facebook",
    "insta",
    "whatsapp",
    "tiktok",
    "متجر",
    "المتجر",
    "محل",
    "المحل",
    "دكان",
    "حانوت",
    "صفحه",
    "الصفحه",
    "موقع",
    "الموقع",
    "بائع",
    "البائع",
    "المغرب",
    "مغرب",
    "تاجر",
];

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

/// What a word names, if it is a link, a handle or an address.
fn link(word: &str) -> Option<Trace> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@' && c != '/' && c != '+').trim_end_matches('/');
    if let Some(name) = word.strip_prefix('@') {
        return handle(None, name);
    }
    let said = word.to_lowercase();
    let bare = unlinked(&said);
    let explicit = bare.len() < said.len();
    let (host, path) = bare.split_once(['/', '?']).unwrap_or((bare, ""));
    if let Some((_, domain)) = host.split_once('@') {
        return is_host(domain).then(|| registrable(domain)).flatten().map(|domain| Trace::Domain(Domain(domain)));
    }
    if let Some(platform) = platform(host) {
        return page(platform, path);
    }
    let ending = host.rsplit('.').next().unwrap_or_default();
    let known = ending.len() == 2 && ending.bytes().all(|byte| byte.is_ascii_lowercase()) || ENDINGS.contains(&ending);
    (is_host(host) && (explicit || known)).then(|| registrable(host)).flatten().map(|domain| Trace::Domain(Domain(domain)))
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
fn page(platform: Platform, path: &str) -> Option<Trace> {
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

fn handle(platform: Option<Platform>, name: &str) -> Option<Trace> {
    let name = name.trim_end_matches('.').to_lowercase();
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
    ((2..=80).contains(&name.chars().count()) && plain && name.chars().any(char::is_alphanumeric)).then_some(Trace::Handle(platform, name))
}

/// A telephone number with its country; without one it is a Moroccan one.
fn phone(text: &str) -> Option<Trace> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    let number = match digits.strip_prefix('0') {
        Some(rest) if rest.len() == 9 => format!("212{rest}"),
        _ => digits.to_owned(),
    };
    (9..=15).contains(&number.len()).then_some(Trace::Handle(Some(Platform::Whatsapp), number))
}
