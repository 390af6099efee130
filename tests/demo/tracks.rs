//! The longer plays: a mediated dispute, and a merchant's customer service from which a dispute goes to mediation.

use super::harness::Town;
use super::scenes::{Deed, MERCHANT, Scene, Tongue};
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Who mediates.
pub const MEDIATOR: &str = "nadia@mediateurs.example";
/// Who answers in the merchant's name.
pub const AGENT: &str = "samir@relation-client.example";
/// The merchant's customer service.
pub const COUNTER: &str = "service-client@boutique-atlas.example";

/// Which play.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Track {
    /// The merchant grants the request.
    Granted,
    /// Both sides are mediated: private words, a proposal, two acceptances.
    Mediation,
    /// The customer service of the merchant, and the mediation that it becomes.
    Service,
}

impl Track {
    /// What `--track` says; the shortest play where it is not given; `None` where it is something else.
    pub fn from_arguments() -> Option<Self> {
        let arguments: Vec<String> = std::env::args().collect();
        let Some(at) = arguments.iter().position(|argument| argument == "--track") else { return Some(Track::Granted) };
        match arguments.get(at + 1).map(String::as_str) {
            Some("granted") => Some(Track::Granted),
            Some("mediation") => Some(Track::Mediation),
            Some("service") => Some(Track::Service),
            _ => None,
        }
    }

    /// Those who play besides the consumer, the merchant and the registrar: which part, the name, the address.
    pub fn further(self) -> Option<(&'static str, &'static str, &'static str)> {
        match self {
            Track::Granted => None,
            Track::Mediation => Some(("mediator", "Nadia Alaoui", MEDIATOR)),
            Track::Service => Some(("agent", "Samir Tazi", AGENT)),
        }
    }

    /// How the disputes of the play end, as `elitige case list` says it.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Track::Granted | Track::Mediation => &["closed SETTLED_PERFORMED"],
            Track::Service => &["closed SETTLED_PERFORMED", "closed SVC_ESCALATED"],
        }
    }

    /// The servers and the configuration of the play, in `folder`.
    pub fn town(self, folder: &Path, people: Vec<(String, String)>) -> Town {
        let counter = (self == Track::Service).then(|| ("Service client".to_owned(), COUNTER.to_owned()));
        let town = Town::start(folder, &people.into_iter().chain(counter).collect::<Vec<_>>());
        let password = (self == Track::Service).then(|| town.dovecot.account(COUNTER).password.clone());
        self.configure(&town.config(), password.as_deref());
        town
    }

    /// Adds to the configuration whom the play needs; `password` is that of the customer service's mailbox, which is read as the first one is.
    fn configure(self, config: &Path, password: Option<&str>) {
        let file = config.join("service.toml");
        let mut text = fs::read_to_string(&file).unwrap();
        if self == Track::Mediation {
            let _ = write!(text, "\n[[mediator]]\naddress = \"{MEDIATOR}\"\nname = \"Nadia Alaoui\"\n");
        }
        if let Some(password) = password {
            let secret = config.join("atlas.password");
            fs::write(&secret, password).unwrap();
            fs::set_permissions(&secret, fs::Permissions::from_mode(0o600)).unwrap();
            let like = |key: &str| text.lines().find(|line| line.starts_with(&format!("{key} = "))).unwrap_or_default().to_owned();
            let (port, authority) = (like("port"), like("ca_file"));
            let _ = write!(
                text,
                "\n[[mailbox]]\nname = \"atlas\"\nrole = \"customer-service\"\naddress = \"{COUNTER}\"\nhost = \"localhost\"\n{port}\ntls = \"implicit\"\n{authority}\n\
                 user = \"{COUNTER}\"\npassword_file = \"atlas.password\"\n\n[mailbox.client]\n\
                 name = {{ fr = \"Boutique Atlas\", ar = \"متجر أطلس\", en = \"Boutique Atlas\" }}\ncontact = \"{MERCHANT}\"\n\n\
                 [mailbox.client.mandate]\nREFUND = \"500 MAD\"\n\n[[mailbox.client.agent]]\naddress = \"{AGENT}\"\nname = \"Samir Tazi\"\n"
            );
        }
        fs::write(&file, text).unwrap();
    }

    /// The scenes between the first complaint and the invitation of a mediation, or its answer, in the consumer's words.
    pub fn scenes(self, tongue: Tongue) -> Vec<Scene> {
        match self {
            Track::Granted => Vec::new(),
            Track::Mediation => mediation(tongue),
            Track::Service => service(tongue),
        }
    }
}

fn answer(who: &'static str, text: &str, receive: &[&'static str]) -> Scene {
    Scene { who, deed: Deed::Answers, text: text.to_owned(), receive: receive.to_vec() }
}

/// From the invitation on: both wish to be mediated, tell the mediator something in private, and accept what she proposes.
fn mediation(tongue: Tongue) -> Vec<Scene> {
    let (private, accept) = match tongue {
        Tongue::French => ("Bonjour, entre nous : je me contenterais de 1 200 dirhams, mais ne le dites pas au vendeur.", "ACCEPTER ***"),
        Tongue::Arabic => ("السلام عليكم، بيني وبينكم: يكفيني 1200 درهم، لكن لا تخبروا البائع بذلك.", "أقبل ***"),
        Tongue::English => ("Hello, between us: I would be content with 1200 dirhams, but please do not tell the seller.", "ACCEPT ***"),
    };
    let proposal = "PROPOSER\n1) Le vendeur rembourse 1 350 DH par virement, sous 20 jours.\n2) L'acheteuse retire son avis public, sous 25 jours.";
    vec![
        answer("merchant", "MÉDIATION ***", &["consumer", "merchant", "registrar"]),
        Scene { who: "registrar", deed: Deed::Names(MEDIATOR), text: String::new(), receive: vec!["mediator"] },
        answer("mediator", "ACCEPTER ***", &["consumer", "merchant", "mediator"]),
        answer("consumer", private, &["mediator"]),
        answer("merchant", "Bonjour, notre transporteur a perdu le colis ; nous ne voulons pas que cela se sache.", &["mediator"]),
        answer("mediator", proposal, &["mediator"]),
        answer("mediator", "PROPOSER ***", &["consumer", "merchant", "mediator"]),
        answer("consumer", accept, &["consumer"]),
        answer("merchant", "ACCEPTER ***", &["consumer", "merchant"]),
    ]
}

/// The customer service asks the merchant, offers what its mandate allows, and the consumer prefers mediation.
fn service(tongue: Tongue) -> Vec<Scene> {
    let (decline, escalate) = match tongue {
        Tongue::French => ("REFUSER ***", "MÉDIATION ***"),
        Tongue::Arabic => ("أرفض ***", "وساطة ***"),
        Tongue::English => ("REFUSE ***", "MEDIATION ***"),
    };
    let asks = Scene {
        who: "agent",
        deed: Deed::AsksSeller("Commande AT-48213"),
        text: "Bonjour, la commande est-elle partie ?".to_owned(),
        receive: vec!["merchant"],
    };
    vec![
        asks,
        answer("merchant", "Bonjour, le transporteur a perdu le colis. Nous pouvons rembourser une partie.", &["agent"]),
        answer("agent", "PROPOSER\n1) Le vendeur rembourse 300 DH par virement, sous 10 jours.", &["agent"]),
        answer("agent", "PROPOSER ***", &["consumer", "agent"]),
        answer("consumer", decline, &["consumer", "agent"]),
        answer("consumer", escalate, &["consumer", "merchant", "agent"]),
    ]
}
